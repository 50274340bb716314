"""Which stretches of a text name entities, and of what type."""

from __future__ import annotations

import hashlib
import itertools

import pytest

from armsgraph.lexicon.gazetteer import Gazetteer, load_gazetteer
from armsgraph.mentions import find_mentions
from armsgraph.model import Document, Furniture, Mention, MentionForm, Span, Values
from armsgraph.parsing import Parser, load_parser


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser()


@pytest.fixture(scope="module")
def patterns() -> Parser:
    return load_parser(model=None)


def mentions_of(text: str, parser: Parser, gazetteer: Gazetteer, furniture: str = "") -> tuple[Mention, ...]:
    parts: tuple[Furniture, ...] = ()
    if furniture:
        start = text.index(furniture)
        parts = (Furniture(span=Span(start, start + len(furniture)), kind="form", rule="x"),)
    document = Document(
        id="x", key="x-00000000", text=text, sha256=hashlib.sha256(text.encode()).hexdigest(), furniture=parts
    )
    return find_mentions(document, Values(), parser.parse(document, Values()), gazetteer)


def named(text: str, parser: Parser, gazetteer: Gazetteer) -> set[str]:
    """Return `type:text` of all mentions that are names."""
    return {f"{m.type.value}:{m.text}" for m in mentions_of(text, parser, gazetteer) if m.form is MentionForm.NAME}


STATES = [
    ("capital as subject", "Ankara signed the contract for two ferries.", {"State:Ankara"}),
    ("capital as party", "The talks with Jakarta on tanks went on.", {"State:Jakarta"}),
    ("capital's", "Manila's order for boats is late.", {"State:Manila"}),
    ("in a capital", "The pact was signed in Ankara.", {"Place:Ankara"}),
    ("dateline", "ANKARA, June 4 - The order is late.", {"Place:ANKARA"}),
    ("capital and its state", "They met at a hotel in Doha, Qatar.", {"Place:Doha", "State:Qatar"}),
    ("visit to a capital", "During his visit last week to Tokyo the minister spoke.", {"Place:Tokyo"}),
    ("airport", "He landed at Nairobi airport.", {"Place:Nairobi airport"}),
    ("a sum in US$", "It costs US$ 12 million and is paid by Peru.", {"State:Peru"}),
    ("state in a town's name", "The yard at Marietta, Georgia builds them.", {"Place:Marietta", "Place:Georgia"}),
    ("possessive", "Kuwait's order is late.", {"State:Kuwait"}),
    ("town on no list", "The hulls are welded in Zelmorsk.", {"Place:Zelmorsk"}),
    ("town of two words", "It was built in Zara Volga.", {"Place:Zara Volga"}),
    ("town of a site", "Shells come from its Zarvang plant.", {"Place:Zarvang"}),
    ("town of a firm", "The Zarvang-based firm won.", {"Place:Zarvang"}),
    ("town before a state", "It is made in Zarvang, Portugal.", {"Place:Zarvang", "State:Portugal"}),
    ("two towns joined", "It is based at Rostock-Zarlan.", {"Place:Rostock-Zarlan"}),
    (
        "each its own state",
        "Work is done in Newport News, Virginia, and Groton, Connecticut. It ends in May.",
        {"Place:Newport News", "Place:Virginia", "Place:Groton", "Place:Connecticut"},
    ),
    ("no town in a heading", "WRITTEN ANSWERS - It was said.", set()),
    ("no town", "It was debated in Parliament in October.", set()),
    ("a name that acts", "They work at Zelmorsk. Zelmorsk denies it.", set()),
    ("seas and regions", "Trade in the South China Sea, the Indian Ocean and Southeast Asia grew.", set()),
]


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in STATES], ids=[c[0] for c in STATES])
def test_states_and_places(text: str, expected: set[str], parser: Parser, gazetteer: Gazetteer) -> None:
    assert named(text, parser, gazetteer) == expected


def test_adjectives_are_told_by_their_form(parser: Parser, gazetteer: Gazetteer) -> None:
    [found] = mentions_of("The Kuwaiti side wants more boats.", parser, gazetteer)
    assert (found.text, found.form, found.record) == ("Kuwaiti", MentionForm.ADJECTIVE, "states:KW")


