"""Counts as facts, and which of them speak of the same thing."""

from __future__ import annotations

from decimal import Decimal

from armsgraph.model import Datatype, Hedge, Literal, Number

__all__ = ["quantity_object", "rivals"]


def quantity_object(number: Number) -> Literal:
    """Return a count as xsd:integer; of a range the upper end, as "up to"."""
    value = number.upper if number.upper is not None else number.value
    return Literal(value=str(int(value)), datatype=Datatype.INTEGER)


def rivals(one: Number, other: Number) -> bool:
    """Say whether two counts can be two readings of one quantity: equal, close, hedged, or mis-grouped digits.

    A number well below the other is a part, not a rival.
    """
    high, low = max(one.value, other.value), min(one.value, other.value)
    if low == high:
        return True
    if low <= 0:
        return False
    ratio = high / low
    hedged = Hedge.EXACT not in {one.hedge, other.hedge} or one.hedge is not other.hedge
    if hedged and ratio <= Decimal("1.15"):
        return True
    if ratio <= Decimal("1.25"):
        return True
    return _is_slip(str(int(high)), str(int(low)))


def _is_slip(longer: str, shorter: str) -> bool:
    """Say whether one figure becomes the other by dropping one digit (601427 and 6014427)."""
    if len(longer) != len(shorter) + 1 or len(shorter) < 4:
        return False
    return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))
