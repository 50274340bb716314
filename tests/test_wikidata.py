"""The client asks politely, bears with a server that misbehaves, and never asks twice what was answered."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from armsgraph.errors import ArmsgraphError, InputError, OnlineError
from armsgraph.version import __version__
from armsgraph.wikidata import Asker, Cache, HttpTransport, Position, WikidataClient, user_agent
from local_wikidata import LocalWikidata, entity, snak, statement

NOON = datetime(2026, 3, 4, 12, 0, 0, tzinfo=UTC)
CONTACT = "curator@example.org"


@pytest.fixture
def server() -> Iterator[LocalWikidata]:
    local = LocalWikidata(
        entities={
            "Q1": entity(
                "Q1", "Saab", aliases=("Saab AB",), description="Swedish arms maker", P31=["Q20"], P17=["Q34"]
            ),
            "Q2": entity("Q2", "Saab Automobile", P31=["Q21"]),
            "Q3": entity("Q3", "Gripen", P176=["Q1"]),
        },
        merged={"Q9": "Q1"},
        classes={"Q1": ("Q100",), "Q2": ("Q100",), "Q3": ("Q200",)},
    )
    with local:
        yield local


class Rig:
    """A client of the local server that does not sleep, and says how long it would have slept."""

    def __init__(self, server: LocalWikidata, folder: Path) -> None:
        self.waits: list[float] = []
        self.transport = HttpTransport(user_agent=user_agent(CONTACT), timeout_s=0.3, max_body=100_000)
        self.cache = Cache(folder)
        self.asker = Asker(self.transport, self.cache, sleep=self.waits.append, now=lambda: NOON, pace_s=0.25)
        self.client = WikidataClient(self.asker, api=server.api, sparql=server.sparql)


@pytest.fixture
def rig(server: LocalWikidata, tmp_path: Path) -> Iterator[Rig]:
    made = Rig(server, tmp_path / "cache")
    with made.cache:
        yield made
    made.transport.close()


def test_search_gives_label_description_and_what_was_met(rig: Rig) -> None:
    hits = rig.client.search("Saab A")
    assert [(h.qid, h.match, h.kind) for h in hits] == [("Q1", "Saab AB", "alias"), ("Q2", "Saab Automobile", "label")]


def test_every_request_names_program_version_and_contact_and_asks_for_maxlag(rig: Rig, server: LocalWikidata) -> None:
    rig.client.search("Saab")
    rig.client.items(["Q1"])
    rig.client.classes_of(["Q1"], ["Q100"])
    assert {s.headers["user-agent"] for s in server.seen} == {f"armsgraph/{__version__} ({CONTACT}) urllib3"}
    assert {s.headers["accept-encoding"] for s in server.seen} == {"gzip"}
    assert [s.fields.get("maxlag") for s in server.seen] == ["5", "5", None]
    assert server.seen[2].headers["accept"] == "application/sparql-results+json"
    assert rig.waits == [0.25, 0.25]


@pytest.mark.parametrize("contact", ["", "me", "me at home", "a@b", "x@y.z)\r\nX: 1", "https://"])
def test_without_a_contact_nothing_is_asked(contact: str) -> None:
    with pytest.raises(InputError):
        user_agent(contact)


def test_items_are_asked_for_in_batches_of_fifty(rig: Rig, server: LocalWikidata) -> None:
    found = rig.client.items([f"Q{n}" for n in range(1, 121)])
    assert [len(s.fields["ids"].split("|")) for s in server.seen] == [50, 50, 20]
    assert set(found.items) == {"Q1", "Q2", "Q3", "Q9"}
    assert len(found.missing) == 116


def test_merged_item_is_found_under_the_id_that_was_asked_for(rig: Rig) -> None:
    assert rig.client.items(["Q9"]).items["Q9"].qid == "Q1"


def test_merged_item_may_be_filed_under_its_new_id(rig: Rig, server: LocalWikidata) -> None:
    moved = dict(server.entities["Q1"], redirects={"from": "Q9", "to": "Q1"})
    server.answer = lambda _seen: {"entities": {"Q1": moved}}  # type: ignore[method-assign]
    assert rig.client.items(["Q9"]).items["Q9"].qid == "Q1"


def test_facts_of_best_rank_are_read(rig: Rig, server: LocalWikidata) -> None:
    no_value = {"mainsnak": {"snaktype": "somevalue"}, "rank": "normal"}
    server.entities["Q4"] = entity(
        "Q4",
        "Ann",
        P27=[statement("Q30"), statement("Q16", "preferred"), statement("Q99", "deprecated")],
        P31=[no_value, statement("Q5")],
        P39=[statement("Q70", "preferred", P580="2024-01-02"), statement("Q71", P580="2010-01-02", P582="2012-03-04")],
    )
    server.entities["Q4"]["claims"]["P39"][1]["qualifiers"]["P582"] = [snak({"time": "+2012-00-00T", "precision": 9})]
    item = rig.client.items(["Q4"]).items["Q4"]
    assert item.countries == ("Q16",)
    assert item.classes == ("Q5",)
    assert item.positions == (
        Position(qid="Q70", start="2024-01-02", end=""),
        Position(qid="Q71", start="2010-01-02", end="2012"),
    )


def test_classes_are_asked_of_the_query_service(rig: Rig) -> None:
    assert rig.client.classes_of(["Q1", "Q3", "Q77"], ["Q100", "Q200"]) == {
        "Q1": frozenset({"Q100"}),
        "Q3": frozenset({"Q200"}),
        "Q77": frozenset(),
    }


@pytest.mark.parametrize(
    ("mood", "wait"),
    [
        ("429", 17.0),
        ("429-date", 30.0),
        ("429-bare", 5.0),
        ("503", 5.0),
        ("500", 2.0),
        ("maxlag", 9.0),
        ("internal", 5.0),
        ("garbage", 2.0),
        ("list", 2.0),
        ("half", 2.0),
        ("cut", 2.0),
        ("hang", 2.0),
    ],
)
def test_what_passes_is_waited_out_and_asked_again(mood: str, wait: float, rig: Rig, server: LocalWikidata) -> None:
    server.moods.append(mood)
    assert set(rig.client.items(["Q1", "Q2"]).items) == {"Q1", "Q2"}
    assert len(server.seen) == 2
    assert rig.waits == [wait, 0.25]


def test_waits_grow_and_end(rig: Rig, server: LocalWikidata) -> None:
    server.moods.extend(["500"] * 9)
    with pytest.raises(OnlineError, match="asked 6 times in vain: status 500") as caught:
        rig.client.search("Saab")
    assert caught.value.hint
    assert [w for w in rig.waits if w != 0.25] == [2.0, 4.0, 8.0, 16.0, 32.0]
    assert len(server.seen) == 6


@pytest.mark.parametrize(("mood", "seen"), [("403", 1), ("429-day", 1), ("moved-away", 1), ("huge", 1)])
def test_what_does_not_pass_ends_it_at_once(mood: str, seen: int, rig: Rig, server: LocalWikidata) -> None:
    server.moods.append(mood)
    with pytest.raises(OnlineError):
        rig.client.search("Saab")
    assert len(server.seen) == seen


def test_redirect_within_the_host_is_followed_and_a_circle_is_left(rig: Rig, server: LocalWikidata) -> None:
    server.moods.append("moved")
    assert rig.client.search("Saab") == ()
    assert server.seen[1].path == "/moved/here"
    server.moods.extend(["circle"] * 5)
    with pytest.raises(OnlineError, match="circle"):
        rig.client.search("Gripen")


@pytest.mark.parametrize("mood", ["garbage", "maxlag", "half", "500", "no-such-entity"])
def test_bad_answers_are_never_kept(mood: str, rig: Rig, server: LocalWikidata, tmp_path: Path) -> None:
    server.moods.append(mood)
    rig.client.items(["Q1"])
    kept = [json.loads(p.read_text("utf-8").splitlines()[1]) for p in sorted(tmp_path.rglob("*.json"))]
    assert all(set(answer) == {"entities", "success"} for answer in kept)


def test_refused_search_finds_nothing_and_the_next_goes_on(rig: Rig, server: LocalWikidata) -> None:
    server.moods.extend(["400", None])
    assert rig.client.search("Saab") == ()
    assert len(rig.client.search("Gripen")) == 1


def test_id_that_is_refused_does_not_take_its_batch_along(rig: Rig, server: LocalWikidata) -> None:
    server.moods.extend(["no-such-entity", None, "no-such-entity"])
    found = rig.client.items(["Q1", "Q2"])
    assert set(found.items) == {"Q1"}
    assert found.missing == {"Q2"}


def test_query_that_the_service_will_not_answer_leaves_classes_unknown(rig: Rig, server: LocalWikidata) -> None:
    server.moods.append("400")
    assert rig.client.classes_of(["Q1"], ["Q100"]) == {}


def test_second_client_asks_nothing_that_was_answered(rig: Rig, server: LocalWikidata, tmp_path: Path) -> None:
    first = (rig.client.search("Saab"), rig.client.items(["Q1", "Q9"]), rig.client.classes_of(["Q1"], ["Q100"]))
    asked = len(server.seen)
    rig.cache.__exit__(None, None, None)
    other = Rig(server, tmp_path / "cache")
    with other.cache:
        second = (
            other.client.search("Saab"),
            other.client.items(["Q1", "Q9"]),
            other.client.classes_of(["Q1"], ["Q100"]),
        )
    other.transport.close()
    assert second == first
    assert len(server.seen) == asked
    assert (other.asker.sent, other.asker.from_cache) == (0, 3)


def test_more_items_in_a_later_run_do_not_ask_again_for_the_first(rig: Rig, server: LocalWikidata) -> None:
    first = [f"Q{n}" for n in range(1, 31)]
    rig.client.items(first)
    rig.client.classes_of(first, ["Q100"])
    more = [f"Q{n}" for n in range(2, 61)]
    assert set(rig.client.items(more).items) == {"Q2", "Q3", "Q9"}
    assert set(rig.client.classes_of(more, ["Q100"])) == set(more)
    asked = [s.fields["ids"].split("|") for s in server.seen if "ids" in s.fields]
    assert [len(ids) for ids in asked] == [30, 30]
    assert len(server.seen) == 4


def test_damaged_answer_on_disk_is_asked_for_again(rig: Rig, server: LocalWikidata, tmp_path: Path) -> None:
    rig.client.search("Saab")
    path = next(tmp_path.rglob("*.json"))
    path.write_bytes(path.read_bytes()[:40])
    assert len(rig.client.search("Saab")) == 2
    assert len(server.seen) == 2


def test_two_runs_do_not_ask_with_one_cache(rig: Rig, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="another run"), Cache(tmp_path / "cache"):
        pass


def test_one_connection_serves_all_requests(rig: Rig, server: LocalWikidata) -> None:
    ports = set()
    handler = server._server.RequestHandlerClass
    plain = handler.setup  # type: ignore[attr-defined]

    def setup(self: object) -> None:
        plain(self)
        ports.add(self.client_address)  # type: ignore[attr-defined]

    handler.setup = setup  # type: ignore[attr-defined]
    for name in ("Saab", "Gripen", "Leopard"):
        rig.client.search(name)
    assert len(ports) == 1


def test_nothing_listening_is_told_with_the_address(tmp_path: Path) -> None:
    transport = HttpTransport(user_agent="test", timeout_s=0.2)
    with Cache(tmp_path) as cache:
        client = WikidataClient(Asker(transport, cache, sleep=lambda _s: None), api="http://127.0.0.1:9/w/api.php")
        with pytest.raises(OnlineError) as caught:
            client.search("Saab")
    assert caught.value.where == "http://127.0.0.1:9/w/api.php"
    assert isinstance(caught.value, ArmsgraphError)
