"""Are two clusters, each with its slots filled, one deal?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

from armsgraph.deals.figures import is_slip, is_told_otherwise
from armsgraph.deals.scene import Cluster, DealScene
from armsgraph.deals.sides import PAPERS, state_of
from armsgraph.deals.stages import RANK
from armsgraph.lexicon.weights import Features
from armsgraph.model import DealKind, DealStatus

__all__ = ["Filled", "merging_features"]

_SURE = 0.02
_NEXT = 1
_NEAR = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A cluster and what was chosen for its slots: the keys of the values, by slot."""

    cluster: Cluster
    keys: Mapping[str, frozenset[str]]

    def of(self, slot: str) -> frozenset[str]:
        """Return what was chosen for a slot."""
        return self.keys.get(slot, frozenset())


def merging_features(scene: DealScene, one: Filled, other: Filled, likely: Sequence[Sequence[float]]) -> Features:
    """Return the features of two clusters as one deal, `one` the earlier.

    Args:
        likely: How likely each frame of the other (rows) and each of the one (columns) speak of one deal.
    """
    best = [max(row) for row in likely]
    every = [p for row in likely for p in row]
    found = {
        "always": 1.0,
        "mean of the frames": _logit(sum(best) / len(best)),
        "likeliest frames": _logit(max(best)),
        "mean of all pairs": _logit(sum(every) / len(every)),
        "first with first": _logit(likely[0][0]),
        "frames of the earlier": log(len(one.cluster.members)),
        "frames of the later": log(len(other.cluster.members)),
    }
    flags: dict[str, bool] = {}
    for slot in ("weapon", "buyer", "supplier", "signedOn"):
        flags |= _compare(slot, one.of(slot), other.of(slot))
    flags |= _compare("value", *_comparable(one.of("value"), other.of("value")))
    flags |= _compare("quantity", *_with_rivals(one.of("quantity"), other.of("quantity")))
    flags |= _compare("noun", one.cluster.nouns, other.cluster.nouns)
    flags |= _compare("buyer's state", _states(scene, one), _states(scene, other))
    flags |= _standing(one, other)
    flags |= _telling(scene, one.cluster, other.cluster)
    first, second = _latest(one), _latest(other)
    flags |= {
        "same stage": first == second,
        "later stage": second > first,
        "same weapon, same buyer": bool(one.of("weapon") & other.of("weapon"))
        and bool(_states(scene, one) & _states(scene, other)),
        "same weapon, same buyer, no other figure": bool(one.of("weapon") & other.of("weapon"))
        and bool(_states(scene, one) & _states(scene, other))
        and not _clash(one, other),
    }
    return found | {name: 1.0 for name, holds in flags.items() if holds}


def _compare(slot: str, mine: frozenset[str], theirs: frozenset[str]) -> dict[str, bool]:
    return {
        f"same {slot}": bool(mine & theirs),
        f"equal {slot}": bool(mine) and mine == theirs,
        f"another {slot}": bool(mine and theirs) and not mine & theirs,
        f"only the earlier has a {slot}": bool(mine) and not theirs,
        f"only the later has a {slot}": bool(theirs) and not mine,
    }


