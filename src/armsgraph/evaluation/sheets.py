"""What one side says of one text, in the form in which gold and extraction are compared."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from armsgraph.model import EntityType

__all__ = [
    "ENTITY_SLOTS",
    "DealSheet",
    "FactSheet",
    "NamedThing",
    "Slot",
    "Source",
    "Triple",
    "cut_sentence",
    "fold_name",
    "group_status",
    "money_key",
    "money_text",
]

ENTITY_SLOTS = frozenset({"buyer", "supplier", "signatory", "producedAt", "signedAt", "weapon"})
# ordered, in production and signed are one answer to "is there a contract?"; completed and delivered another
_STATUS_GROUP = {"ordered": "signed", "in production": "signed", "completed": "delivered"}
_REACH = 70

Slot = tuple[str, str]
Triple = tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a fact stands and how it is shown.

    Attributes:
        written: The value for messages (`in production`, where `signed` is compared); empty if it is the value itself.
        sentence: The words that say it in [brackets], and what stands around them.
        rule: Id of the rule that made it; empty in gold.
        confidence: 0 to 1; None in gold.
    """

    written: str = ""
    sentence: str = ""
    rule: str = ""
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedThing:
    """An entity: `names` are folded, `label` is for messages."""

    type: EntityType
    names: frozenset[str]
    label: str
    source: Source = field(default_factory=Source)


@dataclass(frozen=True, slots=True, kw_only=True)
class DealSheet:
    """A deal with its slots (`("buyer", entity id)`, `("quantity", "70")` ...).

    `is_episode` says that it is an approval or a partial delivery, which a graph may tell as a stage of another deal.
    """

    facts: Mapping[Slot, Source]
    source: Source
    is_episode: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FactSheet:
    """Everything that one side says of one text; entities by id, offices by (person id, folded title)."""

    entities: Mapping[str, NamedThing]
    deals: tuple[DealSheet, ...] = ()
    relations: Mapping[Triple, Source] = field(default_factory=dict)
    offices: Mapping[tuple[str, str], Source] = field(default_factory=dict)


def fold_name(text: str) -> str:
    """Fold case, articles, punctuation and spaces: names compare as readers compare them."""
    without_articles = re.sub(r"\b(the|an?)\b", " ", text.lower())
    return "".join(c for c in without_articles if c.isalnum())


def group_status(status: str) -> str:
    """Return the status that a status counts as."""
    return _STATUS_GROUP.get(status, status)


def money_key(amount: object, currency: str) -> str:
    """Return a sum as it is compared: six digits."""
    return f"{float(str(amount)):.6g} {currency}"


def money_text(amount: object, currency: str) -> str:
    """Return a sum as it is shown: all digits, in groups of three."""
    return f"{Decimal(str(amount)):,f} {currency}"


def cut_sentence(text: str, start: int, end: int) -> str:
    """Return `text[start:end]` in brackets, with some words before and behind it on its line."""
    line_start, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    before = text[line_start:start]
    after = text[end : line_end if line_end >= 0 else len(text)]
    if len(before) > _REACH:
        before = "… " + before[-_REACH:].partition(" ")[2]
    if len(after) > _REACH:
        after = after[:_REACH].rpartition(" ")[0] + " …"
    return " ".join(f"{before}[{text[start:end]}]{after}".split())
