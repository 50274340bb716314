"""Where the server finds the pages: their jobs, their routes, and what shows results as HTML."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Mapping, Sequence

import pyoxigraph as ox

from armsgraph.server.jobs import Job, PageRoute, ProblemPage, ResultPage, Site

__all__ = ["page_jobs", "page_routes", "preparations", "problem_page", "result_page", "warmers"]

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


def problem_page() -> ProblemPage | None:
    """Return what says as an HTML page what is wrong with a query."""
    return _get(_PAGES, "render_query_problem")  # type: ignore[return-value]


def preparations() -> Mapping[str, Callable[[ox.Store], object]]:
    """Return what is worked out of each build for the pages, by name (see `keeping`)."""
    return {name: made for package in _PACKAGES for name, made in (_get(package, "PREPARATIONS") or {}).items()}  # type: ignore[attr-defined]


def warmers(*, at_leisure: bool = False) -> Sequence[Callable[[Mapping[str, object], Site], None]]:
    """Return what takes the results of the preparations in: before workers are forked, or when there is time."""
    name = "warm_at_leisure" if at_leisure else "warm"
    return tuple(found for package in _PACKAGES if (found := _get(package, name)) is not None)  # type: ignore[misc]
