"""Entities: which names are one thing, what id it gets, and what definite descriptions mean."""

from __future__ import annotations

import hashlib
import re

import pytest

from armsgraph.entities import resolve_entities
from armsgraph.lexicon.gazetteer import Gazetteer, load_gazetteer
from armsgraph.model import (
    Document,
    EntitySet,
    EntityType,
    Mention,
    MentionForm,
    PartialDate,
    Span,
    Values,
)
from armsgraph.parsing import load_parser

STATE, PERSON, FIRM, BODY = EntityType.STATE, EntityType.PERSON, EntityType.FIRM, EntityType.GOVERNMENT_BODY
FORCE, WEAPON, PLACE = EntityType.ARMED_FORCE, EntityType.WEAPON, EntityType.PLACE
ORGANISATION = EntityType.INTERNATIONAL_ORGANISATION
Names = dict[str, EntityType | tuple[EntityType, MentionForm]]
ADJECTIVE = (STATE, MentionForm.ADJECTIVE)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def make_document(text: str, published: str | None = "2022-03-01") -> Document:
    return Document(
        id="text",
        key="text-0a1b2c3d",
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        published=PartialDate(value=published) if published else None,
    )


def make_mentions(text: str, names: Names, gazetteer: Gazetteer) -> tuple[Mention, ...]:
    """Find the names in the text, longest first, and give them the record that the lists have for them."""
    found: list[Mention] = []
    taken: set[int] = set()
    for name, kind in sorted(names.items(), key=lambda item: -len(item[0])):
        type_, form = kind if isinstance(kind, tuple) else (kind, MentionForm.NAME)
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            if taken & set(range(*match.span())):
                continue
            taken |= set(range(*match.span()))
            if form is MentionForm.ADJECTIVE:
                row = gazetteer.state_of_adjective(name)
                record = row.id if row else None
            else:
                rows = gazetteer.find(name, type_)
                record = rows[0].id if len(rows) == 1 else None
            found.append(
                Mention(
                    span=Span(*match.span()),
                    type=type_,
                    text=name,
                    form=form,
                    record=record,
                    rule="test",
                    confidence=1.0,
                )
            )
    return tuple(sorted(found, key=lambda m: m.span))


def resolve(text: str, names: Names, gazetteer: Gazetteer, published: str | None = "2022-03-01") -> EntitySet:
    document = make_document(text, published)
    parse = load_parser(model=None).parse(document, Values())
    return resolve_entities(document, Values(), parse, make_mentions(text, names, gazetteer), gazetteer)


def ids_of(entities: EntitySet, text: str, form: MentionForm = MentionForm.NAME) -> list[str | None]:
    """Ids of the mentions with these words, by position."""
    return [m.entity_id for m in entities.mentions if m.text == text and m.form is form]


