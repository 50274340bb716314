"""Frames: what is said of the things themselves, that they are there or that they are late."""

from __future__ import annotations

import pytest

from armsgraph.model import DealStatus
from armsgraph.pipeline import Tools
from scenes import read_scene


@pytest.mark.parametrize(
    ("text", "status"),
    [
        pytest.param("The Skua missiles ordered from Norvik Arms are now home.", DealStatus.DELIVERED, id="home"),
        pytest.param("The Skua missiles that Poland ordered will be late.", DealStatus.DELAYED, id="late"),
        pytest.param("Poland has 12 Skua missiles, bought from Norway in 2019.", DealStatus.DELIVERED, id="has"),
        pytest.param("Poland lost 12 Skua missiles, bought from Norway in 2019.", DealStatus.ORDERED, id="lost"),
        pytest.param("The Skua missiles ordered from Norvik Arms will soon be home.", DealStatus.ORDERED, id="to-come"),
        pytest.param("The Skua missiles ordered from Norvik Arms are not late.", DealStatus.ORDERED, id="not-late"),
        pytest.param(
            "Poland wants it only if the Skua missile, ordered from Norvik Arms, cannot be fitted.",
            DealStatus.ORDERED,
            id="told-in-passing-under-if",
        ),
        pytest.param("Poland is getting 12 Skua missiles from Norway.", DealStatus.ORDERED, id="is-getting"),
    ],
)
def test_state_of_things_that_were_bought(text: str, status: DealStatus, tools: Tools) -> None:
    found = [f.status for f in read_scene(text, tools).frames if {"order", "buy", "receive"} & set(f.triggers)]
    assert found == [status]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("None of the Skua missiles has arrived.", id="none"),
        pytest.param("Norvik Arms has yet to deliver the first of 12 Skua missiles.", id="yet-to"),
        pytest.param("The Skua missiles should have been delivered in 2019.", id="should-have"),
        pytest.param("Poland is still waiting to receive 12 Skua missiles.", id="still-waiting"),
    ],
)
def test_handover_that_has_not_come_about_is_late_and_makes_no_deal(text: str, tools: Tools) -> None:
    (frame,) = read_scene(text, tools).frames
    assert (frame.status, frame.is_negated, frame.is_support) == (DealStatus.DELAYED, False, True)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Norvik Arms did not deliver the Skua missiles.", id="did-not"),
        pytest.param("Norvik Arms would have delivered 12 Skua missiles.", id="would-have"),
    ],
)
def test_denied_or_imagined_handover_stays_so(text: str, tools: Tools) -> None:
    assert all(f.is_negated for f in read_scene(text, tools).frames)


def test_a_sentence_without_a_trigger_tells_where_things_are(tools: Tools) -> None:
    (frame,) = read_scene("All 12 Skua missiles are in the country.", tools).frames
    assert (frame.status, frame.is_support) == (DealStatus.DELIVERED, True)


def test_a_clause_beside_an_order_tells_where_its_things_are(tools: Tools) -> None:
    frames = read_scene("In 2017 Poland ordered 12 Skua missiles; nine of them are in service.", tools).frames
    assert {f.triggers[0]: f.status for f in frames} == {"order": DealStatus.ORDERED, "state": DealStatus.DELIVERED}


def test_what_remains_in_service_was_not_handed_over_now(tools: Tools) -> None:
    frames = read_scene("Nine Skua missiles remain in service.", tools).frames
    assert all(f.status is None for f in frames)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        pytest.param("First vehicle early 2027, last one late 2028.", "2027", "2028", id="no-verb"),
        pytest.param("The first pieces are expected in 2027, the last in 2029.", "2027", "2029", id="expected"),
        pytest.param("The first half of the year is over; in 2027 there will be an election.", None, None, id="half"),
        pytest.param("The first minister came to power in 2019.", None, None, id="past"),
    ],
)
def test_first_and_last_of_several_things_tell_start_and_end(
    text: str, start: str | None, end: str | None, tools: Tools
) -> None:
    frames = read_scene(text, tools).frames
    starts = [d.start.value for f in frames for d in f.starts_on if d.start]
    ends = [d.start.value for f in frames for d in f.ends_on if d.start]
    assert (starts, ends) == ([start] if start else [], [end] if end else [])
    assert all(f.is_support for f in frames)


def test_how_far_a_thing_reaches_hands_nothing_over(tools: Tools) -> None:
    frames = read_scene("The Skua missile reaches up to 90 km.", tools).frames
    assert all(f.status is None for f in frames)


def test_paper_that_is_not_late_is_not_delayed(tools: Tools) -> None:
    (frame,) = read_scene("The delivery of the missiles is not late.", tools).frames
    assert frame.status is not DealStatus.DELAYED