def _with_rivals(mine: frozenset[str], theirs: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return two sets of counts, those of the first in both that are another reading of one of the second."""
    shared = {m for m in mine if any(is_told_otherwise(m, t) or is_slip(m, t) for t in theirs)}
    return mine, theirs | shared


def _comparable(mine: frozenset[str], theirs: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return two sets of sums, without those in currencies that the other has not: they neither agree nor clash."""
    if not mine or not theirs:
        return mine, theirs
    shared = {m.split()[-1] for m in mine} & {t.split()[-1] for t in theirs}
    return frozenset(m for m in mine if m.split()[-1] in shared), frozenset(
        t for t in theirs if t.split()[-1] in shared
    )


def _clash(one: Filled, other: Filled) -> bool:
    pairs = [_with_rivals(one.of("quantity"), other.of("quantity"))]
    pairs += [_comparable(one.of("value"), other.of("value")), (one.of("signedOn"), other.of("signedOn"))]
    return any(mine and theirs and not mine & theirs for mine, theirs in pairs)


def _states(scene: DealScene, filled: Filled) -> frozenset[str]:
    return frozenset(state_of(i, scene.entities) or i for i in filled.of("buyer"))


def _standing(one: Filled, other: Filled) -> dict[str, bool]:
    """How the clusters lie in the text, and whether the later has anything of its own."""
    mine, theirs = one.cluster, other.cluster
    apart = min(theirs.distance(s) for s in mine.sentences)
    facts = {(slot, key) for slot, keys in one.keys.items() for key in keys}
    return {
        "same sentence": apart == 0,
        "next sentence": apart == _NEXT,
        "near": _NEXT < apart <= _NEAR,
        "far": apart > _NEAR,
        "same paragraph": bool(mine.paragraphs & theirs.paragraphs),
        "from the headline": any(f.is_headline for f in mine.frames),
        "the later is another one": any(s.is_new for s in theirs.said),
        "the later points back": all(
            f.is_definite or s.is_definite for f, s in zip(theirs.frames, theirs.said, strict=True)
        ),
        "the later is support": all(f.is_support for f in theirs.frames),
        "the earlier is support": all(f.is_support for f in mine.frames),
        "nothing new": all(
            (slot, key) in facts for slot, keys in other.keys.items() if slot != "status" for key in keys
        ),
        "another kind of paper": mine.is_paper != theirs.is_paper,
        "both papers": mine.is_paper and theirs.is_paper,
        "same kind of paper": bool(_paper_kinds(mine) & _paper_kinds(theirs)),
    }


def _telling(scene: DealScene, mine: Cluster, theirs: Cluster) -> dict[str, bool]:
    """What the sentences of the two name, whether or not the rules read it as part of a deal."""
    first = scene.telling(min(theirs.sentences))
    parties, more_parties = mine.named_parties, theirs.named_parties
    states, more_states = mine.named_states, theirs.named_states
    weapons, more_weapons = mine.named_weapons, theirs.named_weapons
    start, end = mine.members[0], theirs.members[0]
    between = [i for i in range(start, end) if i not in mine.members and i not in theirs.members]
    own_buyer = bool(theirs.buyer_states)
    return {
        "the later is only lines": theirs.is_only_lines,
        "the earlier is only lines": mine.is_only_lines,
        "both are only lines": mine.is_only_lines and theirs.is_only_lines,
        "the later takes up": first.takes_up,
        "the later turns": first.turns,
        "the later recalls": first.recalls,
        "no rule reads a buyer of the later": not own_buyer,
        "no rule reads a buyer of the later, nor a weapon": not own_buyer and not theirs.weapons,
        "rules read the same buyer": bool(mine.buyer_states & theirs.buyer_states),
        "names no party": not more_parties,
        "names a party of the earlier": bool(parties & more_parties),
        "names new parties alone": bool(more_parties) and not parties & more_parties,
        "names new states alone": bool(more_states - states) and not more_states & states,
        "names a weapon of the earlier": bool(weapons & more_weapons),
        "names another weapon alone": bool(more_weapons) and bool(weapons) and not weapons & more_weapons,
        "no frame between": not between,
        "one weapon in the text": len(scene.weapons) <= 1,
        "one buyer in the text": len(scene.buyer_states) == 1,
        "the first deal": mine.members[0] == 0,
        "the later is a delivery": all(f.status is DealStatus.DELIVERED for f in theirs.frames),
        "nothing said of the later's stage": all(f.status is None for f in theirs.frames),
    }


def _paper_kinds(cluster: Cluster) -> frozenset[DealKind]:
    return frozenset(f.kind for f in cluster.frames if f.kind in PAPERS)


def _latest(filled: Filled) -> int:
    return max((RANK[DealStatus(key)] for key in filled.of("status")), default=0)


def _logit(p: float) -> float:
    bounded = min(max(p, _SURE), 1 - _SURE)
    return log(bounded / (1 - bounded))
