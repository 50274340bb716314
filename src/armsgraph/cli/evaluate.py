"""`armsgraph evaluate`: the extractor against gold annotations."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from armsgraph.claims import make_claims
from armsgraph.cli.console import say
from armsgraph.documents import Record, make_document
from armsgraph.evaluation import Tally, compare, read_gold_folder, sheet_of_extraction
from armsgraph.pipeline import extract_many, load_tools

__all__ = ["evaluate", "register"]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("evaluate")(evaluate)


def evaluate(
    gold: Annotated[Path, typer.Argument(help="Folder of pairs NAME.txt, NAME.json.", exists=True, file_okay=False)],
    errors: Annotated[bool, typer.Option("--errors", help="List every wrong and missed fact with its words.")] = False,
    data: Annotated[list[Path] | None, typer.Option("--data", help="Folder with lists of your own.")] = None,
) -> None:
    """Measure precision, recall and F1 against annotated texts."""
    tools = load_tools(overlays=tuple(data or ()))
    texts = read_gold_folder(gold)
    documents = [
        make_document(Record(id=t.id, text=t.text, published=t.published, location=str(gold)), tools.furniture)
        for t in texts
    ]
    tally = Tally()
    for text, extraction in zip(texts, extract_many(documents, tools), strict=True):
        _nodes, claims = make_claims(extraction)
        compare(text.id, text.sheet, sheet_of_extraction(extraction, claims), tally)
    typer.echo(f"{'':36}{'P':>7}{'R':>7}{'F1':>7}{'right':>7}{'said':>7}{'gold':>7}")
    for key, figures in tally.figures().items():
        typer.echo(
            f"{key:36}{figures.precision:7.3f}{figures.recall:7.3f}{figures.f1:7.3f}"
            f"{figures.right:7}{figures.said:7}{figures.gold:7}"
        )
    if errors:
        typer.echo()
        for line in sorted(tally.errors):
            typer.echo(line)
    say(f"{len(texts)} texts; an F1 on texts that rules were fitted on says little about other texts")
