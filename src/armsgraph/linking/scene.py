"""What a document says around an entity, gathered once for all of its entities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from armsgraph.lexicon.gazetteer import Gazetteer
from armsgraph.lexicon.names import fold_name
from armsgraph.lexicon.offices import OfficeLexicon
from armsgraph.lexicon.records import WeaponRecord
from armsgraph.model import Document, Entity, EntitySet, EntityType, Mention, MentionForm, Tenure

__all__ = ["Case", "Scene", "set_scene"]

_SPEAKING = frozenset({EntityType.STATE, EntityType.FIRM, EntityType.GOVERNMENT_BODY, EntityType.ARMED_FORCE})
_MOST = 2 / 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A document with what bears on all of its links.

    Attributes:
        states: Codes of states, each with the ids of the entities that bring it up.
        state_mentions: How often each state is named or meant, adjectives included.
        weapons: Rows of the weapons of the text, each once.
        makers: Folded names of the makers of the listed weapons of the text.
        firm_names: Folded names of the firms of the text, as written and as listed.
        regions: Folded names of the federal states and districts of the text.
        state_of: State of an entity by its id.
        headings: States of which several forces head parts of the text ("ARMY", "NAVY"), each alone on its line.
        starts: Where mentions begin.
        ends_before: Where mentions begin that another one stands right in front of, parted by a blank.
    """

    document: Document
    gazetteer: Gazetteer
    lexicon: OfficeLexicon
    states: Mapping[str, frozenset[str]]
    state_mentions: Mapping[str, int]
    weapons: tuple[WeaponRecord, ...]
    makers: frozenset[str]
    firm_names: frozenset[str]
    regions: frozenset[str]
    state_of: Mapping[str, str]
    headings: frozenset[str]
    starts: frozenset[int]
    ends_before: frozenset[int]

    def speaks_of(self, state: str | None, *, besides: str) -> bool:
        """Say whether an entity other than `besides` brings up a state."""
        return state is not None and bool(self.states.get(state, frozenset()) - {besides})

    def is_about(self, state: str) -> bool:
        """Say whether most mentions of states are of this one."""
        return self.state_mentions.get(state, 0) >= _MOST * sum(self.state_mentions.values()) > 0

    def state_name(self, code: str | None) -> str:
        """Return the name of a state by its code."""
        row = self.gazetteer.state(code)
        return row.name if row is not None else "a state"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An entity that is to be linked: `names` are its noun forms as written, each once, by position."""

    scene: Scene
    entity: Entity
    names: tuple[str, ...]
    mentions: tuple[Mention, ...]
    tenures: tuple[Tenure, ...]


def set_scene(document: Document, entities: EntitySet, gazetteer: Gazetteer, lexicon: OfficeLexicon) -> Scene:
    """Gather what bears on all links of a document."""
    by_id = {e.id: e for e in entities.entities}
    states: dict[str, set[str]] = {}
    weapons: dict[str, WeaponRecord] = {}
    firm_names: set[str] = set()
    regions: set[str] = set()
    for entity in entities.entities:
        row = gazetteer.record(entity.record)
        if entity.state and entity.type in _SPEAKING:
            states.setdefault(entity.state, set()).add(entity.id)
        if isinstance(row, WeaponRecord):
            weapons[row.id] = row
        if entity.type is EntityType.FIRM:
            firm_names |= {fold_name(n) for n in (entity.label, *entity.names)}
            firm_names |= {fold_name(n) for n in (row.name, *row.aliases)} if row is not None else set()
        if entity.type is EntityType.PLACE:
            regions |= {fold_name(n) for n in (entity.label, *entity.names)}
    counts: Counter[str] = Counter()
    for mention in entities.mentions:
        named = by_id.get(mention.entity_id or "")
        if named is None or named.type is not EntityType.STATE or mention.form is MentionForm.PRONOUN:
            continue
        if named.state:
            counts[named.state] += 1
    return Scene(
        document=document,
        gazetteer=gazetteer,
        lexicon=lexicon,
        states={code: frozenset(ids) for code, ids in states.items()},
        state_mentions=counts,
        weapons=tuple(weapons.values()),
        makers=frozenset(fold_name(r.maker) for r in weapons.values() if r.maker),
        firm_names=frozenset(firm_names),
        regions=frozenset(regions),
        state_of={e.id: e.state for e in entities.entities if e.state},
        headings=_headings(document.text, entities.mentions, by_id),
        starts=frozenset(m.span.start for m in entities.mentions),
        ends_before=frozenset(m.span.end + 1 for m in entities.mentions),
    )


def _headings(text: str, mentions: Sequence[Mention], by_id: Mapping[str, Entity]) -> frozenset[str]:
    forces: dict[str, set[str]] = {}
    for mention in mentions:
        entity, span = by_id.get(mention.entity_id or ""), mention.span
        if (
            entity is None
            or entity.type is not EntityType.ARMED_FORCE
            or not entity.state
            or not mention.text.isupper()
        ):
            continue
        line = text[text.rfind("\n", 0, span.start) + 1 : span.start] + text[span.end :].partition("\n")[0]
        if not line.strip():
            forces.setdefault(entity.state, set()).add(entity.id)
    return frozenset(state for state, ids in forces.items() if len(ids) > 1)