ONE_THING = [
    (
        "weapon-hyphen",
        "The AK-203 is light. The AK 203 is new. The AK203 sells.",
        {"AK-203": WEAPON, "AK 203": WEAPON, "AK203": WEAPON},
    ),
    ("weapon-plural", "The K-808 is wheeled. Thirty K-808s were sold.", {"K-808": WEAPON, "K-808s": WEAPON}),
    ("weapon-capital-plural", "AK-203 RIFLES\nMany AK-203S will be made.", {"AK-203": WEAPON, "AK-203S": WEAPON}),
    (
        "weapon-maker-in-front",
        "The Vexar Falkon flew. A Falkon costs much.",
        {"Vexar Falkon": WEAPON, "Falkon": WEAPON},
    ),
    ("weapon-name-behind", "The T-95 Zorvan was late. The T-95 is Ukrainian.", {"T-95 Zorvan": WEAPON, "T-95": WEAPON}),
    (
        "weapon-acronym",
        "Twelve littoral mission vessels (LMVs) sail. An LMV is small.",
        {"littoral mission vessels": WEAPON},
    ),
    (
        "firm-legal-form",
        "Vexar Systems Ltd won. Vexar Systems is glad.",
        {"Vexar Systems Ltd": FIRM, "Vexar Systems": FIRM},
    ),
    ("firm-short", "Vexar International Inc won. Vexar is glad.", {"Vexar International Inc": FIRM, "Vexar": FIRM}),
    ("firm-acronym", "Northern Arms Works (NAW) won. The rest went to NAW.", {"Northern Arms Works": FIRM}),
    ("firm-acronym-legal", "Orbel Dynamics Limited (ODL) won.", {"Orbel Dynamics Limited": FIRM, "ODL": FIRM}),
    (
        "firm-listed-alias",
        "Hindustan Aeronautics Limited won. HAL is glad.",
        {"Hindustan Aeronautics Limited": FIRM, "HAL": FIRM},
    ),
    ("firm-capitals", "VEXAR SYSTEMS WINS\nVexar Systems won.", {"VEXAR SYSTEMS": FIRM, "Vexar Systems": FIRM}),
    ("state-alias", "The United States signed. The US paid.", {"United States": STATE, "US": STATE}),
    ("state-adjective", "Kuwait signed. The Kuwaiti side paid.", {"Kuwait": STATE, "Kuwaiti": ADJECTIVE}),
    ("person-surname", "Jon Varga came. Varga signed.", {"Jon Varga": PERSON, "Varga": PERSON}),
    ("person-accents", "Jan Nowák came. Jan Nowak signed.", {"Jan Nowák": PERSON, "Jan Nowak": PERSON}),
    ("person-middle-name", "Anna Berta Kolm came. Anna Kolm signed.", {"Anna Berta Kolm": PERSON, "Anna Kolm": PERSON}),
    (
        "person-one-letter",
        "Karl Lanbauer came. Karl Lambauer signed.",
        {"Karl Lanbauer": PERSON, "Karl Lambauer": PERSON},
    ),
    ("person-order", "Minoru Kihara came. Kihara Minoru signed.", {"Minoru Kihara": PERSON, "Kihara Minoru": PERSON}),
    ("force-of", "The Peruvian Army paid. The Army of Peru drove.", {"Peruvian Army": FORCE, "Army of Peru": FORCE}),
    ("force-bare", "The Royal Thai Navy paid. The navy sailed.", {"Royal Thai Navy": FORCE, "navy": FORCE}),
    (
        "body-spelling",
        "The Peruvian Ministry of Defense paid. The Defence Ministry of Peru signed.",
        {"Peruvian Ministry of Defense": BODY, "Defence Ministry of Peru": BODY},
    ),
    ("organisation", "NATO met. The Alliance agreed.", {"NATO": ORGANISATION, "Alliance": ORGANISATION}),
]


@pytest.mark.parametrize(("text", "names"), [case[1:] for case in ONE_THING], ids=[case[0] for case in ONE_THING])
def test_forms_of_one_thing_share_an_entity(text: str, names: Names, gazetteer: Gazetteer) -> None:
    entities = resolve(text, names, gazetteer)
    assert len({m.entity_id for m in entities.mentions if m.form is not MentionForm.NOMINAL}) == 1


TWO_THINGS = [
    ("weapon-family", "The AK-203 and the AK-103 are rifles.", {"AK-203": WEAPON, "AK-103": WEAPON}),
    ("weapon-variant", "A Su-30 is no Su-30MKI.", {"Su-30": WEAPON, "Su-30MKI": WEAPON}),
    ("weapon-mark", "The Spike differs from the Spike NLOS.", {"Spike": WEAPON, "Spike NLOS": WEAPON}),
    ("weapon-class", "The Orka differs from the Orka class.", {"Orka": WEAPON, "Orka class": WEAPON}),
    ("firm-and-weapon", "Sig Sauer sold Sig Sauer rifles.", {"Sig Sauer": FIRM, "Sig Sauer rifles": WEAPON}),
    (
        "firm-namesakes",
        "Bharat Electronics beat Bharat Dynamics.",
        {"Bharat Electronics": FIRM, "Bharat Dynamics": FIRM},
    ),
    ("firm-daughter", "Airbus owns Airbus Helicopters.", {"Airbus": FIRM, "Airbus Helicopters": FIRM}),
    (
        "ministries",
        "The Indian Defence Ministry met the Russian Defence Ministry.",
        {"Indian Defence Ministry": BODY, "Russian Defence Ministry": BODY},
    ),
    ("persons", "Ivan Petrov met Oleg Petrov.", {"Ivan Petrov": PERSON, "Oleg Petrov": PERSON}),
]


@pytest.mark.parametrize(("text", "names"), [case[1:] for case in TWO_THINGS], ids=[case[0] for case in TWO_THINGS])
def test_different_things_stay_apart(text: str, names: Names, gazetteer: Gazetteer) -> None:
    entities = resolve(text, names, gazetteer)
    assert len(entities.entities) == 2


IDS = [
    ("India", STATE, "state/india"),
    ("AK 203", WEAPON, "weapon/ak-203"),
    ("K808", WEAPON, "weapon/k-808"),
    ("Bharat Dynamics Limited", FIRM, "firm/bharat-dynamics"),
    ("Vexar Systems Pvt. Ltd.", FIRM, "firm/vexar-systems"),
    ("Peruvian Army", FORCE, "armed-force/pe-army"),
    ("Indian Navy", FORCE, "armed-force/in-navy"),
    ("Indian Ministry of Defence", BODY, "government-body/in-ministry-of-defence"),
    ("Jon Varga", PERSON, "person/jon-varga"),
    ("Varga", PERSON, "person/text-0a1b2c3d-varga"),
    ("Rajnath Singh", PERSON, "person/rajnath-singh"),
    ("Korwa", PLACE, "place/korwa"),
]


