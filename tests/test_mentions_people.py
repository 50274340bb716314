"""Persons without a title before their name: by a listed first name, by an office told behind, by a relative."""

from __future__ import annotations

import pytest

from armsgraph.lexicon.gazetteer import Gazetteer, load_gazetteer
from armsgraph.parsing import Parser, load_parser
from test_mentions import named

PEOPLE = [
    ("listed first name", "Few ministers sign as much as Mark Zelvar did in 2022.", {"Mark Zelvar"}),
    ("at the start", "Javier Zelvar wanted more. The rest was silence.", {"Javier Zelvar"}),
    ("with a particle", "The first to speak was Ali al-Zelvari, then all.", {"Ali al-Zelvari"}),
    ("has been president", "Orvid Zelvar has been president of the club since 2021.", {"Orvid Zelvar"}),
    ("took over as", "In May Orvid Zelvar took over as chief executive.", {"Orvid Zelvar"}),
    ("successor", "The minister's successor, Orvid Zelvar, is to sign.", {"Orvid Zelvar"}),
    ("at the end", "He came with the ambassador, Orvid Zelvar. They left.", {"Orvid Zelvar"}),
    ("engineer", "Eng Hilal bin Saud Zelvari, director of projects, signed.", {"Hilal bin Saud Zelvari"}),
    ("acronym between", "The Chief of the Air Staff (CAS), Orvid Zelvar, has said so.", {"Orvid Zelvar"}),
    ("who", "Later they met Orvid Zelvar, who leads the club.", {"Orvid Zelvar"}),
    ("answers", "The rest was silence. Orvid Zelvar answered in Rome.", {"Orvid Zelvar"}),
    ("signs for", "Orvid Zelvar signed for the ministry.", {"Orvid Zelvar"}),
    ("joined", "Mr Tudor Belvan and Orvid Zelvar put their names to it.", {"Tudor Belvan", "Orvid Zelvar"}),
    ("firm joined", "Mr Tudor Belvan and Lockheed Martin put their names to it.", {"Tudor Belvan"}),
    ("house who work for", "An analyst at Zelvar Belvan, who expects more, was glad.", set()),
    ("ship with an article", "They towed the Mark Zelvar to port.", set()),
    ("place", "He lives at Mark Zelvar with a dog.", set()),
    ("mark of a gun", "They ordered the gun Mark II again.", set()),
    ("firm that goes on", "They asked Mark Zelvar Holdings again.", set()),
    ("byline", "Mark Zelvar\nThe order is late.", set()),
]


@pytest.fixture(scope="module")
def tools() -> tuple[Parser, Gazetteer]:
    return load_parser(), load_gazetteer()


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in PEOPLE], ids=[c[0] for c in PEOPLE])
def test_person_without_a_title(tools: tuple[Parser, Gazetteer], text: str, expected: set[str]) -> None:
    found = {name.removeprefix("Person:") for name in named(text, *tools) if name.startswith("Person:")}
    assert found == expected
