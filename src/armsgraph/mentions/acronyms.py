"""Short names in brackets behind long ones: "Hindustan Aeronautics Limited (HAL)", "Fleet Support Ships (FSS)"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from armsgraph.mentions.candidates import Candidate, Tier
from armsgraph.mentions.scene import Scene
from armsgraph.model import EntityType, MentionForm

__all__ = ["find_acronyms"]

_SURE, _LIKELY = 0.93, 0.88
_BRACKET = re.compile(r" ?\((?:the )?[\"“'‘]?([A-Z][A-Za-z&./-]{1,9}?|[A-Z]+\d?)(s)?[\"”'’]?\)")
_SMALL = re.compile(r"of|and|the|for|to|in|on|de|du|des|di|&|a", re.IGNORECASE)
_WORD = re.compile(r"[\w'’.]+")
_MOST_EXTRA = 4
_REACH = 120


def find_acronyms(scene: Scene, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield acronyms that the text defines, where they are defined and wherever they stand again.

    An acronym behind a mention takes its type and record. Behind a description whose last word is a class noun it is
    a weapon, and so is the description.
    """
    by_end: dict[int, Candidate] = {}
    for candidate in candidates:
        if candidate.type is None or candidate.form is not MentionForm.NAME:
            continue
        known = by_end.get(candidate.end)
        if known is None or (candidate.tier, candidate.start) < (known.tier, known.start):
            by_end[candidate.end] = candidate
    defined: dict[str, Candidate] = {}
    for match in _BRACKET.finditer(scene.text):
        short = match.group(1)
        if not scene.is_news(*match.span()) or sum(map(str.isupper, short)) < 2:
            continue
        if short in scene.words.cased["not_acronym"] or _is_state(scene, short):
            continue
        long = by_end.get(match.start())
        if long is not None and long.type is not EntityType.STATE and long.type is not EntityType.PLACE:
            words = scene.text[long.start : long.end]
            if _fits(short, words) or long.type in (EntityType.FIRM, EntityType.GOVERNMENT_BODY):
                defined.setdefault(short, long)
                continue
        described = _described(scene, match.start(), short + (match.group(2) or ""))
        if described is not None:
            yield described
            defined.setdefault(short, described)
    for short, long in sorted(defined.items()):
        plural = "s?" if long.type is EntityType.WEAPON else ""
        for match in re.finditer(rf"(?<![\w-]){re.escape(short)}{plural}(?![\w]|-\d)", scene.text):
            if scene.is_news(*match.span()):
                yield replace(
                    long,
                    start=match.start(),
                    end=match.end(),
                    rule="pattern.acronym",
                    confidence=_LIKELY,
                    tier=Tier.NAMED,
                    is_twin=False,
                )


def _is_state(scene: Scene, short: str) -> bool:
    return any(r.type is EntityType.STATE for r in scene.gazetteer.find(short))


def _described(scene: Scene, end: int, short: str) -> Candidate | None:
    """Return the description in front of an acronym, if its words give the letters."""
    words = list(_WORD.finditer(scene.text, max(end - 120, 0), end))
    letters = [c.lower() for c in short if c.isalpha() and (c.isupper() or c != "s")]
    for count in range(2, min(len(words), len(letters) + _MOST_EXTRA) + 1):
        phrase = words[-count:]
        text = scene.text[phrase[0].start() : end]
        if re.search(r"[.;:!?()\n,]", text):
            return None
        if not _fits(short, text) or phrase[0].group()[0].lower() != letters[0] or _SMALL.fullmatch(phrase[0].group()):
            continue
        kind = _kind(scene, text)
        if kind is None:
            return None
        start = phrase[0].start()
        return Candidate(start=start, end=end, type=kind, rule="pattern.described", confidence=_SURE)
    return None


def _fits(short: str, long: str) -> bool:
    """Say whether the letters of an acronym are the initials of the words, in order, most words used."""
    letters = "".join(c for c in short.lower().removesuffix("s") if c.isalnum()) if len(short) > 2 else short.lower()
    parts = [w for w in re.split(r"[\s/&-]+", long) if w]
    initials = "".join(p[0].lower() for p in parts if p[0].isalnum() and not _SMALL.fullmatch(p))
    every = "".join(p[0].lower() for p in parts if p[0].isalnum())
    full = "".join(c for c in short.lower() if c.isalnum())
    if full in (initials, every) or letters in (initials, every):
        return True
    if not parts or full[:1] != parts[0][0].lower():
        return False
    return _in_order(full, parts)


def _in_order(letters: str, parts: list[str]) -> bool:
    """Say whether the letters run through the words, at least one in all but the small words."""
    position = 0
    for part in parts:
        if position == len(letters):
            return all(_SMALL.fullmatch(p) for p in parts[parts.index(part) :])
        if part[0].lower() != letters[position]:
            if _SMALL.fullmatch(part) or part[0].isdigit():
                continue
            return False
        rest = part.lower()
        at = 0
        while position < len(letters):
            found = rest.find(letters[position], at)
            if found < 0 or (found and at == 0):
                break
            following = [p for p in parts[parts.index(part) + 1 :] if not _SMALL.fullmatch(p)]
            if (
                at
                and following
                and following[0][0].lower() == letters[position]
                and len(letters) - position <= len(following)
            ):
                break
            at = found + 1
            position += 1
    return position == len(letters)


def _kind(scene: Scene, text: str) -> EntityType | None:
    words = text.split()
    last = words[-1].strip(".,'’")
    cased = scene.words.cased
    if any(w in cased["strong_body_head"] for w in words):
        return EntityType.GOVERNMENT_BODY
    if any(f in text for f in cased["force_word"]):
        return EntityType.ARMED_FORCE
    if scene.is_class_noun(last):
        return EntityType.WEAPON
    if last in cased["legal_form"] or (last in cased["firm_head"] and text[0].isupper()):
        return None if last == "Systems" else EntityType.FIRM
    lower = last.lower()
    if lower in scene.words["not_described"] or any(w.lower() in scene.words["not_described"] for w in words):
        return None
    if (
        scene.is_class_noun(lower)
        or any(scene.is_class_noun(w) for w in words)
        or lower in scene.words["described_head"]
    ):
        return EntityType.WEAPON
    return None
