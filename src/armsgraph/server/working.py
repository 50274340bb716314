"""A worker: opens the store read-only and does one task after the other, until its socket closes or it is killed."""

from __future__ import annotations

import os
import pickle
import resource
import signal
import socket
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from armsgraph.server.answering import Answerer
from armsgraph.server.bodies import Body
from armsgraph.server.jobs import Site
from armsgraph.server.problems import Problem
from armsgraph.server.registry import page_jobs, problem_page, result_page
from armsgraph.server.wire import HEADER, READY, TASK, json_frame, problem_frame

__all__ = ["WorkerPlan", "run_worker"]

# A worker that outlives its longest time by this much is ended by the kernel, even if the server that should do it
# is gone. The longest time is that of a slow client.
_GRACE_S = 5.0
_SLOWEST = 12
# A worker that has grown by more than this is replaced, as the engine's caches do not shrink.
_GROWTH_BYTES = 64 * 1024 * 1024
_PAGE = resource.getpagesize()


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerPlan:
    """What a worker needs to start: the folder of the store, what is served, and the hosts that SERVICE may ask."""

    folder: str
    site: Site
    allowed_hosts: frozenset[str] = frozenset()


def run_worker(connection: socket.socket, plan: WorkerPlan) -> int:
    """Serve until the socket closes.

    Returns:
        Exit code of the process: 0 when the server hung up or the worker wants to be replaced, 1 when the store cannot
        be opened.
    """
    connection.setblocking(True)
    try:
        store = ox.Store.read_only(plan.folder)
    except OSError as error:
        connection.sendall(problem_frame(Problem(status=500, title=f"the store cannot be opened: {error}")))
        return 1
    answerer = Answerer(
        store=store,
        site=plan.site,
        folder=Path(plan.folder),
        jobs=page_jobs(),
        allowed_hosts=plan.allowed_hosts,
        result_page=result_page(),
        problem_page=problem_page(),
    )
    virtual, at_rest = _memory()
    most = virtual + plan.site.limits.memory_mb * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    connection.sendall(json_frame(READY, {"pid": os.getpid()}))
    memory = _open_memory()
    longest_s = plan.site.limits.deadline_s * _SLOWEST + _GRACE_S
    while (data := _receive(connection)) is not None:
        signal.setitimer(signal.ITIMER_REAL, longest_s)
        task = pickle.loads(data)
        body = Body(connection, gzip=task.gzip, is_head=task.is_head)
        try:
            answerer.answer(task, body)
        except ConnectionError:
            return 0
        except MemoryError:
            # what is left is not fit to go on; the server says why
            os._exit(3)
        signal.setitimer(signal.ITIMER_REAL, 0)
        if memory is not None and _read_memory(memory)[1] - at_rest > _GROWTH_BYTES:
            return 0
    return 0


def _receive(connection: socket.socket) -> bytes | None:
    """Return the content of the next task, None when the server has hung up."""
    head = _read(connection, HEADER.size)
    if head is None:
        return None
    kind, length = HEADER.unpack(head)
    return _read(connection, length) if kind == TASK else None


def _read(connection: socket.socket, size: int) -> bytes | None:
    data = bytearray()
    while len(data) < size:
        piece = connection.recv(size - len(data))
        if not piece:
            return None
        data += piece
    return bytes(data)


def _memory() -> tuple[int, int]:
    """Return virtual and resident size in bytes, zeros where the system does not tell."""
    descriptor = _open_memory()
    if descriptor is None:
        return 0, 0
    try:
        return _read_memory(descriptor)
    finally:
        os.close(descriptor)


def _open_memory() -> int | None:
    """Return a descriptor of what the system tells about the size of this process, to be read again and again."""
    try:
        return os.open("/proc/self/statm", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None


def _read_memory(descriptor: int) -> tuple[int, int]:
    words = os.pread(descriptor, 200, 0).split()
    return int(words[0]) * _PAGE, int(words[1]) * _PAGE
