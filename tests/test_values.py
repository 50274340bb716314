"""The values stage as a whole: slices, overlaps, round trips, hard input, its lexicon."""

from __future__ import annotations

import time
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armsgraph.errors import DataError
from armsgraph.lexicon.values import ValueLexicon, load_value_lexicon
from armsgraph.model import Document, PartialDate, Values
from armsgraph.values import find_values
from armsgraph.values.numerals import read_figure

LEXICON = load_value_lexicon()
PUBLISHED = PartialDate(value="2024-06-12")
PIECES = (
    "Rs ", "$", "€", "US$", " crore", " lakh", " million", "bn", "m", " km", "%", "-", "–", " to ", " and ", "between ",
    "from ", "one ", "two", "twenty-five", "a hundred", "half a dozen", "first", "2nd", " years", "-year-old",
    " months ago", " ago", "March ", "May 5", "2015", "2021-22", "FY24", "Friday", "last year", "the end of ", "in ",
    "by ", "until ", "155mm", "7.62x39", ".50", "6,01,427", "72,000", "1.200", "12", " (12)", "(", ")", ",", ".", "\n",
    " ", "AK-203", "No. ", "over ", "-plus", " jets", "won", "'s",
)  # fmt: skip


def read(text: str, lexicon: ValueLexicon = LEXICON, published: PartialDate | None = PUBLISHED) -> Values:
    return find_values(Document(id="t", key="t-0", text=text, sha256="0", published=published), lexicon)


def check(text: str) -> None:
    values = read(text)
    found = [*values.numbers, *values.money, *values.dates, *values.durations, *values.calibres]
    for value in found:
        assert text[value.span.start : value.span.end] == value.as_written
    spans = sorted(value.span for value in found)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    for kind in (values.numbers, values.money, values.dates, values.durations, values.calibres):
        assert [v.span for v in kind] == sorted(v.span for v in kind)
    for ranged in values.numbers:
        assert ranged.upper is None or ranged.value < ranged.upper
    assert read(text) == values


@settings(max_examples=300, deadline=None, database=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_spans_hold_their_words_and_never_overlap(text: str) -> None:
    check(text)


@settings(max_examples=150, deadline=None, database=None)
@given(st.text(alphabet="0123456789,.- $€%()abmk\n/:x×'’", max_size=40))
def test_any_text_is_read_without_an_error(text: str) -> None:
    check(text)


@settings(max_examples=100, deadline=None, database=None)
@given(st.text(max_size=60))
def test_any_characters_are_read_without_an_error(text: str) -> None:
    check(text)


def indian(number: int) -> str:
    digits = str(number)
    head, tail = digits[:-3], digits[-3:]
    groups = []
    while head:
        groups.append(head[-2:])
        head = head[:-2]
    return ",".join([*reversed(groups), tail])


@settings(database=None)
@given(st.integers(min_value=100_000, max_value=10**12))
def test_indian_grouping_comes_back(number: int) -> None:
    assert read_figure(indian(number)) == (Decimal(number), "indian")


@settings(database=None)
@given(st.integers(min_value=100_000, max_value=10**12))
def test_western_grouping_comes_back(number: int) -> None:
    assert read_figure(f"{number:,}") == (Decimal(number), "western")


@settings(database=None)
@given(st.integers(min_value=1_000, max_value=99_999))
def test_short_grouping_is_both(number: int) -> None:
    assert read_figure(f"{number:,}") == (Decimal(number), "both")
    assert indian(number) == f"{number:,}"


@given(
    st.integers(min_value=1, max_value=99_999), st.sampled_from([("crore", 10**7), ("lakh", 10**5), ("million", 10**6)])
)
def test_scaled_rupees_come_back(number: int, scale: tuple[str, int]) -> None:
    (money,) = read(f"worth Rs {number:,} {scale[0]} in all").money
    assert (money.amount, money.currency) == (number * scale[1], "INR")


@pytest.mark.parametrize(
    "piece",
    [
        "1", "1,", "1,11,", "1 ", "(1", "$1", "2015-", "1-", "1.", "one ", "May 1 ", "1 to ", "from 1 to 2 ",
        "from $1 to $2 ", "1 million ", "a hundred ", "last year ", ".50 ", "7x", "Friday ", "the end of ", "\n",
        "(", ",", "Rs ",
    ],
)  # fmt: skip
def test_time_grows_with_length_alone(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * (length // len(piece) + 1))[:length]
        start = time.process_time()
        read(text)
        return time.process_time() - start

    small = min(seconds(4_000) for _ in range(2))
    large = min(seconds(16_000) for _ in range(2))
    # Four times the text: sixteen times the time would be quadratic.
    assert large < 9 * small + 0.05


def test_digits_without_end_are_no_number() -> None:
    assert read("9" * 200_000) == Values()


def test_an_empty_text_has_no_values() -> None:
    assert read("") == Values()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("value_numbers.yaml", "colours: {}\n", "unknown keys"),
        ("value_numbers.yaml", "cardinals: [one]\n", "is no dict"),
        ("value_numbers.yaml", "cardinals: {one: uno}\n", "no whole number"),
        ("value_numbers.yaml", "one_not_before: [on]\n", "holds True"),
        ("value_numbers.yaml", "hedges_before: {sort of: [sort of]}\n", "sort of"),
        ("value_numbers.yaml", "- one\n", "not a mapping"),
        ("value_designations.tsv", "word\tuse\tsource\nX\twhat\tme\n", "unknown use"),
        (
            "currencies.tsv",
            "code\tqid\tname\tnames\tsymbols\tcountries\tverified\tsource\nxx\t\t\t\t\t\t\t\n",
            "ISO 4217",
        ),
    ],
)
def test_a_wrong_overlay_is_named(tmp_path: Path, name: str, content: str, message: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=message):
        load_value_lexicon(overlays=[tmp_path])


def test_an_overlay_adds_words(tmp_path: Path) -> None:
    (tmp_path / "value_numbers.yaml").write_text(
        "scales: {gross: 144}\nhedges_before: {about: [ish]}\n", encoding="utf-8"
    )
    lexicon = load_value_lexicon(overlays=[tmp_path])
    assert [n.value for n in read("two gross of rounds, ish 40 guns", lexicon).numbers] == [288, 40]
    assert [n.hedge for n in read("about 40 guns", lexicon).numbers] == ["about"]


def test_every_currency_name_that_several_share_can_be_settled() -> None:
    shared = {codes for codes in LEXICON.currencies.values() if len(codes) > 1}
    unsettled = {c for codes in shared for c in codes if c not in LEXICON.currency_hints}
    fixed = {c for form, codes in LEXICON.currencies.items() if form in LEXICON.fixed_currencies for c in codes}
    assert unsettled <= fixed | {"BSD", "BND", "CUP"}
