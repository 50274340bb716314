"""What page furniture looks like, and which names are outlets: `data/furniture.yaml` and `data/outlets.tsv`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any

from armsgraph.errors import DataError
from armsgraph.lexicon.tables import place_of, read_table, read_yaml, split_list

__all__ = [
    "FurnitureLexicon",
    "FurnitureRule",
    "Outlet",
    "Reach",
    "Zone",
    "fold_outlet_name",
    "load_furniture_lexicon",
]

_RULES = "furniture.yaml"
_OUTLETS = "outlets.tsv"
_OUTLET_COLUMNS = ("name", "aliases", "kind", "country", "source")
_OUTLET_KINDS = ("agency", "broadcaster", "magazine", "newspaper", "site", "trade press")
_RULE_KEYS = ("id", "kind", "zone", "reach", "max_chars", "case_matters", "in_bars", "patterns")
_TOP_KEYS = ("parts", "rules", "scripts")
_DEFAULT_MAX_CHARS = 200
_LONGEST_ACRONYM = 6
_PLACEHOLDER = re.compile(r"<([a-z_]+)>")


class Zone(StrEnum):
    """Where in the text a rule may hold: `EDGE` is head or tail."""

    ANY = "any"
    HEAD = "head"
    TAIL = "tail"
    EDGE = "edge"


class Reach(StrEnum):
    """How much a rule marks.

    LINE: the whole line, which the pattern must match in full. BLOCK: that line and the short lines that follow it.
    REST: that line and everything after it. PART: only the characters of the group `mark`, found anywhere in a line.
    """

    LINE = "line"
    BLOCK = "block"
    REST = "rest"
    PART = "part"


@dataclass(frozen=True, slots=True, kw_only=True)
class FurnitureRule:
    """One rule. `max_chars` bounds the line it looks at; `in_bars` lets it vouch for a part of a `a | b | c` line."""

    id: str
    kind: str
    zone: Zone
    reach: Reach
    max_chars: int
    in_bars: bool
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """A newspaper, agency, broadcaster or site: a source of news, never an actor in it. `country` is alpha-2 or ""."""

    name: str
    aliases: tuple[str, ...]
    kind: str
    country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FurnitureLexicon:
    """All that the documents stage knows of words.

    Attributes:
        rules: In the order of the file; the first that holds names the kind.
        outlets: Outlets by every name and alias: acronyms as they are, other names folded (`fold_outlet_name`).
        scripts: ISO 15924 code by the first word of a letter's Unicode name.
    """

    rules: tuple[FurnitureRule, ...]
    outlets: Mapping[str, Outlet]
    scripts: Mapping[str, str]

    def find_outlet(self, name: str) -> Outlet | None:
        """Return the outlet of that name or alias, or None; only acronyms must be written in capitals (RT, APP)."""
        return self.outlets.get(name.strip()) or self.outlets.get(fold_outlet_name(name))


def fold_outlet_name(name: str) -> str:
    """Fold case, the article in front and everything but letters and digits: "The Times of India" -> "timesofindia"."""
    letters = "".join(c for c in name.casefold() if c.isalnum() or c.isspace()).split()
    return "".join(letters[1:] if len(letters) > 1 and letters[0] == "the" else letters)


def load_furniture_lexicon(*, overlays: Sequence[Path] = ()) -> FurnitureLexicon:
    """Read `furniture.yaml` and `outlets.tsv`, the user's overlays last.

    A rule of an overlay replaces the shipped one with its id; an outlet of an overlay adds names.

    Raises:
        DataError: An unknown key, zone, reach, kind or placeholder, or a pattern that does not compile.
    """
    outlets = _read_outlets(overlays)
    parts = {
        "agency": _alternatives(outlets, agencies_only=True),
        "outlet": _alternatives(outlets, agencies_only=False),
    }
    rules: dict[str, FurnitureRule] = {}
    scripts: dict[str, str] = {}
    for content, path in read_yaml(_RULES, overlays=overlays):
        _check_keys(content, _TOP_KEYS, place_of(content, path))
        for name, pattern in content.get("parts", {}).items():
            parts[name] = f"(?:{_expand(str(pattern), parts, place_of(content['parts'], path, name))})"
        for raw in content.get("rules", ()):
            rule = _rule(raw, parts, path)
            rules[rule.id] = rule
        scripts |= content.get("scripts", {})
    return FurnitureLexicon(
        rules=tuple(rules.values()),
        outlets=MappingProxyType({_outlet_key(n): o for o in outlets for n in (o.name, *o.aliases)}),
        scripts=MappingProxyType(scripts),
    )


def _outlet_key(name: str) -> str:
    return name if name.isupper() and len(name) <= _LONGEST_ACRONYM else fold_outlet_name(name)


def _read_outlets(overlays: Sequence[Path]) -> tuple[Outlet, ...]:
    outlets = []
    for row, where in read_table(_OUTLETS, _OUTLET_COLUMNS, overlays=overlays):
        if row["kind"] not in _OUTLET_KINDS:
            raise DataError(f"unknown kind {row['kind']!r}", where=where, hint=f"known are {', '.join(_OUTLET_KINDS)}")
        names = (row["name"], *split_list(row["aliases"]))
        if not all(fold_outlet_name(name) for name in names):
            raise DataError("an outlet without a name", where=where, hint="every name needs a letter or a digit")
        outlets.append(Outlet(name=names[0], aliases=names[1:], kind=row["kind"], country=row["country"]))
    return tuple(outlets)


def _alternatives(outlets: Sequence[Outlet], *, agencies_only: bool) -> str:
    """Write the names as one pattern, longest first, so that no name hides a longer one."""
    chosen = (o for o in outlets if o.kind == "agency" or not agencies_only)
    names = {name for outlet in chosen for name in (outlet.name, *outlet.aliases)}
    return f"(?:{'|'.join(re.escape(n) for n in sorted(names, key=lambda n: (-len(n), n)))})"


def _rule(raw: Any, parts: Mapping[str, str], path: str) -> FurnitureRule:
    where = f"{place_of(raw, path)} rule {raw.get('id') if isinstance(raw, dict) else raw!r}"
    _check_keys(raw, _RULE_KEYS, where)
    flags = 0 if raw.get("case_matters", False) else re.IGNORECASE
    try:
        reach = Reach(raw.get("reach", "line"))
        alternatives = "|".join(f"(?:{_expand(str(p), parts, where)})" for p in raw["patterns"])
        return FurnitureRule(
            id=str(raw["id"]),
            kind=str(raw["kind"]),
            zone=Zone(raw.get("zone", "any")),
            reach=reach,
            max_chars=int(raw.get("max_chars", _DEFAULT_MAX_CHARS)),
            in_bars=bool(raw.get("in_bars", False)),
            pattern=re.compile(_with_mark(alternatives, where) if reach is Reach.PART else alternatives, flags),
        )
    except (KeyError, ValueError, TypeError, re.error) as error:
        raise DataError(f"cannot read the rule: {error}", where=where, hint="see the shipped rules") from error


def _with_mark(pattern: str, where: str) -> str:
    """Check that a rule for a part of a line says which part."""
    if pattern.count("(?P<mark>") != 1:
        raise DataError("a rule of reach `part` needs one group `mark`", where=where, hint="write (?P<mark>...) once")
    return pattern


def _expand(pattern: str, parts: Mapping[str, str], where: str) -> str:
    """Put the named parts in; `(?P<mark>` is a group and stays."""

    def replace(match: re.Match[str]) -> str:
        if pattern[: match.start()].endswith("(?P"):
            return match[0]
        if match[1] not in parts:
            raise DataError(f"unknown part {match[0]}", where=where, hint=f"known are {', '.join(sorted(parts))}")
        return parts[match[1]]

    return _PLACEHOLDER.sub(replace, pattern)


def _check_keys(content: Any, known: Sequence[str], where: str) -> None:
    if not isinstance(content, dict):
        raise DataError("not a mapping", where=where, hint="see the shipped file for its keys")
    if unknown := sorted(set(content) - set(known)):
        raise DataError(
            f"unknown keys {', '.join(map(str, unknown))}", where=where, hint=f"known are {', '.join(known)}"
        )
