"""The gate itself: shapes and checks in code, over one document's graph or any other."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike

import pyoxigraph as ox

from armsgraph.errors import InputError
from armsgraph.gate.engines import Engine, PyshaclEngine, PyshiftyEngine, has_pyshifty
from armsgraph.gate.evidence import check_spans
from armsgraph.gate.report import GateReport, Severity
from armsgraph.gate.shapes import Shapes, load_shapes

__all__ = ["ENGINES", "Gate", "load_gate"]

ENGINES = ("auto", "pyshacl", "pyshifty")


class Gate:
    """Checks graphs. Make one a process with `load_gate`, and not in a thread that serves."""

    def __init__(self, *, first: Engine, arbiter: Engine, shapes: Shapes) -> None:
        self._first = first
        self._arbiter = arbiter
        self._shapes = shapes

    @property
    def engine(self) -> str:
        """Name of the engine that looks first: `pyshifty` or `pyshacl`."""
        return self._first.name

    def check(self, graph: bytes | str | PathLike[str]) -> GateReport:
        """Check a graph: N-Triples or N-Quads as bytes, or a file whose format its extension names.

        Graphs of a dataset are checked as one.

        Raises:
            InputError: The file cannot be read, has an unknown extension, or is not in its format.
        """
        return self.check_quads(_parse(graph))

    def check_lines(self, lines: Iterable[str]) -> GateReport:
        """Check N-Triples or N-Quads lines, with or without line ends.

        Raises:
            InputError: A line is no statement.
        """
        return self.check("\n".join(lines).encode("utf-8", "surrogatepass"))

    def check_quads(self, quads: Iterable[ox.Quad | ox.Triple]) -> GateReport:
        """Check quads of pyoxigraph (a store is one such iterable); the names of graphs do not matter."""
        triples = [q.triple if isinstance(q, ox.Quad) else q for q in quads]
        # The rest, words around quotes and the like, is a tenth of a document's graph and of the time.
        read = [t for t in triples if t.predicate in self._shapes.predicates]
        engine = self._first
        results = engine.validate(read)
        if engine is not self._arbiter and any(r.severity is Severity.VIOLATION for r in results):
            engine = self._arbiter
            results = engine.validate(read)
        found = {*results, *check_spans(triples, self._shapes.by_iri)}
        return GateReport(results=tuple(sorted(found, key=lambda r: r.sort_key)), engine=engine.name)


def load_gate(*, engine: str = "auto") -> Gate:
    """Load the shapes and the engines.

    Args:
        engine: `pyshacl`; `pyshifty`, which hands every graph with a violation to pySHACL for the report that counts;
            or `auto`: pyshifty where it is installed, else pySHACL.

    Raises:
        InputError: No such engine, or pyshifty is asked for and not installed.
    """
    if engine not in ENGINES:
        raise InputError(f"no SHACL engine of this name: {engine!r}", hint=f"choose one of {', '.join(ENGINES)}")
    if engine == "pyshifty" and not has_pyshifty():
        raise InputError("pyshifty is not installed", hint="pip install pyshifty, or use pyshacl")
    shapes = load_shapes()
    arbiter = PyshaclEngine(shapes)
    fast = engine != "pyshacl" and has_pyshifty()
    return Gate(first=PyshiftyEngine(shapes) if fast else arbiter, arbiter=arbiter, shapes=shapes)


def _parse(graph: bytes | str | PathLike[str]) -> Iterable[ox.Quad]:
    # The parser is lazy, so what it raises has to be caught while it runs.
    try:
        if isinstance(graph, bytes):
            yield from ox.parse(graph, format=ox.RdfFormat.N_QUADS)
        else:
            yield from ox.parse(path=str(graph))
    except (OSError, SyntaxError, ValueError) as error:
        where = "graph" if isinstance(graph, bytes) else str(graph)
        raise InputError(f"not a graph that can be read: {error}", where=where) from error
