"""Extractions measured against gold annotations."""

from armsgraph.evaluation.gold import FactSheet, GoldText, read_gold_folder, sheet_of_extraction
from armsgraph.evaluation.score import Figures, Tally, compare

__all__ = ["FactSheet", "Figures", "GoldText", "Tally", "compare", "read_gold_folder", "sheet_of_extraction"]
