"""Places that no list has: bases and airports, "Town, State"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from armsgraph.mentions.candidates import Candidate
from armsgraph.mentions.scene import Scene, any_of
from armsgraph.model import EntityType

__all__ = ["find_places"]

_LIKELY, _FAIR = 0.9, 0.8
_CAP = r"[A-ZÀ-ÞİŞĞ][\w'’.-]*[\w]"


def find_places(scene: Scene) -> Iterator[Candidate]:
    """Yield facilities and towns before their state."""
    yield from _facilities(scene)
    yield from _towns(scene)


def _facilities(scene: Scene) -> Iterator[Candidate]:
    words = scene.words
    heads = any_of(words.cased["facility"])
    fronts = any_of(words.cased["facility_front"])
    for pattern in (
        rf"(?<![\w-])((?:{_CAP} (?:bin |ibn |de |da |al )?){{1,3}}?)(?:{heads})(?![\w-])",
        r"(?<![\w-])(\d{1,3}(?:st|nd|rd|th) )(?:Air Force Base|[Aa]ir [Bb]ase|Airbase|airbase)(?![\w-])",
        rf"(?<![\w-])(?:{fronts}) ((?:{_CAP})(?:[ -]{_CAP})?)(?![\w-])",
    ):
        for match in re.finditer(pattern, scene.text):
            start, end = match.span()
            first = match.group(1).split()[0]
            # "Said bin Sultan" is a name
            if first in words.cased["firm_opener"] and not match.group(1).startswith(f"{first} bin "):
                start += len(first) + 1
                if not scene.text[start:end].split()[1:]:
                    continue
            generic = match.group(1).split()
            if all(w in words.cased["generic_word"] or scene.gazetteer.state_of_adjective(w) for w in generic):
                continue
            if scene.is_news(start, end) and not scene.is_in_capitals(start, end):
                yield _place(start, end, "pattern.facility", _FAIR)


def _towns(scene: Scene) -> Iterator[Candidate]:
    """Yield both names of "Cincinnati, Ohio", "Lynn, Mass.", "Owego, NY"."""
    gazetteer, words = scene.gazetteer, scene.words
    short = set(words.cased["us_state_abbreviation"])
    codes = set(words.cased["us_state_code"])
    for match in re.finditer(
        rf"(?<![\w-])({_CAP}(?: {_CAP}){{0,2}})(?=, ({_CAP}\.?(?: {_CAP}){{0,2}}\.?))", scene.text
    ):
        region = match.group(2)
        options = [region, " ".join(region.split()[:2]), region.split()[0]]
        found = None
        for option in options:
            if option in short or option.rstrip(".") in codes or option + "." in short:
                found = option if option in short or option in codes else option + "."
                break
            records = gazetteer.find(option, EntityType.PLACE)
            if any(getattr(r, "kind", "") == "federal state" for r in records):
                found = option.rstrip(".")
                break
        if found is None or not scene.is_news(*match.span()):
            continue
        found = found if scene.text.startswith(found, match.start(2)) else found.rstrip(".")
        region_end = match.start(2) + len(found)
        start, end = match.span(1)
        previous = scene.word_before(start)
        town = scene.text[start:end]
        while (" " in town) and town.split()[0] in words.cased["firm_opener"]:
            start += len(town.split()[0]) + 1
            town = scene.text[start:end]
        is_place = gazetteer.find(town, EntityType.PLACE) or previous.lower() in (
            "in",
            "at",
            "near",
            "from",
            "of",
            "to",
            ",",
            "and",
            "(",
            ";",
            ")",
        )
        if gazetteer.state_of_adjective(town) or not is_place:
            continue
        known = gazetteer.find(town, EntityType.PLACE)
        if any(r.type in (EntityType.FIRM, EntityType.PERSON) for r in gazetteer.find(town)) and not known:
            continue
        if re.search(r"\b(?:Inc|Corp|Co|Ltd|LLC|Jr)\.?$", town):
            continue
        # "Oshkosh Defense LLC, Oshkosh, Wisconsin": the town, not the firm that is named after it
        confidence = _LIKELY if known and previous == "," else _FAIR
        yield _place(start, end, "pattern.town", confidence, record=known[0].id if len(known) == 1 else None)
        records = gazetteer.find(found, EntityType.PLACE)
        yield _place(match.start(2), region_end, "pattern.region", _LIKELY, record=records[0].id if records else None)


def _place(start: int, end: int, rule: str, confidence: float, *, record: str | None = None) -> Candidate:
    return Candidate(start=start, end=end, type=EntityType.PLACE, rule=rule, confidence=confidence, record=record)
