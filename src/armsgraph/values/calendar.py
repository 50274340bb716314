"""Dates with a precision, and arithmetic against the date of publication."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass
from enum import Enum

from armsgraph.model import PartialDate

__all__ = ["Reference", "Tense", "parse_reference", "partial"]

_LONGEST_PAST_DAYS = 300
_NEAR_MONTHS = 4
_MONTHS = 12


class Tense(Enum):
    """Whether the words around a date look back or ahead; OPEN when they do not say."""

    PAST = "past"
    AHEAD = "ahead"
    OPEN = "open"


def partial(year: int, month: int | None = None, day: int | None = None) -> PartialDate | None:
    """Return a date of year, month or day precision, or None when the calendar has no such day."""
    if not 1000 <= year <= 9999:
        return None
    if month is None:
        return PartialDate(value=f"{year:04d}")
    if day is None:
        return PartialDate(value=f"{year:04d}-{month:02d}") if 1 <= month <= _MONTHS else None
    try:
        return PartialDate(value=datetime.date(year, month, day).isoformat())
    except ValueError:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """The date that relative dates are counted from: year, and month and day as far as they are known."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def date(self) -> datetime.date | None:
        """The day, if it is known."""
        if self.month is None or self.day is None:
            return None
        return datetime.date(self.year, self.month, self.day)

    def add_days(self, days: int) -> PartialDate | None:
        """Return the day so many days after it, or None when the day is not known or out of the calendar."""
        if self.date is None:
            return None
        try:
            return PartialDate(value=(self.date + datetime.timedelta(days=days)).isoformat())
        except OverflowError:
            return None

    def add_months(self, months: int) -> PartialDate | None:
        """Return the month so many months after it, or None when the month is not known."""
        if self.month is None:
            return None
        index = self.year * _MONTHS + self.month - 1 + months
        return partial(index // _MONTHS, index % _MONTHS + 1)

    def add_years(self, years: int) -> PartialDate | None:
        """Return the year so many years after it."""
        return partial(self.year + years)

    def weekday(self, weekday: int, *, is_future: bool = False, is_before: bool = False) -> PartialDate | None:
        """Return the last such weekday at or before it.

        Args:
            weekday: 0 for Monday.
            is_future: The next one after it instead.
            is_before: The last one strictly before it.
        """
        if self.date is None:
            return None
        back = (self.date.weekday() - weekday) % 7
        if is_future:
            return self.add_days(7 - back)
        return self.add_days(-7 if is_before and back == 0 else -back)

    def weekday_of_week(self, weekday: int, weeks: int) -> PartialDate | None:
        """Return that day of the week so many weeks after it; weeks start on Monday."""
        if self.date is None:
            return None
        return self.add_days(weekday - self.date.weekday() + 7 * weeks)

    def nearest_month(self, month: int, tense: Tense) -> PartialDate | None:
        """Return the last such month at or before it, or the next at or after it; the closer one when it is open."""
        if self.month is None:
            return None
        back = (self.month - month) % _MONTHS
        is_ahead = tense is Tense.AHEAD or (tense is Tense.OPEN and back > _MONTHS - _NEAR_MONTHS)
        if is_ahead and back:
            return self.add_months(_MONTHS - back)
        return self.add_months(-back)

    def nearest_day(self, month: int, day: int, tense: Tense) -> PartialDate | None:
        """Return the day of that name closest to it, or the next one at or after it when it lies ahead.

        None when the reference is a year only, or the calendar has no such day.
        """
        if self.month is None:
            return None
        if self.date is None:
            near = self.nearest_month(month, tense)
            return partial(int(near.value[:4]), month, day) if near else None
        days = [d for y in (-1, 0, 1) if (d := _day(self.year + y, month, day))]
        if tense is Tense.AHEAD:
            days = [d for d in days if d >= self.date]
        elif len(past := [d for d in days if d <= self.date]) > 0 and (self.date - past[-1]).days < _LONGEST_PAST_DAYS:
            days = past[-1:]
        if not days:
            return None
        chosen = min(days, key=lambda d: (abs((d - self.date).days) if self.date else 0, d))
        return PartialDate(value=chosen.isoformat())

    def day_of_month(self, day: int, weekday: int | None = None) -> PartialDate | None:
        """Return the last such day of a month at or before it; with a weekday, only one that falls on it."""
        if self.month is None:
            return None
        for back in (0, 1):
            month = self.add_months(-back)
            if month is None:
                continue
            found = _day(int(month.value[:4]), int(month.value[5:7]), day)
            if found and (self.date is None or found <= self.date) and weekday in (None, found.weekday()):
                return PartialDate(value=found.isoformat())
        return None


def parse_reference(date: PartialDate | None) -> Reference | None:
    """Return the reference of a date of publication; None without one."""
    if date is None:
        return None
    year, month, day = (*(int(part) for part in date.value.split("-")), None, None)[:3]
    if year is None or (month and day and day > calendar.monthrange(year, month)[1]):
        return None
    return Reference(year=year, month=month, day=day)


def _day(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None
