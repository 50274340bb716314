"""Time and peak memory of every export and of dumps, over a store of made-up articles: python -m bench.exports [N].

Each runs in a process of its own: CPU seconds from the opening of the store on, peak memory of the whole process.
Default 60 articles, about 160,000 quads.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.graph_speed import article

from armsgraph.claims import make_claims
from armsgraph.exporting import EXPORTS
from armsgraph.graph import GraphBuilder
from armsgraph.store import write_store

_DUMPS = ("ttl", "nq.gz", "nq.zst", "jsonld")


def make_store(folder: Path, documents: int) -> tuple[int, int]:
    """Write a store of made-up articles; return its quads and deals."""
    with GraphBuilder() as builder:
        deals = 0
        for number in range(documents):
            extraction = article(number)
            deals += len(extraction.deals)
            nodes, claims = make_claims(extraction)
            builder.add_document(extraction.document, nodes, claims, extraction.entities.mentions)
        write_store(builder.lines(), folder)
        return sum(1 for _ in builder.lines()), deals


def run(store: Path, name: str, output: Path) -> dict[str, float]:
    """Run one export or dump in a process of its own."""
    command = [sys.executable, "-m", "bench.exports", "--one", str(store), name, str(output)]
    said = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parent.parent)
    told: dict[str, float] = json.loads(said.stdout)
    return told


def one(store: str, name: str, output: str) -> None:
    """Do the work of one process and print its time and memory."""
    import armsgraph
    from armsgraph.exporting import ExportOptions

    start = time.process_time()
    graph = armsgraph.read(store)
    if name == "dump":
        graph.save(output)
    else:
        graph.export(name, output, options=ExportOptions(day="2024-01-01"))
    spent = time.process_time() - start
    print(json.dumps({"seconds": spent, "peak_mb": _peak_mb()}))


def _peak_mb() -> float:
    """Return the peak memory of this process; `getrusage` would count that of its parent before it was started."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(documents: int) -> int:
    """Measure all and print a table."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        quads, deals = make_store(folder / "store", documents)
        print(f"{documents} articles, {quads:,} quads, {deals:,} deals")
        print(f"{'form':28} {'CPU s':>8} {'peak MB':>8} {'file MB':>8}")
        jobs = [(name, e) for name, export in EXPORTS.items() for e in export.extensions or ("",)]
        jobs += [("dump", f".{extension}") for extension in _DUMPS]
        for name, extension in jobs:
            output = folder / f"out{extension}"
            told = run(folder / "store", name, output)
            files = [output] if output.is_file() else list(output.iterdir())
            size = sum(f.stat().st_size for f in files) / 1e6
            print(f"{name + ' ' + extension:28} {told['seconds']:8.1f} {told['peak_mb']:8.0f} {size:8.2f}", flush=True)
    return 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(*sys.argv[2:5])
    else:
        raise SystemExit(main(int(sys.argv[1]) if sys.argv[1:] else 60))
