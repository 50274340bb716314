"""Lengths of time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from armsgraph.lexicon.value_patterns import match_before
from armsgraph.lexicon.values import ValueLexicon
from armsgraph.model import Duration, Hedge
from armsgraph.values.hedges import read_hedge, word_before
from armsgraph.values.numerals import Numeral
from armsgraph.values.ranges import joins_range
from armsgraph.values.taken import Taken

__all__ = ["find_durations"]

_DAYS = {"D": 1, "W": 7, "F": 14}
_LONGEST = {"D": 40000, "W": 5000, "F": 2500, "M": 1200, "Y": 150, "T": 15}
_HALF = Decimal("0.5")


def find_durations(text: str, numerals: Sequence[Numeral], taken: Taken, lexicon: ValueLexicon) -> tuple[Duration, ...]:
    """Find the lengths of time: "36 months", "a 10-year period", "over the next decade"; no ages, no rates.

    Of a range ("three to five years") the longer is given, hedged as UP_TO.

    Returns:
        In text order; their characters are marked in `taken`.
    """
    found = [*_counted(text, numerals, taken, lexicon), *_with_article(text, taken, lexicon)]
    return tuple(sorted(found, key=lambda duration: duration.span))


def _counted(text: str, numerals: Sequence[Numeral], taken: Taken, lexicon: ValueLexicon) -> Iterator[Duration]:
    for i, numeral in enumerate(numerals):
        unit = lexicon.patterns["time_unit"].match(text, numeral.tail)
        if unit is None or _is_other(text, numeral, unit.start("unit"), unit.end(), lexicon):
            continue
        value = numeral.value + (_HALF if unit["half"] else 0)
        iso = _write(value, lexicon.time_units[unit["unit"].lower()])
        if iso is None:
            continue
        start, hedge = numeral.start, None
        before = numerals[i - 1] if i else None
        if before and before.value < value and joins_range(text, before.start, before.tail, numeral.start, lexicon):
            start, hedge = before.start, Hedge.UP_TO
        span = taken.claim(start, unit.end())
        if span:
            yield Duration(
                span=span,
                iso=iso,
                hedge=hedge or _hedge(text, start, unit.end(), lexicon),
                as_written=text[start : unit.end()],
            )


def _is_other(text: str, numeral: Numeral, unit_start: int, end: int, lexicon: ValueLexicon) -> bool:
    """Say whether it is an age, a distance back, a rate, or "one day"."""
    before = text[max(0, numeral.start - 1) : numeral.start]
    if before.isalnum() or before in (".", "/"):
        return True
    if lexicon.patterns["age"].match(text, end):
        return True
    if numeral.is_word and numeral.value == 1 and text[unit_start - 1] != "-" and text[unit_start:end].lower() == "day":
        return True
    found = match_before(lexicon.patterns["not_duration_before"], text, numeral.start)
    return found is not None and found[0].lower() not in lexicon.words["articles"]


def _with_article(text: str, taken: Taken, lexicon: ValueLexicon) -> Iterator[Duration]:
    """Read "for a year", "within half a decade", "over the next decade"."""
    for match in lexicon.patterns["article_duration"].finditer(text):
        cue = match_before(lexicon.patterns["article_duration_before"], text, match.start())
        if cue is None or lexicon.patterns["age"].match(text, match.end()):
            continue
        if match["next"] and word_before(text, match.start()) != "the":
            continue
        start = match.start("unit") if match["next"] else match.start()
        iso = _write(_HALF if match["half"] else Decimal(1), lexicon.time_units[match["unit"].lower()])
        span = taken.claim(start, match.end()) if iso else None
        if iso and span:
            hedge = Hedge.EXACT if match["next"] else _hedge(text, start, match.end(), lexicon)
            yield Duration(span=span, iso=iso, hedge=hedge, as_written=text[start : match.end()])


def _hedge(text: str, start: int, end: int, lexicon: ValueLexicon) -> Hedge:
    """Read the hedge; "over ten years" is the time a thing takes unless "for", "of" ... stand before it."""
    hedge, span = read_hedge(text, start, end, lexicon)
    if hedge is Hedge.OVER and span and text[span.start : span.end].lower() == "over":
        return hedge if word_before(text, span.start) in lexicon.words["over_is_more_after"] else Hedge.EXACT
    return hedge


def _write(value: Decimal, unit: str) -> str | None:
    """Write a length as xsd:duration with one unit, or None when it is no whole number of one."""
    if not 0 < value <= _LONGEST[unit]:
        return None
    if unit in _DAYS:
        days = value * _DAYS[unit]
        return f"P{int(days)}D" if days == int(days) else None
    if unit == "M":
        return f"P{int(value)}M" if value == int(value) else None
    years = value * 10 if unit == "T" else value
    if years == int(years):
        return f"P{int(years)}Y"
    months = years * 12
    return f"P{int(months)}M" if months == int(months) else None
