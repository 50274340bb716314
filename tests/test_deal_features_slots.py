"""Deals: what the weights are told of what could fill a slot."""

from __future__ import annotations

import pytest

from armsgraph.deals.candidates import propose
from armsgraph.deals.scene import Cluster, DealScene
from armsgraph.lexicon.weights import Features
from armsgraph.pipeline import Tools
from scenes import read_scene


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
