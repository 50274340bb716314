"""Frames: how far a deal has come, and the sums, dates and speakers of a sentence."""

from __future__ import annotations

import pytest

from armsgraph.model import DealStatus, Frame, Modality
from armsgraph.pipeline import Tools
from scenes import read_scene


# ------------------------------------------------------------------------------------------------ how far it has come
@pytest.mark.parametrize(
    ("text", "status", "modality"),
    [
        pytest.param("Poland bought 12 Skua missiles.", DealStatus.ORDERED, Modality.ASSERTED, id="bought"),
        pytest.param(
            "Poland signed a contract for 12 Skua missiles.", DealStatus.SIGNED, Modality.ASSERTED, id="signed"
        ),
        pytest.param("Poland will buy 12 Skua missiles.", DealStatus.PROPOSED, Modality.PLANNED, id="will-buy"),
        pytest.param("Poland may buy 12 Skua missiles.", DealStatus.PROPOSED, Modality.PLANNED, id="may-buy"),
        pytest.param("Poland plans to buy 12 Skua missiles.", DealStatus.PROPOSED, Modality.PLANNED, id="plans"),
        pytest.param(
            "Poland is negotiating the purchase of 12 Skua missiles.",
            DealStatus.NEGOTIATING,
            Modality.ASSERTED,
            id="negotiating",
        ),
        pytest.param(
            "The State Department approved the sale of 12 Skua missiles to Poland.",
            DealStatus.APPROVED,
            Modality.ASSERTED,
            id="approved",
        ),
        pytest.param(
            "Norvik Arms delivered 12 Skua missiles to Poland.", DealStatus.DELIVERED, Modality.ASSERTED, id="delivered"
        ),
        pytest.param(
            "Poland cancelled the contract for 12 Skua missiles.",
            DealStatus.CANCELLED,
            Modality.ASSERTED,
            id="cancelled",
        ),
        pytest.param(
            "The committee waved through an order of 12 Skua missiles.",
            DealStatus.APPROVED,
            Modality.ASSERTED,
            id="waved-through",
        ),
        pytest.param(
            "Parliament gave its blessing to the purchase of 12 Skua missiles.",
            DealStatus.APPROVED,
            Modality.ASSERTED,
            id="gave-its-blessing",
        ),
        pytest.param(
            "The contract for 12 Skua missiles was torn up.", DealStatus.CANCELLED, Modality.ASSERTED, id="torn-up"
        ),
        pytest.param("The first delivery is late already.", DealStatus.DELAYED, Modality.ASSERTED, id="late-already"),
        pytest.param(
            "The papers are ready for signature.", DealStatus.NEGOTIATING, Modality.ASSERTED, id="ready-for-signature"
        ),
        pytest.param(
            "Poland bought 12 Skua missiles; one was lost in March.",
            DealStatus.ORDERED,
            Modality.ASSERTED,
            id="semicolon",
        ),
        pytest.param(
            "Four frigates were commissioned from Norvik Arms.", DealStatus.ORDERED, Modality.ASSERTED, id="from-a-firm"
        ),
        pytest.param(
            "The navy commissioned four frigates on Monday.", DealStatus.DELIVERED, Modality.ASSERTED, id="commissioned"
        ),
        pytest.param(
            "Norvik Arms was awarded a not-to-exceed $90 million contract for 12 missiles.",
            DealStatus.ORDERED,
            Modality.ASSERTED,
            id="not-to-exceed",
        ),
        pytest.param(
            "Norway, not Kenya, sold 12 missiles to Poland.",
            DealStatus.ORDERED,
            Modality.ASSERTED,
            id="and-not-another",
        ),
        pytest.param("The deal is worth $90 million.", None, Modality.ASSERTED, id="says-nothing-of-it"),
        pytest.param(
            "Poland and Norway put pen to paper for 12 Skua missiles.",
            DealStatus.SIGNED,
            Modality.ASSERTED,
            id="pen-to-paper",
        ),
        pytest.param(
            "Poland shelved the purchase of 12 Skua missiles.", DealStatus.CANCELLED, Modality.ASSERTED, id="shelved"
        ),
        pytest.param(
            "The contract for 12 Skua missiles fell through.",
            DealStatus.CANCELLED,
            Modality.ASSERTED,
            id="fell-through",
        ),
        pytest.param(
            "Poland backed out of the contract for 12 Skua missiles.",
            DealStatus.CANCELLED,
            Modality.ASSERTED,
            id="backed-out",
        ),
        pytest.param(
            "Poland walked away from the deal for 12 Skua missiles.",
            DealStatus.CANCELLED,
            Modality.ASSERTED,
            id="walked-away",
        ),
        pytest.param(
            "The talks on 12 Skua missiles broke down.", DealStatus.CANCELLED, Modality.ASSERTED, id="talks-broke-down"
        ),
        pytest.param(
            "The State Department gave its approval to the sale of 12 Skua missiles.",
            DealStatus.APPROVED,
            Modality.ASSERTED,
            id="gave-approval",
        ),
        pytest.param(
            "The sale of 12 Skua missiles got the nod.", DealStatus.APPROVED, Modality.ASSERTED, id="got-the-nod"
        ),
        pytest.param(
            "Tarn Shipyards is building two frigates for the Indian Navy.",
            DealStatus.IN_PRODUCTION,
            Modality.ASSERTED,
            id="is-building",
        ),
        pytest.param(
            "Two frigates are being built by Tarn Shipyards.",
            DealStatus.IN_PRODUCTION,
            Modality.ASSERTED,
            id="are-being-built",
        ),
        pytest.param(
            "The first 12 HX-20 helicopters rolled in.", DealStatus.DELIVERED, Modality.ASSERTED, id="rolled-in"
        ),
        pytest.param(
            "12 of the HX-20 helicopters turned up in Kenya.", DealStatus.DELIVERED, Modality.ASSERTED, id="turned-up"
        ),
        pytest.param(
            "12 HX-20 helicopters came from Norway in 1957.", DealStatus.DELIVERED, Modality.ASSERTED, id="came"
        ),
        pytest.param("The Skua missiles come from Norway.", None, Modality.ASSERTED, id="where-a-thing-comes-from"),
        pytest.param(
            "Another 12 HX-20 helicopters are arriving in Kenya.",
            DealStatus.ORDERED,
            Modality.PLANNED,
            id="are-arriving",
        ),
        pytest.param(
            "Another 12 HX-20 helicopters, he added, would be handed over to Kenya.",
            DealStatus.ORDERED,
            Modality.PLANNED,
            id="would-as-told",
        ),
        pytest.param(
            "Poland took back its request for 12 Skua missiles.",
            DealStatus.CANCELLED,
            Modality.ASSERTED,
            id="took-back",
        ),
        pytest.param(
            "The sale of 12 Skua missiles must be approved.",
            DealStatus.PROPOSED,
            Modality.PLANNED,
            id="to-be-approved",
        ),
        pytest.param(
            "The State Department has determined to approve the sale of 12 Skua missiles.",
            DealStatus.APPROVED,
            Modality.PLANNED,
            id="determined-to-approve",
        ),
        pytest.param(
            "Poland will open talks on 12 Skua missiles.",
            DealStatus.NEGOTIATING,
            Modality.PLANNED,
            id="will-open-talks",
        ),
        pytest.param("Poland may cancel the contract for 12 Skua missiles.", None, Modality.PLANNED, id="may-cancel"),
        pytest.param(
            "India and Norway set up a joint venture.", DealStatus.COMPLETED, Modality.ASSERTED, id="set-up-a-venture"
        ),
        pytest.param("The deal is dead.", DealStatus.CANCELLED, Modality.ASSERTED, id="dead"),
        pytest.param("The contract for 12 Skua missiles is off.", DealStatus.CANCELLED, Modality.ASSERTED, id="off"),
        pytest.param("The order is late.", DealStatus.DELAYED, Modality.ASSERTED, id="late"),
        pytest.param("The order runs behind schedule.", DealStatus.DELAYED, Modality.ASSERTED, id="behind"),
        pytest.param(
            "Poland floated a tender for 12 Skua missiles.", DealStatus.PROPOSED, Modality.ASSERTED, id="tender"
        ),
        pytest.param(
            "The Indian Navy commissioned 12 HX-20 helicopters.",
            DealStatus.DELIVERED,
            Modality.ASSERTED,
            id="commissioned",
        ),
    ],
)
def test_status(text: str, status: DealStatus | None, modality: Modality, tools: Tools) -> None:
    (frame,) = read_scene(text, tools).frames
    assert (frame.status, frame.evidence.modality, frame.is_negated) == (status, modality, False)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Poland did not buy 12 Skua missiles.", id="did-not"),
        pytest.param("Poland has never bought Skua missiles.", id="never"),
        pytest.param("No contract for Skua missiles was signed by Poland.", id="no-contract"),
        pytest.param("Poland refused to buy 12 Skua missiles.", id="refused"),
        pytest.param("Poland would have bought 12 Skua missiles.", id="would-have"),
        pytest.param("Unless Poland buys Skua missiles, the base will close.", id="unless"),
        pytest.param("If Poland buys Skua missiles, the base will stay.", id="if"),
    ],
)
def test_denied_or_imagined_is_negated(text: str, tools: Tools) -> None:
    negated = [f for f in read_scene(text, tools).frames if not f.is_support]
    assert [(f.is_negated, f.evidence.modality) for f in negated] == [(True, Modality.DENIED)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The HX-20 helicopters ordered by India will be delivered by 2027.", id="ordered-to-be-delivered"),
        pytest.param(
            "Poland will take delivery of 20 HX-20 helicopters under a contract signed in 2022.",
            id="contract-behind-the-delivery",
        ),
    ],
)
def test_delivery_to_come_does_not_make_an_order_a_proposal(text: str, tools: Tools) -> None:
    assert all(f.status is not DealStatus.PROPOSED for f in read_scene(text, tools).frames)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Norvik Arms will deliver 12 Skua missiles to Poland by 2027.", id="will-deliver"),
        pytest.param("12 Skua missiles are to be handed over to Poland in 2027.", id="are-to-be-handed-over"),
        pytest.param("Poland is to receive 12 Skua missiles in 2027.", id="is-to-receive"),
        pytest.param("Another 12 Skua missiles will arrive in Poland in 2027.", id="will-arrive"),
    ],
)
def test_handover_with_a_date_has_been_ordered(text: str, tools: Tools) -> None:
    (frame,) = read_scene(text, tools).frames
    assert (frame.status, frame.evidence.modality) == (DealStatus.ORDERED, Modality.PLANNED)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Norvik Arms could deliver 12 Skua missiles to Poland by 2027.", id="could-deliver"),
        pytest.param("Norvik Arms hopes to deliver 12 Skua missiles to Poland.", id="hopes-to-deliver"),
        pytest.param("Norway will give 12 Skua missiles to Poland.", id="will-give"),
        pytest.param("Norway will donate 12 Skua missiles to Poland.", id="will-donate"),
    ],
)
def test_handover_hoped_for_or_promised_is_a_proposal(text: str, tools: Tools) -> None:
    assert {f.status for f in read_scene(text, tools).frames} == {DealStatus.PROPOSED}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The HX-20 helicopters will be built in Pune.", id="will-be-built"),
        pytest.param("The work is to be performed in Pune.", id="is-to-be-performed"),
        pytest.param("The HX-20 helicopters will be made in Pune with transfer of technology.", id="with-technology"),
        pytest.param("The HX-20 helicopters will cost $90 million.", id="will-cost"),
    ],
)
def test_work_to_come_says_nothing_of_how_far_the_deal_is(text: str, tools: Tools) -> None:
    assert {f.status for f in read_scene(text, tools).frames} <= {None}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        pytest.param("Poland has taken delivery of 12 tanks.", DealStatus.DELIVERED, id="took-delivery"),
        pytest.param("Poland will take delivery of 12 tanks in 2027.", DealStatus.ORDERED, id="will-take-delivery"),
        pytest.param("Norvik Arms has begun to hand over 12 tanks.", DealStatus.DELIVERED, id="begun-to-hand-over"),
        pytest.param("Norvik Arms started delivering 12 tanks.", DealStatus.DELIVERED, id="started-delivering"),
        pytest.param("Norvik Arms will begin to hand over 12 tanks.", DealStatus.ORDERED, id="will-begin"),
        pytest.param("From Norway came 12 tanks.", DealStatus.DELIVERED, id="things-came"),
        pytest.param("An order for 12 tanks came from Poland.", DealStatus.ORDERED, id="an-order-came"),
    ],
)
def test_what_has_begun_is_done_and_what_comes_is_no_paper(text: str, status: DealStatus, tools: Tools) -> None:
    assert read_scene(text, tools).frames[0].status is status


