"""Names of deals for people."""

from __future__ import annotations

from collections.abc import Mapping

from armsgraph.deals.clusters import Cluster
from armsgraph.model import DealKind, Entity, Role

__all__ = ["name_deal"]

_KIND_NAMES = {
    DealKind.CONTRACT: "contract",
    DealKind.COOPERATION_AGREEMENT: "cooperation agreement",
    DealKind.DONATION: "gift",
    DealKind.JOINT_VENTURE_AGREEMENT: "joint venture agreement",
    DealKind.LICENCE: "licence",
    DealKind.MEMORANDUM: "memorandum",
}


def name_deal(cluster: Cluster, kind: DealKind, entities: Mapping[str, Entity]) -> str:
    """Return a name for people: what, for whom, from whom."""
    buyers = [entities[b].label for b in sorted(cluster.buyers) if b in entities]
    suppliers = [entities[s].label for s in sorted(cluster.suppliers) if s in entities]
    things = [entities[w].label for w in sorted(cluster.weapons) if w in entities] or sorted(cluster.nouns)[:2]
    parts = [", ".join(things) or _KIND_NAMES.get(kind, "agreement")]
    if not buyers and not suppliers:
        roles = {Role.PARTY, Role.COUNTERPART}
        said = {a.entity_id for f in cluster.frames for a in f.arguments if a.role in roles}
        parties = [entities[p].label for p in sorted(said) if p in entities]
        if parties:
            parts.append("between " + " and ".join(parties) if len(parties) == 2 else "of " + ", ".join(parties))
    if buyers:
        parts.append("for " + ", ".join(buyers))
    if suppliers:
        parts.append("from " + ", ".join(suppliers))
    return " ".join(parts)