WEAPONS = [
    ("space for a hyphen", "It ordered 500 AK 203 rifles.", {"Weapon:AK 203"}),
    ("nothing for a hyphen", "It ordered 500 AK203 rifles.", {"Weapon:AK203"}),
    ("plural in capitals", "It ordered 500 AK-203S for the troops.", {"Weapon:AK-203S"}),
    ("plural", "It bought 12 Rafales and 40 HTT-40s.", {"Weapon:Rafales", "Weapon:HTT-40s"}),
    ("maker in front", "It bought Sikorsky UH-60M helicopters.", {"Firm:Sikorsky", "Weapon:UH-60M"}),
    ("class noun behind", "The INSAS rifle is old.", {"Weapon:INSAS"}),
    ("listed word with a cue", "It fired a Spike missile.", {"Weapon:Spike"}),
    ("listed word without one", "A spike in prices hit the Boxer and the Typhoon.", set()),
    ("nickname beside a noun", "It leased two Tiger helicopters.", {"Weapon:Tiger"}),
    ("two names, one noun", "The old Cheetah and Chetak helicopters go.", {"Weapon:Cheetah", "Weapon:Chetak"}),
    ("unlisted with a noun", "The yard sold 20 ZX-71 drones.", {"Weapon:ZX-71"}),
    ("named ship", "The frigate INS Tarkash visited.", {"Weapon:INS Tarkash"}),
    ("class of ships", "Two Nalanda-class frigates were sold.", {"Weapon:Nalanda-class"}),
    (
        "description with letters",
        "It wants five Harbour Patrol Boats (HPB).",
        {"Weapon:Harbour Patrol Boats", "Weapon:HPB"},
    ),
    ("variant", "It ordered F-16V fighters.", {"Weapon:F-16V"}),
    ("variant with a noun", "It ordered 12 Astra Mk-I missiles.", {"Weapon:Astra Mk-I"}),
    ("name of two words", "It ordered the Zarlan Fury guided munition.", {"Weapon:Zarlan Fury"}),
    ("name in capitals", "It ordered ZORTEN combat systems.", {"Weapon:ZORTEN"}),
    ("counted name", "It will get 16 Zorla howitzers.", {"Weapon:Zorla"}),
    ("one noun for two", "It ordered Zorla and Marvek missiles.", {"Weapon:Zorla", "Weapon:Marvek"}),
    ("two words before systems", "It gave 70 Zorla Paladin systems.", {"Weapon:Zorla Paladin"}),
    ("apposition", "It showed the Zorla 380, a drone.", {"Weapon:Zorla 380"}),
    ("named again", "Two Zorla tanks came. The Zorla is old.", {"Weapon:Zorla"}),
    ("development of it", "The tank is a development of the Al-Zorla.", {"Weapon:Al-Zorla"}),
    ("drive as the noun", "It will field the Zorla 4x4.", {"Weapon:Zorla"}),
    ("counted designation", "It has eleven ZTR-6PB left.", {"Weapon:ZTR-6PB"}),
    ("number word in front", "Forty-nine M1A1 tanks were sold.", {"Weapon:M1A1"}),
    ("sister of a ship", "The corvette is ready; her sister Zorla follows.", {"Weapon:Zorla"}),
    ("owner of a class", "It is like Zarlan's Zorla class of frigates.", {"Weapon:Zorla class"}),
    ("end of a sentence", "The yard built INS Tarkash. It was late.", {"Weapon:INS Tarkash"}),
    ("particle in a ship", "The navy got the ARC Valle del Zorla.", {"Weapon:ARC Valle del Zorla"}),
]


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in WEAPONS], ids=[c[0] for c in WEAPONS])
def test_weapons(text: str, expected: set[str], parser: Parser, gazetteer: Gazetteer) -> None:
    assert named(text, parser, gazetteer) == expected


def test_a_near_designation_gets_no_record(parser: Parser, gazetteer: Gazetteer) -> None:
    found = mentions_of("It ordered 500 AK-2039 rifles.", parser, gazetteer)
    assert [(m.text, m.record) for m in found] == [("AK-2039", None)]


