"""The parse of a document with its names and values on it."""

from armsgraph.syntax.tree import CLAUSES, PARTY_TYPES, Tree

__all__ = ["CLAUSES", "PARTY_TYPES", "Tree"]
