"""Dates that point to the one before them: "the same day", "of that year", "two months later"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from armsgraph.lexicon.values import ValueLexicon
from armsgraph.model import DateValue, PartialDate
from armsgraph.values.calendar import parse_reference, partial
from armsgraph.values.dates import is_end, read_cue
from armsgraph.values.numerals import Numeral
from armsgraph.values.taken import Taken

__all__ = ["find_days_of_that_year", "find_pointing_dates"]

_LENGTHS = {"year": 4, "month": 7, "day": 10}
_NAMES = {"D": "day", "M": "month", "Y": "year"}
_NAMING = frozenset({"dated", "of"})
_LATER = frozenset({"after", "following", "later"})
# How many characters back a date is looked for: for "the same day", and for "two months later".
_REACH = 900
_NEAR = 300


class _Known:
    """The dates found so far, to be asked for the one before a place."""

    def __init__(self, dates: Sequence[DateValue]) -> None:
        self._dates = sorted(dates, key=lambda date: date.span)
        self._starts = [date.span.start for date in self._dates]

    def before(self, at: int, unit: str, *, is_told: bool = False) -> PartialDate | None:
        """Return the nearest date before a place that is known to the day, the month or the year.

        Args:
            is_told: Only one that tells when something happened, and not which one is meant ("the contract of 2011").
        """
        for i in range(bisect_left(self._starts, at) - 1, -1, -1):
            value = self._dates[i]
            if value.span.start < at - (_NEAR if is_told else _REACH):
                return None
            date = value.end or value.start
            if date is not None and len(date.value) >= _LENGTHS[unit] and not (is_told and value.cue in _NAMING):
                return date
        return None


def find_days_of_that_year(
    text: str, dates: Sequence[DateValue], taken: Taken, lexicon: ValueLexicon
) -> Iterator[DateValue]:
    """Yield the days and months of the year named last ("August 22 of that year", "December of the same year")."""
    known = _Known(dates)
    for match in lexicon.patterns["of_that_year"].finditer(text):
        before = known.before(match.start(), "year")
        if before is not None:
            day = match["day"] or match["day2"]
            month = lexicon.months[match["month"].lower()]
            date = partial(int(before.value[:4]), month, int(day) if day else None)
            yield from _value(text, match.start(), match.end(), date, taken, lexicon)


def find_pointing_dates(
    text: str, dates: Sequence[DateValue], numerals: Sequence[Numeral], taken: Taken, lexicon: ValueLexicon
) -> tuple[DateValue, ...]:
    """Find the dates that are told by the one before them, in text order.

    "The same day", "that year" are its day or year; "two months later", "the year after" so much more or less.
    """
    known = _Known(dates)
    found = [*_same(text, known, taken, lexicon), *_later(text, known, numerals, taken, lexicon)]
    return tuple(sorted(found, key=lambda value: value.span))


def _same(text: str, known: _Known, taken: Taken, lexicon: ValueLexicon) -> Iterator[DateValue]:
    for match in lexicon.patterns["same_time"].finditer(text):
        unit = match["unit"].lower()
        unit = unit if unit in _LENGTHS else "day"
        before = known.before(match.start(), unit)
        date = PartialDate(value=before.value[: _LENGTHS[unit]]) if before is not None else None
        yield from _value(text, match.start(), match.end(), date, taken, lexicon)


def _later(
    text: str, known: _Known, numerals: Sequence[Numeral], taken: Taken, lexicon: ValueLexicon
) -> Iterator[DateValue]:
    counts = {n.tail: (n.start, int(n.value)) for n in numerals if n.value == int(n.value)}
    for match in lexicon.patterns["later"].finditer(text):
        start, count = counts.get(match.start("gap"), (match.start(), 0))
        if match["article"]:
            start, count = match.start("article"), 1
        unit = lexicon.time_units[match["unit"].lower()]
        count = count if match["which"].lower() in _LATER else -count
        if count and unit in _NAMES:
            yield from _moved(text, start, match.end(), (count, unit), known, taken, lexicon)
    for match in lexicon.patterns["next_one"].finditer(text):
        which = (match["order"] or match["which"] or "").lower()
        if which:
            step = (1 if which in _LATER else -1, match["unit"][0].upper())
            yield from _moved(text, match.start(), match.end(), step, known, taken, lexicon)


def _moved(
    text: str,
    start: int,
    end: int,
    step: tuple[int, str],
    known: _Known,
    taken: Taken,
    lexicon: ValueLexicon,
) -> Iterator[DateValue]:
    """Yield the date so many days, months or years from the one before."""
    count, unit = step
    reference = parse_reference(known.before(start, _NAMES[unit], is_told=True))
    if reference is not None:
        add = {"D": reference.add_days, "M": reference.add_months, "Y": reference.add_years}[unit]
        yield from _value(text, start, end, add(count), taken, lexicon)


def _value(
    text: str, start: int, end: int, date: PartialDate | None, taken: Taken, lexicon: ValueLexicon
) -> Iterator[DateValue]:
    span = taken.claim(start, end) if date is not None else None
    if span is None:
        return
    cue = read_cue(text, start, lexicon)
    ends = is_end(text, start, cue, lexicon)
    yield DateValue(
        span=span,
        start=None if ends else date,
        end=date if ends else None,
        kind="relative",
        cue="" if cue == "the" else cue,
        as_written=text[start:end],
    )
