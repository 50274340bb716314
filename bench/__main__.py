"""Runs the measures that need nothing but this project: `python -m bench`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> int:
    worst = 0
    for name in ("speed", "memory", "determinism"):
        print(f"== {name}", flush=True)
        worst |= subprocess.run([sys.executable, "-m", f"bench.{name}"], cwd=HERE.parent, check=False).returncode
    return worst


if __name__ == "__main__":
    raise SystemExit(main())
