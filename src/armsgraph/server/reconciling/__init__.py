"""The reconciliation service (Entity Reconciliation API 0.2): tables are matched with the graph and the lists."""

from armsgraph.server.reconciling.service import PAGE_JOBS, PAGE_ROUTES, PREPARATIONS, warm_at_leisure

__all__ = ["PAGE_JOBS", "PAGE_ROUTES", "PREPARATIONS", "warm_at_leisure"]
