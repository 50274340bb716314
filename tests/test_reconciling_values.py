"""Data extension, suggestions and previews of the reconciliation service."""

import json
from typing import Any
from urllib.parse import quote

import pytest

from armsgraph.server.reconciling.index import index_of
from armsgraph.server.reconciling.properties import PROPERTIES
from pages_graph import BASE, Outline, Visitor, make_store
from reconciled import MORE, said


@pytest.fixture(scope="module")
def visitor() -> Visitor:
    return Visitor(make_store(MORE))


# ------------------------------------------------------------------------------------------------ values


def extend(visitor: Visitor, ids: list[str], *properties: dict[str, Any]) -> Any:
    visit = visitor.post("/reconcile", extend=json.dumps({"ids": ids, "properties": list(properties)}))
    assert visit.status == 200
    return json.loads(visit.body)


def test_values_are_given_for_ids(visitor: Visitor) -> None:
    wanted = [{"id": id} for id in ("wikidata", "state", "alias", "deals", "iri", "office")]
    answer = extend(visitor, ["state/freedonia", "person/ada-lane", "firm/acme-arms", "nobody"], *wanted)
    assert [m["id"] for m in answer["meta"]] == [w["id"] for w in wanted]
    assert answer["meta"][1]["type"] == {"id": "State", "name": "state"}
    rows = answer["rows"]
    assert rows["state/freedonia"]["wikidata"] == [{"str": "Q42"}]
    assert rows["state/freedonia"]["deals"] == [{"int": 1}]
    assert rows["state/freedonia"]["alias"] == [{"str": "Republic of Freedonia"}]
    assert rows["state/freedonia"]["iri"] == [{"str": BASE + "state/freedonia"}]
    assert rows["person/ada-lane"]["office"] == [{"str": "Defence Minister"}]
    assert rows["nobody"] == {w["id"]: [] for w in wanted}


def test_a_weapon_counts_the_deals_of_its_items(visitor: Visitor) -> None:
    assert extend(visitor, ["weapon/ak-203"], {"id": "deals"})["rows"]["weapon/ak-203"]["deals"] == [{"int": 1}]


def test_a_state_as_value_is_an_entity(visitor: Visitor) -> None:
    cell = extend(visitor, ["weapon/ak-203"], {"id": "state"})["rows"]["weapon/ak-203"]["state"]
    assert cell == [{"id": "list/states:RU", "name": "Russia"}]


def test_the_number_of_values_can_be_limited(visitor: Visitor) -> None:
    all_of = extend(visitor, ["list/states:GB"], {"id": "alias"})["rows"]["list/states:GB"]["alias"]
    one = extend(visitor, ["list/states:GB"], {"id": "alias", "settings": {"limit": "1"}})
    assert len(all_of) > 1
    assert one["rows"]["list/states:GB"]["alias"] == all_of[:1]


def test_properties_are_proposed_for_a_type(visitor: Visitor) -> None:
    answer = said(visitor, "/reconcile/properties?type=Person")
    assert answer["type"] == "Person"
    ids = [p["id"] for p in answer["properties"]]
    assert "office" in ids
    assert "maker" not in ids
    assert {p["id"] for p in said(visitor, "/reconcile/properties")["properties"]} == set(PROPERTIES)


# ------------------------------------------------------------------------------------------------ suggestions, previews


def test_entities_are_suggested_those_of_the_graph_first(visitor: Visitor) -> None:
    found = said(visitor, "/reconcile/suggest/entity?prefix=free")["result"]
    assert found[0]["id"] == "state/freedonia"
    assert found[0]["notable"] == [{"id": "State", "name": "state"}]
    first = [f["id"] for f in said(visitor, "/reconcile/suggest/entity?prefix=a")["result"]]
    second = [f["id"] for f in said(visitor, "/reconcile/suggest/entity?prefix=a&cursor=20")["result"]]
    assert len(first) == 20
    assert not set(first) & set(second)
    people = said(visitor, "/reconcile/suggest/entity?prefix=a&type=Person")["result"]
    assert {f["notable"][0]["id"] for f in people} == {"Person"}


def test_types_and_properties_are_suggested(visitor: Visitor) -> None:
    assert [t["id"] for t in said(visitor, "/reconcile/suggest/type?prefix=fi")["result"]] == ["Firm"]
    assert [p["id"] for p in said(visitor, "/reconcile/suggest/property?prefix=off")["result"]] == ["office"]
    assert visitor.get("/reconcile/suggest/nonsense?prefix=a").status == 404


def test_a_flyout_is_html_in_json(visitor: Visitor) -> None:
    answer = said(visitor, "/reconcile/flyout/entity?id=state/freedonia")
    assert answer["id"] == "state/freedonia"
    assert "<strong>Freedonia</strong>" in answer["html"]
    assert visitor.get("/reconcile/flyout/entity?id=nobody").status == 404


def test_a_preview_may_be_framed_and_runs_nothing(visitor: Visitor) -> None:
    visit = visitor.get("/reconcile/preview?id=" + quote("weapon/ak-203", safe=""))
    policy = visit.header("Content-Security-Policy")
    assert "frame-ancestors *" in policy
    assert "default-src 'none'" in policy
    outline = Outline(visit.text)
    assert "assault rifle" in outline.said
    assert not [tag for tag, _ in outline.tags if tag in ("script", "form", "a")]


def test_a_hostile_name_is_escaped_in_previews() -> None:
    visitor = Visitor(make_store('<weapon/x> a arms:Weapon ; rdfs:label "<script>alert(1)</script>" .'))
    assert "<script" not in visitor.get("/reconcile/preview?id=weapon/x").text
    assert "<script" not in json.loads(visitor.get("/reconcile/flyout/entity?id=weapon/x").body)["html"]


def test_a_view_leads_to_the_page_or_shows_what_the_lists_know(visitor: Visitor) -> None:
    visit = visitor.get("/reconcile/view?id=state/freedonia")
    assert visit.status == 303
    assert visit.header("Location") == "/about/state/freedonia"
    listed = visitor.get("/reconcile/view?id=list/states:GE")
    assert listed.status == 200
    assert "http://www.wikidata.org/entity/Q230" in Outline(listed.text).links
    assert visitor.get("/reconcile/view?id=nobody").status == 404


def test_the_index_is_made_once(visitor: Visitor) -> None:
    one = index_of(visitor.store, BASE)
    assert index_of(visitor.store, BASE) is one
