"""The server's side of the nursery: starts it, asks it for workers, has them buried."""

from __future__ import annotations

import asyncio
import json
import pickle
import socket
import subprocess
import sys
from typing import Any

from armsgraph.server.exchanges import WorkerLink
from armsgraph.server.problems import Problem, ProblemError
from armsgraph.server.working import WorkerPlan

__all__ = ["Nursery"]


class Nursery:
    """A process that forks workers (see `nursery`). It is started anew if it dies."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._lock = asyncio.Lock()

    async def start(self) -> None:
        """Start the process."""
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "armsgraph.server.nursery", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
            )
        ours.setblocking(False)
        self._control = ours

    async def stop(self) -> None:
        """Hang up and wait for the end of the process, which ends its workers first."""
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._process is not None:
            try:
                await asyncio.to_thread(self._process.wait, 5)
            except subprocess.TimeoutExpired:
                self._process.kill()
                await asyncio.to_thread(self._process.wait)

    async def spawn(self, plan: WorkerPlan, link: WorkerLink) -> int:
        """Start a worker at the other end of a link and return its process number.

        Raises:
            ProblemError: The nursery has died; it is started again for the next call.
        """
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                answer = await self._ask(("spawn", plan), [theirs.fileno()])
        except ProblemError:
            ours.close()
            raise
        ours.setblocking(False)
        await asyncio.get_running_loop().connect_accepted_socket(lambda: link, ours)
        return int(answer["pid"])

    async def bury(self, pid: int) -> int | None:
        """Make sure that a worker has ended and return its exit code, None if the nursery itself has died."""
        try:
            return int((await self._ask(("bury", pid), []))["status"])
        except ProblemError:
            return None

    async def _ask(self, what: tuple[str, object], descriptors: list[int]) -> dict[str, Any]:
        loop = asyncio.get_running_loop()
        async with self._lock:
            if self._control is None:
                raise ProblemError(Problem(status=503, title="the server is stopping", outcome="stopping"))
            try:
                socket.send_fds(self._control, [pickle.dumps(what)], descriptors)
                line = b""
                while not line.endswith(b"\n"):
                    data = await loop.sock_recv(self._control, 4096)
                    if not data:
                        raise ConnectionResetError
                    line += data
            except (ConnectionError, BrokenPipeError) as error:
                self._control.close()
                await self.start()
                raise ProblemError(Problem(status=503, title="the nursery of workers has died")) from error
            return dict(json.loads(line))
