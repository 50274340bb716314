"""Sums of money: currencies, scales, ranges, restatements."""

from __future__ import annotations

from decimal import Decimal

import pytest

from armsgraph.lexicon.values import ValueLexicon, load_value_lexicon
from armsgraph.model import Document, Hedge, Money
from armsgraph.values import find_values


@pytest.fixture(scope="module")
def lexicon() -> ValueLexicon:
    return load_value_lexicon()


def read(text: str, lexicon: ValueLexicon, *, url: str | None = None) -> tuple[Money, ...]:
    return find_values(Document(id="t", key="t-0", text=text, sha256="0", url=url), lexicon).money


@pytest.mark.parametrize(
    ("written", "amount", "currency"),
    [
        ("Rs 1,188 crore", "11880000000", "INR"),
        ("Rs. 3,700-cr", "37000000000", "INR"),
        ("Rs 1.5 lakh crore", "1500000000000", "INR"),
        ("Rs 693", "693", "INR"),
        ("₹6,838-crore", "68380000000", "INR"),
        ("INR 2,000 cr", "20000000000", "INR"),
        ("rupees 500 crore", "5000000000", "INR"),
        ("500 crore rupees", "5000000000", "INR"),
        ("Rs 2.55tr", "2550000000000", "INR"),
        ("$3.5-billion", "3500000000", "USD"),
        ("US$556 million", "556000000", "USD"),
        ("US$ 14,676,000", "14676000", "USD"),
        ("U.S. $5 million", "5000000", "USD"),
        ("USD 2.4 bn", "2400000000", "USD"),
        ("USD 101,710,788.00", "101710788", "USD"),
        ("$18m", "18000000", "USD"),
        ("$2.27B", "2270000000", "USD"),
        ("$4.2 bln", "4200000000", "USD"),
        ("$989,000", "989000", "USD"),
        ("$7,3 billion", "7300000000", "USD"),
        ("18 million dollars", "18000000", "USD"),
        ("72 million U.S. dollars", "72000000", "USD"),
        ("half a billion dollars", "500000000", "USD"),
        ("Three billion dollars", "3000000000", "USD"),
        ("a billion dollars", "1000000000", "USD"),
        ("£1.2bn", "1200000000", "GBP"),
        ("2 million pounds", "2000000", "GBP"),
        ("€500m", "500000000", "EUR"),
        ("EUR33.3m", "33300000", "EUR"),
        ("900 million Euro", "900000000", "EUR"),
        ("three hundred million euros", "300000000", "EUR"),
        ("500m euros", "500000000", "EUR"),
        ("1.2 trillion won", "1200000000000", "KRW"),
        ("10 billion yen", "10000000000", "JPY"),
        ("NIS 1.9 billion", "1900000000", "ILS"),
        ("C$89 million", "89000000", "CAD"),
        ("90 million Canadian dollars", "90000000", "CAD"),
        ("A$45 million", "45000000", "AUD"),
        ("S$7 million", "7000000", "SGD"),
        ("NT$8 billion", "8000000000", "TWD"),
        ("R$9 billion", "9000000000", "BRL"),
        ("SEK 12.9 billion", "12900000000", "SEK"),
        ("NOK350m", "350000000", "NOK"),
        ("3 billion Swiss francs", "3000000000", "CHF"),
        ("600 million zlotys", "600000000", "PLN"),
        ("30 billion roubles", "30000000000", "RUB"),
        ("25,200 crore taka", "252000000000", "BDT"),
    ],
)
def test_sums_are_fully_expanded(written: str, amount: str, currency: str, lexicon: ValueLexicon) -> None:
    text = f"The contract is worth {written} in all."
    (money,) = read(text, lexicon)
    assert (money.as_written, money.amount, money.currency) == (written, Decimal(amount), currency)
    assert text[money.span.start : money.span.end] == written


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("The Philippine Navy pays P2.83 billion.", "PHP"),
        ("Manila pays 16.5 billion pesos for the Philippine Navy.", "PHP"),
        ("Colombia pays 16.5 billion pesos.", "COP"),
        ("South Africa pays R1.2 billion.", "ZAR"),
        ("Thailand pays Bt4.9 billion.", "THB"),
        ("Pakistan keeps Rs 5 billion for the frigates, Islamabad said.", "PKR"),
        ("India keeps Rs 5 billion for the frigates.", "INR"),
        ("India and Pakistan differ: Rs 5 billion is too little.", "INR"),
        ("Sweden pays 500 million kronor.", "SEK"),
        ("Norway pays 500 million kroner.", "NOK"),
        ("Denmark pays 500 million kr for it.", "DKK"),
        ("Prague pays 20 billion crowns; the Czech air force is glad.", "CZK"),
        ("Egypt pays 20 billion Egyptian pounds.", "EGP"),
        ("The Saudi side pays 20 billion riyals.", "SAR"),
    ],
)
def test_shared_names_are_settled_by_the_states_in_the_text(text: str, currency: str, lexicon: ValueLexicon) -> None:
    assert [m.currency for m in read(text, lexicon)] == [currency]


