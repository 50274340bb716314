"""Parts of a whole: "36 jets, of which 12 by Norvik Arms": the deal of the twelve is part of that of the 36."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from armsgraph.deals.scene import Cluster
from armsgraph.model import WHOLE, Deal

__all__ = ["with_wholes"]


def with_wholes(told: Sequence[tuple[Cluster, Deal]]) -> tuple[Deal, ...]:
    """Return the deals, each with the deal that it is a part of; a whole that no deal tells is nobody's.

    A deal that tells of the whole is no part of it, whatever else it tells.
    """
    wholes: dict[int, str] = {}
    for cluster, deal in told:
        for number in _numbers(cluster, is_whole=True):
            wholes.setdefault(number, deal.id)
    found: dict[str, str] = {}
    for cluster, deal in told:
        whole = next((wholes[n] for n in _numbers(cluster, is_whole=False) if n in wholes), None)
        # nothing is part of its own part
        if whole is not None and whole != deal.id and found.get(whole) != deal.id:
            found[deal.id] = whole
    return tuple(replace(deal, part_of=found.get(deal.id)) for _cluster, deal in told)


def _numbers(cluster: Cluster, *, is_whole: bool) -> list[int]:
    parts = {frame.part for frame in cluster.frames if frame.part is not None}
    return sorted({number for number, part in parts if (part == WHOLE) is is_whole})
