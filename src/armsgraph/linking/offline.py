"""Links from the lists that ship with armsgraph; no connection is opened.

SAME needs a verified item, a name that only one row bears, and for persons an office or state that the text
confirms. What has an item but not that is UNSURE. A model whose row stands for its family gets no link.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from armsgraph.lexicon.gazetteer import Gazetteer
from armsgraph.lexicon.names import fold_name, weapon_key
from armsgraph.lexicon.offices import OfficeLexicon, office_kind, shipped_office_lexicon
from armsgraph.lexicon.records import (
    BodyRecord,
    FirmRecord,
    PersonRecord,
    PlaceRecord,
    Record,
    StateRecord,
    TermRecord,
    WeaponRecord,
)
from armsgraph.model import (
    Document,
    Entity,
    EntitySet,
    EntityType,
    Evidence,
    Link,
    LinkDecision,
    Mention,
    MentionForm,
    Modality,
    Tenure,
)

__all__ = ["link_entities"]

_BRACKETS = re.compile(r"\s*\([^)]*\)\s*$")
_SHORT = 4
_TOO_SHORT = 2
_SPEAKING = frozenset({EntityType.STATE, EntityType.FIRM, EntityType.GOVERNMENT_BODY, EntityType.ARMED_FORCE})
_CONFIDENCE = {LinkDecision.SAME: 0.95, LinkDecision.UNSURE: 0.5}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """An entity with what the text says of it."""

    document: Document
    entity: Entity
    names: tuple[str, ...]
    tenures: tuple[Tenure, ...]
    states: frozenset[str]
    office_states: dict[str, str]
    gazetteer: Gazetteer
    lexicon: OfficeLexicon


def link_entities(
    document: Document, entities: EntitySet, gazetteer: Gazetteer, *, lexicon: OfficeLexicon | None = None
) -> tuple[Link, ...]:
    """Link the entities of one document to Wikidata items of the lists.

    Args:
        document: The document; its day of publication decides about listed terms of office.
        entities: As the entities stage gives them.
        gazetteer: The lists.
        lexicon: Generic names and legal forms; the shipped ones by default.

    Returns:
        Links by entity id, at most one each, SAME or UNSURE, with the reason as a sentence. Entities without a row, or
        whose row has no verified item, are left out, as are those that the text names in no noun.
    """
    first: dict[str, Mention] = {}
    names: dict[str, list[str]] = {}
    for mention in entities.mentions:
        if mention.entity_id is not None and mention.form is MentionForm.NAME:
            first.setdefault(mention.entity_id, mention)
            names.setdefault(mention.entity_id, []).append(mention.text)
    states = frozenset(e.state for e in entities.entities if e.type in _SPEAKING and e.state)
    office_states = {e.id: e.state for e in entities.entities if e.state}
    links: list[Link] = []
    for entity in entities.entities:
        row = gazetteer.record(entity.record)
        if row is None or row.qid is None or entity.id not in first:
            continue
        case = _Case(
            document=document,
            entity=entity,
            names=tuple(dict.fromkeys(names[entity.id])),
            tenures=tuple(t for t in entities.tenures if t.person_id == entity.id),
            states=states,
            office_states=office_states,
            gazetteer=gazetteer,
            lexicon=lexicon or shipped_office_lexicon(),
        )
        decided = _decide(case, row)
        if decided is None:
            continue
        decision, reason = decided
        links.append(
            Link(
                entity_id=entity.id,
                qid=row.qid,
                decision=decision,
                reason=reason,
                evidence=Evidence(
                    span=first[entity.id].span,
                    rule="link.list",
                    confidence=_CONFIDENCE[decision],
                    modality=Modality.ASSERTED,
                ),
            )
        )
    return tuple(sorted(links, key=lambda link: link.entity_id))


def _decide(case: _Case, row: Record) -> tuple[LinkDecision, str] | None:
    if isinstance(row, StateRecord):
        return LinkDecision.SAME, f"The list of states has one entry for {row.name}."
    if isinstance(row, PersonRecord):
        return _decide_person(case, row)
    if isinstance(row, WeaponRecord):
        return _decide_weapon(case, row)
    if isinstance(row, PlaceRecord):
        return _decide_place(case, row)
    return _decide_organisation(case, row)


def _decide_organisation(case: _Case, row: FirmRecord | BodyRecord) -> tuple[LinkDecision, str]:
    lexicon = case.lexicon
    generic = {*lexicon.generic_forces, *lexicon.generic_bodies}
    listed = {_firm_name(n, lexicon) for n in (row.name, _BRACKETS.sub("", row.name), *row.aliases)}
    exact = [n for n in case.names if _firm_name(n, lexicon) in listed and fold_name(n) not in generic]
    own = fold_name(row.name)
    is_international = case.entity.type is EntityType.INTERNATIONAL_ORGANISATION
    telling = [n for n in exact if len(n) > _SHORT or " " in n or fold_name(n) == own or is_international]
    alone = [n for n in telling if len(case.gazetteer.find(n, case.entity.type)) <= 1]
    if alone:
        return LinkDecision.SAME, f'The text names it "{alone[0]}", a listed name of {row.name} and of nothing else.'
    if telling:
        return LinkDecision.UNSURE, f'"{telling[0]}" is a name of {row.name}, but of other listed bodies too.'
    if exact:
        return LinkDecision.UNSURE, f'The text gives only the short form "{exact[0]}" of {row.name}.'
    return LinkDecision.UNSURE, f'The text says "{case.names[0]}"; that {row.name} is meant follows from the context.'


def _firm_name(name: str, lexicon: OfficeLexicon) -> str:
    words = fold_name(name).split()
    while len(words) > 1 and words[-1] in lexicon.words["legal_forms"]:
        words.pop()
    return " ".join(words)


def _decide_weapon(case: _Case, row: WeaponRecord) -> tuple[LinkDecision, str] | None:
    name = weapon_key(row.name)
    keys = {weapon_key(n): n for n in case.names}
    own = name.split()
    aliases = {weapon_key(a): a for a in row.aliases}
    for key, written in sorted(keys.items()):
        words = key.split()
        if len(key.replace(" ", "")) <= _TOO_SHORT:
            continue
        if key == name or (any(w.isdigit() for w in words) and _is_run(words, own)):
            return LinkDecision.SAME, f'The designation "{written}" is that of the listed {row.name}.'
    if any(_is_variant(key.split(), own) for key in keys):
        return None  # the row stands for the family
    for key, written in sorted(keys.items()):
        if key in aliases:
            shared = len(case.gazetteer.find(written, EntityType.WEAPON)) > 1
            if shared or len(key.replace(" ", "")) <= _SHORT or not _is_full_name(key.split(), own):
                return LinkDecision.UNSURE, f'"{written}" is listed for {row.name}, but short or used for others too.'
            return LinkDecision.SAME, f'"{written}" is a listed name of {row.name} and of nothing else.'
    return LinkDecision.UNSURE, f'"{case.names[0]}" is only a by-name of the listed {row.name}.'


def _is_full_name(words: list[str], own: list[str]) -> bool:
    """Say whether an alias says enough: a designation, several words, or all but the maker in front."""
    if any(w.isdigit() for w in words) or len(words) > 1:
        return True
    return own[-len(words) :] == words and not any(w.isdigit() for w in own)


def _is_run(words: list[str], inside: list[str]) -> bool:
    """Say whether the words stand in a row inside the others and no suffix of the designation is cut off."""
    n = len(words)
    for i in range(len(inside) - n + 1):
        if inside[i : i + n] == words:
            following = inside[i + n] if i + n < len(inside) else ""
            return not (words[-1].isdigit() and 0 < len(following) <= 3)
    return False


def _is_variant(words: list[str], own: list[str]) -> bool:
    """Say whether a designation goes on where the row's own ends ("ah 64 e" beside "ah 64 apache")."""
    for i, word in enumerate(own):
        if word.isdigit() and i and words[: i + 1] == own[: i + 1] and len(words) > i + 1:
            return words[i + 1 :] != own[i + 1 : len(words)]
        if word.isdigit() and i and any(words[j : j + 2] == own[i - 1 : i + 1] for j in range(len(words) - 2)):
            return True
    return False


