"""Signs for weapons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from armsgraph.lexicon.gazetteer import Gazetteer
from armsgraph.lexicon.names import fold_name, weapon_key
from armsgraph.lexicon.noun_families import shipped_noun_families
from armsgraph.lexicon.records import WeaponRecord
from armsgraph.linking.scene import Case
from armsgraph.linking.scoring import Sign, sign
from armsgraph.model import EntityType, Mention

__all__ = ["TOO_SHORT", "singular", "weigh_surroundings", "weigh_weapon"]

_SHORT = 4
# A designation of as few letters and digits (K2, M1) is that of many things.
TOO_SHORT = 2
_NEAR = 60
_WORDS_BEHIND = re.compile(r"(?:[ \t]+(?!(?:and|at|by|for|from|in|of|on|or|to|with)\b)[A-Za-z][\w-]*){1,3}")
# "Block 2 Ghost Bats"
_VERSION_BEFORE = re.compile(r"\b([A-Za-z]+)\.?[ -](?:\d{1,2}|I{1,3}V?|IV|V)[A-Z]?[ \t]+\Z")
# what is told by either word
_ALSO = {"drone": "aircraft", "helicopter": "aircraft"}
# words of kinds that stand beside anything
_VAGUE = frozenset({"system", "systems", "defence", "air", "main", "light", "heavy", "military", "weapon", "weapons"})


def weigh_weapon(case: Case, row: WeaponRecord) -> Iterator[Sign]:
    """Yield the signs that an entity is this weapon."""
    forms = dict.fromkeys(form for n in case.names for form in _forms(n))
    yield max((_weigh_name(form, row, case.scene.gazetteer) for form in forms), key=lambda s: s.weight)
    yield from weigh_surroundings(case, row)
    if all(_has_version_before(case, m) for m in case.mentions):
        yield sign("version before it", f"the text speaks of one version of {row.name}")
    other = _namesake_in_text(case, row)
    if other is not None:
        yield sign("another so called", f"the text names {other.name}, which is called so too")


def _namesake_in_text(case: Case, row: WeaponRecord) -> WeaponRecord | None:
    """Return another weapon of the text that shares the by-name which is all that is said: "Black Hawks", "S-70i"."""
    own = _numbers(row.name)
    keys = [weapon_key(form) for n in case.names for form in _forms(n)]
    if not own or any(_numbers(k) for k in keys):
        return None
    for other in case.scene.weapons:
        names = (other.name, *other.aliases, *other.nicknames)
        is_other = other.id != row.id and not _numbers(other.name) & own
        if is_other and any(f" {weapon_key(n)}".endswith(f" {k}") for n in names for k in keys):
            return other
    return None


def _numbers(name: str) -> set[str]:
    return {w for w in weapon_key(name).split() if w.isdigit()}


def weigh_surroundings(case: Case, row: WeaponRecord) -> Iterator[Sign]:
    """Yield the signs of what stands around a weapon: the kind, the maker, the state of origin."""
    scene, kind = case.scene, case.entity.kind
    families = _families(case, row.kind)
    behind = {_family_behind(scene.document.text, m) for m in case.mentions} - {""}
    if kind and families and _families(case, kind) and not families & _families(case, kind):
        yield sign("other kind", f"the text has a {kind}, the list a {row.kind}")
    elif families and behind and not families & behind:
        yield sign("other kind", f"the text has it as a kind of {min(behind)}, the list as a {row.kind}")
    elif families & behind or _has_kind_beside(case, row):
        yield sign("kind beside it", f"the text says beside it that it is a {row.kind}")
    if row.maker and _names_of_maker(case, row.maker) & scene.firm_names:
        yield sign("maker in the text", f"the text names {row.maker}, who makes it")
    if scene.speaks_of(row.state, besides=case.entity.id):
        yield sign("state of origin", f"the text speaks of {scene.state_name(row.state)}, where it comes from")


def _weigh_name(name: str, row: WeaponRecord, gazetteer: Gazetteer) -> Sign:
    key, own = weapon_key(singular(name)), weapon_key(row.name)
    words = key.split()
    length = len("".join(words))
    has_number = any(w.isdigit() for w in words)
    aliases = {weapon_key(a) for a in row.aliases}
    if key == own or (has_number and _is_run(words, own.split())):
        if length <= TOO_SHORT:
            return sign("short designation", f'"{name}" is a short designation of {row.name}, and of other things')
        if not has_number and len(words) == 1:
            return _weigh_word(name, row, gazetteer)
        return sign("designation", f'the designation "{name}" is that of the listed {row.name}')
    if key not in aliases:
        return sign("by-name", f'"{name}" is only a by-name of {row.name}')
    if length <= TOO_SHORT:
        return sign("short designation", f'"{name}" is a short designation of {row.name}, and of other things')
    if has_number and not _shares_designation(words, own.split()):
        return sign("other designation", f'"{name}" is listed for {row.name}, whose own designation is another')
    if not has_number and len(words) > 1 and not set(words) & set(own.split()):
        return sign("other name", f'"{name}" is listed for {row.name}, which is called otherwise')
    if has_number or (len(words) > 1 and length > _SHORT):
        return sign("listed designation", f'"{name}" is a listed name of {row.name}')
    if words[-1] in own.split():
        behind = own.split()[own.split().index(words[-1]) + 1 :]
        if any(w.isdigit() for w in behind):
            return sign("not named", f'"{name}" is how {row.name} and others of its make are called')
        return _weigh_word(name, row, gazetteer)
    if any(w.isdigit() for w in own.split()):
        return sign("name without designation", f'"{name}" is listed for {row.name}, but without its designation')
    if length > _SHORT:
        return _weigh_word(name, row, gazetteer)
    return sign("short name", f'the text gives only the short form "{name}" of {row.name}')


def _weigh_word(name: str, row: WeaponRecord, gazetteer: Gazetteer) -> Sign:
    """Weigh a name of one word without a number: less if other weapons are called so and go on ("Mistral 3")."""
    word = weapon_key(name)
    own = {weapon_key(n) for n in (row.name, *row.aliases)}
    others = [o for o in _by_first_word(gazetteer).get(word, ()) if o.id != row.id and weapon_key(o.name) not in own]
    if others or len(word) <= _SHORT - 1:
        return sign("one-word name", f'"{name}" is a name of {row.name}, and how other names begin')
    return sign("listed designation", f'"{name}" is a listed name of {row.name}, and no other begins so')


@lru_cache(maxsize=2)
def _by_first_word(gazetteer: Gazetteer) -> dict[str, list[WeaponRecord]]:
    found: dict[str, list[WeaponRecord]] = {}
    for weapon in gazetteer.weapons.values():
        names = (weapon.name, *weapon.aliases, *weapon.nicknames)
        for word in dict.fromkeys(weapon_key(n).partition(" ")[0] for n in names):
            found.setdefault(word, []).append(weapon)
    return found


def _forms(name: str) -> tuple[str, ...]:
    """Return a name as written and without the "s" of a plural: "Rafales", "Super Tucanos"."""
    is_plural = len(name) > _SHORT and name.endswith("s") and name[-2].isalpha()
    return (name, name[:-1]) if is_plural else (name,)


def singular(name: str) -> str:
    """Return a designation without the "s" of a plural: "F-16s", "ALHs"."""
    return name[:-1] if len(name) > 3 and name.endswith("s") and (name[-2].isdigit() or name[-2].isupper()) else name


def _is_run(words: list[str], inside: list[str]) -> bool:
    """Say whether the words stand in a row inside the others and no suffix of the designation is cut off."""
    n = len(words)
    for i in range(len(inside) - n + 1):
        if inside[i : i + n] == words:
            following = inside[i + n] if i + n < len(inside) else ""
            return not (words[-1].isdigit() and 0 < len(following) <= 3)
    return False


def _shares_designation(words: list[str], own: list[str]) -> bool:
    """Say whether two names have a number and the letters before it in common, or the second has no number.

    Letters may be shortened ("DO 228", "Dornier 228"); others make another designation ("MH-60", "SH-60").
    """
    if not any(w.isdigit() for w in own):
        return True
    return any(
        w == o and (i == 0 or j == 0 or _are_alike(words[i - 1], own[:j]))
        for i, w in enumerate(words)
        for j, o in enumerate(own)
        if w.isdigit()
    )


def _are_alike(letters: str, own: list[str]) -> bool:
    """Say whether letters are the last word of others, a beginning of it, or the initials of them ("CV")."""
    last = own[-1]
    return letters.startswith(last) or last.startswith(letters) or letters == "".join(w[0] for w in own)


def _names_of_maker(case: Case, maker: str) -> set[str]:
    rows = case.scene.gazetteer.find(maker, EntityType.FIRM)
    return {fold_name(maker)} | {fold_name(n) for r in rows for n in (r.name, *r.aliases)}


def _families(case: Case, kind: str | None) -> frozenset[str]:
    """Return the families of nouns that a kind and those above it are called by: {missile}, {aircraft, helicopter}."""
    gazetteer, nouns = case.scene.gazetteer, shipped_noun_families()
    found: set[str] = set()
    record = gazetteer.kind(kind)
    while record is not None:
        found |= {_family(nouns[w]) for w in fold_name(record.label).split() if w in nouns}
        record = gazetteer.kinds.get(record.broader) if record.broader else None
    return frozenset(found)


def _family_behind(text: str, mention: Mention) -> str:
    """Return the family of the first class noun among the words right behind a mention, "" for none."""
    nouns = shipped_noun_families()
    behind = _WORDS_BEHIND.match(text, mention.span.end)
    for word in behind.group().lower().split() if behind else ():
        for form in (word, word.removesuffix("s")):
            if form in nouns:
                return _family(nouns[form])
    return ""


def _has_version_before(case: Case, mention: Mention) -> bool:
    text, start = case.scene.document.text, mention.span.start
    before = _VERSION_BEFORE.search(text, max(0, start - _NEAR), start)
    return before is not None and before.group(1).lower() in case.scene.gazetteer.words["version_word"]


def _family(family: str) -> str:
    return _ALSO.get(family, family)


def _has_kind_beside(case: Case, row: WeaponRecord) -> bool:
    """Say whether a word for the row's kind stands near a mention ("Gripen fighters", "the Hawk trainer")."""
    record = case.scene.gazetteer.kind(row.kind)
    if record is None:
        return False
    words = {w for n in (record.label, record.plural) for w in fold_name(n).split() if len(w) >= _SHORT}
    words -= _VAGUE
    words |= {fold_name(s) for s in record.synonyms}
    text = case.scene.document.text
    for mention in case.mentions:
        near = fold_name(text[max(0, mention.span.start - _NEAR) : mention.span.end + _NEAR])
        near = near.replace(fold_name(mention.text), " ")
        if words & {*near.split(), *(w.removesuffix("s") for w in near.split())}:
            return True
    return False
