"""Who buys by the heading of a list of awards, and by the states in an entry of foreign military sales."""

from __future__ import annotations

from itertools import pairwise

from armsgraph.frames.groups import Group
from armsgraph.frames.roles import read_argument
from armsgraph.lexicon.deals import DealLexicon
from armsgraph.model import Argument, EntityType, Mention, MentionForm, Role
from armsgraph.syntax import Tree

__all__ = ["awarded_under", "sold_to_behind"]

_HEADS = frozenset({EntityType.ARMED_FORCE, EntityType.GOVERNMENT_BODY})
_BUYERS = frozenset({*_HEADS, EntityType.STATE})
_FOR = frozenset({"for", "of", "to"})
_JOINTS = frozenset({"and", ",", "the", "&"})


def awarded_under(tree: Tree, group: Group, arguments: list[Argument], lexicon: DealLexicon) -> list[Argument]:
    """Return the force or body whose name alone is the heading above an award that does not say who awards.

    "NAVY" above "Alder Defence is awarded a $77 million contract". Of a sale to other states it is not the buyer.
    """
    awards = [i for i, r in group.rules.items() if r.type == "award" and r.is_verb]
    roles = {a.role for a in arguments}
    if not awards or Role.BUYER in roles or Role.SUPPLIER not in roles or not _is_passive(tree, awards[0]):
        return []
    sentence = tree.tokens[awards[0]].sentence
    paragraph = _rest_of_paragraph(tree, sentence)
    if _is_for_others(tree, paragraph) or _is_sale(tree, paragraph, lexicon):
        return []
    head = _heading_above(tree, sentence)
    return [] if head is None else [read_argument(Role.BUYER, head, group.rules[awards[0]], "heading", 0.7)]


def sold_to_behind(tree: Tree, group: Group) -> list[Argument]:
    """Return the states right behind "sales", whatever the parser hangs them on.

    "Foreign Military Sales (Kenya, Norway) contract", "involves Foreign Military Sales to Kenya and Norway".
    """
    found: list[Argument] = []
    for noun, rule in group.rules.items():
        following = tree.tokens[noun + 1].text.lower() if noun + 1 < len(tree.tokens) else ""
        if rule.is_verb or rule.type != "sell" or following not in {"(", "to"}:
            continue
        found.extend(read_argument(Role.BUYER, m, rule, "to", 0.75) for m in _row(tree, noun + 2))
    return found


def _row(tree: Tree, i: int) -> list[Mention]:
    """Return the parties that stand in a row from a token on."""
    found: list[Mention] = []
    while i < len(tree.tokens):
        starting = [
            m
            for m in tree.mentions_at.get(i, ())
            if m.type in _BUYERS and m.form is not MentionForm.ADJECTIVE and m.entity_id is not None
        ]
        if starting:
            found.append(starting[0])
            i = tree.tokens_in(starting[0].span)[-1].i
        elif tree.tokens[i].text.lower() not in _JOINTS:
            break
        i += 1
    return found


def _is_passive(tree: Tree, verb: int) -> bool:
    labels = {tree.tokens[c].dep for c in tree.children[verb]}
    return "nsubjpass" in labels and "agent" not in labels


def _rest_of_paragraph(tree: Tree, sentence: int) -> range:
    last, sentences = sentence + 1, tree.parse.sentences
    while last < len(sentences) and sentences[last].paragraph == sentences[sentence].paragraph:
        last += 1
    return range(sentence, last)


def _is_for_others(tree: Tree, sentences: range) -> bool:
    """Say whether a state, a force or a body stands behind "for", "of" or "to"."""
    return any(
        m.type in _BUYERS and m.form is not MentionForm.ADJECTIVE and tree.case_above(tree.heads[m]) in _FOR
        for sentence in sentences
        for m in tree.mentions_by_sentence.get(sentence, ())
    )


def _is_sale(tree: Tree, sentences: range, lexicon: DealLexicon) -> bool:
    """Say whether sentences speak of "Foreign Military Sales"."""
    first, last = tree.parse.sentences[sentences[0]].first, tree.parse.sentences[sentences[-1]].last
    words = [t.text.lower() for t in tree.tokens[first:last]]
    return any(word == "sales" and before in lexicon.words["sale_kinds"] for before, word in pairwise(words))


def _heading_above(tree: Tree, sentence: int) -> Mention | None:
    """Return the one name that is all of the nearest paragraph above that is nothing but a name."""
    sentences = tree.parse.sentences
    for before in range(sentence - 1, -1, -1):
        here = sentences[before]
        neighbours = {sentences[n].paragraph for n in (before - 1, before + 1) if 0 <= n < len(sentences)}
        if here.paragraph in neighbours:
            continue
        words = {i for i in range(here.first, here.last) if tree.tokens[i].pos not in {"PUNCT", "SPACE"}}
        for mention in tree.mentions_by_sentence.get(before, ()):
            if words and words <= {t.i for t in tree.tokens_in(mention.span)}:
                return mention if mention.type in _HEADS and mention.entity_id is not None else None
    return None
