"""`armsgraph build`: documents into a checked graph."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from armsgraph.building import BuildOptions, BuildSummary, add_stored, build_graph
from armsgraph.cli.console import progress_bar, say, say_error, write_text_file
from armsgraph.errors import InputError
from armsgraph.explain import shorten
from armsgraph.gate import report_text, report_turtle
from armsgraph.graph import FORMATS, GraphBuilder, format_of, write_file, write_stream
from armsgraph.parsing import DEFAULT_MODEL
from armsgraph.sifting import DEFAULT_MIN_CONFIDENCE
from armsgraph.store import write_store
from armsgraph.vocab import DEFAULT_BASE

__all__ = ["build", "register"]

_SHOWN = 20


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("build")(build)


def build(
    inputs: Annotated[
        list[str], typer.Argument(help="Text, Markdown, HTML, PDF or JSONL files, folders, or - for standard input.")
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Graph file; the format is its extension (ttl nt nq trig jsonld rdf)."),
    ] = None,
    store: Annotated[Path | None, typer.Option("--store", help="Folder of an Oxigraph store to write.")] = None,
    add: Annotated[bool, typer.Option("--add", help="Keep the documents that the store has already.")] = False,
    format: Annotated[
        str | None, typer.Option("--format", help="Format of what goes to standard output (default ttl).")
    ] = None,
    report: Annotated[Path | None, typer.Option("--report", help="Write the SHACL report as Turtle.")] = None,
    allow_violations: Annotated[
        bool, typer.Option("--allow-violations", help="Write the graph even if it does not conform.")
    ] = False,
    base: Annotated[str, typer.Option("--base", help="IRI in front of the ids of the graph.")] = DEFAULT_BASE,
    no_text: Annotated[
        bool, typer.Option("--no-text", help="Keep the hash of each text instead of the text itself.")
    ] = False,
    no_model: Annotated[
        bool, typer.Option("--no-model", help="Patterns alone, without the language model: finds names, no deals.")
    ] = False,
    min_confidence: Annotated[
        float,
        typer.Option("--min-confidence", min=0, max=1, help="Leave out what was read with less confidence than this."),
    ] = DEFAULT_MIN_CONFIDENCE,
    data: Annotated[list[Path] | None, typer.Option("--data", help="Folder with lists of your own.")] = None,
    links: Annotated[
        list[Path] | None, typer.Option("--links", help="File of decisions about links, as link --review writes it.")
    ] = None,
) -> None:
    """Read articles and write the graph of what they say, if it conforms to the shapes."""
    kind = _check_format(output, format)
    if add and store is None:
        raise InputError("there is no store to add to", where="--add", hint="name it with --store FOLDER")
    options = BuildOptions(
        base=base,
        store_text=not no_text,
        model=None if no_model else DEFAULT_MODEL,
        overlays=tuple(data or ()),
        links=tuple(links or ()),
        min_confidence=min_confidence,
    )
    with GraphBuilder(base=base, store_text=options.store_text) as builder:
        with progress_bar() as bar:
            summary = build_graph(inputs, builder, options, stdin=sys.stdin.buffer, on_document=bar.advance)
        if report is not None:
            write_text_file(report, report_turtle([result for result, _ in summary.results]))
        if add and store is not None:
            add_stored(builder, store)
        written = _write(builder, summary, output=output, store=store, kind=kind, base=base, allow=allow_violations)
    _tell(summary, written, options)
    if not summary.conforms and not allow_violations:
        raise typer.Exit(1)
    if summary.skipped or not summary.documents:
        raise typer.Exit(2)


def _check_format(output: Path | None, format: str | None) -> str:
    """Refuse a format we cannot write before an hour of reading, not after it."""
    if format is not None and format not in FORMATS:
        raise InputError(f"no graph format {format!r}", where="--format", hint=f"use one of {', '.join(FORMATS)}")
    if output is not None and not output.parent.is_dir():
        raise InputError("the folder of the output does not exist", where=str(output), hint=f"mkdir {output.parent}")
    return format or (format_of(output) if output is not None else "ttl")


def _write(
    builder: GraphBuilder,
    summary: BuildSummary,
    *,
    output: Path | None,
    store: Path | None,
    kind: str,
    base: str,
    allow: bool,
) -> list[str]:
    if not summary.documents or not (summary.conforms or allow):
        return []
    written = []
    if output is not None:
        write_file(builder.lines(), output, base=base, format=kind)
        written.append(str(output))
    if store is not None:
        write_store(builder.lines(), store)
        written.append(str(store))
    if output is None and store is None:
        write_stream(builder.lines(), sys.stdout.buffer, format=kind, base=base)
    return written


def _tell(summary: BuildSummary, written: list[str], options: BuildOptions) -> None:
    for error in summary.skipped:
        say(f"skipped {error}")
    if not summary.documents:
        say_error(
            f"nothing was read: {_count(len(summary.skipped), 'input')} skipped",
            hint="no graph was made; mend what is named above" if summary.skipped else "the inputs hold no document",
        )
        return
    results = [result for result, _ in summary.results]
    if results:
        sentences = {result.focus: words for result, words in summary.results}
        say(report_text(results[:_SHOWN], sentence_of=sentences.get).rstrip())
        if len(results) > _SHOWN:
            say(f"... and {len(results) - _SHOWN} more; --report FILE holds them all")
    if summary.model is None:
        say("no language model ran: names were found, deals were not read")
    say(
        f"{_count(summary.documents, 'document')} read, {len(summary.skipped)} skipped: "
        f"{_count(summary.deals, 'deal')}, "
        f"{_count(summary.entities, 'entity', 'entities')}, {_count(summary.relations, 'relation')}, "
        f"{_count(summary.claims, 'claim')}, {_count(summary.conflicts, 'conflict')}"
    )
    if summary.left_out:
        say(f"{_count(summary.left_out, 'reading')} left out: confidence below {options.min_confidence:g}")
    verdict = "conforms" if summary.conforms else "does not conform"
    say(
        f"gate ({summary.engine}): the graph {verdict}; {_count(summary.violations, 'violation')}, "
        f"{_count(summary.warnings, 'warning')}, {_count(summary.infos, 'note')}"
    )
    for path in written:
        say(f"wrote {path}")
    if not written and not summary.conforms:
        say("nothing written; mend what is named above, or write it as it is with --allow-violations")
    if written and summary.conflicts:
        _tell_conflicts(summary, written[0], options.base)


def _tell_conflicts(summary: BuildSummary, graph: str, base: str) -> None:
    """Say how to look at the conflicts: the commands, ready to be copied."""
    custom = "" if base == DEFAULT_BASE else f" --base {base}"
    say("see the conflicts:")
    for node in summary.contested:
        say(f"  armsgraph explain {shorten(base + node, base)} {graph}{custom}")
    if summary.conflicts > len(summary.contested):
        say(f"  armsgraph query {graph} --named conflicts")


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
