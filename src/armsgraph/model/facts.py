"""Evidence, and what a fact can have as its object."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from armsgraph.model.text import Span

__all__ = ["Concept", "Datatype", "Evidence", "Literal", "Modality", "Object", "Ref"]


class Modality(StrEnum):
    """Whether the text states a fact, a plan, an expectation or a denial."""

    ASSERTED = "asserted"
    PLANNED = "planned"
    EXPECTED = "expected"
    DENIED = "denied"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where a fact stands in the text, which rule read it there, and how it is said.

    `span` is the shortest stretch that says the fact or its value; `sentence` the sentence around it.
    `speaker` holds the words that name who says it ("government officials"), None in the writer's own voice.
    `reasons` are the features that weighed most where fitted weights decided, each as `feature +1.2`.
    """

    span: Span
    rule: str
    confidence: float
    modality: Modality
    speaker: str | None = None
    speaker_id: str | None = None
    reasons: tuple[str, ...] = ()


class Datatype(StrEnum):
    """XSD datatypes in use; the value is the local name. STRING is a plain literal."""

    STRING = "string"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    G_YEAR_MONTH = "gYearMonth"
    G_YEAR = "gYear"
    DURATION = "duration"
    BOOLEAN = "boolean"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Ref:
    """A node of the graph by its local id (`state/india`)."""

    id: str


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Concept:
    """A term of the ontology or one of its SKOS schemes by full IRI."""

    iri: str


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Literal:
    """A literal; `value` is the canonical lexical form of the datatype."""

    value: str
    datatype: Datatype = Datatype.STRING


Object = Ref | Concept | Literal
