"""Dates that a paper is said to have: it dates from them, goes back to them, is on order since then."""

from __future__ import annotations

from armsgraph.frames.groups import Group
from armsgraph.model import DateValue, Sentence
from armsgraph.syntax import Tree

__all__ = ["names_its_date"]

_DATED = frozenset({"date", "dated", "dates", "dating"})


def names_its_date(tree: Tree, sentence: Sentence, date: DateValue, group: Group) -> bool:
    """Say whether a paper "dates from" or "goes back to" a day, has it as its date, or is "on order since"."""
    first = tree.tokens_in(date.span)[0].i
    papers = [i for i, r in group.rules.items() if r.is_agreement]
    if not papers:
        return False
    behind = _words(tree, first - 3, first)
    if behind & _DATED or {"back", "to"} <= behind:
        return True
    if date.cue == "since" and any("on" in _words(tree, i - 1, i) for i in papers):
        return True
    is_label = not any(t.pos in {"VERB", "AUX"} for t in tree.tokens[sentence.first : first])
    return is_label and any("date" in _words(tree, i - 3, i) for i in papers)


def _words(tree: Tree, first: int, last: int) -> set[str]:
    return {t.text.lower() for t in tree.tokens[max(0, first) : last]}
