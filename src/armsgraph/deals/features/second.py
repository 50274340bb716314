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
    """A candidate as others see it: its value and odds, and of an entity kind, state and who shares its part."""

    key: str
    odds: float
    kind: str = ""
    state: str = ""
    row: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """All candidates for one slot, deal by deal in the order of the text: the best odds of each value."""

    by_deal: Sequence[Mapping[str, Rival]]

    def elsewhere(self, key: str, deal: int) -> float:
        """Return the best odds of a value in the other deals."""
        return max((d[key].odds for n, d in enumerate(self.by_deal) if n != deal and key in d), default=-_SURE)

    def at(self, key: str, deal: int) -> float:
        """Return the odds of a value in one deal, the lowest where there is none."""
        rival = self.by_deal[deal].get(key) if 0 <= deal < len(self.by_deal) else None
        return -_SURE if rival is None else rival.odds


def second_features(mine: Rival, deal: int, same: Field, other: Field | None) -> Features:
    """Return the features of a candidate of a deal.

    Args:
        deal: Index of the deal among those of `same`.
        same: What could fill the slot, in all deals of the text.
        other: What could fill the slot of the other side, if this is a side.
    """
    key, odds = mine.key, mine.odds
    best = of_kind = of_state = of_others = -_SURE
    for rival in same.by_deal[deal].values():
        if rival.key == key or rival.key in mine.row:
            continue  # who stands in one row with it is no rival
        best = max(best, rival.odds)
        if rival.kind == mine.kind:
            of_kind = max(of_kind, rival.odds)
        if mine.state and rival.state == mine.state:
            of_state = max(of_state, rival.odds)
        else:
            of_others = max(of_others, rival.odds)
    found = {
        "always": 1.0,
        FIRST_LOOK: _scaled(odds),
        "best of the others": _scaled(best),
        "best in another deal": _scaled(same.elsewhere(key, deal)),
        "in the deal before": _scaled(same.at(key, deal - 1)),
        "in the deal behind": _scaled(same.at(key, deal + 1)),
    }
    flags = {"the likeliest": best <= odds, "the likeliest of its kind": of_kind <= odds}
    if mine.kind:
        found[mine.kind] = 1.0
        found[f"{mine.kind}: {FIRST_LOOK}"] = found[FIRST_LOOK]
        found["best of its kind"] = _scaled(of_kind)
        found["best of its state"] = _scaled(of_state)
        found["best of another state"] = _scaled(of_others)
        flags["one of its state is likelier"] = of_state > odds
        flags |= {f"{mine.kind}: {name}": holds for name, holds in flags.items()}
    if other is not None:
        theirs = [r for r in other.by_deal[deal].values() if r.key != key]
        found["as the other side"] = _scaled(other.at(key, deal))
        found["best of the other side"] = _scaled(max((r.odds for r in theirs), default=-_SURE))
        found["best of its state on the other side"] = _scaled(
            max((r.odds for r in theirs if r.state == mine.state), default=-_SURE)
        )
        found["as the other side of another deal"] = _scaled(other.elsewhere(key, deal))
        flags["the likeliest, and this side likelier"] = flags["the likeliest"] and other.at(key, deal) < odds
    return found | {name: 1.0 for name, holds in flags.items() if holds}


def _scaled(odds: float) -> float:
    return max(-_SURE, min(_SURE, odds)) / _SCALE
