"""`armsgraph load`: a graph into a triple store on the network, or into a store on disk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn

from armsgraph.cli.console import console, say
from armsgraph.errors import InputError, OnlineError
from armsgraph.loading import (
    FACTS,
    Bundle,
    Client,
    Endpoints,
    Journal,
    LoadPlan,
    LoadSummary,
    Method,
    add_to_store,
    check_graph_name,
    choose_facts_graph,
    find_endpoints,
    journal_path,
    load_bundle,
    plan_load,
    probe_writing,
    read_credentials,
    read_quads,
    withdraw_documents,
)
from armsgraph.vocab import DEFAULT_BASE

__all__ = ["load", "register"]

_LINES_OF_PROGRESS = 10
_MEGABYTE = 1 << 20


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("load")(load)


def load(
    graph: Annotated[
        Path | None, typer.Argument(help="Graph file (ttl nt nq trig jsonld rdf) or folder of a store.")
    ] = None,
    to: Annotated[
        str | None, typer.Option("--to", help="Address of a dataset of a triple store, or of its endpoint.")
    ] = None,
    store: Annotated[
        Path | None, typer.Option("--store", help="Folder of a store on disk to load into instead.")
    ] = None,
    into: Annotated[
        str | None, typer.Option("--graph", help="Put the whole file into this named graph, in place of what it holds.")
    ] = None,
    facts_graph: Annotated[
        str | None,
        typer.Option("--facts-graph", help="Graph for the facts held true: default, or an IRI. Chosen if not given."),
    ] = None,
    method: Annotated[
        Method,
        typer.Option("--method", help="How to write: Graph Store Protocol (gsp), SPARQL Update (update) or auto."),
    ] = Method.AUTO,
    no_ontology: Annotated[bool, typer.Option("--no-ontology", help="Leave the ontology out.")] = False,
    withdraw: Annotated[
        list[str] | None,
        typer.Option(
            "--withdraw", help="Take a document out of the store, with what only it says: its IRI. Repeatable."
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and write nothing.")] = False,
    chunk: Annotated[float, typer.Option("--chunk", min=0.01, help="Most megabytes of one request.")] = 4.0,
    journal: Annotated[
        Path | None,
        typer.Option("--journal", help="File that remembers how far a load came (default: beside the graph)."),
    ] = None,
    restart: Annotated[bool, typer.Option("--restart", help="Forget an interrupted load and send everything.")] = False,
    base: Annotated[str, typer.Option("--base", help="IRI in front of the ids of the graph.")] = DEFAULT_BASE,
) -> None:
    """Load a graph into a triple store, document by document, so that each is there exactly as in the graph."""
    if (to is None) == (store is None):
        raise InputError(
            "say where to load: --to URL for a server, or --store DIR", hint="armsgraph load GRAPH --to URL"
        )
    if graph is None and not withdraw:
        raise InputError("no graph given", hint="armsgraph load GRAPH --to URL, or --withdraw DOCUMENT")
    if into is not None:
        check_graph_name(into)
    if facts_graph not in {None, "default"}:
        check_graph_name(str(facts_graph))
    if store is not None:
        if graph is None:
            raise InputError("--withdraw is for servers", hint="for a store on disk: armsgraph withdraw STORE DOCUMENT")
        triples = add_to_store(graph, store, graph=into, base=base)
        say(f"loaded {triples} triples into {store}" + (f", graph {into}" if into else ""))
        return
    with closing(_client()) as client:
        found = find_endpoints(client, str(to))
        if not dry_run:
            found = probe_writing(client, found, method)
        _tell_store(found)
        facts_name = choose_facts_graph(client, found, facts_graph)
        if withdraw:
            _withdraw(client, found, withdraw, facts_name=facts_name, dry_run=dry_run, base=base)
        if graph is None:
            return
        with Bundle(base=base) as bundle:
            # our own server has the ontology
            bundle.fill(read_quads(graph), graph=into, with_ontology=not (no_ontology or found.is_armsgraph))
            plan = plan_load(client, found, bundle, facts_graph=facts_name)
            _tell_plan(bundle, plan)
            if dry_run:
                return
            place = journal or journal_path(graph, str(to))
            if restart:
                place.unlink(missing_ok=True)
            with Journal(place, target=str(to), facts_graph=facts_name) as log:
                if log.is_resumed:
                    say("an earlier load was interrupted: what it wrote is not sent again")
                summary = _run(client, found, bundle, plan, log, chunk_bytes=int(chunk * _MEGABYTE))
                if not summary.differences:
                    log.remove()
    _tell(summary, found, facts_name)


def _client() -> Client:
    def tell(reason: str, wait: float) -> None:
        say(f"{reason}: trying again in {wait:g} s")

    return Client(credentials=read_credentials(os.environ), on_retry=tell)


def _withdraw(
    client: Client, found: Endpoints, documents: list[str], *, facts_name: str | None, dry_run: bool, base: str
) -> None:
    for document in documents:
        check_graph_name(document)
        say(f"{'would withdraw' if dry_run else 'withdrawing'} {document}")
    if dry_run:
        return
    with Bundle(base=base) as ontology:
        ontology.fill(())
        withdraw_documents(client, found, documents, facts_graph=facts_name, ontology=ontology)


def _run(
    client: Client, found: Endpoints, bundle: Bundle, plan: LoadPlan, log: Journal, *, chunk_bytes: int
) -> LoadSummary:
    with _progress(sum(p.triples for p in bundle.parcels)) as bar:
        return load_bundle(client, found, bundle, plan, log, chunk_bytes=chunk_bytes, on_triples=bar.add)


class _Bar:
    """Counts triples: on a terminal in a bar, else in a line for each tenth."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self._total, self._progress = total, progress
        self._task = progress.add_task("loading", total=total) if progress else None
        self._done = self._told = 0

    def add(self, triples: int) -> None:
        self._done += triples
        if self._progress is not None and self._task is not None:
            self._progress.advance(self._task, triples)
        elif self._done * _LINES_OF_PROGRESS // max(self._total, 1) > self._told and self._done < self._total:
            self._told = self._done * _LINES_OF_PROGRESS // self._total
            say(f"{self._done} of {self._total} triples")


