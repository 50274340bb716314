"""Frames: who a heading or a label names, and the customers of foreign sales."""

from __future__ import annotations

import pytest

from armsgraph.model import Role
from armsgraph.pipeline import Tools
from scenes import Scene, read_scene


def text(*paragraphs: str) -> str:
    return "\n\n".join(("Week in brief", *paragraphs))


def sides(scene: Scene, role: Role) -> set[str]:
    return {scene.label(a.entity_id) for f in scene.frames for a in f.arguments if a.role is role}


AWARD = "Alder Defence was awarded a $40 million contract for 12 Skua missiles."


@pytest.mark.parametrize(
    ("paragraphs", "role", "names"),
    [
        pytest.param(("Indian Navy", AWARD), Role.BUYER, {"Indian Navy"}, id="heading"),
        pytest.param(("Indian Navy", AWARD, AWARD), Role.BUYER, {"Indian Navy"}, id="heading-of-two"),
        pytest.param(("- Kenya: 40 HX-20 helicopters, $90 million.",), Role.BUYER, {"Kenya"}, id="label"),
        pytest.param(("Alder Defence: 40 HX-20 helicopters.",), Role.SUPPLIER, {"Alder Defence"}, id="label-firm"),
        pytest.param(("2. Kenya. 40 HX-20 helicopters from Alder Defence.",), Role.BUYER, {"Kenya"}, id="run-in"),
        pytest.param(
            ("Kenya: MORE TO COME", "A contract was signed on 3 May for 40 HX-20 helicopters."),
            Role.BUYER,
            {"Kenya"},
            id="title",
        ),
        pytest.param(
            ("Indian Navy", "Alder Defence was awarded a $40 million Foreign Military Sales (Kenya, Poland) contract."),
            Role.BUYER,
            {"Kenya", "Poland"},
            id="customers",
        ),
        pytest.param(
            ("Indian Navy", f"{AWARD} This contract involves Foreign Military Sales to Kenya and Poland."),
            Role.BUYER,
            {"Kenya", "Poland"},
            id="customers-in-the-next-sentence",
        ),
    ],
)
def test_side_of_a_heading(paragraphs: tuple[str, ...], role: Role, names: set[str], tools: Tools) -> None:
    assert sides(read_scene(text(*paragraphs), tools), role) == names


@pytest.mark.parametrize(
    "paragraphs",
    [
        pytest.param(("Ministry of Defence", AWARD), id="letterhead"),
        pytest.param(("Poland - Kenya", AWARD), id="two-names"),
        pytest.param(("Kenya: the HX-20 was built by Alder Defence.",), id="nothing-changes-hands"),
        pytest.param(("Kenya.", "A parade.", "No one came.", *["Rain fell again."] * 8, AWARD), id="too-far"),
    ],
)
def test_no_side_of_a_heading(paragraphs: tuple[str, ...], tools: Tools) -> None:
    assert not sides(read_scene(text(*paragraphs), tools), Role.BUYER)


def test_state_of_a_label_that_gives_buys_nothing(tools: Tools) -> None:
    scene = read_scene(text("- Portugal: the Portuguese state gave 40 HX-20 helicopters to Kenya."), tools)
    assert sides(scene, Role.BUYER) == {"Kenya"}


def test_heading_yields_to_a_buyer_in_the_paragraph(tools: Tools) -> None:
    scene = read_scene(text("Indian Navy", f"{AWARD} Kenya ordered the missiles in March 2024."), tools)
    assert sides(scene, Role.BUYER) == {"Kenya"}


def test_one_contract_for_several_customers_is_one_deal(tools: Tools) -> None:
    award = "Alder Defence was awarded a $40 million Foreign Military Sales (Kenya, Poland) contract for Skua missiles."
    scene = read_scene(text("Indian Navy", award), tools)
    assert [len(d.values) for d in scene.deals] == [1]


def test_all_who_have_a_share_of_a_contract_buy(tools: Tools) -> None:
    scene = read_scene(
        "Norvik Arms was awarded a $90 million contract for HX-20 helicopters. This contract combines "
        "purchases for the Royal Norwegian Navy (76%) and the governments of Kenya and Poland (24%) under the Foreign "
        "Military Sales program. "
        "Work will be performed in Pune (61%).",
        tools,
    )
    found = {a.entity_id for f in scene.frames for a in f.arguments if a.role is Role.BUYER}
    assert {scene.label(i) for i in found} == {"Royal Norwegian Navy", "Kenya", "Poland"}
