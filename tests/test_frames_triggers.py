"""Frames: which words speak of a deal, and which of the same words do not."""

from __future__ import annotations

import pytest

from armsgraph.model import DealStatus
from armsgraph.pipeline import Tools
from scenes import Roles, one, read_scene


def triggers(text: str, tools: Tools) -> set[str]:
    return {t for frame in read_scene(text, tools).frames for t in frame.triggers}


@pytest.mark.parametrize(
    ("text", "trigger", "roles"),
    [
        pytest.param("Twelve HX-20 helicopters have gone to Kenya.", "go-to", one({"buyer": "Kenya"}), id="gone-to"),
        pytest.param(
            "Norvik Arms handed two HX-20 helicopters to the Indian Navy.",
            "hand",
            one({"buyer": "Indian Navy", "supplier": "Norvik Arms"}),
            id="handed-to",
        ),
        pytest.param(
            "Norway has granted 40 NR-7 rifles to Kenya.",
            "hand",
            one({"buyer": "Kenya", "supplier": "Norway"}),
            id="granted-to",
        ),
        pytest.param(
            "Norway presented 40 NR-7 rifles to Kenya.",
            "present",
            one({"buyer": "Kenya", "supplier": "Norway"}),
            id="presented-to",
        ),
        pytest.param(
            "Poland took on 20 HX-20 helicopters from Norvik Arms.",
            "take-on",
            one({"buyer": "Poland", "supplier": "Norvik Arms"}),
            id="took-on",
        ),
        pytest.param("Kenya has gone for 40 NR-7 rifles.", "go-for", one({"buyer": "Kenya"}), id="gone-for"),
        pytest.param(
            "India chartered three frigates from Tarn Shipyards.",
            "buy",
            one({"buyer": "India", "supplier": "Tarn Shipyards"}),
            id="chartered",
        ),
        pytest.param(
            "An offer of Norvik Arms for 20 HX-20 helicopters lies in Warsaw.",
            "offer-n",
            one({"supplier": "Norvik Arms"}),
            id="offer",
        ),
    ],
)
def test_words_for_a_deal(text: str, trigger: str, roles: Roles, tools: Tools) -> None:
    assert read_scene(text, tools).roles(trigger) == roles


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        pytest.param("The HX-20 helicopters went to the north.", "go-to", id="gone-to-no-one"),
        pytest.param("The order for HX-20 helicopters went to Norvik Arms.", "go-to", id="order-goes-to-a-firm"),
        pytest.param("Norvik Arms presented the HX-20 helicopter as a mock-up.", "present", id="shown"),
        pytest.param("Kenya went for a walk with 40 NR-7 rifles.", "go-for", id="gone-for-a-walk"),
        pytest.param("Poland took 20 HX-20 helicopters on Monday.", "take-on", id="on-tells-when"),
        pytest.param("The boat turned over with 40 NR-7 rifles.", "turn-over", id="turned-itself-over"),
        pytest.param("After the HX-20 helicopter she took early retirement.", "take", id="took-retirement"),
        pytest.param("Kenya put its NR-7 rifles in running order.", "order-n", id="running-order"),
        pytest.param("The HX-20 helicopter of Kenya is out of order.", "order-n", id="out-of-order"),
        pytest.param("Poland sent a letter of offer for HX-20 helicopters.", "offer-n", id="letter-of-offer"),
    ],
)
def test_the_same_words_without_a_deal(text: str, trigger: str, tools: Tools) -> None:
    assert trigger not in triggers(text, tools)


def test_what_others_turn_over_is_handed_over(tools: Tools) -> None:
    assert "turn-over" in triggers("Norway turned 40 NR-7 rifles over to Kenya.", tools)
    assert "turn-over" in triggers("Forty NR-7 rifles were turned over to Kenya.", tools)


@pytest.mark.parametrize(
    ("text", "is_negated"),
    [
        pytest.param("Kenya is reported to have bought 40 NR-7 rifles.", False, id="reported-to-have"),
        pytest.param("Kenya is believed to have bought 40 NR-7 rifles.", False, id="believed-to-have"),
        pytest.param("Kenya will have bought 40 NR-7 rifles by June.", False, id="will-have"),
        pytest.param("Kenya was to have bought 40 NR-7 rifles.", True, id="was-to-have"),
        pytest.param("Kenya would have bought 40 NR-7 rifles.", True, id="would-have"),
    ],
)
def test_what_is_said_to_have_been_done_is_not_imagined(text: str, is_negated: bool, tools: Tools) -> None:
    frame = read_scene(text, tools).frame("buy")
    assert frame.is_negated == is_negated
    if text.startswith("Kenya is"):
        assert frame.status is DealStatus.ORDERED
