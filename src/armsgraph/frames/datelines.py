"""Days of datelines ("KOLKATA, May 24 --"): those of the report, and of nothing in it."""

from __future__ import annotations

from armsgraph.model import DateValue, Span
from armsgraph.syntax import Tree

__all__ = ["is_dateline"]

_DATELINE = 60


def is_dateline(tree: Tree, date: DateValue) -> bool:
    """Say whether a date stands before the dash of "KOLKATA, May 24 --": the day of the report."""
    text = tree.document.text
    start = text.rfind("\n", 0, date.span.start) + 1
    if date.span.start - start > _DATELINE or _verb_before(tree, start, date.span):
        return False
    behind = text[date.span.end : date.span.end + 30].split("\n")[0].lstrip()
    return behind.startswith(("--", "—", "–", "-", "(", ":")) and date.kind != "relative"


def _verb_before(tree: Tree, start: int, span: Span) -> bool:
    """Say whether a verb stands between the start of a line and a date ("signed two contracts on 3 May:")."""
    return start < span.start and any(t.pos in {"VERB", "AUX"} for t in tree.tokens_in(Span(start, span.start)))
