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
    """The holidays of the calendar on top of which an office decides, also those that fall on a weekend.

    >>> from datetime import date
    >>> from docflow import OfficeCalendar
    >>> from docflow.worktime import EveryOther, MakeUpDay
    >>> from workalendar.europe import Netherlands
    >>> saturdays = MakeUpDay(EveryOther(date(2021, 12, 11)) - Holidays(), reason="open Saturdays", source="order 2")
    >>> office = OfficeCalendar(Netherlands(), [saturdays])
    >>> office.is_working_day(date(2021, 12, 11)), office.is_working_day(date(2021, 12, 25))
    (True, False)

    A calendar of your own tells them by `is_holiday(day)`, or else by its `weekdays` (`Calendar`).
    Closures of an office are no holidays.
    """

    def holds(self, day: date, below: CalendarAdapter) -> bool:
        """Whether the calendar below has a holiday on the day."""
        return below.is_holiday(day)

    def __str__(self) -> str:
        return "holidays"


@frozen
class Eves(Days):
    """The days before holidays that are no holidays themselves; or the eves of the days of another rule.

    >>> from datetime import date, time
    >>> from docflow import OfficeCalendar, OfficeHours, WorkTime
    >>> from docflow.worktime import Shortened
    >>> from workalendar.europe import Netherlands
    >>> eves = Shortened(Eves(), by=WorkTime(hours=2), reason="eve of a holiday", source="agreement 2")
    >>> office, usual = OfficeCalendar(Netherlands(), [eves]), OfficeHours(opens=time(9), closes=time(17))
    >>> print(office.hours_of(date(2026, 12, 24), usual), office.hours_of(date(2026, 12, 23), usual), sep="; ")
    09:00–15:00; 09:00–17:00

    `Eves(Yearly((12, 5)))` are the days before each 5 December. Raises `TypeError` for what is no rule, and
    `OutsideCalendarError` when it is asked about the last day that a calendar holds: whether that is an eve depends on
    the next day.
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