@pytest.mark.parametrize(
    "text",
    [
        "The price is 16.5 billion pesos.",
        "The price is P2.83 billion.",
        "Norway and Denmark share a bill of 500 million kroner.",
        "Three won the contract.",
        "The F-15K won the contest.",
        "It carries 5,000 pounds of explosive.",
        "It carries 2 million pounds of cargo a year.",
        "The R 12 howitzer",
        "10 SAR helicopters",
        "an extra 300 million",
        "500m away from the pier",
        "prices in 2015 dollars",
        "won 3 million votes",
        "$5xx million",
    ],
)
def test_what_is_no_money_or_open_is_left_out(text: str, lexicon: ValueLexicon) -> None:
    assert read(text, lexicon) == ()


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("costs $100m-$200m", 100_000_000, 200_000_000),
        ("costs $2.1-$2.4 billion", 2_100_000_000, 2_400_000_000),
        ("costs $2-3 billion", 2_000_000_000, 3_000_000_000),
        ("costs between $2 and $3 billion", 2_000_000_000, 3_000_000_000),
        ("costs $2 billion to $3 billion", 2_000_000_000, 3_000_000_000),
        ("costs Rs 500-600 crore", 5_000_000_000, 6_000_000_000),
        ("costs 10-12 billion euros", 10_000_000_000, 12_000_000_000),
        ("costs between 2 and 3 billion dollars", 2_000_000_000, 3_000_000_000),
    ],
)
def test_ranges(text: str, low: int, high: int, lexicon: ValueLexicon) -> None:
    (money,) = read(text, lexicon)
    assert (money.amount, money.upper) == (low, high)


def test_a_change_of_price_is_no_range(lexicon: ValueLexicon) -> None:
    found = read("The price rose from $3 billion to $4 billion.", lexicon)
    assert [(m.amount, m.upper) for m in found] == [(3_000_000_000, None), (4_000_000_000, None)]


@pytest.mark.parametrize(
    "text",
    [
        "worth Rs 17,000 crore ($2 billion)",
        "worth Rs 17,000 crore (about $2 billion)",
        "worth Rs 17,000 crore, or about $2 billion, in all",
        "worth Rs 17,000 crore or $2 billion",
        "worth Rs 17,000 crore, about $2 billion, in all",
        "the Rs 17,000 crore contract ($2 billion)",
        "worth Rs 17,000 crore (equivalent to $2 billion)",
    ],
)
def test_the_same_sum_in_another_currency_restates(text: str, lexicon: ValueLexicon) -> None:
    assert [m.restates for m in read(text, lexicon)] == [False, True]


@pytest.mark.parametrize(
    "text",
    [
        "worth $3 billion or $2 billion",
        "worth $3 billion (and $2 billion more)",
        "worth Rs 500 crore and $60 million",
        "worth Rs 500 crore. About $60 million went to the yard",
        "worth Rs 500 crore (with spares for $60 million)",
        "worth Rs 3,000 crore (Rs 3,053 crore in another paper)",
    ],
)
def test_another_sum_does_not_restate(text: str, lexicon: ValueLexicon) -> None:
    assert [m.restates for m in read(text, lexicon)] == [False, False]


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("worth over Rs 9,000 crore", Hedge.OVER),
        ("worth about $3 billion", Hedge.ABOUT),
        ("worth up to $3 billion", Hedge.UP_TO),
        ("worth less than $3 billion", Hedge.UNDER),
        ("contracts adding up to $3 billion", Hedge.EXACT),
        ("a bill that tops $70 million", Hedge.OVER),
    ],
)
def test_hedges(text: str, hedge: Hedge, lexicon: ValueLexicon) -> None:
    assert [m.hedge for m in read(text, lexicon)] == [hedge]


@pytest.mark.parametrize(
    ("url", "currency"),
    [
        ("https://minister.defence.gov.au/x", "AUD"),
        ("https://www.canada.ca/x", "CAD"),
        ("https://news.example.com/gov.au", "USD"),
        ("https://notgov.au/x", "USD"),
        (None, "USD"),
        ("no address", "USD"),
    ],
)
def test_a_bare_dollar_on_a_government_page_is_its_own(url: str | None, currency: str, lexicon: ValueLexicon) -> None:
    assert [m.currency for m in read("a $45 million contract", lexicon, url=url)] == [currency]


@pytest.mark.parametrize(
    ("before", "currency"),
    [
        ("Canberra says that Australia needs boats. Australian yards bid", "AUD"),
        ("Canada buys trucks, and Ottawa pays in US$ where it must;", "CAD"),
        ("Canada sold C$9 million of parts. Canada's budget is", "USD"),
        ("The Pentagon told US allies, Canada and other American partners in Ottawa,", "USD"),
        ("Chile takes ships from Australia. Chilean crews train in Australia; Santiago pays", "USD"),
        ("Canada pays", "USD"),
    ],
    ids=["home", "us-dollar-written-out", "own-written-out", "more-of-the-us", "more-of-another", "named-once"],
)
def test_a_bare_dollar_is_that_of_the_state_a_text_is_about(before: str, currency: str, lexicon: ValueLexicon) -> None:
    assert read(f"{before} $45 million.", lexicon)[-1].currency == currency
