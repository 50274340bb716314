"""The service description (SPARQL 1.1) with VoID counts: what the endpoint can do and what the graph holds."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import pyoxigraph as ox

from armsgraph.server.jobs import Job, Reply, Site
from armsgraph.server.negotiating import GRAPH_OFFERS, RDF_FORMATS, choose
from armsgraph.server.problems import Problem, ProblemError
from armsgraph.vocab import ARMS, PREFIXES

__all__ = ["DESCRIPTION_JOB", "FACTS_FILE", "Facts", "GraphFacts", "count_facts", "describe", "describe_service"]

DESCRIPTION_JOB = "service-description"
# Beside the folder of the store that workers open.
FACTS_FILE = "facts.json"

_SD = "http://www.w3.org/ns/sparql-service-description#"
_VOID = "http://rdfs.org/ns/void#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULT_FORMATS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_RDF_FORMATS = ("Turtle", "N-Triples", "RDF_XML", "JSON-LD", "TriG", "N-Quads")
_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
# More graphs than this are counted and not named one by one.
_GRAPHS_NAMED = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphFacts:
    """One graph: `name` is "" for the default graph; counts by IRI, `classes` of distinct subjects."""

    name: str
    triples: int
    classes: Mapping[str, int]
    properties: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a store holds, the default graph first and the others by name."""

    graphs: tuple[GraphFacts, ...]

    @property
    def triples(self) -> int:
        """Number of triples in all graphs; none stands in two."""
        return sum(graph.triples for graph in self.graphs)

    def total(self, what: str) -> dict[str, int]:
        """Return `classes` or `properties` over all graphs, sorted by IRI."""
        totals: dict[str, int] = {}
        for graph in self.graphs:
            for iri, count in getattr(graph, what).items():
                totals[iri] = totals.get(iri, 0) + count
        return dict(sorted(totals.items()))

    @property
    def counts(self) -> dict[str, int]:
        """Numbers for the home page, by name."""
        classes = self.total("classes")
        names = {"documents": "Document", "deals": "Deal", "claims": "Claim", "mentions": "Mention"}
        counted = {name: classes.get(ARMS + local, 0) for name, local in names.items()}
        return {"triples": self.triples, "graphs": len(self.graphs) - 1, **counted}

    def to_json(self) -> str:
        """Return it as text for `from_json`."""
        return json.dumps([asdict(graph) for graph in self.graphs], sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Facts:
        """Read what `to_json` wrote."""
        return cls(graphs=tuple(GraphFacts(**graph) for graph in json.loads(text)))


def count_facts(store: ox.Store) -> Facts:
    """Count a store; three passes over it inside the engine."""
    triples: dict[str, dict[str, int]] = {"": {}}
    classes: dict[str, dict[str, int]] = {}
    for inside, graph in (("?s ?p ?o", ""), ("GRAPH ?g { ?s ?p ?o }", "?g")):
        for row in _rows(store, f"SELECT {graph} ?p (COUNT(*) AS ?n) {{ {inside} }} GROUP BY {graph} ?p"):
            triples.setdefault(row[0], {})[row[1]] = row[2]
        typed = inside.replace("?p", "a").replace("?o", "?p")
        for row in _rows(store, f"SELECT {graph} ?p (COUNT(*) AS ?n) {{ {typed} }} GROUP BY {graph} ?p"):
            classes.setdefault(row[0], {})[row[1]] = row[2]
    names = sorted(triples)
    return Facts(
        graphs=tuple(
            GraphFacts(
                name=name,
                triples=sum(triples[name].values()),
                classes=dict(sorted(classes.get(name, {}).items())),
                properties=dict(sorted(triples[name].items())),
            )
            for name in names
        )
    )


def _rows(store: ox.Store, query: str) -> Iterator[tuple[str, str, int]]:
    solutions = store.query(query)
    assert isinstance(solutions, ox.QuerySolutions)
    for solution in solutions:
        *names, count = (getattr(term, "value", str(term)) for term in solution)
        yield (names[0] if len(names) > 1 else "", names[-1], int(count))


def describe(facts: Facts, site: Site, *, endpoint: str, may_federate: bool = False) -> Iterator[ox.Triple]:
    """Yield the service description without blank nodes.

    Args:
        facts: What the store holds.
        site: What is served.
        endpoint: Absolute IRI of the SPARQL endpoint, without a query.
        may_federate: Whether SERVICE may ask any host.
    """
    service, dataset = f"{endpoint}#service", f"{endpoint}#dataset"
    yield from _about(service, {"rdf:type": f"{_SD}Service", "sd:endpoint": endpoint, "sd:defaultDataset": dataset})
    languages = ("SPARQL11Query", "SPARQL11Update") if site.is_writable else ("SPARQL11Query",)
    for language in languages:
        yield from _about(service, {"sd:supportedLanguage": _SD + language})
    for name in (*_RESULT_FORMATS, *_RDF_FORMATS):
        yield from _about(service, {"sd:resultFormat": _FORMATS + name})
    if site.is_writable:
        for name in _RDF_FORMATS:
            yield from _about(service, {"sd:inputFormat": _FORMATS + name})
    features = ("UnionDefaultGraph", "BasicFederatedQuery") if may_federate else ("UnionDefaultGraph",)
    for feature in features:
        yield from _about(service, {"sd:feature": _SD + feature})
    for kind in (f"{_SD}Dataset", f"{_VOID}Dataset"):
        yield from _about(dataset, {"rdf:type": kind})
    root = endpoint.rpartition("/")[0]
    links = {"void:sparqlEndpoint": endpoint, "void:dataDump": f"{root}/data", "void:vocabulary": site.ontology}
    yield from _about(dataset, links)
    yield from _about(
        dataset,
        {
            "dcterms:title": ox.Literal(site.title),
            "dcterms:identifier": ox.Literal(site.build),
            "void:uriSpace": ox.Literal(site.base),
            "void:triples": ox.Literal(facts.triples),
            "void:documents": ox.Literal(facts.counts["documents"]),
            "void:properties": ox.Literal(len(facts.total("properties"))),
            "void:classes": ox.Literal(len(facts.total("classes"))),
        },
    )
    yield from _partitions(dataset, facts.total("classes"), facts.total("properties"))
    yield from _graphs(facts, dataset, endpoint)


def _graphs(facts: Facts, dataset: str, endpoint: str) -> Iterator[ox.Triple]:
    for number, graph in enumerate(facts.graphs[: _GRAPHS_NAMED + 1]):
        node = f"{endpoint}#graph-{number}"
        if graph.name:
            named = f"{endpoint}#named-graph-{number}"
            yield from _about(dataset, {"sd:namedGraph": named})
            yield from _about(named, {"rdf:type": f"{_SD}NamedGraph", "sd:name": graph.name, "sd:graph": node})
        else:
            yield from _about(dataset, {"sd:defaultGraph": node})
        for kind in (f"{_SD}Graph", f"{_VOID}Dataset"):
            yield from _about(node, {"rdf:type": kind})
        yield from _about(node, {"void:triples": ox.Literal(graph.triples)})
        yield from _partitions(node, graph.classes, graph.properties)
    left = len(facts.graphs) - 1 - _GRAPHS_NAMED
    if left > 0:
        words = f"{left} further named graphs are in the counts and not listed; SELECT DISTINCT ?g {{ GRAPH ?g {{ }} }}"
        yield from _about(dataset, {"rdfs:comment": ox.Literal(words, language="en")})


def _partitions(node: str, classes: Mapping[str, int], properties: Mapping[str, int]) -> Iterator[ox.Triple]:
    for number, (iri, count) in enumerate(classes.items()):
        part = f"{node}-class-{number}"
        yield from _about(node, {"void:classPartition": part})
        yield from _about(part, {"void:class": iri, "void:entities": ox.Literal(count)})
    for number, (iri, count) in enumerate(properties.items()):
        part = f"{node}-property-{number}"
        yield from _about(node, {"void:propertyPartition": part})
        yield from _about(part, {"void:property": iri, "void:triples": ox.Literal(count)})


_NAMES = {**PREFIXES, "sd": _SD, "void": _VOID}


def _about(subject: str, said: Mapping[str, str | ox.Literal]) -> Iterator[ox.Triple]:
    """Yield triples about a node; plain text as value is an IRI."""
    for name, value in said.items():
        prefix, _, local = name.partition(":")
        object_ = value if isinstance(value, ox.Literal) else ox.NamedNode(value)
        yield ox.Triple(ox.NamedNode(subject), ox.NamedNode(_NAMES[prefix] + local), object_)


def describe_service(folder: Path, *, may_federate: bool = False) -> Job:
    """Return the job that answers with the description of the store in a folder."""

    def job(_store: ox.Store, site: Site, fields: Mapping[str, str]) -> Reply:
        accept = fields.get("@accept")
        offers = tuple(offer for offer in GRAPH_OFFERS if offer.name not in ("trig", "nq"))
        offer = choose(offers, accept=accept, format=fields.get("?format"))
        if offer is None:
            names = ", ".join(o.media_type for o in offers)
            raise ProblemError(
                Problem(status=406, title="the service description is RDF", hint=f"ask for {names}", outcome="refused")
            )
        facts = Facts.from_json((folder.parent / FACTS_FILE).read_text("utf-8"))
        endpoint = fields["@url"].partition("?")[0]
        triples = describe(facts, site, endpoint=endpoint, may_federate=may_federate)
        prefixes = {name: _NAMES[name] for name in ("dcterms", "rdf", "rdfs", "sd", "void", "arms")}
        body = ox.serialize(triples, format=RDF_FORMATS[offer.name], prefixes=prefixes)
        assert body is not None
        return Reply(headers=(("Content-Type", offer.content_type),), body=body)

    return job
