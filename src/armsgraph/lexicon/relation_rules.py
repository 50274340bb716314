"""The rules of `relations.yaml`, one class a kind: what holds for a predicate, phrases, verbs and nouns."""

from __future__ import annotations

import re
from dataclasses import dataclass

from armsgraph.model import EncounterKind, EntityType

__all__ = ["NounRule", "PredicateRule", "SurfaceRule", "VerbRule"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PredicateRule:
    """What holds for a predicate however it is said.

    Attributes:
        keeps_plans: Whether a plan is told as a relation (modality planned) or left out.
        is_symmetric: Given once, subject first in the text.
        outranks: Predicates that are dropped for a pair of which this one is told.
        is_traded: A subject without a name may be what was bought last.
    """

    subject: frozenset[EntityType]
    object: frozenset[EntityType]
    keeps_plans: bool
    is_symmetric: bool
    outranks: frozenset[str]
    is_traded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SurfaceRule:
    """A phrase with its two entities.

    Attributes:
        predicate: Local name of the ontology, or None when the phrase only tells of an encounter.
        encounter: Kind of encounter that the phrase tells of, if any.
        anchor: `subject` or `object` when the pattern starts with that entity's name, else None.
        needs: Words of which the text must have one before the pattern is tried; empty: always.
        expand: Whose coordinated neighbours ("A, B and C") belong to it: `both`, `subject`, `object`, `none`.
        is_hedged: Whether "will" or "not" in its clause touches it.
        implied: `subject` or `object` whose group holds words that only imply it ("Manufacturer: X"): it is the one
            of its kind that was spoken of.
        referring: Groups that a pronoun or implying words may fill.
        noun: Class noun for what is implied ("laid the keel": a ship).
        is_abroad: Only for a person of one state in another, as what he does there is routine at home.
        is_traded: What is implied was named just before, else it is what was bought last.
        is_home: What is implied is at home in the state of the other ("the Haifa firm").
        called: Words of which the subject's name must have one; None: any name.
    """

    id: str
    predicate: str | None
    encounter: EncounterKind | None
    pattern: re.Pattern[str]
    subject: frozenset[EntityType]
    object: frozenset[EntityType]
    anchor: str | None
    needs: tuple[str, ...]
    confidence: float
    expand: str
    is_hedged: bool
    implied: str | None
    referring: frozenset[str]
    noun: str | None
    is_abroad: bool
    is_home: bool
    is_traded: bool
    called: re.Pattern[str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VerbRule:
    """A verb and the grammatical cases in which its two entities stand.

    Attributes:
        subject_case: `agent`, `patient` (object of the active, subject of the passive) or a preposition.
        object_case: The same for the object.
        particle: Word that must hang on the verb ("take over": over), if any.
        noun: Lemmas of which one must be the direct object ("hold talks": talk), if any.
        is_counted: The object must be a number of things ("has four squadrons of jets").
        loose: `subject` or `object`: when grammar gives none, the only one of its kind in the sentence stands in.
    """

    id: str
    predicate: str
    encounter: EncounterKind | None
    lemmas: tuple[str, ...]
    subject_case: str
    object_case: str
    subject: frozenset[EntityType]
    object: frozenset[EntityType]
    particle: str | None
    noun: frozenset[str]
    is_counted: bool
    loose: str | None
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NounRule:
    """A noun that says what one thing is to another ("subsidiary"), and where the other stands.

    Attributes:
        is_object: What the noun is said of is the object of the relation ("X, the maker of Y").
        prepositions: Behind which the other stands.
        takes_owner: The other may be the possessor ("Y's subsidiary").
        takes_front: The other may be a name in front of the noun ("the Y subsidiary").
        least: How many others there must be ("a venture of X and Y": two).
        is_nested: A preposition of the names behind the noun counts too ("the service of the army at Y").
    """

    id: str
    predicate: str
    lemmas: tuple[str, ...]
    is_object: bool
    prepositions: tuple[str, ...]
    takes_owner: bool
    takes_front: bool
    least: int
    is_nested: bool
    subject: frozenset[EntityType]
    object: frozenset[EntityType]
    confidence: float
