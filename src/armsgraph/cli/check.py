"""`armsgraph check`: the gate alone, on any graph."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from armsgraph.cli.console import say, write_text_file
from armsgraph.gate import load_gate, report_text, report_turtle
from armsgraph.store import open_graph

__all__ = ["check", "register"]

_SHOWN = 50


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("check")(check)


def check(
    graph: Annotated[Path, typer.Argument(help="Graph file (ttl nt nq trig jsonld rdf) or folder of a store.")],
    report: Annotated[Path | None, typer.Option("--report", help="Write the SHACL report as Turtle.")] = None,
) -> None:
    """Check a graph against the shapes, and every quotation against its text."""
    gate = load_gate()
    opened = open_graph(graph)
    found = gate.check_quads(opened.quads())
    if report is not None:
        write_text_file(report, report_turtle(found.results))
    if found.results:
        typer.echo(report_text(found.results[:_SHOWN]).rstrip())
        if len(found.results) > _SHOWN:
            say(f"... and {len(found.results) - _SHOWN} more; --report FILE holds them all")
    verdict = "conforms" if found.conforms else "does not conform"
    say(
        f"gate ({gate.engine}): {graph} {verdict}; {found.count('Violation')} violations, "
        f"{found.count('Warning')} warnings, {found.count('Info')} notes"
    )
    if not found.conforms:
        raise typer.Exit(1)
