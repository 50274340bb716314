"""Peak memory of `armsgraph build` over few and many made-up articles: it must not grow with their number.

python -m bench.memory [--counts 100 1000] [--full]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.articles import make_articles

# Above this a larger input is judged to cost memory, not noise: pages of the allocator, a longer table of words seen.
TOLERATED = 1.15

_CHILD = (
    "import resource, sys\n"
    "from armsgraph.cli import app\n"
    "sys.argv[1:] = ['build', sys.argv[1], '--output', sys.argv[2]]\n"
    "try:\n    app()\n"
    "except SystemExit as stop:\n    assert not stop.code, stop.code\n"
    "peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
    "print(peak // (1024 * 1024 if sys.platform == 'darwin' else 1024))\n"
)


def peak_mib(count: int, folder: Path) -> int:
    source = folder / f"{count}.jsonl"
    with source.open("w", encoding="utf-8") as file:
        for id_, published, text in make_articles(count):
            file.write(json.dumps({"id": id_, "published": published, "text": text}) + "\n")
    command = [sys.executable, "-c", _CHILD, str(source), str(folder / f"{count}.nq")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"build of {count} documents failed:\n{done.stderr[-2000:]}")
    return int(done.stdout.split()[-1])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--counts", type=int, nargs="+", default=[100, 1000])
    parser.add_argument("--full", action="store_true", help="10,000 documents too")
    args = parser.parse_args()
    counts = [*args.counts, *([10_000] if args.full else [])]
    first = worst = 0.0
    with tempfile.TemporaryDirectory() as tmp:
        for count in counts:
            peak = peak_mib(count, Path(tmp))
            first = first or peak
            worst = max(worst, peak / first)
            print(f"{count:6} documents: peak {peak:5} MiB, {peak / first:.2f} of the first", flush=True)
    if worst > TOLERATED:
        print(f"memory grows with the number of documents: {worst:.2f}, more than {TOLERATED}")
    return int(worst > TOLERATED)


if __name__ == "__main__":
    raise SystemExit(main())
