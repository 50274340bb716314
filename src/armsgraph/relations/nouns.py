"""Nouns that say what a thing is to another: "X, the state factory in Y", "X is a unit of Y"; by the parse."""

from __future__ import annotations

from collections.abc import Iterator

from armsgraph.lexicon.relation_rules import NounRule
from armsgraph.model import EntityType, Mention, MentionForm, Modality, Span, Token
from armsgraph.relations.candidates import Candidate, Hedges
from armsgraph.relations.grammar import Clauses

__all__ = ["match_nouns"]

_BE = frozenset({"be", "become", "remain"})
_RELATIVE = frozenset({"WDT", "WP"})
_NESTED = 3


def match_nouns(clauses: Clauses, hedges: Hedges) -> Iterator[Candidate]:
    """Yield what the noun rules find, in text order."""
    for token in clauses.tokens:
        rules = clauses.lexicon.nouns.get(token.lemma.lower()) if token.pos == "NOUN" else None
        for rule in rules or ():
            yield from _apply(rule, token, clauses, hedges)


def _apply(rule: NounRule, noun: Token, clauses: Clauses, hedges: Hedges) -> Iterator[Candidate]:
    holder_types, other_types = (rule.object, rule.subject) if rule.is_object else (rule.subject, rule.object)
    holders = _holders(noun, holder_types, clauses)
    others = _others(rule, noun, other_types, clauses) if holders else []
    for holder in holders:
        for other in others:
            if holder.entity_id == other.entity_id:
                continue
            subject, object_ = (other, holder) if rule.is_object else (holder, other)
            spans = (subject.span, object_.span, noun.span)
            yield Candidate(
                predicate=rule.predicate,
                encounter=None,
                rule=rule.id,
                subject=subject,
                object=object_,
                span=Span(min(s.start for s in spans), max(s.end for s in spans)),
                sentence=noun.sentence,
                modality=_modality(noun, clauses, hedges),
                confidence=rule.confidence,
            )


def _modality(noun: Token, clauses: Clauses, hedges: Hedges) -> Modality:
    """Read how the verb is said that makes it one ("will be", "is no"); an apposition is asserted."""
    tokens = clauses.tokens
    if any(tokens[c].text.lower() in ("no", "not") for c in clauses.children[noun.i]):
        return Modality.DENIED
    is_said = noun.dep in ("attr", "oprd")
    return clauses.modality(tokens[noun.head], hedges) if is_said else Modality.ASSERTED


# ---------------------------------------------------------------- who it is
def _holders(noun: Token, types: frozenset[EntityType], clauses: Clauses) -> list[Mention]:
    """Return what the noun is said of: what it explains, the subject of "is a", the name behind it."""
    tokens = clauses.tokens
    head = tokens[noun.head]
    found: list[Mention] = []
    if noun.dep == "appos":
        found = _names(head.i, noun.i, types, clauses)
        if noun.tag != "NNS":
            found = found[-1:]  # "A and B, the yard in Y": B
    elif noun.dep in ("attr", "oprd") and head.lemma in _BE:
        found = [m for i in clauses.subject(head) for m in _names(i, noun.i, types, clauses)]
    elif noun.dep in ("compound", "nmod"):
        own = clauses.mention_at.get(head.i)
        found = [own] if own and own.type in types and noun.i < head.i else []
    for c in () if found else clauses.children[noun.i]:
        mention = clauses.mention_at.get(c)
        if tokens[c].dep == "appos" and mention and mention.type in types:
            found.append(mention)
    return found


def _names(head: int, noun: int, types: frozenset[EntityType], clauses: Clauses) -> list[Mention]:
    end = clauses.tokens[noun].span.start
    return sorted({m for m in clauses.under(head, types) if m.span.end <= end}, key=lambda m: m.span)


# ---------------------------------------------------------------- what it is to
def _others(rule: NounRule, noun: Token, types: frozenset[EntityType], clauses: Clauses) -> list[Mention]:
    """Return whose the noun is: behind a preposition, as its possessor, or as the name in front of it."""
    tokens = clauses.tokens
    found: list[Mention] = []
    for c in clauses.children[noun.i]:
        child = tokens[c]
        is_owner = child.dep == "poss" and rule.takes_owner
        is_front = child.dep in ("compound", "nmod", "amod") and rule.takes_front
        if is_owner or is_front:
            mention = clauses.mention_at.get(c)
            found += [mention] if mention and mention.type in types and mention not in found else []
    for word in rule.prepositions:
        for i in _behind(noun.i, word, rule.is_nested, clauses):
            found += [m for m in _listed(i, types, clauses) if m not in found]
    found = [m for m in found if clauses.focus.sentence_at(m.span.start) == noun.sentence]
    return found if len({m.entity_id for m in found}) >= rule.least else []


def _listed(head: int, types: frozenset[EntityType], clauses: Clauses) -> list[Mention]:
    """Return the name at a token, with those that are listed beside it; else what its noun phrase names."""
    own = clauses.mention_at.get(head)
    if own is None or own.type not in types or own.form is MentionForm.ADJECTIVE:
        return list(clauses.under(head, types))
    joined = [c for c in clauses.children[head] if clauses.tokens[c].dep == "conj"]
    return [own, *(m for c in joined for m in _listed(c, types, clauses))]


def _behind(noun: int, word: str, is_nested: bool, clauses: Clauses) -> list[int]:
    """Return what a preposition of the noun governs; nested also one of the names behind it ("the yard of X in Y")."""
    found = clauses.prepositional(noun, word)
    level = [noun]
    for _ in range(_NESTED if is_nested and not found else 0):
        level = [
            p
            for i in level
            for c in clauses.children[i]
            if clauses.tokens[c].dep in ("prep", "conj")
            for p in ([c] if clauses.tokens[c].dep == "conj" else clauses.children[c])
            if clauses.tokens[p].dep in ("pobj", "conj")
        ]
        found += [p for i in level for p in clauses.prepositional(i, word)]
    return found
