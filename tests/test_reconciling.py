"""The reconciliation service: requests as OpenRefine sends them, what is certain and what is not."""

import json
import random
import re
from typing import Any
from urllib.parse import quote, unquote

import pytest

from armsgraph.errors import InputError
from armsgraph.server.reconciling.index import index_of
from armsgraph.server.reconciling.naming import nearness
from armsgraph.server.reconciling.requests import MOST_QUESTIONS, read_extension, read_question, read_questions
from armsgraph.server.reconciling.things import TYPES
from armsgraph.vocab import ARMS
from pages_graph import BASE, Visitor, make_store
from reconciled import MORE, ask, certain, said


@pytest.fixture(scope="module")
def visitor() -> Visitor:
    return Visitor(make_store(MORE))


# ------------------------------------------------------------------------------------------------ the manifest


def test_the_manifest_has_what_the_specification_asks(visitor: Visitor) -> None:
    manifest = said(visitor, "/reconcile")
    assert manifest["versions"] == ["0.2"]
    assert manifest["identifierSpace"] == BASE
    assert manifest["schemaSpace"] == ARMS
    assert {t["id"] for t in manifest["defaultTypes"]} == set(TYPES)
    assert "{{id}}" in manifest["view"]["url"]
    preview = manifest["preview"]
    assert "{{id}}" in preview["url"]
    assert isinstance(preview["width"], int)
    assert isinstance(preview["height"], int)
    for what in ("entity", "property", "type"):
        assert "${id}" in manifest["suggest"][what]["flyout_service_path"]


def test_every_address_of_the_manifest_is_answered() -> None:
    visitor = Visitor(make_store(MORE), base_path="/graph")
    manifest = json.loads(visitor.get("/reconcile").body)
    root = "http://graph.example.org/graph"
    templates = [(manifest["view"]["url"], "state/india"), (manifest["preview"]["url"], "state/india")]
    for what, id in (("entity", "state/india"), ("property", "state"), ("type", "Firm")):
        service = manifest["suggest"][what]
        templates.append((service["service_url"] + service["service_path"] + "?prefix=a", ""))
        templates.append(
            (service["flyout_service_url"] + service["flyout_service_path"].replace("${id}", "{{id}}"), id)
        )
    propose = manifest["extend"]["propose_properties"]
    templates.append((propose["service_url"] + propose["service_path"] + "?type=Firm", ""))
    for template, id in templates:
        address = template.replace("{{id}}", quote(id, safe=""))
        assert address.startswith(root + "/reconcile")
        assert visitor.get(address.removeprefix(root)).status in (200, 303), address


def test_a_callback_does_no_harm(visitor: Visitor) -> None:
    plain = visitor.get("/reconcile")
    assert visitor.get("/reconcile?callback=alert(1)//").body == plain.body


# ------------------------------------------------------------------------------------------------ questions


def test_a_batch_is_answered_by_post_and_by_get(visitor: Visitor) -> None:
    queries = json.dumps({"q0": {"query": "Freedonia"}, "q1": {"query": "Acme Arms", "limit": 3}})
    posted = visitor.post("/reconcile", queries=queries)
    got = visitor.get("/reconcile?queries=" + quote(queries))
    assert json.loads(posted.body) == json.loads(got.body)
    answer = json.loads(posted.body)
    assert answer["q0"]["result"][0]["id"] == "state/freedonia"
    assert answer["q1"]["result"][0]["id"] == "firm/acme-arms"


def test_a_single_question_is_answered_as_object_and_as_name(visitor: Visitor) -> None:
    by_object = said(visitor, "/reconcile?query=" + quote('{"query": "Freedonia"}'))
    by_name = said(visitor, "/reconcile?query=Freedonia")
    assert by_object == by_name
    assert by_name["result"][0]["id"] == "state/freedonia"


