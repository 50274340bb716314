"""Names that what stands around them gives away: a force in front of its plane, a base before its state, a plural."""

from __future__ import annotations

import pytest

from armsgraph.lexicon.gazetteer import Gazetteer, load_gazetteer
from armsgraph.parsing import Parser, load_parser
from test_mentions import named

AROUND = [
    ("force in front", "It fell from a U.S. Air Force C-17 at noon.", {"ArmedForce:U.S. Air Force", "Weapon:C-17"}),
    ("numbered force", "It was told to Task Force 58 at noon.", set()),
    ("plural of a designation", "The firm will deliver two ZKU-1CEs, a version with pumps.", {"Weapon:ZKU-1CEs"}),
    (
        "state behind a base",
        "It lies at Dover Air Force Base, Delaware. It is old.",
        {"Place:Dover Air Force Base", "Place:Delaware"},
    ),
    (
        "nickname told before",
        "They want the P-8A Poseidon. The Poseidon flies far.",
        {"Weapon:P-8A Poseidon", "Weapon:Poseidon"},
    ),
    ("nickname not told", "They pray to the sea god. The Poseidon hears them.", set()),
    ("forces of nobody named", "They buy what the Armed Forces ask for.", {"ArmedForce:Armed Forces"}),
    ("forces in an office", "So said the Minister of the Armed Forces.", set()),
    (
        "state of a force's body",
        "The U.S. Army Contracting Command, Redstone Arsenal, pays.",
        {"GovernmentBody:U.S. Army Contracting Command", "Place:Redstone Arsenal"},
    ),
    ("committee of somebody", "It asked the budget committee.", {"GovernmentBody:budget committee"}),
    ("committee of nobody", "They formed a committee on the budget.", set()),
    ("firm called as its bomb", "Al Tariq, a unit of Ostra, paid.", {"Firm:Al Tariq"}),
    ("firm named by a noun", "They asked the firm Al Tariq.", {"Firm:Al Tariq"}),
    ("bomb with an apposition", "It dropped an Al Tariq, the bomb of the year.", {"Weapon:Al Tariq"}),
    ("rank and no group", "Spokesman Group Captain Asela Perera said so.", {"Person:Asela Perera"}),
    ("honour of a pilgrim", "The clerk was Alhaji Sani Bello.", {"Person:Sani Bello"}),
    ("better than the list's", "They got 32 M109A5+ in May.", {"Weapon:M109A5+"}),
    ("two in one", "It is to replace the Mi-8/17 in May.", {"Weapon:Mi-8/17"}),
    ("two with a stroke", "It is to replace the Mi-8/Mi-17 in May.", {"Weapon:Mi-8", "Weapon:Mi-17"}),
    ("state behind a word", "They spoke of love, Delaware and rain.", set()),
]


@pytest.fixture(scope="module")
def tools() -> tuple[Parser, Gazetteer]:
    return load_parser(), load_gazetteer()


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in AROUND], ids=[c[0] for c in AROUND])
def test_name_given_away(tools: tuple[Parser, Gazetteer], text: str, expected: set[str]) -> None:
    assert named(text, *tools) == expected
