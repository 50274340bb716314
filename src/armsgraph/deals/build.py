"""From a gathered deal to its facts: parties, items, sums, dates, stages, milestones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from armsgraph.deals.choosing import Choice
from armsgraph.deals.dates import DATE_SLOTS, date_for, dates_in
from armsgraph.deals.evidence import DATATYPE, explained, fitted, moved
from armsgraph.deals.features.statuses import group_of
from armsgraph.deals.items import build_items
from armsgraph.deals.labels import name_deal
from armsgraph.deals.scene import Cluster, DealScene
from armsgraph.deals.sides import PAPERS
from armsgraph.deals.stages import RANK
from armsgraph.model import (
    OPEN_ROLES,
    Argument,
    Datatype,
    DateValue,
    Deal,
    DealKind,
    DealStatus,
    Duration,
    Evidence,
    Fact,
    Frame,
    Literal,
    Money,
    Ref,
    Role,
    Span,
    Stage,
)

__all__ = ["build_deal"]

_MADE = frozenset({DealStatus.SIGNED, DealStatus.ORDERED})
_SIDES = {
    "buyer": frozenset({Role.BUYER, *OPEN_ROLES, Role.APPROVER}),
    "supplier": frozenset({Role.SUPPLIER, *OPEN_ROLES}),
}
_PLACES = {
    "signatory": frozenset({Role.SIGNATORY}),
    "signedAt": frozenset({Role.SIGNED_AT}),
    "producedAt": frozenset({Role.PRODUCED_AT}),
}
# Papers that with a weapon are one of its purchase; who founds a firm together buys nothing.
_ON_PURCHASES = PAPERS - {DealKind.JOINT_VENTURE_AGREEMENT}

_Chosen = Mapping[str, Sequence[Choice]]


def build_deal(scene: DealScene, number: int, cluster: Cluster, chosen: _Chosen) -> Deal:
    """Return the deal of a cluster; `number` counts the deals of the document from 1."""
    key = f"{scene.document.key}-{number}"
    items, milestones = build_items(scene.document, key, cluster, chosen, singles=scene.ships)
    kind = _kind(cluster)
    stages, status = _stages(key, cluster, chosen)
    facts = [*_parties(cluster, chosen), *_places(cluster, chosen), *_dates(cluster, chosen), status]
    return Deal(
        id=f"deal/{key}",
        kind=kind,
        label=name_deal(facts, items, kind, scene.entities),
        evidence=cluster.main.evidence,
        facts=tuple(facts),
        items=items,
        values=_sums(cluster, chosen),
        stages=stages,
        milestones=milestones,
    )


def _kind(cluster: Cluster) -> DealKind:
    kinds = [f.kind for f in cluster.frames if not f.is_support]
    special = [k for k in kinds if k not in {DealKind.DEAL, DealKind.CONTRACT}]
    if special and not (special[0] in _ON_PURCHASES and cluster.weapons):
        return special[0]
    return DealKind.CONTRACT if DealKind.CONTRACT in kinds else DealKind.DEAL


# ------------------------------------------------------------------------------------------------ parties, places
def _parties(cluster: Cluster, chosen: _Chosen) -> Iterator[Fact]:
    sides = [(choice, roles) for slot, roles in _SIDES.items() for choice in chosen.get(slot, ())]
    parties = tuple(_arguments(cluster, OPEN_ROLES))
    are_equals = _are_equals(cluster, chosen)
    if parties and (are_equals or not sides):
        for argument in parties:
            yield Fact(predicate="party", object=Ref(id=argument.entity_id), evidence=argument.evidence)
        return
    for choice, roles in sides:
        # two that agree to work together do not buy from each other
        yield from _entity_facts(cluster, choice, roles, predicate="party" if are_equals else choice.candidate.slot)


def _are_equals(cluster: Cluster, chosen: _Chosen) -> bool:
    """Say whether an agreement names no weapon and no sum, and no rule reads who buys from whom.

    Those who found a firm together may say what it is to make, and with how much.
    """
    told = {a.role for f in cluster.frames for a in f.arguments}
    if any(f.kind is DealKind.JOINT_VENTURE_AGREEMENT for f in cluster.frames):
        return not told & {Role.BUYER, Role.SUPPLIER}
    return (
        any(f.kind in PAPERS for f in cluster.frames)
        and not any(chosen.get(slot) for slot in ("weapon", "value", "quantity"))
        and not told & {Role.BUYER, Role.SUPPLIER}
    )


def _places(cluster: Cluster, chosen: _Chosen) -> Iterator[Fact]:
    for slot, roles in _PLACES.items():
        for choice in chosen.get(slot, ()):
            yield from _entity_facts(cluster, choice, roles, predicate=slot)


def _arguments(cluster: Cluster, roles: frozenset[Role]) -> Iterator[Argument]:
    """Yield the arguments in these roles, each entity once."""
    seen: set[str] = set()
    for frame in cluster.frames:
        for argument in frame.arguments:
            if argument.role in roles and argument.entity_id not in seen:
                seen.add(argument.entity_id)
                yield argument


def _entity_facts(cluster: Cluster, choice: Choice, roles: frozenset[Role], *, predicate: str) -> Iterator[Fact]:
    """Yield the fact at every place where a rule reads it, else at the mention nearest to the deal."""
    entity_id = choice.candidate.key
    seen: set[int] = set()
    for frame in cluster.speaking:
        for argument in frame.arguments:
            start = argument.evidence.span.start
            if argument.entity_id == entity_id and argument.role in roles and start not in seen:
                seen.add(start)
                evidence = explained(argument.evidence, choice)
                yield Fact(predicate=predicate, object=Ref(id=entity_id), evidence=evidence)
    if not seen and choice.candidate.span is not None:
        frame = cluster.nearest(choice.candidate.sentence, choice.candidate.span)
        evidence = fitted(frame, choice.candidate.span, choice, proposed=False)
        yield Fact(predicate=predicate, object=Ref(id=entity_id), evidence=evidence)


# ------------------------------------------------------------------------------------------------ dates, sums
def _dates(cluster: Cluster, chosen: _Chosen) -> Iterator[Fact]:
    for slot in DATE_SLOTS:
        for choice in chosen.get(slot, ()):
            value = choice.candidate.filler
            if not isinstance(value, DateValue):
                continue
            date = date_for(slot, value)
            if date is None:
                continue
            owner = next((f for f in cluster.speaking if value in dates_in(f, slot)), None)
            yield Fact(
                predicate=slot,
                object=Literal(value=date.value, datatype=DATATYPE[date.precision]),
                evidence=_at(cluster, choice, value.span, owner),
                as_written=value.as_written,
            )
    for choice in chosen.get("duration", ()):
        duration = choice.candidate.filler
        if isinstance(duration, Duration):
            owner = next((f for f in cluster.speaking if duration in f.durations), None)
            yield Fact(
                predicate="duration",
                object=Literal(value=duration.iso, datatype=Datatype.DURATION),
                evidence=_at(cluster, choice, duration.span, owner),
                as_written=duration.as_written,
            )


def _sums(cluster: Cluster, chosen: _Chosen) -> tuple[tuple[Money, Evidence], ...]:
    result = []
    for choice in chosen.get("value", ()):
        money = choice.candidate.filler
        if isinstance(money, Money):
            owner = next((f for f in cluster.frames if money in f.money), None)
            result.append((money, _at(cluster, choice, money.span, owner)))
    return tuple(sorted(result, key=lambda pair: pair[0].span))


def _at(cluster: Cluster, choice: Choice, span: Span, owner: Frame | None) -> Evidence:
    frame = owner or cluster.nearest(choice.candidate.sentence, span)
    return fitted(frame, span, choice, proposed=owner is not None)


# ------------------------------------------------------------------------------------------------ stages
def _stages(key: str, cluster: Cluster, chosen: _Chosen) -> tuple[tuple[Stage, ...], Fact]:
    """Return the stages that the text tells, and the status of the deal: the one of them that was chosen."""
    choice = chosen["status"][0]
    assert isinstance(choice.candidate.filler, DealStatus)
    group = choice.candidate.filler
    stages: list[Stage] = []
    made = any(f.status in _MADE and not f.is_support for f in cluster.frames)
    for frame in cluster.frames:
        if frame.status is None or frame.status in {s.status for s in stages}:
            continue
        if made and frame.status is DealStatus.PROPOSED and "hands-over" in frame.marks:
            continue  # a delivery to come of a deal that is made proposes nothing
        if frame.is_support and group_of(frame.status) is not group:
            continue
        stages.append(_stage(key, len(stages) + 1, frame, frame.status))
    reached = [s for s in stages if group_of(s.status) is group]
    if not reached:
        told = cluster.main.evidence
        presumed = replace(told, rule=f"{told.rule}.presumed")
        stage = Stage(id=f"stage/{key}-{len(stages) + 1}", status=group, evidence=explained(presumed, choice))
        stages.append(stage)
        reached = [stage]
    latest = max(reached, key=lambda s: (RANK[s.status], -s.evidence.span.start))
    status = Fact(
        predicate="status", object=Literal(value=latest.status.value), evidence=explained(latest.evidence, choice)
    )
    return tuple(stages), status


def _stage(key: str, number: int, frame: Frame, status: DealStatus) -> Stage:
    facts: list[Fact] = []
    for date in frame.signed_on[:1]:
        if date.start is not None:
            facts.append(
                Fact(
                    predicate="onDate",
                    object=Literal(value=date.start.value, datatype=DATATYPE[date.start.precision]),
                    evidence=moved(frame.evidence, date.span),
                    as_written=date.as_written,
                )
            )
    facts.extend(
        Fact(predicate="stageActor", object=Ref(id=a.entity_id), evidence=a.evidence)
        for a in frame.arguments
        if a.role is Role.APPROVER
    )
    evidence = frame.status_from or frame.evidence
    return Stage(id=f"stage/{key}-{number}", status=status, facts=tuple(facts), evidence=evidence)
