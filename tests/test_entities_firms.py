"""A group's first word beside the name of one of its firms: the firm taken up, or the group itself."""

from __future__ import annotations

import pytest

from armsgraph.lexicon.gazetteer import Gazetteer, load_gazetteer
from test_entities import FIRM, ids_of, resolve

AEROSPACE = "Hanwha Aerospace"
TAKEN_UP = [
    ("taken-up", "Hanwha Aerospace won. Hanwha is glad.", True),
    ("group-first", "Hanwha won. Hanwha Aerospace is glad.", False),
    ("another-firm-of-the-group", "Hanwha Aerospace won, Hanwha Ocean lost. Hanwha is glad.", False),
    ("called-the-parent", "Hanwha Aerospace won. It is a unit of Hanwha and glad.", False),
]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.mark.parametrize(("text", "is_one"), [c[1:] for c in TAKEN_UP], ids=[c[0] for c in TAKEN_UP])
def test_first_word_takes_up_the_one_firm_named_before(gazetteer: Gazetteer, text: str, is_one: bool) -> None:
    names = {AEROSPACE: FIRM, "Hanwha Ocean": FIRM, "Hanwha": FIRM}
    entities = resolve(text, names, gazetteer)
    assert (ids_of(entities, AEROSPACE) == ids_of(entities, "Hanwha")) is is_one


def test_branch_in_another_state_is_no_short_form(gazetteer: Gazetteer) -> None:
    entities = resolve("Colt Canada won. Colt is glad.", {"Colt Canada": FIRM, "Colt": FIRM}, gazetteer)
    assert ids_of(entities, "Colt Canada") != ids_of(entities, "Colt")
