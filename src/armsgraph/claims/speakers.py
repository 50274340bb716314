"""How much weight the speaker of a claim has."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import cache

from armsgraph.lexicon import read_table
from armsgraph.model import EntityType, Evidence, Extraction

__all__ = ["Attribution", "attribution", "official_ids", "person_ids"]

_WORD = re.compile(r"\w+")
_OFFICIAL_TYPES = {
    EntityType.STATE,
    EntityType.GOVERNMENT_BODY,
    EntityType.ARMED_FORCE,
    EntityType.INTERNATIONAL_ORGANISATION,
}


class Attribution(IntEnum):
    """Who says it, the weightiest first."""

    OFFICIAL = 0
    NAMED = 1
    WRITER = 2


def official_ids(extraction: Extraction) -> frozenset[str]:
    """Return the entities that speak with authority: states, bodies, forces, organisations, holders of an office."""
    found = {e.id for e in extraction.entities.entities if e.type in _OFFICIAL_TYPES}
    return frozenset(found | {t.person_id for t in extraction.entities.tenures})


def person_ids(extraction: Extraction) -> frozenset[str]:
    """Return the persons and firms that can be quoted by name."""
    return frozenset(e.id for e in extraction.entities.entities if e.type in {EntityType.PERSON, EntityType.FIRM})


def attribution(evidence: Evidence, officials: frozenset[str], named: frozenset[str]) -> Attribution:
    """Return the weight of the speaker; nameless sources weigh no more than the writer."""
    if evidence.speaker_id in officials:
        return Attribution.OFFICIAL
    classes = {_speaker_words().get(w) for w in _WORD.findall((evidence.speaker or "").lower())}
    if "unnamed" in classes:
        return Attribution.WRITER
    if "official" in classes:
        return Attribution.OFFICIAL
    return Attribution.NAMED if evidence.speaker_id in named else Attribution.WRITER


@cache
def _speaker_words() -> dict[str, str]:
    """Words of `data/speakers.tsv` with their class. Read once; the file is shipped and never changes in a run."""
    return {row["word"]: row["class"] for row, _ in read_table("speakers.tsv", ("word", "class", "source"))}
