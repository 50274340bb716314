"""Exports for programs: read back by one made for the form where it is installed, with the values of the graph."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path
from typing import Any

import networkx as nx
import pyarrow.parquet as pq
import pytest

from armsgraph.dossiers import DealReader
from armsgraph.errors import InputError
from armsgraph.exporting import export_graph
from armsgraph.exporting.network import EDGE_FIELDS, NODE_FIELDS
from armsgraph.store import OpenGraph, open_graph
from deal_scenes import EVIL, whole_graph
from export_samples import exported, local


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> OpenGraph:
    return whole_graph(tmp_path_factory.mktemp("forms") / "graph.nq")


# ------------------------------------------------------------------------------------------------ networks
@pytest.fixture(scope="module")
def network(graph: OpenGraph, tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("graphml") / "g.graphml"
    export_graph(graph, "graphml", output=path)
    return nx.read_graphml(path)


def edges_of(network: Any, kind: str) -> list[tuple[str, str, dict[str, Any]]]:
    return [(s, t, data) for s, t, data in network.edges(data=True) if data["type"] == kind]


def test_networkx_reads_deals_with_their_parties(graph: OpenGraph, network: Any) -> None:
    assert network.is_directed()
    for deal in DealReader(graph).deals():
        node = network.nodes[deal.iri]
        assert (node["label"], node["standing"]) == (deal.label, deal.standing)
        for kind, facts in (("buyer", deal.buyers), ("supplier", deal.suppliers)):
            found = {t for s, t, _ in edges_of(network, kind) if s == deal.iri}
            assert found == {f.value.iri for f in facts}


def test_numbers_stand_at_the_edge_to_the_weapon(network: Any) -> None:
    (edge,) = [data for _, t, data in edges_of(network, "item") if local(t) == "weapon/ak-203"]
    assert (edge["quantity"], edge["quantity_is_certain"], edge["modality"]) == (601427, True, "asserted")
    assert "6014427" in edge["quantity_rivals"]
    assert edge["sentence"].startswith("“Agreements signed between India and Russia")
    (plan,) = [data for _, t, data in edges_of(network, "item") if local(t) == "weapon/owl"]
    assert (plan["quantity"], plan["quantity_is_certain"], plan["standing"]) == (12, False, "planned")


def test_every_edge_of_a_fact_has_its_claims(graph: OpenGraph, network: Any) -> None:
    known = {claim.iri for claim in DealReader(graph).claims()}
    for _, _, data in network.edges(data=True):
        if data["type"] == "tellsOf":
            continue
        claims = data["claims"].split("; ")
        assert set(claims) <= known
        assert data["quote"] in data["sentence"] or " " in data["quote"]


def test_relations_and_offices_are_edges(network: Any) -> None:
    assert sum(data["kind"] == "Encounter" for _, data in network.nodes(data=True)) == 1
    assert [(local(s), local(t)) for s, t, _ in edges_of(network, "replaces")] == [("weapon/ak-203", "weapon/insas")]
    (office,) = edges_of(network, "holdsOffice")
    assert (local(office[0]), office[2]["title"]) == ("person/rajnath-singh", "defence minister")
    assert {local(t) for _, t, _ in edges_of(network, "participant")} == {
        "person/rajnath-singh",
        "person/sergey-shoigu",
    }


def test_neo4j_files_have_typed_heads_and_whole_references(graph: OpenGraph, network: Any, tmp_path: Path) -> None:
    export_graph(graph, "neo4j", output=tmp_path / "neo4j")
    tables = []
    for name in ("nodes.csv", "relationships.csv"):
        with (tmp_path / "neo4j" / name).open(encoding="utf-8", newline="") as file:
            tables.append(list(csv.reader(file)))
    (node_head, *nodes), (edge_head, *edges) = tables
    assert (node_head[0], node_head[-1]) == ("iri:ID", ":LABEL")
    assert edge_head[:3] == [":START_ID", ":END_ID", ":TYPE"]
    assert "quantity:long" in edge_head
    assert "names:string[]" in node_head
    assert len(node_head) == len(NODE_FIELDS) + 2
    assert len(edge_head) == len(EDGE_FIELDS) + 3
    assert {len(row) for row in nodes} == {len(node_head)}
    assert {len(row) for row in edges} == {len(edge_head)}
    ids = [row[0] for row in nodes]
    assert len(ids) == len(set(ids)) == network.number_of_nodes()
    assert len(edges) == network.number_of_edges()
    assert {end for row in edges for end in row[:2]} <= set(ids)
    assert not any("\n" in cell for row in (*nodes, *edges) for cell in row)
    labels = dict(zip(ids, (row[-1] for row in nodes), strict=True))
    assert labels["https://w3id.org/armsgraph/id/state/india"] == "State"
    evil = next(row for row in nodes if row[0].endswith("firm/evil"))
    assert evil[1] == f"'{EVIL.label}"
    quantities = [row[edge_head.index("quantity:long")] for row in edges]
    assert "601427" in quantities
    assert all(q == "" or q.isdecimal() for q in quantities)


# ------------------------------------------------------------------------------------------------ claims
def test_claims_are_all_there_and_their_quotes_hold(graph: OpenGraph) -> None:
    rows = [json.loads(line) for line in exported(graph, "claims").decode("utf-8").splitlines()]
    texts = {
        quad.subject.value: quad.object.value
        for quad in graph.store
        if quad.predicate.value.endswith("#storedText")
    }  # fmt: skip
    assert len({row["claim"] for row in rows}) == len(rows)
    for row in rows:
        assert texts[row["document"]][row["start"] : row["end"]] == row["quote"]
    figures = {row["object"]: row for row in rows if row["predicate"].endswith("#quantity")}
    assert (figures["6014427"]["is_held"], figures["6014427"]["rank"]) == (False, "Deprecated")
    assert figures["601427"]["object_datatype"].endswith("#integer")
    assert figures["671000"]["modality"] == "expected"
    assert set(figures["6014427"]["conflicts_with"]) <= {row["claim"] for row in rows}


def test_parquet_holds_the_same_rows_typed(graph: OpenGraph, tmp_path: Path) -> None:
    path = tmp_path / "claims.parquet"
    summary = export_graph(graph, "claims", output=path)
    table = pq.read_table(path)
    rows = [json.loads(line) for line in exported(graph, "claims").decode("utf-8").splitlines()]
    assert table.num_rows == summary.count == len(rows)
    assert table.to_pylist() == rows
    kinds = {field.name: str(field.type) for field in table.schema}
    assert (kinds["start"], kinds["confidence"], kinds["is_held"]) == ("int64", "double", "bool")


def test_parquet_without_pyarrow_says_how_to_get_it(
    graph: OpenGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(InputError) as raised:
        export_graph(graph, "claims", output=tmp_path / "claims.parquet")
    assert "armsgraph[parquet]" in (raised.value.hint or "")
    assert list(tmp_path.iterdir()) == []


# ------------------------------------------------------------------------------------------------ graphs of others
ODD = """
@prefix arms: <https://w3id.org/armsgraph/ontology#> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix oa: <http://www.w3.org/ns/oa#> . @prefix prov: <http://www.w3.org/ns/prov#> . @prefix : <https://e.org/> .
@prefix schema: <https://schema.org/> .
:d1 a arms:Deal ; arms:buyer "a name", :b, [] ; arms:supplier :b ; arms:status "odd" ; arms:value :v, "5" ;
  arms:item :i, "text", [ arms:quantity 3 ] ; arms:signedOn "soon", 5 ; arms:stage :s, "s" ; arms:duration "x" ;
  arms:deliveryMilestone :m .