def test_a_candidate_explains_its_score(visitor: Visitor) -> None:
    (best, *_) = ask(visitor, "Acme Arms", type="Firm", properties=[{"pid": "state", "v": "Sylvania"}])
    assert best["name"] == "Acme Arms"
    assert {"id": "Firm", "name": "firm"} in best["type"]
    assert {"id": "Organisation", "name": "organisation"} in best["type"]
    assert best["score"] == 100
    features = {f["id"]: f["value"] for f in best["features"]}
    assert features["name"] == 100
    assert features["equal_name"] is True
    assert features["state"] == 100
    assert features["contradicted"] is False


@pytest.mark.parametrize(
    ("query", "more", "id"),
    [
        ("Freedonia", {}, "state/freedonia"),
        ("REPUBLIC OF FREEDONIA", {}, "state/freedonia"),
        ("acme  arms", {}, "firm/acme-arms"),
        ("Borden Works", {}, "firm/borden"),
        ("Borden Works Limited", {"type": "Firm"}, "firm/borden"),
        ("Lane, Ada", {"type": "Person"}, "person/ada-lane"),
        ("Mr Ada Lane", {"type": "Person"}, "person/ada-lane"),
        ("AK203", {"type": "Weapon"}, "weapon/ak-203"),
        ("AK 203", {}, "weapon/ak-203"),
        ("Twin Yards", {"properties": [{"pid": "state", "v": "Sylvania"}]}, "firm/twin-1"),
        ("Twin Yards", {"properties": [{"pid": "state", "v": {"id": "state/freedonia"}}]}, "firm/twin-2"),
        ("Acme", {"type": "Firm"}, "firm/acme-arms"),
        ("Georgia", {"type": "State"}, "list/states:GE"),
        ("Q668", {}, "state/india"),
        ("http://www.wikidata.org/entity/Q668", {}, "state/india"),
        (BASE + "deal/none", {}, None),
        (BASE + "state/india", {}, "state/india"),
        ("state/india", {"type": "State"}, "state/india"),
    ],
)  # fmt: skip
def test_what_is_certain_is_a_match(visitor: Visitor, query: str, more: dict[str, Any], id: str | None) -> None:
    assert certain(visitor, query, **more) == id


@pytest.mark.parametrize(
    ("query", "more"),
    [
        ("Twin Yards", {}),
        ("Twin Yards", {"type": "Firm"}),
        ("Georgia", {}),
        ("Fredonia", {}),
        ("Acme", {}),
        ("Lane", {"type": "Person"}),
        ("A. Lane", {"type": "Person"}),
        ("AK-204", {"type": "Weapon"}),
        ("AK-103", {"properties": [{"pid": "maker", "v": "Kalashnikov Concern"}]}),
        ("Acme Arms", {"properties": [{"pid": "state", "v": "Freedonia"}]}),
        ("Acme Arms", {"type": "Person"}),
        ("Acme Arms", {"properties": [{"pid": "wikidata", "v": "Q668"}]}),
        ("India", {"properties": [{"pid": "wikidata", "v": "Q42"}]}),
        ("K2", {}),
        ("Rafael", {}),
        ("IAF", {}),
        ("Q668", {"type": "Firm"}),
        ("Q999999999", {}),
        ("state/nowhere", {}),
    ],
)
def test_what_is_not_certain_is_none(visitor: Visitor, query: str, more: dict[str, Any]) -> None:
    if query == "AK-103":
        # it is on the lists; what must not be taken for it is AK-203
        assert certain(visitor, query, **more) != "weapon/ak-203"
        return
    assert certain(visitor, query, **more) is None


def test_designations_with_other_digits_are_no_candidates(visitor: Visitor) -> None:
    assert "weapon/ak-203" not in [c["id"] for c in ask(visitor, "AK-204", type="Weapon")]


def test_the_misspelled_comes_first_without_being_certain(visitor: Visitor) -> None:
    found = ask(visitor, "Fredonia")
    assert found[0]["id"] == "state/freedonia"
    assert 80 < found[0]["score"] < 100


