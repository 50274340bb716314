"""The shapes, read once: as bytes for the engines, and what each named shape says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from armsgraph.errors import InternalError
from armsgraph.gate.report import SH, Severity
from armsgraph.resources import shape_files
from armsgraph.vocab import PREFIXES

__all__ = ["Shape", "Shapes", "load_shapes"]

_RDF = PREFIXES["rdf"]
_NAME = re.compile(r"\b([a-z]+):([A-Za-z]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What a named shape tells a person: `path` is its property path in SPARQL syntax, None for a node shape."""

    iri: str
    severity: Severity
    message: str
    path: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shapes:
    """All shapes.

    Attributes:
        ntriples: For the engines.
        by_iri: Those with a severity, which are the ones that report.
        predicates: The properties they read, and other names; statements with any other property change no result.
    """

    ntriples: bytes
    by_iri: Mapping[str, Shape]
    predicates: frozenset[ox.NamedNode]


def load_shapes() -> Shapes:
    """Read every file of `shapes/`.

    Raises:
        InternalError: A shape has no message, is closed, or has a property path that this reader does not know.
    """
    store = ox.Store()
    for file in shape_files():
        # one by one, so that blank nodes of different files stay apart
        store.extend(ox.parse(path=str(file), rename_blank_nodes=True))
    by_iri = {}
    for quad in store.quads_for_pattern(None, _sh("severity"), None):
        if isinstance(quad.subject, ox.NamedNode):
            shape = _read(store, quad.subject, quad.object)
            by_iri[shape.iri] = shape
    triples = sorted(str(q.triple) for q in store)
    return Shapes(
        ntriples="".join(f"{t} .\n" for t in triples).encode(),
        by_iri=dict(sorted(by_iri.items())),
        predicates=_predicates(store),
    )


def _predicates(store: ox.Store) -> frozenset[ox.NamedNode]:
    """Gather every IRI that the shapes name, in triples or in queries, and what all engines read besides."""
    if any(store.quads_for_pattern(None, _sh("closed"), None)):
        raise InternalError("a closed shape reads every property", hint="leave out sh:closed")
    names = {quad.object for quad in store if isinstance(quad.object, ox.NamedNode)}
    for quad in store.quads_for_pattern(None, _sh("select"), None):
        assert isinstance(quad.object, ox.Literal)
        names |= {ox.NamedNode(PREFIXES[p] + n) for p, n in _NAME.findall(quad.object.value)}
    return frozenset({*names, ox.NamedNode(f"{_RDF}type"), ox.NamedNode(f"{PREFIXES['rdfs']}subClassOf")})


def _read(store: ox.Store, node: ox.NamedNode, severity: object) -> Shape:
    message, path = _value(store, node, "message"), _value(store, node, "path")
    if not isinstance(message, ox.Literal) or not isinstance(severity, ox.NamedNode):
        raise InternalError("a shape has no message or severity", where=node.value, hint="install it again")
    return Shape(
        iri=node.value,
        severity=Severity(severity.value.removeprefix(SH)),
        message=message.value,
        path=None if path is None else _path(store, path),
    )


def _path(store: ox.Store, node: object) -> str:
    """Spell a property path as SPARQL does."""
    if isinstance(node, ox.NamedNode):
        return _compact(node.value)
    assert isinstance(node, ox.BlankNode)
    inverse, choices = _value(store, node, "inversePath"), _value(store, node, "alternativePath")
    if inverse is not None:
        return f"^{_path(store, inverse)}"
    if choices is not None:
        return "|".join(_path(store, part) for part in _list(store, choices))
    parts = _list(store, node)
    if not parts:
        raise InternalError("a property path of a kind unknown to the gate", where=str(node))
    return "/".join(_path(store, part) for part in parts)


def _list(store: ox.Store, node: object) -> list[object]:
    parts: list[object] = []
    while isinstance(node, ox.BlankNode):
        firsts = [q.object for q in store.quads_for_pattern(node, ox.NamedNode(f"{_RDF}first"), None)]
        rests = [q.object for q in store.quads_for_pattern(node, ox.NamedNode(f"{_RDF}rest"), None)]
        if not firsts:
            break
        parts.append(firsts[0])
        node = rests[0]
    return parts


def _value(store: ox.Store, node: object, name: str) -> object | None:
    assert isinstance(node, ox.NamedNode | ox.BlankNode)
    return next((q.object for q in store.quads_for_pattern(node, _sh(name), None)), None)


def _compact(iri: str) -> str:
    fits = [(len(base), prefix, base) for prefix, base in PREFIXES.items() if iri.startswith(base)]
    if not fits:
        return f"<{iri}>"
    _, prefix, base = max(fits)
    return f"{prefix}:{iri[len(base) :]}"


def _sh(name: str) -> ox.NamedNode:
    return ox.NamedNode(SH + name)
