"""Dates that are named in a row or for the first and the last of several things: where something starts and ends."""

from __future__ import annotations

from armsgraph.lexicon.deals import DealLexicon
from armsgraph.model import DateValue
from armsgraph.syntax import Tree

__all__ = ["part_of_row", "turn_of_date"]

_LISTED = frozenset({",", "and", "and in", "and by", ", and", "to", "-", "–", "&"})


# How many words before a date may lie which of the things comes then.
_REACH = 16
_TIMES = frozenset({"day", "half", "month", "quarter", "semester", "stage", "time", "week", "year"})


def turn_of_date(tree: Tree, date: DateValue, lexicon: DealLexicon) -> str:
    """Return which of several things comes on a date: "first" ("the first in 2028"), "last", "one of them" or "".

    The nearest word of order before the date counts, in its sentence and behind the date before it.
    """
    inside = tree.tokens_in(date.span)
    if not inside:
        return ""
    others = {t.i for d in tree.dates_by_sentence.get(inside[0].sentence, ()) for t in tree.tokens_in(d.span)}
    for i in range(inside[0].i - 1, max(-1, inside[0].i - _REACH), -1):
        token = tree.tokens[i]
        if i in others or token.sentence != inside[0].sentence:
            return ""
        low = token.text.lower()
        if tree.tokens[i + 1].lemma.lower() in _TIMES:
            continue
        for name in ("first", "last", "middle"):
            if low in lexicon.words[f"{name}_words"]:
                return "one of them" if name == "middle" else name
    return ""


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
