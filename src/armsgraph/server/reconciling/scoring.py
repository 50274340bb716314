"""Ranks the things that a row of a spreadsheet may mean, and says when one is certain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from armsgraph.server.reconciling.index import Index
from armsgraph.server.reconciling.naming import GROUPS, nearness
from armsgraph.server.reconciling.properties import Comparison, Facts
from armsgraph.server.reconciling.requests import Question
from armsgraph.server.reconciling.things import TYPES, Thing
from armsgraph.vocab import CLASSES

__all__ = ["MOST_CANDIDATES", "Candidate", "find_candidates"]

MOST_CANDIDATES = 50
_LEAST = 50.0
_ALIAS, _SURNAME = 98.0, 75.0
# Shorter ones name too many things: K2 is a tank and a mountain.
_LONG_ENOUGH = 4
_STRANGE_TYPE = 0.8
_AGREES = 0.9
# Share of the score that each property has, and all of them together.
_SHARE, _SHARES = 0.15, 0.45


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A thing that may be meant.

    Attributes:
        score: From 0 to 100.
        name_score: How near the nearest name is, from 0 to 100; 98 for an equal name that is not the preferred one.
        is_named_so: Whether a name is equal.
        has_type: Whether it is of a type that was asked for.
        comparisons: Properties that could be compared.
        is_identified: Whether it was asked for by its id or item.
        is_certain: Whether it is the one, beyond doubt.
    """

    thing: Thing
    score: float
    name_score: float
    is_named_so: bool
    has_type: bool
    comparisons: tuple[tuple[str, Comparison], ...]
    is_identified: bool = False
    is_certain: bool = False

    @property
    def contradicts(self) -> bool:
        """Whether a property that was given cannot be true of it."""
        return any(c.contradicts for _, c in self.comparisons)


def find_candidates(question: Question, index: Index, facts: Facts, *, base: str) -> tuple[Candidate, ...]:
    """Return what a question may mean, the likeliest first.

    One is certain if a name of it is equal and no other candidate has an equal name; if nothing that was given
    contradicts it; and if a type was asked for, or a property agrees, or the name has four letters or digits and is the
    preferred one, or one of two words or with a digit. A surname alone is never certain. An id or a Wikidata item that
    only one thing has is certain by itself.
    """
    known = _by_identifier(question, index, base)
    if known is not None and _has_type(known, question.types, question.type_strict):
        certain = _rate(known, question, index, facts)
        if not certain.contradicts:
            return (replace(certain, score=100.0, is_identified=True, is_certain=True),)
    pool: dict[str, Thing] = {t.id: t for t in index.equal(question.query)}
    pool |= {t.id: t for t in index.near(question.query)}
    likely = []
    for thing in pool.values():
        has_type = _has_type(thing, question.types, question.type_strict)
        if not has_type and question.type_strict != "should":
            continue
        if _name_score(thing, question.query, index)[0] >= _LEAST:
            likely.append(thing)
    # properties are read for the nearest alone: each costs look-ups
    likely.sort(key=lambda t: (-_name_score(t, question.query, index)[0], t.iri is None, t.id))
    rated = [_rate(thing, question, index, facts) for thing in likely[:MOST_CANDIDATES]]
    rated.sort(key=lambda c: (-c.score, c.thing.iri is None, c.thing.id))
    equal = [c for c in rated if c.is_named_so and c.has_type and not c.contradicts]
    if len(equal) == 1 and _is_telling(equal[0], question):
        rated = [replace(c, is_certain=True) if c is equal[0] else c for c in rated]
        rated.sort(key=lambda c: (not c.is_certain, -c.score, c.thing.iri is None, c.thing.id))
    return tuple(rated[: question.limit])


def _by_identifier(question: Question, index: Index, base: str) -> Thing | None:
    given = [v for pid, values in question.properties if pid == "wikidata" for v in values]
    if not question.query.strip():
        return index.by_id(given[0].strip(), base=base) if len(given) == 1 else None
    text = question.query.strip()
    # a name like "Q1" may be that of a weapon
    is_id = "/" in text or (text[0] == "Q" and text[1:].isdigit() and not index.equal(text))
    return index.by_id(text, base=base) if is_id else None


def _has_type(thing: Thing, types: Sequence[str], strict: str) -> bool:
    wanted = [t for t in types if t in TYPES or t in CLASSES]
    if not wanted:
        # a type that nobody here knows is no reason to find nothing only if it is a wish
        return not types or strict == "should"
    fits = [t in thing.types for t in wanted]
    return all(fits) if strict == "all" else any(fits)


def _name_score(thing: Thing, query: str, index: Index) -> tuple[float, bool]:
    asked = index.keys.key(query, thing.group)
    best, is_equal = 0.0, False
    for n, name in enumerate(thing.names):
        near = nearness(asked, index.keys.key(name, thing.group), thing.group)
        if near == 100.0 and n and thing.group == "person" and " " not in asked:
            # a surname that some text uses alone
            near = _SURNAME
        elif near == 100.0:
            is_equal = True
            near = 100.0 if n == 0 else _ALIAS
        best = max(best, near)
    return best, is_equal


def _rate(thing: Thing, question: Question, index: Index, facts: Facts) -> Candidate:
    near, is_equal = _name_score(thing, question.query, index)
    found = [(pid, facts.compare(thing, pid, values)) for pid, values in question.properties]
    comparisons = tuple((pid, c) for pid, c in found if c is not None)
    has_type = _has_type(thing, question.types, question.type_strict)
    share = min(_SHARE * len(comparisons), _SHARES)
    score = near
    if comparisons:
        agreement = sum(c.agreement for _, c in comparisons) / len(comparisons)
        score = near * (1 - share) + 100 * agreement * share
    if any(c.contradicts for _, c in comparisons):
        score *= 0.6
    if not has_type:
        score *= _STRANGE_TYPE
    return Candidate(
        thing=thing,
        score=round(score, 1),
        name_score=round(near, 1),
        is_named_so=is_equal,
        has_type=has_type,
        comparisons=comparisons,
    )


def _is_telling(candidate: Candidate, question: Question) -> bool:
    """Say whether an equal name is enough to be certain."""
    if question.types or any(c.agreement >= _AGREES for _, c in candidate.comparisons):
        return True
    if sum(c.isalnum() for c in question.query) < _LONG_ENOUGH:
        return False
    is_preferred = candidate.name_score == 100.0
    return is_preferred or len(question.query.split()) > 1 or any(c.isdigit() for c in question.query)


assert set(TYPES.values()) <= set(GROUPS)
