"""Where the server finds the pages: their jobs, their routes, and what shows results as HTML."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Mapping, Sequence

from armsgraph.server.jobs import Job, PageRoute, ResultPage

__all__ = ["page_jobs", "page_routes", "result_page"]

_PAGES = "armsgraph.server.pages"
_PACKAGES = (_PAGES, "armsgraph.server.reconciling")


def _get(package: str, name: str) -> object:
    if importlib.util.find_spec(package) is None:
        return None
    return getattr(importlib.import_module(package), name, None)


def page_jobs() -> Mapping[str, Job]:
    """Return the jobs of the pages and of the reconciliation by name."""
    return {name: job for package in _PACKAGES for name, job in (_get(package, "PAGE_JOBS") or {}).items()}  # type: ignore[attr-defined]


def page_routes() -> Sequence[PageRoute]:
    """Return the routes of the pages and of the reconciliation, the first that matches first."""
    return tuple(route for package in _PACKAGES for route in (_get(package, "PAGE_ROUTES") or ()))  # type: ignore[attr-defined]


def result_page() -> ResultPage | None:
    """Return what shows the result of a query as HTML."""
    return _get(_PAGES, "render_results")  # type: ignore[return-value]
