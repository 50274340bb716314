"""Opens a graph file of any format, or a store, for reading."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from armsgraph import resources
from armsgraph.errors import InputError, StoreError
from armsgraph.store.places import is_store, recover
from armsgraph.vocab import CONTEXT_URL
from armsgraph.wholefile import bare_name, decompressing

__all__ = ["GRAPH_FORMATS", "ONTOLOGY_GRAPH", "OpenGraph", "open_graph", "telling_mistakes"]

# How far into a JSON-LD file its context is looked for.
_HEAD_BYTES = 65_536

ONTOLOGY_GRAPH = "https://w3id.org/armsgraph/ontology"

GRAPH_FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenGraph:
    """A graph that can be queried. `store` must not be written to: on disk it is opened read-only."""

    store: ox.Store
    path: Path
    is_on_disk: bool

    def quads(self, *, with_ontology: bool = False) -> Iterator[ox.Quad]:
        """Yield its quads in no order, those of the graph `ONTOLOGY_GRAPH` only if wanted."""
        ontology = ox.NamedNode(ONTOLOGY_GRAPH)
        for quad in self.store:
            if with_ontology or quad.graph_name != ontology:
                yield quad


def open_graph(path: Path) -> OpenGraph:
    """Open a file (loaded into memory) or the folder of a store (read-only) for reading.

    The format of a file is its extension, `.gz` or `.zst` behind it; JSON-LD may name our published context.

    Oxigraph keeps values, not spellings: `01` is read as 1, `1.50` as 1.5, `P32M` as `P2Y8M`, `en-GB` as `en-gb`.

    Raises:
        InputError: No such file, another extension, or a mistake in it, with the line.
        StoreError: The folder holds no store, or it cannot be opened.
    """
    path = Path(path)
    recover(path)
    if path.is_dir():
        return _open_store(path)
    if not path.exists():
        raise InputError("no such file or store", where=str(path), hint="check the name")
    extension = bare_name(path).suffix
    format = GRAPH_FORMATS.get(extension.lower())
    if format is None:
        raise InputError(
            f"no graph format has the extension {extension!r}",
            where=str(path),
            hint=f"use one of {', '.join(e[1:] for e in GRAPH_FORMATS)}, or the folder of a store",
        )
    store = ox.Store()
    with telling_mistakes(path, format):
        _load(store, path, format)
    return OpenGraph(store=store, path=path, is_on_disk=False)


@contextmanager
def telling_mistakes(path: Path, format: ox.RdfFormat) -> Iterator[None]:
    """Turn what Oxigraph raises while it reads a graph file into an InputError with the line.

    Raises:
        InputError: The file cannot be read, or is no valid graph.
    """
    try:
        yield
    except SyntaxError as error:
        line = f":{error.lineno}" if error.lineno else ""
        raise InputError(
            f"no valid {format.name}: {error.msg}", where=f"{path}{line}", hint="mend the file there, or make it again"
        ) from error
    except (OSError, ValueError) as error:
        raise InputError(f"cannot be read: {error}", where=str(path), hint="check the file") from error


def _load(store: ox.Store, path: Path, format: ox.RdfFormat) -> None:
    if format != ox.RdfFormat.JSON_LD and bare_name(path) == path:
        store.bulk_load(path=str(path), format=format)
        return
    with decompressing(path) as file:
        source = _LocalContext(file) if format == ox.RdfFormat.JSON_LD else file
        store.bulk_load(source, format=format)  # type: ignore[arg-type]


class _LocalContext:
    """JSON-LD in which the address of our published context is replaced by the context itself.

    Nothing is fetched: any other context that is only named is a mistake in the file, as before.
    """

    def __init__(self, file: IO[bytes]) -> None:
        head = file.read(_HEAD_BYTES)
        named = f'"{CONTEXT_URL}"'.encode()
        if named in head:
            context = json.loads(resources.ontology_file("context.jsonld").read_text("utf-8"))["@context"]
            head = head.replace(named, json.dumps(context).encode(), 1)
        self._head = head
        self._file = file

    def read(self, size: int = -1) -> bytes:
        """Return at most `size` bytes, all that is left for a negative size."""
        if size < 0:
            head, self._head = self._head, b""
            return head + self._file.read()
        if self._head:
            head, self._head = self._head[:size], self._head[size:]
            return head
        return self._file.read(size)


def _open_store(path: Path) -> OpenGraph:
    if not is_store(path):
        raise StoreError(
            "the folder holds no store", where=str(path), hint="make one with: armsgraph build INPUT --store FOLDER"
        )
    try:
        return OpenGraph(store=ox.Store.read_only(str(path)), path=path, is_on_disk=True)
    except OSError as error:
        raise StoreError(
            f"the store cannot be opened: {error}", where=str(path), hint="check permissions, or build it again"
        ) from error
