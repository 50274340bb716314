"""Loads made-up triples into Fuseki and Oxigraph beside each store's own bulk loader, and measures our memory.

Run: python -m bench.loading [TRIPLES [METHOD...]]        METHOD is gsp (if none is given) or update

Needs Java and Maven for Fuseki (tests/stores/pom.xml), and the package oxigraph. Everything runs one after the other on
this machine; the store's own loader writes a store that nobody serves, ours writes through HTTP into one that serves.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from bench.graph_speed import article

from armsgraph.claims import make_claims
from armsgraph.graph import GraphBuilder, write_file
from stores.servers import BIN, jar, start_store  # type: ignore[import-not-found]


def write_triples(path: Path, number: int) -> int:
    """Write at least so many triples of made-up articles and return how many there are."""
    with GraphBuilder() as builder:
        sample = article(1)
        nodes, claims = make_claims(sample)
        builder.add_document(sample.document, nodes, claims, sample.entities.mentions)
        each = sum(1 for _ in builder.lines())
        for n in range(2, number // each + 2):
            extraction = article(n)
            nodes, claims = make_claims(extraction)
            builder.add_document(extraction.document, nodes, claims, extraction.entities.mentions)
        write_file(builder.lines(), path)
    with path.open("rb") as file:
        return sum(1 for _ in file)


def timed(command: list[str], **environment: str) -> tuple[float, float]:
    """Run a command and return the seconds it took and the megabytes it held at most."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, env=dict(os.environ) | environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{command[0]} failed: {said[-2000:]}")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def main(number: int, methods: list[str]) -> None:
    with tempfile.TemporaryDirectory(prefix="armsgraph-bench-") as folder:
        path = Path(folder) / "graph.nq"
        triples = write_triples(path, number)
        documents = len(
            {line.rsplit(" <", 1)[1] for line in path.open(encoding="utf-8") if "/document/" in line[-120:]}
        )
        print(f"{triples:,} triples of {documents} documents, {path.stat().st_size / 1e6:.0f} MB of N-Quads")
        print(f"{'':34}{'seconds':>9}{'triples/s':>11}{'our MB':>8}")
        fuseki = f"{jar('jena-fuseki-server-5.6.0.jar')}:{jar('jena-cmds-5.6.0.jar')}"
        own = {
            "fuseki": ["java", "-Xmx1g", "-cp", fuseki, "tdb2.tdbloader", f"--loc={folder}/tdb2", str(path)],
            "oxigraph": [str(BIN / "oxigraph"), "load", "--location", f"{folder}/oxigraph", "--file", str(path)],
        }
        names = {"fuseki": "tdb2.tdbloader", "oxigraph": "oxigraph load"}
        for store, command in own.items():
            seconds, _ = timed(command)
            print(f"{names[store]:34}{seconds:9.1f}{triples / seconds:11,.0f}{'-':>8}", flush=True)
            for method in methods:
                with tempfile.TemporaryDirectory(dir=folder) as place, start_store(store, Path(place)) as running:
                    ours = [str(BIN / "armsgraph"), "load", str(path), "--to", running.to, "--method", method]
                    seconds, memory = timed(ours, **running.environment)
                label = f"armsgraph load, {store}, {method}"
                print(f"{label:34}{seconds:9.1f}{triples / seconds:11,.0f}{memory:8.0f}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000, sys.argv[2:] or ["gsp"])
