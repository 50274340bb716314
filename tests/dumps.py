"""A graph of four articles, and what is dumped of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from armsgraph.claims import make_claims
from armsgraph.dumping import DumpOptions, dump_graph
from armsgraph.graph import GraphBuilder, read_lines, write_file
from armsgraph.graph.terms import split_line
from armsgraph.store import OpenGraph, open_graph
from samples import seed_extraction, three_sales

WITH_GRAPHS = {"nq", "trig", "jsonld"}
FORMATS = ("ttl", "nt", "nq", "trig", "jsonld", "rdf")
REIFIES = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies>"


def graph_lines() -> list[str]:
    """The graph as N-Quads lines."""
    with GraphBuilder() as builder:
        for extraction in (seed_extraction(), *three_sales()):
            nodes, claims = make_claims(extraction)
            builder.add_document(extraction.document, nodes, claims, extraction.entities.mentions)
        return list(builder.lines())


def open_lines(lines: list[str], folder: Path) -> OpenGraph:
    """The graph opened from a file in a folder."""
    write_file(lines, folder / "graph.nq")
    return open_graph(folder / "graph.nq")


def all_lines(opened: OpenGraph) -> list[str]:
    return sorted(set(read_lines(opened.quads())))


def of_format(found: list[str], kind: str) -> list[str]:
    return found if kind in WITH_GRAPHS else sorted({" ".join(split_line(line)[:3]) + " ." for line in found})


def dumped(opened: OpenGraph, path: Path, **options: Any) -> tuple[Path, ...]:
    return dump_graph(opened, path, DumpOptions(**options))
