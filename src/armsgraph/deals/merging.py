"""Clusters that turn out to be one deal once their slots are filled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from armsgraph.deals.choosing import Choice, Weighed, take, weigh
from armsgraph.deals.features import Filled, merging_features
from armsgraph.deals.gathering import Links
from armsgraph.deals.looking import look_again
from armsgraph.deals.scene import Cluster
from armsgraph.lexicon.weights import Decision, Features

__all__ = ["MERGE", "Told", "as_filled", "fill", "merge_clusters", "merging_of", "with_second_look"]

MERGE = "one deal"
# Clusters further apart than this many clusters are not held against each other.
_WINDOW = 30
_SAME_THING = "same weapon, same buyer, no other figure"
_TOGETHER = (
    frozenset({_SAME_THING, "same supplier"}),
    frozenset({_SAME_THING, "nothing new"}),
    frozenset({"same kind of paper", "same buyer's state", "the later is support"}),
)
_SAME_SIDES = frozenset({"same supplier", "same buyer's state"})
_THINGS = ("weapon", "quantity", "value", "signedOn")
# What keeps apart even what has the same weapon, buyer and supplier.
_APART = frozenset({"the later is another one", "another kind of paper"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A cluster, all that could fill its slots, and what was chosen of it."""

    cluster: Cluster
    weighed: Mapping[str, Sequence[Weighed]]
    chosen: Mapping[str, Sequence[Choice]]


def fill(links: Links, cluster: Cluster) -> Told:
    """Return a cluster with what is chosen for its slots at first sight."""
    weights = links.weights
    weighed = weigh(links.proposals.of(cluster), weights)
    chosen = take(weighed, weights, _at_first_sight)
    return Told(cluster=cluster, weighed=weighed, chosen=chosen)


def _at_first_sight(weighed: Weighed) -> Decision:
    return Decision(probability=weighed.probability, confidence=weighed.probability, reasons=())


def merging_of(links: Links, one: Told, other: Told) -> Features:
    """Return the features of two filled clusters as one deal, in whichever order they are given."""
    first, second = sorted((one, other), key=lambda told: told.cluster.members)
    likely = [[links.between(i, j) for i in first.cluster.members] for j in second.cluster.members]
    return merging_features(links.scene, as_filled(first), as_filled(second), likely)


def as_filled(told: Told) -> Filled:
    """Return the keys of what was chosen, by slot."""
    keys = {slot: frozenset(c.candidate.key for c in choices) for slot, choices in told.chosen.items()}
    return Filled(cluster=told.cluster, keys=keys)


def with_second_look(links: Links, told: Sequence[Told]) -> list[Told]:
    """Return the deals of a text with what is chosen for their slots once all that could fill them is known."""
    again = look_again(links.scene, [t.weighed for t in told], links.weights)
    return [replace(t, chosen=chosen) for t, chosen in zip(told, again, strict=True)]


class _Pairs:
    """Pairs of filled clusters, each looked at once."""

    def __init__(self, links: Links) -> None:
        self._links = links
        self._odds: dict[tuple[tuple[int, ...], tuple[int, ...]], float] = {}
        self._fits: dict[tuple[tuple[int, ...], tuple[int, ...]], bool] = {}

    def likeliest(self, told: Sequence[Told]) -> tuple[int, int] | None:
        """Return the two that are likeliest one deal, if they are likely enough."""
        best: tuple[float, int, int] | None = None
        for i, one in enumerate(told):
            for j in range(i + 1, min(len(told), i + _WINDOW)):
                key = (one.cluster.members, told[j].cluster.members)
                if key not in self._odds:
                    self._look(key, one, told[j])
                if best is None or self._odds[key] > best[0]:
                    best = (self._odds[key], i, j)
        return best[1:] if best is not None and self._links.weights.accepts(MERGE, best[0]) else None

    def lone(self, told: Sequence[Told]) -> tuple[int, int] | None:
        """Return two that fit, one of which fits no other: what else could it speak of?"""
        fitting: dict[int, list[int]] = {}
        for i, one in enumerate(told):
            for j in range(i + 1, min(len(told), i + _WINDOW)):
                if self._fits[one.cluster.members, told[j].cluster.members]:
                    fitting.setdefault(i, []).append(j)
                    fitting.setdefault(j, []).append(i)
        found = [(min(i, *js), max(i, *js)) for i, js in sorted(fitting.items()) if len(js) == 1]
        return found[0] if found else None

    def _look(self, key: tuple[tuple[int, ...], tuple[int, ...]], one: Told, other: Told) -> None:
        self._odds[key], self._fits[key] = 0.0, False
        if any(self._links.between(i, j) == 0 for i in one.cluster.members for j in other.cluster.members):
            return
        features = merging_of(self._links, one, other)
        self._fits[key] = _fits(features, other)
        self._odds[key] = 1.0 if _is_plain(features) else self._links.weights.probability(MERGE, features)


def _fits(features: Features, later: Told) -> bool:
    """Say whether two clusters have the same weapon and buyer and no other figure, or the later only the same sides."""
    has_nothing = not later.cluster.nouns and not any(later.chosen.get(slot) for slot in _THINGS)
    same = _SAME_THING in features or (has_nothing and features.keys() >= _SAME_SIDES)
    return same and not _APART & features.keys()


def _is_plain(features: Features) -> bool:
    """Say whether two clusters are one deal beyond weighing.

    They have the same weapon and buyer and no other figure, and the same supplier or nothing that the earlier has not;
    or the later says in passing something of a paper of the same kind with the same state.
    """
    return any(same <= features.keys() for same in _TOGETHER) and not _APART & features.keys()


def merge_clusters(links: Links, clusters: Sequence[Cluster]) -> list[Told]:
    """Fill the slots of clusters and join those that are one deal, the likeliest two first.

    In the end those are joined that have the same weapon and buyer and no other figure, or of which the later has only
    the same sides, where no third fits as well.

    Returns:
        The deals in the order of their first frames.
    """
    told = [fill(links, cluster) for cluster in clusters]
    pairs = _Pairs(links)
    while pair := pairs.likeliest(told) or pairs.lone(told):
        joined = Cluster(links.scene, (m for n in pair for m in told[n].cluster.members))
        rest = [t for n, t in enumerate(told) if n not in pair]
        told = sorted([*rest, fill(links, joined)], key=lambda t: t.cluster.members)
    return told
