"""Dates, durations and sums of a frame: signed when, from when until when, how long, for how much."""

from __future__ import annotations

import pytest

from armsgraph.deals.further import as_further
from armsgraph.deals.scene import DealScene
from armsgraph.model import Frame, Role
from armsgraph.pipeline import Tools
from scenes import read_scene

Times = tuple[set[str], set[str], set[str]]


def times(frames: tuple[Frame, ...]) -> Times:
    """Days of signing, starts and ends of all frames."""
    return (
        {d.start.value for f in frames for d in f.signed_on if d.start},
        {d.start.value for f in frames for d in f.starts_on if d.start},
        {last.value for f in frames for d in f.ends_on if (last := d.end or d.start)},
    )


# ------------------------------------------------------------------------------------------------ signing
@pytest.mark.parametrize(
    ("text", "day"),
    [
        pytest.param("In March 2021 Poland ordered 20 HX-20 helicopters.", "2021-03", id="ordered"),
        pytest.param("Poland, which signed the contract on 5 June 2023, wants more.", "2023-06-05", id="relative"),
        pytest.param("The contract, dated 5 June 2023, covers 12 helicopters.", "2023-06-05", id="dated"),
        pytest.param("The contract dates from September 30, 2023.", "2023-09-30", id="dates-from"),
        pytest.param("The contract for the tanks goes back to May 2022.", "2022-05", id="goes-back-to"),
        pytest.param("Poland has had 12 tanks on order since 2021.", "2021", id="on-order-since"),
        pytest.param("Date of the contract: 4 September 2023.", "2023-09-04", id="date-of-the-contract"),
        pytest.param("The signing ceremony took place on 12 March 2024.", "2024-03-12", id="signing-took-place"),
        pytest.param("A contract signed in May 2022 covers 12 helicopters.", "2022-05", id="participle"),
        pytest.param("The 2016 contract covers 12 Skua missiles.", "2016", id="year-before-the-noun"),
        pytest.param("Poland inked the contract last month.", "2024-04", id="last-month"),
        pytest.param(
            "On 5 March 2024, Poland signed a contract with Norvik Arms.", "2024-03-05", id="before-the-clause"
        ),
        pytest.param("In 2011 Poland signed with Norvik Arms for 49 tanks.", "2011", id="signed-for"),
        pytest.param("The ministry signed on 31 January 2024.", "2024-01-31", id="signed-alone"),
        pytest.param("Norvik Arms handed over four tanks ordered by Poland in 2021.", "2021", id="ordered-by-in"),
        pytest.param("The first contract, from December 2017, was for 24 tanks.", "2017-12", id="contract-from"),
        pytest.param("All 16 tanks from the 2019 order are here.", "2019", id="from-the-2019-order"),
        pytest.param("Under an order placed in March, Norvik Arms will deliver 9 tanks.", "2024-03", id="will-deliver"),
        pytest.param("Poland closed the purchase of 9 tanks on 2 April 2024.", "2024-04-02", id="closed"),
        pytest.param("The tanks ordered in 2015 were delivered in 2019.", "2015", id="ordered-and-delivered"),
        pytest.param(
            "The contract on radars which Norvik Arms concluded with Poland in October 2015 takes effect.",
            "2015-10",
            id="concluded",
        ),
    ],
)
def test_day_of_signing(text: str, day: str, tools: Tools) -> None:
    assert times(read_scene(text, tools).frames)[0] == {day}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Norway sold 12 Skua missiles to Kenya in 2015.", id="sold"),
        pytest.param("Date of delivery under the contract, for 12 tanks: 4 September 2024.", id="date-of-delivery"),
        pytest.param("The tanks, built in 2015 under a contract, are old.", id="built"),
        pytest.param("The 12 missiles cost $40 million in 2015.", id="cost"),
        pytest.param("Norway supplied 12 Skua missiles in 2015.", id="supplied"),
        pytest.param("Kenya received 12 Skua missiles in 2015.", id="received"),
        pytest.param("The deal was approved on 3 May 2024.", id="approved"),
        pytest.param("Poland approved a bigger order in June 2022.", id="approved-order"),
        pytest.param("Poland cancelled the contract in 2015.", id="cancelled"),
        pytest.param("The minister said on Monday that Poland had signed the contract.", id="day-of-speech"),
        pytest.param("Poland will sign the contract in June 2024.", id="to-come"),
    ],
)
def test_day_that_is_no_day_of_signing(text: str, tools: Tools) -> None:
    assert times(read_scene(text, tools).frames)[0] == set()


