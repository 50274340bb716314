"""Dates that need the date of publication: "on Friday", "last month", "March 8", "two years ago"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from armsgraph.lexicon.value_patterns import match_before
from armsgraph.lexicon.values import ValueLexicon
from armsgraph.model import DateValue, Document, PartialDate
from armsgraph.values.calendar import Reference, Tense, parse_reference
from armsgraph.values.dates import is_end, read_cue
from armsgraph.values.hedges import read_hedge, word_before
from armsgraph.values.numerals import Numeral
from armsgraph.values.seasons import find_seasons, find_weeks
from armsgraph.values.taken import Taken

__all__ = ["find_dateline", "find_relative_dates"]

_DATELINE_BEFORE = re.compile(r"[A-Z][A-Za-z .,/'’&-]{0,50}[,/(]\s?|")
_DATELINE_AFTER = re.compile(r"\s*(?:\(|--|—|–|-\s|:|\||$)")
_HEAD = 400
_LOOK_BACK = 90
_SENTENCE_END = re.compile(r"[.!?]\s|\n")
_NAME_BEHIND = re.compile(r"[^\S\n][A-Z]")
_MOST_BACK = 200
# The most characters of "In the" before a date that opens a sentence.
_OPENING = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """`date` None: relative, but not to be resolved; its characters are no number all the same."""

    start: int
    end: int
    date: PartialDate | None


def find_dateline(document: Document, dates: Sequence[DateValue]) -> PartialDate | None:
    """Return the day of a date line at the head ("19 July 2010 --"); it stands in for a date of publication."""
    text = document.text
    for value in dates:
        if value.span.start > _HEAD:
            return None
        if value.start is None or value.start.precision != "day" or value.end:
            continue
        line_start = text.rfind("\n", 0, value.span.start) + 1
        line_end = text.find("\n", value.span.end)
        before = text[line_start : value.span.start]
        after = text[value.span.end : line_end if line_end >= 0 else len(text)]
        if _DATELINE_BEFORE.fullmatch(before) and _DATELINE_AFTER.match(after):
            return value.start
    return None


def find_relative_dates(
    document: Document, numerals: Sequence[Numeral], dates: Sequence[DateValue], taken: Taken, lexicon: ValueLexicon
) -> tuple[DateValue, ...]:
    """Find and resolve the dates that lean on the date of publication, or on a date line at the head.

    Returns:
        In text order, of kind `relative`; those that cannot be resolved are left out, their characters marked.
    """
    text = document.text
    reference = parse_reference(document.published or find_dateline(document, dates))
    values: list[DateValue] = []
    for find in (_days_without_year, _weekdays, _day_words, _months, _year_words, _days_of_month, _seasons, _weeks):
        for found in find(text, reference, taken, lexicon):
            values.extend(_value(text, found, taken, lexicon))
    for found in _ago(text, reference, numerals, lexicon):
        values.extend(_value(text, found, taken, lexicon))
    return tuple(sorted(values, key=lambda value: value.span))


def _value(text: str, found: _Found, taken: Taken, lexicon: ValueLexicon) -> Iterator[DateValue]:
    span = taken.claim(found.start, found.end)
    if span is None or found.date is None:
        return
    cue = read_cue(text, found.start, lexicon)
    first: PartialDate | None = found.date
    last = None
    if is_end(text, found.start, cue, lexicon):
        first, last = None, found.date
    yield DateValue(
        span=span,
        start=first,
        end=last,
        kind="relative",
        cue="" if cue == "the" else cue,
        as_written=text[found.start : found.end],
    )


def _days_without_year(text: str, reference: Reference | None, taken: Taken, lexicon: ValueLexicon) -> Iterator[_Found]:
    for name in ("day_month", "month_day"):
        for match in lexicon.patterns[name].finditer(text):
            if match["year"] or not taken.is_free(*match.span()):
                continue
            if match["month"] in ("may", "MAY") and name == "day_month":
                continue
            end = match.end()
            month, day = lexicon.months[match["month"].lower()], int(match["day"])
            behind = lexicon.patterns["year_behind"].match(text, end)
            date = None
            if reference and behind:
                date = _in_year(reference, behind["which"], month, day)
                end = behind.end() if date else end
            elif reference:
                cue = read_cue(text, match.start(), lexicon)
                tense = Tense.AHEAD if cue in lexicon.words["future_cues"] else Tense.OPEN
                date = reference.nearest_day(month, day, tense)
            yield _Found(start=match.start(), end=end, date=date)


def _in_year(reference: Reference, which: str, month: int, day: int | None = None) -> PartialDate | None:
    offset = {"last": -1, "this": 0, "the current": 0, "next": 1}.get(re.sub(r"\s+", " ", which).lower())
    if offset is None:
        return None
    value = f"{reference.year + offset:04d}-{month:02d}" + (f"-{day:02d}" if day else "")
    try:
        return PartialDate(value=value)
    except ValueError:
        return None


def _weekdays(text: str, reference: Reference | None, taken: Taken, lexicon: ValueLexicon) -> Iterator[_Found]:
    for match in lexicon.patterns["weekday"].finditer(text):
        which = (match["which"] or "").strip().lower()
        start = match.start("weekday")
        weekday = lexicon.weekdays[match["weekday"].lower()]
        end = match.end("weekday")
        if which in ("every", "black", "good") or reference is None:
            continue
        if match["day"]:
            date = reference.day_of_month(int(match["day"]), weekday)
            yield _Found(start=start, end=match.end(), date=date)
        elif _is_beside_date(text, start, end, taken) or _is_title(text, match.start(), end):
            continue
        elif match["week"]:
            weeks = -1 if "last" in match["week"].lower() else int("next" in match["week"].lower())
            yield _Found(start=start, end=match.end("week"), date=reference.weekday_of_week(weekday, weeks))
        else:
            is_future = which in ("next", "coming") or (which != "last" and _tense(text, start, lexicon) is Tense.AHEAD)
            date = reference.weekday(weekday, is_future=is_future, is_before=which == "last")
            yield _Found(start=start, end=end, date=date)


def _is_beside_date(text: str, start: int, end: int, taken: Taken) -> bool:
    """Say whether a weekday only names the day of a date beside it ("Monday, March 4")."""
    gap_end = end
    while gap_end < len(text) and gap_end < end + 3 and text[gap_end] in " ,(":
        gap_end += 1
    gap_start = start
    while gap_start > 0 and gap_start > start - 3 and text[gap_start - 1] in " ,(":
        gap_start -= 1
    is_before = gap_end > end and gap_end < len(text) and not taken.is_free(gap_end, gap_end + 1)
    is_behind = gap_start < start and gap_start > 0 and text[gap_start - 1].isdigit()
    return is_before or (is_behind and not taken.is_free(gap_start - 1, gap_start))


def _is_title(text: str, start: int, end: int) -> bool:
    """Say whether a weekday begins a line as part of a name ("Sunday Observer")."""
    return text[start - 1 : start] in ("", "\n") and _NAME_BEHIND.match(text, end) is not None


def _day_words(text: str, reference: Reference | None, taken: Taken, lexicon: ValueLexicon) -> Iterator[_Found]:
    for match in lexicon.patterns["day_word"].finditer(text):
        if reference is None or text.startswith(("'s", "’s"), match.end()):
            continue
        if word_before(text, match.start()) in lexicon.words["names_before_today"]:
            continue
        yield _Found(start=match.start(), end=match.end(), date=reference.add_days(lexicon.days[match["word"].lower()]))


def _year_words(text: str, reference: Reference | None, taken: Taken, lexicon: ValueLexicon) -> Iterator[_Found]:
    offsets = {"last": -1, "this": 0, "the current": 0, "next": 1, "the": 0}
    for match in lexicon.patterns["year_word"].finditer(text):
        if reference is None:
            continue
        if match["end"]:
            yield _Found(start=match.start("end"), end=match.end(), date=reference.add_years(0))
            continue
        which = re.sub(r"\s+", " ", match["which"]).lower()
        part = (match["part"] or "").strip().lower()
        ends = part.startswith(("the", "end", "close", "beginning", "start", "middle"))
        if which not in offsets or (which == "the" and not part.endswith(("end of", "close of"))):
            continue
        # "the last year" is a length of time.
        if not ends and word_before(text, match.start()) in ("the", "very"):
            continue
        offset = offsets[which]
        date = reference.add_months(offset) if match["unit"].lower() == "month" else reference.add_years(offset)
        start = match.start() + (len("the ") if text[match.start() :].lower().startswith("the ") else 0)
        yield _Found(start=start, end=match.end("unit"), date=date)


def _months(text: str, reference: Reference | None, taken: Taken, lexicon: ValueLexicon) -> Iterator[_Found]:
    for match in lexicon.patterns["month"].finditer(text):
        start = match.start()
        end = match.end() - match[0].endswith(".")
        if reference is None or not taken.is_free(start, end):
            continue
        month = lexicon.months[match[0].rstrip(".").lower()]
        part = match_before(lexicon.patterns["part_before"], text, start)
        if part:
            start = part[1] + (len("the ") if part[0].lower().startswith("the ") else 0)
        cue = read_cue(text, start, lexicon)
        which = word_before(text, start)
        behind = lexicon.patterns["year_behind"].match(text, match.end())
        if behind:
            date = _in_year(reference, behind["which"], month)
            yield _Found(start=start, end=behind.end() if date else end, date=date)
        elif which == "last" and reference.month:
            year = reference.year - (month >= reference.month)
            yield _Found(start=start, end=end, date=_in_year(Reference(year=year), "this", month))
        elif which == "this":
            yield _Found(start=start, end=end, date=_in_year(reference, "this", month))
        elif which == "next" and reference.month:
            year = reference.year + (month <= reference.month)
            yield _Found(start=start, end=end, date=_in_year(Reference(year=year), "this", month))
        elif cue in lexicon.words["strong_cues"] or cue in ("from", "between", "through") or part:
            tense = Tense.AHEAD if cue in lexicon.words["future_cues"] else _tense(text, start, lexicon)
            yield _Found(start=start, end=end, date=reference.nearest_month(month, tense))


def _seasons(text: str, reference: Reference | None, taken: Taken, lexicon: ValueLexicon) -> Iterator[_Found]:
    for start, end, date in find_seasons(text, reference, lambda at: _tense(text, at, lexicon), lexicon):
        yield _Found(start=start, end=end, date=date)


def _weeks(text: str, reference: Reference | None, taken: Taken, lexicon: ValueLexicon) -> Iterator[_Found]:
    for start, end, date in find_weeks(text, reference, lexicon):
        yield _Found(start=start, end=end, date=date)


def _days_of_month(text: str, reference: Reference | None, taken: Taken, lexicon: ValueLexicon) -> Iterator[_Found]:
    for match in lexicon.patterns["day_of_month"].finditer(text):
        if reference:
            start = match.start("day")
            yield _Found(start=start, end=match.end("span"), date=reference.day_of_month(int(match["day"])))


def _ago(
    text: str, reference: Reference | None, numerals: Sequence[Numeral], lexicon: ValueLexicon
) -> Iterator[_Found]:
    """Read "two years ago", "a decade ago"; a week or more is no day."""
    for numeral in numerals:
        unit = lexicon.patterns["time_unit"].match(text, numeral.tail)
        ago = lexicon.patterns["ago"].match(text, unit.end()) if unit else None
        if unit and ago and numeral.value == int(numeral.value) and numeral.value <= _MOST_BACK:
            date = _back(reference, int(numeral.value), lexicon.time_units[unit["unit"].lower()])
            if read_hedge(text, numeral.start, ago.end(), lexicon)[1]:
                # "over ten years ago" is no year.
                date = None
            yield _Found(start=numeral.start, end=ago.end(), date=date)
    for match in lexicon.patterns["article_duration"].finditer(text):
        ago = lexicon.patterns["ago"].match(text, match.end())
        if ago and match["article"] and not match["half"]:
            date = _back(reference, 1, lexicon.time_units[match["unit"].lower()])
            yield _Found(start=match.start(), end=ago.end(), date=date)


def _back(reference: Reference | None, count: int, unit: str) -> PartialDate | None:
    if reference is None:
        return None
    if unit in ("Y", "T"):
        return reference.add_years(-count * (10 if unit == "T" else 1))
    if unit == "M":
        return reference.add_months(-count)
    return reference.add_days(-count) if unit == "D" else None


def _tense(text: str, at: int, lexicon: ValueLexicon) -> Tense:
    """Say whether the clause of a date speaks of what is to come ("will be signed on Friday") or has been.

    It is the clause before the date; behind it where the date opens the sentence ("In January, Norway signed").
    """
    window = text[max(0, at - _LOOK_BACK) : at]
    ends = [match.end() for match in _SENTENCE_END.finditer(window)]
    clause = window[ends[-1] :] if ends else window
    if len(clause.strip()) <= _OPENING and (ends or at <= _LOOK_BACK):
        behind = text[at : at + _LOOK_BACK]
        clause = _SENTENCE_END.split(behind, maxsplit=1)[0]
    ahead = max((match.end() for match in lexicon.patterns["future"].finditer(clause)), default=-1)
    past = max((match.end() for match in lexicon.patterns["past"].finditer(clause)), default=-1)
    if ahead < 0 and past < 0:
        return Tense.OPEN
    return Tense.PAST if past > ahead else Tense.AHEAD
