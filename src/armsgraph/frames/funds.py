"""Whose money pays for an award ("other procurement (Navy) funds will be obligated"): the force buys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from armsgraph.frames.roles import placed_argument
from armsgraph.lexicon.deals import DealLexicon
from armsgraph.model import EntityType, Frame, Mention, Parse, Role
from armsgraph.syntax import Tree

__all__ = ["with_paying_force"]

_CLOSING = frozenset({")"})


def with_paying_force(tree: Tree, parse: Parse, frames: Sequence[Frame], lexicon: DealLexicon) -> tuple[Frame, ...]:
    """Return the frames, the last award before such a sentence with the force as the buyer if it has none."""
    result = list(frames)
    for sentence in parse.sentences:
        words = {t.lemma.lower() for t in tree.tokens[sentence.first : sentence.last]}
        if not words & lexicon.words["obligating_words"]:
            continue
        forces = [m for m in tree.mentions_by_sentence.get(sentence.i, ()) if _pays(tree, m, lexicon)]
        awards = [n for n, f in enumerate(frames) if f.sentence < sentence.i and _is_award(f, lexicon)]
        if not forces or not awards or any(a.role is Role.BUYER for a in result[awards[-1]].arguments):
            continue
        told = [placed_argument(Role.BUYER, m, "funds.of") for m in forces]
        result[awards[-1]] = replace(result[awards[-1]], arguments=(*result[awards[-1]].arguments, *told))
    return tuple(result)


def _pays(tree: Tree, mention: Mention, lexicon: DealLexicon) -> bool:
    """Say whether a force stands before "funds", in brackets or not."""
    i = tree.tokens_in(mention.span)[-1].i + 1
    if i < len(tree.tokens) and tree.tokens[i].text in _CLOSING:
        i += 1
    behind = i < len(tree.tokens) and tree.tokens[i].lemma.lower() in lexicon.words["fund_words"]
    return mention.type is EntityType.ARMED_FORCE and behind


def _is_award(frame: Frame, lexicon: DealLexicon) -> bool:
    return any(lexicon.rules[t].type == "award" for t in frame.triggers) and not frame.is_negated
