"""An argument as a rule reads it, or as it is lent from one frame to another."""

from __future__ import annotations

from dataclasses import replace

from armsgraph.lexicon.deals import Trigger
from armsgraph.model import Argument, EntityType, Evidence, Mention, Modality, Role
from armsgraph.syntax import PARTY_TYPES, Tree

__all__ = ["LISTED", "is_public", "lent_argument", "placed_argument", "read_argument"]

LISTED = "list.part"
"""Rule of an argument that a whole has from its parts."""

_PLACED, _LENT = 0.6, 0.7


def read_argument(role: Role, mention: Mention, rule: Trigger, case: str, confidence: float) -> Argument:
    """Return a mention in a role; the rule of its evidence is `trigger.<rule>.<case>`."""
    return _argument(role, mention, f"trigger.{rule.id}.{case}", confidence)


def placed_argument(role: Role, mention: Mention, rule: str) -> Argument:
    """Return a mention in a role that it has by where it stands, whatever the parser hangs it on."""
    return _argument(role, mention, rule, _PLACED)


def lent_argument(argument: Argument, *, role: Role | None = None, rule: str = "") -> Argument:
    """Return an argument of one frame as another has it from there: less sure, in another role or by a rule."""
    told = argument.evidence
    evidence = replace(told, confidence=min(told.confidence, _LENT), rule=rule or told.rule)
    return replace(argument, role=role or argument.role, evidence=evidence)


def is_public(tree: Tree, argument: Argument) -> bool:
    """Say whether an argument is a party and no firm."""
    kind = tree.types.get(argument.entity_id)
    return kind in PARTY_TYPES and kind is not EntityType.FIRM


def _argument(role: Role, mention: Mention, rule: str, confidence: float) -> Argument:
    evidence = Evidence(span=mention.span, rule=rule, confidence=confidence, modality=Modality.ASSERTED)
    return Argument(role=role, entity_id=mention.entity_id or "", evidence=evidence)
