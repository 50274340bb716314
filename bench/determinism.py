"""Whether `armsgraph build` gives the same bytes twice, and in any order of the inputs, whatever Python's hash seed.

python -m bench.determinism [--articles N]
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.articles import make_articles

KINDS = ("ttl", "nq")


def build(inputs: list[str], output: Path, hash_seed: str) -> bytes:
    done = subprocess.run(
        [sys.executable, "-c", "from armsgraph.cli import main; main()", "build", *inputs, "--output", str(output)],
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"build failed:\n{done.stderr[-2000:]}")
    return output.read_bytes()


def first_difference(one: bytes, other: bytes) -> str:
    for number, (a, b) in enumerate(zip(one.splitlines(), other.splitlines(), strict=False), 1):
        if a != b:
            return f"line {number}: {a.decode()} | {b.decode()}"
    return f"{len(one)} and {len(other)} bytes"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=20)
    args = parser.parse_args()
    differing = 0
    with tempfile.TemporaryDirectory() as tmp:
        folder = Path(tmp)
        inputs = []
        for name, _published, text in make_articles(args.articles):
            path = folder / f"{name}.txt"
            path.write_text(text, "utf-8")
            inputs.append(str(path))
        for kind in KINDS:
            first = build(inputs, folder / f"first.{kind}", "0")
            for what, order, seed in (("again", inputs, "1"), ("in reverse order", inputs[::-1], "2")):
                other = build(order, folder / f"other.{kind}", seed)
                same = first == other
                differing += not same
                verdict = "the same bytes" if same else f"differs, {first_difference(first, other)}"
                print(f"{kind:4} {len(inputs)} documents {what:18} {verdict}", flush=True)
    return int(differing > 0)


if __name__ == "__main__":
    raise SystemExit(main())
