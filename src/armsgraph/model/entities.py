"""Mentions, entities, offices and links."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from armsgraph.model.facts import Evidence
from armsgraph.model.text import Span

__all__ = ["Entity", "EntitySet", "EntityType", "Link", "LinkDecision", "Mention", "MentionForm", "Tenure"]


class EntityType(StrEnum):
    """The eight kinds of entity; the value is the class name in the ontology."""

    STATE = "State"
    PERSON = "Person"
    FIRM = "Firm"
    GOVERNMENT_BODY = "GovernmentBody"
    ARMED_FORCE = "ArmedForce"
    INTERNATIONAL_ORGANISATION = "InternationalOrganisation"
    WEAPON = "Weapon"
    PLACE = "Place"


class MentionForm(StrEnum):
    """A name, an adjective ("Kuwaiti"), a definite description ("the ministry") or a pronoun."""

    NAME = "name"
    ADJECTIVE = "adjective"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A stretch of text that names an entity.

    Attributes:
        record: Row of a list that it matched (`weapons:Q214688`, `states:IN`), or None.
        rule: Id of the rule that found it (`list.firms`, `pattern.designation`, `pattern.title` ...).
        entity_id: Set by the entities stage, None before it.
    """

    span: Span
    type: EntityType
    text: str
    form: MentionForm = MentionForm.NAME
    record: str | None = None
    rule: str
    confidence: float
    entity_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A thing that the document talks about.

    Attributes:
        id: Local id minted from what it is, the same in every document: `state/india`, `weapon/ak-203`,
            `firm/bharat-dynamics-limited`, `government-body/in-ministry-of-defence`. Names that are nothing but a
            surname or a generic noun are scoped with the document key.
        label: Preferred name: the list's for a listed entity, else the fullest form in the text.
        names: Other noun forms of the text, sorted.
        hidden_names: Typing variants (`AK 203` beside `AK-203`), sorted.
        state: ISO 3166-1 alpha-2 code (or SU, EU ...) of the state it belongs to, if known. For a State: its own.
        kind: Kind of weapon, force, body or place as the lists word it (`assault rifle`, `navy`), if known.
        record: Row of the list it stands for, if any.
        is_joint_venture: For firms.
    """

    id: str
    type: EntityType
    label: str
    names: tuple[str, ...] = ()
    hidden_names: tuple[str, ...] = ()
    state: str | None = None
    kind: str | None = None
    record: str | None = None
    is_joint_venture: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenure:
    """A person in an office.

    Attributes:
        id: `tenure/<person>-<office>`.
        title: The office as written ("Defence Minister").
        office_id: `office/<state>-<kind>` when the state or body is known, else None.
        office_label: Label of that office, e.g. "defence minister of India".
        of_id: The state, force, body, firm or organisation of the office, if it can be told.
        of_evidence: For `of_id` when it is read elsewhere than the title (by elimination, for example).
        is_ministerial: Minister, prime minister, secretary of state and the like: makes the person a Minister.
        qid: Wikidata item of the office, verified ones only.
    """

    id: str
    person_id: str
    title: str
    office_id: str | None = None
    office_label: str | None = None
    of_id: str | None = None
    of_evidence: Evidence | None = None
    is_ministerial: bool = False
    qid: str | None = None
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class EntitySet:
    """Entities (sorted by id), their mentions (by position) and the offices people hold (by position)."""

    entities: tuple[Entity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    tenures: tuple[Tenure, ...] = ()


class LinkDecision(StrEnum):
    """Outcome of linking; SAME becomes skos:exactMatch, UNSURE skos:closeMatch, the others nothing.

    NOT_ASKED: there was no item to decide about.
    """

    SAME = "same"
    UNSURE = "unsure"
    DIFFERENT = "different"
    NOT_ASKED = "not asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An entity beside a Wikidata item, with the decision and its reason.

    Attributes:
        qid: The item; "" if the decision is NOT_ASKED.
        is_broader: The item stands for the family of the entity; SAME then becomes skos:broadMatch, UNSURE nothing.
    """

    entity_id: str
    qid: str
    decision: LinkDecision
    reason: str
    evidence: Evidence
    is_broader: bool = False
