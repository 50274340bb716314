"""Finds all values of one document; the order decides who gets a stretch of text that two could have."""

from __future__ import annotations

from armsgraph.lexicon.values import ValueLexicon
from armsgraph.model import Document, Values
from armsgraph.values.calibres import find_calibres
from armsgraph.values.dates import find_dates
from armsgraph.values.durations import find_durations
from armsgraph.values.money import find_money
from armsgraph.values.numbers import find_numbers
from armsgraph.values.numerals import find_numerals
from armsgraph.values.pointing import find_days_of_that_year, find_pointing_dates
from armsgraph.values.relative import find_relative_dates
from armsgraph.values.taken import Taken

__all__ = ["find_values"]


def find_values(document: Document, lexicon: ValueLexicon) -> Values:
    """Find the numbers, sums, dates, durations and calibres of a document, furniture left out.

    Args:
        document: Its text is read; its date of publication resolves relative dates.
        lexicon: The words of `load_value_lexicon`.

    Returns:
        Each kind in text order. `text[span.start:span.end] == as_written` for every value, and no two values share a
        character: money goes before dates, then durations, calibres and last plain numbers. The time it takes grows
        with the length of the text alone.
    """
    text = document.text
    taken = Taken(document)
    numerals = [n for n in find_numerals(text, lexicon) if taken.is_free(n.start, n.end)]
    money = find_money(document, numerals, taken, lexicon)
    dates = find_dates(text, taken, lexicon)
    dates = (*dates, *find_days_of_that_year(text, dates, taken, lexicon))
    dates = (*dates, *find_relative_dates(document, numerals, dates, taken, lexicon))
    known = sorted(dates, key=lambda date: date.span)
    pointing = find_pointing_dates(text, known, numerals, taken, lexicon)
    durations = find_durations(text, numerals, taken, lexicon)
    calibres = find_calibres(text, numerals, taken, lexicon)
    numbers = find_numbers(text, numerals, taken, lexicon)
    return Values(
        numbers=numbers,
        money=money,
        dates=tuple(sorted((*dates, *pointing), key=lambda date: date.span)),
        durations=durations,
        calibres=calibres,
    )
