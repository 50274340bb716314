"""Where a fact of a deal stands, by which rule, and why it was taken."""

from __future__ import annotations

from dataclasses import replace

from armsgraph.deals.choosing import Choice
from armsgraph.model import Datatype, Evidence, Frame, Span

__all__ = ["DATATYPE", "explained", "fitted", "moved"]

DATATYPE = {"year": Datatype.G_YEAR, "month": Datatype.G_YEAR_MONTH, "day": Datatype.DATE}


def moved(evidence: Evidence, span: Span) -> Evidence:
    """Return the evidence of a frame for a value at another place of its sentence."""
    return replace(evidence, span=span)


def explained(evidence: Evidence, choice: Choice) -> Evidence:
    """Return the evidence with the confidence and the reasons of a decision."""
    decision = choice.decision
    return replace(evidence, confidence=round(decision.confidence, 4), reasons=decision.reasons)


def fitted(frame: Frame, span: Span, choice: Choice, *, proposed: bool) -> Evidence:
    """Return the evidence of a value taken for a deal.

    Args:
        frame: The frame that proposed it, else the nearest one.
        proposed: Whether a rule proposed it; the rule's id stands then, else `fitted.<slot>`.
    """
    evidence = moved(frame.evidence, span)
    if not proposed:
        evidence = replace(evidence, rule=f"fitted.{choice.candidate.slot}")
    return explained(evidence, choice)
