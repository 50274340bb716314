"""Brings the table in src/armsgraph/data/README.md up to date: rows and SHA-256 of every file.

    python tools/describe_data.py            write it
    python tools/describe_data.py --check    only say what is not up to date; exit 1 if anything is

What people write there stays: everything around the table, and its columns `what`, `source`, `licence`, `date`. A new
file gets a line with `?` for them, to be filled in by hand; the line of a file that is gone goes.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "src" / "armsgraph" / "data"
COLUMNS = ("file", "what", "source", "licence", "date", "rows", "SHA-256")
UNKNOWN = "?"
_HEADING = "# Lists and lexicons\n\nTab-separated lists have a header row, one fact a line and no quoting.\n"


def describe(readme: str, data: Path = DATA) -> str:
    """Return the README with its table made from the files of `data`, sorted by name.

    Args:
        readme: The README as it is, "" if there is none. A table counts if its header has the columns of COLUMNS.
        data: The folder of the lists.

    Raises:
        ValueError: A line of the table has another number of fields than its header.
    """
    lines = (readme or _HEADING).rstrip("\n").split("\n")
    start, end = _find_table(lines)
    old = {fields[0].strip("`"): fields for fields in map(_fields, lines[start + 2 : end])}
    for name, fields in old.items():
        if len(fields) != len(COLUMNS):
            raise ValueError(f"the line of {name} has {len(fields)} fields instead of {len(COLUMNS)}")
    table = [_row(COLUMNS), _row(["---"] * len(COLUMNS))]
    table += [_row(_describe_file(path, old)) for path in _list_files(data)]
    before = lines[:start] if start < len(lines) else [*lines, ""]
    return "\n".join([*before, *table, *lines[end:], ""])


def find_gaps(readme: str, data: Path = DATA) -> tuple[str, ...]:
    """Say what in the README is not up to date or not filled in; nothing if all is well."""
    gaps = []
    lines = readme.rstrip("\n").split("\n")
    start, end = _find_table(lines)
    told = {fields[0].strip("`"): fields for fields in map(_fields, lines[start + 2 : end])}
    files = {path.name: path for path in _list_files(data)}
    gaps += [f"{name}: not in the table" for name in sorted(set(files) - set(told))]
    gaps += [f"{name}: in the table, but there is no such file" for name in sorted(set(told) - set(files))]
    for name in sorted(set(files) & set(told)):
        if len(told[name]) != len(COLUMNS):
            gaps.append(f"{name}: {len(told[name])} fields instead of {len(COLUMNS)}")
        elif _describe_file(files[name], told) != told[name]:
            gaps.append(f"{name}: rows or SHA-256 are not those of the file")
        gaps += [f"{name}: `{c}` is not filled in" for c, f in zip(COLUMNS, told[name], strict=False) if f in ("", "?")]
    return tuple(gaps)


def _list_files(data: Path) -> list[Path]:
    return sorted(p for p in data.iterdir() if p.is_file() and p.name != "README.md" and not p.name.startswith("."))


def _describe_file(path: Path, old: Mapping[str, Sequence[str]]) -> list[str]:
    content = path.read_bytes()
    written = list(old[path.name][1:5]) if path.name in old else [UNKNOWN] * 4
    return [f"`{path.name}`", *written, str(_count_rows(path, content)), f"`{hashlib.sha256(content).hexdigest()}`"]


def _count_rows(path: Path, content: bytes) -> int:
    """Count the rows of a list, or the lines of a lexicon that are neither empty nor a comment."""
    lines = [line for line in content.decode("utf-8").split("\n") if line.strip()]
    if path.suffix == ".tsv":
        return len(lines) - 1
    return sum(1 for line in lines if not line.lstrip().startswith("#"))


def _find_table(lines: Sequence[str]) -> tuple[int, int]:
    """Return the line of the header and the first one after the table; both are the end if there is none."""
    wanted = [column.lower() for column in COLUMNS]
    for start, line in enumerate(lines):
        if [field.lower() for field in _fields(line)] == wanted:
            end = start
            while end < len(lines) and lines[end].startswith("|"):
                end += 1
            return start, end
    return len(lines), len(lines)


def _fields(line: str) -> list[str]:
    # A bar inside a field is written \| in Markdown.
    return [field.strip().replace("\0", r"\|") for field in line.strip().strip("|").replace(r"\|", "\0").split("|")]


def _row(fields: Sequence[str]) -> str:
    return f"| {' | '.join(fields)} |"


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--check", action="store_true", help="only say what is not up to date")
    wants_check = parser.parse_args().check
    path = DATA / "README.md"
    readme = path.read_text("utf-8") if path.exists() else ""
    if not wants_check:
        readme = describe(readme)
        path.write_text(readme, "utf-8")
    gaps = find_gaps(readme)
    for gap in gaps:
        print(gap, file=sys.stderr)
    return 1 if gaps else 0


if __name__ == "__main__":
    sys.exit(main())
