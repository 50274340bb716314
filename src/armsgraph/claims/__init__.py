"""Turns what was read out of a document into nodes and ranked claims. See `docs/claims.md` for the rules."""

from armsgraph.claims.assertions import collect_assertions
from armsgraph.claims.making import make_claims
from armsgraph.claims.nodes import make_nodes

__all__ = ["collect_assertions", "make_claims", "make_nodes"]
