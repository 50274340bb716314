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
    ("foreign word", "It is a tank. They read of Fabrica de Armas again.", set()),
]


@pytest.fixture(scope="module")
def tools() -> tuple[Parser, Gazetteer]:
    return load_parser(), load_gazetteer()


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in THINGS], ids=[c[0] for c in THINGS])
def test_thing(tools: tuple[Parser, Gazetteer], text: str, expected: set[str]) -> None:
    assert named(text, *tools) == expected
