"""Frames: who is on which side, where the parser or the case alone would misread it."""

from __future__ import annotations

import pytest

from armsgraph.pipeline import Tools
from scenes import Roles, one, read_scene

_SIDES = {"buyer", "supplier", "party", "counterpart", "approver", "maker"}


@pytest.mark.parametrize(
    ("text", "trigger", "roles"),
    [
        pytest.param(
            "Norway on Sunday signed over its Skua missiles to Kenya.",
            "sign-over",
            one({"supplier": "Norway", "buyer": "Kenya"}),
            id="signed-over",
        ),
        pytest.param(
            "The ten HX-20 helicopters were signed over to the Indian Navy by Norway.",
            "sign-over",
            one({"supplier": "Norway", "buyer": "Indian Navy"}),
            id="were-signed-over",
        ),
        pytest.param(
            "Kenya to buy HX-20 helicopters in deal worth $367 million",
            "buy",
            one({"buyer": "Kenya"}),
            id="headline-to-buy",
        ),
        pytest.param(
            "Norvik Arms to supply Kenya with 40 NR-7 rifles",
            "supply",
            one({"supplier": "Norvik Arms", "buyer": "Kenya"}),
            id="headline-to-supply",
        ),
        pytest.param(
            "The Government of Kenya and Norvik Arms yesterday signed a contract for one HX-20 helicopter.",
            "sign",
            {"party": {"Kenya", "Norvik Arms"}},
            id="government-and-firm",
        ),
        pytest.param(
            "Patrol boats, tankers, sea planes: $840 million nod from Pentagon",
            "approval-n",
            one({"approver": "Pentagon"}),
            id="noun-with-its-preposition",
        ),
        pytest.param(
            "KENYA – An undisclosed customer in Asia has awarded Norvik Arms a contract worth $70 million.",
            "award",
            one({"supplier": "Norvik Arms"}),
            id="label-before-a-dash",
        ),
        pytest.param(
            "NAIROBI, Kenya --- Norway and Norvik Arms signed a contract for 12 Skua missiles on Friday.",
            "sign",
            {"party": {"Norway", "Norvik Arms"}},
            id="town-and-state-before-a-dash",
        ),
        pytest.param(
            "The first two HX-20 helicopters were turned over to the Indian ambassador to Norway, India said.",
            "turn-over",
            one({"buyer": "India"}),
            id="ambassador",
        ),
        pytest.param(
            "India signed a contract for one Norvik Arms-built HX-20 helicopter.",
            "build",
            one({"maker": "Norvik Arms"}),
            id="maker-before-a-participle",
        ),
    ],
)
def test_who_is_on_which_side(text: str, trigger: str, roles: Roles, tools: Tools) -> None:
    found = read_scene(text, tools).roles(trigger)
    assert {r: names for r, names in found.items() if r in _SIDES} == roles


def test_name_with_a_verb_behind_it_does_not_act_in_the_clause_before(tools: Tools) -> None:
    scene = read_scene(
        "Alder Defence and Norvik Arms signed up: 88 HX-20 helicopters for $100 million, of which Norvik Arms supplies "
        "32 and Alder Defence makes the remaining 56.",
        tools,
    )
    assert scene.roles("supply")["supplier"] == {"Norvik Arms"}


@pytest.mark.parametrize(
    ("text", "trigger", "roles"),
    [
        pytest.param(
            "India, Norway sign contract for 12 Skua missiles",
            "contract-n",
            {"party": {"India", "Norway"}},
            id="read-as-a-noun",
        ),
        pytest.param(
            "Kenya, Norway talk about 12 NR-7 rifles", "talk", {"party": {"Kenya", "Norway"}}, id="first-of-two"
        ),
        pytest.param(
            "Norvik Arms, Norway, signs contract for 12 NR-7 rifles",
            "sign",
            one({"party": "Norvik Arms"}),
            id="address-of-a-firm",
        ),
    ],
)
def test_several_act_at_the_head_of_a_sentence(text: str, trigger: str, roles: Roles, tools: Tools) -> None:
    found = read_scene(text, tools).roles(trigger)
    assert {r: names for r, names in found.items() if r in _SIDES} == roles


@pytest.mark.parametrize(
    ("second", "roles"),
    [
        pytest.param(
            "Norway is to deliver 12 HX-20 helicopters.",
            one({"supplier": "Norway", "buyer": "Kenya"}),
            id="one-delivers",
        ),
        pytest.param(
            "Norway and Kenya will supply 12 HX-20 helicopters to Poland.",
            {"party": {"Kenya", "Norway"}},
            id="both-supply-another",
        ),
        pytest.param(
            "Norway will deliver 12 HX-20 helicopters to Poland.",
            {"party": {"Kenya", "Norway"}},
            id="one-supplies-a-third",
        ),
    ],
)
def test_two_who_signed_are_told_apart_by_what_one_does(second: str, roles: Roles, tools: Tools) -> None:
    scene = read_scene(f"Kenya and Norway signed a contract on Monday. {second}", tools)
    assert {r: names for r, names in scene.roles("sign").items() if r in _SIDES} == roles


def test_force_whose_funds_are_obligated_buys(tools: Tools) -> None:
    scene = read_scene(
        "Norvik Arms, Pune, is awarded a $10,000,000 contract for HX-20 helicopters. Fiscal 2024 other procurement "
        "(Indian Navy) funds in the amount of $250,000 will be obligated at time of award.",
        tools,
    )
    assert scene.roles("award")["buyer"] == {"Indian Navy"}


@pytest.mark.parametrize(
    ("text", "trigger", "roles"),
    [
        pytest.param(
            "Poland has 28 Skua missiles on order and Kenya yesterday signed a contract for 24.",
            "sign",
            one({"party": "Kenya"}),
            id="signed-yesterday",
        ),
        pytest.param(
            "Norvik Arms delivered 12 NR-7 rifles to Kenya and Poland last year ordered 20.",
            "order",
            one({"buyer": "Poland"}),
            id="ordered-last-year",
        ),
        pytest.param(
            "Kenya and Norway yesterday signed a contract for 12 NR-7 rifles.",
            "sign",
            {"party": {"Kenya", "Norway"}},
            id="two-subjects",
        ),
        pytest.param(
            "India selected the HX-20 in 2023 together with Kenya.",
            "select",
            {"buyer": {"India", "Kenya"}},
            id="together-with",
        ),
        pytest.param(
            "Tarn Shipyards got a contract from Norvik Arms for 12 Skua missiles.",
            "contract-n",
            one({"buyer": "Norvik Arms", "supplier": "Tarn Shipyards"}),
            id="contract-from",
        ),
        pytest.param(
            "Alder Defence had signed up Norvik Arms to provide the HX-20 helicopters.",
            "sign-up",
            one({"buyer": "Alder Defence", "supplier": "Norvik Arms"}),
            id="signed-up-a-firm",
        ),
    ],
)
def test_who_stands_behind_what_is_told_before(text: str, trigger: str, roles: Roles, tools: Tools) -> None:
    found = read_scene(text, tools).roles(trigger)
    assert {r: names for r, names in found.items() if r in _SIDES} == roles


def test_bought_share_of_a_firm_is_no_deal(tools: Tools) -> None:
    assert not read_scene("Norvik Arms acquired the share of Alder Defence in 2020.", tools).frames
