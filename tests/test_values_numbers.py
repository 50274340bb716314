"""Numbers: groupings, words, scales, kinds, hedges, ranges."""

from __future__ import annotations

import hashlib
from decimal import Decimal

import pytest

from armsgraph.lexicon.values import ValueLexicon, load_value_lexicon
from armsgraph.model import Document, Furniture, Hedge, Number, NumberKind, Span, Values
from armsgraph.values import find_values


@pytest.fixture(scope="module")
def lexicon() -> ValueLexicon:
    return load_value_lexicon()


def read(text: str, lexicon: ValueLexicon, *, furniture: tuple[Furniture, ...] = ()) -> Values:
    digest = hashlib.sha256(text.encode()).hexdigest()
    document = Document(id="t", key=f"t-{digest[:8]}", text=text, sha256=digest, furniture=furniture)
    return find_values(document, lexicon)


def counts(text: str, lexicon: ValueLexicon) -> list[Number]:
    return [n for n in read(text, lexicon).numbers if n.kind is NumberKind.COUNT]


@pytest.mark.parametrize(
    ("text", "written", "value", "grouping"),
    [
        ("The yard ordered 6,01,427 rifles.", "6,01,427", 601427, "indian"),
        ("The yard ordered 6,014,427 rifles.", "6,014,427", 6014427, "western"),
        ("A batch of 72,000 rifles came.", "72,000", 72000, "both"),
        ("A batch of 672,000 rifles came.", "672,000", 672000, "western"),
        ("A batch of 1,00,000 shells.", "1,00,000", 100000, "indian"),
        ("A batch of 1,00,00,000 rounds.", "1,00,00,000", 10000000, "indian"),
        ("A batch of 4800 shells.", "4800", 4800, "none"),
        ("A batch of 1.200.000 shells.", "1.200.000", 1200000, "western"),
        ("A batch of 1.200 vehicles.", "1.200", 1200, "western"),
        ("A batch of 15 000 shells.", "15 000", 15000, "western"),
        ("A batch of 55\u00a0890 pistols.", "55\u00a0890", 55890, "western"),
        ("Production of 6.71 lakh rifles.", "6.71 lakh", 671000, "none"),
        ("Production of 10 lakh grenades.", "10 lakh", 1000000, "none"),
        ("It needs 2.5 million rounds.", "2.5 million", 2500000, "none"),
        ("It needs 20 thousand drones.", "20 thousand", 20000, "none"),
        ("It needs 15k helmets.", "15k", 15000, "none"),
        ("It needs 1.2 crore cartridges.", "1.2 crore", 12000000, "none"),
        ("It needs two dozen jets.", "two dozen", 24, "none"),
        ("It needs half a dozen boats.", "half a dozen", 6, "none"),
        ("It needs a pair of boats.", "a pair of", 2, "none"),
        ("It needs a hundred guns.", "a hundred", 100, "none"),
        ("It needs a hundred and twenty guns.", "a hundred and twenty", 120, "none"),
        ("Thirty tanks left the works.", "Thirty", 30, "none"),
        ("Ninety-six tanks left the works.", "Ninety-six", 96, "none"),
        ("It needs two hundred and fifty guns.", "two hundred and fifty", 250, "none"),
        ("It needs two thousand five hundred mines.", "two thousand five hundred", 2500, "none"),
        ("It needs six lakh carbines.", "six lakh", 600000, "none"),
        ("It needs one lakh pistols.", "one lakh", 100000, "none"),
        ("It needs one frigate.", "one", 1, "none"),
        ("A 12-ship order followed.", "12", 12, "none"),
        ("A 24-aircraft deal followed.", "24", 24, "none"),
        ("They bought 2000 rifles.", "2000", 2000, "none"),
    ],
)
def test_counts_are_read_with_their_scale(
    text: str, written: str, value: int, grouping: str, lexicon: ValueLexicon
) -> None:
    (number,) = counts(text, lexicon)
    assert (number.as_written, number.value, number.grouping) == (written, Decimal(value), grouping)
    assert text[number.span.start : number.span.end] == written


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("up to fifty-four (54) tanks", 54),
        ("6 (Six) vessels", 6),
        ("Twelve (12) boats", 12),
        ("12 (twelve) boats", 12),
    ],
)
def test_a_repetition_in_brackets_is_one_number(text: str, value: int, lexicon: ValueLexicon) -> None:
    (number,) = counts(text, lexicon)
    assert number.value == value
    assert "(" not in number.as_written


