"""Leaves out what was read with too little confidence, and what cannot stand without it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from armsgraph.model import Deal, Encounter, Evidence, Extraction, Fact, LineItem, Ref, Tenure

__all__ = ["DEFAULT_MIN_CONFIDENCE", "sift"]

# Hardly anything shipped is as unsure as this: the default is a floor for rules, weights and lists of the user.
DEFAULT_MIN_CONFIDENCE = 0.3

_PARTIES = frozenset({"buyer", "supplier", "party"})
_CONTENT = frozenset({"weapon", "description"})


def sift(extraction: Extraction, min_confidence: float) -> tuple[Extraction, int]:
    """Leave out facts below a confidence.

    What is left is whole: a deal goes if its own sentence, its status, all its parties, or all its items and sums go;
    an item without a thing, an encounter with fewer than two participants and an entity without a mention go; and with
    them every fact that points to one of these.

    Returns:
        What is left, and the number of facts, mentions and offices that were left out.
    """
    sieve = _Sieve(min_confidence)
    mentions = tuple(m for m in extraction.entities.mentions if m.entity_id is None or m.confidence >= min_confidence)
    named = {m.entity_id for m in extraction.entities.mentions}
    gone = frozenset(n for n in named - {m.entity_id for m in mentions} if n is not None)
    sieve.gone |= gone
    deals = tuple(d for d in map(sieve.deal, extraction.deals) if d is not None)
    kept = {d.id for d in deals}
    deals = tuple(d if d.part_of in kept else replace(d, part_of=None) for d in deals)
    encounters = tuple(e for e in map(sieve.encounter, extraction.encounters) if e is not None)
    tenures = tuple(
        sieve.tenure(t)
        for t in extraction.entities.tenures
        if sieve.passes(t.evidence) and t.person_id not in sieve.gone
    )
    entities = replace(
        extraction.entities,
        mentions=mentions,
        entities=tuple(e for e in extraction.entities.entities if e.id not in gone),
        tenures=tenures,
    )
    sifted = replace(
        extraction,
        entities=entities,
        deals=deals,
        encounters=encounters,
        relations=tuple(
            r for r in extraction.relations if sieve.passes(r.evidence) and not {r.subject_id, r.object_id} & sieve.gone
        ),
        links=tuple(k for k in extraction.links if sieve.passes(k.evidence) and k.entity_id not in gone),
    )
    return sifted, _count(extraction) - _count(sifted)


@dataclass(slots=True)
class _Sieve:
    """Passes what is sure enough and points to nothing that went; `gone` are the ids of nodes that went."""

    least: float
    gone: frozenset[str] = frozenset()

    def passes(self, evidence: Evidence) -> bool:
        return evidence.confidence >= self.least

    def facts(self, facts: Iterable[Fact]) -> tuple[Fact, ...]:
        return tuple(
            f for f in facts if self.passes(f.evidence) and not (isinstance(f.object, Ref) and f.object.id in self.gone)
        )

    def deal(self, deal: Deal) -> Deal | None:
        facts = self.facts(deal.facts)
        items = tuple(i for i in map(self.item, deal.items) if i is not None)
        values = tuple((money, evidence) for money, evidence in deal.values if self.passes(evidence))
        left = {f.predicate for f in facts}
        had = {f.predicate for f in deal.facts}
        is_empty = (deal.items or deal.values) and not (items or values)
        if (
            not self.passes(deal.evidence)
            or is_empty
            or (had & _PARTIES and not left & _PARTIES)
            or ("status" in had and "status" not in left)
        ):
            return None
        return replace(
            deal,
            facts=facts,
            items=items,
            values=values,
            stages=tuple(replace(s, facts=self.facts(s.facts)) for s in deal.stages if self.passes(s.evidence)),
            milestones=tuple(
                replace(m, facts=kept)
                for m in deal.milestones
                if self.passes(m.evidence) and ((kept := self.facts(m.facts)) or not m.facts)
            ),
        )

    def item(self, item: LineItem) -> LineItem | None:
        facts = self.facts(item.facts)
        if not self.passes(item.evidence) or not {f.predicate for f in facts} & _CONTENT:
            return None
        has_quantity = any(f.predicate == "quantity" for f in facts)
        return replace(item, facts=tuple(f for f in facts if has_quantity or f.predicate != "quantityQualifier"))

    def encounter(self, encounter: Encounter) -> Encounter | None:
        facts = self.facts(encounter.facts)
        people = {f.object for f in facts if f.predicate == "participant"}
        had = {f.object for f in encounter.facts if f.predicate == "participant"}
        if not self.passes(encounter.evidence) or len(people) < min(2, len(had)):
            return None
        return replace(encounter, facts=facts)

    def tenure(self, tenure: Tenure) -> Tenure:
        if tenure.of_id not in self.gone and self.passes(tenure.of_evidence or tenure.evidence):
            return tenure
        return replace(tenure, of_id=None, of_evidence=None, office_id=None, office_label=None, qid=None)


def _count(extraction: Extraction) -> int:
    facts = len(extraction.relations) + len(extraction.links)
    facts += len(extraction.entities.mentions) + len(extraction.entities.tenures)
    for deal in extraction.deals:
        facts += 1 + len(deal.facts) + len(deal.values)
        parts = [p.facts for p in deal.items] + [p.facts for p in deal.stages] + [p.facts for p in deal.milestones]
        facts += sum(1 + len(part) for part in parts)
    return facts + sum(1 + len(e.facts) for e in extraction.encounters)
