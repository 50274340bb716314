"""Turns titles beside persons into tenures: whose office it is, what kind, where that is said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from armsgraph.entities.attach import Attachment
from armsgraph.entities.background import Background
from armsgraph.entities.clusters import Cluster
from armsgraph.entities.keys import fold
from armsgraph.entities.scene import Scene
from armsgraph.entities.titles import Title
from armsgraph.lexicon.offices import OfficeLexicon, office_kind
from armsgraph.lexicon.records import PersonRecord, TermRecord
from armsgraph.model import Document, EntityType, Evidence, Modality, Span, Tenure
from armsgraph.vocab import slug

__all__ = ["Held", "held_offices", "is_ministerial", "terms_at", "to_tenures"]

_LEADING = frozenset({"former", "ex", "then", "acting", "caretaker", "outgoing", "interim", "incoming", "current"})

# Rules by which the words of the office themselves say whose it is.
_SAID = frozenset({"office.words", "office.counterpart"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A person in an office, while it is worked out. `of` is the cluster of the organisation or state.

    `is_open` is false when the words name an organisation that no mention covers ("director of UMB", "its chairman"):
    then nothing may be guessed.
    """

    person: Cluster
    title: str
    group: str
    kind: str
    span: Span
    title_span: Span
    rule: str
    confidence: float
    is_open: bool = True
    of: Cluster | None = None
    of_span: Span | None = None
    of_rule: str = ""
    of_confidence: float = 0.0


def is_ministerial(title: str, state: str | None, lexicon: OfficeLexicon) -> bool:
    """Say whether a title makes its holder a Minister."""
    folded = f" {fold(title)} "
    if any(f" {w} " in folded for w in lexicon.words["not_ministerial"]):
        return False
    if any(f" {fold(w)} " in folded for w in lexicon.words["ministerial"] if len(w) > 3):
        return True
    if any(f" {w.upper()} " in f" {title} " for w in lexicon.words["ministerial"] if len(w) <= 3):
        return True
    return state in lexicon.words["secretary_is_minister_in"] and any(
        f" {w} " in folded for w in lexicon.words["ministerial_secretaries"]
    )


def held_offices(scene: Scene, attachments: Iterable[Attachment], owners: Mapping[int, Cluster]) -> list[Held]:
    """Work out the offices that the text states.

    Args:
        scene: The document and its clusters.
        attachments: Titles with their persons.
        owners: Cluster by word index for "its", "the company" before or behind a title, where they were resolved.

    Returns:
        By position; the same office of a person is there once, where it is first said with the most detail.
    """
    reading = scene.reading
    found: list[Held] = []
    for a in attachments:
        person = scene.clusters.get(a.person)
        if person is None:
            continue
        title = a.title
        span = reading.span_of(title.first, title.last)
        text = reading.document.quote(span)
        first = min(span.start, a.person.span.start)
        last = max(span.end, a.person.span.end)
        of, of_span = _organisation(scene, a, owners)
        found.append(
            Held(
                person=person,
                title=text,
                group=title.head.group,
                kind=office_kind(text, scene.background.gazetteer),
                span=Span(first, last),
                title_span=span,
                rule=f"office.{a.rule.removeprefix('title.')}",
                confidence=a.confidence,
                is_open=title.possessor is None and not _names_more(scene, title),
                of=of,
                of_span=of_span,
                of_rule="office.words" if of is not None else "",
                of_confidence=a.confidence if of is not None else 0.0,
            )
        )
    return _unique(found)


def _names_more(scene: Scene, title: Title) -> bool:
    """Say whether behind a title comes an organisation that no mention covers ("director of UMB")."""
    reading, k = scene.reading, title.right
    if scene.lexicon.tables["time_phrases"].match(reading.lowers, k) if k < len(reading.words) else False:
        return False
    return reading.lower(k) in {"of", "at", "for", "with"}


def _unique(found: list[Held]) -> list[Held]:
    kept: dict[tuple[int, str], Held] = {}
    for held in found:
        key = (id(held.person), held.kind or fold(held.title))
        known = kept.get(key)
        if known is None:
            kept[key] = held
        elif known.of is None and held.of is not None:
            kept[key] = replace(
                known, of=held.of, of_span=held.of_span, of_rule="office.elsewhere", of_confidence=held.of_confidence
            )
        elif known.of is not None and held.of is not None and known.of is not held.of:
            kept[(id(held.person), f"{key[1]}@{held.of.id}")] = held
    return sorted(kept.values(), key=lambda h: (h.span, h.title))


