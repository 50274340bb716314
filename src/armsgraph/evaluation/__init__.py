"""Extractions measured against gold annotations."""

from armsgraph.evaluation.extracted import sheet_of_extraction
from armsgraph.evaluation.gold import GoldText, read_gold_folders
from armsgraph.evaluation.rendering import (
    calibration_lines,
    error_count_lines,
    error_lines,
    figure_lines,
    plain_report,
    rule_lines,
)
from armsgraph.evaluation.running import TextResult, judge_texts
from armsgraph.evaluation.score import ErrorKind, Judgement, Verdict, compare
from armsgraph.evaluation.sheets import DealSheet, FactSheet, NamedThing, Source
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

__all__ = [
    "CalibrationBin",
    "DealSheet",
    "ErrorCount",
    "ErrorKind",
    "FactSheet",
    "Figures",
    "GoldText",
    "Judgement",
    "NamedThing",
    "RuleCount",
    "Source",
    "TextResult",
    "Verdict",
    "calibrate",
    "calibration_lines",
    "compare",
    "count_errors",
    "count_rules",
    "error_count_lines",
    "error_lines",
    "figure_lines",
    "judge_texts",
    "plain_report",
    "read_gold_folders",
    "rule_lines",
    "sheet_of_extraction",
    "sum_up",
]
