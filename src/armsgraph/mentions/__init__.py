"""Finds the names of states, persons, firms, forces, bodies, organisations, weapons and places."""

from armsgraph.mentions.find import find_mentions

__all__ = ["find_mentions"]