@pytest.mark.parametrize(
    ("heading", "sentence", "days"),
    [
        pytest.param("Contracts for April 28, 2024", "is awarded", {"2024-04-28"}, id="is-awarded"),
        pytest.param("Contract Awards - April 28, 2024", "has been awarded", {"2024-04-28"}, id="has-been-awarded"),
        pytest.param("Contracts for April 28, 2024", "was awarded", set(), id="in-the-past"),
        pytest.param("News of April 28, 2024", "is awarded", set(), id="no-heading-of-contracts"),
        pytest.param("The contract was signed on April 28, 2024.", "is awarded", set(), id="a-sentence"),
    ],
)
def test_day_of_the_heading_is_that_of_its_awards(heading: str, sentence: str, days: set[str], tools: Tools) -> None:
    frames = read_scene(f"{heading}\n\nNorvik Arms {sentence} a $4,000,000 contract for radars.", tools).frames
    assert {d.start.value for f in frames if "award" in f.triggers for d in f.signed_on if d.start} == days


# ------------------------------------------------------------------------------------------------ windows
@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        pytest.param("Deliveries will start in 2026 under the contract.", {"2026"}, set(), id="start-in"),
        pytest.param("The frigates will be delivered from 2026 to 2029.", {"2026"}, {"2029"}, id="from-to"),
        pytest.param("The helicopters are to be delivered between 2026 and 2028.", {"2026"}, {"2028"}, id="between"),
        pytest.param("Poland ordered 12 frigates for delivery in 2026 and 2027.", {"2026"}, {"2027"}, id="two-years"),
        pytest.param("The tanks will be delivered in 2026, 2027 and 2029.", {"2026"}, {"2029"}, id="three-years"),
        pytest.param(
            "The tanks will be delivered between next year and the middle of 2027.",
            {"2025"},
            {"2027"},
            id="next-year-and",
        ),
        pytest.param("The contract runs until 2030.", set(), {"2030"}, id="until"),
        pytest.param(
            "Norvik Arms will deliver the helicopters by the end of 2026.", set(), {"2026"}, id="by-the-end-of"
        ),
        pytest.param("The last helicopter will be delivered in March 2027.", set(), {"2027-03"}, id="the-last"),
        pytest.param("The first two helicopters will be delivered in March 2027.", {"2027-03"}, set(), id="the-first"),
        pytest.param(
            "The work under the contract is to be completed by July 2029.", set(), {"2029-07"}, id="completed-by"
        ),
        pytest.param("Norvik Arms won a contract to supply Skua missiles through 2028.", set(), {"2028"}, id="through"),
        pytest.param("Delivery of the frigates: 2027.", set(), {"2027"}, id="no-verb"),
        pytest.param("Norway delivered the frigates by 2019.", set(), set(), id="past-handover"),
        pytest.param("Norway delivered six frigates in 2019.", set(), set(), id="past-year"),
        pytest.param(
            "Norwegian aid promised since February 2022 includes a contract for guns.", set(), set(), id="another-verb"
        ),
    ],
)
def test_window(text: str, start: set[str], end: set[str], tools: Tools) -> None:
    assert times(read_scene(text, tools).frames)[1:] == (start, end)


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        pytest.param("Poland signed a ten-year contract for helicopters.", {"P10Y"}, id="ten-year"),
        pytest.param("The helicopters will be delivered within five years.", {"P5Y"}, id="within"),
        pytest.param("The contract has a term of 36 months.", {"P36M"}, id="term-of"),
        pytest.param("Into the contract went upkeep over a 20-year period.", {"P20Y"}, id="over-a-period"),
        pytest.param("On a three-day visit the minister signed a contract.", set(), id="visit"),
        pytest.param("Poland signed the contract after five years.", set(), id="after"),
        pytest.param("It is the biggest order for Norvik Arms in ten years.", set(), id="biggest-in"),
        pytest.param("Poland placed its first order for tanks in a decade.", set(), id="first-in"),
    ],
)
def test_durations(text: str, lengths: set[str], tools: Tools) -> None:
    assert {d.iso for f in read_scene(text, tools).frames for d in f.durations} == lengths


# ------------------------------------------------------------------------------------------------ behind the deal
_DEAL = "Kenya ordered 12 Skua missiles from Norvik Arms on 3 May 2024."


