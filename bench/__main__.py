"""Runs the measures that need nothing but this project: `python -m bench`.

Cross-validation of the fitted weights (`python -m bench.fit_deals`) is run too where scikit-learn is installed.
"""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).parent


def main() -> int:
    names = ["speed", "memory", "determinism", "quality"]
    if find_spec("sklearn") is None:
        print("fit_deals is left out: it needs scikit-learn", flush=True)
    else:
        names.append("fit_deals")
    worst = 0
    for name in names:
        print(f"== {name}", flush=True)
        worst |= subprocess.run([sys.executable, "-m", f"bench.{name}"], cwd=HERE.parent, check=False).returncode
    return worst


if __name__ == "__main__":
    raise SystemExit(main())
