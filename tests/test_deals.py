"""Deals: which sentences speak of one deal, which of another, and what is told of each."""

from __future__ import annotations

import pytest

from armsgraph.deals.figures import is_told_otherwise
from armsgraph.model import Deal, Ref
from armsgraph.pipeline import Tools
from scenes import Scene, read_scene

ORDER = "Poland ordered 20 HX-20 helicopters from Norvik Arms."


def paragraphs(*sentences: str) -> str:
    return "\n\n".join(sentences)


def only_deal(scene: Scene) -> dict[str, set[str]]:
    (deal,) = scene.deals
    return scene.facts(deal)


def quantities(scene: Scene) -> list[list[set[str]]]:
    """The counts of each item of each deal."""
    return [[item.get("quantity", set()) for item in scene.items(deal)] for deal in scene.deals]


# ------------------------------------------------------------------------------------------ one deal, several sentences
def test_deal_told_in_several_sentences_is_one(tools: Tools) -> None:
    scene = read_scene(
        paragraphs(
            ORDER,
            "The deal, worth $300 million, was signed on 3 April 2024.",
            "The helicopters will be built in Pune.",
        ),
        tools,
    )
    (deal,) = scene.deals
    facts = scene.facts(deal)
    assert facts["buyer"] == {"Poland"}
    assert facts["supplier"] == {"Norvik Arms"}
    assert facts["signedOn"] == {"2024-04-03"}
    assert facts["producedAt"] == {"Pune"}
    assert [(m.amount, m.currency) for m, _ in deal.values] == [(300_000_000, "USD")]
    assert scene.items(deal) == [{"weapon": {"HX-20"}, "description": {"HX-20 helicopters"}, "quantity": {"20"}}]


@pytest.mark.parametrize(
    "second",
    [
        pytest.param("The contract is worth $300 million.", id="the-contract"),
        pytest.param("Poland signed the contract for the HX-20 helicopters in Lisbon.", id="same-weapon"),
        pytest.param("The first six helicopters were delivered to Poland in March 2024.", id="class-noun"),
        pytest.param("Poland's purchase of 20 HX-20 helicopters was long expected.", id="noun-for-the-act"),
        pytest.param("Norvik Arms has delivered six HX-20 helicopters to Poland.", id="delivery"),
        pytest.param("The order was cancelled.", id="cancelled"),
    ],
)
def test_sentence_that_points_back_joins(second: str, tools: Tools) -> None:
    assert len(read_scene(paragraphs(ORDER, second), tools).deals) == 1


@pytest.mark.parametrize(
    "second",
    [
        pytest.param("Poland also ordered 12 Skua missiles from Norvik Arms.", id="another-weapon"),
        pytest.param("Kenya ordered 8 HX-20 helicopters from Norvik Arms.", id="another-buyer"),
        pytest.param("Poland later bought another 8 HX-20 helicopters.", id="another"),
        pytest.param("Poland has placed a second order for HX-20 helicopters with Norvik Arms.", id="second-order"),
        pytest.param(
            "Poland signed a separate contract with Norvik Arms for HX-20 helicopters.", id="separate-contract"
        ),
        pytest.param("Poland signed a military cooperation agreement with Norway.", id="another-kind-of-paper"),
        pytest.param("Kenya bought 300 rifles.", id="nothing-in-common"),
    ],
)
def test_sentence_about_another_deal_starts_one(second: str, tools: Tools) -> None:
    scene = read_scene(paragraphs(ORDER, second), tools)
    assert len(scene.deals) == 2
    assert quantities(scene)[0] == [{"20"}]


def test_signed_in_another_year_is_another_deal(tools: Tools) -> None:
    scene = read_scene(
        paragraphs(
            "Poland ordered 20 HX-20 helicopters from Norvik Arms in 2021.",
            "Poland signed a contract with Norvik Arms for 32 HX-20 helicopters in 2024.",
        ),
        tools,
    )
    assert [scene.facts(d)["signedOn"] for d in scene.deals] == [{"2021"}, {"2024"}]
    assert quantities(scene) == [[{"20"}], [{"32"}]]


def test_deals_come_in_the_order_of_the_text_with_their_own_ids(tools: Tools) -> None:
    scene = read_scene(paragraphs(ORDER, "Kenya ordered 8 HX-20 helicopters from Norvik Arms."), tools)
    key = scene.document.key
    assert [d.id for d in scene.deals] == [f"deal/{key}-1", f"deal/{key}-2"]
    assert [i.id for d in scene.deals for i in d.items] == [f"item/{key}-1-1", f"item/{key}-2-1"]
    assert [s.id for d in scene.deals for s in d.stages] == [f"stage/{key}-1-1", f"stage/{key}-2-1"]


def test_fine_is_no_value(tools: Tools) -> None:
    scene = read_scene("Poland was fined $4 million over the purchase of HX-20 helicopters.", tools)
    assert [deal.values for deal in scene.deals] in ([], [()])


