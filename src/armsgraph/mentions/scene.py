"""A document as the mention rules look at it: words around a place, lines in capitals, sentences about deals."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, TypeVar

from armsgraph.lexicon.gazetteer import Gazetteer
from armsgraph.lexicon.matcher import NameHit, NameUse
from armsgraph.lexicon.mention_words import MentionWords
from armsgraph.model import Document, EntityType, Parse, Sentence, Token, Values

__all__ = ["STATE_MARK", "Scene", "any_of"]

STATE_MARK = "\x01"
_Made = TypeVar("_Made")

_PLURALS = (
    ("ies", "y"),
    ("oes", "o"),
    ("ves", "fe"),
    ("sses", "ss"),
    ("xes", "x"),
    ("ches", "ch"),
    ("shes", "sh"),
    ("s", ""),
)
_FEWEST_LETTERS = 8
_NEARBY = 150


class Scene:
    """One document with its parse and the lists; read only.

    Attributes:
        masked: The text with every name and adjective of a state overwritten by `STATE_MARK`, offsets unchanged, so
            that "the navy of any state" is one short pattern.
    """

    def __init__(
        self, *, document: Document, values: Values, parse: Parse, gazetteer: Gazetteer, hits: Iterable[NameHit] = ()
    ) -> None:
        self.document = document
        self.text = document.text
        self.values = values
        self.parse = parse
        self.gazetteer = gazetteer
        self.words: MentionWords = gazetteer.words
        self.masked = _mask_states(document.text, hits)
        self._starts = [t.span.start for t in parse.tokens]
        self._furniture = [f.span for f in document.furniture]
        self._furniture_starts = [s.start for s in self._furniture]
        self._deal_sentences: dict[int, bool] = {}

    def once(self, key: str, make: Callable[[], _Made]) -> _Made:
        """Return what `make` gives, made once for all documents: patterns and word sets depend on the lists alone."""
        made: dict[str, Any] = _made_for(self.gazetteer)
        if key not in made:
            made[key] = make()
        found: _Made = made[key]
        return found

    def pattern(self, key: str, make: Callable[[], str], flags: int = 0) -> re.Pattern[str]:
        """Return a pattern that is compiled once for all documents."""
        return self.once(key, lambda: re.compile(make(), flags))

    def token_at(self, offset: int) -> Token | None:
        """Return the token that covers an offset."""
        at = bisect_right(self._starts, offset) - 1
        if at < 0 or self.parse.tokens[at].span.end <= offset:
            return None
        return self.parse.tokens[at]

    def tokens_of(self, start: int, end: int) -> tuple[Token, ...]:
        """Return the tokens that touch a stretch."""
        first = max(bisect_right(self._starts, start) - 1, 0)
        if first < len(self._starts) and self.parse.tokens[first].span.end <= start:
            first += 1
        return self.parse.tokens[first : bisect_left(self._starts, end)]

    def after(self, end: int, count: int) -> tuple[Token, ...]:
        """Return the next tokens of the same paragraph."""
        first = bisect_left(self._starts, end)
        return self._same_paragraph(self.parse.tokens[first : first + count], end - 1)

    def before(self, start: int, count: int) -> tuple[Token, ...]:
        """Return the tokens of the same paragraph that end before an offset, the nearest last."""
        last = bisect_left(self._starts, start)
        return self._same_paragraph(self.parse.tokens[max(last - count, 0) : last], start)

    def word_before(self, start: int) -> str:
        """Return the word right before, or an empty string."""
        found = self.before(start, 1)
        return found[-1].text if found else ""

    def word_after(self, end: int) -> str:
        """Return the word right after, or an empty string."""
        found = self.after(end, 1)
        return found[0].text if found else ""

    def sentence_at(self, offset: int) -> Sentence | None:
        """Return the sentence around an offset."""
        token = self.token_at(offset)
        return None if token is None else self.parse.sentences[token.sentence]

    def is_news(self, start: int, end: int) -> bool:
        """Say whether a stretch lies outside page furniture and within one paragraph."""
        at = bisect_left(self._furniture_starts, end)
        if at and self._furniture[at - 1].end > start:
            return False
        if "\n" not in self.text[start:end]:
            return True
        first, last = self.sentence_at(start), self.sentence_at(end - 1)
        return first is not None and last is not None and first.paragraph == last.paragraph

    def is_in_capitals(self, start: int, end: int) -> bool:
        """Say whether the line around a stretch is written in capitals throughout, as far as can be seen nearby."""
        line_start = max(self.text.rfind("\n", 0, start) + 1, start - _NEARBY)
        line_end = self.text.find("\n", end)
        line = self.text[line_start : min(line_end if line_end >= 0 else len(self.text), end + _NEARBY)]
        capitals, small = sum(map(str.isupper, line)), sum(map(str.islower, line))
        return capitals >= _FEWEST_LETTERS and capitals > 4 * small

    def is_line_start(self, start: int) -> bool:
        """Say whether nothing but brackets or quotes stands before on the line."""
        return not re.search(r"[^\s\"'“‘(\[*_#>-]", self.text[self.text.rfind("\n", 0, start) + 1 : start])

    def is_sentence_start(self, start: int) -> bool:
        """Say whether a sentence begins here, quotes and brackets not counted."""
        sentence = self.sentence_at(start)
        return sentence is None or not re.search(r"\w", self.text[sentence.span.start : start])

    def is_class_noun(self, token: Token | str) -> bool:
        """Say whether a word says what a weapon is ("missiles", "frigate")."""
        word = (token if isinstance(token, str) else token.text).lower()
        nouns = self.words["class_noun"]
        if word in nouns:
            return True
        return any(word.endswith(end) and word[: -len(end)] + new in nouns for end, new in _PLURALS)

    def is_deal_sentence(self, offset: int) -> bool:
        """Say whether the sentence around an offset speaks of buying, selling, making or fielding."""
        sentence = self.sentence_at(offset)
        if sentence is None:
            return False
        if sentence.i not in self._deal_sentences:
            tokens = self.parse.tokens[sentence.first : sentence.last]
            self._deal_sentences[sentence.i] = any(t.text.lower() in self.words["deal_word"] for t in tokens)
        return self._deal_sentences[sentence.i]

    def _same_paragraph(self, tokens: tuple[Token, ...], offset: int) -> tuple[Token, ...]:
        here = self.sentence_at(offset)
        if here is None:
            around = self.token_at(offset) or (tokens[0] if tokens else None)
            if around is None:
                return ()
            here = self.parse.sentences[around.sentence]
        return tuple(t for t in tokens if self.parse.sentences[t.sentence].paragraph == here.paragraph)


def any_of(words: Iterable[str]) -> str:
    """Return an alternation of words, the longest first."""
    return "|".join(re.escape(w) for w in sorted(set(words), key=lambda w: (-len(w), w)))


@lru_cache(maxsize=4)
def _made_for(gazetteer: Gazetteer) -> dict[str, Any]:
    return {}


def _mask_states(text: str, hits: Iterable[NameHit]) -> str:
    pieces: list[str] = []
    position = 0
    spans = sorted(
        (h.start, h.end)
        for h in hits
        if any(e.type is EntityType.STATE and e.use is not NameUse.METONYM for e in h.entries) and not h.has_plural
    )
    for start, end in spans:
        if end > position:
            first = max(start, position)
            pieces += [text[position:first], STATE_MARK * (end - first)]
            position = end
    return "".join(pieces) + text[position:]
