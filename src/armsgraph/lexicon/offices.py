"""The office lexicon: words of titles, ranks, generic names of forces and bodies, and definite descriptions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from armsgraph.errors import DataError
from armsgraph.lexicon.gazetteer import Gazetteer
from armsgraph.lexicon.tables import place_of, read_yaml
from armsgraph.model import EntityType

__all__ = [
    "Description",
    "Head",
    "OfficeLexicon",
    "PhraseTable",
    "load_office_lexicon",
    "office_kind",
    "shipped_office_lexicon",
]

_FILE = "office_titles.yaml"
_LEADING = frozenset({"former", "ex", "then", "acting", "caretaker", "outgoing", "interim", "incoming", "current"})
_MAPPINGS = frozenset(
    {
        "heads",
        "short_heads",
        "plurals",
        "may_belong_to",
        "generic_forces",
        "generic_bodies",
        "descriptions",
        "groups",
        "pronouns",
    }
)
_LISTS = frozenset(
    {
        "after_name",
        "body_tails",
        "between_subject_and_verb",
        "state_heads",
        "modifiers",
        "matters",
        "name_particles",
        "not_modifiers",
        "determiners",
        "possessives",
        "linkers",
        "time_phrases",
        "honorifics",
        "ranks",
        "saying_verbs",
        "counterparts",
        "successions",
        "successors",
        "secretary_is_minister_in",
        "ministerial",
        "not_ministerial",
        "ministerial_secretaries",
        "description_articles",
        "government_names",
        "description_modifiers",
        "group_words",
        "joint_venture",
        "legal_forms",
        "branch_words",
        "firm_fillers",
        "counterparty_words",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The noun of a title.

    Attributes:
        phrase: Lower-case words parted by a space, singular.
        group: `minister`, `head_of_state`, `diplomat`, `legislator`, `force`, `firm` or `any`.
        is_plural: Written in the plural in the text.
        is_short: A short form that counts only in capitals ("PM").
    """

    phrase: str
    group: str
    is_plural: bool = False
    is_short: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What a definite description can stand for; `kinds` are words of the kind, name or title that it needs."""

    types: frozenset[EntityType]
    kinds: tuple[str, ...] = ()


class PhraseTable:
    """Phrases by their first word, for a longest match in a row of lower-case words. Read only once built."""

    __slots__ = ("_by_first",)

    def __init__(self, phrases: Iterable[str]) -> None:
        by_first: dict[str, list[tuple[str, ...]]] = {}
        for words in sorted({tuple(p.replace("-", " ").split()) for p in phrases} - {()}, key=lambda w: (-len(w), w)):
            by_first.setdefault(words[0], []).append(words)
        self._by_first = by_first

    def match(self, words: Sequence[str], at: int) -> int:
        """Return the number of words of the longest phrase that begins at `at`, 0 for none."""
        for phrase in self._by_first.get(words[at], ()) if at < len(words) else ():
            if tuple(words[at : at + len(phrase)]) == phrase:
                return len(phrase)
        return 0

    def match_before(self, words: Sequence[str], end: int) -> int:
        """Return the number of words of the longest phrase that ends right before `end`, 0 for none."""
        for length in (4, 3, 2, 1):
            if length <= end and self.match(words, end - length) == length:
                return length
        return 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeLexicon:
    """Everything the entities stage knows of words. `words` holds the plain lists by their key in the file."""

    heads: Mapping[str, Head]
    head_table: PhraseTable
    words: Mapping[str, frozenset[str]]
    tables: Mapping[str, PhraseTable]
    may_belong_to: Mapping[str, frozenset[EntityType]]
    generic_forces: Mapping[str, str]
    generic_bodies: Mapping[str, str]
    descriptions: Mapping[str, Description]
    groups: Mapping[str, EntityType]
    person_pronouns: frozenset[str]
    thing_pronouns: frozenset[str]

    def owners_of(self, head: Head) -> frozenset[EntityType]:
        """Return the types of what an office with this head can belong to: a "director" is never one of a state."""
        types = self.may_belong_to[head.group]
        if head.group == "any" and head.phrase not in self.words["state_heads"]:
            return types - {EntityType.STATE}
        return types


@cache
def shipped_office_lexicon() -> OfficeLexicon:
    """Return the shipped lexicon, read on first use."""
    return load_office_lexicon()


def office_kind(title: str, gazetteer: Gazetteer) -> str:
    """Return the kind of office a title means in any state ("Raksha Mantri": defence minister), "" if not listed.

    "former", "acting" and the like are left out; of "deputy prime minister and defence minister" the first part that
    the list knows counts.
    """
    words = title.lower().replace("-", " ").split()
    while words and words[0] in _LEADING:
        words.pop(0)
    whole = " ".join(words)
    for part in (whole, *whole.split(" and ")):
        found = gazetteer.find_offices(part)
        if found:
            return found[0].kind
    return ""


def load_office_lexicon(*, overlays: Sequence[Path] = ()) -> OfficeLexicon:
    """Read `office_titles.yaml`; lists and mappings of the overlays are added to the shipped ones.

    Raises:
        DataError: An unknown key, type or group, or a value of the wrong form, with the file.
    """
    mappings: dict[str, dict[str, Any]] = {key: {} for key in _MAPPINGS}
    words: dict[str, frozenset[str]] = dict.fromkeys(_LISTS, frozenset())
    where = _FILE
    for content, path in read_yaml(_FILE, overlays=overlays):
        where = path
        if not isinstance(content, dict):
            raise DataError("not a mapping", where=path, hint="see the shipped file for its keys")
        for key, value in content.items():
            if key in _MAPPINGS and isinstance(value, dict):
                _add(mappings[key], value)
            elif key in _LISTS and isinstance(value, list):
                words[key] |= frozenset(str(w).lower() if key != "secretary_is_minister_in" else str(w) for w in value)
            else:
                raise DataError(
                    f"unknown key {key!r}, or a value of the wrong form",
                    where=place_of(content, path, key),
                    hint=f"lists: {', '.join(sorted(_LISTS))}; mappings: {', '.join(sorted(_MAPPINGS))}",
                )
    try:
        heads = _heads(mappings)
        return OfficeLexicon(
            heads=MappingProxyType(heads),
            head_table=PhraseTable(heads),
            words=MappingProxyType(words),
            tables=MappingProxyType({key: PhraseTable(listed) for key, listed in words.items()}),
            may_belong_to={g: frozenset(EntityType(t) for t in ts) for g, ts in mappings["may_belong_to"].items()},
            generic_forces={form: kind for kind, forms in mappings["generic_forces"].items() for form in forms},
            generic_bodies={form: kind for kind, forms in mappings["generic_bodies"].items() for form in forms},
            descriptions={
                noun: Description(
                    types=frozenset(EntityType(t) for t in spec["types"]), kinds=tuple(spec.get("kinds", ()))
                )
                for noun, spec in mappings["descriptions"].items()
            },
            groups={noun: EntityType(kind) for kind, nouns in mappings["groups"].items() for noun in nouns},
            person_pronouns=frozenset(mappings["pronouns"].get("Person", ())),
            thing_pronouns=frozenset(mappings["pronouns"].get("thing", ())),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DataError(f"cannot read the lexicon: {error}", where=where, hint="see the shipped file") from error


def _add(into: dict[str, Any], value: dict[str, Any]) -> None:
    for key, new in value.items():
        old = into.get(key)
        into[key] = [*old, *new] if isinstance(old, list) and isinstance(new, list) else new


def _heads(mappings: dict[str, dict[str, Any]]) -> dict[str, Head]:
    heads: dict[str, Head] = {}
    for group, phrases in mappings["heads"].items():
        for phrase in phrases:
            words = " ".join(str(phrase).lower().replace("-", " ").split())
            heads[words] = Head(phrase=words, group=group)
    for group, phrases in mappings["short_heads"].items():
        for phrase in phrases:
            heads[str(phrase).lower()] = Head(phrase=str(phrase).lower(), group=group, is_short=True)
    for plural, singular in mappings["plurals"].items():
        for words, head in list(heads.items()):
            if words == singular or words.endswith(f" {singular}"):
                many = words[: len(words) - len(singular)] + plural
                heads[many] = Head(phrase=words, group=head.group, is_plural=True)
    missing = {h.group for h in heads.values()} - mappings["may_belong_to"].keys()
    if missing:
        raise KeyError(f"groups {sorted(missing)} are not in may_belong_to")
    return heads
