"""What "it", "both" or "the guns" stand for: only where the text leaves one choice."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from armsgraph.lexicon.relations import RelationLexicon
from armsgraph.model import EntityType, Mention, MentionForm, Sentence

__all__ = ["Focus"]

_REACH = 3
_NOUN_REACH = 6
_NOUN_WINDOW = 24


class Focus:
    """The mentions of one document in order, asked for what was spoken of last."""

    def __init__(
        self, text: str, mentions: Sequence[Mention], sentences: Sequence[Sentence], lexicon: RelationLexicon
    ) -> None:
        self._text = text
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
            words: "it", "they", "both", "the guns", "the company".
            types: Kinds of entity it may stand for.
            offset: Where it stands in the document.
        """
        lowered = words.lower()
        for kind in sorted(types):
            noun = self._class_noun(lowered) if kind is EntityType.WEAPON else None
            if noun is None and lowered not in self._lexicon.anaphors.get(kind, frozenset()):
                continue
            if found := self._choose(lowered, kind, offset, noun):
                return found
        return ()

    def _class_noun(self, words: str) -> str | None:
        """Return the singular of the noun in "the guns" or "the class", None for other words."""
        article, _, rest = words.partition(" ")
        noun = rest.rpartition(" ")[2]
        if article not in self._lexicon.words["definite"]:
            return None
        known = self._lexicon.class_nouns | self._lexicon.words["strict_noun"]
        return next((n for n in (noun, noun.removesuffix("s"), noun.removesuffix("es")) if n in known), None)

    def _choose(self, words: str, kind: EntityType, offset: int, noun: str | None) -> tuple[Mention, ...]:
        here = self.sentence_at(offset)
        if here < 0:
            return ()
        wanted = 2 if words in self._lexicon.words["dual"] else 1
        reach = _REACH if noun is None else _NOUN_REACH
        if kind not in (EntityType.WEAPON, EntityType.PERSON) and wanted == 1:
            # A text names many firms; "the company" is sure only if all the sentences around name one.
            seen = self._distinct(self._starts[max(0, here - reach + 1)], offset, kind)
            return seen if len(seen) == wanted else ()
        for back in range(min(reach, here + 1)):
            i = here - back
            seen = self._distinct(self._starts[i], offset if back == 0 else self._sentences[i].span.end, kind)
            if noun is not None:
                named = tuple(m for m in seen if self._is_called(m, noun))
                seen = named if len(named) == wanted or noun in self._lexicon.words["strict_noun"] else seen
            if seen:
                if len(seen) == wanted:
                    return seen
                break
        # Far back only where the whole text so far leaves no choice; "it" of another firm would be a guess.
        seen = self._distinct(0, offset, kind) if kind is EntityType.WEAPON or wanted == 2 else ()
        return seen if len(seen) == wanted else ()

    def _is_called(self, mention: Mention, noun: str) -> bool:
        """Say whether the noun stands behind the name ("Dornier 228 aircraft")."""
        behind = self._text[mention.span.end : mention.span.end + _NOUN_WINDOW].lower()
        return noun in behind.split("\n")[0] or noun in mention.text.lower()

    def _distinct(self, start: int, end: int, kind: EntityType) -> tuple[Mention, ...]:
        found: dict[str, Mention] = {}
        for k in range(bisect_left(self._offsets, start), len(self._mentions)):
            mention = self._mentions[k]
            if mention.span.start >= end:
                break
            if mention.type is kind and mention.form is MentionForm.NAME and mention.entity_id:
                found.setdefault(mention.entity_id, mention)
        return tuple(found.values())
