"""Signs for persons: names, offices, states, and the dates of terms against the date of the document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from armsgraph.lexicon.gazetteer import Gazetteer
from armsgraph.lexicon.names import fold_name
from armsgraph.lexicon.offices import office_kind
from armsgraph.lexicon.records import PersonRecord, TermRecord
from armsgraph.linking.scene import Case
from armsgraph.linking.scoring import Sign, sign, total
from armsgraph.model import Tenure

__all__ = ["weigh_person"]

_PAST = re.compile(r"\b(?:former|formerly|ex|late|then|erstwhile|one-time|previous|outgoing)\b", re.IGNORECASE)
_COMMON = 4
_LONG = 10
_GUESSED = "office.list"


def weigh_person(case: Case, row: PersonRecord) -> Iterator[Sign]:
    """Yield the signs that an entity is this person."""
    scene = case.scene
    name = _weigh_name(case, row)
    yield name
    if _is_common(fold_name(row.name).split()[-1], scene.gazetteer):
        yield sign("common surname", "many bear that surname")
    office = _weigh_offices(case, row)
    yield from office
    states = {t.state for t in row.terms}
    if any(s.name in ("office and state", "office of the state", "office of another state") for s in office):
        return
    for state in sorted(s for s in states if s):
        if scene.speaks_of(state, besides=case.entity.id):
            yield sign(
                "state in the text", f"the text speaks of {scene.state_name(state)}, where he or she held office"
            )
            break
    if not any(s.name.startswith(("term", "office before", "said")) for s in office):
        yield from _weigh_dates(case, row)


def _weigh_name(case: Case, row: PersonRecord) -> Sign:
    listed = {_words(n) for n in (row.name, *row.aliases)}
    written = [(n, _words(n)) for n in case.names]
    for name, words in written:
        if len(words) > 1 and words in listed:
            return sign("person's name", f'"{name}" is the name of the listed {row.name}')
    for name, words in written:
        # a middle name or initial more or less
        if len(words) > 1 and any((words[0], words[-1]) == (w[0], w[-1]) for w in listed if len(w) > 1):
            return sign("person's name", f'"{name}" is the name of the listed {row.name}')
    for name, words in written:
        if len(words) > 1:
            return sign("other spelling", f'"{name}" is read as another spelling of {row.name}')
    return sign("surname alone", f'the text says only "{case.names[0]}"')


def _words(name: str) -> tuple[str, ...]:
    return tuple(fold_name(name.replace(".", " ")).split())


@lru_cache(maxsize=2)
def _surnames(gazetteer: Gazetteer) -> Counter[str]:
    return Counter(fold_name(r.name).split()[-1] for r in gazetteer.people.values())


def _is_common(surname: str, gazetteer: Gazetteer) -> bool:
    return _surnames(gazetteer)[surname] >= _COMMON


def _weigh_offices(case: Case, row: PersonRecord) -> list[Sign]:
    """Return the signs of the office in the text that speaks most for the person, or of one that speaks against."""
    options = [signs for t in case.tenures for signs in _weigh_tenure(case, row, t)]
    return max(options, key=total, default=[])


def _weigh_tenure(case: Case, row: PersonRecord, tenure: Tenure) -> Iterator[list[Sign]]:
    scene = case.scene
    kind = _kind(tenure.title, scene.gazetteer)
    owner = tenure.of_id or ""
    state = scene.state_of.get(owner)
    is_said = tenure.of_evidence is None or tenure.of_evidence.rule != _GUESSED
    if owner.startswith("firm/"):
        yield [sign("office of a firm", f'the text has "{tenure.title}" of a firm, the list no such office')]
        return
    # the latest first: of terms that are alike in all else it is the one to tell
    fitting = [t for t in reversed(row.terms) if kind and _is_kind(t.kind, kind)]
    for term in fitting:
        where = scene.state_name(term.state)
        if state and is_said and term.state != state:
            words = f'the text has "{tenure.title}" of {scene.state_name(state)}, the list of {where}'
            yield [sign("office of another state", words)]
        elif state and is_said:
            words = f'the text calls him or her "{tenure.title}", which {row.name} was in {where}'
            yield [sign("office and state", words), *_weigh_term(case, term, tenure.title)]
        else:
            words = f'the text calls him or her "{tenure.title}", the list {kind} of {where}'
            yield [sign("office", words), *_weigh_term(case, term, tenure.title)]
    if not fitting:
        if state and is_said and any(t.state == state for t in row.terms):
            words = f'the text has "{tenure.title}" of {scene.state_name(state)}, where {row.name} held office'
            yield [sign("office of the state", words), sign("other office", "the list does not have that office")]
        else:
            yield [sign("other office", f'the list does not have him or her as "{tenure.title}"')]


def _kind(title: str, gazetteer: Gazetteer) -> str:
    """Return the kind of office, without adjectives in front: "Union defence minister"."""
    words = title.split()
    for start in range(min(3, len(words))):
        kind = office_kind(" ".join(words[start:]), gazetteer)
        if kind:
            return kind
    return ""


def _is_kind(listed: str, kind: str) -> bool:
    return listed == kind or (kind == "minister" and listed.endswith(" minister"))


def _weigh_term(case: Case, term: TermRecord, title: str) -> list[Sign]:
    published = case.scene.document.published
    day = published.value if published else ""
    if not day:
        return []
    if term.start and _is_before(day, term.start):
        words = f"the text is of {day}, the term began on {term.start}"
        return [sign("office before its term", words)]
    if term.end and _is_before(term.end, day):
        if _PAST.search(title):
            return []
        return [sign("said to be in office after the term", f"the text is of {day}, the term ended on {term.end}")]
    if term.end or (term.start and day[:4] <= term.as_of[:4]):
        return [sign("term fits the date", f"the text is of {day}, within the term")]
    return []


def _weigh_dates(case: Case, row: PersonRecord) -> Iterator[Sign]:
    """Weigh the day of the document against all terms where the text says no office."""
    published = case.scene.document.published
    day = published.value if published else ""
    starts = [t.start for t in row.terms if t.start]
    if not day or not starts:
        return
    if _is_before(day, min(starts)):
        yield sign("before the first term", f"the text is of {day}, the first listed term began on {min(starts)}")
        return
    latest = max(t.end or t.as_of for t in row.terms)
    if latest and int(day[:4]) - int(latest[:4]) > _LONG:
        yield sign("long after the last term", f"the text is of {day}, the last listed term is long over")
    elif any(not _is_before(day, t.start or "0") and t.end and not _is_before(t.end, day) for t in row.terms):
        yield sign("term fits the date", f"the text is of {day}, within a listed term")


def _is_before(one: str, other: str) -> bool:
    """Say whether a date is before another, at the precision that both have."""
    length = min(len(one), len(other))
    return one[:length] < other[:length]
