"""Deals: what the weights are told of a frame."""

from __future__ import annotations

import pytest

from armsgraph.deals.features import frame_features
from armsgraph.deals.scene import DealScene
from armsgraph.lexicon.weights import Features
from armsgraph.pipeline import Tools
from scenes import read_scene


def features(text: str, tools: Tools) -> list[Features]:
    scene = read_scene(text, tools)
    told = DealScene(
        scene.document, scene.values, scene.parse, scene.entities, scene.frames, tools.deals, tools.gazetteer
    )
    return [frame_features(told, i) for i in range(len(told.frames))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Norvik Arms delivered the HX-20.", {"takes Weapon", "subject Firm"}, id="firm-weapon"),
        pytest.param("Norway delivered three frigates.", {"takes thing", "subject State"}, id="state-thing"),
        pytest.param("She delivered a eulogy.", {"takes something else", "subject pronoun"}, id="something-else"),
        pytest.param("Norvik Arms delivered on time.", {"takes nothing", "subject Firm"}, id="nothing"),
        pytest.param("Kenya flies the HX-20.", {"tag above:VBZ", "takes Weapon"}, id="no-trigger"),
    ],
)
def test_frame_tells_what_its_verb_takes(text: str, expected: set[str], tools: Tools) -> None:
    (found,) = features(text, tools)
    assert expected <= found.keys()


def test_line_without_a_verb_takes_nothing_that_is_told(tools: Tools) -> None:
    (found,) = features("20 HX-20 helicopters, Kenya", tools)
    assert not any(name.startswith(("takes", "subject", "tag above")) for name in found)


def test_frame_knows_whether_the_text_tells_of_a_deal_plainly(tools: Tools) -> None:
    plain, other = features("Poland ordered 20 HX-20 helicopters from Norvik Arms.\n\nShe delivered a eulogy.", tools)
    assert "told plainly" in plain
    assert "another is told plainly" not in plain
    assert "another is told plainly" in other
    (alone,) = features("She delivered a eulogy.", tools)
    assert {"none is told plainly"} == {n for n in alone if "told plainly" in n}
