"""Who held an office before: "as successor to X", "who took over from X", "X, the minister's predecessor"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from armsgraph.entities.attach import person_after
from armsgraph.entities.clusters import Cluster
from armsgraph.entities.scene import Scene
from armsgraph.entities.tenures import Held
from armsgraph.model import EntityType, Mention, Span

__all__ = ["add_predecessors", "owner_by_name"]

_CONFIDENCE = 0.75


def owner_by_name(scene: Scene, k: int) -> Mention | None:
    """Return the person of "Petri's" when word `k` is the possessive mark behind the name, else None."""
    mention = scene.reading.name_at(k - 1) if scene.reading.lower(k) == "'s" else None
    return mention if mention is not None and mention.type is EntityType.PERSON else None


def add_predecessors(scene: Scene, held: Sequence[Held]) -> list[Held]:
    """Return the offices with those of whoever was succeeded, by position.

    The office is that of the person last named before in the sentence, who must hold one. Who has an office of the
    same kind already gets none: the text says it with words of its own.
    """
    reading, lexicon = scene.reading, scene.lexicon
    result = list(held)
    for i in range(len(reading.words)):
        length = lexicon.tables["successions"].match(reading.lowers, i)
        person = person_after(reading, i + length, lexicon, comma=False) if length else None
        cluster = scene.clusters.get(person) if person is not None else None
        if person is None or cluster is None:
            continue
        base = _holder_before(scene, i, cluster, result)
        if base is None or any(h.person is cluster and (h.kind, h.group) == (base.kind, base.group) for h in result):
            continue
        span = Span(reading.words[i].start, person.span.end)
        result.append(
            replace(
                base,
                person=cluster,
                span=span,
                rule="office.successor",
                confidence=_CONFIDENCE,
                of_rule="office.successor" if base.of is not None else "",
                of_confidence=_CONFIDENCE if base.of is not None else 0.0,
            )
        )
    return sorted(result, key=lambda h: (h.span, h.title))


def _holder_before(scene: Scene, k: int, other: Cluster, held: Sequence[Held]) -> Held | None:
    """Return the office of the person last named before word `k` in its sentence."""
    reading = scene.reading
    offset = reading.words[k].start
    named = [
        m
        for m in reading.mentions
        if m.type is EntityType.PERSON
        and m.span.end <= offset
        and reading.sentence_of(m.span.start) == reading.sentence_of(offset)
        and scene.clusters.get(m) not in (None, other)
    ]
    if not named:
        return None
    last = scene.clusters[max(named, key=lambda m: m.span)]
    return next((h for h in held if h.person is last), None)
