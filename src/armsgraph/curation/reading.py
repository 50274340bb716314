"""Reads a graph as a curator needs it: entities, their links and reasons, their mentions, the deals they are in."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from armsgraph.explain import sentence_around
from armsgraph.linking import HUMAN_RULE
from armsgraph.model import EntityType
from armsgraph.store import OpenGraph
from armsgraph.vocab import ARMS, DEFAULT_BASE, PREFIXES

__all__ = ["GraphReader", "LinkedEntity", "Place", "StatedLink"]

_HEAD = "".join(f"PREFIX {p}: <{PREFIXES[p]}>\n" for p in ("arms", "oa", "prov", "rdf", "rdfs", "schema", "skos"))
_WD = PREFIXES["wd"]
_SKOS = PREFIXES["skos"]
_PARTS = (
    "arms:buyer|arms:supplier|arms:party|arms:endUser|arms:approver|arms:signatory|arms:signedAt|arms:producedAt"
    "|arms:item/arms:weapon|arms:stage/arms:stageActor|arms:deliveryMilestone/arms:recipient"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedLink:
    """A link that the graph states: `match` is `exactMatch`, `closeMatch` or `broadMatch`; with its surest claim."""

    subject: str
    qid: str
    match: str
    confidence: float
    rule: str
    reason: str

    @property
    def is_human(self) -> bool:
        """Whether a person decided it."""
        return self.rule == HUMAN_RULE


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedEntity:
    """An entity of the graph.

    Attributes:
        iri: Its IRI; `id` without the base.
        names: Other noun forms, sorted.
        deals: Number of deals that it has a part in; `documents` that mention it.
        links: Sorted by item.
    """

    iri: str
    id: str
    type: EntityType
    label: str
    names: tuple[str, ...]
    deals: int
    documents: tuple[str, ...]
    links: tuple[StatedLink, ...]

    @property
    def exact(self) -> StatedLink | None:
        """The link that makes it one with an item, None if there is none."""
        return next((k for k in self.links if k.match == "exactMatch"), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an entity is mentioned: `graph` is the named graph of the mention, "" for the default graph."""

    document: str
    graph: str
    span: str
    start: int
    quote: str


