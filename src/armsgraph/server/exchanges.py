"""One task in the hands of one worker: its answer as it comes in, and the socket that it comes in on."""

from __future__ import annotations

import asyncio
import json
import pickle
import time
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from armsgraph.server.problems import Problem, ProblemError
from armsgraph.server.wire import BROKEN, DATA, END, HEAD, READY, TASK, FrameReader, Head, Task, frame, read_problem

if TYPE_CHECKING:
    from armsgraph.server.pool import Generation

__all__ = ["Exchange", "WorkerLink"]

# What is read ahead of a client that takes its time.
_MOST_AHEAD = 256 * 1024


class Exchange:
    """The answer to one task.

    `head` is a future with a `Head` or a `ProblemError`; then `take` gives the body piece by piece.

    Args:
        on_release: Called when the worker is done with the task.
        on_cancel: Called when the client has left; with None while no worker has the task.
    """

    def __init__(
        self,
        *,
        on_release: Callable[[WorkerLink, Exchange], None],
        on_cancel: Callable[[WorkerLink | None, Exchange], None],
    ) -> None:
        self.head: asyncio.Future[Head] = asyncio.get_running_loop().create_future()
        self.rows: int | None = None
        self.timers: list[asyncio.TimerHandle] = []
        self.is_cancelled = False
        self.is_complete = False
        self.worker: WorkerLink | None = None
        self.task: Task | None = None
        self._on_release = on_release
        self._on_cancel = on_cancel
        self._pieces: deque[bytes] = deque()
        self._size = 0
        self._problem: Problem | None = None
        self._waiter: asyncio.Future[None] | None = None
        self._began = time.monotonic()
        self._paused_s = 0.0
        self._paused_at: float | None = None

    def begin(self, worker: WorkerLink) -> None:
        """Note which worker has the task now."""
        self.worker = worker
        self._began = time.monotonic()

    def age_s(self) -> float:
        """Return the seconds since a worker has had the task."""
        return time.monotonic() - self._began

    def worked_s(self) -> float:
        """Return the same without the time for which the client did not take what was there."""
        paused = time.monotonic() - self._paused_at if self._paused_at is not None else 0.0
        return self.age_s() - self._paused_s - paused

    def add(self, data: bytes) -> None:
        """Take a piece of the body from the worker."""
        if self.is_cancelled:
            return
        self._pieces.append(data)
        self._size += len(data)
        if self._size > _MOST_AHEAD and self.worker is not None and self._paused_at is None:
            self._paused_at = time.monotonic()
            self.worker.pause()
        self._wake()

    def finish(self, rows: int | None) -> None:
        """Note that the body is whole."""
        self.rows = rows
        self.is_complete = True
        self._wake()

    def fail(self, problem: Problem) -> None:
        """Note that there is no answer, or that the rest of it will not come."""
        if self.is_complete:
            return
        self._problem = problem
        if not self.head.done():
            self.head.set_exception(ProblemError(problem))
            # nobody may be there any more to look at it
            self.head.exception()
        self._wake()

    def cancel(self) -> None:
        """Say that nobody wants the answer any more."""
        if self.is_cancelled or self.is_complete:
            return
        self.is_cancelled = True
        self._pieces.clear()
        self._resume()
        self._on_cancel(self.worker, self)

    def whole(self) -> bytes | None:
        """Return the body if it is all there, else None."""
        return b"".join(self._pieces) if self.is_complete else None

    async def take(self) -> bytes:
        """Return what has come in since the last call, b"" at the end.

        Raises:
            ProblemError: The rest will not come.
        """
        while not self._pieces:
            if self._problem is not None:
                raise ProblemError(self._problem)
            if self.is_complete:
                return b""
            self._waiter = asyncio.get_running_loop().create_future()
            await self._waiter
        data = b"".join(self._pieces)
        self._pieces.clear()
        self._size = 0
        self._resume()
        return data

    def release(self, worker: WorkerLink) -> None:
        """Give the worker back."""
        self._on_release(worker, self)

    def _resume(self) -> None:
        if self._paused_at is not None:
            self._paused_s += time.monotonic() - self._paused_at
            self._paused_at = None
            if self.worker is not None and self.worker.exchange is self:
                self.worker.resume()

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)
        self._waiter = None


class WorkerLink(asyncio.Protocol):
    """The server's end of the socket to one worker."""

    def __init__(self, *, generation: Generation, on_lost: Callable[[WorkerLink], None]) -> None:
        self.generation = generation
        self.pid = 0
        self.exchange: Exchange | None = None
        self.is_closed = False
        self.is_long = False
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._on_lost = on_lost
        self._transport: asyncio.Transport | None = None
        self._frames = FrameReader()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def begin(self, exchange: Exchange, task: Task) -> None:
        """Send a task."""
        assert self._transport is not None
        self.exchange = exchange
        exchange.begin(self)
        self._transport.write(frame(TASK, pickle.dumps(task, protocol=pickle.HIGHEST_PROTOCOL)))

    def data_received(self, data: bytes) -> None:
        """Hand what comes in to the exchange."""
        for kind, content in self._frames.feed(data):
            self._take(kind, content)

    def _take(self, kind: bytes, content: bytes) -> None:
        exchange = self.exchange
        if kind == READY:
            if not self.opened.done():
                self.opened.set_result(None)
        elif exchange is None:
            if kind == BROKEN and not self.opened.done():
                self.opened.set_exception(ProblemError(read_problem(content)))
        elif kind == HEAD:
            said = json.loads(content)
            headers = tuple((name, value) for name, value in said["headers"])
            head = Head(status=said["status"], headers=headers, is_volatile=said["is_volatile"])
            if not exchange.head.done():
                exchange.head.set_result(head)
        elif kind == DATA:
            exchange.add(content)
        else:
            self.exchange = None
            # the end may come while reading is paused, and the next task is read on the same socket
            self.resume()
            if kind == END:
                exchange.finish(json.loads(content)["rows"])
            else:
                exchange.fail(read_problem(content))
            exchange.release(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell the pool that the worker has gone."""
        if not self.opened.done():
            self.opened.set_exception(
                ProblemError(Problem(status=503, title="a worker has ended before it opened the store"))
            )
            self.opened.exception()
        self._on_lost(self)

    def pause(self) -> None:
        """Read no more for now; the worker will wait when the socket is full."""
        if self._transport is not None and not self._transport.is_closing():
            self._transport.pause_reading()

    def resume(self) -> None:
        """Read on."""
        if self._transport is not None and not self._transport.is_closing():
            self._transport.resume_reading()

    def close(self) -> None:
        """Hang up; a worker that is at rest ends by itself then."""
        self.is_closed = True
        if self._transport is not None:
            self._transport.close()