NO_WEAPONS = [
    "The council passed UNSCR 2254 on the ceasefire and a weapons ban.",
    "Buyers paid EUR 400 million for vessels in FY24.",
    "COVID-19 delayed the ships.",
    "The G20 spoke of arms orders.",
    "Task Force 50 escorted the vessels.",
    "The contract N00024-20-C-2301 covers ships.",
    "Sales of arms rose in Q4 and in H1.",
    "The navy pays PHP18 billion for vessels.",
    "The ship was posted on 30 MAR 2023.",
    "Two Navy ships and Coast Guard cutters were there.",
    "European missiles and British tanks were sold.",
    "The Baltic fleet and the Zorla squadron have jets.",
    "The Ministry vehicles were sold.",
    "Exercise Varuna 2023 had six ships.",
]


@pytest.mark.parametrize("text", NO_WEAPONS)
def test_what_looks_like_a_designation(text: str, parser: Parser, gazetteer: Gazetteer) -> None:
    assert not [m.text for m in mentions_of(text, parser, gazetteer) if m.type.value == "Weapon"]


def test_a_makers_name_alone_is_firm_and_weapon(parser: Parser, gazetteer: Gazetteer) -> None:
    found = mentions_of("The army bought 5,000 Sig Sauer assault rifles.", parser, gazetteer)
    both = [(m.type.value, m.text) for m in found if m.text == "Sig Sauer"]
    assert both == [("Firm", "Sig Sauer"), ("Weapon", "Sig Sauer")]


def test_a_maker_beside_a_designation_is_a_firm_only(parser: Parser, gazetteer: Gazetteer) -> None:
    found = named("The army bought 5,000 Sig Sauer XM7 rifles.", parser, gazetteer)
    assert "Weapon:Sig Sauer" not in found
    assert {"Firm:Sig Sauer", "Weapon:XM7"} <= found


FIRMS = [
    ("legal form", "Varuna Marine Pvt Ltd will build them.", {"Firm:Varuna Marine Pvt Ltd"}),
    ("foreign form", "The order went to Brandt Optik GmbH yesterday.", {"Firm:Brandt Optik GmbH"}),
    ("business", "It went to Lakeside Shipbuilding of Peru.", {"Firm:Lakeside Shipbuilding", "State:Peru"}),
    ("M/s", "The order was placed on M/s Varuna Forge on Monday.", {"Firm:Varuna Forge"}),
    ("based maker", "The Pune-based maker Zentrik builds it.", {"Firm:Zentrik", "Place:Pune"}),
    ("and between two", "Saab and Brandt Optik GmbH won it.", {"Firm:Saab", "Firm:Brandt Optik GmbH"}),
    ("listed with form", "It was won by Leonardo S.p.A. in May.", {"Firm:Leonardo S.p.A."}),
    ("generic words", "Weapon Systems and Air Defence Systems were on show.", set()),
]


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in FIRMS], ids=[c[0] for c in FIRMS])
def test_firms(text: str, expected: set[str], parser: Parser, gazetteer: Gazetteer) -> None:
    assert named(text, parser, gazetteer) == expected


def test_an_acronym_takes_the_record_of_its_name(parser: Parser, gazetteer: Gazetteer) -> None:
    text = "Bharat Dynamics Limited (BDL) signed. BDL will deliver in May."
    found = [m for m in mentions_of(text, parser, gazetteer) if m.text == "BDL"]
    assert len(found) == 2
    assert {m.record for m in found} == {gazetteer.find("Bharat Dynamics")[0].id}


def test_an_acronym_of_an_unlisted_firm_is_found_again(parser: Parser, gazetteer: Gazetteer) -> None:
    text = "Varuna Marine Works Ltd (VMW) won the order. Last year VMW built two tugs."
    found = [m.type.value for m in mentions_of(text, parser, gazetteer) if m.text == "VMW"]
    assert found == ["Firm", "Firm"]


