"""Seasons and weeks that lean on the day of the report: "next spring" is a year, "last week" a month, no more."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from armsgraph.lexicon.values import ValueLexicon
from armsgraph.model import PartialDate
from armsgraph.values.calendar import Reference, Tense, parse_reference

__all__ = ["find_seasons", "find_weeks"]

_DAYS = 7
_MONTHS = 12
# How many months behind the one in its middle a season lasts.
_SEASON = 1
_WEEKS = {"last": -1, "this": 0, "next": 1}
_TENSES = {"last": Tense.PAST, "next": Tense.AHEAD}


def find_seasons(
    text: str, reference: Reference | None, tense_at: Callable[[int], Tense], lexicon: ValueLexicon
) -> Iterator[tuple[int, int, PartialDate | None]]:
    """Yield start, end and year of the seasons without a year ("next spring", "in the summer")."""
    for match in lexicon.patterns["season"].finditer(text):
        if reference is None:
            continue
        which = (match["which"] or "").lower()
        month = lexicon.seasons[match["season"].lower()]
        start = match.start("which") if which else match.start("season")
        found = reference.add_years(0)
        if which != "this":
            found = reference.nearest_month(month, _TENSES.get(which) or tense_at(start))
        # in May, "last spring" is that of last year
        if which == "last" and reference.month and (reference.month - month) % _MONTHS <= _SEASON:
            found = reference.add_years(-1)
        yield start, match.end(), PartialDate(value=found.value[:4]) if found else None


def find_weeks(
    text: str, reference: Reference | None, lexicon: ValueLexicon
) -> Iterator[tuple[int, int, PartialDate | None]]:
    """Yield start, end and month of "last week", "this week", "next week"."""
    for match in lexicon.patterns["week"].finditer(text):
        day = reference.add_days(_WEEKS[match["which"].lower()] * _DAYS) if reference else None
        week = parse_reference(day)
        if reference is not None:
            yield match.start(), match.end(), week.add_months(0) if week else None
