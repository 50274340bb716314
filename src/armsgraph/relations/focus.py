"""What "it", "both" or "the guns" stand for: only where the text leaves one choice."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from armsgraph.lexicon.relations import RelationLexicon
from armsgraph.model import EntityType, Mention, MentionForm, Sentence

__all__ = ["Focus"]


class Focus:
    """The mentions of one document in order, asked for what was spoken of last."""

    def __init__(self, mentions: Sequence[Mention], sentences: Sequence[Sentence], lexicon: RelationLexicon) -> None:
        self._mentions = mentions
        self._offsets = [m.span.start for m in mentions]
        self._sentences = sentences
        self._starts = [s.span.start for s in sentences]
        self._lexicon = lexicon

    def sentence_at(self, offset: int) -> int:
        """Return the index of the sentence that holds a character, -1 for none."""
        i = bisect_left(self._starts, offset + 1) - 1
        return i if i >= 0 and offset < self._sentences[i].span.end else -1

    def resolve(self, words: str, types: frozenset[EntityType], offset: int) -> tuple[Mention, ...]:
        """Return what a pronoun or definite noun stands for, nothing where more than one thing is possible.

        Args:
            words: "it", "they", "both", "the guns".
            types: Kinds of entity it may stand for.
            offset: Where it stands in the document.
        """
        lowered = words.lower()
        for kind in sorted(types):
            pronouns = self._lexicon.anaphors.get(kind, frozenset())
            if lowered not in pronouns and not (kind is EntityType.WEAPON and self._is_definite_noun(lowered)):
                continue
            if found := self._choose(lowered, kind, offset):
                return found
        return ()

    def _is_definite_noun(self, words: str) -> bool:
        article, _, rest = words.partition(" ")
        noun = rest.rpartition(" ")[2]
        stems = {noun, noun.removesuffix("s"), noun.removesuffix("es")}
        return article in ("the", "these", "those") and bool(stems & self._lexicon.class_nouns)

    def _choose(self, words: str, kind: EntityType, offset: int) -> tuple[Mention, ...]:
        here = self.sentence_at(offset)
        if here < 0:
            return ()
        paragraph = self._sentences[here].paragraph
        wants_two = words in self._lexicon.words.get("dual", ())
        for back in range(3):
            i = here - back
            if i < 0 or (back > 1 and self._sentences[i].paragraph != paragraph):
                return ()
            end = offset if back == 0 else self._sentences[i].span.end
            seen = self._distinct(self._starts[i], end, kind)
            if not seen:
                continue
            if wants_two:
                return seen if len(seen) == 2 else ()
            return seen if len(seen) == 1 else ()
        return ()

    def _distinct(self, start: int, end: int, kind: EntityType) -> tuple[Mention, ...]:
        found: dict[str, Mention] = {}
        for k in range(bisect_left(self._offsets, start), len(self._mentions)):
            mention = self._mentions[k]
            if mention.span.start >= end:
                break
            if mention.type is kind and mention.form is MentionForm.NAME and mention.entity_id:
                found.setdefault(mention.entity_id, mention)
        return tuple(found.values())
