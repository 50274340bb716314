"""Families of weapons and parts of firms: the lists give no version or subsidiary the item of what it belongs to."""

from __future__ import annotations

import pytest

from armsgraph.documents import Record, make_document
from armsgraph.lexicon.gazetteer import Gazetteer, load_gazetteer
from armsgraph.lexicon.names import fold_name, weapon_key
from armsgraph.linking import link_entities
from armsgraph.model import (
    Document,
    Entity,
    EntitySet,
    EntityType,
    Link,
    LinkDecision,
    Mention,
    Span,
)
from armsgraph.pipeline import Tools, extract


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def weapon_link(text: str, name: str, tools: Tools) -> Link | None:
    """The link of the weapon with a mention of that name."""
    record = Record(id="case", text=text, published="2022-02-01", location="case.txt")
    found = extract(make_document(record, tools.furniture), tools)
    ids = {
        m.entity_id
        for m in found.entities.mentions
        if m.type is EntityType.WEAPON and fold_name(m.text) == fold_name(name)
    }
    return next((k for k in found.links if k.entity_id in ids and k.qid), None)


def name_of(link: Link | None, gazetteer: Gazetteer) -> str | None:
    return next((r.name for r in gazetteer.weapons.values() if link is not None and r.qid == link.qid), None)


@pytest.mark.parametrize(
    ("text", "name", "family"),
    [
        (
            "Norway gave 24 F-16A/B fighters; its last F-16 left in May.",
            "F-16A/B",
            "General Dynamics F-16 Fighting Falcon",
        ),
        ("Malaysia wanted F/A-18F Super Hornets from Boeing.", "F/A-18F Super Hornets", "Boeing F/A-18 Super Hornet"),
        ("Kuwait flies the F/A-18E fighter of the United States.", "F/A-18E", "Boeing F/A-18 Super Hornet"),
        ("Kuwait flies F/A-18C Hornets of the United States.", "F/A-18C Hornets", "McDonnell Douglas F/A-18 Hornet"),
        ("Jordan flies AH-1F Cobras of the United States.", "AH-1F Cobras", "Bell AH-1 Cobra"),
        ("Finland will lend 50 Leopard 2A4 tanks.", "Leopard 2A4", "Leopard 2"),
        ("Taiwan gets 66 F-16 Block 70 fighters.", "F-16 Block 70", "General Dynamics F-16 Fighting Falcon"),
        ("India gets four Heron Mk II drones from Israel.", "Heron Mk II", "Heron-1"),
        ("Norway bought three C-130J-30 transports.", "C-130J-30", "C-130J Super Hercules"),
    ],
    ids=["letters", "nickname", "listed-suffix", "other-suffix", "cobra", "number", "block", "mark", "own-family"],
)
def test_a_version_has_the_family_that_its_name_tells(
    text: str, name: str, family: str, tools: Tools, gazetteer: Gazetteer
) -> None:
    link = weapon_link(text, name, tools)
    assert name_of(link, gazetteer) == family
    assert link is not None
    assert (link.decision, link.is_broader) == (LinkDecision.SAME, True)


@pytest.mark.parametrize("name", ["AH-1Z Vipers", "AH-1Z"])
def test_a_version_whose_words_fit_no_family_of_that_designation_has_none(name: str, tools: Tools) -> None:
    text = f"Nigeria will get 12 {name} attack helicopters of Bell Textron, a firm of the United States."
    assert weapon_link(text, name, tools) is None


@pytest.mark.parametrize(
    ("text", "decision"),
    [
        ("Sikorsky of the United States built the Black Hawks. They are S-70i, made in Poland.", LinkDecision.UNSURE),
        ("Sikorsky of the United States built the Black Hawks. They are UH-60M, made at home.", LinkDecision.SAME),
        ("Sikorsky of the United States built the Black Hawks.", LinkDecision.SAME),
    ],
    ids=["another-designation", "version", "alone"],
)
def test_a_byname_that_another_weapon_of_the_text_bears_is_not_sure(
    text: str, decision: LinkDecision, tools: Tools
) -> None:
    link = weapon_link(text, "Black Hawks", tools)
    assert link is not None
    assert link.decision is decision