def test_a_different_figure_in_brackets_is_a_number_of_its_own(lexicon: ValueLexicon) -> None:
    assert [n.value for n in counts("forty (12) tanks", lexicon)] == [40, 12]


@pytest.mark.parametrize(
    ("text", "hedge", "words"),
    [
        ("sold over 300 missiles", Hedge.OVER, "over"),
        ("sold more than 300 missiles", Hedge.OVER, "more than"),
        ("sold at least 300 missiles", Hedge.OVER, "at least"),
        ("demand exceeds 300 missiles", Hedge.OVER, "exceeds"),
        ("sold 50-plus missiles", Hedge.OVER, "-plus"),
        ("sold 50+ missiles", Hedge.OVER, "+"),
        ("sold 50 or more missiles", Hedge.OVER, "or more"),
        ("sold some 40 missiles", Hedge.ABOUT, "some"),
        ("sold nearly 40 missiles", Hedge.ABOUT, "nearly"),
        ("sold close to 40 missiles", Hedge.ABOUT, "close to"),
        ("sold an estimated 40 missiles", Hedge.ABOUT, "an estimated"),
        ("sold 40-odd missiles", Hedge.ABOUT, "-odd"),
        ("sold as many as 30 missiles", Hedge.UP_TO, "as many as"),
        ("sold up to 30 missiles", Hedge.UP_TO, "up to"),
        ("a maximum of 30 missiles", Hedge.UP_TO, "a maximum of"),
        ("sold fewer than 30 missiles", Hedge.UNDER, "fewer than"),
        ("sold 30 missiles", Hedge.EXACT, None),
    ],
)
def test_hedges(text: str, hedge: Hedge, words: str | None, lexicon: ValueLexicon) -> None:
    (number,) = counts(text, lexicon)
    assert number.hedge is hedge
    found = number.hedge_span and text[number.hedge_span.start : number.hedge_span.end]
    assert found == words


