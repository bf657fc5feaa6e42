"""Shifts over midnight that are named by the day on which they close."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Self

from attrs import evolve, field, frozen

from docflow.errors import CalendarError, OutsideCalendarError
from docflow.instants import day as given_day
from docflow.worktime.adapter import Calendar, CalendarAdapter, Kind, Note, a_calendar

if TYPE_CHECKING:
    from docflow.worktime.hours import OfficeHours, WeeklyHours
    from docflow.worktime.open_spans import OpenSpans

__all__ = ["ByClosingDay"]


@frozen
class ByClosingDay:
    """Another calendar for night shifts: each of its days decides about the shift that closes on it.

    >>> from datetime import date
    >>> from workalendar.europe import Netherlands
    >>> by_closing = ByClosingDay(Netherlands())
    >>> by_closing.is_working_day(date(2026, 12, 27)), by_closing.is_working_day(date(2026, 12, 25))
    (True, False)

    The shift that opens on Sunday 27 December closes on Monday, so it is worked. Hours of a weekday, of a date or of a
    rule are those of the shift that closes then. Answers of the clock still name a shift by the day on which it opens.
    Only hours over midnight can be named so: questions raise `CalendarError` for others. Of the last day that the
    calendar holds, the clock has no answer. Raises `CalendarError` for what is no calendar.
    """

    calendar: Calendar = field(validator=a_calendar)
    """The calendar of the days on which shifts close."""

    @property
    def overnight(self) -> bool:
        """Whether the calendar's own hours of any day run over midnight."""
        return self._below.overnight

    @property
    def provisional(self) -> tuple[int, ...]:
        """The years that the calendar has not decided yet."""
        return self._below.provisional

    @property
    def idle_years(self) -> bool:
        """Whether the calendar says that a year without any working day is meant."""
        return self._below.idle_years

    @property
    def weekdays(self) -> frozenset[int]:
        """The weekdays on which a shift may close at the usual hours."""
        return self._below.weekdays

    def held_in(self, year: int) -> range:
        """The days of a year whose shifts close on a day that the calendar holds."""
        held = self._below.held_in(year)
        try:
            self._below.is_working_day(date.fromordinal(held.stop))
        except OutsideCalendarError:
            return held[:-1]
        return held

    def is_working_day(self, day: date) -> bool:
        """Whether the shift that opens on a day is worked."""
        return self._below.is_working_day(_closing(day))

    def hours_of(self, day: date, usual: OfficeHours | WeeklyHours) -> OfficeHours | OpenSpans | None:
        """The hours of the shift that opens on a day; None when nothing is left of them."""
        hours = self._below.hours_of(_closing(day), usual)
        if hours and not hours.overnight:
            raise CalendarError(
                _closing(day), f"has the hours {hours}, which do not close on the next day; say overnight=True"
            )
        return hours

    def is_holiday(self, day: date) -> bool:
        """Whether that shift closes on a holiday."""
        return self._below.is_holiday(_closing(day))

    def notes(self, day: date) -> tuple[Note, ...]:
        """Why that shift is what it is."""
        return self._below.notes(_closing(day))

    def kind_of(self, day: date) -> Kind:
        """What the day is on which that shift would close."""
        return self._below.kind_of(_closing(day))

    def as_known_on(self, day: date | None) -> Self:
        """The same of the calendar as it was known on a day."""
        return evolve(self, calendar=self._below.as_known_on(day))

    def __str__(self) -> str:
        return f"{self._below} by closing day"

    @cached_property
    def _below(self) -> CalendarAdapter:
        return CalendarAdapter(self.calendar)


def _closing(day: date) -> date:
    return given_day(day) + timedelta(days=1)
