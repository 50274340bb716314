"""Dates with a precision, and arithmetic against the date of publication."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass

from armsgraph.model import PartialDate

__all__ = ["Reference", "partial", "parse_reference"]

_NEAR_FUTURE_DAYS = 60
_MONTHS = 12


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

    def nearest_month(self, month: int, *, is_future: bool) -> PartialDate | None:
        """Return the last such month at or before it, or the next at or after it."""
        if self.month is None:
            return None
        if is_future:
            return partial(self.year + (month < self.month), month)
        return partial(self.year - (month > self.month), month)

    def nearest_day(self, month: int, day: int, *, is_future: bool) -> PartialDate | None:
        """Return the day of that name closest to it: the past one unless the text looks ahead or the next is near.

        None when the reference is no day or month, or the calendar has no such day.
        """
        if self.month is None:
            return None
        if self.date is None:
            near = self.nearest_month(month, is_future=is_future)
            return partial(int(near.value[:4]), month, day) if near else None
        days = [d for y in (-1, 0, 1) if (d := _day(self.year + y, month, day))]
        past = [d for d in days if d <= self.date]
        ahead = [d for d in days if d > self.date]
        if is_future and ahead:
            chosen = self.date if self.date in past else ahead[0]
        elif ahead and (not past or (ahead[0] - self.date).days <= _NEAR_FUTURE_DAYS):
            chosen = ahead[0] if not past or (self.date - past[-1]).days > (ahead[0] - self.date).days else past[-1]
        else:
            chosen = past[-1] if past else self.date
        return PartialDate(value=chosen.isoformat()) if past or ahead else None

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
