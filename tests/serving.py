"""Runs the server as operators do, in a process of its own, and talks to it; also in bare bytes."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

import httpx

from armsgraph.server.settings import Settings

# No connection is kept, so that none is left open; making the client anew each time would cost more than the request.
http = httpx.Client(verify=False, trust_env=False, timeout=60, limits=httpx.Limits(max_keepalive_connections=0))

TOKEN = "only-for-these-tests-0123456789"

# Default graph, two named graphs, and literals of all kinds. No term of ours, so that the gate has nothing to say.
DATA = """\
<http://example.org/s> <http://example.org/p> <http://example.org/o> .
<http://example.org/s> <http://example.org/label> "plain" .
<http://example.org/s> <http://example.org/label> "caf\\u00E9 \\u4E2D \\U0001F600"@fr .
<http://example.org/s> <http://example.org/label> "a,b \\"quoted\\"\\nsecond line\\ttab" .
<http://example.org/s> <http://example.org/count> "42"^^<http://www.w3.org/2001/XMLSchema#integer> .
<http://example.org/a%20b+c> <http://example.org/p> "encoded" .
<http://example.org/s> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://example.org/Thing> .
<http://example.org/in1> <http://example.org/p> <http://example.org/one> <http://example.org/g1> .
<http://example.org/in1> <http://example.org/label> "seven" <http://example.org/g1> .
<http://example.org/in2> <http://example.org/p> <http://example.org/two> <http://example.org/g2> .
<https://w3id.org/armsgraph/id/x> <http://example.org/p> "three" <https://w3id.org/armsgraph/id/document/three> .
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningServer:
    """A server that listens at `url` (with the base path, without a slash at the end)."""

    url: str
    process: subprocess.Popen[str]
    log: Path

    @property
    def address(self) -> tuple[str, int]:
        parts = urlsplit(self.url)
        return str(parts.hostname), int(parts.port or 80)

    def ask(self, query: str, **headers: str) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return http.get(f"{self.url}/sparql?query={quote(query)}", headers=named)

    def log_lines(self) -> list[str]:
        return self.log.read_text("utf-8").splitlines()

    def workers(self) -> set[int]:
        """Process numbers of the workers."""
        nursery = children(self.process.pid, "nursery")
        return {pid for parent in nursery for pid in children(parent)}


def children(pid: int, word: str = "") -> set[int]:
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text("ascii", "replace").rpartition(")")[2].split()
            command = (stat.parent / "cmdline").read_bytes().decode("utf-8", "replace")
        except OSError:
            continue
        if int(fields[1]) == pid and word in command and fields[0] != "Z":
            found.add(int(stat.parent.name))
    return found


def wait_until(true: object, *, within_s: float = 20.0) -> None:
    """Wait for a condition, looking often; fails when it takes too long."""
    assert callable(true)
    end = time.monotonic() + within_s
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


@contextmanager
def running(settings: Settings, folder: Path, *, token: str = "") -> Iterator[RunningServer]:
    """Start a server on a free port and end it by SIGTERM; what it writes goes to a log file in the folder."""
    log = folder / f"server-{time.monotonic_ns()}.log"
    environment = {**os.environ, "ARMSGRAPH_TOKEN": token}
    with log.open("w", encoding="utf-8") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "armsgraph.server", settings.to_json()],
            stdout=file,
            stderr=file,
            env=environment,
            text=True,
        )
    try:
        yield RunningServer(url=_wait_for_address(process, log), process=process, log=log)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise


def _wait_for_address(process: subprocess.Popen[str], log: Path) -> str:
    address = re.compile(r"^serving .* at (http://\S+?)/?$", re.MULTILINE)
    end = time.monotonic() + 90
    while time.monotonic() < end:
        said = log.read_text("utf-8")
        if found := address.search(said):
            return found.group(1)
        assert process.poll() is None, said
        time.sleep(0.02)
    raise AssertionError(log.read_text("utf-8"))


def talk(address: tuple[str, int], data: bytes, *, timeout_s: float = 30.0) -> bytes:
    """Send bytes and return all that comes until the server hangs up."""
    with socket.create_connection(address, timeout=timeout_s) as connection:
        connection.sendall(data)
        pieces = []
        try:
            while piece := connection.recv(65536):
                pieces.append(piece)
        except ConnectionResetError:
            pieces.append(b"<reset>")
        return b"".join(pieces)
