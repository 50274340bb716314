"""Figures, calibration and errors as lines of text and as plain values for JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from armsgraph.evaluation.score import Judgement, Verdict
from armsgraph.evaluation.summary import (
    CalibrationBin,
    ErrorCount,
    Figures,
    RuleCount,
    calibrate,
    count_errors,
    count_rules,
    sum_up,
)

__all__ = ["calibration_lines", "error_count_lines", "error_lines", "figure_lines", "plain_report", "rule_lines"]

_ORDER = {Verdict.WRONG: 0, Verdict.MISSED: 1}


def figure_lines(figures: Mapping[str, Figures]) -> Iterator[str]:
    """Give the table of precision, recall and F1."""
    yield f"{'':36}{'P':>7}{'R':>7}{'F1':>7}{'right':>7}{'said':>7}{'gold':>7}"
    for heading, f in figures.items():
        yield f"{heading:36}{f.precision:7.3f}{f.recall:7.3f}{f.f1:7.3f}{f.right:7}{f.said:7}{f.gold:7}"


def calibration_lines(bins: Sequence[CalibrationBin]) -> Iterator[str]:
    """Give the table of confidence beside the share that is right, bins without a fact left out."""
    yield f"{'confidence of deal facts, relations':36}{'said':>7}{'right':>7}{'share':>7}{'mean':>7}"
    for b in bins:
        if b.said:
            edges = f"{b.low:.1f} to {b.high:.1f}" if b.low else f"under {b.high:.1f}"
            yield f"{edges:36}{b.said:7}{b.right:7}{b.share_right:7.3f}{b.mean_confidence:7.3f}"


def error_count_lines(counts: Sequence[ErrorCount], *, limit: int) -> Iterator[str]:
    """Give the table of the most frequent kinds of error; nothing if there is none."""
    if not counts:
        return
    yield f"{'most frequent errors':60}{'count':>7}"
    for c in counts[:limit]:
        yield f"{c.verdict.value:8}{c.heading:28}{c.kind.value:24}{c.count:7}"
    rest = sum(c.count for c in counts[limit:])
    if rest:
        yield f"{'others':60}{rest:7}"


def rule_lines(rules: Sequence[RuleCount]) -> Iterator[str]:
    """Give the table of rules that made a wrong deal fact or relation; nothing if none did."""
    wrong = [r for r in rules if r.right < r.said]
    if wrong:
        yield f"{'rules that were wrong':53}{'said':>7}{'right':>7}"
    for r in wrong:
        yield f"{r.rule:53}{r.said:7}{r.right:7}"


def error_lines(judgements: Iterable[Judgement]) -> Iterator[str]:
    """Give what was wrong or missed: text, verdict, heading, value, kind, rule, sentence, parted by tabs."""
    errors = [j for j in judgements if j.kind is not None]
    for j in sorted(errors, key=lambda j: (j.text_id, _ORDER[j.verdict], j.heading, j.value)):
        kind = j.kind.value if j.kind else ""
        yield "\t".join((j.text_id, j.verdict.value, j.heading, j.value, kind, j.source.rule, j.source.sentence))


def plain_report(judgements: Sequence[Judgement], *, texts: int) -> dict[str, Any]:
    """Return everything in plain values: the number of texts, figures, calibration, kinds of error, rules, errors."""
    return {
        "texts": texts,
        "figures": {
            heading: {
                "right": f.right,
                "said": f.said,
                "gold": f.gold,
                "precision": round(f.precision, 4),
                "recall": round(f.recall, 4),
                "f1": round(f.f1, 4),
            }
            for heading, f in sum_up(judgements).items()
        },
        "calibration": [
            {
                "low": b.low,
                "high": b.high,
                "said": b.said,
                "right": b.right,
                "share_right": round(b.share_right, 4),
                "mean_confidence": round(b.mean_confidence, 4),
            }
            for b in calibrate(judgements)
        ],
        "kinds": [
            {"heading": c.heading, "verdict": c.verdict.value, "kind": c.kind.value, "count": c.count}
            for c in count_errors(judgements)
        ],
        "rules": [{"rule": r.rule, "said": r.said, "right": r.right} for r in count_rules(judgements)],
        "errors": [
            {
                "text": j.text_id,
                "verdict": j.verdict.value,
                "heading": j.heading,
                "value": j.value,
                "kind": j.kind.value,
                "rule": j.source.rule,
                "confidence": j.source.confidence,
                "sentence": j.source.sentence,
            }
            for j in judgements
            if j.kind is not None
        ],
    }
