"""One deal, one node: frames of several sentences are gathered into deals, and their slots are filled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from armsgraph.deals.build import build_deal
from armsgraph.deals.choosing import Choice
from armsgraph.deals.features import Filled, deal_features
from armsgraph.deals.gathering import Links, gather_frames, score_frames
from armsgraph.deals.merging import as_filled, merge_clusters, with_second_look
from armsgraph.deals.parts import with_wholes
from armsgraph.deals.scene import Cluster, DealScene
from armsgraph.deals.sides import PAPERS
from armsgraph.lexicon.deals import DealLexicon
from armsgraph.lexicon.gazetteer import Gazetteer
from armsgraph.lexicon.weights import DealWeights
from armsgraph.model import Deal, DealKind, Document, EntitySet, Frame, Parse, Values

__all__ = ["DEAL", "assemble_deals", "tell_deals"]

DEAL = "deal"
_SIDES = ("buyer", "supplier")
_THINGS = ("weapon", "quantity")
# A deal without a side, a thing or a word for it is told if it is likelier than others and tells two of these.
_SURELY = 0.65
_CONCRETE = ("buyer", "supplier", "weapon", "quantity", "value", "signedOn", "signatory", "signedAt")
_ENOUGH = 2


def assemble_deals(
    document: Document,
    values: Values,
    parse: Parse,
    entities: EntitySet,
    frames: Sequence[Frame],
    lexicon: DealLexicon,
    gazetteer: Gazetteer,
    weights: DealWeights,
) -> tuple[Deal, ...]:
    """Gather frames into deals and fill their slots.

    The rules propose and fitted weights decide: whether a frame speaks of a deal, whether two speak of the same one,
    whether a cluster is a deal that the text tells, and what fills its slots. Frames that deny or imagine an event
    are left out. A deal with no side, or with nothing that changes hands, must be likelier and tell two things more.

    Returns:
        Deals in the order in which the text first speaks of them.
    """
    scene = DealScene(document, values, parse, entities, frames, lexicon, gazetteer)
    return tell_deals(Links(scene, weights))


def tell_deals(links: Links) -> tuple[Deal, ...]:
    """Return the deals of a scene, as `assemble_deals` does."""
    scene, weights = links.scene, links.weights
    relevance = score_frames(scene, weights)
    merged = with_second_look(links, merge_clusters(links, gather_frames(links, relevance)))
    deals = [as_filled(told) for told in merged]

    def is_told(deal: Filled, chosen: Mapping[str, Sequence[Choice]]) -> bool:
        if _is_past_making(scene, deal.cluster):
            return False
        has_substance = _has_substance(deal.cluster, chosen)
        plainly = scene.told_plainly & set(deal.cluster.members)
        is_paper = any(scene.frames[i].kind in PAPERS for i in plainly)
        if plainly and (has_substance or (is_paper and _names_any(deal.cluster, chosen))):
            return True
        likely = weights.probability(DEAL, deal_features(scene, deal, deals, relevance))
        if has_substance and not all("adds-only" in f.marks for f in deal.cluster.frames):
            return weights.accepts(DEAL, likely)
        return likely >= _SURELY and _is_concrete(deal.cluster, chosen)

    told = [one for one, deal in zip(merged, deals, strict=True) if is_told(deal, one.chosen)]
    return with_wholes([(t.cluster, build_deal(scene, n, t.cluster, t.chosen)) for n, t in enumerate(told, 1)])


def _is_past_making(scene: DealScene, cluster: Cluster) -> bool:
    """Say whether all that is told is what a firm once made ("the yard built all ships of the class")."""
    makes = all(scene.rules[t].type == "produce" for f in cluster.frames for t in f.triggers)
    tops = [scene.tree.token_at(f.evidence.span.start) for f in cluster.frames]
    made = any(token is not None and token.tag == "VBD" for token in tops)
    counted = any(i.number is not None for f in cluster.frames for i in f.items)
    return makes and made and not counted and not cluster.buyers and not any(f.money for f in cluster.frames)


def _has_substance(cluster: Cluster, chosen: Mapping[str, Sequence[Choice]]) -> bool:
    """Say whether a deal has a side, and a thing, a sum or a signed paper; beside a lone sum a rule reads the side."""
    is_paper = any(f.kind not in {DealKind.DEAL, DealKind.CONTRACT} for f in cluster.frames)
    both = all(chosen.get(slot) for slot in _SIDES)
    has_sum = bool(chosen.get("value")) and bool(cluster.parties or cluster.buyers or cluster.suppliers)
    return _has_side(cluster, chosen) and (_has_thing(cluster, chosen) or has_sum or is_paper or both)


def _is_concrete(cluster: Cluster, chosen: Mapping[str, Sequence[Choice]]) -> bool:
    """Say whether a deal has a side or a thing, and tells enough for that ("a second contract, signed in May")."""
    filled = sum(bool(chosen.get(slot)) for slot in _CONCRETE)
    return filled >= _ENOUGH and _names_any(cluster, chosen)


def _names_any(cluster: Cluster, chosen: Mapping[str, Sequence[Choice]]) -> bool:
    """Say whether a deal has a side or a thing, without which it says nothing and the gate refuses it."""
    return _has_side(cluster, chosen) or _has_thing(cluster, chosen)


def _has_side(cluster: Cluster, chosen: Mapping[str, Sequence[Choice]]) -> bool:
    return any(chosen.get(slot) for slot in _SIDES) or bool(cluster.parties)


def _has_thing(cluster: Cluster, chosen: Mapping[str, Sequence[Choice]]) -> bool:
    return any(chosen.get(slot) for slot in _THINGS) or bool(cluster.nouns)
