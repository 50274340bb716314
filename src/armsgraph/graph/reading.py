"""Quads of a pyoxigraph store or parser as N-Quads lines in the spelling of this package."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from armsgraph.graph.terms import literal

__all__ = ["read_lines", "term_text"]

_STRING = "http://www.w3.org/2001/XMLSchema#string"


def read_lines(quads: Iterable[ox.Quad]) -> Iterator[str]:
    """Yield quads as N-Quads lines without line end, in the order given. RDF 1.2 triple terms are kept as they are."""
    for quad in quads:
        graph = "" if isinstance(quad.graph_name, ox.DefaultGraph) else f" {term_text(quad.graph_name)}"
        yield f"{term_text(quad.subject)} {term_text(quad.predicate)} {term_text(quad.object)}{graph} ."


def term_text(term: object) -> str:
    """Return a term as N-Triples text."""
    if isinstance(term, ox.NamedNode):
        return f"<{term.value}>"
    if isinstance(term, ox.Literal):
        text = literal(term.value)
        if term.language:
            return f"{text}@{term.language}"
        return text if term.datatype.value == _STRING else f"{text}^^<{term.datatype.value}>"
    if isinstance(term, ox.Triple):
        return f"<<( {term_text(term.subject)} {term_text(term.predicate)} {term_text(term.object)} )>>"
    return str(term)
