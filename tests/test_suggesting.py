"""Suggestions: unlisted firms and weapons, why they are taken for such, and lists that can be used as they are."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from armsgraph.documents import Record, make_document
from armsgraph.model import Document, EntityType
from armsgraph.pipeline import Tools, load_tools
from armsgraph.suggesting import Suggestion, suggest_names, suggestion_lists, suggestion_rows

FIRM, WEAPON = EntityType.FIRM, EntityType.WEAPON


def document(text: str, tools: Tools, *, id: str = "t") -> Document:
    return make_document(Record(id=id, text=text, location="t"), tools.furniture)


def suggest(text: str, tools: Tools) -> dict[str, Suggestion]:
    return {s.name: s for s in suggest_names([document(text, tools)], tools)}


NAMED = [
    pytest.param("Poland signed a contract with Nordvik Skarn Ltd for shells.", "Nordvik Skarn Ltd", FIRM, id="form"),
    pytest.param(
        "Skarnholm Aerospace delivered the first drones to Poland.", "Skarnholm Aerospace", FIRM, id="business"
    ),
    pytest.param("The Bergen-based shipbuilder Skarnvik delivered a frigate.", "Skarnvik", FIRM, id="cue-in-front"),
    pytest.param("Skarnvik, the Bergen-based shipbuilder, delivered a frigate.", "Skarnvik", FIRM, id="apposition"),
    pytest.param("Norway bought 24 ZK-907 missiles from Saab.", "ZK-907", WEAPON, id="designation"),
    pytest.param("Poland will receive six Skarnfalk missiles under a contract.", "Skarnfalk", WEAPON, id="class-noun"),
    pytest.param("HNoMS Skarnvik joined the navy in May.", "HNoMS Skarnvik", WEAPON, id="ship"),
    pytest.param("Norway signed a contract for four Skarnvik-class corvettes.", "Skarnvik-class", WEAPON, id="class"),
]


@pytest.mark.parametrize(("text", "name", "kind"), NAMED)
def test_a_name_on_no_list_is_suggested(text: str, name: str, kind: EntityType, tools: Tools) -> None:
    found = suggest(text, tools)
    assert found[name].type is kind
    assert not found[name].is_guess
    assert found[name].sentence == text
    assert (found[name].count, found[name].documents) == (1, 1)


GUESSED = [
    pytest.param("The frigate left port with its old Skarnfalk shells.", "Skarnfalk", WEAPON, id="class-noun"),
    pytest.param("Bids came from Saab and Nordvik.", "Nordvik", FIRM, id="beside-firms"),
    pytest.param("The frigate was shown beside a ZK-9 last week.", "ZK-9", WEAPON, id="designation"),
]


@pytest.mark.parametrize(("text", "name", "kind"), GUESSED)
def test_a_name_without_a_sure_sign_is_a_guess(text: str, name: str, kind: EntityType, tools: Tools) -> None:
    found = suggest(text, tools)
    assert found[name].type is kind
    assert found[name].is_guess
    assert found[name].sentence == text


NOTHING = [
    pytest.param("India bought 24 AK-203 rifles from Saab and Boeing.", id="listed"),
    pytest.param("Poland bought 24 AK-203s and two RBS 70s.", id="listed-in-the-plural"),
    pytest.param("Minister Jan Nowak met Ivan Petrov in Warsaw on Monday.", id="persons"),
    pytest.param("The Polish Ministry of National Defence and the Indian Navy signed.", id="bodies"),
    pytest.param("UNSCR 2254, COVID-19 and FY24 were on the agenda of the deal.", id="numbers-of-other-things"),
    pytest.param("The United Nations Security Council spoke of missiles on Friday.", id="organisation"),
    pytest.param("European missiles and Swedish rifles are sold in March.", id="adjectives"),
    pytest.param("Nothing of the kind was said.", id="no-name"),
]


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_listed_or_something_else_is_not_suggested(text: str, tools: Tools) -> None:
    assert suggest(text, tools) == {}


def test_names_are_counted_over_documents_in_any_order(tools: Tools) -> None:
    texts = (
        "Nordvik Skarn Ltd (NSL) signed a contract with Poland. NSL will deliver shells.",
        "Poland paid Nordvik Skarn Ltd. Norway bought 24 ZK-907 missiles.",
        "The ZK-907 is a missile. Twelve ZK-907 missiles were ordered.",
    )
    documents = [document(text, tools, id=f"d{number}") for number, text in enumerate(texts)]
    found = suggest_names(documents, tools)
    assert found == suggest_names(documents[::-1], tools)
    by_name = {s.name: s for s in found}
    firm, weapon = by_name["Nordvik Skarn Ltd"], by_name["ZK-907"]
    assert (firm.count, firm.documents, firm.aliases) == (4, 2, ("NSL",))
    assert (weapon.count, weapon.documents, weapon.aliases) == (3, 2, ())
    assert list(by_name) == ["Nordvik Skarn Ltd", "ZK-907"]


def test_the_table_has_one_line_a_suggestion_and_no_stray_tab(tools: Tools) -> None:
    found = suggest_names([document("Norway bought 24 ZK-907 missiles\tfrom Nordvik Skarn Ltd in May.", tools)], tools)
    head, *lines = suggestion_rows(found)
    assert [line.split("\t")[:2] for line in lines] == [["Firm", "Nordvik Skarn Ltd"], ["Weapon", "ZK-907"]]
    assert {line.count("\t") for line in (head, *lines)} == {head.count("\t")}
    assert "pattern.legal-form" in lines[0]


def test_the_lists_can_be_used_and_then_nothing_is_suggested(tools: Tools, tmp_path: Path) -> None:
    text = "Norway bought 24 ZK-907 missiles from Nordvik Skarn Ltd in May. The Skarnholm Aerospace drones came too."
    found = suggest_names([document(text, tools)], tools)
    lists = suggestion_lists(found)
    assert sorted(lists) == ["firms.tsv", "weapons.tsv"]
    for name, content in lists.items():
        (tmp_path / name).write_text(content, "utf-8")
    mine = replace(load_tools(model=None, overlays=(tmp_path,)), parser=tools.parser)
    assert {r.name for r in mine.gazetteer.find("ZK-907")} == {"ZK-907"}
    assert suggest_names([document(text, mine)], mine) == ()


def test_page_furniture_suggests_nothing(tools: Tools) -> None:
    text = "Norway bought 24 rifles.\n\nAlso read: Nordvik Skarn Ltd to deliver ZK-907 missiles\n"
    given = document(text, tools)
    assert given.furniture
    assert suggest_names([given], tools) == ()
