"""What goes to standard error: messages, and a progress bar when a person is looking."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

__all__ = ["Bar", "console", "print_table", "progress_bar", "say", "say_error"]


def console() -> Console:
    """Return the console on standard error."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


def say(text: str = "") -> None:
    """Print a line to standard error, as it is."""
    console().print(text, markup=False)


def say_error(message: str, *, where: str | None = None, hint: str | None = None) -> None:
    """Print an error: where, what, and what to do next."""
    place = f"{where}: " if where else ""
    say(f"error: {place}{message}")
    if hint:
        say(f"  {hint}")


class Bar:
    """A progress bar that may be off; `advance` counts one document."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._task = progress.add_task("reading", total=None) if progress else None

    def advance(self) -> None:
        """Count one document."""
        if self._progress is not None and self._task is not None:
            self._progress.advance(self._task)


@contextmanager
def progress_bar() -> Iterator[Bar]:
    """Show a bar on standard error, unless that is no terminal."""
    out = console()
    if not out.is_terminal:
        yield Bar(None)
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=out, transient=True) as progress:
        yield Bar(progress)


def print_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table to standard output: a grid for a person, tab-separated lines into a pipe."""
    out = Console(highlight=False)
    if not out.is_terminal:
        print("\t".join(columns))
        for row in rows:
            print("\t".join(" ".join(cell.split()) for cell in row))
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*row)
    out.print(table)
