"""Who plays which part beside a trigger: parties, persons who sign, places."""

from __future__ import annotations

from dataclasses import replace

from armsgraph.frames.clauses import opens_clause
from armsgraph.frames.datelines import is_label, is_written_from
from armsgraph.frames.envoys import is_host_of_envoy, state_of_envoy
from armsgraph.frames.exceptions import exception_of, is_owner_of_firm
from armsgraph.frames.groups import Group
from armsgraph.frames.headlines import acting_in_a_row
from armsgraph.frames.makers import adjective_argument, case_of_sibling, named_by_role, stray_party, with_makers
from armsgraph.frames.pronouns import antecedents
from armsgraph.frames.roles import read_argument
from armsgraph.frames.signing import person_arguments, place_of_work, role_of_place, signers_before
from armsgraph.lexicon.deals import DealLexicon, Trigger
from armsgraph.model import Argument, EntityType, Evidence, Mention, MentionForm, Modality, Role, Sentence
from armsgraph.syntax import PARTY_TYPES, Tree

__all__ = ["are_people", "assign_arguments", "is_container"]

_SIDES = frozenset({Role.BUYER, Role.SUPPLIER, Role.PARTY, Role.COUNTERPART})
_WHEREABOUTS = frozenset(
    {"after", "against", "at", "before", "in", "inside", "like", "near", "than", "under", "within"}
)
_GETTING = frozenset({"award", "buy", "receive", "sign"})
_ITEM_PARTY = {
    "for": Role.BUYER,
    "from": Role.SUPPLIER,
    "to": Role.BUYER,
    "with": Role.SUPPLIER,
    "through": Role.SUPPLIER,
}
_SIGNING = frozenset({"sign", "award", "win"})
_OWNED = frozenset({"ask", "buy", "cancel", "sell", "sign"})
# What may stand before a place or a state that only says where it lies.
_CONTAINED = {
    EntityType.PLACE: frozenset({EntityType.FIRM, EntityType.PLACE}),
    EntityType.STATE: frozenset({EntityType.FIRM}),
}
_ALONE = frozenset({"dative", "dobj", "nsubj", "nsubjpass", "pobj"})
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
        if mention.entity_id is None or is_written_from(tree, sentence, mention):
            continue
        if mention.form is MentionForm.ADJECTIVE and not are_people(tree, mention):
            for trigger, argument in adjective_argument(tree, groups, mention):
                result[owner[trigger]].append(argument)
            for n, argument in state_of_envoy(tree, groups, mention, lexicon):
                result[n].append(argument)
            continue
        opening = opens_clause(tree, groups, mention)
        if opening is not None:
            result[opening[0]].append(opening[1])
            continue
        reached = tree.case_of(tree.heads[mention], spine) or _right_behind(tree, groups, tree.heads[mention])
        if reached is None:
            work = [] if is_container(tree, mention) else place_of_work(tree, groups, mention)
            for n, argument in stray_party(tree, groups, mention) + work:
                result[n].append(argument)
            continue
        trigger, case, clause = reached
        if tree.tokens[tree.heads[mention]].dep == "conj" and tree.tokens[tree.heads[mention]].head == trigger:
            case = case_of_sibling(tree, mention, trigger) or case
        if _crosses_verb(tree, tree.heads[mention], spine):
            continue
        n = owner[trigger]
        if is_container(tree, mention) or is_owner_of_firm(tree, mention) or _is_ruled_out(tree, tree.heads[mention]):
            continue
        said = _argument(tree, groups[n], trigger, case, clause, mention, lexicon)
        for m, argument in [(n, a) for a in said] or place_of_work(tree, groups, mention):
            result[m].append(argument)
    for n, argument in acting_in_a_row(tree, sentence, groups):
        if argument.entity_id not in {a.entity_id for a in result[n] if a.role in _SIDES}:
            result[n].append(argument)
    for n, group in enumerate(groups):
        result[n].extend(_inherited(tree, group, result[n], lexicon))
        result[n].extend(named_by_role(tree, group))
        result[n].extend(signers_before(tree, group))
        result[n] = with_makers(tree, group, result[n])
        if len({a.entity_id for a in result[n] if a.role in _SIDES}) < 2:
            # one minister among several persons may stand for either side
            result[n] = [
                a for a in result[n] if not a.evidence.rule.endswith(".office") or _is_only_state(tree, sentence, a)
            ]
        if any(a.evidence.rule.endswith(".behalf") for a in result[n]):
            # who buys on behalf of others is no buyer
            result[n] = [a for a in result[n] if a.role is not Role.BUYER or a.evidence.rule.endswith(".behalf")]
    return result


