"""Frames gathered into clusters: one cluster, one deal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from armsgraph.deals.candidates import Proposals
from armsgraph.deals.features import frame_features, pair_features
from armsgraph.deals.scene import Cluster, DealScene
from armsgraph.deals.vetoes import veto_between
from armsgraph.lexicon.weights import DealWeights
from armsgraph.model import DealStatus

__all__ = ["FRAME", "PAIR", "Links", "gather_frames", "score_frames"]

FRAME = "frame"
PAIR = "same deal"
# Frames this far apart are not held against each other: the work stays linear in the length of the text.
_BLOCK = 80
_SURELY = 0.8
_STATE = "state"


def score_frames(scene: DealScene, weights: DealWeights) -> tuple[float, ...]:
    """Return how likely each frame speaks of a deal."""
    return tuple(weights.probability(FRAME, frame_features(scene, i)) for i in range(len(scene.frames)))


class Links:
    """How likely two frames of a scene speak of one deal, worked out once a pair.

    Attributes:
        proposals: What could fill the slots of clusters of the scene.
    """

    def __init__(self, scene: DealScene, weights: DealWeights, proposals: Proposals | None = None) -> None:
        self.scene = scene
        self.weights = weights
        self.proposals = Proposals(scene) if proposals is None else proposals
        self._known: dict[tuple[int, int], float] = {}

    def between(self, i: int, j: int) -> float:
        """Return how likely frames `i` and `j` speak of one deal, in either order; 0 where a veto holds."""
        pair = (min(i, j), max(i, j))
        if pair not in self._known:
            is_barred = veto_between(self.scene, *pair) is not None
            self._known[pair] = 0.0 if is_barred else self.weights.probability(PAIR, pair_features(self.scene, *pair))
        return self._known[pair]


def gather_frames(links: Links, relevance: Sequence[float]) -> tuple[Cluster, ...]:
    """Gather the frames that speak of deals, the likeliest pairs first (average linkage).

    Args:
        relevance: Of each frame, as `score_frames` returns it.

    Returns:
        The clusters in the order of their first frames.
    """
    scene, weights = links.scene, links.weights
    relevant = [i for i in range(len(scene.frames)) if weights.accepts(FRAME, relevance[i]) or i in scene.told_plainly]
    relevant = sorted({*relevant, *_pointing_back(links, relevant)})
    blocks = [relevant[i : i + _BLOCK] for i in range(0, len(relevant), _BLOCK)]
    groups = [group for block in blocks for group in _join(links, block)]
    return tuple(Cluster(scene, group) for group in sorted(groups))


def _pointing_back(links: Links, relevant: Sequence[int]) -> Iterator[int]:
    """Yield frames that as good as surely mean one of the frames before.

    They say a sum or a count of "the contract", or what has become of things ("that one died of sanctions").
    """
    for i, frame in enumerate(links.scene.frames):
        said = links.scene.said[i]
        is_fate = frame.triggers == (_STATE,) or (frame.is_support and frame.status is DealStatus.DELAYED)
        if (is_fate and frame.status is not None) or (frame.is_definite and (said.sums or said.counts)):
            before = [j for j in relevant if i - _BLOCK < j < i]
            if any(links.between(i, j) >= _SURELY for j in before):
                yield i


def _join(links: Links, frames: Sequence[int]) -> list[tuple[int, ...]]:
    groups: dict[int, tuple[int, ...]] = {i: (i,) for i in frames}
    means = {(i, j): links.between(i, j) for i, j in combinations(frames, 2)}
    while means:
        (i, j), best = max(means.items(), key=lambda item: (item[1], -item[0][0], -item[0][1]))
        if not links.weights.accepts(PAIR, best):
            break
        one, other = groups[i], groups.pop(j)
        for k in groups:
            if k == i:
                continue
            mine, theirs = means[min(i, k), max(i, k)], means.pop((min(j, k), max(j, k)))
            # the mean over all pairs of the joined group, from the means of its two halves; a veto holds for both
            mean = (mine * len(one) + theirs * len(other)) / (len(one) + len(other))
            means[min(i, k), max(i, k)] = mean if min(mine, theirs) > 0 else 0.0
        del means[i, j]
        groups[i] = tuple(sorted(one + other))
    return list(groups.values())
