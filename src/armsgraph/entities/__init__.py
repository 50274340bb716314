"""Entities: which mentions name one thing, and who holds which office."""

from armsgraph.entities.resolve import resolve_entities

__all__ = ["resolve_entities"]
