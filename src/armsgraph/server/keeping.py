"""What pages need of a whole build, worked out once: kept beside the store, and in the nursery before workers fork.

So all workers share it, a new one has it at once, and no first request pays for it. A package of pages may export

    PREPARATIONS      name -> function of the store, run when a build is prepared; what it gives is pickled
    warm              function of these results by name and of the site, run in the nursery before it forks a worker
    warm_at_leisure   the same for what takes its time: run when the nursery has had nothing to do for a moment; workers
                      that were forked before do without

Neither sees a store: an engine with threads must not be open where processes are forked.
"""

from __future__ import annotations

import logging
import pickle
from pathlib import Path

import pyoxigraph as ox

from armsgraph.errors import ArmsgraphError
from armsgraph.server.jobs import Site
from armsgraph.server.registry import page_jobs, preparations, result_page, warmers
from armsgraph.server.working import WorkerPlan

__all__ = ["KEPT_FILE", "Warming", "keep"]

KEPT_FILE = "pages.pickle"
_LOG = logging.getLogger("armsgraph.server")


def keep(place: Path, store: ox.Store) -> None:
    """Work out what the pages need of a store and keep it in its place."""
    kept = {name: prepare(store) for name, prepare in preparations().items()}
    (place / KEPT_FILE).write_bytes(pickle.dumps(kept, protocol=pickle.HIGHEST_PROTOCOL))


class Warming:
    """Takes in, in the nursery, what was kept for the builds that it forks workers for, one build at a time."""

    def __init__(self) -> None:
        self._folder = ""
        self._kept: dict[str, object] = {}
        self._site = Site()
        self.is_done = True

    def begin(self, plan: WorkerPlan) -> None:
        """Load the code of the pages and what was kept for a build, unless it is the one before.

        Workers that find nothing work it out themselves, so that nothing that goes wrong here matters but for time.
        """
        if plan.folder == self._folder:
            return
        page_jobs()
        result_page()
        place = Path(plan.folder).parent
        try:
            self._kept = pickle.loads((place / KEPT_FILE).read_bytes())
        except (OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError) as error:
            _LOG.warning("what was kept for the pages cannot be read: %s", error)
            self._kept = {}
        self._folder, self._site = plan.folder, plan.site
        self._run(at_leisure=False)
        self.is_done = False

    def finish(self) -> None:
        """Do what takes its time."""
        self.is_done = True
        self._run(at_leisure=True)
        self._kept = {}

    def _run(self, *, at_leisure: bool) -> None:
        for warm in warmers(at_leisure=at_leisure):
            try:
                warm(self._kept, self._site)
            except ArmsgraphError as error:
                _LOG.warning("the pages are not warmed up: %s", error)
