"""Candidates for mentions, and the one place that decides between those that overlap."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from armsgraph.model import EntityType, MentionForm

__all__ = ["Candidate", "Tier", "resolve_overlaps"]


class Tier:
    """Precedence: names of lists and close patterns go before what follows from them, and that before loose patterns."""

    NAMED = 0
    DERIVED = 1
    LOOSE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A stretch that may be a mention.

    Attributes:
        type: None for what is known to be no entity (an outlet, an exercise): it only keeps others out.
        tier: See `Tier`.
        is_twin: A weapon named by its maker alone ("Sig Sauer rifles"): may lie on the very span of the firm.
    """

    start: int
    end: int
    type: EntityType | None
    rule: str
    confidence: float
    form: MentionForm = MentionForm.NAME
    record: str | None = None
    tier: int = Tier.NAMED
    is_twin: bool = False


def resolve_overlaps(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the candidates that stand, by position: lower tier first, then the longer, then the surer one.

    Twins stand beside the mention of the same span that stands, and nowhere else.
    """
    ordered = sorted(
        candidates,
        key=lambda c: (c.tier, c.start - c.end, c.type is not None, -c.confidence, c.start, c.rule, c.record or ""),
    )
    starts: list[int] = []
    ends: list[int] = []
    standing: list[Candidate] = []
    twins: list[Candidate] = []
    for candidate in ordered:
        if candidate.is_twin:
            twins.append(candidate)
            continue
        at = bisect_left(starts, candidate.end)
        if at and ends[at - 1] > candidate.start:
            continue
        place = bisect_left(starts, candidate.start)
        starts.insert(place, candidate.start)
        ends.insert(place, candidate.end)
        standing.append(candidate)
    spans = {(c.start, c.end) for c in standing if c.type is not None}
    kept: dict[tuple[int, int], Candidate] = {}
    for twin in twins:
        if (twin.start, twin.end) in spans:
            kept.setdefault((twin.start, twin.end), twin)
    result = [c for c in standing if c.type is not None] + list(kept.values())
    return sorted(result, key=lambda c: (c.start, c.end, c.type or ""))