@contextmanager
def _progress(total: int) -> Iterator[_Bar]:
    out = console()
    if not out.is_terminal:
        yield _Bar(total, None)
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=out, transient=True) as progress:
        yield _Bar(total, progress)


def _tell_store(found: Endpoints) -> None:
    if found.data is not None:
        how = f"Graph Store Protocol at {found.data}"
    elif found.update is not None:
        how = f"SPARQL Update at {found.update}"
    else:
        how = f"queries at {found.query}; how it takes writes is not tried in a dry run"
    say(f"{found.product or 'a store without a name'}: {how}")


def _tell_plan(bundle: Bundle, plan: LoadPlan) -> None:
    documents = bundle.documents
    others = [p for p in bundle.parcels if not p.is_document and p.graph != FACTS]
    new = sum(plan.is_new(p) for p in documents)
    parts = []
    if documents:
        noun = "document" if len(documents) == 1 else "documents"
        parts.append(f"{len(documents)} {noun}, {new} of them new to the store")
    parts += [f"{p.triples} triples for the graph {p.graph}" for p in others]
    if bundle.facts is not None:
        parts.append(f"{bundle.facts.triples} facts for {plan.facts_graph or 'the default graph'}")
    total = sum(p.triples for p in bundle.parcels)
    say(f"{total} triples: {'; '.join(parts)}")
    if plan.other_documents:
        say(f"{plan.other_documents} other documents of the store stay as they are")


def _tell(summary: LoadSummary, found: Endpoints, facts_graph: str | None) -> None:
    if summary.differences:
        for difference in summary.differences:
            say(f"differs: {difference}")
        if summary.differing > len(summary.differences):
            say(f"... and {summary.differing - len(summary.differences)} more")
        raise OnlineError(
            f"{summary.differing} differences between what was sent and what is there",
            hint="run the same command again: what differs is sent anew; if that changes nothing, "
            "docs/triple-stores.md tells how stores spell values",
        )
    skipped = f", {summary.skipped} were there from an earlier run" if summary.skipped else ""
    say(f"loaded {summary.triples} triples: {summary.written} graphs written, {summary.replaced} replaced{skipped}")
    say("counts of all graphs are as sent")
    if not found.has_union and found.product and facts_graph is None and not found.is_armsgraph:
        say("a plain query sees the facts here, and no evidence: docs/triple-stores.md says how to ask over all graphs")
