"""Reads the lists under `data/`: tab-separated, UTF-8, header row, no quoting. Strict: a bad row is an error."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from armsgraph import resources
from armsgraph.errors import DataError

__all__ = ["read_table", "read_yaml", "split_list"]


def read_table(
    name: str, columns: Sequence[str], *, overlays: Sequence[Path] = ()
) -> Iterator[tuple[Mapping[str, str], str]]:
    """Yield the rows of a list, the shipped file first, then the file of that name in each overlay folder.

    Args:
        name: File name, e.g. `weapons.tsv`.
        columns: The columns a file must have, in any order; others are an error.
        overlays: Folders of the user; a folder without the file adds nothing.

    Yields:
        The row by column name, and its `file:line` for messages.

    Raises:
        DataError: A column is missing or unknown, or a row has another number of fields than the header.
    """
    for path in _files(name, overlays):
        with path.open(encoding="utf-8", newline="\n") as file:
            header = file.readline().rstrip("\n").split("\t")
            if sorted(header) != sorted(columns):
                raise DataError(
                    f"columns are {', '.join(header)}", where=f"{path}:1", hint=f"expected {', '.join(columns)}"
                )
            for number, line in enumerate(file, 2):
                fields = line.rstrip("\n").split("\t")
                if fields == [""]:
                    continue
                if len(fields) != len(header):
                    raise DataError(
                        f"{len(fields)} fields instead of {len(header)}",
                        where=f"{path}:{number}",
                        hint="fields are parted by one tab; write an empty field for what is unknown",
                    )
                yield MappingProxyType(dict(zip(header, fields, strict=True))), f"{path}:{number}"


def read_yaml(name: str, *, overlays: Sequence[Path] = ()) -> Iterator[tuple[Any, str]]:
    """Yield the content of a YAML lexicon, the shipped one first, with its path for messages.

    Raises:
        DataError: Not YAML.
    """
    for path in _files(name, overlays):
        try:
            yield yaml.safe_load(path.read_text("utf-8")), str(path)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            where = f"{path}:{mark.line + 1}" if mark else str(path)
            raise DataError("not YAML", where=where, hint=str(getattr(error, "problem", error))) from error


def split_list(field: str) -> tuple[str, ...]:
    """Split a `|` list, dropping empty parts."""
    return tuple(part for part in (p.strip() for p in field.split("|")) if part)


def _files(name: str, overlays: Sequence[Path]) -> Iterator[Path]:
    yield resources.data(name)
    yield from (folder / name for folder in overlays if (folder / name).exists())
