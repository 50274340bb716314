"""The Typer application, and how errors become messages and exit codes."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from armsgraph.cli import build, check, dump, evaluate, explain, export, link, load, query, serve, suggest, withdraw
from armsgraph.cli.console import say_error
from armsgraph.errors import ArmsgraphError, GateError
from armsgraph.version import __version__

__all__ = ["EXIT_BAD_INPUT", "EXIT_NOT_CONFORMING", "app", "main"]

EXIT_NOT_CONFORMING = 1
EXIT_BAD_INPUT = 2

app = typer.Typer(
    name="armsgraph",
    help="Turn news about arms deals into a checked RDF graph in which every fact cites its sentence.",
    epilog="Exit codes: 0 done; 1 the graph does not conform to its shapes; 2 wrong usage or input.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
build.register(app)
check.register(app)
query.register(app)
serve.register(app)
explain.register(app)
dump.register(app)
load.register(app)
export.register(app)
evaluate.register(app)
link.register(app)
suggest.register(app)
withdraw.register(app)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"armsgraph {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command line; the entry point of the console script."""
    try:
        app()
    except ArmsgraphError as error:
        say_error(error.message, where=error.where, hint=error.hint)
        sys.exit(EXIT_NOT_CONFORMING if isinstance(error, GateError) else EXIT_BAD_INPUT)
    except BrokenPipeError:
        # the reader of our output (head, less) has gone; python would complain again while it flushes at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
