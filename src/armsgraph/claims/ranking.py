"""Ranks rival assertions about one functional property of one node.

Objects that fit together (a round figure and an exact one, a month and a day in it) form a camp; camps conflict. The
steps and their order are told in `docs/claims.md`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from armsgraph.claims.figures import Figure, Tie, compare, is_near, show
from armsgraph.claims.speakers import Attribution
from armsgraph.model import Modality, Rank, Span

__all__ = ["Standing", "Verdict", "rank_rivals"]

_MODALITY = {Modality.ASSERTED: 0, Modality.PLANNED: 1, Modality.EXPECTED: 2, Modality.DENIED: 3}
_WHO = {
    Attribution.OFFICIAL: "an official says it",
    Attribution.NAMED: "a named speaker says it",
    Attribution.WRITER: "the writer says it",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One assertion as the ranking sees it. Equal `key`s are one object."""

    key: str
    figure: Figure
    modality: Modality
    attribution: Attribution
    is_headline: bool
    span: Span
    restates: str | None = None

    @property
    def weight(self) -> tuple[int, bool]:
        """What decides between camps; smaller wins."""
        return (int(self.attribution), self.is_headline)


@dataclass(slots=True, kw_only=True)
class Verdict:
    """Outcome for one assertion; `conflicts` are indexes into the sequence that was ranked."""

    rank: Rank = Rank.NORMAL
    reason: str | None = None
    conflicts: set[int] = field(default_factory=set)
    is_best: bool = True
    is_lead: bool = False


def rank_rivals(standings: Sequence[Standing]) -> list[Verdict]:
    """Rank assertions of one subject and functional property, in text order; the verdicts come in the same order."""
    verdicts = [Verdict() for _ in standings]
    _mark_conflicts(standings, verdicts)
    live = [i for i, s in enumerate(standings) if s.modality is not Modality.DENIED]
    for i, standing in enumerate(standings):
        if standing.modality is Modality.DENIED:
            verdicts[i].is_best = False
            verdicts[i].reason = "denied"
    if not live:
        return verdicts
    leading = min((standings[i].modality for i in live), key=_MODALITY.__getitem__)
    front = [i for i in live if standings[i].modality is leading]
    best = _rank_front(standings, verdicts, front, live)
    for i in live:
        if i not in front:
            verdicts[i].is_best = standings[i].key == best
            if not verdicts[i].is_best:
                verdicts[i].reason = f"{standings[i].modality.value}, where another figure is {leading.value}"
    return verdicts


def _mark_conflicts(standings: Sequence[Standing], verdicts: Sequence[Verdict]) -> None:
    alike: dict[tuple[str, Modality], list[int]] = {}
    for i, standing in enumerate(standings):
        alike.setdefault((standing.key, standing.modality), []).append(i)
    for mine, theirs in combinations(alike.values(), 2):
        if _are_rivals(standings[mine[0]], standings[theirs[0]]):
            for i in mine:
                verdicts[i].conflicts.update(theirs)
            for j in theirs:
                verdicts[j].conflicts.update(mine)


def _are_rivals(one: Standing, other: Standing) -> bool:
    if one.modality is other.modality and one.modality is not Modality.DENIED:
        return one.key != other.key and compare(one.figure, other.figure) in {Tie.SLIP, Tie.CONFLICT}
    return one.key == other.key and Modality.DENIED in {one.modality, other.modality}


def _rank_front(
    standings: Sequence[Standing], verdicts: Sequence[Verdict], front: Sequence[int], live: Sequence[int]
) -> str:
    """Rank the assertions of the leading modality and return the key of the best object."""
    by_key: dict[str, list[int]] = {}
    for i in front:
        by_key.setdefault(standings[i].key, []).append(i)
    if len(by_key) == 1:
        key = next(iter(by_key))
        _lead(standings, verdicts, by_key[key])
        return key
    figures = {key: standings[members[0]].figure for key, members in by_key.items()}
    slips = _find_slips(standings, by_key, figures, live)
    if len(slips) == len(by_key):
        slips = {}
    lead_scale = _first_scale(standings, [i for k, found in by_key.items() if k not in slips for i in found])
    rest = [k for k in by_key if k not in slips and figures[k].scale == lead_scale]
    apart = [k for k in by_key if k not in slips and figures[k].scale != lead_scale]
    camps = sorted(_camps(rest, figures), key=lambda camp: _camp_order(standings, by_key, camp))
    weights = [min(standings[i].weight for k in camp for i in by_key[k]) for camp in camps]
    is_decided = len(camps) == 1 or weights[0] < weights[1]
    best = min(camps[0], key=lambda k: (figures[k].exactness, _first(standings, by_key[k])))
    for key, members in by_key.items():
        for i in members:
            verdicts[i].is_best = key == best
            verdicts[i].reason = _reason(key, best, camps, figures, slips, apart, standings[i], is_decided)
            if key in slips:
                verdicts[i].rank = Rank.DEPRECATED
    lead = _lead(standings, verdicts, by_key[best])
    if is_decided and (len(rest) > 1 or slips):
        verdicts[lead].rank = Rank.PREFERRED
        others = [k for k in by_key if k != best and k not in apart]
        verdicts[lead].reason = _why_best(best, others, figures, slips, camps, weights)
    return best


