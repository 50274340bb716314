"""Does this frame speak of a deal?"""

from __future__ import annotations

from collections.abc import Iterator
from math import log1p

from armsgraph.deals.scene import DealScene
from armsgraph.deals.sides import PAPERS
from armsgraph.lexicon.weights import Features
from armsgraph.model import EntityType, Frame

__all__ = ["frame_features"]

_MANY = 3.0
_BARE = frozenset({"bare", "line"})
_OBJECTS = frozenset({"dobj", "nsubjpass"})
_VERBS = frozenset({"AUX", "VERB"})


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
    plain = scene.told_plainly
    flags |= {
        "told plainly": i in plain,
        "another is told plainly": len(plain) > (i in plain),
        "none is told plainly": not plain,
    }
    found |= {name: 1.0 for name, holds in flags.items() if holds}
    found |= dict.fromkeys(_grammar(scene, frame), 1.0)
    found[f"status:{frame.status.value if frame.status else 'none'}"] = 1.0
    found[f"modality:{frame.evidence.modality.value}"] = 1.0
    return found


def _grammar(scene: DealScene, frame: Frame) -> Iterator[str]:
    """Yield what the verb of the frame takes and who does it; where no word is a trigger, that of the verb above."""
    tree = scene.tree
    start = tree.token_at(frame.evidence.span.start)
    if start is None:
        return
    verb = start.i
    if frame.triggers[0] in _BARE:
        above = [start.i, *(parent for parent, _ in tree.ancestors(start.i))]
        verb = next((i for i in above if tree.tokens[i].pos in _VERBS), -1)
        if verb < 0:
            return
        yield f"tag above:{tree.tokens[verb].tag}"
    if tree.tokens[verb].pos not in _VERBS:
        return
    taken = [c for c in tree.children[verb] if tree.tokens[c].dep in _OBJECTS]
    for c in taken:
        yield f"takes {_kind_of(scene, c)}"
    subject = next((c for c in tree.children[verb] if tree.tokens[c].dep == "nsubj"), None)
    if subject is not None:
        yield f"subject {_kind_of(scene, subject)}"
    if not taken:
        yield "takes nothing"


def _kind_of(scene: DealScene, i: int) -> str:
    """Return what a noun is to a deal."""
    tree, lexicon = scene.tree, scene.lexicon
    mentions = tree.mentions_at.get(i)
    token = tree.tokens[i]
    lemma = token.lemma.lower()
    if mentions:
        return mentions[0].type.value
    if token.pos == "PRON":
        return "pronoun"
    if lemma in lexicon.class_nouns:
        return "thing"
    if lemma in lexicon.nouns:
        return "trigger"
    if token.pos in {"NUM", "SYM"}:
        return "figure"
    return "something else" if token.pos in {"NOUN", "PROPN"} else "other"