def test_a_property_puts_the_right_one_of_two_first(visitor: Visitor) -> None:
    for state, id in (("Sylvania", "firm/twin-1"), ("FD", "firm/twin-2")):
        found = ask(visitor, "Twin Yards", properties=[{"pid": "state", "v": state}])
        assert found[0]["id"] == id
        assert found[0]["score"] > found[1]["score"]


def test_an_office_tells_for_a_person(visitor: Visitor) -> None:
    (best, *_) = ask(visitor, "Lane", type="Person", properties=[{"pid": "office", "v": "minister of defence"}])
    assert best["id"] == "person/ada-lane"
    assert {"id": "office", "value": 95.0} in best["features"]


def test_the_kind_of_weapon_may_be_wider(visitor: Visitor) -> None:
    found = ask(visitor, "AK-103", type="Weapon", properties=[{"pid": "kind", "v": "rifle"}])
    features = {f["id"]: f["value"] for f in found[0]["features"]}
    assert found[0]["name"] == "AK-103"
    assert features["kind"] == 100


@pytest.mark.parametrize(
    ("strict", "types", "ids"),
    [
        ("any", ["Firm", "Person"], {"firm/borden", "person/borden"}),
        ("all", ["Firm", "Organisation"], {"firm/borden"}),
        ("all", ["Firm", "Person"], set()),
        ("any", ["arms:Person"], {"person/borden"}),
        ("any", [ARMS + "Person"], {"person/borden"}),
        ("any", ["Nonsense"], set()),
    ],
)
def test_types_are_kept_to(visitor: Visitor, strict: str, types: list[str], ids: set[str]) -> None:
    found = {c["id"] for c in ask(visitor, "Borden", type=types, type_strict=strict, limit=50)}
    assert found & {"firm/borden", "person/borden"} == ids


def test_types_that_are_a_wish_only_lower_the_others(visitor: Visitor) -> None:
    scores = {c["id"]: c["score"] for c in ask(visitor, "Borden", type="Firm", type_strict="should")}
    assert scores["person/borden"] == 80
    assert "firm/borden" in scores


def test_the_limit_is_kept(visitor: Visitor) -> None:
    assert len(ask(visitor, "India", limit=2)) == 2
    assert len(ask(visitor, "a", limit=10_000)) <= 50


def test_a_thing_of_graph_and_lists_comes_once(visitor: Visitor) -> None:
    found = ask(visitor, "India", type="State")
    assert [c["id"] for c in found if c["name"] == "India"] == ["state/india"]
    weapons = ask(visitor, "AK-203", type="Weapon")
    assert [c["id"] for c in weapons if c["name"] == "AK-203"] == ["weapon/ak-203"]


def test_things_of_the_lists_alone_say_so(visitor: Visitor) -> None:
    (best, *_) = ask(visitor, "Bharat Electronics", type="Firm")
    assert best["id"].startswith("list/firms:")
    assert "not in this graph" in best["description"]
    assert {"id": "in_graph", "value": False} in best["features"]


# ------------------------------------------------------------------------------------------------ what is wrong


@pytest.mark.parametrize(
    "queries",
    [
        "", "{", "[]", '"x"', "1", '{"q0": "x"}', '{"q0": {}}', '{"q0": {"query": 1}}', '{"q0": {"query": "  "}}',
        '{"q0": {"query": "x", "limit": "many"}}', '{"q0": {"query": "x", "limit": -1}}',
        '{"q0": {"query": "x", "z": 1}}',
        '{"q0": {"query": "x", "limit": NaN}}', '{"q0": {"query": "x", "limit": true}}',
        '{"q0": {"query": "x", "type": 3}}',
        '{"q0": {"query": "x", "type_strict": "maybe"}}', '{"q0": {"query": "x", "properties": {}}}',
        '{"q0": {"query": "x", "properties": [{"pid": "state"}]}}', '{"q0": {"query": "x", "properties": [{"v": 1}]}}',
        '{"q0": {"query": "x", "properties": [{"pid": "state", "v": {"x": 1}}]}}',
        '{"q0": {"query": "' + "x" * 501 + '"}}',
        "[" * 100_000,
        json.dumps({f"q{n}": {"query": "x"} for n in range(MOST_QUESTIONS + 1)}),
    ],
)  # fmt: skip
def test_a_batch_that_is_none_is_refused_with_a_reason(visitor: Visitor, queries: str) -> None:
    visit = visitor.post("/reconcile", queries=queries)
    assert visit.status == 400
    answer = json.loads(visit.body)
    assert answer["status"] == "error"
    assert answer["message"]
    with pytest.raises(InputError):
        read_questions(queries)


