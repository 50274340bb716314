"""Writes the word lists of the values stage as compiled patterns, once.

Patterns named `*_before` run over reversed text (`match_before`), so that a look to the left costs as little as one to
the right. No pattern has nested repeats: every one is linear in the text it sees.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

__all__ = ["any_of", "before", "date_patterns", "match_before", "money_patterns", "number_patterns"]

_WINDOW = 48
_YEAR = r"(?:19\d\d|20\d\d|2100)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_SUFFIX = r"(?:\s?(?:st|nd|rd|th|ST|ND|RD|TH))?"


def any_of(forms: Iterable[str]) -> str:
    """Return one group of alternatives, longest first, so that none hides a longer one; a space is any white space."""
    ordered = sorted(set(forms), key=lambda f: (-len(f), f))
    return "(?:" + "|".join(re.escape(f).replace(r"\ ", r"\s+") for f in ordered) + ")"


def before(forms: Iterable[str], *, gap: str = r"\s*", ignore_case: bool = True) -> re.Pattern[str]:
    """Return a pattern for `match_before`: one of the forms, then `gap`, then the place looked from.

    The form is group 1. A form that starts with a letter does not match inside a longer word.

    Args:
        forms: Forms as written, left to right.
        gap: What may stand between the form and the place; symmetrical, since it is read backwards.
        ignore_case: Whether case matters.
    """
    ordered = sorted(set(forms), key=lambda f: (-len(f), f))
    parts = []
    for form in ordered:
        reversed_form = re.escape(form[::-1]).replace(r"\ ", r"\s+")
        parts.append(reversed_form + (r"(?![\w-])" if form[0].isalnum() else ""))
    return re.compile(f"{gap}({'|'.join(parts)})", re.IGNORECASE if ignore_case else 0)


def match_before(pattern: re.Pattern[str], text: str, end: int) -> tuple[str, int, int] | None:
    """Match a pattern of `before` ending at `end`.

    Returns:
        The form as written, its start and its end in `text`, or None.
    """
    start = max(0, end - _WINDOW)
    found = pattern.match(text[start:end][::-1])
    if found is None:
        return None
    return found[1][::-1], end - found.end(1), end - found.start(1)


def number_patterns(
    numbers: Mapping[str, Any], units: Mapping[str, str], designations: Mapping[str, list[str]]
) -> dict[str, re.Pattern[str]]:
    """Return the patterns of numerals, units, hedges and names with numbers in them, by name.

    Args:
        numbers: The content of `value_numbers.yaml`.
        units: Unit by form.
        designations: Words by use (`label`, `name`, `prefix`, `unit`).
    """
    scales = any_of(numbers["scales"])
    words = any_of([*numbers["cardinals"], *numbers["tens"]])
    glued = any_of([*numbers["short_scales"], *numbers["money_scales"]])
    any_case = re.IGNORECASE
    spellings = {
        s
        for w in designations["label"]
        for s in ((w,) if w[0].isupper() else (w, w.capitalize(), w.title(), w.upper()))
    }
    return {
        # Where a number in words may begin. "a" only with a scale behind it.
        "word_start": re.compile(
            rf"(?<![\w'’])(?:(?P<phrase>{any_of(numbers['phrases'])})\b|(?P<half>{any_of(numbers['half'])})(?=[\s-]+{scales}\b)"
            rf"|(?P<quarter>{any_of(numbers['quarter'])})(?=[\s-]+{scales}\b)"
            rf"|(?P<article>{any_of(numbers['articles'])})(?=[\s-]+{scales}\b)|(?={words}\b))",
            any_case,
        ),
        "word_next": re.compile(
            rf"(?P<gap>[\s-]+(?:and\s+)?)?(?:(?P<word>{words})|(?P<scale>{scales}))(?!\w)", any_case
        ),
        "scale": re.compile(rf"[^\S\n]?[-\s]?(?P<scale>{scales})(?!\w)", any_case),
        "short_scale": re.compile(rf"[^\S\n]?-?(?P<scale>{glued})(?![\w])"),
        "percent": re.compile(rf"[\s-]?(?P<unit>{any_of(numbers['percent'])})(?!\w)", any_case),
        "unit": re.compile(rf"(?P<gap>[\s-]?)(?P<unit>{any_of(units)})(?![\w]|-[A-Z0-9]|-hand|\s+hand)"),
        "fraction": re.compile(rf"[\s-]{any_of(numbers['fractions'])}(?!\w)", any_case),
        "ordinal": re.compile(
            rf"(?<![\w])(?:(?P<tens>{any_of(numbers['tens'])})[\s-])?(?P<word>{any_of(numbers['ordinals'])})(?!\w)"
            r"|(?<![\w.,-])(?P<digits>\d{1,4})(?:st|nd|rd|th)(?!\w)",
            any_case,
        ),
        "names": re.compile(rf"(?<!\w){any_of(numbers['names'])}(?!\w)", any_case),
        "hedge_before": before([p for ps in numbers["hedges_before"].values() for p in ps], gap=r"[\s(]{0,3}"),
        "hedge_after": re.compile(
            "(?P<hedge>"
            + "|".join(
                re.escape(p if p.startswith(("-", "+", " ")) else f" {p}").replace(r"\ ", r"\s")
                for ps in numbers["hedges_after"].values()
                for p in ps
            )
            + r")(?!\w)",
            any_case,
        ),
        "label_before": before(spellings, gap=r"[\s(]{0,2}", ignore_case=False),
        "prefix_before": before(
            [*designations["prefix"], *designations["name"], *(n.upper() for n in designations["name"])],
            gap=r"\s",
            ignore_case=False,
        ),
        "unit_behind": re.compile(rf"\s{any_of(designations['unit'])}(?!\w)"),
    }


def money_patterns(symbols: Iterable[str], names: Iterable[str], plain: Sequence[str]) -> dict[str, re.Pattern[str]]:
    """Return the patterns of currencies before and behind a figure.

    Args:
        symbols: Signs and codes; the case matters.
        names: Names in lower case.
        plain: The names that may stand before a figure ("rupees 500 crore").
    """
    # A single letter behind a figure is no currency ("100 K"), and a sign before the next figure belongs to that one.
    signs = any_of(s for s in symbols if len(s.rstrip(".")) > 1 or not s.isalpha())
    spelled = [*plain, *(n.capitalize() for n in plain)]
    return {
        "currency_before": before([*symbols, *spelled], gap=r"[\s-]{0,2}", ignore_case=False),
        "currency_behind": re.compile(rf"[\s-]{{0,2}}(?P<form>{signs}(?!\s?\d)|(?i:{any_of(names)}))(?![\w$])"),
    }


def date_patterns(dates: Mapping[str, Any]) -> dict[str, re.Pattern[str]]:
    """Return the patterns of dates and durations by name, from the content of `value_dates.yaml`."""
    return _calendar_patterns(dates) | _relative_patterns(dates) | _duration_patterns(dates)


def _calendar_patterns(dates: Mapping[str, Any]) -> dict[str, re.Pattern[str]]:
    month = any_of(_as_names(dates["months"]))
    tail = rf"(?:\.?(?:,\s?|\s+of\s+|[\s-])\s?(?P<year>{_YEAR})(?![\d]|[.,]\d))?"
    second_day = rf"(?:\s?(?P<to>-|–|—|to|and|&)\s?(?P<day2>{_DAY}){_SUFFIX}(?!\d|[.,]\d))?"
    fiscal = any_of(dates["fiscal"])
    return {
        "day_month": re.compile(
            rf"(?<![\w.,/:$€£₹-])(?P<day>{_DAY}){_SUFFIX}{second_day}(?:\s+(?:of\s+)?|-)(?P<month>{month})(?!\w){tail}"
        ),
        "month_day": re.compile(
            rf"(?<![\w-])(?P<month>{month})\b\.?[\s-]+(?:the\s+)?(?P<day>{_DAY}){_SUFFIX}(?!\d|[.,/]\d)"
            rf"{second_day}{tail}(?!\w)"
        ),
        "month_year": re.compile(
            rf"(?<!\w)(?:(?P<first>{month})\.?\s?(?:-|–|—|/|to|and)\s?)?"
            rf"(?P<month>{month})\b\.?(?:,|\s+of|[-/])?\s?['’]?(?P<year>{_YEAR})(?!\d|[.,]\d)"
        ),
        "month": re.compile(rf"(?<![\w-]){month}(?!\w)\.?"),
        "numeric": re.compile(
            rf"(?<![\w.,/-])(?:(?P<iso>{_YEAR})-(?P<m>0[1-9]|1[0-2])-(?P<d>{_DAY})"
            rf"|(?P<a>{_DAY})(?P<sep>[./-])(?P<b>{_DAY})(?P=sep)(?P<y>{_YEAR}))(?!\w|[./-]\d)"
        ),
        # "mid-2027" but not the end of a number with dashes.
        "years": re.compile(
            rf"(?<![\w.,/:$€£₹+])(?<!\d[-–])(?<![A-Z]-)(?P<first>{_YEAR})"
            rf"(?:s(?!\w)|\s?(?P<sep>-|–|—|/|to|through|and)\s?(?P<second>{_YEAR}|\d\d)(?!\w|[.,]\d)"
            r"|(?![\w+]|[.,:]\d|[-–/]\d))"
        ),
        "fiscal": re.compile(
            rf"(?<![\w-]){fiscal}[\s'’-]{{0,2}}(?P<first>{_YEAR}|\d\d)"
            rf"(?:\s?[-–—/]\s?'?(?P<second>{_YEAR}|\d\d))?(?!\w|[.,]\d)",
            re.IGNORECASE,
        ),
        "quarter": re.compile(
            r"(?<![\w-])(?:Q[1-4]|[1-4]Q|H[12]|[12]H)(?:\s?,\s?|\s+of\s+|\s|[-/])"
            rf"(?:FY\s?|CY\s?)?(?P<year>{_YEAR})(?!\w|[.,]\d)"
        ),
        "weekday_before": before(dates["weekdays"], gap=r"[\s,.(]{0,4}"),
        "part_before": before(
            [*dates["parts"], *dates["seasons"], *(f"{s} of" for s in dates["seasons"])], gap=r"[\s-]{1,2}"
        ),
        # Passed over between a cue and its date, read backwards: articles, "early", "late", "mid", "month".
        "cue_before": before(
            dates["cues"],
            gap=r"[\s(]{1,2}(?:eht\s|raey\s+eht\s|(?:na|a)\s)?(?:(?:htnom|etal|ylrae|retal|reilrae|dim|tsael\s+ta)\s)?",
        ),
        "weak_before": before(dates["weak_cues"], gap=r"\s{0,2}"),
    }


def _relative_patterns(dates: Mapping[str, Any]) -> dict[str, re.Pattern[str]]:
    # Abbreviated weekdays are too much like other words; they are read only beside a date.
    weekday = any_of(_as_names(d for d in dates["weekdays"] if d.endswith("day")))
    any_case = re.IGNORECASE
    return {
        "weekday": re.compile(
            r"(?<![\w-])(?P<which>(?:[Ll]ast|[Tt]his|[Nn]ext|[Cc]oming|[Ee]very|[Bb]lack|[Gg]ood)\s+)?"
            rf"(?P<weekday>{weekday})(?!\w)(?P<week>\s+(?:of\s+)?(?:last|this|next)\s+week)?"
            rf"(?:,?\s+(?:the\s+)?(?P<day>{_DAY}){_SUFFIX}(?=[,;.)]))?"
        ),
        "day_word": re.compile(rf"(?<![\w-])(?P<word>{any_of(dates['days'])})(?![\w-])", any_case),
        "day_of_month": re.compile(rf"(?<!\w)on\s+(?P<span>the\s+(?P<day>{_DAY})(?:st|nd|rd|th))(?=[,;.)])", any_case),
        "year_word": re.compile(
            r"(?<![\w-])(?P<part>(?:early|late|mid|later|earlier"
            r"|(?:the\s+)?(?:end|close|beginning|start|middle|course|half|quarter)\s+of)[\s-]+)?"
            r"(?P<which>the\s+current|the|this|last|next|that|the\s+same|the\s+previous|the\s+following)\s+"
            r"(?P<unit>year|month)(?!\w|-)(?!\s+(?:old|or\s+so))"
            r"|(?<![\w-])(?P<end>(?:the\s+)?(?:year-end|yearend|year['’]s\s+end|end-year|end\s+of\s+year))(?!\w)",
            any_case,
        ),
        "of_that_year": re.compile(
            rf"(?<![\w.,-])(?:(?P<day>{_DAY}){_SUFFIX}\s{{1,2}}(?:of\s{{1,2}})?)?(?P<month>{any_of(_as_names(dates['months']))})"
            rf"(?:\s{{1,2}}(?P<day2>{_DAY}){_SUFFIX})?,?\s{{1,2}}(?:of\s{{1,2}})?(?:that|the\s{{1,2}}same)\s{{1,2}}year(?!\w)"
        ),
        "same_time": re.compile(
            r"(?<![\w-])(?:the(?:\s{1,2}very)?\s{1,2}same|that(?:\s{1,2}same)?)\s{1,2}"
            rf"(?P<unit>day|date|occasion|afternoon|morning|evening|{weekday}|month|year)(?![\w-])",
            any_case,
        ),
        "later": re.compile(
            rf"(?:(?<![\w-])(?P<article>an?|one))?(?P<gap>\s{{1,2}})(?P<unit>{any_of(dates['units'])})\s{{1,2}}"
            r"(?P<which>later|earlier)(?!\w|\s{1,2}than)",
            any_case,
        ),
        "next_one": re.compile(
            r"(?<![\w-])the\s{1,2}(?:(?P<order>previous|following)\s{1,2})?(?P<unit>day|month|year)"
            r"(?:\s{1,2}(?P<which>after|before)(?=\s?(?:[,.;:)]|$)))?(?![\w-])",
            any_case,
        ),
        # "fall" is a verb, too
        "season": re.compile(
            r"(?<![\w-])(?:(?P<which>last|this|next)\s{1,2}|(?:in|by|since|until|till|from|before|during)\s{1,2}(?:the\s{1,2}|early\s{1,2}|late\s{1,2})?)"
            rf"(?P<season>{any_of(dates['seasons'])})(?![\w-]|\s{{1,2}}(?:offensive|campaign|session|fighting|of))",
            any_case,
        ),
        "week": re.compile(r"(?<![\w-])(?P<which>last|this|next)\s{1,2}week(?![\w-])", any_case),
        "year_behind": re.compile(
            r",?\s+(?:of\s+)?(?P<which>last|this|next|that|the\s+(?:same|previous|following|current))\s+year(?!\w)",
            any_case,
        ),
        "future": re.compile(
            rf"(?<!\w){any_of(w for w in dates['future_words'] if w[0].isalpha())}(?!\w)|['’]ll\b", any_case
        ),
        "past": re.compile(rf"(?<!\w)(?<!be )(?:{any_of(dates['past_words'])}|[a-z]{{2,}}ed)(?!\w)", any_case),
        "ago": re.compile(r"\s+ago(?!\w)", any_case),
    }


def _duration_patterns(dates: Mapping[str, Any]) -> dict[str, re.Pattern[str]]:
    any_case = re.IGNORECASE
    return {
        "time_unit": re.compile(
            r"[\s-]{1,2}(?P<half>and[\s-]a[\s-]half[\s-])?"
            r"(?:(?:calendar|consecutive|full|additional|more|further|extra|whole|long|straight)\s)?"
            rf"(?P<unit>{any_of(dates['units'])})(?!\w)",
            any_case,
        ),
        "age": re.compile(rf"[\s-]{any_of(dates['not_durations'])}(?!\w)", any_case),
        "article_duration": re.compile(
            r"(?<![\w-])(?:(?P<half>half\s+)?(?P<article>an?|one)|(?P<next>next|coming|following|past|last))\s+"
            r"(?P<unit>year|month|week|fortnight|decade)(?![\w-]|\s+of\s)",
            any_case,
        ),
        "article_duration_before": before(dates["article_duration_cues"], gap=r"\s+(?:eht\s+)?"),
        "not_duration_before": before(dates["not_durations_before"], gap=r"\s+"),
    }


def _as_names(words: Iterable[str]) -> list[str]:
    """Return the words with a capital and in capitals; "may" and "march" in lower case are other words."""
    return [spelled for word in words for spelled in (word.capitalize(), word.upper())]
