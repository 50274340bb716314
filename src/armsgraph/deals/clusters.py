"""Frames gathered round one deal, and the test whether a frame belongs to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from armsgraph.model import (
    Argument,
    DealKind,
    DealStatus,
    Entity,
    EntityType,
    Frame,
    FrameItem,
    Hedge,
    Money,
    Number,
    Role,
)

__all__ = [
    "PAPERS",
    "THRESHOLD",
    "Cluster",
    "affinity",
    "buyers_of",
    "item_key",
    "same_figure",
    "split_by_buyer",
    "suppliers_of",
]

THRESHOLD = 2.0
_OWN_PURCHASE = frozenset({"purchase-n"})
_SELLING = frozenset({"sell", "supply", "deliver", "sale-n", "donate", "transfer", "offer"})
PAPERS = frozenset({DealKind.COOPERATION_AGREEMENT, DealKind.MEMORANDUM, DealKind.JOINT_VENTURE_AGREEMENT})


class Cluster:
    """The frames of one deal, with what they say gathered for comparison."""

    def __init__(self, entities: Mapping[str, Entity]) -> None:
        self.entities = entities
        self.frames: list[Frame] = []
        self._gather()

    def add(self, frame: Frame) -> None:
        """Take in a frame."""
        self.frames.append(frame)
        self._take(frame)

    def lend(self, arguments: tuple[Argument, ...]) -> None:
        """Give the first frame arguments that another deal of the text lends it."""
        self.frames[0] = replace(self.frames[0], arguments=self.frames[0].arguments + arguments)
        self._gather()

    def sort(self) -> None:
        """Put the frames in text order."""
        self.frames.sort(key=lambda f: f.span)

    @property
    def last_sentence(self) -> int:
        """Index of the last sentence that speaks of the deal."""
        return max(f.sentence for f in self.frames)

    @property
    def last_paragraph(self) -> int:
        """Index of the last paragraph that speaks of the deal."""
        return max(f.paragraph for f in self.frames)

    def _gather(self) -> None:
        # gathered once a frame, as every later frame is held against these
        self.weapons: frozenset[str] = frozenset()
        self.nouns: frozenset[str] = frozenset()
        self.families: frozenset[str] = frozenset()
        self.buyers: frozenset[str] = frozenset()
        self.suppliers: frozenset[str] = frozenset()
        for frame in self.frames:
            self._take(frame)

    def _take(self, frame: Frame) -> None:
        buyers, suppliers = _sides(frame, self.entities)
        self.weapons |= {i.weapon_id for i in frame.items if i.weapon_id is not None}
        self.nouns |= {i.noun for i in frame.items if i.noun}
        self.families |= {i.family for i in frame.items if i.family}
        self.buyers |= set(buyers)
        self.suppliers |= set(suppliers)


def buyers_of(frame: Frame, entities: Mapping[str, Entity]) -> tuple[str, ...]:
    """Return the ids of a frame's buyers, PARTY and COUNTERPART told apart by what they are."""
    return _sides(frame, entities)[0]


def suppliers_of(frame: Frame, entities: Mapping[str, Entity]) -> tuple[str, ...]:
    """Return the ids of a frame's suppliers."""
    return _sides(frame, entities)[1]


