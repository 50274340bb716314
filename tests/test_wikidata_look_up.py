"""`armsgraph link --online` against a local server: what is found, what stays unsure, and that a kill loses nothing."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from armsgraph.curation import ONLINE_RULE, GraphReader, OnlineFinding, look_up
from armsgraph.gate import load_gate
from armsgraph.graph import read_lines
from armsgraph.lexicon.gazetteer import Gazetteer, load_gazetteer
from armsgraph.lexicon.wikidata_classes import load_wikidata_classes
from armsgraph.model import EntityType, LinkDecision
from armsgraph.store import open_graph
from armsgraph.vocab import DEFAULT_BASE
from armsgraph.wikidata import Asker, Cache, HttpTransport, WikidataClient, user_agent
from linked_samples import linked_extraction, write_graph
from local_wikidata import LocalWikidata, Seen, entity, statement

SAME, UNSURE = LinkDecision.SAME, LinkDecision.UNSURE
CONTACT = "curator@example.org"
BUSINESS, HUMAN, WEAPON, TOWN = "Q4830453", "Q5", "Q728", "Q486972"


def roots() -> dict[str, dict[str, object]]:
    """The root classes of the shipped list, as items with their labels."""
    return {c.qid: entity(c.qid, c.labels[0]) for c in load_wikidata_classes()}


def make_server() -> LocalWikidata:
    office = statement("Q777", P580="2022-10-18")
    return LocalWikidata(
        entities={
            "Q500": entity("Q500", "Apex Arms", description="Swedish maker of radars", P17=["Q34"]),
            "Q501": entity("Q501", "Apex Arms", description="pub in Texas", P17=["Q30"]),
            "Q900": entity("Q900", "Ann Example", P27=["Q34"], P39=[office]),
            "Q901": entity("Q901", "Ann Example", P27=["Q34"]),
            "Q54349": entity("Q54349", "Karlskrona", P17=["Q34"]),
            "Q601": entity("Q601", "Zircon 9A", P176=["Q500"]),
            **roots(),
        },
        classes={"Q500": (BUSINESS,), "Q501": (TOWN,), "Q900": (HUMAN,), "Q901": (HUMAN,), "Q54349": (TOWN,)},
    )


@pytest.fixture
def server() -> Iterator[LocalWikidata]:
    with make_server() as local:
        yield local


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_graph(tmp_path_factory.mktemp("graph") / "g.nq", [linked_extraction()])


def find(server: LocalWikidata, graph: Path, gazetteer: Gazetteer, folder: Path) -> OnlineFinding:
    reader = GraphReader(open_graph(graph))
    transport = HttpTransport(user_agent=user_agent(CONTACT), timeout_s=2)
    with Cache(folder) as cache:
        asker = Asker(transport, cache, sleep=lambda _s: None)
        client = WikidataClient(asker, api=server.api, sparql=server.sparql)
        finding = look_up(reader, reader.entities(), client, gazetteer, load_wikidata_classes())
    transport.close()
    return finding


def decisions(finding: OnlineFinding) -> dict[str, tuple[str, LinkDecision]]:
    return {k.entity.id: (k.item.qid, k.decision) for k in finding.links}


def test_class_country_and_position_tell_namesakes_apart(
    server: LocalWikidata, graph: Path, gazetteer: Gazetteer, tmp_path: Path
) -> None:
    finding = find(server, graph, gazetteer, tmp_path)
    assert decisions(finding) == {
        "firm/apex-arms": ("Q500", SAME),
        "person/ann-example": ("Q900", UNSURE),
        "place/karlskrona": ("Q54349", SAME),
        "weapon/zircon-9a": ("Q601", UNSURE),
    }
    reasons = {k.entity.id: k.reason for k in finding.links}
    assert "the texts speak of its country" in reasons["firm/apex-arms"]
    assert "Q901 (Ann Example) fits nearly as well" in reasons["person/ann-example"]


def test_person_with_a_position_at_the_time_is_sure_where_nobody_else_fits(
    server: LocalWikidata, graph: Path, gazetteer: Gazetteer, tmp_path: Path
) -> None:
    del server.entities["Q901"]
    assert decisions(find(server, graph, gazetteer, tmp_path))["person/ann-example"] == ("Q900", SAME)


def test_person_without_a_position_is_never_sure(
    server: LocalWikidata, graph: Path, gazetteer: Gazetteer, tmp_path: Path
) -> None:
    del server.entities["Q900"]
    assert decisions(find(server, graph, gazetteer, tmp_path))["person/ann-example"] == ("Q901", UNSURE)


def test_what_is_sure_or_decided_by_a_person_is_not_asked_about(
    server: LocalWikidata, graph: Path, gazetteer: Gazetteer, tmp_path: Path
) -> None:
    find(server, graph, gazetteer, tmp_path)
    searched = {s.fields["search"] for s in server.seen if "search" in s.fields}
    assert searched == {"Apex Arms", "Ann Example", "Karlskrona", "Zircon 9A"}


def test_item_of_something_else_is_left_unsure(
    server: LocalWikidata, graph: Path, gazetteer: Gazetteer, tmp_path: Path
) -> None:
    saab = dict(server.entities.pop("Q500"), id="Q219501")
    server.entities["Q219501"] = saab
    server.classes["Q219501"] = (BUSINESS,)
    assert decisions(find(server, graph, gazetteer, tmp_path))["firm/apex-arms"] == ("Q219501", UNSURE)


def test_class_whose_item_is_called_otherwise_is_not_used(
    server: LocalWikidata, graph: Path, gazetteer: Gazetteer, tmp_path: Path
) -> None:
    server.entities[BUSINESS] = entity(BUSINESS, "a football club")
    finding = find(server, graph, gazetteer, tmp_path)
    assert finding.unknown_classes == [BUSINESS]
    assert BUSINESS not in next(s.fields["query"] for s in server.seen if "query" in s.fields)
    assert decisions(finding).get("firm/apex-arms", ("", UNSURE))[1] is UNSURE


def test_merged_item_is_linked_under_its_new_id(
    server: LocalWikidata, graph: Path, gazetteer: Gazetteer, tmp_path: Path
) -> None:
    server.entities["Q502"] = dict(server.entities["Q500"], id="Q502")
    server.merged["Q500"] = "Q502"
    server.classes["Q502"] = (BUSINESS,)
    assert decisions(find(server, graph, gazetteer, tmp_path))["firm/apex-arms"] == ("Q502", SAME)


def test_misbehaving_server_costs_time_and_no_link(
    server: LocalWikidata, graph: Path, gazetteer: Gazetteer, tmp_path: Path
) -> None:
    server.moods.extend(["429", "garbage", None, "maxlag", "cut", None, "500", None, "503", "half", None, "internal"])
    troubled = decisions(find(server, graph, gazetteer, tmp_path / "a"))
    assert not server.moods
    assert troubled == decisions(find(server, graph, gazetteer, tmp_path / "b"))


def test_shipped_classes_cover_every_type() -> None:
    assert {c.type for c in load_wikidata_classes()} == set(EntityType)


# ---- the command


def command(server: LocalWikidata, graph: Path, folder: Path, *more: str | Path) -> list[str]:
    run = [sys.executable, "-c", "from armsgraph.cli import main; main()", "link", str(graph), "--online"]
    run += ["--contact", CONTACT, "--api", server.api, "--sparql", server.sparql, "--cache", str(folder / "cache")]
    return [*run, *map(str, more)]


def finish(arguments: list[str]) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(arguments, capture_output=True, text=True, check=False, timeout=120)
    assert "Traceback" not in done.stderr
    return done


def test_found_links_are_claims_that_pass_the_gate(server: LocalWikidata, graph: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.nq"
    done = finish(command(server, graph, tmp_path, "--pace", "0", "--output", out, "--background"))
    assert done.returncode == 0, done.stderr
    assert "4 entities looked up, 2 same, 2 unsure" in done.stderr
    opened = open_graph(out)
    assert load_gate().check_lines(sorted(read_lines(opened.quads()))).conforms
    query = f"""PREFIX arms: <https://w3id.org/armsgraph/ontology#>
      PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
      PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
      PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX oa: <http://www.w3.org/ns/oa#>
      SELECT ?s ?p ?o ?exact WHERE {{ ?s ?p ?o .
        GRAPH ?g {{ ?c arms:rule "{ONLINE_RULE}" ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ;
          rdfs:comment ?why ; prov:wasDerivedFrom/oa:hasSelector/oa:exact ?exact }} }}"""
    solutions = opened.store.query(query)
    assert isinstance(solutions, ox.QuerySolutions)
    found = {tuple(term.value.rpartition("/")[2].rpartition("#")[2] for term in row) for row in solutions}  # type: ignore[union-attr]
    assert found == {
        ("apex-arms", "exactMatch", "Q500", "Apex Arms"),
        ("ann-example", "closeMatch", "Q900", "Ann Example"),
        ("karlskrona", "exactMatch", "Q54349", "Karlskrona"),
        ("zircon-9a", "closeMatch", "Q601", "Zircon 9A"),
    }
    assert {g.value for g in opened.store.named_graphs()} >= {
        f"{DEFAULT_BASE}background/lists",
        f"{DEFAULT_BASE}background/wikidata",
    }


@pytest.mark.parametrize(
    "kills",
    [pytest.param(1, marks=pytest.mark.slow), 3, pytest.param(6, marks=pytest.mark.slow)],
    ids=["after-the-first", "while-searching", "after-the-last"],
)
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9 on this system")
def test_kill_between_two_requests_repeats_none_and_loses_none(
    kills: int, server: LocalWikidata, graph: Path, tmp_path: Path
) -> None:
    """The program is killed while it waits for its turn, with `kills` answers behind it."""
    process = subprocess.Popen(command(server, graph, tmp_path, "--pace", "0.3"))
    kept: list[Path] = []
    deadline = time.monotonic() + 60
    while len(kept) < kills and time.monotonic() < deadline:
        time.sleep(0.01)
        kept = list((tmp_path / "cache").glob("*/*.json"))
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert len(kept) >= kills
    done = finish(command(server, graph, tmp_path, "--pace", "0", "--output", tmp_path / "out.nq"))
    assert done.returncode == 0, done.stderr
    assert "4 entities looked up, 2 same, 2 unsure" in done.stderr
    assert Counter(s.question for s in server.seen).most_common(1)[0][1] == 1
    with make_server() as fresh:
        whole = finish(command(fresh, graph, tmp_path / "whole", "--pace", "0", "--output", tmp_path / "whole.nq"))
        assert whole.returncode == 0, whole.stderr
    assert {s.question for s in server.seen} == {s.question for s in fresh.seen}
    assert (tmp_path / "out.nq").read_bytes() == (tmp_path / "whole.nq").read_bytes()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9 on this system")
def test_kill_in_the_midst_of_a_request_repeats_that_one_alone(
    server: LocalWikidata, graph: Path, tmp_path: Path
) -> None:
    """The program is killed while the server works on a request: its answer is nowhere, so it is asked again."""
    third, go_on = threading.Event(), threading.Event()

    def hold(_seen: Seen) -> None:
        if len(server.seen) == 3:
            third.set()
            go_on.wait(30)

    server.before = hold
    process = subprocess.Popen(command(server, graph, tmp_path, "--pace", "0"))
    assert third.wait(60)
    process.send_signal(signal.SIGKILL)
    process.wait()
    go_on.set()
    done = finish(command(server, graph, tmp_path, "--pace", "0"))
    assert "4 entities looked up, 2 same, 2 unsure" in done.stderr
    asked = Counter(s.question for s in server.seen)
    assert [q for q, n in asked.items() if n > 1] == [server.seen[2].question]
    assert max(asked.values()) == 2


def test_service_that_is_down_ends_the_run_with_a_hint_and_keeps_what_it_has(graph: Path, tmp_path: Path) -> None:
    with make_server() as server:
        server.moods.extend([None, None, "403"])
        done = finish(command(server, graph, tmp_path, "--pace", "0"))
        assert done.returncode == 2
        assert "403" in done.stderr
        assert len(list((tmp_path / "cache").glob("*/*.json"))) == 2
        done = finish(command(server, graph, tmp_path, "--pace", "0"))
        assert done.returncode == 0
        assert "2 answered from the cache" in done.stderr


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (["--contact", "nobody"], "no contact"),
        (["--output", "out.nq"], "nothing would be added"),
        (["--background"], "--background needs a graph to write"),
        (["--background", "--output", "out.ttl"], "no named graphs"),
        (["--quickstatements", "q.txt", "--retrieved", "1.2.2026"], "no day"),
    ],
)
def test_wrong_usage_is_told(more: list[str], message: str, graph: Path, tmp_path: Path) -> None:
    online = ["--online"] if "--contact" in more else []
    run = [sys.executable, "-c", "from armsgraph.cli import main; main()", "link", str(graph), *online, *more]
    done = subprocess.run(run, capture_output=True, text=True, check=False, cwd=tmp_path, timeout=60)
    assert done.returncode == 2
    assert message in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_review_at_the_terminal_makes_a_file_that_the_next_build_takes(graph: Path, tmp_path: Path) -> None:
    path = tmp_path / "links.tsv"
    run = [sys.executable, "-c", "from armsgraph.cli import main; main()"]
    done = subprocess.run(
        [*run, "link", str(graph), "--review", "--links", str(path), "--by", "ann"],
        input="what\ns on the map\n",
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert "went to Karlskrona." in done.stdout
    assert "place/karlskrona\tQ54349\tsame\tann\t" in path.read_text("utf-8")
    article = tmp_path / "a.txt"
    article.write_text("Saab will deliver radars in Karlskrona.", "utf-8")
    done = subprocess.run(
        [*run, "build", str(article), "--output", str(tmp_path / "g.nq"), "--links", str(path), "--no-model"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    lines = (tmp_path / "g.nq").read_text("utf-8").splitlines()
    exact = [x for x in lines if "exactMatch" in x and "Q54349" in x]
    assert exact
    assert any('"Decided by ann on ' in x for x in lines)