def _decide_place(case: _Case, row: PlaceRecord) -> tuple[LinkDecision, str]:
    namesakes = [r for n in case.names for r in case.gazetteer.find(n, EntityType.PLACE) if r.id != row.id]
    where = case.gazetteer.state(row.state)
    if namesakes:
        return LinkDecision.UNSURE, f"The list has several places called {case.names[0]}."
    if row.state in case.states and where is not None:
        return LinkDecision.SAME, f"The only listed place of that name lies in {where.name}, of which the text speaks."
    if row.kind == "capital":
        return LinkDecision.SAME, f"{row.name} is the only listed place of that name, and a capital."
    return LinkDecision.UNSURE, "The list has one place of that name, but the text does not say in which state it lies."


def _decide_person(case: _Case, row: PersonRecord) -> tuple[LinkDecision, str] | None:
    if any(isinstance(r, PersonRecord) and r.id != row.id for n in case.names for r in case.gazetteer.find(n)):
        return LinkDecision.UNSURE, f"The list has several persons called {case.names[0]}."
    for tenure in case.tenures:
        kind = office_kind(tenure.title, case.gazetteer)
        state = case.office_states.get(tenure.of_id or "")
        said = tenure.of_evidence is None or tenure.of_evidence.rule != "office.list"
        fitting = [t for t in row.terms if _is_kind(t.kind, kind) and _can_have_run(t, case.document)] if kind else []
        if state and said and fitting and all(t.state != state for t in fitting):
            return None  # a namesake: the office is that of another state
        for term in fitting:
            office = f"{kind} of {_state_name(case, term.state)}"
            if state == term.state and said:
                return (
                    LinkDecision.SAME,
                    f'The text calls him or her "{tenure.title}"; the list has {row.name} as {office}.',
                )
            if state is None or not said:
                known = "the list names the state, the text only the office"
                return LinkDecision.SAME, f'The text calls {row.name} "{tenure.title}" ({office}: {known}).'
        for term in row.terms:
            if state and said and term.state == state:
                where = _state_name(case, state)
                return LinkDecision.SAME, f"Name and state fit: the list has {row.name} in an office of {where}."
    return (
        LinkDecision.UNSURE,
        f"The name is that of the listed {row.name}; the text confirms neither office nor state.",
    )


def _is_kind(listed: str, kind: str) -> bool:
    return listed == kind or (kind == "minister" and listed.endswith(" minister"))


def _state_name(case: _Case, code: str | None) -> str:
    row = case.gazetteer.state(code)
    return row.name if row is not None else "a state"


def _can_have_run(term: TermRecord, document: Document) -> bool:
    """Say whether a term had begun when the document was published; news tells of past holders too."""
    day = document.published.value if document.published else ""
    return not day or not term.start or term.start[: len(day)] <= day[: len(term.start)]
