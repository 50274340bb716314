"""What a client may write, as values that go from the server to the writer."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["GraphWrite", "UpdateWrite", "Write"]


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateWrite:
    """A SPARQL update, with the graphs that its WHERE clauses look at, None for what it says itself."""

    text: str
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphWrite:
    """A write of the graph store protocol: PUT, POST or DELETE of a graph, "" for the default graph."""

    method: str
    graph: str
    data: bytes = b""
    format: str = "ttl"


Write = UpdateWrite | GraphWrite
