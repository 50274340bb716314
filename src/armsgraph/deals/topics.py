"""The weapon a sentence speaks of without naming it ("it was ordered in 2016")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from armsgraph.model import Frame, FrameItem, Mention, Role

__all__ = ["take_up_topic"]

# How far back, in characters, a weapon may have been named: about two sentences.
_REACH = 320
# Verbs and nouns that cannot be said without a thing; "deliver" can ("delivered its certificate to Congress").
_ASKS_FOR_A_THING = frozenset(
    {
        "award",
        "buy",
        "get-order",
        "have-order",
        "order",
        "order-n",
        "place-order",
        "purchase-n",
        "sale-n",
        "sell",
        "win",
    }
)
_SIDES = frozenset({Role.BUYER, Role.SUPPLIER})


def take_up_topic(frame: Frame, weapons: Sequence[Mention]) -> Frame:
    """Give a frame with a party but no thing the one weapon named shortly before, if there is only one.

    Args:
        weapons: Named weapons by position.

    Returns:
        The frame, with that weapon as its item if there is exactly one candidate.
    """
    if frame.is_support or not any(a.role in _SIDES for a in frame.arguments):
        return frame
    if any(i.weapon_id or i.noun for i in frame.items):
        return frame
    if not frame.items and not set(frame.triggers) & _ASKS_FOR_A_THING:
        return frame
    near = [m for m in weapons if 0 <= frame.span.start - m.span.end <= _REACH]
    if not near or len({m.entity_id for m in near}) != 1:
        return frame
    last = near[-1]
    named = [replace(i, weapon_id=last.entity_id, weapon_span=last.span) for i in frame.items]
    if not named:
        named = [FrameItem(span=last.span, weapon_id=last.entity_id, weapon_span=last.span, is_definite=True)]
    return replace(frame, items=tuple(named), evidence=replace(frame.evidence, confidence=0.5))
