"""Weapons that no list has: designations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from armsgraph.lexicon.names import weapon_key
from armsgraph.mentions.candidates import Candidate, Tier
from armsgraph.mentions.cues import WeaponCues
from armsgraph.model import EntityType

__all__ = ["VARIANT", "find_designations", "weapon_candidate"]

_LIKELY, _FAIR, _WEAK = 0.9, 0.8, 0.65
VARIANT = re.compile(
    r"(?:[ -](?:Mk|MK|Mark)\.?[ -]?(?:\d{1,2}|[IVX]{1,4})[A-Z]?|[ -](?:II|III|IV|VI{0,3}|IX|X)(?![\w-])"
    r"| Block[ -]?(?:\d+\w*|[IVX]+)(?:/\d+)?|[ -]Batch[- ]?(?:\d+|[IVX]+)"
    r"|-(?:[A-Z]{1,2}|[A-Z]\d{3})(?![\w-])| NG(?!\w)|/(?:[A-Z]|\d{2})(?![\w/-])"
    r"| (?:FGR|GR|T|HM|HMA|HC|AH|AS|KC|MRA|HAR)\.?\d{1,2}[A-Z]?(?=s?(?![\w-]))"
    r"| F4(?!\w)| [1-9]\d?(?:[A-Z]{1,2}\d?|\d)?(?![\w.,%-]| ?(?:mm|MM|km|per|million|billion)))+"
)
_NICKNAME = re.compile(r" [A-Z][a-z]{2,}[a-rt-z](?! [A-Z])(?!\w)")


def find_designations(cues: WeaponCues) -> Iterator[Candidate]:
    """Yield designations beside a cue or in a sentence about a deal."""
    yield from _designations(cues)


def _designations(cues: WeaponCues) -> Iterator[Candidate]:
    scene = cues.scene
    starts = {hit.start: hit for hit in sorted(cues.hits, key=lambda h: h.end)}
    seen: list[tuple[int, int, bool]] = []
    for pattern in cues.words.patterns["designation_pattern"]:
        for match in pattern.finditer(scene.text):
            start, end = match.span()
            text = match.group()
            if not scene.is_news(start, end) or cues.is_stopped(start, text):
                continue
            if scene.word_after(end).lower() in cues.words["scale_word"]:
                continue
            joined = starts.get(end + 1) if scene.text[end : end + 1] == " " else None
            if joined and re.search(r"[a-z]{3}", scene.text[joined.start : joined.end]):
                end = joined.end
            elif not joined and (named := _NICKNAME.match(scene.text, end)) and _is_nickname(cues, named):
                end = named.end()
            variant = VARIANT.match(scene.text, end)
            if variant and ("k" in variant.group().lower() or variant.group()[0] == "/"):
                end = variant.end()
            cue = cues.has_cue(start, cues.plural_end(end)) or cues.is_traded(start, end) or _is_owned(cues, start, end)
            seen.append((start, end, cue or (joined is not None and end == joined.end)))
    keys = {weapon_key(scene.text[s:e]) for s, e, cue in seen if cue}
    for start, end, cue in seen:
        licensed = weapon_key(scene.text[start:end]) in keys
        deal = cues.is_among_arms(start) and len(_digits(scene.text[start:end])) > 1
        if not (cue or licensed or deal):
            continue
        known = scene.gazetteer.find(scene.text[start:end], EntityType.WEAPON)
        yield Candidate(
            start=start,
            end=cues.plural_end(end),
            type=EntityType.WEAPON,
            record=known[0].id if len(known) == 1 else None,
            rule="pattern.designation",
            confidence=_LIKELY if cue or licensed else _WEAK,
        )


def _is_nickname(cues: WeaponCues, named: re.Match[str]) -> bool:
    """Say whether the capitalised word behind a designation is its name ("the HPT-32 Deepak, which")."""
    scene, word = cues.scene, named.group().strip()
    if cues.is_other(word) or word in scene.words.cased["calendar"]:
        return False
    token = scene.token_at(named.end() - 1)
    return cues.class_noun_after(named.end()) is not None or (token is not None and token.pos == "PROPN")


def _is_owned(cues: WeaponCues, start: int, end: int) -> bool:
    """Say whether it is "its own CHD620" or a plural with an owner or adjective before it: "its F-16As", "worn LCM-8s"."""
    if cues.scene.word_before(start) == "own":
        return True
    if cues.plural_end(end) == end or not any(map(str.isalpha, cues.scene.text[start:end])):
        return False
    before = cues.scene.before(start, 1)
    if not before or before[0].text in ("'s", "’s"):
        return bool(before)
    return before[0].pos in ("DET", "PRON", "ADJ") or before[0].tag in ("VBN", "VBG", "PRP$", "POS")


def weapon_candidate(
    cues: WeaponCues, start: int, end: int, rule: str, confidence: float, *, tier: int = Tier.NAMED
) -> Candidate:
    """Return a candidate with the record of the list, if exactly one fits."""
    known = cues.scene.gazetteer.find(cues.scene.text[start:end], EntityType.WEAPON)
    return Candidate(
        start=start,
        end=end,
        type=EntityType.WEAPON,
        record=known[0].id if len(known) == 1 else None,
        rule=rule,
        confidence=confidence,
        tier=tier,
    )


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())
