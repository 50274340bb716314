"""Writes a graph as RDF files: one or many, compressed, with RDF 1.2, with a description."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import IO

from armsgraph.errors import InputError
from armsgraph.graph import (
    GraphBuilder,
    add_reifiers,
    count_lines,
    description_lines,
    format_of,
    read_lines,
    write_description,
    write_file,
    write_parts,
    write_stream,
)
from armsgraph.store import OpenGraph
from armsgraph.vocab import DEFAULT_BASE

__all__ = ["DumpOptions", "dump_graph"]

_RDF12 = ("ttl", "nt", "nq", "trig")


@dataclass(frozen=True, slots=True, kw_only=True)
class DumpOptions:
    """How to dump.

    Attributes:
        base: In front of the ids of the graph.
        format: For a stream, or against the extension of the file; None for Turtle, or what the extension says.
        with_ontology: The ontology of a store too.
        is_rdf12: Each claim also reifies the triple it says.
        links_context: JSON-LD names its published context instead of holding it.
        part_bytes: Write numbered files of at most this size, as `write_parts` counts it.
        describe: Where to write a description of the dump.
        licence: IRI of the licence of the data.
        download_url: Address of the folder in which the files will be published.
    """

    base: str = DEFAULT_BASE
    format: str | None = None
    with_ontology: bool = False
    is_rdf12: bool = False
    links_context: bool = False
    part_bytes: int | None = None
    describe: Path | None = None
    licence: str | None = None
    download_url: str | None = None


def dump_graph(
    graph: OpenGraph, output: Path | None, options: DumpOptions, *, stream: IO[bytes] | None = None
) -> tuple[Path, ...]:
    """Write a graph to a file, to numbered files, or to a stream; the same graph gives the same bytes.

    Args:
        output: The file; None for the stream.

    Returns:
        The files that were written, the description last.

    Raises:
        InputError: Options that do not go together, no such format, or a file that cannot be written.
    """
    kind = _check(output, options)
    with GraphBuilder(base=options.base) as builder:
        builder.add_lines(read_lines(graph.quads(with_ontology=options.with_ontology)))
        lines = add_reifiers(builder.lines()) if options.is_rdf12 else builder.lines()
        if output is None:
            if stream is None:
                raise InputError("nowhere to write", hint="name a file or a stream")
            write_stream(lines, stream, format=kind, base=options.base, links_context=options.links_context)
            return ()
        if options.part_bytes is not None:
            written = write_parts(
                lines,
                output,
                part_bytes=options.part_bytes,
                base=options.base,
                links_context=options.links_context,
            )
        else:
            write_file(lines, output, base=options.base, format=kind, links_context=options.links_context)
            written = (output,)
        if options.describe is None:
            return written
        described = add_reifiers(builder.lines()) if options.is_rdf12 else builder.lines()
        description = description_lines(
            count_lines(described),
            written,
            base=options.base,
            licence=options.licence,
            download_url=options.download_url,
        )
        write_description(description, options.describe, base=options.base)
        return (*written, options.describe)


def _check(output: Path | None, options: DumpOptions) -> str:
    kind = options.format or (format_of(output) if output is not None else "ttl")
    if options.is_rdf12 and kind not in _RDF12:
        raise InputError(f"{kind} has no RDF 1.2", where="--rdf12", hint=f"use one of {', '.join(_RDF12)}")
    if options.links_context and kind != "jsonld":
        raise InputError("only JSON-LD has a context", where="--context-link", hint="write .jsonld")
    by_extension = options.part_bytes is not None or options.describe is not None
    if output is None and by_extension:
        name = "--split-size" if options.part_bytes is not None else "--describe"
        raise InputError("needs a file", where=name, hint="name one with --output")
    # parts are written by their extension, and a description tells the media type by it
    if output is not None and by_extension and format_of(output) != kind:
        raise InputError(f"the extension of the file is not that of {kind}", where=str(output), hint="drop --format")
    if options.describe is not None:
        format_of(options.describe)
        if output is not None and options.describe.resolve() == output.resolve():
            raise InputError("would overwrite the dump", where="--describe", hint="name another file")
    return kind
