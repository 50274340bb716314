"""How facts are put into words where a format has no field for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from armsgraph.dossiers import Deal, Delivery, Entity, Fact, Item, Standing

__all__ = [
    "delivery_words",
    "duration_words",
    "figure_words",
    "is_uncertain",
    "names_of",
    "rival_words",
    "split_states",
    "standing_words",
    "web_address",
    "whole_date",
]

_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?")
_WEB = re.compile(r"https?://[^\s<>\"]+")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_UNITS = ("year", "month", "week", "day")


def names_of(facts: Iterable[Fact[Entity]]) -> str:
    """Return the names of entities, joined."""
    return "; ".join(dict.fromkeys(f.value.name for f in facts))


def split_states(facts: Sequence[Fact[Entity]]) -> tuple[list[Fact[Entity]], list[Fact[Entity]]]:
    """Return the states and the others."""
    states = [f for f in facts if f.value.kind == "State"]
    return states, [f for f in facts if f.value.kind != "State"]


def is_uncertain(fact: Fact[Any], *, qualifier: str | None = None, among: Iterable[Fact[Any]] = ()) -> bool:
    """Say whether a value is one to put in brackets: hedged, planned, or contradicted by what may be right.

    Args:
        qualifier: Its hedge.
        among: The facts among which its rivals are. One that is held to be wrong leaves the value certain; without
            them, any rival makes it uncertain unless it is preferred.
    """
    if qualifier is not None or fact.modality != "asserted":
        return True
    rivals = set(fact.rivals)
    against = [other for other in among if rivals & set(other.claims)]
    if against:
        return any(other.rank != "Deprecated" for other in against)
    return bool(rivals) and fact.rank != "Preferred"


def figure_words(item: Item) -> str | None:
    """Return how the number held true is hedged or said, where it is not simply that number."""
    fact = item.quantity
    if fact is None or not is_uncertain(fact, qualifier=item.qualifier, among=item.quantities):
        return None
    hedge = f"{item.qualifier} " if item.qualifier else ""
    said = "" if fact.modality == "asserted" else f", {fact.modality}"
    return f"number: {hedge}{fact.value}{_written(fact)}{said}"


def rival_words(told: Fact[Any], *, name: str) -> str:
    """Return a value that is told but not held true, with how it is written and why it is not."""
    why = told.reason or (told.modality if told.modality != "asserted" else "not the one held true")
    return f"{name} also given as {told.value}{_written(told)}: {why}"


def delivery_words(delivery: Delivery) -> str:
    """Return a delivery in words."""
    words = ["delivered" if delivery.is_asserted else "delivery planned"]
    if delivery.quantity:
        words.append(str(delivery.quantity.value))
    if delivery.due_on:
        words.append(f"on {delivery.due_on.value}" if len(delivery.due_on.value) > 7 else f"in {delivery.due_on.value}")
    if delivery.offset:
        after = duration_words(delivery.offset.value)
        words.append(f"{after} after {delivery.offset_from.value}" if delivery.offset_from else f"after {after}")
    if delivery.recipients:
        words.append(f"to {names_of(delivery.recipients)}")
    return " ".join(words)


def duration_words(duration: str) -> str:
    """Return an ISO 8601 duration in words: `P2Y8M` is "2 years 8 months"; another form as it is."""
    found = _DURATION.fullmatch(duration)
    if found is None or not any(found.groups()):
        return duration
    words = [f"{n} {unit}{'' if n == '1' else 's'}" for n, unit in zip(found.groups(), _UNITS, strict=True) if n]
    return " ".join(words)


def standing_words(deal: Deal) -> str:
    """Return the status, with how far the deal has come where it is not simply that: `planned: to be signed`."""
    status = deal.status
    if status is None:
        return "status unknown"
    match deal.standing:
        case Standing.PLANNED:
            is_told = status.modality not in {"planned", "expected"}
            return f"planned: {status.value}" if is_told else f"planned: to be {status.value}"
        case Standing.UNCLEAR:
            return f"unclear: {status.value}" + ("" if status.modality == "asserted" else f" ({status.modality})")
    return status.value


def web_address(url: str | None) -> str | None:
    """Return an address of the web, None for anything else that stands in its place."""
    return url if url and _WEB.fullmatch(url) else None


def whole_date(text: str) -> bool:
    """Say whether a text is a day, month or year that the calendar has."""
    parts = text.split("-")
    try:
        date(*(int(part) for part in (*parts, "1", "1")[:3]))
    except ValueError:
        return False
    return bool(_DATE.fullmatch(text))


def _written(fact: Fact[Any]) -> str:
    written = fact.as_written
    return f" (written “{written}”)" if written and written != str(fact.value) else ""
