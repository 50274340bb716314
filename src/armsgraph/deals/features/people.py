"""Did this person sign, and was it signed or made at this place?"""

from __future__ import annotations

from armsgraph.deals.features.context import case_of, common, nearness, setting
from armsgraph.deals.scene import Cluster, DealScene, Named
from armsgraph.lexicon.weights import Features
from armsgraph.model import Role

__all__ = ["LISTED", "person_features", "place_features"]

LISTED = "in the list of places of work"
_DATELINE = 15
_LISTS = "lists-places"


def person_features(scene: DealScene, cluster: Cluster, entity_id: str, named: Named) -> Features:
    """Return the features of a person as signatory; `named` is the mention nearest to the deal."""
    found = _features(scene, cluster, entity_id, named)
    if any(t.person_id == entity_id for t in scene.tenures):
        found["holds an office"] = 1.0
    return found


def place_features(scene: DealScene, cluster: Cluster, entity_id: str, named: Named) -> Features:
    """Return the features of a place as the one of signing or of making."""
    found = _features(scene, cluster, entity_id, named)
    if named.mention.span.start < _DATELINE:
        found["dateline"] = 1.0
    if _is_listed(scene, cluster, entity_id):
        found[LISTED] = 1.0
    return found


def _is_listed(scene: DealScene, cluster: Cluster, entity_id: str) -> bool:
    """Say whether a place stands behind "work will be performed in", which leaves little doubt."""
    rules = (a.evidence.rule.split(".") for f in cluster.speaking for a in f.arguments if a.entity_id == entity_id)
    return any(len(r) > 1 and r[1] in scene.rules and _LISTS in scene.rules[r[1]].marks for r in rules)


def _features(scene: DealScene, cluster: Cluster, entity_id: str, named: Named) -> dict[str, float]:
    found = common(cluster) | nearness(scene, cluster, named.sentence)
    found |= setting(scene, cluster, named.sentence, named.mention.span)
    for role in (Role.SIGNATORY, Role.SIGNED_AT, Role.PRODUCED_AT):
        if any(a.entity_id == entity_id and a.role is role for f in cluster.speaking for a in f.arguments):
            found[f"rule: {role.value}"] = 1.0
        elif any(a.entity_id == entity_id and a.role is role for f in scene.frames for a in f.arguments):
            found[f"rule elsewhere: {role.value}"] = 1.0
    found[f"case:{case_of(scene, named.mention)}"] = 1.0
    sentence = scene.parse.sentences[named.sentence]
    words = {t.lemma.lower() for t in scene.tree.tokens[sentence.first : sentence.last]}
    for name in ("signing", "onlooker", "making"):
        if words & scene.lexicon.words[f"{name}_words"]:
            found[f"{name} in the sentence"] = 1.0
    return found
