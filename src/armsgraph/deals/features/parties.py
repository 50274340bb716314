"""Is this state, firm, force or body the buyer, or the supplier, of this deal?"""

from __future__ import annotations

from math import log1p

from armsgraph.deals.features.context import case_of
from armsgraph.deals.scene import Cluster, DealScene, Named
from armsgraph.deals.sides import state_of
from armsgraph.lexicon.weights import Features
from armsgraph.model import DealKind, DealStatus, EntityType, MentionForm, Role

__all__ = ["BUYS_OUTRIGHT", "party_features", "standing_features"]

# A firm that orders or buys counted or named arms, as the subject of the verb.
BUYS_OUTRIGHT = "Firm: buys outright"

_NEAR = 3
_FAR = 99
_NO_ROLES: frozenset[Role] = frozenset()


def standing_features(scene: DealScene, cluster: Cluster, entity_id: str) -> Features:
    """Return the features of an entity beside a deal that hold for either side: where and how it is named, its origin.

    Features that begin with a type ("State: ...") hold for that type alone: what makes a firm a supplier does not
    make a state one.
    """
    kind = scene.entities[entity_id].type.value
    found = {"always": 1.0, kind: 1.0}
    for plain, typed in (_nearness(scene, cluster, entity_id), _origin(scene, cluster, entity_id)):
        found |= _named(kind, plain, typed)
    whole = {"gift": any(f.kind is DealKind.DONATION for f in cluster.frames)}
    found |= _named(kind, whole, {"paper": cluster.is_paper})
    found |= _grammar(scene, cluster, entity_id)
    found["often named"] = log1p(len(scene.nouns[entity_id]))
    return found


def party_features(scene: DealScene, cluster: Cluster, entity_id: str, standing: Features, *, buys: bool) -> Features:
    """Return the features of an entity as buyer (`buys`) or supplier of a deal.

    Args:
        standing: Those of `standing_features`, which are the same for both sides.
    """
    kind = scene.entities[entity_id].type.value
    found = dict(standing)
    for plain, typed in (
        _rules(scene, cluster, entity_id, buys=buys),
        _rivals(scene, cluster, entity_id, buys=buys),
    ):
        found |= _named(kind, plain, typed)
    if _buys_outright(scene, cluster, entity_id):
        found[BUYS_OUTRIGHT] = 1.0
    return found


def _buys_outright(scene: DealScene, cluster: Cluster, entity_id: str) -> bool:
    """Say whether a firm is read as the subject of a verb of buying with arms for its object, and never supplies."""
    if scene.entities[entity_id].type is not EntityType.FIRM or entity_id in cluster.times_supplied:
        return False
    if Role.BUYER not in cluster.roles.get(entity_id, frozenset()):
        return False
    buying = (r.id for r in scene.rules.values() if r.is_verb and r.type == "buy" and r.status is DealStatus.ORDERED)
    subjects = {f"trigger.{rule}.subject" for rule in buying}
    return any(
        a.entity_id == entity_id and a.role is Role.BUYER and a.evidence.rule in subjects
        for frame in cluster.frames
        if any(i.weapon_id is not None or i.number is not None for i in frame.items)
        for a in frame.arguments
    )


def _named(kind: str, plain: dict[str, bool], typed: dict[str, bool]) -> dict[str, float]:
    """Return the flags that hold; those of `typed` for all types and for this one."""
    found = {name: 1.0 for name, holds in plain.items() if holds}
    for name, holds in typed.items():
        if holds:
            found[name] = found[f"{kind}: {name}"] = 1.0
    return found


def _rules(
    scene: DealScene, cluster: Cluster, entity_id: str, *, buys: bool
) -> tuple[dict[str, bool], dict[str, bool]]:
    """What the rules say of the entity, in this deal and in the rest of the text."""
    bought, supplied = cluster.times_bought.get(entity_id, 0), cluster.times_supplied.get(entity_id, 0)
    mine, other = (bought, supplied) if buys else (supplied, bought)
    roles = cluster.roles.get(entity_id, _NO_ROLES)
    everywhere = scene.times_bought.get(entity_id, 0), scene.times_supplied.get(entity_id, 0)
    most = scene.most_bought, scene.most_supplied
    so, otherwise = everywhere if buys else everywhere[::-1]
    most_so, most_otherwise = most if buys else most[::-1]
    plain = {
        "rule says so": bool(mine),
        "rule says so twice": mine > 1,
        "rule says the other side": bool(other),
        "rule says the other side more": other > mine,
        "so elsewhere": so > mine,
        "the other side elsewhere": otherwise > other,
        "so more often in the text": so > otherwise,
        "the other side more often in the text": otherwise > so,
        "most often so": bool(most_so) and 2 * so >= most_so,
        "most often the other side": bool(most_otherwise) and 2 * otherwise >= most_otherwise,
        "rule: approver": Role.APPROVER in roles,
        "rule: maker": Role.MAKER in roles,
    }
    return plain, {"rule: party": Role.PARTY in roles or Role.COUNTERPART in roles}


