"""Whether what the frames say is a deal that the text tells: how likely it is, and what it must have."""

from __future__ import annotations

import pytest

from armsgraph.deals.assemble import tell_deals
from armsgraph.deals.gathering import Links
from armsgraph.deals.scene import DealScene
from armsgraph.lexicon.weights import DealWeights
from armsgraph.pipeline import Tools
from scenes import read_scene

_TAKEN = {"weapon": {"always": 5.0}, "quantity": {"always": 5.0}, "buyer": {"always": 5.0}, "signedOn": {"always": 5.0}}


def _told(text: str, odds: float, tools: Tools) -> int:
    """Return how many deals are told where every frame speaks of one and a deal has these odds."""
    weights = DealWeights(
        weights={**_TAKEN, "frame": {"always": 9.0}, "same deal": {"always": 9.0}, "deal": {"always": odds}},
        thresholds={"deal": 0.55},
    )
    read = read_scene(text, tools)
    scene = DealScene(read.document, read.values, read.parse, read.entities, read.frames, tools.deals, tools.gazetteer)
    return len(tell_deals(Links(scene, weights)))


@pytest.mark.parametrize(
    ("text", "odds", "told"),
    [
        pytest.param("Poland is to get HX-20 helicopters.", 0.3, 1, id="a-side-and-a-thing"),
        pytest.param("Eight HX-20 helicopters were delivered.", 0.3, 0, id="nobody-at-these-odds"),
        pytest.param("Eight HX-20 helicopters were delivered.", 0.7, 1, id="nobody-but-likelier"),
        pytest.param("A contract was signed.", 5.0, 0, id="nothing-at-all"),
        pytest.param("A memorandum of understanding was signed on 3 May 2021.", 5.0, 0, id="a-paper-and-its-day"),
        pytest.param("Poland has eight HX-20 helicopters.", 0.3, 0, id="no-word-for-it-at-these-odds"),
        pytest.param("Poland has eight HX-20 helicopters.", 0.7, 1, id="no-word-for-it-but-likelier"),
    ],
)
def test_deal_that_lacks_a_side_a_thing_or_a_word_must_be_likelier(
    text: str, odds: float, told: int, tools: Tools
) -> None:
    assert _told(text, odds, tools) == told


@pytest.mark.parametrize(
    ("second", "told"),
    [
        pytest.param("Poland signed a contract for HX-20 helicopters in May 2024.", 1, id="one-that-fits"),
        pytest.param("Poland has chosen Norvik Arms.", 1, id="only-the-sides"),
        pytest.param("Kenya has chosen Norvik Arms.", 2, id="only-other-sides"),
        pytest.param("Kenya signed a contract for HX-20 helicopters in May 2024.", 2, id="another-buyer"),
        pytest.param("Poland signed a contract for Skua missiles in May 2024.", 2, id="another-weapon"),
        pytest.param("Poland signed a contract for 12 HX-20 helicopters in May 2024.", 2, id="another-count"),
    ],
)
def test_what_fits_one_deal_alone_is_told_of_it_however_unlikely(second: str, told: int, tools: Tools) -> None:
    text = f"Poland ordered 20 HX-20 helicopters from Norvik Arms.\n\n{second}"
    apart = {"same deal": {"always": -9.0}, "one deal": {"always": -9.0}}
    taken = {**_TAKEN, "frame": {"always": 9.0}, "deal": {"always": 9.0}}
    taken |= {side: {"always": -5.0, "rule says so": 9.0} for side in ("buyer", "supplier")}
    weights = DealWeights(weights={**taken, **apart}, thresholds={})
    read = read_scene(text, tools)
    scene = DealScene(read.document, read.values, read.parse, read.entities, read.frames, tools.deals, tools.gazetteer)
    assert len(tell_deals(Links(scene, weights))) == told
