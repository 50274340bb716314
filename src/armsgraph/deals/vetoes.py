"""What two frames of one deal can never say: no weight outweighs it."""

from __future__ import annotations

from armsgraph.deals.scene import DealScene
from armsgraph.deals.sides import PAPERS
from armsgraph.model import Frame

__all__ = ["veto_between"]


def veto_between(scene: DealScene, i: int, j: int) -> str | None:
    """Return why frames `i` and `j` (`i` the earlier) cannot speak of one deal, or None if they can."""
    one, other = scene.frames[i], scene.frames[j]
    mine, theirs = scene.said[i], scene.said[j]
    shared = bool(mine.weapons & theirs.weapons)
    tests = {
        "another one": theirs.is_new and not other.is_support and not other.is_definite,
        "another weapon": _differ(mine.weapons, theirs.weapons)
        and not mine.names_variant(theirs)
        and not _is_bare_line(other),
        "another buyer": _differ(mine.buyer_states, theirs.buyer_states),
        "signed in another year": _differ(mine.years, theirs.years),
        "shares of one sentence": "share" in one.marks & other.marks and one.span == other.span,
        "told apart in one list": _are_told_apart(one, other),
        "another kind of agreement": not shared and _is_other_paper(one, other),
    }
    return next((why for why, holds in tests.items() if holds), None)


def _are_told_apart(one: Frame, other: Frame) -> bool:
    return one.part is not None and other.part is not None and one.part[0] == other.part[0] and one.part != other.part


def _differ(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    return bool(mine and theirs) and not mine & theirs


def _is_bare_line(frame: Frame) -> bool:
    # the lines of a list name one thing after the other of the same deal
    return frame.triggers == ("line",) and not frame.arguments


def _is_other_paper(one: Frame, other: Frame) -> bool:
    # "the deal" and what is said in passing may be about the paper before, a paper is never about a purchase before
    points_back = other.is_definite or (other.is_support and other.kind not in PAPERS)
    return (one.kind in PAPERS) != (other.kind in PAPERS) and not points_back
