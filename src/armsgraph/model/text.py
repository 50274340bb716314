"""Documents, spans and the parse."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Document", "Furniture", "Parse", "PartialDate", "Sentence", "Span", "Token"]

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of `Document.text`: code points, `start` included, `end` excluded."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"no such span: {self.start}-{self.end}")

    def contains(self, other: Span) -> bool:
        """Say whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Say whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class PartialDate:
    """A date with the precision of the text: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`."""

    value: str

    def __post_init__(self) -> None:
        if not _DATE.fullmatch(self.value):
            raise ValueError(f"no ISO 8601 date of year, month or day: {self.value!r}")

    @property
    def precision(self) -> str:
        """`year`, `month` or `day`."""
        return {4: "year", 7: "month", 10: "day"}[len(self.value)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Furniture:
    """A part of the page that is no news: it is kept in the text and never yields a fact."""

    span: Span
    kind: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One article as stored.

    Attributes:
        id: The user's id, else the file's stem (with `#n` for the n-th record of a JSONL file without ids).
        key: `<slug of id>-<first 8 hex digits of sha256>`: unique and stable, used in minted ids.
        text: The stored text, to which every offset refers. Line ends are LF.
        sha256: Of `text` as UTF-8, lower-case hex.
        published: Date of publication; relative dates are resolved against it.
        encoding: What the bytes were decoded from, e.g. `utf-8`, `utf-8-sig`, `utf-16`, `cp1252`.
        media_type: `text/plain`, `text/html`, `text/markdown`, `application/pdf`, `application/jsonl`.
        location: Where it was read from, for messages: path, `path:line`, or `-`. Not part of the graph.
        furniture: Parts that are no news, in text order, not overlapping.
    """

    id: str
    key: str
    text: str
    sha256: str
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: PartialDate | None = None
    language: str = "en"
    encoding: str = "utf-8"
    media_type: str = "text/plain"
    location: str = "-"
    furniture: tuple[Furniture, ...] = ()

    def quote(self, span: Span) -> str:
        """Return the characters of a span."""
        return self.text[span.start : span.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One token. Without a statistical model `pos`, `tag`, `dep` are empty and `head` is the token itself."""

    i: int
    span: Span
    text: str
    lemma: str
    pos: str = ""
    tag: str = ""
    dep: str = ""
    head: int
    sentence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """Tokens `first` (included) to `last` (excluded) of the parse."""

    i: int
    span: Span
    first: int
    last: int
    paragraph: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Parse:
    """Tokens and sentences of one document; `model` is None when no model ran."""

    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    model: str | None = None
