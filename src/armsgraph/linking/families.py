"""Families of weapons: the item that a version has as broader match, and which names are those of versions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from armsgraph.lexicon.gazetteer import Gazetteer
from armsgraph.lexicon.names import weapon_key
from armsgraph.lexicon.noun_families import shipped_noun_families
from armsgraph.lexicon.records import WeaponRecord
from armsgraph.linking.scene import Case
from armsgraph.linking.scoring import Sign, sign
from armsgraph.linking.weapons import TOO_SHORT, singular, weigh_surroundings
from armsgraph.model import EntityType

__all__ = ["find_family", "is_variant_name", "weigh_family"]

_SHORT = 4
_SUFFIX = re.compile(r"[a-z]{1,3}|\d{1,3}")


def weigh_family(case: Case, row: WeaponRecord) -> Iterator[Sign]:
    """Yield the signs that an entity is a model of the family that this row stands for."""
    yield sign("family designation", f'"{case.names[0]}" has the designation of {row.name} and goes on')
    if case.entity.state and row.state and case.entity.state != row.state:
        yield sign("other state", "it comes from another state")
    yield from weigh_surroundings(case, row)


def find_family(case: Case) -> WeaponRecord | None:
    """Return the only row with an item whose designation a name of the entity has and goes on: AH-64E, AH-64 Apache.

    Where several have that designation, it is the one that the other words belong to: F/A-18F Super Hornet.
    """
    found: dict[str, WeaponRecord] = {}
    for name in dict.fromkeys((*case.names, case.entity.label)):
        words = weapon_key(singular(name)).split()
        for head in _heads(words):
            named = _named(case, head)
            sharing = [r for r in _by_head(case.scene.gazetteer).get(" ".join(head), ()) if r not in named]
            if named or sharing:
                chosen = _choose(case, head, words[len(head)], named, sharing)
                found |= {chosen.id: chosen} if chosen is not None else {}
                break
    if not found:
        versions = {r.id: r for r in _families_by_mark(case)}
        found = versions if len(versions) == 1 else {}
    return next(iter(found.values())) if len(found) == 1 else None


def _heads(words: list[str]) -> Iterator[list[str]]:
    """Yield the beginnings of a name that a short suffix follows, the longest first."""
    for length in range(len(words) - 1, 0, -1):
        head = words[:length]
        if not _SUFFIX.fullmatch(words[length]) or (words[length].isdigit() and head[-1].isdigit()):
            continue
        if head[-1].isdigit() or len(head[-1]) > _SHORT:
            yield head


def _named(case: Case, head: list[str]) -> list[WeaponRecord]:
    """Return the rows with an item of exactly that name; for a short one (B1, M1) the kind must be the same."""
    rows = case.scene.gazetteer.find(" ".join(head), EntityType.WEAPON)
    is_short = len("".join(head)) <= TOO_SHORT
    return [
        r
        for r in rows
        if isinstance(r, WeaponRecord)
        and r.qid is not None
        and _is_called(r, head)
        and (not is_short or case.entity.kind == r.kind)
    ]


def _choose(
    case: Case, head: list[str], suffix: str, named: list[WeaponRecord], sharing: list[WeaponRecord]
) -> WeaponRecord | None:
    """Choose among the rows of that name and those that have it with words behind, None where nothing tells."""
    rows = [*named, *sharing]
    words = _words_behind(case, head)
    if len(rows) == 1:
        return rows[0] if named or words & _words(rows[0]) else None
    if words:
        shared = {r.id: len(words & _words(r)) for r in rows}
        most = max(shared.values())
        rows = [r for r in rows if shared[r.id] == most > 0]
    else:
        rows = [r for r in rows if _lists_suffix(r, head, suffix)] or named
    if len(rows) > 1:
        rows = [r for r in rows if r in named]
    return rows[0] if len(rows) == 1 else None


def _words_behind(case: Case, head: list[str]) -> set[str]:
    """Return the words that stand behind a designation in the names of an entity, listed ones too."""
    row = case.scene.gazetteer.record(case.entity.record)
    listed = (row.name, *row.aliases) if isinstance(row, WeaponRecord) else ()
    marks = case.scene.gazetteer.words["version_word"]
    found: set[str] = set()
    for name in (*case.names, case.entity.label, *listed):
        words = weapon_key(singular(name)).split()
        if words[: len(head)] == head:
            found |= {w for w in _long_words(words[len(head) :]) if w not in marks}
    return found


def _long_words(words: Iterable[str]) -> set[str]:
    """Return the words that are no number, suffix or class noun, without the "s" of a plural."""
    nouns = shipped_noun_families()
    bare = {w.removesuffix("s") for w in words if len(w) > _SHORT - 1 and not w.isdigit()}
    return {w for w in bare if w not in nouns}


def _words(row: WeaponRecord) -> set[str]:
    return _long_words(w for n in (row.name, *row.aliases, *row.nicknames) for w in weapon_key(n).split())


def _lists_suffix(row: WeaponRecord, head: list[str], suffix: str) -> bool:
    """Say whether a name of a row has that suffix right behind the designation: "f" in "F/A-18E/F"."""
    for name in (row.name, *row.aliases):
        words = weapon_key(name).split()
        if words[: len(head)] == head:
            for word in words[len(head) :]:
                if not _SUFFIX.fullmatch(word):
                    break
                if word == suffix:
                    return True
    return False


@lru_cache(maxsize=2)
def _by_head(gazetteer: Gazetteer) -> dict[str, list[WeaponRecord]]:
    """Return the rows with an item by designations that words follow: "ah 1" for AH-1 Cobra and AH-1 SuperCobra."""
    found: dict[str, list[WeaponRecord]] = {}
    for row in gazetteer.weapons.values():
        for name in (row.name, *row.aliases) if row.qid is not None else ():
            words = weapon_key(name).split()
            head = list(words)
            while head and len(head[-1]) >= _SHORT and not head[-1].isdigit():
                head.pop()
            if 1 < len(head) < len(words) and head[-1].isdigit():
                rows = found.setdefault(" ".join(head), [])
                rows += [row] if row not in rows else []
    return found


def _families_by_mark(case: Case) -> Iterator[WeaponRecord]:
    """Yield the rows with an item that are called as a name of the entity is before the mark of a version."""
    by_name = _by_any_name(case.scene.gazetteer)
    for name in dict.fromkeys((*case.names, case.entity.label)):
        for head in _before_marks(name, case.scene.gazetteer):
            rows = by_name.get(" ".join(head), ())
            sharing = [r for r in _by_head(case.scene.gazetteer).get(" ".join(head), ()) if r not in rows]
            words = _words_behind(case, head)
            fitting = [r for r in (*rows, *sharing) if words & _words(r)]
            yield from fitting if sharing else rows


@lru_cache(maxsize=2)
def _by_any_name(gazetteer: Gazetteer) -> dict[str, list[WeaponRecord]]:
    found: dict[str, list[WeaponRecord]] = {}
    for row in gazetteer.weapons.values():
        names = (row.name, *row.aliases, *row.nicknames) if row.qid is not None else ()
        for key in dict.fromkeys(map(weapon_key, names)):
            found.setdefault(key, []).append(row)
    return found


def _before_marks(name: str, gazetteer: Gazetteer) -> list[list[str]]:
    marks = gazetteer.words["version_word"]
    words = weapon_key(singular(name)).split()
    return [words[:i] for i, word in enumerate(words) if i and word in marks]


def _is_called(row: WeaponRecord, head: list[str]) -> bool:
    """Say whether a designation is that of a row; a word is if the row's own name ends with it ("JAS 39 Gripen")."""
    own = weapon_key(row.name).split()
    return head[-1].isdigit() or own[-len(head) :] == head


