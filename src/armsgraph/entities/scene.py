"""What the later steps look at together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from armsgraph.entities.background import Background
from armsgraph.entities.clusters import Cluster
from armsgraph.entities.generics import HomeStates
from armsgraph.entities.reading import Reading
from armsgraph.lexicon.offices import OfficeLexicon
from armsgraph.model import Mention, Span

__all__ = ["Pair", "Scene"]

Pair = tuple[tuple[str, str], Span]
"""Two codes of states named side by side, and where."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A document with its clusters.

    Attributes:
        clusters: Cluster of each name and adjective.
        states: Cluster of each state by its code, also of those that only the lists bring in.
        pairs: States named side by side, by position.
    """

    reading: Reading
    background: Background
    lexicon: OfficeLexicon
    homes: HomeStates
    clusters: Mapping[Mention, Cluster]
    states: Mapping[str, Cluster]
    pairs: tuple[Pair, ...]
