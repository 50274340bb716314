"""Deals: of which kind they are, who buys, who supplies, and who signs."""

from __future__ import annotations

import pytest

from armsgraph.model import DealKind, Role
from armsgraph.pipeline import Tools
from scenes import read_scene
from test_deals import ORDER, only_deal, paragraphs


# ------------------------------------------------------------------------------------------------ kinds, parties
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param(ORDER, DealKind.CONTRACT, id="order"),
        pytest.param("Norway sold 12 Skua missiles to Kenya.", DealKind.DEAL, id="sale"),
        pytest.param("Norway donated 40 HX-20 helicopters to Kenya.", DealKind.DONATION, id="gift"),
        pytest.param(
            "India and Portugal signed a defence cooperation agreement.",
            DealKind.COOPERATION_AGREEMENT,
            id="cooperation",
        ),
        pytest.param("India and Portugal signed a memorandum of understanding.", DealKind.MEMORANDUM, id="memorandum"),
    ],
)
def test_kind(text: str, kind: DealKind, tools: Tools) -> None:
    (deal,) = read_scene(text, tools).deals
    assert deal.kind is kind


def test_equals_of_a_cooperation_agreement_are_parties(tools: Tools) -> None:
    facts = only_deal(
        read_scene("India and Portugal signed a defence cooperation agreement in Lisbon on 4 May 2024.", tools)
    )
    assert facts == {
        "party": {"India", "Portugal"},
        "signedAt": {"Lisbon"},
        "signedOn": {"2024-05-04"},
        "status": {"signed"},
    }


def test_signed_with_makes_a_party_too(tools: Tools) -> None:
    facts = only_deal(read_scene("Poland signed a memorandum of understanding with Portugal.", tools))
    assert facts.get("party") == {"Poland", "Portugal"}


@pytest.mark.parametrize(
    ("text", "buyer", "supplier"),
    [
        pytest.param(
            "The Indian Navy and Tarn Shipyards signed a contract for two frigates.",
            "Indian Navy",
            "Tarn Shipyards",
            id="force-and-firm-sign",
        ),
        pytest.param(
            "Norvik Arms won a $40 million contract from the Indian Navy for 12 Skua missiles.",
            "Indian Navy",
            "Norvik Arms",
            id="won-from",
        ),
        pytest.param(
            "Alder Defence was awarded a $77 million contract by the Pentagon for Skua missiles.",
            "Pentagon",
            "Alder Defence",
            id="awarded-by",
        ),
        pytest.param(
            "Norvik Arms signed a contract with Poland for 12 Skua missiles.", "Poland", "Norvik Arms", id="firm-first"
        ),
    ],
)
def test_sides_are_told_apart_by_what_they_are(text: str, buyer: str, supplier: str, tools: Tools) -> None:
    facts = only_deal(read_scene(text, tools))
    assert (facts["buyer"], facts["supplier"]) == ({buyer}, {supplier})


def test_only_the_one_who_signed_is_signatory(tools: Tools) -> None:
    scene = read_scene(
        "Defence Minister Anna Berg signed the contract with Tarn Shipyards for three frigates. "
        "Defence Minister Rui Matos attended the ceremony.",
        tools,
    )
    assert only_deal(scene)["signatory"] == {"Anna Berg"}


# ------------------------------------------------------------------------------------------------ firms that buy
def test_firm_that_orders_arms_is_the_buyer(tools: Tools) -> None:
    scene = read_scene("Norvik Arms ordered four HX-20 helicopters from Alder Defence in March.", tools)
    (deal,) = scene.deals
    facts = scene.facts(deal)
    assert facts["buyer"] == {"Norvik Arms"}
    assert facts["supplier"] == {"Alder Defence"}


def test_firm_that_takes_an_order_is_not_the_buyer(tools: Tools) -> None:
    scene = read_scene("Norvik Arms won an order for four HX-20 helicopters from Kenya in March.", tools)
    (deal,) = scene.deals
    facts = scene.facts(deal)
    assert facts["buyer"] == {"Kenya"}
    assert facts["supplier"] == {"Norvik Arms"}


# ------------------------------------------------------------------------------------------ who shares a side
@pytest.mark.parametrize(
    ("text", "slot", "expected"),
    [
        pytest.param(
            "Norway, Poland and Portugal have promised Kenya 60 HX-20 helicopters.",
            "supplier",
            {"Norway", "Poland", "Portugal"},
            id="donors",
        ),
        pytest.param(
            "Norvik Arms, Tarn Shipyards sign $60 million deal with Kenya for 30 NR-7 rifles.",
            "supplier",
            {"Norvik Arms", "Tarn Shipyards"},
            id="headline",
        ),
        pytest.param(
            "Norvik Arms and Kenya sign $60 million deal for 30 NR-7 rifles.",
            "supplier",
            {"Norvik Arms"},
            id="opposite",
        ),
    ],
)
def test_who_stands_in_one_row_shares_a_side(text: str, slot: str, expected: set[str], tools: Tools) -> None:
    assert only_deal(read_scene(text, tools))[slot] == expected


def test_contractors_named_at_the_end_supply_the_one_deal_of_the_text(tools: Tools) -> None:
    notice = paragraphs(
        "The State Department has approved the sale of 20 HX-20 helicopters to Kenya for $90 million.",
        "The sale will help Kenya.",
        "Contractors named for the work include Norvik Arms and Tarn Shipyards.",
    )
    assert only_deal(read_scene(notice, tools))["supplier"] == {"Norvik Arms", "Tarn Shipyards"}


def test_contractors_are_nobodys_where_two_buy(tools: Tools) -> None:
    scene = read_scene(
        paragraphs(
            "Poland ordered 20 HX-20 helicopters.",
            "Kenya ordered 12 Skua missiles.",
            "The principal contractors will be Norvik Arms and Tarn Shipyards.",
        ),
        tools,
    )
    rows = [f for f in scene.frames if f.triggers == ("order",)]
    assert all(a.role is not Role.SUPPLIER for f in rows for a in f.arguments)
