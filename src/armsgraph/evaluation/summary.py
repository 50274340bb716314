"""Judgements in sum: precision and recall by heading, calibration of confidences, the most frequent kinds of error."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from armsgraph.evaluation.score import ErrorKind, Judgement, Verdict

__all__ = [
    "CalibrationBin",
    "ErrorCount",
    "Figures",
    "RuleCount",
    "calibrate",
    "count_errors",
    "count_rules",
    "sum_up",
]

_SUMS = {"slot": "DEAL FACTS", "entity": "ENTITIES", "relation": "RELATIONS", "office": "OFFICES", "deal": "deals"}
_WITHOUT_PARTS = frozenset({"office", "deal"})
_EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Precision, recall, F1 (0 to 1) and the counts behind them."""

    right: int
    said: int
    gold: int

    @property
    def precision(self) -> float:
        """Right among said."""
        return self.right / self.said if self.said else 0.0

    @property
    def recall(self) -> float:
        """Right among gold."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationBin:
    """Facts whose confidence lies from `low` up to, not including, `high` (the last bin includes it)."""

    low: float
    high: float
    said: int
    right: int
    mean_confidence: float

    @property
    def share_right(self) -> float:
        """Right among said: what the mean confidence should be."""
        return self.right / self.said if self.said else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorCount:
    """How often one kind of error was made under one heading."""

    heading: str
    verdict: Verdict
    kind: ErrorKind
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCount:
    """How many deal facts and relations a rule made, and how many of them are right."""

    rule: str
    said: int
    right: int


def sum_up(judgements: Iterable[Judgement]) -> Mapping[str, Figures]:
    """Return the figures by heading, sorted, the sums (in capitals) last."""
    counts: Counter[tuple[str, Verdict]] = Counter()
    headings = set(_SUMS.values())
    for judgement in judgements:
        group = judgement.heading.partition(" ")[0]
        for heading in {_SUMS[group]} | ({judgement.heading} - _WITHOUT_PARTS):
            headings.add(heading)
            counts[heading, judgement.verdict] += 1
    figures = {}
    for heading in sorted(headings, key=lambda h: (h.isupper(), h)):
        right, wrong, missed = (counts[heading, verdict] for verdict in Verdict)
        figures[heading] = Figures(right=right, said=right + wrong, gold=right + missed)
    return figures


def calibrate(judgements: Iterable[Judgement]) -> tuple[CalibrationBin, ...]:
    """Return the bins of confidence, low to high, over the deal facts and relations that were said; empty bins too."""
    found: list[list[tuple[float, bool]]] = [[] for _ in _EDGES[1:]]
    for judgement in judgements:
        confidence = judgement.source.confidence
        if _is_claim(judgement) and confidence is not None:
            place = sum(confidence >= edge for edge in _EDGES[1:-1])
            found[place].append((confidence, judgement.verdict is Verdict.RIGHT))
    return tuple(
        CalibrationBin(
            low=low,
            high=high,
            said=len(facts),
            right=sum(is_right for _, is_right in facts),
            mean_confidence=sum(confidence for confidence, _ in facts) / len(facts) if facts else 0.0,
        )
        for low, high, facts in zip(_EDGES, _EDGES[1:], found, strict=False)
    )


def count_errors(judgements: Iterable[Judgement]) -> tuple[ErrorCount, ...]:
    """Return the kinds of error by heading, the most frequent first."""
    counts = Counter((j.heading, j.verdict, j.kind) for j in judgements if j.kind is not None)
    return tuple(
        ErrorCount(heading=heading, verdict=verdict, kind=kind, count=count)
        for (heading, verdict, kind), count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        if kind is not None
    )


def count_rules(judgements: Iterable[Judgement]) -> tuple[RuleCount, ...]:
    """Return the rules behind deal facts and relations, those with most wrong facts first."""
    said: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for judgement in filter(_is_claim, judgements):
        said[judgement.source.rule] += 1
        right[judgement.source.rule] += judgement.verdict is Verdict.RIGHT
    ordered = sorted(said, key=lambda rule: (right[rule] - said[rule], rule))
    return tuple(RuleCount(rule=rule, said=said[rule], right=right[rule]) for rule in ordered)


def _is_claim(judgement: Judgement) -> bool:
    """Say whether we said it, and it is a deal fact or a relation."""
    return judgement.verdict is not Verdict.MISSED and judgement.heading.startswith(("slot ", "relation "))
