"""Which characters of a text already belong to a value, or to furniture."""

from __future__ import annotations

from armsgraph.model import Document, Span

__all__ = ["Taken"]


class Taken:
    """A mark for each character of one text. Local to one call of `find_values`."""

    __slots__ = ("_marks",)

    def __init__(self, document: Document) -> None:
        self._marks = bytearray(len(document.text))
        for furniture in document.furniture:
            self.mark(furniture.span.start, furniture.span.end)

    def is_free(self, start: int, end: int) -> bool:
        """Say whether no character from `start` up to `end` is marked."""
        return self._marks.find(1, start, end) < 0

    def mark(self, start: int, end: int) -> None:
        """Mark the characters from `start` up to `end`."""
        self._marks[start:end] = b"\x01" * (end - start)

    def claim(self, start: int, end: int) -> Span | None:
        """Mark a stretch and return its span, or return None when a character of it is marked already."""
        if start >= end or not self.is_free(start, end):
            return None
        self.mark(start, end)
        return Span(start, end)
