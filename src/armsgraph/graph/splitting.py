"""Writes a graph as numbered files, each of which can be read alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from armsgraph.errors import InputError
from armsgraph.graph.layout import Layout
from armsgraph.graph.sorting import LineSorter
from armsgraph.graph.terms import split_line
from armsgraph.graph.writing import format_of, write_file
from armsgraph.vocab import DEFAULT_BASE
from armsgraph.wholefile import bare_name

__all__ = ["LEAST_BYTES", "parse_size", "write_parts"]

# Prefixes and contexts stand in every part.
LEAST_BYTES = 10_000
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([kMG]?)B?", re.IGNORECASE)
_FACTORS = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9}
_GAP = "\x1f"
_PART = re.compile(r"00(.+?-\d{9})-")


def parse_size(text: str) -> int:
    """Return the bytes of `500k`, `100MB`, `2G` (powers of ten).

    Raises:
        InputError: It is no size, or a smaller one than `LEAST_BYTES`.
    """
    found = _SIZE.fullmatch(text.strip())
    size = int(float(found[1]) * _FACTORS[found[2].lower()]) if found else 0
    if size < LEAST_BYTES:
        raise InputError(
            f"no size for a file: {text!r}", where="--split-size", hint="write 500k, 100MB or 2G, at least 10k"
        )
    return size


def write_parts(
    lines: Iterable[str],
    path: Path,
    *,
    part_bytes: int,
    base: str = DEFAULT_BASE,
    links_context: bool = False,
) -> tuple[Path, ...]:
    """Write sorted N-Quads lines as `graph-0001.ttl`, `graph-0002.ttl` ... for a path of `graph.ttl`.

    All parts together are the graph; no triple stands in two of them in one graph. A deal and its parts, and a place
    in a text and its selectors, stay together. Parts of an earlier dump of the same name that has more of them are
    removed.

    Args:
        part_bytes: Size of a part as N-Quads (as N-Triples for that format), before compression. The other formats
            are shorter. Only a deal that is larger by itself makes a larger file.

    Raises:
        InputError: No such format, a file cannot be written, or the graph has blank nodes, which no two files share.
    """
    kind = format_of(path)
    written: list[Path] = []
    for number, part in enumerate(_parts(lines, kind, part_bytes, base), 1):
        place = _numbered(path, number)
        with part:
            write_file(part, place, base=base, links_context=links_context)
        written.append(place)
    number = len(written) + 1
    while (stale := _numbered(path, number)).is_file():
        stale.unlink()
        number += 1
    return tuple(written)


def _numbered(path: Path, number: int) -> Path:
    bare = bare_name(path)
    return path.with_name(f"{bare.stem}-{number:04d}{path.name.removeprefix(bare.stem)}")


def _parts(lines: Iterable[str], kind: str, part_bytes: int, base: str) -> Iterator[LineSorter]:
    """Yield the lines of each part; at least one part."""
    part, size, is_first = LineSorter(), 0, True
    for block in _blocks(lines, kind, base):
        length = sum(_length(line, kind) for line in block)
        if size and size + length > part_bytes:
            yield part
            part, size, is_first = LineSorter(), 0, False
        part.add(block)
        size += length
    if size or is_first:
        yield part


def _blocks(lines: Iterable[str], kind: str, base: str) -> Iterator[list[str]]:
    if kind in {"nq", "nt"}:
        for line in lines:
            _refuse_blank(line)
            yield [line]
        return
    layout = Layout(base)
    with LineSorter() as sorter:
        sorter.add(_keyed(lines, layout, has_graphs=kind in {"trig", "jsonld"}))
        for _, block in groupby((entry.split(_GAP, 2) for entry in sorter), key=_block_of):
            yield [line for _, _, line in block]


def _keyed(lines: Iterable[str], layout: Layout, *, has_graphs: bool) -> Iterator[str]:
    for line in lines:
        _refuse_blank(line)
        subject, _, _, graph = split_line(line)
        yield _GAP.join((graph if has_graphs else "", layout.subject_key(subject), line))


def _block_of(entry: list[str]) -> tuple[str, str]:
    graph, key, line = entry
    part = _PART.match(key)
    subject = part[1] if part else split_line(line)[0]
    for tail in ("-position>", "-quote>"):
        subject = subject.removesuffix(tail)
    return graph, subject.removesuffix(">")


def _length(line: str, kind: str) -> int:
    if kind == "nt":
        line = " ".join(split_line(line)[:3]) + " ."
    return len(line.encode("utf-8")) + 1


def _refuse_blank(line: str) -> None:
    subject, _, value, graph = split_line(line)
    if subject[0] == "_" or value[0] == "_" or graph.startswith("_") or (value[0] == "<" and "<<( _:" in value):
        raise InputError(
            "the graph has blank nodes, which cannot be shared between files",
            where="--split-size",
            hint="write it as one file",
        )
