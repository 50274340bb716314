"""Frames: what one trigger and its arguments say, before frames are gathered into deals."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from armsgraph.model.deals import DealKind, DealStatus
from armsgraph.model.facts import Evidence
from armsgraph.model.text import Span
from armsgraph.model.values import Calibre, DateValue, Duration, Money, Number

__all__ = ["OPEN_ROLES", "WHOLE", "Argument", "Frame", "FrameItem", "Role"]

WHOLE = -1
"""Second number of `Frame.part` where a frame tells of all parts together."""


class Role(StrEnum):
    """The part an entity plays in a frame; PARTY is either side, to be told apart later."""

    BUYER = "buyer"
    SUPPLIER = "supplier"
    PARTY = "party"
    COUNTERPART = "counterpart"
    APPROVER = "approver"
    MAKER = "maker"
    SIGNATORY = "signatory"
    SIGNED_AT = "signedAt"
    PRODUCED_AT = "producedAt"


OPEN_ROLES = frozenset({Role.PARTY, Role.COUNTERPART})
"""Roles of whoever is on either side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """An entity in a role."""

    role: Role
    entity_id: str
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameItem:
    """A thing that changes hands: a weapon, a noun, or both.

    Attributes:
        span: The noun phrase without its number.
        weapon_id: The named weapon, if any.
        noun: Lemma of the class noun ("helicopter"), or "".
        number: Its count, if the text gives one.
        is_definite: "the", "these": points back to things named before.
        is_partial: "of them", "the first": a part of what was named before.
        is_generic: The noun fits many kinds of thing ("systems", "arms").
        family: Broad kind of the noun ("ship" for frigate), or "".
        marker: The word that starts a new deal ("another", "second"), or "".
    """

    span: Span
    weapon_id: str | None = None
    weapon_span: Span | None = None
    noun: str = ""
    number: Number | None = None
    calibre: Calibre | None = None
    is_definite: bool = False
    is_partial: bool = False
    is_generic: bool = False
    family: str = ""
    marker: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One event or state of a deal as one sentence tells it.

    Attributes:
        span: The trigger words.
        sentence: Index of the sentence; `paragraph` of the paragraph.
        triggers: Ids of the trigger rules, the highest in the sentence first.
        marks: What the lexicon says of these rules (`sells`, `hands-over` ...), for later stages to ask;
            `share` where a sentence shares things out and the frame is one share.
        status: How far the deal has come by this sentence, None when it does not say.
        is_definite: The paper is "the deal", "this contract": points back to a deal named before.
        marker: "another", "second" before the paper: starts a deal of its own.
        offset: How long after an event ("32 months after production begins"); `offset_from` is that event.
        is_support: Says something of a deal but never makes one by itself.
        part: Which of the parts of a whole it tells of: number of the whole, of the part; WHOLE of all together.
        status_from: Where the status is said, if another sentence says it.
    """

    span: Span
    sentence: int
    paragraph: int
    triggers: tuple[str, ...]
    kind: DealKind
    status: DealStatus | None
    evidence: Evidence
    arguments: tuple[Argument, ...] = ()
    items: tuple[FrameItem, ...] = ()
    money: tuple[Money, ...] = ()
    signed_on: tuple[DateValue, ...] = ()
    starts_on: tuple[DateValue, ...] = ()
    ends_on: tuple[DateValue, ...] = ()
    durations: tuple[Duration, ...] = ()
    offset: Duration | None = None
    offset_from: Span | None = None
    is_definite: bool = False
    marker: str = ""
    is_support: bool = False
    is_negated: bool = False
    is_headline: bool = False
    marks: frozenset[str] = frozenset()
    part: tuple[int, int] | None = None
    status_from: Evidence | None = None
