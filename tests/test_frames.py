"""Frames: which words of a sentence speak of a deal, and what changes hands."""

from __future__ import annotations

import pytest

from armsgraph.model import DealKind, FrameItem
from armsgraph.parsing import load_parser
from armsgraph.pipeline import Tools
from scenes import Scene, read_scene


# ------------------------------------------------------------------------------------------------ triggers
@pytest.mark.parametrize(
    ("text", "triggers"),
    [
        pytest.param(
            "Norvik Arms won a contract to supply 12 Skua missiles.", {"win", "contract-n", "supply"}, id="to-supply"
        ),
        pytest.param(
            "The contract, which Poland signed with Norvik Arms in 2022, covers 20 HX-20 helicopters.",
            {"contract-n", "sign"},
            id="relative-clause",
        ),
        pytest.param(
            "India and Norway signed an agreement for the procurement of 40 Skua missiles.",
            {"sign", "contract-n", "purchase-n"},
            id="noun-of-a-noun",
        ),
        pytest.param(
            "The State Department approved the sale of 30 HX-20 helicopters to Poland.",
            {"approve", "sale-n"},
            id="approved-sale",
        ),
    ],
)
def test_triggers_of_one_event_are_one_frame(text: str, triggers: set[str], tools: Tools) -> None:
    (frame,) = read_scene(text, tools).frames
    assert set(frame.triggers) == triggers
    assert frame.triggers[0] in frame.evidence.rule


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Norvik Arms has an order book of $4 billion.", id="order-book"),
        pytest.param("Poland scored a great deal of praise.", id="great-deal"),
        pytest.param("Norvik Arms won a prize in Lisbon.", id="won-no-paper"),
        pytest.param("Poland placed its soldiers on alert.", id="placed-no-paper"),
        pytest.param("Poland dropped the idea.", id="dropped-no-paper"),
        pytest.param("The weather in Lisbon was fine.", id="nothing-of-the-kind"),
        pytest.param("The ceremony took place in Lisbon.", id="took-place"),
        pytest.param("Norway lent Kenya a hand.", id="lent-a-hand"),
        pytest.param("Norvik Arms made known its figures in Lisbon.", id="made-known"),
        pytest.param("Group sales rose by a tenth.", id="turnover"),
        pytest.param("The chosen sites lie near Lisbon.", id="chosen-sites"),
        pytest.param("Poland joined the club and Kenya came late.", id="joined-with-no-thing"),
    ],
)
def test_words_without_a_deal_are_no_frame(text: str, tools: Tools) -> None:
    assert read_scene(text, tools).frames == ()


def test_signing_of_no_paper_makes_no_deal(tools: Tools) -> None:
    scene = read_scene("Poland signed autographs in Lisbon.", tools)
    assert all(f.is_support for f in scene.frames)
    assert scene.deals == ()


def test_two_events_in_a_sentence_are_two_frames(tools: Tools) -> None:
    scene = read_scene("Kenya bought 40 NR-7 rifles and Poland ordered 20 HX-20 helicopters.", tools)
    assert [f.triggers for f in scene.frames] == [("buy",), ("order",)]
    assert scene.roles("buy") == {"buyer": {"Kenya"}}
    assert scene.roles("order") == {"buyer": {"Poland"}}


def test_frame_knows_where_it_stands(tools: Tools) -> None:
    text = "Poland ordered rifles.\n\nThe weather was fine. Kenya bought 40 NR-7 rifles."
    first, second = read_scene(text, tools).frames
    assert (first.sentence, first.paragraph, first.is_headline) == (0, 0, True)
    assert (second.sentence, second.paragraph, second.is_headline) == (2, 1, False)
    assert text[second.span.start : second.span.end] == "bought"
    assert second.evidence.span == second.span


@pytest.mark.parametrize(
    ("text", "trigger", "marks"),
    [
        pytest.param("Norway sold 12 Skua missiles to Kenya.", "sell", {"sells"}, id="sold"),
        pytest.param(
            "Norway handed over 12 Skua missiles to Kenya.", "hand-over", {"hands-over", "schedules"}, id="handed-over"
        ),
        pytest.param(
            "Norvik Arms won a contract to supply 12 Skua missiles.",
            "win",
            {"sells", "hands-over", "schedules"},
            id="all-triggers-of-the-event",
        ),
    ],
)
def test_frame_has_the_marks_of_its_triggers(text: str, trigger: str, marks: set[str], tools: Tools) -> None:
    assert read_scene(text, tools).frame(trigger).marks == marks


# ------------------------------------------------------------------------------------------------ things
def item(text: str, trigger: str, tools: Tools) -> tuple[FrameItem, Scene]:
    scene = read_scene(text, tools)
    (found,) = scene.frame(trigger).items
    return found, scene


@pytest.mark.parametrize(
    ("text", "count", "weapon", "noun"),
    [
        pytest.param("India bought 24 HX-20 helicopters.", 24, "HX-20", "helicopter", id="digits"),
        pytest.param("India bought three frigates.", 3, None, "frigate", id="word"),
        pytest.param("India bought two dozen Skua missiles.", 24, "Skua", "missile", id="dozen"),
        pytest.param("India bought 6,01,427 HX-20 helicopters.", 601427, "HX-20", "helicopter", id="lakh-grouping"),
        pytest.param("India bought 1.5 lakh NR-7 rifles.", 150000, "NR-7", "rifle", id="lakh-word"),
        pytest.param("India bought HX-20 helicopters.", None, "HX-20", "helicopter", id="no-count"),
        pytest.param("India bought 24 helicopters.", 24, None, "helicopter", id="no-name"),
        pytest.param("India ordered 155mm howitzers.", None, None, "howitzer", id="calibre-is-no-count"),
        pytest.param("India bought the HX-20.", None, "HX-20", "", id="designation-alone"),
    ],
)
def test_things(text: str, count: int | None, weapon: str | None, noun: str, tools: Tools) -> None:
    scene = read_scene(text, tools)
    (frame,) = scene.frames
    (found,) = frame.items
    assert (int(found.number.value) if found.number else None) == count
    assert (scene.label(found.weapon_id) if found.weapon_id else None) == weapon
    assert found.noun == noun


