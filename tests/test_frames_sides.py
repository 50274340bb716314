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
