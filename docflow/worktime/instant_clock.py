"""InstantClock: the clock of an office, asked and answered in instants (`docflow.instants`).

Limits and indicators ask a million times; they turn only the answers into dates.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final, Self
from zoneinfo import available_timezones

import pendulum
from attrs import field, frozen

from docflow.errors import AmountError, HorizonError, HoursError, OutsideCalendarError, ZoneError
from docflow.instants import Interval, Zone, from_wall, local
from docflow.safe import visible
from docflow.text import month_of
from docflow.worktime.adapter import Calendar, CalendarAdapter, DaysOnly, Note, a_calendar
from docflow.worktime.amount import DAY
from docflow.worktime.hours import ROUND_THE_CLOCK, WEEKDAYS, OfficeHours, WeeklyHours, since_midnight
from docflow.worktime.index import Index
from docflow.worktime.questions import DUE, LATEST, OPEN_FROM
from docflow.worktime.years import Years, held_year

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, time

__all__ = ["InstantClock"]


CENTURY: Final = 36_525 * DAY
OF_THE_MACHINE: Final = {"localtime", "posixrules", "Factory"}
"""Names that the zone database of a system may hold beside IANA's; each machine gives them a meaning of its own."""


def _hours(instance: object, attribute: object, value: OfficeHours | WeeklyHours) -> None:  # noqa: ARG001 - attrs' signature
    if not isinstance(value, OfficeHours | WeeklyHours):
        raise HoursError(repr(value), "hours are written OfficeHours(opens=..., closes=...) or WeeklyHours(...)")


