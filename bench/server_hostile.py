"""Hostile requests against the server: python -m bench.server_hostile [--requests 100000] [--minutes 60]

Fuzzed queries, addresses, headers and bodies, nested brackets, cross products, sorts of cross products, slow readers,
heads that never end, connections closed by halves, bodies announced as 1 GB. Twice a second a simple query is asked.
Prints how long it waited, what was answered, workers and memory before and after. Exit code 1 if the simple query was
not answered within 1 s at any time, a worker was leaked, or memory is not back to within 20 %.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from urllib.parse import quote

import pyoxigraph as ox
from bench.server_side_by_side import Server, contracts, free_port, mix, wait_for

MOST_WAIT_S, MOST_GROWTH = 1.0, 1.2
PEERS = 24
WORDS = (
    *(
        "SELECT",
        "ASK",
        "WHERE",
        "FROM",
        "GRAPH",
        "OPTIONAL",
        "UNION",
        "FILTER",
        "VALUES",
        "SERVICE",
        "ORDER BY",
        "LIMIT",
    ),
    *(
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        ".",
        ";",
        ",",
        "*",
        "/",
        "|",
        "^",
        "+",
        "!",
        "=",
        "<",
        ">",
        "&&",
        "a",
        "?s",
        "?p",
        "?o",
    ),
    *("<http://example.org/buyer>", "e:x", "_:b", "'x'", '"y"@en', "1", "COUNT(*)", "\\", "#", "\n", "\x00", "\u00e9"),
)


def form(query: str, *, accept: str = "*/*") -> bytes:
    body = b"query=" + quote(query).encode("ascii")
    head = f"POST /sparql HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAccept: {accept}\r\n"
    kind = "Content-Type: application/x-www-form-urlencoded\r\n"
    return f"{head}{kind}Content-Length: {len(body)}\r\n\r\n".encode("latin-1") + body


def get(address: str) -> bytes:
    return f"GET {address} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode("latin-1")


def _post(length: int) -> bytes:
    head = f"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: {length}"
    return head.encode("ascii") + b"\r\n\r\n"


class Peer:
    """One hostile client; `act` does one thing and says what came of it."""

    def __init__(self, port: int, chance: random.Random) -> None:
        self.port, self.chance = port, chance
        kinds = {
            self.fuzzed_query: 40, self.fuzzed_address: 15, self.fuzzed_bytes: 10, self.fuzzed_headers: 10,
            self.nested: 12, self.huge_body: 4, self.half_closed: 4, self.hangs_up: 2, self.cross_product: 1,
            self.sorted_product: 0.4, self.slow_reader: 0.4, self.endless_head: 0.4, self.slow_body: 0.4,
        }  # fmt: skip
        self.kinds, self.weights = list(kinds), list(kinds.values())

    async def act(self) -> str:
        kind = self.chance.choices(self.kinds, self.weights)[0]
        try:
            async with asyncio.timeout(90):
                return f"{kind.__name__} {await kind()}"
        except TimeoutError:
            return f"{kind.__name__} no-answer"
        except OSError:
            return f"{kind.__name__} hung-up-on"

    async def send(self, data: bytes, *, read: bool = True, pause_s: float = 0.0) -> str:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(data)
            await writer.drain()
            await asyncio.sleep(pause_s)
            if not read:
                return "left"
            first = await reader.readline()
            while await reader.read(65536):
                pass
            return first.decode("latin-1").split()[1] if first else "closed"
        finally:
            writer.close()

    async def fuzzed_query(self) -> str:
        words = self.chance.choices(WORDS, k=self.chance.randrange(1, 60))
        return await self.send(form(" ".join(words)))

    async def fuzzed_address(self) -> str:
        name = "".join(chr(self.chance.randrange(33, 127)) for _ in range(self.chance.randrange(80)))
        return await self.send(get(f"/{name}"))

    async def fuzzed_bytes(self) -> str:
        return await self.send(self.chance.randbytes(self.chance.randrange(1, 3000)) + b"\r\n\r\n")

    async def fuzzed_headers(self) -> str:
        lines = b"".join(
            b"Accept: " + self.chance.randbytes(30).translate(None, b"\r\n\x00") + b"\r\n" for _ in range(20)
        )
        return await self.send(b"GET /sparql HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + lines + b"\r\n")

    async def nested(self) -> str:
        opening, closing = self.chance.choice(
            ("{}", "()", "[]", ("STR(", ")"), ("!", ""), ("{ ?s ?p ?o OPTIONAL ", "}"))
        )
        return await self.send(form(f"ASK {{ FILTER({opening * 5000}1{closing * 5000}) }}"))

    async def huge_body(self) -> str:
        return await self.send(_post(1_000_000_000) + b"x" * 100_000)

    async def half_closed(self) -> str:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(get("/sparql")[: self.chance.randrange(1, 40)])
            writer.write_eof()
            return "answered" if await reader.read(65536) else "closed"
        finally:
            writer.close()

    async def hangs_up(self) -> str:
        return await self.send(form("SELECT * { ?a ?b ?c . ?d ?e ?f }"), read=False, pause_s=self.chance.random() * 0.2)

    async def cross_product(self) -> str:
        names = [f"?v{self.chance.randrange(10**6)}" for _ in range(9)]
        groups = " . ".join(" ".join(names[i : i + 3]) for i in (0, 3, 6))
        return await self.send(form(f"SELECT (COUNT(*) AS ?n) {{ {groups} }}"))

    async def sorted_product(self) -> str:
        return await self.send(form("SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?a ?c"))

    async def slow_reader(self) -> str:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port, limit=1024)
        try:
            writer.write(form("SELECT * { ?a ?b ?c . ?d ?e ?f }"))
            for _ in range(10):
                await asyncio.sleep(0.3)
                if not await reader.read(100):
                    return "closed"
            return "left"
        finally:
            writer.close()

    async def endless_head(self) -> str:
        _, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(b"GET / HTTP/1.1\r\n")
            for _ in range(10):
                await asyncio.sleep(0.3)
                writer.write(b"X: y\r\n")
                await writer.drain()
            return "left"
        finally:
            writer.close()

    async def slow_body(self) -> str:
        return await self.send(_post(1000) + b"ASK", read=False, pause_s=3)


async def simple_query(port: int) -> float:
    """Return how long the simple query takes, on a connection of its own; infinity if the answer is wrong."""
    query = quote("SELECT ?b { <http://example.org/contract/7> <http://example.org/buyer> ?b }")
    began = time.monotonic()
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(get(f"/sparql?query={query}"))
        answer = await reader.read()
        writer.close()
    except OSError:
        return float("inf")
    took = time.monotonic() - began
    return took if answer.startswith(b"HTTP/1.1 200") and b"/state/" in answer else float("inf")


async def attack(port: int, options: argparse.Namespace) -> tuple[Counter[str], list[float]]:
    outcomes: Counter[str] = Counter()
    waits: list[float] = []
    end = time.monotonic() + options.minutes * 60
    left = options.requests

    async def peer(number: int) -> None:
        nonlocal left
        hostile = Peer(port, random.Random(number))
        while left > 0 and time.monotonic() < end:
            left -= 1
            outcomes[await hostile.act()] += 1

    async def watch() -> None:
        while True:
            waits.append(await simple_query(port))
            await asyncio.sleep(0.5)

    watching = asyncio.create_task(watch())
    await asyncio.gather(*(peer(number) for number in range(PEERS)))
    watching.cancel()
    return outcomes, waits


def settle(server: Server) -> tuple[int, float]:
    """Return number of processes and memory when nothing runs any more."""
    end = time.monotonic() + 30
    memory = server.memory_mb()
    while time.monotonic() < end:
        time.sleep(2)
        now = server.memory_mb()
        if abs(now - memory) < 1:
            break
        memory = now
    return len(server.processes()), server.memory_mb()


def warm(server: Server, part: int) -> None:
    """Ask ordinary queries, from several sides at once, so that every worker has had some."""
    connection = server.connect()
    chance = random.Random(part)
    for _ in range(20):
        for query in mix(chance, 100_000):
            server.ask(connection, query)
    connection.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--minutes", type=float, default=60, help="stop after this, whatever is left")
    parser.add_argument("--triples", type=int, default=100_000)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="armsgraph-bench-"))
    try:
        lines = folder / "contracts.nt"
        lines.write_text("\n".join(contracts(options.triples, random.Random(1))), "utf-8")
        made = ox.Store(str(folder / "store"))
        made.bulk_load(path=str(lines), format=ox.RdfFormat.N_TRIPLES)
        made.optimize()
        made.flush()
        del made
        return run(folder, options)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run(folder: Path, options: argparse.Namespace) -> int:
    from armsgraph.server.settings import Settings

    port = free_port()
    settings = Settings(graph=str(folder / "store"), port=port, access_log="")
    command = [sys.executable, "-m", "armsgraph.server", settings.to_json()]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        server = wait_for(Server("armsgraph", process, port, "/sparql"))
        with ThreadPoolExecutor(8) as threads:
            list(threads.map(lambda number: warm(server, number), range(8)))
        processes, memory = settle(server)
        began = time.monotonic()
        outcomes, waits = asyncio.run(attack(port, options))
        seconds = time.monotonic() - began
        after = [asyncio.run(simple_query(port)) for _ in range(20)]
        processes_after, memory_after = settle(server)
        assert process.poll() is None, "the server has ended"
    finally:
        process.terminate()
        process.wait(60)
    load = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    print(f"{sum(outcomes.values())} hostile requests in {seconds:.0f} s by {PEERS} clients, {load}")
    for name, count in sorted(outcomes.items()):
        print(f"  {count:7} {name}")
    late = sum(wait > MOST_WAIT_S for wait in waits)
    times = f"median {median(waits):.3f} s, longest {max(waits):.3f} s, {late} over 1 s"
    print(f"simple query meanwhile: {len(waits)} times, {times}")
    print(f"simple query afterwards: longest {max(after):.3f} s")
    print(f"processes: {processes} before, {processes_after} after")
    print(f"memory: {memory:.0f} MB before, {memory_after:.0f} MB after")
    failed = [name for name in outcomes if name.endswith((" 500", "no-answer"))]
    is_good = (
        not late and max(after) <= MOST_WAIT_S and processes_after <= processes and memory_after <= memory * MOST_GROWTH
    )
    print("ok" if is_good and not failed else f"MISS {' '.join(failed)}")
    return 0 if is_good and not failed else 1


if __name__ == "__main__":
    raise SystemExit(main())
