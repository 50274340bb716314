"""The server stays up: killers, deadlines, memory, queue, clients that leave or are slow, broken answers, the end."""

from __future__ import annotations

import json
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import httpx
import pyoxigraph as ox
import pytest

from armsgraph.server.jobs import Limits
from armsgraph.server.settings import Settings
from serving import RunningServer, children, http, running, talk, wait_until
from test_server_guarding import KILLERS

THINGS = 3000
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
ROWS = "SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f }"
SORTED = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?a ?c"


def make_store(folder: Path, things: int = THINGS) -> Path:
    store = ox.Store(str(folder / "store"))
    node, name = ox.NamedNode("http://example.org/p"), "http://example.org/thing/{}"
    store.bulk_extend(ox.Quad(ox.NamedNode(name.format(i)), node, ox.Literal(f"thing {i}")) for i in range(things))
    store.flush()
    return folder / "store"


@pytest.fixture(scope="module")
def small_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """Two workers, a deadline of 1.5 s, little memory, a queue of 8."""
    folder = tmp_path_factory.mktemp("small-server")
    limits = Limits(deadline_s=1.5, memory_mb=150, waiting=8)
    settings = Settings(graph=str(make_store(folder)), port=0, workers=2, limits=limits)
    with running(settings, folder) as server:
        yield server


def is_answered(server: RunningServer, *, within_s: float = 2.0) -> bool:
    began = time.monotonic()
    response = server.ask("ASK {}")
    return response.status_code == 200 and time.monotonic() - began < within_s


def metric(server: RunningServer, name: str) -> float:
    text = http.get(f"{server.url}/metrics").text
    return sum(float(line.split()[-1]) for line in text.splitlines() if line.startswith(f"armsgraph_{name}"))


@pytest.mark.parametrize("name", KILLERS)
def test_killer_is_refused(small_server: RunningServer, name: str) -> None:
    response = http.post(f"{small_server.url}/sparql", data={"query": KILLERS[name]})
    assert response.status_code == 400
    assert "at most" in response.text
    assert is_answered(small_server)


def test_slow_query_is_stopped_at_the_deadline(small_server: RunningServer) -> None:
    began = time.monotonic()
    response = small_server.ask(CROSS)
    assert response.status_code == 503
    assert 1.4 < time.monotonic() - began < 6
    assert "1.5 s" in response.text
    assert response.headers["retry-after"]
    assert response.headers["access-control-allow-origin"] == "*"
    assert is_answered(small_server)


def test_query_that_takes_too_much_memory_is_stopped(tmp_path: Path) -> None:
    limits = Limits(deadline_s=60, memory_mb=64)
    with running(Settings(graph=str(make_store(tmp_path)), port=0, workers=1, limits=limits), tmp_path) as server:
        response = server.ask(SORTED)
        assert response.status_code == 503
        assert "64 MB" in response.text
        wait_until(lambda: is_answered(server))


def test_short_queries_are_answered_while_long_ones_run(small_server: RunningServer) -> None:
    with ThreadPoolExecutor(6) as threads:
        slow = [threads.submit(small_server.ask, CROSS) for _ in range(6)]
        wait_until(lambda: metric(small_server, "queue_length") > 0)
        waits = []
        for _ in range(5):
            began = time.monotonic()
            assert small_server.ask("ASK {}").status_code == 200
            waits.append(time.monotonic() - began)
        assert {future.result().status_code for future in slow} == {503}
    assert max(waits) < 3


def test_full_queue_turns_away_at_once(small_server: RunningServer) -> None:
    with ThreadPoolExecutor(30) as threads:
        answers = [future.result() for future in [threads.submit(small_server.ask, CROSS) for _ in range(30)]]
    assert {answer.status_code for answer in answers} == {503}
    assert all(answer.headers["retry-after"] for answer in answers)
    assert [a for a in answers if "waiting already" in a.text]
    wait_until(lambda: is_answered(small_server))


