"""Counts that no numeral gives: a ship with a name is one, so are "a frigate" and "a fourth frigate"."""

from __future__ import annotations

import hashlib

import pytest

from armsgraph.model import Document, Literal
from armsgraph.pipeline import Tools, extract


def counts(text: str, tools: Tools) -> list[tuple[str, str | None]]:
    """The quantities of the items of all deals, with the words that give them."""
    document = Document(id="t", key="t-0a1b2c3d", text=text, sha256=hashlib.sha256(text.encode()).hexdigest())
    return [
        (f.object.value, f.as_written)
        for deal in extract(document, tools).deals
        for item in deal.items
        for f in item.facts
        if f.predicate == "quantity" and isinstance(f.object, Literal)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Damen has delivered KRI Tarkash to the Indonesian Navy.", [("1", "KRI Tarkash")], id="ship"),
        pytest.param("Poland ordered a K9 howitzer from Hanwha Aerospace in May.", [("1", "a")], id="article"),
        pytest.param("Greece ordered a second K9 howitzer from Hanwha Aerospace.", [("1", "a")], id="one-more"),
        pytest.param("Poland ordered 12 K9 howitzers from Hanwha Aerospace in May.", [("12", "12")], id="numeral"),
        pytest.param("Poland ordered the first K9 howitzer from Hanwha Aerospace in May.", [], id="first-of-more"),
        pytest.param("Poland ordered K9 howitzers from Hanwha Aerospace in May.", [], id="plural"),
        pytest.param(
            "Poland ordered 54 K9 howitzers from Hanwha Aerospace along with 36 K10 vehicles.",
            [("54", "54"), ("36", "36")],
            id="along-with",
        ),
        pytest.param(
            "Poland ordered 54 K9 howitzers with two guns each from Hanwha Aerospace.", [("54", "54")], id="with-a-part"
        ),
    ],
)
def test_counts(text: str, expected: list[tuple[str, str | None]], tools: Tools) -> None:
    assert counts(text, tools) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Poland will receive the first six of its K9 howitzers from Hanwha Aerospace in July. "
        "Poland ordered 54 of the howitzers from Hanwha Aerospace in 2022.",
        "Poland took delivery of six K9 howitzers on Monday. "
        "They belong to the 54 that it ordered in 2022 from Hanwha Aerospace.",
    ],
    ids=["the-first-of-its", "belong-to"],
)
def test_what_comes_first_of_an_order_is_not_its_count(text: str, tools: Tools) -> None:
    assert {value for value, _ in counts(text, tools)} == {"54"}
