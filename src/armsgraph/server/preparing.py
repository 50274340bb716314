"""Makes a graph ready to be served: a copy of its own, the gate, the counts, the build id. A process of its own.

Validation takes memory, and its libraries change global settings, so none of this happens in a process that serves.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import pyoxigraph as ox

from armsgraph.errors import ArmsgraphError, StoreError
from armsgraph.gate import Gate, GateReport, Severity, load_gate, report_text
from armsgraph.graph import read_lines
from armsgraph.server.describing import FACTS_FILE, count_facts
from armsgraph.server.keeping import keep
from armsgraph.server.prepared import STORE_FOLDER, Prepared
from armsgraph.store import OpenGraph, link_store, open_graph, write_store

__all__ = ["check_store", "finish_place", "main", "prepare"]

_CHUNK = 1024 * 1024
_SHOWN = 20
# Files of the engine that hold data; the others change from one opening to the next.
_DATA = (".sst", ".log")


def prepare(source: Path, place: Path, *, allow_violations: bool) -> Prepared | GateReport:
    """Copy a graph to a place and check it.

    Args:
        source: Folder of a store, which is linked, or a graph file, which is loaded.
        place: A folder that does not exist; its parent does.
        allow_violations: Whether it is served even if it does not conform.

    Returns:
        The place, or the report of a graph that does not conform.

    Raises:
        ArmsgraphError: The graph cannot be read or the place not be written.
    """
    opened = open_graph(source)
    try:
        place.mkdir()
    except OSError as error:
        raise StoreError(f"cannot make a folder: {error.strerror}", where=str(place)) from error
    folder = place / STORE_FOLDER
    is_store = opened.is_on_disk
    if is_store:
        del opened
        link_store(source, folder)
    else:
        write_store(read_lines(opened.quads(with_ontology=True)), folder)
        del opened
    report = check_store(load_gate(), folder)
    if not report.conforms and not allow_violations:
        return report
    # the engine writes other bytes for the same graph each time it loads a file
    return finish_place(place, report, files=None if is_store else (source,))


def check_store(gate: Gate, folder: Path) -> GateReport:
    """Run the gate over a store, the ontology left out."""
    return gate.check_quads(OpenGraph(store=ox.Store.read_only(str(folder)), path=folder, is_on_disk=True).quads())


def finish_place(place: Path, report: GateReport, *, files: Iterable[Path] | None = None) -> Prepared:
    """Count what the store in a place holds, keep the counts there and name the build, by `files` or those of it."""
    folder = place / STORE_FOLDER
    store = ox.Store.read_only(str(folder))
    facts = count_facts(store)
    (place / FACTS_FILE).write_text(facts.to_json(), "utf-8")
    keep(place, store)
    return Prepared(
        place=str(place),
        build=_build_id(sorted(p for p in folder.iterdir() if p.suffix in _DATA) if files is None else files),
        counts=facts.counts,
        violations=report.count(Severity.VIOLATION),
        warnings=report.count(Severity.WARNING),
    )


def _build_id(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.name.encode("utf-8") + b"\0")
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    return digest.hexdigest()[:16]


def main() -> None:
    """Prepare what the JSON object in the first argument says, and print a JSON object that says how it went."""
    said = json.loads(sys.argv[1])
    result: dict[str, object]
    try:
        done = prepare(Path(said["source"]), Path(said["place"]), allow_violations=said["allow_violations"])
    except ArmsgraphError as error:
        result = {"error": error.message, "where": error.where, "hint": error.hint}
    else:
        if isinstance(done, Prepared):
            result = asdict(done)
        else:
            result = {"report": report_text(done.results[:_SHOWN]), "violations": done.count(Severity.VIOLATION)}
    print(json.dumps(result))


if __name__ == "__main__":
    main()
