"""Finds the headline in the stored text: figures in it are rounder and less sure than those of the body."""

from __future__ import annotations

import re

from armsgraph.model import Document, Span

__all__ = ["headline_span"]

_FIRST_LINE = re.compile(r"\s*(\S[^\n]*?)[ \t]*(?:\n|$)")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")
_LONGEST = 200


def headline_span(document: Document) -> Span | None:
    """Return the first line if it is the title or reads like one (short, no full stop, more text behind), else None."""
    found = _FIRST_LINE.match(document.text)
    if found is None:
        return None
    line = found.group(1)
    span = Span(found.start(1), found.end(1))
    if document.title and _folded(line) == _folded(document.title):
        return span
    is_short = len(line) <= _LONGEST and not _SENTENCE_END.search(line)
    return span if is_short and document.text[span.end :].strip() else None


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
