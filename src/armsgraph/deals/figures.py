"""Counts as facts, and which of them speak of the same thing."""

from __future__ import annotations

from decimal import Decimal

from armsgraph.model import Datatype, Hedge, Literal, Money, Number

__all__ = [
    "are_rivals",
    "are_within_reach",
    "is_same_count",
    "is_same_sum",
    "is_slip",
    "is_told_otherwise",
    "quantity_object",
]

_NEAR = Decimal("0.05")
_NEAR_SUM = Decimal("0.03")
_CLOSE = Decimal("1.25")
_WITHIN_REACH = Decimal(2)
_THOUSANDS = 1000
_OTHERWISE = 0.125
# In figures of fewer digits than this, two that have changed places are likelier two figures.
_TELLING = 3


def is_same_sum(one: Money, other: Money) -> bool:
    """Say whether two sums agree: one currency, and equal but for rounding or a slip of the pen."""
    if one.currency != other.currency:
        return False
    if is_slip(str(int(one.amount)), str(int(other.amount))):
        return True
    return abs(one.amount - other.amount) <= _NEAR_SUM * max(one.amount, other.amount)


def is_same_count(one: Number, other: Number) -> bool:
    """Say whether two counts agree: equal, a digit lost in typing, or one hedged and near the other."""
    if one.value == other.value:
        return True
    if is_slip(str(int(one.value)), str(int(other.value))):
        return True
    if one.hedge is Hedge.EXACT and other.hedge is Hedge.EXACT:
        return False
    return abs(one.value - other.value) <= _NEAR * max(one.value, other.value)


def quantity_object(number: Number) -> Literal:
    """Return a count as xsd:integer; of a range the upper end, as "up to"."""
    value = number.upper if number.upper is not None else number.value
    return Literal(value=str(int(value)), datatype=Datatype.INTEGER)


def are_rivals(one: Decimal, other: Decimal) -> bool:
    """Say whether two figures can be two readings of one: equal, close, or a digit apart by mis-grouping.

    A number well below the other is a part, not a rival.
    """
    high, low = max(one, other), min(one, other)
    if low == high:
        return True
    if low <= 0:
        return False
    return high / low <= _CLOSE or is_slip(str(int(high)), str(int(low)))


def are_within_reach(one: Decimal, other: Decimal) -> bool:
    """Say whether one figure is at most twice the other: what is further off is a part or something else."""
    return 0 < max(one, other) <= _WITHIN_REACH * min(one, other)


def is_told_otherwise(one: str, other: str) -> bool:
    """Say whether two counts of thousands are near enough to be two figures for one (671000 and 601427)."""
    high, low = sorted((int(one), int(other)), reverse=True)
    return low >= _THOUSANDS and high - low <= _OTHERWISE * high


def is_slip(one: str, other: str) -> bool:
    """Say whether one figure becomes the other by a slip of the pen.

    A digit is dropped (601427 and 6014427), or two neighbours change places (693 and 639).
    """
    shorter, longer = sorted((one, other), key=len)
    if len(longer) == len(shorter):
        return _change_places(one.rstrip("0"), other.rstrip("0"))
    if len(longer) != len(shorter) + 1 or len(shorter) < 4:
        return False
    return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))


def _change_places(one: str, other: str) -> bool:
    apart = [i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b]
    if len(one) != len(other) or len(one) < _TELLING or len(apart) != 2:
        return False
    i, j = apart
    return j == i + 1 and one[i] == other[j] and one[j] == other[i]
