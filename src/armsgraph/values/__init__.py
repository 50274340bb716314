"""Values stage: numbers, money, dates, durations and calibres of one document."""

from armsgraph.values.find import find_values

__all__ = ["find_values"]
