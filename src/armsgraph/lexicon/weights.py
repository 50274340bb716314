"""The fitted weights by which the deals stage decides between what the rules propose."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp
from pathlib import Path

from armsgraph.errors import DataError
from armsgraph.lexicon.tables import read_table

__all__ = ["CONFIDENCE", "DealWeights", "Decision", "Features", "chance", "load_deal_weights"]

_TABLE = "deal_weights.tsv"
_THRESHOLD = "threshold"
CONFIDENCE = "confidence"
_CERTAIN = 30.0
_REASONS = 4
# A feature that moves the odds by less than a twentieth explains nothing to a reader.
_TELLING = 0.05

Features = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """How likely a proposal is right (0 to 1), and the features that weighed most, the heaviest first.

    Attributes:
        confidence: How many of the facts taken at such a probability are right, the whole way from the text.
    """

    probability: float
    confidence: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DealWeights:
    """Logistic models: the weight of each feature, by decision; the constant term is the feature `always`.

    Attributes:
        weights: Weight by decision and feature.
        thresholds: The least probability at which a proposal is taken, by decision.
        confidences: Points (probability, confidence) in ascending order, both growing; without any, one is the other.
    """

    weights: Mapping[str, Mapping[str, float]]
    thresholds: Mapping[str, float]
    confidences: tuple[tuple[float, float], ...] = ()

    def probability(self, decision: str, features: Features) -> float:
        """Return how likely a proposal is right; 0 for a decision without weights."""
        return chance(self.odds(decision, features)) if decision in self.weights else 0.0

    def odds(self, decision: str, features: Features) -> float:
        """Return the logarithm of the odds that a proposal is right; the lowest for a decision without weights."""
        known = self.weights.get(decision)
        if known is None:
            return -_CERTAIN
        weight_of = known.get
        total = 0.0
        for name, value in features.items():
            total += value * weight_of(name, 0.0)
        return max(-_CERTAIN, min(_CERTAIN, total))

    def confidence(self, probability: float) -> float:
        """Return the confidence in a fact taken at a probability, straight between the points of the table."""
        if not self.confidences:
            return probability
        places = [p for p, _ in self.confidences]
        i = bisect_right(places, probability)
        if i in {0, len(places)}:
            return self.confidences[min(i, len(places) - 1)][1]
        (low, one), (high, other) = self.confidences[i - 1 : i + 1]
        return one + (other - one) * (probability - low) / (high - low)

    def decide(self, decision: str, features: Features) -> Decision:
        """Return the probability with its reasons, each as `feature +1.2` (weight times value)."""
        known = self.weights.get(decision, {})
        parts = [(value * known.get(name, 0.0), name) for name, value in features.items() if name != "always"]
        heaviest = sorted((p for p in parts if abs(p[0]) >= _TELLING), key=lambda p: (-abs(p[0]), p[1]))
        probability = self.probability(decision, features)
        return Decision(
            probability=probability,
            confidence=self.confidence(probability),
            reasons=tuple(f"{name} {weight:+.1f}" for weight, name in heaviest[:_REASONS]),
        )

    def accepts(self, decision: str, probability: float) -> bool:
        """Say whether a probability is enough for a proposal to be taken."""
        return probability >= self.thresholds.get(decision, 0.5)


def chance(odds: float) -> float:
    """Return the probability of a logarithm of odds."""
    return 1 / (1 + exp(-odds))


def load_deal_weights(*, overlays: Sequence[Path] = ()) -> DealWeights:
    """Read `deal_weights.tsv`, the user's overlays last: a row there takes the place of the shipped one.

    Raises:
        DataError: A weight is no number, or a threshold or confidence is not between 0 and 1, with file and line.
    """
    confidences: dict[float, float] = {}
    weights: dict[str, dict[str, float]] = {}
    thresholds: dict[str, float] = {}
    for row, where in read_table(_TABLE, ("decision", "feature", "weight", "source"), overlays=overlays):
        try:
            weight = float(row["weight"])
        except ValueError as error:
            raise DataError(f"{row['weight']!r} is no number", where=where, hint="write it as -0.25") from error
        if row["decision"] == CONFIDENCE:
            confidences[_share(row["feature"], where)] = _share(row["weight"], where)
        elif row["feature"] == _THRESHOLD:
            if not 0 <= weight <= 1:
                raise DataError(f"a threshold of {weight}", where=where, hint="it is a probability, 0 to 1")
            thresholds[row["decision"]] = weight
        else:
            weights.setdefault(row["decision"], {})[row["feature"]] = weight
    return DealWeights(weights=weights, thresholds=thresholds, confidences=tuple(sorted(confidences.items())))


def _share(text: str, where: str) -> float:
    try:
        share = float(text)
    except ValueError as error:
        raise DataError(f"{text!r} is no number", where=where, hint="write it as 0.85") from error
    if not 0 <= share <= 1:
        raise DataError(f"a confidence of {share}", where=where, hint="it is a share, 0 to 1")
    return share
