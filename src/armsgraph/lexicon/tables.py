"""Reads the lists under `data/`: tab-separated, UTF-8, header row, no quoting. Strict: a bad row is an error."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from armsgraph import resources
from armsgraph.errors import DataError

__all__ = ["check_overlays", "place_of", "read_table", "read_yaml", "shipped_place", "split_list"]

# What a list of a user may leave out besides the columns that its reader calls optional.
_OPTIONAL = frozenset({"source", "verified"})
_SUFFIXES = (".tsv", ".yaml")


class _Lined(dict[Any, Any]):
    """A mapping that knows its line in the file, and those of its keys."""

    line: int
    lines: Mapping[Any, int]


class _Loader(yaml.SafeLoader):
    """The safe loader, but mappings know their lines, and a key that is given twice is an error."""

    def construct_yaml_map(self, node: yaml.MappingNode) -> Generator[dict[Any, Any], None, None]:
        made = _Lined()
        made.line = node.start_mark.line + 1
        made.lines = {key.value: key.start_mark.line + 1 for key, _ in node.value}
        if len(made.lines) < len(node.value):
            names = [key.value for key, _ in node.value]
            twice = next(key for i, (key, _) in enumerate(node.value) if key.value in names[:i])
            raise yaml.MarkedYAMLError(problem=f"{twice.value!r} is there twice", problem_mark=twice.start_mark)
        yield made
        made.update(self.construct_mapping(node))


_Loader.add_constructor("tag:yaml.org,2002:map", _Loader.construct_yaml_map)


def read_table(
    name: str, columns: Sequence[str], *, needed: Sequence[str] | None = None, overlays: Sequence[Path] = ()
) -> Iterator[tuple[Mapping[str, str], str]]:
    """Yield the rows of a list, the shipped file first, then the file of that name in each overlay folder.

    Args:
        name: File name, e.g. `weapons.tsv`.
        columns: The columns a shipped file has, in any order; others are an error.
        needed: The columns that a file of the user must have; by default all but `source` and `verified`. What it
            leaves out is read as empty.
        overlays: Folders of the user; a folder without the file adds nothing.

    Yields:
        The row by column name, and its `file:line` for messages.

    Raises:
        DataError: A column is missing, unknown or there twice, a row has another number of fields than the header, or
            the file is not UTF-8.
    """
    wanted = frozenset(columns) - _OPTIONAL if needed is None else frozenset(needed)
    for number, path in enumerate(_files(name, overlays)):
        lines = _read_lines(path)
        where, line = next(lines, (f"{path}:1", ""))
        header = line.split("\t")
        _check_header(header, columns, wanted if number else frozenset(columns), where)
        for where, line in lines:
            if not line:
                continue
            fields = line.split("\t")
            if len(fields) != len(header):
                raise DataError(
                    f"{len(fields)} fields instead of {len(header)}",
                    where=where,
                    hint="fields are parted by one tab; write an empty field for what is unknown",
                )
            row = dict(zip(header, fields, strict=True))
            if number:
                row = dict.fromkeys(columns, "") | {key: value.strip() for key, value in row.items()}
            yield MappingProxyType(row), where


def read_yaml(name: str, *, overlays: Sequence[Path] = ()) -> Iterator[tuple[Any, str]]:
    """Yield the content of a YAML lexicon, the shipped one first, with its path for messages; an empty file is `{}`.

    Raises:
        DataError: Not YAML, or not UTF-8.
    """
    for path in _files(name, overlays):
        try:
            content = yaml.load("\n".join(line for _, line in _read_lines(path)), _Loader)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            where = f"{path}:{mark.line + 1}" if mark else str(path)
            raise DataError("not YAML", where=where, hint=str(getattr(error, "problem", error))) from error
        yield {} if content is None else content, str(path)


def place_of(content: Any, path: str, key: str | None = None) -> str:
    """Return `file:line` of a mapping of a YAML lexicon, or of one of its keys; the path for anything else."""
    if not isinstance(content, _Lined):
        return path
    return f"{path}:{content.lines.get(key, content.line)}"


def check_overlays(overlays: Sequence[Path]) -> None:
    """Make sure that every list in the user's folders has the name of a shipped one.

    Raises:
        DataError: A folder does not exist, or holds a list that nothing would read.
    """
    shipped = sorted(p.name for p in resources.data("").iterdir() if p.suffix in _SUFFIXES)
    for folder in overlays:
        if not folder.is_dir():
            raise DataError("no such folder of lists", where=str(folder), hint="--data takes a folder")
        for path in sorted(folder.iterdir()):
            if path.suffix in (*_SUFFIXES, ".yml") and path.name not in shipped:
                near = difflib.get_close_matches(path.name, shipped, 1)
                hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(shipped)}"
                raise DataError("no list has this name, nothing would read it", where=str(path), hint=hint)


def shipped_place(name: str) -> str:
    """Return how every `file:line` of the shipped list of that name begins."""
    return f"{resources.data(name)}:"


def split_list(field: str) -> tuple[str, ...]:
    """Split a `|` list, dropping empty parts."""
    return tuple(part for part in (p.strip() for p in field.split("|")) if part)


def _files(name: str, overlays: Sequence[Path]) -> Iterator[Path]:
    yield resources.data(name)
    yield from (folder / name for folder in overlays if (folder / name).exists())


def _read_lines(path: Path) -> Iterator[tuple[str, str]]:
    """Yield `file:line` and the line without its end; editors may write a byte order mark and Windows line ends."""
    with path.open("rb") as file:
        for number, raw in enumerate(file, 1):
            where = f"{path}:{number}"
            try:
                line = raw.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError as error:
                raise DataError("not UTF-8", where=where, hint="save the file as UTF-8") from error
            yield where, line.rstrip("\r\n")


def _check_header(header: Sequence[str], columns: Sequence[str], needed: frozenset[str], where: str) -> None:
    tests: tuple[tuple[str, Callable[[], list[str]]], ...] = (
        ("unknown column", lambda: [c for c in header if c not in columns]),
        ("missing column", lambda: [c for c in columns if c in needed and c not in header]),
        ("column given twice:", lambda: sorted({c for c in header if header.count(c) > 1})),
    )
    for what, find in tests:
        if found := find():
            raise DataError(
                f"{what} {', '.join(map(repr, found))}", where=where, hint=f"columns are {', '.join(columns)}"
            )
