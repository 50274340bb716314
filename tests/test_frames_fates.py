"""Frames: what a verb says has become of a paper or of things, and whether a handover has come about."""

from __future__ import annotations

import pytest

from armsgraph.model import DealStatus
from armsgraph.pipeline import Tools
from scenes import read_scene

_ORDER = "Poland ordered 12 Skua missiles from Norvik Arms in 2019. "


@pytest.mark.parametrize(
    ("text", "status"),
    [
        pytest.param(
            "The agreement with Norway on 12 Skua missiles was given up.", DealStatus.CANCELLED, id="given-up"
        ),
        pytest.param("A plan to buy 12 Skua missiles fell through.", DealStatus.CANCELLED, id="plan-fell-through"),
        pytest.param(
            "A deal on 12 missiles was announced and has been forgotten.", DealStatus.CANCELLED, id="forgotten"
        ),
        pytest.param("The purchase of 12 Skua missiles is on hold.", DealStatus.DELAYED, id="on-hold"),
        pytest.param("The purchase of 12 Skua missiles was put on ice.", DealStatus.DELAYED, id="on-ice"),
        pytest.param("The purchase of 12 Skua missiles was not put on ice.", None, id="denied"),
        pytest.param("He left after the purchase of 12 Skua missiles was put on ice.", None, id="looked-back-at"),
    ],
)
def test_fate_of_a_paper(text: str, status: DealStatus | None, tools: Tools) -> None:
    frames = [
        f for f in read_scene(text, tools).frames if {"contract-n", "purchase-n", "buy", "state"} & set(f.triggers)
    ]
    assert status in {f.status for f in frames}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        pytest.param("That one died of American sanctions.", DealStatus.CANCELLED, id="that-one-died"),
        pytest.param("The new minister cancelled it.", DealStatus.CANCELLED, id="cancelled-it"),
        pytest.param("The missiles were called off in May.", DealStatus.CANCELLED, id="called-off"),
        pytest.param("Four of them have been unloaded in Gdynia.", DealStatus.DELIVERED, id="unloaded"),
        pytest.param("The last two flew in from Turin.", DealStatus.DELIVERED, id="flew-in"),
        pytest.param("Three are in Poland.", DealStatus.DELIVERED, id="a-share-is-there"),
    ],
)
def test_fate_of_things_told_before(text: str, status: DealStatus, tools: Tools) -> None:
    assert [f.status for f in read_scene(_ORDER + text, tools).frames][1:] == [status]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Minister Jan Novak died in 2012.", id="a-person"),
        pytest.param("The first two flew in Norway.", id="flew-about"),
        pytest.param("If it is called off, he will go.", id="imagined"),
        pytest.param("It will be called off.", id="to-come"),
    ],
)
def test_what_has_no_fate(text: str, tools: Tools) -> None:
    assert {f.status for f in read_scene(_ORDER + text, tools).frames[1:]} <= {None}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        pytest.param("Poland receives 12 Skua missiles from Norvik Arms.", DealStatus.ORDERED, id="present"),
        pytest.param("Poland takes delivery of 12 Skua missiles.", DealStatus.DELIVERED, id="a-scene"),
        pytest.param("Norvik Arms got 118 million dollars for spare parts.", DealStatus.ORDERED, id="money-for-things"),
        pytest.param("Norvik Arms landed 12 Skua missiles for Poland.", DealStatus.ORDERED, id="a-firm-landed-it"),
        pytest.param("Norway is donating 12 Skua missiles to Poland.", DealStatus.PROPOSED, id="is-donating"),
        pytest.param("Poland has 12 Skua missiles from Norway.", DealStatus.DELIVERED, id="has-from"),
        pytest.param(
            "Poland, which has 12 Skua missiles from two contracts, waits.", DealStatus.DELIVERED, id="of-paper"
        ),
        pytest.param("Poland has operated two leased Skua missiles since 2020.", DealStatus.DELIVERED, id="leased"),
        pytest.param("The army had leave to buy 12 Skua missiles from Norway.", DealStatus.APPROVED, id="had-leave"),
    ],
)
def test_handovers(text: str, status: DealStatus, tools: Tools) -> None:
    frames = read_scene(f"Headline.\n\n{text}", tools).frames
    assert status in {f.status for f in frames}
    assert {f.status for f in frames} <= {status, None}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        pytest.param("Poland is still waiting for 12 Skua missiles.", DealStatus.DELAYED, id="still-waiting-for"),
        pytest.param("Norvik Arms still owes it 12 Skua missiles.", DealStatus.DELAYED, id="still-owes"),
        pytest.param(
            "Poland has been waiting for Norvik Arms to deliver 12 Skua missiles.",
            DealStatus.DELAYED,
            id="to-hand-over",
        ),
        pytest.param(
            "The Skua missile comes from Norvik Arms, and it does not come.", DealStatus.DELAYED, id="comes-not"
        ),
        pytest.param("The first Skua missile is behind schedule.", DealStatus.DELAYED, id="behind-schedule"),
        pytest.param("12 Skua missiles will come from Norvik Arms, if he has his way.", DealStatus.PROPOSED, id="if"),
        pytest.param(
            "Poland chose the Skua missile and is negotiating over 12.", DealStatus.NEGOTIATING, id="is-talking"
        ),
        pytest.param("Letters of acceptance were given to Norvik Arms in May.", DealStatus.ORDERED, id="a-paper"),
    ],
)
def test_how_far_it_has_come(text: str, status: DealStatus, tools: Tools) -> None:
    assert status in {f.status for f in read_scene(f"Headline.\n\n{text}", tools).frames}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Poland is behind the order for 12 Skua missiles.", id="behind-it"),
        pytest.param("The delivery of 12 Skua missiles had been delayed.", id="long-past"),
        pytest.param("Radios for quick talk between the Skua missile and Poland.", id="talk-that-is-speech"),
    ],
)
def test_what_is_neither_late_nor_talked_about(text: str, tools: Tools) -> None:
    statuses = {f.status for f in read_scene(text, tools).frames}
    assert not statuses & {DealStatus.DELAYED, DealStatus.NEGOTIATING}
