"""SPARQL 1.1 Protocol: each requirement of the specification as a request and what has to come of it.

Ids name the section of https://www.w3.org/TR/sparql11-protocol/ and the requirement.
"""

from __future__ import annotations

from urllib.parse import quote, urlencode

import httpx
import pytest

from armsgraph.server.problems import Problem
from armsgraph.server.protocol import QueryRequest, UpdateRequest, parse_request, parse_update
from serving import RunningServer, http

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
UPDATE = "application/sparql-update"
ASK = "ASK { ?s ?p ?o }"
G1, G2 = "http://example.org/g1", "http://example.org/g2"


def form(*fields: tuple[str, str]) -> bytes:
    return urlencode(fields).encode("ascii")


# ---- the pure reading of a request


@pytest.mark.parametrize(
    ("method", "query", "content_type", "body", "expected"),
    [
        pytest.param("GET", form(("query", ASK)), None, b"", QueryRequest(text=ASK), id="2.1.1-get"),
        pytest.param("POST", b"", FORM, form(("query", ASK)), QueryRequest(text=ASK), id="2.1.2-form"),
        pytest.param("POST", b"", DIRECT, ASK.encode(), QueryRequest(text=ASK), id="2.1.3-direct"),
        pytest.param("POST", b"", f"{FORM}; charset=UTF-8", form(("query", ASK)), QueryRequest(text=ASK), id="charset"),
        pytest.param("POST", b"", DIRECT.upper(), ASK.encode(), QueryRequest(text=ASK), id="type-in-capitals"),
        pytest.param(
            "GET",
            form(("query", ASK), ("default-graph-uri", G1), ("default-graph-uri", G2), ("named-graph-uri", "urn:n")),
            None,
            b"",
            QueryRequest(text=ASK, default_graphs=(G1, G2), named_graphs=("urn:n",)),
            id="2.1.4-dataset-in-address",
        ),
        pytest.param(
            "POST",
            form(("named-graph-uri", G1)),
            DIRECT,
            ASK.encode(),
            QueryRequest(text=ASK, default_graphs=(), named_graphs=(G1,)),
            id="2.1.4-dataset-beside-direct-query",
        ),
        pytest.param(
            "POST",
            b"",
            FORM,
            form(("query", ASK), ("default-graph-uri", G1)),
            QueryRequest(text=ASK, default_graphs=(G1,), named_graphs=()),
            id="2.1.4-dataset-in-form",
        ),
        pytest.param("GET", b"", None, b"", None, id="no-query-asks-for-description"),
        pytest.param("GET", b"utm_source=x", None, b"", None, id="strange-parameter-asks-for-description"),
        pytest.param(
            "GET",
            form(("query", ASK), ("format", "json"), ("output", "xml"), ("results", "csv")),
            None,
            b"",
            QueryRequest(text=ASK, format="json"),
            id="format-of-clients",
        ),
        pytest.param(
            "GET", b"query=a%2520b%2Bc+d", None, b"", QueryRequest(text="a%20b+c d"), id="decoded-once-address"
        ),
        pytest.param(
            "POST", b"", FORM, b"query=a%2520b%2Bc+d", QueryRequest(text="a%20b+c d"), id="decoded-once-form"
        ),
        pytest.param(
            "POST", b"", DIRECT, b"a%20b+c", QueryRequest(text="a%20b+c"), id="direct-is-not-decoded"
        ),
    ],
)  # fmt: skip
def test_request_is_read(
    method: str, query: bytes, content_type: str | None, body: bytes, expected: QueryRequest | None
) -> None:
    assert parse_request(method, query, content_type, body) == expected


