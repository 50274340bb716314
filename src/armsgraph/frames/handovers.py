"""Whether what a verb of handing over says has come about: not if money, a paper or someone came, or in the present."""

from __future__ import annotations

from armsgraph.frames.groups import Group
from armsgraph.model import DealStatus, EntityType
from armsgraph.syntax import PARTY_TYPES, Tree

__all__ = ["moves_no_thing", "status_of_handover"]

_ORDERS = frozenset({"contract", "order"})
_PRESENT = frozenset({"VBP", "VBZ"})
_SOMEONE = PARTY_TYPES | {EntityType.PERSON}
_TAKEN = frozenset({"dobj", "nsubjpass", "oprd"})
_SCENES = frozenset({"hand-over", "take-delivery", "turn-over"})


def status_of_handover(tree: Tree, group: Group) -> DealStatus | None:
    """Return how far a deal has come of which a verb says that something is handed over or comes.

    A sum that is got for something tells of an order, and so does a handover in the present; where nothing but money,
    a paper or someone moves, it says nothing.
    """
    top = group.top
    if moves_no_thing(tree, group):
        return DealStatus.ORDERED if _lands_something(tree, top) else None
    if _gets_paper(tree, group):
        return DealStatus.ORDERED
    if _hands_over_money(tree, group):
        return DealStatus.ORDERED if _is_for_something(tree, top) else None
    return DealStatus.ORDERED if _is_told_ahead(tree, group) else DealStatus.DELIVERED


def moves_no_thing(tree: Tree, group: Group) -> bool:
    """Say whether what came or went is a paper or someone ("the tender went to", "the minister came to Riga")."""
    if group.rules[group.top].type != "arrive":
        return False
    subject = tree.subject_of(group.top)
    if subject is None:
        return False
    paper = group.rules.get(subject[0])
    if paper is not None and (paper.is_agreement or paper.type == "ask"):
        return True
    return any(m.type in _SOMEONE for m in tree.nouns_at(subject[0]))


def _lands_something(tree: Tree, verb: int) -> bool:
    """Say whether a firm wins what comes to it ("Thales landed 298 million", "landed mortars for the Lynx")."""
    subject = tree.subject_of(verb)
    is_firm = subject is not None and any(m.type is EntityType.FIRM for m in tree.nouns_at(subject[0]))
    return is_firm and any(tree.tokens[c].dep == "dobj" for c in tree.children[verb])


def _is_told_ahead(tree: Tree, group: Group) -> bool:
    """Say whether a handover is told in the present, outside a headline: it is what the paper says, and to come.

    What someone "hands over" or "takes delivery of" is a scene that is looked at.
    """
    token = tree.tokens[group.top]
    is_scene = group.rules[group.top].id in _SCENES
    return token.tag in _PRESENT and not is_scene and tree.parse.sentences[token.sentence].paragraph > 0


def _hands_over_money(tree: Tree, group: Group) -> bool:
    """Say whether what is given or received is a sum, and no thing ("got 118 million for spares")."""
    if group.rules[group.top].type not in {"receive", "sell"}:
        return False
    taken = [c for c in tree.children[group.top] if tree.tokens[c].dep in _TAKEN]
    return any(_is_sum(tree, c) for c in taken)


def _gets_paper(tree: Tree, group: Group) -> bool:
    """Say whether what is given or received is a paper, or a share of an order."""
    taken = {c for c in tree.children[group.top] if tree.tokens[c].dep in _TAKEN}
    shares = {
        g for c in taken for p in tree.children[c] if tree.tokens[p].text.lower() == "of" for g in tree.children[p]
    }
    is_paper = any(i in group.rules and group.rules[i].is_agreement for i in taken)
    return is_paper or any(tree.tokens[g].lemma.lower() in _ORDERS for g in shares)


def _is_for_something(tree: Tree, verb: int) -> bool:
    near = [verb, *(c for c in tree.children[verb] if tree.tokens[c].dep in _TAKEN)]
    return any(tree.tokens[g].text.lower() == "for" for c in near for g in tree.children[c])


def _is_sum(tree: Tree, noun: int) -> bool:
    sums = tree.money_by_sentence.get(tree.tokens[noun].sentence, ())
    start = tree.tokens[noun].span.start
    return tree.tokens[noun].lemma.lower() == "money" or any(m.span.start <= start < m.span.end for m in sums)
