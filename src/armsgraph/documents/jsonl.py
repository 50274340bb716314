"""Reads JSON Lines, one record at a time; a bad line is reported and the next one is read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from armsgraph.documents.decoding import decode_bytes
from armsgraph.documents.records import Record
from armsgraph.errors import DocumentError

__all__ = ["MAX_LINE_BYTES", "read_jsonl"]

MAX_LINE_BYTES = 50_000_000
_SHAPE = '{"id", "url", "title", "published", "publisher", "text"}; only "text" is needed'


def read_jsonl(stream: BinaryIO, *, name: str, stem: str) -> Iterator[Record | DocumentError]:
    """Yield the records of a JSONL file in their order, with an error in the place of each bad one.

    Args:
        stream: Bytes from the start of the file, in UTF-8 (or Windows-1252); read line by line.
        name: What messages call the file.
        stem: Records without an id are called `<stem>#<n>`, n counting records from 1.
    """
    count = 0
    for number, raw in _lines(stream):
        where = f"{name}:{number}"
        if raw is None:
            yield DocumentError(
                f"the line is longer than {MAX_LINE_BYTES:,} bytes", where=where, hint="write one record a line"
            )
            count += 1
            continue
        try:
            line, encoding = decode_bytes(raw, where=where)
            if not line.strip():
                continue
            count += 1
            yield _record(line, encoding, where=where, default_id=f"{stem}#{count}")
        except DocumentError as error:
            yield error
    if not count:
        yield DocumentError("the file is empty", where=name, hint=f"write {_SHAPE}, one record a line")


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Yield line numbers from 1 and lines, None for one that is too long."""
    number = 0
    while line := stream.readline(MAX_LINE_BYTES):
        number += 1
        if len(line) < MAX_LINE_BYTES or line.endswith(b"\n"):
            yield number, line
            continue
        while (rest := stream.readline(MAX_LINE_BYTES)) and not rest.endswith(b"\n"):
            pass
        yield number, None


def _record(line: str, encoding: str, *, where: str, default_id: str) -> Record:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        reason = getattr(error, "msg", "nested too deeply")
        column = getattr(error, "colno", 1)
        raise DocumentError(
            f"not JSON: {reason} at column {column}",
            where=where,
            hint="write one complete record on each line, for example with `jq -c`",
        ) from error
    if not isinstance(fields, dict):
        raise DocumentError("the record is not an object", where=where, hint=f"write {_SHAPE}")
    text = fields.get("text")
    if not isinstance(text, str) or not text.strip():
        what = "has no text" if text is None or isinstance(text, str) else 'has a "text" that is not a string'
        raise DocumentError(f"the record {what}", where=where, hint=f"write {_SHAPE}")
    return Record(
        id=_string(fields, "id", where, or_number=True) or default_id,
        text=text,
        location=where,
        published=_string(fields, "published", where, or_number=True),
        encoding=encoding,
        media_type="application/jsonl",
        url=_string(fields, "url", where),
        title=_string(fields, "title", where),
        publisher=_string(fields, "publisher", where),
    )


def _string(fields: dict[str, Any], key: str, where: str, *, or_number: bool = False) -> str | None:
    value = fields.get(key)
    if value is None or isinstance(value, str):
        return value
    if or_number and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise DocumentError(f"{key!r} is not a string", where=where, hint=f"write {key!r} as a string or leave it out")
