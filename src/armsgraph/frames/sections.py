"""Headings and labels that name a side of the deals under them ("NAVY", "Kenya:"), and customers of foreign sales."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from armsgraph.frames.roles import placed_argument
from armsgraph.lexicon.deals import DealLexicon
from armsgraph.model import (
    Argument,
    EntityType,
    Frame,
    Mention,
    MentionForm,
    Role,
    Sentence,
)
from armsgraph.syntax import PARTY_TYPES, Tree

__all__ = ["party_alone", "under_headings"]

_LEAD = re.compile(r"[\W\d]*(?:(?:for|for the|the)\s+)?", re.IGNORECASE)
_ALONE = re.compile(r"\s*(?:\([^)]*\))?\s*[.:]?\s*")
_LABEL = re.compile(r"\s*(?:\([^)]*\))?\s*(?::|[–—]|-\s)")
_JOINT = re.compile(r"\s*(?:,|,?\s*and|&|/)\s*")
_SHARE = r"(?:\(\d{1,3}(?:\.\d+)?\s*(?:%|percent)\))"
_OTHERS = rf"(?:foreign military sales?\s+(?:\(FMS\)\s*)?customers?\s*{_SHARE}?[\s,;]*)?"
_BETWEEN = re.compile(
    rf"\s*{_SHARE}?[\s,;(]*(?:and\s+)?{_OTHERS}(?:and\s+)?(?:the\s+)?(?:governments?\s+of\s+)?(?:the\s+)?",
    re.IGNORECASE,
)
_ABROAD = r"\bforeign military sales?\b(?:\s+\(FMS\))?\s*(?:customers?\s*)?\(?(?:to|for|:)?"
# "purchases for the Navy (76%) and the governments of ... (24%)": all who have a share buy.
_SHARED = rf"\b(?:purchases|provides|procurements?|requirements|is)\s+for\s+(?=[^.]*?{_SHARE})"
_FOREIGN = re.compile(rf"{_SHARED}|{_ABROAD}|\bfor\s+(?=the\s+governments?\s+of)", re.IGNORECASE)
# What says neither that something goes from one to another nor for how much.
_NO_EXCHANGE = frozenset({"extend", "is-buyer", "is-supplier", "none", "price", "produce", "upgrade"})
# How many paragraphs a heading holds for, and how many words a paragraph has that is no heading.
_HOLDS = 8
_LONG = 8
_CAPITALS = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heading:
    mentions: tuple[Mention, ...]
    paragraph: int
    last: int


def under_headings(tree: Tree, frames: Sequence[Frame], lexicon: DealLexicon) -> tuple[Frame, ...]:
    """Return the frames, those that name nobody on a side with who the heading above or the label before them names.

    A firm provides; a state, a force or a ministry buys, unless its own state makes the thing or stands in the frame in
    another part. Where a paragraph says to whom goods are sold abroad, these buy and not the force of the heading.
    """
    above = {p: h for h in _headings(tree) for p in range(h.paragraph, h.last + 1)}
    bought = {f.paragraph for f in frames if not f.is_negated and not _is_open(f, Role.BUYER)}
    customers = _customers(tree)

    def read(frame: Frame) -> Frame:
        abroad = customers.get(frame.paragraph, [])
        if abroad:
            takes = _is_open(frame, Role.BUYER) and _is_award(frame, lexicon)
            return _with(frame, [placed_argument(Role.BUYER, m, "list.customer") for m in abroad]) if takes else frame
        heading = above.get(frame.paragraph)
        if heading is None or (heading.paragraph != frame.paragraph and frame.paragraph in bought):
            return frame  # a paragraph that names its buyer needs no heading for it
        return _with_heading(tree, frame, heading.mentions, lexicon)

    return tuple(read(frame) for frame in frames)


# ------------------------------------------------------------------------------------------------ headings
def _headings(tree: Tree) -> Iterator[_Heading]:
    """Yield headings and labels with the paragraphs that they hold for, in the order of the text."""
    by_paragraph: dict[int, list[Sentence]] = {}
    for s in tree.parse.sentences:
        by_paragraph.setdefault(s.paragraph, []).append(s)
    told = {p: inside for p, inside in by_paragraph.items() if p > 0}
    alone = {p for p, inside in told.items() if party_alone(tree, inside)}
    titles = {p for p, inside in told.items() if _mention_label(tree, inside) and _is_title(tree, inside)}
    heads = alone | titles
    for p, inside in told.items():
        mention = party_alone(tree, inside) or _mention_label(tree, inside) or _mention_run_in(tree, inside)
        if mention is None:
            continue
        last = p
        if p in heads:
            while last < p + _HOLDS and last + 1 in told and last + 1 not in heads:
                last += 1
            if last == p or not _is_told(tree, told[p + 1]):
                continue
        yield _Heading(mentions=_row(tree, inside[0], mention), paragraph=p, last=last)


def _first_party(tree: Tree, sentence: Sentence) -> Mention | None:
    """Return the party that a sentence begins with, bullets and numbers aside."""
    for mention in tree.mentions_by_sentence.get(sentence.i, ()):
        if mention.type in PARTY_TYPES and mention.form is not MentionForm.ADJECTIVE:
            lead = tree.document.text[sentence.span.start : mention.span.start]
            return mention if _LEAD.fullmatch(lead) else None
    return None


def _row(tree: Tree, sentence: Sentence, first: Mention) -> tuple[Mention, ...]:
    """Return the mentions that stand in one row with the first ("Alder Defence and Norvik Arms: ...")."""
    row = [first]
    for mention in tree.mentions_by_sentence.get(sentence.i, ()):
        if mention.type is first.type and mention.span.start > row[-1].span.end:
            between = tree.document.text[row[-1].span.end : mention.span.start]
            if _JOINT.fullmatch(between) and mention.form is not MentionForm.ADJECTIVE:
                row.append(mention)
    return tuple(row)


def _behind(tree: Tree, sentence: Sentence, mention: Mention) -> str:
    return tree.document.text[mention.span.end : sentence.span.end]


def party_alone(tree: Tree, inside: Sequence[Sentence]) -> Mention | None:
    """Return the party that is all that a paragraph (its sentences) says, as a heading does."""
    if len(inside) != 1:
        return None
    mention = _first_party(tree, inside[0])
    if mention is None or mention.type is EntityType.GOVERNMENT_BODY:
        return None  # a ministry alone in a line is who writes
    return mention if _ALONE.fullmatch(_behind(tree, inside[0], mention)) else None


def _mention_run_in(tree: Tree, inside: Sequence[Sentence]) -> Mention | None:
    """Return the party that stands alone before the first full stop of a paragraph ("2. KENYA. 12 rifles for ...")."""
    mention = _first_party(tree, inside[0]) if len(inside) > 1 else None
    if mention is None or not _behind(tree, inside[0], mention).strip().endswith((".", ":")):
        return None
    return mention if _ALONE.fullmatch(_behind(tree, inside[0], mention)) else None


def _mention_label(tree: Tree, inside: Sequence[Sentence]) -> Mention | None:
    mention = _first_party(tree, inside[0])
    if mention is None:
        return None
    last = _row(tree, inside[0], mention)[-1]
    mark = _LABEL.match(_behind(tree, inside[0], last))
    if mark is None:
        return None
    end = last.span.end + mark.end()
    others = [m.span for m in tree.mentions_by_sentence[inside[0].i] if m.type in PARTY_TYPES and m.span.start >= end]
    is_pair = any(not tree.document.text[end : other.start].strip() for other in others)
    return None if is_pair else mention  # "KENYA - POLAND" names both


def _is_title(tree: Tree, inside: Sequence[Sentence]) -> bool:
    """Say whether a paragraph is one line in capitals ("KENYA: TWO DOWN, TWO TO GO")."""
    mention = _first_party(tree, inside[0])
    start = mention.span.end if mention is not None else inside[0].span.start
    letters = [c for c in tree.document.text[start : inside[-1].span.end] if c.isalpha()]
    return sum(c.isupper() for c in letters) > _CAPITALS * len(letters)


def _is_told(tree: Tree, inside: Sequence[Sentence]) -> bool:
    """Say whether a paragraph is no heading or letterhead itself: it has a verb, or it is long."""
    tokens = tree.tokens[inside[0].first : inside[-1].last]
    return len(tokens) > _LONG or any(t.pos in {"VERB", "AUX"} for t in tokens)


# ------------------------------------------------------------------------------------------------ customers
def _customers(tree: Tree) -> dict[int, list[Mention]]:
    """Return the states and forces named right behind "Foreign Military Sales", by paragraph."""
    found: dict[int, list[Mention]] = {}
    for sentence in tree.parse.sentences:
        text = tree.document.text[sentence.span.start : sentence.span.end]
        for hit in _FOREIGN.finditer(text):
            end = sentence.span.start + hit.end()
            for mention in tree.mentions_by_sentence.get(sentence.i, ()):
                if mention.type not in {EntityType.STATE, EntityType.ARMED_FORCE} or mention.span.start < end:
                    continue
                if not _BETWEEN.fullmatch(tree.document.text[end : mention.span.start]):
                    break
                if mention.form is not MentionForm.ADJECTIVE:
                    found.setdefault(sentence.paragraph, []).append(mention)
                end = mention.span.end
    return found


# ------------------------------------------------------------------------------------------------ into the frames
def _is_award(frame: Frame, lexicon: DealLexicon) -> bool:
    return not frame.is_negated and any(lexicon.rules[t].type in {"award", "win"} for t in frame.triggers)


def _is_open(frame: Frame, role: Role) -> bool:
    return all(a.role is not role for a in frame.arguments)


def _with_heading(tree: Tree, frame: Frame, mentions: tuple[Mention, ...], lexicon: DealLexicon) -> Frame:
    role = Role.SUPPLIER if mentions[0].type is EntityType.FIRM else Role.BUYER
    if frame.is_negated or not _is_deal(frame, lexicon) or not _is_open(frame, role):
        return frame
    said = {a.entity_id for a in frame.arguments}
    fit = [m for m in mentions if role is Role.SUPPLIER or not _may_sell(tree, frame, m)]
    return _with(frame, [placed_argument(role, m, "list.heading") for m in fit if m.entity_id not in said])


def _may_sell(tree: Tree, frame: Frame, mention: Mention) -> bool:
    """Say whether the state of a heading stands in the frame in another part, or makes the thing itself."""
    said = {a.entity_id for a in frame.arguments if tree.types.get(a.entity_id) is not EntityType.FIRM}
    if mention.type is EntityType.STATE:
        said |= {i.weapon_id for i in frame.items if i.weapon_id}
    return tree.state_of(mention.entity_id) in {tree.state_of(i) for i in said}


def _is_deal(frame: Frame, lexicon: DealLexicon) -> bool:
    """Say whether a frame has a thing that changes hands or is counted or priced, or an award with its sum."""
    if not frame.items:
        return bool(frame.money) and _is_award(frame, lexicon)
    counted = any(i.number is not None for i in frame.items)
    is_line = frame.triggers in {("bare",), ("line",)}
    if is_line:
        return counted or bool(frame.money)
    return any(lexicon.rules[t].type not in _NO_EXCHANGE for t in frame.triggers)


def _with(frame: Frame, more: Sequence[Argument]) -> Frame:
    return replace(frame, arguments=(*frame.arguments, *more))
