"""Answers one task over the read-only store: a query, a graph, a job. Runs in a worker."""

from __future__ import annotations

import logging
import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox

from armsgraph.server.bodies import Body, EnoughError, count_rows
from armsgraph.server.describing import DESCRIPTION_JOB, describe_service
from armsgraph.server.guarding import guard
from armsgraph.server.jobs import Job, ProblemPage, Reply, ResultPage, Site
from armsgraph.server.negotiating import (
    BOOLEAN_OFFERS,
    DATASET_OFFERS,
    GRAPH_OFFERS,
    HTML_OFFER,
    RDF_FORMATS,
    SOLUTION_OFFERS,
    Offer,
    choose,
)
from armsgraph.server.problems import Problem, ProblemError
from armsgraph.server.scanning import Scan, scan
from armsgraph.server.wire import GraphTask, JobTask, QueryTask, Task
from armsgraph.vocab import ID_KINDS, PREFIXES

__all__ = ["WHOLE_DATASET", "Answerer", "read_syntax_error"]

# Name in a GraphTask for every graph at once; "" is the default graph.
WHOLE_DATASET = "*"

_AT = re.compile(r"(?:error|Parser error) at (?:line )?(\d+)(?::| column )(\d+)(?: and \d+)?:? ?(.*)", re.DOTALL)
_RESULT_FORMATS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
# The engine lists everything that it would have taken.
_LONGEST_MESSAGE = 300
_SHORTENED = frozenset(("ttl", "trig", "rdf"))
_LOG = logging.getLogger("armsgraph.server.worker")


