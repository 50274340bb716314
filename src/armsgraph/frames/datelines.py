"""Datelines ("KOLKATA, May 24 --"): place and day are those of the report, and of nothing in it."""

from __future__ import annotations

import re

from armsgraph.model import DateValue, Mention, Sentence, Span
from armsgraph.syntax import Tree

__all__ = ["is_dateline", "is_label", "is_written_from"]

_REACH = 60
# What stands between the place a paragraph is written from and its first word.
_BEHIND_PLACE = re.compile(r"(?:, [^,;:–—-]{3,20}| \([^)]*\))?\s*(?:—|–|-{1,3})\s")
_TOWN_BEFORE = re.compile(r"[A-Z][\w.' ]{1,25}, ")
_DASH = re.compile(r"\s*(?:—|–|-{1,3})\s")


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
    """Say whether a name opens a paragraph as the place it is written from.

    "SINGAPORE - ", "KENYA, May 8 - ", "NAIROBI, Kenya --- ".
    """
    is_first = sentence.i == 0 or tree.parse.sentences[sentence.i - 1].paragraph != sentence.paragraph
    behind = tree.document.text[mention.span.end : sentence.span.end]
    if not is_first:
        return False
    if mention.span.start == sentence.span.start:
        return _BEHIND_PLACE.match(behind) is not None
    before = tree.document.text[sentence.span.start : mention.span.start]
    return _TOWN_BEFORE.fullmatch(before) is not None and _DASH.match(behind) is not None


def is_label(tree: Tree, mention: Mention) -> bool:
    """Say whether a name only says what is told behind it ("KENYA - The navy ...", "Oman: talks on ...")."""
    sentence = tree.parse.sentences[tree.tokens[tree.heads[mention]].sentence]
    if is_written_from(tree, sentence, mention):
        return True
    is_first = mention.span.start == sentence.span.start
    return is_first and tree.document.text[mention.span.end : mention.span.end + 1] == ":"


def _verb_before(tree: Tree, start: int, span: Span) -> bool:
    """Say whether a verb stands between the start of a line and a date ("signed two contracts on 3 May:")."""
    return start < span.start and any(t.pos in {"VERB", "AUX"} for t in tree.tokens_in(Span(start, span.start)))
