"""The sums of a deal as nodes: one for each different sum, however often the text says it."""

from __future__ import annotations

from dataclasses import dataclass

from armsgraph.model import Deal, Evidence, Money

__all__ = ["DealSum", "deal_sums"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DealSum:
    """A sum with its node and every place that says it.

    Attributes:
        id: `amount/<document key>-<deal n>-<n>`, n counting the different sums of the deal from 1.
        money: The first of its values; the others are equal in amount, upper end, currency and hedge.
        said: The sum as written with its evidence, in the order of the deal.
        restates: Id of the sum that it repeats in another currency, or None.
    """

    id: str
    money: Money
    said: tuple[tuple[Money, Evidence], ...]
    restates: str | None = None


def deal_sums(deal: Deal) -> tuple[DealSum, ...]:
    """Return the different sums of a deal, in the order in which it gives them."""
    groups: dict[tuple[object, ...], list[tuple[Money, Evidence]]] = {}
    behind: dict[tuple[object, ...], tuple[object, ...]] = {}
    last: tuple[object, ...] | None = None
    for money, evidence in deal.values:
        key = (money.amount, money.upper, money.currency, money.hedge)
        groups.setdefault(key, []).append((money, evidence))
        if money.restates and last is not None and last[2] != money.currency:
            behind.setdefault(key, last)
        elif not money.restates:
            last = key
    local = deal.id.partition("/")[2]
    ids = {key: f"amount/{local}-{n}" for n, key in enumerate(groups, 1)}
    return tuple(
        DealSum(
            id=ids[key],
            money=said[0][0],
            said=tuple(said),
            restates=ids[behind[key]] if key in behind else None,
        )
        for key, said in groups.items()
    )