def _right_behind(tree: Tree, groups: tuple[Group, ...], head: int) -> tuple[int, str, bool] | None:
    """Return the noun that a preposition stands right behind, if the parser hangs it elsewhere ("a nod from Kenya")."""
    preposition = tree.tokens[tree.tokens[head].head]
    if tree.tokens[head].dep != "pobj" or preposition.dep != "prep":
        return None
    noun = preposition.i - 1
    is_noun = any(noun in g.rules and not g.rules[noun].is_verb for g in groups)
    return (noun, preposition.lemma.lower(), False) if is_noun else None


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
) -> list[Argument]:
    rule = group.rules[trigger]
    entity_id = mention.entity_id or ""
    kind = tree.types.get(entity_id)
    bottom = tree.case_above(tree.heads[mention])
    evidence = Evidence(
        span=mention.span,
        rule=f"trigger.{rule.id}.{case}",
        confidence=0.6 if clause else 0.85,
        modality=Modality.ASSERTED,
    )
    if kind is EntityType.PERSON:
        return person_arguments(tree, rule, case, mention, evidence)
    if kind is EntityType.PLACE:
        place_role = role_of_place(group, case, bottom)
        return [Argument(role=place_role, entity_id=entity_id, evidence=evidence)] if place_role else []
    if kind not in PARTY_TYPES:
        return []
    if rule.type in _GETTING and _is_behalf(tree, tree.heads[mention]):
        evidence = replace(evidence, rule=f"trigger.{rule.id}.behalf")
        return [Argument(role=Role.BUYER, entity_id=entity_id, evidence=evidence)]
    role = _party_role(tree, group, trigger, case, bottom, mention, lexicon)
    return [Argument(role=role, entity_id=entity_id, evidence=evidence)] if role else []


def _party_role(
    tree: Tree, group: Group, trigger: int, case: str, bottom: str, mention: Mention, lexicon: DealLexicon
) -> Role | None:
    rule = group.rules[trigger]
    exception = exception_of(tree, group, trigger, case, bottom, mention, lexicon)
    if exception is not None:
        return exception[0]
    if case == bottom == "passive_subject" and rule.type == "sell" and _has_object(tree, trigger):
        return Role.BUYER  # "Kenya was given 12 missiles"
    if case == bottom == "to" and is_host_of_envoy(tree, tree.heads[mention], trigger, lexicon):
        return None
    if case == "subject" and _ends_sale(group, rule):
        return None
    wanted = rule.cases.get(case)
    if wanted is None and bottom in {"by", "from", "on", "to", "with"}:
        wanted = rule.cases.get(bottom)  # "an order worth Rs 409 crore on X": the inner preposition decides
    if wanted in {"item", None}:
        # "for one Norvik-made aircraft": the preposition is that of the aircraft
        role = _ITEM_PARTY.get(bottom) if case != "modifier" else Role.MAKER if rule.type == "produce" else None
        if rule.type == "sell" and rule.is_verb and case == bottom == "object":
            role = Role.BUYER  # "supply Qatar with 24 aircraft"
        if case == "object" and bottom == "object" and rule.type == "award":
            role = Role.SUPPLIER
        if bottom == "with" and rule.type == "sign":
            role = Role.COUNTERPART
        if role is Role.SUPPLIER and bottom == "with" and rule.type not in {"sign", "buy", "award"}:
            role = None
    else:
        role = _ROLES[wanted]
        if rule.type == "produce" and role is Role.BUYER and bottom != case:
            return None  # "a contract for one Norvik-made aircraft"
        if case == "dative":
            return role  # "was awarded to the firm"
        if bottom != case and bottom in {"for", "to"} and role in {Role.SUPPLIER, Role.BUYER}:
            role = Role.BUYER
        elif bottom != case and bottom in _WHEREABOUTS:
            return None  # "the missile maker inside the group has found"
        elif bottom != case and bottom == "of" and not _is_government(tree, tree.heads[mention], lexicon):
            role = None
    if rule.type == "approve" and rule.is_verb and case == "from":
        role = Role.SUPPLIER  # "approved 20 helicopters from", but "the approval from"
    if rule.id == "order-n" and case == "from":
        verbs = {r.type for r in group.rules.values() if r.is_verb}
        role = Role.BUYER if verbs & {"win", "receive"} else Role.SUPPLIER
    return role


