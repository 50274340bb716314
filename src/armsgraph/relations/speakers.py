"""Who says a sentence: "X said", "according to X"."""

from __future__ import annotations

from armsgraph.lexicon.relations import RelationLexicon
from armsgraph.model import Document, Evidence, Mention, Parse, Span
from armsgraph.relations.candidates import Candidate
from armsgraph.relations.masking import Masked

__all__ = ["Speakers"]

_REFERENCE_DISCOUNT = 0.8


class Speakers:
    """Speakers by sentence, looked up when a fact needs one."""

    def __init__(self, document: Document, masked: Masked, parse: Parse, lexicon: RelationLexicon) -> None:
        self._document = document
        self._masked = masked
        self._parse = parse
        self._lexicon = lexicon

    def evidence(self, candidate: Candidate, span: Span | None = None) -> Evidence:
        """Return the evidence of a candidate, for a narrower span if given, with its speaker."""
        speaker, speaker_id = self._speaker(candidate.sentence, candidate.span)
        confidence = candidate.confidence * min(candidate.subject.confidence, candidate.object.confidence)
        if candidate.is_resolved_reference:
            confidence *= _REFERENCE_DISCOUNT
        return Evidence(
            span=span or candidate.span,
            rule=f"relation.{candidate.rule}",
            confidence=round(confidence, 4),
            modality=candidate.modality,
            speaker=speaker,
            speaker_id=speaker_id,
        )

    def _speaker(self, sentence: int, fact: Span) -> tuple[str | None, str | None]:
        """Return words and entity of the speaker, whose words must lie outside the fact."""
        span = self._parse.sentences[sentence].span
        low, high = self._masked.stretch(span)
        if not self._lexicon.says.search(self._masked.text, low, high):
            return None, None
        for pattern in self._lexicon.speech:
            for match in pattern.finditer(self._masked.text, low, high):
                said = self._masked.span(*match.span("speaker"))
                if said.overlaps(fact):
                    continue
                mention = self._named_last(*match.span("speaker"))
                return self._document.quote(said), mention.entity_id if mention else None
        return None, None

    def _named_last(self, start: int, end: int) -> Mention | None:
        return self._masked.mentions.get(end - 1)
