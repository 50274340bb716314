"""Content negotiation: the pure functions, then every format over HTTP."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET

import pyoxigraph as ox
import pytest

from armsgraph.server.negotiating import (
    GRAPH_OFFERS,
    HTML_OFFER,
    SOLUTION_OFFERS,
    accepts_gzip,
    choose,
    find_offer,
    negotiate,
)
from serving import RunningServer

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "json"),
        ("", "json"),
        ("  ", "json"),
        ("*/*", "json"),
        ("application/*", "json"),
        ("text/*", "csv"),
        ("text/csv", "csv"),
        ("TEXT/CSV", "csv"),
        ("text/csv;charset=utf-8", "csv"),
        ("text/csv;q=0.1, application/sparql-results+xml;q=0.2", "xml"),
        ("text/csv;q=0.2,application/sparql-results+xml;q=0.1", "csv"),
        ("application/sparql-results+json;q=0, */*", "xml"),
        ("application/sparql-results+json;q=0.0, text/csv;q=0.5", "csv"),
        ("*/*;q=0", None),
        ("text/csv;q=0", None),
        ("image/png", None),
        ("image/png, */*;q=0.1", "json"),
        ("text/tab-separated-values, text/csv", "csv"),
        ("application/json", "json"),
        ("application/xml", "xml"),
        ("text/xml", "xml"),
        ("application/sparql-results+xml, application/json", "xml"),
        ("text/*;q=0.5, text/tab-separated-values;q=0.4", "csv"),
        ("text/*;q=0.3, text/csv;q=0.1", "tsv"),
        ("nonsense", None),
        ("nonsense, text/csv", "csv"),
        ("text/csv;q=nonsense", None),
        (";;;,,,", None),
        ('text/csv;x="a,b;q=0"', "csv"),
        ("application/sparql-results", None),
        ("xapplication/sparql-results+jsonx", None),
    ],
)
def test_accept_header_chooses(accept: str | None, expected: str | None) -> None:
    found = negotiate(accept, SOLUTION_OFFERS)
    assert (found.name if found else None) == expected


def test_browser_gets_html_where_there_is_some() -> None:
    assert negotiate(BROWSER, (*SOLUTION_OFFERS, HTML_OFFER)) is HTML_OFFER
    assert negotiate("*/*", (*SOLUTION_OFFERS, HTML_OFFER)) is SOLUTION_OFFERS[0]


@pytest.mark.parametrize(
    ("format", "accept", "expected"),
    [
        ("csv", "application/sparql-results+json", "csv"),
        ("text/csv", None, "csv"),
        ("JSON", None, "json"),
        ("application/sparql-results+xml; charset=utf-8", None, "xml"),
        ("turtle", "application/sparql-results+xml", "xml"),
        ("turtle", "*/*", None),
        ("turtle", None, None),
    ],
)
def test_format_parameter_chooses(format: str, accept: str | None, expected: str | None) -> None:
    found = choose(SOLUTION_OFFERS, accept=accept, format=format)
    assert (found.name if found else None) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("ttl", "ttl"), ("turtle", "ttl"), ("json", "jsonld"), ("xml", "rdf"), ("nq", "nq"), ("x", None)],
)
def test_graph_formats_have_their_names(name: str, expected: str | None) -> None:
    found = find_offer(name, GRAPH_OFFERS)
    assert (found.name if found else None) == expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, False),
        ("", False),
        ("gzip", True),
        ("GZIP;q=0.5", True),
        ("gzip;q=0", False),
        ("gzip; q=0.0", False),
        ("identity", False),
        ("*", True),
        ("*;q=0", False),
        ("gzip;q=0, *", False),
        ("br, gzip", True),
        ("xgzip", False),
    ],
)
def test_gzip_is_asked_for(header: str | None, expected: bool) -> None:
    assert accepts_gzip(header) is expected


# ---- over HTTP

SELECT = "SELECT ?v { <http://example.org/s> <http://example.org/label> ?v } ORDER BY ?v"
CONSTRUCT = "CONSTRUCT { ?s <http://example.org/q> ?o } WHERE { ?s <http://example.org/p> ?o }"
LABELS = {"plain", "café 中 😀", 'a,b "quoted"\nsecond line\ttab'}


def ask(server: RunningServer, query: str, accept: str) -> str:
    response = server.ask(query, accept=accept)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].partition(";")[0] == accept.partition(";")[0]
    assert {"Accept", "Accept-Encoding"} <= {v.strip() for v in response.headers["vary"].split(",")}
    return response.content.decode("utf-8")


def test_select_as_json(read_server: RunningServer) -> None:
    said = json.loads(ask(read_server, SELECT, "application/sparql-results+json"))
    assert said["head"]["vars"] == ["v"]
    rows = [row["v"] for row in said["results"]["bindings"]]
    assert {row["value"] for row in rows} == LABELS
    assert {row.get("xml:lang") for row in rows} == {None, "fr"}


def test_select_as_xml(read_server: RunningServer) -> None:
    root = ET.fromstring(ask(read_server, SELECT, "application/sparql-results+xml"))
    space = "{http://www.w3.org/2005/sparql-results#}"
    assert [v.get("name") for v in root.iter(f"{space}variable")] == ["v"]
    assert {v.text for v in root.iter(f"{space}literal")} == LABELS


def test_select_as_csv_quotes_what_needs_it(read_server: RunningServer) -> None:
    text = ask(read_server, SELECT, "text/csv; charset=utf-8")
    assert text.startswith("v\r\n")
    assert '"a,b ""quoted""\nsecond line\ttab"\r\n' in text
    assert "café 中 😀\r\n" in text


def test_select_as_tsv_escapes_what_needs_it(read_server: RunningServer) -> None:
    lines = ask(read_server, SELECT, "text/tab-separated-values").splitlines()
    assert lines[0] == "?v"
    assert '"a,b \\"quoted\\"\\nsecond line\\ttab"' in lines
    assert '"café 中 😀"@fr' in lines


def test_no_row_is_no_row(read_server: RunningServer) -> None:
    said = json.loads(ask(read_server, "SELECT ?x { FILTER(false) }", "application/sparql-results+json"))
    assert said == {"head": {"vars": ["x"]}, "results": {"bindings": []}}


@pytest.mark.parametrize("accept", ["application/sparql-results+json", "application/sparql-results+xml", "text/csv"])
@pytest.mark.parametrize(("query", "expected"), [("ASK { ?s ?p ?o }", "true"), ("ASK { FILTER(false) }", "false")])
def test_ask_in_every_format(read_server: RunningServer, accept: str, query: str, expected: str) -> None:
    assert expected in ask(read_server, query, accept)


@pytest.mark.parametrize("query", [CONSTRUCT, "DESCRIBE <http://example.org/s>"], ids=["construct", "describe"])
@pytest.mark.parametrize("offer", GRAPH_OFFERS, ids=lambda o: o.name)
def test_graphs_in_every_format(read_server: RunningServer, query: str, offer: object) -> None:
    media_type = offer.media_type  # type: ignore[attr-defined]
    text = ask(read_server, query, media_type)
    format = ox.RdfFormat.from_media_type(media_type)
    expected = {
        (q.subject, q.predicate, q.object)
        for q in ox.parse(ask(read_server, query, "text/turtle"), ox.RdfFormat.TURTLE)
    }
    assert expected
    assert {(q.subject, q.predicate, q.object) for q in ox.parse(text, format)} == expected


@pytest.mark.parametrize("query", [SELECT, "ASK {}", CONSTRUCT], ids=["select", "ask", "construct"])
def test_what_cannot_be_had_is_406_and_says_what_can(read_server: RunningServer, query: str) -> None:
    response = read_server.ask(query, accept="image/png")
    assert response.status_code == 406
    assert "application/" in response.text


def test_turtle_wish_for_a_select_does_no_harm(read_server: RunningServer) -> None:
    assert read_server.ask(SELECT, accept="text/turtle").status_code == 406
    assert read_server.ask(SELECT, accept="text/csv").status_code == 200
