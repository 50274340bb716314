"""Signs for weapons, and the family that a model belongs to."""

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

__all__ = ["find_family", "is_variant_name", "is_version_name", "weigh_family", "weigh_weapon"]

_SHORT = 4
_TOO_SHORT = 2
_SUFFIX = re.compile(r"[a-z]{1,3}|\d{1,3}")
_NEAR = 60
_WORDS_BEHIND = re.compile(r"(?:[ \t]+[A-Za-z][\w-]*){1,2}")
# what is told by either word
_ALSO = {"drone": "aircraft", "helicopter": "aircraft"}
# words of kinds that stand beside anything
_VAGUE = frozenset({"system", "systems", "defence", "air", "main", "light", "heavy", "military", "weapon", "weapons"})


def weigh_weapon(case: Case, row: WeaponRecord) -> Iterator[Sign]:
    """Yield the signs that an entity is this weapon."""
    forms = dict.fromkeys(form for n in case.names for form in _forms(n))
    yield max((_weigh_name(form, row, case.scene.gazetteer) for form in forms), key=lambda s: s.weight)
    yield from _weigh_surroundings(case, row)


def weigh_family(case: Case, row: WeaponRecord) -> Iterator[Sign]:
    """Yield the signs that an entity is a model of the family that this row stands for."""
    yield sign("family designation", f'"{case.names[0]}" has the designation of {row.name} and goes on')
    if case.entity.state and row.state and case.entity.state != row.state:
        yield sign("other state", "it comes from another state")
    yield from _weigh_surroundings(case, row)


def _weigh_surroundings(case: Case, row: WeaponRecord) -> Iterator[Sign]:
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
    key, own = weapon_key(_singular(name)), weapon_key(row.name)
    words = key.split()
    length = len("".join(words))
    has_number = any(w.isdigit() for w in words)
    aliases = {weapon_key(a) for a in row.aliases}
    if key == own or (has_number and _is_run(words, own.split())):
        if length <= _TOO_SHORT:
            return sign("short designation", f'"{name}" is a short designation of {row.name}, and of other things')
        if not has_number and len(words) == 1:
            return _weigh_word(name, row, gazetteer)
        return sign("designation", f'the designation "{name}" is that of the listed {row.name}')
    if key not in aliases:
        return sign("by-name", f'"{name}" is only a by-name of {row.name}')
    if length <= _TOO_SHORT:
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


def find_family(case: Case) -> WeaponRecord | None:
    """Return the only row with an item whose designation a name of the entity has and goes on: AH-64E, AH-64 Apache."""
    found: dict[str, WeaponRecord] = {}
    gazetteer, kind = case.scene.gazetteer, case.entity.kind
    for name in dict.fromkeys((*case.names, case.entity.label)):
        words = weapon_key(_singular(name)).split()
        for length in range(len(words) - 1, 0, -1):
            head = words[:length]
            if not _SUFFIX.fullmatch(words[length]) or (words[length].isdigit() and head[-1].isdigit()):
                continue
            if not (head[-1].isdigit() or len(head[-1]) > _SHORT):
                continue
            # a short one (B1, M1) is many things: the kind must be the same
            is_short = len("".join(head)) <= _TOO_SHORT
            rows = [
                r
                for r in gazetteer.find(" ".join(head), EntityType.WEAPON)
                if isinstance(r, WeaponRecord)
                and r.qid is not None
                and _is_called(r, head)
                and (not is_short or kind == r.kind)
            ]
            if rows:
                found |= {r.id: r for r in rows}
                break
    return next(iter(found.values())) if len(found) == 1 else None


def _is_called(row: WeaponRecord, head: list[str]) -> bool:
    """Say whether a designation is that of a row; a word is if the row's own name ends with it ("JAS 39 Gripen")."""
    own = weapon_key(row.name).split()
    return head[-1].isdigit() or own[-len(head) :] == head


def is_variant_name(case: Case, row: WeaponRecord) -> bool:
    """Say whether every name in the text is of a variant of the row: its designation with a suffix, listed or not.

    One name with the mark of a version is enough: "RBS15 Mk3", then "RBS15".
    """
    own = weapon_key(row.name)
    if is_version_name(case, row):
        return True
    listed = {weapon_key(n) for n in (row.name, *row.aliases)}
    for name in case.names:
        key = weapon_key(_singular(name))
        if key == own or not (_goes_on(key, listed) if key in listed else _is_variant(key.split(), own.split())):
            return False
    return True


def is_version_name(case: Case, row: WeaponRecord) -> bool:
    """Say whether a mark of a version stands behind a name of the row, which has no such mark itself: "Hawk Mk 108"."""
    marks = case.scene.gazetteer.words["version_word"]
    if any(w in marks for w in weapon_key(row.name).split()):
        return False
    listed = [weapon_key(n).split() for n in (row.name, *row.aliases, *row.nicknames)]
    for name in case.names:
        words = weapon_key(_singular(name)).split()
        heads = [words[:i] for i, word in enumerate(words) if i and word in marks]
        if any(own[-len(head) :] == head for head in heads for own in listed):
            return True
    return False


def _goes_on(key: str, listed: set[str]) -> bool:
    """Say whether a listed name is another listed one with a suffix: "Dornier 228NG"."""
    words = key.split()
    for length in range(len(words) - 1, 0, -1):
        head = words[:length]
        if " ".join(head) in listed and (head[-1].isdigit() or len(head[-1]) >= _SHORT):
            return all(_SUFFIX.fullmatch(w) for w in words[length:])
    return False


def _forms(name: str) -> tuple[str, ...]:
    """Return a name as written and without the "s" of a plural: "Rafales", "Super Tucanos"."""
    is_plural = len(name) > _SHORT and name.endswith("s") and name[-2].isalpha()
    return (name, name[:-1]) if is_plural else (name,)


def _singular(name: str) -> str:
    return name[:-1] if len(name) > 3 and name.endswith("s") and (name[-2].isdigit() or name[-2].isupper()) else name


def _is_run(words: list[str], inside: list[str]) -> bool:
    """Say whether the words stand in a row inside the others and no suffix of the designation is cut off."""
    n = len(words)
    for i in range(len(inside) - n + 1):
        if inside[i : i + n] == words:
            following = inside[i + n] if i + n < len(inside) else ""
            return not (words[-1].isdigit() and 0 < len(following) <= 3)
    return False


def _is_variant(words: list[str], own: list[str]) -> bool:
    """Say whether a designation goes on where the row's own ends ("ah 64 e" beside "ah 64 apache")."""
    for i, word in enumerate(own):
        if word.isdigit() and i and words[: i + 1] == own[: i + 1] and len(words) > i + 1:
            return words[i + 1 :] != own[i + 1 : len(words)]
        if word.isdigit() and i and any(words[j : j + 2] == own[i - 1 : i + 1] for j in range(len(words) - 2)):
            return True
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
