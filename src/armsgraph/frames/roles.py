"""An argument as a trigger rule reads it."""

from __future__ import annotations

from armsgraph.lexicon.deals import Trigger
from armsgraph.model import Argument, Evidence, Mention, Modality, Role

__all__ = ["read_argument"]


def read_argument(role: Role, mention: Mention, rule: Trigger, case: str, confidence: float) -> Argument:
    """Return a mention in a role; the rule of its evidence is `trigger.<rule>.<case>`."""
    return Argument(
        role=role,
        entity_id=mention.entity_id or "",
        evidence=Evidence(
            span=mention.span,
            rule=f"trigger.{rule.id}.{case}",
            confidence=confidence,
            modality=Modality.ASSERTED,
        ),
    )
