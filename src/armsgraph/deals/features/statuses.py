"""Is this how far the deal has come?"""

from __future__ import annotations

from math import log1p

from armsgraph.deals.scene import Cluster, DealScene
from armsgraph.deals.stages import RANK
from armsgraph.lexicon.weights import Features
from armsgraph.model import DealStatus, Modality

__all__ = ["STATUSES", "group_of", "status_features"]

# Ordered, in production and signed are one answer to "is there a contract?"; completed and delivered another.
_GROUPS = {
    DealStatus.ORDERED: DealStatus.SIGNED,
    DealStatus.IN_PRODUCTION: DealStatus.SIGNED,
    DealStatus.COMPLETED: DealStatus.DELIVERED,
}
STATUSES = (
    DealStatus.PROPOSED,
    DealStatus.NEGOTIATING,
    DealStatus.APPROVED,
    DealStatus.SIGNED,
    DealStatus.DELIVERED,
    DealStatus.DELAYED,
    DealStatus.CANCELLED,
)


def group_of(status: DealStatus) -> DealStatus:
    """Return the status of STATUSES that stands for this one."""
    return _GROUPS.get(status, status)


def status_features(scene: DealScene, cluster: Cluster, status: DealStatus) -> Features:
    """Return the features of a status (one of STATUSES) as that of a deal."""
    name = status.value
    found = {"always": 1.0, name: 1.0}
    said = [f for f in cluster.frames if f.status is not None]
    mine = [f for f in said if f.status is not None and group_of(f.status) is status]
    others = {group_of(f.status) for f in said if f.status is not None} - {status}
    latest = max(said, key=lambda f: RANK[f.status] if f.status is not None else -1, default=None)
    flags = {
        "said": bool(mine),
        "asserted": any(f.evidence.modality is Modality.ASSERTED for f in mine),
        "said by a strong frame": any(not f.is_support for f in mine),
        "said in the headline": any(f.is_headline for f in mine),
        "said first": cluster.frames[0] in mine,
        "said last": cluster.frames[-1] in mine,
        "the latest said": latest in mine,
        "the only one said": bool(mine) and not others,
        "nothing said": not said,
        "there is a day of signing": any(f.signed_on for f in cluster.frames),
        "paper": cluster.is_paper,
    }
    for flag, holds in flags.items():
        if holds:
            found[flag] = found[f"{name}: {flag}"] = 1.0
    found |= {f"{name} beside {other.value}": 1.0 for other in others}
    found |= {f"{name}: trigger {scene.rules[t].type}": 1.0 for f in cluster.frames for t in f.triggers}
    found["times said"] = log1p(len(mine))
    return found
