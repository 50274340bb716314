"""The ASGI application: routes, and what every answer has whatever its route."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import IO

from starlette.routing import Match, Route

from armsgraph.server.calls import BrokenAnswerError, Call, Receive, Scope, Send
from armsgraph.server.endpoints import Endpoints, form_fields, job_fields
from armsgraph.server.listening import HEAD_BYTES
from armsgraph.server.metrics import CONTENT_TYPE, Metrics
from armsgraph.server.pool import Pool
from armsgraph.server.problems import Problem, ProblemError
from armsgraph.server.publishing import Publisher
from armsgraph.server.registry import page_routes
from armsgraph.server.relaying import relay
from armsgraph.server.wire import JobTask

__all__ = ["Application"]

_LOG = logging.getLogger("armsgraph.server")
_Handler = Callable[[Call, Mapping[str, str]], Awaitable[None]]
_READ = ("GET", "HEAD", "OPTIONS")
# Of a form that is posted to a page.
_FORM_BYTES = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    route: Route
    handler: _Handler
    methods: tuple[str, ...]


async def _unused(_scope: Scope, _receive: Receive, _send: Send) -> None:
    """Stand for the endpoint in Starlette's routes, which only match here."""


class Application:
    """Finds the handler of a request, and turns what it raises into an answer.

    Args:
        endpoints: Query, update and graph store.
        pool: Runs the jobs of the pages.
        publisher: Knows what is served.
        metrics: Counts.
        access_log: Gets a JSON object a line for each request; None for none.
    """

    def __init__(
        self,
        *,
        endpoints: Endpoints,
        pool: Pool,
        publisher: Publisher,
        metrics: Metrics,
        access_log: IO[str] | None,
    ) -> None:
        self._pool = pool
        self._publisher = publisher
        self._metrics = metrics
        self._log = access_log
        self.is_stopping = False
        self._base_path = publisher.site.base_path
        is_writable = publisher.site.is_writable
        writes = ("PUT", "POST", "DELETE") if is_writable else ()
        self._entries = [
            _entry("/sparql", endpoints.sparql, ("GET", "HEAD", "POST", "OPTIONS")),
            _entry("/update", endpoints.update, ("POST", "OPTIONS")),
            _entry("/data", endpoints.data, (*_READ, *writes)),
            _entry("/data/{graph:path}", endpoints.data, (*_READ, *writes)),
            _entry("/health", self._health, _READ),
            _entry("/ready", self._ready, _READ),
            _entry("/metrics", self._show_metrics, _READ),
            _entry("/.well-known/void", self._well_known_void, _READ),
        ]
        for page in page_routes():
            methods = ("GET", "HEAD", "POST", "OPTIONS") if page.takes_form else _READ
            self._entries.append(_entry(page.pattern, self._page(page.job, page.fields), methods))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        call = Call(self._below_base(scope), receive, send, build=self._publisher.site.build)
        try:
            try:
                await self._dispatch(call)
            except ProblemError as error:
                if call.is_started:
                    raise BrokenAnswerError from error
                await call.reply_problem(error.problem)
            except BrokenAnswerError:
                raise
            except Exception as error:
                _LOG.exception("%s %s failed", call.method, call.path)
                call.outcome = "failed"
                if call.is_started:
                    raise BrokenAnswerError from error
                await call.reply_problem(Problem(status=500, title="the server failed on this request"))
        except BrokenAnswerError:
            call.outcome = call.outcome or "broken"
            raise
        finally:
            self._note(call)

    def _below_base(self, scope: Scope) -> Scope:
        """Return the scope with the path below the base path; "" marks one that is not below it."""
        path = scope["path"]
        if not self._base_path:
            return scope
        is_below = path == self._base_path or path.startswith(f"{self._base_path}/")
        return {**scope, "path": path[len(self._base_path) :] or "/"} if is_below else {**scope, "path": ""}

    async def _dispatch(self, call: Call) -> None:
        _check_head(call)
        entry, params = self._find(call)
        if entry is None:
            raise ProblemError(Problem(status=404, title=f"there is nothing at {call.path}", outcome="not-found"))
        call.route = entry.route.path
        allow = ", ".join(entry.methods)
        if call.method == "OPTIONS":
            await call.reply(204, (("allow", allow), *_preflight(allow)))
            return
        if call.method not in entry.methods:
            problem = Problem(
                status=405,
                title=f"{call.method} is not done here",
                headers=(("allow", allow), ("connection", "close")),
            )
            raise ProblemError(problem)
        await entry.handler(call, params)

    def _find(self, call: Call) -> tuple[_Entry | None, dict[str, str]]:
        scope = {"type": "http", "path": call.path, "method": "GET", "root_path": ""}
        for entry in self._entries:
            match, found = entry.route.matches(scope)
            if match is not Match.NONE:
                return entry, {name: str(value) for name, value in found.get("path_params", {}).items()}
        return None, {}

    def _page(self, job: str, fields: Mapping[str, str]) -> _Handler:
        async def show(call: Call, params: Mapping[str, str]) -> None:
            if call.method == "POST":
                said = await form_fields(call, {**params, **fields}, _FORM_BYTES)
            else:
                said = job_fields(call, {**params, **fields})
            await relay(call, self._pool, JobTask(name=job, fields=said, gzip=call.takes_gzip, is_head=call.is_head))

        return show

    async def _health(self, call: Call, _params: Mapping[str, str]) -> None:
        await call.reply(200, (("content-type", "application/json"),), b'{"status":"ok"}\n')

    async def _ready(self, call: Call, _params: Mapping[str, str]) -> None:
        is_ready = self._pool.is_ready and not self.is_stopping
        said = {
            "status": "ready" if is_ready else "not ready",
            "build": self._publisher.site.build,
            "workers": self._pool.workers,
            "waiting": self._pool.waiting,
        }
        body = json.dumps(said).encode("ascii") + b"\n"
        await call.reply(200 if is_ready else 503, (("content-type", "application/json"),), body)

    async def _show_metrics(self, call: Call, _params: Mapping[str, str]) -> None:
        await call.reply(200, (("content-type", CONTENT_TYPE),), self._metrics.render())

    async def _well_known_void(self, call: Call, _params: Mapping[str, str]) -> None:
        await call.reply(303, (("location", f"{self._base_path}/sparql"),))

    def _note(self, call: Call) -> None:
        """Count the request and write its line of the log."""
        seconds = time.monotonic() - call.began
        outcome = call.outcome or ("done" if call.status < 400 else "refused")
        method = call.method if call.method in _METHODS else "other"
        self._metrics.requests.labels(call.route, method, str(call.status)).inc()
        self._metrics.outcomes.labels(call.route, outcome).inc()
        self._metrics.duration.labels(call.route).observe(seconds)
        self._metrics.sent.labels(call.route).inc(call.sent)
        if self._log is None:
            return
        client = call.scope.get("client")
        said = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "client": client[0] if client else None,
            "method": call.method,
            "path": call.path[:500],
            "status": call.status,
            "ms": round(seconds * 1000, 1),
            "bytes": call.sent,
            "outcome": outcome,
        }
        if call.query_hash is not None:
            said |= {"query": call.query_hash, "rows": call.rows}
        self._log.write(json.dumps(said) + "\n")
        self._log.flush()


_METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"))


def _entry(pattern: str, handler: _Handler, methods: tuple[str, ...]) -> _Entry:
    route = Route(pattern, endpoint=_Anything())
    return _Entry(route=route, handler=handler, methods=methods)


class _Anything:
    """An endpoint for routes that are only matched; Starlette takes such an object for one of all methods."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Do nothing."""


def _check_head(call: Call) -> None:
    """Refuse a head that is too long; h11 looks at one only while it is not whole."""
    close = (("connection", "close"),)
    if len(call.query) + len(call.path) > HEAD_BYTES:
        title = f"the address is longer than {HEAD_BYTES} bytes"
        raise ProblemError(Problem(status=414, title=title, hint="send the query by POST", headers=close))
    if sum(len(name) + len(value) for name, value in call.scope["headers"]) > HEAD_BYTES:
        raise ProblemError(Problem(status=431, title=f"the headers are longer than {HEAD_BYTES} bytes", headers=close))


def _preflight(allow: str) -> tuple[tuple[str, str], ...]:
    return (
        ("access-control-allow-methods", allow),
        ("access-control-allow-headers", "Accept, Authorization, Content-Type, If-None-Match"),
        ("access-control-max-age", "86400"),
    )
