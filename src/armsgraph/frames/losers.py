"""Offers that lost: who is beaten in a contest offered, and nothing came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from armsgraph.lexicon.deals import DealLexicon
from armsgraph.model import DealKind, DealStatus, Frame
from armsgraph.syntax import Tree

__all__ = ["without_losers"]


def without_losers(tree: Tree, frames: Iterable[Frame], lexicon: DealLexicon) -> list[Frame]:
    """Return the frames, and of them as denied those that tell what the losers of a contest had on offer.

    "The rivals lost: Vard, which had teamed up with Saab and offered the A26": neither is a deal.
    """
    words: dict[int, set[str]] = {}
    for token in tree.tokens:
        words.setdefault(token.sentence, set()).update((token.lemma.lower(), token.text.lower()))
    lost = {sentence for sentence, said in words.items() if _tells_of_losers(said, lexicon)}
    return [replace(f, is_negated=True) if f.sentence in lost and _is_on_offer(f) else f for f in frames]


def _tells_of_losers(said: set[str], lexicon: DealLexicon) -> bool:
    """Say whether a sentence has a word for losing and one for a contest ("the losing bids", "two rivals lost")."""
    losing = said & lexicon.words["losing_words"]
    return bool(losing) and bool(said & lexicon.words["contest_words"])


def _is_on_offer(frame: Frame) -> bool:
    return frame.status is DealStatus.PROPOSED or frame.kind is DealKind.COOPERATION_AGREEMENT
