"""Named ships ("INS Tarkash", "the frigate Tarkash", later "the Tarkash") and classes ("Nilgiri-class")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from armsgraph.mentions.candidates import Candidate, Tier
from armsgraph.mentions.cues import WeaponCues
from armsgraph.mentions.designations import weapon_candidate
from armsgraph.mentions.scene import any_of
from armsgraph.mentions.senses import is_dateline
from armsgraph.model import EntityType

__all__ = ["find_ships"]

_LIKELY, _FAIR, _WEAK = 0.9, 0.8, 0.65
_CLASS = re.compile(
    r"(?<![\w-])((?:[A-Z][\w'’]*|\d{3})(?:[- ](?:[A-Z][\w'’.]*|\d+\w*)){0,3}?)[- ]([Cc]lass|CLASS)(?![\w-])"
)
_PARTICLES = ("of", "the", "de")


def find_ships(cues: WeaponCues) -> Iterator[Candidate]:
    """Yield ships with a prefix or behind their kind, their bare names elsewhere, and classes."""
    yield from _ships(cues)
    yield from _classes(cues)


def _ships(cues: WeaponCues) -> Iterator[Candidate]:
    scene = cues.scene
    prefixes = any_of(cues.words.cased["ship_prefix"])
    name = r"(?:[A-Z][\w'’.-]*|\d{2,3})(?: (?:de|of|the|[A-Z]\.|[A-Z][\w'’-]*|[IVX]+))*"
    for match in re.finditer(rf"(?<!\w)(?<!\w-)(?:ex-|Ex-)?(?P<ship>(?:{prefixes}) {name})", scene.text):
        start, end = match.span("ship")
        end = start + len(_cut_ship(cues, start, match.group("ship")))
        if scene.is_in_capitals(start, end) or not scene.is_news(start, end):
            continue
        yield weapon_candidate(cues, start, end, "pattern.ship", _LIKELY)
        yield from _bare_ship(cues, scene.text[start:end].partition(" ")[2])
    nouns = "|".join(sorted(cues.words["ship_noun"]))
    for match in re.finditer(
        rf"\b(?:{nouns})s? ((?:[A-Z][a-z][\w'’-]+)(?: [A-Z][a-z][\w'’-]+)?)(?![\w-]|[ -]class)", scene.text
    ):
        if scene.is_news(*match.span(1)) and not cues.is_other(match.group(1)):
            yield weapon_candidate(cues, *match.span(1), "pattern.ship", _WEAK, tier=Tier.LOOSE)


def _cut_ship(cues: WeaponCues, start: int, text: str) -> str:
    """Cut a ship's name behind its prefix and at most three words that the model takes for names."""
    parts = text.split(" ")[:4]
    position = start + len(parts[0]) + 1
    kept = [parts[0]]
    for number, part in enumerate(parts[1:]):
        token = cues.scene.token_at(position)
        if number and token is not None and token.pos in ("VERB", "ADP", "AUX", "DET") and part not in _PARTICLES:
            break
        kept.append(part)
        position += len(part) + 1
    while kept[-1] in _PARTICLES:
        kept.pop()
    return " ".join(kept).rstrip(".'’")


def _bare_ship(cues: WeaponCues, name: str) -> Iterator[Candidate]:
    """Yield the name of a ship without its prefix ("the Tarkash"), never where a place is meant."""
    scene = cues.scene
    if len(name) < 4 or not name[0].isupper() or (cues.is_other(name) and not scene.gazetteer.find(name)):
        return
    for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", scene.text):
        before = scene.word_before(match.start()).lower()
        if before in cues.words["place_preposition"] or not scene.is_news(*match.span()):
            continue
        if scene.gazetteer.find(name, EntityType.STATE) or is_dateline(scene, *match.span()):
            continue
        yield weapon_candidate(cues, *match.span(), "pattern.ship-name", _FAIR)


def _classes(cues: WeaponCues) -> Iterator[Candidate]:
    scene = cues.scene
    for match in _CLASS.finditer(scene.text):
        words = match.group(1)
        first = re.split(r"[ -]", words)[0]
        if first in cues.words.cased["not_class"] or not scene.is_news(*match.span()):
            continue
        start = match.start()
        parts = words.split(" ")
        while len(parts) > 1 and (parts[0].lower() in cues.words["title"] or cues.is_other(parts[0])):
            start += len(parts[0]) + 1
            parts = parts[1:]
        if scene.is_sentence_start(start) and parts[0] in ("The", "A", "An", "In", "Its", "Two", "Three"):
            continue
        yield weapon_candidate(cues, start, match.end(), "pattern.class", _LIKELY)
