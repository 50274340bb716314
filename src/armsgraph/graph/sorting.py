"""Sorts any number of lines in bounded memory."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import IO

__all__ = ["LineSorter"]

_CHUNK_CHARS = 24_000_000
_MOST_FILES = 64


class LineSorter:
    """Takes lines in any order and gives them back sorted by code point, each once.

    Lines are held in memory up to `chunk_chars` characters, then sorted and spilled to a temporary file; the files
    are merged when the lines are read. Lines hold no line ends. Use it in a `with` block: leaving it removes the files.
    """

    def __init__(self, *, chunk_chars: int = _CHUNK_CHARS, most_files: int = _MOST_FILES) -> None:
        self._chunk_chars = chunk_chars
        self._most_files = most_files
        self._lines: list[str] = []
        self._chars = 0
        self._files: list[Path] = []
        self._made = 0
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def __enter__(self) -> LineSorter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def add(self, lines: Iterable[str]) -> None:
        """Take lines; each may come any number of times."""
        for line in lines:
            self._lines.append(line)
            # a line costs its characters and about 60 bytes of Python object
            self._chars += len(line) + 60
            if self._chars >= self._chunk_chars:
                self._spill()

    def __iter__(self) -> Iterator[str]:
        """Yield the lines sorted, each once. May be walked again, also after more lines were added."""
        self._lines.sort()
        last = None
        if not self._files:
            for line in self._lines:
                if line != last:
                    yield line
                last = line
            return
        for line in self._merged([*self._files], self._lines):
            yield line

    def close(self) -> None:
        """Forget the lines and remove the temporary files."""
        self._lines = []
        self._files = []
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def _spill(self) -> None:
        self._lines.sort()
        self._files.append(self._write(iter(self._lines)))
        self._lines = []
        self._chars = 0
        if len(self._files) >= self._most_files:
            merged = self._write(self._merged(self._files, []))
            for path in self._files:
                path.unlink()
            self._files = [merged]

    def _write(self, lines: Iterator[str]) -> Path:
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="armsgraph-")
        self._made += 1
        path = Path(self._folder.name) / f"{self._made}.txt"
        last = None
        with path.open("w", encoding="utf-8", newline="\n") as file:
            for line in lines:
                if line != last:
                    file.write(line + "\n")
                last = line
        return path

    @staticmethod
    def _merged(paths: list[Path], lines: list[str]) -> Iterator[str]:
        files: list[IO[str]] = []
        try:
            for path in paths:
                files.append(path.open(encoding="utf-8", newline="\n"))
            last = None
            for line in heapq.merge(*(_stripped(file) for file in files), lines):
                if line != last:
                    yield line
                last = line
        finally:
            for file in files:
                file.close()


def _stripped(file: IO[str]) -> Iterator[str]:
    for line in file:
        yield line[:-1]
