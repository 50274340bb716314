"""Looks up what a store says of single nodes, over all its graphs together."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from itertools import islice

import pyoxigraph as ox

from armsgraph.vocab import ARMS, PREFIXES

__all__ = ["NodeReader", "node_of"]

_RDF_TYPE = PREFIXES["rdf"] + "type"


def node_of(iri: str) -> ox.NamedNode | None:
    """Return the node of an IRI; None if it cannot be one."""
    try:
        return ox.NamedNode(iri)
    except ValueError:
        return None


class NodeReader:
    """Answers small questions about nodes of one store. What cannot be an IRI is said nothing of; RDF 1.2 is left out.

    Every look-up reads only what it gives: none walks over the store.
    """

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    def exists(self, iri: str) -> bool:
        """Say whether anything is said of a node, or of another by it."""
        node = node_of(iri)
        if node is None:
            return False
        patterns = ((node, None, None, None), (None, None, node, None))
        return any(next(iter(self._store.quads_for_pattern(*p)), None) is not None for p in patterns)

    def states(self, subject: str, predicate: str, value: ox.NamedNode | ox.BlankNode | ox.Literal) -> bool:
        """Say whether the store holds a triple."""
        nodes = node_of(subject), node_of(predicate)
        if None in nodes:
            return False
        found = self._store.quads_for_pattern(*nodes, value, None)
        return next(iter(found), None) is not None

    def terms(self, subject: str, predicate: str) -> list[ox.NamedNode | ox.BlankNode | ox.Literal]:
        """Return the objects of a subject and predicate, sorted by their N-Triples text, each once."""
        return sorted(set(self._objects(subject, predicate)), key=str)

    def term(self, subject: str, predicate: str) -> ox.NamedNode | ox.BlankNode | ox.Literal | None:
        """Return the first of `terms`."""
        return min(self._objects(subject, predicate), key=str, default=None)

    def values(self, subject: str, predicate: str) -> list[str]:
        """Return IRIs and lexical forms of the objects, sorted, each once."""
        return sorted({term.value for term in self._objects(subject, predicate)})

    def value(self, subject: str, predicate: str) -> str | None:
        """Return IRI or lexical form of the first of `terms`."""
        term = self.term(subject, predicate)
        return None if term is None else term.value

    def predicates(self, subject: str, *, most: int = 5_000) -> list[str]:
        """Return the IRIs of the properties that a node has, sorted, looking at no more than so many triples."""
        node = node_of(subject)
        if node is None:
            return []
        found = islice(self._store.quads_for_pattern(node, None, None, None), most)
        return sorted({q.predicate.value for q in found})

    def subjects(self, predicate: str, value: str, *, most: int | None = None) -> list[str]:
        """Return the IRIs that have a node as object, sorted, each once.

        Args:
            most: Stop after so many triples; which ones they are is the store's choice, the same for the same store.
        """
        node = node_of(value)
        if node is None:
            return []
        found = islice(self._store.quads_for_pattern(None, ox.NamedNode(predicate), node, None), most)
        return sorted({q.subject.value for q in found if isinstance(q.subject, ox.NamedNode)})

    def types(self, iri: str) -> set[str]:
        """Return the IRIs of the classes of a node."""
        return set(self.values(iri, _RDF_TYPE))

    def label(self, iri: str) -> str | None:
        """Return the name of a node; that of a sum is what it amounts to."""
        amount = self.value(iri, ARMS + "amount")
        currency = self.value(iri, ARMS + "currency") if amount else None
        if amount and currency:
            try:
                return f"{currency} {Decimal(amount):,f}"
            except InvalidOperation:
                return f"{currency} {amount}"
        return self.value(iri, PREFIXES["rdfs"] + "label") or self.value(iri, PREFIXES["skos"] + "prefLabel")

    def _objects(self, subject: str, predicate: str) -> Iterator[ox.NamedNode | ox.BlankNode | ox.Literal]:
        node = node_of(subject)
        if node is None:
            return
        for quad in self._store.quads_for_pattern(node, ox.NamedNode(predicate), None, None):
            if not isinstance(quad.object, ox.Triple):
                yield quad.object
