"""One deal, one node: frames of several sentences are gathered into deals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from armsgraph.deals.build import build_deal
from armsgraph.deals.clusters import PAPERS, THRESHOLD, Cluster, affinity, buyers_of, split_by_buyer, suppliers_of
from armsgraph.deals.topics import take_up_topic
from armsgraph.model import Argument, Deal, DealStatus, Document, Entity, EntitySet, EntityType, Frame, Role

__all__ = ["assemble_deals"]

_ONLY_DEAL = 0.6
_DOMINANT = 0.6
_SIGNING = frozenset({"sign", "award", "win", "get-order", "place-order", "enter"})
_PARTY_ROLES = frozenset({Role.BUYER, Role.SUPPLIER, Role.PARTY, Role.COUNTERPART})


def assemble_deals(document: Document, frames: tuple[Frame, ...], entities: EntitySet) -> tuple[Deal, ...]:
    """Gather frames into deals.

    Frames that deny or imagine an event are left out. A frame joins the deal it fits best (`affinity`); one that fits
    none starts a deal if it names a thing and a party, and is left out otherwise: a fact we cannot place is not told.

    Returns:
        Deals in the order in which the text first speaks of them.
    """
    table = {e.id: e for e in entities.entities}
    clusters: list[Cluster] = []
    waiting: list[Frame] = []
    weapons = [m for m in entities.mentions if m.type is EntityType.WEAPON and m.entity_id is not None]
    for frame in (part for whole in frames for part in split_by_buyer(take_up_topic(whole, weapons), table)):
        if frame.is_negated:
            continue
        if frame.is_support:
            waiting.append(frame)
            continue
        if not _place(frame, clusters, table, may_start=True):
            waiting.append(frame)
    clusters = _merge_clusters(clusters)
    for frame in waiting:
        _place(frame, clusters, table, may_start=False)
    kept = [c for c in clusters if _stands(c)]
    if any(c.buyers or c.suppliers for c in kept):
        known = {id(c) for c in kept}
        kept += [c for c in clusters if id(c) not in known and _would_stand(c)]
    _complete(kept, table)
    kept.sort(key=lambda c: min(f.span.start for f in c.frames))
    deals = [build_deal(document, n, c, table) for n, c in enumerate(kept, 1)]
    return tuple(deals)


def _place(frame: Frame, clusters: list[Cluster], entities: Mapping[str, Entity], *, may_start: bool) -> bool:
    best, score = None, THRESHOLD
    for cluster in clusters:
        fit, _reasons = affinity(frame, cluster)
        if fit >= 0 and len(clusters) == 1:
            fit += _ONLY_DEAL
        if fit > score or (fit == score and best is not None and cluster.last_sentence > best.last_sentence):
            best, score = cluster, fit
    if best is not None:
        best.add(frame)
        return True
    if may_start and _can_start(frame):
        cluster = Cluster(entities)
        cluster.add(frame)
        clusters.append(cluster)
        return True
    return False


def _can_start(frame: Frame) -> bool:
    """Say whether a frame may begin a deal of its own; whether the deal stands is asked when all is gathered."""
    if frame.kind in PAPERS:
        return frame.status is DealStatus.SIGNED
    has_party = any(a.role in _PARTY_ROLES for a in frame.arguments)
    has_thing = any(i.weapon_id or (i.noun and (i.number or not i.is_definite)) for i in frame.items)
    sides = {a.role for a in frame.arguments}
    if {Role.BUYER, Role.SUPPLIER} <= sides:
        return True
    return has_thing or (has_party and bool(frame.money)) or (has_party and bool(set(frame.triggers) & _SIGNING))


def _merge_clusters(clusters: list[Cluster]) -> list[Cluster]:
    """Join deals that started apart and turn out to be one: every frame of the later must fit the earlier."""
    result: list[Cluster] = []
    for cluster in clusters:
        target = None
        for earlier in result:
            fits = [affinity(f, earlier)[0] for f in cluster.frames]
            if min(fits) >= 0 and max(fits) >= THRESHOLD + 1:
                target = earlier
                break
        if target is None:
            result.append(cluster)
        else:
            for frame in cluster.frames:
                target.add(frame)
            target.sort()
    return result


def _complete(clusters: list[Cluster], entities: Mapping[str, Entity]) -> None:
    """Give a deal without a buyer (or supplier) the one that most deals of the text have.

    A text that has one customer and one maker does not repeat them in every sentence.
    """
    for role, side in ((Role.BUYER, "buyers"), (Role.SUPPLIER, "suppliers")):
        known = [c for c in clusters if getattr(c, side)]
        counted = Counter(frozenset(_nations(getattr(c, side), entities)) for c in known)
        if not counted:
            continue
        common, count = min(counted.items(), key=lambda pair: (-pair[1], sorted(pair[0])))
        if count < _DOMINANT * len(known):
            continue
        donor = next(c for c in known if frozenset(_nations(getattr(c, side), entities)) == common)
        arguments = [a for f in donor.frames for a in _sided(f, role, entities)]
        for cluster in clusters:
            if getattr(cluster, side) or any(f.kind in PAPERS for f in cluster.frames):
                continue
            if any(a.role in {Role.PARTY, Role.COUNTERPART} for f in cluster.frames for a in f.arguments):
                continue  # its parties are there, only not told apart yet
            if not (cluster.weapons & donor.weapons or cluster.nouns & donor.nouns):
                continue
            other = cluster.suppliers if role is Role.BUYER else cluster.buyers
            if set(_nations(other, entities)) & common and role is Role.BUYER:
                continue  # a state that sells does not buy from itself in the same breath
            lent = tuple(
                replace(a, evidence=replace(a.evidence, rule=f"{a.evidence.rule}.common", confidence=0.5))
                for a in arguments
            )
            cluster.lend(lent)


def _nations(ids: frozenset[str], entities: Mapping[str, Entity]) -> Iterator[str]:
    for i in ids:
        entity = entities.get(i)
        yield (entity.state if entity is not None and entity.state else i)


def _sided(frame: Frame, role: Role, entities: Mapping[str, Entity]) -> Iterator[Argument]:
    ids = buyers_of(frame, entities) if role is Role.BUYER else suppliers_of(frame, entities)
    for a in frame.arguments:
        if a.entity_id in ids:
            yield replace(a, role=role)


def _would_stand(cluster: Cluster) -> bool:
    """Say whether a deal lacks nothing but a party: a named weapon that was bought, sold, ordered or handed over."""
    strong = any(not f.is_support and f.status is not None for f in cluster.frames)
    return strong and bool(cluster.weapons)


def _stands(cluster: Cluster) -> bool:
    """Say whether a deal has enough to be told: a party and a thing, a sum or a signed paper; or a counted weapon."""
    party = bool(cluster.buyers or cluster.suppliers)
    if any(f.kind in PAPERS and f.status is DealStatus.SIGNED for f in cluster.frames):
        return party or any(a.role in _PARTY_ROLES for f in cluster.frames for a in f.arguments)
    thing = bool(cluster.weapons or cluster.nouns)
    summed = any(f.money for f in cluster.frames)
    counted = any(i.number for f in cluster.frames for i in f.items)
    return (party and (thing or summed)) or (bool(cluster.weapons) and (summed or counted))
