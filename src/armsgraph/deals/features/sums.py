"""Is this sum the value of this deal?"""

from __future__ import annotations

from armsgraph.deals.features.context import common, nearness, setting
from armsgraph.deals.figures import is_same_sum
from armsgraph.deals.scene import Cluster, DealScene
from armsgraph.lexicon.weights import Features
from armsgraph.model import Money

__all__ = ["sum_features"]


def sum_features(scene: DealScene, cluster: Cluster, money: Money, sentence: int) -> Features:
    """Return the features of a sum as the value of a deal."""
    found = common(cluster) | nearness(scene, cluster, sentence) | setting(scene, cluster, sentence, money.span)
    mine = any(money in f.money for f in cluster.frames)
    others = [m for f in cluster.frames for m in f.money if m is not money]
    apart = cluster.distance(sentence)
    as_near = [m for m in scene.values.money if cluster.distance(scene.sentence_at(m.span.start)) <= apart]
    flags = {
        "rule says so": mine,
        "rule says so of another frame": money in scene.sums_read and not mine,
        "restates": money.restates,
        "the only sum": len(scene.values.money) == 1,
        "said again": any(is_same_sum(money, o) for o in others),
        "the deal has a sum": bool(others) and not mine,
        "the largest": all(money.amount >= m.amount for m in scene.values.money if m.currency == money.currency),
        "the first as near": money.span.start == min((m.span.start for m in as_near), default=-1),
    }
    found |= {name: 1.0 for name, holds in flags.items() if holds}
    found[f"hedge:{money.hedge.value}"] = 1.0
    return found