@frozen(repr=False)
class InstantClock:
    """The questions of `WorkClock` from instant to instant. It does not check that a start is before its stop."""

    hours: OfficeHours | WeeklyHours = field(validator=_hours)
    """When the office is open on a working day."""
    calendar: Calendar = field(validator=a_calendar)
    """Which days are worked."""
    zone: str = field(kw_only=True, converter=str)
    """The name of the zone of the office, such as "Asia/Bangkok"; its hours are local times there."""
    tz: Zone = field(init=False, eq=False)
    """The zone as a `tzinfo`."""

    @tz.default
    def _zone(self) -> Zone:
        try:
            return pendulum.timezone(self.zone if self.zone not in OF_THE_MACHINE else "")
        except (ValueError, OSError):
            city, known = self.zone.replace(" ", "_").casefold(), available_timezones() - OF_THE_MACHINE
            near = [each for each in sorted(known) if each.casefold().rpartition("/")[2] == city]
            raise (
                ZoneError(self.zone, f"did you mean {' or '.join(near)}?") if near else ZoneError(self.zone)
            ) from None

    def __attrs_post_init__(self) -> None:
        own = self.hours.own if isinstance(self.hours, WeeklyHours) else {}
        weekdays = self.adapted.weekdays if own else ()
        for n, hours in own.items():
            if n not in weekdays:
                day = WEEKDAYS[n]
                raise HoursError(
                    f"{day} {hours}",
                    f"{self.adapted} never works on a {day}; leave them out, or give a calendar with {day}s, "
                    f"such as WorkingWeek([0, 1, 2, 3, 4, {n}])",
                )

    @cached_property
    def adapted(self) -> CalendarAdapter:
        """The calendar with an answer to every question."""
        return CalendarAdapter(self.calendar)

    @cached_property
    def _years(self) -> Years:
        return Years(self.hours, self.adapted, self.tz)

    @cached_property
    def kept(self) -> dict[tuple[object, int], tuple[list[int], list[int | None]]]:
        """What limits in days keep of each day that they were asked about: where the end may change, and the ends."""
        return {}

    @cached_property
    def _notes(self) -> dict[date, tuple[Note, ...]]:
        return {}

    @cached_property
    def round_the_clock(self) -> Self:
        """The clock of an office with the same working days and zone that never closes on them."""
        return type(self)(ROUND_THE_CLOCK, DaysOnly(self.calendar, self.hours), zone=self.zone)

    def datetime_of(self, at: int) -> datetime:
        """An instant as a standard-library datetime in the clock's zone."""
        return local(at, self.tz)

    def date_of(self, at: int) -> date:
        """`WorkClock.day_of`."""
        return date.fromordinal(self._years.ordinal(at))

    def ordinal(self, at: int) -> int:
        """The same day as `date.toordinal` numbers it."""
        return self._years.ordinal(at)

    def month_over(self, at: int) -> bool:
        """Whether the office will not open again in the month of an instant.

        Raises `OutsideCalendarError` when the calendar lacks its year.
        """
        now = self.date_of(at)
        try:
            following = self.date_of(self.reached(at, 0))
        except HorizonError:
            return True
        except OutsideCalendarError as error:
            if error.year is None or error.year <= now.year:
                raise
            self.index(at, from_wall(now.year + 1, 1, 1, 0, self.tz))  # raises when it lacks the last days of the year
            return True  # in the last year that the calendar holds the office does not open again
        return month_of(following) > month_of(now)

    def notes(self, day: date) -> tuple[Note, ...]:
        """Why a day is what it is; asked of the calendar once, for explanations come back to the same days."""
        notes = self._notes.get(day)
        if notes is None:
            notes = self._notes[day] = self.adapted.notes(day)
        return notes

    def index(self, start: int, stop: int) -> Index:
        """The open spans of the years that a span touches."""
        return self._years.covering(start, stop)

    def worked(self, start: int, stop: int) -> int:
        """`WorkClock.elapsed`, in microseconds."""
        index = self._years.covering(start, stop)
        return index.worked(stop) - index.worked(start)

    def reached(self, start: int, amount: int) -> int:
        """`WorkClock.due`."""
        if amount > CENTURY:
            local(start + amount, self.tz)  # beyond the end of time even if the office never closed: refused here
        if amount == 0:
            return self._years.find(start, OPEN_FROM, start)
        return self._years.find(start, DUE, start, amount)

    def latest(self, due: int, amount: int) -> int:
        """`WorkClock.latest_start`."""
        if amount > CENTURY:
            local(due - amount, self.tz)
        # A span ends before its stop: the microsecond before `due` may be the last that the calendar holds.
        return self._years.find_back(due - (amount > 0), LATEST, due, amount)

    def closing_instant(self, start: int, n: int, *, counting_first: bool) -> int:
        """The close of the n-th working day after the office's day at `start`, or from that day on."""
        if n < 1:
            raise AmountError(n, "working days is no deadline; give 1 or more")
        if n > CENTURY // DAY:
            local(start + n * DAY, self.tz)
        return self._years.day_close(start, n, counting_first)

    def closing_by(self, day: date) -> int:
        """The close of the last working day up to a day, itself included."""
        return self._years.close_by(day)

    def opening_of(self, day: date) -> int:
        """When a working day opens first; one whose hours all lie in the night shift before it, when that closes."""
        spans = self._years.spans_of(day)
        return spans[0][0] if spans else self._years.day_begin(day)

    def spans_of(self, day: date) -> list[Interval]:
        """The open spans of a day; none when it is not worked."""
        return self._years.spans_of(day)

    def at_wall(self, day: date, at: time) -> int:
        """The instant of a time on a day, as `docflow.instants.from_wall` finds it where clocks change."""
        return from_wall(held_year(day.year), day.month, day.day, since_midnight(at), self.tz)

    def year_span(self, year: int) -> Interval:
        """From when to when the clock answers about a year; raises what the calendar raises for one that it lacks."""
        return self._years.span(year)

    def working_days(self, year: int) -> Sequence[int]:
        """The working days of a year, as `date.toordinal` numbers them."""
        return self._years.working_days(year)

    def held(self, year: int, since: int, until: int) -> Interval:
        """The part of a span around a year for which there is an answer; the years beside it need not be held."""
        return self._years.held(year, since, until)

    def see(self, day: date) -> None:
        """Raise what the calendar raises when it has no answer for a day."""
        self._years.see(day)

    def last_close(self, at: int) -> int:
        """`WorkClock.previous_close`."""
        return self._years.last_edge(at, Index.last_close)

    def close_after(self, at: int) -> int:
        """`WorkClock.next_close`."""
        return self._years.next_edge(at, Index.next_close)

    def opening_after(self, at: int) -> int:
        """`WorkClock.next_opening`."""
        return self._years.next_edge(at, Index.next_opening)

    def last_opening(self, at: int) -> int:
        """`WorkClock.previous_open`."""
        return self._years.last_edge(at, Index.last_opening)

    def day_begin(self, day: date) -> int:
        """The first instant that belongs to a day."""
        return self._years.day_begin(day)

    @property
    def notice(self) -> str:
        """The clock in one line: the usual hours, where there are such, the calendar and the zone."""
        usual = [f"{self.hours}"] if self.adapted.usual_hours else []
        return visible(", ".join([*usual, f"{self.adapted}", self.zone]))

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.notice}>"
