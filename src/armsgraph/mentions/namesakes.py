"""Firms that bear the name of a weapon: "Kestrel, a unit of Ostra Group" speaks of the firm."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from armsgraph.mentions.candidates import Candidate
from armsgraph.mentions.scene import Scene, any_of
from armsgraph.model import EntityType

__all__ = ["find_namesakes"]

_BEFORE = 24


def find_namesakes(scene: Scene, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield the candidates, those for a weapon that the words around call a firm as a firm."""
    behind = scene.pattern("namesakes.behind", lambda: _behind(scene))
    front = scene.pattern("namesakes.front", lambda: rf"(?:{any_of(scene.words['namesake_noun'])}) $")
    for candidate in candidates:
        is_firm = candidate.type is EntityType.WEAPON and (
            behind.match(scene.text, candidate.end) is not None
            or front.search(scene.text[max(candidate.start - _BEFORE, 0) : candidate.start]) is not None
        )
        yield (
            replace(candidate, type=EntityType.FIRM, rule="pattern.namesake", record=None, is_twin=False)
            if is_firm
            else candidate
        )


def _behind(scene: Scene) -> str:
    """Return what follows the name of a firm: ", part of Ostra", ", the joint venture between", ", the maker in Kiel"."""
    whose = r"(?:part|unit|arm|division|subsidiary|affiliate|joint venture|consortium) (?:of|between) (?:the )?[A-ZÀ-Þ]"
    makes = r"(?:maker|manufacturer|shipbuilder|company|firm) (?:of the same name|in [A-ZÀ-Þ]|of [A-ZÀ-Þ]|based in)"
    return (
        r"(?: \([^()\n]{1,40}\))?,(?: which is| now)?(?: an?| the)?(?: (?!of |and )[\w'’-]+){0,3}? "
        rf"(?:{whose}|{makes})"
    )
