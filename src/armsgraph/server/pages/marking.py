"""Cuts a text into pieces, so that spans which overlap can be shown in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["Piece", "cut_text"]

_Spot = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece of text in which no span starts or ends.

    Attributes:
        text: Never empty.
        spans: The spans that cover it, as start and end; the shortest first, of equally long ones the first.
        begins: The spans that start with it, the longest first.
    """

    text: str
    spans: tuple[_Spot, ...]
    begins: tuple[_Spot, ...]


def cut_text(text: str, spans: Iterable[_Spot], *, start: int = 0, end: int | None = None) -> tuple[Piece, ...]:
    """Return the pieces of `text[start:end]` in order; joined they are that text.

    Args:
        spans: In any order; they may nest and overlap. What lies outside is cut off, empty ones are left out.
        start: First character of the part, from 0.
        end: Character behind it; the end of the text by default.
    """
    last = len(text) if end is None else min(end, len(text))
    inside = sorted({s for s in spans if s[0] < s[1] and s[0] < last and s[1] > start}, key=lambda s: (s[0], -s[1]))
    edges = sorted({start, last, *(min(max(e, start), last) for s in inside for e in s)})
    pieces: list[Piece] = []
    open_spans: list[_Spot] = []
    coming = 0
    for here, there in pairwise(edges):
        open_spans = [s for s in open_spans if s[1] > here]
        begins = []
        while coming < len(inside) and inside[coming][0] <= here:
            open_spans.append(inside[coming])
            # one that began before the part has no beginning in it
            if inside[coming][0] == here:
                begins.append(inside[coming])
            coming += 1
        covering = tuple(sorted(open_spans, key=lambda s: (s[1] - s[0], s)))
        pieces.append(Piece(text=text[here:there], spans=covering, begins=tuple(begins)))
    return tuple(pieces)
