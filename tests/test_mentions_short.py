"""Short and plural names of weapons, rows of firms, branches without their state."""

from __future__ import annotations

import pytest

from armsgraph.lexicon.gazetteer import Gazetteer
from armsgraph.parsing import Parser
from test_mentions import named
from test_mentions_things import tools

__all__ = ["tools"]

WEAPONS = [
    ("no that denies", "The fighters left. No Su-57 was bought.", {"Su-57"}),
    ("no that numbers", "It came under contract No. 57 of the firm.", set()),
    ("plural with an owner", "The force has taken its P-750s out of storage.", {"P-750s"}),
    ("plural with an adjective", "They take the place of its worn LCM-8s.", {"LCM-8s"}),
    ("plural of a long code", "The second item on the list are two Mi-17V-5s.", {"Mi-17V-5s"}),
    ("decade", "It was the hit of the 1990s.", set()),
    ("mark of a nickname", "They fly the visor in four Hawk T2s.", {"Hawk T2s"}),
    ("maker behind", "The K2, made by Hyundai Rotem, was cheaper.", {"K2"}),
    ("maker in front", 'Overheard: "Is that Hanwha\'s K9?"', {"K9"}),
    ("traded code", "Cairo makes parts under the K9 licence agreement.", {"K9"}),
    ("bought acronym", "Oslo buys the NSM for its coast.", {"NSM"}),
    ("parts of a code", "The hall makes launch tubes for the M72.", {"M72"}),
    ("summit and road", "After the G7 summit they took the M4 and the A30.", set()),
    ("list that goes on", "We need the K9 howitzer, the NSM and peace.", {"K9", "NSM"}),
    ("counted names", "It sends vehicles: sixteen Jaguar and 38 Griffon.", {"Jaguar", "Griffon"}),
    ("year and name", "The vehicle was the hit of 2019. In 2019 Griffon sold it.", set()),
    ("demonym in front", "Tanks rolled: Fennek scouts and two Norwegian Leopards.", {"Fennek", "Leopards"}),
    ("small letter", "It operates nine F-7Ni, a version of the Chinese J-7.", {"F-7Ni", "J-7"}),
    ("own code", "The engine came late. Beijing put forward its own CHD620.", {"CHD620"}),
    ("class of a town", "They replace the Vasco da Gama class.", {"Vasco da Gama class"}),
    ("standard", "Our jackets meet GSQRs 1438, the standard of the army.", set()),
]

OTHERS = [
    ("row of firms", "It is formed by Indra, Saab, Orvento and Escribano.", {"Firm:Orvento"}),
    ("state in a row", "It is formed by Indra, Saab, Poland and others.", {"State:Poland"}),
    ("branch", "It will go to the Mechanised Infantry.", {"ArmedForce:Mechanised Infantry"}),
    ("national force", "It goes to the National Coast Guard.", {"ArmedForce:National Coast Guard"}),
    ("force", "The Land Forces will get 20.", {"ArmedForce:Land Forces"}),
    ("show", "At Land Forces 2022 they showed it.", set()),
    (
        "command of an army",
        "It arms the Army's Materiel Command.",
        {"ArmedForce:Army", "GovernmentBody:Materiel Command"},
    ),
]


def weapons(text: str, parser: Parser, gazetteer: Gazetteer) -> set[str]:
    """Names of weapons."""
    return {n.removeprefix("Weapon:") for n in named(text, parser, gazetteer) if n.startswith("Weapon:")}


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in WEAPONS], ids=[c[0] for c in WEAPONS])
def test_weapon(tools: tuple[Parser, Gazetteer], text: str, expected: set[str]) -> None:
    assert weapons(text, *tools) == expected


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in OTHERS], ids=[c[0] for c in OTHERS])
def test_other(tools: tuple[Parser, Gazetteer], text: str, expected: set[str]) -> None:
    found = named(text, *tools)
    assert expected <= found
    assert len(expected) == len({n for n in found if n.split(":")[0] in {"ArmedForce", "GovernmentBody"}} | expected)
