"""From a text and what is known about it to a `Document`: identity, dates, language, furniture."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from armsgraph.documents.furniture import mark_furniture
from armsgraph.errors import DocumentError
from armsgraph.lexicon.furniture import FurnitureLexicon
from armsgraph.model import Document, Furniture, PartialDate
from armsgraph.vocab import slug

__all__ = ["MAX_TEXT_CHARS", "Record", "make_document", "parse_published"]

MAX_TEXT_CHARS = 1_000_000
"""The longest text of one article; the parser refuses longer ones."""

_NO_TEXT_HINT = "give a file with the words of an article"
_KEY_CHARS = 48
_SAMPLE_CHARS = 20_000
_YEAR_OR_MONTH = re.compile(r"\d{4}(?:-\d\d)?")
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?)?")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x1f]+")
_LINE_END = re.compile(r"\r\n?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What a reader of one format gives: a text and what the format says about it.

    `published` is as written; `language` is None unless the format states it; `furniture` is what the format knows.
    """

    id: str
    text: str
    location: str
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    language: str | None = None
    encoding: str = "utf-8"
    media_type: str = "text/plain"
    furniture: tuple[Furniture, ...] = ()


def make_document(record: Record, lexicon: FurnitureLexicon) -> Document:
    """Store a text: normalise its line ends, mint its key, mark its furniture.

    A text whose line ends are changed must come without furniture, as its offsets would move.

    Raises:
        DocumentError: No text, too long a text, characters that no file can hold, or a bad date or address.
    """
    text = _LINE_END.sub("\n", record.text)
    _check_text(text, record.location)
    url = _one_line(record.url)
    if url and not _URL.fullmatch(url):
        raise DocumentError(
            f"{url!r} is not an address", where=record.location, hint="write it in full (https://...) or leave it out"
        )
    name = _one_line(record.id) or "document"
    furniture = mark_furniture(text, lexicon, known=record.furniture, has_markup=record.media_type == "text/markdown")
    if _is_all_furniture(text, furniture):
        raise DocumentError(
            "there is nothing in it but page furniture (menus, forms)", where=record.location, hint=_NO_TEXT_HINT
        )
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Document(
        id=name,
        key=f"{slug(name, limit=_KEY_CHARS)}-{sha256[:8]}",
        text=text,
        sha256=sha256,
        url=url,
        title=_one_line(record.title),
        publisher=_one_line(record.publisher),
        published=parse_published(record.published, where=record.location),
        language=_language(record.language) or _script_language(text, lexicon),
        encoding=record.encoding,
        media_type=record.media_type,
        location=record.location,
        furniture=furniture,
    )


def parse_published(written: str | None, *, where: str | None = None) -> PartialDate | None:
    """Read a date of publication: `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or an ISO date and time (the day is kept).

    The day is the one that is written; it is not moved to another time zone. None or "" gives None.

    Raises:
        DocumentError: Another form, or a day that the calendar does not have.
    """
    text = (written or "").strip()
    if not text:
        return None
    try:
        if _YEAR_OR_MONTH.fullmatch(text):
            date.fromisoformat(f"{text}-01" if len(text) > 4 else f"{text}-01-01")
            return PartialDate(value=text)
        if day := _DAY.fullmatch(text):
            if len(text) > len(day[1]):
                datetime.fromisoformat(text.replace(" UTC", "Z").replace(" +", "+").replace(" Z", "Z"))
            return PartialDate(value=date.fromisoformat(day[1]).isoformat())
    except ValueError:
        pass
    raise DocumentError(
        f"{text!r} is not a date of publication",
        where=where,
        hint="write 2021, 2021-12, 2021-12-06 or 2021-12-06T10:30:00Z, or leave it out",
    )


def _check_text(text: str, where: str) -> None:
    if not any(c.isalnum() for c in text):
        raise DocumentError("there is no text in it", where=where, hint=_NO_TEXT_HINT)
    if len(text) > MAX_TEXT_CHARS:
        raise DocumentError(
            f"the text has {len(text):,} characters, more than {MAX_TEXT_CHARS:,}",
            where=where,
            hint="split it into articles: one a file, or one a line of a JSONL file",
        )
    if "\x00" in text:
        raise DocumentError("the text holds NUL characters", where=where, hint="convert it to plain UTF-8")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise DocumentError(
            f"half a character (a lone surrogate) at offset {error.start}",
            where=where,
            hint="write the file again as valid UTF-8",
        ) from error


def _is_all_furniture(text: str, furniture: tuple[Furniture, ...]) -> bool:
    ends = (0, *(mark.span.end for mark in furniture))
    starts = (*(mark.span.start for mark in furniture), len(text))
    return not any(c.isalnum() for end, start in zip(ends, starts, strict=True) for c in text[end:start])


def _one_line(value: str | None) -> str | None:
    """Put white space in order and drop what cannot be encoded; None for nothing."""
    if value is None:
        return None
    return " ".join(value.encode("utf-8", "ignore").decode().replace("\x00", "").split()) or None


def _language(tag: str | None) -> str | None:
    """Keep the language of a tag like en-IN."""
    primary = re.match(r"[A-Za-z]{2,3}(?![A-Za-z])", tag.strip()) if tag else None
    return primary[0].lower() if primary else None


def _script_language(text: str, lexicon: FurnitureLexicon) -> str:
    """Give `en`, or `und-<script>` where most letters are of another script than Latin."""
    letters = Counter(c for c in text[:_SAMPLE_CHARS] if c.isalpha() and not c.isascii())
    scripts: Counter[str] = Counter()
    for letter, count in letters.items():
        if script := lexicon.scripts.get(unicodedata.name(letter, "").split(" ")[0]):
            scripts[script] += count
    latin = sum(1 for c in text[:_SAMPLE_CHARS] if c.isascii() and c.isalpha())
    script, count = min(scripts.items(), key=lambda item: (-item[1], item[0]), default=("", 0))
    return f"und-{script}" if count > latin else "en"
