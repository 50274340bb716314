"""More ways of telling an office: what it is of in a few words of any kind, an owner without a name, deputies."""

from __future__ import annotations

import pytest

from armsgraph.lexicon.gazetteer import Gazetteer, load_gazetteer
from test_offices import resolve

TOLD = [
    ("matter", "The head of the audit, Ann Lee, appears on Tuesday.", {"head"}),
    ("matter and rank", "The leader of the exercise, Commander Ann Lee, joked.", {"leader", "Commander"}),
    ("matter with for", "A spokesman for the district council, Ann Lee, said so.", {"spokesman"}),
    ("owner without a name", "Admiral Ann Lee, the fleet's commander, told reporters.", {"commander"}),
    ("two words of owner", "So said Ann Lee, the northern company's president.", {"president"}),
    ("deputy of a parliament", "The answer went to Deputy Ann Lee on Friday.", {"Deputy"}),
    ("lawmaker", "Opposition lawmaker Ann Lee asked why.", {"Opposition lawmaker"}),
    ("government commissioner", "Ann Lee, who was government commissioner for defence, left.", {"commissioner"}),
    ("deputy head of government", "Tánaiste Ann Lee said no.", {"Tánaiste"}),
    ("verb between", "The head of the firm was sorry, Ann Lee, and left.", set()),
    ("somebody else's head", "Ann Lee heard the fleet's commander.", set()),
    ("deputy is no office of its own", "Deputy talks began. Ann Lee came.", set()),
    ("clause between", "The owner of a yard that burnt, Ann Lee, was seen.", set()),
]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in TOLD], ids=[c[0] for c in TOLD])
def test_office_is_told(gazetteer: Gazetteer, text: str, expected: set[str]) -> None:
    titles = {t.title for t in resolve(text, ("Ann Lee",), gazetteer).tenures}
    assert len(titles) == len(expected)
    assert all(any(word in title for title in titles) for word in expected)
