"""Linking from the lists: sure, unsure or nothing, always with a reason."""

from __future__ import annotations

import pytest

from armsgraph.lexicon.gazetteer import Gazetteer, load_gazetteer
from armsgraph.linking import link_entities
from armsgraph.model import (
    Document,
    Entity,
    EntitySet,
    EntityType,
    Evidence,
    Link,
    LinkDecision,
    Mention,
    MentionForm,
    Modality,
    PartialDate,
    Span,
    Tenure,
)

SAME, UNSURE, DIFFERENT, NOT_ASKED = LinkDecision


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def record_of(gazetteer: Gazetteer, name: str, type_: EntityType) -> str:
    return next(r.id for r in gazetteer.find(name, type_))


def link(
    gazetteer: Gazetteer,
    type_: EntityType,
    listed: str,
    names: tuple[str, ...],
    *,
    tenure: Tenure | None = None,
    others: tuple[Entity, ...] = (),
    form: MentionForm = MentionForm.NAME,
    published: str = "2021-12-06",
) -> Link | None:
    text = " | ".join(names)
    mentions, at = [], 0
    for name in names:
        span = Span(at, at + len(name))
        mentions.append(
            Mention(span=span, type=type_, text=name, form=form, rule="test", confidence=1.0, entity_id="x/x")
        )
        at += len(name) + 3
    record = record_of(gazetteer, listed, type_)
    row = gazetteer.record(record)
    state = None if type_ is EntityType.PERSON else getattr(row, "state", None)
    kind = getattr(row, "kind", None)
    entity = Entity(id="x/x", type=type_, label=listed, record=record, state=state, kind=kind)
    document = Document(id="d", key="d-00000000", text=text, sha256="0" * 64, published=PartialDate(value=published))
    entities = EntitySet(
        entities=(entity, *others), mentions=tuple(mentions), tenures=(tenure,) if tenure is not None else ()
    )
    links = link_entities(document, entities, gazetteer)
    assert len(links) <= 1
    if links:
        assert (links[0].decision is NOT_ASKED) == (not links[0].qid)
        assert links[0].reason.endswith(".") or links[0].decision is NOT_ASKED
        assert text[links[0].evidence.span.start : links[0].evidence.span.end] in names
    return links[0] if links else None


def held(title: str, of_id: str | None, rule: str | None = None) -> Tenure:
    evidence = Evidence(span=Span(0, 1), rule="office.before", confidence=0.9, modality=Modality.ASSERTED)
    return Tenure(
        id="tenure/x",
        person_id="x/x",
        title=title,
        of_id=of_id,
        evidence=evidence,
        of_evidence=Evidence(span=Span(0, 1), rule=rule, confidence=0.6, modality=Modality.ASSERTED) if rule else None,
    )


INDIA = Entity(id="state/india", type=EntityType.STATE, label="India", state="IN")
CHILE = Entity(id="state/chile", type=EntityType.STATE, label="Chile", state="CL")

CASES = [
    ("firm", EntityType.FIRM, "Lockheed Martin", ("Lockheed Martin",), SAME),
    ("firm-legal-form", EntityType.FIRM, "Lockheed Martin", ("Lockheed Martin Corp.",), SAME),
    ("firm-short-main-name", EntityType.FIRM, "Saab", ("Saab",), SAME),
    ("firm-acronym-only", EntityType.FIRM, "Hindustan Aeronautics Limited", ("HAL",), UNSURE),
    (
        "firm-acronym-and-name",
        EntityType.FIRM,
        "Hindustan Aeronautics Limited",
        ("HAL", "Hindustan Aeronautics Limited"),
        SAME,
    ),
    ("force-named", EntityType.ARMED_FORCE, "Indian Navy", ("Indian Navy",), SAME),
    ("force-bare", EntityType.ARMED_FORCE, "Indian Navy", ("the navy",), UNSURE),
    (
        "ministry-bare",
        EntityType.GOVERNMENT_BODY,
        "Ministry of Defence (UK)",
        ("Ministry of Defence",),
        UNSURE,
    ),
    ("organisation", EntityType.INTERNATIONAL_ORGANISATION, "NATO", ("NATO",), SAME),
    ("weapon", EntityType.WEAPON, "Leopard 2", ("Leopard 2",), SAME),
    ("weapon-designation", EntityType.WEAPON, "MiG-29", ("MiG 29",), SAME),
    ("weapon-by-name", EntityType.WEAPON, "Apache AH1", ("Apache",), UNSURE),
    ("capital", EntityType.PLACE, "Moscow", ("Moscow",), SAME),
    ("town", EntityType.PLACE, "Nagpur", ("Nagpur",), UNSURE),
    ("person", EntityType.PERSON, "Rajnath Singh", ("Rajnath Singh",), UNSURE),
]


