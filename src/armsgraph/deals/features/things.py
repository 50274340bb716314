"""Is this weapon a thing of this deal, and is this number its quantity?"""

from __future__ import annotations

from collections.abc import Iterator

from armsgraph.deals.features.context import case_of, common, nearness, setting
from armsgraph.deals.scene import Cluster, DealScene
from armsgraph.lexicon.weights import Features
from armsgraph.model import EntityType, Frame, FrameItem, Number

__all__ = ["count_features", "weapon_features"]

_NEAR = 3
_MANY = 1000
# How many other things with counts make a list.
_LIST = 2


def weapon_features(scene: DealScene, cluster: Cluster, entity_id: str) -> Features:
    """Return the features of a named weapon as a thing of a deal."""
    entity = scene.entities[entity_id]
    named = scene.named[entity_id]
    times = sum(entity_id in s.weapons for s in cluster.said)
    apart = min(cluster.distance(n.sentence) for n in named)
    ever = any(entity_id in s.weapons for s in scene.said)
    here = [w for w in scene.weapons if any(n.sentence in cluster.sentences for n in scene.named[w])]
    start = cluster.frames[0].span.start
    before = [(n.mention.span.start, w) for w in scene.weapons for n in scene.named[w] if n.mention.span.start <= start]
    last = bool(before) and max(before)[1] == entity_id
    words = {w for n in named for w in n.mention.text.lower().split()} | set((entity.kind or "").split())
    words |= {i.noun for f in cluster.frames for i in f.items if i.weapon_id == entity_id and i.noun}
    none = not cluster.weapons
    beside = cluster.listed_with(entity_id)
    flags = {
        "rule says so": times > 0,
        "rule says so twice": times > 1,
        "thing of another frame": ever and not times,
        "never a thing": not ever,
        "the deal has another": bool(cluster.weapons - beside - {entity_id}),
        "the deal has none": none,
        "same sentence": apart == 0,
        "next sentence": apart == 1,
        "near": 1 < apart <= _NEAR,
        "far": apart > _NEAR,
        "the only weapon": len(scene.weapons) == 1,
        "the only weapon, the deal has none": len(scene.weapons) == 1 and none,
        "the only one in the sentence": apart == 0 and len(here) == 1,
        "the only one in the sentence, the deal has none": apart == 0 and len(here) == 1 and none,
        "in the headline": any(scene.paragraph(n.sentence) == 0 for n in named),
        "most often named": len(named) == max(len(scene.named[w]) for w in scene.weapons),
        "named last before": last,
        "named last before, the deal has none": last and none,
        "the noun fits": bool(cluster.nouns & words),
        "the noun is another": bool(cluster.nouns) and bool(entity.kind) and not cluster.nouns & words,
        "no noun": not cluster.nouns,
        "paper": cluster.is_paper,
    }
    found = {"always": 1.0} | {name: 1.0 for name, holds in flags.items() if holds}
    for frame in cluster.frames:
        found |= {name: 1.0 for i in frame.items if i.weapon_id == entity_id for name in _beside(frame, i)}
        for n in named:
            if n.sentence == frame.sentence:
                case = case_of(scene, n.mention)
                found[f"case:{case}"] = found[f"{scene.rule_of(frame).type}:{case}"] = 1.0
    return found


def _beside(frame: Frame, item: FrameItem) -> Iterator[str]:
    """Yield how a thing stands among the other things of its frame: what is counted like the rest is one of a list."""
    others = [i for i in frame.items if (i.weapon_id or i.noun) != (item.weapon_id or item.noun)]
    counted = sum(i.number is not None for i in others)
    if others:
        mine = "counted" if item.number is not None else "not counted"
        yield f"{mine}, beside {'what is' if counted else 'what is not'}"
    if item.number is not None and counted >= _LIST:
        yield "one of a counted list"


def count_features(scene: DealScene, cluster: Cluster, number: Number, sentence: int) -> Features:
    """Return the features of a number as a quantity of a deal."""
    found = common(cluster) | nearness(scene, cluster, sentence) | setting(scene, cluster, sentence, number.span)
    holder = next(((i, f) for f in cluster.frames for i in f.items if i.number == number), None)
    if holder is not None:
        found |= _of_item(scene, *holder) | dict.fromkeys(_beside(holder[1], holder[0]), 1.0)
    else:
        found |= _of_text(scene, number)
    beside = {number, *cluster.counted_with(number)}
    others = [i.number for f in cluster.frames for i in f.items if i.number is not None and i.number not in beside]
    flags = {
        "there are others": bool(others),
        "said again": any(o.value == number.value for o in others),
        "smaller than another": any(number.value < o.value for o in others),
        "the largest": bool(others) and all(number.value > o.value for o in others),
        "the first": bool(others) and all(number.span.start < o.span.start for o in others),
        "one": number.value == 1,
        "thousands": number.value >= _MANY,
    }
    found |= {name: 1.0 for name, holds in flags.items() if holds}
    found[f"hedge:{number.hedge.value}"] = 1.0
    return found


def _of_item(scene: DealScene, item: FrameItem, frame: Frame) -> dict[str, float]:
    flags = {
        "rule says so": True,
        "of a weapon": item.weapon_id is not None,
        "of a part": item.is_partial,
        "of a definite thing": item.is_definite,
        "of another one": bool(item.marker),
        "of a generic thing": item.is_generic,
        "of a support frame": frame.is_support,
    }
    found = {name: 1.0 for name, holds in flags.items() if holds}
    found[f"rule status:{frame.status.value if frame.status else 'none'}"] = 1.0
    found[f"rule trigger:{scene.rule_of(frame).type}"] = 1.0
    return found


def _of_text(scene: DealScene, number: Number) -> dict[str, float]:
    inside = scene.tree.tokens_in(number.span)
    head = scene.tree.tokens[scene.tree.tokens[inside[-1].i].head] if inside else None
    flags = {
        "of a class noun": head is not None and head.lemma.lower() in scene.lexicon.class_nouns,
        "of a named weapon": head is not None
        and any(m.type is EntityType.WEAPON for m in scene.tree.mentions_at.get(head.i, ())),
    }
    return {name: 1.0 for name, holds in flags.items() if holds}
