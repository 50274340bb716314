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

SAME, UNSURE = LinkDecision.SAME, LinkDecision.UNSURE


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
    entity = Entity(id="x/x", type=type_, label=listed, record=record, state=state)
    document = Document(id="d", key="d-00000000", text=text, sha256="0" * 64, published=PartialDate(value=published))
    entities = EntitySet(
        entities=(entity, *others), mentions=tuple(mentions), tenures=(tenure,) if tenure is not None else ()
    )
    links = link_entities(document, entities, gazetteer)
    assert len(links) <= 1
    if links:
        assert links[0].reason.endswith(".")
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


def test_variant_is_not_linked_to_its_family(gazetteer: Gazetteer) -> None:
    assert link(gazetteer, EntityType.WEAPON, "Leopard 2", ("Leopard 2A7V",)) is None


def test_row_without_item_gives_no_link(gazetteer: Gazetteer) -> None:
    row = next(r for r in gazetteer.firms.values() if r.qid is None)
    assert link(gazetteer, EntityType.FIRM, row.name, (row.name,)) is None


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
    ("other-office-same-state", held("member of parliament", "state/india"), SAME),
    ("firm-office", held("CEO", None), UNSURE),
]


@pytest.mark.parametrize(("tenure", "decision"), [case[1:] for case in PERSONS], ids=[case[0] for case in PERSONS])
def test_person_needs_office_or_state(tenure: Tenure, decision: LinkDecision, gazetteer: Gazetteer) -> None:
    found = link(gazetteer, EntityType.PERSON, "Rajnath Singh", ("Rajnath Singh",), tenure=tenure, others=(INDIA,))
    assert found is not None
    assert found.decision is decision


def test_namesake_in_the_same_office_of_another_state_is_not_linked(gazetteer: Gazetteer) -> None:
    tenure = held("Defence Minister", "state/chile")
    assert (
        link(gazetteer, EntityType.PERSON, "Rajnath Singh", ("Rajnath Singh",), tenure=tenure, others=(CHILE,)) is None
    )


def test_office_before_its_listed_term_does_not_confirm(gazetteer: Gazetteer) -> None:
    tenure = held("Defence Minister", None)
    found = link(
        gazetteer, EntityType.PERSON, "Rajnath Singh", ("Rajnath Singh",), tenure=tenure, published="2010-01-01"
    )
    assert found is not None
    assert found.decision is UNSURE


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
