"""A small store over HTTP, made of pyoxigraph, that can be told to misbehave."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox

__all__ = ["Seen", "StandIn", "stand_in"]

_JSON = "application/sparql-results+json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A request that came in."""

    method: str
    path: str
    fields: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @property
    def graph(self) -> str:
        return self.fields.get("graph", "")


@dataclass(slots=True, kw_only=True)
class StandIn:
    """What the store does and has seen.

    Attributes:
        meddle: Called with each request before it is served; what it returns is the answer instead: status, headers
            and body. `None` breaks the connection; to serve the request it raises `Serve`.
        has_data, has_update: Whether it takes graphs and updates.
        most_bytes: Larger bodies are refused with 413.
    """

    url: str = ""
    store: ox.Store = field(default_factory=ox.Store)
    seen: list[Seen] = field(default_factory=list)
    meddle: Callable[[Seen], tuple[int, dict[str, str], bytes] | None] | None = None
    has_data: bool = True
    has_update: bool = True
    has_union: bool = False
    most_bytes: int = 1 << 30

    def writes(self) -> list[Seen]:
        return [s for s in self.seen if s.path != "/ds/query" and "graph/probe" not in s.graph + s.body.decode()]

    def lines(self) -> list[str]:
        return sorted(str(quad) for quad in self.store)


class Serve(Exception):  # noqa: N818  no error: the request is served as ever
    """Raised by `meddle` for a request that it leaves alone."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    standin: StandIn

    def log_message(self, format: str, *args: object) -> None:
        pass

    def _serve(self) -> None:
        standin = self.standin
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        fields = {k: v[0] for k, v in parse_qs(parts.query, keep_blank_values=True).items()}
        seen = Seen(
            method=self.command,
            path=parts.path,
            fields=fields,
            headers={k.lower(): v for k, v in self.headers.items()},
            body=body,
        )
        standin.seen.append(seen)
        if standin.meddle is not None:
            try:
                answer = standin.meddle(seen)
            except Serve:
                pass
            else:
                if answer is None:
                    self.close_connection = True
                    return
                self._answer(*answer)
                return
        if len(body) > standin.most_bytes:
            self._answer(413, {}, b"too large")
            return
        try:
            self._answer(*self._do(seen))
        except (SyntaxError, ValueError) as error:
            self._answer(400, {}, str(error).encode())

    def _do(self, seen: Seen) -> tuple[int, dict[str, str], bytes]:
        standin = self.standin
        if seen.path == "/ds/query":
            query = parse_qs(seen.body.decode()).get("query", [""])[0]
            found = standin.store.query(query, use_default_graph_as_union=standin.has_union)
            return 200, {"Content-Type": _JSON}, found.serialize(format=ox.QueryResultsFormat.JSON)  # type: ignore[union-attr]
        if seen.path == "/ds/update" and standin.has_update and seen.method == "POST":
            standin.store.update(seen.body.decode())
            return 204, {}, b""
        if seen.path == "/ds/data" and standin.has_data:
            graph = ox.NamedNode(seen.graph) if seen.graph else ox.DefaultGraph()
            if seen.method in {"PUT", "DELETE"}:
                standin.store.clear_graph(graph)
            if seen.method in {"PUT", "POST"}:
                standin.store.load(seen.body, format=ox.RdfFormat.N_TRIPLES, to_graph=graph)
            return 204, {}, b""
        return 404, {}, b"no such thing"

    def _answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if status != 204:
            self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_DELETE = _serve  # noqa: N815


@contextmanager
def stand_in(**settings: object) -> Iterator[StandIn]:
    """Run a stand-in until the block ends."""
    standin = StandIn(**settings)  # type: ignore[arg-type]
    handler = type("Handler", (_Handler,), {"standin": standin})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    standin.url = f"http://127.0.0.1:{server.server_address[1]}/ds"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield standin
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