def test_delivery_to_come_is_not_delivered(tools: Tools) -> None:
    scene = read_scene("Deliveries of the HX-20 helicopters to Poland will begin in 2026.", tools)
    assert all(f.status is not DealStatus.DELIVERED for f in scene.frames)


# ------------------------------------------------------------------------------------------------ sums, dates, speakers
def only(frames: tuple[Frame, ...]) -> Frame:
    (frame,) = frames
    return frame


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        pytest.param("Poland bought 12 Skua missiles for $90 million.", ["90000000 USD"], id="for"),
        pytest.param(
            "Poland signed a $90 million contract for Skua missiles.", ["90000000 USD"], id="before-the-paper"
        ),
        pytest.param("Poland signed a contract for Skua missiles worth €90 million.", ["90000000 EUR"], id="worth"),
        pytest.param("India bought Skua missiles for Rs 1,188 crore.", ["11880000000 INR"], id="crore"),
        pytest.param("Poland bought Skua missiles for €90 million ($98 million).", ["90000000 EUR"], id="restated"),
        pytest.param("Poland bought 12 Skua missiles at $2 million each.", [], id="unit-price"),
        pytest.param("Poland bought Skua missiles and got a loan of $90 million.", [], id="loan"),
    ],
)
def test_sums(text: str, sums: list[str], tools: Tools) -> None:
    frames = [f for f in read_scene(text, tools).frames if "finance" not in f.marks]
    assert [f"{m.amount:f} {m.currency}" for f in frames for m in f.money] == sums


