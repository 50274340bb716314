"""Deals as rows of a trade register, in the columns that users of the SIPRI Arms Transfers Database know."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from armsgraph.dossiers import Deal, Entity, Fact, Item, Standing
from armsgraph.exporting.tables import Cell, Column, Figure
from armsgraph.exporting.wording import (
    delivery_words,
    duration_words,
    figure_words,
    is_uncertain,
    names_of,
    rival_words,
    split_states,
    standing_words,
)

__all__ = ["REGISTER_COLUMNS", "RegisterRow", "is_trade", "register_rows"]

REGISTER_COLUMNS = (
    Column(name="Supplier", width=24),
    Column(name="Recipient", width=24),
    Column(name="Weapon designation", width=24),
    Column(name="Weapon description", width=24),
    Column(name="Number ordered", width=11),
    Column(name="Year of order", width=10),
    Column(name="Year(s) of delivery", width=12),
    Column(name="Number delivered", width=11),
    Column(name="Comments", width=60),
    Column(name="Status", width=12),
    Column(name="Standing", width=11),
    Column(name="Deal kind", width=14),
    Column(name="Number neither ordered nor delivered", width=14),
    Column(name="Value", width=18),
    Column(name="Currency", width=9),
    Column(name="Least confidence", width=11),
    Column(name="Sentence", width=60),
    Column(name="Document", width=20),
    Column(name="Published", width=11),
    Column(name="URL", width=24, is_link=True),
    Column(name="Deal", width=24, is_link=True),
    Column(name="Item", width=24),
    Column(name="Claims", width=24),
)
_NO_ORDERS = {
    "CooperationAgreement": "cooperation agreement",
    "JointVentureAgreement": "joint venture agreement",
    "Memorandum": "memorandum",
}
_DATE = re.compile(r"\d{4}(?!\d)")
_ORDERED = frozenset({"signed", "ordered"})
_DELIVERED = frozenset({"delivered", "completed"})
_SHOWN_KINDS = {"Licence": "licence", "Donation": "gift"}


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    """A row: one item of a deal, or a deal that names none; `cells` go with `REGISTER_COLUMNS`."""

    deal: Deal
    item: Item | None
    cells: tuple[Cell, ...]


def is_trade(deal: Deal) -> bool:
    """Say whether something is delivered or bought: an agreement between equals that names no thing is no trade."""
    return bool(deal.items) or deal.kind not in _NO_ORDERS


def register_rows(deals: Iterable[Deal]) -> Iterator[RegisterRow]:
    """Yield the rows of deals in their order, one an item.

    A number stands in brackets if it is hedged, planned, or contradicted by one that may be right. What is planned,
    cancelled or unclear is neither a number ordered nor a number delivered: it has a column of its own, and the
    comments begin with it.
    """
    for deal in deals:
        if is_trade(deal):
            for item in deal.items or (None,):
                yield _Row(deal, item).row()


class _Row:
    def __init__(self, deal: Deal, item: Item | None) -> None:
        self._deal = deal
        self._item = item
        self._used: list[Fact[Any]] = []
        self._comments: list[str] = []

    def row(self) -> RegisterRow:
        deal, item = self._deal, self._item
        self._say(self._mark())
        self._use(deal.status)
        supplier = self._side(deal.suppliers, "supplier")
        recipient = self._side(deal.buyers, "recipient")
        designation, description = self._thing()
        ordered, delivered, other = self._numbers()
        first = self._year_of_order(), self._years_of_delivery()
        self._remark()
        shown = self._shown()
        total = self._total()
        cells: tuple[Cell, ...] = (
            supplier or "Unknown supplier",
            recipient or "Unknown recipient",
            designation,
            description,
            ordered,
            *first,
            delivered,
            "; ".join(dict.fromkeys(self._comments)),
            deal.status.value if deal.status else None,
            deal.standing.value,
            deal.kind,
            other,
            total[0],
            total[1],
            self._least_confidence(),
            shown[0],
            "; ".join(d.title or d.id for d in deal.documents),
            "; ".join(d.published for d in deal.documents if d.published),
            next((d.url for d in deal.documents if d.url), None),
            deal.iri,
            item.iri if item else None,
            " ".join(dict.fromkeys(f.best.claim for f in self._used if f.best)),
        )
        return RegisterRow(deal=deal, item=item, cells=cells)

    # -------------------------------------------------------------------------------------------- who and what
    def _side(self, facts: tuple[Fact[Entity], ...], name: str) -> str:
        states, others = split_states(facts)
        for fact in facts:
            self._use(fact)
        if states and others:
            self._say(f"{name}: {names_of(others)}")
        return names_of(states or others)

    def _thing(self) -> tuple[str | None, str | None]:
        item = self._item
        if item is None:
            self._say("what is delivered is not named")
            return None, None
        for fact in item.weapons:
            self._use(fact)
        names = names_of(item.weapons)
        kinds = "; ".join(dict.fromkeys(k for f in item.weapons for k in f.value.weapon_kinds))
        return names or None, kinds or (item.description if _says_more(item, names) else None)

    @staticmethod
    def _called(item: Item) -> str | None:
        """Return the words of the text for a thing where the row has another description."""
        has_kind = any(f.value.weapon_kinds for f in item.weapons)
        return f"called “{item.description}”" if has_kind and _says_more(item, names_of(item.weapons)) else None

    # -------------------------------------------------------------------------------------------- how many
    def _numbers(self) -> tuple[Figure | None, Figure | str | None, Figure | None]:
        """Return the numbers ordered, delivered, and neither."""
        deal, item = self._deal, self._item
        fact = item.quantity if item else None
        figure = None
        if fact is not None and item is not None:
            self._use(fact)
            is_certain = not is_uncertain(fact, qualifier=item.qualifier, among=item.quantities)
            figure = Figure(value=fact.value, is_certain=is_certain)
        if not deal.is_order:
            return None, None, figure
        if deal.standing is Standing.AGREED:
            return figure, self._delivered_parts(), None
        parts = self._delivered_parts()
        if parts is None and any(d.is_asserted and d.quantity for d in deal.deliveries):
            # deliveries are told that may be of any of the items: the comments have them
            return figure if deal.was_agreed else None, None, None
        # one figure for an order and its delivery: that all of it was delivered is not said
        whole = Figure(value=figure.value, is_certain=figure.is_certain and not deal.was_agreed) if figure else None
        return figure if deal.was_agreed else None, parts or whole, None

    def _delivered_parts(self) -> Figure | str | None:
        """Return what deliveries tell as made; several are shown side by side, as the later may hold the earlier."""
        if len(self._deal.items) != 1:
            # a delivery does not say of which item it is; the comments have it
            return None
        facts = [d.quantity for d in self._deal.deliveries if d.is_asserted and d.quantity]
        for fact in facts:
            self._use(fact)
        if len(facts) == 1:
            return Figure(value=facts[0].value, is_certain=not is_uncertain(facts[0]))
        values = list(dict.fromkeys(f.value for f in facts))
        if len(values) == 1:
            # told twice, or two deliveries of as many
            return Figure(value=values[0], is_certain=False)
        return f"({'; '.join(map(str, values))})" if values else None

    # -------------------------------------------------------------------------------------------- when
    def _year_of_order(self) -> str | int | None:
        deal = self._deal
        if not self._has_years():
            return None
        dates = [deal.signed_on] if deal.signed_on else []
        dates = dates or [s.on_date for s in deal.stages if s.status in _ORDERED and s.is_asserted and s.on_date]
        for fact in dates:
            self._use(fact)
        return _cell(_years(dates, deal.facts))

    def _has_years(self) -> bool:
        return self._deal.is_order or self._deal.standing is Standing.CANCELLED

    def _years_of_delivery(self) -> str | int | None:
        if not self._has_years():
            return None
        done = [s.on_date for s in self._deal.stages if s.status in _DELIVERED and s.is_asserted and s.on_date]
        done += [d.due_on for d in self._deal.deliveries if d.is_asserted and d.due_on]
        due = [d.due_on for d in self._deal.deliveries if not d.is_asserted and d.due_on]
        for fact in (*done, *due):
            self._use(fact)
        years = _years(done, [f for s in self._deal.stages for f in s.facts])
        years += [f"({y})" for y in dict.fromkeys(map(_year, due)) if y and y not in years]
        return _cell(years)

    # -------------------------------------------------------------------------------------------- the rest
    def _remark(self) -> None:
        deal, item = self._deal, self._item
        if deal.kind in _SHOWN_KINDS:
            self._say(_SHOWN_KINDS[deal.kind])
        if item is not None:
            self._say(figure_words(item))
            for rival in item.quantities:
                if not rival.is_held:
                    self._say(rival_words(rival, name="number"))
            self._say(self._called(item))
            self._say(f"calibre {item.calibre}" if item.calibre else None)
        for value in deal.values:
            self._say(f"value {value.value}" if value.is_held else rival_words(value, name="value"))
        for fact in deal.facts:
            if not fact.is_held and fact.predicate in {"signedOn", "startsOn", "endsOn", "duration"}:
                self._say(rival_words(fact, name=fact.predicate))
            elif not fact.is_held and fact.modality == "denied":
                self._say(f"denied: {fact.predicate} {fact.value}")
        self._say(f"between {names_of(deal.parties)}" if deal.parties else None)
        self._say(f"end user {names_of(deal.end_users)}" if deal.end_users else None)
        self._say(f"made at {names_of(deal.produced_at)}" if deal.produced_at else None)
        if deal.signed_on and (len(deal.signed_on.value) > 4 or not self._has_years()):
            self._say(f"signed on {deal.signed_on.value}")
        self._say(f"runs for {duration_words(deal.duration.value)}" if deal.duration else None)
        for delivery in deal.deliveries:
            self._say(delivery_words(delivery))

    def _mark(self) -> str | None:
        """Return what a row begins with that is no order: what it is instead."""
        deal = self._deal
        if deal.is_order:
            return None
        if deal.standing is Standing.CANCELLED:
            return f"CANCELLED{self._earlier()}"
        if deal.standing in {Standing.AGREED, Standing.DELIVERED}:
            return f"{_NO_ORDERS[deal.kind].upper()}, no order: {standing_words(deal)}"
        kind, _, rest = standing_words(deal).partition(":")
        return f"{kind.upper()}, no order yet:{rest}" if rest else kind.upper()

    def _earlier(self) -> str:
        told = [s.status for s in self._deal.stages if s.status and s.status != "cancelled" and s.is_asserted]
        return f", earlier {', '.join(dict.fromkeys(told))}" if told else ""

    def _total(self) -> tuple[Decimal | None, str | None]:
        """Return the sum of the deal, in its first row alone, so that a column may be added up."""
        fact = self._deal.value
        if fact is None or (self._item is not None and self._item is not self._deal.items[0]):
            return None, None
        self._use(fact)
        return fact.value.amount, fact.value.currency

    def _shown(self) -> tuple[str, str]:
        """Return the sentence that tells most of the row: of the number, else the thing, else the status."""
        item = self._item
        facts: list[Fact[Any] | None] = [item.quantity, *item.weapons] if item else []
        facts += [f for f in self._deal.facts if f.predicate == "item" and item and f.value == item.iri]
        facts.append(self._deal.status)
        found = next((f for f in facts if f is not None and f.best), None)
        return (found.sentence, found.best.claim) if found and found.best else ("", "")

    def _least_confidence(self) -> Decimal | None:
        known = [f.confidence for f in self._used if f.confidence is not None]
        return Decimal(str(round(min(known), 2))) if known else None

    def _use(self, fact: Fact[Any] | None) -> None:
        if fact is not None:
            self._used.append(fact)

    def _say(self, words: str | None) -> None:
        if words:
            self._comments.append(words)


def _says_more(item: Item, names: str) -> bool:
    """Say whether the words of the text for an item are more than its name or a number."""
    words = item.description or ""
    return words != names and any(c.isalpha() for c in words)


def _years(facts: Iterable[Fact[str]], among: Iterable[Fact[Any]]) -> list[str]:
    found: dict[str, bool] = {}
    others = tuple(among)
    for fact in facts:
        year = _year(fact)
        if year is None:
            continue
        found[year] = found.get(year, False) or not is_uncertain(fact, among=others)
    return [year if is_certain else f"({year})" for year, is_certain in sorted(found.items())]


def _year(fact: Fact[str]) -> str | None:
    return fact.value[:4] if _DATE.match(fact.value) else None


def _cell(years: list[str]) -> str | int | None:
    """Return one certain year as a number, others as text."""
    if len(years) == 1 and years[0].isdecimal():
        return int(years[0])
    return "; ".join(years) or None
