"""What can be reconciled with: the entities of the graph and the rows of the lists, one thing each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import pyoxigraph as ox

from armsgraph.lexicon.gazetteer import Gazetteer
from armsgraph.lexicon.names import fold_name
from armsgraph.lexicon.records import PersonRecord, Record, StateRecord, WeaponRecord
from armsgraph.linking.candidates import is_duplicate
from armsgraph.model import EntityType
from armsgraph.vocab import CLASSES, PREFIXES

__all__ = ["LISTED", "MOST_THINGS", "TYPES", "Thing", "gather_entities", "join_lists", "makers_of", "states_of"]

# Class of the ontology -> how names of its things are compared.
TYPES = {
    "State": "other",
    "Firm": "firm",
    "GovernmentBody": "other",
    "ArmedForce": "other",
    "InternationalOrganisation": "other",
    "Weapon": "weapon",
    "Person": "person",
    "Place": "other",
}
# First part of the id of a thing that only the lists know.
LISTED = "list/"
MOST_THINGS = 150_000
_CLASS_OF = {
    EntityType.STATE: "State",
    EntityType.FIRM: "Firm",
    EntityType.GOVERNMENT_BODY: "GovernmentBody",
    EntityType.ARMED_FORCE: "ArmedForce",
    EntityType.INTERNATIONAL_ORGANISATION: "InternationalOrganisation",
    EntityType.WEAPON: "Weapon",
    EntityType.PERSON: "Person",
    EntityType.PLACE: "Place",
}
_ITEM = PREFIXES["wd"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """Something with names.

    Attributes:
        id: Of an entity of the graph its IRI without the base, or all of it; of a row alone `list/` and the row's id.
        type: Most exact of the keys of `TYPES`.
        names: The preferred one first.
        iri: Its IRI in the graph, None if only the lists know it.
        qid: Wikidata item that it is, if that is known.
        record: Row of the lists.
    """

    id: str
    type: str
    names: tuple[str, ...]
    iri: str | None = None
    qid: str | None = None
    record: Record | None = None

    @property
    def name(self) -> str:
        """Preferred name."""
        return self.names[0]

    @property
    def group(self) -> str:
        """How its names are compared."""
        return TYPES[self.type]

    @property
    def types(self) -> tuple[str, ...]:
        """Its class and those above it."""
        return (self.type, *CLASSES[self.type])


def join_lists(entities: Iterable[Thing], gazetteer: Gazetteer, *, base: str) -> tuple[Thing, ...]:
    """Return the entities, each with its row if it has one, and the rows that no entity has; by id.

    Args:
        entities: As `gather_entities` gives them.
        base: Cut off from the ids of the entities.
    """
    entities = [replace(entity, id=entity.id.removeprefix(base)) for entity in entities]
    rows = _rows(gazetteer)
    by_item: dict[str, list[int]] = {}
    by_name: dict[tuple[str, str], list[int]] = {}
    for n, row in enumerate(rows):
        if row.qid is not None:
            by_item.setdefault(row.qid, []).append(n)
        by_name.setdefault((row.type, fold_name(row.name)), []).append(n)
    taken: set[int] = set()
    things: list[Thing] = []
    for entity in entities:
        found = [n for n in by_item.get(entity.qid or "", ()) if rows[n].type == entity.type]
        if not found:
            named = by_name.get((entity.type, fold_name(entity.name)), ())
            found = [n for n in named if None in (entity.qid, rows[n].qid) or entity.qid == rows[n].qid]
        # two rows of that name, or one that another entity has: nobody says which is meant
        if len(found) == 1 and found[0] not in taken:
            taken.add(found[0])
            row = rows[found[0]]
            names = tuple(dict.fromkeys((*entity.names, *row.names)))
            things.append(replace(entity, names=names, qid=entity.qid or row.qid, record=row.record))
        else:
            things.append(entity)
    things += [row for n, row in enumerate(rows) if n not in taken]
    return tuple(sorted(things, key=lambda t: t.id))


def gather_entities(store: ox.Store) -> tuple[Thing, ...]:
    """Return the entities of a graph that have a name, by IRI, which is their id too."""
    labels = _pairs(store, "rdfs:label")
    others: dict[str, list[str]] = {}
    for predicate in ("skos:altLabel", "skos:hiddenLabel"):
        for node, name in _triples(store, predicate):
            others.setdefault(node, []).append(name)
    items: dict[str, set[str]] = {}
    for node, item in _triples(store, "skos:exactMatch"):
        if item.startswith(_ITEM):
            items.setdefault(node, set()).add(item.removeprefix(_ITEM))
    found: dict[str, Thing] = {}
    for type_ in TYPES:
        for node in _nodes(store, type_):
            label = labels.get(node)
            if label is None or node in found:
                continue
            # two items contradict each other: then it is linked with none
            qids = items.get(node, set())
            found[node] = Thing(
                id=node,
                type=type_,
                names=tuple(dict.fromkeys((label, *sorted(others.get(node, ()))))),
                iri=node,
                qid=next(iter(qids)) if len(qids) == 1 else None,
            )
    return tuple(found[node] for node in sorted(found))


def _rows(gazetteer: Gazetteer) -> list[Thing]:
    """Return the rows as things; one that is listed twice, with an item and by hand without, comes once."""
    tables: tuple[Iterable[Record], ...] = (
        gazetteer.states.values(),
        gazetteer.firms.values(),
        gazetteer.bodies.values(),
        gazetteer.weapons.values(),
        gazetteer.people.values(),
        gazetteer.places.values(),
    )
    rows: list[Thing] = []
    known: dict[str, list[Record]] = {}
    for record in sorted((r for table in tables for r in table), key=lambda r: (r.qid is None, r.id)):
        folded = fold_name(record.name)
        if record.qid is None and any(is_duplicate(record, other) for other in known.get(folded, ())):
            continue
        for name in (record.name, *record.aliases):
            known.setdefault(fold_name(name), []).append(record)
        rows.append(
            Thing(
                id=LISTED + record.id,
                type=_CLASS_OF[record.type],
                names=tuple(dict.fromkeys((record.name, *record.aliases))),
                qid=record.qid,
                record=record,
            )
        )
    return rows


def _pairs(store: ox.Store, predicate: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for node, value in _triples(store, predicate):
        if node not in found or value < found[node]:
            found[node] = value
    return found


def _triples(store: ox.Store, predicate: str) -> Iterator[tuple[str, str]]:
    for row in _ask(store, f"SELECT ?node ?value WHERE {{ ?node {predicate} ?value }} LIMIT {MOST_THINGS * 4}"):
        if isinstance(row["node"], ox.NamedNode) and isinstance(row["value"], (ox.NamedNode, ox.Literal)):
            yield row["node"].value, row["value"].value


def _nodes(store: ox.Store, type_: str) -> Iterator[str]:
    for row in _ask(store, f"SELECT ?node WHERE {{ ?node a arms:{type_} }} LIMIT {MOST_THINGS}"):
        if isinstance(row["node"], ox.NamedNode):
            yield row["node"].value


def _ask(store: ox.Store, query: str) -> ox.QuerySolutions:
    found = store.query(query, use_default_graph_as_union=True, prefixes=PREFIXES)
    assert isinstance(found, ox.QuerySolutions)
    return found


def states_of(record: Record | None) -> frozenset[str]:
    """Return the codes of the states that a row belongs to."""
    if record is None:
        return frozenset()
    if isinstance(record, PersonRecord):
        return frozenset(term.state for term in record.terms if term.state)
    code = record.code if isinstance(record, StateRecord) else record.state
    return frozenset({code} if code else ())


def makers_of(record: Record | None) -> tuple[str, ...]:
    """Return who makes a weapon by the lists."""
    return (record.maker,) if isinstance(record, WeaponRecord) and record.maker else ()
