"""Frames: counts that add up to one told before are parts of it, with what they do not say themselves."""

from __future__ import annotations

import pytest

from armsgraph.model import DealStatus, Frame, Role
from armsgraph.pipeline import Tools
from scenes import Scene, read_scene

SIDES = (Role.BUYER, Role.SUPPLIER)


def parts_of(scene: Scene) -> list[tuple[int | None, set[str], set[str]]]:
    """Count, buyers and suppliers of each part, in the order of the parts."""
    told = [(f.part[1], _told(scene, f)) for f in scene.frames if f.part is not None and f.part[1] >= 0]
    return [part for _, part in sorted(told, key=lambda pair: pair[0])]


def wholes_of(scene: Scene) -> list[tuple[int | None, set[str], set[str]]]:
    return [_told(scene, f) for f in scene.frames if f.part is not None and f.part[1] < 0]


def _told(scene: Scene, frame: Frame) -> tuple[int | None, set[str], set[str]]:
    (item,) = frame.items
    buyers, suppliers = ({scene.label(a.entity_id) for a in frame.arguments if a.role is r} for r in SIDES)
    return int(item.number.value) if item.number is not None else None, buyers, suppliers


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        pytest.param(
            "Kenya ordered 88 HX-20 helicopters, of which Norvik Arms supplies 32 and "
            "Tarn Shipyards makes the other 56.",
            [(32, "Norvik Arms"), (56, "Tarn Shipyards")],
            id="subjects",
        ),
        pytest.param(
            "Kenya ordered 145 HX-20 helicopters. "
            "Of the 145 helicopters, 25 will be delivered by Norvik Arms and the rest 120 assembled by Tarn Shipyards.",
            [(25, "Norvik Arms"), (120, "Tarn Shipyards")],
            id="agents",
        ),
        pytest.param(
            "Kenya ordered eight HX-20 helicopters. "
            "Two of the eight are to come from Norvik Arms, for $40 million, and six from Tarn Shipyards.",
            [(2, "Norvik Arms"), (6, "Tarn Shipyards")],
            id="from",
        ),
        pytest.param(
            "Kenya ordered 28 HX-20 helicopters. "
            "Twenty-four will be new ones from Norvik Arms, the rest come from Tarn Shipyards.",
            [(24, "Norvik Arms"), (None, "Tarn Shipyards")],
            id="the-rest",
        ),
        pytest.param(
            "Kenya ordered 100 HX-20 helicopters. Norvik Arms builds 60, Tarn Shipyards 25 and Alder Defence 15.",
            [(60, "Norvik Arms"), (25, "Tarn Shipyards"), (15, "Alder Defence")],
            id="the-verb-left-out",
        ),
        pytest.param(
            "Kenya ordered 200 HX-20 helicopters.\n\nAnd the split: sixty in flyaway condition from the plant of "
            "Norvik Arms. Forty put together by Tarn Shipyards. The remaining 100 made at Alder Defence.",
            [(60, "Norvik Arms"), (40, "Tarn Shipyards"), (100, "Alder Defence")],
            id="one-sentence-each",
        ),
        pytest.param(
            "Kenya ordered 30 HX-20 helicopters.\n\n- 12 at Norvik Arms\n\n- 18 at Tarn Shipyards",
            [(12, "Norvik Arms"), (18, "Tarn Shipyards")],
            id="lines",
        ),
    ],
)
def test_makers_that_share_an_order_each_provide_a_part_to_its_buyer(
    text: str, parts: list[tuple[int | None, str]], tools: Tools
) -> None:
    read = read_scene("Orders\n\n" + text, tools)
    assert parts_of(read) == [(count, {"Kenya"}, {maker}) for count, maker in parts]
    assert ("Kenya" in buyers for _, buyers, _ in wholes_of(read))


@pytest.mark.parametrize(
    "text",
    [
        "Norvik Arms sold 15 HX-20 helicopters, nine of them for the Indian Navy and six for the Indian Army.",
        "Norvik Arms sold 15 HX-20 helicopters. Nine go to the Indian Navy, the other six to the Indian Army.",
        "Norvik Arms sold 15 HX-20 helicopters. Nine are meant for the Indian Navy and six for the Indian Army.",
    ],
)
def test_those_who_share_a_purchase_each_get_a_part_from_its_supplier(text: str, tools: Tools) -> None:
    read = read_scene(text, tools)
    assert parts_of(read) == [(9, {"Indian Navy"}, {"Norvik Arms"}), (6, {"Indian Army"}, {"Norvik Arms"})]
    ((count, buyers, _),) = wholes_of(read)
    assert (count, buyers) == (15, {"Indian Navy", "Indian Army"})


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Eight come as trainers and ten as gunships.", id="kinds"),
        pytest.param("Eight of them will be built in Pune and ten in Lisbon.", id="places"),
        pytest.param("Norvik Arms delivers eight this year and ten in 2026.", id="one-maker"),
        pytest.param("Eight will be painted white and ten grey, all for the Indian Army.", id="behind-the-last-alone"),
        pytest.param("Eight come from Norvik Arms and nine from Tarn Shipyards.", id="another-sum"),
        pytest.param("Eight instructors come from Norvik Arms and ten cooks from Tarn Shipyards.", id="other-things"),
    ],
)
def test_what_differs_in_kind_place_or_day_alone_is_no_part(text: str, tools: Tools) -> None:
    assert parts_of(read_scene(f"Kenya ordered 18 HX-20 helicopters. {text}", tools)) == []


def test_a_part_has_the_day_and_the_weapon_of_the_whole_and_a_sum_among_parts_is_of_the_whole(tools: Tools) -> None:
    read = read_scene(
        "India signed a contract on 3 May 2024: 88 HX-20 helicopters for $100 million, of which Norvik Arms supplies "
        "32 and Tarn Shipyards makes the remaining 56.",
        tools,
    )
    parts = [f for f in read.frames if f.part is not None and f.part[1] >= 0]
    (whole,) = [f for f in read.frames if f.part is not None and f.part[1] < 0]
    assert [[d.as_written for d in f.signed_on] for f in parts] == [["3 May 2024"]] * 2
    assert {i.weapon_id for f in parts for i in f.items} == {whole.items[0].weapon_id}
    assert [len(f.money) for f in (whole, *parts)] == [1, 0, 0]


@pytest.mark.parametrize(
    ("verb", "status"),
    [("cancelled its order for", DealStatus.CANCELLED), ("wants to buy", DealStatus.PROPOSED)],
)
def test_a_part_is_as_far_as_the_whole_that_is_not_made(verb: str, status: DealStatus, tools: Tools) -> None:
    read = read_scene(
        f"Kenya {verb} eight HX-20 helicopters. Two were to come from Norvik Arms and six from Tarn Shipyards.", tools
    )
    assert [f.status for f in read.frames if f.part is not None and f.part[1] >= 0] == [status, status]
