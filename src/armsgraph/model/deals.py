"""Deals, relations, encounters, and all that is read out of one document."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from armsgraph.model.entities import EntitySet, Link
from armsgraph.model.facts import Evidence, Object
from armsgraph.model.text import Document
from armsgraph.model.values import Money, Values

__all__ = [
    "Deal",
    "DealKind",
    "DealStatus",
    "Encounter",
    "EncounterKind",
    "Extraction",
    "Fact",
    "LineItem",
    "Milestone",
    "Relation",
    "Stage",
]


class DealKind(StrEnum):
    """The value is the class name in the ontology; DEAL when nothing narrower is said."""

    DEAL = "Deal"
    CONTRACT = "Contract"
    COOPERATION_AGREEMENT = "CooperationAgreement"
    MEMORANDUM = "Memorandum"
    LICENCE = "Licence"
    DONATION = "Donation"
    JOINT_VENTURE_AGREEMENT = "JointVentureAgreement"


class DealStatus(StrEnum):
    """The value is the skos:prefLabel of the concept in `ontology/deal-statuses.ttl`."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    NEGOTIATING = "negotiating"
    SIGNED = "signed"
    ORDERED = "ordered"
    IN_PRODUCTION = "in production"
    DELIVERED = "delivered"
    DELAYED = "delayed"
    CANCELLED = "cancelled"
    COMPLETED = "completed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One value that the text gives for one property: `predicate` is a local name of the ontology ("buyer")."""

    predicate: str
    object: Object
    evidence: Evidence
    as_written: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineItem:
    """What is delivered: facts with `weapon`, `quantity`, `quantityQualifier`, `description`, `calibre`.

    Rival figures are rival facts of the same predicate; the claims stage ranks them.
    """

    id: str
    facts: tuple[Fact, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A dated step of a deal: `facts` may hold `onDate` and `stageActor`."""

    id: str
    status: DealStatus
    facts: tuple[Fact, ...] = ()
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A delivery: `facts` hold `quantity`, `dueOn`, `offset` (duration), `offsetFrom`, `recipient`, `description`."""

    id: str
    facts: tuple[Fact, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """One deal with everything the text says of it.

    `facts` hold buyer, supplier, party, endUser, approver, signatory, signedOn, signedAt, startsOn, endsOn, duration,
    producedAt, status. `values` are sums as Money with their evidence; `part_of` is the id of an umbrella deal.
    """

    id: str
    kind: DealKind
    label: str
    evidence: Evidence
    facts: tuple[Fact, ...] = ()
    items: tuple[LineItem, ...] = ()
    values: tuple[tuple[Money, Evidence], ...] = ()
    stages: tuple[Stage, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    part_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A relation between two entities; `predicate` is a local name of the ontology ("replaces")."""

    subject_id: str
    predicate: str
    object_id: str
    evidence: Evidence


class EncounterKind(StrEnum):
    """What kind of coming together it was."""

    MEETING = "meeting"
    VISIT = "visit"
    DIALOGUE = "dialogue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Encounter:
    """A meeting, visit or dialogue: `facts` hold `participant`, `place`, `onDate`."""

    id: str
    kind: EncounterKind
    label: str
    facts: tuple[Fact, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """Everything read out of one document, before ranking."""

    document: Document
    values: Values
    entities: EntitySet
    deals: tuple[Deal, ...] = ()
    relations: tuple[Relation, ...] = ()
    encounters: tuple[Encounter, ...] = ()
    links: tuple[Link, ...] = ()
