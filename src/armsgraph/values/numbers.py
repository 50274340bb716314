"""Numbers that are no money, date, duration or calibre, and what kind each is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from armsgraph.lexicon.value_patterns import match_before
from armsgraph.lexicon.values import ValueLexicon
from armsgraph.model import Hedge, Number, NumberKind, Span
from armsgraph.values.hedges import read_hedge, word_before
from armsgraph.values.numerals import Numeral
from armsgraph.values.ranges import DASHES, joins_range, spread_scale
from armsgraph.values.taken import Taken

__all__ = ["find_numbers"]

_YEARS = range(1900, 2101)
_HYPHEN_NOUN = re.compile(r"[-‑](?P<noun>[A-Za-z]+)")
_METRE = re.compile(r"[\s-]?m(?![\w'’]|-[A-Z0-9])")
_RATE = re.compile(
    r"(?:\s[\w-]+){0,3}\s(?P<unit>(?:per|an?|each|every)\s(?:year|month|week|day|hour|minute|second|annum))(?!\w|\s(?:ago|later|earlier|after|before))"
)
_CLOCK = re.compile(r"\s?(?:[apAP]\.?[mM]\b|hrs\b|(?:IST|GMT|UTC|CET|CEST|EST|EDT|PST|PDT|BST|MSK)(?![\w-]))")
_PLURALS = re.compile(r"(?:\s(?:[a-zA-Z-]+)){0,2}\s[a-z]{2,}s(?!\w)")
_NOT_PLURAL = re.compile(r"(?:\s[a-zA-Z-]+){0,2}\s(?:was|has|is|its|this|as|does|says|plus)(?!\w)")
_NEXT_WORD = re.compile(r"[\s]+[(“\"‘']?(?P<word>[A-Za-z][\w'’]*)")
_PLURAL_BEHIND = re.compile(r"\s[a-z]{2,}s(?!\w)")
_LIST_MARK = re.compile(r"[.)]\s")
_BRACKET_MARK = re.compile(r"\)\s[A-Za-z]")
_MACH = re.compile(r"\bMach[\s-]$")
_LONGEST_COUNT = 12
_ROUND = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    kind: NumberKind
    unit: str | None = None


_COUNT = _Kind(kind=NumberKind.COUNT)
_IDENTIFIER = _Kind(kind=NumberKind.IDENTIFIER)
_LINKS = "/:+#_*"


def find_numbers(text: str, numerals: Sequence[Numeral], taken: Taken, lexicon: ValueLexicon) -> tuple[Number, ...]:
    """Find the numbers that no other value holds.

    Returns:
        In text order. Only those of kind COUNT can be quantities; digits glued to letters ("K808") are left out.
    """
    for match in lexicon.patterns["names"].finditer(text):
        taken.mark(*match.span())
    found: list[Number] = [*_ordinals(text, taken, lexicon)]
    skip_until = -1
    for i, numeral in enumerate(numerals):
        if numeral.start < skip_until or not taken.is_free(numeral.start, numeral.end):
            continue
        following = numerals[i + 1] if i + 1 < len(numerals) else None
        pair = _range(text, numeral, following, taken, lexicon) if following else None
        if pair and following:
            found.append(pair)
            taken.mark(pair.span.start, following.tail)
            skip_until = following.tail
            continue
        number = _number(text, numeral, lexicon)
        if number:
            found.append(number)
        taken.mark(numeral.start, numeral.tail)
    return tuple(sorted(found, key=lambda number: number.span))


def _number(text: str, numeral: Numeral, lexicon: ValueLexicon) -> Number | None:
    kind = _kind(text, numeral, lexicon)
    if kind is None:
        return None
    value, grouping = numeral.value, numeral.grouping
    if kind is _COUNT and value != int(value):
        if _is_european(text, numeral):
            value, grouping = value * 1000, "western"
        else:
            kind = _Kind(kind=NumberKind.MEASURE)
    hedge, hedge_span = Hedge.EXACT, None
    if kind.kind not in (NumberKind.IDENTIFIER, NumberKind.YEAR):
        hedge, hedge_span = read_hedge(text, numeral.start, numeral.tail, lexicon)
    return Number(
        span=Span(numeral.start, numeral.end),
        value=value,
        kind=kind.kind,
        hedge=hedge,
        hedge_span=hedge_span,
        unit=kind.unit,
        grouping=grouping,
        as_written=text[numeral.start : numeral.end],
    )


def _range(text: str, numeral: Numeral, following: Numeral, taken: Taken, lexicon: ValueLexicon) -> Number | None:
    """Read "20-25", "between 20 and 25", "100 to 150" as one number with two ends."""
    gap_start = numeral.tail
    if (
        not taken.is_free(following.start, following.end)
        or _is_glued(text, numeral)
        or _is_chain(text, numeral, following)
    ):
        return None
    if numeral.money_scale and numeral.money_end == following.start:
        return None
    percent = lexicon.patterns["percent"].match(text, gap_start)
    if percent:
        gap_start = percent.end()
    if not joins_range(text, numeral.start, gap_start, following.start, lexicon):
        return None
    ends = spread_scale(numeral.value, numeral.multiplier, following.value, following.multiplier)
    kind = _kind(text, following, lexicon, is_upper=True)
    first = _kind(text, numeral, lexicon, is_lower=True)
    if ends is None or kind is None or first is None or NumberKind.IDENTIFIER in (kind.kind, first.kind):
        return None
    if kind is _COUNT and any(end != int(end) for end in ends):
        return None
    hedge, hedge_span = read_hedge(text, numeral.start, following.tail, lexicon)
    return Number(
        span=Span(numeral.start, following.end),
        value=ends[0],
        upper=ends[1],
        kind=kind.kind,
        hedge=hedge,
        hedge_span=hedge_span,
        unit=kind.unit,
        grouping=following.grouping,
        as_written=text[numeral.start : following.end],
    )


def _is_chain(text: str, numeral: Numeral, following: Numeral) -> bool:
    """Say whether more than two figures hang together by dashes ("91-22-1234")."""
    before, after = text[max(0, numeral.start - 1) : numeral.start], text[following.end : following.end + 2]
    return before in {*DASHES} or (after[:1] in {*DASHES} and after[1:].isdigit())


def _is_glued(text: str, numeral: Numeral) -> bool:
    """Say whether the figure belongs to a designation: letters before it, or letters and a dash."""
    before = text[max(0, numeral.start - 2) : numeral.start]
    if not before:
        return False
    if before[-1].isalnum() or before[-1] == "_":
        return True
    return bool(numeral.figure) and before[-1] in DASHES and before[:1].isalnum() and len(before) > 1


def _kind(
    text: str, numeral: Numeral, lexicon: ValueLexicon, *, is_upper: bool = False, is_lower: bool = False
) -> _Kind | None:
    """Decide what a number is; None for what is no number of its own ("K808", "one of", "two-thirds")."""
    before = text[numeral.start - 1 : numeral.start] if numeral.start else ""
    end = numeral.tail
    if (
        before.isalnum()
        or before == "_"
        or (before == "." and text[max(0, numeral.start - 2) : numeral.start - 1] in " ")
    ):
        return None
    if numeral.is_word:
        return _word_kind(text, numeral, lexicon, is_end=is_upper or is_lower)
    if not is_upper and _is_glued(text, numeral):
        return _IDENTIFIER
    if _is_identifier(text, numeral, lexicon) or (not (is_upper or is_lower) and _hangs_on_dash(text, numeral)):
        return _IDENTIFIER
    measure = _measure(text, end, lexicon)
    if measure:
        return measure
    if _MACH.search(text[max(0, numeral.start - 6) : numeral.start]):
        return _Kind(kind=NumberKind.MEASURE, unit="Mach")
    if text[end : end + 1].isalpha() or (text[end : end + 1] == "_"):
        return None
    if numeral.is_plain and len(numeral.figure) == 4 and int(numeral.value) in _YEARS and not (is_upper or is_lower):
        is_thing = numeral.value % _ROUND == 0 and _PLURALS.match(text, end) and not _NOT_PLURAL.match(text, end)
        return _COUNT if is_thing else _Kind(kind=NumberKind.YEAR)
    return _hyphen_kind(text, end, lexicon) or _rate(text, end) or _COUNT


def _rate(text: str, end: int) -> _Kind | None:
    """Read "100 vehicles per year": a pace, not a number of things."""
    found = _RATE.match(text, end)
    return _Kind(kind=NumberKind.MEASURE, unit=found["unit"]) if found else None


def _word_kind(text: str, numeral: Numeral, lexicon: ValueLexicon, *, is_end: bool) -> _Kind | None:
    end = numeral.tail
    before = text[max(0, numeral.start - 1) : numeral.start]
    if lexicon.patterns["fraction"].match(text, end) and numeral.value < 10:
        return None
    if is_end and numeral.value != 1:
        return _measure(text, end, lexicon) or _hyphen_kind(text, end, lexicon) or _COUNT
    if before in {*DASHES} and text[max(0, numeral.start - 2) : numeral.start - 1].isalpha():
        return None
    if match_before(lexicon.patterns["label_before"], text, numeral.start):
        return _IDENTIFIER
    kind = _measure(text, end, lexicon) or _hyphen_kind(text, end, lexicon) or _rate(text, end) or _COUNT
    is_bare_one = numeral.value == 1 and numeral.tail == numeral.end and (not kind.unit or text[end : end + 1] == "-")
    if is_bare_one and (kind is not _COUNT or not _is_determiner(text, numeral, lexicon)):
        return None
    return kind


def _is_determiner(text: str, numeral: Numeral, lexicon: ValueLexicon) -> bool:
    """Say whether "one" counts a thing: "one frigate", not "one of", "no one", "one day"."""
    following = _NEXT_WORD.match(text, numeral.end)
    if following is None or following["word"].lower() in lexicon.words["one_not_before"]:
        return text[numeral.end : numeral.end + 1] == "-" and text[numeral.end + 1 : numeral.end + 2].isalpha()
    word, behind = following["word"], text[following.end() : following.end() + 1]
    # "one" before a plural or a bare participle is a pronoun: "one sees", "whom one asked:".
    if word.islower() and (
        (word.endswith("s") and not word.endswith(("ss", "us"))) or (word.endswith("ed") and behind != " ")
    ):
        return False
    return word_before(text, numeral.start) not in lexicon.words["one_not_after"]


def _is_identifier(text: str, numeral: Numeral, lexicon: ValueLexicon) -> bool:
    """Say whether a figure is a name, not an amount: "No. 5", "Flight 370", "24/7", "45 Squadron", "(1)"."""
    start, end = numeral.start, numeral.end
    before, after = text[start - 1 : start] if start else "", text[end : end + 2]
    if before and before in _LINKS and not (before == "*" or text[max(0, start - 2) : start - 1] in "\n "):
        return True
    if len(after) == 2 and after[0] in _LINKS + "x×" and (after[1].isdigit() or after[0] in ":") and after[1] != " ":
        return True
    if before in ("#", "+") or (before == "[" and after[:1] == "]"):
        return True
    if _CLOCK.match(text, end):
        return True
    if numeral.is_plain:
        if len(numeral.figure) >= _LONGEST_COUNT:
            return True
        if match_before(lexicon.patterns["prefix_before"], text, start) and len(numeral.figure) <= 5:
            return True
        if lexicon.patterns["unit_behind"].match(text, end):
            return True
        if _is_list_mark(text, start, end):
            return True
    return match_before(lexicon.patterns["label_before"], text, start) is not None


def _hangs_on_dash(text: str, numeral: Numeral) -> bool:
    """Say whether a dash ties the figure to another one ("3-1", "91-22-1234")."""
    before, after = text[max(0, numeral.start - 1) : numeral.start], text[numeral.end : numeral.end + 2]
    return before in {*DASHES} or (after[:1] in {*DASHES} and after[1:].isdigit())


def _is_list_mark(text: str, start: int, end: int) -> bool:
    if end - start > 2:
        return False
    line_start = text.rfind("\n", max(0, start - 4), start) + 1
    if (start == 0 or line_start) and not text[line_start:start].strip(" (") and _LIST_MARK.match(text, end):
        return True
    return text[start - 1 : start] == "(" and end - start == 1 and bool(_BRACKET_MARK.match(text, end)) and start > 1


def _measure(text: str, end: int, lexicon: ValueLexicon) -> _Kind | None:
    if lexicon.patterns["percent"].match(text, end):
        return _Kind(kind=NumberKind.PERCENT, unit="%")
    unit = lexicon.patterns["unit"].match(text, end)
    if unit:
        form = re.sub(r"\s+", " ", unit["unit"])
        return _Kind(kind=NumberKind.MEASURE, unit=lexicon.units.get(form) or lexicon.units.get(form.lower()))
    if _METRE.match(text, end):
        return _Kind(kind=NumberKind.MEASURE, unit="metre")
    return None


def _hyphen_kind(text: str, end: int, lexicon: ValueLexicon) -> _Kind | None:
    """Read what hangs on by a hyphen: "a 12-ship order" counts, "a 12-cell launcher" measures."""
    found = _HYPHEN_NOUN.match(text, end)
    if found is None or found["noun"][0].isupper():
        return None
    noun = found["noun"].lower()
    if noun in lexicon.words["counted_after_hyphen"] or lexicon.patterns["hedge_after"].match(text, end):
        return _COUNT
    return _Kind(kind=NumberKind.MEASURE, unit=noun)


def _is_european(text: str, numeral: Numeral) -> bool:
    """Say whether a point groups thousands: "1.200 vehicles". Things do not come in thousandths."""
    whole, _, part = numeral.figure.partition(".")
    is_grouped = len(part) == 3 and whole != "0" and len(whole) <= 3 and numeral.multiplier == 1
    return is_grouped and bool(_PLURAL_BEHIND.match(text, numeral.end))


def _ordinals(text: str, taken: Taken, lexicon: ValueLexicon) -> Iterator[Number]:
    for match in lexicon.patterns["ordinal"].finditer(text):
        if not taken.is_free(*match.span()) or text[match.end() : match.end() + 5] == "-hand":
            continue
        if match["digits"]:
            value = Decimal(match["digits"])
        else:
            tens = lexicon.cardinals[match["tens"].lower()] if match["tens"] else 0
            value = Decimal(tens + lexicon.ordinals[match["word"].lower()])
        taken.mark(*match.span())
        yield Number(span=Span(*match.span()), value=value, kind=NumberKind.ORDINAL, as_written=match[0])
