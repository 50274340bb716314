"""Settles the names of a node that several documents call differently, while sorted lines stream by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from armsgraph.graph.terms import name_iri, split_line

__all__ = ["settle_names"]

_LABEL = name_iri("rdfs:label")
_ALT = name_iri("skos:altLabel")
_HIDDEN = name_iri("skos:hiddenLabel")
_NAMES = {_LABEL, _ALT, _HIDDEN}


def settle_names(lines: Iterable[str]) -> Iterator[str]:
    """Yield sorted N-Quads lines with one rdfs:label for each subject of the default graph.

    The longest candidate is the label, of equally long ones the first in code point order; the others become
    skos:altLabel. No name is said twice: a label is no altLabel, an altLabel no hiddenLabel. The order stays sorted.
    Only the lines of one subject are held at a time.
    """
    for _, group in groupby(lines, key=_subject):
        found = list(group)
        named = [line for line in found if _is_name(line)]
        if len(named) < 2:
            yield from found
            continue
        others = [line for line in found if not _is_name(line)]
        yield from sorted(others + _settled(named))


def _subject(line: str) -> str:
    return line[: line.index(" ")]


def _is_name(line: str) -> bool:
    _, predicate, value, graph = split_line(line)
    return predicate in _NAMES and graph == "" and value.startswith('"')


def _settled(lines: list[str]) -> list[str]:
    by_kind: dict[str, set[str]] = {_LABEL: set(), _ALT: set(), _HIDDEN: set()}
    subject = _subject(lines[0])
    for line in lines:
        _, predicate, value, _ = split_line(line)
        by_kind[predicate].add(value)
    label = min(by_kind[_LABEL], key=lambda v: (-len(v), v), default=None)
    alt = (by_kind[_ALT] | by_kind[_LABEL]) - {label}
    hidden = by_kind[_HIDDEN] - alt - {label}
    result = [f"{subject} {_LABEL} {label} ."] if label is not None else []
    result += [f"{subject} {_ALT} {v} ." for v in alt]
    return result + [f"{subject} {_HIDDEN} {v} ." for v in hidden]
