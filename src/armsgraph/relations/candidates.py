"""A relation before it is settled, and how sure the words around it make it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from armsgraph.lexicon.relations import RelationLexicon
from armsgraph.model import EncounterKind, Mention, Modality, Span

__all__ = ["Candidate", "Hedges"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One match of one rule.

    Attributes:
        predicate: Local name of the ontology; None when only an encounter is told.
        span: Shortest stretch of the document that says it.
        sentence: Index of its sentence, -1 when the parse has none there.
        is_resolved_reference: A pronoun or "the guns" stood for one of the two.
        is_abroad: Counts only for a person who is in another state than his own.
    """

    predicate: str | None
    encounter: EncounterKind | None
    rule: str
    subject: Mention
    object: Mention
    span: Span
    sentence: int
    modality: Modality
    confidence: float
    is_resolved_reference: bool = False
    is_abroad: bool = False


class Hedges:
    """Reads modality off the words of a clause."""

    def __init__(self, lexicon: RelationLexicon) -> None:
        self._patterns = [
            (modality, re.compile(r"(?<!\w)(?:" + "|".join(sorted(lexicon.words[key])) + r")(?!\w)", re.IGNORECASE))
            for modality, key in (
                (Modality.DENIED, "denied"),
                (Modality.EXPECTED, "expected"),
                (Modality.PLANNED, "planned"),
            )
        ]

    def read(self, words: str) -> Modality:
        """Return how a clause is said: denied before expected before planned, else asserted."""
        for modality, pattern in self._patterns:
            if pattern.search(words):
                return modality
        return Modality.ASSERTED
