"""A deal as a record that people read: its sides, things, sums, steps and deliveries."""

from __future__ import annotations

from dataclasses import dataclass

from armsgraph.server.pages.facts import Cell, NodeView
from armsgraph.vocab import ARMS

__all__ = ["DealRecord", "Row", "Table", "read_deal"]

_SIDES = (
    ("buyer", "Buyer"),
    ("supplier", "Supplier"),
    ("party", "Parties"),
    ("endUser", "End user"),
    ("approver", "Approved by"),
    ("signatory", "Signed by"),
    ("signedOn", "Signed on"),
    ("signedAt", "Signed at"),
    ("startsOn", "Starts"),
    ("endsOn", "Ends"),
    ("duration", "Lasts"),
    ("producedAt", "Made at"),
    ("partOf", "Part of"),
)
_COLUMNS = {
    "item": (
        ("weapon", "Thing"),
        ("quantityQualifier", ""),
        ("quantity", "How many"),
        ("description", "In the words of the text"),
        ("calibre", "Calibre"),
    ),
    "value": (
        ("amountQualifier", ""),
        ("amount", "Amount"),
        ("upperAmount", "Up to"),
        ("currency", "Currency"),
    ),
    "stage": (("onDate", "When"), ("stageStatus", "Step"), ("stageActor", "By")),
    "deliveryMilestone": (
        ("dueOn", "When"),
        ("offset", "After"),
        ("offsetFrom", "Counted from"),
        ("quantityQualifier", ""),
        ("quantity", "How many"),
        ("weapon", "Of what"),
        ("recipient", "To whom"),
    ),
}
_MOST_ROWS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A part of a deal: its page and its cells by column."""

    href: str
    cells: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Parts of one kind with the columns that at least one of them fills."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DealRecord:
    """What the graph states of a deal.

    Attributes:
        status: How far it has come.
        sides: Who, when and where, each with its heading; what is not known is not there.
        told: IRIs of the properties that the record tells.
    """

    status: tuple[Cell, ...]
    sides: tuple[tuple[str, tuple[Cell, ...]], ...]
    items: Table
    sums: Table
    stages: Table
    deliveries: Table
    told: tuple[str, ...]


def read_deal(view: NodeView) -> DealRecord:
    """Read a deal for its page."""
    deal = view.iri
    sides = ((words, view.cells(deal, name)) for name, words in _SIDES)
    return DealRecord(
        status=view.cells(deal, "status"),
        sides=tuple((words, cells) for words, cells in sides if cells),
        items=_table(view, "item"),
        sums=_table(view, "value"),
        stages=_table(view, "stage", by="onDate"),
        deliveries=_table(view, "deliveryMilestone", by="dueOn"),
        told=tuple(ARMS + name for name in ("status", *(name for name, _ in _SIDES), *_COLUMNS)),
    )


def _table(view: NodeView, part: str, *, by: str | None = None) -> Table:
    columns = _COLUMNS[part]
    parts = view.nodes.values(view.iri, ARMS + part)
    if by is not None:
        # without a day last; else in the order of their numbers, which is that of the text
        parts.sort(key=lambda p: view.nodes.value(p, ARMS + by) or "9")
    filled: list[tuple[str, list[tuple[Cell, ...]]]] = []
    for iri in parts[:_MOST_ROWS]:
        filled.append((view.addresses.about(iri), [view.cells(iri, name, most=20) for name, _ in columns]))
    used = [n for n, _ in enumerate(columns) if any(cells[n] for _, cells in filled)]
    # a qualifier ("about", "over") stands before its number, in its cell
    shown = [n for n in used if columns[n][1]]
    rows = []
    for href, cells in filled:
        joined = tuple((cells[n - 1] if n and not columns[n - 1][1] else ()) + cells[n] for n in shown)
        rows.append(Row(href=href, cells=joined))
    names = tuple(columns[n][1] for n in shown)
    return Table(columns=names, rows=tuple(rows), left_out=max(0, len(parts) - _MOST_ROWS))
