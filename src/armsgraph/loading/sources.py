"""Reads a graph file or store as a stream, without loading it into memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from armsgraph.errors import InputError
from armsgraph.store import GRAPH_FORMATS, open_graph

__all__ = ["read_quads"]


def read_quads(path: Path) -> Iterator[ox.Quad]:
    """Yield the quads of a graph file (format by its extension) or of a store, the ontology of a store left out.

    Raises:
        InputError: No such file, another extension, or a mistake in it, with the line.
        StoreError: The folder holds no store, or it cannot be opened.
    """
    format = GRAPH_FORMATS.get(path.suffix.lower())
    if path.is_dir() or not path.exists() or format is None:
        yield from open_graph(path).quads()
        return
    try:
        yield from ox.parse(path=str(path), format=format)
    except SyntaxError as error:
        line = f":{error.lineno}" if error.lineno else ""
        raise InputError(
            f"no valid {format.name}: {error.msg}", where=f"{path}{line}", hint="mend the file there, or make it again"
        ) from error
    except (OSError, ValueError) as error:
        raise InputError(f"cannot be read: {error}", where=str(path), hint="check the file") from error
