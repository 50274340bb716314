"""Gathers the triples that describe a node: its facts, what points to it, and its claims with their evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import pyoxigraph as ox

from armsgraph.server.pages.addresses import ONTOLOGY
from armsgraph.server.pages.vocabulary import ontology_quads
from armsgraph.store import NodeReader, node_of
from armsgraph.vocab import ARMS, PREFIXES, PROPERTIES

__all__ = ["CLAIMS_A_PART", "INCOMING", "MOST_INCOMING", "PARTS", "Description", "describe_node"]

PARTS = tuple(ARMS + name for name in ("item", "value", "stage", "deliveryMilestone"))
CLAIMS_A_PART = 100
MOST_INCOMING = 500
_MOST_CLAIMS = 20_000
_MOST_OWN = 5_000
# Properties by which evidence points to what it is about; the claims are told themselves.
_EVIDENCE = {"attributedToEntity", "conflictsWith", "refersTo"}
INCOMING = (
    *(ARMS + name for name, is_node in PROPERTIES.items() if is_node and name not in _EVIDENCE),
    PREFIXES["prov"] + "used",
    PREFIXES["skos"] + "broader",
    PREFIXES["skos"] + "exactMatch",
    PREFIXES["skos"] + "closeMatch",
    PREFIXES["skos"] + "broadMatch",
)
_NAMES = (PREFIXES["rdfs"] + "label", PREFIXES["skos"] + "prefLabel")
_DERIVED = ox.NamedNode(PREFIXES["prov"] + "wasDerivedFrom")
_SOURCE = ox.NamedNode(PREFIXES["oa"] + "hasSource")
_SELECTOR = ox.NamedNode(PREFIXES["oa"] + "hasSelector")


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What is told of a node.

    Attributes:
        quads: In no order.
        part: Which part of how many this is, counting from 1; the first has all but the claims.
        parts: Number of parts.
        left_out: What no part holds, in words; None where nothing is left out.
    """

    quads: tuple[ox.Quad, ...]
    part: int
    parts: int
    left_out: str | None


def describe_node(store: ox.Store, iri: str, *, part: int = 1) -> Description:
    """Describe a node. The first part has its triples, those of its parts (items, sums, stages, deliveries), names of
    what it points to, and what points to it; each part has some of the claims about it, with their evidence.

    Args:
        part: Which part, from 1; one behind the last has no triples.
    """
    reader = _Reader(store)
    about = [iri, *(p for name in PARTS for p in islice(reader.nodes.values(iri, name), _MOST_OWN))]
    if ARMS + "Document" in reader.nodes.types(iri):
        claims = reader.evidence_of_document(iri)
    else:
        claims = reader.claims_about(about)
    left_out = []
    if len(claims) > _MOST_CLAIMS:
        left_out.append(f"claims after the first {_MOST_CLAIMS:,}")
        claims = claims[:_MOST_CLAIMS]
    parts = max(1, -(-len(claims) // CLAIMS_A_PART))
    quads: list[ox.Quad] = []
    incoming, is_all = reader.incoming(iri)
    if not is_all:
        left_out.append(f"triples that point to it after the first {MOST_INCOMING:,} of a property")
    if part == 1:
        for node in about:
            quads += reader.own(node)
        if iri.startswith(ARMS) or iri == ONTOLOGY:
            quads += ontology_quads(iri)
        quads += incoming
        quads += reader.names(quads, iri)
    for claim in claims[(part - 1) * CLAIMS_A_PART : part * CLAIMS_A_PART]:
        quads += reader.evidence(claim)
    if part == 1:
        quads += reader.evidence(iri)
    return Description(quads=tuple(quads), part=part, parts=parts, left_out=" and ".join(left_out) or None)


class _Reader:
    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self.nodes = NodeReader(store)

    def own(self, iri: str) -> list[ox.Quad]:
        node = node_of(iri)
        return [] if node is None else list(islice(self._store.quads_for_pattern(node, None, None, None), _MOST_OWN))

    def incoming(self, iri: str) -> tuple[list[ox.Quad], bool]:
        """Return what points to a node, and whether that is all."""
        node = node_of(iri)
        found: list[ox.Quad] = []
        is_all = True
        if node is not None:
            for predicate in INCOMING:
                pointing = self._store.quads_for_pattern(None, ox.NamedNode(predicate), node, None)
                some = list(islice(pointing, MOST_INCOMING + 1))
                is_all &= len(some) <= MOST_INCOMING
                found += some[:MOST_INCOMING]
        return found, is_all

    def names(self, quads: Iterable[ox.Quad], iri: str) -> Iterator[ox.Quad]:
        """Yield how the nodes at the other end of the quads are called."""
        others = {t for q in quads for t in (q.subject, q.object) if isinstance(t, ox.NamedNode) and t.value != iri}
        for node in sorted(others, key=str):
            for name in _NAMES:
                yield from self._store.quads_for_pattern(node, ox.NamedNode(name), None, None)

    def claims_about(self, about: Iterable[str]) -> list[str]:
        """Return the claims about nodes, sorted within each; one more than are told if there are more."""
        claims: dict[str, None] = {}
        for node in about:
            found = self.nodes.subjects(PREFIXES["rdf"] + "subject", node, most=_MOST_CLAIMS + 1 - len(claims))
            claims |= dict.fromkeys(found)
            if len(claims) > _MOST_CLAIMS:
                break
        return list(claims)

    def evidence_of_document(self, iri: str) -> list[str]:
        """Return the claims and mentions that a document holds."""
        places = self.nodes.subjects(_SOURCE.value, iri, most=_MOST_CLAIMS)
        found: dict[str, None] = {}
        for place in places:
            found |= dict.fromkeys(self.nodes.subjects(_DERIVED.value, place, most=_MOST_CLAIMS))
            if len(found) > _MOST_CLAIMS:
                break
        return sorted(found)

    def evidence(self, iri: str) -> Iterator[ox.Quad]:
        """Yield a claim or mention with the place it was read at, or a place with its selectors."""
        node = node_of(iri)
        if node is None:
            return
        places = [node]
        for quad in self.own(iri):
            yield quad
            if quad.predicate == _DERIVED and isinstance(quad.object, ox.NamedNode):
                places.append(quad.object)
        for place in places:
            quads = self.own(place.value) if place != node else []
            yield from quads
            for selector in self.nodes.values(place.value, _SELECTOR.value):
                yield from self.own(selector)
