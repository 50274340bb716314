"""RDF 1.2: claims as reifiers of what they say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from armsgraph.graph.terms import name_iri, split_line

__all__ = ["add_reifiers"]

_PARTS = tuple(name_iri(f"rdf:{part}") for part in ("subject", "predicate", "object"))
_REIFIES = name_iri("rdf:reifies")


def add_reifiers(lines: Iterable[str]) -> Iterator[str]:
    """Yield sorted N-Quads lines, still sorted, with `rdf:reifies <<( s p o )>>` for each claim.

    The three triples of RDF 1.1 stay, so that without the new ones the graph is what it was, and every query that
    worked on it still does. A node that has not exactly one subject, predicate and object reifies nothing.
    """
    for subject, group in groupby(lines, key=_subject):
        found = list(group)
        by_graph: dict[str, dict[str, list[str]]] = {}
        for line in found:
            _, predicate, value, graph = split_line(line)
            if predicate in _PARTS:
                by_graph.setdefault(graph, {}).setdefault(predicate, []).append(value)
        made = []
        for graph, parts in by_graph.items():
            if len(parts) == len(_PARTS) and all(len(values) == 1 for values in parts.values()):
                about, predicate, value = (parts[part][0] for part in _PARTS)
                # a triple has a node as subject and an IRI as predicate
                if about[0] in "<_" and predicate[0] == "<":
                    end = f" {graph} ." if graph else " ."
                    made.append(f"{subject} {_REIFIES} <<( {about} {predicate} {value} )>>{end}")
        yield from sorted({*found, *made}) if made else found


def _subject(line: str) -> str:
    return line[: line.index(" ")]
