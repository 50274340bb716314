"""`armsgraph dump`: a store or a graph file in another format."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from armsgraph.cli.console import say
from armsgraph.dumping import DumpOptions, dump_graph
from armsgraph.errors import InputError
from armsgraph.graph import FORMATS, parse_size
from armsgraph.store import open_graph
from armsgraph.vocab import DEFAULT_BASE

__all__ = ["dump", "register"]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("dump")(dump)


def dump(
    graph: Annotated[Path, typer.Argument(help="Folder of a store, or a graph file (ttl nt nq trig jsonld rdf).")],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Graph file; the format is its extension, .gz or .zst compresses."),
    ] = None,
    format: Annotated[
        str | None, typer.Option("--format", help="Format of what goes to standard output (default ttl).")
    ] = None,
    with_ontology: Annotated[bool, typer.Option("--with-ontology", help="The ontology of the store too.")] = False,
    rdf12: Annotated[
        bool, typer.Option("--rdf12", help="RDF 1.2: each claim also reifies what it says (ttl nt nq trig).")
    ] = False,
    context_link: Annotated[
        bool, typer.Option("--context-link", help="JSON-LD names its published context instead of holding it.")
    ] = False,
    split_size: Annotated[
        str | None,
        typer.Option("--split-size", help="Write numbered files of at most this size (500k, 100MB), valid alone."),
    ] = None,
    describe: Annotated[
        Path | None, typer.Option("--describe", help="Write what the dump holds as DCAT and VoID, too (a graph file).")
    ] = None,
    licence: Annotated[
        str | None, typer.Option("--licence", help="Licence of your data, an IRI, for the description.")
    ] = None,
    download_url: Annotated[
        str | None, typer.Option("--download-url", help="Where the files will be published, for the description.")
    ] = None,
    base: Annotated[str, typer.Option("--base", help="IRI in front of the ids of the graph.")] = DEFAULT_BASE,
) -> None:
    """Write a store or a graph as a file, sorted, the same bytes each time."""
    if format is not None and format not in FORMATS:
        raise InputError(f"no graph format {format!r}", where="--format", hint=f"use one of {', '.join(FORMATS)}")
    options = DumpOptions(
        base=base,
        format=format,
        with_ontology=with_ontology,
        is_rdf12=rdf12,
        links_context=context_link,
        part_bytes=parse_size(split_size) if split_size is not None else None,
        describe=describe,
        licence=licence,
        download_url=download_url,
    )
    for path in dump_graph(open_graph(graph), output, options, stream=sys.stdout.buffer):
        say(f"wrote {path}")
    if describe is not None and licence is None:
        say("the description names no licence: --licence IRI tells who may do what with your data")
