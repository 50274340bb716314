"""Keys under which names are the same, and slugs that are the same in every document."""

from __future__ import annotations

import re
from functools import lru_cache

from armsgraph.lexicon.names import fold_name, weapon_key
from armsgraph.vocab import slug

__all__ = [
    "differ_by_one",
    "firm_words",
    "fold",
    "initials",
    "name_words",
    "weapon_key",
    "weapon_slug",
    "without_brackets",
]

_BRACKETS = re.compile(r"\s*\([^)]*\)\s*$")
_LETTER_DIGIT = re.compile(r"(?<=[a-z])(?=[0-9])")
_SMALL = frozenset({"of", "and", "the", "for", "de", "et", "in", "und"})


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Return a name folded for comparison: lower case, no accents, no punctuation, spaces for hyphens."""
    return fold_name(text)


def name_words(text: str) -> tuple[str, ...]:
    """Return the folded words of a name, initials apart ("C.R. Mahapatra" gives c, r, mahapatra)."""
    return tuple(fold(text.replace(".", " ")).replace("'", "").split())


def firm_words(text: str, legal_forms: frozenset[str]) -> tuple[str, ...]:
    """Return the words of a firm's name without legal forms at the end and an article or "M/s" in front."""
    words = fold(text).replace("'", "").split()
    while len(words) > 1 and words[-1] in legal_forms:
        words.pop()
    while len(words) > 1 and words[0] in {"the", "m/s"}:
        words.pop(0)
    return tuple(words)


@lru_cache(maxsize=8192)
def weapon_slug(text: str) -> str:
    """Return one slug for all ways to write a designation: K808 and "K 808" give `k-808`, Su-30 MKI `su-30mki`."""
    parts: list[str] = []
    for word in slug(text).split("-"):
        for piece in _LETTER_DIGIT.split(word):
            if parts and parts[-1][-1:].isdigit() and piece.isalpha() and len(piece) <= 3:
                parts[-1] += piece
            else:
                parts.append(piece)
    return "-".join(p for p in parts if p)


def initials(text: str, legal_forms: frozenset[str], *, with_legal: bool = False) -> str:
    """Return the first letters of the words of a name, small words left out, in lower case."""
    words = [w for w in name_words(text) if w not in _SMALL]
    if not with_legal:
        while len(words) > 1 and words[-1] in legal_forms:
            words.pop()
    return "".join(w[0] for w in words)


def without_brackets(text: str) -> str:
    """Return a listed name without the state in brackets behind it."""
    return _BRACKETS.sub("", text)


def differ_by_one(a: str, b: str) -> bool:
    """Say whether two words differ by one letter put in, left out or changed."""
    if a == b or abs(len(a) - len(b)) > 1:
        return False
    if len(a) > len(b):
        a, b = b, a
    i = 0
    while i < len(a) and a[i] == b[i]:
        i += 1
    return a[i + 1 :] == b[i + 1 :] if len(a) == len(b) else a[i:] == b[i + 1 :]
