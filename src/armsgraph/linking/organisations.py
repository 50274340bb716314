"""Signs for firms, forces, bodies and international organisations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from armsgraph.lexicon.gazetteer import Gazetteer
from armsgraph.lexicon.names import fold_name
from armsgraph.lexicon.offices import OfficeLexicon
from armsgraph.lexicon.records import BodyRecord, FirmRecord
from armsgraph.linking.doubts import doubt_firm
from armsgraph.linking.scene import Case
from armsgraph.linking.scoring import Sign, sign
from armsgraph.model import EntityType

__all__ = ["weigh_organisation"]

_BRACKETS = re.compile(r"\s*\([^)]*\)\s*$")
_SHORT = 4
_HEADS = frozenset({"agency", "department", "ministry", "secretariat"})
_SMALL = frozenset({"of", "and", "the", "for"})


def weigh_organisation(case: Case, row: FirmRecord | BodyRecord) -> Iterator[Sign]:
    """Yield the signs that an entity is this firm, force, body or organisation."""
    scene, entity = case.scene, case.entity
    name = _best_name(case, row)
    yield name
    where = scene.state_name(row.state)
    if entity.state and row.state and entity.state != row.state:
        yield sign("other state", f"the text has it as one of {scene.state_name(entity.state)}, not of {where}")
    elif name.name in ("generic name", "not named") and row.state and entity.state == row.state:
        yield sign("state as read", f"it is read as that of {where}")
        if scene.is_about(row.state):
            yield sign("only state", f"{where} is the state that the text is about")
        if row.type is EntityType.ARMED_FORCE and row.state in scene.headings:
            yield sign("one of several headings", f"it heads a part of the text, as other forces of {where} do")
    elif scene.speaks_of(row.state, besides=entity.id):
        yield sign("state in the text", f"the text speaks of {where}, where it belongs")
    other_head = _other_head(case, row) if row.type is EntityType.GOVERNMENT_BODY else None
    if other_head is not None:
        yield sign("name of another kind", f"the text speaks of a {other_head}, and {row.name} is none")
    if isinstance(row, FirmRecord):
        names = {fold_name(n) for n in (row.name, *row.aliases)}
        if scene.makers & names:
            yield sign("product in the text", "the text names a weapon that it makes")
        other = _namesake_in_front(case, row) if name.name in ("one-word name", "short name") else None
        if other is not None:
            yield sign("others begin so", f"the names of others begin so too, such as {other.name}")
        yield from doubt_firm(case, row)


@lru_cache(maxsize=2)
def _firms_by_first_word(gazetteer: Gazetteer) -> dict[str, list[FirmRecord]]:
    found: dict[str, list[FirmRecord]] = {}
    for firm in gazetteer.firms.values():
        words = fold_name(firm.name).split()
        if len(words) > 1:
            found.setdefault(words[0], []).append(firm)
    return found


def _namesake_in_front(case: Case, row: FirmRecord) -> FirmRecord | None:
    """Return another firm whose name begins with the one word that the text gives: "Mahindra"."""
    firms = _firms_by_first_word(case.scene.gazetteer)
    listed = {fold_name(n) for n in (row.name, *row.aliases)}
    own = _bare(row.name, case.scene.lexicon)
    for name in case.names:
        for firm in firms.get(fold_name(name), ()):
            if firm.id != row.id and not fold_name(firm.name).startswith(own) and fold_name(firm.name) not in listed:
                return firm
    return None


def _other_head(case: Case, row: FirmRecord | BodyRecord) -> str | None:
    """Return what the text calls a body and no name of the row does: a ministry, where the row is a department."""
    listed = {w for n in (row.name, *row.aliases) for w in fold_name(n).split()} & _HEADS
    said = {w for n in case.names for w in fold_name(n).split()} & _HEADS
    return min(said) if listed and said and not listed & said else None


def _best_name(case: Case, row: FirmRecord | BodyRecord) -> Sign:
    """Return the sign of the name in the text that says most."""
    signs = [_weigh_name(n, case, row) for n in case.names]
    return max(signs, key=lambda s: s.weight)


def _weigh_name(name: str, case: Case, row: FirmRecord | BodyRecord) -> Sign:
    lexicon = case.scene.lexicon
    folded = fold_name(name).removeprefix("the ")
    if folded in lexicon.generic_forces or folded in lexicon.generic_bodies:
        return sign("generic name", f'the text says only "{name}"')
    bare = _bare(name, lexicon)
    own = {_bare(n, lexicon) for n in (row.name, _BRACKETS.sub("", row.name))}
    if bare in own and (" " in bare or len(bare) > _SHORT or bare == fold_name(row.name)):
        return sign("full name", f'"{name}" is the name of {row.name}')
    if (
        isinstance(row, FirmRecord)
        and len(bare) > _SHORT
        and " " not in bare
        and any(_is_group(bare, o, lexicon) for o in own)
    ):
        return sign("name of the group", f'"{name}" is what {row.name} is called')
    if bare not in {_bare(n, lexicon) for n in row.aliases} and bare not in own:
        return sign("not named", f'the text says "{name}", which is no listed name of {row.name}')
    if any(_is_part(bare, o, lexicon) for o in (*own, *(_bare(n, lexicon) for n in row.aliases))):
        return sign("name of a part", f'"{name}" may be a part of {row.name}')
    if case.entity.type is EntityType.INTERNATIONAL_ORGANISATION or " " in bare:
        return sign("full name", f'"{name}" is a listed name of {row.name}')
    if len(bare) >= _SHORT and _are_initials(bare, row.name):
        return _with_initials(name, row)
    if len(bare) > _SHORT:
        return sign("one-word name", f'"{name}" is a listed short name of {row.name}')
    return sign("short name", f'the text gives only the short form "{name}" of {row.name}')


def _with_initials(name: str, row: FirmRecord | BodyRecord) -> Sign:
    short, letters = sign("short name", ""), sign("initials", "")
    words = f'"{name}" is the listed short form of {row.name}, by its initials'
    return Sign(name="initials", weight=short.weight + letters.weight, words=words)


def _bare(name: str, lexicon: OfficeLexicon) -> str:
    words = fold_name(name).removeprefix("the ").split()
    while len(words) > 1 and words[-1] in lexicon.words["legal_forms"]:
        words.pop()
    return " ".join(words)


def _is_part(name: str, own: str, lexicon: OfficeLexicon) -> bool:
    """Say whether a name is another with words behind it that may name a division: "Honeywell Aerospace"."""
    if not name.startswith(f"{own} "):
        return False
    rest = name[len(own) + 1 :].split()
    return not set(rest) <= lexicon.words["firm_fillers"]


def _is_group(name: str, own: str, lexicon: OfficeLexicon) -> bool:
    """Say whether a firm's own name is a name with "Group", "Holdings" and the like behind it: "Thales"."""
    return own.startswith(f"{name} ") and set(own[len(name) + 1 :].split()) <= lexicon.words["firm_fillers"]


def _are_initials(letters: str, name: str) -> bool:
    words = [w for w in fold_name(_BRACKETS.sub("", name)).split() if w not in _SMALL]
    return letters == "".join(w[0] for w in words)
