"""Deals: what the weights are told of a frame, and of two."""

from __future__ import annotations

import pytest

from armsgraph.deals.features import frame_features, pair_features
from armsgraph.deals.scene import DealScene
from armsgraph.lexicon.weights import Features
from armsgraph.pipeline import Tools
from scenes import read_scene


def scene_of(text: str, tools: Tools) -> DealScene:
    read = read_scene(text, tools)
    return DealScene(read.document, read.values, read.parse, read.entities, read.frames, tools.deals, tools.gazetteer)


def features(text: str, tools: Tools) -> list[Features]:
    told = scene_of(text, tools)
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


@pytest.mark.parametrize(
    ("text", "feature", "holds"),
    [
        pytest.param(
            "Norway ordered 20 HX-20 helicopters. It donated 12 Skua missiles to Kenya.",
            "another kind of deal",
            True,
            id="gift-beside-a-purchase",
        ),
        pytest.param(
            "Norway ordered 20 HX-20 helicopters. It bought 12 Skua missiles.",
            "another kind of deal",
            False,
            id="purchase-beside-a-purchase",
        ),
        pytest.param(
            "Norway signed two contracts. It bought 12 Skua missiles.",
            "several papers before",
            True,
            id="two-contracts",
        ),
        pytest.param(
            "Norway signed a contract. It bought 12 Skua missiles.", "several papers before", False, id="one-contract"
        ),
        pytest.param(
            "Norway ordered 20 HX-20 helicopters; Kenya bought 12 Skua missiles.",
            "a semicolon between",
            True,
            id="semicolon",
        ),
        pytest.param(
            "Norway ordered 20 HX-20 helicopters after Kenya had bought 12 Skua missiles.",
            "set beside the other",
            True,
            id="after",
        ),
        pytest.param(
            "Norway ordered 20 HX-20 helicopters and Kenya bought 12 Skua missiles.",
            "set beside the other",
            False,
            id="and-alone",
        ),
    ],
)
def test_wording_sets_a_deal_beside_another(text: str, feature: str, holds: bool, tools: Tools) -> None:
    assert (feature in pair_features(scene_of(text, tools), 0, 1)) is holds
