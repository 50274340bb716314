"""Dates that are named in a row: which of them is the first and which the last."""

from __future__ import annotations

from armsgraph.model import DateValue
from armsgraph.syntax import Tree

__all__ = ["part_of_row"]

_LISTED = frozenset({",", "and", "and in", "and by", ", and", "to", "-", "–", "&"})


def part_of_row(tree: Tree, date: DateValue) -> str:
    """Return which end a date is of a row ("in 2025 and 2026", "in 2025, 2026 and 2027"): "between" for neither."""
    dates = sorted(tree.dates_by_sentence.get(tree.tokens_in(date.span)[0].sentence, ()), key=lambda d: d.span)
    first = last = dates.index(date)
    while first > 0 and _gap(tree, dates[first - 1], dates[first]) in _LISTED:
        first -= 1
    while last + 1 < len(dates) and _gap(tree, dates[last], dates[last + 1]) in _LISTED:
        last += 1
    if first == last or _gap(tree, dates[last - 1], dates[last]) == ",":
        return ""
    return "start" if dates[first] is date else "end" if dates[last] is date else "between"


def _gap(tree: Tree, one: DateValue, other: DateValue) -> str:
    """Return the text between two dates in lower case, without the spaces and the article at its ends."""
    return tree.document.text[one.span.end : other.span.start].strip().lower().removesuffix(" the")
