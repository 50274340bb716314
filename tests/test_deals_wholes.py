"""Which deals are part of which: shares of one count, papers under one sum."""

from __future__ import annotations

import pytest

from armsgraph.pipeline import Tools
from scenes import Scene, read_scene


def parts(scene: Scene) -> dict[str, str | None]:
    """By the count of each deal that has one, that of the deal it is part of."""
    counts = {d.id: next(iter(i.get("quantity", {""})), "") for d in scene.deals for i in scene.items(d)}
    return {counts[d.id]: counts.get(d.part_of or "") for d in scene.deals if d.id in counts}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Poland signed a contract for 36 HX-20 helicopters in 2022. "
            "Norvik Arms builds 12 of them and Tarn Shipyards the other 24.",
            {"36": None, "12": "36", "24": "36"},
            id="shares-of-makers",
        ),
        pytest.param(
            "Poland ordered 36 HX-20 helicopters from Norvik Arms in 2022.\n\n"
            "Kenya ordered 12 HX-20 helicopters from Norvik Arms in 2019.",
            {"36": None, "12": None},
            id="two-orders",
        ),
    ],
)
def test_part_of_a_whole(text: str, expected: dict[str, str | None], tools: Tools) -> None:
    assert parts(read_scene(text, tools)) == expected


def test_count_without_a_noun_is_no_description(tools: Tools) -> None:
    scene = read_scene(
        "Poland signed a contract for 36 HX-20 helicopters in 2022. "
        "Norvik Arms builds 12 of them and Tarn Shipyards the other 24.",
        tools,
    )
    described = {w for d in scene.deals for i in scene.items(d) for w in i.get("description", ())}
    assert not {"12", "24"} & described
