"""The SHACL engines behind one interface: pySHACL, which decides, and pyshifty, which is fast where installed."""

from __future__ import annotations

import importlib.util
import logging
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import pyoxigraph as ox
import rdflib
from pyshacl import ShapesGraph, Validator
from pyshacl.graph_abstraction import DataGraph
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query

from armsgraph.errors import InputError
from armsgraph.gate.report import SH, GateResult, Severity
from armsgraph.gate.shapes import Shape, Shapes
from armsgraph.vocab import PREFIXES

__all__ = ["Engine", "PyshaclEngine", "PyshiftyEngine", "has_pyshifty"]

_XSD_STRING = PREFIXES["xsd"] + "string"
_COMPONENT_END = "ConstraintComponent"


class Engine(ABC):
    """Validates a graph against the shapes."""

    name: str

    @abstractmethod
    def validate(self, triples: Sequence[ox.Triple]) -> tuple[GateResult, ...]:
        """Return all results of all severities, without repetitions, sorted."""


class PyshaclEngine(Engine):
    """pySHACL: the reference, and the one whose violations are shown."""

    name = "pyshacl"

    def __init__(self, shapes: Shapes) -> None:
        self._shapes = shapes.by_iri
        self._queries: dict[str, Query] = {}
        triples = (q.triple for q in ox.parse(shapes.ntriples, format=ox.RdfFormat.N_TRIPLES))
        self._graph = _to_rdflib(triples, self._queries)
        self._prepared: ShapesGraph | None = None
        self._log = logging.getLogger("armsgraph.gate.pyshacl")

    def validate(self, triples: Sequence[ox.Triple]) -> tuple[GateResult, ...]:
        """Return all results of all severities, without repetitions, sorted."""
        with _silenced():
            data = DataGraph.from_rdflib(_to_rdflib(triples, self._queries))
        validator = Validator(data, shacl_graph=self._graph, options={"logger": self._log, "inplace": True})
        # as parsed for the first graph, with its shape objects
        validator.shacl_graph = self._prepared = self._prepared or validator.shacl_graph
        with _silenced():
            _, report, _ = validator.run()  # type: ignore[no-untyped-call]
        return _read_report(_from_rdflib(report), self._shapes)


class PyshiftyEngine(Engine):
    """pyshifty: about three times as fast on one document; its shapes are prepared once."""

    name = "pyshifty"

    def __init__(self, shapes: Shapes) -> None:
        import shifty

        self._shapes = shapes.by_iri
        self._validator: Any = shifty.PreparedValidator(shapes.ntriples)

    def validate(self, triples: Sequence[ox.Triple]) -> tuple[GateResult, ...]:
        """Return all results of all severities, without repetitions, sorted."""
        data = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
        options = {"graph_mode": "data", "infer": False, "on_unsupported": "error"}
        try:
            quick = self._validator.validate_algebra(data, **options)
            if not quick.violations:
                return ()
            # The full report costs twice the quick look, so only the shapes that failed are asked again.
            failed = {found.shape_name for found in quick.violations}
            names = None if None in failed else sorted(failed)
            with _silenced():
                _, report, _ = self._validator.validate(data, shape_names=names, **options)
        except ValueError as error:
            raise InputError(f"pyshifty cannot check this graph: {error}", hint="use the engine pyshacl") from error
        return _read_report(_from_rdflib(report), self._shapes)


def has_pyshifty() -> bool:
    """Say whether pyshifty can be imported."""
    return importlib.util.find_spec("shifty") is not None


@contextmanager
def _silenced() -> Iterator[None]:
    """Keep rdflib from logging a traceback for each ill-typed literal, which the report names anyway."""
    log = logging.getLogger("rdflib.term")
    was_disabled, log.disabled = log.disabled, True
    try:
        yield
    finally:
        log.disabled = was_disabled


_Term = ox.NamedNode | ox.BlankNode | ox.Literal