BODIES = [
    ("ministry with state", "The Peruvian Ministry of Defence pays.", {"GovernmentBody:Peruvian Ministry of Defence"}),
    ("ministry behind", "The Defence Ministry pays.", {"GovernmentBody:Defence Ministry"}),
    ("agency", "The Coastal Procurement Agency pays.", {"GovernmentBody:Coastal Procurement Agency"}),
    ("committee", "The Cabinet Committee on Security met.", {"GovernmentBody:Cabinet Committee on Security"}),
    ("force with state", "The Peruvian Navy got boats.", {"ArmedForce:Peruvian Navy"}),
    ("force in lower case", "The Peruvian navy got boats.", {"ArmedForce:Peruvian navy"}),
    ("royal force", "The Royal Thai Army got tanks.", {"ArmedForce:Royal Thai Army"}),
    ("force of a state", "The Navy of Mozambique got boats.", {"ArmedForce:Navy of Mozambique"}),
    ("bare force", "Boats for the Navy came.", {"ArmedForce:Navy"}),
    ("chief of a force", "The Navy Chief spoke.", set()),
    ("alliance", "It told NATO and ASEAN.", {"InternationalOrganisation:NATO", "InternationalOrganisation:ASEAN"}),
]


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in BODIES], ids=[c[0] for c in BODIES])
def test_bodies_and_forces(text: str, expected: set[str], parser: Parser, gazetteer: Gazetteer) -> None:
    assert named(text, parser, gazetteer) == expected


def test_a_bare_lower_case_force_is_a_description(parser: Parser, gazetteer: Gazetteer) -> None:
    [found] = mentions_of("Boats for the navy came.", parser, gazetteer)
    assert (found.text, found.form, found.record) == ("navy", MentionForm.NOMINAL, None)


PERSONS = [
    ("rank", "Vice Adm. Arun P. Mehta spoke.", {"Person:Arun P. Mehta"}),
    ("retired", "Maj Gen (Retd) Arun Mehta spoke.", {"Person:Arun Mehta"}),
    ("honorific", "Shri Arun Mehta spoke.", {"Person:Arun Mehta"}),
    ("office", "Defence Minister Eva Lund spoke.", {"Person:Eva Lund"}),
    ("surname later", "Minister Eva Lund spoke. Lund then left.", {"Person:Eva Lund", "Person:Lund"}),
    ("no person", "The Defence Minister, the General Staff and General Dynamics spoke.", {"Firm:General Dynamics"}),
]


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in PERSONS], ids=[c[0] for c in PERSONS])
def test_persons(text: str, expected: set[str], parser: Parser, gazetteer: Gazetteer) -> None:
    found = named(text, parser, gazetteer)
    assert {f for f in found if not f.startswith("GovernmentBody")} == expected


def test_outlets_exercises_and_slogans_are_no_actors(parser: Parser, gazetteer: Gazetteer) -> None:
    text = "Reuters, PTI and India Today wrote of Make in India and of Exercise Malabar at Aero India 2023."
    assert named(text, parser, gazetteer) == set()


def test_furniture_yields_nothing(parser: Parser, gazetteer: Gazetteer) -> None:
    text = "Peru bought boats.\nAlso read: Boeing sells to Chile\nThey come in May."
    found = mentions_of(text, parser, gazetteer, furniture="Also read: Boeing sells to Chile")
    assert [m.text for m in found] == ["Peru"]


def test_headlines_in_capitals(parser: Parser, gazetteer: Gazetteer) -> None:
    text = "PERU SIGNS DEAL WITH EMBRAER FOR 12 SUPER TUCANOS\nThe contract was signed on Monday."
    assert {"State:PERU", "Firm:EMBRAER", "Weapon:SUPER TUCANOS"} <= named(text, parser, gazetteer)


TEXT = (
    "Bharat Dynamics Limited (BDL) signed a contract with the Ministry of Defence for 4,000 Akash missiles in New "
    "Delhi. Defence Minister Eva Lund of Norway and Gen. Arun Mehta looked on.\n\nLund said Oslo wanted K9 howitzers."
)


@pytest.mark.parametrize("has_model", [True, False], ids=["model", "patterns"])
def test_spans_hold_their_text_and_do_not_overlap(
    has_model: bool, parser: Parser, patterns: Parser, gazetteer: Gazetteer
) -> None:
    found = mentions_of(TEXT, parser if has_model else patterns, gazetteer)
    assert len(found) >= 10
    assert all(TEXT[m.span.start : m.span.end] == m.text for m in found)
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(found))
    assert all(m.entity_id is None and 0 < m.confidence <= 1 and m.rule for m in found)
    assert all(m.record is None or gazetteer.record(m.record) is not None for m in found)


