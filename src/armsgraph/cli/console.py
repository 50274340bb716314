"""What goes to standard error: messages, and a progress bar when a person is looking."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from armsgraph.errors import InputError

__all__ = ["Bar", "console", "progress_bar", "say", "say_error", "write_text_file"]


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
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=out, transient=True) as progress:
        yield Bar(progress)


def write_text_file(path: Path, text: str) -> None:
    """Write a small text file.

    Raises:
        InputError: It cannot be written there.
    """
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise InputError(f"cannot write: {error.strerror}", where=str(path), hint="check the folder") from error
