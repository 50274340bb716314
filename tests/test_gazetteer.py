"""The lists as records, and look-up of names."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from armsgraph.errors import DataError
from armsgraph.lexicon.gazetteer import Gazetteer, load_gazetteer
from armsgraph.lexicon.matcher import fits_capitals
from armsgraph.lexicon.names import fold_name, fold_text, weapon_key
from armsgraph.lexicon.records import BodyRecord
from armsgraph.model import EntityType


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Türkiye", "turkiye"),
        ("İstanbul", "istanbul"),
        ("Łódź–Kraków", "lodz krakow"),
        ("Côte d’Ivoire", "cote d'ivoire"),
        ("MiG‑29", "mig 29"),
        ("भारत", "भारत"),
        ("ﬁ 🚀", "f 🚀"),
    ],
)
def test_fold_text_keeps_every_offset(text: str, folded: str) -> None:
    assert len(fold_text(text)) == len(text)
    assert fold_text(text).startswith(folded[:2])
    if text.isascii() or "ﬁ" not in text:
        assert fold_text(text) == folded


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("AK-203", "AK 203", True),
        ("AK-203", "AK203", True),
        ("AK-203", "AK-103", False),
        ("AK-203", "AK-203M", False),
        ("Su-30MKI", "Su 30 MKI", True),
        ("Type 054A", "Type 054", False),
    ],
)
def test_weapon_keys_are_exact(one: str, other: str, is_same: bool) -> None:
    assert (weapon_key(one) == weapon_key(other)) is is_same


def test_fold_name_drops_what_spelling_varies() -> None:
    assert fold_name("Larsen & Toubro Ltd.") == fold_name("LARSEN and Toubro Ltd")


@pytest.mark.parametrize(
    ("listed", "written", "fits"),
    [
        ("US", "US", True),
        ("US", "us", False),
        ("US", "Us", False),
        ("NASAMS", "Nasams", True),
        ("Bharat Dynamics", "bharat dynamics", False),
        ("Bharat Dynamics", "BHARAT DYNAMICS", True),
        ("Ministry of Defence", "Ministry Of Defence", True),
    ],
)
def test_capitals_must_fit(listed: str, written: str, fits: bool) -> None:
    assert fits_capitals(listed, written) is fits


def test_lists_load_fast(gazetteer: Gazetteer) -> None:
    started = time.process_time()
    fresh = load_gazetteer()
    assert fresh.matcher is not None
    # measured 0.4 s of processor time; the bound leaves room for a busy machine
    assert time.process_time() - started < 2.0
    assert len(fresh.weapons) == len(gazetteer.weapons)


def test_ids_name_the_list_and_the_item_or_the_name(gazetteer: Gazetteer) -> None:
    assert gazetteer.states["states:IN"].name == "India"
    assert gazetteer.weapons["weapons:ak-203"].name == "AK-203"
    for table in (gazetteer.firms, gazetteer.weapons, gazetteer.bodies, gazetteer.places, gazetteer.people):
        for record_id, record in table.items():
            assert record.id == record_id
            assert re.fullmatch(r"[a-z_]+:(Q\d+|[a-z0-9-]+)", record_id), record_id
            assert gazetteer.record(record_id) is record


def test_only_verified_items_are_given(gazetteer: Gazetteer) -> None:
    firms = Path(__file__).parent.parent / "src" / "armsgraph" / "data" / "firms.tsv"
    weak = [line.split("\t") for line in firms.read_text("utf-8").splitlines() if "\tweak\t" in line]
    assert weak
    assert all(gazetteer.firms[f"firms:{row[0]}"].qid is None for row in weak)
    assert gazetteer.firms["firms:Q7240"].qid == "Q7240"


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("Turkey", EntityType.STATE, "states:TR"),
        ("USSR", EntityType.STATE, "states:SU"),
        ("Larsen and Toubro", EntityType.FIRM, "firms:larsen-and-toubro"),
        ("AK 203", EntityType.WEAPON, "weapons:ak-203"),
        ("TNI-AL", EntityType.ARMED_FORCE, "forces_bodies:indonesian-navy"),
    ],
)
def test_find_by_name_or_alias(gazetteer: Gazetteer, name: str, kind: EntityType, expected: str) -> None:
    assert expected in [r.id for r in gazetteer.find(name, kind)]


def test_near_designations_are_other_weapons(gazetteer: Gazetteer) -> None:
    assert not {r.id for r in gazetteer.find("AK-203")} & {r.id for r in gazetteer.find("AK-103")}
    assert gazetteer.find("AK-2031") == ()


def test_adjectives_and_metonyms_are_no_names(gazetteer: Gazetteer) -> None:
    kuwait, russia = gazetteer.state_of_adjective("Kuwaiti"), gazetteer.state_of_metonym("Moscow")
    assert kuwait is not None
    assert kuwait.code == "KW"
    assert russia is not None
    assert russia.code == "RU"
    assert gazetteer.find("Kuwaiti", EntityType.STATE) == ()
    assert gazetteer.find("Moscow", EntityType.STATE) == ()
    # two states share it
    assert gazetteer.state_of_adjective("Congolese") is None


def test_bodies_are_typed_by_their_kind(gazetteer: Gazetteer) -> None:
    found = gazetteer.find("Indian Navy")[0]
    assert isinstance(found, BodyRecord)
    assert found.type is EntityType.ARMED_FORCE
    assert gazetteer.find("NATO")[0].type is EntityType.INTERNATIONAL_ORGANISATION
    assert gazetteer.find("White House")[0].type is EntityType.GOVERNMENT_BODY


def test_kinds_form_a_tree(gazetteer: Gazetteer) -> None:
    kind = gazetteer.kind("assault rifles")
    path = []
    while kind is not None:
        path.append(kind.label)
        kind = gazetteer.kinds[kind.broader] if kind.broader else None
    assert path[:3] == ["assault rifle", "rifle", "firearm"]
    assert all(k.broader is None or k.broader in gazetteer.kinds for k in gazetteer.kinds.values())


def test_every_weapon_has_a_known_kind(gazetteer: Gazetteer) -> None:
    assert [w.name for w in gazetteer.weapons.values() if w.kind and gazetteer.kind(w.kind) is None] == []


def test_no_two_weapons_share_a_key(gazetteer: Gazetteer) -> None:
    owners: dict[str, set[str]] = {}
    for weapon in gazetteer.weapons.values():
        for name in (weapon.name, *weapon.aliases):
            owners.setdefault(weapon_key(name), set()).add(weapon.id)
    assert {k: v for k, v in owners.items() if len(v) > 1} == {}


def test_terms_of_a_person_are_gathered_in_order(gazetteer: Gazetteer) -> None:
    people = gazetteer.find("Narendra Modi", EntityType.PERSON)
    assert len(people) == 1
    terms = people[0].terms  # type: ignore[union-attr]
    assert [t.start or "" for t in terms] == sorted(t.start or "" for t in terms)


def test_offices_of_other_states_are_not_offered(gazetteer: Gazetteer) -> None:
    offices = gazetteer.find_offices("Minister of Defence", state="IN")
    assert offices
    assert {o.state for o in offices} <= {"IN", None}
    assert gazetteer.offices_of("defence minister", "IN")


def write_overlay(folder: Path, name: str, header: str, *rows: str) -> Path:
    folder.mkdir(exist_ok=True)
    text = "\n".join([header.replace(" ", "\t"), *(r.replace(" | ", "\t") for r in rows)]) + "\n"
    (folder / name).write_text(text, "utf-8")
    return folder


def test_overlay_rows_add_to_the_lists(tmp_path: Path) -> None:
    header = "qid name aliases nicknames kind country manufacturer verified source"
    folder = write_overlay(
        tmp_path / "mine", "weapons.tsv", header, " | Zephyr Lance | ZL-9 |  | cruise missile | IN |  | no | mine"
    )
    gazetteer = load_gazetteer(overlays=[folder])
    assert [r.id for r in gazetteer.find("ZL 9")] == ["weapons:zephyr-lance"]
    assert gazetteer.find("AK-203")


@pytest.mark.parametrize(
    ("row", "part"),
    [
        ("Q1 | Acme | |IN | maybe | mine", "fields"),
        ("Q1 | Acme |  | IN | maybe | mine", "verified is 'maybe'"),
        (" |  |  | IN | no | mine", "without a name"),
    ],
    ids=["fields", "verified", "name"],
)
def test_a_bad_overlay_row_names_its_line(tmp_path: Path, row: str, part: str) -> None:
    folder = write_overlay(tmp_path / "mine", "firms.tsv", "qid name aliases country verified source", row)
    with pytest.raises(DataError) as caught:
        load_gazetteer(overlays=[folder])
    assert part in caught.value.message
    assert caught.value.where is not None
    assert caught.value.where.endswith("firms.tsv:2")


def test_a_bad_pattern_names_its_line(tmp_path: Path) -> None:
    folder = write_overlay(
        tmp_path / "mine", "mention_words.tsv", "list word source", "designation_pattern | ([A-Z | mine"
    )
    with pytest.raises(DataError, match="no regular expression"):
        load_gazetteer(overlays=[folder])
