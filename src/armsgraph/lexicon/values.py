"""The words of numbers, money, dates and durations: `data/value_*` and `data/currencies.tsv`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

from armsgraph.errors import DataError
from armsgraph.lexicon.tables import read_table, read_yaml, split_list
from armsgraph.lexicon.value_patterns import any_of, before
from armsgraph.model import Hedge

__all__ = ["ValueLexicon", "load_value_lexicon"]

_NUMBERS = "value_numbers.yaml"
_DATES = "value_dates.yaml"
_UNITS = "value_units.tsv"
_DESIGNATIONS = "value_designations.tsv"
_HINTS = "value_currency_hints.tsv"
_CURRENCIES = "currencies.tsv"
_CURRENCY_COLUMNS = ("code", "qid", "name", "names", "symbols", "countries", "verified", "source")
_DESIGNATION_USES = ("label", "name", "prefix", "unit")
_SHORT_SYMBOL = 2

_NUMBER_MAPS = ("cardinals", "tens", "scales", "short_scales", "money_scales", "phrases", "ordinals")
_NUMBER_LISTS = (
    "western_scales", "half", "quarter", "articles", "one_not_before", "one_not_after", "names", "fractions", "percent",
    "not_over_after", "not_about_after", "not_under_before", "over_is_more_after", "range_between", "range_from",
    "range_ranging", "counted_after_hyphen", "plain_currency_names", "restating_words", "plain_currency_codes",
    "scaled_currency_names", "calibre_figures", "calibre_millimetres",
)  # fmt: skip
_NUMBER_OTHERS = ("hedges_before", "hedges_after", "fixed_currencies", "default_currencies")
_DATE_MAPS = ("months", "weekdays", "days", "units")
_DATE_LISTS = (
    "names_before_today", "seasons", "parts", "cues", "strong_cues", "weak_cues", "ending_cues", "future_cues",
    "future_words", "past_words", "fiscal", "not_durations", "not_durations_before", "article_duration_cues",
    "article_duration_words",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueLexicon:
    """All that the values stage knows of words. Words and phrases are lower case unless said otherwise.

    Attributes:
        cardinals: Number words below a hundred by value, tens included.
        scales: Words that multiply ("crore"), by value; `western_scales` those that take a comma as decimal point.
        short_scales: Abbreviated scales, as written; `money_scales` those that are scales only beside a currency.
        phrases: Whole phrases with a value ("half a dozen").
        ordinals: Ordinal words by value.
        words: The other word lists by their key in the YAML files.
        hedges_before: Hedge by phrase before the figure; `hedges_after` behind it.
        units: Unit by its form as written, and by the form in lower case where that is not another unit.
        months: Month by name and abbreviation; `weekdays` 0 for Monday; `days` offset of "today".
        time_units: `D`, `W`, `F` (fortnight), `M`, `Y` or `T` (ten years) by the word.
        currencies: ISO 4217 codes by symbol as written, and by name in lower case; more than one: ambiguous.
        fixed_currencies: What an ambiguous symbol or name means whatever the text says.
        default_currencies: What it means unless the text names only states of another currency.
        weak_symbols: Symbols so short that only a scale and a state in the text make them money ("P", "kr").
        currency_hints: Code -> pattern of the words that name its states.
        patterns: Compiled patterns by name; see `_patterns`.
    """

    cardinals: Mapping[str, int]
    scales: Mapping[str, int]
    short_scales: Mapping[str, int]
    money_scales: Mapping[str, int]
    phrases: Mapping[str, int]
    ordinals: Mapping[str, int]
    words: Mapping[str, frozenset[str]]
    hedges_before: Mapping[str, Hedge]
    hedges_after: Mapping[str, Hedge]
    units: Mapping[str, str]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    days: Mapping[str, int]
    time_units: Mapping[str, str]
    currencies: Mapping[str, tuple[str, ...]]
    fixed_currencies: Mapping[str, str]
    default_currencies: Mapping[str, str]
    weak_symbols: frozenset[str]
    currency_hints: Mapping[str, re.Pattern[str]]
    patterns: Mapping[str, re.Pattern[str]]

    def scale(self, word: str) -> Decimal:
        """Return the value of a scale as written ("Crore", "bn", "m"); case matters for abbreviations only."""
        value = self.short_scales.get(word) or self.money_scales.get(word) or self.scales[word.lower()]
        return Decimal(value)


def load_value_lexicon(*, overlays: Sequence[Path] = ()) -> ValueLexicon:
    """Read the value lists, the user's overlays last: they add words and replace those of the same spelling.

    Raises:
        DataError: An unknown or missing key, hedge, use or currency code, or a value that is no number.
    """
    numbers = _merge(_NUMBERS, (*_NUMBER_MAPS, *_NUMBER_OTHERS), _NUMBER_LISTS, overlays)
    dates = _merge(_DATES, _DATE_MAPS, _DATE_LISTS, overlays)
    symbols, names = _read_currencies(overlays)
    units = {row["form"]: row["unit"] for row, _ in read_table(_UNITS, ("form", "unit", "source"), overlays=overlays)}
    words = {key: frozenset(numbers[key]) for key in _NUMBER_LISTS} | {
        key: frozenset(dates[key]) for key in _DATE_LISTS
    }
    hedges = {side: _hedges(numbers[f"hedges_{side}"]) for side in ("before", "after")}
    defaults = numbers["default_currencies"]
    weak = {s for s in symbols if s.rstrip(".").isalpha() and len(s.rstrip(".")) <= _SHORT_SYMBOL and s not in defaults}
    return ValueLexicon(
        cardinals=MappingProxyType(numbers["cardinals"] | numbers["tens"]),
        scales=MappingProxyType(numbers["scales"]),
        short_scales=MappingProxyType(numbers["short_scales"]),
        money_scales=MappingProxyType(numbers["money_scales"]),
        phrases=MappingProxyType(numbers["phrases"]),
        ordinals=MappingProxyType(numbers["ordinals"]),
        words=MappingProxyType(words),
        hedges_before=MappingProxyType(hedges["before"]),
        hedges_after=MappingProxyType(hedges["after"]),
        units=MappingProxyType(_with_lower(units)),
        months=MappingProxyType(dates["months"]),
        weekdays=MappingProxyType(dates["weekdays"]),
        days=MappingProxyType(dates["days"]),
        time_units=MappingProxyType(dates["units"]),
        currencies=MappingProxyType(symbols | names),
        fixed_currencies=MappingProxyType(numbers["fixed_currencies"]),
        default_currencies=MappingProxyType(defaults),
        weak_symbols=frozenset(weak),
        currency_hints=MappingProxyType(_read_hints(overlays)),
        patterns=MappingProxyType(
            _number_patterns(numbers, units, _read_designations(overlays))
            | _money_patterns(symbols, names, numbers["plain_currency_names"])
            | _date_patterns(dates)
        ),
    )


def _merge(name: str, maps: Sequence[str], lists: Sequence[str], overlays: Sequence[Path]) -> dict[str, Any]:
    merged: dict[str, Any] = {key: {} for key in maps} | {key: [] for key in lists}
    for content, path in read_yaml(name, overlays=overlays):
        if not isinstance(content, dict):
            raise DataError("not a mapping", where=path, hint="see the shipped file for its keys")
        if unknown := sorted(set(content) - set(merged)):
            raise DataError(
                f"unknown keys {', '.join(unknown)}", where=path, hint=f"known are {', '.join(sorted(merged))}"
            )
        for key, value in content.items():
            wanted = dict if key in maps else list
            if not isinstance(value, wanted):
                raise DataError(f"{key!r} is no {wanted.__name__}", where=path, hint="see the shipped file")
            if key in maps:
                merged[key] |= value
            elif bad := [v for v in value if not isinstance(v, str | int) or isinstance(v, bool)]:
                raise DataError(f"{key!r} holds {bad[0]!r}", where=path, hint='quote words such as "on" and "no"')
            else:
                merged[key] += [str(v) for v in value]
        for key in (k for k in (*_NUMBER_MAPS, "months", "weekdays", "days") if k in content):
            if bad := [w for w, v in content[key].items() if not isinstance(v, int) or not isinstance(w, str)]:
                raise DataError(f"{key!r}: {bad[0]!r} has no whole number", where=path, hint="write word: number")
    return merged


def _hedges(raw: Mapping[str, Iterable[str]]) -> dict[str, Hedge]:
    try:
        return {phrase.strip().lower(): Hedge(kind) for kind, phrases in raw.items() for phrase in phrases}
    except ValueError as error:
        raise DataError(str(error), where=_NUMBERS, hint=f"hedges are {', '.join(Hedge)}") from error


def _read_currencies(overlays: Sequence[Path]) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    symbols: dict[str, tuple[str, ...]] = {}
    names: dict[str, tuple[str, ...]] = {}
    for row, where in read_table(_CURRENCIES, _CURRENCY_COLUMNS, overlays=overlays):
        code = row["code"]
        if not re.fullmatch("[A-Z]{3}", code):
            raise DataError(f"{code!r} is no ISO 4217 code", where=where, hint="three capital letters")
        for forms, into in ((split_list(row["symbols"]), symbols), (_lower(split_list(row["names"])), names)):
            for form in forms:
                into[form] = (*(c for c in into.get(form, ()) if c != code), code)
    return symbols, names


def _read_hints(overlays: Sequence[Path]) -> dict[str, re.Pattern[str]]:
    return {
        row["code"]: re.compile(rf"(?<!\w){any_of(split_list(row['words']))}(?!\w)")
        for row, _ in read_table(_HINTS, ("code", "words", "source"), overlays=overlays)
    }


def _read_designations(overlays: Sequence[Path]) -> dict[str, list[str]]:
    uses: dict[str, list[str]] = {use: [] for use in _DESIGNATION_USES}
    for row, where in read_table(_DESIGNATIONS, ("word", "use", "source"), overlays=overlays):
        if row["use"] not in uses:
            raise DataError(f"unknown use {row['use']!r}", where=where, hint=f"known are {', '.join(uses)}")
        uses[row["use"]].append(row["word"])
    return uses


def _lower(words: Iterable[str]) -> list[str]:
    return [w.lower() for w in words]


def _with_lower(units: Mapping[str, str]) -> dict[str, str]:
    return {form.lower(): unit for form, unit in units.items()} | dict(units)


def _number_patterns(
    numbers: Mapping[str, Any], units: Mapping[str, str], designations: Mapping[str, list[str]]
) -> dict[str, re.Pattern[str]]:
    scales = any_of(numbers["scales"])
    words = any_of([*numbers["cardinals"], *numbers["tens"]])
    glued = any_of([*numbers["short_scales"], *numbers["money_scales"]])
    any_case = re.IGNORECASE
    spellings = {s for w in designations["label"] for s in ((w,) if w[0].isupper() else (w, w.capitalize(), w.title(), w.upper()))}
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
        "unit": re.compile(rf"(?P<gap>[\s-]?)(?P<unit>{any_of(units)})(?![\w]|-hand|\s+hand)"),
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
        "prefix_before": before([*designations["prefix"], *designations["name"]], gap=r"\s", ignore_case=False),
        "unit_behind": re.compile(rf"\s{any_of(designations['unit'])}(?!\w)"),
    }


def _money_patterns(symbols: Iterable[str], names: Iterable[str], plain: Sequence[str]) -> dict[str, re.Pattern[str]]:
    # A single letter behind a figure is no currency ("100 K"), and a sign before the next figure belongs to that one.
    signs = any_of(s for s in symbols if len(s.rstrip(".")) > 1 or not s.isalpha())
    spelled = [*plain, *(n.capitalize() for n in plain)]
    return {
        "currency_before": before([*symbols, *spelled], gap=r"[\s-]{0,2}", ignore_case=False),
        "currency_behind": re.compile(rf"[\s-]{{0,2}}(?P<form>{signs}(?!\s?\d)|(?i:{any_of(names)}))(?![\w$])"),
    }


def _date_patterns(dates: Mapping[str, Any]) -> dict[str, re.Pattern[str]]:
    month = any_of([s for m in dates["months"] for s in (m.capitalize(), m.upper())])
    weekday = any_of([s for d in dates["weekdays"] if len(d) > 5 for s in (d.capitalize(), d.upper())])
    year = r"(?:19\d\d|20\d\d|2100)"
    day = r"(?:0?[1-9]|[12]\d|3[01])"
    suffix = r"(?:\s?(?:st|nd|rd|th|ST|ND|RD|TH))?"
    tail = r"(?:\.?(?:,\s?|\s+of\s+|[\s-])\s?(?P<year>" + year + r")(?![\d]|[.,]\d))?"
    units = any_of(dates["units"])
    return {
        "day_month": re.compile(
            rf"(?<![\w.,/:$€£₹-])(?P<day>{day}){suffix}(?:\s?(?P<to>-|–|—|to|and|&)\s?(?P<day2>{day}){suffix})?(?:\s+(?:of\s+)?|-)"
            rf"(?P<month>{month})(?!\w){tail}"
        ),
        "month_day": re.compile(
            rf"(?<![\w-])(?P<month>{month})\b\.?[\s-]+(?:the\s+)?(?P<day>{day}){suffix}(?!\d|[.,/]\d)"
            rf"(?:\s?(?P<to>-|–|—|to|and|&)\s?(?P<day2>{day}){suffix}(?!\d|[.,]\d))?{tail}(?!\w)"
        ),
        "month_year": re.compile(
            rf"(?<![\w])(?:(?P<first>{month})\.?\s?(?:-|–|—|/|to|and)\s?)?(?P<month>{month})\b\.?(?:,|\s+of|[-/])?\s?['’]?(?P<year>{year})(?!\d|[.,]\d)"
        ),
        "month": re.compile(rf"(?<![\w-]){month}(?![\w])\.?"),
        "numeric": re.compile(
            rf"(?<![\w.,/-])(?:(?P<iso>{year})-(?P<m>0[1-9]|1[0-2])-(?P<d>{day})|(?P<a>{day})(?P<sep>[./-])(?P<b>{day})(?P=sep)(?P<y>{year}))(?!\w|[./-]\d)"
        ),
        "years": re.compile(
            rf"(?<![\w.,/:$€£₹+])(?<!\d[-–])(?<![A-Z]-)(?P<first>{year})(?:s(?!\w)|\s?(?P<sep>-|–|—|/|to|through|and)\s?(?P<second>{year}|\d\d)(?![\w]|[.,]\d)|(?![\w+]|[.,:]\d|[-–/]\d))"
        ),
        "fiscal": re.compile(
            rf"(?<![\w-])(?P<word>{any_of(w for w in dates['fiscal'])})[\s'’-]{{0,2}}(?P<first>{year}|\d\d)(?:\s?[-–—/]\s?'?(?P<second>{year}|\d\d))?(?!\w|[.,]\d)",
            re.IGNORECASE,
        ),
        "quarter": re.compile(
            rf"(?<![\w-])(?:Q[1-4]|[1-4]Q|H[12]|[12]H)(?:\s?,\s?|\s+of\s+|\s|[-/])(?:FY\s?|CY\s?)?(?P<year>{year})(?!\w|[.,]\d)"
        ),
        "weekday": re.compile(
            rf"(?<![\w-])(?P<which>(?:[Ll]ast|[Tt]his|[Nn]ext|[Cc]oming|[Ee]very|[Bb]lack|[Gg]ood)\s+)?(?P<weekday>{weekday})(?!\w)"
            rf"(?P<week>\s+(?:of\s+)?(?:last|this|next)\s+week)?(?:,?\s+(?:the\s+)?(?P<day>{day}){suffix}(?=[,;.)]))?"
        ),
        "day_word": re.compile(rf"(?<![\w-])(?P<word>{any_of(dates['days'])})(?![\w-])", re.IGNORECASE),
        "day_of_month": re.compile(
            rf"(?<!\w)on\s+(?P<span>the\s+(?P<day>{day})(?:st|nd|rd|th))(?=[,;.)])", re.IGNORECASE
        ),
        "year_word": re.compile(
            r"(?<![\w-])(?P<part>(?:early|late|mid|later|earlier|(?:the\s+)?(?:end|close|beginning|start|middle|course|half|quarter)\s+of)[\s-]+)?"
            r"(?P<which>the\s+current|the|this|last|next|that|the\s+same|the\s+previous|the\s+following)\s+(?P<unit>year|month)(?!\w|-)(?!\s+(?:old|or\s+so))"
            r"|(?<![\w-])(?P<end>(?:the\s+)?(?:year-end|yearend|year['’]s\s+end|end-year|end\s+of\s+year))(?!\w)",
            re.IGNORECASE,
        ),
        "year_behind": re.compile(
            r",?\s+(?:of\s+)?(?P<which>last|this|next|the\s+same|that|the\s+previous|the\s+following|the\s+current)\s+year(?!\w)",
            re.IGNORECASE,
        ),
        "weekday_beside": re.compile(
            rf"[\s,(]{{1,3}}{any_of([s for d in dates['weekdays'] for s in (d.capitalize(), d.upper())])}(?!\w)"
        ),
        "weekday_before": before([d for d in dates["weekdays"]], gap=r"[\s,.(]{0,4}"),
        "part_before": before(
            [*dates["parts"], *dates["seasons"], *(f"{s} of" for s in dates["seasons"])], gap=r"[\s-]{1,2}"
        ),
        "cue_before": before(
            dates["cues"],
            gap=r"[\s(]{1,2}(?:eht\s|raey\s+eht\s|na?\s)?(?:(?:htnom|etal|ylrae|retal|reilrae|dim|tsael\s+ta)\s)?",
        ),
        "weak_before": before(dates["weak_cues"], gap=r"\s{0,2}"),
        "future": re.compile(
            rf"(?<!\w){any_of(w for w in dates['future_words'] if w[0].isalpha())}(?!\w)|['’]ll\b", re.IGNORECASE
        ),
        "past": re.compile(rf"(?<!\w){any_of(dates['past_words'])}(?!\w)", re.IGNORECASE),
        "time_unit": re.compile(
            rf"[\s-]{{1,2}}(?P<half>and[\s-]a[\s-]half[\s-])?(?:(?:calendar|consecutive|full|additional|more|further|extra|whole|long|straight)\s)?(?P<unit>{units})(?![\w])",
            re.IGNORECASE,
        ),
        "ago": re.compile(r"\s+ago(?!\w)", re.IGNORECASE),
        "age": re.compile(rf"(?:\s|-){any_of(dates['not_durations'])}(?!\w)", re.IGNORECASE),
        "article_duration": re.compile(
            rf"(?<![\w-])(?:(?P<half>half\s+)?(?P<article>an?|one)|(?P<next>next|coming|following|past|last))\s+(?P<unit>year|month|week|fortnight|decade)(?![\w-])",
            re.IGNORECASE,
        ),
        "article_duration_before": before(dates["article_duration_cues"], gap=r"\s+(?:eht\s+)?"),
        "not_duration_before": before(dates["not_durations_before"], gap=r"\s+"),
    }
