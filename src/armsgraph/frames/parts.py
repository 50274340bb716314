"""Counts that add up to one told before ("36 jets ... 12 by Norvik Arms and the other 24 by Tarn"): parts of a whole.

Parts are deals of their own where they differ in who gets or who provides them, or have a sum each. They have of the
whole what they do not say themselves: the weapon, the other side, the day and place of signing, how far it has come.
Counts of things that differ in kind, place or day alone stay counts of the whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from armsgraph.frames.counts import Count, find_counts, is_same
from armsgraph.frames.dividing import SIDES, Part, Whole, divide
from armsgraph.frames.stretches import Stretch, find_stretches, names_someone, own_parties
from armsgraph.lexicon.deals import DealLexicon
from armsgraph.model import Frame, Role
from armsgraph.syntax import Tree

__all__ = ["with_parts"]

# The number of the first whole in `Frame.part`; what one sentence introduces is numbered from 0.
_FIRST = 1000
_SMALL = 10
# How many sentences may stand between a whole and its parts; small counts add up by chance.
_NEAR, _FAR = 3, 20


def with_parts(tree: Tree, frames: Sequence[Frame], lexicon: DealLexicon) -> tuple[Frame, ...]:
    """Return the frames, and one for each part of a whole that is told as a deal of its own."""
    counts = find_counts(tree, frames, lexicon)
    result = list(frames)
    taken: set[int] = set()
    number = _FIRST
    for count, run in _wholes(counts, lexicon):
        if any(c.i in taken for c in (count, *run)) or any(f.part is not None for f in _holding(frames, run)):
            continue
        parts: list[Part] = []
        for stretch in find_stretches(tree, count, run):
            like = parts[-1].parties[0].role if parts and parts[-1].parties else None
            parts.append(_read(tree, result, stretch, like, lexicon))
        told = _telling(result, count, {c.sentence for c in run}, lexicon)
        if told is not None and _differ(parts, told):
            taken |= {c.i for c in run}
            result = divide(tree, result, Whole(number=number, count=count, told=told, parts=tuple(parts)), lexicon)
            number += 1
    return tuple(result)


# ------------------------------------------------------------------------------------------------ finding them
def _wholes(counts: Sequence[Count], lexicon: DealLexicon) -> Iterator[tuple[Count, tuple[Count, ...]]]:
    """Yield counts of things with the counts behind them that add up to them, the nearest whole first."""
    for n, whole in reversed(list(enumerate(counts))):
        if whole.value < 3 or not whole.is_named:
            continue
        reach = _NEAR if whole.value < _SMALL else _FAR
        behind = [c for c in counts[n + 1 :] if c.sentence - whole.sentence <= reach and c.suits(whole, lexicon)]
        behind = [c for c in behind if c.value != whole.value]
        for start in range(len(behind)):
            run = _adding_up(behind[start:], whole)
            if run:
                yield whole, run
                break


def _adding_up(counts: Sequence[Count], whole: Count) -> tuple[Count, ...]:
    total = 0
    run: list[Count] = []
    for count in counts:
        if run and count.sentence - run[-1].sentence > 1:
            return ()
        run.append(count)
        total += count.value
        if count.is_rest and 0 < total < whole.value:
            return tuple(run)
        if count.is_rest or total >= whole.value:
            break
    return tuple(run) if total == whole.value and len(run) > 1 else ()


def _holding(frames: Sequence[Frame], run: Sequence[Count]) -> list[Frame]:
    numbers = {c.number for c in run}
    return [f for f in frames if any(i.number in numbers for i in f.items)]


def _telling(frames: Sequence[Frame], whole: Count, run: set[int], lexicon: DealLexicon) -> Frame | None:
    """Return the frame that says most of the whole, rather not in the sentences of its parts (`run`)."""
    before = [f for f in frames if f.sentence <= whole.sentence]
    found = [f for f in before if any(is_same(i, whole, lexicon) for i in f.items)]
    if not found:
        # "signed, on behalf of Norway too, for nine jets": what a verb so far off takes no rule reads
        found = [f for f in before if f.sentence == whole.sentence and not f.items and not f.is_negated]
    return max(
        found, key=lambda f: (f.sentence not in run, len(f.arguments), not f.is_support, -f.span.start), default=None
    )


# ------------------------------------------------------------------------------------------------ reading them
def _read(tree: Tree, frames: Sequence[Frame], stretch: Stretch, like: Role | None, lexicon: DealLexicon) -> Part:
    money = tree.money_by_sentence.get(stretch.count.sentence, ())
    inside = tuple(m for m in money if not m.restates and stretch.span(tree).contains(m.span))
    return Part(
        stretch=stretch,
        parties=own_parties(tree, frames, stretch, lexicon, like=like),
        names_someone=names_someone(tree, stretch),
        money=inside if len(inside) == 1 else (),
    )


def _differ(parts: Sequence[Part], told: Frame) -> bool:
    """Say whether the parts have sides of their own, or a sum each."""
    if all(p.money for p in parts):
        return True
    sides = [{(a.role, a.entity_id) for a in p.parties} for p in parts]
    told_of = sum(bool(p.parties) or p.names_someone for p in parts)
    if told_of < 2 and len({p.count.sentence for p in parts}) < len(parts):
        return False  # who stands in one clause of a sentence may be a side of all
    if not any(sides):
        return all(p.names_someone for p in parts)
    shared = set.intersection(*sides)
    apart = all(p.count.sentence != told.sentence for p in parts)
    of_whole = {r: {a.entity_id for a in told.arguments if a.role is r} for r in SIDES if apart}
    return any(of_whole.get(role) != {entity} for own in sides for role, entity in own - shared)
