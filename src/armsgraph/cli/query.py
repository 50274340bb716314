"""`armsgraph query`: SPARQL over a file or a store."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from armsgraph.cli.console import say
from armsgraph.errors import InputError
from armsgraph.store import find_question, list_questions, open_graph, run_query, write_answer
from armsgraph.vocab import DEFAULT_BASE

__all__ = ["query", "register"]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("query")(query)


def query(
    graph: Annotated[
        Path | None, typer.Argument(help="Graph file (ttl nt nq trig jsonld rdf) or folder of a store.")
    ] = None,
    sparql: Annotated[str | None, typer.Argument(help="The query; - reads it from standard input.")] = None,
    file: Annotated[Path | None, typer.Option("--file", "-f", help="Read the query from a file.")] = None,
    named: Annotated[str | None, typer.Option("--named", help="Run one of the shipped questions.")] = None,
    list_named: Annotated[bool, typer.Option("--list", help="List the shipped questions and stop.")] = False,
    format: Annotated[str, typer.Option("--format", help="table, csv, tsv or json.")] = "table",
    base: Annotated[str, typer.Option("--base", help="IRI in front of the ids of the graph.")] = DEFAULT_BASE,
) -> None:
    """Ask a graph in SPARQL 1.1; the prefixes of our Turtle are known without being declared."""
    if list_named:
        for question in list_questions():
            typer.echo(f"{question.name:32} {question.title}")
        return
    if graph is None:
        raise InputError("no graph given", hint="armsgraph query GRAPH SPARQL, or --list for the shipped questions")
    text = _query_text(sparql, file, named)
    rows = write_answer(run_query(open_graph(graph), text, base=base), sys.stdout.buffer, format=format, base=base)
    if rows >= 0:
        say(f"{rows} {'row' if rows == 1 else 'rows'}")


def _query_text(sparql: str | None, file: Path | None, named: str | None) -> str:
    given = [source for source in (sparql, file, named) if source is not None]
    if len(given) != 1:
        raise InputError(
            "no query given" if not given else "more than one query given",
            hint="give one of SPARQL, --file FILE, --named NAME; --list shows the names",
        )
    if named is not None:
        return find_question(named).text
    if file is not None:
        try:
            return file.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"cannot read the query: {error}", where=str(file)) from error
    return sys.stdin.read() if sparql == "-" else str(sparql)
