"""The meeting of Bangkok's agency heads: the first Thursday of every month unless the Governor orders otherwise."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from attrs import field, frozen
from attrs.validators import optional

from docflow.bangkok.office import office_clock
from docflow.errors import MeetingError
from docflow.kpi import Window
from docflow.thai import fiscal_year_span
from docflow.worktime.adapter import CalendarAdapter
from docflow.worktime.calendars import a_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docflow.worktime import Calendar

__all__ = ["Meeting", "MeetingOrder", "meetings"]

THURSDAY: Final = 3


@frozen
class MeetingOrder:
    """What the Governor ordered instead of a usual meeting; `held` is None when there is none that month.

    Raises `CalendarError` for what is no day.
    """

    usual: date = field(validator=a_day)
    held: date | None = field(validator=optional(a_day))
    reason: str


@frozen
class Meeting:
    """One month's meeting: when it is usually held, and when it is."""

    usual: date
    held: date | None
    """None when it was called off."""
    reason: str
    """Why it is not held as usual; empty when it is."""
    closed: str
    """Why the office is closed on the day it is held; empty when it is open, or nothing is held."""


def meetings(
    year: int, orders: Iterable[MeetingOrder] = (), *, calendar: Calendar | None = None
) -> tuple[Meeting, ...]:
    """The meetings of a Buddhist-era fiscal year, one a month.

    >>> order = MeetingOrder(date(2019, 12, 5), date(2019, 12, 12), "the fifth is a holiday")
    >>> for meeting in meetings(2563, [order])[1:4]:
    ...     print(meeting.usual, meeting.held, meeting.reason or "as usual")
    2019-11-07 2019-11-07 as usual
    2019-12-05 2019-12-12 the fifth is a holiday
    2020-01-02 2020-01-02 as usual

    A holiday alone moves no meeting, for the plan does not say so; it is noted in `closed`, as the calendar (the
    office's own unless another is given) has it. Raises `MeetingError` for an order about a day that is no first
    Thursday of the year, for two about one day and for a meeting moved out of the year, and `OutsideCalendarError`.
    Source: plan of B.E. 2563, line 734.
    """
    calendar = office_clock().calendar if calendar is None else calendar
    span = Window(*fiscal_year_span(year))
    usual = [_first_thursday(month) for month in span.months()]
    ordered: dict[date, MeetingOrder] = {}
    for order in orders:
        if order.usual not in usual:
            days = ", ".join(map(str, usual))
            raise MeetingError(order.usual, f"is none: it is no first Thursday of fiscal year {year}; choose {days}")
        if order.usual in ordered:
            raise MeetingError(order.usual, "is ordered about twice; keep the order that holds")
        if order.held is not None and order.held not in span:
            problem = f"cannot be moved to {order.held}, out of fiscal year {year}; give a day of {span}, or None"
            raise MeetingError(order.usual, problem)
        ordered[order.usual] = order
    held = (ordered.get(day) or MeetingOrder(day, day, "") for day in usual)
    return tuple(Meeting(one.usual, one.held, one.reason, _closed(one.held, calendar)) for one in held)


def _first_thursday(month: str) -> date:
    first = date.fromisoformat(f"{month}-01")
    return first + timedelta(days=(THURSDAY - first.weekday()) % 7)


def _closed(day: date | None, calendar: Calendar) -> str:
    if day is None or calendar.is_working_day(day):
        return ""
    return "; ".join(note.reason for note in CalendarAdapter(calendar).notes(day))
