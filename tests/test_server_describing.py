"""Service description (https://www.w3.org/TR/sparql11-service-description/) with VoID counts."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from armsgraph.server.describing import Facts, GraphFacts, count_facts, describe
from armsgraph.server.jobs import Site
from armsgraph.server.negotiating import GRAPH_OFFERS
from serving import DATA, RunningServer, http

SD, VOID = "http://www.w3.org/ns/sparql-service-description#", "http://rdfs.org/ns/void#"
PREFIXES = {"sd": SD, "void": VOID, "e": "http://example.org/", "dcterms": "http://purl.org/dc/terms/"}


@pytest.fixture(scope="module")
def description(read_server: RunningServer) -> ox.Store:
    response = http.get(f"{read_server.url}/sparql")
    assert response.status_code == 200
    store = ox.Store()
    store.load(response.content, format=ox.RdfFormat.TURTLE)
    return store


def holds(store: ox.Store, pattern: str) -> bool:
    return bool(store.query(f"ASK {{ {pattern} }}", prefixes=PREFIXES))


@pytest.mark.parametrize("name", [o.name for o in GRAPH_OFFERS if o.name not in ("trig", "nq")])
def test_2_endpoint_without_a_query_gives_the_description(read_server: RunningServer, name: str) -> None:
    offer = next(o for o in GRAPH_OFFERS if o.name == name)
    response = http.get(f"{read_server.url}/sparql", headers={"accept": offer.media_type})
    assert response.headers["content-type"].partition(";")[0] == offer.media_type
    store = ox.Store()
    store.load(response.content, format=ox.RdfFormat.from_media_type(offer.media_type))
    assert holds(store, f"?s a sd:Service ; sd:endpoint <{read_server.url}/sparql>")


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param("?s sd:supportedLanguage sd:SPARQL11Query", id="3.4.5-language"),
        pytest.param("?s sd:resultFormat <http://www.w3.org/ns/formats/SPARQL_Results_JSON>", id="3.4.9-results"),
        pytest.param("?s sd:resultFormat <http://www.w3.org/ns/formats/Turtle>", id="3.4.9-graphs"),
        pytest.param("?s sd:feature sd:UnionDefaultGraph", id="3.4.6-union"),
        pytest.param(
            "?s sd:defaultDataset ?d . ?d a sd:Dataset ; sd:defaultGraph ?g . ?g a sd:Graph ; void:triples 7",
            id="3.4.3-default-graph",
        ),
        pytest.param(
            "?d sd:namedGraph ?n . ?n a sd:NamedGraph ; sd:name e:g1 ; sd:graph ?g . ?g a sd:Graph ; void:triples 2",
            id="3.4.12-named-graph",
        ),
        pytest.param("?d a void:Dataset ; void:triples 11 ; void:sparqlEndpoint ?e", id="void-triples"),
        pytest.param("?d a sd:Dataset ; void:classPartition [ void:class e:Thing ; void:entities 1 ]", id="void-class"),
        pytest.param(
            "?d a sd:Dataset ; void:propertyPartition [ void:property e:p ; void:triples 5 ]", id="void-property"
        ),
        pytest.param(
            "?n sd:name e:g1 ; sd:graph [ void:propertyPartition [ void:property e:label ; void:triples 1 ] ]",
            id="void-of-a-graph",
        ),
        pytest.param("?d dcterms:identifier ?build", id="build"),
    ],
)
def test_description_says(description: ox.Store, pattern: str) -> None:
    assert holds(description, pattern)


def test_description_promises_nothing_that_is_off(description: ox.Store) -> None:
    assert not holds(description, "?s sd:supportedLanguage sd:SPARQL11Update")
    assert not holds(description, "?s sd:feature sd:BasicFederatedQuery")
    assert not holds(description, "?s ?p ?o FILTER(isBlank(?s))")


def test_description_of_a_writable_server_names_updates_and_formats() -> None:
    facts = Facts(graphs=(GraphFacts(name="", triples=0, classes={}, properties={}),))
    store = ox.Store()
    store.extend(ox.Quad(*t) for t in describe(facts, Site(is_writable=True), endpoint="http://x.example/sparql"))
    assert holds(store, "?s sd:supportedLanguage sd:SPARQL11Update")
    assert holds(store, "?s sd:inputFormat <http://www.w3.org/ns/formats/Turtle>")


def test_many_graphs_are_counted_and_the_rest_is_said() -> None:
    graphs = [GraphFacts(name=f"urn:g{n}" if n else "", triples=1, classes={}, properties={}) for n in range(1501)]
    triples = list(describe(Facts(graphs=tuple(graphs)), Site(), endpoint="http://x.example/sparql"))
    assert sum(t.predicate.value == f"{SD}namedGraph" for t in triples) == 1000
    assert any("500 further named graphs" in getattr(t.object, "value", "") for t in triples)
    assert any(t.predicate.value == f"{VOID}triples" and getattr(t.object, "value", "") == "1501" for t in triples)


def test_facts_are_counted_graph_by_graph_and_kept_as_text() -> None:
    store = ox.Store()
    store.load(DATA.encode(), format=ox.RdfFormat.N_QUADS)
    facts = count_facts(store)
    assert [(g.name, g.triples) for g in facts.graphs] == [
        ("", 7),
        ("http://example.org/g1", 2),
        ("http://example.org/g2", 1),
        ("https://w3id.org/armsgraph/id/document/three", 1),
    ]
    assert facts.counts["triples"] == 11
    assert facts.counts["graphs"] == 3
    assert Facts.from_json(facts.to_json()) == facts


def test_nothing_is_described_as_nothing() -> None:
    facts = count_facts(ox.Store())
    assert (facts.triples, facts.counts["graphs"]) == (0, 0)


def test_only_rdf_describes(read_server: RunningServer) -> None:
    assert http.get(f"{read_server.url}/sparql", headers={"accept": "image/png"}).status_code == 406


def test_browser_gets_the_form(read_server: RunningServer) -> None:
    response = http.get(f"{read_server.url}/sparql", headers={"accept": "text/html,*/*;q=0.8"})
    assert response.headers["content-type"].startswith("text/html")
    assert "<form" in response.text
