"""An argument as a rule reads it."""

from __future__ import annotations

from armsgraph.lexicon.deals import Trigger
from armsgraph.model import Argument, Evidence, Mention, Modality, Role

__all__ = ["placed_argument", "read_argument"]

_PLACED = 0.6


def read_argument(role: Role, mention: Mention, rule: Trigger, case: str, confidence: float) -> Argument:
    """Return a mention in a role; the rule of its evidence is `trigger.<rule>.<case>`."""
    return _argument(role, mention, f"trigger.{rule.id}.{case}", confidence)


def placed_argument(role: Role, mention: Mention, rule: str) -> Argument:
    """Return a mention in a role that it has by where it stands, whatever the parser hangs it on."""
    return _argument(role, mention, rule, _PLACED)


def _argument(role: Role, mention: Mention, rule: str, confidence: float) -> Argument:
    evidence = Evidence(span=mention.span, rule=rule, confidence=confidence, modality=Modality.ASSERTED)
    return Argument(role=role, entity_id=mention.entity_id or "", evidence=evidence)
