"""Runs the server: prepares the graph, starts the workers, listens, and ends in good order."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import resource
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import uvicorn

from armsgraph.errors import InputError, StoreError
from armsgraph.server.app import Application
from armsgraph.server.committing import Committer
from armsgraph.server.endpoints import Endpoints
from armsgraph.server.listening import HEAD_BYTES, hide_broken_answers, limited_protocol
from armsgraph.server.metrics import Metrics
from armsgraph.server.pool import Pool
from armsgraph.server.problems import ProblemError
from armsgraph.server.publishing import Publisher
from armsgraph.server.settings import Settings, read_token

__all__ = ["serve"]

_LOG = logging.getLogger("armsgraph.server")
_KEEP_ALIVE_S = 20
_FILES = 8192


def serve(settings: Settings) -> None:
    """Serve until told to stop by SIGTERM or SIGINT; SIGHUP reloads the graph.

    Raises:
        ArmsgraphError: The graph cannot be served, or the address is taken.
    """
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(levelname)s: %(message)s")
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)
    hide_broken_answers()
    token = read_token(settings, dict(os.environ))
    _raise_file_limit()
    with _access_log(settings.access_log) as log:
        asyncio.run(_serve(settings, token, log))


async def _serve(settings: Settings, token: str, log: IO[str] | None) -> None:
    listener = _listen(settings)
    metrics = Metrics()
    pool = Pool(size=settings.workers, limits=settings.limits, metrics=metrics)
    publisher = Publisher(settings, pool, metrics)
    metrics.add_gauge("queue_length", "Requests that wait for a worker", lambda: pool.waiting)
    metrics.add_gauge("workers", "Workers that have the store open", lambda: pool.workers)
    metrics.add_gauge("workers_busy", "Workers with a task", lambda: pool.busy)
    metrics.add_gauge("triples", "Triples in the graph", lambda: publisher.site.counts.get("triples", 0))
    committer = None
    if settings.is_writable:
        path = Path(settings.graph).resolve()
        committer = Committer(path, limits=settings.limits, publisher=publisher, metrics=metrics)
    try:
        try:
            await publisher.start()
        except ProblemError as error:
            raise StoreError(error.problem.title, where=settings.graph) from error
        endpoints = Endpoints(settings=settings, pool=pool, publisher=publisher, committer=committer, token=token)
        app = Application(endpoints=endpoints, pool=pool, publisher=publisher, metrics=metrics, access_log=log)
        await _listen_until_told(settings, app, publisher, listener)
    finally:
        if committer is not None:
            committer.close()
        await pool.close()
        publisher.close()
        listener.close()


async def _listen_until_told(
    settings: Settings, app: Application, publisher: Publisher, listener: socket.socket
) -> None:
    config = uvicorn.Config(
        app,
        http=limited_protocol(settings.connections),
        ws="none",
        lifespan="off",
        loop="asyncio",
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=settings.proxy_headers,
        timeout_keep_alive=_KEEP_ALIVE_S,
        timeout_graceful_shutdown=int(settings.grace_s),
        h11_max_incomplete_event_size=HEAD_BYTES,
    )
    server = _Server(config)
    loop = asyncio.get_running_loop()

    def stop() -> None:
        app.is_stopping = True
        server.should_exit = True

    background: set[asyncio.Task[object]] = set()

    def start(work: asyncio.Task[object]) -> None:
        background.add(work)
        work.add_done_callback(background.discard)

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    loop.add_signal_handler(signal.SIGHUP, lambda: start(asyncio.ensure_future(publisher.reload())))
    if settings.watch:
        start(asyncio.ensure_future(publisher.watch()))
    host, port = listener.getsockname()[:2]
    host = f"[{host}]" if ":" in host else host
    counts = publisher.site.counts
    _LOG.info("%d triples of %d documents, build %s", counts["triples"], counts["documents"], publisher.site.build)
    # before the address is told: who reads it may connect at once
    listener.listen(min(settings.connections, 2048))
    print(f"serving {settings.graph} at http://{host}:{port}{settings.base_path}/", file=sys.stderr, flush=True)
    await server.serve(sockets=[listener])
    for task in list(background):
        task.cancel()
    await asyncio.gather(*background, return_exceptions=True)


class _Server(uvicorn.Server):
    """uvicorn's server without its handling of signals, which would end the process before it has tidied up."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as error:
        listener.close()
        raise InputError(
            f"cannot listen: {error.strerror}",
            where=f"{settings.host}:{settings.port}",
            hint="take another --port, 0 for any that is free",
        ) from error
    listener.set_inheritable(False)
    return listener


@contextlib.contextmanager
def _access_log(name: str) -> Iterator[IO[str] | None]:
    if name == "-":
        yield sys.stderr
    elif not name:
        yield None
    else:
        try:
            file = Path(name).open("a", encoding="utf-8")  # noqa: SIM115 - closed below
        except OSError as error:
            raise InputError(f"cannot write the log: {error.strerror}", where=name) from error
        with file:
            yield file


def _raise_file_limit() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _FILES if hard == resource.RLIM_INFINITY else min(_FILES, hard)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
