"""A deal as it stands in a graph, with its items, stages and deliveries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from armsgraph.dossiers.facts import Document, Entity, Fact, Sum, held

__all__ = ["Deal", "Delivery", "Item", "Stage", "Standing"]

_AGREED = frozenset({"signed", "ordered", "in production"})
_DELIVERED = frozenset({"delivered", "completed"})
_NO_ORDERS = frozenset({"CooperationAgreement", "JointVentureAgreement", "Memorandum"})
_PLANNED = frozenset({"proposed", "approved", "negotiating"})


class Standing(StrEnum):
    """How far a deal has come, told by its status and by how the text says that."""

    PLANNED = "planned"
    AGREED = "agreed"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What is delivered. `facts` holds all that is said of it, also what is not held true."""

    iri: str
    facts: tuple[Fact[Any], ...]

    @property
    def weapons(self) -> tuple[Fact[Entity], ...]:
        """The weapons by name."""
        return held(self.facts, "weapon", Entity)

    @property
    def quantity(self) -> Fact[int] | None:
        """The number held true."""
        return _first(held(self.facts, "quantity", int))

    @property
    def quantities(self) -> tuple[Fact[int], ...]:
        """Every number that a text gives, the one held true first."""
        found = [f for f in self.facts if f.predicate == "quantity" and isinstance(f.value, int)]
        return tuple(sorted(found, key=lambda f: not f.is_held))

    @property
    def qualifier(self) -> str | None:
        """How the number held true is hedged: `about`, `over`, `under`, `up to`; None if it is exact."""
        found = _first(held(self.facts, "quantityQualifier", str))
        return found.value if found and found.value != "exact" else None

    @property
    def description(self) -> str | None:
        """The words of the text for it."""
        found = _first(held(self.facts, "description", str))
        return found.value if found else None

    @property
    def calibre(self) -> str | None:
        """The calibre as written."""
        found = _first(held(self.facts, "calibre", str))
        return found.value if found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A step of a deal: `told` is the fact that the deal has it, with the place that says so."""

    iri: str
    told: Fact[str]
    facts: tuple[Fact[Any], ...]

    @property
    def status(self) -> str | None:
        """`signed`, `delivered` ..."""
        found = _first(held(self.facts, "stageStatus", str))
        return found.value if found else None

    @property
    def on_date(self) -> Fact[str] | None:
        """When."""
        return _first(held(self.facts, "onDate", str))

    @property
    def actors(self) -> tuple[Fact[Entity], ...]:
        """Who took it."""
        return held(self.facts, "stageActor", Entity)

    @property
    def is_asserted(self) -> bool:
        """Whether it is told as having happened, not as planned or expected."""
        return self.told.modality == "asserted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A delivery, made or due: `told` is the fact that the deal has it."""

    iri: str
    told: Fact[str]
    facts: tuple[Fact[Any], ...]

    @property
    def quantity(self) -> Fact[int] | None:
        """How many."""
        return _first(held(self.facts, "quantity", int))

    @property
    def due_on(self) -> Fact[str] | None:
        """When."""
        return _first(held(self.facts, "dueOn", str))

    @property
    def offset(self) -> Fact[str] | None:
        """How long after what `offset_from` tells, as an ISO 8601 duration."""
        return _first(held(self.facts, "offset", str))

    @property
    def offset_from(self) -> Fact[str] | None:
        """The event that the offset counts from, in the words of the text."""
        return _first(held(self.facts, "offsetFrom", str))

    @property
    def recipients(self) -> tuple[Fact[Entity], ...]:
        """Who gets it."""
        return held(self.facts, "recipient", Entity)

    @property
    def is_asserted(self) -> bool:
        """Whether it is told as having happened, not as planned or expected."""
        return self.told.modality == "asserted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """A deal with everything the graph says of it.

    Attributes:
        kind: Its narrowest class: `Contract`, `Donation`, `CooperationAgreement` ... or `Deal`.
        documents: The articles that tell of it, by id.
        facts: All that is said of the deal itself, also what is not held true; parts have theirs.
    """

    iri: str
    kind: str
    label: str
    documents: tuple[Document, ...]
    facts: tuple[Fact[Any], ...]
    items: tuple[Item, ...] = ()
    stages: tuple[Stage, ...] = ()
    deliveries: tuple[Delivery, ...] = ()

    @property
    def buyers(self) -> tuple[Fact[Entity], ...]:
        """Who buys or gets it."""
        return held(self.facts, "buyer", Entity)

    @property
    def suppliers(self) -> tuple[Fact[Entity], ...]:
        """Who sells, makes or gives it."""
        return held(self.facts, "supplier", Entity)

    @property
    def parties(self) -> tuple[Fact[Entity], ...]:
        """The sides of a deal between equals."""
        return held(self.facts, "party", Entity)

    @property
    def end_users(self) -> tuple[Fact[Entity], ...]:
        """Who will use what is bought, where that is not the buyer."""
        return held(self.facts, "endUser", Entity)

    @property
    def signatories(self) -> tuple[Fact[Entity], ...]:
        """Who signed."""
        return held(self.facts, "signatory", Entity)

    @property
    def status(self) -> Fact[str] | None:
        """`proposed`, `approved`, `negotiating`, `signed`, `ordered`, `in production`, `delivered` ..."""
        return _first(held(self.facts, "status", str))

    @property
    def value(self) -> Fact[Sum] | None:
        """The sum held true; where two currencies are, the first."""
        return _first(held(self.facts, "value", Sum))

    @property
    def values(self) -> tuple[Fact[Sum], ...]:
        """Every sum that a text gives, those held true first."""
        found = [f for f in self.facts if f.predicate == "value" and isinstance(f.value, Sum)]
        return tuple(sorted(found, key=lambda f: not f.is_held))

    @property
    def signed_on(self) -> Fact[str] | None:
        """Day, month or year of signing."""
        return _first(held(self.facts, "signedOn", str))

    @property
    def signed_at(self) -> tuple[Fact[Entity], ...]:
        """Where it was signed."""
        return held(self.facts, "signedAt", Entity)

    @property
    def starts_on(self) -> Fact[str] | None:
        """When it starts to hold."""
        return _first(held(self.facts, "startsOn", str))

    @property
    def ends_on(self) -> Fact[str] | None:
        """When it ends."""
        return _first(held(self.facts, "endsOn", str))

    @property
    def duration(self) -> Fact[str] | None:
        """How long it runs, as an ISO 8601 duration."""
        return _first(held(self.facts, "duration", str))

    @property
    def produced_at(self) -> tuple[Fact[Entity], ...]:
        """Where things are made."""
        return held(self.facts, "producedAt", Entity)

    @property
    def standing(self) -> Standing:
        """How far it has come. A status that is only planned makes a plan, unless an earlier stage was agreed."""
        status = self.status
        if status is None:
            return Standing.UNCLEAR
        if status.value == "cancelled":
            return Standing.CANCELLED if status.modality == "asserted" else Standing.UNCLEAR
        if status.value in _PLANNED:
            return Standing.PLANNED
        if status.modality in {"planned", "expected"}:
            # a signed contract of which a delivery is still to come
            return Standing.AGREED if self.was_agreed else Standing.PLANNED
        if status.modality != "asserted":
            return Standing.UNCLEAR
        if status.value in _DELIVERED:
            return Standing.DELIVERED
        if status.value in _AGREED or self.was_agreed:
            return Standing.AGREED
        return Standing.UNCLEAR

    @property
    def is_order(self) -> bool:
        """Whether it may be counted: agreed or delivered, and more than a memorandum or an agreement to cooperate."""
        return self.standing in {Standing.AGREED, Standing.DELIVERED} and self.kind not in _NO_ORDERS

    @property
    def was_agreed(self) -> bool:
        """Whether a stage tells that it was signed, ordered or made, whatever came of it."""
        return any(s.status in _AGREED and s.is_asserted for s in self.stages)

    def all_facts(self) -> Iterator[Fact[Any]]:
        """Yield the facts of the deal, then those of its items, stages and deliveries, held true or not."""
        yield from self.facts
        parts: tuple[Item | Stage | Delivery, ...] = (*self.items, *self.stages, *self.deliveries)
        for part in parts:
            yield from part.facts

    def conflicts(self) -> tuple[tuple[Fact[Any], ...], ...]:
        """Return what the texts disagree on: for each property the values that are told, the one held true first."""
        groups: dict[tuple[str, str], list[Fact[Any]]] = {}
        for fact in self.all_facts():
            groups.setdefault((fact.subject, fact.predicate), []).append(fact)
        return tuple(
            tuple(sorted(group, key=lambda f: not f.is_held))
            for group in groups.values()
            if any(fact.rivals for fact in group)
        )


def _first(facts: tuple[Fact[Any], ...]) -> Fact[Any] | None:
    return facts[0] if facts else None