def _inherited(tree: Tree, group: Group, found: list[Argument], lexicon: DealLexicon) -> list[Argument]:
    """Subjects that a trigger shares with the verb above it, and nouns that a relative clause takes up."""
    have = {a.role for a in found}
    extra: list[Argument] = []
    for i in sorted(group.rules):
        rule = group.rules[i]
        if rule.is_verb:
            subject = None if _ends_sale(group, rule) else tree.subject_of(i)
            # who signs a contract to supply may be either side: the signing verb says who, not "supply"
            if subject is None or (i != group.top and rule.type == "sell" and group.rules[group.top].type in _SIGNING):
                continue
            token, case = subject
            wanted = rule.cases.get(case)
        else:
            above = _owner_of_noun(tree, i, group, lexicon)
            if above is None or rule.type not in _OWNED:
                continue
            token, case = above, "possessive"
            wanted = rule.cases.get(case)
        if wanted not in _ROLES or _ROLES[wanted] in have:
            continue
        for m in _mentions_hanging(tree, token, lexicon) or (
            antecedents(tree, token, lexicon) if case != "passive_subject" else []
        ):
            if is_label(tree, m):
                continue
            is_read = any(a.entity_id == m.entity_id and a.evidence.rule == f"trigger.{rule.id}.{case}" for a in found)
            if not is_read and tree.types.get(m.entity_id or "") in PARTY_TYPES:
                extra.append(read_argument(_ROLES[wanted], m, rule, f"{case}.shared", 0.75))
    known = {(a.role, a.entity_id) for a in found}
    unique: list[Argument] = []
    for a in extra:
        if (a.role, a.entity_id) not in known:
            known.add((a.role, a.entity_id))
            unique.append(a)
    return unique


def _owner_of_noun(tree: Tree, noun: int, group: Group, lexicon: DealLexicon) -> int | None:
    """Return who does what a noun says: its possessive pronoun, or the subject of a light verb above it.

    "its order", "India announced the purchase of ...", "Poland is in talks with ...", "Kenya in talks on ...".
    """
    for child in tree.children[noun]:
        if tree.tokens[child].dep == "poss" and tree.tokens[child].pos == "PRON":
            return child
    within = False
    for parent, label in tree.ancestors(noun):
        token = tree.tokens[parent]
        within = within or (label == "pobj" and token.text.lower() == "in")
        if within and label == "prep" and parent in tree.mentions_at:
            return parent
        if within and token.lemma == "be":
            return _active_subject(tree, parent)
        if label not in {"dobj", "prep", "pobj", "acl", "xcomp", "conj"} or parent in group.rules:
            if parent not in group.rules:
                return None
            continue
        if token.pos == "VERB":
            is_light = token.lemma.lower() in _light_verbs(group.rules[noun].type, lexicon)
            return _active_subject(tree, parent) if is_light else None
    return None


def _light_verbs(of_type: str, lexicon: DealLexicon) -> frozenset[str]:
    words = lexicon.words
    if of_type == "sign":
        return words["light_verbs"] | words["agreement_verbs"]
    # who negotiates a sale may be either side
    return words["light_verbs"] - words["agreement_verbs"] if of_type == "sell" else words["light_verbs"]


def _active_subject(tree: Tree, verb: int) -> int | None:
    subject = tree.subject_of(verb)
    return subject[0] if subject and subject[1] == "subject" else None


def _has_object(tree: Tree, verb: int) -> bool:
    return any(
        tree.tokens[c].dep in {"dobj", "oprd"} or tree.tokens[c].text.lower() == "with" for c in tree.children[verb]
    )