@pytest.mark.xfail(strict=True, reason="the weights give a deal without a supplier the one that the text names most")
def test_party_of_one_deal_is_not_lent_to_another(tools: Tools) -> None:
    scene = read_scene(paragraphs("Norway sold 20 frigates to Kenya.", "Poland bought rifles."), tools)
    assert [scene.facts(d).get("supplier") for d in scene.deals] == [{"Norway"}, None]


def test_both_ends_of_a_period_that_a_rule_reads_are_taken(tools: Tools) -> None:
    scene = read_scene(
        "12 HX-20 helicopters for Norway, SEK 300 million; contract signed 9 November, delivery 2025-2026.", tools
    )
    facts = only_deal(scene)
    assert (facts["startsOn"], facts["endsOn"]) == ({"2025"}, {"2026"})


def test_end_alone_brings_no_start(tools: Tools) -> None:
    scene = read_scene(
        "12 HX-20 helicopters for Norway, SEK 300 million; contract signed 9 November, delivery by 2026.", tools
    )
    facts = only_deal(scene)
    assert facts["endsOn"] == {"2026"}
    assert "startsOn" not in facts


# ------------------------------------------------------------------------------------------------ what is no deal
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Poland did not buy 20 HX-20 helicopters from Norvik Arms.", id="denied"),
        pytest.param("Poland would have bought 20 HX-20 helicopters from Norvik Arms.", id="imagined"),
        pytest.param("If Poland orders 20 HX-20 helicopters, Norvik Arms will build a plant.", id="condition"),
        pytest.param("The deal is worth $90 million.", id="nothing-but-a-sum"),
        pytest.param("The HX-20 helicopters will be built in Pune.", id="making-alone"),
        pytest.param("Poland and Norway held talks in Lisbon.", id="talks-about-nothing"),
    ],
)
def test_no_deal_comes_of(text: str, tools: Tools) -> None:
    assert read_scene(text, tools).deals == ()


def test_no_frames_no_deals(tools: Tools) -> None:
    assert read_scene("The weather in Lisbon was fine.", tools).deals == ()


# ------------------------------------------------------------------------------------------------ counts, deliveries
@pytest.mark.parametrize(
    "delivery",
    [
        pytest.param("Norvik Arms has delivered six HX-20 helicopters to Poland.", id="has-delivered"),
        pytest.param("The first six helicopters were delivered to Poland in March 2024.", id="the-first-six"),
    ],
)
def test_partial_delivery_is_a_milestone_and_no_quantity(delivery: str, tools: Tools) -> None:
    scene = read_scene(paragraphs(ORDER, delivery), tools)
    (deal,) = scene.deals
    assert quantities(scene) == [[{"20"}]]
    assert [scene.gather(m.facts)["quantity"] for m in deal.milestones] == [{"6"}]


def test_rival_counts_are_both_kept_each_at_its_own_words(tools: Tools) -> None:
    scene = read_scene(
        paragraphs(
            "Poland ordered 601,427 HX-20 helicopters from Norvik Arms.",
            "The contract covers 6,014,427 HX-20 helicopters.",
        ),
        tools,
    )
    (deal,) = scene.deals
    (line,) = deal.items
    said = [(scene.show(f.object), scene.quote(f.evidence.span)) for f in line.facts if f.predicate == "quantity"]
    assert said == [("601427", "601,427"), ("6014427", "6,014,427")]
    assert [f.as_written for f in line.facts if f.predicate == "quantity"] == ["601,427", "6,014,427"]


def test_rival_count_keeps_its_speaker(tools: Tools) -> None:
    scene = read_scene(paragraphs(ORDER, "Norvik Arms said Poland had ordered 22 HX-20 helicopters."), tools)
    (deal,) = scene.deals
    said = {scene.show(f.object): f.evidence.speaker for i in deal.items for f in i.facts if f.predicate == "quantity"}
    assert said == {"20": None, "22": "Norvik Arms"}


def test_two_things_of_one_deal_are_two_items(tools: Tools) -> None:
    scene = read_scene("Poland ordered 20 HX-20 helicopters and 12 Skua missiles from Norvik Arms.", tools)
    (deal,) = scene.deals
    assert [(i["weapon"], i["quantity"]) for i in scene.items(deal)] == [({"HX-20"}, {"20"}), ({"Skua"}, {"12"})]


# ------------------------------------------------------------------------------------------------ status
def stages(scene: Scene) -> list[str]:
    (deal,) = scene.deals
    return [s.status.value for s in deal.stages]


def test_statuses_are_kept_as_stages_and_the_furthest_is_the_status(tools: Tools) -> None:
    scene = read_scene(
        paragraphs(
            "The State Department approved the sale of 30 HX-20 helicopters to Poland.",
            "Poland signed the contract for the HX-20 helicopters with Norvik Arms on 3 April 2024.",
        ),
        tools,
    )
    assert stages(scene) == ["approved", "signed"]
    assert only_deal(scene)["status"] == {"signed"}
    first, second = scene.deals[0].stages
    assert scene.gather(first.facts) == {"stageActor": {"State Department"}}
    assert scene.gather(second.facts) == {"onDate": {"2024-04-03"}}


