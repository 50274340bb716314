"""Which of the parties of one frame buys and which provides, as the rules alone would have it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from armsgraph.model import DealKind, Entity, EntityType, Frame, Role

__all__ = ["PAPERS", "is_between_makers", "sides_of", "split_by_buyer", "state_of"]

PAPERS = frozenset({DealKind.COOPERATION_AGREEMENT, DealKind.MEMORANDUM, DealKind.JOINT_VENTURE_AGREEMENT})


def is_between_makers(frame: Frame) -> bool:
    """Say whether a frame tells of a licence that a maker has from another ("made by A under licence from B").

    It is a deal beside those in which the thing is bought.
    """
    makers = {a.entity_id for a in frame.arguments if a.role is Role.MAKER}
    getters = {a.entity_id for a in frame.arguments if a.role is Role.BUYER}
    givers = {a.entity_id for a in frame.arguments if a.role is Role.SUPPLIER} - getters
    return frame.kind is DealKind.LICENCE and bool(getters and givers) and getters <= makers


def sides_of(frame: Frame, entities: Mapping[str, Entity]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the ids of a frame's buyers and suppliers, PARTY and COUNTERPART told apart by what they are."""
    said: dict[Role, list[str]] = {role: [] for role in Role}
    for argument in frame.arguments:
        said[argument.role].append(argument.entity_id)
    buyers, suppliers = set(said[Role.BUYER]), set(said[Role.SUPPLIER])
    if not buyers and "own-purchase" in frame.marks:
        # a state that approves a purchase approves its own; a council or a ministry may approve another's
        buyers = {i for i in said[Role.APPROVER] if i in entities and entities[i].type is EntityType.STATE}
    is_venture = frame.kind is DealKind.JOINT_VENTURE_AGREEMENT
    if frame.kind not in PAPERS or (not is_venture and any(i.weapon_id for i in frame.items)):
        more_buyers, more_suppliers = _tell_apart(frame, said, buyers, suppliers, entities)
        buyers |= more_buyers
        suppliers |= more_suppliers
    both = buyers & suppliers
    return frozenset(b for b in buyers if b not in both or b in said[Role.PARTY]), frozenset(suppliers - both)


def _tell_apart(
    frame: Frame,
    said: Mapping[Role, list[str]],
    buyers: set[str],
    suppliers: set[str],
    entities: Mapping[str, Entity],
) -> tuple[set[str], set[str]]:
    """Return who of the parties that signed buys and who provides; nobody where it cannot be told."""
    parties, counterparts = said[Role.PARTY], said[Role.COUNTERPART]
    public = [p for p in parties + counterparts if _is_public(p, entities)]
    firms = [p for p in parties + counterparts if not _is_public(p, entities)]
    nations = {state_of(p, entities) for p in public}
    if public and firms:
        home = {state_of(i, entities) for i in (*firms, *(i.weapon_id for i in frame.items if i.weapon_id))}
        abroad = [p for p in public if state_of(p, entities) not in home]
        # two states and a firm signed: the firm's own state does not buy from it here
        return set(abroad if len(nations) > 1 and abroad else public), set(firms)
    if counterparts and not parties and bool(buyers) != bool(suppliers):
        # "agreed with Norvik Arms to supply it": the other side is the other one
        return (set(), set(counterparts)) if buyers else (set(counterparts), set())
    makers = {i for i in public if state_of(i, entities) in _origins(frame, entities)}
    if len(nations) > 1 and makers and not firms and not buyers and not suppliers:
        # two states signed: the one whose weapon it is provides it
        return set(public) - makers, makers
    if parties and counterparts:
        first, second = (counterparts, parties) if "sells" in frame.marks else (parties, counterparts)
        return set(first), set(second)
    if firms and buyers and not suppliers:
        return set(), set(firms)
    if public and suppliers and not buyers and len(nations) == 1:
        return set(public), set()
    if len(firms) == 1 and not public and not buyers:
        # one firm alone signed: with a sum or a thing it is the one who provides
        return set(), set(firms)
    if parties and not firms and not suppliers and len(nations) == 1:
        return {p for p in parties if p in public}, set()
    return set(), set()


def _origins(frame: Frame, entities: Mapping[str, Entity]) -> set[str | None]:
    return {state_of(i.weapon_id, entities) for i in frame.items if i.weapon_id} - {None}


def state_of(entity_id: str, entities: Mapping[str, Entity]) -> str | None:
    """Return the code of the state that an entity belongs to, if known."""
    entity = entities.get(entity_id)
    return entity.state if entity is not None else None


def _is_public(entity_id: str, entities: Mapping[str, Entity]) -> bool:
    return entity_id in entities and entities[entity_id].type is not EntityType.FIRM


def split_by_buyer(frame: Frame, entities: Mapping[str, Entity]) -> tuple[Frame, ...]:
    """Return a frame for each state that buys: "sold to Poland and the Philippines" are two deals.

    A sum or a count is then said of none of them, as the sentence does not part it. One contract for several states
    ("was awarded a Foreign Military Sales contract for Kenya and Norway") is one deal.
    """
    if frame.kind is DealKind.CONTRACT:
        return (frame,)
    states = [
        a.entity_id
        for a in frame.arguments
        if a.role is Role.BUYER and a.entity_id in entities and entities[a.entity_id].type is EntityType.STATE
    ]
    distinct = list(dict.fromkeys(states))
    if len(distinct) < 2 or "sells" not in frame.marks:
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