class GraphReader:
    """Answers the questions of curation about one graph; holds nothing of it."""

    def __init__(self, graph: OpenGraph, *, base: str = DEFAULT_BASE) -> None:
        self._store = graph.store
        self._base = base

    def entities(self) -> tuple[LinkedEntity, ...]:
        """Return all entities, those in most deals first, then by id."""
        types: dict[str, EntityType] = {}
        known = {f"{ARMS}{t.value}": t for t in EntityType}
        wanted = " ".join(f"<{iri}>" for iri in known)
        for entity, kind in self._rows(f"SELECT DISTINCT ?e ?t WHERE {{ VALUES ?t {{ {wanted} }} ?e a ?t }}"):
            types[entity] = known[kind]
        labels = self._texts("rdfs:label")
        names = self._texts("skos:altLabel")
        deals = Counter(
            entity for entity, _ in self._rows(f"SELECT DISTINCT ?e ?d WHERE {{ ?d a arms:Deal . ?d {_PARTS} ?e }}")
        )
        documents: dict[str, set[str]] = defaultdict(set)
        for entity, document in self._rows(
            "SELECT DISTINCT ?e ?d WHERE { ?m arms:refersTo ?e ; prov:wasDerivedFrom/oa:hasSource ?d }"
        ):
            documents[entity].add(document)
        links: dict[str, list[StatedLink]] = defaultdict(list)
        for link in self.links():
            links[link.subject].append(link)
        found = [
            LinkedEntity(
                iri=iri,
                id=iri.removeprefix(self._base),
                type=type_,
                label=min(labels.get(iri, ()), default=iri.removeprefix(self._base)),
                names=tuple(sorted(names.get(iri, ()))),
                deals=deals[iri],
                documents=tuple(sorted(documents.get(iri, ()))),
                links=tuple(links.get(iri, ())),
            )
            for iri, type_ in types.items()
        ]
        return tuple(sorted(found, key=lambda e: (-e.deals, e.id)))

    def links(self) -> Iterator[StatedLink]:
        """Yield the links of entities and offices to Wikidata that are stated directly, by subject and item."""
        query = """SELECT ?s ?p ?o ?confidence ?rule ?why WHERE {
          VALUES ?p { skos:exactMatch skos:closeMatch skos:broadMatch }
          ?c rdf:predicate ?p ; rdf:subject ?s ; rdf:object ?o ; arms:confidence ?confidence ; arms:rule ?rule .
          ?s ?p ?o OPTIONAL { ?c rdfs:comment ?why }
        }"""
        best: dict[tuple[str, str, str], StatedLink] = {}
        for subject, predicate, item, confidence, rule, why in self._rows(query):
            if not item.startswith(_WD):
                continue
            link = StatedLink(
                subject=subject,
                qid=item.removeprefix(_WD),
                match=predicate.removeprefix(_SKOS),
                confidence=float(confidence),
                rule=rule,
                reason=why,
            )
            key = (subject, link.qid, link.match)
            if key not in best or _order(link) > _order(best[key]):
                best[key] = link
        yield from (best[key] for key in sorted(best))

    def places(self, entity: str) -> tuple[Place, ...]:
        """Return where an entity is mentioned, by document and position."""
        found: dict[tuple[str, int], Place] = {}
        refers = ox.NamedNode(ARMS + "refersTo")
        for quad in self._store.quads_for_pattern(None, refers, ox.NamedNode(entity), None):
            graph = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
            query = (
                "SELECT ?d ?span ?start ?quote WHERE { "
                f"{quad.subject} prov:wasDerivedFrom ?span ; arms:quote ?quote . "
                "?span oa:hasSource ?d ; oa:hasSelector/oa:start ?start }"
            )
            for document, span, start, quote in self._rows(query):
                place = Place(document=document, graph=graph, span=span, start=int(start), quote=quote)
                found[document, place.start] = place
        return tuple(found[key] for key in sorted(found))

    def sentence(self, place: Place) -> str:
        """Return the sentence of a mention, or its words alone where the text is not stored."""
        text = self._first(f"SELECT ?t WHERE {{ <{place.document}> arms:storedText ?t }}")
        if not text:
            return place.quote
        return sentence_around(text, place.start, place.start + len(place.quote)).text

    def published(self, document: str) -> str:
        """Return the day of publication of a document, "" if it is not known."""
        return self._first(f"SELECT ?d WHERE {{ <{document}> schema:datePublished ?d }}")

    def address(self, document: str) -> str:
        """Return the web address of a document, "" if it is not known."""
        return self._first(f"SELECT ?u WHERE {{ <{document}> schema:url ?u }}")

    def states_of_documents(self) -> dict[str, frozenset[str]]:
        """Return the codes of the states that each document mentions."""
        found: dict[str, set[str]] = defaultdict(set)
        for document, code in self._rows(
            "SELECT DISTINCT ?d ?code WHERE { ?s arms:stateCode ?code . "
            "?m arms:refersTo ?s ; prov:wasDerivedFrom/oa:hasSource ?d }"
        ):
            found[document].add(code)
        return {document: frozenset(codes) for document, codes in found.items()}

    def rows(self, query: str) -> Iterator[tuple[str, ...]]:
        """Yield the rows of a SELECT as texts, "" for what is not bound; the prefixes in use are known."""
        yield from self._rows(query)

    def _rows(self, query: str) -> Iterator[tuple[str, ...]]:
        solutions = self._store.query(_HEAD + query, use_default_graph_as_union=True)
        assert isinstance(solutions, ox.QuerySolutions)
        for solution in solutions:
            yield tuple("" if term is None else getattr(term, "value", str(term)) for term in solution)

    def _first(self, query: str) -> str:
        return min((row[0] for row in self._rows(query)), default="")

    def _texts(self, predicate: str) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for subject, text in self._rows(f"SELECT ?e ?n WHERE {{ ?e {predicate} ?n }}"):
            found[subject].add(text)
        return found


def _order(link: StatedLink) -> tuple[bool, float, str]:
    return (link.is_human, link.confidence, link.reason)
