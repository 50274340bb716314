"""Two who signed with each other, told apart by what the next words say that one of them does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from armsgraph.lexicon.deals import DealLexicon
from armsgraph.model import OPEN_ROLES, Argument, EntityType, Frame, Role
from armsgraph.syntax import Tree

__all__ = ["with_partners_told_apart"]

_OTHER = {Role.BUYER: Role.SUPPLIER, Role.SUPPLIER: Role.BUYER}
_TELLS = {"buy": Role.BUYER, "sell": Role.SUPPLIER}
_REACH = 1


def with_partners_told_apart(tree: Tree, frames: Sequence[Frame], lexicon: DealLexicon) -> tuple[Frame, ...]:
    """Return the frames, the two firms or two states that signed as buyer and supplier, where it is said who is which.

    "Norvik Arms and Alder Defence signed up for 88 engines, of which Alder Defence supplies 32": the one supplies, the
    other buys. Said in the same sentence or the next one of the paragraph.
    """
    result = list(frames)
    for n, frame in enumerate(frames):
        pair = {a.entity_id for a in frame.arguments if a.role in OPEN_ROLES}
        if len(pair) != 2 or len({tree.types.get(i) is EntityType.FIRM for i in pair}) > 1:
            continue
        if any(a.role in _OTHER for a in frame.arguments):
            continue
        for m in range(n + 1, len(frames)):
            later = frames[m]
            if later.paragraph != frame.paragraph or later.sentence > frame.sentence + _REACH:
                break
            told = _told(later, pair, lexicon)
            if told is not None:
                role, one = told
                result[n] = _read(frame, {one: role} | dict.fromkeys(pair - {one}, _OTHER[role]))
                break
    return tuple(result)


def _told(frame: Frame, pair: set[str], lexicon: DealLexicon) -> tuple[Role, str] | None:
    """Return what a frame says that one of two does, if it speaks of that one alone."""
    role = _TELLS.get(lexicon.rules[frame.triggers[0]].type)
    acting = {a.entity_id for a in frame.arguments if a.role is role}
    other = {a.entity_id for a in frame.arguments if role is not None and a.role is _OTHER[role]}
    if role is None or frame.is_negated or len(acting) != 1 or not acting <= pair or other - pair:
        return None
    return role, next(iter(acting))


def _read(frame: Frame, roles: dict[str, Role]) -> Frame:
    told: list[Argument] = []
    for a in frame.arguments:
        if a.role in OPEN_ROLES and a.entity_id in roles:
            told.append(replace(a, role=roles[a.entity_id]))
        else:
            told.append(a)
    return replace(frame, arguments=tuple(told))
