"""Reads deals out of a graph as typed values, each fact with the words that say it."""

from armsgraph.dossiers.claims import Claim, read_claims
from armsgraph.dossiers.deals import Deal, Delivery, Item, Stage, Standing
from armsgraph.dossiers.facts import Document, Entity, Fact, Sum
from armsgraph.dossiers.reading import DealReader

__all__ = [
    "Claim",
    "Deal",
    "DealReader",
    "Delivery",
    "Document",
    "Entity",
    "Fact",
    "Item",
    "Stage",
    "Standing",
    "Sum",
    "read_claims",
]
