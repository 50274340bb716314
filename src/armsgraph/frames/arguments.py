"""Who plays which part beside a trigger: parties, persons who sign, places."""

from __future__ import annotations

from armsgraph.frames.groups import Group
from armsgraph.frames.tree import PARTY_TYPES, Tree
from armsgraph.lexicon.deals import DealLexicon
from armsgraph.model import Argument, DealStatus, EntityType, Evidence, Mention, MentionForm, Modality, Role, Sentence

__all__ = ["assign_arguments"]

_ITEM_PARTY = {
    "for": Role.BUYER,
    "from": Role.SUPPLIER,
    "to": Role.BUYER,
    "with": Role.SUPPLIER,
    "through": Role.SUPPLIER,
}
_SIGNING = frozenset({"sign", "award", "win"})
_FINITE = frozenset({"conj", "ccomp", "advcl", "relcl", "parataxis", "ROOT"})
_ROLES = {
    "buyer": Role.BUYER,
    "supplier": Role.SUPPLIER,
    "party": Role.PARTY,
    "counterpart": Role.COUNTERPART,
    "approver": Role.APPROVER,
    "maker": Role.MAKER,
}


def assign_arguments(
    tree: Tree, sentence: Sentence, groups: tuple[Group, ...], lexicon: DealLexicon
) -> list[list[Argument]]:
    """Return the arguments of each trigger group of a sentence, in the order of the groups."""
    owner = {i: n for n, g in enumerate(groups) for i in g.rules}
    spine = frozenset(owner)
    result: list[list[Argument]] = [[] for _ in groups]
    for mention in tree.mentions_by_sentence.get(sentence.i, ()):
        if mention.form is MentionForm.ADJECTIVE or mention.entity_id is None:
            continue
        reached = tree.case_of(tree.heads[mention], spine)
        if reached is None:
            continue
        trigger, case, clause = reached
        if _crosses_verb(tree, tree.heads[mention], spine):
            continue
        n = owner[trigger]
        if tree.types.get(mention.entity_id) is EntityType.PLACE and _is_container(tree, mention):
            continue
        argument = _argument(tree, groups[n], trigger, case, clause, mention, lexicon)
        if argument is not None:
            result[n].append(argument)
    for n, group in enumerate(groups):
        result[n].extend(_inherited(tree, group, result[n], lexicon))
    return result


def _crosses_verb(tree: Tree, start: int, spine: frozenset[int]) -> bool:
    """Say whether a finite clause of another verb lies between a mention and its trigger."""
    for parent, label in tree.ancestors(start):
        if parent in spine:
            return label in {"ccomp", "advcl", "parataxis"}
        if tree.tokens[parent].pos in {"VERB", "AUX"} and tree.tokens[parent].dep in _FINITE:
            return True
    return False


def _argument(
    tree: Tree, group: Group, trigger: int, case: str, clause: bool, mention: Mention, lexicon: DealLexicon
) -> Argument | None:
    rule = group.rules[trigger]
    entity_id = mention.entity_id or ""
    kind = tree.types.get(entity_id)
    evidence = Evidence(
        span=mention.span,
        rule=f"trigger.{rule.id}.{case}",
        confidence=0.6 if clause else 0.85,
        modality=Modality.ASSERTED,
    )
    if kind is EntityType.PERSON:
        return _person_argument(tree, group, trigger, case, mention, evidence)
    if kind is EntityType.PLACE:
        if case in {"in", "at", "near"}:
            if any(r.type == "produce" for r in group.rules.values()):
                return Argument(role=Role.PRODUCED_AT, entity_id=entity_id, evidence=evidence)
            if _signs(group):
                return Argument(role=Role.SIGNED_AT, entity_id=entity_id, evidence=evidence)
        return None
    if kind not in PARTY_TYPES:
        return None
    wanted = rule.cases.get(case)
    bottom = _bottom_case(tree, tree.heads[mention])
    if wanted is None and bottom in {"by", "from", "on", "to", "with"}:
        wanted = rule.cases.get(bottom)  # "an order worth Rs 409 crore on X": the inner preposition decides
    if wanted in {"item", None}:
        role = _ITEM_PARTY.get(bottom)
        if rule.type == "sell" and rule.is_verb and case == bottom == "object":
            role = Role.BUYER  # "supply Qatar with 24 aircraft"
        if case == "object" and bottom == "object" and rule.type == "award":
            role = Role.SUPPLIER
        if role is None:
            return None
        if role is Role.SUPPLIER and bottom == "with" and rule.type not in {"sign", "buy", "award"}:
            return None
    else:
        role = _ROLES[wanted]
        if bottom != case and bottom in {"for", "to"} and role in {Role.SUPPLIER, Role.BUYER} and case != bottom:
            role = Role.BUYER
        elif bottom != case and bottom == "of" and not _is_government(tree, tree.heads[mention], lexicon):
            return None
    if rule.id == "order-n" and case == "from":
        verbs = {r.type for r in group.rules.values() if r.is_verb}
        role = Role.BUYER if verbs & {"win", "receive"} else Role.SUPPLIER
    return Argument(role=role, entity_id=entity_id, evidence=evidence)