def test_patterns_alone_find_what_lists_and_patterns_know(patterns: Parser, gazetteer: Gazetteer) -> None:
    assert {
        "Firm:Bharat Dynamics Limited",
        "Firm:BDL",
        "GovernmentBody:Ministry of Defence",
        "Weapon:Akash",
        "Place:New Delhi",
        "Person:Eva Lund",
        "Person:Arun Mehta",
        "Weapon:K9",
    } <= named(TEXT, patterns, gazetteer)


def test_the_same_text_gives_the_same_mentions(parser: Parser, gazetteer: Gazetteer) -> None:
    assert mentions_of(TEXT, parser, gazetteer) == mentions_of(TEXT, load_parser(), load_gazetteer())


@pytest.mark.parametrize(
    "text",
    [
        "A " * 4000,
        "Acme Ltd " * 1500,
        ("ACME BOATS " * 1500),
        "AK-47, " * 1500,
        "भारत " * 2000,
        "Ab" * 8000,
        "🚀" * 4000,
    ],
    ids=["letters", "firms", "capitals", "designations", "hindi", "one word", "emoji"],
)
def test_no_text_takes_forever(text: str, patterns: Parser, gazetteer: Gazetteer) -> None:
    mentions_of(text, patterns, gazetteer)


PEOPLE_AND_UNITS = [
    ("office and comma", "The Minister of National Defence, Jana Zorla, answered.", "Person", "Jana Zorla"),
    ("counterpart and comma", "She met her Qatari counterpart, Jana Zorla, there.", "Person", "Jana Zorla"),
    ("trade behind said", '"It is late," said welder Jana Zorla, 58.', "Person", "Jana Zorla"),
    ("numbered unit", "It is in service with 506 Squadron at the base.", "ArmedForce", "506 Squadron"),
    ("number behind the unit", "It went to Panzer Brigade 9 in May.", "ArmedForce", "Panzer Brigade 9"),
    ("named unit", "The Zorland Brigade has them.", "ArmedForce", "Zorland Brigade"),
    (
        "state's force in full",
        "The Maldives National Defence Force got it.",
        "ArmedForce",
        "Maldives National Defence Force",
    ),
]


@pytest.mark.parametrize(
    ("text", "kind", "name"), [c[1:] for c in PEOPLE_AND_UNITS], ids=[c[0] for c in PEOPLE_AND_UNITS]
)
def test_people_and_units(text: str, kind: str, name: str, parser: Parser, gazetteer: Gazetteer) -> None:
    assert f"{kind}:{name}" in named(text, parser, gazetteer)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("Leonardo will deliver the helicopters.", "Leonardo", id="surname that is a firm"),
        pytest.param(
            "Zorlan Defense, Beloit, Wisconsin, is awarded a $4 million contract.", "Zorlan Defense", id="award"
        ),
        pytest.param("The order went to Zorlat of Bydgoszcz for radios.", "Zorlat", id="of a town"),
        pytest.param("It is a joint venture of Patria and Zortruck.", "Zortruck", id="partner"),
        pytest.param("It signed with Zakłady Zorlan for guns.", "Zakłady Zorlan", id="opening word"),
        pytest.param("Lockheed Martin Canada got the job.", "Lockheed Martin Canada", id="branch"),
        pytest.param("Fincantieri beat Damen and Naval Group.", "Naval Group", id="two firms joined"),
    ],
)
def test_firms_by_what_stands_around(text: str, name: str, parser: Parser, gazetteer: Gazetteer) -> None:
    assert f"Firm:{name}" in named(text, parser, gazetteer)


def test_a_first_name_is_no_firm(parser: Parser, gazetteer: Gazetteer) -> None:
    assert "Firm:Leonardo" not in named("The contract pleased Leonardo Zorlan.", parser, gazetteer)


def test_a_minister_of_forces_names_no_force(parser: Parser, gazetteer: Gazetteer) -> None:
    found = named("French armed forces minister Jan Zorla signed.", parser, gazetteer)
    assert not any(f.startswith("ArmedForce:") for f in found)
