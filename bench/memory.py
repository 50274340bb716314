"""Peak memory of `armsgraph build` over few and many made-up articles: it must not grow with their number.

python bench/memory.py [--counts 100 1000]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.articles import make_articles

_CHILD = (
    "import resource, sys\n"
    "from armsgraph.cli import app\n"
    "sys.argv[1:] = ['build', sys.argv[1], '--output', sys.argv[2]]\n"
    "try:\n    app()\n"
    "except SystemExit as stop:\n    assert not stop.code, stop.code\n"
    "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)\n"
)


def peak_mib(count: int, folder: Path) -> int:
    source = folder / f"{count}.jsonl"
    with source.open("w", encoding="utf-8") as file:
        for id_, published, text in make_articles(count):
            file.write(json.dumps({"id": id_, "published": published, "text": text}) + "\n")
    command = [sys.executable, "-c", _CHILD, str(source), str(folder / f"{count}.nq")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return int(done.stdout.split()[-1])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--counts", type=int, nargs="+", default=[100, 1000])
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as tmp:
        peaks = [(n, peak_mib(n, Path(tmp))) for n in args.counts]
    for count, peak in peaks:
        print(f"{count:6} documents: peak {peak:5} MiB, {peak / peaks[0][1]:.2f} of the first")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
