"""Captions whose verb the parser takes for a noun ("From left: Anna Berg and Rui Matos sign in Lisbon on Monday")."""

from __future__ import annotations

from dataclasses import replace

from armsgraph.frames.fragments import support_frame
from armsgraph.frames.roles import placed_argument
from armsgraph.frames.when import side_of_publication
from armsgraph.lexicon.deals import DealLexicon
from armsgraph.model import DealStatus, EntityType, Frame, Role, Sentence
from armsgraph.syntax import Tree

__all__ = ["signing_frame"]

_SIGN = frozenset({"ink", "pen", "sign"})
_TRIGGER = "sign-alone"
_RULE = f"trigger.{_TRIGGER}.caption"
# One person before "sign" may be its possessor; two in a row do something.
_LEAST = 2


def signing_frame(tree: Tree, sentence: Sentence, lexicon: DealLexicon) -> Frame | None:
    """Return a frame of signing for a sentence without a verb in which persons stand before "sign", or None."""
    verb = next((t for t in tree.tokens[sentence.first : sentence.last] if t.text.lower() in _SIGN), None)
    if verb is None or any(t.pos in {"AUX", "VERB"} for t in tree.tokens[sentence.first : verb.i]):
        return None
    named = tree.mentions_by_sentence.get(sentence.i, ())
    persons = [m for m in named if m.type is EntityType.PERSON and m.entity_id and m.span.end <= verb.span.start]
    if len({m.entity_id for m in persons}) < _LEAST:
        return None
    places = [
        m
        for m in named
        if m.type is EntityType.PLACE
        and m.span.start > verb.span.end
        and tree.case_above(tree.heads[m]) in {"at", "in"}
    ]
    days = [
        d
        for d in tree.dates_by_sentence.get(sentence.i, ())
        if d.start is not None and d.span.start > verb.span.end and side_of_publication(tree, d) <= 0
    ]
    arguments = [placed_argument(Role.SIGNATORY, m, _RULE) for m in persons]
    arguments += [placed_argument(Role.SIGNED_AT, m, _RULE) for m in places[:1]]
    frame = support_frame(sentence, verb.span, _TRIGGER, lexicon)
    return replace(frame, status=DealStatus.SIGNED, arguments=tuple(arguments), signed_on=tuple(days[:1]))
