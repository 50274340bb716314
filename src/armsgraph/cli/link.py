"""`armsgraph link`: the links of a graph to Wikidata, looked up, reviewed, and written for curators."""

from __future__ import annotations

import getpass
import os
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from armsgraph.cli.console import say, write_text_file
from armsgraph.curation import (
    GraphReader,
    LinkedEntity,
    OnlineFinding,
    Verdict,
    background_lines,
    claim_lines,
    look_up,
    quickstatements,
    review,
    sssom_lines,
    unlinked_csv,
)
from armsgraph.errors import InputError
from armsgraph.gate import load_gate, report_text
from armsgraph.graph import GraphBuilder, format_of, read_lines, write_file
from armsgraph.lexicon.gazetteer import Gazetteer, load_gazetteer
from armsgraph.lexicon.wikidata_classes import load_wikidata_classes
from armsgraph.model import EntityType, LinkDecision
from armsgraph.store import OpenGraph, open_graph, write_store
from armsgraph.vocab import DEFAULT_BASE
from armsgraph.wikidata import API, SPARQL, Asker, Cache, HttpTransport, Item, WikidataClient, user_agent

__all__ = ["link", "register"]

_LICENSE = "https://creativecommons.org/publicdomain/zero/1.0/"
_NAMED = ("nq", "trig")
_ANSWERS = {
    "s": LinkDecision.SAME,
    "same": LinkDecision.SAME,
    "d": LinkDecision.DIFFERENT,
    "different": LinkDecision.DIFFERENT,
}


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("link")(link)


def link(
    graph: Annotated[Path, typer.Argument(help="Graph file (ttl nt nq trig jsonld rdf) or folder of a store.")],
    online: Annotated[bool, typer.Option("--online", help="Look up in Wikidata what has no sure link.")] = False,
    contact: Annotated[
        str, typer.Option("--contact", help="E-mail or web address of yours that Wikidata can reach you by.")
    ] = "",
    cache: Annotated[Path | None, typer.Option("--cache", help="Folder where answers of Wikidata are kept.")] = None,
    language: Annotated[
        list[str] | None, typer.Option("--language", help="Code of a language for labels, beside en.")
    ] = None,
    api: Annotated[str, typer.Option("--api", help="Address of the MediaWiki API.")] = API,
    sparql: Annotated[str, typer.Option("--sparql", help="Address of the query service.")] = SPARQL,
    pace: Annotated[float, typer.Option("--pace", min=0, help="Least seconds between two requests.")] = 0.5,
    timeout: Annotated[float, typer.Option("--timeout", min=0.1, help="Seconds to wait for an answer.")] = 60.0,
    background: Annotated[
        bool, typer.Option("--background", help="Add what the lists know of linked items, in a graph of its own.")
    ] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Graph file to write with what was added.")
    ] = None,
    store: Annotated[Path | None, typer.Option("--store", help="Folder of an Oxigraph store to write.")] = None,
    ask: Annotated[bool, typer.Option("--review", help="Ask you about each unsure link.")] = False,
    links: Annotated[Path, typer.Option("--links", help="File of your decisions.")] = Path("links.tsv"),
    by: Annotated[str, typer.Option("--by", help="Who decides; your login name by default.")] = "",
    sssom: Annotated[Path | None, typer.Option("--sssom", help="Write all links as SSSOM mappings (TSV).")] = None,
    unlinked: Annotated[
        Path | None, typer.Option("--unlinked", help="Write the entities without a sure link as CSV.")
    ] = None,
    statements: Annotated[
        Path | None, typer.Option("--quickstatements", help="Write facts as QuickStatements for you to check and run.")
    ] = None,
    retrieved: Annotated[
        str, typer.Option("--retrieved", help="Day the articles were retrieved; today by default.")
    ] = "",
    data: Annotated[list[Path] | None, typer.Option("--data", help="Folder with lists of your own.")] = None,
    base: Annotated[str, typer.Option("--base", help="IRI in front of the ids of the graph.")] = DEFAULT_BASE,
) -> None:
    """Tell the links of a graph to Wikidata; look up, review or write them for curators."""
    today = datetime.now(UTC).date().isoformat()
    _check(output, store, retrieved, adds=online or background, background=background)
    agent = user_agent(contact) if online else ""
    opened = open_graph(graph)
    reader = GraphReader(opened, base=base)
    gazetteer = load_gazetteer(overlays=tuple(data or ()))
    entities = reader.entities()
    if ask:
        _review(reader, gazetteer, links, by=by or _login_name(), date=today)
        return
    finding = OnlineFinding()
    if online:
        also = [k.qid for e in entities for k in e.links if k.match != "closeMatch"] if background else []
        with Cache(cache or _default_cache()) as kept:
            transport = HttpTransport(user_agent=agent, timeout_s=timeout)
            asker = Asker(transport, kept, sleep=time.sleep, pace_s=pace)
            client = WikidataClient(asker, api=api, sparql=sparql, languages=tuple(language or ()))
            finding = look_up(reader, entities, client, gazetteer, load_wikidata_classes(), also=also)
            transport.close()
        _tell_online(finding, asker)
    if output is not None or store is not None:
        _write(opened, finding, entities, gazetteer, output, store, base=base, background=background)
    for path, content in _files(reader, entities, gazetteer, sssom, unlinked, base=base, date=today).items():
        write_text_file(path, content)
        say(f"wrote {path}")
    if statements is not None:
        commands = quickstatements(reader, retrieved=retrieved or today)
        write_text_file(statements, "".join(line + "\n" for line in commands.lines))
        if commands.without_address:
            say(f"{commands.without_address} facts left out: their documents have no web address")
        say(f"wrote {statements}: {len(commands.lines)} statements for you to check before you run them")
    if not any((online, background, sssom, unlinked, statements)):
        _tell(entities)


