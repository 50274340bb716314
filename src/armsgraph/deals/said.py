"""What one frame says, by kind: whose sides, which things, counts and sums."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from armsgraph.deals.sides import sides_of, state_of
from armsgraph.model import (
    OPEN_ROLES,
    Entity,
    EntityType,
    Frame,
    Money,
    Number,
)

__all__ = ["Said", "read_said"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one frame says, by kind; states are codes, the others entity ids."""

    weapons: frozenset[str]
    nouns: frozenset[str]
    families: frozenset[str]
    buyers: frozenset[str]
    suppliers: frozenset[str]
    parties: frozenset[str]
    buyer_states: frozenset[str]
    supplier_states: frozenset[str]
    supplier_firms: frozenset[str]
    counts: tuple[Number, ...]
    sums: tuple[Money, ...]
    years: frozenset[str]
    is_generic: bool
    is_definite: bool
    is_partial: bool
    is_new: bool

    def is_turned_round(self, other: Said) -> bool:
        """Say whether two sign here and there, and only their order tells who buys: a headline turns it round."""
        both = (self.buyers | self.suppliers) & (other.buyers | other.suppliers) & self.parties & other.parties
        return bool(both) and bool(self.buyers & self.parties or other.buyers & other.parties)

    def names_variant(self, other: Said) -> bool:
        """Say whether a weapon of the one is a variant of one of the other, by name."""
        return any(w.startswith(f"{v}-") or v.startswith(f"{w}-") for w in self.weapons for v in other.weapons)


def read_said(frame: Frame, entities: Mapping[str, Entity]) -> Said:
    """Return what a frame says; `entities` by id give states and types."""
    buyers, suppliers = sides_of(frame, entities)
    return Said(
        weapons=frozenset(i.weapon_id for i in frame.items if i.weapon_id is not None),
        nouns=frozenset(i.noun for i in frame.items if i.noun),
        families=frozenset(i.family for i in frame.items if i.family),
        buyers=buyers,
        suppliers=suppliers,
        parties=frozenset(a.entity_id for a in frame.arguments if a.role in OPEN_ROLES),
        buyer_states=_states(buyers, entities),
        supplier_states=_states(suppliers, entities),
        supplier_firms=frozenset(i for i in suppliers if i in entities and entities[i].type is EntityType.FIRM),
        counts=tuple(i.number for i in frame.items if i.number is not None),
        sums=frame.money,
        years=frozenset(d.start.value[:4] for d in frame.signed_on if d.start is not None),
        is_generic=bool(frame.items) and all(i.is_generic for i in frame.items),
        is_definite=any(i.is_definite or i.is_partial for i in frame.items),
        is_partial=any(i.is_partial for i in frame.items),
        is_new=bool(frame.marker) or any(i.marker for i in frame.items),
    )


def _states(ids: frozenset[str], entities: Mapping[str, Entity]) -> frozenset[str]:
    return frozenset(state_of(i, entities) or i for i in ids)
