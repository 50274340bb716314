"""A whole and its parts as frames: what is the part's own, what it has of the whole, what is left for the whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from armsgraph.frames.counts import Count, is_same
from armsgraph.frames.fragments import support_frame
from armsgraph.frames.roles import LISTED, is_public, lent_argument
from armsgraph.frames.shares import SHARE
from armsgraph.frames.stretches import Stretch
from armsgraph.lexicon.deals import DealLexicon
from armsgraph.model import OPEN_ROLES, WHOLE, Argument, DealStatus, Frame, FrameItem, Money, Role
from armsgraph.syntax import Tree

__all__ = ["SIDES", "Part", "Whole", "divide"]

SIDES = (Role.BUYER, Role.SUPPLIER)
# What a handover that is still to come is while the whole is not yet ordered, or no longer.
_TO_COME = frozenset({DealStatus.ORDERED, DealStatus.SIGNED})
_NOT_MADE = frozenset({DealStatus.CANCELLED, DealStatus.NEGOTIATING, DealStatus.PROPOSED})
_SIGNING = frozenset({Role.SIGNATORY, Role.SIGNED_AT})
_ADDS = "adds-only"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a whole: the stretch it is told in, who is on a side of it there, its sum.

    Attributes:
        names_someone: Whether the stretch says for or from whom it is, whoever that is.
    """

    stretch: Stretch
    parties: tuple[Argument, ...]
    money: tuple[Money, ...]
    names_someone: bool

    @property
    def count(self) -> Count:
        """How many it is."""
        return self.stretch.count


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A count, the frame that says most of what it counts, and its parts; `number` is that of `Frame.part`."""

    number: int
    count: Count
    told: Frame
    parts: tuple[Part, ...]

    @property
    def counted(self) -> frozenset[object]:
        """The numbers of the parts."""
        return frozenset(p.count.number for p in self.parts)

    @property
    def is_told_apart(self) -> bool:
        """Whether no part stands in the sentence of the whole."""
        return all(p.count.sentence != self.told.sentence for p in self.parts)


def divide(tree: Tree, frames: Sequence[Frame], whole: Whole, lexicon: DealLexicon) -> list[Frame]:
    """Return the frames with one for each part of a whole; those that told of parts and of nothing else go."""
    told = whole.told
    item = next((i for i in told.items if is_same(i, whole.count, lexicon)), whole.count.item)
    said = _without_parts(whole)
    bases = [_base(tree, frames, part, whole, lexicon) for part in whole.parts]
    made = [
        replace(_as_part(tree, base, part, said, item), part=(whole.number, n))
        for n, (base, part) in enumerate(zip(bases, whole.parts, strict=True))
    ]
    kept: list[Frame] = []
    for frame in frames:
        left = tuple(i for i in frame.items if i.number not in whole.counted) or ((item,) if frame is told else ())
        is_whole = any(is_same(i, whole.count, lexicon) for i in left)
        is_of_part = any(frame is base for base in bases) and not _tells_signing(frame)
        if is_of_part and (frame is not told or not is_whole):
            continue  # "of the 36 jets, 12 come from Norvik Arms": these are not the supplier of all
        if not is_whole or frame.part is not None:
            kept.append(_of_part(tree, frame, whole))
            continue
        rest = replace(frame, items=left, money=_not_of_parts(frame.money, whole), part=(whole.number, WHOLE))
        if frame is told:
            here = [m for base in bases if base.sentence == told.sentence for m in base.money if m not in rest.money]
            rest = _as_whole(replace(rest, arguments=said.arguments), whole, made, _not_of_parts(here, whole))
        kept.append(rest)
    return sorted([*kept, *made], key=lambda f: (f.sentence, f.span.start))


def _of_part(tree: Tree, frame: Frame, whole: Whole) -> Frame:
    """Return a frame that says more of a part, where it stands among the words of that part, as of it."""
    for n, part in enumerate(whole.parts):
        inside = part.stretch.span(tree).contains(frame.span) and frame.sentence == part.count.sentence
        if inside and frame.is_support and frame.part is None:
            return replace(frame, part=(whole.number, n))
    return frame


# ------------------------------------------------------------------------------------------------ the whole
def _tells_signing(frame: Frame) -> bool:
    return not frame.items and (bool(frame.signed_on) or any(a.role in _SIGNING for a in frame.arguments))


def _not_of_parts(money: Sequence[Money], whole: Whole) -> tuple[Money, ...]:
    sums = {m for p in whole.parts for m in p.money}
    return tuple(m for m in dict.fromkeys(money) if m not in sums)


def _without_parts(whole: Whole) -> Frame:
    """Return what is said of the whole; in one sentence with its parts, those on a side of a part are not of it."""
    if whole.is_told_apart:
        return whole.told
    named = {a.evidence.span for p in whole.parts for a in p.parties}
    return replace(whole.told, arguments=tuple(a for a in whole.told.arguments if a.evidence.span not in named))


def _as_whole(rest: Frame, whole: Whole, made: Sequence[Frame], more: Sequence[Money]) -> Frame:
    """Return the whole with the sums said of it among its parts, the one weapon they name and all who have a side."""
    named = {i.weapon_id for f in made for i in f.items}
    items = rest.items
    if len(items) == 1 and items[0].weapon_id is None and len(named) == 1 and None not in named:
        items = (replace(items[0], weapon_id=min(n for n in named if n), weapon_span=items[0].span),)
    arguments = (*rest.arguments, *_sides_of_all(rest, whole.parts))
    return replace(rest, items=items, arguments=arguments, money=(*rest.money, *more))


def _sides_of_all(told: Frame, parts: Sequence[Part]) -> Iterator[Argument]:
    """Yield those on a side of a part, where each part names one and the whole none."""
    roles = {a.role for a in told.arguments}
    for role in SIDES:
        is_told = role in roles or (role is Role.SUPPLIER and roles & OPEN_ROLES)
        if is_told or not all(any(a.role is role for a in p.parties) for p in parts):
            continue
        seen: set[str] = set()
        for argument in (a for p in parts for a in p.parties if a.role is role):
            if argument.entity_id not in seen:
                seen.add(argument.entity_id)
                yield lent_argument(argument, rule=LISTED)


# ------------------------------------------------------------------------------------------------ the parts
def _base(tree: Tree, frames: Sequence[Frame], part: Part, whole: Whole, lexicon: DealLexicon) -> Frame:
    """Return the frame that tells a part, or a bare one at its count."""
    here = [f for f in frames if f.sentence == part.count.sentence]
    holding = [f for f in here if any(i.number == part.count.number for i in f.items)]
    span = part.stretch.span(tree)
    inside = [f for f in here if span.contains(f.span) and not any(i.number in whole.counted for i in f.items)]
    for found in (holding, inside):
        if found:
            return max(found, key=lambda f: (not f.is_support, len(f.arguments)))
    return support_frame(tree.parse.sentences[part.count.sentence], part.count.number.span, "line", lexicon)


def _as_part(tree: Tree, base: Frame, part: Part, told: Frame, of_whole: FrameItem) -> Frame:
    span = part.stretch.span(tree)
    own = next((i for i in base.items if i.number == part.count.number), None)
    item = _item(own, of_whole, part.count)
    status = _status(base, told)
    # what did not come about of a part is still part of a whole that was told
    modality = told.evidence.modality if base.is_negated else base.evidence.modality
    return replace(
        base,
        evidence=replace(base.evidence, modality=modality),
        items=(item,),
        arguments=(
            *part.parties,
            *_handed_down(tree, told, part),
            *(a for a in base.arguments if a.role is Role.PRODUCED_AT and span.contains(a.evidence.span)),
        ),
        money=part.money,
        signed_on=base.signed_on or told.signed_on,
        starts_on=tuple(d for d in base.starts_on if span.contains(d.span)),
        ends_on=tuple(d for d in base.ends_on if span.contains(d.span)),
        durations=tuple(d for d in base.durations if span.contains(d.span)),
        status=status,
        status_from=base.status_from if status is base.status else told.evidence,
        is_support=False,
        is_negated=False,
        marks=base.marks - {_ADDS} | {SHARE},
    )


def _status(base: Frame, told: Frame) -> DealStatus | None:
    """Return how far a part is: as far as the whole if it does not say, or says only what did not come about."""
    if base.is_negated:
        return told.status if told.status in _NOT_MADE else DealStatus.CANCELLED
    if base.status is None or (base.status in _TO_COME and told.status in _NOT_MADE and not base.signed_on):
        return told.status or base.status
    return base.status


def _item(own: FrameItem | None, of_whole: FrameItem, count: Count) -> FrameItem:
    """Return so many of the thing of the whole; where the part names a thing itself, that one."""
    if own is not None and own.weapon_id is not None:
        return own
    span = own.span if own is not None else count.number.span
    noun = own.noun if own is not None and own.noun else of_whole.noun
    number = None if count.is_rest else count.number
    weapon_span = span if of_whole.weapon_id is not None else None
    return replace(of_whole, span=span, noun=noun, weapon_id=of_whole.weapon_id, weapon_span=weapon_span, number=number)


def _handed_down(tree: Tree, told: Frame, part: Part) -> Iterator[Argument]:
    """Yield who has a side of the whole that the part says nothing of, and where it was signed."""
    own = {a.role for a in part.parties}
    known = {a.entity_id for a in part.parties}
    yield from (lent_argument(a) for a in told.arguments if a.role is Role.SIGNED_AT)
    for role in SIDES:
        if role in own:
            continue
        sides = [a for a in told.arguments if a.role is role and a.entity_id not in known]
        if sides:
            yield from (lent_argument(a) for a in sides)
        elif own:
            yield from (lent_argument(a, role=role) for a in _open_sides(tree, told, role, known))
    if not own:
        yield from (lent_argument(a) for a in told.arguments if a.role in OPEN_ROLES)


def _open_sides(tree: Tree, told: Frame, role: Role, known: set[str]) -> list[Argument]:
    """Return who of those that signed the whole is on a side of a part whose other side is known."""
    signed = [a for a in told.arguments if a.role in OPEN_ROLES and a.entity_id not in known]
    public = [a for a in signed if is_public(tree, a)]
    if role is Role.BUYER:
        first = [a for a in public if a.role is Role.PARTY] or public
        return first or signed
    return [a for a in signed if a not in public] or [a for a in public if a.role is Role.COUNTERPART]
