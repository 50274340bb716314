"""Our server beside Oxigraph's own on the same triples in one run: python -m bench.server_side_by_side [--triples N]

Prints CPU per request of each server (user and system, all its processes) on a mix of five queries in rounds that take
turns, then, for a result of 100,000 rows: the first byte, the memory that the answer adds, and how long a tiny query
waits meanwhile. The queries differ from one request to the next, so nothing that a server keeps can answer them.
Exit code 1 if a bar of ours is missed.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from urllib.parse import quote

import pyoxigraph as ox

E = "http://example.org/"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
ROWS = f"SELECT ?c ?b ?l {{ ?c <{E}buyer> ?b ; <{LABEL}> ?l }} LIMIT 100000"
MOST_RATIO, MOST_FIRST_S, MOST_MEMORY_MB, MOST_WAIT_S = 2.0, 0.2, 64.0, 0.5
JSON = {"Accept": "application/sparql-results+json"}


def contracts(triples: int, chance: random.Random) -> Iterator[str]:
    for number in range(triples // 10):
        subject = f"<{E}contract/{number}>"
        yield f"{subject} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{E}Contract> ."
        yield f"{subject} <{E}buyer> <{E}state/{chance.randrange(200)}> ."
        yield f"{subject} <{E}supplier> <{E}firm/{chance.randrange(5000)}> ."
        yield f'{subject} <{E}amount> "{chance.randrange(10**9)}"^^<http://www.w3.org/2001/XMLSchema#integer> .'
        day = f"20{chance.randrange(10, 26)}-0{chance.randrange(1, 10)}-1{chance.randrange(10)}"
        yield f'{subject} <{E}signed> "{day}"^^<http://www.w3.org/2001/XMLSchema#date> .'
        yield f"{subject} <{E}status> <{E}status/{chance.randrange(10)}> ."
        yield f'{subject} <{LABEL}> "Contract number {number} for things"@en .'
        yield f"{subject} <{E}weapon> <{E}weapon/{chance.randrange(2000)}> ."
        yield f'{subject} <{E}quantity> "{chance.randrange(1, 1000)}"^^<http://www.w3.org/2001/XMLSchema#integer> .'
        yield f"{subject} <{E}source> <{E}document/{chance.randrange(20000)}> ."


def mix(chance: random.Random, triples: int) -> tuple[str, ...]:
    r = chance.randrange
    state, weapon, firm = f"<{E}state/{r(200)}>", f"<{E}weapon/{r(2000)}>", f"<{E}firm/{r(5000)}>"
    return (
        f"SELECT ?p ?o {{ <{E}contract/{r(triples // 10)}> ?p ?o }}",
        f"SELECT ?c ?l {{ ?c <{E}buyer> {state} ; <{LABEL}> ?l }} LIMIT 20",
        f"SELECT ?f (COUNT(?c) AS ?n) {{ ?c <{E}buyer> {state} ; <{E}supplier> ?f }} "
        "GROUP BY ?f ORDER BY DESC(?n) ?f LIMIT 10",
        f"SELECT ?c ?a {{ ?c <{E}weapon> {weapon} ; <{E}amount> ?a FILTER(?a > 500000000) }}",
        f"SELECT ?c ?d ?q {{ ?c <{E}supplier> {firm} ; <{E}signed> ?d OPTIONAL {{ ?c <{E}quantity> ?q }} }}",
    )


class Server:
    """A running server: where it listens, and what its processes use."""

    def __init__(self, name: str, process: subprocess.Popen[bytes], port: int, path: str) -> None:
        self.name, self.process, self.port, self.path = name, process, port, path

    def ask(self, connection: http.client.HTTPConnection, query: str) -> bytes:
        connection.request("GET", f"{self.path}?query={quote(query)}", headers=JSON)
        response = connection.getresponse()
        body = response.read()
        assert response.status == 200, (self.name, response.status, body[:300])
        return body

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)

    def processes(self) -> list[int]:
        parents = {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text("ascii", "replace").rpartition(")")[2].split()
            except OSError:
                continue
            parents[int(stat.parent.name)] = int(fields[1])
        found = [self.process.pid]
        for pid in found:
            found += [child for child, parent in parents.items() if parent == pid]
        return found

    def cpu_s(self) -> float:
        total = 0.0
        for pid in self.processes():
            fields = Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
            # with what its ended children have used
            total += sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
        return total

    def memory_mb(self) -> float:
        """Proportional share, so that pages which processes share count once."""
        total = 0
        for pid in self.processes():
            try:
                lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
            except OSError:
                continue
            total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        return total / 1024


def wait_for(server: Server) -> Server:
    end = time.monotonic() + 300
    while True:
        try:
            connection = server.connect()
            server.ask(connection, "ASK {}")
            connection.close()
        except OSError:
            assert server.process.poll() is None, f"{server.name} has ended"
            assert time.monotonic() < end, f"{server.name} does not answer"
            time.sleep(0.1)
        else:
            return server


def free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def servers(store: Path, folder: Path) -> Iterator[tuple[Server, Server]]:
    binary = Path(sys.executable).with_name("oxigraph")
    ports = free_port(), free_port()
    theirs = [str(binary), "serve-read-only", "--location", str(store), "--bind", f"127.0.0.1:{ports[0]}"]
    from armsgraph.server.settings import Settings

    settings = Settings(graph=str(store), port=ports[1], access_log=str(folder / "access.log"))
    ours = [sys.executable, "-m", "armsgraph.server", settings.to_json()]
    running = []
    try:
        for name, command, port, path in (
            ("oxigraph", theirs, ports[0], "/query"),
            ("armsgraph", ours, ports[1], "/sparql"),
        ):
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            running.append(Server(name, process, port, path))
            wait_for(running[-1])
        yield running[0], running[1]
    finally:
        for server in running:
            server.process.terminate()
            server.process.wait(30)


def cpu_of_rounds(pair: tuple[Server, Server], *, rounds: int, per_round: int, triples: int) -> dict[str, list[float]]:
    """Milliseconds of CPU per request, one figure for each round; both servers get the same queries in each."""
    figures: dict[str, list[float]] = {server.name: [] for server in pair}
    for number in range(-1, rounds):
        answers = []
        for server in pair if number % 2 else reversed(pair):
            chance = random.Random(number)
            connection = server.connect()
            before = server.cpu_s()
            got = [server.ask(connection, q) for _ in range(per_round) for q in mix(chance, triples)]
            spent = server.cpu_s() - before
            connection.close()
            answers.append(sorted(body.count(b'"type"') for body in got))
            if number >= 0:
                # the first round is for the caches
                figures[server.name].append(spent * 1000 / len(got))
        assert answers[0] == answers[1], "the servers do not give the same answers"
    return figures


def large_result(server: Server) -> dict[str, float]:
    tiny: list[float] = []
    stop = threading.Event()

    def keep_asking() -> None:
        connection = server.connect()
        while not stop.is_set():
            began = time.monotonic()
            server.ask(connection, "ASK {}")
            tiny.append(time.monotonic() - began)
            time.sleep(0.01)
        connection.close()

    before, peak = server.memory_mb(), 0.0
    cpu = server.cpu_s()
    asking = threading.Thread(target=keep_asking)
    asking.start()
    connection = server.connect()
    began = time.monotonic()
    connection.request("GET", f"{server.path}?query={quote(ROWS)}", headers=JSON)
    response = connection.getresponse()
    assert response.status == 200
    data = response.read(1)
    first = time.monotonic() - began
    size, looked = len(data), time.monotonic()
    tail = b""
    while data := response.read(65536):
        size += len(data)
        tail = (tail + data)[-16:]
        if time.monotonic() - looked > 0.2:
            peak, looked = max(peak, server.memory_mb()), time.monotonic()
    total = time.monotonic() - began
    stop.set()
    asking.join()
    connection.close()
    assert tail.endswith(b"]}}") or tail.strip().endswith(b"]}}"), "the answer is not whole"
    return {
        "first_s": first,
        "total_s": total,
        "cpu_s": server.cpu_s() - cpu,
        "memory_mb": max(peak, server.memory_mb()) - before,
        "wait_s": max(tiny),
        "size_mb": size / 1e6,
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--requests", type=int, default=100, help="times the mix of five in a round")
    parser.add_argument("--keep", type=Path, help="folder in which the store is kept, and found by the next run")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="armsgraph-bench-"))
    store = (options.keep or folder) / f"store-{options.triples}"
    try:
        if not store.is_dir():
            lines = folder / "contracts.nt"
            lines.write_text("\n".join(contracts(options.triples, random.Random(1))), "utf-8")
            made = ox.Store(str(store))
            made.bulk_load(path=str(lines), format=ox.RdfFormat.N_TRIPLES)
            made.optimize()
            made.flush()
            del made
            lines.unlink()
        with servers(store, folder) as pair:
            rounds = cpu_of_rounds(pair, rounds=options.rounds, per_round=options.requests, triples=options.triples)
            large = {server.name: large_result(server) for server in pair}
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return report(rounds, large, options.triples)


def report(rounds: dict[str, list[float]], large: dict[str, dict[str, float]], triples: int) -> int:
    ratios = [ours / theirs for ours, theirs in zip(rounds["armsgraph"], rounds["oxigraph"], strict=True)]
    print(f"{triples} triples, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    for name, figures in rounds.items():
        print(f"{name}: CPU ms per request {median(figures):.2f} (rounds {', '.join(f'{f:.2f}' for f in figures)})")
    for name, figures_of in large.items():
        print(f"{name}: 100,000 rows: " + ", ".join(f"{key} {value:.3f}" for key, value in figures_of.items()))
    ours = large["armsgraph"]
    bars = (
        ("CPU per request, ours / Oxigraph's", median(ratios), MOST_RATIO),
        ("first byte of 100,000 rows, s", ours["first_s"], MOST_FIRST_S),
        ("memory added by them, MB", ours["memory_mb"], MOST_MEMORY_MB),
        ("longest wait of a tiny query meanwhile, s", ours["wait_s"], MOST_WAIT_S),
    )
    for name, value, most in bars:
        print(f"{'ok  ' if value <= most else 'MISS'} {name}: {value:.3f} (at most {most:g})")
    return int(any(value > most for _, value, most in bars))


if __name__ == "__main__":
    raise SystemExit(main())
