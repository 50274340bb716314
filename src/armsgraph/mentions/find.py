"""Gathers the candidates of all rules and lets the overlaps be resolved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from armsgraph.lexicon.gazetteer import Gazetteer
from armsgraph.mentions.acronyms import find_acronyms
from armsgraph.mentions.bodies import find_bodies
from armsgraph.mentions.candidates import Candidate, resolve_overlaps
from armsgraph.mentions.cues import WeaponCues
from armsgraph.mentions.designations import find_designations
from armsgraph.mentions.firm_rows import find_firm_rows
from armsgraph.mentions.firms import find_firms
from armsgraph.mentions.forces import find_forces
from armsgraph.mentions.given import find_given
from armsgraph.mentions.kinds import find_named_kinds
from armsgraph.mentions.lists import find_listed
from armsgraph.mentions.namesakes import find_namesakes
from armsgraph.mentions.people import find_joined, find_people, find_surnames
from armsgraph.mentions.places import find_places
from armsgraph.mentions.scene import Scene
from armsgraph.mentions.ships import find_ships
from armsgraph.mentions.towns import find_towns
from armsgraph.mentions.weapons import WeaponReader
from armsgraph.model import Document, EntityType, Mention, MentionForm, Parse, Span, Values

__all__ = ["find_mentions"]


def find_mentions(document: Document, values: Values, parse: Parse, gazetteer: Gazetteer) -> tuple[Mention, ...]:
    """Find the names of entities in a document.

    Returns:
        Mentions by position, `entity_id` None. They do not overlap, except that a weapon named by its maker alone
        ("Sig Sauer rifles") lies on the very span of the firm. Plural endings belong to the span of a weapon,
        possessives to none; adjectives ("Kuwaiti") and descriptions ("the navy") are told by their form.
    """
    hits = list(gazetteer.matcher.find(document.text))
    scene = Scene(document=document, values=values, parse=parse, gazetteer=gazetteer, hits=hits)
    cues = WeaponCues(scene, hits)
    weapons = WeaponReader(cues)
    candidates = list(_find_stops(scene))
    candidates += find_listed(scene, hits, weapons)
    candidates += find_designations(cues)
    candidates += find_named_kinds(cues)
    candidates += find_ships(cues)
    candidates += find_firms(scene)
    candidates += find_forces(scene)
    candidates += find_bodies(scene)
    candidates += find_people(scene)
    candidates += find_given(scene)
    candidates += find_places(scene)
    candidates += find_towns(scene)
    candidates = list(find_namesakes(scene, candidates))
    candidates += find_acronyms(scene, candidates)
    standing = resolve_overlaps(candidates)
    people = [c for c in standing if c.type is EntityType.PERSON]
    candidates += find_firm_rows(scene, standing)
    candidates += find_joined(scene, people)
    candidates += find_surnames(scene, people, [c for c in standing if c.tier == 0 or c.type is EntityType.PERSON])
    standing = _share_records(scene, resolve_overlaps(candidates))
    standing += _find_twins(scene, standing)
    standing.sort(key=lambda c: (c.start, c.end, c.type or ""))
    return tuple(_mention(scene, c) for c in standing if c.type is not None)


def _mention(scene: Scene, candidate: Candidate) -> Mention:
    if candidate.type is None:
        raise ValueError("a stop is no mention")
    return Mention(
        span=Span(candidate.start, candidate.end),
        type=candidate.type,
        text=scene.text[candidate.start : candidate.end],
        form=candidate.form,
        record=candidate.record,
        rule=candidate.rule,
        confidence=candidate.confidence,
    )


def _find_stops(scene: Scene) -> Iterator[Candidate]:
    """Yield what is no entity and keeps others out: outlets, exercises, seas, laws, currencies."""
    for name in scene.words.cased["stop_name"]:
        start = scene.text.find(name)
        while start >= 0:
            end = start + len(name)
            if not (scene.text[start - 1 : start].isalnum() or scene.text[end : end + 1].isalnum()):
                yield _stop(start, end)
            start = scene.text.find(name, end)
    for pattern in scene.words.patterns["stop_name_pattern"]:
        for match in pattern.finditer(scene.text):
            yield _stop(match.start(), match.end())


def _stop(start: int, end: int) -> Candidate:
    return Candidate(start=start, end=end, type=None, rule="list.stop", confidence=1.0)


def _share_records(scene: Scene, standing: list[Candidate]) -> list[Candidate]:
    """Give a bare nickname or code the record of the one longer name in the text that begins with it or ends in it.

    "Apaches" beside "AH-64E Apache" is that variant, not the family that the list knows by the word; "the M4" beside
    "Carl-Gustaf M4" is no carbine.
    """
    longer: dict[str, set[str | None]] = {}
    for weapon in standing:
        words = scene.text[weapon.start : weapon.end].split()
        if weapon.type is not EntityType.WEAPON:
            continue
        # "the Leopard" beside "Leopard 2A8"
        if len(words) == 2 and words[0].isalpha() and _has_digit(words[1]):
            longer.setdefault(words[0].lower(), set()).add(weapon.record)
        for at in range(1, len(words)):
            is_code = _has_digit(words[at]) and not words[at].isdigit()
            if is_code or all(map(_has_digit, words[:at])):
                longer.setdefault(" ".join(words[at:]).lower().removesuffix("s"), set()).add(weapon.record)
    shared = []
    for candidate in standing:
        text = scene.text[candidate.start : candidate.end].lower()
        records = longer.get(text.removesuffix("s"), set())
        if candidate.type is EntityType.WEAPON and len(records) == 1 and candidate.rule == "list.weapons":
            shared.append(replace(candidate, record=next(iter(records))))
        else:
            shared.append(candidate)
    return shared


def _has_digit(word: str) -> bool:
    return any(map(str.isdigit, word))


def _find_twins(scene: Scene, standing: list[Candidate]) -> Iterator[Candidate]:
    """Yield the weapon of "72,000 Sig Sauer rifles": the maker's name is the only one that the rifles have."""
    spans = {(c.start, c.end) for c in standing if c.type is EntityType.WEAPON}
    for candidate in standing:
        if candidate.type is not EntityType.FIRM or (candidate.start, candidate.end) in spans:
            continue
        after = scene.after(candidate.end, 4)
        for token in after:
            word = token.text.lower()
            if word.rstrip("s") in scene.words["twin_noun"] and token.text[0].islower():
                yield Candidate(
                    start=candidate.start,
                    end=candidate.end,
                    type=EntityType.WEAPON,
                    form=MentionForm.NAME,
                    rule="pattern.maker-as-weapon",
                    confidence=0.75,
                    is_twin=True,
                )
                break
            if word not in scene.words["noun_filler"] and word != "-":
                break
