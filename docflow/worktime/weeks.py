"""Calendars of weekdays alone: a working week without holidays, and no week at all."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date  # noqa: TC003 - the examples below use it

from attrs import field, frozen

from docflow.errors import CalendarError
from docflow.instants import day as given_day
from docflow.worktime.adapter import Kind, Note
from docflow.worktime.hours import WEEKDAYS

__all__ = ["NoWeek", "WorkingWeek"]


def _week(weekdays: Iterable[int]) -> frozenset[int]:
    days = list(weekdays) if isinstance(weekdays, Iterable) else []
    if not days or not all(type(day) is int and day in range(7) for day in days):
        raise CalendarError(days or weekdays, "is no working week; give numbers from 0, Monday, to 6, Sunday")
    return frozenset(days)


@frozen
class WorkingWeek:
    """The calendar without holidays: the same weekdays every week, 0 for Monday to 6 for Sunday.

    >>> from datetime import date
    >>> print(WorkingWeek())
    Monday, Tuesday, Wednesday, Thursday, Friday
    >>> WorkingWeek(range(6)).is_working_day(date(2020, 1, 4))  # a Saturday
    True

    Raises `CalendarError` for a week without days and for numbers that are no weekdays.
    """

    weekdays: frozenset[int] = field(default=range(5), converter=_week)
    """The weekdays that are worked, 0 for Monday to 6 for Sunday."""

    def is_working_day(self, day: date) -> bool:
        """Whether the day's weekday is one of them."""
        return given_day(day).weekday() in self.weekdays

    def notes(self, day: date) -> tuple[Note, ...]:
        """Why a day is not worked: its weekday."""
        return () if self.is_working_day(day) else (Note(WEEKDAYS[day.weekday()], f"the working week: {self}"),)

    def __str__(self) -> str:
        return ", ".join(WEEKDAYS[number] for number in sorted(self.weekdays))


@frozen
class NoWeek:
    """The calendar without a week: no day is worked but those that are decided one by one, or by a rule.

    >>> from datetime import date
    >>> from docflow import OfficeCalendar
    >>> from docflow.worktime import MakeUpDay
    >>> fair = MakeUpDay(date(2026, 5, 9), reason="village fair", source="council 3/2026")
    >>> calendar = OfficeCalendar(NoWeek(), [fair])
    >>> calendar.is_working_day(date(2026, 5, 9)), calendar.is_working_day(date(2026, 5, 11))
    (True, False)

    Years without any such day are meant: no time elapses in them.
    """

    @property
    def weekdays(self) -> frozenset[int]:
        """None."""
        return frozenset()

    @property
    def idle_years(self) -> bool:
        """A year without work is meant."""
        return True

    def is_working_day(self, day: date) -> bool:
        """No day is."""
        given_day(day)
        return False

    def kind_of(self, day: date) -> Kind:  # noqa: ARG002 - every day is like the others
        """Every day is closed; none is a weekend."""
        return "closure"

    def notes(self, day: date) -> tuple[Note, ...]:
        """That no work is decided for a day."""
        given_day(day)
        return (Note("no work was decided for it", str(self)),)

    def __str__(self) -> str:
        return "no working week"
