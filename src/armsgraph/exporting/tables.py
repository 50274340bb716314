"""Tables for people: CSV and XLSX with the same cells, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import IO

__all__ = ["MOST_ROWS", "Cell", "Column", "Figure", "safe_text", "write_csv", "write_xlsx"]

# What Excel takes: rows below the heading, characters of a cell, links of a sheet and characters of one.
MOST_ROWS = 1_048_575
_MOST_CHARS = 32_767
_MOST_LINKS = 65_000
_MOST_LINK_CHARS = 2000
_FIRST = datetime(1980, 1, 1)
_FORMULA = re.compile(r"\s*[=+\-@\t\r]")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_BRACKETED = '"("#,##0")"'
_PLAIN = "#,##0"
_WIDEST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A whole number; one that is not certain stands in brackets, in XLSX as a number still."""

    value: int
    is_certain: bool = True

    def __str__(self) -> str:
        return str(self.value) if self.is_certain else f"({self.value})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its heading, its width in XLSX, whether its texts are addresses to be linked."""

    name: str
    width: int = 18
    is_link: bool = False


Cell = str | int | Decimal | Figure | None


def safe_text(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: one that starts like one gets an apostrophe in front."""
    return f"'{text}" if _FORMULA.match(text) else text


def write_csv(
    columns: Sequence[Column], rows: Iterable[Sequence[Cell]], file: IO[bytes], *, with_bom: bool = False
) -> None:
    """Write a table as CSV (RFC 4180, UTF-8).

    Texts that start like a formula get an apostrophe in front; numbers, also negative ones, stay as they are.

    Args:
        with_bom: Start with a byte order mark, by which Excel knows UTF-8.
    """
    text = io.TextIOWrapper(file, encoding="utf-8", errors="replace", newline="", write_through=True)
    try:
        if with_bom:
            text.write("\ufeff")
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow([column.name for column in columns])
        for row in rows:
            writer.writerow([_csv_cell(cell) for cell in row])
        text.flush()
    finally:
        text.detach()


def _csv_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return safe_text(cell)
    return format(cell, "f") if isinstance(cell, Decimal) else str(cell)


def write_xlsx(columns: Sequence[Column], rows: Iterable[Sequence[Cell]], file: IO[bytes], *, title: str) -> None:
    """Write a table as an Excel workbook of one sheet: numbers as numbers, the heading frozen and with filters.

    An uncertain figure is a number that is shown in brackets. The same rows give the same bytes.
    """
    # a heavy import that only this export needs
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = min(column.width, _WIDEST)
    top = Alignment(vertical="top", wrap_text=True)
    heading = []
    for column in columns:
        cell = WriteOnlyCell(sheet, column.name)
        cell.font = Font(bold=True)
        cell.alignment = top
        heading.append(cell)
    sheet.append(heading)
    links = written = 0
    for row in rows:
        cells = []
        for column, value in zip(columns, row, strict=True):
            cell = WriteOnlyCell(sheet, _xlsx_value(value))
            cell.alignment = top
            if isinstance(value, str):
                # a text stays one, also if it starts with "="
                cell.data_type = "s"
                cell.quotePrefix = bool(_FORMULA.match(value))
            if isinstance(value, Figure):
                cell.number_format = _PLAIN if value.is_certain else _BRACKETED
            elif isinstance(value, Decimal):
                cell.number_format = "#,##0.##" if value % 1 else _PLAIN
            if column.is_link and isinstance(value, str) and 0 < len(value) <= _MOST_LINK_CHARS and links < _MOST_LINKS:
                links += 1
                cell.hyperlink = value
                cell.font = Font(color="0563C1", underline="single")
            cells.append(cell)
        sheet.append(cells)
        written += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{written + 1}"
    made = io.BytesIO()
    book.save(made)
    _without_time(made, file)


def _xlsx_value(cell: Cell) -> str | int | float | Decimal | None:
    if isinstance(cell, Figure):
        return cell.value
    if isinstance(cell, str):
        text = _NOT_XML.sub("\ufffd", cell)
        return text if len(text) <= _MOST_CHARS else text[: _MOST_CHARS - 1] + "…"
    return cell


def _without_time(made: IO[bytes], file: IO[bytes]) -> None:
    """Copy a workbook without the time at which it was written, so that the same rows give the same bytes."""
    stamp = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            data = source.read(name)
            if name == "docProps/core.xml":
                data = stamp.sub(rb"\g<1>" + _FIRST.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), data)
            target.writestr(zipfile.ZipInfo(name, date_time=_FIRST.timetuple()[:6]), data, zipfile.ZIP_DEFLATED)
