"""Parties that hang on no case of a trigger: who makes the thing, whose nation it is, who is called the customer."""

from __future__ import annotations

from dataclasses import replace

from armsgraph.frames.groups import Group
from armsgraph.frames.roles import read_argument
from armsgraph.lexicon.deals import Trigger
from armsgraph.model import Argument, DealKind, EntityType, Mention, Role
from armsgraph.syntax import PARTY_TYPES, Tree

__all__ = ["adjective_argument", "case_of_sibling", "named_by_role", "stray_party", "with_makers"]

_FINITE = frozenset({"VBD", "VBP", "VBZ"})
_PARTS = frozenset({"compound", "nmod", "amod", "poss", "conj"})
_SIDES = {"subject": "nsubj", "passive_subject": "nsubjpass", "by": "agent", "object": "dobj"}
_OF_NATION = {"buy": Role.BUYER, "ask": Role.BUYER, "sell": Role.SUPPLIER}
_NAMED = {"nsubj": frozenset({"attr", "dobj"}), "attr": frozenset({"nsubj"})}


def adjective_argument(tree: Tree, groups: tuple[Group, ...], mention: Mention) -> list[tuple[int, Argument]]:
    """Return the state that an adjective before a noun of buying or selling names ("the Polish order")."""
    head = tree.heads[mention]
    noun = tree.tokens[head].head
    rule = next((g.rules[noun] for g in groups if noun in g.rules), None)
    if rule is None or rule.is_verb or rule.strength == "support" or tree.tokens[head].dep not in _PARTS:
        return []
    role = _OF_NATION.get(rule.type)
    return [(noun, read_argument(role, mention, rule, "nation", 0.6))] if role is not None else []


def case_of_sibling(tree: Tree, mention: Mention, verb: int) -> str | None:
    """Return the case of the name to which one that the parser hangs on the verb itself is joined.

    "signed in Lisbon by Anna Berg, minister of defence, and Rui Matos": the second goes with the first. A name with a
    verb right behind it is the subject of that ("Norway supplies 32 and Kenya makes ...").
    """
    head = tree.heads[mention]
    if tree.tokens[head + 1].tag in _FINITE and not tree.tokens[head + 1].dep.startswith("aux"):
        return None
    for child in sorted((c for c in tree.children[verb] if c < head), reverse=True):
        below = {m.type for i in tree.subtree(child) for m in tree.mentions_at.get(i, ())}
        if mention.type in below:
            return next((case for case, label in _SIDES.items() if label == tree.tokens[child].dep), None)
    return None


def stray_party(tree: Tree, groups: tuple[Group, ...], mention: Mention) -> list[tuple[int, Argument]]:
    """Return a party of "between A and B" that the parser hangs on none of the triggers: of the paper before it."""
    if mention.type not in PARTY_TYPES:
        return []
    head = tree.heads[mention]
    while tree.tokens[head].dep in {"conj", "appos"}:
        head = tree.tokens[head].head
    above = tree.tokens[head].head
    if tree.tokens[head].dep != "pobj" or tree.tokens[above].lemma.lower() != "between":
        return []
    papers = [(i, n) for n, g in enumerate(groups) for i, r in g.rules.items() if r.is_agreement and i < above]
    if not papers:
        return []
    paper, n = max(papers)
    return [(n, read_argument(Role.PARTY, mention, groups[n].rules[paper], "between", 0.6))]


def named_by_role(tree: Tree, group: Group) -> list[Argument]:
    """Return who is called the customer or the supplier ("the customer is Kenya", "the contractors include ...")."""
    found: list[Argument] = []
    for noun, rule in group.rules.items():
        role = rule.cases.get("same")
        if role is None:
            continue
        token = tree.tokens[noun]
        others = _NAMED.get(token.dep, frozenset())
        for child in tree.children[token.head]:
            if tree.tokens[child].dep in others:
                found.extend(read_argument(Role(role), m, rule, "same", 0.75) for m in _parties(tree, child))
    return found


def with_makers(tree: Tree, group: Group, arguments: list[Argument]) -> list[Argument]:
    """Return the arguments with who makes the thing for a buyer, or whose thing is bought, as the supplier.

    Only where nobody else is said to supply: "is building two frigates for the navy", "bought Norvik Arms rifles".
    """
    roles = {a.role for a in arguments}
    if Role.SUPPLIER in roles:
        licensed = any(r.kind is DealKind.LICENCE for r in group.rules.values()) and Role.BUYER not in roles
        # who makes a thing under licence gets the licence
        return [*arguments, *(_turned(a, Role.BUYER) for a in arguments if licensed and a.role is Role.MAKER)]
    if Role.BUYER in roles and Role.MAKER in roles:
        return [*arguments, *(_turned(a, Role.SUPPLIER) for a in arguments if a.role is Role.MAKER)]
    found: list[Argument] = []
    for verb, rule in group.rules.items():
        if rule.type != "buy" or Role.BUYER not in roles:
            continue
        for thing in _bought(tree, verb, rule):
            found.extend(read_argument(Role.SUPPLIER, m, rule, "thing", 0.6) for m in _owners(tree, thing))
    buyers = {a.entity_id for a in arguments}
    return [*arguments, *(a for a in found if a.entity_id not in buyers)]


def _turned(argument: Argument, role: Role) -> Argument:
    return replace(argument, role=role, evidence=replace(argument.evidence, rule=f"{argument.evidence.rule}.maker"))


def _bought(tree: Tree, trigger: int, rule: Trigger) -> list[int]:
    """Return what a verb or a noun of buying is said of ("the purchase of")."""
    if rule.is_verb:
        return [c for c in tree.children[trigger] if tree.tokens[c].dep in {"dobj", "nsubjpass"}]
    return [
        thing
        for c in tree.children[trigger]
        if tree.tokens[c].text.lower() == "of"
        for thing in tree.children[c]
        if tree.tokens[thing].dep == "pobj"
    ]


def _owners(tree: Tree, thing: int) -> list[Mention]:
    """Return the firms and states in front of a thing ("Norway's Skua missiles", "Norvik Arms rifles")."""
    before = [c for c in tree.children[thing] if tree.tokens[c].dep in _PARTS and c < thing]
    # "Norvik's King's Sling": the name of a thing can have an owner in it
    before += [c for b in before for c in tree.children[b] if tree.tokens[c].dep == "poss" and c < b]
    return [
        m
        for child in before
        for m in tree.nouns_at(child)
        if (m.type is EntityType.FIRM or (m.type is EntityType.STATE and tree.tokens[child].dep == "poss"))
    ]


def _parties(tree: Tree, head: int) -> list[Mention]:
    return [
        m
        for i in tree.subtree(head, stop=frozenset({"prep", "relcl", "acl", "appos", "advcl"}))
        for m in tree.nouns_at(i)
        if m.type in PARTY_TYPES
    ]
