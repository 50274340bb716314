"""The writer: applies a write to a copy of the store, has the gate look at it, and only then puts it in place.

A process of its own that loads the shapes once. It may be killed at any point: the store is the old or the new one.
"""

from __future__ import annotations

import io
import pickle
import shutil
import socket
import sys
from dataclasses import asdict
from pathlib import Path

import pyoxigraph as ox

from armsgraph.errors import ArmsgraphError
from armsgraph.gate import Gate, GateReport, Severity, load_gate, report_turtle
from armsgraph.server.answering import read_syntax_error
from armsgraph.server.guarding import guard
from armsgraph.server.jobs import Limits
from armsgraph.server.prepared import STORE_FOLDER
from armsgraph.server.preparing import check_store, finish_place
from armsgraph.server.problems import Problem, ProblemError
from armsgraph.server.scanning import scan
from armsgraph.server.updates import add_using
from armsgraph.server.wire import END, HEADER, json_frame, problem_frame
from armsgraph.server.writes import UpdateWrite, Write
from armsgraph.store import link_store
from armsgraph.store.places import new_place, recover, swap_in

__all__ = ["main", "run_writer"]

_FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}


def run_writer(connection: socket.socket, path: Path, limits: Limits) -> None:
    """Do writes until the server hangs up. A message is a pickled pair of a `Write` and the place to serve it from.

    The answer is an END frame with a `Prepared` and whether the graph is new, or a BROKEN frame with a problem.
    """
    gate = load_gate()
    while (data := _receive(connection)) is not None:
        write, place = pickle.loads(data)
        try:
            answer = json_frame(END, _do(write, Path(place), path=path, gate=gate, limits=limits))
        except ProblemError as error:
            answer = problem_frame(error.problem)
        except (ArmsgraphError, OSError) as error:
            answer = problem_frame(Problem(status=500, title=f"the store cannot be written: {error}", outcome="failed"))
        connection.sendall(answer)


def _do(write: Write, place: Path, *, path: Path, gate: Gate, limits: Limits) -> dict[str, object]:
    recover(path)
    new = new_place(path)
    shutil.rmtree(new, ignore_errors=True)
    link_store(path, new)
    try:
        store = ox.Store(str(new))
        is_new = _apply(store, write, limits)
        store.flush()
        del store
        report = _check(gate, new, path)
        swap_in(new, path)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    place.mkdir()
    link_store(path, place / STORE_FOLDER)
    return {"prepared": asdict(finish_place(place, report)), "is_new": is_new}


def _check(gate: Gate, new: Path, path: Path) -> GateReport:
    """Return the report of the new store if the write breaks nothing that was whole before.

    Raises:
        ProblemError: 422, with the report of what the write breaks as Turtle.
    """
    report = check_store(gate, new)
    if report.conforms:
        return report
    before = set(check_store(gate, path).results)
    broken = tuple(r for r in report.results if r not in before and r.severity is Severity.VIOLATION)
    if not broken:
        return report
    raise ProblemError(
        Problem(
            status=422,
            title=f"the write breaks the shapes, {len(broken)} violations",
            report=report_turtle(broken),
            outcome="not-conforming",
        )
    )


def _apply(store: ox.Store, write: Write, limits: Limits) -> bool:
    """Do the write; return whether it made a graph that was not there."""
    if isinstance(write, UpdateWrite):
        _update(store, write, limits)
        return False
    try:
        graph = ox.NamedNode(write.graph) if write.graph else ox.DefaultGraph()
    except ValueError as error:
        raise ProblemError(Problem(status=400, title=f"no absolute IRI: {write.graph}")) from error
    was_there = isinstance(graph, ox.DefaultGraph) or store.contains_named_graph(graph)
    if write.method == "DELETE":
        if not was_there:
            raise ProblemError(Problem(status=404, title=f"no graph <{write.graph}> is in this store"))
        if isinstance(graph, ox.DefaultGraph):
            store.clear_graph(graph)
        else:
            store.remove_graph(graph)
        return False
    if write.method == "PUT":
        store.clear_graph(graph) if was_there else None
    try:
        if isinstance(graph, ox.NamedNode):
            store.add_graph(graph)
        store.load(io.BytesIO(write.data), _FORMATS[write.format], base_iri=write.graph or None, to_graph=graph)
    except SyntaxError as error:
        raise ProblemError(_no_graph(error, write.format)) from error
    except ValueError as error:
        raise ProblemError(Problem(status=400, title=f"the graph cannot be read: {error}")) from error
    return not was_there


def _no_graph(error: SyntaxError, format: str) -> Problem:
    return Problem(
        status=400,
        title=f"this is no {_FORMATS[format].name}: {error.msg}",
        line=error.lineno,
        column=error.offset,
        outcome="syntax-error",
    )


def _update(store: ox.Store, write: UpdateWrite, limits: Limits) -> None:
    problem = guard(write.text, scan(write.text), limits, is_update=True)
    if problem is not None:
        raise ProblemError(problem)
    text = write.text
    if write.default_graphs is not None or write.named_graphs is not None:
        text = add_using(text, default=write.default_graphs or (), named=write.named_graphs or ())
    try:
        store.update(text)
    except SyntaxError as error:
        raise ProblemError(read_syntax_error(error, write.text)) from error
    except (ValueError, RuntimeError) as error:
        raise ProblemError(Problem(status=400, title=f"the update cannot be run: {error}")) from error
    except OSError as error:
        # also what the update itself is wrong about, such as creating a graph that is there
        raise ProblemError(Problem(status=400, title=f"the update failed: {error}")) from error


def _receive(connection: socket.socket) -> bytes | None:
    head = _read(connection, HEADER.size)
    return _read(connection, HEADER.unpack(head)[1]) if head is not None else None


def _read(connection: socket.socket, size: int) -> bytes | None:
    data = bytearray()
    while len(data) < size:
        piece = connection.recv(min(size - len(data), 1024 * 1024))
        if not piece:
            return None
        data += piece
    return bytes(data)


def main() -> None:
    """Run the writer: number of its socket, folder of the store, and a pickled `Limits` on standard input."""
    limits = pickle.loads(sys.stdin.buffer.read())
    connection = socket.socket(fileno=int(sys.argv[1]))
    connection.setblocking(True)
    run_writer(connection, Path(sys.argv[2]), limits)


if __name__ == "__main__":
    main()
