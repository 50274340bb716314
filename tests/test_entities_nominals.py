"""Definite descriptions, "the ministry", "the two sides", and pronouns."""

from __future__ import annotations

import pytest

from armsgraph.lexicon.gazetteer import Gazetteer, load_gazetteer
from armsgraph.model import (
    MentionForm,
)
from test_entities import (
    ADJECTIVE,
    BODY,
    FIRM,
    PERSON,
    STATE,
    Names,
    ids_of,
    resolve,
)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


NOMINALS = [
    (
        "company",
        "Vexar Systems won the race. The company is glad.",
        {"Vexar Systems": FIRM},
        "The company",
        ["firm/vexar-systems"],
    ),
    (
        "two-firms",
        "Vexar Systems beat Orbel Works. The company is glad.",
        {"Vexar Systems": FIRM, "Orbel Works": FIRM},
        "The company",
        [],
    ),
    (
        "compound",
        "Vexar Systems won. The company name is old.",
        {"Vexar Systems": FIRM},
        "The company",
        ["firm/vexar-systems"],
    ),
    (
        "two-countries",
        "India and Russia met. The two countries signed.",
        {"India": STATE, "Russia": STATE},
        "The two countries",
        ["state/india", "state/russia"],
    ),
    (
        "both-sides",
        "India and Russia met. Both sides signed.",
        {"India": STATE, "Russia": STATE},
        "Both sides",
        ["state/india", "state/russia"],
    ),
    (
        "three-countries",
        "India met Russia and Iran met Iraq. India, Iran, Iraq. The two countries signed.",
        {"India": STATE, "Russia": STATE, "Iran": STATE, "Iraq": STATE},
        "The two countries",
        [],
    ),
    (
        "ministry-of-other",
        "The Defence Ministry of Peru paid. The ministry was glad.",
        {"Defence Ministry of Peru": BODY},
        "The ministry",
        ["government-body/pe-ministry-of-defence"],
    ),
    (
        "same-company",
        "Vexar Systems won the race. More came from the same builder.",
        {"Vexar Systems": FIRM},
        "the same builder",
        ["firm/vexar-systems"],
    ),
    (
        "company-of-another-state",
        "Vexar Systems won the race. The Indian company is glad.",
        {"Vexar Systems": FIRM, "Indian": ADJECTIVE},
        "The Indian company",
        [],
    ),
    (
        "company-of-its-state",
        "Bharat Dynamics won, Boeing lost. The Indian company is glad.",
        {"Bharat Dynamics": FIRM, "Boeing": FIRM, "Indian": ADJECTIVE},
        "The Indian company",
        ["firm/bharat-dynamics"],
    ),
    ("government", "Peru is poor. The government will buy.", {"Peru": STATE}, "The government", ["state/peru"]),
    (
        "government-of-a-state",
        "Peru is poor. The government of others will buy.",
        {"Peru": STATE},
        "The government",
        [],
    ),
    ("government-council", "Peru is poor. The Government Council met.", {"Peru": STATE}, "The Government", []),
]


@pytest.mark.parametrize(
    ("text", "names", "words", "expected"), [case[1:] for case in NOMINALS], ids=[case[0] for case in NOMINALS]
)
def test_definite_descriptions(text: str, names: Names, words: str, expected: list[str], gazetteer: Gazetteer) -> None:
    entities = resolve(text, names, gazetteer)
    assert sorted(str(i) for i in ids_of(entities, words, MentionForm.NOMINAL)) == expected


def test_it_is_resolved_behind_who_speaks_only(gazetteer: Gazetteer) -> None:
    said = resolve("Vexar Systems said it will sell.", {"Vexar Systems": FIRM}, gazetteer)
    loose = resolve("Vexar Systems won the race. It was late.", {"Vexar Systems": FIRM}, gazetteer)
    assert ids_of(said, "it", MentionForm.PRONOUN) == ["firm/vexar-systems"]
    assert ids_of(loose, "It", MentionForm.PRONOUN) == []


def test_pronoun_only_with_one_candidate(gazetteer: Gazetteer) -> None:
    one = resolve("Jon Varga came. He signed.", {"Jon Varga": PERSON}, gazetteer)
    two = resolve("Jon Varga met Ivan Petrov. He signed.", {"Jon Varga": PERSON, "Ivan Petrov": PERSON}, gazetteer)
    assert ids_of(one, "He", MentionForm.PRONOUN) == ["person/jon-varga"]
    assert ids_of(two, "He", MentionForm.PRONOUN) == []
