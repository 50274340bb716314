"""Puts the matches of all rules together: one relation for each pair and predicate, and the encounters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from armsgraph.lexicon.relations import RelationLexicon
from armsgraph.model import (
    Deal,
    Document,
    Encounter,
    EntitySet,
    EntityType,
    MentionForm,
    Modality,
    Parse,
    Relation,
    Values,
)
from armsgraph.relations.candidates import Candidate, Hedges
from armsgraph.relations.encounters import make_encounters
from armsgraph.relations.focus import Focus
from armsgraph.relations.grammar import Clauses, match_verbs
from armsgraph.relations.masking import Masked, mask_document
from armsgraph.relations.nouns import match_nouns
from armsgraph.relations.phrases import match_phrases
from armsgraph.relations.speakers import Speakers

__all__ = ["find_relations"]

_NEW_CLAUSE = re.compile(r";|[.!?]\s+[A-Z]\w*\s+\w|\n\s*\n")
# "Parts of the", "the fuselages for its": right before what is made.
_PIECE = re.compile(r"\b(\w+) (?:of|for) (?:(?:the|its|their|these|those) )?(?:\w+ )?$")
_PIECE_WINDOW = 40
_PLACES = frozenset({"in", "at", "of", "from", "near"})


def find_relations(
    document: Document,
    values: Values,
    parse: Parse,
    entities: EntitySet,
    lexicon: RelationLexicon,
    *,
    deals: Sequence[Deal] = (),
) -> tuple[tuple[Relation, ...], tuple[Encounter, ...]]:
    """Find how the entities of a document belong together, and who met whom.

    Args:
        document: Its furniture yields nothing.
        values: Dates are taken for encounters.
        parse: Without a model only the surface patterns are tried.
        entities: Mentions must carry entity ids.
        deals: What was bought, for "they" and "the new jets".
        lexicon: The rules; their ids stand in the evidence as `relation.<id>`.

    Returns:
        Relations, one for each subject, predicate and object (the surest evidence, then the first), by position; a
        symmetric one once, its subject named first. Denied ones are left out. Encounters by position.
    """
    masked = mask_document(document, parse, entities)
    mentions = tuple(masked.mentions[k] for k in sorted(masked.mentions))
    kinds = {e.id: e.kind for e in entities.entities}
    states = {e.id: e.state for e in entities.entities}
    focus = Focus(document.text, mentions, parse, kinds, lexicon, deals, states)
    hedges = Hedges(lexicon)
    found = [*match_phrases(masked, focus, lexicon, hedges)]
    if parse.model is not None:
        clauses = Clauses(parse, entities, focus, lexicon)
        found += [*match_verbs(clauses, hedges), *match_nouns(clauses, hedges)]
    # A person is at home in the state of his office.
    states = states | {t.person_id: states[t.of_id] for t in entities.tenures if t.of_id and states.get(t.of_id)}
    kept = [
        c
        for c in found
        if _is_sound(c, document, masked, lexicon) and not _parts_states(c, states) and not _is_at_home(c, states)
    ]
    speakers = Speakers(document, masked, parse, lexicon)
    relations = _settle(kept, lexicon, speakers)
    encounters = make_encounters(document, values, parse, entities, kept, speakers, lexicon)
    return relations, encounters


def _is_sound(candidate: Candidate, document: Document, masked: Masked, lexicon: RelationLexicon) -> bool:
    """Drop what the predicate does not allow, what is denied, and plans where only what happened counts."""
    if candidate.modality is Modality.DENIED or candidate.sentence < 0:
        return False
    # in the masked text: the points of "U.S. Air Force" end no sentence
    if _NEW_CLAUSE.search(masked.text, *masked.stretch(candidate.span)) or any(
        f.span.overlaps(candidate.span) for f in document.furniture
    ):
        return False
    if candidate.predicate is None:
        return candidate.modality is Modality.ASSERTED
    if candidate.predicate == "locatedIn" and _is_told_apart(candidate, document):
        return False
    if candidate.predicate == "manufacturedBy" and _is_piece(candidate, document, lexicon):
        return False
    rule = lexicon.predicates[candidate.predicate]
    if candidate.subject.type not in rule.subject or candidate.object.type not in rule.object:
        return False
    return rule.keeps_plans or candidate.modality is Modality.ASSERTED


def _is_told_apart(candidate: Candidate, document: Document) -> bool:
    """Say whether the place tells which one is meant: "the company in Vigo" need not be the one named before."""
    subject, place = candidate.subject, candidate.object
    between = document.text[subject.span.end : place.span.start] if subject.span.end <= place.span.start else ""
    return subject.type is EntityType.FIRM and subject.form is MentionForm.NOMINAL and between.strip() in _PLACES


def _is_piece(candidate: Candidate, document: Document, lexicon: RelationLexicon) -> bool:
    """Say whether only a piece of it is spoken of: "parts of the aircraft will be made by X"."""
    before = document.text[max(0, candidate.span.start - _PIECE_WINDOW) : candidate.span.start]
    match = _PIECE.search(before)
    return match is not None and match[1].lower() in lexicon.words["piece"]


def _parts_states(candidate: Candidate, states: Mapping[str, str | None]) -> bool:
    """Say whether a place would lie in another state than its own: "In Kathmandu, Beijing sent" is no address."""
    if candidate.predicate != "locatedIn" or candidate.subject.type is not EntityType.PLACE:
        return False
    own, other = states.get(str(candidate.subject.entity_id)), states.get(str(candidate.object.entity_id))
    return own is not None and other is not None and own != other


def _is_at_home(candidate: Candidate, states: Mapping[str, str | None]) -> bool:
    """Say whether what counts only abroad is not known to be abroad."""
    if not candidate.is_abroad:
        return False
    own, other = states.get(str(candidate.subject.entity_id)), states.get(str(candidate.object.entity_id))
    return own is None or other is None or own == other


def _settle(found: Iterable[Candidate], lexicon: RelationLexicon, speakers: Speakers) -> tuple[Relation, ...]:
    best: dict[tuple[str, str, str], Candidate] = {}
    for candidate in sorted(found, key=_preference):
        if candidate.predicate is None:
            continue
        subject, object_ = str(candidate.subject.entity_id), str(candidate.object.entity_id)
        # Told once: a symmetric pair in either order, and of two opposite directions the surer one.
        if (object_, candidate.predicate, subject) in best:
            continue
        best.setdefault((subject, candidate.predicate, object_), candidate)
    for s, p, o in list(best):
        for lower in lexicon.predicates[p].outranks:
            best.pop((s, lower, o), None)
    relations = [
        Relation(subject_id=s, predicate=p, object_id=o, evidence=speakers.evidence(c)) for (s, p, o), c in best.items()
    ]
    return tuple(sorted(relations, key=lambda r: (r.evidence.span, r.predicate, r.subject_id, r.object_id)))


def _preference(candidate: Candidate) -> tuple[bool, float, int, int, str]:
    return (
        candidate.modality is not Modality.ASSERTED,
        -candidate.confidence,
        candidate.span.end - candidate.span.start,
        candidate.span.start,
        candidate.rule,
    )
