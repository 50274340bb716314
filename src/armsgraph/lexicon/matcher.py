"""Finds every listed name in a text in one pass (Aho-Corasick), with word borders and capitals checked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

import ahocorasick_rs

from armsgraph.lexicon.names import fold_text
from armsgraph.model import EntityType

__all__ = ["NameEntry", "NameHit", "NameMatcher", "NameUse", "fits_capitals"]

_RUNS = re.compile(r"[^\W\d_]+|\d+|[^\w\s]+|_+")
_WORD = re.compile(r"[^\W_]+")
_LONGEST_PREFIX = 5
_MOST_SEAMS = 2
_MINOR_WORDS = re.compile("and|or|of|the|for|de|del|della|da|di|la|le|du|des|al|el|in|bin|a|o|y|e|und|et|en|von|van")


class NameUse(StrEnum):
    """What a listed name is to its record."""

    NAME = "name"
    DEMONYM = "demonym"
    METONYM = "metonym"
    NICKNAME = "nickname"


@dataclass(frozen=True, slots=True, kw_only=True)
class NameEntry:
    """One name of one record, as the list writes it."""

    surface: str
    record: str
    type: EntityType
    use: NameUse


@dataclass(frozen=True, slots=True, kw_only=True)
class NameHit:
    """A listed name in a text: offsets without a plural "s"; `has_plural` says that one follows."""

    start: int
    end: int
    has_plural: bool
    entries: tuple[NameEntry, ...]


class NameMatcher:
    """An automaton over the names of all lists."""

    def __init__(self, entries: Sequence[NameEntry]) -> None:
        patterns: dict[str, list[NameEntry]] = {}
        for entry in entries:
            for variant in _variants(entry):
                patterns.setdefault(variant, []).append(entry)
        self._entries = [tuple(dict.fromkeys(found)) for found in patterns.values()]
        self._automaton = ahocorasick_rs.AhoCorasick(list(patterns), store_patterns=False)

    def find(self, text: str) -> Iterator[NameHit]:
        """Yield every listed name between word borders, also those inside others, by end and length.

        Capitals must fit: a capital in the list's spelling asks for one in the text, and an acronym for all of them.
        """
        folded = fold_text(text)
        for number, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            if start and _is_word(folded[start - 1]) and _is_word(folded[start]):
                continue
            has_plural = False
            if end < len(folded) and _is_word(folded[end]):
                if folded[end] != "s" or (end + 1 < len(folded) and _is_word(folded[end + 1])):
                    continue
                has_plural = True
            written = text[start:end]
            fitting = tuple(e for e in self._entries[number] if fits_capitals(e.surface, written))
            if fitting:
                yield NameHit(start=start, end=end, has_plural=has_plural, entries=fitting)


def fits_capitals(surface: str, written: str) -> bool:
    """Say whether the capitals of `written` are those of the listed `surface`, or all letters are capitals."""
    if written == surface or (written.isupper() and len(written) > 1):
        return True
    listed, seen = _WORD.findall(surface), _WORD.findall(written)
    if len(listed) != len(seen):
        listed, seen = ["".join(listed)], ["".join(seen)]
    for want, have in zip(listed, seen, strict=True):
        if want == have or _MINOR_WORDS.fullmatch(want):
            continue
        if want.isupper() and len(want) <= _LONGEST_PREFIX:
            # "NASAMS" may be written "Nasams", "US" may not be written "us" or "Us"
            if not (have.isupper() or (len(want) >= _LONGEST_PREFIX and have[0].isupper())):
                return False
        elif want[0].isupper() and not have[0].isupper():
            return False
    return True


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _variants(entry: NameEntry) -> Iterator[str]:
    folded = " ".join(fold_text(entry.surface).split())
    if entry.type is not EntityType.WEAPON:
        yield folded
        if "&" in folded:
            yield folded.replace(" & ", " and ").replace("&", "and")
        return
    yield from _designations(folded)


def _designations(folded: str) -> Iterator[str]:
    """Yield the spellings of a designation: "ak 203" and "ak203", "su 30mki" and "su 30 mki"."""
    parts: list[str] = []
    seams: list[tuple[int, str]] = []
    position = 0
    for match in _RUNS.finditer(folded):
        gap = folded[position : match.start()]
        if parts:
            before, after = parts[-1], match.group()
            short = before if before.isalpha() else after
            is_seam = before.isdigit() != after.isdigit() and short.isalpha() and len(short) <= _LONGEST_PREFIX
            if is_seam and gap in ("", " ") and (before + after).isalnum():
                seams.append((len(parts), gap))
                gap = "\0"
            parts.append(gap)
        parts.append(match.group())
        position = match.end()
    tail = folded[position:]
    if len(seams) > _MOST_SEAMS:
        seams = seams[:_MOST_SEAMS]
        yield folded
    for choice in product(("", " "), repeat=len(seams)):
        chosen = list(parts)
        for (index, _), gap in zip(seams, choice, strict=True):
            chosen[index] = gap
        yield "".join(chosen).replace("\0", "") + tail
