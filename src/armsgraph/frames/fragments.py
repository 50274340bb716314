"""Sentences that tell of a deal without a word for it: lines of lists and tables, "the third is for Kenya"."""

from __future__ import annotations

import re
from dataclasses import replace

from armsgraph.frames.items import find_things, is_share
from armsgraph.frames.shares import named_behind
from armsgraph.frames.times import Times, is_price
from armsgraph.lexicon.deals import DealLexicon
from armsgraph.model import DealKind, DealStatus, Evidence, Frame, FrameItem, Modality, Sentence, Span
from armsgraph.syntax import PARTY_TYPES, Tree

__all__ = ["BULLET", "find_fragment", "schedule_frame", "state_frame", "support_frame"]

_CONFIDENCE = 0.3
_SHORT = 9
# What a line of a list begins with.
BULLET = re.compile(r"\s*(?:[-*•–—‣▪●·]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s")


def find_fragment(tree: Tree, sentence: Sentence, lexicon: DealLexicon) -> Frame | None:
    """Return a frame for a sentence without a trigger that names a thing beside a party, a sum or a count.

    It is a support frame: whether it tells of a deal at all, later stages have to decide.

    Returns:
        The frame, with trigger `line` where the sentence has no verb and `bare` where it has one, or None.
    """
    words = {tree.tokens[i].lemma.lower() for i in range(sentence.first, sentence.last)}
    if words & lexicon.words["replacing_words"]:
        return None  # what is replaced or retired is no thing of a deal
    is_listed = BULLET.match(tree.document.text, sentence.span.start) is not None
    things = [t for t in find_things(tree, sentence, lexicon) if not t.is_soft]
    items = [t.item for t in things if _is_thing(t.item, is_listed)]
    shares = [t.item for t in things if t.item.number is not None and not t.item.noun and is_share(tree, t.head)]
    if items and len(shares) > 1:
        items += [i for i in shares if i not in items]
    money = [
        m for m in tree.money_by_sentence.get(sentence.i, ()) if not m.restates and is_price(tree, sentence, m, lexicon)
    ]
    has_party = any(m.type in PARTY_TYPES for m in tree.mentions_by_sentence.get(sentence.i, ()))
    counted = any(i.number is not None for i in items)
    has_verb = any(tree.tokens[i].pos in {"VERB", "AUX"} for i in range(sentence.first, sentence.last))
    if not items and not has_verb:
        items = _counted(tree, sentence, lexicon)
    parties = named_behind(tree, sentence.i, items, lexicon)
    if not items or not (money or counted or has_party):
        return None
    trigger = "bare" if has_verb else "line"
    return Frame(
        span=items[0].span,
        sentence=sentence.i,
        paragraph=sentence.paragraph,
        triggers=(trigger,),
        kind=DealKind.DEAL,
        status=None,
        evidence=Evidence(
            span=items[0].span, rule=f"trigger.{trigger}", confidence=_CONFIDENCE, modality=Modality.ASSERTED
        ),
        items=tuple(items),
        arguments=tuple(parties),
        money=tuple(money),
        is_support=True,
        is_headline=sentence.paragraph == 0,
        marks=lexicon.rules[trigger].marks,
    )


def state_frame(tree: Tree, sentence: Sentence, subject: int, status: DealStatus, lexicon: DealLexicon) -> Frame:
    """Return a support frame for the things that `subject` stands for, whose state is said ("67 are in use")."""
    inside = frozenset(tree.subtree(subject))
    items = [t.item for t in find_things(tree, sentence, lexicon) if t.head in inside]
    frame = support_frame(sentence, tree.tokens[subject].span, "state", lexicon)
    return replace(frame, status=status, items=tuple(items))


def schedule_frame(sentence: Sentence, times: Times, lexicon: DealLexicon) -> Frame | None:
    """Return a support frame for a sentence that only says when something told before comes, or how long it takes."""
    spans = [*(d.span for d in (*times.starts_on, *times.ends_on)), *(d.span for d in times.durations)]
    if not spans:
        return None
    frame = support_frame(sentence, spans[0], "schedule", lexicon)
    return replace(
        frame, starts_on=tuple(times.starts_on), ends_on=tuple(times.ends_on), durations=tuple(times.durations)
    )


def support_frame(sentence: Sentence, span: Span, trigger: str, lexicon: DealLexicon) -> Frame:
    """Return a frame that says something of a deal told elsewhere, with nothing in it but its trigger."""
    rule = f"trigger.{trigger}"
    return Frame(
        span=span,
        sentence=sentence.i,
        paragraph=sentence.paragraph,
        triggers=(trigger,),
        kind=DealKind.DEAL,
        status=None,
        evidence=Evidence(span=span, rule=rule, confidence=_CONFIDENCE, modality=Modality.ASSERTED),
        is_support=True,
        is_headline=sentence.paragraph == 0,
        marks=lexicon.rules[trigger].marks,
    )


def _counted(tree: Tree, sentence: Sentence, lexicon: DealLexicon) -> list[FrameItem]:
    """Return the bare counts of a line ("Kenya Navy - three", "eight for Norway, two for Poland"), or []."""
    items = [t.item for t in find_things(tree, sentence, lexicon) if t.item.number is not None and not t.is_soft]
    is_shared_out = len(named_behind(tree, sentence.i, items, lexicon)) >= len(items)
    return items if is_shared_out or (len(items) == 1 and sentence.last - sentence.first <= _SHORT) else []


def _is_thing(item: FrameItem, is_listed: bool) -> bool:
    """Say whether an item by itself makes one think of a deal; in a line of a list "5,000 vehicles" does, too."""
    counted = item.number is not None and bool(item.noun)
    return item.weapon_id is not None or (counted and (is_listed or not item.is_generic))
