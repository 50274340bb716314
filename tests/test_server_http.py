"""HTTP: methods on every route, conditional requests, compression, CORS, sizes, paths; bare bytes where it matters."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from armsgraph.server.settings import Settings
from armsgraph.store import write_store
from serving import DATA, RunningServer, http, running, talk, wait_until

ROUTES = {
    "/sparql?query=ASK%20%7B%7D": 200,
    "/sparql?query=nonsense": 400,
    "/sparql": 200,
    "/data": 200,
    "/data?default": 200,
    "/data?graph=http://example.org/g1": 200,
    "/data?graph=http://example.org/unknown": 404,
    "/data/document/three": 200,
    "/update": 405,
    "/health": 200,
    "/ready": 200,
    "/metrics": 200,
    "/.well-known/void": 303,
    "/": 200,
    "/no/such/page": 404,
}
LONG = "SELECT * { VALUES ?x { " + "1 " * 2000 + "} }"


def head_and_rest(address: tuple[str, int], request: bytes) -> tuple[bytes, bytes]:
    head, _, rest = talk(address, request).partition(b"\r\n\r\n")
    return head.lower(), rest


@pytest.mark.parametrize(("route", "status"), ROUTES.items())
def test_head_has_the_headers_of_get_and_no_body(read_server: RunningServer, route: str, status: int) -> None:
    line = f"{route} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode()
    head, rest = head_and_rest(read_server.address, b"HEAD " + line)
    got, body = head_and_rest(read_server.address, b"GET " + line)
    assert rest == b""
    assert f" {status} ".encode() in head.splitlines()[0]
    assert head.splitlines()[0] == got.splitlines()[0]
    assert body or status == 303
    wanted = {b"content-type", b"etag", b"vary", b"cache-control", b"access-control-allow-origin"}
    fields = [{line for line in h.splitlines() if line.partition(b":")[0] in wanted} for h in (head, got)]
    assert fields[0] == fields[1]


@pytest.mark.parametrize("route", [*ROUTES, "/sparql?query=SELECT%20%2A%20%7B%7D"])
def test_next_request_on_a_connection_is_understood_after_head(read_server: RunningServer, route: str) -> None:
    first = f"HEAD {route} HTTP/1.1\r\nHost: x\r\n\r\n"
    second = "GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    if ROUTES.get(route) == 405:
        pytest.skip("the server hangs up after a method that it does not know")
    answer = talk(read_server.address, (first + second).encode())
    assert answer.count(b"HTTP/1.1 ") == 2
    assert answer.endswith(b'{"status":"ok"}\n')


@pytest.mark.parametrize(("route", "status"), ROUTES.items())
def test_options_names_the_methods(read_server: RunningServer, route: str, status: int) -> None:
    response = http.options(f"{read_server.url}{route}", headers={"origin": "https://elsewhere.example"})
    if route == "/no/such/page":
        assert response.status_code == 404
    else:
        assert response.status_code == 204
        assert "OPTIONS" in response.headers["allow"]
        assert response.headers["access-control-allow-methods"] == response.headers["allow"]
        assert response.content == b""
    assert response.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "BREW"])
@pytest.mark.parametrize("route", ["/sparql", "/data", "/health", "/"])
def test_other_methods_are_405_and_say_which_are_known(read_server: RunningServer, method: str, route: str) -> None:
    response = http.request(method, f"{read_server.url}{route}")
    assert response.status_code == 405
    assert "GET" in response.headers["allow"]


@pytest.mark.parametrize(("route", "status"), ROUTES.items())
def test_every_answer_has_the_headers_that_protect(read_server: RunningServer, route: str, status: int) -> None:
    response = http.get(f"{read_server.url}{route}")
    assert response.status_code == status
    assert response.headers["access-control-allow-origin"] == "*"
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert response.headers["x-content-type-options"] == "nosniff"
    assert {"Accept", "Accept-Encoding"} <= {v.strip() for v in response.headers["vary"].split(",")}
    assert response.headers["armsgraph-build"]
    assert "server" not in response.headers


@pytest.mark.parametrize(
    "route", [r for r, status in ROUTES.items() if status == 200 and r not in ("/health", "/ready", "/metrics")]
)
def test_what_a_client_has_already_is_304(read_server: RunningServer, route: str) -> None:
    url = f"{read_server.url}{route}"
    first = http.get(url)
    again = http.get(url, headers={"if-none-match": f'"other", {first.headers["etag"]}'})
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"] == first.headers["etag"]
    assert http.get(url, headers={"if-none-match": '"other"'}).status_code == 200


def test_etag_is_of_one_address_and_one_format(read_server: RunningServer) -> None:
    url = f"{read_server.url}/sparql?query=ASK%20%7B%7D"
    etag = http.get(url).headers["etag"]
    assert http.get(url, headers={"if-none-match": etag, "accept": "text/csv"}).status_code == 200
    assert http.get(f"{read_server.url}/sparql?query=x", headers={"if-none-match": etag}).status_code == 400


@pytest.mark.parametrize("function", ["NOW()", "RAND()", "UUID()", "STRUUID()"])
def test_what_changes_each_time_is_not_kept(read_server: RunningServer, function: str) -> None:
    response = read_server.ask(f"SELECT ({function} AS ?x) {{}}")
    assert response.status_code == 200
    assert "etag" not in response.headers
    assert response.headers["cache-control"] == "no-store"


def test_errors_and_posts_are_not_kept(read_server: RunningServer) -> None:
    assert read_server.ask("nonsense").headers["cache-control"] == "no-store"
    posted = http.post(f"{read_server.url}/sparql", data={"query": "ASK {}"})
    assert "etag" not in posted.headers


def test_gzip_is_used_where_it_is_wanted_and_pays(read_server: RunningServer) -> None:
    headers = {"accept-encoding": "gzip", "accept": "text/csv"}
    with http.stream("POST", f"{read_server.url}/sparql", data={"query": LONG}, headers=headers) as response:
        raw = b"".join(response.iter_raw())
        assert response.headers["content-encoding"] == "gzip"
    assert gzip.decompress(raw).count(b"\r\n") == 2001
    for encoding in ("identity", "gzip;q=0"):
        plain = http.post(
            f"{read_server.url}/sparql", data={"query": LONG}, headers={**headers, "accept-encoding": encoding}
        )
        assert "content-encoding" not in plain.headers
    assert "content-encoding" not in read_server.ask("ASK {}", accept_encoding="gzip").headers


def test_long_query_is_taken_by_post_and_in_part_by_get(read_server: RunningServer) -> None:
    response = read_server.ask(LONG, accept="text/csv")
    assert response.status_code == 200
    address = b"GET /sparql?query=" + b"x" * 100_000
    head, _ = head_and_rest(read_server.address, address + b" HTTP/1.1\r\nHost: x\r\n\r\n")
    assert head.split()[1] in (b"400", b"414")


def test_body_that_is_too_long_is_413_before_it_is_sent(read_server: RunningServer) -> None:
    request = (
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
        b"Content-Length: 1000000000\r\nExpect: 100-continue\r\n\r\n"
    )
    head, rest = head_and_rest(read_server.address, request)
    assert b" 413 " in head.splitlines()[0]
    assert b"longer than" in rest


def test_body_that_grows_too_long_is_413(read_server: RunningServer) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(1024):
            yield b"x" * 65536

    try:
        response = http.post(
            f"{read_server.url}/sparql", headers={"content-type": "application/sparql-query"}, content=endless()
        )
    except httpx.WriteError:
        # the server hung up while we were still sending
        return
    assert response.status_code == 413


def test_query_that_is_too_long_is_413(read_server: RunningServer) -> None:
    text = "ASK { ?s ?p '" + "x" * 1_100_000 + "' }"
    response = http.post(
        f"{read_server.url}/sparql", headers={"content-type": "application/sparql-query"}, content=text
    )
    assert response.status_code == 413
    assert "1048576" in response.text


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET /\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n",
        b"GET / HTTP/1.1\r\nHo st: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 100_000 + b"\r\n\r\n",
        b"GET /" + b"y" * 100_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"\r\n\r\n\r\n\r\nnonsense\r\n\r\n",
    ],
    ids=["tls", "no-version", "no-host", "length", "two-lengths", "coding", "name", "header", "path", "nonsense"],
)
def test_what_is_no_http_is_refused_and_the_server_goes_on(read_server: RunningServer, request_bytes: bytes) -> None:
    answer = talk(read_server.address, request_bytes)
    status = answer.partition(b"\r\n")[0].partition(b" ")[2][:3]
    assert status in (b"400", b"414", b"431", b"501") or answer == b"<reset>"
    assert read_server.ask("ASK {}").status_code == 200


def test_http_1_0_gets_a_length_so_that_half_a_body_is_not_taken_for_a_whole_one(read_server: RunningServer) -> None:
    body = b"query=" + LONG.replace(" ", "+").encode()
    request = b"POST /sparql HTTP/1.0\r\nContent-Type: application/x-www-form-urlencoded\r\nAccept: text/csv\r\n"
    head, rest = head_and_rest(read_server.address, request + b"Content-Length: %d\r\n\r\n" % len(body) + body)
    assert b"transfer-encoding" not in head
    assert b"content-length: %d" % len(rest) in head


def test_two_requests_at_once_are_answered_in_their_order(read_server: RunningServer) -> None:
    one = b"GET /sparql?query=ASK%20%7B%7D HTTP/1.1\r\nHost: x\r\n\r\n"
    two = b"GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    answer = talk(read_server.address, one + two)
    assert answer.index(b'"boolean":true') < answer.index(b'"status":"ok"')


def test_log_is_json_and_holds_no_query(read_server: RunningServer) -> None:
    secret = "ASK { ?s ?p 'nobody-logs-this' }"
    assert read_server.ask(secret).status_code == 200
    said = [json.loads(line) for line in read_server.log_lines() if line.startswith("{")]
    mine = [line for line in said if line.get("query") and line["method"] == "GET" and line["outcome"] == "done"]
    assert mine
    assert {"time", "client", "method", "path", "status", "ms", "bytes", "outcome", "query", "rows"} <= set(mine[-1])
    assert "nobody-logs-this" not in "\n".join(read_server.log_lines())


@pytest.mark.parametrize(
    ("accept", "rows"),
    [
        ("application/sparql-results+json", 5),
        ("application/sparql-results+xml", 5),
        ("text/csv", 5),
        ("text/tab-separated-values", 5),
    ],
)
def test_log_counts_rows(read_server: RunningServer, accept: str, rows: int) -> None:
    query = f'SELECT ?x ?y {{ VALUES ?x {{ 1 2 3 4 5 }} BIND("a,\\n}},{{\\"" AS ?y) }} # {accept}'
    assert read_server.ask(query, accept=accept).status_code == 200

    def counted() -> list[int]:
        lines = [json.loads(line) for line in read_server.log_lines() if line.startswith("{")]
        return [line["rows"] for line in lines if line.get("rows") is not None]

    wait_until(lambda: counted()[-1:] == [rows])


def test_metrics_count_requests_and_queries(read_server: RunningServer) -> None:
    read_server.ask("ASK {}")
    text = http.get(f"{read_server.url}/metrics").text
    assert 'armsgraph_requests_total{method="GET",route="/sparql",status="200"}' in text
    assert 'armsgraph_request_seconds_count{route="/sparql"}' in text
    for name in ("queue_length", "workers_busy", "queue_rejections_total", "worker_crashes_total", "build_info"):
        assert f"armsgraph_{name}" in text
    assert not [line for line in text.splitlines() if "/no/such/page" in line]


def test_base_path_and_proxy_headers(tmp_path: Path) -> None:
    write_store(DATA.splitlines(), tmp_path / "store", with_ontology=False)
    settings = Settings(
        graph=str(tmp_path / "store"), port=0, workers=1, base_path="/graph", proxy_headers=True, title="Ours"
    )
    with running(settings, tmp_path) as server:
        assert server.url.endswith("/graph")
        root = server.url.removesuffix("/graph")
        assert http.get(f"{root}/sparql").status_code == 404
        assert http.get(f"{root}/graphs/sparql").status_code == 404
        assert server.ask("ASK {}").json()["boolean"] is True
        assert http.get(f"{server.url}/.well-known/void").headers["location"] == "/graph/sparql"
        headers = {"x-forwarded-proto": "https", "host": "data.example.org", "accept": "application/n-triples"}
        assert "<https://data.example.org/graph/sparql>" in http.get(f"{server.url}/sparql", headers=headers).text
        forwarded = {"x-forwarded-for": "192.0.2.7"}
        http.get(f"{server.url}/health", headers=forwarded)
        wait_until(lambda: any('"client": "192.0.2.7"' in line for line in server.log_lines()))
