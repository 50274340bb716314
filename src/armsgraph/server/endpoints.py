"""The endpoints of the specifications: query, update, graph store."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import urlsplit

from armsgraph.server.answering import WHOLE_DATASET
from armsgraph.server.calls import Call
from armsgraph.server.committing import Committer
from armsgraph.server.describing import DESCRIPTION_JOB
from armsgraph.server.jobs import QUERY_FORM_JOB
from armsgraph.server.negotiating import GRAPH_OFFERS, HTML_OFFER, find_offer, negotiate
from armsgraph.server.pool import Pool
from armsgraph.server.problems import Problem, ProblemError
from armsgraph.server.protocol import FORM, UpdateRequest, media_type_of, parse_fields, parse_request, parse_update
from armsgraph.server.publishing import Publisher
from armsgraph.server.registry import page_jobs
from armsgraph.server.relaying import relay
from armsgraph.server.settings import Settings
from armsgraph.server.wire import GraphTask, JobTask, QueryTask
from armsgraph.server.writes import GraphWrite, UpdateWrite, Write

__all__ = ["Endpoints", "form_fields", "job_fields"]

# A form may spell each byte with three.
_FORM_GROWTH, _FORM_SPARE = 3, 16 * 1024
_WRITABLE_FORMATS = ("ttl", "nt", "rdf", "jsonld")


class Endpoints:
    """What answers `/sparql`, `/update` and `/data`.

    Args:
        settings: Of the server.
        pool: Answers reads.
        publisher: Knows the current build.
        committer: Takes writes; None where they are off.
        token: What a write has to show.
    """

    def __init__(
        self, *, settings: Settings, pool: Pool, publisher: Publisher, committer: Committer | None, token: str
    ) -> None:
        self._settings = settings
        self._pool = pool
        self._publisher = publisher
        self._committer = committer
        self._token = token.encode("ascii")
        self._has_form = QUERY_FORM_JOB in page_jobs()

    async def sparql(self, call: Call, _params: Mapping[str, str]) -> None:
        """Answer a query, or describe the service to who asks nothing."""
        body = b""
        if call.method == "POST":
            most = self._settings.limits.query_bytes * _FORM_GROWTH + _FORM_SPARE
            body = await call.read_body(most)
        request = parse_request(call.method, call.query, call.header("content-type"), body)
        if isinstance(request, Problem):
            raise ProblemError(request)
        if request is None:
            await self._describe(call)
            return
        call.query_hash = hashlib.sha256(request.text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        task = QueryTask(
            text=request.text,
            default_graphs=request.default_graphs,
            named_graphs=request.named_graphs,
            accept=call.header("accept"),
            format=request.format,
            gzip=call.takes_gzip,
            is_head=call.is_head,
        )
        await relay(call, self._pool, task)

    async def _describe(self, call: Call) -> None:
        offers = (*GRAPH_OFFERS, HTML_OFFER) if self._has_form else GRAPH_OFFERS
        fields = dict(job_fields(call, {}))
        # a link of a page can only name the form by ?format: the browser's own header prefers HTML
        is_named = find_offer(fields.get("?format", ""), GRAPH_OFFERS) is not None
        is_page = not is_named and negotiate(call.header("accept"), offers) is HTML_OFFER
        name = QUERY_FORM_JOB if is_page else DESCRIPTION_JOB
        await relay(
            call,
            self._pool,
            JobTask(name=name, fields=tuple(fields.items()), gzip=call.takes_gzip, is_head=call.is_head),
        )

    async def update(self, call: Call, _params: Mapping[str, str]) -> None:
        """Do an update."""
        self._check_token(call)
        body = await call.read_body(self._settings.limits.body_bytes)
        request = parse_update(call.query, call.header("content-type"), body)
        if not isinstance(request, UpdateRequest):
            raise ProblemError(request)
        call.query_hash = hashlib.sha256(request.text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        write = UpdateWrite(text=request.text, default_graphs=request.default_graphs, named_graphs=request.named_graphs)
        await self._commit(call, write)
        await call.reply(204)

    async def data(self, call: Call, params: Mapping[str, str]) -> None:
        """Read or write a graph."""
        is_read = call.method in ("GET", "HEAD")
        if not is_read:
            self._check_token(call)
        graphs, format = self._graphs(call, params)
        if is_read:
            task = GraphTask(
                graphs=graphs, accept=call.header("accept"), format=format, gzip=call.takes_gzip, is_head=call.is_head
            )
            await relay(call, self._pool, task)
            return
        await self._write_graph(call, graphs)

    async def _write_graph(self, call: Call, graphs: tuple[str, ...]) -> None:
        headers: tuple[tuple[str, str], ...] = ()
        data, format = b"", "ttl"
        if call.method != "DELETE":
            format = _format_of(call.header("content-type"))
            data = await call.read_body(self._settings.limits.body_bytes)
        graph = graphs[0]
        if graph == WHOLE_DATASET:
            if call.method != "POST":
                raise ProblemError(Problem(status=400, title="say which graph: ?default or ?graph=IRI"))
            graph = f"{self._settings.base}graph/{hashlib.sha256(data).hexdigest()[:16]}"
            headers = (("location", f"{self._settings.base_path}/data?graph={graph}"),)
        is_new = await self._commit(call, GraphWrite(method=call.method, graph=graph, data=data, format=format))
        await call.reply(201 if is_new else 204, headers)

    def _graphs(self, call: Call, params: Mapping[str, str]) -> tuple[tuple[str, ...], str | None]:
        """Return the names that a graph may have, the likeliest first, and the format wished for."""
        fields = parse_fields(call.query)
        if isinstance(fields, Problem):
            raise ProblemError(fields)
        format = next((value for name, value in fields if name == "format"), None)
        named = [(name, value) for name, value in fields if name in ("graph", "default")]
        if params.get("graph"):
            if named:
                raise ProblemError(Problem(status=400, title="the graph is named twice, by path and by parameter"))
            url = call.url.partition("?")[0]
            mine = f"{self._settings.base}{params['graph']}"
            return (url, mine), format
        if not named:
            return (WHOLE_DATASET,), format
        if len(named) > 1:
            raise ProblemError(Problem(status=400, title="one graph at a time: ?default or one ?graph=IRI"))
        name, value = named[0]
        if name == "default":
            return ("",), format
        # a relative name is resolved against the address, as the specification has it
        if not urlsplit(value).scheme:
            raise ProblemError(
                Problem(status=400, title=f"the name of a graph is no absolute IRI: {value or '(empty)'}")
            )
        return (value,), format

    async def _commit(self, call: Call, write: Write) -> bool:
        assert self._committer is not None
        # A client that leaves does not stop a write half-way.
        is_new = await asyncio.shield(asyncio.ensure_future(self._committer.write(write)))
        call.build = self._publisher.site.build
        return is_new

    def _check_token(self, call: Call) -> None:
        """Let nobody write but who shows the token, in a header and in constant time.

        Raises:
            ProblemError: 403 where writes are off, 401 without the token.
        """
        if self._committer is None:
            raise ProblemError(
                Problem(
                    status=403,
                    title="this server only reads",
                    hint="whoever runs it may switch writes on with --writable",
                    headers=(("connection", "close"),),
                )
            )
        scheme, _, shown = (call.header("authorization") or "").partition(" ")
        is_right = hmac.compare_digest(shown.strip().encode("utf-8", "surrogateescape"), self._token)
        if scheme.lower() != "bearer" or not is_right:
            raise ProblemError(
                Problem(
                    status=401,
                    title="a write needs the token",
                    hint="send it as: Authorization: Bearer TOKEN",
                    headers=(("www-authenticate", 'Bearer realm="armsgraph"'), ("connection", "close")),
                    outcome="unauthorised",
                )
            )


def _format_of(content_type: str | None) -> str:
    media_type, charset = media_type_of(content_type)
    offer = find_offer(media_type, GRAPH_OFFERS) if "/" in media_type else None
    if offer is None or offer.name not in _WRITABLE_FORMATS:
        names = ", ".join(o.media_type for o in GRAPH_OFFERS if o.name in _WRITABLE_FORMATS)
        raise ProblemError(
            Problem(
                status=415,
                title=f"a graph of the type {media_type or '(none)'} is not taken",
                hint=f"send one of {names}",
                headers=(("connection", "close"),),
            )
        )
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise ProblemError(Problem(status=415, title=f"the charset {charset} is not taken", hint="send UTF-8"))
    return offer.name


async def form_fields(call: Call, params: Mapping[str, str], most: int) -> tuple[tuple[str, str], ...]:
    """Return the fields that a job gets from the POST of a form of at most `most` bytes."""
    media_type, charset = media_type_of(call.header("content-type"))
    if media_type != FORM or charset not in ("utf-8", "utf8", "us-ascii", "ascii"):
        headers = (("accept-post", FORM), ("connection", "close"))
        raise ProblemError(Problem(status=415, title="only a form in UTF-8 is taken here", hint=FORM, headers=headers))
    said = parse_fields(await call.read_body(most))
    if isinstance(said, Problem):
        raise ProblemError(said)
    given = {f"?{name}": value for name, value in reversed(said)}
    return tuple({**dict(job_fields(call, params)), **given}.items())


def job_fields(call: Call, params: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the fields that a job gets (see `jobs`)."""
    fields = parse_fields(call.query)
    if isinstance(fields, Problem):
        raise ProblemError(fields)
    said: dict[str, str] = {}
    for name, value in fields:
        said.setdefault(f"?{name}", value)
    said |= params
    said |= {
        "@accept": call.header("accept") or "*/*",
        "@method": call.method,
        "@path": call.path,
        "@url": call.url,
    }
    return tuple(said.items())
