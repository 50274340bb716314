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
    ("name in brackets", "Minister for Defence (Ann Lee): The answer is no.", {"Minister for Defence"}),
    ("name behind the year", "The minister of defence in 2015 was Ann Lee.", {"minister of defence"}),
    ("name behind the verb", "The programme manager is Rear Admiral Ann Lee.", {"programme manager"}),
    ("office long left", "Ann Lee, once defence minister herself, wants more.", {"defence minister"}),
    ("of which she is", "Signed by Ann Lee for the Chilean Navy, of which she is director.", {"director"}),
    ("not the holder but hers", "The minister in 2015 was Ann Lee's brother.", set()),
    ("what was said of her", "The minister was sorry. Ann Lee left.", set()),
    ("brackets with more than a name", "The minister (like Ann Lee before) left.", set()),
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


SUCCEEDED = [
    ("as successor to", "Defence minister Ann Lee, in office as successor to Bo Hagen, came.", True),
    ("who took over from", "Defence minister Ann Lee, who took over from Bo Hagen, came.", True),
    ("somebody's predecessor", "Defence minister Ann Lee came. Bo Hagen, Lee's predecessor, did not.", True),
    ("no holder", "Ann Lee, who succeeded Bo Hagen, came.", False),
    ("another clause", "Defence minister Ann Lee came. The ship took over from Bo Hagen.", False),
]


@pytest.mark.parametrize(("text", "is_told"), [c[1:] for c in SUCCEEDED], ids=[c[0] for c in SUCCEEDED])
def test_office_of_who_was_succeeded(gazetteer: Gazetteer, text: str, is_told: bool) -> None:
    found = {(t.person_id, t.title) for t in resolve(text, ("Ann Lee", "Bo Hagen", "Lee"), gazetteer).tenures}
    assert (("person/bo-hagen", "Defence minister") in found) is is_told
