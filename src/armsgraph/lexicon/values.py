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
from armsgraph.lexicon.tables import place_of, read_table, read_yaml, split_list
from armsgraph.lexicon.value_patterns import any_of, date_patterns, money_patterns, number_patterns
from armsgraph.model import Hedge

__all__ = ["ValueLexicon", "load_value_lexicon"]

_NUMBERS = "value_numbers.yaml"
_DATES = "value_dates.yaml"
_UNITS = "value_units.tsv"
_DESIGNATIONS = "value_designations.tsv"
_HINTS = "value_currency_hints.tsv"
_HOSTS = "value_dollar_hosts.tsv"
_CURRENCIES = "currencies.tsv"
_CURRENCY_COLUMNS = ("code", "qid", "name", "names", "symbols", "countries", "verified", "source")
_DESIGNATION_USES = ("label", "name", "prefix", "unit")
_SHORT_SYMBOL = 2

_NUMBER_MAPS = ("cardinals", "tens", "scales", "short_scales", "money_scales", "phrases", "ordinals")
_NUMBER_LISTS = (
    "western_scales", "half", "quarter", "articles", "one_not_before", "one_not_after", "names", "fractions", "percent",
    "not_over_after", "not_up_to_after", "not_about_after", "not_under_before", "over_is_more_after", "range_between",
    "range_from", "range_ranging", "counted_after_hyphen", "plain_currency_names", "restating_words",
    "plain_currency_codes", "scaled_currency_names", "calibre_figures", "calibre_millimetres",
)  # fmt: skip
_NUMBER_OTHERS = ("hedges_before", "hedges_after", "fixed_currencies", "default_currencies")
_DATE_MAPS = ("months", "weekdays", "days", "seasons", "units")
_DATE_LISTS = (
    "names_before_today", "parts", "cues", "strong_cues", "weak_cues", "ending_cues", "future_cues",
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
        seasons: A month in the middle of each season, by its name.
        time_units: `D`, `W`, `F` (fortnight), `M`, `Y` or `T` (ten years) by the word.
        currencies: ISO 4217 codes by symbol as written, and by name in lower case; more than one: ambiguous.
        fixed_currencies: What an ambiguous symbol or name means whatever the text says.
        default_currencies: What it means unless the text names only states of another currency.
        weak_symbols: Symbols so short that only a scale and a state in the text make them money ("P", "kr").
        currency_hints: Code -> pattern of the words that name its states.
        dollar_hosts: What a bare "$" means on pages of these hosts and those below them (governments of dollar states).
        patterns: Compiled patterns by name; see `value_patterns`.
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
    seasons: Mapping[str, int]
    time_units: Mapping[str, str]
    currencies: Mapping[str, tuple[str, ...]]
    fixed_currencies: Mapping[str, str]
    default_currencies: Mapping[str, str]
    weak_symbols: frozenset[str]
    currency_hints: Mapping[str, re.Pattern[str]]
    dollar_hosts: Mapping[str, str]
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
        seasons=MappingProxyType(dates["seasons"]),
        time_units=MappingProxyType(dates["units"]),
        currencies=MappingProxyType(symbols | names),
        fixed_currencies=MappingProxyType(numbers["fixed_currencies"]),
        default_currencies=MappingProxyType(defaults),
        weak_symbols=frozenset(weak),
        currency_hints=MappingProxyType(_read_hints(overlays)),
        dollar_hosts=MappingProxyType(
            {row["host"]: row["code"] for row, _ in read_table(_HOSTS, ("host", "code", "source"), overlays=overlays)}
        ),
        patterns=MappingProxyType(
            number_patterns(numbers, units, _read_designations(overlays))
            | money_patterns(symbols, names, numbers["plain_currency_names"])
            | date_patterns(dates)
        ),
    )


def _merge(name: str, maps: Sequence[str], lists: Sequence[str], overlays: Sequence[Path]) -> dict[str, Any]:
    merged: dict[str, Any] = {key: {} for key in maps} | {key: [] for key in lists}
    for content, path in read_yaml(name, overlays=overlays):
        if not isinstance(content, dict):
            raise DataError("not a mapping", where=path, hint="see the shipped file for its keys")
        if unknown := sorted(set(content) - set(merged)):
            raise DataError(
                f"unknown keys {', '.join(map(str, unknown))}",
                where=place_of(content, path, unknown[0]),
                hint=f"known are {', '.join(sorted(merged))}",
            )
        for key, value in content.items():
            wanted = dict if key in maps else list
            where = place_of(content, path, key)
            if not isinstance(value, wanted):
                raise DataError(f"{key!r} is no {wanted.__name__}", where=where, hint="see the shipped file")
            if key.startswith("hedges") and isinstance(value, dict):
                for kind, phrases in value.items():
                    merged[key][kind] = [*merged[key].get(kind, ()), *phrases]
            elif key in maps:
                merged[key] |= value
            elif bad := [v for v in value if not isinstance(v, str | int) or isinstance(v, bool)]:
                raise DataError(f"{key!r} holds {bad[0]!r}", where=where, hint='quote words such as "on" and "no"')
            else:
                merged[key] += [str(v) for v in value]
        for key in (k for k in (*_NUMBER_MAPS, "months", "weekdays", "days") if k in content):
            if bad := [w for w, v in content[key].items() if not isinstance(v, int) or not isinstance(w, str)]:
                where = place_of(content[key], path, bad[0])
                raise DataError(f"{key!r}: {bad[0]!r} has no whole number", where=where, hint="write word: number")
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
