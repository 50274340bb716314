"""What is taken of all that could fill the slots of a deal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from armsgraph.deals.candidates import Candidate
from armsgraph.deals.features.statuses import STILL_LATE
from armsgraph.deals.figures import are_rivals, are_within_reach
from armsgraph.lexicon.weights import DealWeights, Decision, chance
from armsgraph.model import DateValue, Money, Number

__all__ = ["A_SIDE", "SIDES", "Choice", "Weighed", "choose", "take", "weigh"]

A_SIDE = "a side"
SIDES = {"buyer": "supplier", "supplier": "buyer"}
# Slots with one true value: the likeliest is taken, and what the rules read beside it as a rival.
_SINGLE = frozenset({"duration", "endsOn", "signedAt", "signedOn", "startsOn", "value"})
_FIGURES = frozenset({"quantity", "value"})
# Slots in which a rival would be no other reading of the same, but a second fact.
_ONE_ALONE = frozenset({"signedAt"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A candidate and the logarithm of the odds that it is right.

    Attributes:
        seen_alone: The odds at first sight, where a second look has set others.
    """

    candidate: Candidate
    odds: float
    seen_alone: float | None = None

    @property
    def probability(self) -> float:
        """How likely it is right."""
        return chance(self.odds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A candidate that was taken, with the decision that took it."""

    candidate: Candidate
    decision: Decision


def weigh(candidates: Iterable[Candidate], weights: DealWeights) -> dict[str, tuple[Weighed, ...]]:
    """Return the candidates of each slot with their odds, each seen for itself."""
    found: dict[str, list[Weighed]] = {}
    for candidate in candidates:
        odds = weights.odds(candidate.slot, candidate.features)
        found.setdefault(candidate.slot, []).append(Weighed(candidate=candidate, odds=odds))
    return {slot: tuple(weighed) for slot, weighed in found.items()}


def choose(candidates: Iterable[Candidate], weights: DealWeights) -> dict[str, list[Choice]]:
    """Return the choices of each slot, the likeliest first, each candidate seen for itself."""
    return take(weigh(candidates, weights), weights, lambda w: weights.decide(w.candidate.slot, w.candidate.features))


def take(
    found: Mapping[str, Sequence[Weighed]], weights: DealWeights, explain: Callable[[Weighed], Decision]
) -> dict[str, list[Choice]]:
    """Return the choices of each slot, the likeliest first.

    An entity is on one side of a deal, the likelier one. A status is always taken: a deal has one, and a deal that is
    told to be late is.

    Args:
        explain: Gives the decision that stands behind the odds of a candidate.
    """
    taken = {slot: _take(slot, weighed, weights) for slot, weighed in found.items()}
    for slot, other in SIDES.items():
        rival = {w.candidate.key: w.odds for w in found.get(other, ())}
        taken_here = taken.get(slot, ())
        kept = [w for w in taken_here if w.candidate.is_certain or w.odds > rival.get(w.candidate.key, -99.0)]
        if slot == "buyer":
            kept = [w for w in kept if w.candidate.is_read or w.candidate.state == kept[0].candidate.state]
        taken[slot] = kept
    if not any(taken[slot] for slot in SIDES):
        # a deal has a side: the likeliest of all, if it is likely enough for that
        likeliest = max((w for slot in SIDES for w in found.get(slot, ())), key=lambda w: w.odds, default=None)
        if likeliest is not None and weights.accepts(A_SIDE, likeliest.probability):
            taken[likeliest.candidate.slot] = [likeliest]
    chosen = {
        slot: [Choice(candidate=w.candidate, decision=explain(w)) for w in weighed] for slot, weighed in taken.items()
    }
    if not chosen.get("endsOn"):
        chosen["endsOn"] = _ends_of_periods(found.get("endsOn", ()), chosen.get("startsOn", ()))
    if not chosen.get("startsOn"):
        chosen["startsOn"] = _starts_of_periods(found.get("startsOn", ()), chosen.get("endsOn", ()))
    _put_in_order(chosen)
    if chosen.get("startsOn") and chosen.get("endsOn"):
        # who knows both ends needs no length, if none is read as one
        chosen["duration"] = [c for c in chosen.get("duration", ()) if c.candidate.is_read]
    return chosen


def _put_in_order(chosen: dict[str, list[Choice]]) -> None:
    """Leave out the less likely of a start and an end of which the end comes first."""
    starts, ends = chosen.get("startsOn", []), chosen.get("endsOn", [])
    if any(_is_before(e.candidate.key, s.candidate.key) for s in starts for e in ends):
        likelier = starts[0].decision.probability >= ends[0].decision.probability
        chosen["endsOn" if likelier else "startsOn"] = []


def _is_before(day: str, other: str) -> bool:
    shared = min(len(day), len(other))
    return day[:shared] < other[:shared]


def _take(slot: str, weighed: Sequence[Weighed], weights: DealWeights) -> list[Weighed]:
    """Return what is likely enough for a slot, the likeliest first."""
    ranked = sorted(weighed, key=lambda w: -w.odds)
    if slot == "status":
        return ([w for w in ranked if STILL_LATE in w.candidate.features] or ranked)[:1]
    accepted = [w for w in ranked if w.candidate.is_certain or weights.accepts(slot, w.probability)]
    taken = accepted
    if slot in _SINGLE:
        first = accepted[0].candidate.key if accepted else ""
        may_clash = slot not in _ONE_ALONE
        taken = [w for w in accepted if w.candidate.key == first or (may_clash and w.candidate.is_read)]
    if slot in _FIGURES:
        # what a rule reads and can be another reading of a figure taken stays: clashes are to be seen
        left = [w for w in ranked[len(accepted) :] if w.candidate.is_read]
        taken = taken + _rivals(accepted, left)
        likely = [w for w in left if w not in taken and _was_likely(slot, w, weights)]
        taken = taken + [w for w in likely if any(_compare(w, t, are_within_reach) for t in accepted)]
    return taken


def _rivals(accepted: Sequence[Weighed], left: Sequence[Weighed]) -> list[Weighed]:
    """Return the figures that can be another reading of one taken, or of another such."""
    found: list[Weighed] = []
    todo = list(accepted)
    while todo:
        one = todo.pop(0)
        more = [w for w in left if w not in found and _compare(w, one, are_rivals)]
        found += more
        todo += more
    return found


def _was_likely(slot: str, weighed: Weighed, weights: DealWeights) -> bool:
    """Say whether a figure is left out only because another one is likelier."""
    return weighed.seen_alone is not None and weights.accepts(slot, chance(weighed.seen_alone))


def _ends_of_periods(weighed: Sequence[Weighed], starts: Sequence[Choice]) -> list[Choice]:
    """Return the ends of the periods whose starts were taken: who believes the one believes the other."""
    return _of_periods(weighed, starts)


def _starts_of_periods(weighed: Sequence[Weighed], ends: Sequence[Choice]) -> list[Choice]:
    """Return the starts of the periods that a rule reads and whose ends were taken."""
    return _of_periods([w for w in weighed if w.candidate.is_read], ends)


def _of_periods(weighed: Sequence[Weighed], taken: Sequence[Choice]) -> list[Choice]:
    periods = {
        c.candidate.filler: c.decision
        for c in taken
        if isinstance(c.candidate.filler, DateValue) and c.candidate.filler.end is not None
    }
    return [
        Choice(candidate=w.candidate, decision=periods[w.candidate.filler])
        for w in weighed
        if isinstance(w.candidate.filler, DateValue) and w.candidate.filler in periods
    ]


def _compare(one: Weighed, other: Weighed, are_alike: Callable[[Decimal, Decimal], bool]) -> bool:
    mine, theirs = one.candidate.filler, other.candidate.filler
    if isinstance(mine, Number) and isinstance(theirs, Number):
        return are_alike(mine.value, theirs.value)
    if isinstance(mine, Money) and isinstance(theirs, Money):
        return mine.currency == theirs.currency and are_alike(mine.amount, theirs.amount)
    return False