BAD_QUERIES = [
    pytest.param("GET", b"query=", None, b"", 400, id="empty-query"),
    pytest.param("GET", b"query=%20%0A", None, b"", 400, id="blank-query"),
    pytest.param("GET", form(("query", ASK), ("query", ASK)), None, b"", 400, id="two-queries"),
    pytest.param("GET", form(("update", "CLEAR ALL")), None, b"", 400, id="update-by-get"),
    pytest.param("GET", form(("query", ASK), ("update", "CLEAR ALL")), None, b"", 400, id="query-and-update"),
    pytest.param("GET", form(("query", ASK), ("using-graph-uri", G1)), None, b"", 400, id="using-with-query"),
    pytest.param("GET", form(("default-graph-uri", G1)), None, b"", 400, id="dataset-without-query"),
    pytest.param("GET", b"query=%FF", None, b"", 400, id="address-not-utf8"),
    pytest.param("GET", "&".join(["x"] * 300).encode(), None, b"", 400, id="hundreds-of-parameters"),
    pytest.param("POST", b"", None, ASK.encode(), 415, id="no-content-type"),
    pytest.param("POST", b"", "text/plain", ASK.encode(), 415, id="wrong-content-type"),
    pytest.param("POST", b"", UPDATE, b"CLEAR ALL", 415, id="update-to-query-endpoint"),
    pytest.param("POST", b"", "multipart/form-data; boundary=x", b"", 415, id="multipart"),
    pytest.param("POST", b"", "", b"", 415, id="empty-content-type"),
    pytest.param("POST", b"", DIRECT, b"", 400, id="empty-direct"),
    pytest.param("POST", b"", FORM, b"", 400, id="empty-form"),
    pytest.param("POST", b"", FORM, form(("update", "CLEAR ALL")), 400, id="update-in-form"),
    pytest.param("POST", b"", FORM, form(("query", ASK), ("query", ASK)), 400, id="two-queries-in-form"),
    pytest.param("POST", form(("query", ASK)), DIRECT, ASK.encode(), 400, id="query-in-address-and-body"),
    pytest.param("POST", form(("query", ASK)), FORM, form(("query", ASK)), 400, id="query-in-address-and-form"),
    pytest.param("POST", b"", f"{DIRECT}; charset=utf-16", ASK.encode("utf-16"), 415, id="utf-16-said"),
    pytest.param("POST", b"", DIRECT, ASK.encode("utf-16"), 400, id="utf-16-not-said"),
    pytest.param("POST", b"", f"{FORM}; charset=utf-16", form(("query", ASK)), 415, id="utf-16-form"),
    pytest.param("POST", b"", f'{DIRECT}; charset="ISO-8859-1"', b"ASK { ?s ?p '\xe9' }", 415, id="latin-1"),
    pytest.param("POST", b"", FORM, b"query=%FF%FE", 400, id="form-not-utf8"),
    pytest.param("POST", b"", FORM, b"\xff\xfe", 400, id="form-of-raw-bytes"),
]


@pytest.mark.parametrize(("method", "query", "content_type", "body", "status"), BAD_QUERIES)
def test_bad_request_is_a_problem(
    method: str, query: bytes, content_type: str | None, body: bytes, status: int
) -> None:
    found = parse_request(method, query, content_type, body)
    assert isinstance(found, Problem)
    assert found.status == status
    assert found.title


@pytest.mark.parametrize(
    ("query", "content_type", "body", "expected"),
    [
        pytest.param(b"", UPDATE, b"CLEAR ALL", UpdateRequest(text="CLEAR ALL"), id="2.2.2-direct"),
        pytest.param(b"", FORM, form(("update", "CLEAR ALL")), UpdateRequest(text="CLEAR ALL"), id="2.2.1-form"),
        pytest.param(
            form(("using-graph-uri", G1), ("using-named-graph-uri", G2)),
            UPDATE,
            b"CLEAR ALL",
            UpdateRequest(text="CLEAR ALL", default_graphs=(G1,), named_graphs=(G2,)),
            id="2.2.3-dataset",
        ),
    ],
)
def test_update_is_read(query: bytes, content_type: str, body: bytes, expected: UpdateRequest) -> None:
    assert parse_update(query, content_type, body) == expected


