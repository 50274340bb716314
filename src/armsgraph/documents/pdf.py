"""Reads the text layer of a PDF: paragraphs joined from lines, running heads and page numbers left out."""

from __future__ import annotations

import re
import struct
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

from armsgraph.documents.quiet import silence_library
from armsgraph.documents.records import MAX_TEXT_CHARS, Record
from armsgraph.errors import DocumentError

__all__ = ["read_pdf"]

# What a malformed file makes the library raise, beside its own errors.
_BROKEN = (
    PyPdfError, ArithmeticError, AssertionError, AttributeError, LookupError, NotImplementedError, OSError,
    RecursionError, TypeError, ValueError, struct.error, zlib.error,
)  # fmt: skip
_EDGE_LINES = 2
_FULL_LINE = 0.75
_PAGE_NUMBER = re.compile(r"(?:page|p\.|-|–|—)?\s*\d{1,4}\s*(?:(?:of|/)\s*\d{1,4}|-|–|—)?", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_SPACES = re.compile(r"[ \t\xa0]+")
_BULLET = re.compile(r"(?:[•▪●○■*–—-]|\(?(?:\d{1,2}|[ivx]{1,4}|[a-z])[.)])\s")
_ENDS_SENTENCE = re.compile(r"[.!?:][”\"’')\]]*$")
_BROKEN_WORD = re.compile(r"(\w*[a-z])[-\xad]$")
_JUNK_TITLE = re.compile(r"\.(?:docx?|indd|pdf|rtf|odt|qxd)$|^(?:microsoft word|untitled|document\d*$)", re.IGNORECASE)


def read_pdf(stream: BinaryIO, *, where: str, stem: str) -> Record:
    """Read the text layer of a PDF.

    The stored text has a blank line between paragraphs. Lines that stand at the top or foot of most pages, and page
    numbers, are left out, as they would cut sentences. The title in the file is taken only if the text has it too.

    Args:
        stream: The file, seekable.
        where: For messages.
        stem: The id.

    Raises:
        DocumentError: Not a PDF that can be read, locked by a password, or without text.
    """
    try:
        with silence_library("pypdf"):
            pages, title = _read_pages(stream, where)
    except (FileNotDecryptedError, DependencyError) as error:
        raise DocumentError("the PDF is locked", where=where, hint="save a copy without a password") from error
    except _BROKEN as error:
        raise DocumentError(
            f"the PDF cannot be read: {type(error).__name__}", where=where, hint="print it to a new PDF and try that"
        ) from error
    text = _CONTROLS.sub("", "\n\n".join(_paragraphs(_without_running_heads(pages))))
    if not text.strip():
        raise DocumentError(
            "the PDF has no text layer", where=where, hint="it may be a scan: run OCR (for example ocrmypdf) first"
        )
    known = title and not _JUNK_TITLE.search(title) and _fold(title) in _fold(text[:5000])
    return Record(
        id=stem,
        text=text,
        location=where,
        title=title if known else None,
        encoding="pdf",
        media_type="application/pdf",
    )


def _read_pages(stream: BinaryIO, where: str) -> tuple[list[list[str]], str | None]:
    reader = PdfReader(stream)
    if reader.is_encrypted and not reader.decrypt(""):
        raise DocumentError("the PDF is locked", where=where, hint="save a copy without a password")
    pages: list[list[str]] = []
    size = 0
    for page in reader.pages:
        text = page.extract_text()
        size += len(text)
        if size > MAX_TEXT_CHARS:
            raise DocumentError(
                f"the PDF has more than {MAX_TEXT_CHARS:,} characters on its first {len(pages) + 1} pages",
                where=where,
                hint="split it into articles, one a file",
            )
        pages.append([_SPACES.sub(" ", line).strip() for line in text.split("\n")])
    title = reader.metadata.title if reader.metadata else None
    return pages, title.strip() if isinstance(title, str) and title.strip() else None


def _without_running_heads(pages: Sequence[Sequence[str]]) -> Iterator[list[str]]:
    """Leave out what stands, but for its digits, at the edge of more than half of the pages, and page numbers."""
    filled = [[line for line in page if line] for page in pages]
    counts: Counter[str] = Counter()
    for lines in filled:
        counts.update({_DIGITS.sub("#", line) for line in (*lines[:_EDGE_LINES], *lines[-_EDGE_LINES:])})
    repeated = {line for line, count in counts.items() if count > 1 and count * 2 > len(filled)}
    for page, lines in zip(pages, filled, strict=True):
        edges = {*range(_EDGE_LINES), *range(len(lines) - _EDGE_LINES, len(lines))}
        left_out = {
            i
            for i, line in enumerate(lines)
            if i in edges
            and (_DIGITS.sub("#", line) in repeated or (i in (0, len(lines) - 1) and _PAGE_NUMBER.fullmatch(line)))
        }
        kept: list[str] = []
        i = 0
        for line in page:
            if not line:
                kept.append(line)
                continue
            if i not in left_out:
                kept.append(line)
            i += 1
        yield kept


def _paragraphs(pages: Iterator[list[str]]) -> Iterator[str]:
    """Join lines into paragraphs: a line that is not full, or ends a sentence before its end, ends a paragraph."""
    lines = [(line, page) for page, text in enumerate(pages) for line in (*_trim(text), None)]
    lengths = sorted(len(line) for line, _ in lines if line)
    width = lengths[int(len(lengths) * 0.9)] if lengths else 0
    words = Counter(re.findall(r"[\w-]+", " ".join(line for line, _ in lines if line).lower()))
    paragraph = last = ""
    for line, _ in lines:
        if line is None:
            # A page ends here; a sentence may run on over it.
            continue
        is_full = len(last) >= _FULL_LINE * width
        runs_on = bool(line) and is_full and not _BULLET.match(line)
        if paragraph and not (runs_on or (line[:1].islower() and not _ENDS_SENTENCE.search(paragraph))):
            yield paragraph
            paragraph = ""
        paragraph = _join(paragraph, line, words) if paragraph else line
        last = line
    if paragraph:
        yield paragraph


def _trim(lines: Sequence[str]) -> Sequence[str]:
    """Drop the empty lines at both ends of a page."""
    filled = [i for i, line in enumerate(lines) if line]
    return lines[filled[0] : filled[-1] + 1] if filled else ()


def _join(start: str, line: str, words: Counter[str]) -> str:
    """Put a line behind a text, and a word together that was broken by a hyphen."""
    broken = _BROKEN_WORD.search(start)
    if not (broken and line[:1].islower()):
        return f"{start}{line}" if start.endswith("-") else f"{start} {line}"
    rest = re.match(r"[\w-]+", line)
    whole = f"{broken[1]}{rest[0] if rest else ''}".lower()
    hyphenated = f"{broken[1]}-{rest[0] if rest else ''}".lower()
    keeps_hyphen = start.endswith("-") and words[hyphenated] > 0 and words[whole] == 0
    return f"{start}{line}" if keeps_hyphen else f"{start[:-1]}{line}"


def _fold(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())
