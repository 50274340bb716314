"""Two numerals that are the ends of a range."""

from __future__ import annotations

from decimal import Decimal

from armsgraph.lexicon.values import ValueLexicon
from armsgraph.values.hedges import word_before
from armsgraph.values.numerals import trim

__all__ = ["DASHES", "joins_range", "spread_scale"]

DASHES = frozenset("-–—‑")
_LONGEST_GAP = 7


def joins_range(text: str, start: int, gap_start: int, gap_end: int, lexicon: ValueLexicon) -> bool:
    """Say whether the gap between two figures makes them a range.

    A dash does, "to" does unless the first stands behind "from" (a change, not a range), "and" does behind "between".

    Args:
        text: The text.
        start: Where the first figure starts, its currency included.
        gap_start: End of the first figure.
        gap_end: Start of the second.
        lexicon: Its words for "between", "from" and "ranging".
    """
    if not 0 < gap_end - gap_start <= _LONGEST_GAP:
        return False
    gap = text[gap_start:gap_end]
    word = gap.strip().lower()
    if word in DASHES:
        return "\n" not in gap
    if word in ("to", "-to-"):
        if word_before(text, start) in lexicon.words["range_from"]:
            return word_before(text, start, back=1) in lexicon.words["range_ranging"]
        return gap != word
    return word == "and" and word_before(text, start) in lexicon.words["range_between"]


def spread_scale(
    low: Decimal, low_multiplier: Decimal, high: Decimal, high_multiplier: Decimal
) -> tuple[Decimal, Decimal] | None:
    """Return the ends of a range, the scale of the second given to a first without one ("2-3 billion").

    Returns:
        The lower and the upper end, or None when they are in no order.
    """
    if low_multiplier == 1 and high_multiplier > 1:
        low = trim(low * high_multiplier)
    return (low, high) if low < high else None
