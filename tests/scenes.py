"""Sentences read by the real parser, with entities placed by hand: for the tests of frames and deals."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from armsgraph.deals import assemble_deals
from armsgraph.frames import find_frames
from armsgraph.model import (
    Concept,
    Deal,
    Document,
    Entity,
    EntitySet,
    EntityType,
    Evidence,
    Fact,
    Frame,
    Literal,
    Mention,
    MentionForm,
    Modality,
    Object,
    Parse,
    PartialDate,
    Ref,
    Span,
    Tenure,
    Values,
)
from armsgraph.parsing import Parser
from armsgraph.pipeline import Tools
from armsgraph.values import find_values
from armsgraph.vocab import slug
from samples import entity

Roles = dict[str, set[str]]


def one(roles: dict[str, str]) -> Roles:
    """Return roles that one name plays each."""
    return {role: {name} for role, name in roles.items()}


# Every name that the sentences of these tests use. The firms and weapons are invented.
CAST: dict[str, Entity] = {
    e.label: e
    for e in (
        entity(EntityType.STATE, "India", state="IN"),
        entity(EntityType.STATE, "Kenya", state="KE"),
        entity(EntityType.STATE, "Norway", state="NO"),
        entity(EntityType.STATE, "Poland", state="PL"),
        entity(EntityType.STATE, "Portugal", state="PT"),
        entity(EntityType.STATE, "United States", state="US"),
        entity(EntityType.GOVERNMENT_BODY, "Ministry of Defence", state="IN"),
        entity(EntityType.GOVERNMENT_BODY, "Pentagon", state="US"),
        entity(EntityType.GOVERNMENT_BODY, "State Department", state="US"),
        entity(EntityType.ARMED_FORCE, "Indian Army", state="IN", kind="army"),
        entity(EntityType.ARMED_FORCE, "Indian Navy", state="IN", kind="navy"),
        entity(EntityType.ARMED_FORCE, "Royal Norwegian Navy", state="NO", kind="navy"),
        entity(EntityType.FIRM, "Alder Defence"),
        entity(EntityType.FIRM, "Norvik Arms", state="NO"),
        entity(EntityType.FIRM, "Tarn Shipyards", state="PT"),
        entity(EntityType.WEAPON, "HX-20", kind="helicopter"),
        entity(EntityType.WEAPON, "HX-30", kind="helicopter"),
        entity(EntityType.WEAPON, "NR-7", kind="assault rifle"),
        entity(EntityType.WEAPON, "Skua", kind="anti-ship missile"),
        entity(EntityType.WEAPON, "Tern 40", kind="rifle"),
        entity(EntityType.PERSON, "Anna Berg", state="NO"),
        entity(EntityType.PERSON, "Rui Matos", state="PT"),
        entity(EntityType.PLACE, "Lisbon", state="PT"),
        entity(EntityType.PLACE, "Pune", state="IN"),
    )
}
ADJECTIVES = {"Indian": "India", "Norwegian": "Norway", "Polish": "Poland", "Portuguese": "Portugal"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A text with the frames and the deals read from it."""

    document: Document
    values: Values
    parse: Parse
    entities: EntitySet
    frames: tuple[Frame, ...]
    deals: tuple[Deal, ...]

    def quote(self, span: Span) -> str:
        return self.document.quote(span)

    def frame(self, trigger: str) -> Frame:
        """The one frame in which a trigger takes part."""
        (found,) = [f for f in self.frames if trigger in f.triggers]
        return found

    def label(self, entity_id: str) -> str:
        return next(e.label for e in self.entities.entities if e.id == entity_id)

    def roles(self, trigger: str) -> dict[str, set[str]]:
        """Labels of the entities of a frame by role."""
        found: dict[str, set[str]] = {}
        for argument in self.frame(trigger).arguments:
            found.setdefault(argument.role.value, set()).add(self.label(argument.entity_id))
        return found

    def facts(self, deal: Deal) -> dict[str, set[str]]:
        """What is said of a deal by predicate: labels of entities, values of literals."""
        found: dict[str, set[str]] = {}
        for fact in deal.facts:
            found.setdefault(fact.predicate, set()).add(self.show(fact.object))
        return found

    def show(self, value: Object) -> str:
        match value:
            case Ref(id=name):
                return self.label(name)
            case Literal(value=text):
                return text
            case Concept(iri=iri):
                return iri

    def items(self, deal: Deal) -> list[dict[str, set[str]]]:
        return [self.gather(item.facts) for item in deal.items]

    def gather(self, facts: tuple[Fact, ...]) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for fact in facts:
            found.setdefault(fact.predicate, set()).add(self.show(fact.object))
        return found


def read_scene(text: str, tools: Tools, *, published: str | None = "2024-05-10", parser: Parser | None = None) -> Scene:
    """Read a text whose names all stand in the cast."""
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    document = Document(
        id="scene",
        key=f"scene-{sha256[:8]}",
        text=text,
        sha256=sha256,
        published=PartialDate(value=published) if published else None,
    )
    values = find_values(document, tools.values)
    parse = (parser or tools.parser).parse(document, values)
    mentions = tuple(sorted(_place(text), key=lambda m: m.span))
    tenures = tuple(_tenures(text))
    present = {m.entity_id for m in mentions} | {t.of_id for t in tenures}
    entities = EntitySet(
        entities=tuple(sorted((e for e in CAST.values() if e.id in present), key=lambda e: e.id)),
        mentions=mentions,
        tenures=tenures,
    )
    frames = find_frames(document, values, parse, entities, tools.deals)
    deals = assemble_deals(document, values, parse, entities, frames, tools.deals, tools.gazetteer, tools.weights)
    return Scene(document=document, values=values, parse=parse, entities=entities, frames=frames, deals=deals)


def _place(text: str) -> list[Mention]:
    names = {**{n: n for n in CAST}, **ADJECTIVES}
    taken: set[int] = set()
    found = []
    for name in sorted(names, key=lambda n: (-len(n), n)):
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            if taken & set(range(*match.span())):
                continue
            taken |= set(range(*match.span()))
            one = CAST[names[name]]
            found.append(
                Mention(
                    span=Span(*match.span()),
                    type=one.type,
                    text=name,
                    form=MentionForm.ADJECTIVE if name in ADJECTIVES else MentionForm.NAME,
                    rule="list.cast",
                    confidence=1.0,
                    entity_id=one.id,
                )
            )
    return found


def _tenures(text: str) -> list[Tenure]:
    """ "Defence Minister <name>" holds that office of the state the person is of."""
    found = []
    for match in re.finditer(r"Defence Minister (\w+ \w+)", text):
        person = CAST[match.group(1)]
        state = next(e for e in CAST.values() if e.type is EntityType.STATE and e.state == person.state)
        found.append(
            Tenure(
                id=f"tenure/{slug(person.label)}-defence-minister",
                person_id=person.id,
                title="Defence Minister",
                of_id=state.id,
                is_ministerial=True,
                evidence=Evidence(
                    span=Span(*match.span()), rule="office.cast", confidence=1.0, modality=Modality.ASSERTED
                ),
            )
        )
    return found
