"""How signs for and against a link are weighed, and when they are enough.

The weights are log-odds set by hand: what a link rests on must be readable, and annotated links to fit on do not exist.
They were set so that no single weak sign links anything; `bench/linking.py` measures them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType

from armsgraph.model import LinkDecision

__all__ = ["DOUBTS", "MARGIN", "SAME_AT", "WEIGHTS", "Sign", "decide", "reason_of", "sign", "total"]

SAME_AT = 3.0
_DIFFERENT_BELOW = -0.85
# A candidate that another one comes nearer to than this is not told apart from it.
MARGIN = 1.5
_SUREST = 0.99

WEIGHTS = MappingProxyType(
    {
        # names
        "only listed state": 4.0,
        "full name": 3.0,
        "name of the group": 2.5,
        "designation": 4.0,
        "listed designation": 3.2,
        "short designation": 1.5,
        "other designation": 0.0,
        "family designation": 3.5,
        "person's name": 2.0,
        "other spelling": 1.5,
        "surname alone": -0.5,
        "place name": 1.5,
        "other place name": 0.5,
        "part of the place name": -0.5,
        "one-word name": 2.0,
        "name of a part": 1.5,
        "short name": 1.0,
        "by-name": 0.5,
        "name without designation": 1.0,
        "other name": 1.5,
        "generic name": 0.5,
        "not named": 0.0,
        "initials": 1.0,
        # what stands beside it
        "state in the text": 1.0,
        "state of the place": 1.5,
        "district of the place": 1.5,
        "behind a town": 1.5,
        "capital": 1.5,
        "lesser capital": 0.5,
        "state as read": 1.5,
        "only state": 1.0,
        "one of several headings": 1.0,
        "state of origin": 0.5,
        "maker in the text": 1.0,
        "product in the text": 1.0,
        "kind beside it": 1.0,
        # offices and their dates
        "office and state": 3.0,
        "office": 2.0,
        "office of the state": 2.0,
        "term fits the date": 0.5,
        "said to be in office after the term": -1.5,
        "before the first term": -1.0,
        "office before its term": -5.0,
        "long after the last term": -1.0,
        "other office": -0.7,
        "office of a firm": -4.0,
        "office of another state": -5.0,
        "common surname": -0.7,
        # items looked up in Wikidata
        "label of the item": 1.5,
        "label of the person's item": 0.5,
        "alias of the item": 1.0,
        "class fits": 1.0,
        "class unknown": -1.0,
        "other class": -5.0,
        "country in the text": 1.0,
        "country not in the text": -1.0,
        "maker of the item": 1.0,
        "position at the time": 1.0,
        "no position at the time": -1.0,
        # what speaks against it
        "lies elsewhere": -4.0,
        "other state": -5.0,
        "other kind": -3.0,
        "namesake": -2.0,
        "namesake of another kind": -1.5,
        "item of another": -2.0,
        "others begin so": -1.0,
        # doubts: with one of them nothing is sure, whatever speaks for it
        "place or government": -1.0,
        "place or firm": -1.0,
        "town or government": -1.0,
        "town elsewhere": -1.0,
        "seat of several": -1.0,
        "state of the past": -1.0,
        "cut out of a longer name": -1.0,
        "region around it": -1.0,
        "division": -1.0,
        "another so called": -1.0,
        "version before it": -1.0,
        "name of another kind": -1.0,
    }
)
DOUBTS = frozenset(
    {
        "place or government",
        "place or firm",
        "town or government",
        "town elsewhere",
        "seat of several",
        "state of the past",
        "cut out of a longer name",
        "region around it",
        "division",
        "name of a part",
        "another so called",
        "version before it",
        "name of another kind",
    }
)
# The score of a link that a doubt keeps from being sure.
_DOUBTED = SAME_AT - 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """A sign for or against a link: its name in `WEIGHTS`, its weight, and what it says as part of a sentence."""

    name: str
    weight: float
    words: str


def sign(name: str, words: str) -> Sign:
    """Return a sign with its weight."""
    return Sign(name=name, weight=WEIGHTS[name], words=words)


def total(signs: Iterable[Sign]) -> float:
    """Return the sum of the weights."""
    return sum(s.weight for s in signs)


def decide(signs: Iterable[Sign]) -> tuple[LinkDecision, float]:
    """Decide, and say how sure the decision is (0 to 1): for DIFFERENT that it is another thing, else that it is it.

    A doubt keeps a link from being sure however many signs there are for it.
    """
    signs = tuple(signs)
    score = total(signs)
    if any(s.name in DOUBTS for s in signs):
        score = min(score, _DOUBTED)
    probability = min(_SUREST, 1 / (1 + math.exp(-score)))
    if score >= SAME_AT:
        return LinkDecision.SAME, probability
    if score < _DIFFERENT_BELOW:
        return LinkDecision.DIFFERENT, 1 - probability
    return LinkDecision.UNSURE, probability


def reason_of(signs: Iterable[Sign]) -> str:
    """Return the signs as one sentence, the heaviest first."""
    words = [s.words for s in sorted(signs, key=lambda s: -abs(s.weight))]
    text = "; ".join(words)
    return f"{text[:1].upper()}{text[1:]}."
