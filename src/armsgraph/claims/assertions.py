"""Everything that a document says, as assertions about nodes, before any is ranked."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from armsgraph.claims.nodes import kind_iri, status_iri
from armsgraph.claims.sums import DealSum, deal_sums
from armsgraph.model import (
    Assertion,
    Concept,
    Datatype,
    Deal,
    Encounter,
    EntityType,
    Evidence,
    Extraction,
    Fact,
    Hedge,
    LinkDecision,
    Literal,
    Mention,
    Modality,
    Number,
    Object,
    Ref,
    Span,
    Tenure,
)
from armsgraph.vocab import ARMS, PREFIXES

__all__ = ["collect_assertions", "decimal_text", "object_key"]

# by decision, and whether the item is that of the family
_MATCHES = {
    (LinkDecision.SAME, False): "skos:exactMatch",
    (LinkDecision.UNSURE, False): "skos:closeMatch",
    (LinkDecision.SAME, True): "skos:broadMatch",
}


def decimal_text(value: Decimal) -> str:
    """Return the canonical lexical form of an xsd:decimal: no exponent, no trailing zeros, no bare point."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"", "-0"} else text


def collect_assertions(extraction: Extraction) -> tuple[Assertion, ...]:
    """Return every assertion of a document in the order of the text.

    The same subject, predicate, object and span read by two rules is one assertion; the surer rule stays.
    """
    found: dict[tuple[str, str, str, Span], Assertion] = {}
    for assertion in _assertions(extraction):
        key = (assertion.subject, assertion.predicate, object_key(assertion.object), assertion.evidence.span)
        known = found.get(key)
        if known is None or _sureness(assertion.evidence) > _sureness(known.evidence):
            found[key] = assertion
    return tuple(found[key] for key in sorted(found, key=lambda k: (k[3], k[0], k[1], k[2])))


def object_key(value: Object) -> str:
    """Return a text that is the same for equal objects and different for others."""
    match value:
        case Ref():
            return f"ref {value.id}"
        case Concept():
            return f"iri {value.iri}"
        case Literal():
            return f"{value.datatype.value} {value.value}"


class _Numbers:
    """The numbers of a text by place."""

    def __init__(self, numbers: Iterable[Number]) -> None:
        self._numbers = sorted(numbers, key=lambda n: n.span)
        self._starts = [n.span.start for n in self._numbers]
        self._longest = max((n.span.end - n.span.start for n in self._numbers), default=0)

    def at(self, span: Span) -> Iterator[Number]:
        """Yield the numbers that share a character with a span, in the order of the text."""
        first = bisect_left(self._starts, span.start - self._longest)
        for number in self._numbers[first : bisect_left(self._starts, span.end)]:
            if number.span.overlaps(span):
                yield number


def _sureness(evidence: Evidence) -> tuple[bool, float, bool, str]:
    return (evidence.modality is Modality.ASSERTED, evidence.confidence, bool(evidence.speaker), evidence.rule)


def _assertions(extraction: Extraction) -> Iterator[Assertion]:
    numbers = _Numbers(extraction.values.numbers)
    for deal in extraction.deals:
        yield from _deal(deal, numbers)
    yield from _background(extraction)
    for tenure in extraction.entities.tenures:
        yield from _tenure(tenure)
    for relation in extraction.relations:
        yield _said(relation.subject_id, relation.predicate, Ref(id=relation.object_id), relation.evidence)
    for encounter in extraction.encounters:
        yield from _encounter(encounter)
    for link in extraction.links:
        predicate = _MATCHES.get((link.decision, link.is_broader))
        if predicate is not None:
            why: tuple[tuple[str, Object], ...] = (("rdfs:comment", Literal(value=link.reason)),) if link.reason else ()
            item = Concept(iri=PREFIXES["wd"] + link.qid)
            yield replace(_said(link.entity_id, predicate, item, link.evidence), qualifiers=why)


# ------------------------------------------------------------------------------------------------ deals
def _deal(deal: Deal, numbers: _Numbers) -> Iterator[Assertion]:
    yield _said(deal.id, "rdf:type", Concept(iri=ARMS + deal.kind.value), deal.evidence)
    yield from _facts(deal.id, deal.facts, numbers)
    if deal.part_of:
        yield _said(deal.id, "partOf", Ref(id=deal.part_of), deal.evidence)
    for item in deal.items:
        yield _said(deal.id, "item", Ref(id=item.id), item.evidence)
        yield from _facts(item.id, item.facts, numbers)
    for total in deal_sums(deal):
        yield from _sum(deal, total)
    for stage in deal.stages:
        yield _said(deal.id, "stage", Ref(id=stage.id), stage.evidence)
        yield _said(stage.id, "stageStatus", Concept(iri=status_iri(stage.status.value)), stage.evidence)
        yield from _facts(stage.id, stage.facts, numbers)
    for milestone in deal.milestones:
        yield _said(deal.id, "deliveryMilestone", Ref(id=milestone.id), milestone.evidence)
        yield from _facts(milestone.id, milestone.facts, numbers)


