"""How names are folded so that spellings of one name compare equal."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["fold_name", "fold_text", "weapon_key"]

_SPACES = dict.fromkeys(
    map(ord, "-\u2010\u2011\u2012\u2013\u2014\u2212\u00ad\u00a0\u2009\u202f\t\n\r\u2028\u2029"), " "
)
_QUOTES = dict.fromkeys(map(ord, "\u2018\u2019\u02bc\u02bb\u0060\u00b4"), "'")
_LETTERS = {ord(a): b for a, b in zip("ıİłŁđĐøØæÆœŒəƏðÞþ", "iillddooaaooaadtt", strict=True)}
_MARKS = str.maketrans({"&": " and ", **dict.fromkeys(".,'\"()", "")})
_RUNS = re.compile(r"[^\W\d_]+|\d+")


def fold_text(text: str) -> str:
    """Fold case, accents, dashes and quotes, one character for one: offsets stay as they are.

    Hyphens, dashes, tabs and line ends become spaces ("AK-203" and "AK 203" fold alike).
    """
    table: dict[int, str] = _SPACES | _QUOTES
    for char in set(text):
        if char > "\x7f" and ord(char) not in table:
            table[ord(char)] = _LETTERS.get(ord(char)) or _base(char)
    return text.translate(table).lower()


def fold_name(text: str) -> str:
    """Fold a whole name for look-up: as `fold_text`, and "&" is "and", full stops, commas and brackets go."""
    return " ".join(fold_text(text).translate(_MARKS).split())


def weapon_key(text: str) -> str:
    """Return the exact key of a weapon's name: its runs of letters and of digits ("AK-203", "AK203": "ak 203").

    Two designations are the same weapon only if their keys are equal; nothing here is fuzzy.
    """
    return " ".join(_RUNS.findall(fold_text(text)))


def _base(char: str) -> str:
    """Return the letter without its marks, or the character itself; always exactly one character."""
    first = unicodedata.normalize("NFKD", char)[0]
    lower = first.lower() if first.isalpha() else char
    return lower if len(lower) == 1 else char
