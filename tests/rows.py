"""Rows of answers in a form in which those of different engines compare."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from pathlib import Path

__all__ = ["normal_row", "read_expected"]

_NUMBER = re.compile(r"[+-]?\d+(\.\d*)?([eE][+-]?\d+)?")
_MONTHS = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?")
_JOINED = " | "


def normal_row(row: tuple[str, ...]) -> tuple[str, ...]:
    """`1E+2`, `100.0` and `100` are one number; what GROUP_CONCAT joined has no order.

    `P32M` is `P2Y8M` to Oxigraph, and to Virtuoso no more than 32.
    """
    return tuple(_normal(value) for value in row)


def _normal(value: str) -> str:
    if _NUMBER.fullmatch(value):
        return format(Decimal(value).normalize(), "f")
    months = _MONTHS.fullmatch(value)
    if months and value != "P":
        return str(12 * int(months.group(1) or 0) + int(months.group(2) or 0))
    return _JOINED.join(sorted(value.split(_JOINED)))


def read_expected(path: Path) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Read names and rows of an expected answer."""
    with path.open(encoding="utf-8", newline="") as file:
        first, *rows = csv.reader(file)
    return tuple(first), [tuple(row) for row in rows]
