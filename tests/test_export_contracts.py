"""Deals as FollowTheMoney and OCDS have them."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from armsgraph.errors import InputError
from armsgraph.model import DealKind
from armsgraph.store import OpenGraph, open_graph
from deal_scenes import story_extraction, whole_graph, write_graph
from export_samples import ROOT, VALIDATORS, exported, needs_validators


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> OpenGraph:
    return whole_graph(tmp_path_factory.mktemp("forms") / "graph.nq")


# ------------------------------------------------------------------------------------------------ FollowTheMoney
@pytest.fixture(scope="module")
def entities(graph: OpenGraph) -> dict[str, dict[str, Any]]:
    lines = exported(graph, "followthemoney").decode("utf-8").splitlines()
    found = {record["id"]: record for record in map(json.loads, lines)}
    assert len(found) == len(lines)
    return found


def contract(entities: dict[str, dict[str, Any]], title: str) -> dict[str, Any]:
    (found,) = [e for e in entities.values() if e["schema"] == "Contract" and e["properties"]["title"] == [title]]
    return found


def pointing_to(entities: dict[str, dict[str, Any]], entity: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        e
        for e in entities.values()
        if any(entity["id"] in e["properties"].get(name, ()) for name in ("contract", "object"))
    ]


def test_ftm_an_order_is_a_contract_with_awards(entities: dict[str, dict[str, Any]]) -> None:
    order = next(
        e for e in entities.values() if e["schema"] == "Contract" and e["properties"].get("contractDate") == ["2023-03"]
    )
    told = order["properties"]
    assert (told["amount"], told["currency"], told["status"]) == (["45000000"], ["USD"], ["signed"])
    assert told["authority"] == ["armsgraph-state-freedonia", "armsgraph-armed-force-freedonian-navy"]
    assert "value up to USD 45,000,000" in told["notes"]
    assert "number: about 40" in told["notes"]
    awards = pointing_to(entities, order)
    assert {a["schema"] for a in awards} == {"ContractAward"}
    assert sorted(a["properties"]["supplier"] for a in awards) == [
        ["armsgraph-firm-zenith"],
        ["armsgraph-state-sylvania"],
    ]
    assert {tuple(a["properties"]["description"]) for a in awards} == {("about 40 x Hawk 12",)}
    for award in awards:
        assert award["properties"]["summary"][0].startswith("Freedonia signed a contract with Zenith")
        article = entities[award["properties"]["proof"][0]]
        assert article["schema"] == "Article"
        assert article["properties"]["publishedAt"] == ["2024-06-01"]
        assert article["properties"]["sourceUrl"] == ["https://news.example/story?a=1&b=2"]


def test_ftm_a_plan_awards_nothing(entities: dict[str, dict[str, Any]]) -> None:
    plan = contract(entities, "frigates for Freedonia")
    assert plan["properties"]["status"] == ["planned: to be signed"]
    (link,) = pointing_to(entities, plan)
    assert link["schema"] == "UnknownLink"
    assert link["properties"]["role"] == ["named as supplier (planned: to be signed)"]
    assert link["properties"]["subject"] == ["armsgraph-firm-zenith"]


def test_ftm_a_cancelled_contract_says_so(entities: dict[str, dict[str, Any]]) -> None:
    cancelled = contract(entities, "patrol boats for Freedonia")["properties"]
    assert (cancelled["status"], cancelled["cancelled"]) == (["cancelled"], ["true"])


def test_ftm_rival_figures_are_notes(entities: dict[str, dict[str, Any]]) -> None:
    rifles = contract(entities, "AK-203 for India through Indo-Russia Rifles Pvt Ltd")["properties"]
    notes = " ".join(rifles["notes"])
    assert "6014427" in notes
    assert "671000" in notes
    assert "601427 x AK-203" in rifles["description"]


def test_ftm_persons_hold_posts(entities: dict[str, dict[str, Any]]) -> None:
    (occupancy,) = [e for e in entities.values() if e["schema"] == "Occupancy"]
    holder, post = (entities[occupancy["properties"][name][0]] for name in ("holder", "post"))
    assert (holder["schema"], holder["properties"]["name"]) == ("Person", ["Rajnath Singh"])
    assert (post["schema"], post["properties"]["country"]) == ("Position", ["in"])
    assert entities[post["properties"]["organization"][0]]["properties"]["wikidataId"] == ["Q668"]
    assert occupancy["properties"]["recordId"][0].startswith("https://w3id.org/armsgraph/id/claim/")
    (event,) = [e for e in entities.values() if e["schema"] == "Event"]
    assert len(event["properties"]["involved"]) == 2


@pytest.mark.parametrize(
    ("code", "country"), [("IN", "in"), ("SU", "suhh"), ("YU", "yucs"), ("CS", "cshh"), ("X1", None)]
)
def test_ftm_countries_are_those_of_the_model(tmp_path: Path, code: str, country: str | None) -> None:
    path = tmp_path / "g.ttl"
    path.write_text(
        "@prefix arms: <https://w3id.org/armsgraph/ontology#> . @prefix : <https://e.org/state/> .\n"
        f':x a arms:State ; arms:stateCode "{code}" . <https://e.org/deal/1> a arms:Deal ; arms:buyer :x .'
    )
    records = map(json.loads, exported(open_graph(path), "followthemoney").splitlines())
    (state,) = [record for record in records if record["schema"] == "PublicBody"]
    assert state["properties"].get("country") == ([country] if country else None)


@needs_validators
@pytest.mark.slow
def test_ftm_is_what_the_package_takes(graph: OpenGraph, entities: dict[str, dict[str, Any]], tmp_path: Path) -> None:
    path = tmp_path / "ftm.jsonl"
    path.write_bytes(exported(graph, "followthemoney"))
    script = ROOT / "tools" / "check_followthemoney.py"
    said = subprocess.run(
        [str(VALIDATORS / "bin" / "python"), str(script), str(path)], capture_output=True, text=True, check=False
    )
    assert said.returncode == 0, said.stdout + said.stderr
    counts = json.loads(said.stdout.splitlines()[-1])
    expected: dict[str, int] = {}
    for entity in entities.values():
        expected[entity["schema"]] = expected.get(entity["schema"], 0) + 1
    assert counts == expected
    assert {"Contract", "ContractAward", "Company", "PublicBody", "Person", "Position", "Occupancy"} <= set(counts)


@needs_validators
@pytest.mark.slow
def test_the_check_of_ftm_finds_faults(tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    bad = [
        {"id": "a", "schema": "Contract", "properties": {"title": ["x"], "buyer": ["y"]}},
        {"id": "b", "schema": "ContractAward", "properties": {"contract": ["nobody"], "supplier": ["a"]}},
        {"id": "c", "schema": "Firm", "properties": {}},
    ]
    path.write_text("".join(json.dumps(b) + "\n" for b in bad))
    script = ROOT / "tools" / "check_followthemoney.py"
    said = subprocess.run(
        [str(VALIDATORS / "bin" / "python"), str(script), str(path)], capture_output=True, text=True, check=False
    )
    assert said.returncode == 1
    for words in ("no property buyer", "no entity nobody", "a Contract is no LegalEntity", "no such schema: Firm"):
        assert words in said.stdout


# ------------------------------------------------------------------------------------------------ OCDS
@pytest.fixture(scope="module")
def package(graph: OpenGraph) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(exported(graph, "ocds"))
    return made


def release(package: dict[str, Any], number: int) -> dict[str, Any]:
    (found,) = [r for r in package["releases"] if r["ocid"].startswith("armsgraph-deal-story-") and
                r["ocid"].endswith(f"-{number}")]  # fmt: skip
    return dict(found)


def test_ocds_an_order_has_award_and_contract(package: dict[str, Any]) -> None:
    assert (package["version"], package["publishedDate"]) == ("1.1", "2024-06-01T00:00:00Z")
    order = release(package, 1)
    assert (order["tag"], order["date"]) == (["contract"], "2024-06-01T00:00:00Z")
    (made,) = order["contracts"]
    assert made["awardID"] == order["awards"][0]["id"]
    assert made["value"] == {"amount": 45000000, "currency": "USD"}
    (item,) = made["items"]
    assert (item["quantity"], item["description"].split(";")[0]) == (40, "about 40 x Hawk 12")
    assert item["classification"]["description"] == "radar"
    # a month is no day: it stands in words
    assert "dateSigned" not in made
    assert "signed on 2023-03" in made["description"]
    assert [(m["status"], m.get("dateMet"), m.get("dueDate")) for m in made["implementation"]["milestones"]] == [
        ("met", "2024-05-02T00:00:00Z", None),
        ("scheduled", None, None),
    ]
    roles = {party["name"]: party["roles"] for party in order["parties"]}
    assert roles == {
        "Freedonia": ["buyer"],
        "Freedonian Navy": ["buyer"],
        "Zenith": ["supplier"],
        "Sylvania": ["supplier"],
    }
    assert order["buyer"]["name"] == "Freedonia"
    (document,) = made["documents"]
    assert document["url"] == "https://news.example/story?a=1&b=2"
    assert "about 40 Hawk 12 radars" in document["description"]
    assert "https://w3id.org/armsgraph/id/claim/" in document["description"]


def test_ocds_a_plan_has_neither(package: dict[str, Any]) -> None:
    plan = release(package, 2)
    assert plan["tag"] == ["planning"]
    assert "contracts" not in plan
    assert "awards" not in plan
    assert (plan["tender"]["status"], plan["tender"]["items"][0]["quantity"]) == ("planned", 12)
    assert {"tenderer"} == {r for p in plan["parties"] if p["name"] == "Zenith" for r in p["roles"]}


def test_a_memorandum_is_no_order_in_any_form(tmp_path: Path) -> None:
    story = story_extraction()
    memorandum = replace(story.deals[0], kind=DealKind.MEMORANDUM)
    graph = write_graph(tmp_path / "g.nq", (replace(story, deals=(memorandum,)),))
    (row,) = csv.DictReader(io.StringIO(exported(graph, "register").decode("utf-8"), newline=""))
    assert (row["Number ordered"], row["Number delivered"], row["Year of order"]) == ("", "", "")
    assert row["Number neither ordered nor delivered"] == "(40)"
    assert row["Comments"].startswith("MEMORANDUM, no order: signed")
    schemas = [json.loads(line)["schema"] for line in exported(graph, "followthemoney").splitlines()]
    assert "Contract" in schemas
    assert "ContractAward" not in schemas
    (made,) = json.loads(exported(graph, "ocds"))["releases"]
    assert "contracts" not in made


def test_ocds_a_cancelled_order_is_terminated(package: dict[str, Any]) -> None:
    cancelled = release(package, 3)
    assert cancelled["tag"] == ["contractTermination"]
    assert (cancelled["contracts"][0]["status"], cancelled["awards"][0]["status"]) == ("terminated", "cancelled")


def test_ocds_ids_and_references_hold(package: dict[str, Any]) -> None:
    assert len({r["ocid"] for r in package["releases"]}) == len(package["releases"]) == 10
    for made in package["releases"]:
        known = {party["id"] for party in made["parties"]}
        assert "buyer" not in made or made["buyer"]["id"] in known
        for award in made.get("awards", ()):
            assert {s["id"] for s in award.get("suppliers", ())} <= known


def test_ocds_asks_for_a_day_if_no_article_has_one(tmp_path: Path) -> None:
    extraction = story_extraction()
    undated = replace(extraction, document=replace(extraction.document, published=None))
    graph = write_graph(tmp_path / "g.nq", (undated,))
    with pytest.raises(InputError, match="date of each release") as raised:
        exported(graph, "ocds")
    assert raised.value.where == "--date"
    with pytest.raises(InputError, match="not a day"):
        exported(graph, "ocds", day="2024-02-30")
    made = json.loads(exported(graph, "ocds", day="2024-07-01", ocid_prefix="ocds-abc123"))
    assert {r["date"] for r in made["releases"]} == {"2024-07-01T00:00:00Z"}
    assert all(r["ocid"].startswith("ocds-abc123-deal-story") for r in made["releases"])


@needs_validators
@pytest.mark.slow
def test_ocds_is_valid_by_the_schema_of_the_standard(package: dict[str, Any]) -> None:
    import jsonschema
    from referencing import Registry, Resource
    from referencing.jsonschema import DRAFT4

    schemas = [
        json.loads((VALIDATORS / "ocds" / f"{name}.json").read_text("utf-8"))
        for name in ("release-package-schema", "release-schema")
    ]
    of_package, of_release = schemas
    reference = of_package["properties"]["releases"]["items"]["$ref"]
    assert "release-schema.json" in reference
    registry: Registry[Any] = Registry().with_resource(
        reference, Resource.from_contents(of_release, default_specification=DRAFT4)
    )
    validator = jsonschema.Draft4Validator(of_package, registry=registry)
    assert [(list(e.absolute_path), e.message) for e in validator.iter_errors(package)] == []
    broken = json.loads(json.dumps(package))
    broken["releases"][0]["tag"] = ["bought"]
    del broken["releases"][1]["ocid"]
    assert len(list(validator.iter_errors(broken))) == 2
