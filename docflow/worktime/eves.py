"""Rules that ask the calendar below: its holidays, and the eves of holidays."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from attrs import field, frozen

from docflow.errors import OutsideCalendarError
from docflow.text import of_kind
from docflow.worktime.day_rules import Days

if TYPE_CHECKING:
    from docflow.worktime.adapter import CalendarAdapter

__all__ = ["Eves", "Holidays"]


@frozen
class Holidays(Days):
    """The holidays of the calendar below, also those that fall on a weekend.

    >>> from docflow.worktime.adapter import CalendarAdapter
    >>> from workalendar.europe import Netherlands
    >>> Holidays().holds(date(2021, 12, 25), CalendarAdapter(Netherlands()))  # a Saturday
    True

    A calendar of your own tells them by `is_holiday(day)`, or else by its `weekdays` (`docflow.worktime.Calendar`).
    Days on which an office itself is closed are none.
    """

    def holds(self, day: date, below: CalendarAdapter) -> bool:
        """Whether the calendar below has a holiday on the day."""
        return below.is_holiday(day)

    def __str__(self) -> str:
        return "holidays"


@frozen
class Eves(Days):
    """The days before holidays that are no holidays themselves; or the eves of the days of another rule.

    >>> from docflow.worktime.adapter import CalendarAdapter
    >>> from workalendar.europe import Netherlands
    >>> below = CalendarAdapter(Netherlands())
    >>> [day for day in range(23, 28) if Eves().holds(date(2026, 12, day), below)]
    [24]
    >>> from docflow.worktime import Yearly
    >>> print(Eves(Yearly((12, 5))))
    eves of each 5 December

    Whether the last day that a calendar holds is an eve, nobody can know; then it raises `OutsideCalendarError`.
    """

    days: Days = field(factory=Holidays, validator=of_kind(Days, "rule for days", "one, such as Yearly((12, 25))"))

    def holds(self, day: date, below: CalendarAdapter) -> bool:
        """Whether the next day is meant, and the day itself is not."""
        try:
            return (
                day < date.max and self.days.holds(day + timedelta(days=1), below) and not self.days.holds(day, below)
            )
        except OutsideCalendarError as error:
            if error.year != day.year + 1:
                raise
            way = "whether 31 December is an eve depends on it; say that it is one: Yearly((12, 31)) | Eves()"
            raise OutsideCalendarError(error.calendar, error.year, error.first, error.last, way) from None

    def __str__(self) -> str:
        return f"eves of {self.days}"
