"""Names of deals for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from armsgraph.model import DealKind, Entity, Fact, LineItem, Literal, Ref

__all__ = ["name_deal"]

_KIND_NAMES = {
    DealKind.CONTRACT: "contract",
    DealKind.COOPERATION_AGREEMENT: "cooperation agreement",
    DealKind.DONATION: "gift",
    DealKind.JOINT_VENTURE_AGREEMENT: "joint venture agreement",
    DealKind.LICENCE: "licence",
    DealKind.MEMORANDUM: "memorandum",
}
_THINGS = 2


def name_deal(facts: Iterable[Fact], items: Iterable[LineItem], kind: DealKind, entities: Mapping[str, Entity]) -> str:
    """Return a name for people: what, for whom, from whom."""
    said = tuple(facts)

    def labels(predicate: str, among: Iterable[Fact]) -> list[str]:
        ids = {f.object.id for f in among if f.predicate == predicate and isinstance(f.object, Ref)}
        return [entities[i].label for i in sorted(ids) if i in entities]

    inside = [f for item in items for f in item.facts]
    words = [f.object.value for f in inside if f.predicate == "description" and isinstance(f.object, Literal)]
    things = labels("weapon", inside) or list(dict.fromkeys(words))[:_THINGS]
    buyers, suppliers, parties = (labels(p, said) for p in ("buyer", "supplier", "party"))
    parts = [", ".join(things) or _KIND_NAMES.get(kind, "agreement")]
    if parties:
        parts.append("between " + " and ".join(parties) if len(parties) == 2 else "of " + ", ".join(parties))
    if buyers:
        parts.append("for " + ", ".join(buyers))
    if suppliers:
        parts.append("from " + ", ".join(suppliers))
    return " ".join(parts)