def _facts(subject: str, facts: Iterable[Fact], numbers: _Numbers) -> Iterator[Assertion]:
    has_qualifier = any(fact.predicate == "quantityQualifier" for fact in facts)
    for fact in facts:
        value = fact.object
        if fact.predicate == "status" and isinstance(value, Literal):
            value = Concept(iri=status_iri(value.value))
        yield _said(subject, fact.predicate, value, fact.evidence, as_written=fact.as_written)
        if fact.predicate == "quantity" and not has_qualifier:
            yield from _qualifier(subject, fact, numbers)


def _qualifier(subject: str, fact: Fact, numbers: _Numbers) -> Iterator[Assertion]:
    """Say how a quantity is hedged, where the number under it is; an exact figure needs no word."""
    for number in numbers.at(fact.evidence.span):
        if not isinstance(fact.object, Literal):
            continue
        hedge = Hedge.UP_TO if number.upper is not None else number.hedge
        if hedge is Hedge.EXACT or fact.object.value not in {
            decimal_text(n) for n in (number.value, number.upper) if n is not None
        }:
            continue
        span = number.span if number.hedge_span is None else _cover(number.hedge_span, number.span)
        yield _said(subject, "quantityQualifier", Literal(value=hedge.value), replace(fact.evidence, span=span))


def _cover(one: Span, other: Span) -> Span:
    return Span(min(one.start, other.start), max(one.end, other.end))


def _sum(deal: Deal, total: DealSum) -> Iterator[Assertion]:
    for money, evidence in total.said:
        yield _said(deal.id, "value", Ref(id=total.id), evidence, as_written=money.as_written)
        at = replace(evidence, span=money.span)
        amount = Literal(value=decimal_text(money.amount), datatype=Datatype.DECIMAL)
        yield _said(total.id, "amount", amount, at, as_written=money.as_written)
        yield _said(total.id, "currency", Literal(value=money.currency), at)
        if money.upper is not None:
            upper = Literal(value=decimal_text(money.upper), datatype=Datatype.DECIMAL)
            yield _said(total.id, "upperAmount", upper, at, as_written=money.as_written)
        if money.hedge is not Hedge.EXACT:
            span = money.span if money.hedge_span is None else _cover(money.hedge_span, money.span)
            yield _said(total.id, "amountQualifier", Literal(value=money.hedge.value), replace(at, span=span))


# ------------------------------------------------------------------------------------------------ entities, encounters
def _background(extraction: Extraction) -> Iterator[Assertion]:
    """What the lists know of a mentioned entity; its first mention is where the text brings it up."""
    first: dict[str, Mention] = {}
    for mention in sorted(extraction.entities.mentions, key=lambda m: m.span):
        if mention.entity_id is not None:
            first.setdefault(mention.entity_id, mention)
    for entity in extraction.entities.entities:
        named = first.get(entity.id)
        if named is None:
            continue
        evidence = Evidence(span=named.span, rule=named.rule, confidence=named.confidence, modality=Modality.ASSERTED)
        if entity.type is EntityType.WEAPON and entity.kind:
            yield _said(entity.id, "weaponKind", Concept(iri=kind_iri(entity.kind)), evidence)
        if entity.type is EntityType.STATE and entity.state:
            yield _said(entity.id, "stateCode", Literal(value=entity.state), evidence)


def _tenure(tenure: Tenure) -> Iterator[Assertion]:
    yield _said(tenure.id, "holder", Ref(id=tenure.person_id), tenure.evidence)
    yield _said(tenure.id, "officeTitle", Literal(value=tenure.title), tenure.evidence, as_written=tenure.title)
    if tenure.office_id:
        yield _said(tenure.id, "office", Ref(id=tenure.office_id), tenure.evidence)
        if tenure.qid:
            yield _said(tenure.office_id, "skos:exactMatch", Concept(iri=PREFIXES["wd"] + tenure.qid), tenure.evidence)
    if tenure.of_id:
        yield _said(tenure.id, "officeOf", Ref(id=tenure.of_id), tenure.of_evidence or tenure.evidence)


def _encounter(encounter: Encounter) -> Iterator[Assertion]:
    yield _said(encounter.id, "encounterKind", Literal(value=encounter.kind.value), encounter.evidence)
    for fact in encounter.facts:
        yield _said(encounter.id, fact.predicate, fact.object, fact.evidence, as_written=fact.as_written)


def _said(
    subject: str, predicate: str, value: Object, evidence: Evidence, *, as_written: str | None = None
) -> Assertion:
    return Assertion(subject=subject, predicate=predicate, object=value, evidence=evidence, as_written=as_written)
