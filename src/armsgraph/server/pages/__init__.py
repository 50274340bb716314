"""Pages for people and descriptions for machines: every IRI of the graph leads to the sentence that says so."""

from armsgraph.server.pages.queries import render_query_problem, render_results
from armsgraph.server.pages.routes import PAGE_JOBS, PAGE_ROUTES, PREPARATIONS, warm

__all__ = ["PAGE_JOBS", "PAGE_ROUTES", "PREPARATIONS", "render_query_problem", "render_results", "warm"]
