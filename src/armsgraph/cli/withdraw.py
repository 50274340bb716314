"""`armsgraph withdraw`: takes documents out of a store, with all that only they say."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from armsgraph.cli.console import say
from armsgraph.explain import resolve_name
from armsgraph.store import open_graph, withdraw_document
from armsgraph.vocab import DEFAULT_BASE

__all__ = ["register", "withdraw"]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("withdraw")(withdraw)


def withdraw(
    store: Annotated[Path, typer.Argument(help="Folder of the store.")],
    documents: Annotated[
        list[str], typer.Argument(help="Documents: IRI, short form (doc:...), local id (document/...) or label.")
    ],
    base: Annotated[str, typer.Option("--base", help="IRI in front of the ids of the graph.")] = DEFAULT_BASE,
) -> None:
    """Take documents out of a store: their evidence, the facts that only they hold true, the nodes only they name."""
    graph = open_graph(store)
    iris = [resolve_name(graph, name, base=base) for name in documents]
    del graph
    for iri in iris:
        withdraw_document(store, iri)
        say(f"withdrew {iri}")
