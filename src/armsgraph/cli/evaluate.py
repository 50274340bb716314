"""`armsgraph evaluate`: the extractor against gold annotations."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Annotated

import typer

from armsgraph.cli.console import progress_bar, say, write_text_file
from armsgraph.errors import InputError
from armsgraph.evaluation import (
    GoldText,
    calibrate,
    calibration_lines,
    count_errors,
    count_rules,
    error_count_lines,
    error_lines,
    figure_lines,
    judge_texts,
    plain_report,
    read_gold_folders,
    rule_lines,
    sum_up,
)
from armsgraph.pipeline import load_tools

__all__ = ["evaluate", "register"]

_KINDS_SHOWN = 15


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("evaluate")(evaluate)


def evaluate(
    gold: Annotated[
        list[Path], typer.Argument(help="Folders of pairs NAME.txt, NAME.json.", exists=True, file_okay=False)
    ],
    errors: Annotated[
        bool, typer.Option("--errors", help="List every wrong and missed fact with its sentence and rule.")
    ] = False,
    only: Annotated[
        str | None, typer.Option("--only", metavar="REGEX", help="Texts whose id has this regular expression in it.")
    ] = None,
    json_file: Annotated[
        Path | None, typer.Option("--json", dir_okay=False, help="Write figures and errors for machines.")
    ] = None,
    data: Annotated[list[Path] | None, typer.Option("--data", help="Folder with lists of your own.")] = None,
) -> None:
    """Measure precision, recall and F1 against annotated texts."""
    texts = _choose(read_gold_folders(gold), only)
    tools = load_tools(overlays=tuple(data or ()))
    with progress_bar() as bar:
        results = tuple(judge_texts(texts, tools, on_text=bar.advance))
    judgements = [judgement for result in results for judgement in result.judgements]
    tables = [
        figure_lines(sum_up(judgements)),
        calibration_lines(calibrate(judgements)),
        error_count_lines(count_errors(judgements), limit=_KINDS_SHOWN),
    ]
    if errors:
        tables += [rule_lines(count_rules(judgements)), error_lines(judgements)]
    blocks = ["\n".join(table) for table in tables]
    typer.echo("\n\n".join(block for block in blocks if block))
    if json_file is not None:
        report = plain_report(judgements, texts=len(results))
        write_text_file(json_file, json.dumps(report, ensure_ascii=False, indent=1) + "\n")
        say(f"wrote {json_file}")
    number = f"{len(results)} text" + ("" if len(results) == 1 else "s")
    say(f"{number}; an F1 on texts that rules were fitted on says little about other texts")


def _choose(texts: tuple[GoldText, ...], only: str | None) -> tuple[GoldText, ...]:
    if only is None:
        return texts
    try:
        wanted = re.compile(only)
    except re.error as error:
        raise InputError(f"not a regular expression: {error}", where="--only", hint=f"got {only!r}") from error
    chosen = tuple(text for text in texts if wanted.search(text.id))
    if not chosen:
        raise InputError("no text has such an id", where="--only", hint=f"ids look like {texts[0].id!r}")
    return chosen
