"""Whose bare "navy" is meant when the text names the forces of several states."""

from __future__ import annotations

import pytest

from armsgraph.lexicon.gazetteer import Gazetteer, load_gazetteer
from test_entities import FORCE, STATE, Names, ids_of, resolve

BARE = [
    (
        "named-before-another-state",
        "Chile did it. The Navy and Chile: Chile pays, and Chile is glad. Later the Royal Thai Navy of Thailand came.",
        {"Chile": STATE, "Thailand": STATE, "Navy": FORCE, "Royal Thai Navy": FORCE},
        "armed-force/cl-navy",
    ),
    (
        "its-state-is-named-first",
        "Thailand asks Chile, Chile and Chile for boats for its Navy. The Royal Thai Navy waits.",
        {"Chile": STATE, "Thailand": STATE, "Navy": FORCE, "Royal Thai Navy": FORCE},
        "armed-force/th-navy",
    ),
    (
        "nothing-else-in-play",
        "The Navy waits. The Royal Thai Navy of Thailand gets two boats.",
        {"Thailand": STATE, "Navy": FORCE, "Royal Thai Navy": FORCE},
        "armed-force/th-navy",
    ),
]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.mark.parametrize(("text", "names", "expected"), [c[1:] for c in BARE], ids=[c[0] for c in BARE])
def test_bare_force_is_that_of_a_state_named_so_far(
    gazetteer: Gazetteer, text: str, names: Names, expected: str
) -> None:
    assert ids_of(resolve(text, names, gazetteer), "Navy") == [expected]
