"""Reads documents one after the other; what cannot be read is an error in its place, and the next one is read."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from typing import Any, BinaryIO

from armsgraph.documents.decoding import decode_bytes, decode_html
from armsgraph.documents.html import read_html
from armsgraph.documents.jsonl import read_jsonl
from armsgraph.documents.markdown import read_markdown
from armsgraph.documents.pdf import read_pdf
from armsgraph.documents.records import Record, make_document
from armsgraph.documents.sources import Source, find_sources
from armsgraph.errors import DocumentError
from armsgraph.lexicon.furniture import FurnitureLexicon
from armsgraph.model import Document

__all__ = ["MAX_FILE_BYTES", "read_documents"]

MAX_FILE_BYTES = 50_000_000
"""The largest file of one article; JSONL files are read line by line and may be larger."""

_HEAD_BYTES = 8192
_FORMATS = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".txt": "text",
    ".text": "text",
}
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html\b)", re.I | re.S
)
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\s*\"")


def read_documents(
    inputs: Sequence[str], *, stdin: BinaryIO | None = None, lexicon: FurnitureLexicon
) -> Iterator[Document | DocumentError]:
    """Read articles, one at a time, in the order of the inputs.

    Ids may repeat; keys do not, as they hold a hash of the text. A record with the id and the text of an earlier one
    is that same document: it is passed over, or reported if it says something else about it.

    Args:
        inputs: Files (text, Markdown, HTML, PDF, JSONL; by ending, else by content), folders, or `-`.
        stdin: Where `-` reads from.
        lexicon: What page furniture looks like.

    Yields:
        A document, or the error that stands in its place.
    """
    seen: dict[str, int] = {}
    for source in find_sources(inputs):
        for record in (source,) if isinstance(source, DocumentError) else _read(source, stdin):
            if isinstance(record, DocumentError):
                yield record
                continue
            try:
                document = make_document(record, lexicon)
            except DocumentError as error:
                yield error
                continue
            about = hash((document.url, document.title, document.publisher, document.published))
            if document.key not in seen:
                seen[document.key] = about
                yield document
            elif seen[document.key] != about:
                yield DocumentError(
                    f"another record has the id {document.id!r} and the same text, but another title, date or address",
                    where=document.location,
                    hint="remove one of them or give them different ids",
                )


def _read(source: Source, stdin: BinaryIO | None) -> Iterator[Record | DocumentError]:
    """Read the records of one source; its errors come out as values."""
    try:
        with _open(source, stdin) as stream:
            yield from _records(source, stream)
    except DocumentError as error:
        yield error
    except OSError as error:
        yield DocumentError(f"cannot be read: {error.strerror or error}", where=source.name, hint="look at its rights")


def _open(source: Source, stdin: BinaryIO | None) -> Any:
    if source.path is not None:
        return source.path.open("rb")
    if stdin is None:
        raise DocumentError("there is no standard input", where=source.name, hint="name a file instead of -")
    return nullcontext(stdin)


def _records(source: Source, stream: BinaryIO) -> Iterator[Record | DocumentError]:
    head = stream.read(_HEAD_BYTES)
    format_ = _format(source, head)
    if format_ == "jsonl" and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield from read_jsonl(io.BufferedReader(_Rejoined(head, stream)), name=source.name, stem=source.stem)
        return
    data = head + _rest(source, stream, len(head))
    if format_ == "pdf":
        yield read_pdf(io.BytesIO(data), where=source.name, stem=source.stem)
        return
    if not data.strip():
        raise DocumentError("the file is empty", where=source.name, hint="give a file with the words of an article")
    text, encoding = (decode_html if format_ == "html" else decode_bytes)(data, where=source.name)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if format_ == "html":
        yield read_html(text, where=source.name, stem=source.stem, encoding=encoding)
    elif format_ == "markdown":
        yield read_markdown(text, where=source.name, stem=source.stem, encoding=encoding)
    elif format_ == "jsonl":
        yield from read_jsonl(io.BytesIO(text.encode("utf-8", "replace")), name=source.name, stem=source.stem)
    else:
        yield Record(id=source.stem, text=text, location=source.name, encoding=encoding)


def _format(source: Source, head: bytes) -> str:
    """Go by the ending where it is known, but never read a PDF as text."""
    if head.startswith(b"%PDF-"):
        return "pdf"
    if known := _FORMATS.get(source.suffix):
        return known
    if _HTML.match(head):
        return "html"
    return "jsonl" if _JSON.match(head) or source.suffix == ".json" else "text"


def _rest(source: Source, stream: BinaryIO, already: int) -> bytes:
    """Read on, but never more than the limit; a file that is known to be too large is not read at all."""
    if (source.size or 0) <= MAX_FILE_BYTES:
        rest = stream.read(MAX_FILE_BYTES - already + 1)
        if already + len(rest) <= MAX_FILE_BYTES:
            return rest
    size = f"{source.size:,} bytes" if source.size else "larger"
    raise DocumentError(
        f"the file is {size}; the limit for one article is {MAX_FILE_BYTES:,} bytes",
        where=source.name,
        hint="split it into articles, or write them as JSONL, one record a line, which may be of any size",
    )


class _Rejoined(io.RawIOBase):
    """A stream with the bytes put back that were read to tell its format."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        super().__init__()
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        chunk = self._head[: len(buffer)]
        self._head = self._head[len(chunk) :]
        chunk = chunk or self._rest.read(len(buffer))
        buffer[: len(chunk)] = chunk
        return len(chunk)
