"""Which rows of the lists an entity may be."""

from __future__ import annotations

from armsgraph.lexicon.names import fold_name
from armsgraph.lexicon.records import BodyRecord, PlaceRecord, Record
from armsgraph.linking.scene import Case
from armsgraph.model import EntityType

__all__ = ["find_candidates", "is_duplicate", "other_kinds"]

_BY_KIND = frozenset({EntityType.ARMED_FORCE, EntityType.GOVERNMENT_BODY})


def find_candidates(case: Case) -> tuple[Record, ...]:
    """Return the rows of the entity's type that it may be: the one it was read as first, then its namesakes.

    A force or body that is named by its kind alone ("the navy") is looked up by kind and state.
    """
    gazetteer, entity = case.scene.gazetteer, case.entity
    found: dict[str, Record] = {}
    row = gazetteer.record(entity.record)
    if row is not None:
        found[row.id] = row
    for name in case.names:
        found |= {r.id: r for r in gazetteer.find(name, entity.type)}
    if row is None and not found and entity.type in _BY_KIND and entity.state and entity.kind:
        found |= {r.id: r for r in _of_kind(case)}
    return tuple(found.values())


def other_kinds(case: Case, row: Record) -> tuple[Record, ...]:
    """Return rows of other types and states that bear every name that the text gives the entity."""
    state = _state(row)
    shared: dict[str, Record] | None = None
    for name in case.names:
        found = {r.id: r for r in case.scene.gazetteer.find(name) if r.type is not case.entity.type}
        shared = found if shared is None else {key: r for key, r in shared.items() if key in found}
    return tuple(r for r in (shared or {}).values() if _state(r) != state)


def is_duplicate(one: Record, other: Record) -> bool:
    """Say whether two rows are one thing listed twice: once with an item, once by hand without."""
    if one.type is not other.type or (one.qid is not None and other.qid is not None and one.qid != other.qid):
        return False
    if isinstance(one, PlaceRecord) and isinstance(other, PlaceRecord):
        is_region = [r.kind == "federal state" for r in (one, other)]
        if is_region[0] != is_region[1] or (one.admin1 and other.admin1 and one.admin1 != other.admin1):
            return False
    states = _states(one), _states(other)
    return (None in states[0] | states[1] or states[0] == states[1]) and bool(_names(one) & _names(other))


def _of_kind(case: Case) -> tuple[BodyRecord, ...]:
    entity = case.entity
    rows = [r for r in case.scene.gazetteer.bodies_of(entity.kind or "", entity.state or "") if r.type is entity.type]
    # a list with several navies of one state (a fleet, an auxiliary) does not say which one is "the navy"
    listed = [r for r in rows if r.qid is not None]
    return tuple(listed) if len(listed) == 1 else ()


def _names(row: Record) -> set[str]:
    return {fold_name(n) for n in (row.name, *row.aliases)}


def _states(row: Record) -> set[str | None]:
    terms = getattr(row, "terms", None)
    if terms is not None:
        return {t.state for t in terms}
    return {_state(row)}


def _state(row: Record) -> str | None:
    return getattr(row, "state", None) or getattr(row, "code", None)
