"""Named ships ("INS Tarkash", "the frigate Tarkash", later "the Tarkash") and classes ("Nilgiri-class")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from armsgraph.mentions.candidates import Candidate, Tier
from armsgraph.mentions.cues import WeaponCues, is_count
from armsgraph.mentions.designations import weapon_candidate
from armsgraph.mentions.scene import any_of
from armsgraph.mentions.senses import is_dateline
from armsgraph.model import EntityType

__all__ = ["find_ships"]

_LIKELY, _NAMESAKE, _FAIR, _WEAK = 0.9, 0.91, 0.8, 0.65
_BEFORE_WATERS = frozenset({"of", "between", "across", "through", "from"})
_WORD = r"[A-ZÀ-ÞİŞŁŚŽČŠ][a-zà-ÿ][\w'’-]+"
_SHIP = rf"{_WORD}(?: (?:(?:de|del|da|do|dos|la|al|el|e) )?{_WORD}){{0,2}}"
_CLASS = re.compile(
    r"(?<![\w-])((?:[A-Z][\w'’]*|\d{3})(?:[- ](?:(?:da|de|del|di|do|dos|the) )?(?:[A-Z][\w'’.]*|\d+\w*)){0,3}?)(?:[- ](?:[Cc]lass|CLASS)|-type)(?![\w-])"
)
_PARTICLES = ("of", "the", "de", "del", "da", "do", "dos", "la", "las", "los", "al", "e", "y")
_PARTICLE = "|".join(_PARTICLES)


def find_ships(cues: WeaponCues) -> Iterator[Candidate]:
    """Yield ships with a prefix or behind their kind, their bare names elsewhere, and classes."""
    yield from _ships(cues)
    yield from _sisters(cues)
    yield from _quoted(cues)
    yield from _unlisted(cues)
    yield from _classes(cues)


def _ships(cues: WeaponCues) -> Iterator[Candidate]:
    scene = cues.scene
    prefixes = any_of(cues.words.cased["ship_prefix"])
    name = rf"(?:[A-ZÀ-Þ][\w'’-]*|\d{{2,3}})(?: (?:(?:{_PARTICLE})(?!\w)|[A-Z]\.|[A-ZÀ-Þ][\w'’-]*|[IVX]+))*"
    for match in re.finditer(rf"(?<!\w)(?<!\w-)(?:ex-|Ex-)?(?P<ship>(?:{prefixes}) {name})", scene.text):
        start, end = match.span("ship")
        end = start + len(_cut_ship(cues, start, match.group("ship")))
        if scene.is_in_capitals(start, end) or not scene.is_news(start, end):
            continue
        yield weapon_candidate(cues, start, end, "pattern.ship", _LIKELY)
        yield from _bare_ship(cues, scene.text[start:end].partition(" ")[2])
        # "HNLMS Orka and Zwaardvis": the prefix is said once
        if (second := re.compile(rf" and ({_SHIP})(?= [a-z]|[.,;)])").match(scene.text, end)) and not cues.is_other(
            second[1]
        ):
            yield weapon_candidate(cues, *second.span(1), "pattern.ship", _FAIR)
    nouns = "|".join(sorted(cues.words["ship_noun"]))
    for match in re.finditer(
        rf"\b(?:{nouns})s? ((?:(?:El|Al|D\.|La|Le) )?{_WORD}(?: {_WORD}){{0,2}}(?: [IVX]+)?)(?![\w-]|[ -]class)",
        scene.text,
    ):
        if not scene.is_news(*match.span(1)):
            continue
        if not cues.is_other(match.group(1)):
            yield weapon_candidate(cues, *match.span(1), "pattern.ship", _WEAK, tier=Tier.LOOSE)
        elif _bears_name_of_place(cues, match):
            yield weapon_candidate(cues, *match.span(1), "pattern.ship", _NAMESAKE)


def _sisters(cues: WeaponCues) -> Iterator[Candidate]:
    """Yield ships by what is said of them: "her sister Khaibar", "the first, the Kimon,", "christened Smeli"."""
    scene = cues.scene
    nouns = "|".join(sorted(cues.words["ship_noun"]))
    name = r"((?:[A-ZÀ-Þ][a-zà-ÿ][\w'’-]+)(?: (?:(?:de|del|da|do|dos|la|al|el|e) )?[A-ZÀ-Þ][\w'’-]+){0,2})(?![\w-]|[ -]class)"
    for pattern in (
        rf"\b(?:[Hh]er|[Ii]ts|[Tt]he|[Tt]heir) sister(?:[ -]ships?|[ -]vessels?|s)?,? (?:the )?{name}",
        rf"\b(?:first|second|third|fourth|fifth|last|lead|latest) (?:(?:of \w+ )?(?:{nouns})s?|of the (?:\w+ )?(?:class|series|trio|pair|batch)"
        rf"|(?:of (?:them|these|the \w+)))?,? (?:named |called |christened |the ){name}",
        rf"\b(?:[Tt]he|[Ii]ts|[Tt]heir|a|and the) (?:first|second|third|fourth|fifth|last|lead|latest|other)(?: (?:{nouns}))?, (?:the )?{name}(?=,)",
        rf"\b(?:christened|rechristened|baptised|baptized|bears the name(?: of)?|was named|been named|is named|to be named) (?:the )?{name}",
    ):
        for match in re.finditer(pattern, scene.text):
            sentence = scene.sentence_at(match.start())
            if sentence is None or not scene.is_news(*match.span(1)) or cues.is_other(match.group(1)):
                continue
            if not scene.gazetteer.find(match.group(1)) and _speaks_of_ships(cues, match.start()):
                yield weapon_candidate(cues, *match.span(1), "pattern.ship-name", _WEAK, tier=Tier.LOOSE)
                yield from _bare_ship(cues, match.group(1))


def _quoted(cues: WeaponCues) -> Iterator[Candidate]:
    """Yield ships named in quotes, as much of the press does: "the "Walo" and the "Niani""."""
    scene = cues.scene
    front = r"(?:\b(?:[Tt]he|and|or|like|bought|called|named|renamed|is|was|[Tt]he former|becomes?) |[,;] )"
    for match in re.finditer(rf"{front}[\"“„«]({_SHIP}(?: [IVX]+)?)[\"”»]", scene.text):
        if not scene.is_news(*match.span(1)) or cues.is_other(match[1]) or not _speaks_of_ships(cues, match.start()):
            continue
        yield weapon_candidate(cues, *match.span(1), "pattern.ship-name", _WEAK, tier=Tier.LOOSE)


def _unlisted(cues: WeaponCues) -> Iterator[Candidate]:
    """Yield "the Kimon" and "the Nearchos and the Formion" in a paragraph about ships, if no list knows the name."""
    scene = cues.scene
    ends: set[int] = set()
    for match in re.finditer(
        rf"(?<![\w-])[Tt]he ({_SHIP})(?= (?:and the|[a-z]+s|will|was|came|went|had|sank) |[,;:.])", scene.text
    ):
        start, end = match.span(1)
        before = scene.word_before(match.start()).lower()
        if before in cues.words["place_preposition"] or before in _BEFORE_WATERS or not scene.is_news(start, end):
            continue
        if before == "and" and match.start() - len(" and ") not in ends:
            continue
        if _may_be_ship(cues, match[1]) and all(t.pos == "PROPN" for t in scene.tokens_of(start, end)):
            if _speaks_of_ships(cues, start):
                ends.add(end)
                yield weapon_candidate(cues, start, end, "pattern.ship-name", _WEAK, tier=Tier.LOOSE)


def _may_be_ship(cues: WeaponCues, name: str) -> bool:
    """Say whether a name is on no list and holds no word of an office or of the language."""
    words, gazetteer = cues.words, cues.scene.gazetteer
    barred = words["title"] | words["office_word"] | words["no_town"]
    return not any(cues.is_other(w) or gazetteer.find(w) or w.lower() in barred for w in name.split())


def _speaks_of_ships(cues: WeaponCues, offset: int) -> bool:
    """Say whether the paragraph around an offset names a kind of ship."""
    scene = cues.scene
    start, end = scene.text.rfind("\n", 0, offset) + 1, scene.text.find("\n", offset)
    around = scene.text[start : end if end >= 0 else len(scene.text)].lower()
    return any(w.rstrip("s") in cues.words["ship_noun"] for w in re.findall(r"[a-z]+", around))


def _bears_name_of_place(cues: WeaponCues, match: re.Match[str]) -> bool:
    """Say whether a ship is meant that is named like a town: "the corvette Lübeck", not "a frigate Karachi built"."""
    scene = cues.scene
    found = scene.gazetteer.find(match.group(1))
    if not found or any(r.type is not EntityType.PLACE for r in found):
        return False
    first = scene.token_at(match.start())
    before = scene.word_before(match.start()).lower()
    return (
        first is not None
        and first.text.islower()
        and not match.group().split()[0].endswith("s")
        and before
        not in (
            "a",
            "an",
        )
    )


def _cut_ship(cues: WeaponCues, start: int, text: str) -> str:
    """Cut a ship's name behind its prefix and at most three words that the model takes for names."""
    parts = text.split(" ")[:5]
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
        if owner := re.match(r".*['’]s? ", words):
            start += owner.end()
            parts = words[owner.end() :].split(" ")
        while len(parts) > 1 and (
            parts[0].lower() in cues.words["title"] or cues.is_other(parts[0]) or is_count(parts[0])
        ):
            start += len(parts[0]) + 1
            parts = parts[1:]
        if scene.is_sentence_start(start) and parts[0] in ("The", "A", "An", "In", "Its", "Two", "Three"):
            continue
        yield weapon_candidate(cues, start, match.end(), "pattern.class", _LIKELY)
