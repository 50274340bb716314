"""Sentences in which one verb serves several in turn ("Norway got eight HX-20 jets and Kenya ten"): one frame each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from armsgraph.frames.roles import placed_argument
from armsgraph.frames.shares import SHARE
from armsgraph.lexicon.deals import DealLexicon
from armsgraph.model import (
    Argument,
    EntityType,
    Frame,
    FrameItem,
    Mention,
    MentionForm,
    Number,
    Role,
)
from armsgraph.syntax import PARTY_TYPES, Tree

__all__ = ["split_by_turn"]

_ACTS = (".subject", ".by")
_SIDES = frozenset({Role.BUYER, Role.SUPPLIER})
_JOINTS = frozenset({",", ";", "and", "while", "with"})
_ARTICLES = frozenset({"the", "a", "an", "its", "their"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Turn:
    """One who acts as the one before did, and the count right behind ("Kenya ten")."""

    mention: Mention
    number: Number


def split_by_turn(tree: Tree, frame: Frame, lexicon: DealLexicon) -> tuple[Frame, ...]:
    """Return a frame for each party that acts in turn, or the frame alone.

    Three constructions: the verb is left out the second time ("Norway got eight HX-20 jets and Kenya ten"); the counts
    stand in the order of the names ("Norway and Kenya ordered eight and ten respectively"); several acted alike and
    nothing is counted ("Norway, Kenya and Poland bought it"), unless they did it together.
    """
    acting = [a for a in frame.arguments if a.role in _SIDES and a.evidence.rule.endswith(_ACTS)]
    if not acting or len({a.role for a in acting}) > 1:
        return (frame,)
    return _by_order(tree, frame, acting, lexicon) or _by_gap(tree, frame, acting) or (frame,)


# ------------------------------------------------------------------------------------------------ the verb left out
def _by_gap(tree: Tree, frame: Frame, acting: Sequence[Argument]) -> tuple[Frame, ...]:
    turns = list(_turns(tree, frame, acting))
    if not turns:
        return ()
    starts = [turn.mention.span.start for turn in turns]
    first = [i for i in frame.items if i.span.end < starts[0]]
    if not any(i.number is not None for i in first):
        return ()
    named = {turn.mention.entity_id for turn in turns}
    kept = [a for a in frame.arguments if a.entity_id not in named]
    own = [a for a in kept if _start(a) >= starts[0]]
    parts = [replace(frame, items=tuple(first), arguments=tuple(a for a in kept if a not in own))]
    parts[0] = replace(parts[0], money=tuple(m for m in frame.money if m.span.start < starts[0]))
    role, shared = acting[0].role, [a for a in kept if a.role not in _SIDES and a not in own]
    for turn, end in zip(turns, [*starts[1:], None], strict=True):
        start = turn.mention.span.start
        inside = [a for a in own if _start(a) > start and (end is None or _start(a) < end)]
        parts.append(
            replace(
                frame,
                items=_things_of(frame, turn, end, first),
                arguments=(placed_argument(role, turn.mention, "turn.subject"), *shared, *inside),
                money=tuple(m for m in frame.money if m.span.start > start and (end is None or m.span.start < end)),
            )
        )
    return tuple(replace(part, marks=part.marks | {SHARE}) for part in parts)


def _turns(tree: Tree, frame: Frame, acting: Sequence[Argument]) -> Iterator[_Turn]:
    """Yield the parties behind the verb that have a joint before them and a count right behind them."""
    known = {a.entity_id for a in acting}
    for mention in tree.mentions_by_sentence.get(frame.sentence, ()):
        if mention.type not in PARTY_TYPES or mention.form is MentionForm.ADJECTIVE or mention.entity_id is None:
            continue
        if mention.span.start < frame.span.end or mention.entity_id in known:
            continue
        inside = tree.tokens_in(mention.span)
        before, behind = inside[0].i - 1, inside[-1].i + 1
        if before >= 0 and tree.tokens[before].text.lower() in _ARTICLES:
            before -= 1
        if before < 0 or tree.tokens[before].text.lower() not in _JOINTS or behind >= len(tree.tokens):
            continue
        number = tree.numbers_at.get(behind)
        if number is not None and tree.tokens[behind].sentence == frame.sentence:
            yield _Turn(mention=mention, number=number)


def _things_of(frame: Frame, turn: _Turn, end: int | None, first: Sequence[FrameItem]) -> tuple[FrameItem, ...]:
    """Return what one turn names; a bare count is one of what the first turn names."""
    start = turn.mention.span.start
    named = [i for i in frame.items if i.span.end > start and (end is None or i.span.end < end)]
    if any(i.number is not None and i.number.span == turn.number.span and (i.noun or i.weapon_id) for i in named):
        return tuple(named)
    like = next(i for i in first if i.number is not None)
    bare = replace(
        like,
        span=turn.number.span,
        weapon_span=turn.number.span if like.weapon_id is not None else None,
        number=turn.number,
    )
    return (bare, *(i for i in named if i.noun or i.weapon_id))


# ------------------------------------------------------------------------------------------------ in the order named
def _by_order(tree: Tree, frame: Frame, acting: Sequence[Argument], lexicon: DealLexicon) -> tuple[Frame, ...]:
    owners = list(dict.fromkeys(a.entity_id for a in sorted(acting, key=_start)))
    words = {tree.tokens[i].text.lower() for i in _inside(tree, frame)}
    if len(owners) < 2 or words & lexicon.words["together_words"]:
        return ()
    numbers = _counts(tree, frame) if words & lexicon.words["respectively_words"] else []
    items: list[tuple[FrameItem, ...]] = [frame.items] * len(owners)
    if len(numbers) == len(owners):
        thing = next((i for i in frame.items if i.weapon_id or i.noun), None)
        items = [(_counted(thing, n),) for n in numbers]
    elif numbers or not _is_uncounted(frame) or not _are_buyers_in_a_row(tree, acting):
        return ()
    return tuple(
        replace(
            frame,
            items=things,
            money=(),
            arguments=tuple(a for a in frame.arguments if a.role is not acting[0].role or a.entity_id == owner),
            marks=frame.marks | {SHARE},
        )
        for owner, things in zip(owners, items, strict=True)
    )


def _is_uncounted(frame: Frame) -> bool:
    return bool(frame.items) and not frame.money and all(i.number is None for i in frame.items)


def _are_buyers_in_a_row(tree: Tree, acting: Sequence[Argument]) -> bool:
    """Say whether states buy that stand in one row ("Norway, Kenya and Poland")."""
    states = [a for a in acting if a.role is Role.BUYER and tree.types.get(a.entity_id) is EntityType.STATE]
    inside = [tree.tokens_in(a.evidence.span) for a in sorted(acting, key=_start)]
    before = {tree.tokens[tokens[0].i - 1].text.lower() for tokens in inside[1:] if tokens and tokens[0].i > 0}
    return len(states) == len(acting) and "and" in before and before <= {"and", ","}


def _inside(tree: Tree, frame: Frame) -> range:
    sentence = tree.parse.sentences[frame.sentence]
    return range(sentence.first, sentence.last)


def _counts(tree: Tree, frame: Frame) -> list[Number]:
    found = {id(n): n for i in _inside(tree, frame) if (n := tree.numbers_at.get(i)) is not None}
    return sorted(found.values(), key=lambda n: n.span.start)


def _counted(thing: FrameItem | None, number: Number) -> FrameItem:
    if thing is None:
        return FrameItem(span=number.span, number=number)
    return replace(thing, number=number)


def _start(argument: Argument) -> int:
    return argument.evidence.span.start