@pytest.mark.parametrize(
    ("text", "signed", "starts", "ends"),
    [
        pytest.param("Poland ordered 12 Skua missiles on 3 April 2023.", ["3 April 2023"], [], [], id="day"),
        pytest.param("Poland ordered 12 Skua missiles in 2021.", ["2021"], [], [], id="year"),
        pytest.param("Norvik Arms will deliver 12 Skua missiles to Poland by 2027.", [], [], ["2027"], id="by"),
        pytest.param(
            "Poland signed a military cooperation agreement with Norway for 2021-2031.",
            [],
            ["2021-2031"],
            ["2021-2031"],
            id="period",
        ),
        pytest.param(
            "On 3 April 2024 Anna Berg said Poland had ordered Skua missiles.", [], [], [], id="day-of-speech"
        ),
        pytest.param("Poland will buy 12 Skua missiles in 2026.", [], [], [], id="plan-has-no-day-of-signing"),
    ],
)
def test_dates(text: str, signed: list[str], starts: list[str], ends: list[str], tools: Tools) -> None:
    frame = only(read_scene(text, tools).frames)
    assert [d.as_written for d in frame.signed_on] == signed
    assert [d.as_written for d in frame.starts_on] == starts
    assert [d.as_written for d in frame.ends_on] == ends


