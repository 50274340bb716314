"""Who has, provides or gets a thing by the nouns and brackets around it; who is meant by a pronoun."""

from __future__ import annotations

import pytest

from armsgraph.pipeline import Tools
from scenes import Roles, one, read_scene


# ------------------------------------------------------------------------------------------------ things and headings
def test_firm_right_behind_of_provides_the_thing(tools: Tools) -> None:
    scene = read_scene("Kenya bought 12 Skua missiles of Norvik Arms.", tools)
    assert scene.roles("buy") == {"buyer": {"Kenya"}, "supplier": {"Norvik Arms"}}


def test_force_behind_of_only_has_the_thing(tools: Tools) -> None:
    scene = read_scene("Alder Defence will upgrade and sell the 12 HX-20 helicopters of the Indian Army.", tools)
    assert "Indian Army" not in scene.roles("sell").get("supplier", set())


def test_governments_behind_for_get_the_thing(tools: Tools) -> None:
    scene = read_scene(
        "Alder Defence won a $77 million contract for 12 Skua missiles for the governments of Kenya and Norway.",
        tools,
    )
    assert scene.roles("win") == {"supplier": {"Alder Defence"}, "buyer": {"Kenya", "Norway"}}


def test_states_in_brackets_behind_sales_buy(tools: Tools) -> None:
    text = "Alder Defence was awarded a Foreign Military Sales (Kenya, Norway) contract for Skua missiles."
    assert read_scene(text, tools).roles("award")["buyer"] == {"Kenya", "Norway"}


def test_states_in_brackets_elsewhere_buy_nothing(tools: Tools) -> None:
    text = "Alder Defence (Kenya, Norway) was awarded a contract for Skua missiles."
    assert "buyer" not in read_scene(text, tools).roles("award")


def test_owner_of_what_a_purchase_is_of_provides_it(tools: Tools) -> None:
    scene = read_scene("Kenya completed the purchase of Norvik Arms's Skua on Sunday.", tools)
    assert scene.roles("purchase-n") == {"buyer": {"Kenya"}, "supplier": {"Norvik Arms"}}


def test_force_that_has_the_thing_does_not_sell_it(tools: Tools) -> None:
    scene = read_scene("Kenya completed the purchase of the Indian Army's HX-20 helicopters on Sunday.", tools)
    assert scene.roles("purchase-n") == {"buyer": {"Kenya"}}


@pytest.mark.parametrize(
    ("text", "trigger", "roles"),
    [
        pytest.param(
            "Norway has agreed to give Kenya 16 HX-20 helicopters.",
            "give",
            one({"supplier": "Norway", "buyer": "Kenya"}),
            id="agrees-to-give",
        ),
        pytest.param(
            "Kenya has agreed to buy 16 HX-20 helicopters.", "buy", one({"buyer": "Kenya"}), id="agrees-to-buy"
        ),
        pytest.param(
            "Tarn Shipyards, a Norvik Arms company, delivered six HX-20 helicopters to Kenya.",
            "deliver",
            one({"supplier": "Tarn Shipyards", "buyer": "Kenya"}),
            id="owner-in-apposition",
        ),
        pytest.param(
            "Norvik Arms expects an order from Kenya for six HX-20 helicopters.",
            "order-n",
            one({"buyer": "Kenya"}),
            id="order-from-a-state",
        ),
        pytest.param(
            "Kenya announced its order from Norway for six HX-20 helicopters.",
            "order-n",
            one({"buyer": "Kenya", "supplier": "Norway"}),
            id="its-order-from-a-state",
        ),
    ],
)
def test_who_agrees_owns_or_orders(text: str, trigger: str, roles: Roles, tools: Tools) -> None:
    found = read_scene(text, tools).roles(trigger)
    assert {r: names for r, names in found.items() if r in {"buyer", "supplier"}} == roles


@pytest.mark.parametrize(
    ("text", "buyers"),
    [
        pytest.param(
            "Kenya is rearming. In 2023 it ordered six HX-20 helicopters; two of them have come. "
            "The same month it bought 12 Skua missiles.",
            {"Kenya"},
            id="from-pronoun-to-pronoun",
        ),
        pytest.param(
            "The year has a month to run and Kenya is in a hurry. On Friday it bought 12 Skua missiles.",
            {"Kenya"},
            id="second-clause",
        ),
        pytest.param(
            "Norway is in talks and Kenya is in a hurry. On Friday it bought 12 Skua missiles.",
            set(),
            id="two-subjects",
        ),
        pytest.param("KENYA - It bought 12 Skua missiles on Friday.", set(), id="dateline"),
    ],
)
def test_pronoun_goes_back_to_the_one_party_that_is_subject(text: str, buyers: set[str], tools: Tools) -> None:
    assert read_scene(text, tools).roles("buy").get("buyer", set()) == buyers


@pytest.mark.parametrize(
    ("text", "buyers"),
    [
        pytest.param("The Portuguese ordered 12 Skua missiles last year.", {"Portugal"}, id="people"),
        pytest.param("The Portuguese broker ordered 12 Skua missiles last year.", set(), id="adjective"),
    ],
)
def test_people_stand_for_their_state(text: str, buyers: set[str], tools: Tools) -> None:
    assert read_scene(text, tools).roles("order").get("buyer", set()) == buyers
