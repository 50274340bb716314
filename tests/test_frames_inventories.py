"""Frames: counted lists with semicolons, as notices of sales have them."""

from __future__ import annotations

import pytest

from armsgraph.pipeline import Tools
from scenes import Scene, read_scene

Shown = set[tuple[str | None, str, int | None]]
ASKED = "The Government of Kenya has requested to buy "


def shown(scene: Scene, trigger: str) -> Shown:
    return {
        (
            scene.label(i.weapon_id) if i.weapon_id else None,
            i.noun,
            int(i.number.value) if i.number is not None else None,
        )
        for i in scene.frame(trigger).items
    }


def test_parts_of_a_list_keep_their_counts(tools: Tools) -> None:
    text = (
        "thirty-six (36) Skua anti-ship missiles; six (6) HX-20 helicopters; four hundred ten (410) NR-7 assault "
        "rifles, with slings; ten (10) engines; and up to two (2) launchers."
    )
    scene = read_scene(ASKED + text, tools)
    assert shown(scene, "buy") == {
        ("Skua", "missile", 36),
        ("HX-20", "helicopter", 6),
        ("NR-7", "rifle", 410),
        (None, "engine", 10),
        (None, "launcher", 2),
    }
    assert not [f for f in scene.frames if f.is_support]


def test_what_is_not_counted_is_held_if_it_is_named(tools: Tools) -> None:
    scene = read_scene(f"{ASKED}36 Skua missiles; 6 HX-20 helicopters; 2 launchers; the NR-7; and publications.", tools)
    assert ("NR-7", "", None) in shown(scene, "buy")


def test_second_list_of_the_paragraph_goes_with_the_first(tools: Tools) -> None:
    more = "The following will also be included: four (4) trucks; two (2) radars; nine (9) trailers; publications."
    scene = read_scene(f"{ASKED}36 Skua missiles; 6 HX-20 helicopters; and 2 launchers. {more}", tools)
    assert {("Skua", "missile", 36), (None, "truck", 4), (None, "radar", 2)} <= shown(scene, "buy")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Kenya bought six HX-20 helicopters; Norway wanted 12; Poland has none.", id="clauses"),
        pytest.param(
            "Kenya bought six HX-20 helicopters. Work is done in Lisbon (52%); Pune (40%); and Oslo (8%).", id="places"
        ),
    ],
)
def test_other_semicolons_make_no_list(text: str, tools: Tools) -> None:
    assert shown(read_scene(text, tools), "buy") == {("HX-20", "helicopter", 6)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("The agency delivered to Congress the certification that the law requires.", False, id="notice"),
        pytest.param("The agency delivered to Kenya the helicopters that the law allows.", True, id="helicopters"),
    ],
)
def test_who_delivers_a_notice_hands_nothing_over(text: str, found: bool, tools: Tools) -> None:
    assert any("deliver" in f.triggers for f in read_scene(text, tools).frames) is found
