"""Frames: what the losers of a contest had on offer is no deal."""

from __future__ import annotations

import pytest

from armsgraph.pipeline import Tools
from scenes import read_scene


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Two rivals lost: Tarn Shipyards, which had teamed up with Norvik Arms, and one which offered the HX-20.",
            [True, True],
            id="lost",
        ),
        pytest.param("The losing bidder was Norvik Arms, which offered the HX-20 helicopter.", [True], id="losing"),
        pytest.param("The offer of HX-20 helicopters by Norvik Arms lost out on price.", [True], id="lost-out"),
        pytest.param("Norvik Arms has offered HX-20 helicopters to Kenya.", [False], id="still-open"),
        pytest.param("Norvik Arms beat its rivals and signed a contract with Kenya.", [False], id="the-winner"),
        pytest.param("Poland lost two jets and ordered 20 HX-20 helicopters.", [False], id="no-contest"),
    ],
)
def test_offers_that_lost_are_denied(text: str, expected: list[bool], tools: Tools) -> None:
    strong = [f for f in read_scene(text, tools).frames if not f.is_support]
    assert [f.is_negated for f in strong] == expected