def test_an_entity_with_letters_of_a_version_in_a_listed_name_is_a_version(gazetteer: Gazetteer) -> None:
    """Also where a list of the user has the version as a name of the family, as "XQ-58A" is one in ours."""
    record = next(r.id for r in gazetteer.find("XQ-58 Valkyrie", EntityType.WEAPON))
    entity = Entity(id="weapon/x", type=EntityType.WEAPON, label="XQ-58", record=record)
    spans = {"XQ-58": Span(0, 5), "XQ-58A": Span(9, 15)}
    mentions = tuple(
        Mention(span=s, type=EntityType.WEAPON, text=n, rule="test", confidence=1.0, entity_id=entity.id)
        for n, s in spans.items()
    )
    document = Document(id="d", key="d-00000000", text="XQ-58 or XQ-58A", sha256="0" * 64)
    links = link_entities(document, EntitySet(entities=(entity,), mentions=mentions), gazetteer)
    assert [k.is_broader for k in links] == [True]


def test_no_listed_name_of_a_weapon_with_an_item_has_the_mark_of_a_version(gazetteer: Gazetteer) -> None:
    marks = gazetteer.words["version_word"]
    found = [
        (row.name, alias)
        for row in gazetteer.weapons.values()
        for alias in row.aliases
        if row.qid is not None and set(weapon_key(alias).split()[1:]) & marks
    ]
    assert found == []


@pytest.mark.parametrize(
    ("version", "family"),
    [
        ("Leopard 2A4", "Leopard 2"),
        ("Tor-M1", "Tor Missile System"),
        ("MH-60S", "Sikorsky SH-60 Seahawk"),
        ("S-70i", "Sikorsky UH-60 Black Hawk"),
        ("Mi-25", "Mil Mi-24"),
        ("Exocet MM40", "Exocet"),
        ("GBU-53/B", "GBU-39 Small Diameter Bomb"),
        ("LAV III", "LAV-25"),
        ("Sky Sabre", "Common Anti-Air Modular Missile"),
        ("KC-130", "Lockheed C-130 Hercules"),
    ],
)
def test_a_version_is_listed_but_not_under_the_item_of_its_family(
    version: str, family: str, gazetteer: Gazetteer
) -> None:
    rows = gazetteer.find(version, EntityType.WEAPON)
    assert [r.qid for r in rows] == [None]
    assert all(r.qid for r in gazetteer.find(family, EntityType.WEAPON))


@pytest.mark.parametrize(
    "part",
    [
        "Saab Kockums",
        "Teledyne FLIR",
        "Honeywell Aerospace",
        "Boeing Defense, Space & Security",
        "Lockheed Martin Missiles and Fire Control",
        "Northrop Grumman Systems",
        "Rheinmetall Landsysteme",
        "Ingalls Shipbuilding",
        "Tata Sons",
        "Patria Land",
        "OHB System",
        "British Aerospace",
    ],
)
def test_a_part_or_predecessor_of_a_firm_is_listed_without_its_item(part: str, gazetteer: Gazetteer) -> None:
    assert [r.qid for r in gazetteer.find(part, EntityType.FIRM)] == [None]


@pytest.mark.parametrize(
    ("name", "firm"),
    [("Krauss-Maffei Wegmann", "KNDS Deutschland"), ("Finmeccanica", "Leonardo"), ("DCNS", "Naval Group")],
)
def test_a_firm_that_was_renamed_keeps_its_item(name: str, firm: str, gazetteer: Gazetteer) -> None:
    assert [r.name for r in gazetteer.find(name, EntityType.FIRM) if r.qid] == [firm]


def test_no_two_firms_share_a_name_and_only_one_has_an_item(gazetteer: Gazetteer) -> None:
    """A row without an item that shares a name with one that has it would be taken for the same firm."""
    parts = {"Kockums", "FLIR", "Rheinmetall Air Defence", "MTU", "Diehl", "Sagem", "John Cockerill", "Bofors"}
    rows = [r for r in gazetteer.firms.values() if r.name in parts]
    assert {r.name for r in rows} == parts
    others = [o for r in rows for n in (r.name, *r.aliases) for o in gazetteer.find(n, EntityType.FIRM) if o is not r]
    assert others == []
