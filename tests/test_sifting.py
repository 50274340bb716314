"""Leaving out what was read with little confidence: less is left, and what is left is whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from armsgraph.claims import make_claims
from armsgraph.gate import Gate, load_gate
from armsgraph.graph import document_lines
from armsgraph.model import Deal, Evidence, Extraction, Fact, Ref
from armsgraph.sifting import DEFAULT_MIN_CONFIDENCE, sift
from armsgraph.vocab import DEFAULT_BASE
from samples import seed_extraction


@pytest.fixture(scope="module")
def gate() -> Gate:
    return load_gate()


@pytest.fixture(scope="module")
def seed() -> Extraction:
    return seed_extraction()


def lower(evidence: Evidence) -> Evidence:
    return replace(evidence, confidence=0.1)


def doubt(facts: tuple[Fact, ...], *predicates: str) -> tuple[Fact, ...]:
    return tuple(replace(f, evidence=lower(f.evidence)) if f.predicate in predicates else f for f in facts)


def with_deal(extraction: Extraction, deal: Deal) -> Extraction:
    return replace(extraction, deals=tuple(deal if d.id == deal.id else d for d in extraction.deals))


def find_deal(extraction: Extraction) -> Deal:
    """The contract of the seed: parties, an item with rival quantities, a delivery."""
    return next(d for d in extraction.deals if d.items and d.milestones)


def rest(extraction: Extraction, deal: Deal) -> Deal | None:
    return next((d for d in sift(with_deal(extraction, deal), 0.5)[0].deals if d.id == deal.id), None)


def test_nothing_is_left_out_of_the_sample_by_default(seed: Extraction) -> None:
    assert sift(seed, DEFAULT_MIN_CONFIDENCE) == (seed, 0)


def test_one_doubtful_fact_goes_and_is_counted(seed: Extraction) -> None:
    deal = find_deal(seed)
    (item, *others) = deal.items
    facts = doubt(item.facts, "calibre")
    assert facts != item.facts
    sifted, left_out = sift(with_deal(seed, replace(deal, items=(replace(item, facts=facts), *others))), 0.5)
    assert left_out == 1
    (kept, *_) = find_deal(sifted).items
    assert kept.facts == tuple(f for f in item.facts if f.predicate != "calibre")


WHOLE = [
    pytest.param(lambda d: replace(d, evidence=lower(d.evidence)), id="its-sentence"),
    pytest.param(lambda d: replace(d, facts=doubt(d.facts, "buyer", "supplier", "party")), id="all-its-parties"),
    pytest.param(lambda d: replace(d, facts=doubt(d.facts, "status")), id="its-status"),
    pytest.param(
        lambda d: replace(d, items=tuple(replace(i, evidence=lower(i.evidence)) for i in d.items), values=()),
        id="all-its-items",
    ),
    pytest.param(
        lambda d: replace(
            d, items=tuple(replace(i, facts=doubt(i.facts, "weapon", "description")) for i in d.items), values=()
        ),
        id="all-that-its-items-are",
    ),
]


@pytest.mark.parametrize("change", WHOLE)
def test_a_deal_goes_as_a_whole_with(change: object, seed: Extraction) -> None:
    deal = find_deal(seed)
    assert rest(seed, deal) == deal
    assert callable(change)
    assert rest(seed, change(deal)) is None


def test_a_deal_stays_while_one_party_does(seed: Extraction) -> None:
    deal = find_deal(seed)
    kept = rest(seed, replace(deal, facts=doubt(deal.facts, "supplier")))
    assert kept is not None
    assert {f.predicate for f in kept.facts} == {f.predicate for f in deal.facts} - {"supplier"}


def test_a_part_of_a_deal_that_goes_stands_alone(seed: Extraction) -> None:
    whole, part = seed.deals[:2]
    doubtful = replace(whole, evidence=lower(whole.evidence))
    given = replace(seed, deals=(doubtful, replace(part, part_of=whole.id), *seed.deals[2:]))
    (kept,) = [d for d in sift(given, 0.5)[0].deals if d.id == part.id]
    assert kept.part_of is None


def test_an_entity_goes_with_its_last_mention_and_so_does_what_points_to_it(seed: Extraction) -> None:
    buyer = next(f.object.id for f in find_deal(seed).facts if f.predicate == "buyer" and isinstance(f.object, Ref))
    mentions = tuple(replace(m, confidence=0.1) if m.entity_id == buyer else m for m in seed.entities.mentions)
    given = replace(seed, entities=replace(seed.entities, mentions=mentions))
    sifted, left_out = sift(given, 0.5)
    assert left_out > 0
    assert buyer not in {e.id for e in sifted.entities.entities}
    _nodes, claims = make_claims(sifted)
    assert not [c for c in claims if c.assertion.object == Ref(id=buyer) or c.assertion.subject == buyer]


@pytest.mark.parametrize("least", [0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0])
def test_every_threshold_leaves_a_graph_that_conforms_and_less_of_it(
    least: float, seed: Extraction, gate: Gate
) -> None:
    # the sample is equally sure of all it says: give its facts different confidences
    steps = (0.45, 0.55, 0.65, 0.75, 0.85, 0.95)
    deals = tuple(
        replace(
            d,
            facts=tuple(
                replace(f, evidence=replace(f.evidence, confidence=steps[i % 6])) for i, f in enumerate(d.facts)
            ),
        )
        for d in seed.deals
    )
    sifted, left_out = sift(replace(seed, deals=deals), least)
    nodes, claims = make_claims(sifted)
    lines = list(document_lines(sifted.document, nodes, claims, sifted.entities.mentions, base=DEFAULT_BASE))
    report = gate.check_lines(lines)
    assert [str(r) for r in report.results if r.severity == "Violation"] == []
    assert all(c.assertion.evidence.confidence >= least for c in claims)
    assert (left_out == 0) == (least < min(steps))
