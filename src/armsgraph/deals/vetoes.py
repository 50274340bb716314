"""What two frames of one deal never say, or as good as never: no weight outweighs it."""

from __future__ import annotations

from armsgraph.deals.figures import are_rivals, is_same_count
from armsgraph.deals.said import Said
from armsgraph.deals.scene import DealScene
from armsgraph.deals.sides import PAPERS, is_between_makers
from armsgraph.lexicon.deals import BESIDE
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
        and not _are_the_same_more(one, other, mine, theirs)
        and not (mine.is_new and _share_counts(mine, theirs)),
        "another weapon": _differ(mine.weapons, theirs.weapons)
        and not mine.names_variant(theirs)
        and not _is_bare_line(other),
        "another buyer": _differ(_known(mine.buyer_states), _known(theirs.buyer_states))
        and not mine.is_turned_round(theirs),
        "signed in another year": _differ(mine.years, theirs.years),
        "another sum": _can_state_sums(one, other, theirs) and _sums_differ(mine, theirs),
        "shares of one sentence": "share" in one.marks | other.marks and one.span == other.span,
        "told apart in one list": _are_told_apart(one, other),
        "of an earlier time": _is_of_earlier_time(scene, i, j),
        "two lots": _are_two_lots(mine, theirs),
        "a share told only later": _is_share_later(one, other) and not _share_counts(mine, theirs),
        "another kind of agreement": not shared and _is_other_paper(one, other),
        "what is beside it": BESIDE & one.marks != BESIDE & other.marks
        and not (other.is_definite and one.sentence != other.sentence),
        "a licence to make it": is_between_makers(one) != is_between_makers(other),
    }
    return next((why for why, holds in tests.items() if holds), None)


def _are_the_same_more(one: Frame, other: Frame, mine: Said, theirs: Said) -> bool:
    # "ten more tanks", told in the headline and below it, are the same ten
    is_told_again = one.is_headline or one.sentence == other.sentence
    counts = (
        not mine.counts or not theirs.counts or any(is_same_count(a, b) for a in mine.counts for b in theirs.counts)
    )
    return mine.is_new and is_told_again and counts


def _known(states: frozenset[str]) -> frozenset[str]:
    # of whom no state is known, an id stands for it
    return frozenset(s for s in states if "/" not in s)


def _are_told_apart(one: Frame, other: Frame) -> bool:
    return one.part is not None and other.part is not None and one.part[0] == other.part[0] and one.part != other.part


def _is_of_earlier_time(scene: DealScene, i: int, j: int) -> bool:
    """Say whether a sentence goes back in time and tells of another lot of the things."""
    one, other = scene.frames[i], scene.frames[j]
    goes_back = scene.telling(other.sentence).recalls and not scene.telling(one.sentence).recalls
    is_later = one.sentence != other.sentence and j in scene.told_plainly and not other.is_definite
    return goes_back and is_later and _count_otherwise(scene.said[i], scene.said[j])


def _count_otherwise(mine: Said, theirs: Said) -> bool:
    ours = {n.value for n in mine.counts}
    return bool(theirs.counts) and not ours & {n.value for n in theirs.counts}


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
