"""Which build is served: prepares graphs in processes of their own, and swaps them in without dropping a request."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import re
import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from armsgraph.errors import GateError, InputError
from armsgraph.server.jobs import Site
from armsgraph.server.metrics import Metrics
from armsgraph.server.pool import Pool
from armsgraph.server.prepared import STORE_FOLDER, Prepared
from armsgraph.server.problems import ProblemError
from armsgraph.server.settings import Settings
from armsgraph.server.working import WorkerPlan
from armsgraph.version import __version__

__all__ = ["Publisher"]

_LOG = logging.getLogger("armsgraph.server")
_PREFIX = ".armsgraph-served"
_WATCH_S = 1.0


class Publisher:
    """Keeps the pool on the current build of the graph.

    Args:
        settings: What to serve.
        pool: Gets each new build.
        metrics: Reloads are counted there.
    """

    def __init__(self, settings: Settings, pool: Pool, metrics: Metrics) -> None:
        self._settings = settings
        self._pool = pool
        self._metrics = metrics
        self._lock = asyncio.Lock()
        self._number = 0
        self._place: Path | None = None
        self._retiring: set[asyncio.Task[None]] = set()
        self.prepared: Prepared | None = None
        self.site = Site(
            base_path=settings.base_path,
            base=settings.base,
            title=settings.title,
            is_writable=settings.is_writable,
            limits=settings.limits,
        )

    async def start(self) -> None:
        """Prepare the graph and start the workers.

        Raises:
            GateError: It does not conform.
            InputError: It cannot be read.
            ProblemError: The workers cannot open it.
        """
        self._remove_leftovers()
        prepared = await self._prepare()
        plan = self._adopt(prepared)
        await self._pool.start(plan)

    async def reload(self) -> bool:
        """Prepare the graph anew and swap it in; if that fails, the old build goes on.

        Returns:
            Whether there is a new build now.
        """
        async with self._lock:
            try:
                prepared = await self._prepare()
            except (InputError, GateError) as error:
                _LOG.error("the graph is not reloaded: %s", error)
                self._metrics.reloads.labels("refused").inc()
                return False
            if self.prepared is not None and prepared.build == self.prepared.build:
                shutil.rmtree(prepared.place, ignore_errors=True)
                self._metrics.reloads.labels("unchanged").inc()
                return False
            try:
                await self.publish(prepared)
            except ProblemError as error:
                _LOG.error("the graph is not reloaded: %s", error.problem.title)
                self._metrics.reloads.labels("failed").inc()
                return False
            self._metrics.reloads.labels("done").inc()
            return True

    async def publish(self, prepared: Prepared) -> None:
        """Serve a place that is ready; returns as soon as new requests are answered from it.

        Raises:
            ProblemError: The workers cannot open it; the old build goes on.
        """
        old = self._place
        plan = self._plan(prepared)
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        task = asyncio.create_task(self._swap(plan, old, done))
        self._retiring.add(task)
        task.add_done_callback(self._retiring.discard)
        await done
        self._adopt(prepared)
        _LOG.info("serving build %s with %d triples", prepared.build, prepared.counts["triples"])

    async def _swap(self, plan: WorkerPlan, old: Path | None, done: asyncio.Future[None]) -> None:
        def is_current() -> None:
            if not done.done():
                done.set_result(None)

        try:
            await self._pool.swap(plan, on_current=is_current)
        except ProblemError as error:
            shutil.rmtree(Path(plan.folder).parent, ignore_errors=True)
            done.set_exception(error)
            return
        if old is not None:
            shutil.rmtree(old, ignore_errors=True)

    async def watch(self) -> None:
        """Look at the graph every second and swap it in when it has changed and is whole."""
        seen = self._stamp()
        while True:
            await asyncio.sleep(_WATCH_S)
            stamp = self._stamp()
            if stamp is None or stamp == seen:
                continue
            await asyncio.sleep(_WATCH_S / 4)
            if stamp != self._stamp():
                # still being written
                continue
            seen = stamp
            await self.reload()

    def new_place(self) -> Path:
        """Return a name for a folder that does not exist: beside a store, where files can be linked, or else aside."""
        self._number += 1
        parent = Path(self._settings.graph).resolve().parent
        if not Path(self._settings.graph).is_dir() or not os.access(parent, os.W_OK):
            parent = Path(tempfile.gettempdir())
        return parent / f"{_PREFIX}.{os.getpid()}.{self._number}"

    def close(self) -> None:
        """Remove the places."""
        for task in self._retiring:
            task.cancel()
        self._remove_leftovers(mine=True)

    def _plan(self, prepared: Prepared) -> WorkerPlan:
        site = replace(self.site, build=prepared.build, counts=prepared.counts)
        hosts = frozenset(self._settings.allow_service)
        return WorkerPlan(folder=str(Path(prepared.place) / STORE_FOLDER), site=site, allowed_hosts=hosts)

    def _adopt(self, prepared: Prepared) -> WorkerPlan:
        plan = self._plan(prepared)
        if self.site.build:
            self._metrics.build.remove(self.site.build, __version__)
        self._metrics.build.labels(prepared.build, __version__).set(1)
        self.site, self.prepared, self._place = plan.site, prepared, Path(prepared.place)
        return plan

    async def _prepare(self) -> Prepared:
        place = self.new_place()
        said = {
            "source": self._settings.graph,
            "place": str(place),
            "allow_violations": self._settings.allow_violations,
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "armsgraph.server.preparing", json.dumps(said), stdout=asyncio.subprocess.PIPE
        )
        try:
            output, _ = await process.communicate()
            result = json.loads(output)
        except BaseException as error:
            if process.returncode is None:
                process.kill()
            shutil.rmtree(place, ignore_errors=True)
            if isinstance(error, ValueError):
                raise InputError("the graph cannot be prepared", where=self._settings.graph) from error
            raise
        if "place" in result:
            return Prepared(**result)
        shutil.rmtree(place, ignore_errors=True)
        if "report" in result:
            raise GateError(
                f"the graph does not conform to its shapes, {result['violations']} violations\n{result['report']}",
                where=self._settings.graph,
                hint="mend it, or serve it as it is with --allow-violations",
            )
        raise InputError(result["error"], where=result["where"], hint=result["hint"])

    def _stamp(self) -> tuple[int, ...] | None:
        """Return what changes when the graph does, None while it is not there."""
        path = Path(self._settings.graph)
        try:
            found = [path.stat()]
            if path.is_dir():
                found += [(path / "CURRENT").stat(), *(p.stat() for p in sorted(path.glob("*.sst")))]
        except OSError:
            return None
        return tuple(n for s in found for n in (s.st_ino, s.st_size, s.st_mtime_ns))

    def _remove_leftovers(self, *, mine: bool = False) -> None:
        """Remove the places of servers that were killed, or those of this one."""
        pattern = re.compile(re.escape(_PREFIX) + r"\.(\d+)\.\d+")
        for parent in {Path(self._settings.graph).resolve().parent, Path(tempfile.gettempdir())}:
            for found in _listing(parent):
                match = pattern.fullmatch(found.name)
                if match and (int(match.group(1)) == os.getpid() if mine else not _is_running(int(match.group(1)))):
                    shutil.rmtree(found, ignore_errors=True)


def _listing(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
