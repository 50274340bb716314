"""Which thing of a sentence belongs to which trigger group."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from armsgraph.frames.groups import Group
from armsgraph.frames.items import Thing, is_share
from armsgraph.lexicon.deals import Trigger
from armsgraph.model import FrameItem, Sentence, Span
from armsgraph.syntax import Tree

__all__ = ["assign_things"]

_ALWAYS = frozenset({"modifier", "object", "passive_subject"})
_SOFT = frozenset({"for", "of", "object", "passive_subject"})
# "54 howitzers along with 36 vehicles"
_ALONG = frozenset({"along", "together"})
_OUTGOING = frozenset({"sell", "receive", "buy", "win"})
_CHAIN = frozenset({"conj", "appos", "compound", "nmod", "nummod", "dep"})
_COUNTERS = frozenset({"of", "like", "including"})
_PARTS = frozenset({"including", "comprising", "like"})
_LIST_WORDS = frozenset({",", ";", "and", "plus", "&", "+", "to", "wit", "namely", "(", ")"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_CLAUSES = frozenset({"acl", "relcl"})
_RELATIVE = frozenset({"WDT", "WP"})
# "take the place of the Skua", "in lieu of the Skua"
_INSTEAD = frozenset({"place", "lieu", "stead"})


def assign_things(
    tree: Tree, sentence: Sentence, groups: tuple[Group, ...], things: tuple[Thing, ...]
) -> list[list[FrameItem]]:
    """Assign the things of a sentence to its groups, one list of items a group, by position."""
    owner = {i: n for n, g in enumerate(groups) for i in g.rules}
    rules = {i: r for g in groups for i, r in g.rules.items()}
    result: list[list[FrameItem]] = [[] for _ in groups]
    left: list[Thing] = []
    before: tuple[Thing, set[int]] | None = None
    heads = frozenset(t.head for t in things)
    for thing in things:
        if _comes_with(tree, thing.head, rules):
            before = None
            continue
        anchor = _anchor(tree, thing.head)
        upward = tree.case_of(anchor, frozenset(owner)) if anchor not in owner else None
        if upward is not None and _is_along(tree, anchor):
            upward = (upward[0], "along", upward[2])
        serves = _serves(tree, thing.head, heads, frozenset(owner))
        placed = serves or (upward is not None and upward[2])
        holders: set[int] = set()
        items: dict[int, FrameItem] = {}
        above = [upward] if upward is not None and not serves else []
        for trigger, case, clause in above + _below(tree, thing.head, rules):
            if _fits(thing, rules[trigger], _case_of_particle(rules[trigger], case), clause=clause):
                placed = True
                holders.add(owner[trigger])
                items[owner[trigger]] = _as_clause_has_it(tree, thing, trigger)
        if not holders and before is not None and _goes_on(tree, before[0], thing):
            holders = before[1]
        if not holders:
            holders = _before_colon(tree, sentence, thing, groups)
        for n in sorted(holders):
            _add(result[n], items.get(n, thing.item))
        if not placed and not holders and not _is_replaced(tree, thing.head):
            left.append(thing)
        before = (thing, holders) if holders else None
    _share_out(tree, left, groups, result)
    for n, group in enumerate(groups):
        alone = not any(result[m] for m in range(len(groups)))
        if alone and not _is_support(group) and not _has_object(tree, group):
            near = [t for t in left if t.item.weapon_id is not None or (t.item.number is not None and not t.is_soft)]
            if len({t.item.weapon_id or t.item.noun for t in near}) == 1:
                near = near[:1]
            elif any(not _joined(tree, a, b) for a, b in pairwise(near)):
                near = []
            for thing in near:
                _add(result[n], thing.item)
    held = [i for items in result for i in items]
    named = {i.weapon_id: i for i in (*held, *(t.item for t in left)) if i.weapon_id is not None}
    for n, group in enumerate(groups):
        if not result[n] and len(named) == 1 and not _is_support(group) and not _has_object(tree, group):
            result[n].extend(named.values())
    return result


def _as_clause_has_it(tree: Tree, thing: Thing, trigger: int) -> FrameItem:
    """Return all that a clause is about where some are spoken of ("two of the six ships that Kenya ordered")."""
    token = tree.tokens[trigger]
    if token.dep not in _CLAUSES or token.head != thing.head:
        return thing.item
    own = [
        tree.numbers_at[c] for c in tree.children[thing.head] if tree.tokens[c].dep == "nummod" and c in tree.numbers_at
    ]
    return replace(thing.item, number=own[0]) if own and thing.item.number is not None else thing.item


def _share_out(tree: Tree, left: list[Thing], groups: tuple[Group, ...], result: list[list[FrameItem]]) -> None:
    """Give bare counts that go to someone to the group before them ("two went to Norway and one to Kenya")."""
    for thing in left:
        if thing.item.noun or thing.item.number is None or not is_share(tree, thing.head):
            continue
        before = [n for n, g in enumerate(groups) if result[n] and max(g.rules) < thing.head and not _is_support(g)]
        if before:
            item, first = thing.item, result[before[-1]][0]
            if item.weapon_id is None and first.weapon_id is not None:
                item = replace(item, weapon_id=first.weapon_id, weapon_span=item.span)
            _add(result[before[-1]], item)


def _joined(tree: Tree, before: Thing, thing: Thing) -> bool:
    """Say whether two counted things stand in one list."""
    both = before.item.number is not None and thing.item.number is not None
    return both and (before.head in _chain(tree, thing.head) or _goes_on(tree, before, thing))


def _goes_on(tree: Tree, before: Thing, thing: Thing) -> bool:
    """Say whether a counted thing goes on with a list that the parser broke ("six guns, 20 trucks and 30 tanks")."""
    if thing.item.number is None or thing.is_soft or before.item.number is None:
        return False
    start = max(before.item.span.end, before.item.number.span.end)
    end = min(thing.item.span.start, thing.item.number.span.start)
    return start >= end or all(t.text.lower() in _LIST_WORDS for t in tree.tokens_in(Span(start, end)))


def _before_colon(tree: Tree, sentence: Sentence, thing: Thing, groups: tuple[Group, ...]) -> set[int]:
    """Return the one group that stands before the colon behind which a counted thing is listed."""
    if thing.item.number is None or thing.is_soft:
        return set()
    colons = [i for i in range(sentence.first, thing.head) if tree.tokens[i].text == ":"]
    if not colons or any(tree.tokens[i].pos == "VERB" for i in range(colons[-1], thing.head)):
        return set()
    found = {n for n, g in enumerate(groups) if max(g.rules) < colons[-1] and not _is_support(g)}
    return found if len(found) == 1 else set()


def _is_support(group: Group) -> bool:
    return all(r.strength == "support" for r in group.rules.values())


def _add(known: list[FrameItem], item: FrameItem) -> None:
    """Add an item unless its weapon is there already, with the same count or none to tell it apart."""
    same = [i for i in known if i.weapon_id == item.weapon_id] if item.weapon_id is not None else []
    counts = {i.number.value for i in same if i.number is not None}
    if item not in known and (not same or (item.number is not None and item.number.value not in counts)):
        known.append(item)


def _fits(thing: Thing, rule: Trigger, case: str, *, clause: bool) -> bool:
    """Say whether a thing in a case of a trigger is what changes hands."""
    if case in {"along", "besides"}:
        return thing.item.number is not None and not thing.is_soft
    fits = rule.cases.get(case) in {"item", "counterpart"} or case in _ALWAYS
    if rule.type in _OUTGOING and case == "with":
        fits = False  # "with spares": comes along, has no count of its own deal
    if rule.type == "award" and case in {"object", "dative", "passive_subject"}:
        fits = thing.item.weapon_id is None and not clause and not thing.is_soft
    if thing.is_soft and case not in _SOFT:
        fits = False
    return fits and not (clause and thing.item.number is None and thing.item.weapon_id is None)


def _serves(tree: Tree, head: int, heads: frozenset[int], triggers: frozenset[int]) -> bool:
    """Say whether a thing is what the deal or its things are to serve ("12 jets to replace the Skua, which meet it").

    Args:
        heads: Tokens of the things of the sentence.
        triggers: Tokens of its triggers.
    """
    below = head
    for parent, label in tree.ancestors(head):
        if parent in triggers:
            return False
        if label in {"dobj", "obj"}:
            # "12 used frigates": the parser takes a participle for a verb
            if tree.tokens[parent].dep == "advcl":
                return parent - 1 not in tree.numbers_at
            subjects = {c for c in tree.children[parent] if tree.tokens[c].dep == "nsubj"}
            if tree.tokens[parent].dep in {"relcl", "acl"}:
                subjects = {tree.tokens[parent].head}
            return bool(subjects & (heads - {head}))
        if label not in _CHAIN and not (
            label in {"pobj", "prep"} and "of" in {_word(tree, parent), _word(tree, below)}
        ):
            break
        below = parent
    return False


def _is_replaced(tree: Tree, head: int) -> bool:
    """Say whether something takes the place of a thing."""
    of = tree.tokens[tree.tokens[head].head]
    return tree.tokens[head].dep == "pobj" and of.lemma == "of" and tree.tokens[of.head].lemma in _INSTEAD


def _word(tree: Tree, i: int) -> str:
    return tree.tokens[i].text.lower()


def _comes_with(tree: Tree, head: int, rules: dict[int, Trigger]) -> bool:
    """Say whether a thing is part of another ("20 helicopters, each with two guns")."""
    above = tree.tokens[tree.tokens[head].head]
    if tree.tokens[head].dep != "pobj" or above.lemma != "with" or above.head in rules:
        return False
    if _is_along(tree, head):
        return False
    return tree.tokens[above.head].pos in {"NOUN", "PROPN", "PRON", "DET", "NUM"}


def _is_along(tree: Tree, head: int) -> bool:
    """Say whether a thing changes hands with others and is no part of them ("along with 36 vehicles")."""
    above = tree.tokens[tree.tokens[head].head]
    is_with = tree.tokens[head].dep == "pobj" and above.lemma == "with"
    return is_with and above.i > 0 and tree.tokens[above.i - 1].text.lower() in _ALONG


def _has_object(tree: Tree, group: Group) -> bool:
    """Say whether what changes hands stands as the object of a verb, and is no thing ("bought a house")."""
    return any(
        tree.tokens[c].dep == "dobj" and tree.tokens[c].pos == "NOUN" and c not in group.rules and not _is_time(tree, c)
        for i, rule in group.rules.items()
        if rule.is_verb and rule.cases.get("object") == "item"
        for c in tree.children[i]
    )


def _is_time(tree: Tree, i: int) -> bool:
    """Say whether a token is the noun of a length of time ("will receive these 32 months after")."""
    token = tree.tokens[i]
    return any(d.span.overlaps(token.span) for d in tree.durations_by_sentence.get(token.sentence, ()))


def _case_of_particle(rule: Trigger, case: str) -> str:
    """Read "made over two boats" as an object where the parser sees a preposition."""
    return "object" if rule.particle is not None and case == rule.particle else case


def _below(tree: Tree, head: int, rules: dict[int, Trigger]) -> list[tuple[int, str, bool]]:
    """Return the triggers that a thing governs or shares a verb with, and its case there."""
    chain = _chain(tree, head)
    found: list[tuple[int, str, bool]] = []
    for trigger, rule in rules.items():
        if trigger in chain:
            continue
        if rule.is_verb:
            subject = tree.subject_of(trigger)
            if subject is not None and subject[0] in chain:
                # "the jets are to be delivered": the subject stands by "are", the passive below
                passive = any(tree.tokens[c].dep == "auxpass" for c in tree.children[trigger])
                found.append((trigger, "passive_subject" if passive else subject[1], False))
            elif _antecedent(tree, trigger) in _named_by(tree, head):
                found.append((trigger, "object", False))
        elif _holds(tree, trigger, head, chain):
            found.append((trigger, "for", False))
    return found


def _anchor(tree: Tree, head: int) -> int:
    """Return the thing of which another is told as a part ("24 jets, including six trainers"), else itself."""
    first = head
    while tree.tokens[first].dep == "conj" and tree.tokens[first].head != first:
        first = tree.tokens[first].head
    above = tree.tokens[tree.tokens[first].head]
    if tree.tokens[first].dep == "pobj" and above.text.lower() in _PARTS and tree.tokens[above.head].pos in _NOUNS:
        return above.head
    return head


def _chain(tree: Tree, head: int) -> frozenset[int]:
    """Return the nouns through which a thing hangs in its noun phrase ("a batch of six jets", "rifles and guns")."""
    chain, i = {head}, head
    while True:
        token = tree.tokens[i]
        above = tree.tokens[token.head]
        if token.head in chain:
            return frozenset(chain)
        if token.dep == "pobj" and above.lemma in _COUNTERS and above.head != above.i:
            i = above.head
        elif token.dep in _CHAIN:
            i = token.head
        else:
            return frozenset(chain)
        chain.add(i)


def _antecedent(tree: Tree, verb: int) -> int | None:
    """Return the noun that a relative clause leaves as the object of its verb ("the jets which Poland ordered")."""
    top = verb
    while tree.tokens[top].dep in {"xcomp", "ccomp"} and tree.tokens[top].head != top:
        top = tree.tokens[top].head
    if tree.tokens[top].dep != "relcl":
        return None
    objects = [tree.tokens[c] for c in tree.children[verb] if tree.tokens[c].dep in {"dobj", "obj"}]
    if any(t.tag not in _RELATIVE for t in objects):
        return None
    subjects = [tree.tokens[c] for c in tree.children[top] if tree.tokens[c].dep in {"nsubj", "nsubjpass"}]
    if not subjects or any(t.tag in _RELATIVE or t.dep == "nsubjpass" for t in subjects):
        return None
    return tree.tokens[top].head


def _named_by(tree: Tree, head: int) -> set[int]:
    """Return a thing and what is put beside it ("the HX-20, the type that ...")."""
    return {head, *(c for c in tree.children[head] if tree.tokens[c].dep == "appos")}


def _holds(tree: Tree, noun: int, head: int, chain: frozenset[int]) -> bool:
    """Say whether a paper covers a thing ("the order is for four radars"), or the thing stands "on order"."""
    above = tree.tokens[tree.tokens[noun].head]
    if tree.tokens[noun].dep == "pobj" and above.lemma in {"on", "under"} and above.head in chain:
        return True
    if tree.tokens[noun].dep not in {"nsubj", "nsubjpass"}:
        return False
    verb = tree.tokens[noun].head
    for i in chain:
        token = tree.tokens[i]
        if token.head == verb and token.dep in {"dobj", "attr"}:
            return True
        if (
            token.dep == "pobj"
            and tree.tokens[token.head].head == verb
            and tree.tokens[token.head].lemma in {"for", "of", "to"}
        ):
            return True
    return False
