"""Links that documents make differently are settled in the graph: no contradiction is stated, no claim is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armsgraph.claims import make_claims
from armsgraph.graph import GraphBuilder
from armsgraph.graph.matches import settle_matches
from armsgraph.model import Extraction, LinkDecision
from linked_samples import SAAB, linked_extraction

SKOS = "http://www.w3.org/2004/02/skos/core#"
SAME, UNSURE = LinkDecision.SAME, LinkDecision.UNSURE


def linked(id: str, qid: str, decision: LinkDecision) -> Extraction:
    extraction = linked_extraction(id)
    links = tuple(replace(k, qid=qid, decision=decision) if k.entity_id == SAAB.id else k for k in extraction.links)
    return replace(extraction, links=links)


def lines_of(*extractions: Extraction) -> Iterator[str]:
    with GraphBuilder() as builder:
        for extraction in extractions:
            nodes, claims = make_claims(extraction)
            builder.add_document(extraction.document, nodes, claims, extraction.entities.mentions)
        yield from builder.lines()


def stated(lines: list[str]) -> set[tuple[str, str]]:
    """Links of the firm in the default graph, by predicate and item."""
    found = [line.split(" ") for line in lines if "/firm/saab>" in line.partition(" ")[0] and "Match>" in line]
    return {(p.rpartition("#")[2][:-1], o.rpartition("/")[2][:-1]) for _, p, o, *rest in found if rest == ["."]}


@pytest.mark.parametrize(
    ("one", "other", "links"),
    [
        (("Q1", SAME), ("Q1", SAME), {("exactMatch", "Q1")}),
        (("Q1", SAME), ("Q1", UNSURE), {("exactMatch", "Q1")}),
        (("Q1", SAME), ("Q2", UNSURE), {("exactMatch", "Q1"), ("closeMatch", "Q2")}),
        (("Q1", SAME), ("Q2", SAME), set()),
        (("Q1", UNSURE), ("Q2", UNSURE), {("closeMatch", "Q1"), ("closeMatch", "Q2")}),
    ],
    ids=["agree", "one-unsure", "other-item-unsure", "contradict", "both-unsure"],
)
def test_links_of_two_documents_are_settled(
    one: tuple[str, LinkDecision], other: tuple[str, LinkDecision], links: set[tuple[str, str]]
) -> None:
    lines = list(lines_of(linked("a", *one), linked("b", *other)))
    assert stated(lines) == links
    assert lines == sorted(lines)
    claims = [line for line in lines if "#object> <http://www.wikidata.org/entity/Q" in line]
    assert sum(any(f"entity/{q}>" in line for q in ("Q1", "Q2")) for line in claims) == 2
    assert list(lines_of(linked("b", *other), linked("a", *one))) == lines


PARTS = st.sampled_from(["<x:s>", "<x:t>"]), st.sampled_from(["exactMatch", "closeMatch", "broadMatch", "note"])


@given(
    st.lists(
        st.tuples(*PARTS, st.sampled_from(["<x:Q1>", "<x:Q2>", '"exactMatch>"']), st.sampled_from(["", " <x:g>"])),
        max_size=12,
    )
)
def test_nothing_else_is_touched_and_settling_twice_is_settling_once(rows: list[tuple[str, str, str, str]]) -> None:
    lines = sorted({f"{s} <{SKOS}{p}> {o}{g} ." for s, p, o, g in rows})
    settled = list(settle_matches(lines))
    assert list(settle_matches(settled)) == settled
    gone = set(lines) - set(settled)
    assert set(settled) <= set(lines)
    assert all(("exactMatch>" in line or "closeMatch>" in line) and " <x:g>" not in line for line in gone)
