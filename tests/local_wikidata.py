"""A server on this machine that speaks the three interfaces of Wikidata that we use, and misbehaves as told."""

from __future__ import annotations

import gzip
import json
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

ENTITY = "http://www.wikidata.org/entity/"


def snak(value: Any) -> dict[str, Any]:
    return {"snaktype": "value", "datavalue": {"value": value}}


def statement(qid: str, rank: str = "normal", **qualifiers: str) -> dict[str, Any]:
    made: dict[str, Any] = {"mainsnak": snak({"id": qid}), "rank": rank}
    if qualifiers:
        made["qualifiers"] = {
            p: [snak({"time": f"+{day}T00:00:00Z", "precision": 11})] for p, day in qualifiers.items()
        }
    return made


def entity(
    qid: str, label: str, *, aliases: tuple[str, ...] = (), description: str = "", **claims: Any
) -> dict[str, Any]:
    return {
        "id": qid,
        "labels": {"en": {"language": "en", "value": label}},
        "aliases": {"en": [{"language": "en", "value": a} for a in aliases]} if aliases else [],
        "descriptions": {"en": {"language": "en", "value": description}} if description else [],
        "claims": {p: [s if isinstance(s, dict) else statement(s) for s in listed] for p, listed in claims.items()},
    }


@dataclass
class Seen:
    """A request as it came in."""

    path: str
    fields: dict[str, str]
    headers: dict[str, str]

    @property
    def question(self) -> str:
        """What is asked, for comparing requests."""
        fields = {k: v for k, v in self.fields.items() if k != "maxlag"}
        return f"{self.path} {json.dumps(fields, sort_keys=True)}"


@dataclass
class LocalWikidata:
    """Knows `entities`, `merged` (old id to new) and `classes` (item to root classes).

    `moods` holds how to answer the next requests: a name of `MOODS`, or None for a good answer. `before` is called with
    each request before it is answered.
    """

    entities: dict[str, dict[str, Any]] = field(default_factory=dict)
    merged: dict[str, str] = field(default_factory=dict)
    classes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    moods: deque[str | None] = field(default_factory=deque)
    seen: list[Seen] = field(default_factory=list)
    before: Callable[[Seen], None] = lambda _seen: None

    def __enter__(self) -> LocalWikidata:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def api(self) -> str:
        return f"{self.address}/w/api.php"

    @property
    def sparql(self) -> str:
        return f"{self.address}/sparql"

    def answer(self, seen: Seen) -> dict[str, Any]:
        if seen.path == "/sparql":
            return self._classes(seen.fields["query"])
        if seen.fields.get("action") == "wbsearchentities":
            return self._search(seen.fields["search"])
        return self._entities(seen.fields["ids"].split("|"))

    def _search(self, text: str) -> dict[str, Any]:
        rows = []
        for qid, record in self.entities.items():
            names = [("label", record["labels"]["en"]["value"])]
            names += [("alias", a["value"]) for a in (record["aliases"] or {}).get("en", [])]
            for kind, name in names:
                if name.lower().startswith(text.lower()):
                    rows.append({"id": qid, "label": names[0][1], "match": {"type": kind, "text": name}})
                    break
        return {"searchinfo": {"search": text}, "search": rows[:7], "success": 1}

    def _entities(self, ids: list[str]) -> dict[str, Any]:
        if len(ids) > 50:
            return {"error": {"code": "toomanyvalues"}}
        found: dict[str, Any] = {}
        for qid in ids:
            target = self.merged.get(qid, qid)
            if target not in self.entities:
                found[qid] = {"id": qid, "missing": ""}
                continue
            found[qid] = dict(self.entities[target])
            if target != qid:
                found[qid]["redirects"] = {"from": qid, "to": target}
        return {"entities": found, "success": 1}

    def _classes(self, query: str) -> dict[str, Any]:
        items, roots = (part.split("}")[0].split() for part in query.split("{")[2:4])
        rows = [
            {"item": {"type": "uri", "value": ENTITY + i[3:]}, "root": {"type": "uri", "value": ENTITY + r[3:]}}
            for i in items
            for r in roots
            if r[3:] in self.classes.get(i[3:], ())
        ]
        return {"head": {"vars": ["item", "root"]}, "results": {"bindings": rows}}


def _handler(server: LocalWikidata) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            self._serve(parts.path, parts.query)

        def do_POST(self) -> None:
            size = int(self.headers["Content-Length"])
            self._serve(urlsplit(self.path).path, self.rfile.read(size).decode())

        def _serve(self, path: str, form: str) -> None:
            fields = {k: v[0] for k, v in parse_qs(form, keep_blank_values=True).items()}
            seen = Seen(path, fields, {k.lower(): v for k, v in self.headers.items()})
            server.seen.append(seen)
            server.before(seen)
            mood = server.moods.popleft() if server.moods else None
            body = json.dumps(server.answer(seen) if not path.startswith("/moved") else {"search": []}).encode()
            MOODS[mood](self, body)

        def send(self, status: int, body: bytes, **headers: str) -> None:
            packed = gzip.compress(body)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(packed)))
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()
            self.wfile.write(packed)

        def log_message(self, *_: object) -> None:
            pass

    return Handler


def _cut(handler: Any, body: bytes) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body[: len(body) // 2])
    handler.close_connection = True


def _half(handler: Any, body: bytes) -> None:
    whole = json.loads(body)
    entities = whole.get("entities", {})
    whole["entities"] = dict(list(entities.items())[: len(entities) // 2])
    whole.pop("search", None)
    whole.pop("results", None)
    handler.send(200, json.dumps(whole).encode())


def _hang(handler: Any, _body: bytes) -> None:
    threading.Event().wait(1.0)
    handler.close_connection = True


def _error(code: str, **headers: str) -> Callable[[Any, bytes], None]:
    return lambda handler, _body: handler.send(200, json.dumps({"error": {"code": code}}).encode(), **headers)


def _status(status: int, **headers: str) -> Callable[[Any, bytes], None]:
    return lambda handler, _body: handler.send(status, b"<html>no</html>", **headers)


MOODS: dict[str | None, Callable[[Any, bytes], None]] = {
    None: lambda handler, body: handler.send(200, body),
    "429": _status(429, Retry_After="17"),
    "429-date": _status(429, Retry_After="Wed, 04 Mar 2026 12:00:30 GMT"),
    "429-day": _status(429, Retry_After="86400"),
    "429-bare": _status(429),
    "500": _status(500),
    "503": _status(503, Retry_After="3"),
    "403": _status(403),
    "400": _status(400),
    "maxlag": _error("maxlag", Retry_After="9"),
    "internal": _error("internal_api_error_DBQueryError"),
    "no-such-entity": _error("no-such-entity"),
    "garbage": lambda handler, _body: handler.send(200, b'{"search": [{"id"'),
    "list": lambda handler, _body: handler.send(200, b"[1]"),
    "half": _half,
    "cut": _cut,
    "hang": _hang,
    "moved": lambda handler, body: handler.send(301, b"", Location="/moved/here"),
    "moved-away": lambda handler, body: handler.send(302, b"", Location="http://127.0.0.1:9/"),
    "circle": lambda handler, body: handler.send(302, b"", Location="/w/api.php?action=wbsearchentities&search=x"),
    "huge": lambda handler, _body: handler.send(200, b'{"search": [' + b" " * 200_000 + b"]}"),
}
