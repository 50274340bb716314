"""Calibres: what looks like a number of millimetres or inches and is never a quantity."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from armsgraph.lexicon.values import ValueLexicon
from armsgraph.model import Calibre, Span
from armsgraph.values.numerals import Numeral
from armsgraph.values.taken import Taken

__all__ = ["find_calibres"]

_CALIBRE = re.compile(
    r"(?<![\w.,$€£₹])(?:"
    r"\d{1,3}(?:\.\d{1,3})?\s?[x×X]\s?\d{2,3}(?:\.\d)?\s?(?:mm|MM)?R?(?!\w)"
    r"|\d{1,3}(?:\.\d{1,2})?[\s-]?(?:mm|MM|millimetres?|millimeters?)(?!\w)"
    r"(?:\s?[x×]\s?\d{2,3}(?:\s?mm)?(?!\w)|(?:\s?/\s?L?|,\s?)\d{2}(?:\.\d)?(?:[\s-](?i:cal(?:ib(?:re|er)s?)?)(?!\w)\.?)?(?!\w|[.,]\d)"
    r"|[\s-]cal(?:ib(?:re|er))(?!\w))?"
    r"|(?:0?\.\d{2,3}|\d{2,3})[\s-]cal(?:ib(?:re|er)s?)?(?!\w)\.?"
    r"|\.\d{2,3}(?=[\s-][A-Za-z])"
    r")"
)
_WHEELS = re.compile(r"\d{1,2}\s?[x×X]\s?\d{1,2}")
_COMMA_TAIL = re.compile(r",\s?\d{2}$")
_JOIN = re.compile(r"\s?(?:,|and|or|/|&|to|-|–|, and)\s?")
_LARGEST_MILLIMETRES = 500
_SMALLEST_CASE = 15
_NEXT_IS_NOUN = re.compile(r"\s+(?:NATO\b|[a-z]{4,})")
_NEXT_IS_SCALE = re.compile(
    r"\s?-?(?:%|per\s?cent|million|billion|trillion|lakh|crore|km|kg|tonnes|tons|metres|meters|times|hours)"
)


def find_calibres(text: str, numerals: Sequence[Numeral], taken: Taken, lexicon: ValueLexicon) -> tuple[Calibre, ...]:
    """Find the calibres: "7.62x39mm", "155 mm/52 calibre", ".50-calibre", "120-mm", and those in a list before one.

    Returns:
        In text order; their characters are marked in `taken`.
    """
    spans = [*_written(text, taken), *_bare(text, numerals, taken, lexicon)]
    spans += _listed(text, numerals, spans, taken, lexicon)
    return tuple(Calibre(span=span, as_written=text[span.start : span.end]) for span in sorted(spans))


def _written(text: str, taken: Taken) -> Iterator[Span]:
    for match in _CALIBRE.finditer(text):
        written = match[0]
        if _WHEELS.fullmatch(written) and float(re.split(r"\s?[x×X]\s?", written)[1]) < _SMALLEST_CASE:
            # 8x8 is a vehicle.
            continue
        if float(re.match(r"\d*\.?\d*", written)[0] or 0) > _LARGEST_MILLIMETRES:  # type: ignore[index]
            continue
        end = match.end()
        if tail := _COMMA_TAIL.search(written):
            # "155mm, 52": the second figure is a length only with "calibre" behind it.
            end = match.start() + tail.start()
        if span := taken.claim(match.start(), end):
            yield span


def _bare(text: str, numerals: Sequence[Numeral], taken: Taken, lexicon: ValueLexicon) -> Iterator[Span]:
    """Read "5.56 rifles", "7.62 NATO"."""
    for numeral in numerals:
        if numeral.figure not in lexicon.words["calibre_figures"] or numeral.multiplier != 1:
            continue
        is_noun = _NEXT_IS_NOUN.match(text, numeral.end) and not _NEXT_IS_SCALE.match(text, numeral.end)
        if is_noun and (span := taken.claim(numeral.start, numeral.end)):
            yield span


def _listed(
    text: str, numerals: Sequence[Numeral], spans: Sequence[Span], taken: Taken, lexicon: ValueLexicon
) -> Iterator[Span]:
    """Read 60 and 81 in "60, 81 and 120 mm mortars"."""
    starts = {span.start for span in spans}
    following: Numeral | None = None
    for numeral in reversed(numerals):
        if numeral.start in starts:
            following = numeral
            continue
        if following is None or numeral.figure not in lexicon.words["calibre_millimetres"]:
            following = None
            continue
        if not _JOIN.fullmatch(text, numeral.end, following.start) or not (
            span := taken.claim(numeral.start, numeral.end)
        ):
            following = None
            continue
        following = numeral
        yield span
