"""What a sentence as a whole names and how it goes on from the one before, whatever the rules read in it."""

from __future__ import annotations

from dataclasses import dataclass

from armsgraph.lexicon.deals import DealLexicon
from armsgraph.model import EntityType, MentionForm, Parse
from armsgraph.syntax import PARTY_TYPES, Tree

__all__ = ["Telling", "read_sentence"]

_WORDS = frozenset({"NOUN", "PROPN"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_OPENING = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What one sentence names.

    Attributes:
        words: Lemmas of its nouns.
        years: Years of its dates.
        takes_up: Its subject is a pronoun or a definite noun for the paper or the thing ("the deal", "they").
        turns: It opens with a word that turns to something else ("meanwhile", "separately").
        recalls: It opens with a word or a date that goes back in time ("earlier", "in 2015").
        is_item: It is an item of a list: no verb, or a bullet before it.
    """

    parties: frozenset[str]
    weapons: frozenset[str]
    states: frozenset[str]
    words: frozenset[str]
    years: frozenset[str]
    takes_up: bool
    turns: bool
    recalls: bool
    is_item: bool


def read_sentence(tree: Tree, parse: Parse, lexicon: DealLexicon, index: int) -> Telling:
    """Return what a sentence names."""
    sentence = parse.sentences[index]
    tokens = tree.tokens[sentence.first : sentence.last]
    mentions = tree.mentions_by_sentence.get(index, ())
    nouns = [m for m in mentions if m.form is not MentionForm.ADJECTIVE and m.entity_id is not None]
    opening = {t.text.lower() for t in tokens[:_OPENING]}
    subjects = [t for t in tokens if t.dep in _SUBJECTS]
    first = subjects[0] if subjects else None
    return Telling(
        parties=frozenset(m.entity_id for m in nouns if m.entity_id and m.type in PARTY_TYPES),
        weapons=frozenset(m.entity_id for m in nouns if m.entity_id and m.type is EntityType.WEAPON),
        states=frozenset(
            state for m in mentions if m.entity_id in tree.entities and (state := tree.entities[m.entity_id].state)
        ),
        words=frozenset(t.lemma.lower() for t in tokens if t.pos in _WORDS and t.i not in tree.mentions_at),
        years=frozenset(d.start.value[:4] for d in tree.dates_by_sentence.get(index, ()) if d.start is not None),
        takes_up=first is not None and _takes_up(tree, first.i, lexicon),
        turns=bool(opening & lexicon.words["turning_words"]),
        recalls=bool(opening & lexicon.words["recalling_words"]),
        is_item=not any(t.pos in {"VERB", "AUX"} for t in tokens)
        or (bool(tokens) and not tokens[0].text[:1].isalnum()),
    )


def _takes_up(tree: Tree, subject: int, lexicon: DealLexicon) -> bool:
    token = tree.tokens[subject]
    if token.text.lower() in lexicon.words["taking_up_pronouns"]:
        return True
    lemma = token.lemma.lower()
    definite = any(tree.tokens[c].text.lower() in {"the", "this", "these", "both"} for c in tree.children[subject])
    return definite and (lemma in lexicon.words["definite_nouns"] or lemma in lexicon.class_nouns)