def _reason(
    key: str,
    best: str,
    camps: Sequence[Sequence[str]],
    figures: Mapping[str, Figure],
    slips: Mapping[str, str],
    apart: Sequence[str],
    standing: Standing,
    is_decided: bool,
) -> str | None:
    if key in slips:
        return slips[key]
    if key in apart:
        return "the same sum in another currency" if standing.restates else "in another currency, not compared"
    if not is_decided:
        rivals = ", ".join(show(figures[camp[0]]) for camp in camps if key not in camp)
        return f"undecided: in conflict with {rivals}"
    if key == best:
        return None
    if key in camps[0]:
        return f"compatible with {show(figures[best])}, which is more exact"
    return f"in conflict with {show(figures[best])}, which ranks higher"


def _why_best(
    best: str,
    others: Sequence[str],
    figures: Mapping[str, Figure],
    slips: Mapping[str, str],
    camps: Sequence[Sequence[str]],
    weights: Sequence[tuple[int, bool]],
) -> str:
    rejected = ", ".join(show(figures[k]) for k in others if k not in camps[0])
    supported = ", ".join(show(figures[k]) for k in camps[0] if k != best)
    if len(camps) > 1 and weights[0][0] < weights[1][0]:
        why = _WHO[Attribution(weights[0][0])]
    elif len(camps) > 1:
        why = "the body says it, not only the headline"
    elif slips:
        why = "the other looks like mis-grouped digits"
    else:
        return f"the most exact, compatible with {supported}"
    return f"preferred to {rejected}: {why}" + (f"; compatible with {supported}" if supported else "")


def _first_scale(standings: Sequence[Standing], members: Sequence[int]) -> str:
    """Return the scale (the currency of sums) that leads: the first in the text that restates no other."""
    first = min(members, key=lambda i: (standings[i].restates is not None, standings[i].weight, standings[i].span))
    return standings[first].figure.scale


def _find_slips(
    standings: Sequence[Standing],
    by_key: Mapping[str, Sequence[int]],
    figures: Mapping[str, Figure],
    live: Sequence[int],
) -> dict[str, str]:
    """Return the objects that look like mis-grouped digits, with the reason; undecided pairs are left out."""
    found: dict[str, str] = {}
    for wrong in by_key:
        for right in by_key:
            if wrong == right or compare(figures[wrong], figures[right]) is not Tie.SLIP:
                continue
            witnesses = _witnesses(standings, live, (wrong, right), figures[right])
            against = _witnesses(standings, live, (wrong, right), figures[wrong])
            weight = {k: min(standings[i].attribution for i in by_key[k]) for k in (wrong, right)}
            heading = f"looks like mis-grouped digits: {_times(figures[wrong], figures[right])}"
            if len(witnesses) > len(against):
                found[wrong] = f"{heading}, contradicted by {', '.join(f'“{show(f)}”' for f in witnesses[:2])}"
            elif len(witnesses) == len(against) and weight[right] < weight[wrong]:
                found[wrong] = f"{heading}, and {_WHO[weight[right]].removesuffix(' it')} {show(figures[right])}"
    return found


def _witnesses(
    standings: Sequence[Standing], live: Sequence[int], pair: tuple[str, str], figure: Figure
) -> list[Figure]:
    """Return the other figures of any modality that speak for the size of `figure`, each once."""
    found: dict[str, Figure] = {}
    for i in live:
        standing = standings[i]
        if standing.key not in pair and is_near(standing.figure, figure):
            found.setdefault(standing.key, standing.figure)
    return list(found.values())


def _times(wrong: Figure, right: Figure) -> str:
    assert wrong.number is not None
    assert right.number is not None
    return f"{'ten times' if wrong.number > right.number else 'a tenth of'} {show(right)}"


def _camps(keys: Sequence[str], figures: Mapping[str, Figure]) -> list[list[str]]:
    camps: list[list[str]] = []
    for key in keys:
        near = [c for c in camps if any(compare(figures[key], figures[k]) in {Tie.SAME, Tie.COMPATIBLE} for k in c)]
        merged = [k for c in near for k in c] + [key]
        camps = [c for c in camps if c not in near] + [merged]
    return camps


def _camp_order(
    standings: Sequence[Standing], by_key: Mapping[str, Sequence[int]], camp: Sequence[str]
) -> tuple[tuple[int, bool], Span]:
    members = [i for k in camp for i in by_key[k]]
    return (min(standings[i].weight for i in members), _first(standings, members))


def _first(standings: Sequence[Standing], members: Sequence[int]) -> Span:
    return min((standings[i].is_headline, standings[i].span) for i in members)[1]


def _lead(standings: Sequence[Standing], verdicts: Sequence[Verdict], members: Sequence[int]) -> int:
    lead = min(members, key=lambda i: (standings[i].figure.exactness, standings[i].weight, standings[i].span))
    verdicts[lead].is_lead = True
    return lead