@pytest.mark.parametrize(
    ("query", "content_type", "body", "status"),
    [
        pytest.param(form(("update", "CLEAR ALL")), UPDATE, b"CLEAR ALL", 400, id="update-in-address"),
        pytest.param(b"", FORM, form(("update", "A"), ("update", "B")), 400, id="two-updates"),
        pytest.param(b"", FORM, form(("query", ASK)), 400, id="query-to-update-endpoint"),
        pytest.param(b"", DIRECT, ASK.encode(), 415, id="direct-query-to-update-endpoint"),
        pytest.param(b"", None, b"CLEAR ALL", 415, id="no-content-type"),
        pytest.param(b"", UPDATE, b" ", 400, id="blank"),
        pytest.param(form(("default-graph-uri", G1)), UPDATE, b"CLEAR ALL", 400, id="dataset-of-queries"),
        pytest.param(b"", f"{UPDATE}; charset=utf-16", "CLEAR ALL".encode("utf-16"), 415, id="utf-16"),
    ],
)
def test_bad_update_is_a_problem(query: bytes, content_type: str | None, body: bytes, status: int) -> None:
    found = parse_update(query, content_type, body)
    assert isinstance(found, Problem)
    assert found.status == status


# ---- the same over HTTP


@pytest.mark.parametrize(("method", "query", "content_type", "body", "status"), BAD_QUERIES)
def test_server_answers_a_bad_request_with_4xx(
    read_server: RunningServer, method: str, query: bytes, content_type: str | None, body: bytes, status: int
) -> None:
    headers = {"content-type": content_type} if content_type is not None else {}
    address = f"{read_server.url}/sparql?{query.decode('latin-1')}"
    response = http.request(method, address, headers=headers, content=body)
    assert response.status_code == status
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.text.strip()


def values(response: httpx.Response, variable: str = "x") -> list[str]:
    assert response.status_code == 200, response.text
    return sorted(row[variable]["value"] for row in response.json()["results"]["bindings"])


def names(graph: str) -> str:
    return f"http://example.org/{graph}"


EVERYWHERE = "SELECT ?x { ?x <http://example.org/p> ?o FILTER(isIRI(?o)) }"
IN_NAMED = "SELECT ?x { GRAPH ?g { ?x <http://example.org/p> ?o } }"


