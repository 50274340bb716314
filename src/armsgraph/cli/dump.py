"""`armsgraph dump`: a store or a graph file in another format."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from armsgraph.cli.console import say
from armsgraph.errors import InputError
from armsgraph.graph import FORMATS, GraphBuilder, format_of, read_lines, write_file, write_stream
from armsgraph.store import open_graph
from armsgraph.vocab import DEFAULT_BASE

__all__ = ["dump", "register"]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("dump")(dump)


def dump(
    graph: Annotated[Path, typer.Argument(help="Folder of a store, or a graph file (ttl nt nq trig jsonld rdf).")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Graph file; the format is its extension.")
    ] = None,
    format: Annotated[
        str | None, typer.Option("--format", help="Format of what goes to standard output (default ttl).")
    ] = None,
    with_ontology: Annotated[bool, typer.Option("--with-ontology", help="The ontology of the store too.")] = False,
    base: Annotated[str, typer.Option("--base", help="IRI in front of the ids of the graph.")] = DEFAULT_BASE,
) -> None:
    """Write a store or a graph as a file, sorted, the same bytes each time."""
    if format is not None and format not in FORMATS:
        raise InputError(f"no graph format {format!r}", where="--format", hint=f"use one of {', '.join(FORMATS)}")
    kind = format or (format_of(output) if output is not None else "ttl")
    opened = open_graph(graph)
    with GraphBuilder(base=base) as builder:
        builder.add_lines(read_lines(opened.quads(with_ontology=with_ontology)))
        if output is None:
            write_stream(builder.lines(), sys.stdout.buffer, format=kind, base=base)
        else:
            write_file(builder.lines(), output, base=base, format=kind)
            say(f"wrote {output}")
