"""Reads Markdown: the text stays as written; front matter and the addresses of links are furniture."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

import yaml

from armsgraph.documents.records import Record
from armsgraph.errors import DocumentError
from armsgraph.model import Furniture, Span

__all__ = ["read_markdown"]

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?P<yaml>.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_HEADING = re.compile(r"^#{1,2}[ \t]+(?P<title>.+?)[ \t]*#*$", re.MULTILINE)
_MARKUP = re.compile(
    r"(?<=\])\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"\n]*\")?\)"
    r"|^[ ]{0,3}\[[^\]\n]+\]:[ \t]*\S+.*$"
    r"|<!--.*?-->",
    re.MULTILINE | re.DOTALL,
)
_FIELDS = {
    "title": ("title",),
    "published": ("date", "published"),
    "url": ("url",),
    "publisher": ("publisher",),
    "id": ("id",),
    "language": ("lang", "language"),
}


def read_markdown(text: str, *, where: str, stem: str, encoding: str) -> Record:
    """Read a Markdown article.

    The front matter may say id, title, date (or published), url, publisher and lang; other keys are ignored. Without
    a title in it the first heading of level 1 or 2 is the title.

    Args:
        text: The file as decoded, line ends LF.
        where: For messages.
        stem: The id unless the front matter gives one.
        encoding: What it was decoded from.

    Raises:
        DocumentError: Front matter that is not YAML, or a key of it that is not a word or a date.
    """
    fields: dict[str, str] = {}
    furniture: list[Furniture] = []
    body_start = 0
    if match := _FRONT_MATTER.match(text):
        content = _front_matter(match["yaml"], where)
        fields = {field: value for field, keys in _FIELDS.items() if (value := _value(content, keys, where))}
        body_start = match.end()
        end = len(text[:body_start].rstrip())
        furniture.append(Furniture(span=Span(0, end), kind="front-matter", rule="markdown.front-matter"))
    furniture += [
        Furniture(span=Span(*found.span()), kind="markup", rule="markdown.markup")
        for found in _MARKUP.finditer(text, body_start)
    ]
    heading = _HEADING.search(text, body_start)
    if heading and "title" not in fields:
        fields["title"] = heading["title"].strip("*_ ")
    if not text[body_start:].strip():
        raise DocumentError("there is no text below the front matter", where=where, hint="write the article below it")
    return Record(
        id=fields.pop("id", stem),
        text=text,
        location=where,
        encoding=encoding,
        media_type="text/markdown",
        furniture=tuple(furniture),
        **fields,
    )


def _front_matter(written: str, where: str) -> dict[Any, Any]:
    hint = "write `key: value` lines between the two `---`, with quotation marks round values that hold a colon"
    try:
        content = yaml.safe_load(written)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        # The mark counts from 0 and the YAML starts on the second line.
        line = f":{mark.line + 2}" if mark else ""
        raise DocumentError("the front matter is not YAML", where=f"{where}{line}", hint=hint) from error
    if content is None:
        return {}
    if not isinstance(content, dict):
        raise DocumentError("the front matter has no keys", where=where, hint=hint)
    return content


def _value(content: dict[Any, Any], keys: tuple[str, ...], where: str) -> str | None:
    for key in keys:
        match content.get(key):
            case None:
                continue
            case datetime() as moment:
                return moment.date().isoformat()
            case date() as day:
                return day.isoformat()
            case str() | int() as value if not isinstance(value, bool):
                return str(value)
            case _:
                raise DocumentError(
                    f"{key!r} in the front matter is not a word or a date", where=where, hint=f"write `{key}: ...`"
                )
    return None
