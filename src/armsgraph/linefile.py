"""Lets a parser read a stream of lines as if it were a file."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["LineFile"]


class LineFile:
    """A binary file to read from, made of lines without line ends that are taken one by one as they are needed."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._left = b""

    def read(self, size: int = -1) -> bytes:
        """Return at most `size` bytes of UTF-8 (all that is left for a negative size), empty at the end."""
        parts = [self._left]
        length = len(self._left)
        while size < 0 or length < size:
            line = next(self._lines, None)
            if line is None:
                break
            parts.append(line.encode("utf-8") + b"\n")
            length += len(parts[-1])
        data = b"".join(parts)
        if size < 0:
            size = len(data)
        self._left = data[size:]
        return data[:size]
