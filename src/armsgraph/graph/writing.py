"""Writes a graph to a file or stream in any format; a file is there whole or not at all."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from armsgraph.errors import InputError
from armsgraph.graph.sorting import LineSorter
from armsgraph.graph.terms import split_line
from armsgraph.graph.turtle import trig_lines, turtle_lines
from armsgraph.linefile import LineFile
from armsgraph.vocab import DEFAULT_BASE, ID_KINDS, PREFIXES

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
    """Return the key of `FORMATS` for a file name.

    Raises:
        InputError: The extension is none of them.
    """
    extension = path.suffix.lower().removeprefix(".")
    if extension not in FORMATS:
        raise InputError(
            f"no graph format has the extension {path.suffix!r}",
            where=str(path),
            hint=f"use one of {', '.join(FORMATS)}",
        )
    return extension


def write_file(lines: Iterable[str], path: Path, *, base: str = DEFAULT_BASE, format: str | None = None) -> None:
    """Write sorted N-Quads lines to a file in the format of its extension, replacing what is there.

    The file is written beside its place and moved there when it is whole, so that a reader, a full disk or Ctrl-C
    never finds half a graph. The same lines give the same bytes.

    Raises:
        InputError: No such format, or the file cannot be written there.
    """
    kind = format or format_of(path)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            write_stream(lines, file, format=kind, base=base)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise InputError(
            f"cannot write the graph: {error.strerror or error}",
            where=str(path),
            hint="check that the folder exists and that there is room and permission to write",
        ) from error
    finally:
        part.unlink(missing_ok=True)


def write_stream(lines: Iterable[str], file: IO[bytes], *, format: str, base: str = DEFAULT_BASE) -> None:
    """Write sorted N-Quads lines to an open binary stream.

    Turtle, N-Triples and RDF/XML have no named graphs: everything goes into one graph there.

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
    else:
        _write_by_library(lines, file, format, base)


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


def _write_by_library(lines: Iterable[str], file: IO[bytes], format: str, base: str) -> None:
    prefixes = dict(PREFIXES) | {prefix: f"{base}{kind}/" for kind, prefix in ID_KINDS.items()}
    if format == "rdf":
        source = (_NOT_XML.sub(_xml_safe, line) for line in _triples(lines))
        quads = ox.parse(LineFile(source), format=ox.RdfFormat.N_QUADS)  # type: ignore[arg-type]
        ox.serialize((q.triple for q in quads), output=file, format=ox.RdfFormat.RDF_XML, prefixes=prefixes)
        return
    with LineSorter() as sorter:
        # by graph first: the writer opens a graph anew each time it changes
        sorter.add(f"{split_line(line)[3]}\x1f{line}" for line in lines)
        source = (line.partition("\x1f")[2] for line in sorter)
        quads = ox.parse(LineFile(source), format=ox.RdfFormat.N_QUADS)  # type: ignore[arg-type]
        ox.serialize(quads, output=file, format=ox.RdfFormat.JSON_LD, prefixes=prefixes)


def _xml_safe(found: re.Match[str]) -> str:
    """XML 1.0 cannot hold most control characters; U+FFFD keeps every offset behind them right."""
    if found.group(1) == "\\":
        return found.group()
    return "\\n" if found.group(1) == "r" else ("\\t" if found.group(1) == "u0009" else "\ufffd")
