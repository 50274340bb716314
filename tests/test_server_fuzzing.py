"""Whatever comes in, on whatever route, nothing is answered with 500, and the server goes on."""

from __future__ import annotations

import socket
from urllib.parse import quote

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from serving import RunningServer, http, talk

PATHS = (
    *("/", "/sparql", "/update", "/data", "/data/x", "/health", "/ready", "/metrics", "/.well-known/void"),
    *("/deals", "/documents", "/ontology", "/search", "/id/document/three", "/id/x", "/static/style.css", "/reconcile"),
)
NAMES = (
    "query",
    "update",
    "default-graph-uri",
    "named-graph-uri",
    "graph",
    "default",
    "format",
    "page",
    "q",
    "using-graph-uri",
)
WORDS = (
    *(
        "SELECT",
        "ASK",
        "CONSTRUCT",
        "DESCRIBE",
        "WHERE",
        "FROM",
        "NAMED",
        "GRAPH",
        "OPTIONAL",
        "UNION",
        "MINUS",
        "FILTER",
    ),
    *(
        "BIND",
        "VALUES",
        "SERVICE",
        "SILENT",
        "ORDER BY",
        "GROUP BY",
        "HAVING",
        "LIMIT",
        "OFFSET",
        "PREFIX",
        "BASE",
        "EXISTS",
    ),
    *("{", "}", "(", ")", "[", "]", ".", ";", ",", "*", "/", "|", "^", "+", "?", "!", "=", "<", ">", "&&", "||", "a"),
    *("?s", "?p", "?o", "$x", "<http://example.org/s>", "<>", "<x>", "e:x", ":", "_:b", "'x'", '"y"@en', '"1"^^<x>'),
    *(
        "1",
        "1.5e3",
        "true",
        "COUNT(*)",
        "AS",
        "DISTINCT",
        "'",
        '"',
        '"""',
        "\\",
        "\\u007B",
        "#",
        "\n",
        "\x00",
        "é",
        "😀",
    ),
    *(
        "<http://127.0.0.1/>",
        "STR(",
        "REGEX(",
        "UNDEF",
        "<<",
        ">>",
        "IN",
        "NOT",
        "LOAD",
        "INSERT DATA",
        "DELETE",
        "CLEAR ALL",
    ),
)
TYPES = (
    *("application/sparql-query", "application/x-www-form-urlencoded", "application/sparql-update", "text/turtle"),
    *("multipart/form-data; boundary=x", "text/plain; charset=utf-16", "application/json", "", ";;;", "é/x"),
)
ACCEPTS = (
    *("*/*", "text/html", "text/turtle", "application/json", "application/sparql-results+json;q=0, */*", "text/csv"),
    *("application/ld+json", "image/png", "", ",,,;q=;", "*/*;q=nan", "text/html;q=1.5", '"', "a/b;c=" + "x" * 500),
)
text = st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=60)
queries = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join) | text
header_text = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40).map(str.strip)

fuzz = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def check(server: RunningServer, status: int, body: bytes) -> None:
    assert status != 500, body[:500]
    assert status < 500 or status in (502, 503), body[:500]
    assert b"Traceback" not in body


@fuzz
@given(query=queries, accept=st.sampled_from(ACCEPTS) | header_text, format=st.none() | text)
def test_any_query(read_server: RunningServer, query: str, accept: str, format: str | None) -> None:
    fields = {"query": query} | ({"format": format} if format is not None else {})
    response = http.post(f"{read_server.url}/sparql", data=fields, headers={"accept": accept})
    check(read_server, response.status_code, response.content)


@fuzz
@given(
    method=st.sampled_from(("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH")),
    path=st.sampled_from(PATHS) | text.map(lambda t: f"/{t}"),
    fields=st.lists(st.tuples(st.sampled_from(NAMES) | text, queries), max_size=4),
    content_type=st.sampled_from(TYPES),
    accept=st.sampled_from(ACCEPTS),
    body=st.binary(max_size=200) | queries.map(str.encode),
)
def test_any_request(
    read_server: RunningServer,
    method: str,
    path: str,
    fields: list[tuple[str, str]],
    content_type: str,
    accept: str,
    body: bytes,
) -> None:
    headers = {
        b"content-type": content_type.encode("utf-8"),
        b"accept": accept.encode("ascii"),
        b"if-none-match": b'W/"x", *',
        b"accept-encoding": b"gzip;q=0.5, *;q=0",
    }
    with http.stream(method, httpx_url(read_server, path), params=fields, headers=headers, content=body) as response:
        check(read_server, response.status_code, b"".join(response.iter_raw()))


def httpx_url(server: RunningServer, path: str) -> str:
    return server.url + quote(path, safe="/")


@fuzz
@given(
    address=st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=60),
    headers=st.lists(
        st.tuples(
            st.sampled_from(("Host", "Accept", "Range", "Cookie", "Authorization", "X-Forwarded-For", "Expect")),
            st.binary(max_size=40).map(lambda b: b.translate(None, b"\r\n\x00")),
        ),
        max_size=4,
    ),
)  # fmt: skip
def test_any_head(read_server: RunningServer, address: str, headers: list[tuple[str, bytes]]) -> None:
    lines = b"".join(name.encode() + b": " + value + b"\r\n" for name, value in headers)
    request = b"GET /" + address.encode() + b" HTTP/1.1\r\n" + lines + b"Host: x\r\nConnection: close\r\n\r\n"
    answer = talk(read_server.address, request)
    if answer and answer != b"<reset>":
        check(read_server, int(answer.split(b" ", 2)[1]), answer)


@pytest.mark.parametrize("data", [b"\x00" * 100, b"GET", b"GET / HTTP/1.1\r\n" + b"A" * 500, b"\xff\xfe\r\n\r\n"])
def test_half_a_request_and_the_end(read_server: RunningServer, data: bytes) -> None:
    with socket.create_connection(read_server.address, timeout=20) as connection:
        connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)
        answer = connection.recv(65536)
    assert b" 500 " not in answer
    assert read_server.ask("ASK {}").status_code == 200
