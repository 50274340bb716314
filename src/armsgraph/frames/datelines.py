"""Datelines ("KOLKATA, May 24 --"): place and day are those of the report, and of nothing in it."""

from __future__ import annotations

import re

from armsgraph.model import DateValue, Mention, Sentence, Span
from armsgraph.syntax import Tree

__all__ = ["is_dateline", "is_written_from"]

_REACH = 60
# What stands between the place a paragraph is written from and its first word.
_BEHIND_PLACE = re.compile(r"(?:, [^,;:–—-]{3,20}| \([^)]*\))?\s*(?:—|–|--|-)\s")


def is_dateline(tree: Tree, date: DateValue) -> bool:
    """Say whether a date stands before the dash of "KOLKATA, May 24 --": the day of the report."""
    text = tree.document.text
    start = text.rfind("\n", 0, date.span.start) + 1
    if date.span.start - start > _REACH or _verb_before(tree, start, date.span):
        return False
    behind = text[date.span.end : date.span.end + 30].split("\n")[0].lstrip()
    is_numbered = date.kind != "relative" or any(c.isdigit() for c in date.as_written)
    return is_numbered and behind.startswith(("--", "—", "–", "-", "(", ":"))


def is_written_from(tree: Tree, sentence: Sentence, mention: Mention) -> bool:
    """Say whether a name opens a paragraph as the place it is written from ("SINGAPORE - ", "KENYA, May 8 - ")."""
    is_first = sentence.i == 0 or tree.parse.sentences[sentence.i - 1].paragraph != sentence.paragraph
    behind = tree.document.text[mention.span.end : sentence.span.end]
    return is_first and mention.span.start == sentence.span.start and _BEHIND_PLACE.match(behind) is not None


def _verb_before(tree: Tree, start: int, span: Span) -> bool:
    """Say whether a verb stands between the start of a line and a date ("signed two contracts on 3 May:")."""
    return start < span.start and any(t.pos in {"VERB", "AUX"} for t in tree.tokens_in(Span(start, span.start)))
