"""Meetings, visits and dialogues as things of their own, with participants, place and date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from armsgraph.lexicon.relations import RelationLexicon
from armsgraph.model import (
    Datatype,
    DateValue,
    Document,
    Encounter,
    EncounterKind,
    EntitySet,
    EntityType,
    Fact,
    Literal,
    Mention,
    Parse,
    PartialDate,
    Ref,
    Span,
    Values,
)
from armsgraph.relations.candidates import Candidate
from armsgraph.relations.speakers import Speakers

__all__ = ["make_encounters"]

_DATATYPES = {"year": Datatype.G_YEAR, "month": Datatype.G_YEAR_MONTH, "day": Datatype.DATE}
_LABELS = {
    EncounterKind.MEETING: "meeting of {who}",
    EncounterKind.VISIT: "visit of {who} to {where}",
    EncounterKind.DIALOGUE: "dialogue of {who}",
}


@dataclass(slots=True, kw_only=True)
class _Draft:
    kind: EncounterKind
    sentence: int
    candidates: list[Candidate]
    people: dict[str, tuple[Mention, Candidate]] = field(default_factory=dict)
    places: dict[str, tuple[Mention, Candidate]] = field(default_factory=dict)
    dates: dict[str, tuple[DateValue, Candidate]] = field(default_factory=dict)


def make_encounters(
    document: Document,
    values: Values,
    parse: Parse,
    entities: EntitySet,
    candidates: Iterable[Candidate],
    speakers: Speakers,
    lexicon: RelationLexicon,
) -> tuple[Encounter, ...]:
    """Make the encounters that the candidates tell of, by position; ids are `encounter/<document key>-<n>`, n from 1.

    Several candidates of one sentence that share somebody are one encounter; so are two of the same people elsewhere
    in the text unless dates or places speak against it.
    """
    drafts: list[_Draft] = []
    for candidate in sorted(candidates, key=lambda c: (c.span, c.rule)):
        if candidate.encounter is None:
            continue
        draft = _draft(candidate, candidate.encounter)
        _add_setting(draft, candidate, document, values, parse, entities, lexicon)
        if partner := next((d for d in drafts if _are_one(d, draft)), None):
            _absorb(partner, draft)
        else:
            drafts.append(draft)
    labels = {e.id: e.label for e in entities.entities}
    return tuple(
        _encounter(draft, f"encounter/{document.key}-{n}", labels, speakers) for n, draft in enumerate(drafts, 1)
    )


def _draft(candidate: Candidate, kind: EncounterKind) -> _Draft:
    draft = _Draft(kind=kind, sentence=candidate.sentence, candidates=[candidate])
    draft.people[str(candidate.subject.entity_id)] = (candidate.subject, candidate)
    side = draft.places if kind is EncounterKind.VISIT else draft.people
    side[str(candidate.object.entity_id)] = (candidate.object, candidate)
    return draft


def _add_setting(
    draft: _Draft,
    candidate: Candidate,
    document: Document,
    values: Values,
    parse: Parse,
    entities: EntitySet,
    lexicon: RelationLexicon,
) -> None:
    """Add place and date where the sentence names exactly one."""
    sentence = parse.sentences[candidate.sentence].span
    if draft.kind is not EncounterKind.VISIT:
        places = {
            m.entity_id: m
            for m in entities.mentions
            if m.type is EntityType.PLACE
            and m.entity_id
            and sentence.contains(m.span)
            and _is_scene(document, m, lexicon)
        }
        if len(places) == 1:
            ((place, mention),) = places.items()
            draft.places[str(place)] = (mention, candidate)
    dates = [d for d in values.dates if sentence.contains(d.span) and _is_day(d, lexicon)]
    if len(dates) == 1 and dates[0].start:
        draft.dates[dates[0].start.value] = (dates[0], candidate)


def _is_scene(document: Document, mention: Mention, lexicon: RelationLexicon) -> bool:
    before = document.text[: mention.span.start].rstrip()[-12:]
    return before.rpartition(" ")[2].lower() in lexicon.words["scene"]


def _is_day(date: DateValue, lexicon: RelationLexicon) -> bool:
    return date.start is not None and date.end is None and date.cue not in lexicon.words["open_date"]


def _are_one(old: _Draft, new: _Draft) -> bool:
    if old.kind is not new.kind:
        return False
    shared = old.people.keys() & new.people.keys()
    if old.sentence == new.sentence:
        return bool(shared)
    is_same = old.people.keys() == new.people.keys()
    places_agree = not old.places or not new.places or bool(old.places.keys() & new.places.keys())
    dates_agree = not old.dates or not new.dates or bool(old.dates.keys() & new.dates.keys())
    return is_same and places_agree and dates_agree


def _absorb(old: _Draft, new: _Draft) -> None:
    old.candidates += new.candidates
    # What was told first keeps its place and its evidence.
    old.people |= {key: entry for key, entry in new.people.items() if key not in old.people}
    old.places |= {key: entry for key, entry in new.places.items() if key not in old.places}
    old.dates |= {key: entry for key, entry in new.dates.items() if key not in old.dates}


def _encounter(draft: _Draft, id_: str, labels: dict[str, str], speakers: Speakers) -> Encounter:
    facts = [
        Fact(predicate="participant", object=Ref(id=key), evidence=speakers.evidence(c, _span(m, c)), as_written=m.text)
        for key, (m, c) in draft.people.items()
    ]
    facts += [
        Fact(predicate="place", object=Ref(id=key), evidence=speakers.evidence(c, m.span), as_written=m.text)
        for key, (m, c) in draft.places.items()
    ]
    for date, candidate in draft.dates.values():
        start: PartialDate | None = date.start
        if start is not None:
            literal = Literal(value=start.value, datatype=_DATATYPES[start.precision])
            evidence = speakers.evidence(candidate, date.span)
            facts.append(Fact(predicate="onDate", object=literal, evidence=evidence, as_written=date.as_written))
    first = min(draft.candidates, key=lambda c: (c.span, c.rule))
    return Encounter(
        id=id_,
        kind=draft.kind,
        label=_LABELS[draft.kind].format(
            who=_join(labels[k] for k in draft.people), where=_join(labels[k] for k in draft.places)
        ),
        facts=tuple(facts),
        evidence=speakers.evidence(first),
    )


def _span(mention: Mention, candidate: Candidate) -> Span:
    """Cite the mention when it stands in the sentence of the candidate, else the candidate's own words."""
    return mention.span if candidate.span.contains(mention.span) else candidate.span


def _join(names: Iterable[str]) -> str:
    listed: Sequence[str] = tuple(names)
    return " and ".join(part for part in (", ".join(listed[:-1]), *listed[-1:]) if part)
