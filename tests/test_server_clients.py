"""Clients that people use: rdflib, SPARQLWrapper, federation by pyoxigraph and by a server of ours, curl, Comunica."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from SPARQLWrapper import CSV, JSON, JSONLD, N3, POST, RDFXML, TSV, TURTLE, XML, SPARQLWrapper

from armsgraph.server.settings import Settings
from armsgraph.store import write_store
from serving import DATA, TOKEN, RunningServer, running

P = rdflib.URIRef("http://example.org/p")
S = rdflib.URIRef("http://example.org/s")
G1 = "http://example.org/g1"
SELECT = "SELECT ?s ?o { ?s <http://example.org/p> ?o } ORDER BY ?s"
JAVASCRIPT = Path(__file__).parent / "javascript"

# Both libraries still use names of rdflib that it wants to be rid of.
old_names = pytest.mark.filterwarnings("ignore::DeprecationWarning")


# ---- rdflib


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("format", ["xml", "json", "csv", "tsv"])
def test_rdflib_reads_the_store(read_server: RunningServer, method: str, format: str) -> None:
    store = SPARQLStore(f"{read_server.url}/sparql", method=method, returnFormat=format)
    graph = rdflib.Graph(store=store)
    rows = list(graph.query(SELECT))
    assert len(rows) == 5
    assert {str(row.o) for row in rows if str(row.s).endswith("/s")} == {"http://example.org/o"}
    labels = {str(row.l) for row in graph.query(f"SELECT ?l {{ <{S}> <http://example.org/label> ?l }}")}
    assert 'a,b "quoted"\nsecond line\ttab' in labels


def test_rdflib_walks_triples_and_asks(read_server: RunningServer) -> None:
    graph = rdflib.Graph(store=SPARQLStore(f"{read_server.url}/sparql"))
    assert set(graph.objects(S, P)) == {rdflib.URIRef("http://example.org/o")}
    assert (S, P, None) in graph
    assert bool(graph.query("ASK { ?s ?p ?o }"))
    constructed = graph.query(f"CONSTRUCT {{ ?s <{P}> ?o }} WHERE {{ ?s <{P}> ?o }}").graph
    assert constructed is not None
    assert len(constructed) == 5


def test_rdflib_picks_a_named_graph(read_server: RunningServer) -> None:
    store = SPARQLStore(f"{read_server.url}/sparql", context_aware=True)
    graph = rdflib.Graph(store=store, identifier=rdflib.URIRef(G1))
    assert {str(s) for s in graph.subjects(P)} == {"http://example.org/in1"}


def test_rdflib_federates_to_the_server(read_server: RunningServer) -> None:
    query = f"SELECT ?o {{ SERVICE <{read_server.url}/sparql> {{ <{S}> <{P}> ?o }} }}"
    assert [str(row.o) for row in rdflib.Graph().query(query)] == ["http://example.org/o"]


@old_names
def test_rdflib_updates_a_writable_server(tmp_path: Path) -> None:
    write_store(DATA.splitlines(), tmp_path / "store", with_ontology=False)
    settings = Settings(graph=str(tmp_path / "store"), port=0, workers=1, is_writable=True)
    with running(settings, tmp_path, token=TOKEN) as server:
        store = SPARQLUpdateStore(
            f"{server.url}/sparql", f"{server.url}/update", headers={"Authorization": f"Bearer {TOKEN}"}
        )
        graph = rdflib.Graph(store=store, identifier=rdflib.URIRef(G1))
        graph.add((S, P, rdflib.Literal("added")))
        assert rdflib.Literal("added") in set(graph.objects(S, P))


# ---- SPARQLWrapper


@pytest.mark.parametrize("is_post", [False, True], ids=["get", "post"])
@pytest.mark.parametrize("format", [JSON, XML, CSV, TSV])
def test_sparqlwrapper_selects(read_server: RunningServer, format: str, is_post: bool) -> None:
    client = SPARQLWrapper(f"{read_server.url}/sparql")
    client.setQuery(SELECT)
    client.setReturnFormat(format)
    if is_post:
        client.setMethod(POST)
    found = client.query()
    assert not found.response.headers["content-type"].startswith("text/html")
    converted = found.convert()
    if format == JSON:
        assert len(converted["results"]["bindings"]) == 5  # type: ignore[index,call-overload]
    elif format == XML:
        assert len(converted.getElementsByTagName("result")) == 5  # type: ignore[union-attr]
    else:
        assert len(converted.splitlines()) == 6  # type: ignore[union-attr]
    found.response.close()


@old_names
@pytest.mark.parametrize("format", [TURTLE, N3, RDFXML, XML, JSONLD])
def test_sparqlwrapper_constructs(read_server: RunningServer, format: str) -> None:
    client = SPARQLWrapper(f"{read_server.url}/sparql")
    client.setQuery(f"CONSTRUCT WHERE {{ ?s <{P}> ?o }}")
    client.setReturnFormat(format)
    found = client.query()
    converted = found.convert()
    found.response.close()
    graph = converted if isinstance(converted, rdflib.Graph) else rdflib.Graph().parse(data=converted, format="turtle")
    assert len(graph) == 5


def test_sparqlwrapper_asks_and_names_a_default_graph(read_server: RunningServer) -> None:
    client = SPARQLWrapper(f"{read_server.url}/sparql")
    client.setReturnFormat(JSON)
    client.setQuery(f"ASK {{ <{S}> ?p ?o }}")
    assert client.queryAndConvert()["boolean"] is True  # type: ignore[index,call-overload]
    client.addDefaultGraph(G1)
    client.setQuery(f"ASK {{ <{S}> ?p ?o }}")
    assert client.queryAndConvert()["boolean"] is False  # type: ignore[index,call-overload]


def test_sparqlwrapper_sees_what_is_wrong(read_server: RunningServer) -> None:
    from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

    client = SPARQLWrapper(f"{read_server.url}/sparql")
    client.setQuery("SELECT nonsense")
    with pytest.raises(QueryBadFormed, match="line 1, column"):
        client.query()


# ---- federation


def test_pyoxigraph_federates_to_the_server(read_server: RunningServer) -> None:
    query = f"SELECT ?o {{ SERVICE <{read_server.url}/sparql> {{ <{S}> <{P}> ?o }} }}"
    rows = list(ox.Store().query(query))  # type: ignore[arg-type]
    assert [row["o"].value for row in rows] == ["http://example.org/o"]  # type: ignore[index]


@pytest.fixture(scope="module")
def federating_server(read_server: RunningServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    folder = tmp_path_factory.mktemp("federating")
    write_store([f"<urn:here> <urn:same> <{S}> ."], folder / "store", with_ontology=False)
    host = urlsplit(read_server.url).netloc
    with running(Settings(graph=str(folder / "store"), port=0, workers=2, allow_service=(host,)), folder) as server:
        yield server


def test_server_federates_to_a_host_that_is_allowed(
    read_server: RunningServer, federating_server: RunningServer
) -> None:
    query = f"SELECT ?o {{ ?x <urn:same> ?s SERVICE <{read_server.url}/sparql> {{ ?s <{P}> ?o }} }}"
    response = federating_server.ask(query, accept="text/csv")
    assert response.text.split() == ["o", "http://example.org/o"]
    assert "etag" not in response.headers, "what another server says may change at any time"


@pytest.mark.parametrize("service", ["<http://127.0.0.1:9/>", "?x", "<http://example.org/sparql>"])
def test_server_federates_to_no_other_host(federating_server: RunningServer, service: str) -> None:
    for silent in ("", "SILENT "):
        response = federating_server.ask(f"SELECT * {{ ?x <urn:same> ?s SERVICE {silent}{service} {{ ?s ?p ?o }} }}")
        assert response.status_code == 400
        assert "SERVICE" in response.text


def test_service_that_fails_is_an_error_and_no_empty_answer(
    read_server: RunningServer, federating_server: RunningServer
) -> None:
    response = federating_server.ask(f"SELECT * {{ SERVICE <{read_server.url}/no/such/place> {{ ?s ?p ?o }} }}")
    assert response.status_code == 502


# ---- curl

curl = pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")


def run_curl(*arguments: str) -> str:
    done = subprocess.run(
        ["curl", "-sS", "--fail-with-body", *arguments], check=False, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


@curl
def test_curl_in_all_three_ways(read_server: RunningServer) -> None:
    url, accept = f"{read_server.url}/sparql", ("-H", "Accept: text/csv")
    ways = [
        run_curl(*accept, "-G", url, "--data-urlencode", f"query={SELECT}"),
        run_curl(*accept, url, "--data-urlencode", f"query={SELECT}"),
        run_curl(*accept, url, "-H", "Content-Type: application/sparql-query", "--data-binary", SELECT),
        run_curl(*accept, "--compressed", "--http1.0", url, "--data-urlencode", f"query={SELECT}"),
    ]
    assert len(set(ways)) == 1
    assert len(ways[0].splitlines()) == 6


@curl
def test_curl_shows_the_message_of_an_error(read_server: RunningServer) -> None:
    done = subprocess.run(
        ["curl", "-s", f"{read_server.url}/sparql", "--data-urlencode", "query=SELECT"],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.stdout.startswith("line 1, column")


# ---- Comunica


@pytest.fixture(scope="module")
def javascript(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Comunica, installed from `tests/javascript` by npm."""
    if shutil.which("npm") is None or shutil.which("node") is None:
        pytest.skip("npm is not installed")
    folder = tmp_path_factory.mktemp("javascript")
    for file in JAVASCRIPT.iterdir():
        shutil.copy(file, folder)
    command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
    done = subprocess.run(command, check=False, cwd=folder, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    return folder


def run_comunica(folder: Path, endpoint: str, query: str) -> list[dict[str, str]]:
    done = subprocess.run(
        ["node", "ask.mjs", endpoint, query], cwd=folder, capture_output=True, text=True, timeout=120, check=False,
        env={**os.environ, "NODE_OPTIONS": ""},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout))


@pytest.mark.slow
def test_comunica_selects_joins_and_constructs(read_server: RunningServer, javascript: Path) -> None:
    endpoint = f"{read_server.url}/sparql"
    rows = run_comunica(javascript, endpoint, f"SELECT ?o {{ <{S}> <{P}> ?o }}")
    assert rows == [{"o": "http://example.org/o"}]
    joined = f"SELECT ?l {{ ?s <{P}> <http://example.org/o> ; <http://example.org/label> ?l }}"
    assert {row["l"] for row in run_comunica(javascript, endpoint, joined)} >= {"plain"}
    assert len(run_comunica(javascript, endpoint, f"CONSTRUCT WHERE {{ ?s <{P}> ?o }}")) == 5


@pytest.mark.slow
def test_comunica_says_so_when_the_server_refuses(read_server: RunningServer, javascript: Path) -> None:
    done = subprocess.run(
        ["node", "ask.mjs", f"{read_server.url}/no/such/endpoint", SELECT],
        cwd=javascript, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode != 0