def send_and_leave(server: RunningServer, query: str, *, read: int = 0) -> None:
    with socket.create_connection(server.address, timeout=10) as connection:
        connection.sendall(f"GET /sparql?query={quote(query)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        if read:
            connection.recv(read)
        else:
            wait_until(lambda: metric(server, "workers_busy") > 0)


@pytest.mark.parametrize(("query", "read"), [(CROSS, 0), (ROWS, 1000)], ids=["before-the-answer", "in-the-middle"])
def test_query_of_a_client_that_leaves_is_dropped(small_server: RunningServer, query: str, read: int) -> None:
    wait_until(lambda: metric(small_server, "workers_busy") == 0)
    send_and_leave(small_server, query, read=read)
    began = time.monotonic()
    wait_until(lambda: metric(small_server, "workers_busy") == 0)
    assert time.monotonic() - began < 1.2, "it ran on to its deadline"
    lines = [json.loads(line) for line in small_server.log_lines() if line.startswith("{")]
    assert [line for line in lines if line["outcome"] == "client-left"]


def test_worker_that_dies_is_replaced(small_server: RunningServer) -> None:
    wait_until(lambda: len(small_server.workers()) == 3)
    before = small_server.workers()
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    wait_until(lambda: len(small_server.workers() - before) == 3)
    wait_until(lambda: is_answered(small_server))


@pytest.mark.slow
def test_nursery_that_dies_is_replaced(tmp_path: Path) -> None:
    with running(Settings(graph=str(make_store(tmp_path, 10)), port=0, workers=1), tmp_path) as server:
        for pid in children(server.process.pid, "nursery"):
            os.kill(pid, signal.SIGKILL)
        wait_until(lambda: is_answered(server))
        # its workers were not its server's children, so it is the server that has to end them
        old = server.workers()
        for pid in old:
            os.kill(pid, signal.SIGKILL)
        wait_until(lambda: is_answered(server) and not server.workers() & old)


def test_first_rows_come_before_the_last_are_known(small_server: RunningServer) -> None:
    began = time.monotonic()
    headers = {"accept-encoding": "identity"}
    with http.stream("GET", f"{small_server.url}/sparql?query={quote(ROWS)}", headers=headers) as response:
        first = next(response.iter_raw())
        assert time.monotonic() - began < 1.0
        assert first.startswith(b'{"head"')
        assert response.headers["transfer-encoding"] == "chunked"


def test_answer_that_breaks_off_breaks_the_connection(small_server: RunningServer) -> None:
    with pytest.raises(httpx.RemoteProtocolError):
        small_server.ask(ROWS)
    raw = talk(small_server.address, f"GET /sparql?query={quote(ROWS)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    assert raw.startswith(b"HTTP/1.1 200")
    assert not raw.endswith(b"0\r\n\r\n")
    assert is_answered(small_server)


def test_old_client_gets_an_error_and_not_half_an_answer(small_server: RunningServer) -> None:
    raw = talk(small_server.address, f"GET /sparql?query={quote(ROWS)} HTTP/1.0\r\n\r\n".encode())
    assert raw.startswith(b"HTTP/1.1 503")


def test_slow_reader_does_not_hold_up_others(small_server: RunningServer) -> None:
    readers = []
    try:
        for _ in range(4):
            reader = socket.create_connection(small_server.address, timeout=10)
            reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            reader.sendall(f"GET /sparql?query={quote(ROWS)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            readers.append(reader)
        assert all(is_answered(small_server, within_s=3) for _ in range(5))
    finally:
        for reader in readers:
            reader.close()


def test_body_that_does_not_come_is_not_waited_for_by_others(small_server: RunningServer) -> None:
    connections = []
    try:
        for _ in range(50):
            connection = socket.create_connection(small_server.address, timeout=10)
            connection.sendall(
                b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
                b"Content-Length: 1000\r\n\r\nASK"
            )
            connections.append(connection)
        assert is_answered(small_server)
    finally:
        for connection in connections:
            connection.close()


@pytest.mark.slow
def test_head_that_does_not_come_is_hung_up_on(small_server: RunningServer) -> None:
    with socket.create_connection(small_server.address) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
        began = time.monotonic()
        stop = threading.Event()

        def drip() -> None:
            while not stop.wait(1):
                try:
                    connection.sendall(b"X: y\r\n")
                except OSError:
                    return

        dripping = threading.Thread(target=drip)
        dripping.start()
        try:
            assert connection.recv(1000) == b""
        except ConnectionResetError:
            pass
        finally:
            stop.set()
            dripping.join()
        assert time.monotonic() - began < 15


def test_too_many_connections_push_out_the_idlest(tmp_path: Path) -> None:
    settings = Settings(graph=str(make_store(tmp_path, 10)), port=0, workers=1, connections=20)
    with running(settings, tmp_path) as server:
        idle = [socket.create_connection(server.address, timeout=10) for _ in range(40)]
        try:
            assert is_answered(server)
            assert any(not connection.recv(1) for connection in idle[:1])
        except ConnectionResetError:
            pass
        finally:
            for connection in idle:
                connection.close()


def test_failing_page_is_500_without_a_word_of_why(small_server: RunningServer) -> None:
    # the folder that the service description is read from is the server's own
    (place,) = Path(small_server.log.parent).glob(".armsgraph-served*")
    facts = place / "facts.json"
    kept = facts.read_text("utf-8")
    facts.write_text("nonsense", "utf-8")
    try:
        response = http.get(f"{small_server.url}/sparql")
    finally:
        facts.write_text(kept, "utf-8")
    assert response.status_code == 500
    assert "nonsense" not in response.text
    assert "Traceback" not in response.text
    assert http.get(f"{small_server.url}/sparql").status_code == 200


def test_sigterm_lets_requests_finish_and_leaves_nothing(tmp_path: Path) -> None:
    limits = Limits(deadline_s=3)
    settings = Settings(graph=str(make_store(tmp_path)), port=0, workers=1, limits=limits)
    with running(settings, tmp_path) as server, ThreadPoolExecutor(1) as threads:
        workers = server.workers()
        asked = threads.submit(server.ask, CROSS)
        wait_until(lambda: metric(server, "workers_busy") > 0)
        server.process.send_signal(signal.SIGTERM)
        response = asked.result()
        assert response.status_code == 503
        assert "3 s" in response.text, "it was answered as if the server were not stopping"
        assert server.process.wait(10) == 0
    assert not [pid for pid in workers if Path(f"/proc/{pid}").exists()]
    assert not list(tmp_path.glob(".armsgraph-served*"))


@pytest.mark.slow
def test_leftovers_of_a_killed_server_are_removed(tmp_path: Path) -> None:
    settings = Settings(graph=str(make_store(tmp_path, 10)), port=0, workers=1)
    with running(settings, tmp_path) as server:
        workers = server.workers()
        server.process.kill()
        server.process.wait()
        wait_until(lambda: not [pid for pid in workers if Path(f"/proc/{pid}").exists()])
    assert list(tmp_path.glob(".armsgraph-served*"))
    with running(settings, tmp_path) as server:
        assert len(list(tmp_path.glob(".armsgraph-served*"))) == 1
    assert not list(tmp_path.glob(".armsgraph-served*"))