def _sides(frame: Frame, entities: Mapping[str, Entity]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    buyers = [a.entity_id for a in frame.arguments if a.role is Role.BUYER]
    suppliers = [a.entity_id for a in frame.arguments if a.role is Role.SUPPLIER]
    parties = [a.entity_id for a in frame.arguments if a.role is Role.PARTY]
    counterparts = [a.entity_id for a in frame.arguments if a.role is Role.COUNTERPART]
    if not buyers and set(frame.triggers) & _OWN_PURCHASE:
        # a state that approves a purchase approves its own; a council or a ministry may approve another's
        buyers = [
            a.entity_id
            for a in frame.arguments
            if a.role is Role.APPROVER and a.entity_id in entities and entities[a.entity_id].type is EntityType.STATE
        ]
    if frame.kind in PAPERS and not any(i.weapon_id for i in frame.items):
        return (tuple(dict.fromkeys(buyers)), tuple(dict.fromkeys(suppliers)))
    sells = any(t in {"supply", "sell", "deliver"} for t in frame.triggers)
    public = [p for p in parties + counterparts if _is_public(p, entities)]
    firms = [p for p in parties + counterparts if not _is_public(p, entities)]
    if public and firms:
        home = {_state(i, entities) for i in (*firms, *(i.weapon_id for i in frame.items if i.weapon_id))} - {None}
        abroad = [p for p in public if _state(p, entities) not in home]
        # two states and a firm signed: the firm's own state does not buy from it here
        buyers += abroad if len({_state(p, entities) for p in public}) > 1 and abroad else public
        suppliers += firms
    elif parties and counterparts:
        first, second = (counterparts, parties) if sells else (parties, counterparts)
        buyers += first
        suppliers += second
    elif firms and buyers and not suppliers:
        suppliers += firms
    elif public and suppliers and not buyers and len({_state(p, entities) for p in public}) == 1:
        buyers += public
    elif firms and not public and not buyers:
        # one firm alone signed: with a sum or a thing it is the one who provides
        suppliers += firms if len(firms) == 1 else []
    elif parties and not firms and not suppliers and len({_state(p, entities) for p in public}) == 1:
        buyers += [p for p in parties if p in public]
    overlap = set(buyers) & set(suppliers)
    return (
        tuple(dict.fromkeys(b for b in buyers if b not in overlap or b in parties)),
        tuple(dict.fromkeys(s for s in suppliers if s not in overlap)),
    )


def _is_public(entity_id: str, entities: Mapping[str, Entity]) -> bool:
    return entity_id in entities and entities[entity_id].type is not EntityType.FIRM


def _state(entity_id: str, entities: Mapping[str, Entity]) -> str | None:
    entity = entities.get(entity_id)
    return entity.state if entity is not None else None


def _states(ids: frozenset[str] | tuple[str, ...], entities: Mapping[str, Entity]) -> frozenset[str]:
    return frozenset(s for s in (_state(i, entities) for i in ids if _is_public(i, entities)) if s)


def affinity(frame: Frame, cluster: Cluster) -> tuple[float, tuple[str, ...]]:
    """Say how well a frame fits a deal.

    Returns:
        A score, and its reasons in order. A score of -1 is a veto.
    """
    entities = cluster.entities
    reasons: list[tuple[str, float]] = []
    weapons = frozenset(i.weapon_id for i in frame.items if i.weapon_id is not None)
    shared = {w for w in weapons for v in cluster.weapons if _same_family(w, v)}
    if weapons and cluster.weapons and not shared:
        return -1.0, ("another weapon",)
    if frame.marker and not frame.is_support:
        return -1.0, (f"starts a new deal: {frame.marker}",)
    if any(i.marker for i in frame.items) and not frame.is_definite:
        return -1.0, ("more of the same is a deal of its own",)
    buyers, suppliers = map(frozenset, _sides(frame, entities))
    mine, theirs = _states(buyers, entities), _states(cluster.buyers, entities)
    if mine and theirs and not mine & theirs:
        return -1.0, ("another buyer",)
    my_firms = {s for s in suppliers if not _is_public(s, entities)}
    their_firms = {s for s in cluster.suppliers if not _is_public(s, entities)}
    if my_firms and their_firms and not my_firms & their_firms and not shared:
        return -1.0, ("another supplier",)
    their_paper = any(f.kind in PAPERS for f in cluster.frames)
    if (frame.kind in PAPERS) != their_paper and not shared and not frame.is_support and not frame.is_definite:
        return -1.0, ("another kind of agreement",)
    years = {d.start.value[:4] for d in frame.signed_on if d.start}
    their_years = {d.start.value[:4] for f in cluster.frames for d in f.signed_on if d.start}
    if years and their_years and not years & their_years:
        return -1.0, ("signed in another year",)
    if shared:
        reasons.append(("same weapon", 3.0))
    elif weapons and not cluster.weapons and frame.paragraph - cluster.last_paragraph <= 2:
        reasons.append(("names what was not named yet", 0.8))
    nouns = frozenset(i.noun for i in frame.items if i.noun)
    if not weapons and nouns & cluster.nouns:
        definite = any(i.is_definite or i.is_partial for i in frame.items if i.noun in cluster.nouns)
        reasons.append(("same kind of thing", 1.8 if definite else 1.0))
    elif not weapons and {i.family for i in frame.items if i.family} & cluster.families:
        if any(i.is_definite or i.is_partial for i in frame.items):
            reasons.append(("the things, by a broader name", 1.4))
    elif not weapons and any(i.noun and not i.is_generic for i in frame.items) and cluster.nouns:
        reasons.append(("another kind of thing", -1.5))
    if frame.is_definite:
        reasons.append(("the deal", 1.5))
    if not weapons and any(i.is_partial and i.number is not None for i in frame.items):
        reasons.append(("a part of what was named", 1.0))
    if frame.is_support and frame.kind in PAPERS and cluster.frames[0].kind is frame.kind:
        reasons.append(("same kind of agreement", 1.5))
    if min(abs(frame.sentence - f.sentence) for f in cluster.frames) <= 1:
        reasons.append(("next to it", 0.7))
    elif min(abs(frame.paragraph - f.paragraph) for f in cluster.frames) <= 1:
        reasons.append(("near it", 0.4))
    if not any(i.noun or i.weapon_id for i in frame.items) and not frame.money:
        reasons.append(("names no thing of its own", 0.6))
    if buyers and cluster.buyers and not buyers & cluster.buyers and not mine & theirs:
        reasons.append(("not the same buyers", -1.5))
    if my_firms & their_firms:
        reasons.append(("same supplier", 1.0))
    if buyers & cluster.buyers or (mine and mine & theirs):
        reasons.append(("same buyer", 0.8))
    if any(_same_sum(m, n) for m in frame.money for f in cluster.frames for n in f.money):
        reasons.append(("same sum", 2.0))
    elif frame.money and any(f.money for f in cluster.frames):
        reasons.append(("another sum", -2.0))
    numbers = [i.number for i in frame.items if i.number is not None]
    their_numbers = [i.number for f in cluster.frames for i in f.items if i.number is not None]
    if any(same_figure(n, m) for n in numbers for m in their_numbers):
        reasons.append(("same count", 1.0))
    elif numbers and their_numbers and not _is_partial(frame):
        reasons.append(("another count", -0.8))
    if cluster.frames[0].is_headline and frame.paragraph <= 2:
        reasons.append(("right below the headline", 0.6))
    if frame.money and not any(f.money for f in cluster.frames):
        reasons.append(("the sum that was missing", 0.4))
    if frame.is_support:
        reasons.append(("says something of a deal", 0.75))
    return sum(w for _, w in reasons), tuple(r for r, _ in reasons)


def _same_family(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other}-") or other.startswith(f"{one}-")


def _same_sum(one: Money, other: Money) -> bool:
    if one.currency != other.currency:
        return False
    return abs(one.amount - other.amount) <= Decimal("0.03") * max(one.amount, other.amount)


def same_figure(one: Number, other: Number) -> bool:
    """Say whether two counts agree: equal, or one hedged and near the other."""
    if one.value == other.value:
        return True
    if one.hedge is Hedge.EXACT and other.hedge is Hedge.EXACT:
        return False
    return abs(one.value - other.value) <= Decimal("0.05") * max(one.value, other.value)


def _is_partial(frame: Frame) -> bool:
    return frame.status is DealStatus.DELIVERED or any(i.is_partial for i in frame.items)


def item_key(item: FrameItem) -> str:
    """Return what tells one line item from another: the weapon, else the noun."""
    return item.weapon_id or item.noun


def split_by_buyer(frame: Frame, entities: Mapping[str, Entity]) -> tuple[Frame, ...]:
    """Return a frame for each state that buys: "sold to Poland and the Philippines" are two deals.

    A sum or a count is then said of none of them, as the sentence does not part it.
    """
    states = [
        a.entity_id
        for a in frame.arguments
        if a.role is Role.BUYER and a.entity_id in entities and entities[a.entity_id].type is EntityType.STATE
    ]
    distinct = list(dict.fromkeys(states))
    if len(distinct) < 2 or not set(frame.triggers) & _SELLING:
        return (frame,)
    shared_items = tuple(replace(i, number=None) for i in frame.items)
    return tuple(
        replace(
            frame,
            items=shared_items,
            money=(),
            arguments=tuple(a for a in frame.arguments if a.role is not Role.BUYER or a.entity_id == state),
        )
        for state in distinct
    )
