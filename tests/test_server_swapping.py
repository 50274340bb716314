"""Another graph is swapped in without a request being dropped; a bad one is not."""

from __future__ import annotations

import shutil
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from armsgraph.server.settings import Settings
from armsgraph.store import write_store
from serving import RunningServer, http, running, wait_until

BAD = (
    "<https://w3id.org/armsgraph/id/deal/x> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
    "<https://w3id.org/armsgraph/ontology#Deal> ."
)


def write(path: Path, number: int) -> None:
    write_store([f'<http://example.org/s> <http://example.org/version> "{number}" .'], path, with_ontology=False)


def version(server: RunningServer) -> str:
    response = server.ask("SELECT ?v { <http://example.org/s> <http://example.org/version> ?v }", accept="text/csv")
    assert response.status_code == 200, response.text
    return response.text.split()[-1]


def by_signal(server: RunningServer) -> None:
    server.process.send_signal(signal.SIGHUP)


def by_watching(_server: RunningServer) -> None:
    pass


@pytest.mark.parametrize(
    "tell", [pytest.param(by_signal, id="sighup"), pytest.param(by_watching, id="watch", marks=pytest.mark.slow)]
)
def test_new_graph_is_served_and_no_request_is_dropped(tmp_path: Path, tell: Callable[[RunningServer], None]) -> None:
    store = tmp_path / "store"
    write(store, 1)
    settings = Settings(graph=str(store), port=0, workers=2, watch=tell is by_watching)
    with running(settings, tmp_path) as server:
        build = http.get(f"{server.url}/ready").json()["build"]
        etag = http.get(f"{server.url}/sparql").headers["etag"]
        seen: list[str] = []
        failed: list[object] = []
        stop = threading.Event()

        def keep_asking() -> None:
            while not stop.is_set():
                try:
                    seen.append(version(server))
                except (AssertionError, httpx.HTTPError) as error:
                    failed.append(error)

        askers = [threading.Thread(target=keep_asking) for _ in range(2)]
        for asker in askers:
            asker.start()
        try:
            write(store, 2)
            tell(server)
            wait_until(lambda: seen[-1:] == ["2"], within_s=60)
        finally:
            stop.set()
            for asker in askers:
                asker.join()
        assert failed == []
        assert seen[0] == "1"
        assert http.get(f"{server.url}/ready").json()["build"] != build
        again = http.get(f"{server.url}/sparql", headers={"if-none-match": etag})
        assert again.status_code == 200, "a client would go on with what it kept of the old graph"
        wait_until(lambda: len(list(tmp_path.glob(".armsgraph-served*"))) == 1)


def test_graph_that_does_not_conform_is_not_swapped_in(tmp_path: Path) -> None:
    store = tmp_path / "store"
    write(store, 1)
    with running(Settings(graph=str(store), port=0, workers=1), tmp_path) as server:
        write_store([BAD], store)
        by_signal(server)
        wait_until(lambda: "does not conform" in server.log.read_text("utf-8"), within_s=60)
        assert "Deal-" in server.log.read_text("utf-8"), "it does not say which shape"
        assert version(server) == "1"
        assert 'armsgraph_reloads_total{outcome="refused"} 1.0' in http.get(f"{server.url}/metrics").text
        shutil.rmtree(store)
        by_signal(server)
        wait_until(lambda: "no such file or store" in server.log.read_text("utf-8"), within_s=60)
        assert version(server) == "1"


def test_graph_that_does_not_conform_is_not_served_unless_wanted(tmp_path: Path) -> None:
    (tmp_path / "bad.nt").write_text(BAD, "utf-8")
    settings = Settings(graph=str(tmp_path / "bad.nt"), port=0, workers=1)
    with pytest.raises(AssertionError) as refused, running(settings, tmp_path):
        pass
    assert "does not conform" in str(refused.value)
    assert "shape  Deal-" in str(refused.value)
    assert "--allow-violations" in str(refused.value)
    wanted = Settings(graph=str(tmp_path / "bad.nt"), port=0, workers=1, allow_violations=True)
    with running(wanted, tmp_path) as server:
        assert server.ask("ASK { ?s ?p ?o }").json()["boolean"] is True


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [("x.ttl", "<urn:a> <urn:b> .", "no valid Turtle"), ("x.docx", "", "no graph format"), ("", "", "no such file")],
)
def test_graph_that_cannot_be_read_is_an_error(tmp_path: Path, name: str, content: str, words: str) -> None:
    path = tmp_path / (name or "missing.ttl")
    if name:
        path.write_text(content, "utf-8")
    with pytest.raises(AssertionError) as refused, running(Settings(graph=str(path), port=0), tmp_path):
        pass
    assert words in str(refused.value)
    assert "Traceback" not in str(refused.value)


def test_port_that_is_taken_is_an_error(read_server: RunningServer, tmp_path: Path) -> None:
    write(tmp_path / "store", 1)
    settings = Settings(graph=str(tmp_path / "store"), port=read_server.address[1])
    with pytest.raises(AssertionError) as refused, running(settings, tmp_path):
        pass
    assert "cannot listen" in str(refused.value)
