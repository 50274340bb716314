"""Turns documents, nodes, claims and mentions into sorted quads and writes them as files. See `docs/graph.md`."""

from armsgraph.graph.building import GraphBuilder
from armsgraph.graph.quads import document_lines
from armsgraph.graph.reading import read_lines
from armsgraph.graph.terms import check_base, mint
from armsgraph.graph.writing import FORMATS, format_of, write_file, write_stream

__all__ = [
    "FORMATS",
    "GraphBuilder",
    "check_base",
    "document_lines",
    "format_of",
    "mint",
    "read_lines",
    "write_file",
    "write_stream",
]
