"""Candidates from the lists: what each listed name means where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from armsgraph.lexicon.matcher import NameEntry, NameHit, NameUse
from armsgraph.lexicon.records import BodyRecord, StateRecord
from armsgraph.mentions.candidates import Candidate
from armsgraph.mentions.firms import branch_end
from armsgraph.mentions.scene import STATE_MARK, Scene, any_of
from armsgraph.mentions.senses import is_place_here, stands_for_state
from armsgraph.mentions.weapons import WeaponReader
from armsgraph.model import EntityType, MentionForm

__all__ = ["find_listed"]

# "Israel Doron, vice-president of": the comma and the office make the state a first name
_PERSON_BEHIND = re.compile(
    r" [A-Z][\w'-]+, (?:the |an? )?(?:[\w'-]+ ){0,3}(?:[Pp]resident|[Mm]inister|[Dd]irector|[Cc]hief|[Mm]anager|[Oo]fficer)"
)
_SURE, _LIKELY, _WEAK = 0.97, 0.9, 0.8
# forms that are also names of units or words: "Airbus Group Chairman"
_WORD_FORMS = ("Group", "Company", "Holding", "Holdings", "AS", "AD", "SE", "SA", "AG")
_SMALL_PLACE = "town"
_SHORTEST = 3


def find_listed(scene: Scene, hits: Iterable[NameHit], weapons: WeaponReader) -> Iterator[Candidate]:
    """Yield a candidate for each listed name that means its record here."""
    hits = list(hits)
    named = _named_at_length(hits) | _named_by_state(scene, hits)
    for hit in hits:
        # "US$ 12 million" names no state
        if not scene.is_news(hit.start, hit.end) or scene.text[hit.end : hit.end + 1] == "$":
            continue
        by_type: dict[EntityType, list[NameEntry]] = {}
        for entry in hit.entries:
            by_type.setdefault(entry.type, []).append(entry)
        for candidate in _read(scene, hit, by_type, weapons, named):
            yield candidate
            break


def _named_at_length(hits: Iterable[NameHit]) -> frozenset[str]:
    """Records that the text calls by a name of several words: they make their short names safe."""
    return frozenset(e.record for h in hits for e in h.entries if " " in e.surface and len(h.entries) == 1)


def _named_by_state(scene: Scene, hits: Iterable[NameHit]) -> frozenset[str]:
    """Forces and bodies whose state the text names in some way: it makes their short names safe."""
    states = set()
    for hit in hits:
        if len(hit.entries) != 1:
            continue
        record = scene.gazetteer.record(hit.entries[0].record)
        surface = hit.entries[0].surface
        if isinstance(record, StateRecord):
            states.add(record.code)
        elif isinstance(record, BodyRecord) and surface.lower() not in scene.words["ambiguous_body"]:
            states.add(record.state)
    return frozenset(r.id for r in scene.gazetteer.bodies.values() if r.state in states and r.state is not None)


def _read(
    scene: Scene,
    hit: NameHit,
    by_type: dict[EntityType, list[NameEntry]],
    weapons: WeaponReader,
    named: frozenset[str],
) -> Iterator[Candidate]:
    """Yield the readings of a hit, the best first."""
    if EntityType.WEAPON in by_type:
        yield from weapons.read(hit, by_type[EntityType.WEAPON])
    if EntityType.STATE in by_type:
        yield from _state(scene, hit, by_type[EntityType.STATE], is_place=EntityType.PLACE in by_type)
    for kind in (EntityType.INTERNATIONAL_ORGANISATION, EntityType.ARMED_FORCE, EntityType.GOVERNMENT_BODY):
        if kind in by_type:
            yield from _body(scene, hit, by_type[kind], named)
    if EntityType.FIRM in by_type:
        yield from _firm(scene, hit, by_type[EntityType.FIRM], named)
    if EntityType.PERSON in by_type:
        yield _candidate(hit, by_type[EntityType.PERSON], EntityType.PERSON, "list.people", _SURE)
    if EntityType.PLACE in by_type:
        yield from _place(scene, hit, by_type[EntityType.PLACE])


def _candidate(
    hit: NameHit,
    entries: list[NameEntry],
    kind: EntityType,
    rule: str,
    confidence: float,
    form: MentionForm = MentionForm.NAME,
) -> Candidate:
    records = sorted({e.record for e in entries})
    return Candidate(
        start=hit.start,
        end=hit.end,
        type=kind,
        form=form,
        record=records[0] if len(records) == 1 else None,
        rule=rule,
        confidence=confidence,
    )


def _state(scene: Scene, hit: NameHit, entries: list[NameEntry], *, is_place: bool) -> Iterator[Candidate]:
    names = [e for e in entries if e.use is NameUse.NAME]
    demonyms = [e for e in entries if e.use is NameUse.DEMONYM]
    metonyms = [e for e in entries if e.use is NameUse.METONYM]
    text = scene.text[hit.start : hit.end]
    if names and not hit.has_plural and _means_state(scene, hit, text):
        yield _candidate(hit, names, EntityType.STATE, "list.states", _SURE)
    if demonyms and (not hit.has_plural or text.endswith(("an", "i", "k"))):
        end = hit.end + hit.has_plural
        found = _candidate(hit, demonyms, EntityType.STATE, "list.demonyms", _LIKELY, MentionForm.ADJECTIVE)
        yield replace(found, end=end)
    if metonyms and not hit.has_plural and stands_for_state(scene, hit.start, hit.end):
        yield _candidate(hit, metonyms, EntityType.STATE, "list.metonyms", _WEAK)


def _means_state(scene: Scene, hit: NameHit, text: str) -> bool:
    """Tell "Jordan" from Jordan Smith, and Georgia from "Atlanta, Georgia"."""
    words = scene.words
    lower = text.lower()
    if scene.word_before(hit.start) == "New" and text not in ("New Zealand",):
        return False
    if lower not in words["ambiguous_state"]:
        return True
    if _PERSON_BEHIND.match(scene.text, hit.end):
        return False
    following = scene.after(hit.end, 1)
    if following and following[0].text[:1].isupper() and not scene.is_in_capitals(hit.start, hit.end):
        near = scene.text[hit.end : following[0].span.start]
        if near == " " and scene.word_before(hit.start).lower() in words["title"]:
            return False
    before = scene.before(hit.start, 2)
    if lower in words["us_state_like"] and len(before) == 2 and before[1].text == ",":
        return not before[0].text[:1].isupper()
    return True


def _body(scene: Scene, hit: NameHit, entries: list[NameEntry], named: frozenset[str]) -> Iterator[Candidate]:
    text = scene.text[hit.start : hit.end]
    kind = entries[0].type
    if text.lower() in scene.words["ambiguous_body"]:
        own = [e for e in entries if e.record in named]
        if not own:
            return
        entries = own
    records = {e.record for e in entries}
    if len(records) > 1:
        entries = [e for e in entries if e.record in named] or entries
    if hit.has_plural and not text.isupper():
        return
    rule = {
        EntityType.ARMED_FORCE: "list.forces",
        EntityType.GOVERNMENT_BODY: "list.bodies",
        EntityType.INTERNATIONAL_ORGANISATION: "list.organisations",
    }[kind]
    found = _candidate(hit, entries, kind, rule, _SURE if " " in text else _LIKELY)
    yield replace(found, start=_state_start(scene, hit.start, text)) if kind is EntityType.GOVERNMENT_BODY else found


def _state_start(scene: Scene, start: int, text: str) -> int:
    """Return where a body's name starts with the state of its force: "U.S. | Army Contracting Command"."""
    is_of_force = any(text.startswith(f"{force} ") for force in scene.words.cased["bare_force"])
    at = start - 1
    if not is_of_force or scene.text[at : at + 1] != " " or scene.masked[at - 1 : at] != STATE_MARK:
        return start
    while at and scene.masked[at - 1] == STATE_MARK:
        at -= 1
    return at


