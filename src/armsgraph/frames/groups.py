"""Triggers of a sentence, and which of them speak of one event ("signed a contract to supply")."""

from __future__ import annotations

from dataclasses import dataclass

from armsgraph.frames.triggers import find_triggers
from armsgraph.lexicon.deals import BESIDE, DealLexicon, Trigger
from armsgraph.model import DealStatus, Sentence
from armsgraph.syntax import CLAUSES, Tree

__all__ = ["Group", "find_groups"]

_NOUN_PREPOSITIONS = frozenset({"for", "on", "of", "to", "in", "under", "with", "about", "at", "by"})
_NOMINAL = frozenset({"amod", "appos", "compound", "conj", "dobj", "npadvmod", "nsubjpass", "pobj", "prep", "quantmod"})
_DOWNWARD = frozenset({"acl", "xcomp", "pcomp", "relcl"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Trigger tokens that speak of one event; `top` is the highest in the tree, `rules` their trigger by token."""

    top: int
    rules: dict[int, Trigger]

    @property
    def spine(self) -> frozenset[int]:
        """All trigger tokens."""
        return frozenset(self.rules)


def find_groups(tree: Tree, sentence: Sentence, lexicon: DealLexicon) -> tuple[Group, ...]:
    """Return the trigger groups of a sentence, by position of their top token."""
    rules = find_triggers(tree, sentence, lexicon)
    parent: dict[int, int] = {i: i for i in rules}

    def root(i: int) -> int:
        while parent[i] != i:
            i = parent[i]
        return i

    for i in sorted(rules):
        above = _joined_to(tree, i, rules)
        if above is not None and _are_of_one_matter(tree, i, rules[i], rules[above]):
            parent[root(i)] = root(above)
    members: dict[int, list[int]] = {}
    for i in sorted(rules):
        members.setdefault(root(i), []).append(i)
    groups = []
    for inside in members.values():
        top = min(inside, key=lambda i: (sum(1 for _ in tree.ancestors(i)), i))
        kept = {i: rules[i] for i in inside}
        if all(r.needs_agreement for r in kept.values()):
            continue
        groups.append(Group(top=top, rules=kept))
    return tuple(sorted(groups, key=lambda g: g.top))


def _are_of_one_matter(tree: Tree, i: int, one: Trigger, other: Trigger) -> bool:
    """Say whether both speak of things or of what is beside them, or one of signing or a kind of paper.

    "signed a loan agreement", but neither "bought with a loan" nor "an offset clause in the contract".
    """
    if BESIDE & one.marks == BESIDE & other.marks:
        return True
    is_kind = other.is_agreement and tree.tokens[i].dep in {"compound", "nmod"}
    return is_kind or any(r.is_verb and (r.type == "sign" or r.needs_agreement) for r in (one, other))


def _joined_to(tree: Tree, i: int, rules: dict[int, Trigger]) -> int | None:
    """Return the trigger above `i` that speaks of the same event, if there is one."""
    token = tree.tokens[i]
    rule = rules[i]
    head, dep = token.head, token.dep
    if head == i:
        return None
    if rule.is_verb:
        if dep in _DOWNWARD:
            if head in rules:
                return head
            # "a deal which was signed", "the rifles it ordered": through the noun to the trigger above it
            if dep in {"relcl", "acl"} and head not in tree.mentions_at:
                return _up_noun(tree, head, rules)
            if dep == "pcomp":
                return _through_preposition(tree, head, rules)
        if dep == "advcl" and head in rules and _is_purpose(tree, i):
            return head
        if dep == "conj" and head in rules and not _has_own_arguments(tree, i):
            return head
        return None
    # a noun
    current, label = i, dep
    while label in {"conj", "appos"} and tree.tokens[current].head not in rules:
        current = tree.tokens[current].head
        label = tree.tokens[current].dep
        if tree.tokens[current].head == current:
            return None
    head = tree.tokens[current].head
    if label in {"dobj", "nsubjpass", "attr", "oprd", "nsubj", "compound", "nmod", "dative"} and head in rules:
        return head
    if label == "conj" and head in rules and not rules[head].is_verb and rules[head].type == rule.type:
        return head if not rule.is_agreement else None
    if label == "pobj":
        above = _through_preposition(tree, head, rules)
        if above is not None:
            return above
    if rule.is_agreement:
        above = _particle_verb(tree, i, rules)
        if above is not None:
            return above
    if rule.type == "extend":
        return _up_noun(tree, i, {j: r for j, r in rules.items() if r.type == "extend"})
    return _paper_verb(tree, i, rules) if rule.is_agreement else None


def _paper_verb(tree: Tree, noun: int, rules: dict[int, Trigger]) -> int | None:
    """Return the verb that wants a paper and has this one somewhere below it, whatever lies between."""
    behind_preposition = False
    for parent, label in tree.ancestors(noun):
        if label in CLAUSES:
            return None
        behind_preposition = behind_preposition or label == "prep"
        if parent in rules:
            # "under the deal the army will receive": a paper behind a preposition is not what the verb takes;
            # "four of the ships on order were cancelled": but it is what is ended
            ends = rules[parent].status is DealStatus.CANCELLED and label in {"dobj", "nsubjpass"}
            return parent if rules[parent].needs_agreement and (ends or not behind_preposition) else None
    return None


def _particle_verb(tree: Tree, noun: int, rules: dict[int, Trigger]) -> int | None:
    """Return the verb that goes with a preposition before a paper ("backed out of the contract")."""
    for parent, label in tree.ancestors(noun):
        if label not in {"pobj", "prep", "advmod"}:
            return None
        if parent in rules:
            return parent if rules[parent].particle is not None else None
    return None


def _is_purpose(tree: Tree, verb: int) -> bool:
    """Say whether a clause is an infinitive of purpose ("signed a contract to supply")."""
    return any(tree.tokens[c].dep == "aux" and tree.tokens[c].text.lower() == "to" for c in tree.children[verb])


def _through_preposition(tree: Tree, preposition: int, rules: dict[int, Trigger]) -> int | None:
    if tree.tokens[preposition].lemma.lower() not in _NOUN_PREPOSITIONS:
        return None
    above = tree.tokens[preposition].head
    if above in rules:
        return above
    if tree.tokens[above].dep == "prep" and tree.tokens[above].head in rules:
        return tree.tokens[above].head
    return None


def _up_noun(tree: Tree, noun: int, rules: dict[int, Trigger]) -> int | None:
    for parent, label in tree.ancestors(noun):
        if label not in _NOMINAL:
            return None
        if parent in rules:
            return parent
    return None


def _has_own_arguments(tree: Tree, verb: int) -> bool:
    return any(tree.tokens[c].dep in {"nsubj", "nsubjpass", "dobj"} for c in tree.children[verb])
