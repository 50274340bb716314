"""What is taken of all that could fill the slots of a deal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from armsgraph.deals.candidates import Candidate
from armsgraph.deals.figures import are_rivals
from armsgraph.lexicon.weights import DealWeights, Decision
from armsgraph.model import DateValue, Money, Number

__all__ = ["Choice", "choose"]

# Slots with one true value: the likeliest is taken, and what the rules read beside it as a rival.
_SINGLE = frozenset({"duration", "endsOn", "signedAt", "signedOn", "startsOn", "value"})
_FIGURES = frozenset({"quantity", "value"})
_SIDES = frozenset({"buyer", "supplier"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A candidate that was taken, with the decision that took it."""

    candidate: Candidate
    decision: Decision


def choose(candidates: Iterable[Candidate], weights: DealWeights) -> dict[str, list[Choice]]:
    """Return the choices of each slot, the likeliest first.

    An entity is on one side of a deal, the likelier one. A status is always taken: a deal has one.
    """
    found: dict[str, list[Choice]] = {}
    for candidate in candidates:
        decision = weights.decide(candidate.slot, candidate.features)
        found.setdefault(candidate.slot, []).append(Choice(candidate=candidate, decision=decision))
    sides = {(c.candidate.slot, c.candidate.key): c.decision.probability for s in _SIDES for c in found.get(s, ())}
    chosen: dict[str, list[Choice]] = {}
    for slot, choices in found.items():
        taken = [c for c in choices if slot == "status" or weights.accepts(slot, c.decision.probability)]
        if slot in _FIGURES:
            taken += _rivals(choices, taken)
        taken.sort(key=lambda c: -c.decision.probability)
        if slot in _SIDES:
            other = "supplier" if slot == "buyer" else "buyer"
            taken = [c for c in taken if c.decision.probability > sides.get((other, c.candidate.key), 0.0)]
            taken = [
                c
                for c in taken
                if c.candidate.is_read or c.candidate.state == taken[0].candidate.state or slot != "buyer"
            ]
        if slot == "status":
            taken = taken[:1]
        elif slot in _SINGLE:
            taken = [c for c in taken if c.candidate.key == taken[0].candidate.key or c.candidate.is_read]
        chosen[slot] = taken
    if not chosen.get("endsOn"):
        chosen["endsOn"] = _ends_of_periods(found.get("endsOn", ()), chosen.get("startsOn", ()))
    return chosen


def _ends_of_periods(choices: Sequence[Choice], starts: Sequence[Choice]) -> list[Choice]:
    """Return the ends of the periods whose starts were taken: who believes the one believes the other."""
    periods = {
        c.candidate.filler: c.decision
        for c in starts
        if isinstance(c.candidate.filler, DateValue) and c.candidate.filler.end is not None
    }
    return [
        replace(c, decision=periods[c.candidate.filler])
        for c in choices
        if isinstance(c.candidate.filler, DateValue) and c.candidate.filler in periods
    ]


def _rivals(choices: Sequence[Choice], taken: Sequence[Choice]) -> list[Choice]:
    """Return the figures that a rule reads and that can be another reading of one taken: clashes stay visible."""
    return [c for c in choices if c.candidate.is_read and c not in taken and any(_is_rival(c, t) for t in taken)]


def _is_rival(one: Choice, other: Choice) -> bool:
    mine, theirs = one.candidate.filler, other.candidate.filler
    if isinstance(mine, Number) and isinstance(theirs, Number):
        return are_rivals(mine.value, theirs.value)
    if isinstance(mine, Money) and isinstance(theirs, Money):
        return mine.currency == theirs.currency and are_rivals(mine.amount, theirs.amount)
    return False
