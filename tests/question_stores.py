"""The golden stores that the competency questions are asked of: named graphs as N-Quads lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from armsgraph.gate import load_gate
from armsgraph.graph import read_lines
from armsgraph.model import Extraction
from question_texts import articles, golden_lines, lines_of

__all__ = ["BEFORE", "COMPARED", "EXTRA_GRAPHS", "QUERIES", "before_lines", "report_text_of_a_run"]

QUERIES = Path(__file__).resolve().parent.parent / "docs" / "queries"
BEFORE = "https://w3id.org/armsgraph/graph/before"
RATES = "https://w3id.org/armsgraph/graph/rates"
SANCTIONS = "https://w3id.org/armsgraph/graph/sanctions"
REPORT = "https://w3id.org/armsgraph/graph/report"
# questions that are asked of two builds side by side
COMPARED = frozenset({"what_changed"})


def report_text_of_a_run() -> str:
    """Return the report of the gate over the golden store with two faults put into it, as Turtle."""
    lines = [_spoilt(line) for line in golden_lines()]
    assert lines != list(golden_lines())
    return load_gate().check_lines(lines).to_turtle()


def _spoilt(line: str) -> str:
    line = line.replace('quantity> "118"', 'quantity> "-118"')
    return line.replace('currency> "USD" .', 'currency> "dollars" .') if "amount/kenya" in line else line


# Name of the graph -> the file that a user would load into it, as Turtle.
EXTRA_GRAPHS = {
    RATES: lambda: (QUERIES / "tables" / "exchange-rates.ttl").read_text("utf-8"),
    SANCTIONS: lambda: (QUERIES / "tables" / "sanctions-list.ttl").read_text("utf-8"),
    REPORT: report_text_of_a_run,
}


@lru_cache(maxsize=1)
def before_lines() -> tuple[str, ...]:
    """Return an earlier build: one article fewer, one figure not read, a place of signing that was an error."""
    return tuple(lines_of(_earlier(articles())))


def _earlier(extractions: Iterable[Extraction]) -> Iterator[Extraction]:
    for extraction in extractions:
        if extraction.document.id == "kenya":
            continue
        if extraction.document.id != "rifles-signed":
            yield extraction
            continue
        (deal,) = extraction.deals
        (item,) = deal.items
        kept = tuple(fact for fact in item.facts if fact.as_written != "6,014,427")
        (made,) = (fact for fact in deal.facts if fact.predicate == "producedAt")
        facts = (*deal.facts, replace(made, predicate="signedAt"))
        yield replace(extraction, deals=(replace(deal, facts=facts, items=(replace(item, facts=kept),)),))


def turtle_as_lines(text: str, graph: str) -> list[str]:
    """Return a Turtle text as N-Quads lines of one named graph."""
    name = ox.NamedNode(graph)
    parsed = ox.parse(text.encode(), format=ox.RdfFormat.TURTLE)
    return list(read_lines(ox.Quad(q.subject, q.predicate, q.object, name) for q in parsed))
