"""Firms by the company they keep: "Aselsan, Roketsan and Orvento" names three firms, though no list has the third."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from armsgraph.mentions.candidates import Candidate, Tier
from armsgraph.mentions.scene import Scene
from armsgraph.model import EntityType

__all__ = ["find_firm_rows"]

_WEAK = 0.7
_JOINT = re.compile(r",? and | & |, |,? or ")
_NAME = re.compile(
    r"[A-ZÀ-Þ][\w&-]+(?: [A-ZÀ-Þ][\w&-]*){0,2}(?=[.,;)]| and | or | for | at | to | in | will | have |$)", re.MULTILINE
)
# How many firms make a row.
_ROW = 2
_SHORTEST = 3


def find_firm_rows(scene: Scene, standing: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield the names that go on a row of firms and are nothing else that is known.

    Args:
        standing: The candidates that stand, by position.
    """
    starts = {c.start: c for c in standing}
    row, end = 0, -1
    for candidate in standing:
        if candidate.type is not EntityType.FIRM or candidate.start < end:
            continue
        joint = _JOINT.fullmatch(scene.text, end, candidate.start) if 0 <= end < candidate.start else None
        row, end = (row + 1 if joint is not None else 1), candidate.end
        if row >= _ROW:
            yield from _behind(scene, end, starts)


def _behind(scene: Scene, end: int, starts: dict[int, Candidate]) -> Iterator[Candidate]:
    while (joint := _JOINT.match(scene.text, end)) is not None:
        name = _NAME.match(scene.text, joint.end())
        if name is None or not _may_be_firm(scene, *name.span(), starts):
            return
        yield Candidate(
            start=name.start(),
            end=name.end(),
            type=EntityType.FIRM,
            rule="pattern.firm-row",
            confidence=_WEAK,
            tier=Tier.LOOSE,
        )
        end = name.end()


def _may_be_firm(scene: Scene, start: int, end: int, starts: dict[int, Candidate]) -> bool:
    """Say whether a name is long enough, and nothing else by its words, the lists or what stands there."""
    name = scene.text[start:end]
    if len(name) < _SHORTEST or not scene.is_news(start, end) or any(start <= s < end for s in starts):
        return False
    cased, words = scene.words.cased, name.split()
    barred = ("generic_word", "not_person", "firm_opener", "calendar", "force_word", "before_number")
    if any(w in cased[key] for w in words for key in barred) or any(w.lower() in scene.words["title"] for w in words):
        return False
    if any(scene.gazetteer.state_of_adjective(w) for w in (name, *words)):
        return False
    found = scene.gazetteer.find(name)
    return all(r.type is EntityType.FIRM for r in found) and all(t.pos == "PROPN" for t in scene.tokens_of(start, end))
