"""A second look at what could fill a slot: how it stands among all others, in this deal and in the rest of the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from armsgraph.lexicon.weights import Features

__all__ = ["FIRST_LOOK", "Field", "Rival", "second_features"]

FIRST_LOOK = "first look"
# Odds beyond this say no more, and none at all count as this low.
_SURE = 4.0
_SCALE = 2.0


@dataclass(frozen=True, slots=True)
class Rival:
    """A candidate as others see it: its value, its odds, and of an entity the kind and the state."""

    key: str
    odds: float
    kind: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """All candidates for one slot, deal by deal in the order of the text: the best odds of each value."""

    by_deal: Sequence[Mapping[str, Rival]]


def second_features(mine: Rival, deal: int, same: Field, other: Field | None) -> Features:
    """Return the features of a candidate of a deal.

    Args:
        deal: Index of the deal among those of `same`.
        same: What could fill the slot, in all deals of the text.
        other: What could fill the slot of the other side, if this is a side.
    """
    rivals = [r for r in same.by_deal[deal].values() if r.key != mine.key]
    of_kind = [r for r in rivals if r.kind == mine.kind]
    of_state = [r for r in rivals if mine.state and r.state == mine.state]
    of_others = [r for r in rivals if not mine.state or r.state != mine.state]
    elsewhere = [d[mine.key] for n, d in enumerate(same.by_deal) if n != deal and mine.key in d]
    found = {
        "always": 1.0,
        FIRST_LOOK: _scaled(mine.odds),
        "best of the others": _best(rivals),
        "best in another deal": _best(elsewhere),
        "in the deal before": _best([d[mine.key] for d in same.by_deal[max(0, deal - 1) : deal] if mine.key in d]),
        "in the deal behind": _best([d[mine.key] for d in same.by_deal[deal + 1 : deal + 2] if mine.key in d]),
    }
    flags = {
        "the likeliest": all(r.odds <= mine.odds for r in rivals),
        "the likeliest of its kind": all(r.odds <= mine.odds for r in of_kind),
    }
    if mine.kind:
        found[mine.kind] = 1.0
        found[f"{mine.kind}: {FIRST_LOOK}"] = found[FIRST_LOOK]
        found["best of its kind"] = _best(of_kind)
        found["best of its state"] = _best(of_state)
        found["best of another state"] = _best(of_others)
        flags["one of its state is likelier"] = any(r.odds > mine.odds for r in of_state)
        flags |= {f"{mine.kind}: {name}": holds for name, holds in flags.items()}
    if other is not None:
        against = other.by_deal[deal]
        as_other = against.get(mine.key)
        theirs = [r for r in against.values() if r.key != mine.key]
        found["as the other side"] = _best([as_other] if as_other else [])
        found["best of the other side"] = _best(theirs)
        found["best of its state on the other side"] = _best([r for r in theirs if r.state == mine.state])
        found["as the other side of another deal"] = _best(
            [d[mine.key] for n, d in enumerate(other.by_deal) if n != deal and mine.key in d]
        )
        flags["the likeliest, and this side likelier"] = flags["the likeliest"] and (
            as_other is None or as_other.odds < mine.odds
        )
    return found | {name: 1.0 for name, holds in flags.items() if holds}


def _best(rivals: Sequence[Rival]) -> float:
    return _scaled(max((r.odds for r in rivals), default=-_SURE))


def _scaled(odds: float) -> float:
    return max(-_SURE, min(_SURE, odds)) / _SCALE
