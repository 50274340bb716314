"""From a parsed document with its entities to frames: one a trigger group."""

from __future__ import annotations

from armsgraph.frames.groups import Group, find_groups
from armsgraph.frames.items import Thing, find_things
from armsgraph.frames.status import Reading, read_status
from armsgraph.frames.times import Times, find_money, find_times
from armsgraph.frames.tree import PARTY_TYPES, Tree
from armsgraph.lexicon.deals import DealLexicon
from armsgraph.model import (
    Argument,
    DealKind,
    DealStatus,
    Document,
    EntitySet,
    EntityType,
    Evidence,
    Frame,
    FrameItem,
    Mention,
    MentionForm,
    Modality,
    Money,
    Parse,
    Role,
    Sentence,
    Span,
    Values,
)

__all__ = ["find_frames"]

_ITEM_PARTY = {"for": Role.BUYER, "from": Role.SUPPLIER, "to": Role.BUYER, "with": Role.SUPPLIER}
_ROLES = {
    "buyer": Role.BUYER,
    "supplier": Role.SUPPLIER,
    "party": Role.PARTY,
    "counterpart": Role.COUNTERPART,
    "approver": Role.APPROVER,
    "maker": Role.MAKER,
}


def find_frames(
    document: Document, values: Values, parse: Parse, entities: EntitySet, lexicon: DealLexicon
) -> tuple[Frame, ...]:
    """Return what the sentences say of deals, one frame a trigger group, by position.

    Without a statistical model the parse has no tree and nothing is found: a deal needs to be read, not guessed.
    """
    tree = Tree(document, values, parse, entities)
    frames: list[Frame] = []
    for sentence in parse.sentences:
        groups = find_groups(tree, sentence, lexicon)
        if not groups:
            continue
        readings = [read_status(tree, g, lexicon) for g in groups]
        things = _assign_things(tree, sentence, groups, find_things(tree, sentence, lexicon))
        parties = _assign_parties(tree, sentence, groups, lexicon)
        money = find_money(tree, sentence, groups, lexicon)
        times = find_times(tree, sentence, groups, readings, lexicon)
        for n, group in enumerate(groups):
            frames.append(
                _frame(tree, sentence, group, readings[n], things[n], parties[n], money.get(n, []), times[n], lexicon)
            )
    return tuple(frames)


# ------------------------------------------------------------------------------------------------ things
def _assign_things(
    tree: Tree, sentence: Sentence, groups: tuple[Group, ...], things: tuple[Thing, ...]
) -> list[list[FrameItem]]:
    owner = {i: n for n, g in enumerate(groups) for i in g.rules}
    spine = frozenset(owner)
    result: list[list[FrameItem]] = [[] for _ in groups]
    left: list[Thing] = []
    for thing in things:
        reached = tree.case_of(thing.head, spine) if thing.head not in spine else None
        if reached is None:
            left.append(thing)
            continue
        trigger, case, clause = reached
        rule = groups[owner[trigger]].rules[trigger]
        fits = rule.cases.get(case) in {"item", "counterpart"} or case in {"modifier", "object", "passive_subject"}
        if rule.type in {"sell", "receive", "buy", "win"} and case == "with":
            fits = False  # "with spares": comes along, has no count of its own deal
        if rule.type == "award" and case in {"object", "dative", "passive_subject"}:
            fits = thing.item.weapon_id is None and not clause and not thing.is_soft
        if thing.is_soft and case not in {"for", "of", "object", "passive_subject"}:
            fits = False
        if fits and not (clause and thing.item.number is None and thing.item.weapon_id is None):
            known = result[owner[trigger]]
            if thing.item.weapon_id is None or all(i.weapon_id != thing.item.weapon_id for i in known):
                known.append(thing.item)
        elif not clause:
            left.append(thing)
    for n, group in enumerate(groups):
        strong = any(r.strength == "strong" for r in group.rules.values())
        if not result[n] and strong:
            near = [t for t in left if t.item.weapon_id is not None]
            if len({t.item.weapon_id for t in near}) == 1 and sum(bool(result[m]) for m in range(len(groups))) == 0:
                result[n].append(near[0].item)
    return result


# ------------------------------------------------------------------------------------------------ parties
def _assign_parties(
    tree: Tree, sentence: Sentence, groups: tuple[Group, ...], lexicon: DealLexicon
) -> list[list[Argument]]:
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
        argument = _argument(tree, groups[n], trigger, case, clause, mention)
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
        if tree.tokens[parent].pos in {"VERB", "AUX"} and tree.tokens[parent].dep in {
            "conj", "ccomp", "advcl", "relcl", "parataxis", "ROOT",
        }:  # fmt: skip
            return True
    return False


