"""What two frames of one deal never say: told again, turned round, mistyped or without a known state, it is no veto."""

from __future__ import annotations

import pytest

from armsgraph.deals.figures import is_slip
from armsgraph.deals.scene import DealScene
from armsgraph.deals.vetoes import veto_between
from armsgraph.pipeline import Tools
from scenes import read_scene


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        pytest.param(
            "Thailand buys ten more HX-20 helicopters",
            "The Royal Thai Army will buy ten more HX-20 helicopters from Norvik Arms.",
            None,
            id="the-same-ten-more",
        ),
        pytest.param(
            "Thailand buys ten more HX-20 helicopters",
            "Thailand will buy another 4 HX-20 helicopters from Norvik Arms.",
            "another one",
            id="four-more",
        ),
        pytest.param(
            "Kenya signs $300m helicopter deal with Poland",
            "Poland on Friday signed a $300 million contract with Kenya for helicopters.",
            None,
            id="turned-round",
        ),
        pytest.param(
            "Kenya signs $300m helicopter deal with Poland",
            "India signed a $300 million contract with Norvik Arms for helicopters.",
            "another buyer",
            id="somebody-else",
        ),
        pytest.param(
            "Poland inks Rs 693 crore deal with Norvik Arms",
            "Poland signed a Rs 639 crore contract with Norvik Arms.",
            None,
            id="digits-change-places",
        ),
        pytest.param(
            "Poland inks Rs 693 crore deal with Norvik Arms",
            "Poland signed a Rs 439 crore contract with Norvik Arms.",
            "another sum",
            id="another-digit",
        ),
    ],
)
def test_veto_between_headline_and_body(first: str, second: str, why: str | None, tools: Tools) -> None:
    read = read_scene(f"{first}\n\n{second}", tools)
    scene = DealScene(read.document, read.values, read.parse, read.entities, read.frames, tools.deals, tools.gazetteer)
    later = next(i for i, f in enumerate(scene.frames) if f.sentence > 0)
    assert veto_between(scene, 0, later) == why


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("601427", "6014427", True),
        ("693", "639", True),
        ("6930000000", "6390000000", True),
        ("1832", "1382", True),
        ("45", "54", False),
        ("450", "540", False),
        ("693", "396", False),
        ("693", "638", False),
    ],
)
def test_slips(one: str, other: str, expected: bool) -> None:
    assert is_slip(one, other) is expected
    assert is_slip(other, one) is expected


@pytest.mark.parametrize(
    ("second", "why"),
    [
        pytest.param(
            "Norvik Arms will hand over no more than three HX-20 helicopters to Poland by May.", None, id="than"
        ),
        pytest.param("Norvik Arms will hand the new HX-20 helicopters over to Poland by May.", None, id="the-new"),
        pytest.param("Norvik Arms sold three more HX-20 helicopters to Poland in May.", "another one", id="more"),
    ],
)
def test_words_that_make_another_one(second: str, why: str | None, tools: Tools) -> None:
    read = read_scene(f"Poland's air force\n\nPoland ordered 20 HX-20 helicopters in 2023.\n\n{second}", tools)
    scene = DealScene(read.document, read.values, read.parse, read.entities, read.frames, tools.deals, tools.gazetteer)
    strong = [i for i, f in enumerate(scene.frames) if not f.is_support]
    assert len(strong) == 2
    assert veto_between(scene, *strong) == why
