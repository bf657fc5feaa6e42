"""WorkClock: how much working time passes between moments, and when so much has passed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pendulum  # noqa: TC002 - the examples below use it
from attrs import frozen

from docflow.instants import instant, moment, span
from docflow.worktime.amount import WorkTime, microseconds
from docflow.worktime.clock_columns import ClockColumns
from docflow.worktime.deadlines import Deadline
from docflow.worktime.explanation import Explanation, explained
from docflow.worktime.hours import ROUND_THE_CLOCK
from docflow.worktime.joint import JointCalendar
from docflow.worktime.ticks import Pauses

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from docflow.worktime.joint import Which
    from docflow.worktime.limits import Limit

__all__ = ["WorkClock"]


@frozen(repr=False)
class WorkClock(ClockColumns):
    """A clock that runs while the office is open and stands still while it is closed.

    >>> import pendulum
    >>> from datetime import time
    >>> from docflow import OfficeHours, ThaiGovernment, WorkClock, WorkTime
    >>> clock = WorkClock(
    ...     OfficeHours(opens=time(8, 30), closes=time(16, 30)), ThaiGovernment(area="bangkok"), zone="Asia/Bangkok"
    ... )
    >>> friday = pendulum.datetime(2019, 11, 1, 15, 30, tz="Asia/Bangkok")  # before a weekend and two holidays
    >>> wednesday = pendulum.datetime(2019, 11, 6, 9, 0, tz="Asia/Bangkok")
    >>> print(clock.elapsed(friday, wednesday))
    1 h 30 min
    >>> print(clock.due(friday, WorkTime(hours=2)))
    2019-11-06 09:30:00+07:00

    A moment that you give may be in any zone, but must have one; every answer is a `pendulum.DateTime` in the zone of
    the clock. At closing time the office is closed. Answers are exact to the microsecond, also where clocks change for
    summer time. Clocks are equal when their hours, calendars and zones are equal (`ThaiGovernment` compares what it was
    made of; most calendars of workalendar are equal only to themselves). A clock reads each year of its calendar once:
    do not change a calendar, make another.

    A night shift, with its breaks, belongs to the day on which it opens, until it closes; every other moment belongs to
    its own date. Because a night shift may have begun the day before, a clock with night shifts has no answer for the
    first day of the first year that its calendar holds.

    Raises `ZoneError` for an unknown zone, `HoursError` and `CalendarError` for what is no hours and no calendar, and
    `HoursError` for hours of a weekday on which the calendar never works. Questions raise `NotAMomentError` for what is
    no moment, `NaiveDatetimeError` for a moment without a zone, what the calendar raises for a year that it does not
    hold (`OutsideCalendarError` for docflow's own), `NoWorkingDayError` for a year without a working day, unless the
    calendar says that this is meant, and `HorizonError` when a search meets more than ten closed years.
    """

    def elapsed(self, start: datetime, stop: datetime, *, pauses: Iterable[tuple[datetime, datetime]] = ()) -> WorkTime:
        """How much working time lies between two moments, outside the pauses.

        >>> import pendulum
        >>> from docflow.bangkok import office_clock
        >>> evening, morning = pendulum.parse("2020-01-06T20:00+07:00"), pendulum.parse("2020-01-07T08:42+07:00")
        >>> print(office_clock().elapsed(evening, morning))
        12 min

        Pauses are pairs of moments, in any order. Where they overlap, time is paused once; while the office is closed,
        they change nothing. Raises `ReversedSpanError` when the span, or a pause, stops before it starts.
        """
        first, last = span(start, stop)
        if pauses:
            return WorkTime.of(Pauses.of(pauses).worked(first, last, self))
        return WorkTime.of(self.worked(first, last))

    def due(
        self, start: datetime, amount: WorkTime, *, pauses: Iterable[tuple[datetime, datetime]] = ()
    ) -> pendulum.DateTime:
        """The moment at which so much working time has passed since `start`, outside the pauses.

        >>> import pendulum
        >>> from docflow import WorkTime
        >>> from docflow.bangkok import office_clock
        >>> print(office_clock().due(pendulum.parse("2020-01-07T16:20+07:00"), WorkTime(minutes=10)))
        2020-01-07 16:30:00+07:00

        An amount that ends at closing time is due at closing time. `WorkTime()`, which is no time at all, is due at
        once while the office is open, else when it opens next. Raises `TypeError` for what is no `WorkTime`, and
        `ReversedSpanError` for a pause that stops before it starts.
        """
        wanted = microseconds(amount)
        if pauses:
            return moment(Pauses.of(pauses).due(instant(start), wanted, self), self.tz)
        return moment(self.reached(instant(start), wanted), self.tz)

    def latest_start(self, due: datetime, amount: WorkTime) -> pendulum.DateTime:
        """The latest moment from which so much working time still fits before a due moment: `due` backwards.

        >>> import pendulum
        >>> from docflow import WorkTime
        >>> from docflow.bangkok import office_clock
        >>> monday = pendulum.parse("2020-01-13T08:45+07:00")
        >>> print(office_clock().latest_start(monday, WorkTime(minutes=30)))
        2020-01-10 16:15:00+07:00
        >>> print(office_clock().latest_start(monday.at(8), WorkTime()))
        2020-01-10 16:30:00+07:00

        The office is open then. Only for `WorkTime()`, no time at all, the answer may be a closing time: it is `due`
        itself while the office is open or just closes, else the last closing time before. Raises `TypeError` for what
        is no `WorkTime`.
        """
        return moment(self.latest(instant(due), microseconds(amount)), self.tz)

    def deadline(self, limit: Limit, start: datetime, *, pauses: Iterable[tuple[datetime, datetime]] = ()) -> Deadline:
        """A limit that starts at a moment, as a value: when it is due, how it stands, what is left, when to warn.

        >>> import pendulum
        >>> from docflow import WorkingDays
        >>> from docflow.bangkok import office_clock
        >>> deadline = office_clock().deadline(WorkingDays(2), pendulum.parse("2020-01-06T10:00+07:00"))
        >>> print(deadline.due, deadline.remaining(pendulum.parse("2020-01-08T09:00+07:00")))
        2020-01-08 16:30:00+07:00 7 h 30 min

        `pauses` are pairs of moments, as in `Limit`. Raises `TypeError` for what is no limit, and as `due` does.
        """
        return Deadline(limit, start, clock=self, pauses=pauses)

    def explain(
        self, start: datetime, stop: datetime, *, pauses: Iterable[tuple[datetime, datetime]] = ()
    ) -> Explanation:
        """How `elapsed` comes about: the spans that count, and the days that do not, each with its reason and source.

        >>> import pendulum
        >>> from docflow.bangkok import office_clock
        >>> friday, wednesday = pendulum.parse("2019-11-01T16:20+07:00"), pendulum.parse("2019-11-06T08:32+07:00")
        >>> print(office_clock().explain(friday, wednesday))
        12 min from 2019-11-01 16:20 to 2019-11-06 08:32, Asia/Bangkok
        2019-11-01 Fri  16:20–16:30  10 min
        2019-11-02 Sat  –  Saturday
        2019-11-03 Sun  –  Sunday
        2019-11-04 Mon  –  Special holiday (35th ASEAN Summit, Bangkok and Nonthaburi) [Cabinet resolution 15 Oct 2019]
        2019-11-05 Tue  –  Special holiday (35th ASEAN Summit, Bangkok and Nonthaburi) [Cabinet resolution 15 Oct 2019]
        2019-11-06 Wed  08:30–08:32  2 min

        Every date from the start to the stop is in `spans` or in `skipped`. Raises as `elapsed` does.
        """
        first, last = span(start, stop)
        return explained(self, first, last, Pauses.of(pauses))

    def day_of(self, at: datetime) -> date:
        """The day of the office at a moment: at 17:30 UTC it is already tomorrow in Bangkok.

        >>> import pendulum
        >>> from docflow.bangkok import office_clock
        >>> office_clock().day_of(pendulum.parse("2020-01-06T17:30Z"))
        datetime.date(2020, 1, 7)

        Until a night shift closes, breaks included, it is the day on which the shift opened; where the shifts of two
        days overlap, the earlier day. With night shifts, the calendar must hold the year.
        """
        return self.date_of(instant(at))

    @property
    def overnight(self) -> bool:
        """Whether any day's shift may run over midnight."""
        return self.hours.overnight or self.adapted.overnight

    @property
    def provisional(self) -> tuple[int, ...]:
        """The years whose working days may still change: they are reckoned by rule and not decided yet.

        >>> import pendulum
        >>> from docflow import WorkTime
        >>> from docflow.bangkok import office_clock
        >>> clock = office_clock()
        >>> due = clock.due(pendulum.parse("2026-12-30T16:00+07:00"), WorkTime(hours=1))
        >>> print(due, due.year in clock.provisional)
        2027-01-04 09:00:00+07:00 True
        """
        return self.adapted.provisional

    def __or__(self, other: WorkClock) -> WorkClock:
        """The clock that runs while any of two offices is open: work follows the sun.

        >>> from datetime import time
        >>> from docflow import OfficeHours, WorkClock, WorkingWeek
        >>> day = OfficeHours(opens=time(9), closes=time(17))
        >>> bangkok, london = (WorkClock(day, WorkingWeek(), zone=zone) for zone in ("Asia/Bangkok", "Europe/London"))
        >>> print(*(bangkok | london).open_span(pendulum.parse("2023-08-01T12:00Z")))
        2023-08-01 09:00:00+07:00 2023-08-01 23:00:00+07:00

        Answers, and the days, are in the zone of the first. `JointCalendar` says more, and what it raises.
        """
        return self._joined("any", other)

    def __and__(self, other: WorkClock) -> WorkClock:
        """The clock that runs while two offices are open at once: when they can meet.

        >>> from datetime import time
        >>> from docflow import OfficeHours, WorkClock, WorkingWeek
        >>> day = OfficeHours(opens=time(9), closes=time(17))
        >>> bangkok, london = (WorkClock(day, WorkingWeek(), zone=zone) for zone in ("Asia/Bangkok", "Europe/London"))
        >>> print((bangkok & london).next_open(pendulum.parse("2023-08-01T09:00+07:00")))
        2023-08-01 15:00:00+07:00

        Raises, when it is asked, `NoWorkingDayError` for a year in which they are never open at once.
        """
        return self._joined("all", other)

    def _joined(self, which: Which, other: object) -> WorkClock:
        if not isinstance(other, WorkClock):
            return NotImplemented  # type: ignore[no-any-return]  # so Python asks the other side, and else raises TypeError
        return WorkClock(ROUND_THE_CLOCK, JointCalendar.of(which, self, other), zone=self.zone)
