"""What the deals of a text are about, asked for what was bought last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from armsgraph.model import Deal, Mention, Ref

__all__ = ["Traded"]


class Traded:
    """The weapons of the deals of one document, each set with the place where its deal first names one of them."""

    def __init__(self, deals: Sequence[Deal], mentions: Sequence[Mention]) -> None:
        self._told: list[tuple[int, frozenset[str]]] = []
        for deal in deals:
            named = dict(_weapons(deal))
            if named:
                self._told += [(at, frozenset(named)) for at in named.values()]
        self._told.sort(key=lambda told: told[0])
        self._mentions = mentions

    def before(self, offset: int, start: int, barred: frozenset[str | None]) -> tuple[Mention, ...]:
        """Return the weapons of the deal told last between `start` and `offset`, each by its last mention before."""
        told = [names - barred for at, names in self._told if start <= at < offset and names - barred]
        if not told:
            return ()
        found: dict[str, Mention] = {}
        for mention in self._mentions:
            if mention.span.start >= offset:
                break
            if mention.entity_id in told[-1]:
                found[str(mention.entity_id)] = mention
        return tuple(found.values())


def _weapons(deal: Deal) -> Iterator[tuple[str, int]]:
    for item in deal.items:
        for fact in item.facts:
            if fact.predicate == "weapon" and isinstance(fact.object, Ref):
                yield fact.object.id, fact.evidence.span.start
