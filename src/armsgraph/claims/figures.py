"""Compares rival figures, dates and durations: the same, compatible, mis-grouped digits, or in conflict."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import StrEnum

from armsgraph.model import Datatype, Hedge, Literal

__all__ = ["Figure", "Tie", "compare", "is_near", "read_literal", "show"]

# How far a hedge reaches, as factors of the figure: "over six lakh" is not said of six million.
_REACH = {
    Hedge.EXACT: (Decimal(1), Decimal(1)),
    Hedge.ABOUT: (Decimal("0.9"), Decimal("1.1")),
    Hedge.OVER: (Decimal(1), Decimal("1.5")),
    Hedge.UNDER: (Decimal("0.67"), Decimal(1)),
    Hedge.UP_TO: (Decimal(0), Decimal(1)),
}
_ROUND_FROM = 100
_ROUND_WITHIN = Decimal("0.1")
_NEAR = Decimal("1.25")
_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T.*)?")
_DATES = {Datatype.DATE, Datatype.G_YEAR_MONTH, Datatype.G_YEAR}
_NUMBERS = {Datatype.INTEGER, Datatype.DECIMAL}


class Tie(StrEnum):
    """What two rival objects are to each other. APART: not comparable (two currencies, a word beside a figure)."""

    SAME = "same"
    COMPATIBLE = "compatible"
    SLIP = "slip"
    CONFLICT = "conflict"
    APART = "apart"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A value in a form that can be compared.

    Attributes:
        scale: What it can be compared with: `number`, `date`, `months`, `days`, a currency, or `` for anything else.
        number: The figure; for durations the months or days; None for dates and other text.
        upper: The upper end of a range.
        text: The lexical form.
    """

    scale: str
    text: str
    number: Decimal | None = None
    upper: Decimal | None = None
    hedge: Hedge = Hedge.EXACT

    @property
    def exactness(self) -> tuple[int, int]:
        """Smaller is more exact: unhedged before hedged, then more significant digits (or a finer date)."""
        if self.number is None:
            return (0, -len(self.text))
        is_loose = self.hedge is not Hedge.EXACT or self.upper is not None
        return (int(is_loose), -len(_digits(self.number).rstrip("0")))


def read_literal(literal: Literal, hedge: Hedge = Hedge.EXACT) -> Figure:
    """Read a literal of a deal, item or milestone."""
    if literal.datatype in _NUMBERS:
        return Figure(scale="number", text=literal.value, number=Decimal(literal.value), hedge=hedge)
    if literal.datatype in _DATES:
        return Figure(scale="date", text=literal.value)
    found = _DURATION.fullmatch(literal.value)
    if literal.datatype is Datatype.DURATION and found:
        years, months, days = (int(part or 0) for part in found.groups())
        if days and not (years or months):
            return Figure(scale="days", text=literal.value, number=Decimal(days))
        if not days:
            return Figure(scale="months", text=literal.value, number=Decimal(years * 12 + months))
    return Figure(scale="", text=literal.value)


def compare(one: Figure, other: Figure) -> Tie:
    """Say what two figures are to each other; the order of the two makes no difference."""
    if one.scale == other.scale and one.text == other.text and one.hedge is other.hedge and one.upper == other.upper:
        return Tie.SAME
    if {one.scale, other.scale} == {"days", "months"}:
        return Tie.COMPATIBLE if _is_same_time(one, other) else Tie.CONFLICT
    if one.scale != other.scale:
        return Tie.APART
    if one.number is None or other.number is None:
        if one.scale == "date" and (one.text.startswith(other.text) or other.text.startswith(one.text)):
            return Tie.COMPATIBLE
        return Tie.CONFLICT
    if one.number == other.number and one.scale in {"months", "days"}:
        return Tie.SAME
    if _overlap(one, other) or _is_rounding(one, other) or _is_rounding(other, one):
        return Tie.COMPATIBLE
    if one.scale not in {"months", "days"} and _is_slip(one.number, other.number):
        return Tie.SLIP
    return Tie.CONFLICT


def is_near(one: Figure, other: Figure) -> bool:
    """Say whether a figure of another time or modality speaks for the size of this one."""
    if one.scale != other.scale or one.number is None or other.number is None:
        return False
    if compare(one, other) in {Tie.SAME, Tie.COMPATIBLE}:
        return True
    low, high = sorted((one.number, other.number))
    return low > 0 and high / low <= _NEAR


def show(figure: Figure) -> str:
    """Return the figure for a reader: `over 600000`, `USD 5430000000`."""
    hedge = "" if figure.hedge is Hedge.EXACT else f"{figure.hedge.value} "
    unit = f"{figure.scale} " if len(figure.scale) == 3 and figure.scale.isupper() else ""
    upper = "" if figure.upper is None else f"-{figure.upper:f}"
    return f"{hedge}{unit}{figure.text}{upper}"


def _digits(number: Decimal) -> str:
    return format(number.normalize(), "f").replace(".", "").replace("-", "").lstrip("0") or "0"


def _bounds(figure: Figure) -> tuple[Decimal, Decimal]:
    assert figure.number is not None
    low, high = _REACH[figure.hedge]
    top = figure.number if figure.upper is None else figure.upper
    return figure.number * low, top * high


def _overlap(one: Figure, other: Figure) -> bool:
    low, high = _bounds(one), _bounds(other)
    return low[0] <= high[1] and high[0] <= low[1]


def _is_rounding(rough: Figure, fine: Figure) -> bool:
    """Say whether `rough` is `fine` with fewer significant digits ("$5 billion" for 5.43). Small counts are exact."""
    assert rough.number is not None
    assert fine.number is not None
    if min(rough.number, fine.number) < _ROUND_FROM:
        return False
    digits = len(_digits(rough.number).rstrip("0"))
    if digits >= len(_digits(fine.number).rstrip("0")):
        return False
    if abs(rough.number - fine.number) > _ROUND_WITHIN * fine.number:
        return False
    step = Decimal(10) ** (fine.number.adjusted() - digits + 1)
    return rough.number in {
        (fine.number / step).to_integral_value(rounding) * step for rounding in (ROUND_HALF_UP, ROUND_DOWN)
    }


def _is_slip(one: Decimal, other: Decimal) -> bool:
    """Say whether one figure is the other with one digit too many (6,01,427 read on as 6,014,427)."""
    low, high = sorted((one, other))
    if low <= 0 or not Decimal(9) <= high / low <= Decimal(11):
        return False
    if high == low * 10:
        return True
    short, long = _digits(low), _digits(high)
    if low != low.to_integral_value() or high != high.to_integral_value():
        short, long = short.rstrip("0"), long.rstrip("0")
    return len(long) == len(short) + 1 and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def _is_same_time(one: Figure, other: Figure) -> bool:
    days, months = (one, other) if one.scale == "days" else (other, one)
    assert days.number is not None
    assert months.number is not None
    return abs(days.number - months.number * Decimal("30.44")) <= months.number
