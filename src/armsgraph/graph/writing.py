"""Writes a graph to a file or stream in any format; a file is there whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from armsgraph.errors import InputError
from armsgraph.graph.jsonld import write_jsonld
from armsgraph.graph.sorting import LineSorter
from armsgraph.graph.terms import split_line
from armsgraph.graph.turtle import trig_lines, turtle_lines
from armsgraph.linefile import LineFile
from armsgraph.vocab import DEFAULT_BASE, ID_KINDS, PREFIXES
from armsgraph.wholefile import bare_name, whole_file

__all__ = ["FORMATS", "format_of", "write_file", "write_stream"]

# File extension -> what it holds.
FORMATS = {
    "ttl": "Turtle",
    "nt": "N-Triples",
    "nq": "N-Quads",
    "trig": "TriG",
    "jsonld": "JSON-LD",
    "rdf": "RDF/XML",
}
_NOT_XML = re.compile(r"\\(\\|r|u(?:00[01][0-9A-F]|FFF[EF]))")
_BATCH = 2000


def format_of(path: Path) -> str:
    """Return the key of `FORMATS` for a file name, which may end with `.gz` or `.zst` behind it.

    Raises:
        InputError: The extension is none of them.
    """
    extension = bare_name(path).suffix
    if extension.lower().removeprefix(".") not in FORMATS:
        raise InputError(
            f"no graph format has the extension {extension!r}",
            where=str(path),
            hint=f"use one of {', '.join(FORMATS)}, with .gz or .zst behind it to compress",
        )
    return extension.lower().removeprefix(".")


def write_file(
    lines: Iterable[str],
    path: Path,
    *,
    base: str = DEFAULT_BASE,
    format: str | None = None,
    links_context: bool = False,
) -> None:
    """Write sorted N-Quads lines to a file in the format of its extension, replacing what is there.

    The file is written beside its place and moved there when it is whole, so that a reader, a full disk or Ctrl-C
    never finds half a graph. It is compressed if its name asks for it. The same lines give the same bytes.

    Args:
        links_context: See `write_stream`.

    Raises:
        InputError: No such format, or the file cannot be written there.
    """
    kind = format or format_of(path)
    with whole_file(path) as file:
        write_stream(lines, file, format=kind, base=base, links_context=links_context)


def write_stream(
    lines: Iterable[str],
    file: IO[bytes],
    *,
    format: str,
    base: str = DEFAULT_BASE,
    links_context: bool = False,
) -> None:
    """Write sorted N-Quads lines to an open binary stream.

    Turtle, N-Triples and RDF/XML have no named graphs: everything goes into one graph there.

    Args:
        links_context: JSON-LD names the published context by its address instead of holding it.

    Raises:
        InputError: No such format.
    """
    if format not in FORMATS:
        raise InputError(f"no graph format is called {format!r}", hint=f"use one of {', '.join(FORMATS)}")
    if format == "nq":
        _write_text(lines, file)
    elif format == "nt":
        _write_text(_triples(lines), file)
    elif format in {"ttl", "trig"}:
        writer: Callable[..., Iterator[str]] = turtle_lines if format == "ttl" else trig_lines
        with LineSorter() as sorter:
            _write_text(writer(lines, base=base, sorter=sorter), file)
    elif format == "jsonld":
        write_jsonld(lines, file, base=base, links_context=links_context)
    else:
        _write_xml(lines, file, base)


def _write_text(lines: Iterable[str], file: IO[bytes]) -> None:
    batch: list[str] = []
    for line in lines:
        batch.append(line)
        if len(batch) == _BATCH:
            file.write(("\n".join(batch) + "\n").encode("utf-8"))
            batch.clear()
    if batch:
        file.write(("\n".join(batch) + "\n").encode("utf-8"))


def _triples(lines: Iterable[str]) -> Iterator[str]:
    """Drop the graphs; a triple that stands in several comes once, as the lines are sorted."""
    last = ""
    for line in lines:
        subject, predicate, value, _ = split_line(line)
        triple = f"{subject} {predicate} {value} ."
        if triple != last:
            yield triple
        last = triple


def _write_xml(lines: Iterable[str], file: IO[bytes], base: str) -> None:
    prefixes = dict(PREFIXES) | {prefix: f"{base}{kind}/" for kind, prefix in ID_KINDS.items()}
    source = (_NOT_XML.sub(_xml_safe, line) for line in _triples(lines))
    quads = ox.parse(LineFile(source), format=ox.RdfFormat.N_QUADS)  # type: ignore[arg-type]
    ox.serialize((q.triple for q in quads), output=file, format=ox.RdfFormat.RDF_XML, prefixes=prefixes)


def _xml_safe(found: re.Match[str]) -> str:
    """XML 1.0 cannot hold most control characters; U+FFFD keeps every offset behind them right."""
    if found.group(1) == "\\":
        return found.group()
    return "\\n" if found.group(1) == "r" else ("\\t" if found.group(1) == "u0009" else "\ufffd")
