"""Reads deals, entities and documents out of a graph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

import pyoxigraph as ox

from armsgraph.dossiers.claims import Claim, read_claims
from armsgraph.dossiers.deals import Deal, Delivery, Item, Stage
from armsgraph.dossiers.facts import Document, Entity, Fact, Sum, held
from armsgraph.explain import ExplainedFact, explain_node
from armsgraph.store import NodeReader, OpenGraph, node_of
from armsgraph.vocab import ARMS, CLASSES, PREFIXES

__all__ = ["DealReader"]

_TYPE = PREFIXES["rdf"] + "type"
_WIKIDATA = PREFIXES["wd"]
_CONCEPTS = frozenset({"status", "stageStatus"})
_ENTITIES = frozenset(
    {"buyer", "supplier", "party", "endUser", "approver", "signatory", "signedAt", "producedAt", "weapon"}
    | {"stageActor", "recipient"}
)
_WHOLE = re.compile(r"[+-]?\d{1,18}", re.ASCII)


class DealReader:
    """Reads one graph. What was read is kept, so a reader serves one look at a graph and is then thrown away."""

    def __init__(self, graph: OpenGraph) -> None:
        self._graph = graph
        self._store = graph.store
        self._nodes = NodeReader(graph.store)
        self._entities: dict[str, Entity] = {}
        self._documents: dict[str, Document] = {}

    def deal_iris(self) -> tuple[str, ...]:
        """Return the IRIs of all deals, by document and number."""
        return tuple(sorted(self._nodes.subjects(_TYPE, ARMS + "Deal"), key=_natural))

    def deals(self) -> Iterator[Deal]:
        """Yield all deals, by document and number."""
        for iri in self.deal_iris():
            yield self.deal(iri)

    def is_deal(self, iri: str) -> bool:
        """Say whether the graph knows a node as a deal."""
        return ARMS + "Deal" in self._nodes.types(iri)

    def deal(self, iri: str) -> Deal:
        """Return one deal; it is empty if the graph does not know the IRI."""
        told: dict[str, list[ExplainedFact]] = {}
        for explained in explain_node(self._store, iri, with_incoming=False).facts:
            told.setdefault(explained.subject, []).append(explained)
        facts = self._facts(iri, told)
        documents = {c.document for found in told.values() for f in found for c in f.citations if c.document}
        return Deal(
            iri=iri,
            kind=self._kind(iri),
            label=self._nodes.label(iri) or _tail(iri),
            documents=tuple(sorted(map(self.document, documents), key=lambda d: (d.id, d.iri))),
            facts=facts,
            items=tuple(Item(iri=f.value, facts=self._facts(f.value, told)) for f in _parts(facts, "item")),
            stages=tuple(Stage(iri=f.value, told=f, facts=self._facts(f.value, told)) for f in _parts(facts, "stage")),
            deliveries=tuple(
                Delivery(iri=f.value, told=f, facts=self._facts(f.value, told))
                for f in _parts(facts, "deliveryMilestone")
            ),
        )

    def claims(self) -> Iterator[Claim]:
        """Yield every claim, as `read_claims` does."""
        return read_claims(self._graph)

    def entities(self, kind: str) -> Iterator[Entity]:
        """Yield the entities of a class (`Firm`), by IRI."""
        for iri in self._nodes.subjects(_TYPE, ARMS + kind):
            yield self.entity(iri)

    def entity(self, iri: str) -> Entity:
        """Return what is known of an entity; its name is the end of its IRI if the graph gives none."""
        if iri not in self._entities:
            nodes = self._nodes
            types = sorted(t.removeprefix(ARMS) for t in nodes.types(iri) if t.startswith(ARMS))
            names = {n for p in ("altLabel", "hiddenLabel") for n in nodes.values(iri, PREFIXES["skos"] + p)}
            exact = _items(nodes.values(iri, PREFIXES["skos"] + "exactMatch"))
            close = _items(nodes.values(iri, PREFIXES["skos"] + "closeMatch"))
            name = nodes.label(iri) or _tail(iri)
            self._entities[iri] = Entity(
                iri=iri,
                kind=_narrowest(types),
                types=tuple(types),
                name=name,
                names=tuple(sorted(names - {name})),
                wikidata=exact[0] if len(exact) == 1 else None,
                wikidata_maybe=tuple(close if len(exact) == 1 else sorted({*exact, *close})),
                weapon_kinds=tuple(self._concept(k) for k in nodes.values(iri, ARMS + "weaponKind")),
                state_code=nodes.value(iri, ARMS + "stateCode"),
            )
        return self._entities[iri]

    def documents(self) -> Iterator[Document]:
        """Yield all articles, by IRI."""
        for iri in self._nodes.subjects(_TYPE, ARMS + "Document"):
            yield self.document(iri)

    def document(self, iri: str) -> Document:
        """Return what is known of an article."""
        if iri not in self._documents:

            def read(name: str) -> str | None:
                prefix, _, local = name.partition(":")
                return self._nodes.value(iri, PREFIXES[prefix] + local)

            self._documents[iri] = Document(
                iri=iri,
                id=read("dcterms:identifier") or _tail(iri),
                title=read("schema:headline"),
                url=read("schema:url"),
                publisher=read("schema:publisher"),
                published=read("schema:datePublished"),
                language=read("schema:inLanguage"),
                sha256=read("arms:sha256"),
            )
        return self._documents[iri]

    # -------------------------------------------------------------------------------------------- facts
    def _facts(self, subject: str, told: dict[str, list[ExplainedFact]]) -> tuple[Fact[Any], ...]:
        found = [self._fact(f, told) for f in told.get(subject, ()) if f.predicate.startswith((ARMS, _TYPE))]
        claimed = {(f.predicate, f.object) for f in told.get(subject, ())}
        return (*found, *self._unclaimed(subject, claimed, told))

    def _fact(self, explained: ExplainedFact, told: dict[str, list[ExplainedFact]]) -> Fact[Any]:
        predicate = _local(explained.predicate)
        return Fact(
            subject=explained.subject,
            predicate=predicate,
            value=self._value(predicate, explained.object, explained.object_is_iri, told),
            is_held=explained.is_direct,
            citations=explained.citations,
        )

    def _unclaimed(
        self, subject: str, claimed: set[tuple[str, str]], told: dict[str, list[ExplainedFact]]
    ) -> Iterator[Fact[Any]]:
        """Yield what the graph states without a claim, as one may that another program made."""
        rows = []
        for quad in self._store.quads_for_pattern(ox.NamedNode(subject), None, None, None):
            value = quad.object
            if isinstance(value, ox.Triple) or not quad.predicate.value.startswith(ARMS):
                continue
            if (quad.predicate.value, value.value) not in claimed:
                rows.append((_local(quad.predicate.value), value.value, isinstance(value, ox.NamedNode)))
        for predicate, text, is_iri in sorted(set(rows)):
            value = self._value(predicate, text, is_iri, told)
            yield Fact(subject=subject, predicate=predicate, value=value, is_held=True, citations=())

    def _value(self, predicate: str, text: str, is_iri: bool, told: dict[str, list[ExplainedFact]]) -> Any:
        if is_iri and predicate in _ENTITIES:
            return self.entity(text)
        if is_iri and predicate in _CONCEPTS:
            return self._concept(text)
        if is_iri and predicate == "value":
            return self._sum(text, told)
        if is_iri and predicate == "type":
            return text.removeprefix(ARMS)
        if predicate == "quantity" and _WHOLE.fullmatch(text):
            return int(text)
        if predicate in {"amount", "upperAmount"}:
            return _decimal(text)
        return text

    def _sum(self, iri: str, told: dict[str, list[ExplainedFact]]) -> Sum | str:
        """Return the sum of a node; its IRI if amount or currency is missing."""
        parts: dict[str, str] = {}
        for fact in told.get(iri, ()):
            if fact.is_direct:
                parts.setdefault(_local(fact.predicate), fact.object)
        for name in ("amount", "currency", "upperAmount", "amountQualifier"):
            # a sum that is only claimed may be no part of the deal, and is then not among what is told of it
            if name not in parts and (value := self._nodes.value(iri, ARMS + name)):
                parts[name] = value
        amount = _decimal(parts.get("amount"))
        if amount is None or "currency" not in parts:
            return iri
        qualifier = parts.get("amountQualifier")
        return Sum(
            iri=iri,
            amount=amount,
            currency=parts["currency"],
            upper=_decimal(parts.get("upperAmount")),
            qualifier=None if qualifier == "exact" else qualifier,
        )

    def _concept(self, iri: str) -> str:
        return self._nodes.value(iri, PREFIXES["skos"] + "prefLabel") or _tail(iri).replace("-", " ")

    def _kind(self, iri: str) -> str:
        return _narrowest(sorted(t.removeprefix(ARMS) for t in self._nodes.types(iri) if t.startswith(ARMS)))


def _parts(facts: Iterable[Fact[Any]], predicate: str) -> Iterator[Fact[str]]:
    """Yield the facts that name a part; a text in its place, as a graph of others may have it, is none."""
    return (f for f in held(facts, predicate, str) if node_of(f.value) is not None)


def _narrowest(types: list[str]) -> str:
    """Return the class that is above none of the others; `Thing` of none."""
    above = {name for t in types for name in CLASSES.get(t, ())}
    return next((t for t in types if t not in above), "Thing")


def _items(iris: list[str]) -> list[str]:
    return [iri.removeprefix(_WIKIDATA) for iri in iris if iri.startswith(_WIKIDATA)]


def _local(iri: str) -> str:
    return iri.rpartition("#")[2]


def _tail(iri: str) -> str:
    return re.split(r"[/#]", iri)[-1]


def _natural(iri: str) -> tuple[str, int, str]:
    """Sort what ends with a number by it."""
    found = re.fullmatch(r"(.*?)(\d{1,9})", iri, re.DOTALL)
    return (found[1], int(found[2]), iri) if found else (iri, 0, iri)


def _decimal(text: str | None) -> Decimal | None:
    try:
        value = Decimal(text) if text is not None else None
    except InvalidOperation:
        return None
    return value if value is None or value.is_finite() else None
