"""Signs for weapons, and the family that a model belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from armsgraph.lexicon.names import fold_name, weapon_key
from armsgraph.lexicon.records import Record, WeaponRecord
from armsgraph.linking.scene import Case
from armsgraph.linking.scoring import Sign, sign
from armsgraph.model import EntityType

__all__ = ["find_family", "is_variant_name", "weigh_family", "weigh_weapon"]

_SHORT = 4
_TOO_SHORT = 2
_SUFFIX = re.compile(r"[a-z]{1,3}|\d{1,3}")
_NEAR = 60


def weigh_weapon(case: Case, row: WeaponRecord) -> Iterator[Sign]:
    """Yield the signs that an entity is this weapon."""
    yield max((_weigh_name(n, row) for n in case.names), key=lambda s: s.weight)
    yield from _weigh_surroundings(case, row)


def weigh_family(case: Case, row: WeaponRecord) -> Iterator[Sign]:
    """Yield the signs that an entity is a model of the family that this row stands for."""
    yield sign("family designation", f'"{case.names[0]}" has the designation of {row.name} and goes on')
    if case.entity.state and row.state and case.entity.state != row.state:
        yield sign("other state", "it comes from another state")
    yield from _weigh_surroundings(case, row)


def _weigh_surroundings(case: Case, row: WeaponRecord) -> Iterator[Sign]:
    scene, kind = case.scene, case.entity.kind
    if kind and row.kind and kind != row.kind and _root(case, kind) != _root(case, row.kind):
        yield sign("other kind", f"the text has a {kind}, the list a {row.kind}")
    if row.maker and _names_of_maker(case, row.maker) & scene.firm_names:
        yield sign("maker in the text", f"the text names {row.maker}, who makes it")
    if scene.speaks_of(row.state, besides=case.entity.id):
        yield sign("state of origin", f"the text speaks of {scene.state_name(row.state)}, where it comes from")
    if _has_kind_beside(case, row):
        yield sign("kind beside it", f"the text says beside it that it is a {row.kind}")


def _weigh_name(name: str, row: WeaponRecord) -> Sign:
    key, own = weapon_key(_singular(name)), weapon_key(row.name)
    words = key.split()
    length = len("".join(words))
    has_number = any(w.isdigit() for w in words)
    aliases = {weapon_key(a) for a in row.aliases}
    if key == own or (has_number and _is_run(words, own.split())):
        if length <= _TOO_SHORT:
            return sign("short designation", f'"{name}" is a short designation of {row.name}, and of other things')
        return sign("designation", f'the designation "{name}" is that of the listed {row.name}')
    if key not in aliases:
        return sign("by-name", f'"{name}" is only a by-name of {row.name}')
    if length <= _TOO_SHORT:
        return sign("short designation", f'"{name}" is a short designation of {row.name}, and of other things')
    if has_number and not _shares_number(words, own.split()):
        return sign("other designation", f'"{name}" is listed for {row.name}, whose own designation is another')
    if has_number or len(words) > 1 or own.split()[-1:] == words:
        return sign("listed designation", f'"{name}" is a listed name of {row.name}')
    if length > _SHORT:
        return sign("one-word name", f'"{name}" is a listed short name of {row.name}')
    return sign("short name", f'the text gives only the short form "{name}" of {row.name}')


def find_family(case: Case) -> WeaponRecord | None:
    """Return the only row with an item whose designation a name of the entity has and goes on: AH-64E, AH-64 Apache."""
    found: dict[str, WeaponRecord] = {}
    gazetteer = case.scene.gazetteer
    for name in dict.fromkeys((*case.names, case.entity.label)):
        words = weapon_key(_singular(name)).split()
        for length in range(len(words) - 1, 0, -1):
            if not _SUFFIX.fullmatch(words[length]):
                continue
            head = words[:length]
            if not (head[-1].isdigit() or len(head[-1]) > _SHORT) or (words[length].isdigit() and head[-1].isdigit()):
                continue
            rows = [
                r
                for r in gazetteer.find(" ".join(head), EntityType.WEAPON)
                if isinstance(r, WeaponRecord) and r.qid is not None
            ]
            if rows:
                found |= {r.id: r for r in rows}
                break
    if len(found) != 1:
        return None
    row = next(iter(found.values()))
    kind = case.entity.kind
    short = len("".join(weapon_key(row.name).split())) <= _TOO_SHORT
    return None if short and kind != row.kind else row


def is_variant_name(case: Case, row: Record) -> bool:
    """Say whether every name in the text is of a variant of the row: its own designation with a suffix."""
    own = weapon_key(row.name).split()
    listed = {weapon_key(n) for n in (row.name, *row.aliases)}
    keys = [weapon_key(_singular(n)) for n in case.names]
    return all(k not in listed and _is_variant(k.split(), own) for k in keys)


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


def _shares_number(words: list[str], own: list[str]) -> bool:
    """Say whether two names have a number in common, or the second has none."""
    numbers = {w for w in own if w.isdigit()}
    return not numbers or bool(numbers & set(words))


def _names_of_maker(case: Case, maker: str) -> set[str]:
    rows = case.scene.gazetteer.find(maker, EntityType.FIRM)
    return {fold_name(maker)} | {fold_name(n) for r in rows for n in (r.name, *r.aliases)}


def _root(case: Case, kind: str) -> str:
    """Return the id of the top of the tree of kinds above a kind."""
    gazetteer = case.scene.gazetteer
    record = gazetteer.kind(kind)
    while record is not None and record.broader is not None:
        above = gazetteer.kinds.get(record.broader)
        if above is None:
            break
        record = above
    return record.id if record is not None else kind


def _has_kind_beside(case: Case, row: WeaponRecord) -> bool:
    """Say whether a word for the row's kind stands near a mention ("Gripen fighters", "the Hawk trainer")."""
    record = case.scene.gazetteer.kind(row.kind)
    if record is None:
        return False
    words = {w for n in (record.label, record.plural) for w in fold_name(n).split() if len(w) > _SHORT - 1}
    words |= {fold_name(s) for s in record.synonyms}
    text = case.scene.document.text
    for mention in case.mentions:
        near = fold_name(text[max(0, mention.span.start - _NEAR) : mention.span.end + _NEAR])
        near = near.replace(fold_name(mention.text), " ")
        if words & {*near.split(), *(w.removesuffix("s") for w in near.split())}:
            return True
    return False
