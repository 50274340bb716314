"""What linking costs: its share of a build, the time to load the lists, and memory over many entities.

    python -m bench.linking_speed [--texts FOLDER] [--entities N]

Exit code 1 if linking takes more than 10 % of a build, the lists need 0.3 s or more, or memory grows with documents.
"""

from __future__ import annotations

import argparse
import gc
import os
import statistics
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from time import process_time

from bench.speed import read_texts, time_stages

from armsgraph.gate import load_gate
from armsgraph.lexicon.gazetteer import Gazetteer
from armsgraph.linking import link_entities
from armsgraph.model import Document, EntitySet
from armsgraph.pipeline import Tools, extract_many, load_tools

HERE = Path(__file__).parent
MOST_SHARE = 0.10
MOST_SECONDS = 0.3
MOST_BYTES = 0.1  # an entity
ROUNDS = 5
_LOAD = (
    "from time import process_time\n"
    "from armsgraph.lexicon.gazetteer import load_gazetteer\n"
    "t = process_time(); g = load_gazetteer(); print(process_time() - t)\n"
)


def share_of_build(documents: list[Document], tools: Tools) -> float:
    """Return the part of the time of a build, gate and graph included, that linking takes; median of the rounds."""
    gate = load_gate()
    time_stages(documents[:20], tools, gate)
    shares = []
    for _ in range(3):
        stages = time_stages(documents, tools, gate)
        shares.append(stages["link_entities"] / stages["whole"])
    return statistics.median(shares)


def seconds_to_load() -> float:
    """Return the processor time to read all lists in a fresh process, median of the rounds."""
    times = []
    for _ in range(ROUNDS):
        done = subprocess.run(
            [sys.executable, "-c", _LOAD], capture_output=True, text=True, check=True, cwd=HERE.parent
        )
        times.append(float(done.stdout))
    return statistics.median(times)


def many_documents(documents: list[Document], tools: Tools) -> Iterator[tuple[Document, EntitySet]]:
    """Yield the documents with their entities, over and over."""
    read = [(e.document, e.entities) for e in extract_many(documents, tools)]
    yield from cycle(read)


def link_many(pairs: Iterator[tuple[Document, EntitySet]], count: int, gazetteer: Gazetteer) -> tuple[int, float, int]:
    """Link documents until so many entities were seen; return entities, seconds and the bytes still held after them."""
    seen, links = 0, 0
    started = process_time()
    while seen < count:
        document, entities = next(pairs)
        links += sum(bool(k.qid) for k in link_entities(document, entities, gazetteer))
        seen += len(entities.entities)
    spent = process_time() - started
    assert links
    gc.collect()
    return seen, spent, tracemalloc.get_traced_memory()[0]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path, default=HERE / "corpus" / "train")
    parser.add_argument("--entities", type=int, default=100_000)
    args = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    loading = seconds_to_load()
    print(f"lists: loaded in {loading:.3f} s of processor time, at most {MOST_SECONDS} s")
    tools = load_tools()
    documents = read_texts(args.texts, 0, tools)
    gc.freeze()
    share = share_of_build(documents, tools)
    print(f"share of linking in a build of {len(documents)} texts: {share:.3f}, at most {MOST_SHARE}")
    pairs = many_documents(documents, tools)
    link_many(pairs, 1000, tools.gazetteer)
    _, seconds, _ = link_many(pairs, args.entities // 10, tools.gazetteer)
    print(f"speed: {args.entities // 10 / seconds:,.0f} entities a second")
    tracemalloc.start()
    few, _, before = link_many(pairs, args.entities // 10, tools.gazetteer)
    many, _, after = link_many(pairs, args.entities, tools.gazetteer)
    peak = tracemalloc.get_traced_memory()[1] / 2**20
    print(f"memory: {before:,} bytes held after {few:,} entities, {after:,} after {many:,} more; peak {peak:.2f} MiB")
    is_well = share <= MOST_SHARE and loading < MOST_SECONDS and after - before < MOST_BYTES * many
    return int(not is_well)


if __name__ == "__main__":
    raise SystemExit(main())
