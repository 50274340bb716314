"""Counts what is in a store, in questions that every store answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import TypeVar

from armsgraph.graph.terms import name_iri, split_line
from armsgraph.loading.client import Client
from armsgraph.loading.endpoints import Endpoints
from armsgraph.vocab import PREFIXES

__all__ = ["count_documents", "count_facts", "count_graphs", "has_graph", "missing_facts", "missing_lines"]

# Virtuoso refuses long queries; a row that is missing for want of room would look like a triple that is missing.
_GRAPHS_AT_ONCE = 100
_SUBJECTS_AT_ONCE = 100
_NAMES = frozenset(name_iri(name) for name in ("rdfs:label", "skos:altLabel", "skos:hiddenLabel"))
_SHOWN = 3
_T = TypeVar("_T")


def count_graphs(client: Client, found: Endpoints, graphs: Iterable[str]) -> dict[str, int]:
    """Return how many triples each named graph has; those that are not there have 0."""
    counts = dict.fromkeys(graphs, 0)
    for batch in _batches(list(counts), _GRAPHS_AT_ONCE):
        names = " ".join(f"<{graph}>" for graph in batch)
        query = f"SELECT ?g (COUNT(?p) AS ?n) WHERE {{ VALUES ?g {{ {names} }} GRAPH ?g {{ ?s ?p ?o }} }} GROUP BY ?g"
        for row in _rows(client, found, query):
            if row.get("g") in counts:
                counts[row["g"]] = int(float(row["n"]))
    return counts


def has_graph(client: Client, found: Endpoints, graph: str) -> bool:
    """Say whether a named graph has a triple."""
    return client.is_true(found.query, f"ASK {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")


def count_documents(client: Client, found: Endpoints) -> int:
    """Return how many documents of armsgraph the store has."""
    own = f"GRAPH ?g {{ ?d a <{PREFIXES['arms']}Document> }} FILTER (?g = ?d)"
    query = f"SELECT (COUNT(DISTINCT ?d) AS ?n) WHERE {{ {own} }}"
    return int(float(_rows(client, found, query)[0]["n"]))


def count_facts(client: Client, found: Endpoints, facts_graph: str | None) -> int:
    """Return how many triples the graph of the facts has; of the default graph, all that a plain query sees."""
    pattern = "?s ?p ?o" if facts_graph is None else f"GRAPH <{facts_graph}> {{ ?s ?p ?o }}"
    return int(float(_rows(client, found, f"SELECT (COUNT(?p) AS ?n) WHERE {{ {pattern} }}")[0]["n"]))


def missing_facts(
    client: Client, found: Endpoints, facts_graph: str | None, lines: Iterable[str]
) -> Iterator[tuple[str, int, int]]:
    """Yield the nodes of which the store has fewer facts than were sent, with both numbers.

    Names are not counted: which name of a node is its label is settled among all documents of the store.

    Args:
        lines: The facts as N-Triples, sorted.
    """
    pattern = "?s ?p ?o" if facts_graph is None else f"GRAPH <{facts_graph}> {{ ?s ?p ?o }}"
    names = ", ".join(sorted(_NAMES))
    for batch in _batches(_subjects(lines), _SUBJECTS_AT_ONCE):
        sent = {subject: number for subject, number in batch if number}
        if not sent:
            continue
        query = (
            f"SELECT ?s (COUNT(?p) AS ?n) WHERE {{ VALUES ?s {{ {' '.join(f'<{s}>' for s in sent)} }} {pattern} "
            f"FILTER (?p NOT IN ({names})) }} GROUP BY ?s"
        )
        there = {row["s"]: int(float(row["n"])) for row in _rows(client, found, query) if "s" in row}
        yield from ((s, number, there.get(s, 0)) for s, number in sent.items() if there.get(s, 0) < number)


def missing_lines(client: Client, found: Endpoints, graph: str, lines: Iterable[str]) -> Sequence[str]:
    """Return the first triples of a named graph that a store lacks, as subject and property.

    Values are not compared, as stores spell them in their own way.
    """
    there = Counter(
        (row["s"], row["p"])
        for row in _rows(client, found, f"SELECT ?s ?p ?o WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
    )
    sent = Counter((s[1:-1], p[1:-1]) for s, p, _, _ in map(split_line, lines))
    return [f"{s} {p}" for (s, p), number in sorted(sent.items()) if there[s, p] < number][:_SHOWN]


def _subjects(lines: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Yield each IRI with the number of its lines that are no names."""
    for subject, group in groupby(lines, key=lambda line: line[: line.index(" ")]):
        if subject.startswith("<"):
            yield subject[1:-1], sum(split_line(line)[1] not in _NAMES for line in group)


def _batches(items: Iterable[_T], size: int) -> Iterator[list[_T]]:
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def _rows(client: Client, found: Endpoints, query: str) -> list[dict[str, str]]:
    bindings = client.ask(found.query, query)["results"]["bindings"]
    return [{name: str(term["value"]) for name, term in row.items()} for row in bindings]