def _person_argument(
    tree: Tree, group: Group, trigger: int, case: str, mention: Mention, evidence: Evidence
) -> Argument | None:
    rule = group.rules[trigger]
    if rule.is_verb and rule.type == "sign" and rule.id in {"sign", "sign-alone"} and case in {"subject", "by"}:
        return Argument(role=Role.SIGNATORY, entity_id=mention.entity_id or "", evidence=evidence)
    # a minister who gives or buys does so for the state
    if rule.is_verb and case in {"subject", "by"} and rule.type in {"sell", "buy", "receive"}:
        offices = [t for t in tree.tenures if t.person_id == mention.entity_id and t.of_id is not None]
        if offices and tree.types.get(offices[0].of_id or "") is EntityType.STATE:
            return Argument(role=_ROLES[rule.cases["subject"]], entity_id=offices[0].of_id or "", evidence=evidence)
    return None


def _inherited(tree: Tree, group: Group, found: list[Argument], lexicon: DealLexicon) -> list[Argument]:
    """Subjects that a trigger shares with the verb above it, and nouns that a relative clause takes up."""
    have = {a.role for a in found}
    extra: list[Argument] = []
    for i in sorted(group.rules):
        rule = group.rules[i]
        if rule.is_verb:
            subject = tree.subject_of(i)
            # who signs a contract to supply may be either side: the signing verb says who, not "supply"
            if subject is None or (i != group.top and rule.type == "sell" and group.rules[group.top].type in _SIGNING):
                continue
            token, case = subject
            wanted = rule.cases.get(case)
        else:
            token_case = _subject_over_noun(tree, i, group, lexicon)
            if token_case is None or rule.type not in {"buy", "sell", "ask", "cancel"}:
                continue
            token, case = token_case, "possessive"
            wanted = rule.cases.get(case)
        if wanted not in _ROLES or _ROLES[wanted] in have:
            continue
        for m in _mentions_hanging(tree, token, lexicon):
            if tree.types.get(m.entity_id or "") in PARTY_TYPES:
                evidence = Evidence(
                    span=m.span, rule=f"trigger.{rule.id}.{case}.shared", confidence=0.75, modality=Modality.ASSERTED
                )
                extra.append(Argument(role=_ROLES[wanted], entity_id=m.entity_id or "", evidence=evidence))
    known = {(a.role, a.entity_id) for a in found}
    unique: list[Argument] = []
    for a in extra:
        if (a.role, a.entity_id) not in known:
            known.add((a.role, a.entity_id))
            unique.append(a)
    return unique


def _subject_over_noun(tree: Tree, noun: int, group: Group, lexicon: DealLexicon) -> int | None:
    """ "India announced the purchase of ...": the subject of the verb whose object the noun is."""
    for parent, label in tree.ancestors(noun):
        if label not in {"dobj", "prep", "pobj", "acl", "xcomp", "conj"} or parent in group.rules:
            if parent not in group.rules:
                return None
            continue
        if tree.tokens[parent].pos == "VERB":
            if tree.tokens[parent].lemma.lower() not in lexicon.words["light_verbs"]:
                return None
            subject = tree.subject_of(parent)
            return subject[0] if subject and subject[1] == "subject" else None
    return None


def _is_government(tree: Tree, head: int, lexicon: DealLexicon) -> bool:
    """Say whether a name stands behind "government of" and the like."""
    above = tree.tokens[tree.tokens[head].head]
    return above.lemma == "of" and tree.tokens[above.head].text.lower() in lexicon.words["government_words"]


def _is_container(tree: Tree, mention: Mention) -> bool:
    """Say whether a place only says where the one before it lies ("Johnstown, Pennsylvania")."""
    text = tree.document.text[: mention.span.start].rstrip()
    if not text.endswith(","):
        return False
    before = tree.token_at(len(text) - 2)
    return before is not None and any(
        m.type is EntityType.PLACE and m.span.end == len(text) - 1 for m in tree.mentions_at.get(before.i, ())
    )


def _mentions_hanging(tree: Tree, head: int, lexicon: DealLexicon) -> list[Mention]:
    """Return the named mentions at a token and at the ones co-ordinated with it."""
    found: list[Mention] = []
    todo = [head]
    while todo:
        i = todo.pop(0)
        found.extend(
            m for m in tree.mentions_at.get(i, ()) if tree.heads[m] == i and m.form is not MentionForm.ADJECTIVE
        )
        todo.extend(c for c in tree.children[i] if tree.tokens[c].dep == "conj")
        if tree.tokens[i].text.lower() in lexicon.words["government_words"]:
            todo.extend(g for c in tree.children[i] if tree.tokens[c].lemma == "of" for g in tree.children[c])
    return found


def _bottom_case(tree: Tree, head: int) -> str:
    """Return the case by which a mention hangs on the word next above it."""
    for parent, label in tree.ancestors(head):
        if label in {"conj", "appos", "compound", "nmod", "amod", "npadvmod", "det", "flat"}:
            continue
        if label == "pobj":
            return "by" if tree.tokens[parent].dep == "agent" else tree.tokens[parent].lemma.lower()
        return {
            "poss": "possessive",
            "nsubj": "subject",
            "nsubjpass": "passive_subject",
            "dobj": "object",
            "attr": "object",
            "dative": "dative",
        }.get(label, label)
    return "modifier"


def _signs(group: Group) -> bool:
    return any(r.type in {"sign"} and r.is_verb for r in group.rules.values()) or any(
        r.is_verb and r.status in {DealStatus.SIGNED} for r in group.rules.values()
    )
