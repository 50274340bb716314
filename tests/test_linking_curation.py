"""Files for curators, background graphs and the review, from a graph with links of every sort."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
import yaml

from armsgraph.curation import (
    BACKGROUND_LISTS,
    BACKGROUND_WIKIDATA,
    SSSOM_COLUMNS,
    GraphReader,
    Verdict,
    background_lines,
    quickstatements,
    review,
    sssom_lines,
    unlinked_csv,
)
from armsgraph.graph import GraphBuilder
from armsgraph.lexicon.gazetteer import Gazetteer, load_gazetteer
from armsgraph.linking import read_judgements
from armsgraph.model import LinkDecision
from armsgraph.store import open_graph
from armsgraph.vocab import DEFAULT_BASE
from armsgraph.wikidata import Item
from linked_samples import UNSURE, linked_extraction, write_graph

SAME, DIFFERENT = LinkDecision.SAME, LinkDecision.DIFFERENT
WD = "http://www.wikidata.org/entity/"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.fixture(scope="module", params=["ttl", "nq"])
def reader(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> GraphReader:
    path = tmp_path_factory.mktemp("graph") / f"g.{request.param}"
    extractions = [linked_extraction(), linked_extraction("other", url=None)]
    return GraphReader(open_graph(write_graph(path, extractions)))


def test_entities_come_with_deals_documents_and_links(reader: GraphReader) -> None:
    found = {e.id: e for e in reader.entities()}
    assert [e.deals for e in reader.entities()] == sorted((e.deals for e in found.values()), reverse=True)
    assert found["firm/saab"].deals == 2
    assert len(found["firm/saab"].documents) == 2
    assert found["firm/apex-arms"].links == ()
    assert found["weapon/gripen"].exact is not None
    assert found["weapon/gripen"].exact.is_human
    assert [(k.match, k.qid) for k in found["weapon/zircon-9a"].links] == [("broadMatch", "Q3000")]


def test_sentences_of_mentions_are_those_of_the_text(reader: GraphReader) -> None:
    places = reader.places(f"{DEFAULT_BASE}place/karlskrona")
    assert len(places) == 2
    assert reader.sentence(places[0]) == "Ann Example, defence minister of Sweden, went to Karlskrona."


# ---- SSSOM


def test_sssom_has_a_row_for_each_link_with_justification_and_confidence(
    reader: GraphReader, gazetteer: Gazetteer
) -> None:
    lines = list(sssom_lines(reader, gazetteer, date="2026-01-02", license="https://example.org/l"))
    meta = yaml.safe_load("\n".join(line[1:] for line in lines if line.startswith("#")))
    assert meta["license"] == "https://example.org/l"
    assert meta["mapping_date"] == "2026-01-02"
    body = [line for line in lines if not line.startswith("#")]
    rows = list(csv.DictReader(body, delimiter="\t"))
    assert tuple(rows[0]) == SSSOM_COLUMNS
    told = {r["subject_id"]: (r["predicate_id"], r["object_id"], r["mapping_justification"]) for r in rows}
    assert told == {
        "state:sweden": ("skos:exactMatch", "wd:Q34", "semapv:CompositeMatching"),
        "firm:saab": ("skos:exactMatch", "wd:Q219501", "semapv:CompositeMatching"),
        "weapon:gripen": ("skos:exactMatch", "wd:Q150088", "semapv:ManualMappingCuration"),
        "weapon:viggen": ("skos:exactMatch", "wd:Q2000", "semapv:CompositeMatching"),
        "weapon:zircon-9a": ("skos:broadMatch", "wd:Q3000", "semapv:CompositeMatching"),
        "place:karlskrona": ("skos:closeMatch", "wd:Q54349", "semapv:CompositeMatching"),
        "office:se-defence-minister": ("skos:exactMatch", "wd:Q777", "semapv:CompositeMatching"),
    }
    town = next(r for r in rows if r["subject_id"] == "place:karlskrona")
    assert town["comment"] == UNSURE
    assert town["confidence"] == "0.6"
    prefixes = {r[key].partition(":")[0] for r in rows for key in ("subject_id", "predicate_id", "object_id")}
    assert prefixes | {"semapv"} <= set(meta["curie_map"])
    assert meta["curie_map"]["firm"] == f"{DEFAULT_BASE}firm/"


# ---- CSV of what is not linked


def test_csv_has_what_is_not_surely_linked_most_deals_first(reader: GraphReader, gazetteer: Gazetteer) -> None:
    text = unlinked_csv(reader, reader.entities(), gazetteer)
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {r["entity"].removeprefix(DEFAULT_BASE) for r in rows} == {
        "firm/apex-arms",
        "person/ann-example",
        "place/karlskrona",
        "weapon/zircon-9a",
    }
    assert [int(r["deals"]) for r in rows] == sorted((int(r["deals"]) for r in rows), reverse=True)
    town = next(r for r in rows if r["label"] == "Karlskrona")
    assert (town["candidate"], town["reason"]) == ("closeMatch Q54349", UNSURE)
    assert town["sentence"].endswith("went to Karlskrona.")
    apex = next(r for r in rows if r["label"] == "Apex Arms")
    assert apex["other_names"] == "'=Apex"


# ---- QuickStatements


def test_statements_are_on_items_only_with_address_and_day(reader: GraphReader) -> None:
    found = quickstatements(reader, retrieved="2026-01-02")
    columns = [line.split("\t") for line in found.lines]
    assert {tuple(c[:3]) for c in columns} == {
        ("Q150088", "P176", "Q219501"),
        ("Q150088", "P137", "Q34"),
        ("Q150088", "P1365", "Q2000"),
    }
    for line, column in zip(found.lines, columns, strict=True):
        assert re.fullmatch(r"Q\d+\tP\d+\tQ\d+\tS854\t\"[^\"]+\"\tS813\t\+[^\t]+\t/\* [0-9a-f]{16} \*/", line)
        assert column[3:7] == ["S854", '"https://news.example/linked"', "S813", "+2026-01-02T00:00:00Z/11"]


def test_facts_of_documents_without_address_are_counted_and_left_out(reader: GraphReader) -> None:
    assert quickstatements(reader, retrieved="2026-01-02").without_address == 3


# ---- background


def test_background_stands_in_graphs_of_its_own_and_says_that_it_is_from_no_text(gazetteer: Gazetteer) -> None:
    item = Item(
        qid="Q219501", labels={"en": "Saab", "sv": "Saab AB", "bad tag": "x"}, parents=("Q1",), countries=("Q34",)
    )
    with GraphBuilder() as builder:
        builder.add_lines(background_lines(["Q219501", "Q150088", "Q1058", "Q424242"], gazetteer, {"Q219501": item}))
        store = ox.Store()
        store.bulk_load("\n".join(builder.lines()).encode(), format=ox.RdfFormat.N_QUADS)
    graphs = {g.value for g in store.named_graphs()}
    assert graphs == {DEFAULT_BASE + BACKGROUND_LISTS, DEFAULT_BASE + BACKGROUND_WIKIDATA}
    assert not list(store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    for graph in graphs:
        notes = list(store.quads_for_pattern(ox.NamedNode(graph), None, None, ox.NamedNode(graph)))
        assert any("no text" in getattr(q.object, "value", "") for q in notes)
    told = {
        (q.subject.value.rpartition("/")[2], q.predicate.value.rpartition("/")[2], q.object.value.rpartition("/")[2])
        for q in store.quads_for_pattern(None, None, None, None)
        if q.predicate.value.startswith("http://www.wikidata.org/prop/direct/")
    }
    assert {
        ("Q219501", "P17", "Q34"),
        ("Q219501", "P749", "Q1"),
        ("Q150088", "P495", "Q34"),
        ("Q150088", "P176", "Q219501"),
    } <= told
    assert any(s == "Q1058" and p == "P39" for s, p, _ in told)
    labels = {str(q.object) for q in store.quads_for_pattern(ox.NamedNode(WD + "Q219501"), None, None, None)}
    assert '"Saab AB"@sv' in labels
    assert not any("bad tag" in label for label in labels)


# ---- review


def test_review_writes_each_answer_and_is_not_asked_again(
    reader: GraphReader, gazetteer: Gazetteer, tmp_path: Path
) -> None:
    path = tmp_path / "links.tsv"
    asked: list[str] = []

    def answer(question: str) -> Verdict:
        asked.append(question)
        return Verdict(decision=SAME, note="seen on a map")

    summary = review(reader, path, gazetteer, by="ann", date="2026-01-02", ask=answer)
    assert (summary.same, summary.different, summary.skipped, summary.left) == (1, 0, 0, 0)
    assert "went to Karlskrona." in asked[0]
    assert "Q54349" in asked[0]
    assert UNSURE in asked[0]
    decided = read_judgements([path]).by_pair["place/karlskrona", "Q54349"]
    assert (decided.decision, decided.by, decided.date, decided.note) == (SAME, "ann", "2026-01-02", "seen on a map")
    review(reader, path, gazetteer, by="bob", date="2026-01-03", ask=answer)
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("verdict", "counts", "is_there"),
    [
        (Verdict(decision=DIFFERENT), (0, 1, 0, 0), True),
        (Verdict(), (0, 0, 1, 0), False),
        (Verdict(is_last=True), (0, 0, 0, 1), False),
    ],
    ids=["different", "skip", "quit"],
)
def test_review_takes_other_answers(
    verdict: Verdict, counts: tuple[int, ...], is_there: bool, reader: GraphReader, gazetteer: Gazetteer, tmp_path: Path
) -> None:
    path = tmp_path / "links.tsv"
    summary = review(reader, path, gazetteer, by="ann", date="2026-01-02", ask=lambda _q: verdict)
    assert (summary.same, summary.different, summary.skipped, summary.left) == counts
    assert path.exists() is is_there