[] a arms:Deal ; arms:buyer :b .
:i arms:quantity "many", -5, 1.5, 99999999999999999999999 ; arms:weapon :i, "gun" ; arms:description "a\\u0001b" .
:v arms:amount "lots" ; arms:currency "USD" .
:m arms:quantity 4 ; arms:dueOn "x" ; arms:offset "PX" .
:s arms:stageStatus :zzz ; arms:onDate "?" .
:c1 a arms:Claim ; rdf:subject :d1 ; rdf:predicate arms:status ; rdf:object "odd" ; arms:confidence "high" ;
  arms:conflictsWith :c1 ; prov:wasDerivedFrom :p .
:p oa:hasSource :doc ; oa:hasSelector :q . :q oa:start "x" ; oa:end -3 .
:doc a arms:Document ; schema:url "not a url" ; schema:datePublished "2024-13-45" .
:t arms:holder "Bob" . :f arms:subsidiaryOf "ACME" . :e arms:encounterKind "meeting" ; arms:participant "Eve" .
:c2 rdf:subject :t ; rdf:predicate arms:holder ; rdf:object "Bob" ; prov:wasDerivedFrom :p .
:c3 rdf:subject :f ; rdf:predicate arms:subsidiaryOf ; rdf:object "ACME" ; prov:wasDerivedFrom :p .
:c4 rdf:subject :e ; rdf:predicate arms:encounterKind ; rdf:object "meeting" ; prov:wasDerivedFrom :p .
:c5 rdf:subject :e ; rdf:predicate arms:participant ; rdf:object "Eve" ; prov:wasDerivedFrom :p .
"""


def test_a_graph_that_keeps_no_rule_is_still_exported(tmp_path: Path) -> None:
    (tmp_path / "odd.ttl").write_text(ODD)
    odd = open_graph(tmp_path / "odd.ttl")
    (row,) = csv.DictReader(io.StringIO(exported(odd, "register").decode("utf-8"), newline=""))
    assert row["Comments"].startswith("UNCLEAR, no order yet: odd")
    assert (row["Number ordered"], row["Year of order"], row["Recipient"]) == ("", "", "b")
    ftm = [json.loads(line) for line in exported(odd, "followthemoney").splitlines()]
    assert not any("sourceUrl" in e["properties"] or "publishedAt" in e["properties"] for e in ftm)
    (made,) = json.loads(exported(odd, "ocds", day="2024-01-01"))["releases"]
    assert "url" not in made["planning"]["documents"][0]
    for name, extension in (("graphml", ".graphml"), ("claims", ".parquet"), ("register", ".xlsx")):
        export_graph(odd, name, output=tmp_path / f"x{extension}")
    assert nx.read_graphml(tmp_path / "x.graphml").number_of_edges() > 0
    export_graph(odd, "neo4j", output=tmp_path / "neo4j")
