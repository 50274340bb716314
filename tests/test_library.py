"""armsgraph as a Python library: build, read, walk deals, ask; and the page that shows it."""

from __future__ import annotations

import dataclasses
import os
import re
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

import armsgraph
from armsgraph.claims import make_claims
from armsgraph.graph import GraphBuilder, write_file
from samples import seed_extraction, three_sales

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "python.md"
BLOCK = re.compile(r"```python\n(.*?)```\n(?:\n```text\n(.*?)```\n)?", re.DOTALL)


@pytest.fixture(scope="module")
def graph_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("library") / "graph.nq"
    with GraphBuilder() as builder:
        for extraction in (seed_extraction(), *three_sales()):
            nodes, claims = make_claims(extraction)
            builder.add_document(extraction.document, nodes, claims, extraction.entities.mentions)
        write_file(builder.lines(), path)
    return path


@pytest.fixture(scope="module")
def graph(graph_file: Path) -> armsgraph.Graph:
    return armsgraph.read(graph_file)


def rifles(graph: armsgraph.Graph) -> armsgraph.Deal:
    return graph.deal("AK-203 for India through Indo-Russia Rifles Pvt Ltd")


# ------------------------------------------------------------------------------------------------ importing
def test_import_is_quick_and_loads_nothing_heavy() -> None:
    code = (
        "import time; start = time.process_time(); import armsgraph, sys; spent = time.process_time() - start\n"
        "heavy = {'spacy', 'rdflib', 'pyshacl', 'openpyxl', 'typer', 'trafilatura', 'numpy'} & set(sys.modules)\n"
        "print(spent, sorted(heavy))"
    )
    spent, heavy = [], ""
    for _ in range(3):
        said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
        spent.append(float(said[0]))
        heavy = said[1]
    assert heavy == "[]"
    assert min(spent) < 0.2


def test_what_is_exported_is_documented() -> None:
    page = PAGE.read_text("utf-8")
    missing = [name for name in armsgraph.__all__ if name not in page and name != "__version__"]
    assert missing == []
    assert [name for name in armsgraph.__all__ if not getattr(armsgraph, name).__doc__] == []


# ------------------------------------------------------------------------------------------------ deals
def test_deals_come_by_document_and_number(graph: armsgraph.Graph) -> None:
    iris = [deal.iri for deal in graph.deals()]
    assert len(iris) == len(set(iris)) == 7
    numbers = [int(iri.rpartition("-")[2]) for iri in iris if "/seed-" in iri]
    assert numbers == [1, 2, 3, 4]


def test_a_deal_has_its_parts_and_the_words_that_say_them(graph: armsgraph.Graph) -> None:
    deal = rifles(graph)
    assert (deal.kind, deal.status.value if deal.status else None, deal.standing) == ("Contract", "signed", "agreed")
    assert [f.value.name for f in deal.buyers] == ["India"]
    assert [f.value.kind for f in deal.suppliers] == ["JointVenture"]
    assert deal.suppliers[0].quote == "Indo-Russia Rifles Pvt Ltd"
    (item,) = deal.items
    assert item.quantity is not None
    assert (item.quantity.value, item.quantity.quote, item.quantity.rank) == (601427, "6,01,427", "Preferred")
    best = item.quantity.best
    assert best is not None
    assert (best.document_name, best.speaker) == ("seed", "government officials")
    assert item.quantity.sentence.startswith("“Agreements signed between India and Russia include")
    assert [f.value.weapon_kinds for f in item.weapons] == [("assault rifle",)]
    (delivery,) = deal.deliveries
    assert delivery.quantity is not None
    assert (delivery.quantity.value, [f.value.name for f in delivery.recipients]) == (70000, ["Indian Army"])
    assert [d.published for d in deal.documents] == ["2021-12-06"]


def test_rival_figures_are_told_with_the_reason(graph: armsgraph.Graph) -> None:
    deal = rifles(graph)
    told = {f.value: (f.is_held, f.rank, f.modality) for f in deal.items[0].quantities}
    assert told == {
        601427: (True, "Preferred", "asserted"),
        600000: (False, "Normal", "asserted"),
        6014427: (False, "Deprecated", "asserted"),
        671000: (False, "Normal", "expected"),
    }
    assert deal.items[0].quantities[0].is_held
    (conflict,) = deal.conflicts()
    assert conflict[0].value == 601427
    slip = next(f for f in conflict if f.value == 6014427)
    assert slip.reason is not None
    assert "mis-grouped digits" in slip.reason
    assert set(slip.rivals) <= {claim for fact in conflict for claim in fact.claims}