def is_variant_name(case: Case, row: WeaponRecord) -> bool:
    """Say whether every name in the text is of a variant of the row: its designation with a suffix, listed or not.

    One name with the mark or the letters of a version is enough: "RBS15 Mk3" or "F-16 A/B", then "RBS15" or "F-16".
    """
    own = weapon_key(row.name)
    if _is_version_name(case, row):
        return True
    listed = {weapon_key(n) for n in (row.name, *row.aliases)}
    keys = [weapon_key(singular(n)) for n in case.names]
    if any(key in listed and key != own and _has_letters(key, listed, own) for key in keys):
        return True
    return not any(
        key == own or not (_goes_on(key, listed) if key in listed else _is_variant(key.split(), own.split()))
        for key in keys
    )


def _is_version_name(case: Case, row: WeaponRecord) -> bool:
    """Say whether a mark of a version stands behind a name of the row, which has no such mark itself: "Hawk Mk 108"."""
    gazetteer = case.scene.gazetteer
    if any(w in gazetteer.words["version_word"] for w in weapon_key(row.name).split()):
        return False
    listed = [weapon_key(n).split() for n in (row.name, *row.aliases, *row.nicknames)]
    heads = [head for name in case.names for head in _before_marks(name, gazetteer)]
    return any(own[-len(head) :] == head for head in heads for own in listed)


def _goes_on(key: str, listed: set[str]) -> bool:
    """Say whether a listed name is another listed one with a suffix: "Dornier 228NG"."""
    words = key.split()
    for length in range(len(words) - 1, 0, -1):
        head = words[:length]
        if " ".join(head) in listed and (head[-1].isdigit() or len(head[-1]) >= _SHORT):
            return all(_SUFFIX.fullmatch(w) for w in words[length:])
    return False


def _has_letters(key: str, listed: set[str], own: str) -> bool:
    """Say whether a listed name is another listed one with letters of a version behind its number: "F-16 A/B"."""
    words = key.split()
    letters = next((i for i, w in enumerate(reversed(words)) if len(w) > 1 or w.isdigit()), len(words))
    head = words[: len(words) - letters]
    is_designation = len(head) > 1 and head[-1].isdigit() and " ".join(head) in listed
    return letters > 0 and is_designation and not set(words[len(head) :]) & set(own.split())


def _is_variant(words: list[str], own: list[str]) -> bool:
    """Say whether a designation goes on where the row's own ends ("ah 64 e" beside "ah 64 apache")."""
    for i, word in enumerate(own):
        if word.isdigit() and i and words[: i + 1] == own[: i + 1] and len(words) > i + 1:
            return words[i + 1 :] != own[i + 1 : len(words)]
        if word.isdigit() and i and any(words[j : j + 2] == own[i - 1 : i + 1] for j in range(len(words) - 2)):
            return True
    return False
