"""Persons who sign or act for their state, and the places of signing and making."""

from __future__ import annotations

from dataclasses import replace

from armsgraph.frames.groups import Group
from armsgraph.frames.roles import read_argument
from armsgraph.lexicon.deals import Trigger
from armsgraph.model import Argument, DealStatus, EntityType, Evidence, Mention, Role
from armsgraph.syntax import PARTY_TYPES, Tree

__all__ = ["SIGNATURE", "is_of_signing", "person_arguments", "place_of_work", "role_of_place", "signers_before"]

_SIGNING = frozenset({"sign", "sign-alone", "put-name"})
SIGNATURE = "signing-n"
_OUT_OF = frozenset({"at", "from", "in", "object", "of"})
_WHERE = frozenset({"in", "at", "near"})


def person_arguments(tree: Tree, rule: Trigger, case: str, mention: Mention, evidence: Evidence) -> list[Argument]:
    """Return what a person beside a trigger says: that he signed, and for whom he signed, gave or bought."""
    signs_by_noun = rule.id == SIGNATURE and case in {"of", "by"}
    if not signs_by_noun and (not rule.is_verb or case not in {"subject", "by"}):
        return []
    person = mention.entity_id or ""
    holds = [t.of_id for t in tree.tenures if t.person_id == person and t.of_id is not None]
    if rule.id in _SIGNING or signs_by_noun:
        signs = Argument(role=Role.SIGNATORY, entity_id=person, evidence=evidence)
        acts_for = replace(evidence, rule=f"{evidence.rule}.office", confidence=0.6)
        return [
            signs,
            *(
                Argument(role=Role.PARTY, entity_id=of_id, evidence=acts_for)
                for of_id in dict.fromkeys(holds)
                if tree.types.get(of_id) in PARTY_TYPES
            ),
        ]
    # a minister who gives or buys does so for the state
    if rule.type in {"sell", "buy", "receive"} and holds and tree.types.get(holds[0]) is EntityType.STATE:
        role = Role.SUPPLIER if rule.type == "sell" else Role.BUYER
        return [Argument(role=role, entity_id=holds[0], evidence=evidence)]
    return []


def signers_before(tree: Tree, group: Group) -> list[Argument]:
    """Return the persons that a clause of signing takes up ("Anna Berg and Rui Matos, who signed it").

    "Anna Berg, head of the agency, signed" is to the parser a participle at her name; but persons are not signed.
    """
    found: list[Argument] = []
    for verb, rule in group.rules.items():
        subject = tree.subject_of(verb) if rule.id in _SIGNING else None
        clause = tree.tokens[verb].dep
        if subject is None or not (clause == "acl" or (clause == "relcl" and subject[1] == "subject")):
            continue
        heads = [subject[0]]
        while tree.tokens[heads[-1]].dep == "conj":
            heads.append(tree.tokens[heads[-1]].head)
        for head in reversed(heads):
            persons = [m for m in tree.nouns_at(head) if m.type is EntityType.PERSON]
            found.extend(read_argument(Role.SIGNATORY, m, rule, "subject", 0.75) for m in persons)
    return found


def role_of_place(group: Group, case: str, bottom: str) -> Role | None:
    """Say what a place is to a trigger group: where it is made, where it was signed, or nothing.

    Args:
        case: The case by which the place hangs on its trigger.
        bottom: The case by which it hangs on the word next above it.
    """
    if case in _OUT_OF and any("from-places" in r.marks for r in group.rules.values()):
        return Role.PRODUCED_AT
    if case == bottom == "from" and any(r.type == "arrive" and r.status is None for r in group.rules.values()):
        return Role.PRODUCED_AT  # "they will come from Belfast"
    makes = any(r.type == "produce" for r in group.rules.values())
    if makes and (case in _WHERE or (case in {"by", "subject"} and bottom in _WHERE) or case == bottom == "subject"):
        return Role.PRODUCED_AT
    if case in _WHERE and not makes and _signs(group):
        return Role.SIGNED_AT
    return None


def is_of_signing(tree: Tree, verb: int, group: Group) -> bool:
    """Say whether a signing is what a verb speaks of ("the signing ceremony took place on Monday")."""
    subject = tree.subject_of(verb)
    near = [] if subject is None else [subject[0], *tree.children[subject[0]]]
    return any(i in group.rules and group.rules[i].id == SIGNATURE for i in near)


def place_of_work(tree: Tree, groups: tuple[Group, ...], mention: Mention) -> list[tuple[int, Argument]]:
    """Return a place in the list behind "work will be performed in", which the parser seldom hangs right.

    Likewise one where "the signing took place".
    """
    for n, group in enumerate(groups):
        verb = _verb_of_place(tree, mention)
        if verb is not None and mention.type is EntityType.PLACE and is_of_signing(tree, verb, group):
            signing = next(r for r in group.rules.values() if r.id == SIGNATURE)
            return [(n, read_argument(Role.SIGNED_AT, mention, signing, "in", 0.7))]
        for i, rule in group.rules.items():
            behind = tree.tokens[i].span.start < mention.span.start
            if mention.type is EntityType.PLACE and "lists-places" in rule.marks and behind:
                return [(n, read_argument(Role.PRODUCED_AT, mention, rule, "list", 0.7))]
    return []


def _verb_of_place(tree: Tree, mention: Mention) -> int | None:
    """Return the verb on which a place hangs by "in" or the like."""
    preposition = tree.tokens[tree.heads[mention]].head
    above = tree.tokens[tree.tokens[preposition].head]
    is_where = tree.tokens[preposition].text.lower() in _WHERE
    return above.i if is_where and above.pos in {"AUX", "VERB"} else None


def _signs(group: Group) -> bool:
    rules = group.rules.values()
    return any((r.is_verb and (r.type == "sign" or r.status is DealStatus.SIGNED)) or r.id == SIGNATURE for r in rules)
