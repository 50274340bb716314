"""What is said of the things of a deal themselves: that they are there ("are in service") or late ("is overdue")."""

from __future__ import annotations

from collections.abc import Iterator

from armsgraph.frames.fates import fate_of, fates_told_by
from armsgraph.frames.groups import Group
from armsgraph.lexicon.deals import DealLexicon
from armsgraph.model import DealStatus, EntityType, Sentence
from armsgraph.syntax import Tree

__all__ = ["find_states", "is_held", "is_late", "is_outstanding", "state_of_things", "what_is_said", "words_said"]

_BEING = frozenset({"be", "become", "look", "remain", "run"})
_SAID = frozenset({"acomp", "advmod", "attr", "oprd", "prep"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_AUXILIARIES = frozenset({"aux", "auxpass"})
_CLAUSES = frozenset({"acl", "relcl"})
_MADE = frozenset({DealStatus.SIGNED, DealStatus.ORDERED})
_FORCES = frozenset({EntityType.ARMED_FORCE, EntityType.STATE})
_BY_NOW = frozenset({"already"})
_STAYING = frozenset({"remain", "run"})
# "weapons worth a billion that were sold": the parser may hang the clause on the sum.
_JOINED = frozenset({"amod", "appos", "conj", "npadvmod", "quantmod"})
_TO_COME = frozenset({"before", "until", "till"})
_FOR_CLAUSES = frozenset({"advcl", "ccomp"})
_PLANS = frozenset({"plan", "plans", "schedule", "time"})
_LATE = frozenset({"should"})


def state_of_things(tree: Tree, group: Group, lexicon: DealLexicon) -> DealStatus | None:
    """Return what is said of things that a clause says were bought ("the jets ordered in 2019 are late"), or None.

    They may be what someone has or uses, too: "Croatia has twelve jets, bought from France".
    """
    top, rule = tree.tokens[group.top], group.rules[group.top]
    if not rule.is_verb or rule.status not in _MADE or top.tag not in {"VBD", "VBN", "VBZ"}:
        return None
    if top.dep not in _CLAUSES and not (top.dep == "amod" and top.tag == "VBN"):
        return None
    noun = _head(tree, top.head)
    above = tree.tokens[noun].head
    if (fate := fate_of(tree, noun, lexicon)) is not None:
        return fate
    if tree.tokens[noun].dep in _SUBJECTS:
        return what_is_said(tree, above, lexicon, is_deal=True)
    return DealStatus.DELIVERED if top.tag == "VBN" and is_held(tree, noun, lexicon) else None


def is_held(tree: Tree, noun: int, lexicon: DealLexicon) -> bool:
    """Say whether someone has or uses the things of a noun ("operates two drones")."""
    verb = tree.tokens[noun].head
    holds = tree.tokens[noun].dep == "dobj" and tree.tokens[verb].lemma.lower() in lexicon.words["holding_verbs"]
    return holds and _is_plain(tree, verb, lexicon)


def what_is_said(tree: Tree, verb: int, lexicon: DealLexicon, *, is_deal: bool = False) -> DealStatus | None:
    """Return the status that "is" and what stands behind it give to the things of its subject, or None.

    Args:
        is_deal: The things are those of a deal; others are in a town because they always were.
    """
    if tree.tokens[verb].lemma not in _BEING:
        return None
    words = lexicon.words
    behind = [c for c in tree.children[verb] if tree.tokens[c].dep in _SAID]
    said = words_said(tree, verb)
    if any(tree.tokens[c].dep == "neg" for c in tree.children[verb]):
        return None
    if is_late(tree, verb, lexicon):
        return DealStatus.DELAYED
    if not _is_plain(tree, verb, lexicon) or tree.tokens[verb].lemma in _STAYING:
        return None  # what "remains in service" has been there for long
    is_new = (is_deal and len(behind) == 1) or bool(said & _BY_NOW)
    is_here = bool(said & words["here_predicates"]) or any(_is_place_here(tree, c, is_new, lexicon) for c in behind)
    return DealStatus.DELIVERED if is_here else None


def words_said(tree: Tree, verb: int) -> set[str]:
    """Return the words that "is" says of its subject ("late", and of "late already" both)."""
    behind = [c for c in tree.children[verb] if tree.tokens[c].dep in _SAID]
    more = [g for c in behind for g in tree.children[c] if tree.tokens[g].dep == "advmod"]
    return {tree.tokens[c].text.lower() for c in (*behind, *more)}


def is_late(tree: Tree, verb: int, lexicon: DealLexicon) -> bool:
    """Say whether "is" says of its subject that it is late, or waits ("is overdue", "is behind schedule", "on hold").

    Who is "behind the first one" is not late.
    """
    behind = [c for c in tree.children[verb] if tree.tokens[c].dep in _SAID]
    nouns = {
        c: {tree.tokens[g].lemma.lower() for g in tree.children[c] if tree.tokens[g].dep == "pobj"} for c in behind
    }
    if any(
        tree.tokens[c].text.lower() == "on" and below & lexicon.words["waiting_nouns"] for c, below in nouns.items()
    ):
        return True
    elsewhere = {tree.tokens[c].text.lower() for c, below in nouns.items() if below and not below & _PLANS}
    return bool((words_said(tree, verb) - elsewhere) & lexicon.words["delayed_predicates"])


def _is_place_here(tree: Tree, preposition: int, is_new: bool, lexicon: DealLexicon) -> bool:
    """Say whether a preposition says where things are that were handed over ("in service", "with the squadron")."""
    word = tree.tokens[preposition].text.lower()
    for i in tree.children[preposition]:
        lemma = tree.tokens[i].lemma.lower()
        if word in {"in", "on"} and lemma in lexicon.words["here_nouns"]:
            return True
        types = {m.type for m in tree.mentions_at.get(i, ())}
        if word == "with" and (lemma in lexicon.words["here_holders"] or types & _FORCES):
            return True
        if word in {"at", "in"} and types & {EntityType.PLACE, EntityType.STATE} and is_new:
            return True
    return False


def is_outstanding(tree: Tree, group: Group, lexicon: DealLexicon) -> bool:
    """Say whether a handover has not come about ("has not arrived", "has yet to deliver", "should have come")."""
    verb, rule = group.top, group.rules[group.top]
    if not rule.is_verb or DealStatus.DELIVERED not in {rule.status, rule.past}:
        return False
    token = tree.tokens[verb]
    above = tree.tokens[token.head]
    if token.dep == "xcomp" or (token.dep in _FOR_CLAUSES and above.lemma == "wait"):
        yet = {tree.tokens[c].text.lower() for c in tree.children[above.i]}
        waits = above.lemma == "wait" and bool(yet & {"been", "still"})
        return waits or (above.lemma == "have" and "yet" in yet)
    auxiliaries = {tree.tokens[c].text.lower() for c in tree.children[verb] if tree.tokens[c].dep in _AUXILIARIES}
    if rule.type == "arrive" and auxiliaries == {"does"}:
        return _is_none(tree, verb, lexicon)  # "the engine does not come"
    if not auxiliaries & {"has", "have", "had", "'ve"}:
        return False
    future = auxiliaries & lexicon.words["future_auxiliaries"]
    return bool(future & _LATE) if future else _is_none(tree, verb, lexicon)


def _is_none(tree: Tree, verb: int, lexicon: DealLexicon) -> bool:
    """Say whether a verb is negated, or its subject counts nothing ("none has arrived", "not one was taken")."""
    negations = lexicon.words["negations"]
    for child in tree.children[verb]:
        token = tree.tokens[child]
        if token.dep == "neg":
            return True
        if token.dep in _SUBJECTS | {"dobj"} and any(
            tree.tokens[i].text.lower() in negations for i in tree.subtree(child)
        ):
            return True
    return False


def find_states(
    tree: Tree, sentence: Sentence, groups: tuple[Group, ...], lexicon: DealLexicon
) -> Iterator[tuple[int, DealStatus]]:
    """Yield the subjects of a sentence, triggers and what hangs on them aside, of which a state is said."""
    triggers = {i for g in groups for i in g.rules}
    lemmas = {t.lemma.lower() for t in tree.tokens[sentence.first : sentence.last]}
    if lemmas & lexicon.words["replacing_words"]:
        return  # what is replaced or retired is no thing of a deal
    for verb in range(sentence.first, sentence.last):
        if verb in triggers:
            continue
        yield from (
            (noun, fate) for noun, fate in fates_told_by(tree, verb, lexicon) if not _is_read(tree, noun, groups)
        )
        for child in tree.children[verb]:
            if tree.tokens[child].dep in _SUBJECTS and not triggers & set(tree.subtree(child)):
                status = what_is_said(tree, verb, lexicon, is_deal=_is_share(tree, child))
                if status is not None:
                    yield child, status


def _is_share(tree: Tree, subject: int) -> bool:
    """Say whether a subject names a share of things told before ("three are at Beja", "the first is")."""
    is_first = tree.tokens[subject].text.lower() in {"first", "rest"}
    return tree.tokens[subject].pos != "NOUN" and (subject in tree.numbers_at or is_first)


def _is_read(tree: Tree, noun: int, groups: tuple[Group, ...]) -> bool:
    """Say whether a group of triggers has the fate of a noun already: it is the noun, or a clause that hangs on it."""
    clauses = {c for c in tree.subtree(noun) if tree.tokens[c].dep in _CLAUSES}
    return any(g.top == noun or (g.top in clauses and g.rules[g.top].status in _MADE) for g in groups)


def _head(tree: Tree, noun: int) -> int:
    """Return the noun that stands for the whole ("67 of them"), from one behind "of" or joined to it."""
    while True:
        token = tree.tokens[noun]
        if token.dep in _JOINED and tree.tokens[token.head].pos != "VERB":
            noun = token.head
        elif token.dep == "pobj" and tree.tokens[token.head].text.lower() == "of":
            noun = tree.tokens[token.head].head
        else:
            return noun


def _is_plain(tree: Tree, verb: int, lexicon: DealLexicon) -> bool:
    """Say whether a verb tells what is, neither denied nor to come."""
    below = [tree.tokens[c] for c in tree.children[verb]]
    return not any(
        t.dep == "neg"
        or (t.dep == "mark" and t.text.lower() in _TO_COME)
        or (t.dep in _AUXILIARIES and t.text.lower() in lexicon.words["future_auxiliaries"])
        for t in below
    )
