"""Numerals: figures and number words with their scales, before anyone asks what they count."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from armsgraph.lexicon.values import ValueLexicon

__all__ = ["Numeral", "find_numerals", "read_figure", "trim"]

_FIGURE = re.compile(r"\d++(?:[.,]\d++)*+")
_SPACED = re.compile(
    r"\d{1,3}(?P<groups>(?P<sep>[ \u00a0\u202f\u2009])\d{3}(?:(?P=sep)\d{3}){0,4})(?![\d.,]\d|\d|\w|[-–/]\d)"
)
_UNIT_NEAR = re.compile(r"[\s-]?(?:mm|cm|km|kg|lb|m|t|ton)")
_BRACKET = re.compile(r"\s?\(\s?")
_CLOSE = re.compile(r"\s?\)")
_WESTERN = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?")
_EUROPEAN = re.compile(r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|\d{1,3}(?:\.\d{3})+,\d{1,2}")
_PLAIN = re.compile(r"(?:0|[1-9]\d*)(?:\.\d+)?")
_COMMA = re.compile(r"\d{1,3},\d{1,2}")
_LONGEST = 32
_MOST_WORDS = 14
_LONGEST_PLAIN = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeral:
    """A numeral in the text.

    Attributes:
        start, end: Figure or words with their scale ("6.71 lakh").
        tail: End of a repetition in brackets behind it ("fifty-four (54)"), else `end`.
        value: Fully expanded.
        multiplier: What the scale multiplies by; 1 without a scale.
        figure: The digits as written, "" for words.
        money_scale: Value of an abbreviation that is a scale only beside a currency ("500m"); `money_end` its end.
        grouping: `indian`, `western`, `both` or `none`.
    """

    start: int
    end: int
    tail: int
    value: Decimal
    multiplier: Decimal = Decimal(1)
    figure: str = ""
    grouping: str = "none"
    money_scale: Decimal | None = None
    money_end: int = 0

    @property
    def is_word(self) -> bool:
        """Whether it begins with a word, not a digit."""
        return not self.figure

    @property
    def is_plain(self) -> bool:
        """Whether it is nothing but digits, without scale, comma or point."""
        return self.figure.isdigit() and self.multiplier == 1


def trim(value: Decimal) -> Decimal:
    """Drop trailing zeros behind the point: 6.71 lakh is 671000, not 671000.00."""
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()


def read_figure(figure: str) -> tuple[Decimal, str] | None:
    """Read digits with their commas and points.

    Returns:
        The value and the grouping (`indian`, `western`, `both`, `none`), or None where the grouping is no known one
        (7,3 too: a comma is a decimal point only before a scale).
    """
    if _PLAIN.fullmatch(figure):
        return Decimal(figure), "none"
    if _WESTERN.fullmatch(figure):
        whole = figure.partition(".")[0]
        return Decimal(figure.replace(",", "")), "both" if len(whole) < 7 else "western"
    if _INDIAN.fullmatch(figure):
        return Decimal(figure.replace(",", "")), "indian"
    if _EUROPEAN.fullmatch(figure):
        return Decimal(figure.replace(".", "").replace(",", ".")), "western"
    return None


def find_numerals(text: str, lexicon: ValueLexicon) -> Iterator[Numeral]:
    """Yield the numerals of a text, in order, not overlapping.

    Digits that are glued to letters on their left come out too; whoever uses them looks left first.
    """
    word_start = lexicon.patterns["word_start"]
    at = 0
    figure = _FIGURE.search(text)
    word = word_start.search(text)
    while figure or word:
        if figure and (word is None or figure.start() <= word.start()):
            numeral = _read_figure_at(text, figure, lexicon)
            at = figure.end()
        elif word:
            numeral = _read_words_at(text, word, lexicon)
            at = max(word.end(), word.start() + 1)
        if numeral:
            at = numeral.tail
            yield numeral
        if figure and figure.start() < at:
            figure = _FIGURE.search(text, at)
        if word and word.start() < at:
            word = word_start.search(text, at)


def _read_figure_at(text: str, match: re.Match[str], lexicon: ValueLexicon) -> Numeral | None:
    start, end = match.span()
    if end - start > _LONGEST:
        return None
    figure = match[0]
    if figure.isdigit() and len(figure) <= 3 and (spaced := _SPACED.match(text, start)) and _is_grouped(text, spaced):
        end = spaced.end()
        value, grouping = Decimal(re.sub(r"\D", "", spaced[0])), "western"
    elif read := read_figure(figure):
        value, grouping = read
    elif _COMMA.fullmatch(figure) and _has_western_scale(text, end, lexicon):
        value, grouping = Decimal(figure.replace(",", ".")), "none"
    else:
        return None
    numeral = _with_scale(
        text, Numeral(start=start, end=end, tail=end, value=value, figure=text[start:end], grouping=grouping), lexicon
    )
    return _with_bracket(text, numeral, lexicon)


def _is_grouped(text: str, spaced: re.Match[str]) -> bool:
    """Say whether digits parted by spaces are one number: "12 155 mm guns" are not."""
    if spaced["sep"] != " " or spaced[0].endswith(" 000"):
        return True
    before = text[max(0, spaced.start() - 2) : spaced.start()]
    return not _UNIT_NEAR.match(text, spaced.end()) and not before.strip(" ").endswith((",", "+", ")"))


def _has_western_scale(text: str, at: int, lexicon: ValueLexicon) -> bool:
    long = lexicon.patterns["scale"].match(text, at)
    if long:
        return long["scale"].lower() in lexicon.words["western_scales"]
    short = lexicon.patterns["short_scale"].match(text, at)
    return bool(short) and lexicon.scale(short["scale"]) >= 1_000_000 if short else False


def _with_scale(text: str, numeral: Numeral, lexicon: ValueLexicon) -> Numeral:
    """Add the scales behind a numeral: "6.71 lakh", "1.2 lakh crore", "3.5bn"."""
    multiplier, end = Decimal(1), numeral.end
    while multiplier < Decimal(10) ** 12 and (found := lexicon.patterns["scale"].match(text, end)):
        multiplier *= lexicon.scale(found["scale"])
        end = found.end()
    if multiplier == 1 and (found := lexicon.patterns["short_scale"].match(text, end)):
        scale = lexicon.scale(found["scale"])
        is_glued = found.start("scale") == end
        if found["scale"] in lexicon.short_scales and (is_glued or scale > 1000):
            multiplier, end = scale, found.end()
        elif is_glued or scale == 1_000_000:
            return replace(numeral, money_scale=scale, money_end=found.end())
    return replace(numeral, end=end, tail=end, value=trim(numeral.value * multiplier), multiplier=multiplier)


def _with_bracket(text: str, numeral: Numeral, lexicon: ValueLexicon) -> Numeral:
    """Take in a repetition: "fifty-four (54)", "6 (Six)"."""
    opened = _BRACKET.match(text, numeral.end)
    if not opened:
        return numeral
    at = opened.end()
    inner: Numeral | None = None
    if figure := _FIGURE.match(text, at):
        read = read_figure(figure[0]) if len(figure[0]) <= _LONGEST else None
        inner = Numeral(start=at, end=figure.end(), tail=0, value=read[0]) if read else None
    elif word := lexicon.patterns["word_start"].match(text, at):
        inner = _parse_words(text, word, lexicon)
    closed = _CLOSE.match(text, inner.end) if inner else None
    return replace(numeral, tail=closed.end()) if inner and closed and inner.value == numeral.value else numeral


def _read_words_at(text: str, match: re.Match[str], lexicon: ValueLexicon) -> Numeral | None:
    numeral = _parse_words(text, match, lexicon)
    return _with_bracket(text, numeral, lexicon) if numeral else None


def _parse_words(text: str, match: re.Match[str], lexicon: ValueLexicon) -> Numeral | None:
    """Read number words from where one may begin; the longest that makes sense wins."""
    start = match.start()
    if match["phrase"]:
        value = Decimal(lexicon.phrases[re.sub(r"\s+", " ", match["phrase"]).lower()])
        return _with_scale(text, Numeral(start=start, end=match.end(), tail=match.end(), value=value), lexicon)
    for name, value in (("half", Decimal("0.5")), ("quarter", Decimal("0.25"))):
        if match[name]:
            numeral = Numeral(start=start, end=match.end(), tail=match.end(), value=value)
            return _with_scale(text, numeral, lexicon)
    return _parse_cardinal(text, start, match.end(), lexicon, has_article=bool(match["article"]))


def _parse_cardinal(text: str, start: int, at: int, lexicon: ValueLexicon, *, has_article: bool) -> Numeral | None:
    total, group, end = Decimal(0), int(has_article), at
    last_scale = Decimal(10) ** 18
    last, multiplier = 0, Decimal(1)
    for count in range(_MOST_WORDS):
        found = lexicon.patterns["word_next"].match(text, end)
        if found is None or (has_article or count > 0) != bool(found["gap"]):
            break
        if found["scale"]:
            scale = lexicon.scale(found["scale"])
            if scale == 100 and 0 < group < 100:
                group *= 100
            elif scale == 100 or "and" in (found["gap"] or ""):
                break
            elif group and scale < last_scale:
                total, group, last_scale, multiplier = total + group * scale, 0, scale, scale
            elif not group and total and multiplier > 1:
                # "one lakh crore": a scale on a scale.
                total, multiplier = total * scale, multiplier * scale
            else:
                break
            last = 100
        else:
            word = lexicon.cardinals[found["word"].lower()]
            after_and = "and" in (found["gap"] or "").lower()
            fits = last in (0, 100) if not 20 <= last < 100 else word < 10 and not after_and
            if not fits or (after_and and last != 100):
                break
            group += word
            last = word if word % 10 == 0 and word >= 20 else 1
        end = found.end()
    value = total + group
    if not value:
        return None
    only_scale = multiplier if not group else Decimal(1)
    return Numeral(start=start, end=end, tail=end, value=value, multiplier=only_scale)