def test_calibre_stays_as_written(tools: Tools) -> None:
    found, _ = item("India ordered 7.62x51mm NR-7 rifles.", "order", tools)
    assert found.calibre is not None
    assert found.calibre.as_written == "7.62x51mm"
    assert found.number is None


def test_designation_and_its_noun_are_one_thing(tools: Tools) -> None:
    found, _ = item("India bought 6,01,427 NR-7 rifles.", "buy", tools)
    assert found.noun == "rifle"


def test_two_things_joined_by_and_are_two_with_their_own_counts(tools: Tools) -> None:
    scene = read_scene("Poland ordered 20 HX-20 helicopters and 12 Skua missiles.", tools)
    found = [(scene.label(i.weapon_id or ""), int(i.number.value)) for i in scene.frame("order").items if i.number]
    assert found == [("HX-20", 20), ("Skua", 12)]


def test_count_stands_outside_the_words_of_the_thing(tools: Tools) -> None:
    found, scene = item("India bought 24 new HX-20 helicopters.", "buy", tools)
    assert found.number is not None
    assert not found.span.overlaps(found.number.span)
    assert scene.quote(found.span).endswith("HX-20 helicopters")


def test_hedge_is_no_part_of_the_thing(tools: Tools) -> None:
    found, scene = item("Poland ordered about 20 HX-20 helicopters.", "order", tools)
    assert scene.quote(found.span) == "HX-20 helicopters"


@pytest.mark.parametrize(
    ("text", "trigger", "is_definite", "is_partial", "marker"),
    [
        pytest.param("India bought HX-20 helicopters.", "buy", False, False, "", id="bare"),
        pytest.param("India bought the HX-20 helicopters.", "buy", True, False, "", id="the"),
        pytest.param("India bought these helicopters.", "buy", True, False, "", id="these"),
        pytest.param("Norvik Arms delivered the first six helicopters.", "deliver", True, True, "", id="the-first"),
        pytest.param("India bought another 12 Skua missiles.", "buy", False, False, "another", id="another"),
        pytest.param("India bought additional Skua missiles.", "buy", False, False, "additional", id="additional"),
    ],
)
def test_pointing_words_of_a_thing(
    text: str, trigger: str, is_definite: bool, is_partial: bool, marker: str, tools: Tools
) -> None:
    found, _ = item(text, trigger, tools)
    assert (found.is_definite, found.is_partial, found.marker) == (is_definite, is_partial, marker)


# ------------------------------------------------------------------------------------------------ the paper
@pytest.mark.parametrize(
    ("text", "is_definite", "marker"),
    [
        pytest.param("The deal is worth $90 million.", True, "", id="the-deal"),
        pytest.param("This contract covers 12 Skua missiles.", True, "", id="this-contract"),
        pytest.param("Poland signed a contract for 12 Skua missiles.", False, "", id="a-contract"),
        pytest.param("Poland signed another contract for 12 Skua missiles.", False, "another", id="another"),
        pytest.param("Poland placed a second order with Norvik Arms.", False, "second", id="second"),
        pytest.param("Poland signed a separate contract for 12 Skua missiles.", False, "separate", id="separate"),
    ],
)
def test_pointing_words_of_the_paper(text: str, is_definite: bool, marker: str, tools: Tools) -> None:
    (frame,) = read_scene(text, tools).frames
    assert (frame.is_definite, frame.marker) == (is_definite, marker)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("Poland bought 12 Skua missiles.", DealKind.CONTRACT, id="purchase"),
        pytest.param("Norway sold 12 Skua missiles to Kenya.", DealKind.DEAL, id="sale"),
        pytest.param("Norway donated 40 NR-7 rifles to Kenya.", DealKind.DONATION, id="donation"),
        pytest.param("Poland signed a memorandum of understanding with Norway.", DealKind.MEMORANDUM, id="memorandum"),
        pytest.param(
            "Poland signed a military cooperation agreement with Norway.",
            DealKind.COOPERATION_AGREEMENT,
            id="cooperation",
        ),
    ],
)
def test_kind_of_deal(text: str, kind: DealKind, tools: Tools) -> None:
    (frame,) = read_scene(text, tools).frames
    assert frame.kind is kind


# ------------------------------------------------------------------------------------------------ without a model
def test_without_a_model_there_are_no_frames_and_no_deals(tools: Tools) -> None:
    text = "India signed a $40 million contract with Norvik Arms for 12 Skua missiles.\n\nThe deal was signed in 2022."
    scene = read_scene(text, tools, parser=load_parser(model=None))
    assert (scene.frames, scene.deals) == ((), ())


def test_same_text_gives_the_same_frames(tools: Tools) -> None:
    text = "India signed a $40 million contract with Norvik Arms for 12 Skua missiles."
    assert read_scene(text, tools).frames == read_scene(text, tools).frames