def _firm(scene: Scene, hit: NameHit, entries: list[NameEntry], named: frozenset[str]) -> Iterator[Candidate]:
    text = scene.text[hit.start : hit.end]
    if hit.has_plural:
        # "armed Air Tractors": things that bear their maker's name
        if scene.text[hit.end] == "s" and not text.isupper() and text[0].isupper():
            yield Candidate(
                start=hit.start,
                end=hit.end + 1,
                type=EntityType.WEAPON,
                rule="pattern.maker-plural",
                confidence=_WEAK,
            )
        return
    confidence = _SURE
    if text.lower() in scene.words["ambiguous_firm"] or (text.isupper() and len(text) <= 2):
        if not (any(e.record in named for e in entries) or _has_firm_cue(scene, hit) or _is_plain_firm(scene, hit)):
            return
        confidence = _WEAK
    found = _candidate(hit, entries, EntityType.FIRM, "list.firms", confidence)
    form = scene.pattern("firms.form-behind", lambda: rf",? (?:{any_of(scene.words.cased['legal_form'])})(?![\w-])")
    if behind := form.match(scene.text, hit.end):
        if not scene.is_in_capitals(hit.start, hit.end) and behind.group().strip(", ") not in _WORD_FORMS:
            found = replace(found, end=behind.end())
    if found.end == hit.end and (branch := branch_end(scene, hit.end)) != hit.end:
        longer = scene.gazetteer.find(scene.text[hit.start : branch], EntityType.FIRM)
        found = replace(found, end=branch, record=longer[0].id if len(longer) == 1 else None)
    yield found


