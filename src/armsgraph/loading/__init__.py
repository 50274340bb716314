"""Loads graphs into triple stores on the network: see `docs/triple-stores.md`."""

from armsgraph.loading.client import Client
from armsgraph.loading.credentials import Credentials, read_credentials
from armsgraph.loading.disk import add_to_store
from armsgraph.loading.endpoints import Endpoints, Method, check_graph_name, find_endpoints, probe_writing
from armsgraph.loading.journal import Journal, journal_path
from armsgraph.loading.loading import (
    LoadPlan,
    LoadSummary,
    choose_facts_graph,
    load_bundle,
    plan_load,
    withdraw_documents,
)
from armsgraph.loading.parcels import FACTS, Bundle, Parcel
from armsgraph.loading.sources import read_quads

__all__ = [
    "FACTS",
    "Bundle",
    "Client",
    "Credentials",
    "Endpoints",
    "Journal",
    "LoadPlan",
    "LoadSummary",
    "Method",
    "Parcel",
    "add_to_store",
    "check_graph_name",
    "choose_facts_graph",
    "find_endpoints",
    "journal_path",
    "load_bundle",
    "plan_load",
    "probe_writing",
    "read_credentials",
    "read_quads",
    "withdraw_documents",
]
