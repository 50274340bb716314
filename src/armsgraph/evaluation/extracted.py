"""Our own facts in the form of the gold: the best-ranked ones, as the graph states them directly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from armsgraph.evaluation.gold import RELATIONS
from armsgraph.evaluation.sheets import (
    DealSheet,
    FactSheet,
    NamedThing,
    Slot,
    Source,
    Triple,
    cut_sentence,
    fold_name,
    group_status,
    money_key,
    money_text,
)
from armsgraph.model import Claim, Concept, Document, Evidence, Extraction, Literal, Mention, Object, Ref

__all__ = ["sheet_of_extraction", "stored_duration"]

_LITERAL_SLOTS = frozenset({"signedOn", "startsOn", "endsOn", "duration"})
_PARTY_SLOTS = frozenset({"buyer", "supplier", "signatory", "producedAt", "signedAt"})
_RELATIONS = frozenset(RELATIONS.values())
_MONTHS = re.compile(r"P(\d+)M")
_MONTHS_OF_A_YEAR = 12


def sheet_of_extraction(extraction: Extraction, claims: Iterable[Claim]) -> FactSheet:
    """Return the best-ranked facts of one extraction.

    Args:
        extraction: What was read out of one document.
        claims: The claims made of it.
    """
    document = extraction.document
    best: dict[str, list[Claim]] = {}
    relations: dict[Triple, Source] = {}
    for claim in claims:
        if not claim.is_best:
            continue
        fact = claim.assertion
        best.setdefault(fact.subject, []).append(claim)
        if fact.predicate in _RELATIONS and isinstance(fact.object, Ref):
            key = (fact.subject, fact.predicate, fact.object.id)
            relations[key] = _surer(relations.get(key), _source(document, fact.evidence))
    return FactSheet(
        entities=_entities(extraction),
        deals=tuple(
            DealSheet(
                facts=_facts(document, deal.id, best), source=_source(document, deal.evidence, written=deal.label)
            )
            # the last one first, as a store lists what it loads from our Turtle: deals that agree with the gold
            # equally well are paired in this order, and whoever scores a graph has it from a store
            for deal in reversed(extraction.deals)
        ),
        relations=relations,
        offices=dict(_offices(extraction)),
    )


def _entities(extraction: Extraction) -> dict[str, NamedThing]:
    """Return the entities that the text names; others are background."""
    mentions: dict[str, list[Mention]] = {}
    for mention in extraction.entities.mentions:
        if mention.entity_id is not None:
            mentions.setdefault(mention.entity_id, []).append(mention)
    found = {}
    for entity in extraction.entities.entities:
        here = mentions.get(entity.id)
        if not here:
            continue
        names = {entity.label, *entity.names, *entity.hidden_names, *(m.text for m in here)}
        span = here[0].span
        found[entity.id] = NamedThing(
            type=entity.type,
            names=frozenset(map(fold_name, names)) - {""},
            label=entity.label,
            source=Source(
                sentence=cut_sentence(extraction.document.text, span.start, span.end),
                rule=here[0].rule,
                confidence=here[0].confidence,
            ),
        )
    return found


def _offices(extraction: Extraction) -> Iterator[tuple[tuple[str, str], Source]]:
    for tenure in extraction.entities.tenures:
        titles = {tenure.title, (tenure.office_label if tenure.office_id else None) or tenure.title}
        for title in sorted(titles):
            source = _source(extraction.document, tenure.evidence, written=title)
            yield (tenure.person_id, fold_name(title)), source


def _facts(document: Document, deal_id: str, best: Mapping[str, list[Claim]]) -> dict[Slot, Source]:
    found: dict[Slot, Source] = {}
    for claim in best.get(deal_id, ()):
        for slot, written, evidence in _slots(claim, best):
            found[slot] = _surer(found.get(slot), _source(document, evidence, written=written))
    return found


def _slots(claim: Claim, best: Mapping[str, list[Claim]]) -> Iterator[tuple[Slot, str, Evidence]]:
    fact = claim.assertion
    predicate, thing, evidence = fact.predicate, fact.object, fact.evidence
    if predicate in _PARTY_SLOTS and isinstance(thing, Ref):
        yield (predicate, thing.id), "", evidence
    elif predicate in _LITERAL_SLOTS and isinstance(thing, Literal):
        stored = stored_duration(thing.value) if predicate == "duration" else thing.value
        yield (predicate, stored), thing.value, evidence
    elif predicate == "status" and isinstance(thing, Concept):
        status = thing.iri.rsplit("/", 1)[-1].replace("-", " ")
        yield ("status", group_status(status)), status, evidence
    elif predicate == "item" and isinstance(thing, Ref):
        for below in (c.assertion for c in best.get(thing.id, ())):
            value = below.object
            if below.predicate == "weapon" and isinstance(value, Ref):
                yield ("weapon", value.id), "", below.evidence
            elif below.predicate == "quantity" and isinstance(value, Literal):
                yield ("quantity", value.value), "", below.evidence
    elif predicate == "value" and isinstance(thing, Ref):
        parts: dict[str, Object] = {c.assertion.predicate: c.assertion.object for c in best.get(thing.id, ())}
        amount, currency = parts.get("amount"), parts.get("currency")
        if isinstance(amount, Literal) and isinstance(currency, Literal):
            pair = (amount.value, currency.value)
            yield ("value", money_key(*pair)), money_text(*pair), evidence


def stored_duration(value: str) -> str:
    """Return a duration as a triple store gives it back: `P42M` is `P3Y6M`. Whoever scores a graph sees it so."""
    months = _MONTHS.fullmatch(value)
    if months is None or int(months[1]) < _MONTHS_OF_A_YEAR:
        return value
    years, rest = divmod(int(months[1]), _MONTHS_OF_A_YEAR)
    return f"P{years}Y" + (f"{rest}M" if rest else "")


def _source(document: Document, evidence: Evidence, *, written: str = "") -> Source:
    return Source(
        written=written,
        sentence=cut_sentence(document.text, evidence.span.start, evidence.span.end),
        rule=evidence.rule,
        confidence=evidence.confidence,
    )


def _surer(known: Source | None, new: Source) -> Source:
    """Return the source of higher confidence; of equals the earlier one."""
    return known if known is not None and (known.confidence or 0) >= (new.confidence or 0) else new
