"""Which address is answered by which job."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pyoxigraph as ox

from armsgraph.server.jobs import QUERY_FORM_JOB, Job, PageRoute, Site
from armsgraph.server.pages.about import about_job, thing_job
from armsgraph.server.pages.catalogue import KINDS, Catalogue, keep_catalogue, make_catalogue
from armsgraph.server.pages.home import home_job, style_job
from armsgraph.server.pages.lists import list_job, pointing_job, search_job
from armsgraph.server.pages.queries import query_form_job
from armsgraph.server.pages.rendering import load_templates

__all__ = ["PAGE_JOBS", "PAGE_ROUTES", "PREPARATIONS", "warm"]

_CATALOGUE = "catalogue"
PREPARATIONS: dict[str, Callable[[ox.Store], object]] = {_CATALOGUE: make_catalogue}

PAGE_JOBS: dict[str, Job] = {
    "about": about_job,
    "home": home_job,
    "list": list_job,
    "pointing": pointing_job,
    "search": search_job,
    "style": style_job,
    "thing": thing_job,
    QUERY_FORM_JOB: query_form_job,
}

PAGE_ROUTES: tuple[PageRoute, ...] = (
    PageRoute(pattern="/", job="home"),
    PageRoute(pattern="/static/style.css", job="style"),
    PageRoute(pattern="/search", job="search"),
    PageRoute(pattern="/pointing", job="pointing"),
    *(PageRoute(pattern=f"/{section}", job="list", fields={"section": section}) for section in KINDS),
    PageRoute(pattern="/ontology", job="about", fields={"local": "ontology"}),
    PageRoute(pattern="/ontology.{ending}", job="about", fields={"local": "ontology"}),
    PageRoute(pattern="/about", job="about"),
    PageRoute(pattern="/about/{local:path}", job="about"),
    *(
        PageRoute(pattern=f"/{space}/{{local:path}}", job="thing", fields={"space": space})
        for space in ("id", "deal-status", "weapon-kind", "software")
    ),
)


def warm(kept: Mapping[str, object], site: Site) -> None:
    """Take in what was prepared of a build, in the process that workers are forked from."""
    load_templates()
    catalogue = kept.get(_CATALOGUE)
    keep_catalogue(catalogue if isinstance(catalogue, Catalogue) else None)