def _has_firm_cue(scene: Scene, hit: NameHit) -> bool:
    words = scene.words
    before = [t.text.lower() for t in scene.before(hit.start, 3)]
    after = [t.text.lower() for t in scene.after(hit.end, 4)]
    cues = words["firm_cue"]
    if any(w in cues or w.rstrip("s") in cues for w in before[-2:]):
        return True
    if after and (after[0] in words["firm_verb"] or after[0] in cues or after[0] in ("'s", "’s")):
        return True
    if after[:1] == [","] and any(w in cues for w in after[1:]):
        return True
    if scene.gazetteer.words["legal_form"] and after and after[0].rstrip(".") in words["legal_form"]:
        return True
    if re.match(r" of (?:the )?(?=[A-Z])", scene.text[hit.end : hit.end + 9]) and _is_state_behind(scene, hit.end):
        return True
    if after and after[0] in ("will", "would", "has", "had", "is", "was") and set(after[1:]) & words["firm_verb"]:
        return True
    return bool(before) and before[-1] in ("with", "by", "between") and scene.is_deal_sentence(hit.start)


def _is_plain_firm(scene: Scene, hit: NameHit) -> bool:
    """Say whether a firm's name that is also a surname or a short code stands alone in a sentence about arms.

    Words of the language ("Solar", "Edge") are never taken so, nor what stands elsewhere behind a first name.
    """
    text = scene.text[hit.start : hit.end]
    if text in scene.words.cased["word_firm"] or len(text) < _SHORTEST or scene.is_in_capitals(hit.start, hit.end):
        return False
    if text.isupper() and text in scene.words.cased["not_acronym"]:
        return False
    before, after = scene.word_before(hit.start), scene.text[hit.end : hit.end + 2]
    is_first = scene.is_sentence_start(hit.start)
    if not is_first and (before[:1].isupper() or before.lower() in scene.words["place_preposition"]):
        return False
    if after[:1] == "-" or (after[:1] == " " and after[1:2].isupper()):
        return False
    if re.search(rf"(?<![\w.])[A-Z][a-z]+ {re.escape(text)}(?![\w-])", scene.text):
        return False
    sentence = scene.sentence_at(hit.start)
    tokens = scene.parse.tokens[sentence.first : sentence.last] if sentence else ()
    return scene.is_deal_sentence(hit.start) or any(scene.is_class_noun(t) for t in tokens)


def _is_state_behind(scene: Scene, end: int) -> bool:
    """Say whether "of <state>" follows ("Leonardo of Italy")."""
    words = [t.text for t in scene.after(end, 4)][1:]
    names = (" ".join(words[i:j]) for i in (0, 1) for j in (i + 1, i + 2))
    return any(r.type is EntityType.STATE for name in names if name for r in scene.gazetteer.find(name))


def _place(scene: Scene, hit: NameHit, entries: list[NameEntry]) -> Iterator[Candidate]:
    if hit.has_plural:
        return
    places = [scene.gazetteer.places[e.record] for e in entries]
    english = scene.words.cased["small_place_state"]
    is_small = all(p.kind == _SMALL_PLACE and p.state in english for p in places)
    if is_place_here(scene, hit.start, hit.end, is_small=is_small):
        yield _candidate(hit, entries, EntityType.PLACE, "list.places", _LIKELY)
