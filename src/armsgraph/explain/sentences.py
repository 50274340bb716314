"""Cuts the sentence around a quotation out of a text."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Sentence", "sentence_around"]

_REACH = 600
_CLOSING = r"[\"'”’)\]]*"
# A full stop behind a short capitalised word ("Gen.", "Rs.", "U.S.") more often shortens it than ends a sentence.
_STOP = r"(?:(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z][a-z])\.|[!?…])"
_BREAK = re.compile(rf"{_STOP}{_CLOSING}\s+(?=[“\"'‘(\[]*[A-Z0-9])|\n+")
_END = re.compile(rf"{_STOP}{_CLOSING}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """The quotation and what stands before and behind it in its sentence, as in the text."""

    before: str
    quote: str
    after: str

    @property
    def text(self) -> str:
        """The whole sentence on one line."""
        return " ".join(f"{self.before}{self.quote}{self.after}".split())


def sentence_around(text: str, start: int, end: int) -> Sentence:
    """Return the sentence around `text[start:end]`, at most 600 characters either way.

    A quotation that runs over several sentences has them all.
    """
    low = max(0, start - _REACH)
    first = low
    # look one character into the quotation: it may start right behind the break
    for found in _BREAK.finditer(text, low, min(len(text), start + 1)):
        if found.end() <= start:
            first = found.end()
    last = end
    if not _END.search(text[start:end]):
        high = min(len(text), end + _REACH)
        behind = _BREAK.search(text, end, high)
        last = high if behind is None else behind.end()
    return Sentence(before=text[first:start].lstrip(), quote=text[start:end], after=text[end:last].rstrip())
