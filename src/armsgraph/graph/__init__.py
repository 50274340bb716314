"""Turns documents, nodes, claims and mentions into sorted quads and writes them as files. See `docs/graph.md`."""

from armsgraph.graph.building import GraphBuilder
from armsgraph.graph.describing import DumpCounts, count_lines, description_lines, write_description
from armsgraph.graph.quads import document_lines
from armsgraph.graph.reading import read_lines
from armsgraph.graph.reifying import add_reifiers
from armsgraph.graph.splitting import parse_size, write_parts
from armsgraph.graph.terms import check_base, mint
from armsgraph.graph.writing import FORMATS, format_of, write_file, write_stream

__all__ = [
    "FORMATS",
    "DumpCounts",
    "GraphBuilder",
    "add_reifiers",
    "check_base",
    "count_lines",
    "description_lines",
    "document_lines",
    "format_of",
    "mint",
    "parse_size",
    "read_lines",
    "write_description",
    "write_file",
    "write_parts",
    "write_stream",
]
