"""The server process: `python -m armsgraph.server SETTINGS`, as `armsgraph serve` starts it.

It is not the process of the command line, which has the extractor and its model in memory.
"""

from __future__ import annotations

import sys

from armsgraph.errors import ArmsgraphError, GateError
from armsgraph.server.serving import serve
from armsgraph.server.settings import Settings


def main() -> int:
    """Serve; return the exit code."""
    try:
        serve(Settings.from_json(sys.argv[1]))
    except ArmsgraphError as error:
        where = f"{error.where}: " if error.where else ""
        print(f"error: {where}{error.message}", file=sys.stderr)
        if error.hint:
            print(f"  {error.hint}", file=sys.stderr)
        return 1 if isinstance(error, GateError) else 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
