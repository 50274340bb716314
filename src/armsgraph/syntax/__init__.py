"""The parse of a document with its names and values on it."""

from armsgraph.syntax.tree import PARTY_TYPES, Tree

__all__ = ["PARTY_TYPES", "Tree"]
