"""Reads HTML: the main text by paragraphs, title, date, address and outlet of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from trafilatura import bare_extraction
from trafilatura.settings import DEFAULT_CONFIG

from armsgraph.documents.quiet import silence_library
from armsgraph.documents.records import Record, parse_published
from armsgraph.errors import DocumentError

__all__ = ["read_html"]

_HTML_LANG = re.compile(r"<html\b[^>]{0,500}?\slang\s*=\s*[\"']?([A-Za-z]{2,3})\b", re.IGNORECASE)
_HAS_PAGE = re.compile(r"<html\b", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_SPACES = re.compile(r"[ \t\r\f\v\xa0]+")
_BREAKS = re.compile(r"\n[\n ]*\n")
# trafilatura takes the clock as the latest date a page may have; a date out of reach keeps the clock out.
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2999-12-31"}
_BLOCKS = frozenset({"p", "head", "quote", "item", "cell", "ab", "code"})


def read_html(page: str, *, where: str, stem: str, encoding: str) -> Record:
    """Read the article of a page.

    The stored text is the headline, then the main text, a blank line between paragraphs, list items on lines of
    their own and the cells of a table row parted by ` | `. Navigation, scripts and comments are left out.

    Args:
        page: The page as decoded.
        where: For messages.
        stem: The id.
        encoding: What it was decoded from.

    Raises:
        DocumentError: No main text in it.
    """
    found = _extract(page if _HAS_PAGE.search(page) else f"<html><div>{page}</div></html>")
    text = _text_of(found.body) if found is not None and found.body is not None else ""
    if not text:
        raise DocumentError(
            "no article text in the page",
            where=where,
            hint="the page may be built by scripts; save it from the browser after it has loaded, or give its text",
        )
    title = found.title if found.title and not _ADDRESS.match(found.title) else None
    if title and _fold(title) not in _fold(text[: 4 * len(title) + 400]):
        text = f"{title}\n\n{text}"
    language = _HTML_LANG.search(page)
    return Record(
        id=stem,
        text=text,
        location=where,
        url=found.url if found.url and _ADDRESS.fullmatch(found.url) else None,
        title=title,
        publisher=found.sitename,
        published=_published(found.date),
        language=language[1] if language else None,
        encoding=encoding,
        media_type="text/html",
    )


def _extract(page: str) -> Any:
    """Run the extractor; it logs what it cannot read, which is our error to tell."""
    config = deepcopy(DEFAULT_CONFIG)
    # Below 250 characters the extractor would fall back to running all of the page together.
    config["DEFAULT"]["MIN_EXTRACTED_SIZE"] = "20"
    try:
        with silence_library("trafilatura"):
            return bare_extraction(
                page,
                fast=True,
                with_metadata=True,
                include_comments=False,
                date_extraction_params=_DATES,
                config=config,
            )
    except (RecursionError, AttributeError, KeyError, IndexError):
        # A broken tree: the caller says that there is no text.
        return None


def _text_of(body: Any) -> str:
    """Write the extractor's tree as paragraphs."""
    blocks: list[str] = []
    for element in body:
        match element.tag:
            case "list":
                blocks.append("\n".join(f"- {item}" for child in element.iter("item") if (item := _inline(child))))
            case "table":
                rows = ((_inline(cell) for cell in row.iter("cell")) for row in element.iter("row"))
                blocks.append("\n".join(" | ".join(cells) for row in rows if any(cells := tuple(row))))
            case _:
                blocks.append(_inline(element))
        if element.tail and element.tail.strip():
            blocks.append(_clean(element.tail))
    own = [_clean(body.text)] if body.text and body.text.strip() else []
    return "\n\n".join(block for block in (*own, *blocks) if block.strip())


def _inline(element: Any) -> str:
    """Join the text of an element; a line break stays one, and paragraphs inside (of a quotation) stay apart."""
    return _clean("".join(_pieces(element)))


def _pieces(element: Any) -> Iterator[str]:
    yield (element.text or "").replace("\n", " ")
    for child in element:
        is_block = child.tag in _BLOCKS
        if child.tag == "lb":
            yield "\n"
        if is_block:
            yield "\n\n"
        yield from _pieces(child)
        if is_block:
            yield "\n\n"
        yield (child.tail or "").replace("\n", " ")


def _clean(text: str) -> str:
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return _BREAKS.sub("\n\n", "\n".join(lines)).strip()


def _published(written: str | None) -> str | None:
    """Keep a date that the page gives in a form that we know; a page's mistake is no reason to refuse it."""
    try:
        date = parse_published(written)
    except DocumentError:
        return None
    return date.value if date else None


def _fold(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())