def _ends_sale(group: Group, rule: Trigger) -> bool:
    """Say whether a verb ends a sale: who does may be either side, or neither ("Washington cancelled the sale to")."""
    return rule.type == "cancel" and any(r.type == "sell" for r in group.rules.values())


def _is_behalf(tree: Tree, head: int) -> bool:
    """Say whether a name stands behind "on behalf of"."""
    for parent, label in tree.ancestors(head):
        if label == "pobj" and tree.tokens[tree.tokens[parent].head].text.lower() == "behalf":
            return True
        if label not in {"conj", "appos", "compound", "pobj"}:
            return False
    return False


def _is_ruled_out(tree: Tree, head: int) -> bool:
    """Say whether a name is one of a list, but with "not" before it ("Korea, not India")."""
    return tree.tokens[head].dep in {"conj", "appos"} and any(
        tree.tokens[c].dep in {"neg", "cc", "advmod"} and tree.tokens[c].text.lower() == "not"
        for c in (*tree.children[head], *(c for c in tree.children[tree.tokens[head].head] if c == head - 1))
    )


def _is_government(tree: Tree, head: int, lexicon: DealLexicon) -> bool:
    """Say whether a name stands behind "government of", "consortium of" and the like."""
    above = tree.tokens[tree.tokens[head].head]
    if above.lemma == "of" and above.head not in tree.mentions_at:
        return tree.tokens[above.head].text.lower() in lexicon.words["government_words"] | lexicon.words["group_words"]
    if tree.tokens[head].dep != "conj":
        return False  # "from the Royal Norwegian Navy of Norway": the navy is named, and it acts
    is_firm = any(m.type is EntityType.FIRM for m in tree.nouns_at(head))
    while tree.tokens[head].dep == "conj":
        head = tree.tokens[head].head
    above = tree.tokens[tree.tokens[head].head]
    if above.lemma != "of":
        return False
    # "the Government of Mauritius and Norvik Arms": the firm is joined to the government
    is_state = any(m.type is EntityType.STATE for m in tree.nouns_at(head))
    return (is_firm and is_state) or tree.tokens[above.head].text.lower() in lexicon.words["group_words"]


def _is_only_state(tree: Tree, sentence: Sentence, argument: Argument) -> bool:
    """Say whether who signs acts for the one state of the sentence, beside a firm: the firm is the other side."""
    named = {m.entity_id or "" for m in tree.mentions_by_sentence.get(sentence.i, ())} | {argument.entity_id}
    parties = {i for i in named if tree.types.get(i) in PARTY_TYPES}
    firms = {i for i in parties if tree.types[i] is EntityType.FIRM}
    states = {tree.entities[i].state for i in parties - firms}
    return bool(firms) and argument.entity_id not in firms and len(states) == 1


def are_people(tree: Tree, mention: Mention) -> bool:
    """Say whether an adjective stands for the people, and they for their state ("the Danes sold", "to the Dutch")."""
    token = tree.tokens[tree.heads[mention]]
    article = tree.tokens[token.i - 1].text.lower() == "the" if token.i else False
    return token.dep in _ALONE and (article or token.tag in {"NNS", "NNPS"})


def is_container(tree: Tree, mention: Mention) -> bool:
    """Say whether a name only says where the one before it lies ("Johnstown, Pennsylvania", "Norvik Arms, Norway")."""
    text = tree.document.text[: mention.span.start].rstrip()
    if not text.endswith(",") or mention.type not in _CONTAINED:
        return False
    before = tree.token_at(len(text) - 2)
    return before is not None and any(
        m.type in _CONTAINED[mention.type] and m.span.end == len(text) - 1 for m in tree.mentions_at.get(before.i, ())
    )


def _mentions_hanging(tree: Tree, head: int, lexicon: DealLexicon) -> list[Mention]:
    """Return the named mentions at a token and at the ones co-ordinated with it."""
    found: list[Mention] = []
    todo = [head]
    while todo:
        i = todo.pop(0)
        found.extend(tree.nouns_at(i))
        todo.extend(c for c in tree.children[i] if tree.tokens[c].dep == "conj")
        if tree.tokens[i].text.lower() in lexicon.words["government_words"]:
            todo.extend(g for c in tree.children[i] if tree.tokens[c].lemma == "of" for g in tree.children[c])
    return found