def _read_report(triples: Iterable[ox.Triple], shapes: Mapping[str, Shape]) -> tuple[GateResult, ...]:
    """Read the top-level results of a report; those of nested shapes only detail them."""
    about: dict[object, dict[str, object]] = {}
    top: list[object] = []
    for triple in triples:
        name = triple.predicate.value.removeprefix(SH)
        if name == "result":
            top.append(triple.object)
        about.setdefault(triple.subject, {})[name] = triple.object
    results = {_read_result(about[node], shapes) for node in top}
    return tuple(sorted(results, key=lambda r: r.sort_key))


def _read_result(found: Mapping[str, object], shapes: Mapping[str, Shape]) -> GateResult:
    source, focus, value = found["sourceShape"], found["focusNode"], found.get("value")
    component = found["sourceConstraintComponent"]
    severity = found["resultSeverity"]
    assert isinstance(component, ox.NamedNode)
    assert isinstance(severity, ox.NamedNode)
    iri = source.value if isinstance(source, ox.NamedNode) else str(source)
    shape = shapes.get(iri)
    message = found.get("resultMessage")
    return GateResult(
        focus=focus.value if isinstance(focus, ox.NamedNode) else str(focus),
        shape=iri,
        component=component.value.removeprefix(SH).removesuffix(_COMPONENT_END),
        severity=Severity(severity.value.removeprefix(SH)),
        message=shape.message if shape else str(getattr(message, "value", "")),
        path=shape.path if shape else None,
        value=None if value is None else str(value),
    )


class _Graph(rdflib.Graph):
    """An rdflib graph that parses each query once; pySHACL hands in the same text for every focus node."""

    def __init__(self, queries: dict[str, Query]) -> None:
        super().__init__(bind_namespaces="none")
        self._queries = queries

    def query(self, query_object: str | Query, *args: Any, **kwargs: Any) -> rdflib.query.Result:
        """Run a query."""
        if isinstance(query_object, str):
            text = query_object
            query_object = self._queries.get(text) or self._queries.setdefault(text, prepareQuery(text))
        return super().query(query_object, *args, **kwargs)


def _to_rdflib(triples: Iterable[ox.Triple], queries: dict[str, Query]) -> rdflib.Graph:
    """Build an rdflib graph; plain strings stay plain, as rdflib holds `"a"` and `"a"^^xsd:string` unequal."""
    graph = _Graph(queries)
    add = graph.store.add
    nodes: dict[object, rdflib.term.Node] = {}
    for triple in triples:
        s, p, o = (nodes.get(t) or nodes.setdefault(t, _term_to_rdflib(t)) for t in triple)
        add((s, p, o), graph)
    return graph


def _term_to_rdflib(term: object) -> rdflib.term.Node:
    match term:
        case ox.NamedNode():
            return rdflib.URIRef(term.value)
        case ox.BlankNode():
            return rdflib.BNode(term.value)
        case ox.Literal() if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        case ox.Literal() if term.datatype.value == _XSD_STRING:
            return rdflib.Literal(term.value)
        case ox.Literal():
            return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)
    raise InputError(f"not RDF 1.1: {term}", hint="leave out triple terms")


def _from_rdflib(graph: rdflib.Graph) -> list[ox.Triple]:
    triples = []
    for s, p, o in graph:
        subject, predicate, value = _term_from_rdflib(s), _term_from_rdflib(p), _term_from_rdflib(o)
        assert not isinstance(subject, ox.Literal)
        assert isinstance(predicate, ox.NamedNode)
        triples.append(ox.Triple(subject, predicate, value))
    return triples


def _term_from_rdflib(term: object) -> _Term:
    match term:
        case rdflib.URIRef():
            return ox.NamedNode(str(term))
        case rdflib.BNode():
            return ox.BlankNode(str(term))
        case rdflib.Literal():
            if term.language:
                return ox.Literal(str(term), language=term.language)
            return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype)) if term.datatype else None)
    raise TypeError(f"no term of RDF: {term!r}")
