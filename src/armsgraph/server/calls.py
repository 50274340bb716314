"""One request and its answer: reads the body within limits, writes the answer with the headers that all have."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import tempfile
import time
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from typing import IO, Any

from armsgraph.server.negotiating import accepts_gzip
from armsgraph.server.problems import Problem, ProblemError, render_problem
from armsgraph.version import __version__

__all__ = ["BrokenAnswerError", "Call", "Receive", "Scope", "Send", "spool"]

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

_BODY_S = 15.0
# A client that takes nothing for this long has gone without saying so.
_STALL_S = 20.0
_WORTH_GZIP = 1024
_SPOOLED = 1024 * 1024

_COMMON = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"ETag, Link, Location, Content-Location, Retry-After, Armsgraph-Build"),
    (
        b"content-security-policy",
        b"default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
        b"frame-ancestors 'none'",
    ),
    (b"cross-origin-resource-policy", b"cross-origin"),
    (b"referrer-policy", b"no-referrer"),
    (b"vary", b"Accept, Accept-Encoding"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
)
_REVALIDATE, _NOT_KEPT = b"public, max-age=0, must-revalidate", b"no-store"


class BrokenAnswerError(Exception):
    """The rest of a body will not come: the connection is broken, so that nobody takes it for whole."""


class Call:
    """A request with what is noted about it for the log.

    Args:
        scope: As the ASGI server gives it, the path already without the base path.
        receive: Gives the next message of the client.
        send: Takes messages for the client.
        build: Id of the graph that is served now.
    """

    def __init__(self, scope: Scope, receive: Receive, send: Send, *, build: str) -> None:
        self.scope = scope
        self.method: str = scope["method"]
        self.is_head = self.method == "HEAD"
        self.path: str = scope["path"]
        self.query: bytes = scope["query_string"]
        self.build = build
        self.began = time.monotonic()
        self.route = "none"
        self.status = 0
        self.sent = 0
        self.outcome = ""
        self.query_hash: str | None = None
        self.rows: int | None = None
        self.is_started = False
        self._receive = receive
        self._send = send
        self._headers: dict[bytes, bytes] = {}
        for name, value in scope["headers"]:
            known = self._headers.get(name)
            self._headers[name] = value if known is None else known + b", " + value

    def header(self, name: str) -> str | None:
        """Return a header, several of one name joined by commas."""
        value = self._headers.get(name.encode("ascii"))
        return None if value is None else value.decode("latin-1")

    @property
    def takes_gzip(self) -> bool:
        """Whether the client takes gzip."""
        return accepts_gzip(self.header("accept-encoding"))

    @property
    def url(self) -> str:
        """Address as the client sees it, with path and query; the host is the one that the client names."""
        host = self.header("host") or ""
        if not host or not all(c.isalnum() or c in ".-:[]_" for c in host):
            server = self.scope.get("server") or ("localhost", None)
            host = f"{server[0]}:{server[1]}" if server[1] else str(server[0])
        path = self.scope["raw_path"].decode("latin-1") if self.scope.get("raw_path") else self.path
        query = f"?{self.query.decode('latin-1')}" if self.query else ""
        return f"{self.scope.get('scheme', 'http')}://{host}{path}{query}"

    @property
    def etag(self) -> str:
        """What names the answer to this request as long as the same build is served by the same version."""
        parts = (__version__, self.build, self.url, self.header("accept") or "", str(self.takes_gzip))
        return f'W/"{hashlib.blake2b(chr(0).join(parts).encode("utf-8", "replace"), digest_size=12).hexdigest()}"'

    @property
    def is_unchanged(self) -> bool:
        """Whether the client has this answer already (If-None-Match)."""
        wanted = self.header("if-none-match")
        if wanted is None or self.method not in ("GET", "HEAD"):
            return False
        mine = self.etag.removeprefix("W/")
        return any(part.strip().removeprefix("W/") == mine for part in wanted.split(","))

    async def read_body(self, most: int) -> bytes:
        """Return the whole body.

        Raises:
            ProblemError: 413 as soon as it is known to be longer than `most` bytes; 408 when it takes too long; 400
                when the client hangs up in the middle.
        """
        close = (("connection", "close"),)
        too_long = Problem(status=413, title=f"the body is longer than {most} bytes", headers=close)
        said = self.header("content-length")
        if said is not None and (not said.isdigit() or int(said) > most):
            raise ProblemError(too_long)
        if self.header("content-encoding") not in (None, "identity"):
            raise ProblemError(
                Problem(
                    status=415,
                    title="a compressed body is not taken",
                    headers=(("accept-encoding", "identity"), *close),
                )
            )
        pieces, size = [], 0
        try:
            async with asyncio.timeout(_BODY_S):
                while True:
                    message = await self._receive()
                    if message["type"] == "http.disconnect":
                        self.outcome = "client-left"
                        raise ProblemError(Problem(status=400, title="the body ends too early", outcome="client-left"))
                    pieces.append(message.get("body", b""))
                    size += len(pieces[-1])
                    if size > most:
                        raise ProblemError(too_long)
                    if not message.get("more_body", False):
                        return b"".join(pieces)
        except TimeoutError as error:
            title = f"the body did not come within {_BODY_S:g} s"
            raise ProblemError(Problem(status=408, title=title, headers=close, outcome="slow-client")) from error

    async def wait_gone(self) -> None:
        """Return when the client has hung up."""
        while (await self._receive())["type"] != "http.disconnect":
            pass

    async def reply(
        self,
        status: int,
        headers: Sequence[tuple[str, str]] = (),
        body: bytes = b"",
        *,
        is_kept: bool = False,
        is_packed: bool = False,
    ) -> None:
        """Answer with a whole body.

        Args:
            status: HTTP status.
            headers: Beside those that all answers have.
            body: Compressed here if that is worth it and the client takes it, unless `is_packed`.
            is_kept: Whether caches may keep it and ask again with the ETag.
            is_packed: Whether the body is in its final form.
        """
        fields = list(headers)
        if not is_packed and len(body) >= _WORTH_GZIP and self.takes_gzip:
            body = gzip.compress(body, 5, mtime=0)
            fields.append(("content-encoding", "gzip"))
        if status not in (204, 304):
            fields.append(("content-length", str(len(body))))
        await self.start(status, fields, is_kept=is_kept)
        await self.send_piece(body, is_last=True)

    async def reply_problem(self, problem: Problem) -> None:
        """Answer with an error."""
        accept = (self.header("accept") or "").lower()
        as_json = "application/problem+json" in accept or "application/json" in accept
        content_type, body = render_problem(problem, as_json=as_json)
        self.outcome = self.outcome or problem.outcome
        await self.reply(problem.status, (("content-type", content_type), *problem.headers), body)

    async def start(self, status: int, headers: Sequence[tuple[str, str]], *, is_kept: bool = False) -> None:
        """Send status and headers; those given win over the common ones."""
        fields = [(n.lower().encode("latin-1"), v.encode("latin-1", "replace")) for n, v in headers]
        names = {name for name, _ in fields}
        fields += [pair for pair in _COMMON if pair[0] not in names]
        if self.build:
            fields.append((b"armsgraph-build", self.build.encode("ascii")))
        is_kept = is_kept and self.method in ("GET", "HEAD")
        if b"etag" not in names and is_kept and status in (200, 304):
            fields.append((b"etag", self.etag.encode("ascii")))
        if b"cache-control" not in names:
            fields.append((b"cache-control", _REVALIDATE if is_kept else _NOT_KEPT))
        self.status, self.is_started = status, True
        await self._send({"type": "http.response.start", "status": status, "headers": fields})

    async def send_piece(self, data: bytes, *, is_last: bool = False) -> None:
        """Send a piece of the body; nothing but its end for HEAD.

        Raises:
            BrokenAnswerError: The client takes nothing any more.
        """
        if self.is_head:
            data = b""
        self.sent += len(data)
        message = {"type": "http.response.body", "body": data, "more_body": not is_last}
        if is_last:
            await self._send(message)
            return
        try:
            async with asyncio.timeout(_STALL_S):
                await self._send(message)
        except TimeoutError as error:
            self.outcome = "slow-client"
            raise BrokenAnswerError from error


def spool() -> IO[bytes]:
    """Return a file for a body whose length must be known before it is sent; a large one goes to disk."""
    return tempfile.SpooledTemporaryFile(max_size=_SPOOLED)
