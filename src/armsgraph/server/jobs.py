"""What a page, or any other read of the graph, has to be so that the server can run it in a worker.

A *job* is a trusted function over the read-only store. It runs inside a worker process, in the same queue and with the
same deadline and memory limit as a query; it may be killed at any point, so it keeps nothing. It gets plain text
fields and returns a `Reply`; it never sees a socket.

The package `armsgraph.server.pages` exports `PAGE_JOBS` (name of a job -> `Job`) and `PAGE_ROUTES` (a sequence of
`PageRoute`, the first that matches wins). What the server does for every route, and a job leaves alone: conditional
requests (ETag and 304, by build id and address), gzip, CORS, HEAD, OPTIONS, Content-Length, Vary, Cache-Control, the
Content-Security-Policy and the other security headers. A header that the reply sets itself is kept.

Fields that a job gets:

    name      a parameter of the path, by the name that the pattern gives it, percent-decoded once
    ?name     the first value of a parameter of the address's query ("?format", "?page"), or of a form
    @accept   the Accept header, "*/*" where there is none: hand it to `negotiating.negotiate`
    @method   GET or HEAD, which a job answers alike; POST where the route takes a form
    @path     the path without the base path, percent-decoded once
    @url      scheme, host, path and query as the client sees them

Three names have a meaning to the server: if `PAGE_JOBS` has `QUERY_FORM_JOB`, it answers a GET of the SPARQL endpoint
without a query whose Accept header prefers HTML (others get the service description); and if the package exports
`render_results` (a `ResultPage`), `text/html` is among the types that a query can be answered in; with
`render_query_problem` (a `ProblemPage`) a browser is told so what is wrong with a query.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from armsgraph.server.problems import Problem
from armsgraph.vocab import ARMS, DEFAULT_BASE

__all__ = ["QUERY_FORM_JOB", "Job", "Limits", "PageRoute", "ProblemPage", "Reply", "ResultPage", "Site"]

QUERY_FORM_JOB = "query-form"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a job answers.

    Attributes:
        status: HTTP status; 303 and 404 are as good as 200.
        headers: Pairs of name and value. Content-Type has to be among them where there is a body. A Location on this
            server is a path that starts with `Site.base_path`.
        body: All of it, or pieces of it in order, which are sent as they come. An error after the first piece breaks
            the connection, so that nobody takes half a body for a whole one.
    """

    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | Iterator[bytes] = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one query may use; the home page and the service description tell it.

    Attributes:
        deadline_s: Seconds until a query is stopped that has given no row yet, waiting excluded; three times that for
            one that has.
        memory_mb: Memory that a query may take beyond what a worker needs at rest.
        query_bytes: Longest query.
        body_bytes: Longest body of a write.
        depth: Deepest nesting of brackets.
        patterns: Most triple patterns in one query.
        waiting: Most requests that wait for a worker; the next one is told to come back.
    """

    deadline_s: float = 20.0
    memory_mb: int = 1024
    query_bytes: int = 1024 * 1024
    body_bytes: int = 16 * 1024 * 1024
    depth: int = 100
    patterns: int = 200
    waiting: int = 128


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What the server serves and where; picklable.

    Attributes:
        base_path: What stands before every route, "" or "/graph"; never ends in a slash. Links start with it.
        base: IRI in front of the ids of the graph (`vocab.DEFAULT_BASE` unless configured).
        ontology: Namespace of the ontology.
        build: Id of the graph that is served; another graph has another one.
        title: Name of the site for people.
        is_writable: Whether `/update` and writes to `/data` are on.
        limits: What a query may use.
        counts: Numbers of what the graph holds, by name: "triples", "graphs", "documents", "deals", "claims".
    """

    base_path: str = ""
    base: str = DEFAULT_BASE
    ontology: str = ARMS
    build: str = ""
    title: str = "armsgraph"
    is_writable: bool = False
    limits: Limits = field(default_factory=Limits)
    counts: Mapping[str, int] = field(default_factory=dict)


Job = Callable[[ox.Store, Site, Mapping[str, str]], Reply]
"""A read of the graph. It must not write to the store; an exception is answered as 500 without its text."""

ResultPage = Callable[[ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, Site, str], Iterator[bytes]]
"""Shows the result of a query as an HTML page in pieces, from the result, the site and the text of the query. If it
does not show every row, it says so and how to get all."""


ProblemPage = Callable[[Problem, Site, str], str]
"""Says as an HTML page what is wrong with a query, from the problem, the site and the text of the query."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRoute:
    """Which addresses a job answers.

    Attributes:
        pattern: Path without the base path in Starlette's spelling: "/id/{kind}/{local:path}".
        job: Its name in `PAGE_JOBS`.
        fields: Fields given on top of those of the request, such as which page of several this is.
        takes_form: Whether it also answers a POST of a form, whose fields come as `?name` too, before those of the
            address.
    """

    pattern: str
    job: str
    fields: Mapping[str, str] = field(default_factory=dict)
    takes_form: bool = False