def _check(output: Path | None, store: Path | None, retrieved: str, *, adds: bool, background: bool) -> None:
    if (output is not None or store is not None) and not adds:
        raise InputError("nothing would be added to the graph", hint="give --online or --background with --output")
    if background and output is None and store is None:
        raise InputError("--background needs a graph to write", hint="give --output FILE.nq, FILE.trig, or --store DIR")
    if background and output is not None and format_of(output) not in _NAMED:
        raise InputError(
            "this format has no named graphs, background would look like what texts say",
            where=str(output),
            hint=f"use one of {', '.join(_NAMED)}, or --store",
        )
    if retrieved:
        try:
            datetime.strptime(retrieved, "%Y-%m-%d").replace(tzinfo=UTC)
        except ValueError as error:
            raise InputError(f"no day: {retrieved!r}", where="--retrieved", hint="write it as 2026-03-09") from error


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, ImportError, OSError) as error:
        raise InputError("your login name is not known", hint="say who decides with --by") from error


def _default_cache() -> Path:
    home = os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "armsgraph" / "wikidata"


def _review(reader: GraphReader, gazetteer: Gazetteer, path: Path, *, by: str, date: str) -> None:
    summary = review(reader, path, gazetteer, by=by, date=date, ask=_ask)
    say(f"{summary.same} same, {summary.different} different, {summary.skipped} skipped, {summary.left} left")
    if summary.same or summary.different:
        say(f"wrote {path}; later builds follow it with: --links {path}")


def _ask(question: str) -> Verdict:
    typer.echo(question)
    while True:
        try:
            said = typer.prompt(
                "  same, different, skip or quit (s/d/Enter/q), and a note", default="", show_default=False
            )
        except typer.Abort:
            return Verdict(is_last=True)
        word, _, note = said.strip().partition(" ")
        if not word:
            return Verdict()
        if word.lower() in ("q", "quit"):
            return Verdict(is_last=True)
        if word.lower() in _ANSWERS:
            return Verdict(decision=_ANSWERS[word.lower()], note=note.strip())
        typer.echo(f"  no answer: {word!r}")


def _write(
    opened: OpenGraph,
    finding: OnlineFinding,
    entities: Sequence[LinkedEntity],
    gazetteer: Gazetteer,
    output: Path | None,
    store: Path | None,
    *,
    base: str,
    background: bool,
) -> None:
    with GraphBuilder(base=base) as builder:
        builder.add_lines(read_lines(opened.quads()))
        builder.add_lines(claim_lines(finding.links, base=base))
        if background:
            qids = {k.qid for e in entities for k in e.links if k.match != "closeMatch"}
            qids |= {k.item.qid for k in finding.links if k.decision is LinkDecision.SAME}
            items: Mapping[str, Item] = finding.items
            builder.add_lines(background_lines(qids, gazetteer, items, base=base))
        report = load_gate().check_lines(builder.lines())
        if not report.conforms:
            say(report_text(report.results[:20]).rstrip())
            say("nothing written: the graph would not conform")
            raise typer.Exit(1)
        if output is not None:
            write_file(builder.lines(), output, base=base)
            say(f"wrote {output}")
        if store is not None:
            write_store(builder.lines(), store)
            say(f"wrote {store}")


def _files(
    reader: GraphReader,
    entities: Sequence[LinkedEntity],
    gazetteer: Gazetteer,
    sssom: Path | None,
    unlinked: Path | None,
    *,
    base: str,
    date: str,
) -> dict[Path, str]:
    files: dict[Path, str] = {}
    if sssom is not None:
        lines = sssom_lines(reader, gazetteer, base=base, date=date, license=_LICENSE)
        files[sssom] = "".join(line + "\n" for line in lines)
    if unlinked is not None:
        files[unlinked] = unlinked_csv(reader, entities, gazetteer)
    return files


def _tell_online(finding: OnlineFinding, asker: Asker) -> None:
    for found in finding.links:
        say(f"{found.entity.id}  {found.decision.value}  {found.item.qid} {found.item.label}")
        say(f"  {found.reason}")
    if finding.unknown_classes:
        say(f"not used, as the items do not bear their labels any more: {', '.join(finding.unknown_classes)}")
    counts = Counter(k.decision for k in finding.links)
    say(
        f"{finding.asked} entities looked up, {counts[LinkDecision.SAME]} same, {counts[LinkDecision.UNSURE]} unsure; "
        f"{asker.sent} requests sent, {asker.from_cache} answered from the cache"
    )


def _tell(entities: Sequence[LinkedEntity]) -> None:
    """Print the links of the graph by type."""
    rows: list[tuple[str, ...]] = [("type", "entities", "same", "unsure", "family", "none")]
    for type_ in EntityType:
        mine = [e for e in entities if e.type is type_]
        if not mine:
            continue
        exact = [e for e in mine if e.exact is not None]
        rest = [e for e in mine if e.exact is None]
        family = [e for e in rest if any(k.match == "broadMatch" for k in e.links)]
        unsure = [e for e in rest if e not in family and e.links]
        counts = (len(mine), len(exact), len(unsure), len(family), len(rest) - len(family) - len(unsure))
        rows.append((type_.value, *map(str, counts)))
    for row in rows:
        typer.echo(row[0].ljust(28) + "".join(cell.rjust(9) for cell in row[1:]))
