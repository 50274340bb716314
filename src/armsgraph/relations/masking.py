"""The text with one character for each mention, so that a phrase can be matched whatever the names in it are."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from armsgraph.lexicon.relation_patterns import ADJECTIVE_PLACEHOLDER, PLACEHOLDERS
from armsgraph.model import Document, EntitySet, EntityType, Mention, MentionForm, Parse, Span

__all__ = ["Masked", "mask_document"]

# Same length on both sides, so that offsets hold.
_FOLD = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "\u00a0": " ", "\t": " "})
_ACRONYM = re.compile(r" ?\(([^()\n]{2,30})\)")
_PLURAL_OR_TAG = re.compile(r"[A-Z][A-Za-z0-9&/.-]{1,14}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Masked:
    """A masked text.

    Attributes:
        text: Letters of the document with straight quotes; each mention is one placeholder; an acronym in brackets
            behind its name is dropped.
        mentions: Mention at each placeholder's offset in `text`.
        starts, sources: Pieces of the map: masked offset of a piece, and where the piece stands in the document.
    """

    text: str
    mentions: dict[int, Mention]
    starts: Sequence[int]
    sources: Sequence[int]

    def source(self, offset: int) -> int:
        """Return the offset in the document of the character at a masked offset."""
        i = bisect_right(self.starts, offset) - 1
        return self.sources[i] + offset - self.starts[i]

    def span(self, start: int, end: int) -> Span:
        """Return the stretch of the document that a masked stretch covers, mentions whole."""
        last = self.mentions.get(end - 1)
        return Span(self.source(start), last.span.end if last else self.source(end - 1) + 1)

    def stretch(self, span: Span) -> tuple[int, int]:
        """Return the masked stretch of a span of the document."""
        return self._masked_offset(span.start), self._masked_offset(span.end)

    def _masked_offset(self, offset: int) -> int:
        i = max(bisect_right(self.sources, offset) - 1, 0)
        end = self.starts[i + 1] if i + 1 < len(self.starts) else len(self.text)
        return min(self.starts[i] + max(offset - self.sources[i], 0), end)


def mask_document(document: Document, parse: Parse, entities: EntitySet) -> Masked:
    """Mask the news part of a document; parts that are no news become line breaks."""
    text = _one_line_sentences(document.text.translate(_FOLD), parse)
    blocked = [f.span for f in document.furniture]
    types = {e.id: e.type for e in entities.entities}
    pieces: list[str] = []
    starts: list[int] = []
    sources: list[int] = []
    found: dict[int, Mention] = {}
    at, length = 0, 0

    def add(piece: str, source: int) -> None:
        nonlocal length
        if piece:
            starts.append(length)
            sources.append(source)
            pieces.append(piece)
            length += len(piece)

    previous: Mention | None = None
    for mention in _kept(entities, types, blocked):
        if mention.span.start < at:
            continue
        gap = text[at : mention.span.start]
        close = _ACRONYM.match(text, at) if previous else None
        if previous and close and close.start() == at and mention.span.end == close.end() - 1:
            if mention.entity_id == previous.entity_id and gap in (" (", "("):
                at = close.end()  # "Name (ALIAS)" is one mention
                continue
        elif previous and close and close.end() <= mention.span.start and _PLURAL_OR_TAG.match(close[1]):
            gap, at = text[close.end() : mention.span.start], close.end()
        add(gap, at)
        found[length] = mention
        add(_placeholder(mention, types), mention.span.start)
        at, previous = mention.span.end, mention
    add(text[at:], at)
    masked = "".join(pieces)
    return Masked(text=_blank(masked, starts, sources, blocked), mentions=found, starts=starts, sources=sources)


def _kept(entities: EntitySet, types: dict[str, EntityType], blocked: Sequence[Span]) -> list[Mention]:
    return [
        m
        for m in entities.mentions
        if m.entity_id in types and m.form is not MentionForm.PRONOUN and not any(b.overlaps(m.span) for b in blocked)
    ]


def _placeholder(mention: Mention, types: dict[str, EntityType]) -> str:
    if mention.form is MentionForm.ADJECTIVE or mention.entity_id is None:
        return ADJECTIVE_PLACEHOLDER
    return PLACEHOLDERS[types[mention.entity_id]]


def _one_line_sentences(text: str, parse: Parse) -> str:
    """Turn a line break inside a sentence into a space: a wrapped line does not end what is said."""
    if "\n" not in text:
        return text
    chars = list(text)
    for sentence in parse.sentences:
        at = text.find("\n", sentence.span.start, sentence.span.end)
        while at >= 0:
            chars[at] = " "
            at = text.find("\n", at + 1, sentence.span.end)
    return "".join(chars)


def _blank(masked: str, starts: Sequence[int], sources: Sequence[int], blocked: Sequence[Span]) -> str:
    """Replace what is no news by line breaks, which no phrase crosses."""
    if not blocked:
        return masked
    chars = list(masked)
    for k, start in enumerate(starts):
        end = starts[k + 1] if k + 1 < len(starts) else len(masked)
        for span in blocked:
            low, high = max(span.start - sources[k], 0), min(span.end - sources[k], end - start)
            for i in range(low, high):
                chars[start + i] = "\n"
    return "".join(chars)
