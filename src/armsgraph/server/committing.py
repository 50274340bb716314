"""The server's side of the writer: one write at a time, a deadline, and the new build published before the answer."""

from __future__ import annotations

import asyncio
import json
import pickle
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

from armsgraph.server.jobs import Limits
from armsgraph.server.metrics import Metrics
from armsgraph.server.prepared import Prepared
from armsgraph.server.problems import Problem, ProblemError
from armsgraph.server.publishing import Publisher
from armsgraph.server.wire import END, TASK, FrameReader, frame, read_problem
from armsgraph.server.writes import Write

__all__ = ["Committer"]

_MOST_WAITING = 16
# The gate looks at the whole graph, so a write may take longer than any query.
_SLOWER = 12


class Committer:
    """Takes writes.

    Args:
        path: Folder of the store that is written to.
        limits: The deadline of a write is a multiple of that of a query.
        publisher: Serves each new build.
        metrics: Writes are counted there.
    """

    def __init__(self, path: Path, *, limits: Limits, publisher: Publisher, metrics: Metrics) -> None:
        self._path = path
        self._limits = limits
        self._publisher = publisher
        self._metrics = metrics
        self._lock = asyncio.Lock()
        self._waiting = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: socket.socket | None = None

    async def write(self, write: Write) -> bool:
        """Do a write; returns when the new build is served, whether it made a new graph.

        Raises:
            ProblemError: It is refused, 422 if it breaks the shapes; the store is as it was.
        """
        if self._waiting >= _MOST_WAITING:
            busy = Problem(status=503, title=f"{_MOST_WAITING} writes wait already", headers=(("retry-after", "10"),))
            raise ProblemError(busy)
        self._waiting += 1
        try:
            async with self._lock:
                return await self._write(write)
        except ProblemError as error:
            self._metrics.writes.labels(error.problem.outcome).inc()
            raise
        finally:
            self._waiting -= 1

    async def _write(self, write: Write) -> bool:
        place = self._publisher.new_place()
        try:
            async with asyncio.timeout(self._limits.deadline_s * _SLOWER):
                said = await self._ask(pickle.dumps((write, str(place))))
        except TimeoutError as error:
            self._stop()
            shutil.rmtree(place, ignore_errors=True)
            title = f"the write was stopped after {self._limits.deadline_s * _SLOWER:g} s"
            raise ProblemError(Problem(status=503, title=title, outcome="deadline")) from error
        except BaseException:
            shutil.rmtree(place, ignore_errors=True)
            raise
        try:
            await self._publisher.publish(Prepared(**said["prepared"]))
        except ProblemError as error:
            title = f"the write is done, and the store holds it, but it is not served yet: {error.problem.title}"
            raise ProblemError(Problem(status=500, title=title, hint="reload with SIGHUP", outcome="failed")) from error
        self._metrics.writes.labels("done").inc()
        return bool(said["is_new"])

    async def _ask(self, message: bytes) -> dict[str, Any]:
        loop = asyncio.get_running_loop()
        if self._connection is None:
            self._start()
        assert self._connection is not None
        frames = FrameReader()
        try:
            await loop.sock_sendall(self._connection, frame(TASK, message))
            while data := await loop.sock_recv(self._connection, 65536):
                for kind, content in frames.feed(data):
                    if kind == END:
                        return dict(json.loads(content))
                    raise ProblemError(read_problem(content))
        except ConnectionError:
            pass
        except asyncio.CancelledError:
            # what it would answer belongs to this write and not to the next
            self._stop()
            raise
        self._stop()
        raise ProblemError(Problem(status=503, title="the writer broke on it; nothing is changed", outcome="crashed"))

    def _start(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "armsgraph.server.writing", str(theirs.fileno()), str(self._path)],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.PIPE,
            )
        assert self._process.stdin is not None
        self._process.stdin.write(pickle.dumps(self._limits))
        self._process.stdin.close()
        ours.setblocking(False)
        self._connection = ours

    def _stop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def close(self) -> None:
        """End the writer."""
        self._stop()
