"""A graph parted by the named graph that each triple belongs to, as bytes on disk that can be sent as they are."""

from __future__ import annotations

import hashlib
import io
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import IO

import pyoxigraph as ox

from armsgraph import resources
from armsgraph.graph import read_lines
from armsgraph.graph.sorting import LineSorter
from armsgraph.graph.terms import split_line
from armsgraph.store import ONTOLOGY_GRAPH
from armsgraph.vocab import PREFIXES

__all__ = ["FACTS", "Bundle", "Parcel"]

# Stands for the graph of the facts held true, whatever it is called in the store.
FACTS = ""

_EVIDENCE = ("claim", "document", "extraction", "mention", "span")
_DERIVED = f"<{PREFIXES['prov']}wasDerivedFrom>"
_RDF_TYPE = f"<{PREFIXES['rdf']}type>"
_CONCEPT = f"<{PREFIXES['skos']}Concept>"
_LABEL = f"<{PREFIXES['skos']}prefLabel>"
_DOCUMENT = f"<{PREFIXES['arms']}Document>"
_BLANK = re.compile(r"(?:^|\s)_:")
_GENID = f"{ONTOLOGY_GRAPH}/genid/"
_GAP = "\x1f"
_ONTOLOGY_FILES = ("armsgraph.ttl", "deal-statuses.ttl", "weapon-kinds.ttl")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """The triples of one graph.

    Attributes:
        graph: IRI of the graph, `FACTS` for what is held true.
        triples: How many there are.
        sha256: Of their sorted lines: two parcels with one hash are the same triples.
        is_document: Whether the graph tells of a document of its own name.
        has_blank_nodes: Such a parcel must go in one request, as blank nodes are the request's own.
        start, size: Where the lines stand in the file of the bundle, in bytes.
    """

    graph: str
    triples: int
    sha256: str
    is_document: bool
    has_blank_nodes: bool
    start: int
    size: int


class Bundle:
    """All parcels of a graph, in a temporary file; use it in a `with` block. Memory does not grow with the graph."""

    def __init__(self, *, base: str, sorter_chars: int = 16_000_000) -> None:
        self._base = f"<{base}"
        self._sorter_chars = sorter_chars
        self._folder = tempfile.TemporaryDirectory(prefix="armsgraph-load-")
        self._path = Path(self._folder.name) / "lines.nt"
        self.parcels: tuple[Parcel, ...] = ()

    def __enter__(self) -> Bundle:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._folder.cleanup()

    @property
    def documents(self) -> tuple[Parcel, ...]:
        """The parcels of documents, sorted by graph."""
        return tuple(p for p in self.parcels if p.is_document)

    @property
    def facts(self) -> Parcel | None:
        """The parcel of what is held true."""
        return next((p for p in self.parcels if p.graph == FACTS), None)

    def fill(self, quads: Iterable[ox.Quad], *, graph: str | None = None, with_ontology: bool = True) -> None:
        """Take the quads of a graph, in any order.

        A graph in a format without named graphs is parted as well: the claims, mentions and places of a document and
        the document itself go to its graph, which their IRIs name.

        Args:
            graph: Put everything into this graph and nothing else anywhere.
            with_ontology: Add the ontology in a graph of its own.
        """
        with LineSorter(chunk_chars=self._sorter_chars) as parted:
            if graph is not None:
                parted.add(f"{graph}{_GAP}{_triple(line)}" for line in read_lines(quads))
            else:
                with LineSorter(chunk_chars=self._sorter_chars) as loose:
                    parted.add(self._parted(quads, loose))
                    parted.add(self._sorted_out(loose))
                if with_ontology:
                    parted.add(_ontology_lines())
            self._write(parted)
        if graph is not None and not self.parcels:
            self.parcels = (_write_parcel(graph, (), io.BytesIO(), 0),)

    def chunks(self, parcel: Parcel, limit: int) -> Iterator[bytes]:
        """Yield the lines of a parcel in pieces of at most `limit` bytes (or one line), whole lines each.

        An empty parcel is one empty piece.
        """
        if parcel.has_blank_nodes:
            limit = max(limit, parcel.size)
        if not parcel.size:
            yield b""
            return
        with self._path.open("rb") as file:
            file.seek(parcel.start)
            left = parcel.size
            while left:
                data = file.read(min(limit, left))
                if len(data) < left and not data.endswith(b"\n"):
                    cut = data.rfind(b"\n") + 1
                    if cut:
                        file.seek(cut - len(data), 1)
                        data = data[:cut]
                    else:
                        data += file.readline()
                left -= len(data)
                yield data

    def lines(self, parcel: Parcel) -> Iterator[str]:
        """Yield the triples of a parcel as sorted N-Triples lines without line end."""
        for chunk in self.chunks(parcel, 1_000_000):
            for line in chunk.decode("utf-8").split("\n"):
                if line:
                    yield line

    def _parted(self, quads: Iterable[ox.Quad], loose: LineSorter) -> Iterator[str]:
        """Yield the lines that have a graph; those without one go to `loose`."""
        batch: list[str] = []
        for line in read_lines(quads):
            subject, predicate, value, graph = split_line(line)
            if graph == f"<{ONTOLOGY_GRAPH}>":
                continue
            if graph:
                yield f"{graph[1:-1]}{_GAP}{subject} {predicate} {value} ."
            else:
                batch.append(line)
                if len(batch) == 2000:
                    loose.add(batch)
                    batch.clear()
        loose.add(batch)

    def _sorted_out(self, loose: LineSorter) -> Iterator[str]:
        for subject, group in groupby(loose, key=lambda line: line[: line.index(" ")]):
            lines = list(group)
            graph = self._owner(subject, lines)
            yield from (f"{graph}{_GAP}{line}" for line in lines)

    def _owner(self, subject: str, lines: list[str]) -> str:
        """Return the graph of the document that a node belongs to, `FACTS` if it is evidence of none."""
        if not subject.startswith(self._base):
            return FACTS
        kind, _, local = subject[len(self._base) : -1].partition("/")
        if kind not in _EVIDENCE:
            return FACTS
        if kind == "claim":
            place = next((v for _, p, v, _ in map(split_line, lines) if p == _DERIVED), "")
            if not place.startswith(f"{self._base}span/"):
                return FACTS
            kind, local = "span", place[len(self._base) + len("span/") : -1]
        if kind in {"mention", "span"}:
            local = re.sub(r"-\d+-\d+(?:-position|-quote)?$", "", local)
        return f"{self._base[1:]}document/{local}"

    def _write(self, parted: Iterable[str]) -> None:
        parcels = []
        start = 0
        with self._path.open("wb") as file:
            for graph, group in groupby(parted, key=lambda line: line[: line.index(_GAP)]):
                parcel = _write_parcel(graph, (line[len(graph) + 1 :] for line in group), file, start)
                parcels.append(parcel)
                start += parcel.size
        self.parcels = tuple(parcels)


