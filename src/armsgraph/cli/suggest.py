"""`armsgraph suggest`: names that look like firms or weapons and stand on no list."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from armsgraph.cli.console import progress_bar, say, say_error, write_text_file
from armsgraph.documents import read_documents
from armsgraph.errors import DocumentError, InputError
from armsgraph.model import Document
from armsgraph.pipeline import load_tools
from armsgraph.suggesting import suggest_names, suggestion_lists, suggestion_rows

__all__ = ["register", "suggest"]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("suggest")(suggest)


def suggest(
    inputs: Annotated[
        list[str], typer.Argument(help="Text, Markdown, HTML, PDF or JSONL files, folders, or - for standard input.")
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Folder to write lists to that --data takes; prune them before."),
    ] = None,
    guesses: Annotated[
        bool, typer.Option("--guesses", help="Also names that build would not take for firms or weapons.")
    ] = False,
    data: Annotated[list[Path] | None, typer.Option("--data", help="Folder with lists of your own.")] = None,
) -> None:
    """List names that look like firms or weapons and stand on no list, with how often, where and why."""
    tools = load_tools(overlays=tuple(data or ()))
    documents: list[Document] = []
    skipped: list[DocumentError] = []
    with progress_bar() as bar:
        for document in read_documents(inputs, stdin=sys.stdin.buffer, lexicon=tools.furniture):
            if isinstance(document, DocumentError):
                skipped.append(document)
            else:
                documents.append(document)
                bar.advance()
        found = [s for s in suggest_names(documents, tools) if guesses or not s.is_guess]
    for error in skipped:
        say(f"skipped {error}")
    if not documents:
        say_error("nothing was read", hint="mend what is named above" if skipped else "the inputs hold no document")
        raise typer.Exit(2)
    if output is None:
        for line in suggestion_rows(found):
            typer.echo(line)
    else:
        _write(output, suggestion_lists(found))
    say(f"{len(documents)} {'document' if len(documents) == 1 else 'documents'} read: {len(found)} names on no list")
    if skipped:
        raise typer.Exit(2)


def _write(folder: Path, lists: dict[str, str]) -> None:
    """Write the lists; what a person may have pruned is not overwritten."""
    for name in lists:
        if (folder / name).exists():
            raise InputError("there is such a list already", where=str(folder / name), hint="name another folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"cannot make the folder: {error.strerror}", where=str(folder)) from error
    for name, content in lists.items():
        write_text_file(folder / name, content)
        say(f"wrote {folder / name}")
