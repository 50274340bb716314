"""Frames: sentences that share out, and those in which one verb serves several in turn."""

from __future__ import annotations

import pytest

from armsgraph.model import Role
from armsgraph.pipeline import Tools
from scenes import read_scene


def _told(text: str, tools: Tools) -> list[tuple[list[str], list[int | None]]]:
    """Return who buys and what is counted, by frame; of sides that provide, the provider."""
    read = read_scene(text, tools)
    names = {e.id: e.label for e in read.entities.entities}
    return [
        (
            [names[a.entity_id] for a in f.arguments if a.role in {Role.BUYER, Role.SUPPLIER, Role.MAKER}],
            [int(i.number.value) if i.number is not None else None for i in f.items],
        )
        for f in read.frames
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param(
            "Poland ordered eight HX-20 helicopters and Norway ten.",
            [(["Poland"], [8]), (["Norway"], [10])],
            id="verb-left-out",
        ),
        pytest.param(
            "Poland and Norway ordered HX-20 helicopters, eight and ten respectively.",
            [(["Poland"], [8]), (["Norway"], [10])],
            id="respectively",
        ),
        pytest.param(
            "Poland, Norway and Kenya bought the HX-20.",
            [(["Poland"], [None]), (["Norway"], [None]), (["Kenya"], [None])],
            id="each-its-own",
        ),
        pytest.param(
            "Poland and Norway jointly ordered the HX-20.", [(["Poland", "Norway"], [None])], id="but-together"
        ),
        pytest.param("Poland and Norway ordered 20 HX-20.", [(["Poland", "Norway"], [20])], id="but-one-count"),
        pytest.param(
            "Two HX-20 helicopters came from Norvik Arms and six from Tarn Shipyards.",
            [(["Norvik Arms"], [2]), (["Tarn Shipyards"], [6])],
            id="share-behind-the-verb",
        ),
        pytest.param(
            "Four HX-20 helicopters have been ordered, two each by the Indian Navy and the Indian Army.",
            [([], [4]), (["Indian Navy"], [2]), (["Indian Army"], [2])],
            id="each",
        ),
        pytest.param(
            "This is for 15 HX-20 helicopters, nine of them for the Indian Navy and six for the Indian Army.",
            [(["Indian Navy", "Indian Army"], [15]), (["Indian Navy"], [9]), (["Indian Army"], [6])],
            id="shares-without-a-trigger",
        ),
    ],
)
def test_what_each_gets_in_turn_is_told_apart(
    text: str, told: list[tuple[list[str], list[int | None]]], tools: Tools
) -> None:
    assert _told(text, tools) == told


def test_sum_in_one_share_is_of_that_share_and_behind_the_last_of_all(tools: Tools) -> None:
    first = read_scene("Two HX-20 came from Norvik Arms, for $40 million, and six from Tarn Shipyards.", tools)
    assert [len(f.money) for f in first.frames] == [1, 0]
    last = read_scene("India bought 20 HX-20 for the Indian Army and 12 for the Indian Navy, for $90 million.", tools)
    assert [len(f.money) for f in last.frames if "share" in f.marks] == [0, 0]