@pytest.mark.parametrize(
    ("type_", "listed", "names", "decision"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_decision(
    type_: EntityType, listed: str, names: tuple[str, ...], decision: LinkDecision, gazetteer: Gazetteer
) -> None:
    found = link(gazetteer, type_, listed, names)
    assert found is not None
    assert found.decision is decision
    assert found.qid.startswith("Q")


@pytest.mark.parametrize(
    ("listed", "name"),
    [("Leopard 2", "Leopard 2A7V"), ("AH-64E", "AH-64E"), ("Ka-226T", "Ka-226T"), ("P-8I", "P-8I")],
)
def test_variant_has_the_item_of_its_family_as_broader_one(listed: str, name: str, gazetteer: Gazetteer) -> None:
    found = link(gazetteer, EntityType.WEAPON, listed, (name,))
    assert found is not None
    assert found.is_broader
    assert found.decision is SAME


@pytest.mark.parametrize(
    ("listed", "name"),
    [("AK-203", "AK-203"), ("M777", "M777"), ("S-400", "S-400"), ("Bayraktar TB3", "Bayraktar TB3")],
)
def test_model_is_not_put_into_a_family_for_a_number_alone(listed: str, name: str, gazetteer: Gazetteer) -> None:
    found = link(gazetteer, EntityType.WEAPON, listed, (name,))
    assert found is not None
    assert found.decision is NOT_ASKED


def test_row_without_item_is_not_asked(gazetteer: Gazetteer) -> None:
    row = next(r for r in gazetteer.firms.values() if r.qid is None)
    found = link(gazetteer, EntityType.FIRM, row.name, (row.name,))
    assert found is not None
    assert found.decision is NOT_ASKED


def test_entity_without_a_noun_gives_no_link(gazetteer: Gazetteer) -> None:
    assert link(gazetteer, EntityType.STATE, "India", ("Indian",), form=MentionForm.ADJECTIVE) is None


def test_town_in_a_state_of_the_text_is_sure(gazetteer: Gazetteer) -> None:
    found = link(gazetteer, EntityType.PLACE, "Nagpur", ("Nagpur",), others=(INDIA,))
    assert found is not None
    assert found.decision is SAME


PERSONS = [
    ("office-and-state", held("Defence Minister", "state/india"), SAME),
    ("office-alone", held("Defence Minister", None), SAME),
    ("state-from-the-list", held("Defence Minister", "state/india", "office.list"), SAME),
    ("other-office-same-state", held("member of parliament", "state/india"), UNSURE),
    ("firm-office", held("CEO", None), UNSURE),
    ("office-of-a-firm", held("CEO", "firm/acme"), DIFFERENT),
    ("adjective-before-the-office", held("Union defence minister", "state/india"), SAME),
]


@pytest.mark.parametrize(("tenure", "decision"), [case[1:] for case in PERSONS], ids=[case[0] for case in PERSONS])
def test_person_needs_office_or_state(tenure: Tenure, decision: LinkDecision, gazetteer: Gazetteer) -> None:
    found = link(gazetteer, EntityType.PERSON, "Rajnath Singh", ("Rajnath Singh",), tenure=tenure, others=(INDIA,))
    assert found is not None
    assert found.decision is decision


def test_namesake_in_the_same_office_of_another_state_is_different(gazetteer: Gazetteer) -> None:
    tenure = held("Defence Minister", "state/chile")
    found = link(gazetteer, EntityType.PERSON, "Rajnath Singh", ("Rajnath Singh",), tenure=tenure, others=(CHILE,))
    assert found is not None
    assert found.decision is DIFFERENT


def test_office_before_its_listed_term_does_not_confirm(gazetteer: Gazetteer) -> None:
    tenure = held("Defence Minister", None)
    found = link(
        gazetteer, EntityType.PERSON, "Rajnath Singh", ("Rajnath Singh",), tenure=tenure, published="2010-01-01"
    )
    assert found is not None
    assert found.decision is DIFFERENT


@pytest.mark.parametrize(
    ("title", "published", "decision"),
    [
        ("Defence Secretary", "2015-05-01", SAME),
        ("Defence Secretary", "2013-05-01", DIFFERENT),
        ("Defence Secretary", "2020-05-01", UNSURE),
        ("former Defence Secretary", "2020-05-01", SAME),
    ],
    ids=["within", "before", "after", "said-to-be-former"],
)
def test_dates_of_an_office_are_held_against_the_day_of_the_document(
    title: str, published: str, decision: LinkDecision, gazetteer: Gazetteer
) -> None:
    found = link(
        gazetteer,
        EntityType.PERSON,
        "Michael Fallon",
        ("Michael Fallon",),
        tenure=held(title, None),
        published=published,
    )
    assert found is not None
    assert found.decision is decision


def test_surname_alone_needs_office_state_and_date(gazetteer: Gazetteer) -> None:
    britain = Entity(id="state/uk", type=EntityType.STATE, label="United Kingdom", state="GB")
    tenure = held("Defence Secretary", "state/uk")
    decisions = []
    for published in ("2015-05-01", "2020-05-01"):
        found = link(
            gazetteer,
            EntityType.PERSON,
            "Michael Fallon",
            ("Fallon",),
            tenure=tenure,
            others=(britain,),
            published=published,
        )
        assert found is not None
        decisions.append(found.decision)
    assert decisions == [SAME, UNSURE]


def test_every_reason_is_told_with_its_weight(gazetteer: Gazetteer) -> None:
    found = link(gazetteer, EntityType.PLACE, "Nagpur", ("Nagpur",), others=(INDIA,))
    assert found is not None
    assert found.evidence.reasons == ("place name +1.5", "state of the place +1.5")
    assert found.reason == "It bears the name of Nagpur; it lies in India, of which the text speaks."


def test_one_item_goes_to_one_thing_of_a_text(gazetteer: Gazetteer) -> None:
    text = "Saab AB, Saab"
    record = record_of(gazetteer, "Saab", EntityType.FIRM)
    entities = EntitySet(
        entities=tuple(
            Entity(id=f"firm/{i}", type=EntityType.FIRM, label=n, record=record)
            for i, n in (("a", "Saab AB"), ("b", "Saab"))
        ),
        mentions=tuple(
            Mention(span=s, type=EntityType.FIRM, text=n, rule="test", confidence=1.0, entity_id=f"firm/{i}")
            for i, n, s in (("a", "Saab AB", Span(0, 7)), ("b", "Saab", Span(9, 13)))
        ),
    )
    links = link_entities(Document(id="d", key="d-00000000", text=text, sha256="0" * 64), entities, gazetteer)
    assert [k.decision for k in links] == [SAME, UNSURE]


def test_links_are_sorted_by_entity(gazetteer: Gazetteer) -> None:
    document = Document(id="d", key="d-00000000", text="Russia India", sha256="0" * 64)
    entities = EntitySet(
        entities=tuple(
            Entity(
                id=f"state/{n.lower()}",
                type=EntityType.STATE,
                label=n,
                record=record_of(gazetteer, n, EntityType.STATE),
            )
            for n in ("India", "Russia")
        ),
        mentions=tuple(
            Mention(
                span=span, type=EntityType.STATE, text=n, rule="test", confidence=1.0, entity_id=f"state/{n.lower()}"
            )
            for n, span in (("Russia", Span(0, 6)), ("India", Span(7, 12)))
        ),
    )
    assert [found.entity_id for found in link_entities(document, entities, gazetteer)] == [
        "state/india",
        "state/russia",
    ]


@pytest.mark.parametrize(
    ("name", "title", "published", "decision"),
    [
        ("Vladimir Putin", "President", "2003-08-05", SAME),
        ("Vladimir Putin", "Prime Minister", "2010-08-05", SAME),
        ("Mahathir Mohamad", "Prime Minister", "2003-08-05", SAME),
        ("Mahathir Mohamad", "Prime Minister", "1975-08-05", DIFFERENT),
    ],
)
def test_a_head_is_linked_in_an_earlier_term_too(
    name: str, title: str, published: str, decision: LinkDecision, gazetteer: Gazetteer
) -> None:
    found = link(gazetteer, EntityType.PERSON, name, (name,), tenure=held(title, None), published=published)
    assert found is not None
    assert found.decision is decision
