"""`armsgraph export`: a graph in the forms of people who do not speak RDF."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from armsgraph.cli.console import say
from armsgraph.errors import InputError
from armsgraph.exporting import EXPORTS, ExportOptions, export_graph
from armsgraph.store import open_graph

__all__ = ["export", "register"]

_NAMES = ", ".join(EXPORTS)


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("export")(export)


def export(
    graph: Annotated[Path | None, typer.Argument(help="Graph file or folder of a store.")] = None,
    format: Annotated[str | None, typer.Option("--format", help=f"What to write: {_NAMES}.")] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="File, by extension (.gz or .zst behind it compresses); neo4j: a folder."),
    ] = None,
    list_formats: Annotated[bool, typer.Option("--list", help="List what can be written and stop.")] = False,
    bom: Annotated[bool, typer.Option("--bom", help="Start CSV with the mark by which Excel knows UTF-8.")] = False,
    date: Annotated[
        str | None,
        typer.Option("--date", help="Day of the export, for OCDS (default: the latest day an article was published)."),
    ] = None,
    ocid_prefix: Annotated[
        str, typer.Option("--ocid-prefix", help="Your registered prefix of contracting processes, for OCDS.")
    ] = ExportOptions().ocid_prefix,
) -> None:
    """Write deals, claims or the network of a graph for spreadsheets, Aleph, Gephi, Neo4j and procurement tools."""
    if list_formats:
        for known in EXPORTS.values():
            files = " ".join(known.extensions) or "folder"
            typer.echo(f"{known.name:16} {files:16} {known.title}")
        return
    if graph is None or format is None:
        missing = "graph" if graph is None else "--format"
        raise InputError(f"no {missing} given", hint="armsgraph export GRAPH --format NAME --output FILE; --list")
    options = ExportOptions(with_bom=bom, day=date, ocid_prefix=ocid_prefix)
    summary = export_graph(open_graph(graph), format, output=output, stream=sys.stdout.buffer, options=options)
    for reason in summary.left_out:
        say(f"left out: {reason}")
    plural = summary.unit[:-1] + "ies" if summary.unit.endswith("y") else summary.unit + "s"
    counted = f"{summary.count:,} {summary.unit if summary.count == 1 else plural}"
    say(f"wrote {counted}" + (f" to {', '.join(map(str, summary.files))}" if summary.files else ""))
