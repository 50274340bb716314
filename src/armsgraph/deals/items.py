"""The line items of a deal, and the deliveries that are parts of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from armsgraph.deals.choosing import Choice
from armsgraph.deals.evidence import DATATYPE, fitted, moved
from armsgraph.deals.figures import are_rivals, quantity_object
from armsgraph.deals.scene import Cluster
from armsgraph.model import (
    Datatype,
    DealStatus,
    Document,
    Evidence,
    Fact,
    Frame,
    FrameItem,
    LineItem,
    Literal,
    Milestone,
    Number,
    Ref,
    Role,
)

__all__ = ["build_items"]


# no "first", which is a part of what was ordered before
_IN_WORDS = re.compile(r"an?|\w*(?:nd|rd|th)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """A thing as one frame names it."""

    item: FrameItem
    frame: Frame


def build_items(
    document: Document,
    key: str,
    cluster: Cluster,
    chosen: Mapping[str, Sequence[Choice]],
    *,
    singles: frozenset[str] = frozenset(),
) -> tuple[tuple[LineItem, ...], tuple[Milestone, ...]]:
    """Return the items and the partial deliveries of a deal, in the order of the text.

    Args:
        singles: Ids of weapons of which there is but one, ships that bear a name: their item counts one.
    """
    weapons = {c.candidate.key: c for c in chosen.get("weapon", ())}
    counts = {c.candidate.filler: c for c in chosen.get("quantity", ()) if isinstance(c.candidate.filler, Number)}
    by_name: dict[str, list[_Entry]] = {}
    for entry in _entries(cluster, weapons, counts):
        name = entry.item.weapon_id or (next(iter(weapons)) if len(weapons) == 1 else entry.item.noun)
        by_name.setdefault(name, []).append(entry)
    bare = by_name.pop("", [])
    if len(by_name) == 1:
        next(iter(by_name.values())).extend(bare)  # "93 more": of the one thing of the deal; else of what is not said
    builder = _Builder(document, key, weapons, counts, singles)
    for entries in by_name.values():
        builder.add(entries)
    return tuple(builder.items), tuple(builder.milestones)


def _entries(cluster: Cluster, weapons: Mapping[str, Choice], counts: Mapping[Number, Choice]) -> Iterator[_Entry]:
    """Yield the things that the frames name, without what was not taken, then what no frame has."""
    named: set[str] = set()
    counted: set[Number] = set()
    for frame in cluster.frames:
        for item in frame.items:
            kept = item
            if item.weapon_id is not None and item.weapon_id not in weapons:
                if item.number not in counts:
                    continue
                kept = replace(item, weapon_id=None, weapon_span=None)
            if kept.weapon_id is not None:
                named.add(kept.weapon_id)
            if kept.number is not None:
                counted.add(kept.number)
            yield _Entry(item=kept, frame=frame)
    for weapon_id, choice in weapons.items():
        if weapon_id not in named and choice.candidate.span is not None:
            span = choice.candidate.span
            item = FrameItem(span=span, weapon_id=weapon_id, weapon_span=span)
            yield _Entry(item=item, frame=cluster.nearest(choice.candidate.sentence, span))
    for number, choice in counts.items():
        if number not in counted:
            item = FrameItem(span=number.span, number=number)
            yield _Entry(item=item, frame=cluster.nearest(choice.candidate.sentence, number.span))


def _is_described(item: FrameItem) -> bool:
    """Say whether its words name a thing, and not only how many ("the other 24")."""
    is_bare = item.number is not None and item.number.span.contains(item.span)
    return bool(item.noun or item.weapon_id) and not is_bare


class _Builder:
    """Makes items and milestones of one deal, numbered as they come."""

    def __init__(
        self,
        document: Document,
        key: str,
        weapons: Mapping[str, Choice],
        counts: Mapping[Number, Choice],
        singles: frozenset[str],
    ) -> None:
        self.document = document
        self.key = key
        self.weapons = weapons
        self.counts = counts
        self.singles = singles
        self.items: list[LineItem] = []
        self.milestones: list[Milestone] = []

    def add(self, entries: Sequence[_Entry]) -> None:
        """Make the item of what goes by one name; counts that cannot be one make items of their own."""
        taken = [e.item.number for e in entries if e.item.number in self.counts]
        numbers = [n for n in dict.fromkeys(taken) if n is not None]
        numbers.sort(key=lambda n: -self.counts[n].decision.probability)
        first = _one_quantity(numbers)
        self._item(entries, first)
        left = [n for n in numbers if n not in first]
        while left:
            group = _one_quantity(left)
            self._item([e for e in entries if e.item.number in group], group)
            left = [n for n in left if n not in group]
        for entry in entries:
            number = entry.item.number
            if number is None or number in self.counts:
                continue
            if entry.frame.status is DealStatus.DELIVERED or entry.item.is_partial:
                self._milestone(entry, number)

    def _item(self, entries: Sequence[_Entry], numbers: Sequence[Number]) -> None:
        facts: list[Fact] = []
        for entry in entries:
            weapon_id, span = entry.item.weapon_id, entry.item.weapon_span
            if weapon_id is not None and span is not None:
                proposed = any(i.weapon_id == weapon_id for i in entry.frame.items)
                evidence = fitted(entry.frame, span, self.weapons[weapon_id], proposed=proposed)
                facts.append(Fact(predicate="weapon", object=Ref(id=weapon_id), evidence=evidence))
        first = next((e for e in entries if _is_described(e.item)), entries[0])
        about = moved(first.frame.evidence, first.item.span)
        if _is_described(first.item):
            words = " ".join(self.document.quote(first.item.span).split())
            facts.append(Fact(predicate="description", object=Literal(value=words), evidence=about))
        for entry in entries:
            if entry.item.number is not None and entry.item.number in numbers:
                facts.append(self._quantity(entry, entry.item.number))
        if not numbers:
            facts += self._unwritten(facts, entries)
        for entry in entries:
            calibre = entry.item.calibre
            if calibre is not None:
                facts.append(
                    Fact(
                        predicate="calibre",
                        object=Literal(value=calibre.as_written),
                        evidence=moved(entry.frame.evidence, calibre.span),
                        as_written=calibre.as_written,
                    )
                )
        if facts:
            number = len(self.items) + 1
            self.items.append(LineItem(id=f"item/{self.key}-{number}", facts=tuple(facts), evidence=about))

    def _unwritten(self, facts: Sequence[Fact], entries: Sequence[_Entry]) -> list[Fact]:
        """Return the count that no numeral gives: of a ship with a name, of "a fourth frigate"; or nothing."""
        for fact in facts:
            if fact.predicate == "weapon" and isinstance(fact.object, Ref) and fact.object.id in self.singles:
                name = self.document.quote(fact.evidence.span)
                one = Number(span=fact.evidence.span, value=Decimal(1), as_written=name)
                return [_count(one, fact.evidence)]
        for entry in entries:
            if entry.item.number is not None and _is_in_words(entry):
                return [_count(entry.item.number, moved(entry.frame.evidence, entry.item.number.span))]
        return []

    def _quantity(self, entry: _Entry, number: Number) -> Fact:
        proposed = any(i.number == number for i in entry.frame.items)
        return Fact(
            predicate="quantity",
            object=quantity_object(number),
            evidence=fitted(entry.frame, number.span, self.counts[number], proposed=proposed),
            as_written=number.as_written,
        )

    def _milestone(self, entry: _Entry, number: Number) -> None:
        evidence = moved(entry.frame.evidence, number.span)
        quantity = Fact(
            predicate="quantity", object=quantity_object(number), evidence=evidence, as_written=number.as_written
        )
        facts = (quantity, *_delivery_facts(self.document, entry.frame))
        number_of = len(self.milestones) + 1
        self.milestones.append(Milestone(id=f"milestone/{self.key}-{number_of}", facts=facts, evidence=evidence))


def _is_in_words(entry: _Entry) -> bool:
    """Say whether a frame of a deal counts a thing by no numeral: "ordered a frigate", "a fourth vessel"."""
    number = entry.item.number
    if number is None or entry.frame.is_support or entry.item.is_generic:
        return False
    return _IN_WORDS.fullmatch(number.as_written) is not None


def _count(number: Number, evidence: Evidence) -> Fact:
    return Fact(predicate="quantity", object=quantity_object(number), evidence=evidence, as_written=number.as_written)


def _one_quantity(numbers: Sequence[Number]) -> list[Number]:
    """Return the counts that speak of one quantity: the first, and all that can be another reading of one of these."""
    accepted = list(numbers[:1])
    grown = True
    while grown:
        more = [n for n in numbers if n not in accepted and any(are_rivals(a.value, n.value) for a in accepted)]
        accepted += more
        grown = bool(more)
    return accepted


def _delivery_facts(document: Document, frame: Frame) -> Iterator[Fact]:
    """What a sentence says of one delivery: to whom, when, or how long after which event."""
    for a in frame.arguments:
        if a.role is Role.BUYER:
            yield Fact(predicate="recipient", object=Ref(id=a.entity_id), evidence=a.evidence)
    for date in (*frame.ends_on, *frame.starts_on)[:1]:
        due = date.end or date.start
        if due is not None:
            yield Fact(
                predicate="dueOn",
                object=Literal(value=due.value, datatype=DATATYPE[due.precision]),
                evidence=moved(frame.evidence, date.span),
                as_written=date.as_written,
            )
    if frame.offset is not None and frame.offset_from is not None:
        yield Fact(
            predicate="offset",
            object=Literal(value=frame.offset.iso, datatype=Datatype.DURATION),
            evidence=moved(frame.evidence, frame.offset.span),
            as_written=frame.offset.as_written,
        )
        yield Fact(
            predicate="offsetFrom",
            object=Literal(value=" ".join(document.quote(frame.offset_from).split())),
            evidence=moved(frame.evidence, frame.offset_from),
        )
