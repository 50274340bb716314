"""The federated example queries are SPARQL, and give the right rows when a local endpoint stands in for Wikidata's."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.plugins.sparql import prepareQuery

from armsgraph import resources
from armsgraph.store import list_questions

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "queries" / "federated"
FILES = sorted(FOLDER.glob("*.rq"))
SERVICE = "https://query.wikidata.org/sparql"
PREFIXES = """
@prefix arms: <https://w3id.org/armsgraph/ontology#> . @prefix p: <http://www.wikidata.org/prop/> .
@prefix pq: <http://www.wikidata.org/prop/qualifier/> . @prefix ps: <http://www.wikidata.org/prop/statement/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix wd: <http://www.wikidata.org/entity/> . @prefix wdt: <http://www.wikidata.org/prop/direct/> .
@prefix x: <https://x.example/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
OURS = """
x:d1 a arms:Deal ; arms:supplier x:saab, x:bofors ; arms:item [ arms:weapon x:gripen ], [ arms:weapon x:ah64e ] ;
  arms:signatory x:ann, x:bob ; arms:signedOn "2021-05-06"^^xsd:date .
x:saab a arms:Firm ; rdfs:label "Saab" ; skos:exactMatch wd:Q1 .
x:bofors a arms:Firm ; rdfs:label "Bofors" ; skos:exactMatch wd:Q2 .
x:gripen rdfs:label "Gripen" ; skos:exactMatch wd:Q3 . x:ah64e rdfs:label "AH-64E" ; skos:broadMatch wd:Q4 .
x:ann rdfs:label "Ann" ; skos:exactMatch wd:Q5 . x:bob rdfs:label "Bob" .
"""
THEIRS = """
wd:Q1 wdt:P17 wd:Q34 ; wdt:P749 wd:Q10 . wd:Q10 wdt:P17 wd:Q34 .
wd:Q2 wdt:P17 wd:Q34 ; wdt:P749 wd:Q11 . wd:Q11 wdt:P17 wd:Q145 .
wd:Q3 wdt:P137 wd:Q20 . wd:Q20 rdfs:label "Hungary"@en, "Ungarn"@de . wd:Q4 wdt:P137 wd:Q21 .
wd:Q21 rdfs:label "India"@en . wd:Q99 wdt:P137 wd:Q21 .
wd:Q5 p:P39 x:s1, x:s2 .
x:s1 ps:P39 wd:Q30 ; pq:P580 "2019-01-01T00:00:00Z"^^xsd:dateTime .
x:s2 ps:P39 wd:Q31 ; pq:P580 "2010-01-01T00:00:00Z"^^xsd:dateTime ; pq:P582 "2012-01-01T00:00:00Z"^^xsd:dateTime .
"""
ROWS = {
    "makers_and_parents": {("d1", "Bofors", "Q2", "Q34", "Q11", "Q145")},
    "signatories_in_office": {("d1", "2021-05-06", "Ann", "Q30", "2019-01-01T00:00:00Z", "")},
    "weapons_used_elsewhere": {("AH-64E", "Q4", "Q21", "India"), ("Gripen", "Q3", "Q20", "Hungary")},
}


def load(turtle: str) -> ox.Store:
    store = ox.Store()
    store.load((PREFIXES + turtle).encode(), format=ox.RdfFormat.TURTLE)
    return store


@pytest.fixture(scope="module")
def stand_in() -> Iterator[tuple[str, list[str]]]:
    """A SPARQL endpoint over what Wikidata would know; the queries that reach it."""
    data, asked = load(THEIRS), []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(parse_qs(urlsplit(self.path).query)["query"][0])

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            is_form = "form" in self.headers["Content-Type"]
            self._answer(parse_qs(body)["query"][0] if is_form else body)

        def _answer(self, query: str) -> None:
            asked.append(query)
            found = data.query(query)
            assert isinstance(found, ox.QuerySolutions)
            body = found.serialize(format=ox.QueryResultsFormat.JSON)
            assert body is not None
            self.send_response(200)
            self.send_header("Content-Type", "application/sparql-results+json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/sparql", asked
    server.shutdown()
    server.server_close()
    thread.join()


def test_there_is_a_case_for_each_query() -> None:
    assert {path.stem for path in FILES} == set(ROWS)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_query_is_sparql_and_says_what_it_answers(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.startswith("# ")
    assert text.partition("\n")[0].endswith("?")
    assert text.count(f"SERVICE <{SERVICE}>") == 1
    prepareQuery(text)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_query_gives_its_rows_over_a_stand_in(path: Path, stand_in: tuple[str, list[str]]) -> None:
    address, asked = stand_in
    before = len(asked)
    found = load(OURS).query(path.read_text("utf-8").replace(SERVICE, address))
    assert isinstance(found, ox.QuerySolutions)
    rows = {
        tuple("" if t is None else t.value.rpartition("/")[2] if isinstance(t, ox.NamedNode) else t.value for t in row)  # type: ignore[union-attr]
        for row in found
    }
    assert rows == ROWS[path.stem]
    assert len(asked) > before


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_engine_that_binds_first_asks_only_about_our_items(path: Path, stand_in: tuple[str, list[str]]) -> None:
    address, asked = stand_in
    before = len(asked)
    graph = rdflib.Graph().parse(data=PREFIXES + OURS, format="turtle")
    rows = {
        tuple("" if t is None else str(t).rpartition("/")[2].replace("+00:00", "Z") for t in row)  # type: ignore[union-attr]
        for row in graph.query(path.read_text("utf-8").replace(SERVICE, address))
    }
    assert rows == ROWS[path.stem]
    assert asked[before:]
    assert all("VALUES" in query and "/entity/Q" in query for query in asked[before:])


def test_federated_queries_are_no_shipped_questions() -> None:
    assert not {path.stem for path in FILES} & {q.name for q in list_questions()}
    assert all(path.parent.name != "federated" for path in resources.query_files())
