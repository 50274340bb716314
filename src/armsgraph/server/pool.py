"""The pool of workers: who does which task, how long it may take, and who waits.

Every worker does one task at a time. A task that runs for longer than `_QUANTUM_S` is *long*: it goes on at a lower
priority of the system, and only half of the workers may be kept by long tasks while others wait. Queries of a shape
that was long before wait behind the others, for a worker of that half. So a short query waits for at most a few
quanta, whatever else is asked.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field

from armsgraph.server.exchanges import Exchange, WorkerLink
from armsgraph.server.jobs import Limits
from armsgraph.server.metrics import Metrics
from armsgraph.server.problems import Problem, ProblemError
from armsgraph.server.shapes import LongShapes
from armsgraph.server.spawning import Nursery
from armsgraph.server.stopping import (
    CLIENT_LEFT,
    NO_WORKER,
    STOPPING,
    past_deadline,
    preempted,
    queue_full,
    worker_ended,
)
from armsgraph.server.wire import Task
from armsgraph.server.working import WorkerPlan

__all__ = ["Generation", "Pool"]

_LOG = logging.getLogger("armsgraph.server")
# Longer than nearly every query over a store of this size, shorter than a person notices.
_QUANTUM_S = 0.3
_PATIENCE_S = 0.1
# What is not done by then is remembered by its shape; before, it may have been long as the machine was busy.
_HARDLY_LONG_S = 1.0
_TICK_S = 0.05
_LONG_NICENESS = 10
# A task whose client has left may come to its end within this; a new worker costs more.
_LEFT_GRACE_S = 0.25
_SPAWN_PAUSE_S = 1.0
_ATTEMPTS = 3
# Who has waited for this many deadlines is told to come back.
_LONGEST_WAIT = 1.5
# Workers at rest that take the place of killed ones at once.
_SPARES = 1
# With a client that takes its time the deadline counts only while the engine works, but not for ever.
_SLOWEST = 4
# Once the first rows are out, the others may take this many deadlines in all.
_STREAMING = 3


@dataclass(eq=False, slots=True, kw_only=True)
class Generation:
    """One build of the graph and the workers that serve it."""

    plan: WorkerPlan
    workers: set[WorkerLink] = field(default_factory=set)
    is_current: bool = True
    emptied: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(eq=False, slots=True, kw_only=True)
class _Waiting:
    exchange: Exchange
    task: Task
    since: float


class Pool:
    """Workers over the current generation, and a bounded queue before them.

    Args:
        size: Number of workers.
        limits: Deadline, memory and length of the queue.
        metrics: What happens is counted there.
    """

    def __init__(self, *, size: int, limits: Limits, metrics: Metrics) -> None:
        self._size = size
        self._limits = limits
        self._metrics = metrics
        self._nursery = Nursery()
        self._generation: Generation | None = None
        self._idle: list[WorkerLink] = []
        self._spares: list[WorkerLink] = []
        self._shapes = LongShapes()
        self._waiting: deque[_Waiting] = deque()
        self._background: set[asyncio.Task[None]] = set()
        self._ticker: asyncio.TimerHandle | None = None
        self._is_closing = False

    @property
    def is_ready(self) -> bool:
        """Whether a worker is there to take a task."""
        return not self._is_closing and self._generation is not None and bool(self._generation.workers)

    @property
    def waiting(self) -> int:
        """Number of tasks that wait for a worker."""
        return len(self._waiting)

    @property
    def workers(self) -> int:
        """Number of workers of the current generation that have opened the store."""
        return len(self._generation.workers) if self._generation else 0

    @property
    def _share(self) -> int:
        """Number of workers that long tasks may keep."""
        return max(1, self._size // 2)

    def _long(self) -> list[WorkerLink]:
        """Return the workers with long tasks, the longest first."""
        workers = self._generation.workers if self._generation else ()
        busy = [(w.exchange.age_s(), w) for w in workers if w.exchange is not None and w.is_long]
        return [worker for _, worker in sorted(busy, key=lambda pair: -pair[0])]

    @property
    def busy(self) -> int:
        """Number of workers of the current generation with a task."""
        return sum(w.exchange is not None for w in self._generation.workers) if self._generation else 0

    async def start(self, plan: WorkerPlan) -> None:
        """Start the nursery and the first generation; returns when all its workers have opened the store.

        Raises:
            ProblemError: The store cannot be opened.
        """
        await self._nursery.start()
        await self.swap(plan)

    async def swap(self, plan: WorkerPlan, *, on_current: Callable[[], None] = lambda: None) -> None:
        """Put a new generation in place of the current one without dropping a task.

        What runs goes on over the old store; returns when the last of it is done and the old folder can go.
        `on_current` is called when new tasks go to the new generation.

        Raises:
            ProblemError: The new store cannot be opened; the old one goes on.
        """
        new, old = Generation(plan=plan), self._generation
        try:
            await asyncio.gather(*(self._spawn(new) for _ in range(self._size + _SPARES)))
        except ProblemError:
            new.is_current = False
            for worker in new.workers:
                worker.close()
            raise
        self._generation = new
        ready = sorted(new.workers, key=lambda w: w.pid)
        self._idle, self._spares = ready[_SPARES:], ready[:_SPARES]
        on_current()
        self._hand_out()
        if old is not None:
            old.is_current = False
            for worker in [w for w in old.workers if w.exchange is None]:
                worker.close()
            if old.workers:
                await old.emptied.wait()

    async def close(self) -> None:
        """End every worker and the nursery. Tasks that run or wait are told that the server stops."""
        self._is_closing = True
        while self._waiting:
            self._waiting.popleft().exchange.fail(STOPPING)
        for worker in list(self._generation.workers) if self._generation else []:
            self._kill(worker, STOPPING)
        for task in list(self._background):
            task.cancel()
        await asyncio.gather(*self._background, return_exceptions=True)
        await self._nursery.stop()

    def submit(self, task: Task) -> Exchange:
        """Give a task to a worker, or let it wait.

        Raises:
            ProblemError: 503, as the queue is full or the server stops.
        """
        exchange = Exchange(on_release=self._release, on_cancel=self._cancel)
        if self._is_closing:
            raise ProblemError(STOPPING)
        if self._idle and not self._waiting and not self._must_wait(task, len(self._long())):
            self._assign(self._idle.pop(), exchange, task)
            return exchange
        if len(self._waiting) >= self._limits.waiting:
            self._metrics.rejected.inc()
            raise ProblemError(queue_full(self._limits.waiting))
        self._waiting.append(_Waiting(exchange=exchange, task=task, since=time.monotonic()))
        if self._ticker is None:
            self._ticker = asyncio.get_running_loop().call_later(_TICK_S, self._tick)
        return exchange

    def _assign(self, worker: WorkerLink, exchange: Exchange, task: Task) -> None:
        exchange.task = task
        worker.begin(exchange, task)
        loop = asyncio.get_running_loop()
        exchange.timers = [
            loop.call_later(_QUANTUM_S, self._slow_down, worker, exchange, task),
            loop.call_later(self._limits.deadline_s, self._check_deadline, worker, exchange),
        ]

    def _must_wait(self, task: Task, long: int) -> bool:
        """Say whether a task is of a shape that was long before, while the long ones have their share."""
        return long >= self._share and self._shapes.is_long(task)

    def _hand_out(self) -> None:
        """Give waiting tasks to workers at rest, in their order, those of long shapes only within their share."""
        long = len(self._long())
        passed: list[_Waiting] = []
        while self._idle and self._waiting:
            waiting = self._waiting.popleft()
            if waiting.exchange.is_cancelled:
                continue
            if self._must_wait(waiting.task, long):
                passed.append(waiting)
                continue
            long += self._shapes.is_long(waiting.task)
            self._assign(self._idle.pop(), waiting.exchange, waiting.task)
        self._waiting.extendleft(reversed(passed))

    def _release(self, worker: WorkerLink, exchange: Exchange) -> None:
        """Take a worker back whose task is done."""
        for timer in exchange.timers:
            timer.cancel()
        if worker.is_long and exchange.age_s() < _HARDLY_LONG_S and exchange.task is not None:
            self._shapes.discard(exchange.task)
        if worker.is_closed:
            return
        if not worker.generation.is_current or worker.is_long:
            # its priority cannot be raised again
            worker.close()
            return
        self._idle.append(worker)
        self._hand_out()

    def _cancel(self, worker: WorkerLink | None, exchange: Exchange) -> None:
        """Drop what a client has left: at once while it waits, after a moment while it runs."""
        if worker is None:
            self._waiting = deque(w for w in self._waiting if w.exchange is not exchange)
            return
        timer = asyncio.get_running_loop().call_later(_LEFT_GRACE_S, self._kill_if, worker, exchange, CLIENT_LEFT)
        exchange.timers.append(timer)

    def _kill_if(self, worker: WorkerLink, exchange: Exchange, problem: Problem) -> None:
        if worker.exchange is exchange:
            self._kill(worker, problem)

    def _slow_down(self, worker: WorkerLink, exchange: Exchange, task: Task) -> None:
        if worker.exchange is not exchange:
            return
        worker.is_long = True
        loop = asyncio.get_running_loop()
        exchange.timers.append(loop.call_later(_HARDLY_LONG_S - _QUANTUM_S, self._remember, worker, exchange, task))
        try:
            os.setpriority(os.PRIO_PROCESS, worker.pid, _LONG_NICENESS)
        except OSError as error:
            _LOG.debug("the priority of worker %d cannot be lowered: %s", worker.pid, error)

    def _remember(self, worker: WorkerLink, exchange: Exchange, task: Task) -> None:
        if worker.exchange is exchange:
            self._shapes.add(task)

    def _check_deadline(self, worker: WorkerLink, exchange: Exchange) -> None:
        if worker.exchange is not exchange:
            return
        # what has begun to come may take its time
        deadline = self._limits.deadline_s * (_STREAMING if exchange.head.done() else 1)
        worked = exchange.worked_s()
        if worked < deadline and exchange.age_s() < deadline * _SLOWEST:
            timer = asyncio.get_running_loop().call_later(
                deadline - worked + 0.01, self._check_deadline, worker, exchange
            )
            exchange.timers.append(timer)
            return
        self._metrics.deadlines.inc()
        self._kill(worker, past_deadline(deadline))

    def _tick(self) -> None:
        """While somebody waits: stop the longest task if the long ones have more than their share."""
        self._ticker = None
        now = time.monotonic()
        while self._waiting and self._waiting[0].exchange.is_cancelled:
            self._waiting.popleft()
        while self._waiting and now - self._waiting[0].since > self._limits.deadline_s * _LONGEST_WAIT:
            self._waiting.popleft().exchange.fail(NO_WORKER)
        if not self._waiting:
            return
        self._ticker = asyncio.get_running_loop().call_later(_TICK_S, self._tick)
        self._hand_out()
        if not any(now - w.since > _PATIENCE_S and not self._shapes.is_long(w.task) for w in self._waiting):
            return
        share, long = self._share, self._long()
        for worker in long[: max(0, len(long) - share)]:
            seconds = worker.exchange.age_s() if worker.exchange else 0
            self._metrics.preempted.inc()
            self._kill(worker, preempted(seconds, share))

    def _kill(self, worker: WorkerLink, problem: Problem) -> None:
        """End a worker at once; its socket closes, and then it is buried and replaced."""
        exchange = worker.exchange
        if exchange is not None:
            worker.exchange = None
            exchange.fail(problem)
            for timer in exchange.timers:
                timer.cancel()
        worker.is_closed = True
        # a socket that is not read does not tell that it has closed, and a slow reader may have stopped the reading
        worker.resume()
        if worker.pid:
            try:
                os.kill(worker.pid, signal.SIGKILL)
            except ProcessLookupError:
                _LOG.debug("worker %d was gone already", worker.pid)

    def _lost(self, worker: WorkerLink) -> None:
        """Bury a worker whose socket has closed, and start another one if it is missed."""
        worker.is_closed = True
        generation = worker.generation
        generation.workers.discard(worker)
        for resting in (self._idle, self._spares):
            if worker in resting:
                resting.remove(worker)
        exchange, worker.exchange = worker.exchange, None
        if exchange is not None:
            for timer in exchange.timers:
                timer.cancel()
            self._metrics.crashes.inc()
            exchange.fail(worker_ended(self._limits.memory_mb))
        if not generation.workers:
            generation.emptied.set()
        if generation is self._generation and self._spares and not self._is_closing:
            self._idle.append(self._spares.pop())
            self._hand_out()
        self._start_background(self._replace(worker))

    def _start_background(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def _replace(self, worker: WorkerLink) -> None:
        status = await self._nursery.bury(worker.pid) if worker.pid else 0
        _LOG.debug("worker %d ended with %s", worker.pid, status)
        generation = worker.generation
        while generation.is_current and generation is self._generation and not self._is_closing:
            try:
                replacement = await self._spawn(generation)
            except ProblemError as error:
                _LOG.error("no worker can be started: %s", error.problem.title)
                await asyncio.sleep(_SPAWN_PAUSE_S)
                continue
            self._metrics.respawned.inc()
            if not generation.is_current:
                replacement.close()
                return
            resting = len(self._idle) + self.busy
            (self._idle if resting < self._size else self._spares).append(replacement)
            self._hand_out()
            return

    async def _spawn(self, generation: Generation) -> WorkerLink:
        """Start a worker; returns when it has opened the store. What fails is tried again, as memory may be short."""
        for _ in range(_ATTEMPTS - 1):
            try:
                return await self._try_spawn(generation)
            except ProblemError as error:
                _LOG.warning("a worker was not started: %s", error.problem.title)
                await asyncio.sleep(_SPAWN_PAUSE_S / 4)
        return await self._try_spawn(generation)

    async def _try_spawn(self, generation: Generation) -> WorkerLink:
        link = WorkerLink(generation=generation, on_lost=self._lost)
        pid = await self._nursery.spawn(generation.plan, link)
        link.pid = pid
        await link.opened
        generation.workers.add(link)
        return link
