"""How exactly a figure is meant, by the words before and behind it."""

from __future__ import annotations

import re

from armsgraph.lexicon.value_patterns import match_before
from armsgraph.lexicon.values import ValueLexicon
from armsgraph.model import Hedge, Span

__all__ = ["read_hedge", "word_before"]

_WORD = re.compile(r"[\w'’]+")
_LOOK_BACK = 32
_NEXT_WORDS = re.compile(r"[\s-]+([A-Za-z]+)(?:[\s-]+([A-Za-z]+))?")


def word_before(text: str, at: int, *, back: int = 0) -> str:
    """Return the word that ends before `at`, in lower case, or "". Only white space and "(" may stand in between.

    Args:
        text: The text.
        at: Where to look from.
        back: How many words to pass over.
    """
    window = text[max(0, at - _LOOK_BACK) : at].rstrip().rstrip("(").rstrip()
    words = list(_WORD.finditer(window))
    if len(words) <= back or words[-1].end() != len(window):
        return ""
    return words[-1 - back][0].lower()


def read_hedge(
    text: str, start: int, end: int, lexicon: ValueLexicon, *, is_money: bool = False
) -> tuple[Hedge, Span | None]:
    """Read the hedge of a figure that stands from `start` up to `end`.

    Returns:
        The hedge and where it stands; EXACT and None without one.
    """
    found = match_before(lexicon.patterns["hedge_before"], text, start)
    if found:
        phrase, first, last = found
        words = re.sub(r"\s+", " ", phrase).lower()
        if not _is_other(text, words, first, end, lexicon, is_money=is_money):
            return lexicon.hedges_before[words], Span(first, last)
    behind = lexicon.patterns["hedge_after"].match(text, end)
    if behind and not text[behind.end() : behind.end() + 1].isdigit():
        words = behind["hedge"].strip().lower()
        words = re.sub(r"\s+", " ", words)
        return lexicon.hedges_after[words], Span(behind.end() - len(words), behind.end())
    return Hedge.EXACT, None


def _is_other(text: str, words: str, first: int, end: int, lexicon: ValueLexicon, *, is_money: bool) -> bool:
    """Say whether the words are no hedge here: "handed over two", "under two contracts", "talks about two"."""
    if words == "over":
        return not is_money and word_before(text, first) in lexicon.words["not_over_after"]
    if words == "up to":
        return word_before(text, first) in lexicon.words["not_up_to_after"]
    if words == "about":
        return word_before(text, first) in lexicon.words["not_about_after"]
    if words == "under" and not is_money:
        following = _NEXT_WORDS.match(text, end)
        nouns = lexicon.words["not_under_before"]
        return bool(following) and any(w and w.lower() in nouns for w in following.groups()) if following else False
    return False
