"""Says numbers, ranks and terms in words."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

import pyoxigraph as ox

from armsgraph.linking import HUMAN_RULE, LIST_RULE
from armsgraph.vocab import PREFIXES

__all__ = [
    "confidence_number",
    "confidence_words",
    "counted",
    "literal_words",
    "origin_words",
    "shortened",
    "split_reasons",
]

_STEPS = ((0.95, "very likely right"), (0.8, "likely right"), (0.6, "more likely right than not"))
_XSD = PREFIXES["xsd"]
_NUMBERS = {_XSD + kind for kind in ("integer", "decimal", "nonNegativeInteger", "positiveInteger", "int", "long")}
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")  # fmt: skip
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?")
_LONGEST_NUMBER = 40


def confidence_words(confidence: float) -> str:
    """Return how sure the rule or the weights are, in words; `docs/claims.md` tells what the number is."""
    return next((words for least, words in _STEPS if confidence >= least), "doubtful")


def confidence_number(confidence: float) -> str:
    """Return a confidence with two places; what is less than certain never reads as 1."""
    return f"{min(confidence, 0.99):.2f}" if confidence < 1 else "1"


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun: `1 claim`, `2,310 claims`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def literal_words(literal: ox.Literal) -> str:
    """Return a literal as people write it: numbers in groups, `14 March 2023`, `2 years 8 months`; else as it is."""
    text, datatype = literal.value, literal.datatype.value
    if datatype in _NUMBERS and len(text) <= _LONGEST_NUMBER:
        try:
            return f"{Decimal(text):,f}"
        except InvalidOperation:
            return text
    if datatype in (_XSD + "date", _XSD + "gYearMonth") and (found := _DATE.fullmatch(text)):
        return _date(*found.groups()) or text
    if datatype == _XSD + "duration" and (found := _DURATION.fullmatch(text)):
        parts = zip(found.groups(), ("year", "month", "day"), strict=True)
        return " ".join(counted(int(n), unit) for n, unit in parts if n) or text
    return text


def _date(year: str, month: str | None, day: str | None) -> str | None:
    if month is None or not 1 <= int(month) <= 12:
        return None
    name = _MONTHS[int(month) - 1]
    return f"{int(day)} {name} {year}" if day else f"{name} {year}"


def shortened(text: str, limit: int = 160) -> str:
    """Return a text on one line, cut with an ellipsis where it is longer."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def origin_words(rule: str) -> str | None:
    """Return where a claim comes from if not from what the text says; None for one that it says."""
    if rule == HUMAN_RULE:
        return "decided by a person; the text names it here"
    if rule.startswith("link.") and rule != LIST_RULE:
        return "looked up in Wikidata; the text names it here"
    if rule.startswith(("link.", "list.")):
        return "known from the lists; the text names it here"
    return None


def split_reasons(reasons: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the features that spoke for a fact and those against it."""
    against = tuple(reason for reason in reasons if reason.rpartition(" ")[2].startswith("-"))
    return tuple(reason for reason in reasons if reason not in against), against
