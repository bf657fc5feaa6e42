"""Clocks that are asked in instants (`docflow.instants`): an office's, the one on the wall, and both with pauses.

Limits and indicators ask a million times; they turn only the answers into dates.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final, Protocol, Self
from zoneinfo import available_timezones

import pendulum
from attrs import field, frozen

from docflow.errors import AmountError, HorizonError, HoursError, OutsideCalendarError, ZoneError
from docflow.instants import Interval, Zone, clip, complement, local, merge, span
from docflow.safe import visible
from docflow.text import month_of
from docflow.worktime.adapter import Calendar, CalendarAdapter, DaysOnly, a_calendar
from docflow.worktime.amount import DAY
from docflow.worktime.hours import MIDNIGHT, WEEKDAYS, OfficeHours, WeeklyHours
from docflow.worktime.index import Index
from docflow.worktime.years import DUE, LATEST, OPEN_FROM, Years

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

__all__ = ["NO_PAUSES", "WALL_CLOCK", "InstantClock", "Pauses", "Ticks", "WallClock", "pairs"]


class Ticks(Protocol):
    """A clock that counts microseconds, from instant to instant."""

    def worked(self, start: int, stop: int) -> int:
        """How much it counts from an instant to another."""

    def reached(self, start: int, amount: int) -> int:
        """When it has counted an amount."""

    def latest(self, due: int, amount: int) -> int:
        """The latest start from which it counts an amount by an instant."""


class WallClock:
    """The clock that never stands still."""

    def worked(self, start: int, stop: int) -> int:
        """Every microsecond."""
        return stop - start

    def reached(self, start: int, amount: int) -> int:
        """So much later."""
        return start + amount

    def latest(self, due: int, amount: int) -> int:
        """So much earlier."""
        return due - amount


WALL_CLOCK: Final = WallClock()
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
    calendar: Calendar = field(validator=a_calendar)
    zone: str = field(kw_only=True, converter=str)
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
    def round_the_clock(self) -> Self:
        """The clock of an office with the same working days and zone that never closes on them."""
        return type(self)(
            OfficeHours(opens=MIDNIGHT, closes=MIDNIGHT), DaysOnly(self.calendar, self.hours), zone=self.zone
        )

    def datetime_of(self, at: int) -> datetime:
        """An instant as a standard-library datetime in the clock's zone."""
        return local(at, self.tz)

    def date_of(self, at: int) -> date:
        """`WorkClock.day_of`."""
        return date.fromordinal(self._years.ordinal(at))

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
            return True  # in the last year that the calendar holds the office does not open again
        return month_of(following) > month_of(now)

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

    def working_days(self, year: int) -> Sequence[int]:
        """The working days of a year, as `date.toordinal` numbers them."""
        return self._years.working_days(year)

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

    def __repr__(self) -> str:
        return visible(f"<{type(self).__name__} {self.hours}, {self.adapted}, {self.zone}>")


def pairs(given: Iterable[tuple[datetime, datetime]]) -> tuple[tuple[datetime, datetime], ...]:
    """Pairs of moments. Raises `TypeError` for anything else, such as one pair that is not in a list."""
    try:
        return tuple((since, until) for since, until in given)
    except (TypeError, ValueError):
        raise TypeError("pauses are pairs of moments; give such as [(since, until)]") from None


@frozen
class Pauses:
    """When the clock of a letter stood still although the office was open, because somebody else had to act.

    Paused spans are instants, in order of time; none is empty, and no two overlap or touch.

    >>> from docflow.bangkok import office_clock
    >>> import pendulum
    >>> noon, one, two = (pendulum.datetime(2020, 1, 6, hour, tz="Asia/Bangkok") for hour in (12, 13, 14))
    >>> Pauses.of([(noon, two), (one, two)]) == Pauses.of([(noon, two)])
    True
    """

    spans: tuple[Interval, ...] = ()

    @classmethod
    def of(cls, pauses: Iterable[tuple[datetime, datetime]]) -> Pauses:
        """Pairs of moments, in any order; where they overlap, time is paused once.

        Raises `ReversedSpanError` for a pause that stops before it starts, and `NaiveDatetimeError`.
        """
        return cls(tuple(merge(span(*pause) for pause in pairs(pauses))))

    def within(self, start: int, stop: int) -> list[Interval]:
        """The paused parts of a span."""
        return clip(self.spans, start, stop)

    def running(self, start: int, stop: int) -> list[Interval]:
        """The parts of a span that are not paused."""
        return complement(self.spans, start, stop)

    # `ticks` is the clock that a pause stops: that of the office, that of working days, or the one on the wall.

    def worked(self, start: int, stop: int, ticks: Ticks) -> int:
        """How much of a span a clock counts outside the pauses."""
        return ticks.worked(start, stop) - sum(ticks.worked(since, until) for since, until in self.within(start, stop))

    def due(self, start: int, amount: int, ticks: Ticks) -> int:
        """When a clock that stands still in the pauses has counted an amount."""
        for since, until in self.spans:
            if start < until:
                reached = ticks.reached(start, amount)
                if reached < since or (reached == since and amount):
                    return reached
                amount -= ticks.worked(start, max(start, since))
                start = until
        return ticks.reached(start, amount)

    def latest_start(self, due: int, amount: int, ticks: Ticks) -> int:
        """The latest start from which such a clock counts an amount by `due`; the amount is more than nothing."""
        for since, until in reversed(self.spans):
            if since < due:
                found = ticks.latest(due, amount)
                if found >= until:
                    return found
                amount -= ticks.worked(min(due, until), due)
                due = since
        return ticks.latest(due, amount)


NO_PAUSES: Final = Pauses()
