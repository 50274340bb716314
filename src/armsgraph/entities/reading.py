"""A document as words: where the small grammars of this stage look things up."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from armsgraph.model import Document, Mention, MentionForm, Parse, Sentence, Span

__all__ = ["Reading", "Word"]

# A word may hold inner apostrophes and dots ("M'tumuke", "U.S"); a possessive "s" and a hyphen part words.
_WORD = re.compile(r"[’']s\b|\n[\s]*|[^\W_]+(?:[’'](?!s\b)[^\W_]+|\.(?=[^\W_])[^\W_]+|&(?=\w)\w+)*|[^\w\s]|_")
_HYPHENS = frozenset("-‐‑–")


@dataclass(frozen=True, slots=True)
class Word:
    """One word, sign or line break (`lower` is "\\n"). A hyphen inside a word is no word: `is_glued` marks the next."""

    start: int
    end: int
    text: str
    lower: str
    is_glued: bool

    @property
    def is_capitalised(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[:1].isupper()


class Reading:
    """The words of one document with the mentions on them. Built once for a document, then only read.

    Attributes:
        words: All words in order.
        lowers: Their lower-case forms, for phrase tables.
    """

    def __init__(self, document: Document, parse: Parse, mentions: Iterable[Mention]) -> None:
        self.document = document
        self.text = document.text
        self.words = _split(document.text)
        self.lowers = [w.lower for w in self.words]
        self._starts = [w.start for w in self.words]
        self.sentences: tuple[Sentence, ...] = parse.sentences
        self._sentence_starts = [s.span.start for s in parse.sentences]
        self.mention_at: dict[int, Mention] = {}
        self.mentions: list[Mention] = []
        for mention in sorted(mentions, key=lambda m: (m.span, m.type.value)):
            self.add(mention)

    def add(self, mention: Mention) -> None:
        """Put a mention on the words it covers; a longer one that is there already stays."""
        self.mentions.append(mention)
        for i in self.range_of(mention.span):
            self.mention_at.setdefault(i, mention)

    def exchange(self, old: Iterable[Mention], new: Mention) -> None:
        """Put a mention in the place of shorter ones that it covers."""
        for mention in old:
            self.remove(mention)
        self.add(new)

    def remove(self, mention: Mention) -> None:
        """Take a mention off the words."""
        self.mentions = [m for m in self.mentions if m is not mention]
        for i in self.range_of(mention.span):
            if self.mention_at.get(i) is mention:
                del self.mention_at[i]

    def word_at(self, offset: int) -> int:
        """Return the index of the word that holds a character, else of the next word."""
        i = bisect_right(self._starts, offset) - 1
        if i >= 0 and self.words[i].end > offset:
            return i
        return i + 1

    def range_of(self, span: Span) -> range:
        """Return the indexes of the words that share a character with the span."""
        first = self.word_at(span.start)
        last = first
        while last < len(self.words) and self.words[last].start < span.end:
            last += 1
        return range(first, last)

    def span_of(self, first: int, last: int) -> Span:
        """Return the span of the words `first` (included) to `last` (excluded)."""
        return Span(self.words[first].start, self.words[last - 1].end)

    def lower(self, i: int) -> str:
        """Return a word in lower case; "" outside of the text."""
        return self.lowers[i] if 0 <= i < len(self.lowers) else ""

    def name_at(self, i: int) -> Mention | None:
        """Return the mention on a word, names and adjectives alike."""
        return self.mention_at.get(i)

    def end_of(self, mention: Mention) -> int:
        """Return the index behind the last word of a mention."""
        return self.range_of(mention.span).stop

    def start_of(self, mention: Mention) -> int:
        """Return the index of the first word of a mention."""
        return self.word_at(mention.span.start)

    def sentence_of(self, offset: int) -> int:
        """Return the index of the sentence around a character, -1 before the first."""
        return bisect_right(self._sentence_starts, offset) - 1

    def sentence_span(self, offset: int) -> Span:
        """Return the span of the sentence around a character."""
        i = self.sentence_of(offset)
        return self.sentences[i].span if i >= 0 else Span(0, max(1, len(self.text)))

    def paragraph_of(self, offset: int) -> int:
        """Return the number of the paragraph around a character."""
        i = self.sentence_of(offset)
        return self.sentences[i].paragraph if i >= 0 else 0

    def is_line(self, first: int, last: int) -> bool:
        """Say whether the words fill a line of their own."""
        before = first == 0 or self.lower(first - 1) == "\n"
        return before and (last >= len(self.words) or self.lower(last) == "\n")

    def names_between(self, start: int, end: int) -> Sequence[Mention]:
        """Return the names and adjectives whose span begins in a stretch of characters, by position."""
        return [
            m
            for m in self.mentions
            if start <= m.span.start < end and m.form in (MentionForm.NAME, MentionForm.ADJECTIVE)
        ]


def _split(text: str) -> list[Word]:
    words: list[Word] = []
    glue_end = -1
    for match in _WORD.finditer(text):
        piece = match.group()
        start, end = match.span()
        if piece in _HYPHENS and start > 0 and end < len(text) and text[start - 1].isalnum() and text[end].isalnum():
            glue_end = end
            continue
        if piece[0] == "\n":
            words.append(Word(start, end, "\n", "\n", False))
            continue
        words.append(Word(start, end, piece, piece.lower().replace("’", "'"), start == glue_end))
    return words
