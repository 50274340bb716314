"""Frames gathered into deals: one deal, one node."""

from armsgraph.deals.assemble import assemble_deals

__all__ = ["assemble_deals"]
