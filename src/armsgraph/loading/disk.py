"""Loads a graph into a store on disk."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from armsgraph.errors import StoreError
from armsgraph.graph import GraphBuilder
from armsgraph.loading.parcels import FACTS, Bundle
from armsgraph.loading.sources import read_quads
from armsgraph.store import open_graph, write_store

__all__ = ["add_to_store"]


def add_to_store(path: Path, store: Path, *, graph: str | None = None, base: str) -> int:
    """Load a graph file or store into a store on disk.

    Args:
        path: What to load.
        store: Folder; without `graph` it is made, or replaced as a whole, as by `build --store`.
        graph: Put everything into this graph of a store that is there, in place of what the graph holds.

    Returns:
        The number of triples.

    Raises:
        InputError: The graph cannot be read.
        StoreError: The store cannot be opened or written.
    """
    with Bundle(base=base) as bundle:
        bundle.fill(read_quads(path), graph=graph, with_ontology=False)
        if graph is None:
            with GraphBuilder(base=base) as builder:
                for parcel in bundle.parcels:
                    end = f" <{parcel.graph}> ." if parcel.graph != FACTS else " ."
                    builder.add_lines(line[:-2] + end for line in bundle.lines(parcel))
                write_store(builder.lines(), store)
            return sum(p.triples for p in bundle.parcels)
        known = open_graph(store)
        if not known.is_on_disk:
            raise StoreError(
                "is a file, not a store", where=str(store), hint="armsgraph load FILE --store DIR makes one"
            )
        del known
        try:
            opened = ox.Store(str(store))
            name = ox.NamedNode(graph)
            opened.remove_graph(name)
            for parcel in bundle.parcels:
                for chunk in bundle.chunks(parcel, 8 << 20):
                    opened.bulk_load(chunk, format=ox.RdfFormat.N_TRIPLES, to_graph=name)
            opened.flush()
        except OSError as error:
            raise StoreError(
                f"the store cannot be written: {error}", where=str(store), hint="stop the process that writes to it"
            ) from error
        return sum(p.triples for p in bundle.parcels)
