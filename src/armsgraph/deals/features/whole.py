"""Is this cluster of frames, with its slots filled, a deal that the text tells, and a deal of its own?"""

from __future__ import annotations

from collections.abc import Sequence
from math import log1p

from armsgraph.deals.features.merging import Filled
from armsgraph.deals.scene import DealScene
from armsgraph.lexicon.weights import Features

__all__ = ["deal_features"]

_TOP = 2
_ENOUGH = 3.0
_SUBSTANCE = ("weapon", "buyer", "supplier", "quantity", "value", "signedOn")


def deal_features(scene: DealScene, deal: Filled, deals: Sequence[Filled], relevance: Sequence[float]) -> Features:
    """Return the features of a filled cluster.

    Args:
        deals: All of the text, this one among them.
        relevance: How likely each frame of the scene speaks of a deal.
    """
    cluster = deal.cluster
    likely = [relevance[i] for i in cluster.members]
    flags = {
        **_frames(scene, deal),
        **_among(deal, deals),
        **{f"filled: {slot}": bool(deal.of(slot)) for slot in _SUBSTANCE},
    }
    found = {
        "always": 1.0,
        "frames": log1p(len(cluster.frames)),
        "likeliest frame": max(likely),
        "all frames": min(_ENOUGH, sum(likely)),
        "filled": float(sum(bool(deal.of(slot)) for slot in _SUBSTANCE)),
    }
    found |= {name: 1.0 for name, holds in flags.items() if holds}
    found |= {f"chosen status:{key}": 1.0 for key in deal.of("status")}
    for frame in cluster.frames:
        found[f"status:{frame.status.value if frame.status else 'none'}"] = 1.0
        found |= {f"trigger:{scene.rules[t].type}": 1.0 for t in frame.triggers}
    return found


def _frames(scene: DealScene, deal: Filled) -> dict[str, bool]:
    """What the rules read in the frames."""
    cluster = deal.cluster
    return {
        "has weapon": bool(cluster.weapons),
        "has noun": bool(cluster.nouns),
        "has buyer": bool(cluster.buyers),
        "has supplier": bool(cluster.suppliers),
        "has party": bool(cluster.parties),
        "has sum": any(s.sums for s in cluster.said),
        "has count": any(s.counts for s in cluster.said),
        "has date": any(s.years for s in cluster.said),
        "strong": any(not f.is_support for f in cluster.frames),
        "only lines": cluster.is_only_lines,
        "nothing said of its stage": all(f.status is None for f in cluster.frames),
        "headline": any(f.is_headline for f in cluster.frames),
        "only the headline": all(f.is_headline for f in cluster.frames),
        "at the top": any(f.sentence <= _TOP for f in cluster.frames),
        "another one": any(s.is_new for s in cluster.said),
        "nothing but the deal": all(f.is_definite for f in cluster.frames),
        "only adds": all("adds-only" in f.marks for f in cluster.frames),
        "nobody on either side": not (deal.of("buyer") or deal.of("supplier") or cluster.parties),
        "nothing changes hands": not (deal.of("weapon") or deal.of("quantity") or cluster.nouns),
    }


def _among(deal: Filled, deals: Sequence[Filled]) -> dict[str, bool]:
    """How it stands to the other deals of the text."""
    others = [d for d in deals if d is not deal]
    larger = [d for d in others if len(d.cluster.members) > len(deal.cluster.members)]
    facts = _facts(deal)
    alike = [d for d in others if d.of("weapon") & deal.of("weapon") and d.of("buyer") & deal.of("buyer")]
    return {
        "the only deal": not others,
        "weapon of another deal": any(d.of("weapon") & deal.of("weapon") for d in others),
        "weapon of a larger deal": any(d.of("weapon") & deal.of("weapon") for d in larger),
        "weapon and buyer of another deal": bool(alike),
        "sum of another deal": any(d.of("value") & deal.of("value") for d in others),
        "count of another deal": any(d.of("quantity") & deal.of("quantity") for d in others),
        "nothing that another deal has not": any(facts <= _facts(d) for d in others),
        "no figure of its own": bool(alike) and not any(deal.of(s) for s in ("quantity", "value", "signedOn")),
    }


def _facts(deal: Filled) -> frozenset[tuple[str, str]]:
    return frozenset((slot, key) for slot in _SUBSTANCE for key in deal.of(slot))
