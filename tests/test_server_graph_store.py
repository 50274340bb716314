"""SPARQL 1.1 Graph Store HTTP Protocol, read: https://www.w3.org/TR/sparql11-http-rdf-update/ sections 4 and 5."""

from __future__ import annotations

from urllib.parse import quote

import httpx
import pyoxigraph as ox
import pytest

from serving import DATA, RunningServer, http

G1 = "http://example.org/g1"
THREE = "https://w3id.org/armsgraph/id/document/three"
QUADS = set(ox.parse(DATA, ox.RdfFormat.N_QUADS))


def triples_of(graph: str) -> set[ox.Triple]:
    name = ox.NamedNode(graph) if graph else ox.DefaultGraph()
    return {quad.triple for quad in QUADS if quad.graph_name == name}


def read(response: httpx.Response) -> set[ox.Triple]:
    assert response.status_code == 200, response.text
    format = ox.RdfFormat.from_media_type(response.headers["content-type"].partition(";")[0])
    return {quad.triple for quad in ox.parse(response.content, format)}


@pytest.mark.parametrize(
    ("address", "graph"),
    [
        pytest.param("/data?default", "", id="4.2-indirect-default"),
        pytest.param(f"/data?graph={quote(G1, safe='')}", G1, id="4.2-indirect-encoded"),
        pytest.param(f"/data?graph={G1}", G1, id="4.2-indirect-bare"),
        pytest.param(f"/data?graph={quote(THREE, safe='')}", THREE, id="4.2-indirect-document"),
        pytest.param("/data/document/three", THREE, id="4.1-direct-below-our-base"),
    ],
)
def test_get_gives_the_graph(read_server: RunningServer, address: str, graph: str) -> None:
    assert read(http.get(f"{read_server.url}{address}")) == triples_of(graph) != set()


@pytest.mark.parametrize(
    "media_type", ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"]
)
def test_get_gives_the_format_that_is_wanted(read_server: RunningServer, media_type: str) -> None:
    response = http.get(f"{read_server.url}/data?graph={G1}", headers={"accept": f"{media_type}, */*;q=0.1"})
    assert response.headers["content-type"].partition(";")[0] == media_type
    assert read(response) == triples_of(G1)


@pytest.mark.parametrize(("format", "media_type"), [("ttl", "text/turtle"), ("nt", "application/n-triples")])
def test_format_in_the_address(read_server: RunningServer, format: str, media_type: str) -> None:
    response = http.get(f"{read_server.url}/data?graph={G1}&format={format}")
    assert response.headers["content-type"].partition(";")[0] == media_type


def test_without_a_name_the_whole_dataset_is_given(read_server: RunningServer) -> None:
    response = http.get(f"{read_server.url}/data", headers={"accept": "application/n-quads"})
    assert set(ox.parse(response.content, ox.RdfFormat.N_QUADS)) == QUADS
    trig = http.get(f"{read_server.url}/data")
    assert set(ox.parse(trig.content, ox.RdfFormat.TRIG)) == QUADS


@pytest.mark.parametrize(
    ("address", "status"),
    [
        pytest.param("/data?graph=http://example.org/unknown", 404, id="5.2-unknown-graph"),
        pytest.param("/data/no/such/graph", 404, id="5.2-unknown-direct"),
        pytest.param("/data?graph=relative", 400, id="relative-name"),
        pytest.param("/data?graph=", 400, id="empty-name"),
        pytest.param(f"/data?graph={G1}&graph={THREE}", 400, id="two-graphs"),
        pytest.param(f"/data?default&graph={G1}", 400, id="default-and-named"),
        pytest.param(f"/data/document/three?graph={G1}", 400, id="direct-and-indirect"),
        pytest.param("/data?graph=urn:a%20b", 400, id="no-iri"),
        pytest.param("/data?graph=%FF", 400, id="not-utf8"),
    ],
)
def test_bad_names_are_4xx(read_server: RunningServer, address: str, status: int) -> None:
    for method in ("GET", "HEAD"):
        assert http.request(method, f"{read_server.url}{address}").status_code == status


def test_unwanted_format_is_406(read_server: RunningServer) -> None:
    assert http.get(f"{read_server.url}/data?default", headers={"accept": "image/png"}).status_code == 406


def test_head_says_what_get_would(read_server: RunningServer) -> None:
    response = http.head(f"{read_server.url}/data?graph={G1}", headers={"accept": "application/n-triples"})
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/n-triples"
    assert response.headers["etag"]


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_writes_are_refused_by_a_server_that_reads(read_server: RunningServer, method: str) -> None:
    for address in ("/data?default", f"/data?graph={G1}", "/data/document/three"):
        response = http.request(
            method, f"{read_server.url}{address}", headers={"content-type": "text/turtle"}, content=b""
        )
        assert response.status_code == 405
        assert response.headers["allow"] == "GET, HEAD, OPTIONS"
    assert read(http.get(f"{read_server.url}/data?graph={G1}")) == triples_of(G1)
