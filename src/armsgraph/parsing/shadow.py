"""The shadow text that the parser reads in place of the original, with the way back.

The statistical parser was trained on Western news: "6,01,427 7.62x39mm assault rifles" or "Rs 1,188 crore" break its
trees, "601427 assault rifles" and "$ 1,188 million" do not. Only the parser sees the shadow.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from armsgraph.model import Document, Span, Values
from armsgraph.parsing.layout import split_paragraphs

__all__ = ["Chunk", "make_chunks"]

_INDIAN_SCALE = re.compile(r"\b(?:lakhs?|crores?|cr|lacs?|lakh crore)\b\.?", re.IGNORECASE)
_CURRENCY = re.compile(r"(?:[A-Z]{0,3}[₹$€£¥₩₪₺₽]|Rs\.?|INR|[A-Z]{3}\b)")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{2,3})+")
_SPACES = re.compile(r"\s+|[\u00ad\u200b-\u200d\ufeff]+")
_CAPITALS = re.compile(r"[^\W\d_]{2,}")
_FEWEST_CAPITALS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """A part of a document for the parser.

    Attributes:
        text: The shadow text.
        span: The part in the original text.
        paragraph: Number of its paragraph.
        holes: Calibres left out of the shadow, in the original text.
        shadow_starts: Where the runs of the shadow start, ascending, and `originals`: the stretch of the original
            that each run stands for. A run of equal length maps character by character, any other as a whole.
    """

    text: str
    span: Span
    paragraph: int
    holes: tuple[Span, ...]
    shadow_starts: tuple[int, ...]
    originals: tuple[tuple[int, int], ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Map a stretch of the shadow to the shortest stretch of the original text that holds it."""
        return self._map(start, at_end=False), self._map(end, at_end=True)

    def _map(self, offset: int, *, at_end: bool) -> int:
        run = max(bisect_right(self.shadow_starts, offset - 1 if at_end else offset) - 1, 0)
        first, last = self.originals[run]
        length = (self.shadow_starts[run + 1] if run + 1 < len(self.shadow_starts) else len(self.text)) - (
            self.shadow_starts[run]
        )
        if length == last - first:
            return first + offset - self.shadow_starts[run]
        return last if at_end else first


def make_chunks(document: Document, values: Values) -> Iterator[Chunk]:
    """Yield the parts of a document in text order, each with its shadow."""
    edits = sorted(_edits(document.text, values))
    position = 0
    for span, paragraph in split_paragraphs(document):
        while position < len(edits) and edits[position][0] < span.start:
            position += 1
        inside = []
        while position < len(edits) and edits[position][1] <= span.end:
            inside.append(edits[position])
            position += 1
        yield _chunk(document.text, span, paragraph, inside)


def _edits(text: str, values: Values) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, text in the shadow); an empty text leaves the stretch out."""
    for calibre in values.calibres:
        yield calibre.span.start, calibre.span.end, ""
    for number in values.numbers:
        yield from _figures(text, number.span, only_indian=number.grouping != "indian")
    for money in values.money:
        yield from _figures(text, money.span, only_indian=False)
        if currency := _CURRENCY.match(text, money.span.start, money.span.end):
            yield currency.start(), currency.end(), "$"


def _figures(text: str, span: Span, *, only_indian: bool) -> Iterator[tuple[int, int, str]]:
    if not only_indian:
        for match in _GROUPED.finditer(text, span.start, span.end):
            yield match.start(), match.end(), match.group().replace(",", "")
    for match in _INDIAN_SCALE.finditer(text, span.start, span.end):
        yield match.start(), match.end(), "million"


def _chunk(text: str, span: Span, paragraph: int, edits: list[tuple[int, int, str]]) -> Chunk:
    shadow: list[str] = []
    starts: list[int] = []
    originals: list[tuple[int, int]] = []
    length = 0

    def add(piece: str, first: int, last: int) -> None:
        nonlocal length
        if piece:
            shadow.append(piece)
            starts.append(length)
            originals.append((first, last))
            length += len(piece)

    def copy(first: int, last: int) -> None:
        position = first
        for match in _SPACES.finditer(text, first, last):
            add(text[position : match.start()], position, match.start())
            space = " " if match.group().strip("\u00ad\u200b\u200c\u200d\ufeff") and length else ""
            if not (shadow and shadow[-1].endswith(" ") and space):
                add(space, match.start(), match.end())
            position = match.end()
        add(text[position:last], position, last)

    position = span.start
    for first, last, replacement in edits:
        if first < position:
            continue
        copy(position, first)
        add(replacement, first, last)
        position = last
    copy(position, span.end)
    joined = "".join(shadow)
    holes = tuple(Span(first, last) for first, last, replacement in edits if not replacement)
    return Chunk(
        text=_calm(joined),
        span=span,
        paragraph=paragraph,
        holes=holes,
        shadow_starts=tuple(starts),
        originals=tuple(originals),
    )


def _calm(text: str) -> str:
    """Write a text all in capitals as a title, which the model reads better; the length stays."""
    if sum(map(str.isupper, text)) < _FEWEST_CAPITALS or any(map(str.islower, text)):
        return text

    def title(match: re.Match[str]) -> str:
        word = match.group()
        calm = word[0] + word[1:].lower()
        return calm if len(calm) == len(word) and len(word) > 3 else word

    return _CAPITALS.sub(title, text)
