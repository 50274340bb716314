"""Claims: what becomes of the facts of an extraction."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest

from armsgraph.claims import make_claims
from armsgraph.claims.assertions import decimal_text
from armsgraph.claims.headlines import headline_span
from armsgraph.errors import InternalError
from armsgraph.model import (
    Claim,
    Concept,
    Datatype,
    DealStatus,
    Extraction,
    Hedge,
    Literal,
    Modality,
    Rank,
    Ref,
    Span,
    Stage,
    Values,
)
from armsgraph.vocab import ARMS, CLASSES, PROPERTIES
from sample_texts import Text, date, money, with_items
from samples import SEED_ENTITIES, seed_extraction, three_sales


def claims_of(extraction: Extraction, predicate: str, subject: str = "") -> dict[str, Claim]:
    """Claims of one predicate by the value of their object."""
    _, claims = make_claims(extraction)
    found = [c for c in claims if c.assertion.predicate == predicate and c.assertion.subject.startswith(subject)]
    return {_value(c): c for c in found}


def _value(claim: Claim) -> str:
    match claim.assertion.object:
        case Ref(id=value) | Concept(iri=value) | Literal(value=value):
            return value


def ranks(claims: dict[str, Claim]) -> dict[str, str]:
    return {k: c.rank.value.removesuffix("Rank") + ("*" if c.is_best else "") for k, c in claims.items()}


# ------------------------------------------------------------------------------------------------ the seed article
def test_seed_quantities_are_ranked_as_the_design_says() -> None:
    found = claims_of(seed_extraction(), "quantity", "item/seed-")
    assert ranks({k: v for k, v in found.items() if k != "72000"}) == {
        "600000": "Normal",
        "601427": "Preferred*",
        "6014427": "Deprecated",
        "671000": "Normal",
    }
    slip = found["6014427"]
    assert slip.rank_reason == (
        "looks like mis-grouped digits: ten times 601427, contradicted by “over 600000”, “671000”"
    )
    assert slip.conflicts_with == tuple(sorted((found["600000"].id, found["601427"].id)))
    assert slip.id in found["601427"].conflicts_with
    assert found["671000"].conflicts_with == ()
    assert found["671000"].rank_reason == "expected, where another figure is asserted"
    assert "preferred to 6014427" in (found["601427"].rank_reason or "")


def test_qualifier_of_a_figure_that_is_not_direct_is_not_direct() -> None:
    found = claims_of(seed_extraction(), "quantityQualifier")
    assert ranks(found) == {"over": "Normal"}


def test_each_seed_deal_has_its_own_72000() -> None:
    _, claims = make_claims(seed_extraction())
    found = [c for c in claims if _value(c) == "72000"]
    assert [(c.rank, c.is_best, c.conflicts_with) for c in found] == [(Rank.NORMAL, True, ())] * 2
    assert len({c.assertion.subject for c in found}) == 2


def test_milestone_keeps_its_unit_and_its_event() -> None:
    extraction = seed_extraction()
    assert ranks(claims_of(extraction, "offset")) == {"P32M": "Normal*"}
    assert ranks(claims_of(extraction, "offsetFrom")) == {"the manufacturing process begins": "Normal*"}


def test_every_kind_of_fact_becomes_a_claim() -> None:
    _, claims = make_claims(seed_extraction())
    predicates = {c.assertion.predicate for c in claims}
    assert predicates >= {
        *("rdf:type", "buyer", "supplier", "party", "item", "weapon", "description", "calibre", "stage", "status"),
        *("deliveryMilestone", "recipient", "startsOn", "endsOn", "duration", "producedAt", "holder", "officeTitle"),
        *("office", "officeOf", "replaces", "designedBy", "metWith", "encounterKind", "participant", "place"),
        *("skos:exactMatch", "skos:closeMatch", "weaponKind", "stateCode"),
    }
    assert {p for p in predicates if ":" not in p} <= set(PROPERTIES)


def test_nodes_carry_the_types_above_theirs() -> None:
    nodes, _ = make_claims(seed_extraction())
    by_id = {n.id: n for n in nodes}
    assert by_id["firm/indo-russia-rifles-pvt-ltd"].types == ("JointVenture", "Firm", "Organisation")
    assert by_id["person/rajnath-singh"].types == ("Minister", "Person")
    assert by_id["person/sergey-shoigu"].types == ("Person",)
    assert by_id["https://w3id.org/armsgraph/deal-status/signed"].label == "signed"
    assert by_id["https://w3id.org/armsgraph/weapon-kind/assault-rifle"].types == ("skos:Concept",)
    assert {e.id for e in SEED_ENTITIES} <= set(by_id)
    for node in nodes:
        assert node.types == ("skos:Concept",) or set(CLASSES[node.types[0]]) <= set(node.types)
        assert node.label not in node.alt_labels


def test_claims_are_in_text_order_and_their_ids_are_stable() -> None:
    _, claims = make_claims(seed_extraction())
    assert list(claims) == sorted(claims, key=lambda c: c.assertion.evidence.span)
    assert len({c.id for c in claims}) == len(claims)
    assert [c.id for c in make_claims(seed_extraction())[1]] == [c.id for c in claims]


def test_a_link_keeps_its_reason() -> None:
    link = claims_of(seed_extraction(), "skos:exactMatch", "state/")["http://www.wikidata.org/entity/Q668"]
    assert link.assertion.qualifiers == (("rdfs:comment", Literal(value="listed state")),)


def test_a_fact_behind_the_text_is_an_error() -> None:
    extraction = seed_extraction()
    deal = extraction.deals[0]
    evidence = dataclasses.replace(deal.evidence, span=Span(5, 99999))
    with pytest.raises(InternalError, match="behind the end"):
        make_claims(dataclasses.replace(extraction, deals=(dataclasses.replace(deal, evidence=evidence),)))


# ------------------------------------------------------------------------------------------------ quantities
OFFICIAL = {"speaker": "defence ministry officials"}
SOURCES = {"speaker": "sources"}

QUANTITIES = [
    pytest.param("deal for 40 tanks, 40 tanks", [(40, "40", {}), (40, "40", {"nth": 2})], {"40": "Normal*"}, id="same"),
    pytest.param(
        "The deal is for 40 tanks. It is for 44 tanks.",
        [(40, "40", {}), (44, "44", {})],
        {"40": "Normal*", "44": "Normal"},
        id="undecided-first-stays",
    ),
    pytest.param(
        "The deal is for 40 tanks. It is for 44 tanks.",
        [(40, "40", {}), (44, "44", OFFICIAL)],
        {"40": "Normal", "44": "Preferred*"},
        id="official-over-writer",
    ),
    pytest.param(
        "The deal is for 40 tanks. It is for 44 tanks.",
        [(40, "40", {}), (44, "44", SOURCES)],
        {"40": "Normal*", "44": "Normal"},
        id="nameless-sources-weigh-no-more",
    ),
    pytest.param(
        "Big deal for 40 tanks\n\nThe army gets 44 tanks.",
        [(40, "40", {}), (44, "44", {})],
        {"40": "Normal", "44": "Preferred*"},
        id="body-over-headline",
    ),
    pytest.param(
        "The deal is for 40 tanks. 44 were planned.",
        [(40, "40", {}), (44, "44", {"modality": Modality.PLANNED})],
        {"40": "Normal*", "44": "Normal"},
        id="planned-is-no-rival",
    ),
    pytest.param(
        "A deal may bring 44 tanks.", [(44, "44", {"modality": Modality.PLANNED})], {"44": "Normal*"}, id="only-planned"
    ),
    pytest.param(
        "No deal for 44 tanks.",
        [(44, "44", {"modality": Modality.DENIED})],
        {"44": "Normal"},
        id="denied-is-not-direct",
    ),
    pytest.param(
        "The deal is for 70,000 rifles. Exactly 72,000 rifles.",
        [(70000, "70,000", {}), (72000, "72,000", {})],
        {"70000": "Normal", "72000": "Preferred*"},
        id="rounding-is-compatible",
    ),
    pytest.param(
        "The deal is for 5,00,000 rifles. 500,000 are fine. 5,000,000 rifles.",
        [(500000, "5,00,000", {}), (500000, "500,000", {}), (5000000, "5,000,000", OFFICIAL)],
        {"500000": "Deprecated", "5000000": "Preferred*"},
        id="slip-decided-by-speaker",
    ),
    pytest.param(
        "The deal is for 500,000 rifles. 5,000,000 rifles.",
        [(500000, "500,000", {}), (5000000, "5,000,000", {})],
        {"500000": "Normal*", "5000000": "Normal"},
        id="slip-undecided",
    ),
]


@pytest.mark.parametrize(("text", "said", "expected"), QUANTITIES)
def test_rank_of_quantities(
    text: str, said: list[tuple[int, str, dict[str, object]]], expected: dict[str, str]
) -> None:
    t = Text(text)
    facts = [t.fact("quantity", value, words, **how) for value, words, how in said]
    assert ranks(claims_of(with_items(t, facts), "quantity")) == expected


def test_undecided_rivals_say_so_and_point_to_each_other() -> None:
    t = Text("The deal is for 40 tanks. It is for 44 tanks.")
    found = claims_of(with_items(t, [t.fact("quantity", 40, "40"), t.fact("quantity", 44, "44")]), "quantity")
    assert found["40"].rank_reason == "undecided: in conflict with 44"
    assert found["44"].rank_reason == "undecided: in conflict with 40"
    assert found["40"].conflicts_with == (found["44"].id,)


def test_what_is_said_and_denied_conflicts() -> None:
    t = Text("The deal is for 40 tanks. Nobody ordered 40 tanks.")
    facts = [t.fact("quantity", 40, "40"), t.fact("quantity", 40, "40", nth=2, modality=Modality.DENIED)]
    _, claims = make_claims(with_items(t, facts))
    said, denied = (c for c in claims if c.assertion.predicate == "quantity")
    assert (said.is_best, denied.is_best) == (True, False)
    assert said.conflicts_with == (denied.id,)


def test_one_claim_is_preferred_where_the_best_figure_is_said_twice() -> None:
    t = Text("The deal is for 44 tanks. It is for 40 tanks, really 44.")
    facts = [
        t.fact("quantity", 44, "44", **OFFICIAL),
        t.fact("quantity", 40, "40"),
        t.fact("quantity", 44, "44", nth=2),
    ]
    _, claims = make_claims(with_items(t, facts))
    found = [(c.rank.value, c.is_best) for c in claims if c.assertion.predicate == "quantity"]
    assert found == [("PreferredRank", True), ("NormalRank", False), ("NormalRank", True)]


def test_hedge_under_a_quantity_becomes_its_qualifier() -> None:
    t = Text("The deal is for about 40 tanks.")
    values = Values(numbers=(t.number("40", 40, hedge=Hedge.ABOUT, hedge_words="about 40"),))
    found = claims_of(with_items(t, [t.fact("quantity", 40, "40")], values=values), "quantityQualifier")
    assert ranks(found) == {"about": "Normal*"}
    assert t.document.quote(found["about"].assertion.evidence.span) == "about 40"


# ------------------------------------------------------------------------------------------------ dates, status, sums
DATES = [
    pytest.param(("2024-03", "2024-03-05"), {"2024-03": "Normal", "2024-03-05": "Preferred*"}, id="finer-wins"),
    pytest.param(("2024-03-05", "2024-04-05"), {"2024-03-05": "Normal*", "2024-04-05": "Normal"}, id="undecided"),
]


@pytest.mark.parametrize(("dates", "expected"), DATES)
def test_rank_of_dates(dates: tuple[str, str], expected: dict[str, str]) -> None:
    t = Text("The deal was signed on A. No, on B.")
    facts = tuple(t.fact("signedOn", date(d), w) for d, w in zip(dates, ("A", "B"), strict=True))
    assert ranks(claims_of(with_items(t, (), facts=facts), "signedOn")) == expected


DURATIONS = [
    pytest.param("P10Y", "P120M", id="same-months"),
    pytest.param("P30D", "P1M", id="days-near-a-month"),
]


@pytest.mark.parametrize(("one", "other"), DURATIONS)
def test_equal_durations_do_not_conflict(one: str, other: str) -> None:
    t = Text("A deal over A, or B.")
    facts = tuple(
        t.fact("duration", Literal(value=v, datatype=Datatype.DURATION), w) for v, w in ((one, "A"), (other, "B"))
    )
    found = claims_of(with_items(t, (), facts=facts), "duration")
    assert all(c.conflicts_with == () for c in found.values())
    assert sum(c.is_best for c in found.values()) == 1


def test_latest_stage_wins_the_status() -> None:
    t = Text("The deal was cancelled in 2023 after it was signed in 2022.")
    stages = tuple(
        Stage(
            id=f"stage/{t.key}-1-{n}",
            status=status,
            facts=(t.fact("onDate", date(year), year),),
            evidence=t.evidence(status.value),
        )
        for n, (status, year) in enumerate(((DealStatus.CANCELLED, "2023"), (DealStatus.SIGNED, "2022")), 1)
    )
    facts = tuple(t.fact("status", s.status.value, s.status.value) for s in stages)
    found = claims_of(with_items(t, (), stages=stages, facts=facts), "status", "deal/")
    assert {k.rpartition("/")[2]: v for k, v in ranks(found).items()} == {
        "cancelled": "Preferred*",
        "signed": "Normal",
    }
    assert all(c.conflicts_with == () for c in found.values())


def test_restated_sum_is_a_claim_and_no_conflict() -> None:
    extraction = three_sales()[0]
    found = claims_of(extraction, "value")
    first, second = sorted(found)
    assert ranks(found) == {first: "Normal*", second: "Normal"}
    assert found[second].rank_reason == "the same sum in another currency"
    assert found[second].conflicts_with == ()
    assert set(claims_of(extraction, "amount")) == {"45000000", "41000000"}


SUMS = [
    pytest.param(("$5 billion", "5e9"), ("$5.43 billion", "5.43e9"), ["Normal", "Preferred*"], 0, id="round-sum"),
    pytest.param(("$5 billion", "5e9"), ("$7 billion", "7e9"), ["Normal*", "Normal"], 1, id="rival-sums"),
]


@pytest.mark.parametrize(("one", "other", "expected", "conflicts"), SUMS)
def test_rank_of_sums(one: tuple[str, str], other: tuple[str, str], expected: list[str], conflicts: int) -> None:
    t = Text("The deal costs $5 billion, or $5.43 billion, or $7 billion.")
    extraction = with_items(t, (), values=None)
    deal = dataclasses.replace(extraction.deals[0], values=(money(t, *one, "USD"), money(t, *other, "USD")))
    found = claims_of(dataclasses.replace(extraction, deals=(deal,)), "value")
    assert [ranks(found)[k] for k in sorted(found)] == expected
    assert [len(found[k].conflicts_with) for k in sorted(found)] == [conflicts] * 2


def test_a_sum_said_twice_is_one_node() -> None:
    t = Text("The deal costs $5 billion. $5 billion is a lot.")
    extraction = with_items(t, ())
    sums = (money(t, "$5 billion", "5000000000", "USD"), money(t, "$5 billion", "5000000000.00", "USD", nth=2))
    deal = dataclasses.replace(extraction.deals[0], values=sums)
    nodes, claims = make_claims(dataclasses.replace(extraction, deals=(deal,)))
    assert [n.id for n in nodes if n.types[0] == "MonetaryAmount"] == [f"amount/{t.key}-1-1"]
    assert sum(c.assertion.predicate == "value" for c in claims) == 2


@pytest.mark.parametrize(
    ("value", "text"),
    [("5E+9", "5000000000"), ("1.50", "1.5"), ("0.00", "0"), ("100", "100"), ("-0.0", "0"), ("0.9", "0.9")],
)
def test_decimal_text_is_canonical(value: str, text: str) -> None:
    assert decimal_text(Decimal(value)) == text


HEADLINES = [
    pytest.param("Big deal signed\n\nIt was signed.", None, "Big deal signed", id="short-line"),
    pytest.param("The deal was signed.\n\nIt was.", None, None, id="full-sentence"),
    pytest.param("Deal signed!\n\nIt was.", "Deal signed!", "Deal signed!", id="title"),
    pytest.param("Big deal\nTen jets\n\nIt was signed.", None, "Big deal\nTen jets", id="second-deck"),
    pytest.param("Big deal\n\nTen jets\n\nIt was signed.", None, "Big deal", id="apart"),
    pytest.param("just one line", None, None, id="nothing-behind-it"),
    pytest.param("", None, None, id="empty"),
]


@pytest.mark.parametrize(("text", "title", "expected"), HEADLINES)
def test_headline(text: str, title: str | None, expected: str | None) -> None:
    document = Text(text, title=title).document
    span = headline_span(document)
    assert (None if span is None else document.quote(span)) == expected


def test_type_of_the_deal_is_a_claim() -> None:
    found = claims_of(seed_extraction(), "rdf:type")
    assert set(found) == {ARMS + "CooperationAgreement", ARMS + "Contract"}
