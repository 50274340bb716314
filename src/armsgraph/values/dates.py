"""Dates that name their year: days, months, years, quarters, fiscal years and periods."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from armsgraph.lexicon.value_patterns import match_before
from armsgraph.lexicon.values import ValueLexicon
from armsgraph.model import DateValue, PartialDate, Span
from armsgraph.values.calendar import partial
from armsgraph.values.ranges import DASHES
from armsgraph.values.taken import Taken

__all__ = ["find_dates", "is_end", "read_cue"]

_NEXT_WORD = re.compile(r"[\s]+(?P<word>[a-z]{3,})(?:\s+(?P<second>[a-z]{3,}))?(?:\s+(?P<third>[a-z]{3,}))?")
_NOT_PLURAL = re.compile(
    r".*(?:ss|us|is)$|was|has|its|does|says|plus|as|yes|thus|perhaps|always|towards|across|besides|sales"
)
_LIST = re.compile(r",?\s(?:and|or|&)\s|,\s|/|\s?&\s?")
_YEAR_AFTER_COLON = re.compile(r"\w:\s$")
_CLAUSE_END = re.compile(r"[.,;)]?(?:\s|$)")
_LINE_START = re.compile(r"(?:^|\n)\s?(?:\d{1,2}[.)]\s|[-*•]\s)?$")
_DAY_BEFORE = re.compile(r"(?<![\w.,])\d{1,2}(?:st|nd|rd|th)?\s(?:of\s)?$")
_NOT_BEFORE = re.compile(r"(?:\bnot|\bnever|n['’]t)\b[^.;:\n]*$")
_LONGEST_GAP = 12
_CLAUSE = 60
_CENTURY = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    start: int
    end: int
    first: PartialDate
    last: PartialDate | None = None
    kind: str = "date"


def find_dates(text: str, taken: Taken, lexicon: ValueLexicon) -> tuple[DateValue, ...]:
    """Find the dates that name their year.

    Returns:
        In text order; their characters are marked in `taken`. Two ends of a period are one value.
    """
    found: list[_Found] = []
    finders: tuple[Callable[[str, ValueLexicon], Iterator[_Found]], ...] = (
        _numeric,
        _fiscal,
        _day_month,
        _quarter,
        _month_year,
        _years,
    )
    for find in finders:
        for date in find(text, lexicon):
            # A bare year is claimed only when something around it says that it is one.
            is_free = taken.is_free(date.start, date.end)
            if is_free and (date.kind == "year" or taken.claim(date.start, date.end)):
                found.append(date)
    found.sort(key=lambda date: date.start)
    kept: list[DateValue] = []
    previous_end = -1
    for date in _join(text, found, lexicon):
        value = _finish(text, date, taken, lexicon, follows=_is_listed(text, previous_end, date.start))
        if value:
            kept.append(value)
            previous_end = value.span.end
    return tuple(kept)


def read_cue(text: str, start: int, lexicon: ValueLexicon) -> str:
    """Return the preposition before a date in lower case ("by", "no later than"), or ""."""
    weekday = match_before(lexicon.patterns["weekday_before"], text, start)
    if weekday:
        start = weekday[1]
    found = match_before(lexicon.patterns["cue_before"], text, start)
    if found is None or ("\n" in text[found[2] : start] and not found[0].islower()):
        # A capital before a line break belongs to the line above.
        return ""
    return re.sub(r"\s+", " ", found[0]).lower()


def is_end(text: str, start: int, cue: str, lexicon: ValueLexicon) -> bool:
    """Say whether a date ends something ("until 2030"); what does not come until then ("not due until") may begin."""
    return cue in lexicon.words["ending_cues"] and _NOT_BEFORE.search(text, max(0, start - _CLAUSE), start) is None


def _numeric(text: str, lexicon: ValueLexicon) -> Iterator[_Found]:
    for match in lexicon.patterns["numeric"].finditer(text):
        if match["iso"]:
            date = partial(int(match["iso"]), int(match["m"]), int(match["d"]))
        else:
            first, second = int(match["a"]), int(match["b"])
            # 03/04/2021 is March to some and April to others; with points the day comes first.
            if match["sep"] == "." or first > 12 or first == second:
                date = partial(int(match["y"]), second, first)
            else:
                date = partial(int(match["y"]), first, second) if second > 12 else None
        if date:
            yield _Found(start=match.start(), end=match.end(), first=date)


def _fiscal(text: str, lexicon: ValueLexicon) -> Iterator[_Found]:
    for match in lexicon.patterns["fiscal"].finditer(text):
        last = _year(match["second"] or match["first"])
        first = _year(match["first"]) if match["second"] else last - 1
        if match["second"] and len(match["second"]) < len(match["first"]):
            last = first - first % _CENTURY + int(match["second"])
        dates = partial(first), partial(last)
        if dates[0] and dates[1] and first < last:
            kind = "fiscal year" if last == first + 1 else "period"
            yield _Found(start=match.start(), end=match.end(), first=dates[0], last=dates[1], kind=kind)


def _day_month(text: str, lexicon: ValueLexicon) -> Iterator[_Found]:
    for name in ("day_month", "month_day"):
        for match in lexicon.patterns[name].finditer(text):
            if not match["year"]:
                continue
            month = lexicon.months[match["month"].lower()]
            date = partial(int(match["year"]), month, int(match["day"]))
            last = partial(int(match["year"]), month, int(match["day2"])) if match["day2"] else None
            if date is None or (match["day2"] and (last is None or last.value <= date.value)):
                continue
            if last and match["to"] in ("and", "&"):
                # Two days, not a stretch of them: the later stands beside the month and is the safe one.
                date, last = (last, None) if name == "day_month" else (date, None)
            kind = "period" if last else "date"
            yield _Found(start=match.start(), end=match.end(), first=date, last=last, kind=kind)


def _month_year(text: str, lexicon: ValueLexicon) -> Iterator[_Found]:
    for match in lexicon.patterns["month_year"].finditer(text):
        if _DAY_BEFORE.search(text[max(0, match.start() - _LONGEST_GAP) : match.start()]):
            # A day that the month does not have ("31 February 2020"): no date is better than half of one.
            continue
        year = int(match["year"])
        date = partial(year, lexicon.months[match["month"].lower()])
        first = partial(year, lexicon.months[match["first"].lower()]) if match["first"] else None
        if first and date and first.value < date.value:
            yield _Found(start=match.start(), end=match.end(), first=first, last=date, kind="period")
        elif date:
            yield _Found(start=match.start("month"), end=match.end(), first=date)


def _quarter(text: str, lexicon: ValueLexicon) -> Iterator[_Found]:
    for match in lexicon.patterns["quarter"].finditer(text):
        if date := partial(int(match["year"])):
            yield _Found(start=match.start(), end=match.end(), first=date)


def _years(text: str, lexicon: ValueLexicon) -> Iterator[_Found]:
    for match in lexicon.patterns["years"].finditer(text):
        first = partial(int(match["first"]))
        if first is None or match[0].endswith("s"):
            continue
        if not match["second"]:
            yield _Found(start=match.start(), end=match.end(), first=first, kind="year")
            continue
        last = _second_year(match, text, lexicon)
        if last is None:
            yield _Found(start=match.start(), end=match.end("first"), first=first, kind="year")
            second = (
                partial(int(match["second"])) if len(match["second"]) == 4 and match["sep"] in ("and", "to") else None
            )
            if second:
                yield _Found(start=match.start("second"), end=match.end(), first=second, kind="year")
        elif int(last.value) == int(first.value) + 1 and len(match["second"]) == 2:
            yield _Found(start=match.start(), end=match.end(), first=first, last=last, kind="fiscal year")
        else:
            yield _Found(start=match.start(), end=match.end(), first=first, last=last, kind="period")


def _second_year(match: re.Match[str], text: str, lexicon: ValueLexicon) -> PartialDate | None:
    """Return the end of "2021-2031", "2021-22", "from 2021 to 2031", "between 2025 and 2027"."""
    year, separator = int(match["first"]), match["sep"]
    is_short = len(match["second"]) == 2
    if is_short and separator not in {*DASHES, "/"}:
        return None
    last = year - year % _CENTURY + int(match["second"]) if is_short else int(match["second"])
    if is_short and last < year:
        last += _CENTURY
    if separator == "and" and read_cue(text, match.start(), lexicon) != "between":
        return None
    if separator == "/" and last != year + 1:
        return None
    return partial(last) if year < last <= year + _CENTURY else None


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _join(text: str, found: list[_Found], lexicon: ValueLexicon) -> Iterator[_Found]:
    """Join the two ends of "September 2018 to June 2021", "between April 2012 and 2022"."""
    held: _Found | None = None
    for date in found:
        if held is None:
            held = date
            continue
        gap = text[held.end : date.start]
        if (
            held.last is None
            and date.last is None
            and len(gap) <= _LONGEST_GAP
            and _joins(text, held, gap, date, lexicon)
        ):
            yield replace(held, end=date.end, last=date.first, kind="period")
            held = None
            continue
        yield held
        held = date
    if held:
        yield held


def _joins(text: str, held: _Found, gap: str, date: _Found, lexicon: ValueLexicon) -> bool:
    if not held.first.value < date.first.value:
        return False
    part = match_before(lexicon.patterns["part_before"], text, date.start)
    word = gap[: len(gap) - (date.start - part[1])].strip().lower() if part else gap.strip().lower()
    word = word.removesuffix(" the").strip()
    if word in DASHES or word == "through":
        return True
    cue = read_cue(text, _with_part(text, held.start, lexicon), lexicon)
    if word in ("to", "until", "till"):
        return held.kind != "year" or cue in ("from", "between", "in", "of", "for", "over", "during")
    return word == "and" and cue == "between"


def _with_part(text: str, start: int, lexicon: ValueLexicon) -> int:
    """Return where "late 2012", "the end of March 2025" begins, articles left out."""
    part = match_before(lexicon.patterns["part_before"], text, start)
    if part is None:
        return start
    return part[1] + (len("the ") if part[0].lower().startswith("the ") else 0)


def _finish(text: str, date: _Found, taken: Taken, lexicon: ValueLexicon, *, follows: bool) -> DateValue | None:
    """Put the part before and the cue to a date; drop a bare year without any."""
    start = _with_part(text, date.start, lexicon)
    if start < date.start and not taken.is_free(start, date.start):
        start = date.start
    cue = read_cue(text, start, lexicon)
    if date.kind == "year" and start == date.start and not follows and not _is_year(text, date, cue, lexicon):
        return None
    taken.mark(start, date.end)
    kind = "date" if date.kind == "year" else date.kind
    first: PartialDate | None = date.first
    last = date.last
    if last is None and is_end(text, start, cue, lexicon):
        first, last, kind = None, date.first, "period"
    span = Span(start, date.end)
    return DateValue(
        span=span, start=first, end=last, kind=kind, cue="" if cue == "the" else cue, as_written=text[start : date.end]
    )


def _is_year(text: str, date: _Found, cue: str, lexicon: ValueLexicon) -> bool:
    """Say whether four bare digits are a year here: "in 2019", "(2019)", "the 2019 contract"; not "for 2000 rifles"."""
    year = int(date.first.value)
    if text[date.start - 1 : date.start] == "(" and text[date.end : date.end + 1] == ")":
        return True
    if _YEAR_AFTER_COLON.search(text[max(0, date.start - 3) : date.start]) and _CLAUSE_END.match(text, date.end):
        return True
    if _LINE_START.search(text[max(0, date.start - 6) : date.start]) and text[date.end : date.end + 2] == ": ":
        return True
    is_round = year % 50 == 0
    plural_at = _plural_at(text, date.end)
    if cue in lexicon.words["strong_cues"]:
        return not (is_round and plural_at)
    weak = match_before(lexicon.patterns["weak_before"], text, date.start)
    if text.startswith(("'s ", "’s "), date.end):
        return True
    return weak is not None and not is_round and plural_at != 1


def _plural_at(text: str, at: int) -> int:
    """Return which of the next three words looks like a plural noun (1 to 3), or 0."""
    found = _NEXT_WORD.match(text, at)
    if found is None:
        return 0
    for i, word in enumerate(found.groups(), 1):
        if word and word.endswith("s") and not _NOT_PLURAL.fullmatch(word):
            return i
    return 0


def _is_listed(text: str, previous_end: int, start: int) -> bool:
    """Say whether a year goes on from a date before it: "in 2019, 2020 and 2021"."""
    return 0 <= previous_end < start <= previous_end + 6 and _LIST.fullmatch(text, previous_end, start) is not None
