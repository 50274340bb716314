"""What two frames of one deal never say, or as good as never: no weight outweighs it."""

from __future__ import annotations

from armsgraph.deals.figures import are_rivals
from armsgraph.deals.scene import DealScene, Said
from armsgraph.deals.sides import PAPERS
from armsgraph.model import Frame

__all__ = ["veto_between"]


def veto_between(scene: DealScene, i: int, j: int) -> str | None:
    """Return why frames `i` and `j` (`i` the earlier) cannot speak of one deal, or None if they can."""
    one, other = scene.frames[i], scene.frames[j]
    mine, theirs = scene.said[i], scene.said[j]
    shared = bool(mine.weapons & theirs.weapons)
    tests = {
        "another one": theirs.is_new
        and not other.is_support
        and not other.is_definite
        and not (mine.is_new and _share_counts(mine, theirs)),
        "another weapon": _differ(mine.weapons, theirs.weapons)
        and not mine.names_variant(theirs)
        and not _is_bare_line(other),
        "another buyer": _differ(mine.buyer_states, theirs.buyer_states),
        "signed in another year": _differ(mine.years, theirs.years),
        "another sum": _can_state_sums(one, other, theirs) and _sums_differ(mine, theirs),
        "shares of one sentence": "share" in one.marks | other.marks and one.span == other.span,
        "told apart in one list": _are_told_apart(one, other),
        "two lots": _are_two_lots(mine, theirs),
        "a share told only later": _is_share_later(one, other) and not _share_counts(mine, theirs),
        "another kind of agreement": not shared and _is_other_paper(one, other),
    }
    return next((why for why, holds in tests.items() if holds), None)


def _are_told_apart(one: Frame, other: Frame) -> bool:
    return one.part is not None and other.part is not None and one.part[0] == other.part[0] and one.part != other.part


def _is_share_later(one: Frame, other: Frame) -> bool:
    # nobody speaks of a share before it is told that there are shares, unless by its count
    return "share" in other.marks and other.part is not None and one.sentence < other.sentence


def _are_two_lots(mine: Said, theirs: Said) -> bool:
    # "a second batch of 40 jets; for the first 60 it paid ...": in whichever order
    is_told = (mine.is_partial and theirs.is_new) or (mine.is_new and theirs.is_partial)
    return is_told and bool(mine.counts and theirs.counts) and not _share_counts(mine, theirs)


def _share_counts(mine: Said, theirs: Said) -> bool:
    return bool({n.value for n in mine.counts} & {n.value for n in theirs.counts})


def _differ(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    return bool(mine and theirs) and not mine & theirs


def _can_state_sums(one: Frame, other: Frame, theirs: Said) -> bool:
    # one sentence may give a sum and its parts, what is said in passing may be the price of one piece, and a sum alone
    # of "the contract" contradicts another
    is_contradiction = other.is_definite and not (theirs.weapons or theirs.nouns or theirs.counts or theirs.years)
    return one.sentence != other.sentence and not one.is_support and not other.is_support and not is_contradiction


def _sums_differ(mine: Said, theirs: Said) -> bool:
    # sums in other currencies neither agree nor clash, and close ones may be two readings of one
    pairs = [(a.amount, b.amount) for a in mine.sums for b in theirs.sums if a.currency == b.currency]
    return bool(pairs) and not any(are_rivals(a, b) for a, b in pairs)


def _is_bare_line(frame: Frame) -> bool:
    # the lines of a list name one thing after the other of the same deal
    return frame.triggers == ("line",) and not frame.arguments


def _is_other_paper(one: Frame, other: Frame) -> bool:
    # "the deal" and what is said in passing may be about the paper before, a paper is never about a purchase before
    points_back = other.is_definite or (other.is_support and other.kind not in PAPERS)
    return (one.kind in PAPERS) != (other.kind in PAPERS) and not points_back
