"""Settles links to Wikidata that several documents make differently, while sorted lines stream by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from armsgraph.graph.terms import name_iri, split_line

__all__ = ["settle_matches"]

_EXACT, _CLOSE = name_iri("skos:exactMatch"), name_iri("skos:closeMatch")


def settle_matches(lines: Iterable[str]) -> Iterator[str]:
    """Yield sorted N-Quads lines with links of the default graph that do not contradict each other.

    An item that one document is sure of and another is not is linked as exact alone. If documents are sure of
    different items, one of them means a namesake: neither is stated directly, the claims tell what each says. Only
    the lines of one subject are held at a time.
    """
    for _, group in groupby(lines, key=_subject):
        found = list(group)
        if not any(_EXACT in line for line in found):
            yield from found
            continue
        exact = {value for line in found if (value := _value(line, _EXACT))}
        for line in found:
            if len(exact) > 1 and _value(line, _EXACT):
                continue
            if _value(line, _CLOSE) in exact:
                continue
            yield line


def _subject(line: str) -> str:
    return line[: line.index(" ")]


def _value(line: str, wanted: str) -> str:
    """Return the object of a line of the default graph with that predicate, "" for any other line."""
    _, predicate, value, graph = split_line(line)
    return value if predicate == wanted and graph == "" else ""