@pytest.mark.parametrize(("name", "type_", "expected"), IDS, ids=[case[2] for case in IDS])
def test_ids_say_what_a_thing_is(name: str, type_: EntityType, expected: str, gazetteer: Gazetteer) -> None:
    entities = resolve(f"Nobody knew {name} then.", {name: type_}, gazetteer)
    assert [e.id for e in entities.entities] == [expected]


def test_same_thing_has_the_same_id_in_another_document(gazetteer: Gazetteer) -> None:
    first = resolve("The K-808 rolled.", {"K-808": WEAPON}, gazetteer)
    second = resolve("Sixty K 808s were sold.", {"K 808s": WEAPON}, gazetteer)
    assert first.entities[0].id == second.entities[0].id


def test_transliterations_of_a_listed_person_are_one(gazetteer: Gazetteer) -> None:
    first = resolve("Sergey Shoigu came.", {"Sergey Shoigu": PERSON}, gazetteer)
    second = resolve("Sergei Shoigu came.", {"Sergei Shoigu": PERSON}, gazetteer)
    assert first.entities[0].id == second.entities[0].id


def test_typing_variants_are_hidden_names(gazetteer: Gazetteer) -> None:
    entities = resolve("The AK-203 and the AK 203.", {"AK-203": WEAPON, "AK 203": WEAPON}, gazetteer)
    assert entities.entities[0].label == "AK-203"
    assert entities.entities[0].hidden_names == ("AK 203",)


def test_state_of_adjectives_alone_is_no_entity(gazetteer: Gazetteer) -> None:
    entities = resolve("A Swedish firm sold boats to Chile.", {"Swedish": ADJECTIVE, "Chile": STATE}, gazetteer)
    assert [e.id for e in entities.entities] == ["state/chile"]
    assert ids_of(entities, "Swedish", MentionForm.ADJECTIVE) == []


def test_state_of_adjectives_stays_where_an_office_needs_it(gazetteer: Gazetteer) -> None:
    text = "The Swedish defence minister, Lena Ek, came to Chile."
    entities = resolve(text, {"Swedish": ADJECTIVE, "Chile": STATE, "Lena Ek": PERSON}, gazetteer)
    assert {e.id for e in entities.entities} == {"state/chile", "state/sweden", "person/lena-ek"}
    assert ids_of(entities, "Swedish", MentionForm.ADJECTIVE) == []
    assert entities.tenures[0].of_id == "state/sweden"


BOUND = [
    (
        "only-state",
        "Chile ordered ships. The navy will get them next year.",
        {"Chile": STATE, "navy": FORCE},
        "armed-force/cl-navy",
    ),
    (
        "subject-not-seller",
        "Chile bought ships from France for its navy. Chile paid, and Chile is glad.",
        {"Chile": STATE, "France": STATE, "navy": FORCE},
        "armed-force/cl-navy",
    ),
    (
        "adjective-beside",
        "Chile and Peru trained; the Peruvian navy led.",
        {"Chile": STATE, "Peru": STATE, "Peruvian": ADJECTIVE, "navy": FORCE},
        "armed-force/pe-navy",
    ),
    (
        "possessive-beside",
        "Chile and Peru trained; Peru's navy led.",
        {"Chile": STATE, "Peru": STATE, "navy": FORCE},
        "armed-force/pe-navy",
    ),
    (
        "of-behind",
        "Chile gave boats to the Navy of Peru.",
        {"Chile": STATE, "Peru": STATE, "Navy": FORCE},
        "armed-force/pe-navy",
    ),
    (
        "named-kind",
        "The Royal Thai Navy came to Chile. Chile, Chile and Chile. The navy sailed.",
        {"Chile": STATE, "Royal Thai Navy": FORCE, "navy": FORCE},
        "armed-force/th-navy",
    ),
    ("no-state", "The navy will get them next year.", {"navy": FORCE}, "armed-force/text-0a1b2c3d-navy"),
    (
        "town-is-not-enough",
        "Near Cadiz the army found a box.",
        {"Cadiz": PLACE, "army": FORCE},
        "armed-force/text-0a1b2c3d-army",
    ),
    (
        "even-states",
        "Chile and Peru met. A navy sailed.",
        {"Chile": STATE, "Peru": STATE, "navy": FORCE},
        "armed-force/text-0a1b2c3d-navy",
    ),
]


