"""Finds the headline in the stored text: figures in it are rounder and less sure than those of the body."""

from __future__ import annotations

import re

from armsgraph.model import Document, Span

__all__ = ["headline_span"]

_LINE = re.compile(r"\s*(\S[^\n]*?)[ \t]*(?:\n|$)")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")
_LONGEST = 200


def headline_span(document: Document) -> Span | None:
    """Return the first line if it is the title or reads like one (short, no full stop, more text behind), else None.

    The lines right below that read like it are its second deck.
    """
    found = _LINE.match(document.text)
    if found is None:
        return None
    line = found.group(1)
    span = Span(found.start(1), found.end(1))
    is_title = document.title is not None and _folded(line) == _folded(document.title)
    if not is_title and not _reads_like_one(document, found):
        return None
    while document.text[span.end : span.end + 1] == "\n" and document.text[span.end + 1 : span.end + 2].strip():
        more = _LINE.match(document.text, span.end)
        if more is None or not _reads_like_one(document, more):
            break
        span = Span(span.start, more.end(1))
    return span


def _reads_like_one(document: Document, line: re.Match[str]) -> bool:
    text = line.group(1)
    is_short = len(text) <= _LONGEST and not _SENTENCE_END.search(text)
    return is_short and bool(document.text[line.end(1) :].strip())


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
