"""Gathers the quads of any number of documents and gives them back sorted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType

from armsgraph.graph.matches import settle_matches
from armsgraph.graph.naming import settle_names
from armsgraph.graph.quads import document_lines
from armsgraph.graph.sorting import LineSorter
from armsgraph.graph.terms import check_base
from armsgraph.model import Claim, Document, Mention, Node
from armsgraph.vocab import DEFAULT_BASE

__all__ = ["GraphBuilder"]


class GraphBuilder:
    """Takes documents in any order and gives one graph, the same for every order, in bounded memory.

    Use it in a `with` block; leaving it removes its temporary files. `lines()` may be walked more than once.
    """

    def __init__(self, *, base: str = DEFAULT_BASE, store_text: bool = True, sorter: LineSorter | None = None) -> None:
        self._base = check_base(base)
        self._store_text = store_text
        self._sorter = sorter or LineSorter()

    def __enter__(self) -> GraphBuilder:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._sorter.close()

    def add_document(
        self, document: Document, nodes: Iterable[Node], claims: Sequence[Claim], mentions: Iterable[Mention]
    ) -> None:
        """Add one document. Adding it twice is adding it once.

        Raises:
            InternalError: A span lies outside the text, or an id cannot be part of an IRI.
        """
        self._sorter.add(
            document_lines(document, nodes, claims, mentions, base=self._base, store_text=self._store_text)
        )

    def add_lines(self, lines: Iterable[str]) -> None:
        """Add N-Quads lines as `document_lines` or `read_lines` give them."""
        self._sorter.add(lines)

    def lines(self) -> Iterator[str]:
        """Yield N-Quads lines without line end: sorted by code point, each once, names and links settled."""
        return settle_matches(settle_names(self._sorter))
