"""Where a party beside a trigger does not play the part that its case mostly says."""

from __future__ import annotations

from armsgraph.frames.groups import Group
from armsgraph.lexicon.deals import DealLexicon
from armsgraph.model import EntityType, Mention, Role
from armsgraph.syntax import CLAUSES, Tree

__all__ = ["exception_of", "is_owner_of_firm"]

_OBJECTS = frozenset({"dobj", "oprd", "attr"})
_PUBLIC = frozenset({EntityType.ARMED_FORCE, EntityType.GOVERNMENT_BODY})
_SIGNING = frozenset({"sign-alone", "put-name"})
_DOES = {"sell": Role.SUPPLIER, "buy": Role.BUYER}
_OWNING = frozenset({"amod", "compound", "nmod", "poss"})
_OWNED = _PUBLIC | {EntityType.FIRM}
_INSIDE = frozenset({"compound", "conj", "nmod", "pobj", "poss", "prep"})
_TOGETHER = frozenset({"together", "jointly", "along"})
_BY_PERSON = frozenset({"nsubj", "agent"})


def is_owner_of_firm(tree: Tree, mention: Mention) -> bool:
    """Say whether a name only says whose firm acts ("Norway's Norvik Arms", "Tarn, a Norvik Arms company")."""
    head = tree.heads[mention]
    if mention.type is EntityType.FIRM:
        return _is_in_apposition(tree, head)
    if mention.type is not EntityType.STATE or tree.tokens[head].dep not in _OWNING:
        return False
    above = tree.tokens[head].head
    named = [above, *(c for c in tree.children[above] if tree.tokens[c].dep == "appos")]
    return any(m.type in _OWNED for i in named for m in tree.nouns_at(i))


def _is_in_apposition(tree: Tree, head: int) -> bool:
    """Say whether a name stands inside a noun phrase that only describes the firm before it."""
    current = head
    for parent, label in tree.ancestors(head):
        if label == "appos":
            is_described = any(m.type is EntityType.FIRM for m in tree.nouns_at(parent))
            return current != head and current not in tree.mentions_at and is_described
        if label not in _INSIDE:
            return False
        current = parent
    return False


def exception_of(
    tree: Tree, group: Group, trigger: int, case: str, bottom: str, mention: Mention, lexicon: DealLexicon
) -> tuple[Role | None] | None:
    """Return the role, or (None,) for none at all, of a party that the case alone would misread; None if it would not.

    - Who gets or is given money provides ("Norvik Arms got $14 million for it"), and so does a firm that gets anything
      but arms: work, the job, its part of the order.
    - An order from a force or a body is its own; one "from Norvik Arms" may be placed with it.
    - For whom a person signs is a party, whichever side that is.
    - Who has contracted to supply supplies, and what is contracted from a firm comes from it.
    - Who wants to sell or give buys nothing.
    - Who agrees to sell supplies, who agrees to buy buys; who signs a paper to do so may be either side.
    - Who buys "together with" another buys like him, and an alliance through which one buys supplies nothing.
    - A contract right before "from" is given by who stands behind it.
    - Who signs up a firm buys from it.
    """
    rule, kind = group.rules[trigger], mention.type
    is_direct = case == bottom
    if is_direct and case == "with" and _is_together(tree, mention) and rule.cases.get("subject") == Role.BUYER:
        return (Role.BUYER,)
    if is_direct and case == "through" and kind is EntityType.INTERNATIONAL_ORGANISATION:
        return (None,)
    if rule.id == "sign-up" and case in {"subject", "object"} and _signs_firm_up(tree, trigger):
        return (Role.BUYER if case == "subject" else Role.SUPPLIER,)
    if is_direct and case in {"subject", "passive_subject"}:
        if (case == "subject" and rule.type == "receive") or (case == "passive_subject" and rule.type == "sell"):
            return _who_gets(tree, trigger, kind, lexicon, is_given=case == "passive_subject")
        if rule.id == "contract" and case == "subject" and _governs_sale(tree, group, trigger):
            return (Role.SUPPLIER,)
        if rule.id == "want" and _governs_sale(tree, group, trigger):
            return (None,)
        if (
            rule.type == "sign"
            and case == "subject"
            and not any(tree.tokens[c].dep == "dobj" for c in tree.children[trigger])
        ):
            return _who_agrees(tree, group, trigger)
    if is_direct and case == "from":
        if rule.id == "order-n" and (kind in _PUBLIC or (kind is EntityType.STATE and _is_of_nobody(tree, trigger))):
            return (Role.BUYER,)
        if rule.id == "contract-n" and tree.tokens[trigger + 1].text.lower() == "from":
            return (Role.BUYER,)
        if rule.id == "contract" and kind is EntityType.FIRM:
            return (Role.SUPPLIER,)
    if is_direct and case == "for" and rule.id in _SIGNING and _is_signed_by_person(tree, trigger):
        return (Role.PARTY,)
    return None


