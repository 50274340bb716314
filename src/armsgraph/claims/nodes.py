"""The nodes of a document: what they are and how they are called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from armsgraph.claims.sums import deal_sums
from armsgraph.model import Deal, DealStatus, Entity, EntityType, Extraction, Literal, Node
from armsgraph.vocab import CLASSES, DEAL_STATUS_SCHEME, WEAPON_KIND_SCHEME, concept_slug

__all__ = ["kind_iri", "make_nodes", "status_iri"]


def status_iri(status: str) -> str:
    """Return the IRI of a status by its label."""
    return DEAL_STATUS_SCHEME + concept_slug(status)


def kind_iri(kind: str) -> str:
    """Return the IRI of a kind of weapon by its label."""
    return WEAPON_KIND_SCHEME + concept_slug(kind)


def make_nodes(extraction: Extraction) -> tuple[Node, ...]:
    """Return every node of a document, sorted by id.

    Concepts in use (statuses, kinds of weapon) are among them by full IRI with the type `skos:Concept`, so that a
    graph can be read without the ontology beside it.
    """
    found: dict[str, Node] = {}
    for node in _nodes(extraction):
        found.setdefault(node.id, node)
    return tuple(found[key] for key in sorted(found))


def _nodes(extraction: Extraction) -> Iterator[Node]:
    ministers = {t.person_id for t in extraction.entities.tenures if t.is_ministerial}
    for entity in extraction.entities.entities:
        yield _entity_node(entity, ministers)
        if entity.type is EntityType.WEAPON and entity.kind:
            yield Node(id=kind_iri(entity.kind), types=("skos:Concept",), label=entity.kind)
    labels = {e.id: e.label for e in extraction.entities.entities}
    for tenure in extraction.entities.tenures:
        yield _node(tenure.id, "Tenure", f"{labels.get(tenure.person_id, tenure.person_id)}, {tenure.title}")
        if tenure.office_id:
            yield _node(tenure.office_id, "Office", tenure.office_label or tenure.title)
    for deal in extraction.deals:
        yield from _deal_nodes(deal)
    for encounter in extraction.encounters:
        yield _node(encounter.id, "Encounter", encounter.label)


def _deal_nodes(deal: Deal) -> Iterator[Node]:
    yield _node(deal.id, deal.kind.value, deal.label)
    yield from (_node(item.id, "LineItem") for item in deal.items)
    yield from (_node(total.id, "MonetaryAmount") for total in deal_sums(deal))
    yield from (_node(milestone.id, "DeliveryMilestone") for milestone in deal.milestones)
    statuses = [stage.status for stage in deal.stages]
    statuses += [
        DealStatus(fact.object.value)
        for fact in deal.facts
        if fact.predicate == "status" and isinstance(fact.object, Literal)
    ]
    for stage in deal.stages:
        yield _node(stage.id, "Stage")
    for status in statuses:
        yield Node(id=status_iri(status.value), types=("skos:Concept",), label=status.value)


def _entity_node(entity: Entity, ministers: set[str]) -> Node:
    kind = entity.type.value
    if entity.type is EntityType.PERSON and entity.id in ministers:
        kind = "Minister"
    if entity.type is EntityType.FIRM and entity.is_joint_venture:
        kind = "JointVenture"
    alt = _others(entity.names, {entity.label})
    hidden = _others(entity.hidden_names, {entity.label, *alt})
    return _node(entity.id, kind, entity.label, alt=alt, hidden=hidden)


def _others(names: Iterable[str], taken: set[str]) -> tuple[str, ...]:
    return tuple(sorted({n for n in names if n.strip()} - taken))


def _node(
    node_id: str, kind: str, label: str | None = None, *, alt: tuple[str, ...] = (), hidden: tuple[str, ...] = ()
) -> Node:
    return Node(id=node_id, types=(kind, *CLASSES[kind]), label=label or None, alt_labels=alt, hidden_labels=hidden)
