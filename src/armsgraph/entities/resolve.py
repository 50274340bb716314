"""From mentions to entities and offices: the order of the steps."""

from __future__ import annotations

import re
from dataclasses import replace

from armsgraph.entities.attach import Attachment, attach_titles
from armsgraph.entities.background import Background, background_of
from armsgraph.entities.clusters import Cluster, Unions, gather
from armsgraph.entities.counterparts import add_counterparts, fill_states, pairs_of_states
from armsgraph.entities.generics import HomeStates, group_generics, state_of
from armsgraph.entities.identity import identify, merge_acronyms, merge_same, state_cluster, to_entity
from armsgraph.entities.naming import add_acronyms, group_named
from armsgraph.entities.nominals import find_nominals, possessors
from armsgraph.entities.persons import add_surnames, group_persons
from armsgraph.entities.reading import Reading
from armsgraph.entities.scene import Scene
from armsgraph.entities.successions import add_predecessors
from armsgraph.entities.tenures import Held, held_offices, terms_at, to_tenures
from armsgraph.entities.titled import add_titled_persons
from armsgraph.lexicon.gazetteer import Gazetteer
from armsgraph.lexicon.offices import OfficeLexicon, shipped_office_lexicon
from armsgraph.lexicon.records import PersonRecord
from armsgraph.model import Document, EntitySet, EntityType, Mention, MentionForm, Parse, Values

__all__ = ["resolve_entities"]


def resolve_entities(
    document: Document,
    values: Values,
    parse: Parse,
    mentions: tuple[Mention, ...],
    gazetteer: Gazetteer,
    *,
    lexicon: OfficeLexicon | None = None,
) -> EntitySet:
    """Group the mentions of one document into entities and read the offices that people hold.

    A state that the text names by adjectives alone ("Kuwaiti") is an entity only when an office needs it, and has no
    mention then. Definite descriptions, groups and pronouns with one safe reading are added as mentions of form
    NOMINAL and PRONOUN. A surname that could be two people has no entity and no mention.

    Args:
        document: The document; its day of publication decides about listed terms of office.
        values: Currencies tell which state the text is about.
        parse: Sentences and paragraphs.
        mentions: As the mentions stage gives them, `entity_id` None.
        gazetteer: The lists.
        lexicon: Words of titles and generic names; the shipped ones by default.

    Returns:
        Entities by id, mentions by position, tenures by position. Every mention has its `entity_id`.
    """
    lexicon = lexicon or shipped_office_lexicon()
    background = background_of(gazetteer)
    reading = Reading(document, parse, mentions)
    pairs = add_acronyms(reading, lexicon)
    titles = add_titled_persons(reading, background, lexicon)
    add_surnames(reading, lexicon)
    homes = HomeStates(reading, values, background, lexicon)

    states = _group_states(reading, background)
    generic, taken = group_generics(reading, background, lexicon, homes)
    for mention in [m for m in reading.mentions if m.form is MentionForm.NOMINAL and m not in taken]:
        reading.remove(mention)
    named = group_named(reading, background, lexicon, pairs, taken)
    attachments = attach_titles(reading, titles, lexicon)
    persons = group_persons(reading, background, lexicon, _heads(attachments))
    _mark_joint_ventures(reading, named, lexicon)

    clusters = merge_acronyms([*states, *generic, *named, *persons], pairs, lexicon)
    by_mention = _by_mention(clusters, reading)
    for cluster in clusters:
        if cluster.type is EntityType.PERSON:
            _find_record(cluster, background)
        identify(cluster, document, background, lexicon)
    by_code = {c.state: c for c in states if c.state}
    scene = Scene(
        reading=reading,
        background=background,
        lexicon=lexicon,
        homes=homes,
        clusters=by_mention,
        states=by_code,
        pairs=pairs_of_states(reading, background),
    )
    held = held_offices(scene, attachments, possessors(scene, titles))
    _add_listed_states(held, by_code, background, document)
    held, links = add_counterparts(scene, held)
    held = add_predecessors(scene, held)
    held = fill_states(scene, held, links)
    _recognise_by_office(held, document, background, lexicon)

    kinds: dict[int, str] = {}
    for h in held:
        kinds[id(h.person)] = f"{kinds.get(id(h.person), '')} {h.title.lower()}".strip()
    nominals = find_nominals(scene, kinds)

    tenures = to_tenures(held, background, lexicon)
    needed = {t.of_id for t in tenures}
    clusters += [c for c in by_code.values() if not c.mentions and c.id in needed]
    kept = merge_same([c for c in clusters if c.is_named() or c.id in needed])
    final = [
        replace(m, entity_id=c.id, type=c.type)
        for c in kept
        for m in c.mentions
        if m.form is not MentionForm.ADJECTIVE or c.is_named()
    ]
    ids = {c.id for c in kept}
    final += [replace(m, entity_id=c.id) for m, c in nominals if c.id in ids]
    return EntitySet(
        entities=tuple(sorted((to_entity(c) for c in kept), key=lambda e: e.id)),
        mentions=tuple(sorted(dict.fromkeys(final), key=lambda m: (m.span, m.entity_id or "", m.form.value))),
        tenures=tenures,
    )