@pytest.mark.parametrize("way", ["get", "form", "direct"])
@pytest.mark.parametrize(
    ("query", "dataset", "expected"),
    [
        pytest.param(EVERYWHERE, [], ["in1", "in2", "s"], id="default-graph-is-all-of-it"),
        pytest.param(EVERYWHERE, [("default-graph-uri", G1)], ["in1"], id="2.1.4-one-default-graph"),
        pytest.param(
            EVERYWHERE,
            [("default-graph-uri", G1), ("default-graph-uri", G2)],
            ["in1", "in2"],
            id="2.1.4-merge-of-default-graphs",
        ),
        pytest.param(EVERYWHERE, [("named-graph-uri", G1)], [], id="2.1.4-only-named-leaves-default-empty"),
        pytest.param(IN_NAMED, [("named-graph-uri", G2)], ["in2"], id="2.1.4-one-named-graph"),
        pytest.param(
            IN_NAMED, [("named-graph-uri", G1), ("named-graph-uri", G2)], ["in1", "in2"], id="2.1.4-named-graphs"
        ),
        pytest.param(IN_NAMED, [("default-graph-uri", G1)], [], id="2.1.4-only-default-leaves-named-empty"),
        pytest.param(
            "SELECT ?x { ?x <http://example.org/p> ?a . GRAPH ?g { ?y <http://example.org/p> ?b } }",
            [("default-graph-uri", G1), ("named-graph-uri", G2)],
            ["in1"],
            id="2.1.4-full-dataset",
        ),
        pytest.param(
            f"SELECT ?x FROM <{G1}> {{ ?x <http://example.org/p> ?o }}",
            [("default-graph-uri", G2)],
            ["in2"],
            id="2.1.4-protocol-beats-query",
        ),
        pytest.param(
            f"SELECT ?x FROM <{G1}> FROM NAMED <{G2}> {{ ?x <http://example.org/p> ?o }}", [], ["in1"], id="from"
        ),
        pytest.param(
            "BASE <http://example.org/> SELECT ?x FROM <g2> { ?x <p> ?o }", [], ["in2"], id="from-relative-to-base"
        ),
    ],
)  # fmt: skip
def test_dataset_is_what_the_request_says(
    read_server: RunningServer, way: str, query: str, dataset: list[tuple[str, str]], expected: list[str]
) -> None:
    url = f"{read_server.url}/sparql"
    match way:
        case "get":
            response = http.get(f"{url}?{urlencode([('query', query), *dataset])}")
        case "form":
            response = http.post(url, headers={"content-type": FORM}, content=urlencode([("query", query), *dataset]))
        case _:
            response = http.post(
                f"{url}?{urlencode(dataset)}", headers={"content-type": DIRECT}, content=query.encode()
            )
    assert values(response) == sorted(names(name) for name in expected)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM <http://127.0.0.1:9/nowhere> { ?s ?p ?o }",
        "SELECT * FROM NAMED <urn:unknown> { ?s ?p ?o }",
        "PREFIX e: <http://e.example/> SELECT * FROM e:g { ?s ?p ?o }",
    ],
    ids=["address", "named", "prefixed"],
)
def test_unknown_graph_is_refused_and_not_fetched(read_server: RunningServer, query: str) -> None:
    response = read_server.ask(query)
    assert response.status_code == 400
    assert "none is fetched" in response.text


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
@pytest.mark.parametrize("value", ["http://127.0.0.1:9/", "no iri", ""])
def test_unknown_graph_of_the_request_is_refused(read_server: RunningServer, name: str, value: str) -> None:
    response = http.get(f"{read_server.url}/sparql?{urlencode([('query', ASK), (name, value)])}")
    assert response.status_code == 400


def test_syntax_error_says_line_and_column(read_server: RunningServer) -> None:
    response = read_server.ask("SELECT *\nWHERE {\n  ?s nonsense ?o\n}")
    assert response.status_code == 400
    assert response.headers["content-type"].startswith("text/plain")
    assert response.text.startswith("line 3, column ")


def test_problem_as_json_says_line_and_column(read_server: RunningServer) -> None:
    response = read_server.ask("SELECT * {", accept="application/problem+json, application/json;q=0.5")
    assert response.headers["content-type"] == "application/problem+json"
    said = response.json()
    assert (said["status"], said["line"], said["title"]) == (400, 1, "Bad Request")
    assert said["column"] > 1


def test_update_endpoint_of_a_read_only_server_refuses(read_server: RunningServer) -> None:
    url = f"{read_server.url}/update"
    assert http.post(url, headers={"content-type": UPDATE}, content=b"CLEAR ALL").status_code == 403
    assert http.get(f"{url}?update=CLEAR+ALL").status_code == 405
    assert len(values(read_server.ask(EVERYWHERE))) == 3


def test_percent_encoded_iri_arrives_as_it_is(read_server: RunningServer) -> None:
    query = "SELECT ?x { <http://example.org/a%20b+c> <http://example.org/p> ?x }"
    encoded = quote(query, safe="")
    url = f"{read_server.url}/sparql"
    ways = [
        http.get(f"{url}?query={encoded}"),
        http.post(url, headers={"content-type": FORM}, content=f"query={encoded}"),
        http.post(url, headers={"content-type": DIRECT}, content=query),
    ]
    assert [values(way) for way in ways] == [["encoded"]] * 3