class Answerer:
    """Does tasks over one store.

    Args:
        store: Opened read-only.
        site: What is served.
        folder: Where the store lies; what was counted for the service description is kept there.
        jobs: Jobs by name, beside those of the server itself.
        allowed_hosts: Hosts that SERVICE may ask.
        result_page: Shows results as HTML, where there is one.
        problem_page: Says as HTML what is wrong with a query, where there is one.
    """

    def __init__(
        self,
        *,
        store: ox.Store,
        site: Site,
        folder: Path,
        jobs: Mapping[str, Job],
        allowed_hosts: Collection[str] = (),
        result_page: ResultPage | None = None,
        problem_page: ProblemPage | None = None,
    ) -> None:
        self._store = store
        self._site = site
        self._allowed = allowed_hosts
        self._page = result_page
        self._problem_page = problem_page
        self._jobs: dict[str, Job] = {**jobs, DESCRIPTION_JOB: describe_service(folder)}
        # Without named graphs the default graph is all there is, and the engine's union only costs.
        self._is_union = next(iter(store.named_graphs()), None) is not None
        kinds = {prefix: f"{site.base}{kind}/" for kind, prefix in ID_KINDS.items()}
        self._prefixes = dict(PREFIXES) | kinds

    def answer(self, task: Task, body: Body) -> None:
        """Write the answer of a task to `body`, errors of the client as its problem.

        Raises:
            OSError: The server has hung up.
        """
        try:
            match task:
                case QueryTask():
                    self._query(task, body)
                case GraphTask():
                    self._graph(task, body)
                case JobTask():
                    self._job(task, body)
            body.finish()
        except EnoughError:
            return
        except ProblemError as error:
            body.fail(self._shown(error.problem, task))

    def _shown(self, problem: Problem, task: Task) -> Problem:
        """Return the problem with a page for a client that prefers HTML and says so: a browser with the query form."""
        if self._problem_page is None or not isinstance(task, QueryTask) or "text/html" not in (task.accept or ""):
            return problem
        offers = (*SOLUTION_OFFERS, HTML_OFFER)
        if choose(offers, accept=task.accept, format=task.format) is not HTML_OFFER:
            return problem
        return replace(problem, page=self._problem_page(problem, self._site, task.text))

    def _query(self, task: QueryTask, body: Body) -> None:
        found = scan(task.text)
        problem = guard(task.text, found, self._site.limits, allowed=self._allowed)
        if problem is not None:
            raise ProblemError(problem)
        results = self._run(task, found)
        offers = self._offers(results)
        offer = choose(offers, accept=task.accept, format=task.format)
        if offer is None:
            raise ProblemError(_not_acceptable(offers))
        counter = count_rows(offer.name) if not isinstance(results, ox.QueryBoolean) else None
        is_volatile = found.is_volatile or bool(found.services)
        body.start(200, (("content-type", offer.content_type),), is_volatile=is_volatile, counter=counter)
        try:
            if offer is HTML_OFFER and self._page is not None:
                for piece in self._page(results, self._site, task.text):
                    body.write(piece)
            elif isinstance(results, ox.QueryTriples):
                prefixes = self._prefixes if offer.name in _SHORTENED else None
                ox.serialize(results, body, format=RDF_FORMATS[offer.name], prefixes=prefixes)  # type: ignore[arg-type]
            else:
                results.serialize(body, format=_RESULT_FORMATS[offer.name])  # type: ignore[arg-type]
        except (OSError, ValueError, RuntimeError) as error:
            if isinstance(error, ConnectionError):
                raise
            raise ProblemError(_engine_problem(error, found)) from error

    def _run(self, task: QueryTask, found: Scan) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        has_dataset = task.default_graphs is not None or task.named_graphs is not None
        if has_dataset:
            default = [self._known(g) for g in task.default_graphs or ()]
            named = [self._known(g) for g in task.named_graphs or ()]
            dataset: dict[str, object] = {"default_graph": default, "named_graphs": named}
        else:
            for source in found.sources:
                if source.iri is not None:
                    self._known(source.iri)
            # the engine's union would win over what the query says itself
            dataset = {"use_default_graph_as_union": self._is_union and not found.sources}
        try:
            return self._store.query(
                task.text,
                base_iri=task.base_iri,
                prefixes=self._prefixes if found.has_names else None,
                **dataset,  # type: ignore[arg-type]
            )
        except SyntaxError as error:
            raise ProblemError(read_syntax_error(error, task.text)) from error
        except (OSError, ValueError, RuntimeError) as error:
            raise ProblemError(_engine_problem(error, found)) from error

    def _known(self, iri: str) -> ox.NamedNode:
        """Return a graph that the store has; a name that it does not know is a mistake, not an empty graph."""
        try:
            node = ox.NamedNode(iri)
        except ValueError as error:
            raise ProblemError(Problem(status=400, title=f"the name of a graph is no absolute IRI: {iri}")) from error
        if not self._store.contains_named_graph(node):
            raise ProblemError(
                Problem(
                    status=400,
                    title=f"no graph <{iri}> is in this store, and none is fetched from elsewhere",
                    hint="the graphs are listed by: SELECT DISTINCT ?g WHERE { GRAPH ?g { } }",
                )
            )
        return node

    def _offers(self, results: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> tuple[Offer, ...]:
        offers: tuple[Offer, ...] = GRAPH_OFFERS
        if not isinstance(results, ox.QueryTriples):
            offers = BOOLEAN_OFFERS if isinstance(results, ox.QueryBoolean) else SOLUTION_OFFERS
        return (*offers, HTML_OFFER) if self._page is not None else offers

    def _graph(self, task: GraphTask, body: Body) -> None:
        is_dataset = task.graphs == (WHOLE_DATASET,)
        offers = DATASET_OFFERS if is_dataset else GRAPH_OFFERS
        graph = None if is_dataset else self._find_graph(task.graphs)
        offer = choose(offers, accept=task.accept, format=task.format)
        if offer is None:
            raise ProblemError(_not_acceptable(offers))
        prefixes = self._prefixes if offer.name in _SHORTENED else None
        body.start(200, (("content-type", offer.content_type),), counter=count_rows(offer.name))
        self._store.dump(body, format=RDF_FORMATS[offer.name], from_graph=graph, prefixes=prefixes)  # type: ignore[arg-type]

    def _find_graph(self, names: tuple[str, ...]) -> ox.NamedNode | ox.DefaultGraph:
        for name in names:
            if name == "":
                return ox.DefaultGraph()
            try:
                node = ox.NamedNode(name)
            except ValueError as error:
                raise ProblemError(Problem(status=400, title=f"no absolute IRI: {name}")) from error
            if self._store.contains_named_graph(node):
                return node
        raise ProblemError(Problem(status=404, title=f"no graph <{names[0]}> is in this store", outcome="not-found"))

    def _job(self, task: JobTask, body: Body) -> None:
        try:
            reply = self._jobs[task.name](self._store, self._site, dict(task.fields))
        except (ProblemError, MemoryError):
            raise
        except Exception as error:
            _LOG.exception("the job %s failed", task.name)
            raise ProblemError(Problem(status=500, title="this page cannot be made", outcome="failed")) from error
        _send_reply(reply, body)


def _send_reply(reply: Reply, body: Body) -> None:
    body.start(reply.status, tuple((name.lower(), value) for name, value in reply.headers))
    if isinstance(reply.body, bytes):
        if reply.body:
            body.write(reply.body)
        return
    for piece in reply.body:
        body.write(piece)


def read_syntax_error(error: SyntaxError, text: str) -> Problem:
    """Return the problem of a text that is no SPARQL, with the place that the engine names."""
    found = _AT.match(str(error.msg))
    if not text.strip():
        return Problem(status=400, title="the query is empty", line=1, column=1, outcome="syntax-error")
    if not found:
        return Problem(status=400, title=f"this is no SPARQL: {error.msg}", outcome="syntax-error")
    line, column, words = int(found.group(1)), int(found.group(2)), _shorten(found.group(3))
    return Problem(
        status=400,
        title=f"this is no SPARQL: {words or 'it ends too early'}",
        line=line,
        column=column,
        outcome="syntax-error",
    )


def _shorten(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= _LONGEST_MESSAGE else f"{flat[: _LONGEST_MESSAGE - 4]} ..."


def _engine_problem(error: Exception, found: Scan) -> Problem:
    words = _shorten(str(error))
    if found.services:
        return Problem(status=502, title=f"the other server did not answer: {words}", outcome="service-failed")
    if isinstance(error, ValueError):
        return Problem(status=400, title=f"the query cannot be run: {words}")
    _LOG.error("the engine failed: %s", words)
    return Problem(status=500, title=f"the query failed: {words}", outcome="failed")


def _not_acceptable(offers: tuple[Offer, ...]) -> Problem:
    names = ", ".join(offer.media_type for offer in offers)
    return Problem(
        status=406,
        title="the answer cannot be had in a format that the request takes",
        hint=f"ask for one of {names} with Accept, or for one of {', '.join(o.name for o in offers)} with format=",
        outcome="not-acceptable",
    )
