"""Offices: which title stands with which person, and whose office it is."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from armsgraph.entities import resolve_entities
from armsgraph.errors import DataError
from armsgraph.lexicon.gazetteer import Gazetteer, load_gazetteer
from armsgraph.lexicon.offices import PhraseTable, load_office_lexicon, office_kind
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

STATES = {"India", "Russia", "Chile", "Peru", "United States", "Norway"}
ADJECTIVES = {"Indian", "Russian", "Chilean", "Peruvian", "US", "Norwegian", "British"}
FIRMS = {"Vexar Systems", "Orbel Works"}
BODIES = {"Defence Ministry", "National Arms Agency"}
FORCES = {"Chilean Navy", "army", "Navy"}
PLACES = {"Oslo", "Lima"}


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def resolve(
    text: str, people: tuple[str, ...], gazetteer: Gazetteer, published: str | None = "2021-12-06"
) -> EntitySet:
    names = dict.fromkeys(STATES, EntityType.STATE)
    names |= dict.fromkeys(ADJECTIVES, EntityType.STATE)
    names |= dict.fromkeys(FIRMS, EntityType.FIRM)
    names |= dict.fromkeys(BODIES, EntityType.GOVERNMENT_BODY)
    names |= dict.fromkeys(FORCES, EntityType.ARMED_FORCE)
    names |= dict.fromkeys(PLACES, EntityType.PLACE)
    names |= dict.fromkeys(people, EntityType.PERSON)
    found: list[Mention] = []
    taken: set[int] = set()
    for name, type_ in sorted(names.items(), key=lambda item: (-len(item[0]), item[0])):
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            if taken & set(range(*match.span())):
                continue
            taken |= set(range(*match.span()))
            rows = gazetteer.find(name, type_)
            adjective = gazetteer.state_of_adjective(name) if name in ADJECTIVES else None
            found.append(
                Mention(
                    span=Span(*match.span()),
                    type=type_,
                    text=name,
                    form=MentionForm.ADJECTIVE if name in ADJECTIVES else MentionForm.NAME,
                    record=adjective.id if adjective else rows[0].id if len(rows) == 1 else None,
                    rule="test",
                    confidence=1.0,
                )
            )
    document = Document(
        id="text",
        key="text-0a1b2c3d",
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        published=PartialDate(value=published) if published else None,
    )
    parse = load_parser(model=None).parse(document, Values())
    return resolve_entities(document, Values(), parse, tuple(sorted(found, key=lambda m: m.span)), gazetteer)


def offices(entities: EntitySet) -> set[tuple[str, str, str | None]]:
    return {(t.person_id.removeprefix("person/"), t.title, t.of_id) for t in entities.tenures}


ONE = [
    ("adjective-before", "The Chilean Defence Minister Ana Lopez came.", "Defence Minister", "state/chile"),
    ("possessive-before", "Chile's defence minister Ana Lopez came.", "defence minister", "state/chile"),
    ("rank-between", "Russian Defence Minister General Ana Lopez came.", "Defence Minister", "state/russia"),
    ("ranks-with-dots", "The Chilean Navy chief, Maj. Gen. (Retd.) Ana Lopez, came.", "chief", "armed-force/cl-navy"),
    ("of-state", "The Minister of Defence of Peru, Ana Lopez, came.", "Minister of Defence", "state/peru"),
    (
        "matter",
        "Minister of Public Works and Trade Ana Lopez of Peru came.",
        "Minister of Public Works and Trade",
        "state/peru",
    ),
    ("comma-after", "Ana Lopez, director of Vexar Systems, came.", "director", "firm/vexar-systems"),
    ("comma-bracket", "Ana Lopez, Joint Secretary (AM & LS), signed.", "Joint Secretary (AM & LS)", None),
    ("comma-firm", "Ana Lopez, Director, Vexar Systems, came.", "Director", "firm/vexar-systems"),
    ("firm-before", "Vexar Systems CEO Ana Lopez came.", "CEO", "firm/vexar-systems"),
    ("joined", "Vexar Systems's President and CEO Ana Lopez came.", "President and CEO", "firm/vexar-systems"),
    ("its", "Vexar Systems is glad, says its managing director, Ana Lopez.", "managing director", "firm/vexar-systems"),
    (
        "of-the-company",
        "Vexar Systems won. Ana Lopez, chairman of the company, came.",
        "chairman",
        "firm/vexar-systems",
    ),
    (
        "body",
        "Ana Lopez, spokeswoman for the National Arms Agency, said so.",
        "spokeswoman",
        "government-body/national-arms-agency",
    ),
    ("posting-is-no-owner", "Chile's ambassador to Peru, Ana Lopez, came.", "ambassador", "state/chile"),
    ("former", "Former Chilean defence minister Ana Lopez came.", "defence minister", "state/chile"),
    ("former-kept", "Chile's former defence minister Ana Lopez came.", "former defence minister", "state/chile"),
    ("acting", "Peruvian acting Defence Minister Ana Lopez came.", "acting Defence Minister", "state/peru"),
    ("then", "Ana Lopez, then Prime Minister, came to Peru.", "Prime Minister", "state/peru"),
    ("copula", "Ana Lopez is the Norwegian defence minister.", "defence minister", "state/norway"),
    ("who-became", "Ana Lopez, who became Chilean Ambassador to Russia, came.", "Ambassador", "state/chile"),
    (
        "of-the-day",
        "The defence minister of the day, Ana Lopez, came to Chile. Chile paid.",
        "defence minister",
        "state/chile",
    ),
    ("behind-the-name", "With them came Ana Lopez MP and others.", "MP", None),
    ("chief-of-staff", "Ana Lopez, Chief of the Naval Staff, came.", "Chief of the Naval Staff", None),
    ("hyphen", "Orbel Works vice-president Ana Lopez came.", "vice-president", "firm/orbel-works"),
    (
        "release-head",
        "Hon Ana Lopez\nMinister for Defence Industry\n\nIt was a day in Norway.",
        "Minister for Defence Industry",
        "state/norway",
    ),
    (
        "retired-behind",
        "Commodore Ana Lopez (Retd), Executive Director (Marketing), signed for Vexar Systems.",
        "Executive Director (Marketing)",
        None,
    ),
    ("army-chief", "The Peruvian army chief, Ana Lopez, came.", "army chief", "armed-force/pe-army"),
    ("age", "Ana Lopez, 54, chairman of Vexar Systems, came.", "chairman", "firm/vexar-systems"),
    ("took-over", "Ana Lopez on Friday took over as Chief of Air Staff.", "Chief of Air Staff", None),
]


@pytest.mark.parametrize(("text", "title", "of"), [case[1:] for case in ONE], ids=[case[0] for case in ONE])
def test_one_office(text: str, title: str, of: str | None, gazetteer: Gazetteer) -> None:
    assert offices(resolve(text, ("Ana Lopez",), gazetteer)) == {("ana-lopez", title, of)}


NONE = [
    ("rank-alone", "Air Chief Marshal Ana Lopez came."),
    ("other-sentence", "He is a minister. Ana Lopez came."),
    ("possessive", "The minister's Ana Lopez came."),
    ("minister-of-nobody", "The defence minister said that Ana Lopez came."),
    ("other-person", "Ana Lopez came, and the director was glad."),
]


@pytest.mark.parametrize("text", [case[1] for case in NONE], ids=[case[0] for case in NONE])
def test_no_office(text: str, gazetteer: Gazetteer) -> None:
    assert offices(resolve(text, ("Ana Lopez",), gazetteer)) == set()


PEOPLE = ("Ana Lopez", "Bo Hagen", "Carl Dietz")
SEVERAL = [
    (
        "two-titles",
        "Chilean President Ana Lopez and Norwegian Defence Minister Bo Hagen came.",
        {("ana-lopez", "President", "state/chile"), ("bo-hagen", "Defence Minister", "state/norway")},
    ),
    (
        "after-each",
        "Ana Lopez, director of Vexar Systems, and Bo Hagen, chairman of Orbel Works, signed.",
        {("ana-lopez", "director", "firm/vexar-systems"), ("bo-hagen", "chairman", "firm/orbel-works")},
    ),
    (
        "before-each",
        "The Prime Minister Ana Lopez, the Chilean Ambassador, Bo Hagen, and Carl Dietz, CEO of Vexar Systems, came.",
        {
            ("ana-lopez", "Prime Minister", "state/chile"),
            ("bo-hagen", "Ambassador", "state/chile"),
            ("carl-dietz", "CEO", "firm/vexar-systems"),
        },
    ),
    (
        "plural",
        "Defence ministers Ana Lopez and Bo Hagen met.",
        {("ana-lopez", "Defence ministers", None), ("bo-hagen", "Defence ministers", None)},
    ),
    (
        "counterpart",
        "Chilean defence minister Ana Lopez met her Peruvian counterpart, Bo Hagen.",
        {("ana-lopez", "defence minister", "state/chile"), ("bo-hagen", "defence minister", "state/peru")},
    ),
    (
        "counterpart-behind",
        "The Chilean Defence Minister, Ana Lopez, and Bo Hagen, her Peruvian counterpart, met.",
        {("ana-lopez", "Defence Minister", "state/chile"), ("bo-hagen", "Defence Minister", "state/peru")},
    ),
    (
        "elimination",
        "Chile and Peru met. Defence minister Ana Lopez hosted her Peruvian counterpart Bo Hagen.",
        {("ana-lopez", "Defence minister", "state/chile"), ("bo-hagen", "Defence minister", "state/peru")},
    ),
    (
        "elimination-of-the-counterpart",
        "Chile and Peru met. The Chilean defence minister Ana Lopez hosted her counterpart Bo Hagen.",
        {("ana-lopez", "defence minister", "state/chile"), ("bo-hagen", "defence minister", "state/peru")},
    ),
    (
        "counterparts-of-several",
        "Chilean Defence Minister Ana Lopez met her colleagues of Peru, Bo Hagen, and of Norway, Carl Dietz.",
        {
            ("ana-lopez", "Defence Minister", "state/chile"),
            ("bo-hagen", "Defence Minister", "state/peru"),
            ("carl-dietz", "Defence Minister", "state/norway"),
        },
    ),
    (
        "successor",
        "The Chilean army chief, Ana Lopez, ordered it. Her successor, General Bo Hagen, paid.",
        {("ana-lopez", "army chief", "armed-force/cl-army"), ("bo-hagen", "army chief", "armed-force/cl-army")},
    ),
    (
        "took-over-from",
        "Ana Lopez today took over as Chief of Air Staff from Bo Hagen.",
        {("ana-lopez", "Chief of Air Staff", None), ("bo-hagen", "Chief of Air Staff", None)},
    ),
    (
        "two-offices-of-one",
        "The President of Chile and Supreme Commander of the Chilean Navy, Ana Lopez, came.",
        {
            ("ana-lopez", "President", "state/chile"),
            ("ana-lopez", "Supreme Commander", "armed-force/cl-navy"),
        },
    ),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in SEVERAL], ids=[case[0] for case in SEVERAL])
def test_several_offices(text: str, expected: set[tuple[str, str, str | None]], gazetteer: Gazetteer) -> None:
    assert offices(resolve(text, PEOPLE, gazetteer)) == expected


def test_elimination_shows_where_it_was_read(gazetteer: Gazetteer) -> None:
    text = "India and Russia met. Defence minister Ana Lopez hosted her Russian counterpart Bo Hagen."
    tenure = next(t for t in resolve(text, PEOPLE, gazetteer).tenures if t.person_id == "person/ana-lopez")
    assert tenure.of_id == "state/india"
    assert tenure.of_evidence is not None
    assert tenure.of_evidence.rule == "office.elimination"
    assert text[tenure.of_evidence.span.start : tenure.of_evidence.span.end] == "India and Russia"


def test_elimination_also_when_the_other_title_is_said_elsewhere(gazetteer: Gazetteer) -> None:
    text = (
        "Chile and Peru met. Defence minister Ana Lopez hosted her Peruvian counterpart Bo Hagen.\n"
        "Ana Lopez said the talks with the Peruvian Defence Minister General Bo Hagen were good."
    )
    assert offices(resolve(text, PEOPLE, gazetteer)) == {
        ("ana-lopez", "Defence minister", "state/chile"),
        ("bo-hagen", "Defence Minister", "state/peru"),
    }


def test_unknown_organisation_behind_a_title_is_not_guessed(gazetteer: Gazetteer) -> None:
    text = "Vexar Systems won. Ana Lopez, managing director of Zorb, and Bo Hagen, its chairman, came."
    assert ("ana-lopez", "managing director", None) in offices(resolve(text, PEOPLE, gazetteer))


def test_name_that_only_its_title_gives_away(gazetteer: Gazetteer) -> None:
    text = "With them came Chilean Defence Minister Maria Soto and Carla Ruiz, director of Vexar Systems."
    assert offices(resolve(text, (), gazetteer)) == {
        ("maria-soto", "Defence Minister", "state/chile"),
        ("carla-ruiz", "director", "firm/vexar-systems"),
    }


def test_command_behind_a_title_is_no_person(gazetteer: Gazetteer) -> None:
    text = "With them came commander {} and an aide."
    assert {e.label for e in resolve(text.format("Rosa Quint"), (), gazetteer).entities} == {"Rosa Quint"}
    assert {e.label for e in resolve(text.format("Northern Command"), (), gazetteer).entities} == set()


def test_elimination_needs_two_states(gazetteer: Gazetteer) -> None:
    text = "Chile, Peru, Russia and India met. Defence minister Ana Lopez hosted her Norwegian counterpart Bo Hagen."
    assert ("ana-lopez", "Defence minister", None) in offices(resolve(text, PEOPLE, gazetteer))


def test_list_gives_the_state_of_a_known_holder(gazetteer: Gazetteer) -> None:
    text = "Defence Minister Rajnath Singh opened the plant. Russia and Chile looked on."
    entities = resolve(text, ("Rajnath Singh",), gazetteer)
    tenure = entities.tenures[0]
    assert tenure.of_id == "state/india"
    assert tenure.of_evidence is not None
    assert (tenure.of_evidence.rule, tenure.of_evidence.confidence < 0.7) == ("office.list", True)
    assert not [m for m in entities.mentions if m.entity_id == "state/india"]


def test_list_does_not_speak_before_the_term_began(gazetteer: Gazetteer) -> None:
    text = "Defence Minister Rajnath Singh opened the plant. Russia and Chile looked on."
    tenure = resolve(text, ("Rajnath Singh",), gazetteer, published="2010-05-01").tenures[0]
    assert tenure.of_id is None


def test_office_of_a_state_has_an_id_label_and_item(gazetteer: Gazetteer) -> None:
    tenure = resolve("Indian Defence Minister Rajnath Singh came.", ("Rajnath Singh",), gazetteer).tenures[0]
    assert (tenure.office_id, tenure.office_label) == ("office/in-defence-minister", "defence minister of India")
    assert tenure.id == "tenure/rajnath-singh-in-defence-minister"
    assert tenure.qid == "Q3533315"


def test_same_office_said_twice_is_one_tenure(gazetteer: Gazetteer) -> None:
    text = "Prime Minister Ana Lopez came to Peru and Chile. The Chilean Prime Minister, Ana Lopez, paid."
    assert offices(resolve(text, ("Ana Lopez",), gazetteer)) == {("ana-lopez", "Prime Minister", "state/chile")}


MINISTERIAL = [
    ("Chilean Prime Minister Ana Lopez came.", True),
    ("Chilean Minister of Defence Ana Lopez came.", True),
    ("US Defense Secretary Ana Lopez came.", True),
    ("British defence secretary Ana Lopez came.", True),
    ("Indian Defence Secretary Ana Lopez came.", False),
    ("Chilean President Ana Lopez came.", False),
    ("Chilean Ambassador Ana Lopez came.", False),
    ("Ana Lopez, spokesman for the Defence Ministry, came.", False),
]


@pytest.mark.parametrize(("text", "expected"), MINISTERIAL, ids=[case[0] for case in MINISTERIAL])
def test_who_is_a_minister(text: str, expected: bool, gazetteer: Gazetteer) -> None:
    assert resolve(text, ("Ana Lopez",), gazetteer).tenures[0].is_ministerial is expected


KINDS = [
    ("Raksha Mantri", "defence minister"),
    ("former Defence Minister", "defence minister"),
    ("PM", "head of government"),
    ("Chief of the Naval Staff", "chief of navy"),
    ("keeper of keys", ""),
]


@pytest.mark.parametrize(("title", "kind"), KINDS, ids=[case[0] for case in KINDS])
def test_kind_of_office(title: str, kind: str, gazetteer: Gazetteer) -> None:
    assert office_kind(title, gazetteer) == kind


def test_phrase_table_takes_the_longest() -> None:
    table = PhraseTable(["chief", "chief of staff", "vice-president"])
    assert table.match(["chief", "of", "staff"], 0) == 3
    assert table.match(["chief", "of", "police"], 0) == 1
    assert table.match(["vice", "president"], 0) == 2
    assert table.match(["police"], 0) == 0
    assert table.match_before(["the", "chief", "of", "staff"], 4) == 3


def test_overlay_adds_a_title(tmp_path: Path) -> None:
    (tmp_path / "office_titles.yaml").write_text("heads:\n  any: [harbourmaster]\n", encoding="utf-8")
    lexicon = load_office_lexicon(overlays=(tmp_path,))
    assert lexicon.heads["harbourmaster"].group == "any"
    assert lexicon.heads["ambassador"].group == "diplomat"


BAD = [
    ("unknown-key", "haeds:\n  any: [x]\n"),
    ("unknown-group", "heads:\n  harbour: [x]\n"),
    ("unknown-type", "may_belong_to:\n  any: [Harbour]\n"),
    ("no-mapping", "- x\n"),
    ("wrong-form", "ranks: general\n"),
]


@pytest.mark.parametrize("content", [case[1] for case in BAD], ids=[case[0] for case in BAD])
def test_bad_overlay_is_named(content: str, tmp_path: Path) -> None:
    (tmp_path / "office_titles.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(DataError) as raised:
        load_office_lexicon(overlays=(tmp_path,))
    assert str(tmp_path) in str(raised.value)
