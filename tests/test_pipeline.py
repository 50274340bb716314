"""The pipeline: documents go in one after the other and come out as extractions, in order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from armsgraph.claims import make_claims
from armsgraph.documents import Record, make_document
from armsgraph.errors import DataError, InputError
from armsgraph.model import Document
from armsgraph.pipeline import Tools, extract, extract_many, load_tools

TEXTS = {
    "one": "Kenya ordered 118 armoured vehicles from Katmerciler. The deal is worth $73 million.",
    "two": "The weather in Lisbon was fine.",
    "three": "India signed a contract with Russia for 70 helicopters in Moscow on 4 May 2021.",
    "four": "Norway did not buy any tanks.",
}


def documents(tools: Tools, names: tuple[str, ...] = tuple(TEXTS)) -> list[Document]:
    return [make_document(Record(id=n, text=TEXTS[n], location=n), tools.furniture) for n in names]


def test_extractions_come_in_the_order_of_the_documents(tools: Tools) -> None:
    given = documents(tools)
    assert [x.document for x in extract_many(given, tools)] == given


def test_a_document_is_read_the_same_alone_and_among_others(tools: Tools) -> None:
    given = documents(tools)
    assert list(extract_many(given, tools)) == [extract(d, tools) for d in given]


def test_order_of_documents_does_not_matter(tools: Tools) -> None:
    given = documents(tools)
    forth = {x.document.id: x for x in extract_many(given, tools)}
    back = {x.document.id: x for x in extract_many(reversed(given), tools)}
    assert forth == back


def test_documents_are_not_all_held_at_once(tools: Tools) -> None:
    taken = 0

    def endless() -> Iterator[Document]:
        nonlocal taken
        (document,) = documents(tools, ("two",))
        while True:
            taken += 1
            yield document

    found = extract_many(endless(), tools)
    for _ in range(3):
        assert next(found).document.id == "two"
    assert taken < 1000


def test_no_documents_no_extractions(tools: Tools) -> None:
    assert list(extract_many((), tools)) == []


def test_deals_of_a_text_and_none_of_a_text_without(tools: Tools) -> None:
    found = {x.document.id: len(x.deals) for x in extract_many(documents(tools), tools)}
    assert found == {"one": 1, "two": 0, "three": 1, "four": 0}


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_patterns_alone_run_and_make_claims_without_deals(name: str) -> None:
    tools = load_tools(model=None)
    (document,) = documents(tools, (name,))
    extraction = extract(document, tools)
    assert extraction.deals == ()
    nodes, claims = make_claims(extraction)
    assert {c.assertion.subject for c in claims} <= {n.id for n in nodes}


def test_unknown_model_is_told() -> None:
    with pytest.raises(InputError, match="no_such_model") as caught:
        load_tools(model="no_such_model")
    assert caught.value.hint


def test_wrong_list_of_the_user_is_told(tmp_path: Path) -> None:
    (tmp_path / "triggers.yaml").write_text("negations: never\n", "utf-8")
    with pytest.raises(DataError, match="negations"):
        load_tools(overlays=(tmp_path,))