def test_values_are_frozen(graph: armsgraph.Graph) -> None:
    deal = rifles(graph)
    for value in (deal, deal.items[0], deal.buyers[0].value, deal.documents[0]):
        with pytest.raises(dataclasses.FrozenInstanceError):
            value.iri = "x"  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        deal.buyers[0].is_held = False  # type: ignore[misc]


def test_what_is_stated_without_a_claim_is_a_fact_without_citations(tmp_path: Path) -> None:
    path = tmp_path / "other.ttl"
    path.write_text(
        "@prefix arms: <https://w3id.org/armsgraph/ontology#> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        "<https://e.org/deal/1> a arms:Deal ; arms:buyer <https://e.org/state/x> ; arms:item <https://e.org/item/1> ;\n"
        "  arms:value <https://e.org/amount/1> . <https://e.org/item/1> arms:quantity 12 .\n"
        '<https://e.org/amount/1> arms:amount 1.5 ; arms:currency "EUR" . <https://e.org/state/x> rdfs:label "X" .\n'
    )
    (deal,) = armsgraph.read(path).deals()
    assert (deal.buyers[0].value.name, deal.buyers[0].citations, deal.buyers[0].rank) == ("X", (), "Normal")
    assert deal.value is not None
    assert (deal.value.value.amount, deal.value.value.currency) == (Decimal("1.5"), "EUR")
    assert deal.standing is armsgraph.Standing.UNCLEAR
    assert [i.quantity and i.quantity.value for i in deal.items] in ([12], [])


def status_graph(tmp_path: Path, status: str, modality: str, *, stages: tuple[tuple[str, str], ...] = ()) -> Path:
    """A deal with one claim about its status, and stages."""
    lines = [
        "@prefix arms: <https://w3id.org/armsgraph/ontology#> .",
        "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .",
        "@prefix s: <https://w3id.org/armsgraph/deal-status/> . @prefix : <https://e.org/> .",
        f":d a arms:Deal ; arms:status s:{status} .",
        f':c0 rdf:subject :d ; rdf:predicate arms:status ; rdf:object s:{status} ; arms:modality "{modality}" .',
    ]
    for n, (name, said) in enumerate(stages, 1):
        lines += [
            f":d arms:stage :g{n} . :g{n} arms:stageStatus s:{name} .",
            f':c{n} rdf:subject :d ; rdf:predicate arms:stage ; rdf:object :g{n} ; arms:modality "{said}" .',
        ]
    path = tmp_path / "deal.ttl"
    path.write_text("\n".join(lines))
    return path


STANDINGS = [
    ("signed", "asserted", (), "agreed"),
    ("in-production", "asserted", (), "agreed"),
    ("signed", "planned", (), "planned"),
    ("delivered", "expected", (), "planned"),
    ("ordered", "planned", (("signed", "asserted"),), "agreed"),
    ("ordered", "planned", (("signed", "planned"),), "planned"),
    ("proposed", "asserted", (), "planned"),
    ("approved", "asserted", (), "planned"),
    ("delivered", "asserted", (), "delivered"),
    ("completed", "asserted", (), "delivered"),
    ("cancelled", "asserted", (("signed", "asserted"),), "cancelled"),
    ("cancelled", "planned", (), "unclear"),
    ("signed", "denied", (), "unclear"),
    ("delayed", "asserted", (), "unclear"),
    ("delayed", "asserted", (("ordered", "asserted"),), "agreed"),
]


@pytest.mark.parametrize(
    ("status", "modality", "stages", "standing"), STANDINGS, ids=[f"{s}-{m}-{len(g)}" for s, m, g, _ in STANDINGS]
)
def test_standing_says_whether_a_deal_counts(
    tmp_path: Path, status: str, modality: str, stages: tuple[tuple[str, str], ...], standing: str
) -> None:
    (deal,) = armsgraph.read(status_graph(tmp_path, status, modality, stages=stages)).deals()
    assert deal.standing == standing