def _group_states(reading: Reading, background: Background) -> list[Cluster]:
    mentions = sorted((m for m in reading.mentions if m.type is EntityType.STATE), key=lambda m: m.span)
    unions = Unions(mentions)
    unions.join_by(lambda m: state_of(m, background) or m.record or m.text.lower())
    clusters = gather(unions, EntityType.STATE)
    for cluster in clusters:
        code = next((c for c in (state_of(m, background) for m in cluster.mentions) if c), "")
        cluster.state = code or None
        row = background.state(code)
        if row is not None:
            cluster.record = row.id
    return clusters


def _by_mention(clusters: list[Cluster], reading: Reading) -> dict[Mention, Cluster]:
    """Map every mention to its cluster, also the mention objects of the reading whose type was corrected."""
    found = {m: c for c in clusters for m in c.mentions}
    spans = {m.span: c for c in clusters for m in c.mentions}
    for m in reading.mentions:
        if m not in found and m.span in spans:
            found[m] = spans[m.span]
    return found


def _heads(attachments: tuple[Attachment, ...]) -> dict[Mention, frozenset[str]]:
    found: dict[Mention, frozenset[str]] = {}
    for a in attachments:
        found[a.person] = found.get(a.person, frozenset()) | {a.title.head.phrase}
    return found


def _find_record(cluster: Cluster, background: Background) -> None:
    """Find a person on the list by the full name, if only one bears it."""
    row = background.listed(cluster.record)
    if row is not None:
        return
    cluster.record = None
    for name in cluster.names:
        if " " in name:
            found = background.people(name)
            found = found or background.people_by_spelling(name)
            if len(found) == 1:
                cluster.record = found[0].id
                return


def _add_listed_states(
    held: list[Held], by_code: dict[str, Cluster], background: Background, document: Document
) -> None:
    """Make clusters for the states of listed people that the text does not name."""
    for h in held:
        row = background.listed(h.person.record)
        if h.of is None and h.kind and isinstance(row, PersonRecord):
            for term in terms_at(row, document):
                state = background.state(term.state or "")
                if term.kind == h.kind and state is not None and state.code and state.code not in by_code:
                    by_code[state.code] = state_cluster(state)


def _recognise_by_office(held: list[Held], document: Document, background: Background, lexicon: OfficeLexicon) -> None:
    """Find on the list whom a surname with a title means ("Chancellor Scholz"): state, office and day must fit."""
    for h in held:
        if not h.person.needs_scope or h.of is None or not h.of.state or not h.kind:
            continue
        fitting = [
            p
            for p in background.people_by_last_name(h.person.names[0])
            if any(t.kind == h.kind and t.state == h.of.state for t in terms_at(p, document))
        ]
        if len(fitting) == 1 and document.published is not None:
            h.person.record = fitting[0].id
            identify(h.person, document, background, lexicon)


_JV = r"joint[- ]venture"
_JV_BEHIND = re.compile(
    rf"^[\"”’]?(?:\s*\([^)]{{1,12}}\))?\s*[,–—(-]?\s*(?:(?:which|that)\s+)?(?:(?:is|was)\s+)?(?:a|an|the|its|their)\s+"
    rf"(?:(?!(?:in|of|to|for|with|from|and)\b)[\w’'-]+\s+){{0,4}}{_JV}\b",
    re.IGNORECASE,
)
_JV_BEFORE = re.compile(
    rf"\b{_JV}(?:\s+(?:company|firm|entity))?,?\s*(?:(?:called|named|known as|dubbed|christened)\s+)?[\"“‘]?$",
    re.IGNORECASE,
)
_JV_COMMA = re.compile(rf"\b{_JV},\s*[\"“‘]?$", re.IGNORECASE)


def _mark_joint_ventures(reading: Reading, clusters: list[Cluster], lexicon: OfficeLexicon) -> None:
    """Mark firms that the text calls a joint venture, in apposition or by a copula."""
    if not any(phrase in reading.text.lower() for phrase in lexicon.words["joint_venture"]):
        return
    for cluster in clusters:
        if cluster.type is not EntityType.FIRM:
            continue
        for m in cluster.mentions:
            before = reading.text[max(0, m.span.start - 60) : m.span.start]
            behind = reading.text[m.span.end : m.span.end + 90]
            if _JV_BEHIND.match(behind) or (_JV_BEFORE.search(before) and not _JV_COMMA.search(before)):
                cluster.is_joint_venture = True
