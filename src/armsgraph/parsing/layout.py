"""Splits a text into paragraphs, and overlong paragraphs into parts that a parser can hold in memory."""

from __future__ import annotations

import re
from collections.abc import Iterator

from armsgraph.model import Document, Span

__all__ = ["split_paragraphs"]

_LONGEST_PART = 4000
_WIDEST_WRAP = 130
_NARROWEST_WRAP = 40
_LINE = re.compile(r"[^\n]+")
_ITEM = re.compile(r"\s*(?:[-*•·‣▪–—]\s|\(?\d{1,2}[.)]\s|\(?[a-z][.)]\s)")
_ENDS_SENTENCE = re.compile(r"[.!?:;…][\"'”’)\]]*\s*$")
_SENTENCE_BORDER = re.compile(r"(?<=[.!?…।])[\"'”’)\]]*\s+(?=[^\sa-z])|(?<=।)")


def split_paragraphs(document: Document) -> Iterator[tuple[Span, int]]:
    """Yield the parts of a document to be parsed one by one, and the number of the paragraph each belongs to.

    Furniture is left out. Each line is a paragraph of its own (headlines and list items have no full stop), unless
    the lines around it are visibly wrapped at one width or the next one goes on in lower case.
    """
    number = 0
    for start, end in _news(document):
        for first, last in _paragraphs(document.text, start, end):
            parts = list(_parts(document.text, first, last))
            for part in parts:
                yield part, number
            number += bool(parts)


def _news(document: Document) -> Iterator[tuple[int, int]]:
    position = 0
    for piece in document.furniture:
        if position < piece.span.start:
            yield position, piece.span.start
        position = max(position, piece.span.end)
    if position < len(document.text):
        yield position, len(document.text)


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the paragraphs between two offsets: lines, joined where a line only wraps."""
    block: list[tuple[int, int]] = []
    for match in _LINE.finditer(text, start, end):
        if not match.group().strip():
            yield from _join(text, block)
            block = []
            continue
        if block and text.count("\n", block[-1][1], match.start()) > 1:
            yield from _join(text, block)
            block = []
        block.append(match.span())
    yield from _join(text, block)


def _join(text: str, block: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    if not block:
        return
    widths = sorted(len(text[a:b].rstrip()) for a, b in block)
    width = widths[-1]
    full = sum(w >= 0.8 * width for w in widths)
    is_wrapped = _NARROWEST_WRAP <= width <= _WIDEST_WRAP and len(block) > 2 and full >= len(block) // 2
    first, last = block[0]
    for start, end in block[1:]:
        line, following = text[first:last], text[start:end]
        goes_on = following.lstrip()[:1].islower() and not _ENDS_SENTENCE.search(line)
        is_full = is_wrapped and len(text[text.rfind("\n", 0, last) + 1 : last].rstrip()) >= 0.7 * width
        if (goes_on or is_full) and not _ITEM.match(following):
            last = end
        else:
            yield first, last
            first, last = start, end
    yield first, last


def _parts(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield a paragraph without outer spaces, cut at sentence-like borders where it is too long."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > _LONGEST_PART:
        limit = start + _LONGEST_PART
        cut = max((m.end() for m in _SENTENCE_BORDER.finditer(text, start + 1, limit)), default=0)
        if not cut:
            space = text.rfind(" ", start + 1, limit)
            cut = space + 1 if space > 0 else limit
        yield from _parts(text, start, cut)
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield Span(start, end)
