"""From a gathered deal to its facts: parties, items, sums, dates, stages, milestones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from armsgraph.deals.clusters import Cluster, buyers_of, item_key, suppliers_of
from armsgraph.deals.figures import quantity_object, rivals
from armsgraph.deals.labels import name_deal
from armsgraph.model import (
    Datatype,
    DateValue,
    Deal,
    DealKind,
    DealStatus,
    Document,
    Entity,
    EntityType,
    Evidence,
    Fact,
    Frame,
    FrameItem,
    LineItem,
    Literal,
    Milestone,
    Modality,
    Money,
    Number,
    PartialDate,
    Ref,
    Role,
    Span,
    Stage,
)

__all__ = ["build_deal"]

_RANK = {
    DealStatus.PROPOSED: 0,
    DealStatus.NEGOTIATING: 1,
    DealStatus.APPROVED: 2,
    DealStatus.ORDERED: 3,
    DealStatus.SIGNED: 4,
    DealStatus.IN_PRODUCTION: 5,
    DealStatus.DELIVERED: 6,
    DealStatus.COMPLETED: 7,
    DealStatus.DELAYED: 8,
    DealStatus.CANCELLED: 9,
}
_MADE = frozenset({DealStatus.SIGNED, DealStatus.ORDERED})
_HANDING_OVER = frozenset({"deliver", "hand-over", "receive", "supply", "turn-over", "transfer", "give", "arrive"})
_DATATYPE = {"year": Datatype.G_YEAR, "month": Datatype.G_YEAR_MONTH, "day": Datatype.DATE}
_DIRECT_ROLES = {Role.SIGNATORY: "signatory", Role.SIGNED_AT: "signedAt", Role.PRODUCED_AT: "producedAt"}


def build_deal(document: Document, number: int, cluster: Cluster, entities: Mapping[str, Entity]) -> Deal:
    """Return the deal of a cluster; `number` counts the deals of the document from 1."""
    cluster.sort()
    key = f"{document.key}-{number}"
    first = next((f for f in cluster.frames if not f.is_support), cluster.frames[0])
    items, milestones = _items(document, key, cluster)
    stages = _stages(key, cluster)
    facts = [*_parties(cluster, entities), *_places(cluster), *_dates(cluster)]
    if not stages:
        stages = (_presumed_stage(key, first),)
    if stages:
        best = max(stages, key=lambda s: (_RANK[s.status], -s.evidence.span.start))
        facts.append(Fact(predicate="status", object=Literal(value=best.status.value), evidence=best.evidence))
    return Deal(
        id=f"deal/{key}",
        kind=_kind(cluster),
        label=name_deal(cluster, _kind(cluster), entities),
        evidence=first.evidence,
        facts=tuple(facts),
        items=items,
        values=_sums(cluster),
        stages=stages,
        milestones=milestones,
    )


def _kind(cluster: Cluster) -> DealKind:
    kinds = [f.kind for f in cluster.frames if not f.is_support]
    special = [k for k in kinds if k not in {DealKind.DEAL, DealKind.CONTRACT}]
    if special and not (special[0] in {DealKind.MEMORANDUM, DealKind.COOPERATION_AGREEMENT} and cluster.weapons):
        return special[0]
    return DealKind.CONTRACT if DealKind.CONTRACT in kinds else DealKind.DEAL


# ------------------------------------------------------------------------------------------------ parties, places
def _parties(cluster: Cluster, entities: Mapping[str, Entity]) -> Iterator[Fact]:
    said: list[tuple[str, str, Evidence]] = []
    for frame in cluster.frames:
        where = {a.entity_id: a.evidence for a in frame.arguments}
        said.extend(("buyer", i, where[i]) for i in buyers_of(frame, entities))
        said.extend(("supplier", i, where[i]) for i in suppliers_of(frame, entities))
    buyers = {i for p, i, _ in said if p == "buyer"}
    suppliers = {i for p, i, _ in said if p == "supplier"}
    both = buyers & suppliers
    counts = {
        i: (sum(p == "buyer" and x == i for p, x, _ in said), sum(p == "supplier" and x == i for p, x, _ in said))
        for i in both
    }
    makers_only: list[tuple[str, str, Evidence]] = []
    if not suppliers:
        makers_only = [
            ("supplier", a.entity_id, a.evidence)
            for f in cluster.frames
            for a in f.arguments
            if a.role is Role.MAKER and entities[a.entity_id].type is EntityType.FIRM and a.entity_id not in buyers
        ]
    seen: set[tuple[str, str, int]] = set()
    for predicate, entity_id, evidence in said + makers_only:
        if entity_id in both and (counts[entity_id][0] >= counts[entity_id][1]) != (predicate == "buyer"):
            continue
        mark = (predicate, entity_id, evidence.span.start)
        if mark not in seen:
            seen.add(mark)
            yield Fact(predicate=predicate, object=Ref(id=entity_id), evidence=evidence)
    yield from _equals(cluster, entities, buyers, suppliers)


def _equals(cluster: Cluster, entities: Mapping[str, Entity], buyers: set[str], suppliers: set[str]) -> Iterator[Fact]:
    """Tell two states that signed together apart by whose weapon it is; else they are parties alike."""
    said = {
        a.entity_id: a.evidence
        for f in reversed(cluster.frames)
        for a in f.arguments
        if a.role in {Role.PARTY, Role.COUNTERPART} and a.entity_id not in buyers | suppliers
    }
    states = [i for i in sorted(said) if i in entities and entities[i].type is EntityType.STATE]
    makers: list[str] = []
    # whose weapon it is says more than where the firm sits: a joint venture sits in the buyer's country
    for things in (cluster.weapons, suppliers):
        home = {entities[w].state for w in things if w in entities and entities[w].state}
        makers = makers or [i for i in states if entities[i].state in home]
    if len(states) == 2 and len(makers) == 1:
        buyer = next(i for i in states if i not in makers)
        if not buyers or any(b in entities and entities[b].state == entities[buyer].state for b in buyers):
            yield Fact(predicate="buyer", object=Ref(id=buyer), evidence=said[buyer])
        if makers[0] not in buyers:
            yield Fact(predicate="supplier", object=Ref(id=makers[0]), evidence=said[makers[0]])
    elif not buyers and not suppliers:
        for entity_id in sorted(said, key=lambda i: said[i].span):
            yield Fact(predicate="party", object=Ref(id=entity_id), evidence=said[entity_id])


def _places(cluster: Cluster) -> Iterator[Fact]:
    seen: set[tuple[str, str]] = set()
    for frame in cluster.frames:
        for a in frame.arguments:
            predicate = _DIRECT_ROLES.get(a.role)
            if predicate is None or (predicate, a.entity_id) in seen:
                continue
            if predicate == "signedAt" and frame.status is not DealStatus.SIGNED:
                continue
            seen.add((predicate, a.entity_id))
            yield Fact(predicate=predicate, object=Ref(id=a.entity_id), evidence=a.evidence)


# ------------------------------------------------------------------------------------------------ dates, stages
def _dates(cluster: Cluster) -> Iterator[Fact]:
    signed = [(d, f) for f in cluster.frames for d in f.signed_on]
    starts = [(d, f) for f in cluster.frames for d in f.starts_on]
    ends = [(d, f) for f in cluster.frames for d in f.ends_on]
    yield from _date_facts("signedOn", [(d.start, d, f) for d, f in signed])
    yield from _date_facts("startsOn", [(d.start, d, f) for d, f in starts])
    yield from _date_facts("endsOn", [(d.end or d.start, d, f) for d, f in ends])
    for frame in cluster.frames:
        for duration in frame.durations:
            evidence = _moved(frame.evidence, duration.span)
            yield Fact(
                predicate="duration",
                object=Literal(value=duration.iso, datatype=Datatype.DURATION),
                evidence=evidence,
                as_written=duration.as_written,
            )


def _date_facts(predicate: str, dates: list[tuple[PartialDate | None, DateValue, Frame]]) -> Iterator[Fact]:
    seen: set[int] = set()
    for date, value, frame in dates:
        if date is None or value.span.start in seen:
            continue
        seen.add(value.span.start)
        yield Fact(
            predicate=predicate,
            object=Literal(value=date.value, datatype=_DATATYPE[date.precision]),
            evidence=_moved(frame.evidence, value.span),
            as_written=value.as_written,
        )


def _presumed_stage(key: str, frame: Frame) -> Stage:
    """Take "the contract for X" for signed and a purchase for ordered, with low confidence."""
    signed = any(t.startswith("contract") for t in frame.triggers)
    return Stage(
        id=f"stage/{key}-1",
        status=DealStatus.SIGNED if signed else DealStatus.ORDERED,
        evidence=replace(frame.evidence, rule=f"{frame.evidence.rule}.presumed", confidence=0.4),
    )


def _stages(key: str, cluster: Cluster) -> tuple[Stage, ...]:
    stages: list[Stage] = []
    seen: set[DealStatus] = set()
    made = any(f.status in _MADE and not f.is_support for f in cluster.frames)
    for frame in cluster.frames:
        if frame.status is None or frame.status in seen:
            continue
        if made and frame.status is DealStatus.PROPOSED and set(frame.triggers) & _HANDING_OVER:
            continue  # a delivery to come of a deal that is made proposes nothing
        if frame.is_support and not (frame.status is DealStatus.DELIVERED and frame.items):
            continue
        seen.add(frame.status)
        facts: list[Fact] = []
        for date in frame.signed_on[:1]:
            if date.start is not None:
                facts.append(
                    Fact(
                        predicate="onDate",
                        object=Literal(value=date.start.value, datatype=_DATATYPE[date.start.precision]),
                        evidence=_moved(frame.evidence, date.span),
                        as_written=date.as_written,
                    )
                )
        facts.extend(
            Fact(predicate="stageActor", object=Ref(id=a.entity_id), evidence=a.evidence)
            for a in frame.arguments
            if a.role is Role.APPROVER
        )
        stages.append(
            Stage(id=f"stage/{key}-{len(stages) + 1}", status=frame.status, facts=tuple(facts), evidence=frame.evidence)
        )
    return tuple(stages)


# ------------------------------------------------------------------------------------------------ items, sums
def _sums(cluster: Cluster) -> tuple[tuple[Money, Evidence], ...]:
    seen: set[int] = set()
    result = []
    for frame in cluster.frames:
        for money in frame.money:
            if money.span.start not in seen:
                seen.add(money.span.start)
                result.append((money, _moved(frame.evidence, money.span)))
    return tuple(result)


def _items(document: Document, key: str, cluster: Cluster) -> tuple[tuple[LineItem, ...], tuple[Milestone, ...]]:
    by_key: dict[str, list[tuple[FrameItem, Frame]]] = {}
    weapons = cluster.weapons
    for frame in cluster.frames:
        for item in frame.items:
            name = item_key(item)
            if item.weapon_id is None and len(weapons) == 1:
                name = next(iter(weapons))  # "the helicopters", "80 units": the one named weapon of the deal
            by_key.setdefault(name, []).append((item, frame))
    items: list[LineItem] = []
    milestones: list[Milestone] = []
    for said in by_key.values():
        facts: list[Fact] = []
        first_item, first_frame = said[0]
        evidence = _moved(first_frame.evidence, first_item.span)
        named = next(((i, f) for i, f in said if i.weapon_id is not None), None)
        if named is not None:
            for item, frame in said:
                if item.weapon_id == named[0].weapon_id and item.weapon_span is not None:
                    facts.append(
                        Fact(
                            predicate="weapon",
                            object=Ref(id=item.weapon_id or ""),
                            evidence=_moved(frame.evidence, item.weapon_span),
                        )
                    )
        facts.append(
            Fact(
                predicate="description",
                object=Literal(value=" ".join(document.quote(first_item.span).split())),
                evidence=evidence,
            )
        )
        counted = [(i, f) for i, f in said if i.number is not None]
        ordered = [(i, f) for i, f in counted if f.status is not DealStatus.DELIVERED and not i.is_partial]
        accepted = _one_quantity([i.number for i, _ in ordered or counted if i.number is not None])
        for item, frame in counted:
            assert item.number is not None
            moved = _moved(frame.evidence, item.number.span)
            if item.number in accepted:
                facts.append(
                    Fact(
                        predicate="quantity",
                        object=quantity_object(item.number),
                        evidence=moved,
                        as_written=item.number.as_written,
                    )
                )
            elif frame.status is DealStatus.DELIVERED or item.is_partial:
                quantity = Fact(
                    predicate="quantity",
                    object=quantity_object(item.number),
                    evidence=moved,
                    as_written=item.number.as_written,
                )
                milestones.append(
                    Milestone(
                        id=f"milestone/{key}-{len(milestones) + 1}",
                        facts=(quantity, *_delivery_facts(document, frame)),
                        evidence=moved,
                    )
                )
        for item, frame in said:
            if item.calibre is not None:
                facts.append(
                    Fact(
                        predicate="calibre",
                        object=Literal(value=item.calibre.as_written),
                        evidence=_moved(frame.evidence, item.calibre.span),
                        as_written=item.calibre.as_written,
                    )
                )
        items.append(LineItem(id=f"item/{key}-{len(items) + 1}", facts=tuple(facts), evidence=evidence))
    return tuple(items), tuple(milestones)


def _one_quantity(numbers: list[Number]) -> list[Number]:
    """Return the counts that speak of one quantity: the first, and all that can be another reading of one of these."""
    accepted = numbers[:1]
    grown = True
    while grown:
        more = [n for n in numbers if n not in accepted and any(rivals(a, n) for a in accepted)]
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
                object=Literal(value=due.value, datatype=_DATATYPE[due.precision]),
                evidence=_moved(frame.evidence, date.span),
                as_written=date.as_written,
            )
    if frame.offset is not None and frame.offset_from is not None:
        yield Fact(
            predicate="offset",
            object=Literal(value=frame.offset.iso, datatype=Datatype.DURATION),
            evidence=_moved(frame.evidence, frame.offset.span),
            as_written=frame.offset.as_written,
        )
        yield Fact(
            predicate="offsetFrom",
            object=Literal(value=" ".join(document.quote(frame.offset_from).split())),
            evidence=_moved(frame.evidence, frame.offset_from),
        )


def _moved(evidence: Evidence, span: Span) -> Evidence:
    return Evidence(
        span=span,
        rule=evidence.rule,
        confidence=evidence.confidence,
        modality=evidence.modality if evidence.modality is not Modality.DENIED else Modality.ASSERTED,
        speaker=evidence.speaker,
        speaker_id=evidence.speaker_id,
    )
