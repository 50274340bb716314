"""When two names are one, and how near they are if not."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from armsgraph.entities.keys import firm_words
from armsgraph.entities.persons import person_words
from armsgraph.lexicon.names import fold_name, weapon_key
from armsgraph.lexicon.offices import OfficeLexicon

__all__ = ["GROUPS", "NameKeys", "nearness"]

# Names of a group are compared in the same way.
GROUPS = ("person", "firm", "weapon", "other")
_DIGITS = re.compile(r"\d+")
_LETTERS = re.compile(r"[^\W\d_]+")
_ALIKE = 70


class NameKeys:
    """Folds names so that spellings of one name are equal: ranks, legal forms, hyphens, accents and case do not count.

    Args:
        lexicon: Its ranks, honorifics and legal forms.
    """

    def __init__(self, lexicon: OfficeLexicon) -> None:
        self._lexicon = lexicon
        self._legal = lexicon.words["legal_forms"]

    def key(self, name: str, group: str) -> str:
        """Return the key of a name of a group; "" if nothing is left of it."""
        if group == "person":
            return " ".join(person_words(_turned(name), self._lexicon)) if name.strip() else ""
        if group == "firm":
            return " ".join(firm_words(name, self._legal))
        if group == "weapon":
            return weapon_key(name)
        return fold_name(name)


def _turned(name: str) -> str:
    """Return "Singh, Rajnath" as "Rajnath Singh"."""
    last, comma, first = name.partition(",")
    is_list = "," in first or not first.strip() or len(first.split()) > 3
    return name if not comma or is_list else f"{first.strip()} {last.strip()}"


def nearness(asked: str, name: str, group: str) -> float:
    """Return how near two keys are, from 0 to 100; 100 only if they are equal.

    Designations with other digits are other things, however alike they look ("AK-203", "AK-103"). Of persons the last
    word has to be alike: initials, or a part of the others, then come close.
    """
    if asked == name:
        return 100.0
    if not asked or not name:
        return 0.0
    if _DIGITS.findall(asked) != _DIGITS.findall(name):
        # "Rafale" may stand for "Rafale F4", but not "F3" for "F4"
        has_both = bool(_DIGITS.search(asked)) and bool(_DIGITS.search(name))
        return 0.0 if has_both else min(75.0, 0.75 * fuzz.token_set_ratio(asked, name))
    if group == "person":
        return _of_persons(asked.split(), name.split())
    if group == "weapon":
        # with the same digits the letters tell: "AK 204" is no "AB 204"
        letters = [" ".join(_LETTERS.findall(key)) for key in (asked, name)]
        is_coded = bool(_DIGITS.search(asked))
        return 0.0 if is_coded and fuzz.ratio(*letters) < _ALIKE else min(90.0, fuzz.ratio(asked, name))
    near = max(fuzz.ratio(asked, name), 0.95 * fuzz.token_sort_ratio(asked, name))
    return min(99.0, max(near, 0.8 * fuzz.token_set_ratio(asked, name)))


def _of_persons(asked: Sequence[str], name: Sequence[str]) -> float:
    if sorted(asked) == sorted(name):
        return 95.0
    last = fuzz.ratio(asked[-1], name[-1])
    if last < 80:
        return min(60.0, fuzz.token_sort_ratio(" ".join(asked), " ".join(name)) * 0.7)
    first_asked, first_name = asked[:-1], name[:-1]
    if not first_asked or not first_name:
        return 0.7 * last
    if any(len(a) == 1 or len(b) == 1 for a, b in zip(first_asked, first_name, strict=False)):
        agree = all(a[0] == b[0] for a, b in zip(first_asked, first_name, strict=False))
        return 0.85 * last if agree else 30.0
    if set(first_asked) <= set(first_name) or set(first_name) <= set(first_asked):
        return 0.9 * last
    return min(99.0, 0.4 * last + 0.6 * fuzz.ratio(" ".join(first_asked), " ".join(first_name)))
