"""Reads a graph file or store as a stream, without loading it into memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from armsgraph.store import GRAPH_FORMATS, open_graph, telling_mistakes
from armsgraph.wholefile import bare_name, decompressing

__all__ = ["read_quads"]


def read_quads(path: Path) -> Iterator[ox.Quad]:
    """Yield the quads of a graph file (format by its extension, compressed or not) or of a store without its ontology.

    Raises:
        InputError: No such file, another extension, or a mistake in it, with the line.
        StoreError: The folder holds no store, or it cannot be opened.
    """
    format = GRAPH_FORMATS.get(bare_name(path).suffix.lower())
    # JSON-LD may name our context, which only the store's own reading puts in
    if path.is_dir() or not path.exists() or format in {None, ox.RdfFormat.JSON_LD}:
        yield from open_graph(path).quads()
        return
    assert format is not None
    with telling_mistakes(path, format), decompressing(path) as file:
        yield from ox.parse(file, format=format)
