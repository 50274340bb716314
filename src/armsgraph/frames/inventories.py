"""Counted lists with semicolons behind one verb ("asked to buy 36 missiles; 12 stations; and 2 radars").

Notices of sales list what is to be sold so, over many lines; the parser takes such a list apart into sentences of its
own and hangs counts on the thing before. Here it is read part by part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from armsgraph.frames.nouns import class_noun
from armsgraph.lexicon.deals import DealLexicon
from armsgraph.model import EntityType, Frame, FrameItem, MentionForm, Number, Sentence, Span
from armsgraph.syntax import Tree

__all__ = ["with_inventories"]

_LEAD = re.compile(r"\s*(?:(?:and|also|plus|as well as|up to)\s+)*", re.IGNORECASE)
_AGAIN = re.compile(r"\s*(?:\([\d,. ]+\)\s*)?")
_END = re.compile(r"\.(?:\s|$)")
# What ends the words that name a thing; what stands behind only describes it.
_TAIL = re.compile(r",|\s\(|\s(?:with|for|and|to|including)\s")
# How many parts of a list begin with a count for it to be one.
_COUNTED = 3
_BUYING = frozenset({"approve", "ask", "buy", "sell"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Inventory:
    span: Span
    items: tuple[FrameItem, ...]


def with_inventories(tree: Tree, frames: Sequence[Frame], lexicon: DealLexicon) -> tuple[Frame, ...]:
    """Return the frames; the one before a counted list holds its parts, those that the parser made of parts go."""
    result = list(frames)
    for paragraph, sentences in groupby(tree.parse.sentences, key=lambda s: s.paragraph):
        lead: int | None = None
        for found in _inventories(tree, tuple(sentences), lexicon):
            before = [n for n, f in enumerate(result) if f.paragraph == paragraph and f.span.end <= found.span.start]
            told = [n for n in before if _is_of(tree, result[n], found) and _asks(result[n], lexicon)]
            lead = told[-1] if told else lead
            if lead is None:
                continue
            result[lead] = _with(result[lead], found)
            kept = [f for f in result if not (f.is_support and found.span.contains(f.span))]
            lead, result = kept.index(result[lead]), kept
    return tuple(result)


def _asks(frame: Frame, lexicon: DealLexicon) -> bool:
    return not frame.is_negated and any(lexicon.rules[t].type in _BUYING for t in frame.triggers)


def _is_of(tree: Tree, frame: Frame, found: _Inventory) -> bool:
    """Say whether a frame stands in the sentence in which the list begins, by its full stops."""
    return _END.search(tree.document.text, frame.span.end, found.span.start) is None


def _with(frame: Frame, found: _Inventory) -> Frame:
    outside = [i for i in frame.items if not i.span.overlaps(found.span)]
    named = {i.weapon_id for i in found.items if i.weapon_id is not None}
    kept = [i for i in outside if i.weapon_id is None or i.weapon_id not in named or i.number is not None]
    return replace(frame, items=(*kept, *found.items))


# ------------------------------------------------------------------------------------------------ the list
def _inventories(tree: Tree, inside: Sequence[Sentence], lexicon: DealLexicon) -> Iterator[_Inventory]:
    """Yield the lists of the sentences of a paragraph, each part with its count and what it counts."""
    start, end = inside[0].span.start, inside[-1].span.end
    text = tree.document.text
    if text.count(";", start, end) < _COUNTED - 1:
        return
    tokens = range(inside[0].first, inside[-1].last)
    counts = [n for i in tokens if (n := tree.numbers_at.get(i)) is not None]
    for told in _between_stops(text, start, end):
        parts = [Span(a, b) for a, b in _split(text, told.start, told.end) if text[a:b].strip()]
        first = next((n for n in counts if parts[0].contains(n.span)), None)
        if first is None:
            continue
        parts[0] = Span(first.span.start, parts[0].end)
        counted = [_count_of(text, p, counts) for p in parts]
        if sum(c is not None for c in counted) >= _COUNTED:
            items = [_item(tree, p, c, lexicon) for p, c in zip(parts, counted, strict=True)]
            held = tuple(i for i in items if i is not None)
            yield _Inventory(span=Span(parts[0].start, told.end), items=held)


def _between_stops(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield stretches that end with a full stop or with the paragraph."""
    while start < end:
        stop = _END.search(text, start, end)
        last = stop.start() if stop is not None else end
        if ";" in text[start:last]:
            yield Span(start, last)
        start = last + 1


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while True:
        at = text.find(";", start, end)
        yield start, at if at >= 0 else end
        if at < 0:
            return
        start = at + 1


def _count_of(text: str, part: Span, counts: Sequence[Number]) -> Number | None:
    """Return the count that a part begins with."""
    lead = _LEAD.match(text, part.start, part.end)
    start = lead.end() if lead is not None else part.start
    return next((n for n in counts if start in {n.span.start, (n.hedge_span or n.span).start}), None)


def _item(tree: Tree, part: Span, number: Number | None, lexicon: DealLexicon) -> FrameItem | None:
    """Return what a part counts, a weapon or a class noun; without a count only weapons that it begins with."""
    inside = tree.tokens_in(part)
    if not inside:
        return None
    text = tree.document.text
    again = _AGAIN.match(text, number.span.end, part.end) if number is not None else None
    start = again.end() if again is not None else part.start
    weapons = [
        m
        for s in range(inside[0].sentence, inside[-1].sentence + 1)
        for m in tree.mentions_by_sentence.get(s, ())
        if m.type is EntityType.WEAPON and m.form is not MentionForm.ADJECTIVE and part.contains(m.span)
    ]
    tail = _TAIL.search(text, max([start, *(m.span.end for m in weapons[:1])]), part.end)
    end = tail.start() if tail is not None else part.end
    named = [t for t in inside if start <= t.span.start < end and t.pos in {"NOUN", "PROPN"}]
    nouns = [(t, noun) for t in named if (noun := class_noun(t, lexicon))]
    weapon = weapons[0] if weapons else None
    if weapon is None and (number is None or not nouns):
        return None
    noun = nouns[-1][1] if nouns else ""
    spans = [t.span for t, _ in nouns[-1:]] + [m.span for m in weapons[:1]]
    return FrameItem(
        span=Span(min(s.start for s in spans), max(s.end for s in spans)),
        weapon_id=weapon.entity_id if weapon is not None else None,
        weapon_span=weapon.span if weapon is not None else None,
        noun=noun,
        number=number,
        is_generic=lexicon.class_nouns.get(noun) == "generic",
        family=lexicon.families.get(noun, ""),
    )
