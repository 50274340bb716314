"""Finds names that look like firms or weapons and stand on no list."""

from armsgraph.suggesting.gathering import Suggestion, suggest_names
from armsgraph.suggesting.tables import suggestion_lists, suggestion_rows

__all__ = ["Suggestion", "suggest_names", "suggestion_lists", "suggestion_rows"]
