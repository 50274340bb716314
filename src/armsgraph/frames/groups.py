"""Triggers of a sentence, and which of them speak of one event ("signed a contract to supply")."""

from __future__ import annotations

from dataclasses import dataclass

from armsgraph.frames.tree import Tree
from armsgraph.lexicon.deals import DealLexicon, Trigger
from armsgraph.model import Sentence

__all__ = ["Group", "find_groups"]

_NOUN_PREPOSITIONS = frozenset({"for", "on", "of", "to", "in", "under", "with", "about", "at", "by"})
_CLAUSES = frozenset({"acl", "advcl", "ccomp", "conj", "parataxis", "relcl"})
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
    rules = _triggers(tree, sentence, lexicon)
    parent: dict[int, int] = {i: i for i in rules}

    def root(i: int) -> int:
        while parent[i] != i:
            i = parent[i]
        return i

    for i in sorted(rules):
        above = _joined_to(tree, i, rules)
        if above is not None:
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


def _triggers(tree: Tree, sentence: Sentence, lexicon: DealLexicon) -> dict[int, Trigger]:
    found: dict[int, Trigger] = {}
    for i in range(sentence.first, sentence.last):
        token = tree.tokens[i]
        if i in tree.mentions_at:
            continue
        lemma = token.lemma.lower()
        if token.pos in {"VERB", "AUX"} and lemma in lexicon.verbs:
            rule = _verb_rule(tree, i, lexicon)
            if rule is not None:
                found[i] = rule
        elif token.pos in {"NOUN", "PROPN"} and not _is_fixed_phrase(tree, i) and not _is_turnover(tree, i, lexicon):
            name = _noun_form(lemma, token.text.lower(), lexicon)
            if name and (rule := lexicon.nouns[name][0]) and ("same" not in rule.cases or _is_said_to_be(tree, i)):
                found[i] = rule
    return found


def _is_turnover(tree: Tree, noun: int, lexicon: DealLexicon) -> bool:
    """Say whether "sales" is what a firm turns over: neither of something, nor to someone, nor of a kind of arms."""
    if tree.tokens[noun].text.lower() != "sales":
        return False
    below = {tree.tokens[c].text.lower() for c in tree.children[noun]}
    return not below & (lexicon.words["sale_kinds"] | {"of", "to"})


def _is_said_to_be(tree: Tree, noun: int) -> bool:
    """Say whether a noun stands on one side of "is"."""
    token = tree.tokens[noun]
    return token.dep in {"nsubj", "attr"} and tree.tokens[token.head].lemma == "be"


def _noun_form(lemma: str, text: str, lexicon: DealLexicon) -> str:
    """Return the listed form of a noun, or ""; the model leaves the plural on what it takes for a name ("Sales")."""
    forms = (lemma, text, text.removesuffix("s"), f"{text.removesuffix('ies')}y")
    return next((form for form in forms if form in lexicon.nouns), "")


def _verb_rule(tree: Tree, i: int, lexicon: DealLexicon) -> Trigger | None:
    plain = None
    if _is_idiom(tree, i, lexicon):
        return None
    particles = [c for c in tree.children[i] if tree.tokens[c].dep == "prt"]
    if tree.tokens[i].text.lower() == "according":
        return None
    for rule in lexicon.verbs[tree.tokens[i].lemma.lower()]:
        if rule.particle is not None:
            if not any(tree.tokens[c].text.lower() == rule.particle for c in tree.children[i]):
                continue
            below = tree.subtree(i, stop=_CLAUSES)
            if rule.needs_agreement and not any(_is_paper(tree, c, lexicon, rule) for c in below):
                continue
            return rule
        if rule.objects:
            if any(tree.tokens[c].lemma.lower() in rule.objects for c in _objects(tree, i, rule)):
                return rule
            continue
        if rule.needs_agreement:
            if _has_agreement(tree, i, lexicon):
                return rule
            continue
        if not particles:  # "take over", "pick out" are other verbs
            plain = plain or rule
    return plain