def _organisation(scene: Scene, a: Attachment, owners: Mapping[int, Cluster]) -> tuple[Cluster | None, Span | None]:
    reading, clusters = scene.reading, scene.clusters
    allowed = scene.lexicon.owners_of(a.title.head)
    # "Army chief": the force in the title itself
    for i in range(a.title.first, a.title.last):
        mention = reading.name_at(i)
        cluster = clusters.get(mention) if mention is not None else None
        if mention is not None and cluster is not None and cluster.type in allowed:
            return cluster, mention.span
    for mention in (a.title.after, a.title.before):
        cluster = clusters.get(mention) if mention is not None else None
        if cluster is None or mention is None:
            continue
        if cluster.type in allowed:
            return cluster, mention.span
        if EntityType.STATE in allowed and cluster.state and cluster.type is not EntityType.FIRM:
            # "the defence ministry's minister": the office is one of the body's state
            return cluster, mention.span
    if a.title.possessor is not None:
        cluster = owners.get(a.title.possessor)
        if cluster is not None and cluster.type in allowed:
            return cluster, reading.span_of(a.title.possessor, a.title.possessor + 1)
    if a.rule not in {"title.after", "title.listed"}:
        return None, None
    # "Dipti Chawla, director of the ministry ..." is done; "X, CEO, Boeing": the name right behind the title
    k = a.title.right
    if reading.lower(k) == ",":
        mention = reading.name_at(k + 2) if reading.lower(k + 1) == "the" else reading.name_at(k + 1)
        cluster = clusters.get(mention) if mention is not None else None
        if mention is not None and cluster is not None and cluster.type in allowed - {EntityType.STATE}:
            return cluster, mention.span
        if mention is not None and cluster is not None and cluster.type is EntityType.STATE and cluster.type in allowed:
            after = reading.lower(reading.end_of(mention))
            if after in {",", ".", ";", "\n", ")", ""}:
                return cluster, mention.span
    return None, None


def terms_at(person: PersonRecord, document: Document) -> tuple[TermRecord, ...]:
    """Return the listed terms of a person that can have run when the document was published; all if it is undated."""
    day = document.published.value if document.published else ""
    if not day:
        return person.terms
    running = tuple(
        t
        for t in person.terms
        if (not t.start or t.start[: len(day)] <= day[: len(t.start)])
        and (not t.end or t.end[: len(day)] >= day[: len(t.end)])
    )
    # news tells of the past too: terms that had ended are looked at when none was running
    return running or tuple(t for t in person.terms if t.end and t.end[: len(day)] < day[: len(t.end)])


def to_tenures(held: Iterable[Held], background: Background, lexicon: OfficeLexicon) -> tuple[Tenure, ...]:
    """Turn offices into Tenure values by position; ids are final."""
    tenures: dict[str, Tenure] = {}
    for h in held:
        state = h.of.state if h.of is not None else None
        person = h.person.id.partition("/")[2]
        office_id, label, qid = None, None, None
        if h.of is not None:
            is_state_office = h.kind and state and h.of.type is not EntityType.FIRM and h.kind != "firm head"
            generic = h.kind in {
                "minister",
                "firm head",
                "spokesperson",
                "ambassador",
                "chief of staff",
                "head of state",
            }
            if is_state_office and not generic:
                office_id = f"office/{slug(state or '')}-{slug(h.kind)}"
                row = background.state(state or "")
                label = f"{h.kind} of {row.name if row is not None else h.of.label}"
                listed = background.office_of(h.kind, state or "")
                qid = listed.qid if listed is not None else None
            else:
                name = " ".join(w for w in h.title.lower().split() if w not in _LEADING)
                is_of_state = h.of.type is EntityType.STATE and state
                office_id = f"office/{slug(state or '') if is_of_state else h.of.id.partition('/')[2]}-{slug(name)}"
                label = f"{name} of {h.of.label}"
                listed = background.office_of(h.kind, state) if h.kind and state and is_of_state else None
                if listed is not None and fold(name) in fold(listed.label):
                    qid = listed.qid
        last = office_id.partition("/")[2] if office_id else slug(h.title)
        of_evidence = None
        is_said = h.of_rule in _SAID and h.of_span is not None and h.span.contains(h.of_span)
        if h.of is not None and h.of_span is not None and not is_said:
            of_evidence = Evidence(
                span=h.of_span,
                rule=h.of_rule,
                confidence=h.of_confidence,
                modality=Modality.ASSERTED,
            )
        tenure = Tenure(
            id=f"tenure/{person}-{last}",
            person_id=h.person.id,
            title=h.title,
            office_id=office_id,
            office_label=label,
            of_id=h.of.id if h.of is not None else None,
            of_evidence=of_evidence,
            is_ministerial=is_ministerial(h.title, state, lexicon),
            qid=qid,
            evidence=Evidence(span=h.span, rule=h.rule, confidence=h.confidence, modality=Modality.ASSERTED),
        )
        tenures.setdefault(tenure.id, tenure)
    return tuple(sorted(tenures.values(), key=lambda t: (t.evidence.span, t.id)))
