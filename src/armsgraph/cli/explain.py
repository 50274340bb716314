"""`armsgraph explain`: every fact of a node with the sentence that says it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from armsgraph.explain import explain as explain_node
from armsgraph.explain import render_explanation
from armsgraph.store import open_graph
from armsgraph.vocab import DEFAULT_BASE

__all__ = ["explain", "register"]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("explain")(explain)


def explain(
    iri: Annotated[str, typer.Argument(help="The node: IRI, short form (deal:...), local id (deal/...) or a label.")],
    graph: Annotated[Path, typer.Argument(help="Graph file (ttl nt nq trig jsonld rdf) or folder of a store.")],
    base: Annotated[str, typer.Option("--base", help="IRI in front of the ids of the graph.")] = DEFAULT_BASE,
) -> None:
    """Print every fact about a node with its sentence, its rule, and what contradicts it."""
    typer.echo(render_explanation(explain_node(open_graph(graph), iri, base=base), base=base), nl=False)
