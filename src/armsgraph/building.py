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
from armsgraph.graph import GraphBuilder, document_lines, read_lines
from armsgraph.model import Claim, Deal, Document, Extraction
from armsgraph.pipeline import Tools, extract_many, load_tools
from armsgraph.sifting import DEFAULT_MIN_CONFIDENCE, sift
from armsgraph.store import open_graph
from armsgraph.vocab import DEFAULT_BASE

__all__ = ["KEPT_CONFLICTS", "KEPT_RESULTS", "BuildOptions", "BuildSummary", "add_stored", "build_graph"]

# A report of more results than this helps nobody; all are counted, and all are in the SHACL report.
KEPT_RESULTS = 10_000
KEPT_CONFLICTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """How to build.

    Attributes:
        base: Put in front of the ids of the graph.
        store_text: Whether the text of each document goes into the graph, or its hash alone.
        model: spaCy package; None for patterns alone, which read no deals.
        overlays: Folders with lists of the user.
        links: Files of decisions about links.
        min_confidence: What was read with less is left out.
    """

    base: str = DEFAULT_BASE
    store_text: bool = True
    model: str | None
    overlays: tuple[Path, ...] = ()
    links: tuple[Path, ...] = ()
    min_confidence: float = DEFAULT_MIN_CONFIDENCE


@dataclass(slots=True, kw_only=True)
class BuildSummary:
    """What a build read, made and found; counts for the most part, so that it hardly grows with the documents.

    Attributes:
        conflicts: Properties on which a document disagrees with itself.
        contested: Local ids of the first nodes that have such a property, or whose part has it; each once.
        left_out: Facts, mentions and offices that were read with too little confidence, or hung on such.
    """

    documents: int = 0
    skipped: list[DocumentError] = field(default_factory=list)
    entities: int = 0
    deals: int = 0
    relations: int = 0
    claims: int = 0
    conflicts: int = 0
    contested: list[str] = field(default_factory=list)
    left_out: int = 0
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
    tools = load_tools(model=options.model, overlays=options.overlays, links=options.links)
    gate = load_gate()
    # the lists and shapes live as long as the run: the garbage collector need not walk them for every document
    gc.freeze()
    summary = BuildSummary(engine=gate.engine, model=tools.parser.model)
    for extraction in extract_many(_documents(inputs, tools, summary, stdin), tools):
        _add(extraction, builder, gate, options, summary)
        on_document()
    return summary


def add_stored(builder: GraphBuilder, store: Path) -> None:
    """Add the documents of a store, which passed the gate when they were written; a store that is not there has none.

    Raises:
        StoreError: The folder is there and holds no store, or it cannot be opened.
    """
    if store.exists():
        builder.add_lines(read_lines(open_graph(store).quads()))


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
    extraction, left_out = sift(extraction, options.min_confidence)
    summary.left_out += left_out
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
    _add_conflicts(extraction.deals, claims, summary)
    summary.violations += report.count("Violation")
    summary.warnings += report.count("Warning")
    summary.infos += report.count("Info")
    quotes = {f"{options.base}{c.id}": document.quote(c.assertion.evidence.span) for c in claims}
    by_subject = {f"{options.base}{c.assertion.subject}": quotes[f"{options.base}{c.id}"] for c in reversed(claims)}
    for result in report.results:
        if len(summary.results) < KEPT_RESULTS:
            words = quotes.get(result.focus) or by_subject.get(result.focus)
            summary.results.append((result, f"{document.id}: {words}" if words else document.id))


def _add_conflicts(deals: Sequence[Deal], claims: Sequence[Claim], summary: BuildSummary) -> None:
    """Count the properties on which the document disagrees with itself, and name the first nodes to look at."""
    owners: dict[str, str] = {}
    for deal in deals:
        owners |= {item.id: deal.id for item in deal.items}
        owners |= {stage.id: deal.id for stage in deal.stages}
        owners |= {milestone.id: deal.id for milestone in deal.milestones}
    found = {(c.assertion.subject, c.assertion.predicate): None for c in claims if c.conflicts_with}
    summary.conflicts += len(found)
    for subject, _ in found:
        node = owners.get(subject, subject)
        if node not in summary.contested and len(summary.contested) < KEPT_CONFLICTS:
            summary.contested.append(node)