def test_approver_is_neither_buyer_nor_supplier(tools: Tools) -> None:
    facts = only_deal(read_scene("The State Department approved the sale of 30 HX-20 helicopters to Poland.", tools))
    assert facts["buyer"] == {"Poland"}
    assert "supplier" not in facts


def test_cancelled_order_is_cancelled(tools: Tools) -> None:
    scene = read_scene(paragraphs(ORDER, "The order was cancelled in 2023."), tools)
    assert stages(scene) == ["ordered", "cancelled"]
    assert only_deal(scene)["status"] == {"cancelled"}


def test_cancelled_order_was_not_signed_on_that_day(tools: Tools) -> None:
    assert "signedOn" not in only_deal(read_scene(paragraphs(ORDER, "The order was cancelled in 2023."), tools))


def test_deliveries_to_come_leave_the_deal_signed(tools: Tools) -> None:
    scene = read_scene(
        paragraphs(
            "Poland signed a contract with Norvik Arms for 20 HX-20 helicopters.",
            "The Ministry of Defence said deliveries will begin in 2026.",
        ),
        tools,
    )
    assert only_deal(scene)["status"] == {"signed"}


# ------------------------------------------------------------------------------------------------ evidence
def test_every_fact_of_a_deal_points_into_the_text(tools: Tools) -> None:
    scene = read_scene(
        paragraphs(
            "The State Department approved the sale of 30 HX-20 helicopters to Poland.",
            "Poland signed the contract for the HX-20 helicopters with Norvik Arms on 3 April 2024 for $300 million.",
            "The first six helicopters were delivered in March.",
        ),
        tools,
    )
    (deal,) = scene.deals
    evidence = [deal.evidence, *(e for _, e in deal.values)]
    for part in (*deal.items, *deal.stages, *deal.milestones):
        evidence += [part.evidence, *(f.evidence for f in part.facts)]
    evidence += [f.evidence for f in deal.facts]
    for one in evidence:
        assert scene.quote(one.span).strip()
        assert one.rule.startswith("trigger.")
        assert 0 < one.confidence <= 1
    for money, one in deal.values:
        assert scene.quote(one.span) == money.as_written


def test_sums_that_differ_are_both_kept(tools: Tools) -> None:
    scene = read_scene(
        paragraphs(
            "Poland signed a contract for 20 HX-20 helicopters with Norvik Arms for $300 million.",
            "The deal for the HX-20 helicopters is worth $310 million, Norvik Arms said.",
        ),
        tools,
    )
    (deal,) = scene.deals
    assert [int(m.amount) for m, _ in deal.values] == [300_000_000, 310_000_000]


def test_who_receives_under_a_deal_is_no_supplier(tools: Tools) -> None:
    text = (
        "India signed a contract with Norvik Arms for 24 HX-20 helicopters. "
        "Under the deal Poland will receive the first helicopters in 2028."
    )
    scene = read_scene(text, tools)
    suppliers = [scene.label(o) for d in scene.deals for o in _parties(d, "supplier")]
    assert "Poland" not in suppliers


def test_growth_of_spending_is_no_duration_of_a_deal(tools: Tools) -> None:
    text = (
        "Poland signed a contract with Norvik Arms for 24 HX-20 helicopters. "
        "Poland has tripled what it spends on defence in ten years."
    )
    assert [f for d in read_scene(text, tools).deals for f in d.facts if f.predicate == "duration"] == []


def _parties(deal: Deal, predicate: str) -> list[str]:
    return [f.object.id for f in deal.facts if f.predicate == predicate and isinstance(f.object, Ref)]


def test_another_sum_of_the_contract_is_a_second_value_of_it(tools: Tools) -> None:
    text = "Poland ordered 20 HX-20 helicopters from Norvik Arms for $300 million.\n\n"
    text += "The contract with Norvik Arms is worth $410 million, the Polish defence ministry said."
    (deal,) = read_scene(text, tools).deals
    assert {m.amount for m, _ in deal.values} == {300_000_000, 410_000_000}


@pytest.mark.parametrize(
    "text",
    [
        "Fiscal 2022 procurement funds of $12,000,000 were obligated at the time of the award.",
        "The air base gets a new hangar for 4 billion forints.",
    ],
    ids=["funds", "hangar"],
)
def test_a_sum_alone_is_no_deal(text: str, tools: Tools) -> None:
    before = "Norvik Arms was awarded a $41,250,000 contract for 86 HX-20 helicopters.\n\n"
    assert len(read_scene(before + text, tools).deals) == 1


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [("671000", "601427", True), ("601427", "900000", False), ("24", "26", False)],
    ids=["thousands", "far apart", "dozens"],
)
def test_counts_of_thousands_that_are_near_are_figures_for_one(one: str, other: str, *, is_one: bool) -> None:
    assert is_told_otherwise(one, other) is is_one
