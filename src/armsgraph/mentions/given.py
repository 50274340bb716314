"""Persons whose first name is one of the listed people's: "Mark Lorne" beside a listed Mark."""

from __future__ import annotations

import re
from collections.abc import Iterator

from armsgraph.mentions.candidates import Candidate
from armsgraph.mentions.people import cut_person, name_pattern
from armsgraph.mentions.scene import Scene
from armsgraph.model import EntityType

__all__ = ["find_given"]

_FAIR = 0.75
_FEWEST_LETTERS = 3
_NO_FRONT = frozenset({"the", "of", "class", "at", "in", "near", "outside"})
_GOES_ON = re.compile(r"[ -][A-Z&]|[- ]?\d")
_NUMBERED = re.compile(r" [IVX]+\b|\d")


def find_given(scene: Scene) -> Iterator[Candidate]:
    """Yield two or more capitalised words of which the first is a listed person's first name.

    A ship ("the John Finn") has an article, and a firm or site goes on with a capital.
    """
    given = scene.once("given.names", lambda: _given_names(scene))
    for match in scene.pattern("given.pattern", lambda: rf"(?<![\w-]){name_pattern(scene, 1)}").finditer(scene.text):
        if match[1].split(maxsplit=1)[0] not in given or _is_no_person(scene, match.start(), match.end()):
            continue
        for found in cut_person(scene, *match.span(1), "pattern.given", _FAIR, is_loose=True):
            if found.end == match.end(1) or scene.text[found.end : match.end(1)] in ("'s", "’s"):
                yield found


def _is_no_person(scene: Scene, start: int, end: int) -> bool:
    """Say whether what stands around makes it a ship, a site, a byline or a part of a longer name."""
    if scene.word_before(start).lower() in _NO_FRONT or scene.is_in_capitals(start, end):
        return True
    if _GOES_ON.match(scene.text, end) or _NUMBERED.search(scene.text, start, end):
        return True
    is_alone = scene.is_line_start(start) and scene.text[end : end + 1] in ("", "\n")
    return is_alone or "/" in (scene.text[start - 1 : start], scene.text[end : end + 1])


def _given_names(scene: Scene) -> frozenset[str]:
    """Return the first words of the listed people's names that mean nothing else."""
    gazetteer, words = scene.gazetteer, scene.words
    firsts = {name.split()[0] for record in gazetteer.people.values() for name in (record.name,) if " " in name}
    no_names = {w for key in ("not_person", "generic_word", "title", "rank") for w in words.cased[key]}
    return frozenset(
        w
        for w in firsts
        if len(w) >= _FEWEST_LETTERS
        and w not in no_names
        and w.lower() not in words["name_particle"]
        and not gazetteer.state_of_adjective(w)
        and all(r.type is EntityType.PERSON for r in gazetteer.find(w))
    )