def _is_together(tree: Tree, mention: Mention) -> bool:
    """Say whether a name stands behind "together with" and the like."""
    preposition = tree.tokens[tree.heads[mention]].head
    return tree.tokens[preposition - 1].text.lower() in _TOGETHER if preposition else False


def _signs_firm_up(tree: Tree, verb: int) -> bool:
    objects = [c for c in tree.children[verb] if tree.tokens[c].dep == "dobj"]
    return any(m.type is EntityType.FIRM for c in objects for m in tree.nouns_at(c))


def _who_gets(
    tree: Tree, verb: int, kind: EntityType, lexicon: DealLexicon, *, is_given: bool
) -> tuple[Role | None] | None:
    objects = [c for c in tree.children[verb] if tree.tokens[c].dep in _OBJECTS]
    inside = [i for c in objects for i in tree.subtree(c, stop=CLAUSES | {"prep"})]
    spans = [m.span for m in tree.money_by_sentence.get(tree.tokens[verb].sentence, ())]
    if any(tree.tokens[i].span.overlaps(s) for i in inside for s in spans) and not _names_thing(tree, inside, lexicon):
        return (Role.SUPPLIER,)
    if is_given or kind is not EntityType.FIRM:
        return None
    whole = [i for c in objects for i in tree.subtree(c, stop=CLAUSES)]
    is_work = any(r.is_agreement for i in whole for r in lexicon.nouns.get(tree.tokens[i].lemma.lower(), ()))
    return (Role.SUPPLIER,) if is_work or not _names_thing(tree, inside, lexicon) else None


def _names_thing(tree: Tree, tokens: list[int], lexicon: DealLexicon) -> bool:
    """Say whether one of the tokens is a weapon or a noun for a class of arms."""
    return any(
        lexicon.class_nouns.get(tree.tokens[i].lemma.lower()) == "thing"
        or any(m.type is EntityType.WEAPON for m in tree.nouns_at(i))
        for i in tokens
    )


def _governs_sale(tree: Tree, group: Group, verb: int) -> bool:
    return any(r.is_verb and r.type == "sell" and tree.tokens[i].head == verb for i, r in group.rules.items())


def _is_of_nobody(tree: Tree, order: int) -> bool:
    """Say whether a noun has "from" right behind it and no owner before it ("an order from Rome", not "its order")."""
    before = {tree.tokens[c].dep for c in tree.children[order] if c < order}
    return tree.tokens[order + 1].text.lower() == "from" and not before & {"amod", "nmod", "poss"}


def _who_agrees(tree: Tree, group: Group, verb: int) -> tuple[Role] | None:
    below = {r.type for i, r in group.rules.items() if tree.tokens[i].dep == "xcomp" and tree.tokens[i].head == verb}
    return next(((role,) for kind, role in _DOES.items() if kind in below), None)


def _is_signed_by_person(tree: Tree, verb: int) -> bool:
    return any(
        m.type is EntityType.PERSON
        for c in tree.children[verb]
        if tree.tokens[c].dep in _BY_PERSON
        for i in tree.subtree(c)
        for m in tree.nouns_at(i)
    )