def test_day_of_cancelling_is_not_the_day_of_signing(tools: Tools) -> None:
    assert only(read_scene("The order for 20 HX-20 helicopters was cancelled in 2023.", tools).frames).signed_on == ()


def test_day_of_signing_is_not_the_end_of_a_delivery(tools: Tools) -> None:
    text = "Poland will take delivery of 20 HX-20 helicopters under a contract signed in 2022."
    assert all(f.ends_on == () for f in read_scene(text, tools).frames)


@pytest.mark.parametrize(
    ("text", "durations"),
    [
        pytest.param("Poland signed a five-year contract for Skua missiles.", ["P5Y"], id="five-year"),
        pytest.param("Poland signed a contract for Skua missiles after ten years of talks.", [], id="after"),
        pytest.param("Poland bought Skua missiles two years ago.", [], id="ago"),
        pytest.param("Norvik Arms will deliver Skua missiles to Poland 32 months after signing.", [], id="offset"),
    ],
)
def test_durations(text: str, durations: list[str], tools: Tools) -> None:
    frames = read_scene(text, tools).frames
    assert frames
    assert [d.iso for f in frames for d in f.durations] == durations


def test_speaker_is_quoted_in_his_own_words(tools: Tools) -> None:
    scene = read_scene("Two senior officials said Poland had ordered 12 Skua missiles.", tools)
    assert scene.frame("order").evidence.speaker == "Two senior officials"


def test_writer_needs_no_speaker(tools: Tools) -> None:
    assert read_scene("Poland ordered 12 Skua missiles.", tools).frame("order").evidence.speaker is None
