"""Explanations: every fact with its sentence, rule and rivals."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from armsgraph.claims import make_claims
from armsgraph.errors import InputError
from armsgraph.explain import (
    ExplainedFact,
    Explanation,
    explain,
    explain_node,
    render_explanation,
    resolve_name,
    sentence_around,
)
from armsgraph.graph import GraphBuilder, write_file
from armsgraph.model import Deal, DealKind, EntitySet, EntityType, Extraction, Values
from armsgraph.store import OpenGraph, open_graph, write_store
from armsgraph.vocab import ARMS, DEFAULT_BASE, PREFIXES
from sample_texts import Text, entity
from samples import seed_extraction, three_sales

RDF = PREFIXES["rdf"]
KEY = seed_extraction().document.key


def opened(path: Path, *, store_text: bool = True) -> OpenGraph:
    with GraphBuilder(store_text=store_text) as builder:
        for extraction in (seed_extraction(), *three_sales()):
            nodes, claims = make_claims(extraction)
            builder.add_document(extraction.document, nodes, claims, extraction.entities.mentions)
        if path.suffix:
            write_file(builder.lines(), path)
        else:
            write_store(builder.lines(), path)
    return open_graph(path)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> OpenGraph:
    return opened(tmp_path_factory.mktemp("explain") / "graph.ttl")


def fact(explanation: Explanation, predicate: str, value: str) -> ExplainedFact:
    (found,) = [f for f in explanation.facts if f.predicate == ARMS + predicate and f.object == value]
    return found


def test_a_deal_is_explained_with_its_parts(graph: OpenGraph) -> None:
    told = explain(graph, f"deal:{KEY}-2")
    assert told.types == ("Contract", "Deal")
    kinds = {f.subject.removeprefix(DEFAULT_BASE).partition("/")[0] for f in told.facts}
    assert kinds == {"deal", "item", "stage", "milestone"}
    subjects = [f.subject for f in told.facts]
    assert subjects == sorted(subjects, key=subjects.index)


def test_each_fact_has_a_sentence_around_its_quote(graph: OpenGraph) -> None:
    text = seed_extraction().document.text
    for name in (f"deal:{KEY}-2", f"doc:{KEY}", "person:rajnath-singh"):
        told = explain(graph, name)
        assert told.facts
        for each in told.facts:
            assert each.citations
            for citation in each.citations:
                assert text[citation.start : citation.end] == citation.sentence.quote
                assert citation.rule
                assert 0 < citation.confidence <= 1


def test_rank_speaker_and_rivals_are_told(graph: OpenGraph) -> None:
    told = explain(graph, f"deal/{KEY}-2")
    best, slip = fact(told, "quantity", "601427"), fact(told, "quantity", "6014427")
    assert best.is_direct
    assert not slip.is_direct
    (citation,) = best.citations
    assert (citation.rank, citation.speaker, citation.as_written) == ("Preferred", "government officials", "6,01,427")
    assert [(r.object, r.as_written) for r in citation.rivals] == [("6014427", "6,014,427")]
    assert "mis-grouped digits" in slip.citations[0].reason


def test_a_conflict_is_told_once_with_all_values_the_best_first(graph: OpenGraph) -> None:
    told = explain(graph, f"deal:{KEY}-2")
    (conflict,) = told.conflicts
    assert conflict.predicate == ARMS + "quantity"
    values = [f.object for f in conflict.facts]
    assert values[0] == "601427"
    assert values[-1] == "6014427"
    assert set(values) == {f.object for f in told.facts if f.predicate == conflict.predicate and "/item/" in f.subject}
    text = render_explanation(told).split("\n\n")[1]
    assert text.startswith(f"CONFLICT about quantity of item:{KEY}-2-1: {len(values)} values\n  601427  (held true)\n")
    assert "    Deprecated: looks like mis-grouped digits" in text
    assert "asserted by government officials: " in text
    assert "[6,014,427]" in text


def test_without_a_conflict_none_is_told(graph: OpenGraph) -> None:
    told = explain(graph, "state:india")
    assert told.conflicts == ()
    assert "CONFLICT" not in render_explanation(told)


def test_an_entity_is_explained_by_what_points_to_it(graph: OpenGraph) -> None:
    told = explain(graph, "state:india")
    assert {f.predicate.removeprefix(ARMS) for f in told.facts} >= {"buyer", "party", "officeOf", "stateCode"}
    assert told.quotes == (("India", 1),)


def test_a_claim_is_explained_alone(graph: OpenGraph) -> None:
    claim = explain(graph, f"deal:{KEY}-2").facts[0].citations[0].claim
    told = explain(graph, claim)
    assert [c.claim for f in told.facts for c in f.citations] == [claim]


def test_text_for_people(graph: OpenGraph) -> None:
    text = render_explanation(explain(graph, f"deal:{KEY}-2"))
    assert text.startswith(f"deal:{KEY}-2  AK-203 for India through Indo-Russia Rifles Pvt Ltd  (Contract, Deal)\n")
    assert f"item:{KEY}-2-1  quantity  601427\n" in text
    assert "procurement of [6,01,427] 7.63x39mm assault rifles" in text
    assert "seed 1339-1347; says government officials; asserted; rule sample.rule, confidence 0.9" in text
    assert "quantity  6014427  [claimed, not held true]" in text
    assert "in conflict with 6014427, written “6,014,427” (claim:" in text


# ------------------------------------------------------------------------------------------------ reasons
WEIGHED = Text("Freedonia buys 12 Hawks. Freedonia said so. Freedonia signed.", id="weighed")


def reasoned(tmp_path: Path, *evidence: tuple[float, tuple[str, ...]]) -> Explanation:
    """The explanation of a deal whose buyer is said once for each confidence with its reasons."""
    facts = []
    for nth, (confidence, reasons) in enumerate(evidence, start=1):
        fact = WEIGHED.fact("buyer", "state/freedonia", "Freedonia", nth=nth, confidence=confidence)
        facts.append(replace(fact, evidence=replace(fact.evidence, reasons=reasons)))
    deal = Deal(
        id=f"deal/{WEIGHED.key}-1",
        kind=DealKind.CONTRACT,
        label="Hawks for Freedonia",
        evidence=WEIGHED.evidence("buys"),
        facts=tuple(facts),
    )
    buyer = entity(EntityType.STATE, "Freedonia", state="FD")
    nodes, claims = make_claims(
        Extraction(document=WEIGHED.document, values=Values(), entities=EntitySet(entities=(buyer,)), deals=(deal,))
    )
    with GraphBuilder() as builder:
        builder.add_document(WEIGHED.document, nodes, claims, ())
        write_file(builder.lines(), tmp_path / "graph.ttl")
    return explain(open_graph(tmp_path / "graph.ttl"), deal.id)


def told_of_buyer(explanation: Explanation) -> list[str]:
    (block,) = [b for b in render_explanation(explanation).split("\n\n") if b.startswith("buyer  ")]
    return block.rstrip("\n").split("\n")[1:]


TWO = ("rule says so +1.4", "State: only lines, in the heading above +1.2")
TAKEN = [
    pytest.param(0.9134, TWO, f"taken at .91 because: {', '.join(TWO)}", id="for"),
    pytest.param(0.8, (TWO[0], "far -0.9"), f"taken at .80 because: {TWO[0]}; against: far -0.9", id="both"),
    pytest.param(0.4, ("far -0.9",), "taken at .40; against: far -0.9", id="against"),
    pytest.param(0.9996, TWO[:1], f"taken at .99 because: {TWO[0]}", id="never-quite-certain"),
    pytest.param(1.0, TWO[:1], f"taken at 1 because: {TWO[0]}", id="certain"),
]


@pytest.mark.parametrize(("confidence", "reasons", "expected"), TAKEN)
def test_why_the_weights_took_a_fact_is_told_in_one_line(
    confidence: float, reasons: tuple[str, ...], expected: str, tmp_path: Path
) -> None:
    told = reasoned(tmp_path, (confidence, reasons))
    assert fact(told, "buyer", f"{DEFAULT_BASE}state/freedonia").citations[0].rule_reasons == reasons
    first, *rest = told_of_buyer(told)
    assert first == f"  {expected}"
    assert rest[1].endswith("; says the writer; asserted; rule sample.rule")


def test_reasons_that_all_places_share_are_told_once(tmp_path: Path) -> None:
    lines = told_of_buyer(reasoned(tmp_path, (0.9, TWO), (0.9, TWO), (0.9, TWO)))
    assert [n for n, line in enumerate(lines) if "taken at" in line] == [0]
    assert len(lines) == 1 + 3 * 2


def test_reasons_that_differ_stand_below_their_place(tmp_path: Path) -> None:
    lines = told_of_buyer(reasoned(tmp_path, (0.9, TWO), (0.7, TWO[:1]), (0.6, ())))
    assert [line.strip() for line in lines[1:3]] == [
        f"{WEIGHED.document.id} 0-9; says the writer; asserted; rule sample.rule",
        f"taken at .90 because: {', '.join(TWO)}",
    ]
    assert lines[5] == f"    taken at .70 because: {TWO[0]}"
    assert lines[-1].endswith("rule sample.rule, confidence 0.6")
    assert sum("taken at" in line for line in lines) == 2


def test_a_fact_of_a_rule_alone_has_no_reasons(graph: OpenGraph) -> None:
    told = explain(graph, f"deal:{KEY}-2")
    assert {c.rule_reasons for f in told.facts for c in f.citations} == {()}
    assert "taken at" not in render_explanation(told)


# ------------------------------------------------------------------------------------------------ other graphs
def test_without_stored_text_the_quotation_has_its_context(tmp_path: Path) -> None:
    told = explain(opened(tmp_path / "graph.nq", store_text=False), f"deal:{KEY}-2")
    (found,) = [f for f in told.facts if f.object == "601427"]
    sentence = found.citations[0].sentence
    assert sentence.quote == "6,01,427"
    assert sentence.before.startswith("… ")
    assert sentence.before.endswith("procurement of ")


def test_a_store_explains_like_a_file(tmp_path: Path, graph: OpenGraph) -> None:
    name = f"deal:{KEY}-2"
    assert explain(opened(tmp_path / "store"), name) == explain(graph, name)


# ------------------------------------------------------------------------------------------------ names
AK = f"{DEFAULT_BASE}weapon/ak-203"
NAMES = [AK, f"<{AK}>", "weapon:ak-203", "weapon/ak-203", "AK-203", "AK 203", " AK-203 "]


@pytest.mark.parametrize("name", NAMES)
def test_ways_to_name_a_node(name: str, graph: OpenGraph) -> None:
    assert resolve_name(graph, name, base=DEFAULT_BASE) == AK


UNKNOWN = [
    ("weapon:ak-204", "weapon:ak-203"),
    ("weapon/ak-204", "weapon:ak-203"),
    (f"{DEFAULT_BASE}weapon/ak-204", "weapon:ak-203"),
    ("Rajnat Singh", "person:rajnath-singh"),
    (f"deal:{KEY}-22", f"deal:{KEY}-2"),
]


@pytest.mark.parametrize(("name", "near"), UNKNOWN)
def test_an_unknown_name_is_an_error_with_near_ones(name: str, near: str, graph: OpenGraph) -> None:
    with pytest.raises(InputError) as caught:
        explain(graph, name)
    assert near in str(caught.value.hint)


@pytest.mark.parametrize("name", ["", "zzzzzz", "a b c", "http://", "\x00", "<>"])
def test_nonsense_is_an_error(name: str, graph: OpenGraph) -> None:
    with pytest.raises(InputError):
        explain(graph, name)


def test_a_name_of_several_nodes_is_an_error_that_lists_them(graph: OpenGraph) -> None:
    with pytest.raises(InputError, match="3 nodes are called") as caught:
        explain(graph, "Hawk 12 for Freedonia")
    assert "deal:sale-1-" in str(caught.value.hint)


# ------------------------------------------------------------------------------------------------ sentences
SENTENCES = [
    pytest.param("First one. Two is here. Three.", "is", "Two is here.", id="middle"),
    pytest.param("First one. Two is here. Three.", "one", "First one.", id="first"),
    pytest.param("First one. Two is here. Three.", "Three.", "Three.", id="last"),
    pytest.param("First one. Two is here. Three.", "Two is here.", "Two is here.", id="whole-sentence"),
    pytest.param(
        "Gen. Sharma met Lt. Col. Rao. They ate.", "met", "Gen. Sharma met Lt. Col. Rao. They ate.", id="short"
    ),
    pytest.param("He met Gen. Sharma today. They ate.", "met", "He met Gen. Sharma today.", id="title"),
    pytest.param("A title\n\nThe body is long. More.", "body", "The body is long.", id="paragraph"),
    pytest.param("A title\n\nThe body is long. More.", "title", "A title", id="headline"),
    pytest.param("He said: “We buy.” Then he left.", "buy", "He said: “We buy.”", id="quotation"),
    pytest.param("It costs $4.5 billion. Yes.", "costs", "It costs $4.5 billion.", id="decimal"),
    pytest.param("no stop at all", "stop", "no stop at all", id="no-stop"),
    pytest.param("One here. Two there. Three.", "here. Two", "One here. Two there.", id="over-two"),
]


@pytest.mark.parametrize(("text", "words", "expected"), SENTENCES)
def test_sentence_around(text: str, words: str, expected: str) -> None:
    start = text.index(words)
    found = sentence_around(text, start, start + len(words))
    assert found.quote == words
    assert found.text == expected


# ------------------------------------------------------------------------------------------------ within bounds


def test_an_explanation_within_bounds_says_that_there_is_more(graph: OpenGraph) -> None:
    iri = f"{DEFAULT_BASE}deal/{KEY}-2"
    whole = explain(graph, iri)
    number = sum(len(f.citations) for f in whole.facts)
    assert not whole.is_cut
    assert not explain_node(graph.store, iri, most_claims=number).is_cut
    some = explain_node(graph.store, iri, most_claims=number - 1)
    assert some.is_cut
    assert sum(len(f.citations) for f in some.facts) == number - 1


def test_citations_that_are_left_out_are_counted() -> None:
    claims = "".join(
        f"<{DEFAULT_BASE}claim/{n}> <{RDF}subject> <{DEFAULT_BASE}deal/1> ; <{RDF}predicate> <{ARMS}quantity> ; "
        f"<{RDF}object> {n % 2} .\n"
        for n in range(7)
    )
    store = ox.Store()
    store.bulk_load(claims.encode(), format=ox.RdfFormat.TURTLE)
    told = explain_node(store, f"{DEFAULT_BASE}deal/1", most_citations=2)
    assert {f.object: (len(f.citations), f.citations_left_out) for f in told.facts} == {"0": (2, 2), "1": (2, 1)}
    assert {f.citations_left_out for f in explain_node(store, f"{DEFAULT_BASE}deal/1").facts} == {0}


def test_what_points_to_a_node_can_be_left_out(graph: OpenGraph) -> None:
    iri = f"{DEFAULT_BASE}state/india"
    told = explain_node(graph.store, iri, with_incoming=False)
    assert {f.subject for f in told.facts} <= {iri}
    assert {f.subject for f in explain_node(graph.store, iri).facts} - {iri}


def test_nothing_is_told_of_what_is_not_there(graph: OpenGraph) -> None:
    for iri in (f"{DEFAULT_BASE}deal/none", "no iri", ""):
        assert explain_node(graph.store, iri).facts == ()


def test_a_graph_that_passed_no_gate_is_explained_as_far_as_it_goes() -> None:
    turtle = f"""
@prefix arms: <{ARMS}> . @prefix rdf: <{RDF}> . @prefix oa: <{PREFIXES["oa"]}> .
@prefix prov: <{PREFIXES["prov"]}> . @base <{DEFAULT_BASE}> .
<claim/1> rdf:subject <deal/1> ; rdf:predicate "text" ; rdf:object 1 .
<claim/2> rdf:subject <deal/1> ; rdf:predicate arms:quantity ; rdf:object 2 ; arms:confidence "high" ;
  prov:wasDerivedFrom <span/2> .
<span/2> oa:hasSource <document/1> ; oa:hasSelector <span/2-p> . <span/2-p> oa:start -5 ; oa:end "many" .
<document/1> arms:storedText "short" .
"""
    store = ox.Store()
    store.bulk_load(turtle.encode(), format=ox.RdfFormat.TURTLE)
    (only,) = explain_node(store, f"{DEFAULT_BASE}deal/1").facts
    assert only.object == "2"
    assert (only.citations[0].confidence, only.citations[0].start, only.citations[0].end) == (0.0, 0, 0)
