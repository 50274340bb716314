"""Numbers, money, dates, durations and calibres."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from armsgraph.model.text import PartialDate, Span

__all__ = ["Calibre", "DateValue", "Duration", "Hedge", "Money", "Number", "NumberKind", "Values"]


class Hedge(StrEnum):
    """How exactly a figure is meant."""

    EXACT = "exact"
    ABOUT = "about"
    OVER = "over"
    UNDER = "under"
    UP_TO = "up to"


class NumberKind(StrEnum):
    """What a number in the text is; only COUNT can be a quantity of things."""

    COUNT = "count"
    PERCENT = "percent"
    MEASURE = "measure"
    ORDINAL = "ordinal"
    YEAR = "year"
    IDENTIFIER = "identifier"


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number that is neither money nor date nor duration.

    Attributes:
        span: The digits and scale words ("6.71 lakh", "two dozen"), without the hedge.
        value: Fully expanded; the lower end of a range.
        upper: The upper end of a range, else None.
        hedge_span: Where the hedge stands ("over", "some"), if any.
        unit: Unit word of a MEASURE ("km", "tonnes"), else None.
        grouping: `indian`, `western`, `both` (72,000) or `none`.
    """

    span: Span
    value: Decimal
    upper: Decimal | None = None
    kind: NumberKind = NumberKind.COUNT
    hedge: Hedge = Hedge.EXACT
    hedge_span: Span | None = None
    unit: str | None = None
    grouping: str = "none"
    as_written: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """A sum of money: `amount` in major units (euros, not cents), `currency` as ISO 4217 code.

    `restates` is true for a sum in brackets directly behind another one, which says the same in another currency.
    `span` covers symbol, figure and scale; `as_written` is exactly its text.
    """

    span: Span
    amount: Decimal
    upper: Decimal | None = None
    currency: str
    hedge: Hedge = Hedge.EXACT
    hedge_span: Span | None = None
    restates: bool = False
    as_written: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DateValue:
    """A date or a period of dates.

    Attributes:
        start: The date, or the first of a period; None only in "until 2030".
        end: The last of a period, else None.
        kind: `date`, `period` (2021-2031), `fiscal year` (2022-23, FY24) or `relative` (today, last month; resolved
            against the date of publication; unresolved ones are not reported).
        cue: The preposition or word before it in lower case ("on", "by", "until", "from", "since", "in"), or "".
    """

    span: Span
    start: PartialDate | None
    end: PartialDate | None = None
    kind: str = "date"
    cue: str = ""
    as_written: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration:
    """A length of time as xsd:duration with one unit (`P32M`, `P3Y`, `P6W` is written `P42D`)."""

    span: Span
    iso: str
    hedge: Hedge = Hedge.EXACT
    as_written: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibre:
    """A calibre as written ("7.62x39mm", "155mm/52"); never a quantity."""

    span: Span
    as_written: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """All values of one document. Spans of different kinds do not overlap."""

    numbers: tuple[Number, ...] = ()
    money: tuple[Money, ...] = ()
    dates: tuple[DateValue, ...] = ()
    durations: tuple[Duration, ...] = ()
    calibres: tuple[Calibre, ...] = ()
