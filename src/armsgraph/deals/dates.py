"""The dates of a deal: which slot takes which end of what a frame reads."""

from __future__ import annotations

from armsgraph.model import DateValue, Frame, PartialDate

__all__ = ["DATE_SLOTS", "date_for", "dates_in"]

DATE_SLOTS = ("signedOn", "startsOn", "endsOn")


def dates_in(frame: Frame, slot: str) -> tuple[DateValue, ...]:
    """Return the dates that a rule reads in a slot."""
    return {"signedOn": frame.signed_on, "startsOn": frame.starts_on, "endsOn": frame.ends_on}[slot]


def date_for(slot: str, value: DateValue) -> PartialDate | None:
    """Return the end of a period that a slot takes; of a single date that date."""
    return value.end or value.start if slot == "endsOn" else value.start
