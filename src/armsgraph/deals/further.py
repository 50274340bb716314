"""Sentences behind a deal that only say when, how long or where: they say so of the deal told last before them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from armsgraph.lexicon.deals import DealLexicon
from armsgraph.model import EntityType, Frame, Role
from armsgraph.syntax import Tree

__all__ = ["as_further", "told_further"]

_ADDING = frozenset({"arrive", "none", "produce", "receive"})
_HANDING = frozenset({"hands-over", "schedules"})
_SIGNING = frozenset({"sign-alone", "put-name", "signing-n"})
_SIDES = frozenset({Role.BUYER, Role.SUPPLIER, Role.PARTY, Role.COUNTERPART})
_OF_WORK = frozenset({Role.PRODUCED_AT})
_OF_SIGNING = frozenset({Role.SIGNATORY, Role.SIGNED_AT})
# How many sentences behind the deal they may stand.
_REACH = 4


def told_further(tree: Tree, frames: Sequence[Frame], lexicon: DealLexicon) -> Mapping[int, tuple[int, ...]]:
    """Return which frames add to which, by the index of the one that tells of a deal.

    Only what names no other thing and nobody else: "Deliveries begin in 2027", "work will be performed in Tucson".
    """
    found: dict[int, tuple[int, ...]] = {}
    last: int | None = None
    for n, frame in enumerate(frames):
        if last is not None and frame.sentence > frames[last].sentence and _goes_on(tree, frames[last], frame, lexicon):
            found[last] = (*found.get(last, ()), n)
        elif _tells(frame):
            last = n
    return found


def as_further(frame: Frame, own: Sequence[Frame]) -> Frame:
    """Return a frame with nothing but the times and places that the frames of a deal do not have themselves."""
    roles = {a.role for f in own for a in f.arguments}
    kept = [side for side in (_OF_WORK, _OF_SIGNING) if not roles & side]
    return replace(
        frame,
        arguments=tuple(a for a in frame.arguments if any(a.role in side for side in kept)),
        signed_on=() if any(f.signed_on for f in own) else frame.signed_on,
        starts_on=() if any(f.starts_on for f in own) else frame.starts_on,
        ends_on=() if any(f.ends_on for f in own) else frame.ends_on,
        durations=() if any(f.durations for f in own) else frame.durations,
    )


def _tells(frame: Frame) -> bool:
    """Say whether a frame tells of a deal, and not only takes up one told before ("the contract provides for")."""
    says = frame.items or frame.money or any(a.role in _SIDES for a in frame.arguments)
    return bool(says) and not (frame.is_support or frame.is_negated or (frame.is_definite and not frame.items))


def _goes_on(tree: Tree, told: Frame, frame: Frame, lexicon: DealLexicon) -> bool:
    """Say whether a frame adds to the deal told last and speaks of no other."""
    if frame.is_negated or frame.marker or frame.money or frame.sentence - told.sentence > _REACH:
        return False
    rules = [lexicon.rules[t] for t in frame.triggers]
    signs = all(r.id in _SIGNING for r in rules)
    if told.is_headline and not (frame.is_headline or signs):
        return False
    points_back = frame.is_definite and frame.status is None
    adds = signs or all(
        r.type in _ADDING
        or r.marks & _HANDING
        or (r.type == "sell" and r.strength == "support")
        or (points_back and r.is_agreement and not r.is_verb)
        for r in rules
    )
    counted = any(i.number is not None and not i.is_definite and not i.is_partial for i in frame.items)
    return adds and not counted and _ids(frame) <= _ids(told) and _has_its_things(tree, told, frame)


def _has_its_things(tree: Tree, told: Frame, frame: Frame) -> bool:
    """Say whether the sentence of a frame names no thing but those of the deal told last."""
    weapons = {i.weapon_id for i in told.items if i.weapon_id}
    named = {m.entity_id for m in tree.mentions_by_sentence.get(frame.sentence, ()) if m.type is EntityType.WEAPON}
    kinds = {word for w in weapons if w in tree.entities for word in (tree.entities[w].kind or "").split()}
    nouns = {i.noun for i in told.items if i.noun} | kinds
    families = {i.family for i in told.items if i.family}
    others = [i for i in frame.items if i.noun and not i.is_generic and i.noun not in nouns]
    return named <= weapons and all(i.family and i.family in families for i in others)


def _ids(frame: Frame) -> set[str]:
    return {a.entity_id for a in frame.arguments if a.role in _SIDES}