def _objects(tree: Tree, verb: int, rule: Trigger | None = None) -> list[int]:
    """Return the objects of a verb, the subjects where it is passive, and the noun that it modifies as participle.

    A verb that is said of the thing itself ("the contract went to") has its subject for object.
    """
    if rule is not None and rule.cases.get("subject") == "item":
        return [c for c in tree.children[verb] if tree.tokens[c].dep == "nsubj"]
    found = [c for c in tree.children[verb] if tree.tokens[c].dep in {"dobj", "nsubjpass", "oprd", "acomp", "advmod"}]
    token = tree.tokens[verb]
    if token.dep == "acl" and token.tag == "VBN":
        found.append(token.head)
    return found


def _is_idiom(tree: Tree, verb: int, lexicon: DealLexicon) -> bool:
    """Say whether a verb and its object are a phrase that hands nothing over ("take place", "lend a hand")."""
    lemma = tree.tokens[verb].lemma.lower()
    following = tree.tokens[verb + 1 : verb + 2]
    words = [tree.tokens[c].lemma.lower() for c in _objects(tree, verb)] + [t.text.lower() for t in following]
    return any(f"{lemma} {word}" in lexicon.words["idioms"] for word in words)


def _has_agreement(tree: Tree, verb: int, lexicon: DealLexicon) -> bool:
    """Say whether a noun for the paper is object, subject of the passive, or noun modified by the verb."""
    near = [c for c in tree.children[verb] if tree.tokens[c].dep in {"dobj", "nsubjpass", "oprd", "attr", "nsubj"}]
    near += [
        g
        for c in tree.children[verb]
        if tree.tokens[c].dep == "prep" and tree.tokens[c].lemma in {"into", "on", "in", "for"}
        for g in tree.children[c]
    ]
    if tree.tokens[verb].dep in {"acl", "relcl"}:
        near.append(tree.tokens[verb].head)
    near += [g for c in near for g in tree.children[c] if tree.tokens[g].dep in {"conj", "appos"}]
    # "placed with Rosoboronexport an order": the parser may hang the noun lower
    near += [g for c in near for g in tree.children[c] if tree.tokens[g].dep in {"pobj"}]
    if any(_is_paper(tree, c, lexicon) for c in near):
        return True
    return any(_is_paper(tree, c, lexicon) for c in tree.subtree(verb, stop=_CLAUSES | {"prep"}))


def _is_paper(tree: Tree, i: int, lexicon: DealLexicon, rule: Trigger | None = None) -> bool:
    """Say whether a token is a noun for the paper or the purchase; talks, too, can be broken off."""
    wanted = {"buy", "sell", "sign"} if rule is not None and rule.type == "cancel" else {"buy", "sell"}
    lemma = tree.tokens[i].lemma.lower()
    rules = lexicon.nouns.get(lemma, ()) or lexicon.nouns.get(tree.tokens[i].text.lower(), ())
    if any(r.is_agreement or r.type in wanted for r in rules):
        return True
    return any(
        r.is_agreement
        for c in tree.children[i]
        if tree.tokens[c].dep in {"compound", "nmod"}
        for r in lexicon.nouns.get(tree.tokens[c].lemma.lower(), ())
    )


def _is_fixed_phrase(tree: Tree, i: int) -> bool:
    """Say whether a trigger noun stands in a phrase that is no deal ("in order to", "order book", "export credit")."""
    token = tree.tokens[i]
    lower = token.text.lower()
    following = tree.tokens[i + 1].text.lower() if i + 1 < len(tree.tokens) else ""
    before = tree.tokens[i - 1].text.lower() if i else ""
    if lower == "order" and before == "in" and following == "to":
        return True
    if lower in {"order", "orders"} and following in {"book", "books", "intake", "backlog"}:
        return True
    if lower == "deal" and before in {"great", "good"}:
        return True
    if lower in {"transfer", "transfers"} and before in {"technology", "knowledge"}:
        return True
    return lower == "support" and token.pos == "PROPN"


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
    for parent, label in tree.ancestors(noun):
        # "under the deal the army will receive": a paper behind a preposition is not what the verb takes
        if label in _CLAUSES or label == "prep":
            return None
        if parent in rules:
            return parent if rules[parent].needs_agreement else None
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
        if label not in {"pobj", "prep", "dobj", "conj", "appos", "compound", "nsubjpass"}:
            return None
        if parent in rules:
            return parent
    return None


def _has_own_arguments(tree: Tree, verb: int) -> bool:
    return any(tree.tokens[c].dep in {"nsubj", "nsubjpass", "dobj"} for c in tree.children[verb])