@pytest.mark.parametrize(("text", "names", "expected"), [case[1:] for case in BOUND], ids=[case[0] for case in BOUND])
def test_bare_force_belongs_to_the_state_in_play(text: str, names: Names, expected: str, gazetteer: Gazetteer) -> None:
    entities = resolve(text, names, gazetteer)
    bare = next(n for n, kind in names.items() if kind is FORCE and n.lower() in {"navy", "army"})
    assert set(ids_of(entities, bare)) == {expected}


def test_bare_ministry_is_the_ministry_named_before(gazetteer: Gazetteer) -> None:
    text = "The Defence Ministry of Peru paid. The Ministry was glad."
    entities = resolve(text, {"Defence Ministry of Peru": BODY, "Ministry": BODY}, gazetteer)
    assert [e.id for e in entities.entities] == ["government-body/pe-ministry-of-defence"]


def test_bracket_does_not_join_things_of_two_rows(gazetteer: Gazetteer) -> None:
    entities = resolve(
        "Helicopters (Mi-17, Mi-35) and the MiG-29 (MiG-35).",
        {"Mi-17": WEAPON, "Mi-35": WEAPON, "MiG-29": WEAPON, "MiG-35": WEAPON},
        gazetteer,
    )
    assert len(entities.entities) == 4


SURNAMES = [
    (
        "title",
        "Prime Minister Ivan Petrov met Defence Minister Oleg Petrov. Defence Minister Petrov signed.",
        "person/oleg-petrov",
    ),
    ("nearest", "Ivan Petrov met Oleg Petrov. Later Petrov signed.", "person/oleg-petrov"),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in SURNAMES], ids=[case[0] for case in SURNAMES])
def test_surname_of_two_people(text: str, expected: str, gazetteer: Gazetteer) -> None:
    entities = resolve(text, {"Ivan Petrov": PERSON, "Oleg Petrov": PERSON, "Petrov": PERSON}, gazetteer)
    assert ids_of(entities, "Petrov") == [expected]


def test_surname_before_any_full_name_of_two_people_is_dropped(gazetteer: Gazetteer) -> None:
    text = "Petrov came first. Ivan Petrov met Oleg Petrov."
    entities = resolve(text, {"Ivan Petrov": PERSON, "Oleg Petrov": PERSON, "Petrov": PERSON}, gazetteer)
    assert ids_of(entities, "Petrov") == []


def test_surnames_and_acronyms_that_no_mention_covers_are_found(gazetteer: Gazetteer) -> None:
    text = "Jon Varga of Northern Arms Works (NAW) came. Varga says NAW will sell; Varga Street does not count."
    entities = resolve(text, {"Jon Varga": PERSON, "Northern Arms Works": FIRM}, gazetteer)
    assert ids_of(entities, "Varga") == ["person/jon-varga"]
    assert ids_of(entities, "NAW") == ["firm/northern-arms-works"] * 2


JOINT_VENTURES = [
    ("apposition", "Orbel Rifles, a joint venture of two states, will make them.", True),
    ("copula", "Orbel Rifles is an Indo-Russian joint venture.", True),
    ("in-front", "The joint venture Orbel Rifles will make them.", True),
    ("partner-in", "Orbel Rifles is a partner in a joint venture.", False),
    ("listing-comma", "In a joint venture, Orbel Rifles and others will make them.", False),
]


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in JOINT_VENTURES], ids=[c[0] for c in JOINT_VENTURES])
def test_joint_venture(text: str, expected: bool, gazetteer: Gazetteer) -> None:
    assert resolve(text, {"Orbel Rifles": FIRM}, gazetteer).entities[0].is_joint_venture is expected


def test_mentions_quote_the_text_and_have_entities(gazetteer: Gazetteer) -> None:
    text = "Jon Varga of Northern Arms Works (NAW) met the Peruvian army. The company sold it ten K-808s. He was glad."
    names: Names = {
        "Jon Varga": PERSON,
        "Northern Arms Works": FIRM,
        "Peruvian": ADJECTIVE,
        "army": FORCE,
        "K-808s": WEAPON,
    }
    entities = resolve(text, names, gazetteer)
    known = {e.id for e in entities.entities}
    assert all(text[m.span.start : m.span.end] == m.text and m.entity_id in known for m in entities.mentions)
    assert list(entities.mentions) == sorted(entities.mentions, key=lambda m: m.span)


def test_empty_document_gives_nothing(gazetteer: Gazetteer) -> None:
    assert resolve("Nothing here.", {}, gazetteer) == EntitySet()