def of_deal(text: str, tools: Tools) -> Frame:
    """What the sentence adds to the order that it is put behind."""
    read = read_scene(f"{_DEAL} {text}", tools)
    scene = DealScene(read.document, read.values, read.parse, read.entities, read.frames, tools.deals, tools.gazetteer)
    return next((as_further(scene.frames[n], ()) for n in scene.further.get(0, ())), scene.frames[0])


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        pytest.param("The ordering period runs through July 2029.", set(), {"2029-07"}, id="period-runs"),
        pytest.param("Completion is expected by November 2026.", set(), {"2026-11"}, id="completion"),
        pytest.param("Deliveries begin in 2026.", {"2026"}, set(), id="deliveries-begin"),
        pytest.param("The work is slated to end on Aug. 31, 2027.", set(), {"2027-08-31"}, id="slated-to-end"),
        pytest.param("Work is scheduled to be over by June 2027.", set(), {"2027-06"}, id="to-be-over"),
        pytest.param("All are to be here by the end of 2026.", set(), {"2026"}, id="all-by"),
        pytest.param("The missiles will be handed over by 2027.", set(), {"2027"}, id="handed-over"),
        pytest.param("The first is due in March 2025.", {"2025-03"}, set(), id="first-due"),
        pytest.param("They are due in May and November 2025.", {"2025-05"}, {"2025-11"}, id="two-months"),
        pytest.param("They will not arrive until 2026.", {"2026"}, set(), id="not-until"),
        pytest.param("Completion was expected by November 2023.", set(), set(), id="long-past"),
        pytest.param("Elections are expected by November 2026.", set(), set(), id="something-else"),
        pytest.param("The talks moved to January 2025.", set(), set(), id="moved-to"),
        pytest.param("The frigates will be handed over by 2027.", set(), set(), id="another-thing"),
        pytest.param("Poland will receive tanks by 2027.", set(), set(), id="another-buyer"),
    ],
)
def test_times_said_behind_the_deal(text: str, start: set[str], end: set[str], tools: Tools) -> None:
    assert times((of_deal(text, tools),))[1:] == (start, end)


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        pytest.param("The term is eight years.", {"P8Y"}, id="term"),
        pytest.param("It will run for two years.", {"P2Y"}, id="run-for"),
        pytest.param("The contract lasts 42 months.", {"P42M"}, id="lasts"),
        pytest.param("Delivery is to be complete within 36 months.", {"P36M"}, id="within"),
        pytest.param("The minister has been in office for two years.", set(), id="something-else"),
        pytest.param("The work began two years later.", set(), id="later"),
    ],
)
def test_lengths_said_behind_the_deal(text: str, lengths: set[str], tools: Tools) -> None:
    assert {d.iso for d in of_deal(text, tools).durations} == lengths


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param("Work will be performed in Lisbon (70%); and Pune (30%).", {"lisbon", "pune"}, id="work"),
        pytest.param("They are to be built in Pune.", {"pune"}, id="they"),
        pytest.param("Norway builds its frigates in Pune.", set(), id="another-thing"),
    ],
)
def test_places_said_behind_the_deal(text: str, places: set[str], tools: Tools) -> None:
    named = {a.entity_id for a in of_deal(text, tools).arguments if a.role is Role.PRODUCED_AT}
    assert {n.removeprefix("place/").split("-")[0] for n in named} == places


# ------------------------------------------------------------------------------------------------ sums
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Poland bought 24 helicopters worth $40 million.", id="worth"),
        pytest.param("The deal is valued at $40 million.", id="valued-at"),
        pytest.param("Poland signed a $40 million-deal with Norvik Arms.", id="before-the-deal"),
        pytest.param("Poland ordered helicopters at a cost of $40 million.", id="at-a-cost-of"),
        pytest.param("The bill came to $40 million.", id="came-to"),
        pytest.param("The contract totals $40 million (€36 million).", id="restated"),
        pytest.param("Norvik Arms was awarded a maximum $40,000,000 contract for radars.", id="maximum"),
        pytest.param("The first batch, 28 tanks at $40 million, was ordered by Kenya.", id="apposition"),
        pytest.param("After many fines Kenya agreed to buy guns for $40 million.", id="word-of-another-clause"),
        pytest.param("Kenya signed for a $40 million credit.", id="credit-that-is-signed"),
    ],
)
def test_price_of_a_deal(text: str, tools: Tools) -> None:
    assert {str(m.amount) for f in read_scene(text, tools).frames for m in f.money} == {"40000000"}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The 12 missiles, at $2 million each, were bought by Poland.", id="each"),
        pytest.param("Poland bought helicopters at a unit price of $2 million.", id="unit-price"),
        pytest.param("Poland, with a defence budget of $4 billion, signed a contract.", id="budget"),
        pytest.param("Norvik Arms, whose revenue is $4 billion, signed a contract.", id="revenue"),
        pytest.param("Kenya bought rifles with a loan of $10 million.", id="loan"),
        pytest.param("Kenya bought rifles out of a $10 million credit.", id="credit"),
    ],
)
def test_sum_that_is_no_price(text: str, tools: Tools) -> None:
    assert [m for f in read_scene(text, tools).frames if "finance" not in f.marks for m in f.money] == []


@pytest.mark.parametrize(
    ("text", "days"),
    [
        pytest.param("Poland signed two contracts on 3 May 2024:\n\n- rifles", ["3 May 2024"], id="before-a-colon"),
        pytest.param("Kenya ordered 40 HX-20 on 2 May 2024\n\n- rifles", ["2 May 2024"], id="a-dash-on-the-next-line"),
        pytest.param("LISBON, 3 May 2024: A contract for 40 HX-20 is near.", [], id="a-day-before-the-report"),
        pytest.param("LISBON, May 3 - A contract for 40 HX-20 is near.", [], id="a-day-without-a-year"),
    ],
)
def test_day_before_a_list_is_no_dateline(text: str, days: list[str], tools: Tools) -> None:
    assert [d.as_written for f in read_scene(text, tools).frames for d in f.signed_on] == days
