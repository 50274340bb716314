"""Dates that a paper is said to have: it dates from them, goes back to them, is on order since then, stands by them."""

from __future__ import annotations

import re

from armsgraph.frames.groups import Group
from armsgraph.model import DateValue, DealStatus, Sentence
from armsgraph.syntax import Tree

__all__ = ["names_its_date"]

_DATED = frozenset({"date", "dated", "dates", "dating"})
# What sets the date off that a line of a chronicle begins with ("2015: agreement signed").
_SET_OFF = re.compile(r"\s*[:–—]\s")
_BEFORE = frozenset({"about", "around", "early", "in", "late", "mid", "on"})


def names_its_date(tree: Tree, sentence: Sentence, date: DateValue, group: Group) -> bool:
    """Say whether a paper "dates from" or "goes back to" a day, has it as its date, or is "on order since".

    So is one told in a line of a chronicle, of the date that the line begins with.
    """
    first = tree.tokens_in(date.span)[0].i
    papers = [i for i, r in group.rules.items() if r.is_agreement]
    if not papers:
        return False
    if _heads_line(tree, sentence, date):
        return any(r.status is DealStatus.SIGNED for r in group.rules.values())
    behind = _words(tree, first - 3, first)
    if behind & _DATED or {"back", "to"} <= behind:
        return True
    if date.cue == "since" and any("on" in _words(tree, i - 1, i) for i in papers):
        return True
    is_label = not any(t.pos in {"VERB", "AUX"} for t in tree.tokens[sentence.first : first])
    return is_label and any("date" in _words(tree, i - 3, i) for i in papers)


def _heads_line(tree: Tree, sentence: Sentence, date: DateValue) -> bool:
    first = tree.tokens_in(date.span)[0].i
    before = (t for t in tree.tokens[sentence.first : first] if t.pos not in {"NUM", "PUNCT", "X"})
    is_first = all(t.text.lower() in _BEFORE for t in before)
    return is_first and _SET_OFF.match(tree.document.text, date.span.end) is not None


def _words(tree: Tree, first: int, last: int) -> set[str]:
    return {t.text.lower() for t in tree.tokens[max(0, first) : last]}
