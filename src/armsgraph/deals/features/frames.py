"""Does this frame speak of a deal?"""

from __future__ import annotations

from math import log1p

from armsgraph.deals.scene import DealScene
from armsgraph.deals.sides import PAPERS
from armsgraph.lexicon.weights import Features
from armsgraph.model import EntityType

__all__ = ["frame_features"]

_MANY = 3.0


def frame_features(scene: DealScene, i: int) -> Features:
    """Return the features of frame `i`: its triggers, what it has, its status, and what its sentence names."""
    frame, said = scene.frames[i], scene.said[i]
    rules = [scene.rules[t] for t in frame.triggers]
    found = {"always": 1.0, f"top:{rules[0].type}": 1.0, "far into the text": min(_MANY, log1p(frame.paragraph))}
    found |= {f"trigger:{rule.id}": 1.0 for rule in rules}
    has = {
        "weapon": said.weapons,
        "noun": said.nouns,
        "count": said.counts,
        "sum": said.sums,
        "buyer": said.buyers,
        "supplier": said.suppliers,
        "party": said.parties,
        "date": said.years,
    }
    found |= {f"has {name}": 1.0 for name, values in has.items() if values}
    found["filled"] = float(sum(bool(v) for v in has.values()))
    kinds = {m.type for m in scene.tree.mentions_by_sentence.get(frame.sentence, ())}
    found |= {f"sentence names {kind.value}": 1.0 for kind in kinds}
    near = [abs(n.sentence - frame.sentence) for w in scene.weapons for n in scene.named[w]]
    flags = {
        "has a verb": any(r.is_verb for r in rules),
        "several triggers": len(rules) > 1,
        "weapon and buyer": bool(said.weapons and said.buyers),
        "weapon and count": bool(said.weapons and said.counts),
        "buyer and supplier": bool(said.buyers and said.suppliers),
        "a narrow noun": bool(said.nouns) and not said.is_generic,
        "support": frame.is_support,
        "headline": frame.is_headline,
        "the deal": frame.is_definite,
        "paper": frame.kind in PAPERS,
        "sentence has a sum": bool(scene.tree.money_by_sentence.get(frame.sentence)),
        "sentence names weapon and party": EntityType.WEAPON in kinds
        and bool(kinds & {EntityType.STATE, EntityType.FIRM}),
        "weapon near": bool(near) and min(near) <= 1,
        "weapon in the text": bool(near),
    }
    found |= {name: 1.0 for name, holds in flags.items() if holds}
    found[f"status:{frame.status.value if frame.status else 'none'}"] = 1.0
    found[f"modality:{frame.evidence.modality.value}"] = 1.0
    return found
