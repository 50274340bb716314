"""JSON-LD of a dump: a deal's parts inside the deal, the context, other readers."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from armsgraph import resources
from armsgraph.errors import InputError
from armsgraph.graph import read_lines, write_file, write_stream
from armsgraph.graph.jsonld import context_terms
from armsgraph.graph.terms import literal
from armsgraph.store import OpenGraph, open_graph
from armsgraph.vocab import ARMS, CONTEXT_URL, DEFAULT_BASE, PROPERTIES
from dumps import all_lines, dumped, graph_lines, open_lines


@pytest.fixture(scope="module")
def lines() -> list[str]:
    return graph_lines()


@pytest.fixture(scope="module")
def opened(lines: list[str], tmp_path_factory: pytest.TempPathFactory) -> OpenGraph:
    return open_lines(lines, tmp_path_factory.mktemp("dump"))


# ------------------------------------------------------------------------------------------------ JSON-LD
def as_json(lines: list[str], **options: Any) -> dict[str, Any]:
    file = io.BytesIO()
    write_stream(lines, file, format="jsonld", **options)
    made: dict[str, Any] = json.loads(file.getvalue())
    return made


def test_json_has_deals_with_their_parts_inside(lines: list[str]) -> None:
    nodes = as_json(lines)["@graph"]
    first = nodes[0]
    assert first["type"][0] in {"CooperationAgreement", "Contract"}
    deal = next(n for n in nodes if str(n.get("label", "")).startswith("AK-203 for India"))
    assert re.fullmatch(r"deal/seed-[0-9a-f]{8}-2", deal["id"])
    assert (deal["type"], deal["buyer"], deal["status"]) == (
        ["Contract", "Deal"],
        ["state/india"],
        "deal-status:signed",
    )
    (item,) = deal["item"]
    assert (item["quantity"], item["weapon"], item["calibre"]) == (601427, ["weapon/ak-203"], "7.63x39mm")
    (delivery,) = deal["deliveryMilestone"]
    assert delivery["quantity"] == 70000
    # a sum that is only claimed belongs to no deal, so it stands alone
    outermost = {n["id"] for n in nodes}
    assert not any(i.startswith(("item/", "stage/", "milestone/")) for i in outermost)


def test_json_has_the_place_in_the_text_inside_the_claim(lines: list[str]) -> None:
    nodes = as_json(lines)["@graph"]
    document = next(n for n in nodes if "@graph" in n and n["id"].startswith("document/seed-"))
    claims = [n for n in document["@graph"] if "Claim" in n["type"]]
    claim = next(c for c in claims if c.get("asWritten") == "6,01,427" or c["object"] == 601427)
    assert (claim["predicate"], claim["object"], claim["rank"]) == ("quantity", 601427, "wikibase:PreferredRank")
    quote = next(s for s in claim["derivedFrom"]["selector"] if "exact" in s)
    assert quote["exact"] == "6,01,427"


def test_json_holds_its_context_or_names_it(lines: list[str]) -> None:
    held = as_json(lines)["@context"]
    published = json.loads(resources.ontology_file("context.jsonld").read_text("utf-8"))["@context"]
    assert held == [published, {"@base": DEFAULT_BASE}]
    assert as_json(lines, links_context=True)["@context"] == [CONTEXT_URL, {"@base": DEFAULT_BASE}]


def test_json_that_names_our_context_is_read_without_a_network(opened: OpenGraph, tmp_path: Path) -> None:
    dumped(opened, tmp_path / "g.jsonld.gz", links_context=True)
    assert all_lines(open_graph(tmp_path / "g.jsonld.gz")) == all_lines(opened)


def test_json_that_names_another_context_is_refused(tmp_path: Path) -> None:
    (tmp_path / "g.jsonld").write_text('{"@context": "https://e.org/c.jsonld", "id": "x", "label": "y"}')
    with pytest.raises(InputError):
        open_graph(tmp_path / "g.jsonld")


# rdflib 7.6 warns of its own use of Dataset while it parses
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_json_is_the_same_dataset_to_rdflib(lines: list[str]) -> None:
    file = io.BytesIO()
    write_stream(lines, file, format="jsonld")
    datasets = []
    for data, kind in ((file.getvalue(), "json-ld"), ("\n".join(lines), "nquads")):
        dataset = rdflib.Dataset()
        dataset.parse(data=data, format=kind)
        found = set()
        for s, p, o, g in dataset.quads():
            name = str(g) if str(g).startswith(DEFAULT_BASE) else ""
            found.add((s, p, o, name))
        datasets.append(found)
    assert datasets[0] == datasets[1]
    assert len(datasets[0]) == len(lines)


def test_json_with_another_base_and_foreign_terms(tmp_path: Path) -> None:
    source = (
        b"@prefix : <http://e.org/> . @prefix arms: <https://w3id.org/armsgraph/ontology#> .\n"
        b':a arms:item :b . :b arms:item :a . :a :p "x"@en-GB, 1.50, "007"^^<http://www.w3.org/2001/XMLSchema#integer>,\n'
        b'  -0.0e0, true, <urn:x:y>, 9007199254740993, "2021"^^<http://www.w3.org/2001/XMLSchema#gYear> ; a "odd" .\n'
        b':a arms:quantity "many", -5 ; arms:buyer "a name", :c ; arms:label "l" ; arms:start "s" ; arms:item :a .\n'
        b"<https://my.org/id/deal/x.> arms:buyer [ a arms:State ] . <https://my.org/id/deal/../y> a <http://e.org/D> ."
    )
    made = sorted(set(read_lines(ox.parse(source, format=ox.RdfFormat.TURTLE))))
    write_file(made, tmp_path / "g.jsonld", base="https://my.org/id/")
    back = ox.Dataset(ox.parse(path=str(tmp_path / "g.jsonld"), format=ox.RdfFormat.JSON_LD))
    expected = ox.Dataset(ox.parse(source, format=ox.RdfFormat.TURTLE))
    for dataset in (back, expected):
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    assert set(back) == set(expected)


PIECES = [
    *list('ab"\\\n\t\r \x00\x08\x0c\x1f\x7f.;,#<>{}@:é😀\u2028\ufffe'),
    "\\n",
    "@id",
    "_:b",
    "deal/x",
    "http://e/",
]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@settings(max_examples=150, deadline=None)
def test_any_text_survives_json(text: str) -> None:
    made = sorted(
        f"<https://w3id.org/armsgraph/id/claim/1> <{ARMS}{name}> {literal(text)}{tail}{graph} ."
        for name in ("description", "quantity", "buyer", "label", "type", "id")
        for tail in ("", "@en", "^^<http://www.w3.org/2001/XMLSchema#integer>", "^^<http://e/t>")
        for graph in ("", " <http://e/g>")
    )
    file = io.BytesIO()
    write_stream(made, file, format="jsonld")
    back = sorted(set(read_lines(ox.parse(file.getvalue(), format=ox.RdfFormat.JSON_LD))))
    assert back == made


def test_context_has_every_property_of_the_ontology() -> None:
    terms = context_terms()
    assert {name for name in PROPERTIES if ARMS + name not in terms} == set()
    assert {name: terms[ARMS + name][0] for name in PROPERTIES} == {name: name for name in PROPERTIES}
    nodes = {name for name in PROPERTIES if terms[ARMS + name][1] in {"@id", "@vocab"}}
    assert nodes == {name for name, is_node in PROPERTIES.items() if is_node}