def _write_parcel(graph: str, lines: Iterable[str], file: IO[bytes], start: int) -> Parcel:
    digest = hashlib.sha256()
    triples = size = 0
    is_document = has_blank_nodes = False
    mark = f"<{graph}> {_RDF_TYPE} {_DOCUMENT} ."
    for line in lines:
        data = line.encode("utf-8") + b"\n"
        digest.update(data)
        file.write(data)
        triples += 1
        size += len(data)
        is_document = is_document or line == mark
        has_blank_nodes = has_blank_nodes or ("_:" in line and _has_blank_node(line))
    return Parcel(
        graph=graph,
        triples=triples,
        sha256=digest.hexdigest(),
        is_document=is_document,
        has_blank_nodes=has_blank_nodes,
        start=start,
        size=size,
    )


def _has_blank_node(line: str) -> bool:
    subject, _, value, _ = split_line(line)
    return subject.startswith("_:") or value.startswith("_:")


def _triple(line: str) -> str:
    subject, predicate, value, _ = split_line(line)
    return f"{subject} {predicate} {value} ."


def _ontology_lines() -> Iterator[str]:
    """Yield the ontology for its own graph, but the concepts and their names for the facts.

    Documents name the concepts they use among the facts. No triple may stand in two graphs, as a query over all graphs
    would find it twice; so all of these stand among the facts, whatever documents there are. Its few blank nodes get
    names, as not every store takes blank nodes in an update.
    """
    names: dict[str, str] = {}
    for name in _ONTOLOGY_FILES:
        parsed = ox.parse(path=str(resources.ontology_file(name)), format=ox.RdfFormat.TURTLE)
        for line in map(_named(names), read_lines(parsed)):
            _, predicate, value, _ = split_line(line)
            is_fact = predicate == _LABEL or (predicate == _RDF_TYPE and value == _CONCEPT)
            yield f"{FACTS if is_fact else ONTOLOGY_GRAPH}{_GAP}{line}"


def _named(names: dict[str, str]) -> Callable[[str], str]:
    """Return what gives the blank nodes of lines names, numbered in the order in which they come."""

    def name(term: str) -> str:
        return names.setdefault(term, f"<{_GENID}{len(names) + 1}>") if term.startswith("_:") else term

    def rename(line: str) -> str:
        subject, predicate, value, _ = split_line(line)
        return f"{name(subject)} {predicate} {name(value)} ."

    return rename
