"""Frames: what a sentence about several deals says holds for each deal told under it, and for no other."""

from __future__ import annotations

import pytest

from armsgraph.model import DealStatus, Frame, Role
from armsgraph.pipeline import Tools
from scenes import Scene, read_scene

BUYS = "On 3 May 2024 the Ministry of Defence signed two contracts in Lisbon."


def lines(*parts: str) -> str:
    return "Contracts of the week\n\n" + "\n\n".join(parts)


def about(scene: Scene, weapon: str) -> Frame:
    """The first frame that has a weapon as its thing."""
    return next(f for f in scene.frames if any(i.weapon_id and scene.label(i.weapon_id) == weapon for i in f.items))


def named(scene: Scene, frame: Frame, role: Role) -> set[str]:
    return {scene.label(a.entity_id) for a in frame.arguments if a.role is role}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            lines(
                f"{BUYS} Under the first, Alder Defence will supply 40 HX-20 helicopters. "
                "The second, with Norvik Arms, covers 90 Skua missiles."
            ),
            id="the-first-the-second",
        ),
        pytest.param(
            lines(
                "On 3 May 2024 the Ministry of Defence signed two contracts in Lisbon:",
                "- 40 HX-20 helicopters from Alder Defence",
                "- 90 Skua missiles from Norvik Arms",
            ),
            id="lines",
        ),
        pytest.param(
            lines(
                "The Ministry of Defence signed two contracts, worth $90 million together.",
                "The contracts were signed on 3 May 2024 in Lisbon. Who gets what:",
                "(a) Alder Defence: 40 HX-20 helicopters",
                "(b) Norvik Arms: 90 Skua missiles",
            ),
            id="two-sentences-and-a-lead",
        ),
        pytest.param(
            lines(
                "The Ministry of Defence signed two contracts. "
                "The first is for 40 HX-20 helicopters, with Alder Defence. "
                "The other is for 90 Skua missiles from Norvik Arms. Both were signed in Lisbon on 3 May 2024."
            ),
            id="both-were-signed",
        ),
    ],
)
def test_day_place_and_buyer_are_handed_down(text: str, tools: Tools) -> None:
    scene = read_scene(text, tools)
    for weapon in ("HX-20", "Skua"):
        frame = about(scene, weapon)
        assert named(scene, frame, Role.BUYER) == {"Ministry of Defence"}
        assert named(scene, frame, Role.SIGNED_AT) == {"Lisbon"}
        assert [d.start.value for d in frame.signed_on if d.start] == ["2024-05-03"]
        assert not frame.money
    assert len({f.part for f in scene.frames if f.items and f.part is not None}) == 2


def test_evidence_stays_in_the_introducing_sentence(tools: Tools) -> None:
    text = lines(f"{BUYS[:-1]}:", "- 40 HX-20 helicopters for the Indian Army", "- 90 Skua missiles")
    scene = read_scene(text, tools)
    frame = about(scene, "Skua")
    (buyer,) = [a for a in frame.arguments if a.role is Role.BUYER]
    assert scene.quote(buyer.evidence.span) == "Ministry of Defence"
    assert frame.status is DealStatus.SIGNED
    assert frame.status_from is not None
    assert scene.quote(frame.status_from.span) == "signed"


def test_who_approves_lends_no_side(tools: Tools) -> None:
    scene = read_scene(
        lines("The State Department also approved:", "- 40 HX-20 helicopters", "- 90 Skua missiles"), tools
    )
    frame = about(scene, "Skua")
    assert frame.status is DealStatus.APPROVED
    assert not named(scene, frame, Role.BUYER)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            lines(f"{BUYS} The first HX-20 helicopters will come next year. The second Skua missile failed."),
            id="the-first-thing",
        ),
        pytest.param(
            lines(
                "On 3 May 2024 the Ministry of Defence signed a contract in Lisbon. It comes with:",
                "- 40 HX-20 helicopters",
                "- 90 Skua missiles",
            ),
            id="one-contract",
        ),
        pytest.param(
            lines(BUYS, "Portugal flies 40 HX-20 helicopters.", "Norvik Arms showed its Skua missile."), id="no-list"
        ),
    ],
)
def test_nothing_is_handed_down(text: str, tools: Tools) -> None:
    assert all(f.part is None for f in read_scene(text, tools).frames)


def test_own_buyer_of_another_state_and_own_day_stay(tools: Tools) -> None:
    scene = read_scene(
        lines(
            "Norvik Arms signed two contracts on 3 May 2024:",
            "- 40 HX-20 helicopters for Kenya, signed on 2 May 2024",
            "- 90 Skua missiles for Poland",
        ),
        tools,
    )
    assert named(scene, about(scene, "Skua"), Role.BUYER) == {"Poland"}
    assert named(scene, about(scene, "Skua"), Role.SUPPLIER) == {"Norvik Arms"}
    signed = {d.start.value for f in scene.frames if f.part == (0, 0) for d in f.signed_on if d.start}
    assert signed == {"2024-05-02"}


def test_lines_of_one_list_are_deals_apart(tools: Tools) -> None:
    scene = read_scene(
        lines(
            "On 3 May 2024 the Ministry of Defence signed two contracts, worth $400 million in total:",
            "- $300 million to Alder Defence for 40 HX-20 helicopters",
            "- $100 million to Alder Defence for 20 HX-20 helicopters",
        ),
        tools,
    )
    sums = [{m.as_written for m, _ in d.values} for d in scene.deals]
    assert not any({"$300 million", "$100 million"} <= s or {"$300 million", "$400 million"} <= s for s in sums)


def test_paragraphs_under_the_names_of_firms_are_deals_apart(tools: Tools) -> None:
    scene = read_scene(
        lines(
            "On 3 May 2024 the Ministry of Defence signed contracts worth $90 million with two firms. The list:",
            "Alder Defence",
            "HX-20 helicopters, $60 million. They are built in Pune.",
            "Norvik Arms",
            "Two here. The bigger, $20 million, is for Skua missiles. The smaller, $10 million, is for NR-7 rifles.",
        ),
        tools,
    )
    told = {
        (
            *sorted(facts.get("supplier", set())),
            *sorted(w for item in scene.items(d) for w in item.get("weapon", set())),
        )
        for d in scene.deals
        if (facts := scene.facts(d)).get("signedOn") == {"2024-05-03"}
    }
    assert {("Alder Defence", "HX-20"), ("Norvik Arms", "Skua"), ("Norvik Arms", "NR-7")} <= told


def test_vehicles_counted_in_a_line_of_a_list_are_a_thing(tools: Tools) -> None:
    scene = read_scene(
        lines(
            "The Ministry of Defence signed two contracts. Both were signed in Lisbon. Who gets what:",
            "- Alder Defence and Norvik Arms: some 5,000 light vehicles.",
            "- Tarn Shipyards: 40 HX-20 helicopters.",
        ),
        tools,
    )
    (vehicles,) = [f for f in scene.frames if any(i.noun == "vehicle" for i in f.items)]
    assert named(scene, vehicles, Role.SUPPLIER) == {"Alder Defence", "Norvik Arms"}
    assert named(scene, vehicles, Role.SIGNED_AT) == {"Lisbon"}
    assert not vehicles.is_support


def test_vehicles_counted_in_passing_are_none(tools: Tools) -> None:
    assert not read_scene("Some 5,000 light vehicles stood before the hall of Alder Defence.", tools).frames
