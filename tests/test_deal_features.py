"""Deals: what the weights are told of a frame."""

from __future__ import annotations

import pytest

from armsgraph.deals.candidates import propose
from armsgraph.deals.features import frame_features
from armsgraph.deals.scene import Cluster, DealScene
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


# ------------------------------------------------------------------------------------------------ slots
def candidates(text: str, slot: str, tools: Tools, *, published: str = "2024-05-10") -> dict[str, Features]:
    """Return the features of what could fill a slot of the one deal that all frames of a text make, by key."""
    scene = read_scene(text, tools, published=published)
    told = DealScene(
        scene.document, scene.values, scene.parse, scene.entities, scene.frames, tools.deals, tools.gazetteer
    )
    cluster = Cluster(told, range(len(told.frames)))
    return {c.key: c.features for c in propose(told, cluster) if c.slot == slot}


def test_things_counted_in_one_list_are_no_rivals(tools: Tools) -> None:
    text = "Kenya ordered 12 Skua missiles, six HX-20 helicopters and 40 NR-7 rifles."
    weapons = candidates(text, "weapon", tools)
    assert all("the deal has another" not in features for features in weapons.values())
    assert all("one of a counted list" in features for features in weapons.values())
    assert all("there are others" not in features for features in candidates(text, "quantity", tools).values())


def test_things_of_two_frames_are_rivals(tools: Tools) -> None:
    text = "Kenya ordered 12 Skua missiles. It will get six HX-20 helicopters."
    weapons = candidates(text, "weapon", tools)
    assert all("the deal has another" in features for features in weapons.values())
    assert all("one of a counted list" not in features for features in weapons.values())


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        pytest.param("2019-12-01", "delivered: signed in the year of the text", id="this-year"),
        pytest.param("2022-05-10", "delivered: signed in 2 or 3 years before", id="some-years"),
        pytest.param("2035-05-10", "delivered: signed in more than 7 years before", id="history"),
    ],
)
def test_status_knows_how_old_a_deal_is(published: str, expected: str, tools: Tools) -> None:
    found = candidates("Kenya ordered 12 Skua missiles in March 2019.", "status", tools, published=published)
    assert expected in found["delivered"]


def test_status_knows_tense_and_place(tools: Tools) -> None:
    found = candidates("News\n\nKenya will buy 12 Skua missiles.", "status", tools)
    assert {"signed: verb VB future", "signed: frames 1", "signed: in the second half"} <= found["signed"].keys()
