"""From inputs to a checked graph: reads, extracts, gates, and hands the sorted quads on."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from armsgraph.claims import make_claims
from armsgraph.documents import read_documents
from armsgraph.errors import DocumentError
from armsgraph.gate import Gate, GateResult, load_gate
from armsgraph.graph import GraphBuilder, document_lines
from armsgraph.model import Claim, Document, Extraction
from armsgraph.pipeline import Tools, extract_many, load_tools
from armsgraph.vocab import DEFAULT_BASE

__all__ = ["KEPT_RESULTS", "BuildOptions", "BuildSummary", "build_graph"]

# A report of more results than this helps nobody; all are counted, and all are in the SHACL report.
KEPT_RESULTS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """How to build.

    Attributes:
        base: Put in front of the ids of the graph.
        store_text: Whether the text of each document goes into the graph, or its hash alone.
        model: spaCy package; None for patterns alone, which read no deals.
        overlays: Folders with lists of the user.
    """

    base: str = DEFAULT_BASE
    store_text: bool = True
    model: str | None
    overlays: tuple[Path, ...] = ()


@dataclass(slots=True, kw_only=True)
class BuildSummary:
    """What a build read, made and found; counts only, so that it does not grow with the number of documents."""

    documents: int = 0
    skipped: list[DocumentError] = field(default_factory=list)
    entities: int = 0
    deals: int = 0
    relations: int = 0
    claims: int = 0
    conflicts: int = 0
    violations: int = 0
    warnings: int = 0
    infos: int = 0
    results: list[tuple[GateResult, str | None]] = field(default_factory=list)
    engine: str = ""
    model: str | None = None

    @property
    def conforms(self) -> bool:
        """Whether no shape reports a violation."""
        return self.violations == 0


def build_graph(
    inputs: Sequence[str],
    builder: GraphBuilder,
    options: BuildOptions,
    *,
    stdin: BinaryIO | None = None,
    on_document: Callable[[], None] = lambda: None,
) -> BuildSummary:
    """Read documents into a graph builder, checking each document's own graph against the shapes.

    Args:
        inputs: Files, folders, or `-`.
        builder: Takes the quads; the caller writes what it gathered.
        on_document: Called after each document.

    Returns:
        Counts, skipped inputs, and what the gate found (the first `KEPT_RESULTS` in full).

    Raises:
        DataError: A list of the user is wrong.
    """
    tools = load_tools(model=options.model, overlays=options.overlays)
    gate = load_gate()
    # the lists and shapes live as long as the run: the garbage collector need not walk them for every document
    gc.freeze()
    summary = BuildSummary(engine=gate.engine, model=tools.parser.model)
    for extraction in extract_many(_documents(inputs, tools, summary, stdin), tools):
        _add(extraction, builder, gate, options, summary)
        on_document()
    return summary


def _documents(
    inputs: Sequence[str], tools: Tools, summary: BuildSummary, stdin: BinaryIO | None
) -> Iterator[Document]:
    for document in read_documents(inputs, stdin=stdin, lexicon=tools.furniture):
        if isinstance(document, DocumentError):
            summary.skipped.append(document)
        else:
            yield document


def _add(
    extraction: Extraction, builder: GraphBuilder, gate: Gate, options: BuildOptions, summary: BuildSummary
) -> None:
    document = extraction.document
    nodes, claims = make_claims(extraction)
    lines = list(
        document_lines(
            document, nodes, claims, extraction.entities.mentions, base=options.base, store_text=options.store_text
        )
    )
    builder.add_lines(lines)
    report = gate.check_lines(lines)
    summary.documents += 1
    summary.entities += len(extraction.entities.entities)
    summary.deals += len(extraction.deals)
    summary.relations += len(extraction.relations)
    summary.claims += len(claims)
    summary.conflicts += _count_conflicts(claims)
    summary.violations += report.count("Violation")
    summary.warnings += report.count("Warning")
    summary.infos += report.count("Info")
    quotes = {f"{options.base}{c.id}": document.quote(c.assertion.evidence.span) for c in claims}
    by_subject = {f"{options.base}{c.assertion.subject}": quotes[f"{options.base}{c.id}"] for c in reversed(claims)}
    for result in report.results:
        if len(summary.results) < KEPT_RESULTS:
            words = quotes.get(result.focus) or by_subject.get(result.focus)
            summary.results.append((result, f"{document.id}: {words}" if words else document.id))


def _count_conflicts(claims: Sequence[Claim]) -> int:
    """Count the properties on which the document disagrees with itself."""
    return len({(c.assertion.subject, c.assertion.predicate) for c in claims if c.conflicts_with})