def _nearness(scene: DealScene, cluster: Cluster, entity_id: str) -> tuple[dict[str, bool], dict[str, bool]]:
    """Where the entity is named."""
    named = scene.nouns[entity_id]
    # whom a rule reads from elsewhere (a heading, a sentence on several deals) is as good as named here
    is_read = entity_id in cluster.roles
    apart = 0 if is_read else min((cluster.distance(n.sentence) for n in named), default=_FAR)
    first = min(cluster.sentences)
    before = max((n.sentence for n in named if n.sentence <= first), default=-_FAR)
    peers = scene.of_type(scene.entities[entity_id].type)
    here = [p for p in peers if cluster.sentences & scene.sentences_of[p]] if apart == 0 else []
    plain = {
        "same sentence": apart == 0,
        "next sentence": apart == 1,
        "near": 1 < apart <= _NEAR,
        "far": apart > _NEAR,
        "just before": apart > 0 and first - before <= 1,
        "its adjective in the sentence": any(
            n.is_adjective and n.sentence in cluster.sentences for n in scene.named[entity_id]
        ),
        "same paragraph": any(scene.paragraph(n.sentence) in cluster.paragraphs for n in named),
        "in the headline": any(scene.paragraph(n.sentence) == 0 for n in named),
        "in the heading above": _in_heading(scene, cluster, named),
        "called by a noun": any(n.mention.form is not MentionForm.NAME for n in named),
        "said of several deals": apart > 0
        and any(n.sentence in scene.sentences_of_several and n.sentence < first for n in named),
    }
    typed = {
        "next sentence": apart == 1,
        "far": apart > _NEAR,
        "only lines": cluster.is_only_lines,
        "only lines, in the heading above": cluster.is_only_lines and plain["in the heading above"],
        "only lines, not in the sentence": cluster.is_only_lines and apart > 0,
        "not in the sentence": apart > 0,
        "the only one": len(peers) == 1,
        "most often named": len(scene.named[entity_id]) == max(len(scene.named[p]) for p in peers),
        "the only one in the sentence": apart == 0 and len(here) == 1,
    }
    return plain, typed


def _in_heading(scene: DealScene, cluster: Cluster, named: list[Named]) -> bool:
    """Say whether the paragraph right above is one sentence that names the entity, as a heading does."""
    above = min(cluster.paragraphs) - 1
    return above > 0 and any(n.sentence == scene.lone_sentences.get(above) for n in named)


def _rivals(
    scene: DealScene, cluster: Cluster, entity_id: str, *, buys: bool
) -> tuple[dict[str, bool], dict[str, bool]]:
    """Who else has the role, or the other one, by the rules."""
    mine, others = (cluster.buyers, cluster.suppliers) if buys else (cluster.suppliers, cluster.buyers)
    mine, others = mine - {entity_id} - cluster.row_of(entity_id), others - {entity_id}
    state = state_of(entity_id, scene.entities)
    kind = scene.entities[entity_id].type
    my_states = {state_of(i, scene.entities) for i in mine} - {None}
    their_states = {state_of(i, scene.entities) for i in others} - {None}
    plain = {
        "another has the role": bool(mine),
        "another of its type has the role": any(scene.entities[i].type is kind for i in mine),
        "no one of its state has the role": bool(mine) and state not in my_states,
        "the other side is open": not others,
    }
    typed = {
        "one of its state has the role": bool(mine) and state in my_states,
        "no one has the role": not mine,
        "the other side is of its state": bool(others) and state in their_states,
        "the other side is of another state": bool(others) and state not in their_states,
    }
    return plain, typed


def _origin(scene: DealScene, cluster: Cluster, entity_id: str) -> tuple[dict[str, bool], dict[str, bool]]:
    """Whether the weapon comes from the entity's state."""
    known = bool(cluster.weapon_states)
    own = known and state_of(entity_id, scene.entities) in cluster.weapon_states
    is_firm = scene.entities[entity_id].type is EntityType.FIRM
    makers = {scene.makers[w] for w in cluster.weapons if w in scene.makers}
    plain = {
        "makes the weapon": is_firm and entity_id in makers,
        "another firm makes the weapon": is_firm and bool(makers) and entity_id not in makers,
    }
    return plain, {"the weapon is of its state": own, "the weapon is of another state": known and not own}


def _grammar(scene: DealScene, cluster: Cluster, entity_id: str) -> dict[str, float]:
    """The cases in which the entity stands beside each trigger, and on which side of it."""
    found: dict[str, float] = {}
    for frame in cluster.frames:
        trigger = scene.rule_of(frame).type
        for named in scene.named[entity_id]:
            if named.sentence != frame.sentence or named.is_adjective:
                continue
            case = case_of(scene, named.mention)
            side = "before" if named.mention.span.start < frame.span.start else "behind"
            for name in (f"case:{case}", f"{trigger}:{case}", f"{side} the trigger", f"{side} {trigger}"):
                found[name] = 1.0
    return found