@pytest.mark.parametrize(
    "text",
    [
        "The navy handed over two ships to its neighbour.",
        "The rifles come under three contracts signed together.",
        "They held talks about two frigates.",
        "The pledges add up to 40 vehicles.",
    ],
)
def test_particles_and_prepositions_are_no_hedges(text: str, lexicon: ValueLexicon) -> None:
    assert [n.hedge for n in counts(text, lexicon)] == [Hedge.EXACT]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("wants 20-25 jets", 20, 25),
        ("wants 20–25 jets", 20, 25),
        ("wants between 20 and 25 jets", 20, 25),
        ("wants 100 to 150 tanks", 100, 150),
        ("wants five to seven boats", 5, 7),
        ("wants 5-6 lakh rifles", 500000, 600000),
        ("ranging from 20 to 30 boats", 20, 30),
    ],
)
def test_ranges_have_two_ends(text: str, low: int, high: int, lexicon: ValueLexicon) -> None:
    (number,) = counts(text, lexicon)
    assert (number.value, number.upper) == (low, high)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The order grew from 20 to 30 boats.", [20, 30]),
        ("They sent 58 and 35 guns.", [58, 35]),
        ("Between them the two yards built 20 boats and 30 tugs.", [2, 20, 30]),
    ],
)
def test_a_change_or_a_list_is_no_range(text: str, values: list[int], lexicon: ValueLexicon) -> None:
    found = counts(text, lexicon)
    assert [n.value for n in found] == values
    assert all(n.upper is None for n in found)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("a share of 26 per cent", NumberKind.PERCENT),
        ("a share of 26%", NumberKind.PERCENT),
        ("a reach of 500 km", NumberKind.MEASURE),
        ("a reach of 1,850 metres", NumberKind.MEASURE),
        ("a reach of 900 m", NumberKind.MEASURE),
        ("a hull of 5,000 tonnes", NumberKind.MEASURE),
        ("an engine of 1,500 hp", NumberKind.MEASURE),
        ("a speed of 30 knots", NumberKind.MEASURE),
        ("a speed of Mach 2.8", NumberKind.MEASURE),
        ("carries 250 pounds of explosive", NumberKind.MEASURE),
        ("a 12-cell launcher", NumberKind.MEASURE),
        ("builds 100 vehicles per year", NumberKind.MEASURE),
        ("fires 600 rounds per minute", NumberKind.MEASURE),
        ("aged 25 years old", NumberKind.MEASURE),
        ("three times the size", NumberKind.MEASURE),
        ("the first boat", NumberKind.ORDINAL),
        ("the 2nd boat", NumberKind.ORDINAL),
        ("the twenty-first boat", NumberKind.ORDINAL),
        ("under UNSCR 2254", NumberKind.IDENTIFIER),
        ("during COVID-19", NumberKind.IDENTIFIER),
        ("lost with Flight 370", NumberKind.IDENTIFIER),
        ("lot No. 5", NumberKind.IDENTIFIER),
        ("the carrier CVN-71", NumberKind.IDENTIFIER),
        ("AK-203 rifles", NumberKind.IDENTIFIER),
        ("AK 203 rifles", NumberKind.IDENTIFIER),
        ("Leopard 2 tanks", NumberKind.IDENTIFIER),
        ("Project 11356 hulls", NumberKind.IDENTIFIER),
        ("led by Task Force 50", NumberKind.IDENTIFIER),
        ("flown by 45 Squadron", NumberKind.IDENTIFIER),
        ("in Phase two", NumberKind.IDENTIFIER),
        ("at 10:30 sharp", NumberKind.IDENTIFIER),
        ("the 2+2 dialogue", NumberKind.IDENTIFIER),
        ("won by 3-1", NumberKind.IDENTIFIER),
        ("1999 saw a boom", NumberKind.YEAR),
    ],
)
def test_numbers_that_are_no_counts(text: str, kind: NumberKind, lexicon: ValueLexicon) -> None:
    values = read(text, lexicon)
    assert {n.kind for n in values.numbers} == {kind}
    assert not values.money
    assert not values.dates


@pytest.mark.parametrize(
    "text",
    [
        "one of the ships sank",
        "no one came",
        "one day it will fly",
        "so one hears in town",
        "dozens of tanks",
        "hundreds of jets",
        "several hundred jets",
        "two-thirds of the fleet",
        "K808 carriers",
        "contract N00019ABC",
        "9M133 missiles",
        "MH60R helicopters",
        "the Five Eyes",
        "1,2,3 and so on",
        "60,1427 rifles",
    ],
)
def test_what_is_no_count_is_none(text: str, lexicon: ValueLexicon) -> None:
    assert counts(text, lexicon) == []


def test_designations_with_a_dash_are_never_counts(lexicon: ValueLexicon) -> None:
    text = "Deal N00019-20-C-0001 covers T-90S, K-808, Su-30MKI, F/A-18E and 36 MT-LB carriers."
    assert [n.as_written for n in counts(text, lexicon)] == ["36"]


def test_measures_carry_their_unit(lexicon: ValueLexicon) -> None:
    (number,) = read("over 12 nautical miles out", lexicon).numbers
    assert (number.unit, number.hedge) == ("nautical mile", Hedge.OVER)


def test_furniture_yields_nothing(lexicon: ValueLexicon) -> None:
    text = "The army buys 40 guns.\n\n37 comments on 3 May 2020, $5 million"
    furniture = (Furniture(span=Span(24, len(text)), kind="comments", rule="test"),)
    values = read(text, lexicon, furniture=furniture)
    assert [n.value for n in values.numbers] == [40]
    assert not values.money
    assert not values.dates
