"""The second look: what fills the slots of the deals of a text, once all that could fill them is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from armsgraph.deals.choosing import SIDES, Choice, Weighed, take
from armsgraph.deals.features.parties import BUYS_OUTRIGHT
from armsgraph.deals.features.second import Field, Rival, second_features
from armsgraph.deals.features.statuses import STILL_LATE
from armsgraph.deals.scene import DealScene
from armsgraph.lexicon.weights import DealWeights, Decision, Features, chance

__all__ = ["SECOND_LOOK", "look_again", "second_look", "seconds"]

SECOND_LOOK = ", second look"
_REASONS = 2
# Odds of what the grammar settles: most firms of a text sell, and the weights know little of one that buys.
_SETTLED = 1.5

_Board = Sequence[Mapping[str, Sequence[Weighed]]]


def second_look(slot: str) -> str:
    """Return the name of the decision that looks again at a slot."""
    return f"{slot}{SECOND_LOOK}"


def look_again(scene: DealScene, board: _Board, weights: DealWeights) -> list[dict[str, list[Choice]]]:
    """Return what fills the slots of each deal of a text.

    Args:
        board: All candidates of each deal with their odds at first sight, the deals in the order of the text.
    """
    again: list[dict[str, list[Weighed]]] = [{slot: list(w) for slot, w in deal.items()} for deal in board]
    features: dict[int, Features] = {}
    slots = sorted({s for deal in board for s in deal if second_look(s) in weights.weights})
    for n, slot, i, found in seconds(scene, board, slots):
        alone = again[n][slot][i]
        odds = _settled(alone, weights.odds(second_look(slot), found))
        weighed = Weighed(candidate=alone.candidate, odds=odds, seen_alone=alone.odds)
        again[n][slot][i] = weighed
        features[id(weighed)] = found

    def explain(weighed: Weighed) -> Decision:
        slot = weighed.candidate.slot
        first = weights.decide(slot, weighed.candidate.features)
        if STILL_LATE in weighed.candidate.features:
            sure = chance(_SETTLED)
            return replace(first, probability=sure, confidence=weights.confidence(sure), reasons=(STILL_LATE,))
        if id(weighed) not in features:
            return first
        second = weights.decide(second_look(slot), features[id(weighed)])
        if _is_settled(weighed):
            sure = weighed.probability
            return replace(second, probability=sure, confidence=weights.confidence(sure), reasons=(BUYS_OUTRIGHT,))
        reasons = (*first.reasons[:_REASONS], *second.reasons[:_REASONS])
        return replace(second, reasons=reasons)

    return [take(deal, weights, explain) for deal in again]


def _is_settled(weighed: Weighed) -> bool:
    return weighed.candidate.slot in SIDES and BUYS_OUTRIGHT in weighed.candidate.features


def _settled(weighed: Weighed, odds: float) -> float:
    """Return the odds, mended for a firm that is said to buy: it is a buyer of this deal, and no supplier."""
    if not _is_settled(weighed):
        return odds
    return max(odds, _SETTLED) if weighed.candidate.slot == "buyer" else min(odds, -_SETTLED)


def seconds(scene: DealScene, board: _Board, slots: Iterable[str]) -> Iterator[tuple[int, str, int, Features]]:
    """Yield deal, slot and position of each candidate for these slots with its features at the second look."""
    fields = {slot: _field(scene, board, slot) for slot in sorted({*slots, *SIDES})}
    for slot in slots:
        other = fields.get(SIDES.get(slot, ""))
        for n, deal in enumerate(board):
            for i, w in enumerate(deal.get(slot, ())):
                yield n, slot, i, second_features(_rival(scene, w), n, fields[slot], other)


def _field(scene: DealScene, board: _Board, slot: str) -> Field:
    deals: list[dict[str, Rival]] = []
    for deal in board:
        best: dict[str, Rival] = {}
        for w in deal.get(slot, ()):
            if w.candidate.key not in best or w.odds > best[w.candidate.key].odds:
                best[w.candidate.key] = _rival(scene, w)
        deals.append(best)
    return Field(by_deal=deals)


def _rival(scene: DealScene, weighed: Weighed) -> Rival:
    candidate = weighed.candidate
    entity = scene.entities.get(candidate.key)
    kind = entity.type.value if entity is not None and candidate.slot in SIDES else ""
    return Rival(candidate.key, weighed.odds, kind, candidate.state or "", candidate.row)
