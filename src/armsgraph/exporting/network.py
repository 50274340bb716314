"""The graph as nodes and edges with plain attributes, for tools that draw and count networks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from armsgraph.dossiers import Claim, Deal, DealReader, Document, Entity, Fact, Item
from armsgraph.exporting.wording import is_uncertain, rival_words
from armsgraph.vocab import ARMS, PREFIXES

__all__ = ["EDGE_FIELDS", "NODE_FIELDS", "Edge", "Network", "Node", "make_network"]

# Attribute -> type. Each edge of a fact has what says it.
NODE_FIELDS = {
    "label": "string",
    "kind": "string",
    "names": "strings",
    "wikidata": "string",
    "state_code": "string",
    "weapon_kind": "string",
    "status": "string",
    "standing": "string",
    "signed_on": "string",
    "value": "double",
    "currency": "string",
    "value_words": "string",
    "conflicts": "string",
    "published": "string",
    "url": "string",
}
EDGE_FIELDS = {
    "quantity": "long",
    "quantity_is_certain": "boolean",
    "quantity_qualifier": "string",
    "quantity_rivals": "string",
    "title": "string",
    "on_date": "string",
    "standing": "string",
    "modality": "string",
    "rank": "string",
    "confidence": "double",
    "quote": "string",
    "sentence": "string",
    "document": "string",
    "url": "string",
    "claims": "strings",
}

_RELATIONS = frozenset(
    {"designedBy", "jointVentureOf", "locatedIn", "manufacturedBy", "metWith", "operates", "replaces", "subsidiaryOf"}
    | {"variantOf", "visited"}
)
_OF_DEAL = ("buyer", "supplier", "party", "endUser", "approver", "signatory", "signedAt", "producedAt")
_OF_ENCOUNTER = frozenset({"participant", "place", "onDate", "encounterKind"})
_OF_TENURE = frozenset({"holder", "office", "officeOf", "officeTitle"})

_Attributes = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A node: `types` its classes, the narrowest first; `attributes` are among `NODE_FIELDS`, none of them None."""

    id: str
    types: tuple[str, ...]
    attributes: _Attributes


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A directed edge; `type` is the name of a property; `attributes` are among `EDGE_FIELDS`, none of them None."""

    source: str
    target: str
    type: str
    attributes: _Attributes


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Nodes by id, edges by source, type, target; every end of an edge is among the nodes."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def make_network(reader: DealReader) -> Network:
    """Return deals, entities, offices, encounters and articles with what the graph holds true between them.

    A deal points to its parties, and to each weapon with the number of it; an item without a weapon is a node of its
    own. What a text only denies, or a rival figure, is no edge; rival figures are named at the edge of the one held
    true.
    """
    return _Maker(reader).make()


class _Maker:
    def __init__(self, reader: DealReader) -> None:
        self._reader = reader
        self._nodes: dict[str, Node] = {}
        self._edges: dict[tuple[str, str, str], Edge] = {}

    def make(self) -> Network:
        for deal in self._reader.deals():
            self._deal(deal)
        self._claims(c for c in self._reader.claims() if c.is_held)
        return Network(
            nodes=tuple(self._nodes[key] for key in sorted(self._nodes)),
            edges=tuple(self._edges[key] for key in sorted(self._edges)),
        )

    # -------------------------------------------------------------------------------------------- deals
    def _deal(self, deal: Deal) -> None:
        value = deal.value
        conflicts = [
            rival_words(fact, name=fact.predicate) for group in deal.conflicts() for fact in group if not fact.is_held
        ]
        attributes: _Attributes = {
            "label": deal.label,
            "kind": deal.kind,
            "status": deal.status.value if deal.status else None,
            "standing": deal.standing.value,
            "signed_on": deal.signed_on.value if deal.signed_on else None,
            "value": float(value.value.amount) if value else None,
            "currency": value.value.currency if value else None,
            "value_words": "; ".join(str(v.value) for v in deal.values) or None,
            "conflicts": "; ".join(conflicts) or None,
        }
        self._node(deal.iri, (deal.kind, "Deal"), attributes)
        for document in deal.documents:
            self._article(document)
            self._edge(document.iri, deal.iri, "tellsOf", {"document": document.id, "url": document.url})
        for fact in deal.facts:
            if fact.is_held and fact.predicate in _OF_DEAL and isinstance(fact.value, Entity):
                self._entity(fact.value)
                self._edge(deal.iri, fact.value.iri, fact.predicate, {"standing": deal.standing.value, **_said(fact)})
        for item in deal.items:
            self._item(deal, item)

    def _item(self, deal: Deal, item: Item) -> None:
        number = item.quantity
        rivals = [rival_words(f, name="number") for f in item.quantities if not f.is_held]
        counted: _Attributes = {
            "quantity": number.value if number else None,
            "quantity_is_certain": _is_certain(item),
            "quantity_qualifier": item.qualifier,
            "quantity_rivals": "; ".join(rivals) or None,
            "title": item.description,
            "standing": deal.standing.value,
        }
        for fact in item.weapons:
            self._entity(fact.value)
            said = _said(number or fact)
            said["claims"] = [*dict.fromkeys((*said["claims"], *_said(fact)["claims"]))]
            self._edge(deal.iri, fact.value.iri, "item", {**counted, **said})
        if not item.weapons:
            label = item.description or "item"
            self._node(item.iri, ("LineItem",), {"label": label, "kind": "LineItem"})
            told = next((f for f in deal.facts if f.predicate == "item" and f.value == item.iri), None)
            fact_of_item: Fact[Any] | None = number or told
            self._edge(deal.iri, item.iri, "item", {**counted, **(_said(fact_of_item) if fact_of_item else {})})

    # -------------------------------------------------------------------------------------------- between entities
    def _claims(self, claims: Iterable[Claim]) -> None:
        tenures: dict[str, dict[str, Claim]] = {}
        encounters: dict[str, list[Claim]] = {}
        for claim in claims:
            if not claim.predicate.startswith(ARMS):
                continue
            name = claim.predicate.removeprefix(ARMS)
            if name in _RELATIONS and claim.datatype is None:
                self._entity(self._reader.entity(claim.subject))
                self._entity(self._reader.entity(claim.object))
                self._edge(claim.subject, claim.object, name, _cited(claim))
            elif name in _OF_TENURE:
                tenures.setdefault(claim.subject, {}).setdefault(name, claim)
            elif name in _OF_ENCOUNTER:
                encounters.setdefault(claim.subject, []).append(claim)
        for parts in tenures.values():
            self._tenure(parts)
        for iri, told in encounters.items():
            # stages have dates too
            if any(c.predicate == ARMS + "encounterKind" for c in told):
                self._encounter(iri, told)

    def _tenure(self, parts: dict[str, Claim]) -> None:
        """A person in an office is an edge to the office, or to whose office it is where that has no name."""
        holder, place = parts.get("holder"), parts.get("office") or parts.get("officeOf")
        if holder is None or place is None:
            return
        person, office = self._reader.entity(holder.object), self._reader.entity(place.object)
        self._entity(person)
        self._entity(office)
        title = parts["officeTitle"].object if "officeTitle" in parts else None
        self._edge(person.iri, office.iri, "holdsOffice", {"title": title, **_cited(holder)})
        whose = parts.get("officeOf")
        if whose is not None and whose is not place:
            state = self._reader.entity(whose.object)
            self._entity(state)
            self._edge(office.iri, state.iri, "officeOf", _cited(whose))

    def _encounter(self, iri: str, told: list[Claim]) -> None:
        dates = {c.object for c in told if c.predicate == ARMS + "onDate"}
        entity = self._reader.entity(iri)
        self._node(iri, ("Encounter",), {"label": entity.name, "kind": "Encounter"})
        for claim in told:
            if claim.datatype is None:
                self._entity(self._reader.entity(claim.object))
                name = claim.predicate.removeprefix(ARMS)
                self._edge(iri, claim.object, name, {"on_date": "; ".join(sorted(dates)) or None, **_cited(claim)})

    # -------------------------------------------------------------------------------------------- nodes and edges
    def _entity(self, entity: Entity) -> None:
        attributes: _Attributes = {
            "label": entity.name,
            "kind": entity.kind,
            "names": list(entity.names) or None,
            "wikidata": PREFIXES["wd"] + entity.wikidata if entity.wikidata else None,
            "state_code": entity.state_code,
            "weapon_kind": "; ".join(entity.weapon_kinds) or None,
        }
        others = [t for t in entity.types if t != entity.kind]
        self._node(entity.iri, (entity.kind, *others), attributes)

    def _article(self, document: Document) -> None:
        attributes = {
            "label": document.title or document.id,
            "kind": "Document",
            "published": document.published,
            "url": document.url,
        }
        self._node(document.iri, ("Document",), attributes)

    def _node(self, iri: str, types: tuple[str, ...], attributes: _Attributes) -> None:
        if iri not in self._nodes:
            shown = {key: value for key, value in attributes.items() if value is not None}
            self._nodes[iri] = Node(id=iri, types=tuple(dict.fromkeys(types)), attributes=shown)

    def _edge(self, source: str, target: str, type: str, attributes: _Attributes) -> None:
        known = self._edges.get((source, type, target))
        shown = {key: value for key, value in attributes.items() if value is not None}
        if known is not None:
            # said at several places: one edge with all its claims, and the words of the first
            claims = [*dict.fromkeys((*known.attributes.get("claims", ()), *shown.get("claims", ())))]
            shown = {**shown, **known.attributes, "claims": claims}
        self._edges[source, type, target] = Edge(source=source, target=target, type=type, attributes=shown)


def _is_certain(item: Item) -> bool | None:
    number = item.quantity
    return not is_uncertain(number, qualifier=item.qualifier, among=item.quantities) if number else None


def _said(fact: Fact[Any]) -> _Attributes:
    best = fact.best
    if best is None:
        return {"claims": []}
    return {
        "modality": fact.modality,
        "rank": fact.rank,
        "confidence": fact.confidence,
        "quote": fact.quote,
        "sentence": fact.sentence,
        "document": best.document_name,
        "url": best.url,
        "claims": list(fact.claims),
    }


def _cited(claim: Claim) -> _Attributes:
    said = claim.citation
    return {
        "modality": said.modality or None,
        "rank": said.rank or None,
        "confidence": said.confidence,
        "quote": said.sentence.quote,
        "sentence": said.sentence.text,
        "document": said.document_name,
        "url": said.url,
        "claims": [claim.iri],
    }
