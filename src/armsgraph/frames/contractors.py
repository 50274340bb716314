"""Sentences that only name who supplies ("the contractors will be ..."): they do so for the deal of the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from armsgraph.lexicon.deals import DealLexicon
from armsgraph.model import EntityType, Frame, Role
from armsgraph.syntax import Tree

__all__ = ["with_contractors"]

_NAMES = "is-supplier"
_TELLS = frozenset({"approve", "ask", "award", "buy", "sell"})


def with_contractors(tree: Tree, frames: Sequence[Frame], lexicon: DealLexicon) -> tuple[Frame, ...]:
    """Return the frames, the last before such a sentence that tells of a deal with who supplies it.

    Only in a text about one buyer: in any other it is not said whose contractors they are.
    """
    result = list(frames)
    tellers = [n for n, f in enumerate(frames) if _tells(f, lexicon)]
    said = [a for n in tellers for a in frames[n].arguments]
    buyers = {tree.state_of(a.entity_id) or a.entity_id for a in said if a.role is Role.BUYER}
    if len(buyers) != 1 or any(
        a.role is Role.SUPPLIER and tree.types.get(a.entity_id) is EntityType.FIRM for a in said
    ):
        return tuple(result)
    for n, frame in enumerate(frames):
        named = [a for a in frame.arguments if a.role is Role.SUPPLIER]
        before = [m for m in tellers if m < n]
        if named and before and {lexicon.rules[t].type for t in frame.triggers} == {_NAMES} and not frame.items:
            result[before[-1]] = replace(result[before[-1]], arguments=(*result[before[-1]].arguments, *named))
    return tuple(result)


def _tells(frame: Frame, lexicon: DealLexicon) -> bool:
    has_buyer = not frame.is_negated and any(a.role is Role.BUYER for a in frame.arguments)
    return has_buyer and bool(frame.items) and any(lexicon.rules[t].type in _TELLS for t in frame.triggers)
