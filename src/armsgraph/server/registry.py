"""Where the server finds the pages: their jobs, their routes, and what shows results as HTML."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Mapping, Sequence

from armsgraph.server.jobs import Job, PageRoute, ResultPage

__all__ = ["page_jobs", "page_routes", "result_page"]

_PAGES = "armsgraph.server.pages"


def _get(name: str) -> object:
    if importlib.util.find_spec(_PAGES) is None:
        return None
    return getattr(importlib.import_module(_PAGES), name, None)


def page_jobs() -> Mapping[str, Job]:
    """Return the jobs of the pages by name."""
    return _get("PAGE_JOBS") or {}  # type: ignore[return-value]


def page_routes() -> Sequence[PageRoute]:
    """Return the routes of the pages, the first that matches first."""
    return _get("PAGE_ROUTES") or ()  # type: ignore[return-value]


def result_page() -> ResultPage | None:
    """Return what shows the result of a query as HTML."""
    return _get("render_results")  # type: ignore[return-value]