# ------------------------------------------------------------------------------------------------ asking
def test_query_gives_python_values(graph: armsgraph.Graph) -> None:
    (row,) = graph.query(
        "SELECT ?i ?n ?label ?gone { ?i arms:quantity ?n . ?i arms:calibre ?c . ?i arms:weapon/rdfs:label ?label"
        " OPTIONAL { ?i arms:nothing ?gone } }"
    )
    assert row["n"] == 601427
    assert row["label"] == "AK-203"
    assert "gone" not in row
    amounts = graph.query("SELECT ?a { ?s arms:amount ?a } ORDER BY ?a")
    assert amounts
    assert all(isinstance(r["a"], Decimal) for r in amounts)


def test_ask_and_select_are_told_apart(graph: armsgraph.Graph) -> None:
    assert graph.ask("ASK { ?s a arms:Deal }") is True
    with pytest.raises(armsgraph.InputError, match="no ASK"):
        graph.ask("SELECT ?s { ?s a arms:Deal }")
    with pytest.raises(armsgraph.InputError, match="no SELECT"):
        graph.query("ASK { ?s a arms:Deal }")


def test_a_shipped_question_runs(graph: armsgraph.Graph) -> None:
    rows = graph.question("conflicts")
    assert {str(v) for row in rows for v in row.values()} & {"6014427", "6,014,427"}
    with pytest.raises(armsgraph.InputError):
        graph.question("no_such_question")


def test_a_node_that_is_no_deal_is_refused(graph: armsgraph.Graph) -> None:
    with pytest.raises(armsgraph.InputError, match="no deal"):
        graph.deal("state:india")


def test_claims_come_in_the_order_of_the_text(graph: armsgraph.Graph) -> None:
    claims = list(graph.claims())
    seed = [c for c in claims if c.citation.document_name == "seed"]
    places = [(c.citation.start, c.citation.end, c.iri) for c in seed]
    assert places == sorted(places)
    assert len({c.iri for c in claims}) == len(claims)
    assert len(claims) == graph.query("SELECT (COUNT(DISTINCT ?c) AS ?n) { ?c a arms:Claim }")[0]["n"]
    text = seed_extraction().document.text
    assert all(text[c.citation.start : c.citation.end] == c.citation.sentence.quote for c in seed)


def test_saved_and_read_again_it_is_the_same(graph: armsgraph.Graph, tmp_path: Path) -> None:
    for name in ("a.nq", "a.trig.gz", "a.nq.zst", "a.jsonld"):
        graph.save(tmp_path / name)
        again = armsgraph.read(tmp_path / name)
        assert len(again) == len(graph)
        assert list(again.deals()) == list(graph.deals())


# ------------------------------------------------------------------------------------------------ building
def test_texts_are_built_and_checked() -> None:
    text = "India signed a contract with Russia for 200 Ka-226T helicopters on 5 March 2024."
    graph = armsgraph.build_texts([text, {"id": "mine", "published": "2024-03-06", "text": text + " It is big."}])
    assert graph.summary is not None
    assert graph.summary.documents == 2
    assert sorted(d.id for d in graph.documents()) == ["mine", "text-1"]
    deals = list(graph.deals())
    assert [[i.quantity and i.quantity.value for i in d.items] for d in deals] == [[200], [200]]


def test_nothing_to_read_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    with pytest.raises(armsgraph.InputError, match="nothing was read"):
        armsgraph.build(tmp_path / "empty.txt", model=None)


# ------------------------------------------------------------------------------------------------ the page
def test_the_page_prints_what_it_shows(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    request: pytest.FixtureRequest,
) -> None:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    os.mkdir(tmp_path / "build")
    monkeypatch.chdir(tmp_path)
    page = PAGE.read_text("utf-8")
    names: dict[str, object] = {}
    made, last = [], 0
    shown, printed = [], []
    for block in BLOCK.finditer(page):
        exec(compile(block[1], PAGE.name, "exec"), names)
        said = "".join(line.rstrip() + "\n" for line in capsys.readouterr().out.splitlines())
        shown.append(block[2] or "")
        printed.append(said)
        end = block.start(2) if block[2] is not None else block.end()
        made.append(page[last:end] + (said if block[2] is not None else ""))
        last = block.end(2) if block[2] is not None else block.end()
    assert len(printed) > 5
    if request.config.getoption("--update-golden"):
        PAGE.write_text("".join(made) + page[last:], "utf-8")
        return
    assert printed == shown
