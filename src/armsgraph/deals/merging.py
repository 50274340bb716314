"""Clusters that turn out to be one deal once their slots are filled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from armsgraph.deals.candidates import propose
from armsgraph.deals.choosing import Choice, choose
from armsgraph.deals.features import Filled, merging_features
from armsgraph.deals.gathering import Links
from armsgraph.deals.scene import Cluster, DealScene
from armsgraph.lexicon.weights import DealWeights, Features

__all__ = ["MERGE", "Told", "as_filled", "fill", "merge_clusters", "merging_of"]

MERGE = "one deal"
# Clusters further apart than this many clusters are not held against each other.
_WINDOW = 30
_TOGETHER = (
    frozenset({"same weapon, same buyer, no other figure", "same supplier"}),
    frozenset({"same kind of paper", "same buyer's state", "the later is support"}),
)
# What keeps apart even what has the same weapon, buyer and supplier.
_APART = frozenset({"the later is another one", "another kind of paper"})

Told = tuple[Cluster, Mapping[str, list[Choice]]]


def fill(scene: DealScene, clusters: Sequence[Cluster], weights: DealWeights) -> list[Told]:
    """Return the clusters with what is chosen for their slots."""
    return [(c, choose(propose(scene, c, clusters), weights)) for c in clusters]


def merging_of(links: Links, one: Told, other: Told) -> Features:
    """Return the features of two filled clusters as one deal, in whichever order they are given."""
    first, second = sorted((one, other), key=lambda told: told[0].members)
    likely = [[links.between(i, j) for i in first[0].members] for j in second[0].members]
    return merging_features(links.scene, as_filled(first), as_filled(second), likely)


def as_filled(told: Told) -> Filled:
    """Return the keys of what was chosen, by slot."""
    cluster, chosen = told
    return Filled(
        cluster=cluster, keys={slot: frozenset(c.candidate.key for c in choices) for slot, choices in chosen.items()}
    )


def _likely_one(links: Links, one: Told, other: Told) -> float:
    if any(links.between(i, j) == 0 for i in one[0].members for j in other[0].members):
        return 0.0
    features = merging_of(links, one, other)
    return 1.0 if _is_plain(features) else links.weights.probability(MERGE, features)


def _is_plain(features: Features) -> bool:
    """Say whether two clusters are one deal beyond weighing.

    They have the same weapon, buyer and supplier and no other figure, or the later says in passing something of a
    paper of the same kind with the same state.
    """
    return any(same <= features.keys() for same in _TOGETHER) and not _APART & features.keys()


def merge_clusters(links: Links, clusters: Sequence[Cluster]) -> list[Told]:
    """Fill the slots of clusters and join those that are one deal, the likeliest two first.

    Returns:
        The deals in the order of their first frames.
    """
    scene, weights = links.scene, links.weights
    told = fill(scene, clusters, weights)
    odds: dict[tuple[tuple[int, ...], tuple[int, ...]], float] = {}
    while True:
        best: tuple[float, int, int] | None = None
        for i, one in enumerate(told):
            for j in range(i + 1, min(len(told), i + _WINDOW)):
                key = (one[0].members, told[j][0].members)
                if key not in odds:
                    odds[key] = _likely_one(links, one, told[j])
                if best is None or odds[key] > best[0]:
                    best = (odds[key], i, j)
        if best is None or not weights.accepts(MERGE, best[0]):
            return told
        _odds, i, j = best
        joined = Cluster(scene, (*told[i][0].members, *told[j][0].members))
        rest = [t for n, t in enumerate(told) if n not in (i, j)]
        others = [t[0] for t in rest]
        filled = (joined, choose(propose(scene, joined, [joined, *others]), weights))
        told = sorted([*rest, filled], key=lambda t: t[0].members)
