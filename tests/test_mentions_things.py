"""Names of weapons that no cue stands beside, longer designations, ships by what is said of them."""

from __future__ import annotations

import pytest

from armsgraph.lexicon.gazetteer import Gazetteer, load_gazetteer
from armsgraph.parsing import Parser, load_parser
from test_mentions import named

THINGS = [
    ("capital in a sentence", "The missile is old. It was rain that kept the Typhoon down.", {"Weapon:Typhoon"}),
    ("plural in a sentence", "It is a tank. They want to give two old Boxers away.", {"Weapon:Boxers"}),
    ("capital of a longer name", "It is a tank. They drank in the Typhoon Hotel that night.", set()),
    ("capital of a sentence", "It is a tank. Typhoon hawks live there.", set()),
    ("nothing about arms", "It was rain that kept the Typhoon down.", set()),
    ("name behind a designation", "It replaces the ZPT-32 Deepak, which is old.", {"Weapon:ZPT-32 Deepak"}),
    ("day behind a designation", "It got six ZPT-32 jets. They took the ZPT-32 Monday.", {"Weapon:ZPT-32"}),
    ("mark in capitals", "It orders three corvettes of the ZR71 MKII type.", {"Weapon:ZR71 MKII"}),
    ("version behind a slash", "It will replace the Mi-8/17 helicopter.", {"Weapon:Mi-8/17"}),
    ("two names of one thing", "It gets 60 Nimr Ajban vehicles.", {"Weapon:Nimr Ajban"}),
    ("two names and no noun", "It gets the Nimr Ajban and pays.", {"Weapon:Ajban"}),
    (
        "prefix said once",
        "It will hand over HNLMS Orka and Zwaarddraak next year.",
        {"Weapon:HNLMS Orka", "Weapon:Zwaarddraak"},
    ),
    (
        "ship of three words",
        "It fired from the deck of the landing ship Kalat Béni Orras.",
        {"Weapon:Kalat Béni Orras"},
    ),
    ("ship in quotes", 'The vessel was built at sea, like the "Wolu" before her.', {"Weapon:Wolu"}),
    ("quotes and no ship", 'The house was built at sea, like the "Wolu" before it.', set()),
    (
        "ship by its article",
        "Two frigates come: the Kimonos and the Nearchis, at last.",
        {"Weapon:Kimonos", "Weapon:Nearchis"},
    ),
    ("waters are no ship", "The frigates sail between the Kattegut and the Balta.", set()),
    ("foreign word", "It is a tank. They read of Fabrica de Armas again.", set()),
]


BODIES = [
    (
        "committee of a house",
        "So said the budget committee of the Sejm.",
        {"GovernmentBody:budget committee of the Sejm"},
    ),
    ("committee of no house", "So said the jury and the tea committee.", set()),
    ("garrison", "The trucks reached Zelkasi Garrison at noon.", {"Place:Zelkasi Garrison"}),
    ("numbered base", "Ten have come to the 91st Air Force Base.", {"Place:91st Air Force Base"}),
    ("particle in a base", "It is done at Said bin Sultan Naval Base.", {"Place:Said bin Sultan Naval Base"}),
    ("said before a base", "It is done at the naval base. Said Karup Naval Base: no.", {"Place:Karup Naval Base"}),
    ("capital in a headline", "Doha back at table for more jets\n\nThey talk.", {"State:Doha"}),
    ("firm of a capital in a headline", "Doha firm back at table for more jets\n\nThey talk.", {"Place:Doha"}),
]


@pytest.fixture(scope="module")
def tools() -> tuple[Parser, Gazetteer]:
    return load_parser(), load_gazetteer()


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in THINGS + BODIES], ids=[c[0] for c in THINGS + BODIES])
def test_thing(tools: tuple[Parser, Gazetteer], text: str, expected: set[str]) -> None:
    assert named(text, *tools) == expected