def _argument(tree: Tree, group: Group, trigger: int, case: str, clause: bool, mention: Mention) -> Argument | None:
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
                return Argument(role=Role.PRODUCED_AT, entity_id=entity_id, evidence=evidence, far=clause)
            if _signs(group):
                return Argument(role=Role.SIGNED_AT, entity_id=entity_id, evidence=evidence, far=clause)
        return None
    if kind not in PARTY_TYPES:
        return None
    wanted = rule.cases.get(case)
    bottom = _bottom_case(tree, tree.heads[mention])
    if wanted in {"item", None}:
        if bottom == case and case == "to" and wanted is None:
            return None
        role = _ITEM_PARTY.get(bottom)
        if case == "object" and bottom == "object" and rule.type == "award":
            role = Role.SUPPLIER
        if role is None:
            return None
        if role is Role.SUPPLIER and bottom == "with" and not _signs(group):
            return None
    else:
        role = _ROLES[wanted]
        if bottom != case and bottom in {"for", "to"} and role in {Role.SUPPLIER, Role.BUYER} and case != bottom:
            role = Role.BUYER
        elif bottom != case and bottom == "of":
            return None
    if rule.id == "order-n" and case == "from":
        verbs = {r.type for r in group.rules.values() if r.is_verb}
        role = Role.BUYER if verbs & {"win", "receive"} else Role.SUPPLIER
    return Argument(role=role, entity_id=entity_id, evidence=evidence, far=clause)


def _person_argument(
    tree: Tree, group: Group, trigger: int, case: str, mention: Mention, evidence: Evidence
) -> Argument | None:
    rule = group.rules[trigger]
    if rule.is_verb and rule.type == "sign" and rule.id in {"sign"} and case in {"subject", "by"}:
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
            if subject is None:
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
        for m in _mentions_hanging(tree, token):
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


def _mentions_hanging(tree: Tree, head: int) -> list[Mention]:
    """Return the named mentions at a token and at the ones co-ordinated with it."""
    found: list[Mention] = []
    todo = [head]
    while todo:
        i = todo.pop(0)
        found.extend(
            m for m in tree.mentions_at.get(i, ()) if tree.heads[m] == i and m.form is not MentionForm.ADJECTIVE
        )
        todo.extend(c for c in tree.children[i] if tree.tokens[c].dep == "conj")
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


# ------------------------------------------------------------------------------------------------ the frame
def _frame(
    tree: Tree,
    sentence: Sentence,
    group: Group,
    reading: Reading,
    items: list[FrameItem],
    arguments: list[Argument],
    money: list[Money],
    times: Times,
    lexicon: DealLexicon,
) -> Frame:
    ordered = sorted(group.rules, key=lambda i: (i != group.top, i))
    span = Span(tree.tokens[min(group.rules)].span.start, tree.tokens[max(group.rules)].span.end)
    top = tree.tokens[group.top].span
    papers = [i for i, r in group.rules.items() if not r.is_verb]
    definite = False
    marker = ""
    for i in papers:
        for child in tree.children[i]:
            low = tree.tokens[child].text.lower()
            if (
                low in {"the", "this", "that", "these", "both", "its"}
                and tree.tokens[i].lemma.lower() in lexicon.words["definite_nouns"]
            ):
                # "the order which it had placed in 2016" names another order, it does not point back
                definite = not any(tree.tokens[c].dep in {"relcl", "acl"} for c in tree.children[i])
            if low in lexicon.words["new_deal_markers"] and tree.tokens[child].dep in {
                "det",
                "amod",
                "advmod",
                "nummod",
            }:
                marker = low
    kinds = [r.kind for r in group.rules.values() if r.kind is not None]
    kind = kinds[0] if kinds else DealKind.CONTRACT if _is_procurement(group) else DealKind.DEAL
    if any(tree.tokens[c].text.lower() in {"cooperation", "framework", "co-operation", "partnership", "teaming"}
           for i in papers for c in tree.subtree(i, stop=frozenset({"relcl", "conj", "acl"}))):  # fmt: skip
        kind = DealKind.COOPERATION_AGREEMENT
    support = all(r.strength == "support" for r in group.rules.values())
    weak = all(r.strength != "strong" for r in group.rules.values())
    if weak and not items:
        support = True
    speaker = None
    if reading.speech_verb is not None:
        subject = tree.subject_of(reading.speech_verb)
        if subject is not None:
            inside = [tree.tokens[i] for i in tree.subtree(subject[0], stop=frozenset({"relcl", "acl", "appos"}))]
            speaker = tree.document.text[inside[0].span.start : inside[-1].span.end]
    evidence = Evidence(
        span=top,
        rule="trigger." + "+".join(group.rules[i].id for i in ordered),
        confidence=0.5 if weak else 0.8,
        modality=reading.modality,
        speaker=speaker,
    )
    return Frame(
        span=span,
        sentence=sentence.i,
        paragraph=sentence.paragraph,
        triggers=tuple(group.rules[i].id for i in ordered),
        kind=kind,
        status=reading.status,
        evidence=evidence,
        arguments=tuple(arguments),
        items=tuple(items),
        money=tuple(money),
        signed_on=tuple(times.signed_on),
        starts_on=tuple(times.starts_on),
        ends_on=tuple(times.ends_on),
        durations=tuple(times.durations),
        is_definite=definite,
        marker=marker,
        is_support=support,
        is_negated=reading.is_negated,
        is_headline=sentence.paragraph == 0,
    )


def _signs(group: Group) -> bool:
    return any(r.type in {"sign"} and r.is_verb for r in group.rules.values()) or any(
        r.is_verb and r.status in {DealStatus.SIGNED} for r in group.rules.values()
    )


def _is_procurement(group: Group) -> bool:
    return any(r.type in {"buy", "award", "win", "receive"} or r.id == "contract-n" for r in group.rules.values())
