"""From the patterns of `relations.yaml` to regular expressions.

A pattern is tried on a text in which every mention is one private-use character (`PLACEHOLDERS`), so it speaks of kinds
of entity and not of names. `{macro}` stands for a list of words of the same file or for one of the pieces made here,
`{subject}` and `{object}` for the two entities.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from armsgraph.errors import DataError
from armsgraph.model import EntityType

__all__ = ["ADJECTIVE_PLACEHOLDER", "PLACEHOLDERS", "expand_pattern", "make_list_patterns", "make_macros"]

PLACEHOLDERS: Mapping[EntityType, str] = MappingProxyType({t: chr(0xE000 + i) for i, t in enumerate(EntityType)})
ADJECTIVE_PLACEHOLDER = chr(0xE020)
_MACRO = re.compile(r"\{([a-z_]+[~=]?|gap\d+)\}")

_ANY = "[" + "".join(PLACEHOLDERS.values()) + "]"
# One more member of a list, behind or before a mention.
_LIST_TAIL = (
    r"(?:{nouns_after})?{remark}(?:(?P<last>,? (?:and|or|as well as|&|along with) )|, ?)"
    r"(?:{title}|{mods})(?P<next>{members})"
)
_LIST_HEAD = (
    r"(?P<next>{members})(?:{nouns_after})?{remark}"
    r"(?:(?P<last>,? (?:and|or|as well as|&) |[-/])|, ?)(?:{title}|{mods})$"
)
# "the Navy, the RAAF and the US" is one list; "Boeing, Chicago" is none.
_MIXED = frozenset({EntityType.STATE, EntityType.ARMED_FORCE})


def make_list_patterns(
    macros: Mapping[str, str],
) -> tuple[Mapping[EntityType, re.Pattern[str]], Mapping[EntityType, re.Pattern[str]]]:
    """Return what finds the next and the previous member of a list, by the type of the member at hand."""
    tails: dict[EntityType, re.Pattern[str]] = {}
    heads: dict[EntityType, re.Pattern[str]] = {}
    for kind in EntityType:
        kinds = _MIXED if kind in _MIXED else {kind}
        members = "[" + "".join(PLACEHOLDERS[k] for k in EntityType if k in kinds) + "]"
        tails[kind] = re.compile(_LIST_TAIL.format(members=members, **macros), re.IGNORECASE)
        heads[kind] = re.compile(_LIST_HEAD.format(members=members, **macros), re.IGNORECASE)
    return tails, heads


def make_macros(words: Mapping[str, Sequence[str]], nouns: frozenset[str]) -> dict[str, str]:
    """Return the regular expression of each macro; those with an entity in them are built here, lists are joined."""
    listed = {
        key: "(?:"
        + "|".join(re.escape(w) if w.isalpha() else w for w in sorted(set(ws), key=lambda w: (-len(w), w)))
        + ")"
        for key, ws in words.items()
    }
    place = {t.name.lower(): char for t, char in PLACEHOLDERS.items()}
    owner = place["state"] + place["firm"] + place["armed_force"] + place["government_body"] + ADJECTIVE_PLACEHOLDER
    stop = listed.get("function_word", "(?!)")
    noun = "(?:" + "|".join(sorted((re.escape(n) for n in nouns), key=lambda n: (-len(n), n))) + ")(?:e?s)?"
    low, cap = r"(?-i:[a-z0-9])[\w-]*", r"(?-i:[A-Z])[\w.&'-]*"
    # The adjective of a state that the text does not name is no mention.
    nation = listed.get("nation", "(?!)")
    title_word = listed.get("title_word", "(?!)")
    return (
        listed
        | {
            "noun": noun,
            "nouns_after": rf"(?: [a-z-]+){{0,2}}? {noun}\b",
            "mods": rf"(?:(?!{stop}\b)(?:{low}|the|{nation}|[A-Z][a-z]+-[a-z]+|[{owner}](?:'s?)?|\"\w+\") ){{0,4}}?",
            "weapon_mods": rf"(?:(?!{stop}\b)(?:[\w-]+|[{owner}](?:'s?)?|\"\w+\") ){{0,4}}?",
            "lower": rf"(?:(?!{stop}\b)(?:{low},?|{nation}|[{ADJECTIVE_PLACEHOLDER}{place['state']}]) ){{0,5}}?",
            "title": rf"(?:(?:{title_word}\b\.?|{cap}|[{owner}](?:'s?)?)(?: \([^()\n]{{1,30}}\))?,? ){{0,9}}?",
            # "the Siberian city of Irkutsk"
            "town_of": (
                rf"(?:(?:[\w-]+ |[{owner}](?:'s)? ){{0,3}}?"
                r"(?:city|town|port|village|suburb|outskirts|harbour|district|province|capital) of )?"
            ),
            "cap": cap,
            "adj": f"[{ADJECTIVE_PLACEHOLDER}]",
            "any": _ANY,
            "any_chars": "".join(PLACEHOLDERS.values()),
            "body_chars": place["government_body"] + place["firm"] + place["armed_force"],
            "place_char": place["place"],
            "state_char": place["state"],
            "weapon_char": place["weapon"],
            "person_char": place["person"],
            "actor_chars": "".join(
                place[k]
                for k in ("state", "person", "firm", "government_body", "armed_force", "international_organisation")
            ),
            # "Nordwerk, Waco, Texas, a unit of"; "owned by, guess who, Ostra".
            "whereabouts": (
                rf"(?:,? (?:(?:in|of|at|near) )?{place['place']}(?:, [{place['place']}{place['state']}])?"
                rf"| (?:of|in) {place['state']})?"
            ),
            "aside": rf"(?:, [^,.;\n{''.join(PLACEHOLDERS.values())}]{{1,40}},)?",
            "remark": rf"(?: \([^()\n{''.join(PLACEHOLDERS.values())}]{{1,60}}\))?",
            # A remark in brackets, an apposition that names nothing; a dash opens one as a comma does.
            "paren": (
                r"(?: \([^()\n]{1,60}\))?"
                r"(?:, (?:an?|the|itself|one of|once|formerly|now) "
                rf"[^,.;:\n{''.join(PLACEHOLDERS.values())}]{{1,60}}(?=,))?"
                r"(?: [-\u2014](?= ))?"
            ),
            "owner": f"[{owner}]",
        }
        | {key: f"[{char}]" for key, char in place.items()}
    )


def expand_pattern(
    pattern: str,
    macros: Mapping[str, str],
    where: str,
    *,
    groups: Mapping[str, frozenset[EntityType]] = MappingProxyType({}),
    anaphors: Mapping[EntityType, frozenset[str]] = MappingProxyType({}),
) -> str:
    """Replace `{macro}`, `{gapN}`, `{subject}` and `{object}`; a word in front of an entity may be an article."""

    def put(match: re.Match[str]) -> str:
        name = match[1]
        if name.startswith("gap") and name[3:]:
            return rf"(?:[\w'%$€£./-]+ ){{0,{name[3:]}}}?"
        if name.rstrip("~=") in groups:
            is_bare = name.endswith("=") or not pattern[: match.start()].strip("^(")
            group = _group(name, groups[name.rstrip("~=")], macros, anaphors, is_bare=is_bare)
            # "part of the ministry's directorate" is not part of the ministry.
            return group if pattern[match.end() :] else group + "(?!'s)"
        if name not in macros:
            raise DataError(f"unknown macro {{{name}}}", where=where, hint=f"known are {', '.join(sorted(macros))}")
        return macros[name]

    return _MACRO.sub(put, pattern)


def _group(
    name: str,
    types: frozenset[EntityType],
    macros: Mapping[str, str],
    anaphors: Mapping[EntityType, frozenset[str]],
    *,
    is_bare: bool,
) -> str:
    chars = "".join(PLACEHOLDERS[t] for t in EntityType if t in types)
    before, after, body = "", "", f"[{chars}]"
    if not is_bare:
        kind = "title" if EntityType.PERSON in types else "weapon_mods" if EntityType.WEAPON in types else "mods"
        before = macros[kind]
        if EntityType.PLACE in types and EntityType.PERSON not in types:
            before += macros["town_of"]
    if EntityType.WEAPON in types:
        after = f"(?:{macros['nouns_after']})?"
    if name.endswith("~"):
        words = sorted({word for kind in types for word in anaphors.get(kind, ())})
        if EntityType.WEAPON in types:
            words.append(rf"(?:the|these|those) (?:(?-i:[a-z])[a-z-]+ )?{macros['noun']}")
        body = rf"(?:[{chars}]|\b(?:{'|'.join(words)})\b)"
    return f"{before}(?P<{name.rstrip('~=')}>{body}){after}"