@pytest.mark.parametrize(
    "extend",
    [
        "", "[]", '{"ids": []}', '{"ids": [1], "properties": []}', '{"ids": "x", "properties": []}',
        '{"ids": [], "properties": [{}]}', '{"ids": [], "properties": [1]}',
    ],
)  # fmt: skip
def test_a_request_for_values_that_is_none_is_refused(visitor: Visitor, extend: str) -> None:
    assert visitor.post("/reconcile", extend=extend).status == 400
    with pytest.raises(InputError):
        read_extension(extend)


@pytest.mark.parametrize(
    "text", ["<script>", "\u202e\U0001f680", "'; DROP", "((((", "\\", "\x00", "%00", "Q", "/", "//", "  x  "]
)
def test_any_name_can_be_asked_for(visitor: Visitor, text: str) -> None:
    assert certain(visitor, text) is None
    assert read_question(text).query == text


@pytest.mark.parametrize("value", [None, "", 5, 2.5, True, [], ["a", {"id": "state/india"}], {"name": "India"}])
def test_values_of_every_kind_are_taken(visitor: Visitor, value: Any) -> None:
    assert ask(visitor, "Freedonia", properties=[{"pid": "state", "v": value}, {"pid": "nonsense", "v": value}])


# ------------------------------------------------------------------------------------------------ names


@pytest.mark.parametrize(
    ("asked", "name", "group", "low", "high"),
    [
        ("ak 203", "ak 203", "weapon", 100, 100),
        ("ak 203", "ak 103", "weapon", 0, 0),
        ("ak 204", "ab 204", "weapon", 0, 0),
        ("mig 29 k", "mig 29", "weapon", 70, 95),
        ("rafale", "rafale f 4", "weapon", 60, 76),
        ("vladimir putin", "putin vladimir", "person", 95, 95),
        ("v putin", "vladimir putin", "person", 80, 90),
        ("i putin", "vladimir putin", "person", 0, 40),
        ("putin", "vladimir putin", "person", 65, 75),
        ("lockeed martin", "lockheed martin", "firm", 90, 99.9),
        ("", "x", "other", 0, 0),
    ],
)
def test_nearness(asked: str, name: str, group: str, low: float, high: float) -> None:
    assert low <= nearness(asked, name, group) <= high


def test_ids_survive_the_way_through_an_address(visitor: Visitor) -> None:
    for candidate in ask(visitor, "Georgia")[:2]:
        visit = visitor.get("/reconcile/preview?id=" + quote(candidate["id"], safe=""))
        assert visit.status == 200
        assert re.search(r"<h1><bdi>.*Georgia", visit.text)
        assert unquote(quote(candidate["id"], safe="")) == candidate["id"]


def test_no_name_of_the_lists_is_certain_of_another_thing(visitor: Visitor) -> None:
    listed = [thing for thing in index_of(visitor.store, BASE) if thing.record is not None]
    chosen = random.Random(7).sample(listed, 150)
    queries = {thing.id: {"query": thing.names[-1], "type": thing.type} for thing in chosen}
    answer = json.loads(visitor.post("/reconcile", queries=json.dumps(queries)).body)
    certain_ids = {id: [c["id"] for c in found["result"] if c["match"]] for id, found in answer.items()}
    assert [(id, found) for id, found in certain_ids.items() if found not in ([], [id])] == []
    assert sum(bool(found) for found in certain_ids.values()) > 130
