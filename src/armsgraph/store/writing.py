"""Writes a graph as an Oxigraph store on disk."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path

import pyoxigraph as ox

from armsgraph import resources
from armsgraph.errors import StoreError
from armsgraph.linefile import LineFile
from armsgraph.store.opening import ONTOLOGY_GRAPH
from armsgraph.store.places import is_store, new_place, recover, remove_leftovers, swap_in

__all__ = ["add_ontology", "write_store"]

_BATCH = 200_000
_ONTOLOGY = ("armsgraph.ttl", "deal-statuses.ttl", "weapon-kinds.ttl")


def write_store(lines: Iterable[str], path: Path, *, with_ontology: bool = True) -> None:
    """Write N-Quads lines as an Oxigraph store, replacing the store that is there.

    The store is built beside its place and moved there when it is whole; a crash leaves the old or the new one.
    A reader that has the old one open may get an error and must open it again, as Oxigraph opens files late; a
    long-lived reader works on `link_store`'s copy instead.

    Args:
        lines: N-Quads lines without line end.
        path: Folder of the store; its parent must exist.
        with_ontology: Also load the ontology, the statuses and the kinds of weapon into the graph `ONTOLOGY_GRAPH`.

    Raises:
        StoreError: The folder holds something else, another process writes to it, or the disk refuses.
    """
    path = Path(path)
    _check_place(path)
    new = new_place(path)
    try:
        shutil.rmtree(new, ignore_errors=True)
        try:
            store = ox.Store(str(new))
            for batch in _batches(lines):
                store.bulk_load(LineFile(batch), format=ox.RdfFormat.N_QUADS)  # type: ignore[arg-type]
            if with_ontology:
                add_ontology(store)
            store.flush()
            del store
        except OSError as error:
            raise StoreError(
                f"cannot write the store: {error}", where=str(path), hint="check that there is room on the disk"
            ) from error
        swap_in(new, path)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _batches(lines: Iterable[str]) -> Iterator[Iterator[str]]:
    """Part the lines, as a bulk load takes memory for all that it loads. Each batch is used up before the next."""
    rest = iter(lines)
    for first in rest:
        yield chain((first,), islice(rest, _BATCH - 1))


def add_ontology(store: ox.Store) -> None:
    """Add the shipped ontology in a graph of its own, without what the default graph says already.

    A pattern over all graphs together finds a triple once for each graph that holds it, so none may stand in two.
    """
    graph, default = ox.NamedNode(ONTOLOGY_GRAPH), ox.DefaultGraph()
    for name in _ONTOLOGY:
        parsed = ox.parse(path=str(resources.ontology_file(name)), format=ox.RdfFormat.TURTLE)
        store.bulk_extend(
            ox.Quad(q.subject, q.predicate, q.object, graph)
            for q in parsed
            if ox.Quad(q.subject, q.predicate, q.object, default) not in store
        )


def _check_place(path: Path) -> None:
    if not path.parent.is_dir():
        raise StoreError("the folder around the store does not exist", where=str(path), hint=f"mkdir {path.parent}")
    recover(path)
    remove_leftovers(path)
    if not path.exists():
        return
    if not path.is_dir() or (not is_store(path) and any(path.iterdir())):
        raise StoreError(
            "is there and is no store, so it is not replaced",
            where=str(path),
            hint="name a new or empty folder, or the folder of a store",
        )
    if is_store(path) and _is_locked(path):
        raise StoreError(
            "another process writes to this store", where=str(path), hint="stop it, or write to another folder"
        )


def _is_locked(path: Path) -> bool:
    try:
        ox.Store(str(path))
    except OSError as error:
        # a damaged store may be replaced, one in use may not
        return "lock" in str(error).lower()
    return False
