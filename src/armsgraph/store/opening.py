"""Opens a graph file of any format, or a store, for reading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from armsgraph.errors import InputError, StoreError
from armsgraph.store.places import is_store, recover

__all__ = ["GRAPH_FORMATS", "ONTOLOGY_GRAPH", "OpenGraph", "open_graph"]

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
    """Open a file (format by its extension, loaded into memory) or the folder of a store (read-only) for reading.

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
    format = GRAPH_FORMATS.get(path.suffix.lower())
    if format is None:
        raise InputError(
            f"no graph format has the extension {path.suffix!r}",
            where=str(path),
            hint=f"use one of {', '.join(e[1:] for e in GRAPH_FORMATS)}, or the folder of a store",
        )
    store = ox.Store()
    try:
        store.bulk_load(path=str(path), format=format)
    except SyntaxError as error:
        line = f":{error.lineno}" if error.lineno else ""
        raise InputError(
            f"no valid {format.name}: {error.msg}", where=f"{path}{line}", hint="mend the file there, or make it again"
        ) from error
    except (OSError, ValueError) as error:
        raise InputError(f"cannot be read: {error}", where=str(path), hint="check the file") from error
    return OpenGraph(store=store, path=path, is_on_disk=False)


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
