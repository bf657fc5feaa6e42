"""The office: who works there, when, and when it meets with the heads of Bangkok's agencies."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Final

from attrs import field, frozen
from attrs.validators import optional

from docflow.errors import MeetingError
from docflow.kpi import Window
from docflow.thai import ThaiGovernment, fiscal_year_span
from docflow.worktime import OfficeHours, WorkClock
from docflow.worktime.adapter import CalendarAdapter
from docflow.worktime.day_rules import a_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docflow.thai import Holiday
    from docflow.worktime import Calendar

__all__ = [
    "COMPLAINTS",
    "DEPUTY_GOVERNORS_GROUP",
    "GENERAL_ADMINISTRATION",
    "POLICY_COORDINATION",
    "SECRETARY_GROUP",
    "UNITS",
    "Meeting",
    "MeetingOrder",
    "first_thursday",
    "meetings",
    "office_clock",
]

GENERAL_ADMINISTRATION = "ฝ่ายบริหารงานทั่วไป"
"""The unit whose registry receives every letter to the Governor."""
POLICY_COORDINATION = "ส่วนประสานนโยบาย"
"""The unit that prepares council documents and the meetings of agency heads."""
COMPLAINTS = "ส่วนเรื่องราวร้องทุกข์"
"""The unit that handles complaints."""
SECRETARY_GROUP = "กลุ่มงานเลขานุการผู้ว่าราชการกรุงเทพมหานคร"
"""The unit that screens letters for the Governor."""
DEPUTY_GOVERNORS_GROUP = "กลุ่มงานเลขานุการรองผู้ว่าราชการกรุงเทพมหานครและที่ปรึกษาผู้ว่าราชการกรุงเทพมหานคร"
"""The unit that follows up field visits and attends the executives at ceremonies."""

UNITS = {
    GENERAL_ADMINISTRATION: "General Administration",
    POLICY_COORDINATION: "Policy Coordination",
    COMPLAINTS: "Complaints",
    SECRETARY_GROUP: "Governor's Secretary Group",
    DEPUTY_GOVERNORS_GROUP: "Deputy Governors' Group",
}
"""The office's units: the name that its registers write, and the English one."""

HOURS: Final = OfficeHours(opens=time(8, 30), closes=time(16, 30))
"""The office's hours from Monday to Friday (plan, line 486)."""
THURSDAY: Final = 3
"""As `date.weekday()` counts."""


def office_clock(
    *, known_on: date | None = None, table: Iterable[Holiday] = (), rows: Iterable[Holiday] = ()
) -> WorkClock:
    """The clock of the Office of the Secretary to the Governor of Bangkok: Mon–Fri 08:30–16:30, holidays out.

    >>> clock = office_clock()
    >>> print(clock.hours, clock.zone)
    08:30–16:30 Asia/Bangkok

    `known_on` gives the clock with the holidays as they were known on that day; `table` and `rows` bring whole years
    and single days that docflow does not have, as `ThaiGovernment` takes them. The calendar holds the years 2018 to
    2027, the last one provisional, as `office_clock().provisional` says, and raises `OutsideCalendarError` beyond.
    Hours: plan of B.E. 2563, line 486; holidays out: lines 475 and 603.
    """
    return WorkClock(
        HOURS,
        ThaiGovernment(area="bangkok", known_on=known_on, table=table, rows=rows),
        zone="Asia/Bangkok",
    )


@frozen
class MeetingOrder:
    """The Governor's order to move one month's meeting of the agency heads, or to call it off.

    >>> from datetime import date
    >>> moved = MeetingOrder(date(2019, 12, 5), date(2019, 12, 12), "the fifth is a holiday")
    >>> called_off = MeetingOrder(date(2020, 4, 2), None, "all meetings are called off")

    `meetings` takes it. Raises `CalendarError` for what is no day.
    """

    usual: date = field(validator=a_day)
    """The day on which the meeting would be held without the order: the first Thursday of its month."""
    held: date | None = field(validator=optional(a_day))
    """The day on which it is held instead; None when it is called off."""
    reason: str


@frozen
class Meeting:
    """One month's meeting of the agency heads: when it is usually held, and when it is held; `meetings` makes it.

    >>> from docflow.bangkok import meetings
    >>> october = meetings(2563)[0]
    >>> print(october.usual, october.held)
    2019-10-03 2019-10-03
    """

    usual: date
    """The first Thursday of the month."""
    held: date | None
    """None when it was called off."""
    reason: str
    """Why it is not held as usual; empty when it is."""
    closed: str
    """Why the office is closed on the day it is held; empty when it is open, or nothing is held."""


def meetings(
    year: int, orders: Iterable[MeetingOrder] = (), *, calendar: Calendar | None = None
) -> tuple[Meeting, ...]:
    """The meetings of Bangkok's agency heads in a fiscal year of the Buddhist era, one a month.

    >>> from datetime import date
    >>> from docflow.bangkok import MeetingOrder
    >>> order = MeetingOrder(date(2019, 12, 5), date(2019, 12, 12), "the fifth is a holiday")
    >>> for meeting in meetings(2563, [order])[1:4]:
    ...     print(meeting.usual, meeting.held, meeting.reason or "as usual")
    2019-11-07 2019-11-07 as usual
    2019-12-05 2019-12-12 the fifth is a holiday
    2020-01-02 2020-01-02 as usual

    A holiday alone moves no meeting, for the plan does not say so; it is noted in `closed`, as the calendar (the
    office's own unless another is given) has it. Raises `MeetingError` for an order about a day that is no first
    Thursday of the year, for two about one day and for a meeting moved out of the year; `DateTextError` for what is no
    year of the Buddhist era; and `OutsideCalendarError`. Source: plan of B.E. 2563, line 734.
    """
    calendar = office_clock().calendar if calendar is None else calendar
    span = Window(*fiscal_year_span(year))
    usual = [first_thursday(date.fromisoformat(f"{month}-01")) for month in span.months()]
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


def first_thursday(day: date) -> date:
    """The first Thursday of a day's month, on which the heads of agencies usually meet.

    >>> first_thursday(date(2020, 1, 31))
    datetime.date(2020, 1, 2)
    """
    first = day.replace(day=1)
    return first + timedelta(days=(THURSDAY - first.weekday()) % 7)


def _closed(day: date | None, calendar: Calendar) -> str:
    if day is None or calendar.is_working_day(day):
        return ""
    return "; ".join(note.reason for note in CalendarAdapter(calendar).notes(day))
