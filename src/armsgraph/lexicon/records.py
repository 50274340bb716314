"""The rows of the lists as typed records. A record's id is `<list>:<Wikidata item, else slug of its name>`."""

from __future__ import annotations

from dataclasses import dataclass

from armsgraph.model import EntityType

__all__ = [
    "BodyRecord",
    "FirmRecord",
    "KindRecord",
    "OfficeRecord",
    "PersonRecord",
    "PlaceRecord",
    "Record",
    "StateRecord",
    "TermRecord",
    "WeaponRecord",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class StateRecord:
    """A state, former state or territory.

    Attributes:
        id: `states:IN`; `states:soviet-union` for one without an ISO code.
        qid: Wikidata item, only when verified. So in every record.
        code: ISO 3166-1 alpha-2, or a withdrawn code (SU, YU); None where there is none.
        demonyms: Adjectives and names of its people ("Kuwaiti", "Swedes").
        metonyms: Names of its capital that stand for its government ("Moscow").
        kind: `state`, `former state` or `territory or body`.
        other_qids: Second identities (Kingdom of Denmark); accepted when a graph is compared, never emitted.
    """

    id: str
    qid: str | None
    code: str | None
    code3: str | None
    name: str
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    metonyms: tuple[str, ...]
    capital: str | None
    kind: str
    other_qids: tuple[str, ...]
    type: EntityType = EntityType.STATE


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmRecord:
    """A firm; `state` is the code of its home state."""

    id: str
    qid: str | None
    name: str
    aliases: tuple[str, ...]
    state: str | None
    type: EntityType = EntityType.FIRM


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyRecord:
    """An armed force, a government body or an international organisation, by `type`; `kind` as the list words it."""

    id: str
    qid: str | None
    name: str
    aliases: tuple[str, ...]
    kind: str
    state: str | None
    type: EntityType


@dataclass(frozen=True, slots=True, kw_only=True)
class WeaponRecord:
    """A weapon.

    Attributes:
        nicknames: Common words ("Tiger"): a name only beside another cue.
        kind: Label of a `KindRecord` ("assault rifle").
        state: Code of the state of origin (SU, EU for joint designs).
        maker: Name of a firm, as `FirmRecord.name` or an alias of it where the firm is listed.
    """

    id: str
    qid: str | None
    name: str
    aliases: tuple[str, ...]
    nicknames: tuple[str, ...]
    kind: str | None
    state: str | None
    maker: str | None
    type: EntityType = EntityType.WEAPON


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRecord:
    """A kind of weapon; `broader` is the id of the kind above it, None at the top."""

    id: str
    qid: str | None
    label: str
    broader: str | None
    plural: str
    synonyms: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRecord:
    """A town, base, district or federal state; `lat` and `lon` in degrees, None where unknown."""

    id: str
    qid: str | None
    name: str
    aliases: tuple[str, ...]
    state: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    kind: str
    type: EntityType = EntityType.PLACE


@dataclass(frozen=True, slots=True, kw_only=True)
class TermRecord:
    """One term of a person in an office.

    Attributes:
        start: ISO date, year or month, None where unknown. So `end`: None is no proof that the term goes on.
        is_dates_verified: Whether the dates come from the source; else they are from memory.
    """

    office: str
    office_qid: str | None
    kind: str
    state: str | None
    start: str | None
    end: str | None
    as_of: str
    is_dates_verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRecord:
    """A person with all terms of office that the list knows, in the order of their start."""

    id: str
    qid: str | None
    name: str
    aliases: tuple[str, ...]
    terms: tuple[TermRecord, ...]
    type: EntityType = EntityType.PERSON


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeRecord:
    """An office: a generic title (`state` None) or the office of one state."""

    id: str
    qid: str | None
    label: str
    synonyms: tuple[str, ...]
    kind: str
    state: str | None


Record = StateRecord | FirmRecord | BodyRecord | WeaponRecord | PlaceRecord | PersonRecord
