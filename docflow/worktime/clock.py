"""WorkClock: an office's hours, its calendar and its zone, and how much time passes on them."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple, Self

import pendulum
from attrs import evolve, field, frozen

from docflow.errors import AmountError, CalendarError, HoursError, ReversedSpanError, ZoneError
from docflow.instants import Zone, instant, local, moment
from docflow.worktime.amount import DAY, WorkTime, microseconds
from docflow.worktime.calendars import (
    Calendar,
    DaysOnly,
    as_known_on,
    name_of,
    provisional_years,
    runs_overnight,
    weekdays_of,
)
from docflow.worktime.explanation import Explanation, explained
from docflow.worktime.hours import MIDNIGHT, WEEKDAYS, OfficeHours, WeeklyHours
from docflow.worktime.pauses import Pauses
from docflow.worktime.timetables import DUE, LATEST, OPEN_FROM, Timetables

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from docflow.worktime.columns import Column
    from docflow.worktime.timetable import Timetable

__all__ = ["Span", "WorkClock"]

CENTURY: Final = 36_525 * DAY
OF_THE_MACHINE: Final = {"localtime", "posixrules", "Factory"}
"""Names that a system's zone database may hold beside IANA's, and that mean what each machine likes."""


class Span(NamedTuple):
    """An open span, half-open: `stop` is the first moment after it. It unpacks like the pair it is."""

    start: pendulum.DateTime
    stop: pendulum.DateTime


@frozen
class WorkClock:
    """A clock that runs while the office is open and stands still while it is closed.

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

    Every moment given must say its zone, any zone; every moment returned is a `pendulum.DateTime` in the clock's.
    Open spans are half-open: at closing time the office is closed. Answers are exact to the microsecond, through
    daylight-saving changes: a span that holds one has its true length. Two clocks are equal when their hours, calendars
    and zones are; whether calendars are equal, and have a hash, is theirs to say (`ThaiGovernment` compares what it was
    made of, most of workalendar's are equal to themselves alone). A calendar's years are read once, when they are first
    asked for: change a calendar by making another.

    A night shift belongs to the day on which it opens, breaks included, and where it runs into the hours of the next
    day, until it closes; every other moment belongs to its own date. A night shift may begin on the day before: on a
    clock with one, the first day of the first year that the calendar holds cannot be answered for.

    Raises `ZoneError` for an unknown zone, `HoursError` and `CalendarError` for what is neither hours nor calendar, and
    `HoursError` for hours of a weekday on which the calendar never works. Questions raise `NotAMomentError` for what
    is no moment, `NaiveDatetimeError` for one without a zone, and `NoWorkingDayError` for a year in which the calendar
    has no working day and does not say that this is meant; what the calendar raises for a year it does not hold
    (`OutsideCalendarError` for docflow's own) comes through. A search forward or back goes through ten closed years
    and no further: then it raises `HorizonError`.
    """

    hours: OfficeHours | WeeklyHours
    calendar: Calendar
    zone: str = field(kw_only=True, converter=str)
    tz: Zone = field(init=False, eq=False, repr=False)
    """The zone as a `tzinfo`."""
    _books: Timetables = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.hours, OfficeHours | WeeklyHours):
            raise HoursError(
                repr(self.hours), "hours are written OfficeHours(opens=..., closes=...) or WeeklyHours(...)"
            )
        if not hasattr(self.calendar, "is_working_day"):
            raise CalendarError(
                self.calendar, "is no calendar; give one with is_working_day(day), such as WorkingWeek()"
            )
        own = self.hours.own if isinstance(self.hours, WeeklyHours) else {}
        weekdays = weekdays_of(self.calendar) if own else ()
        for n, hours in own.items():
            if n not in weekdays:
                day = WEEKDAYS[n]
                raise HoursError(
                    f"{day} {hours}",
                    f"{name_of(self.calendar)} never works on a {day}; leave them out, or give a calendar with {day}s, "
                    f"such as WorkingWeek([0, 1, 2, 3, 4, {n}])",
                )
        try:
            tz = pendulum.timezone(self.zone if self.zone not in OF_THE_MACHINE else "")
        except (ValueError, OSError):
            raise ZoneError(self.zone) from None
        object.__setattr__(self, "tz", tz)
        object.__setattr__(self, "_books", Timetables(self.hours, self.calendar, tz))

    def elapsed(self, start: datetime, stop: datetime, *, pauses: Iterable[tuple[datetime, datetime]] = ()) -> WorkTime:
        """How much working time lies between two moments, outside the pauses.

        >>> from docflow.bangkok import office_clock
        >>> evening, morning = pendulum.parse("2020-01-06T20:00+07:00"), pendulum.parse("2020-01-07T08:42+07:00")
        >>> print(office_clock().elapsed(evening, morning))
        12 min

        Pauses are pairs of moments, in any order; where they overlap, time is paused once, and over closed time they
        change nothing. Raises `ReversedSpanError` when `stop` is before `start`, in the span or in a pause.
        """
        first, last = instant(start), instant(stop)
        if last < first:
            raise ReversedSpanError(start, stop)
        if pauses:
            return WorkTime.of(Pauses.of(pauses).worked(first, last, self))
        return WorkTime.of(self.worked(first, last))

    def due(
        self, start: datetime, amount: WorkTime, *, pauses: Iterable[tuple[datetime, datetime]] = ()
    ) -> pendulum.DateTime:
        """The moment at which that much working time has passed since `start`, pauses not counted.

        >>> from docflow.bangkok import office_clock
        >>> print(office_clock().due(pendulum.parse("2020-01-07T16:20+07:00"), WorkTime(minutes=10)))
        2020-01-07 16:30:00+07:00

        An amount that ends at closing time is due at closing time. No amount at all is due at once when the office
        is open, else when it opens next.
        """
        wanted = microseconds(amount)
        if pauses:
            return moment(Pauses.of(pauses).due(instant(start), wanted, self), self.tz)
        return moment(self.reached(instant(start), wanted), self.tz)

    def latest_start(self, due: datetime, amount: WorkTime) -> pendulum.DateTime:
        """The mirror of `due`: the latest moment from which that much working time still fits before a due moment.

        >>> from docflow.bangkok import office_clock
        >>> monday = pendulum.parse("2020-01-13T08:45+07:00")
        >>> print(office_clock().latest_start(monday, WorkTime(minutes=30)))
        2020-01-10 16:15:00+07:00
        >>> print(office_clock().latest_start(monday.at(8), WorkTime()))
        2020-01-10 16:30:00+07:00

        The office is open then. Only for no amount at all it may just be closing: that fits until `due` itself while
        the office is open or closes then, else until it closed last.
        """
        return moment(self.latest(instant(due), microseconds(amount)), self.tz)

    def is_open(self, at: datetime) -> bool:
        """Whether the office is open at a moment.

        >>> from docflow.bangkok import office_clock
        >>> office_clock().is_open(pendulum.parse("2020-01-07T16:30+07:00"))
        False
        """
        asked = instant(at)
        return self.book(asked, asked).open_from(asked) == asked

    def next_open(self, at: datetime) -> pendulum.DateTime:
        """The first open moment from `at` on, which is `at` itself while the office is open.

        >>> from docflow.bangkok import office_clock
        >>> print(office_clock().next_open(pendulum.parse("2019-11-01T16:30+07:00")))
        2019-11-06 08:30:00+07:00
        """
        return moment(self.reached(instant(at), 0), self.tz)

    def previous_close(self, at: datetime) -> pendulum.DateTime:
        """The last moment up to `at` at which the office closed; while it is open, when it closed before.

        >>> from docflow.bangkok import office_clock
        >>> print(office_clock().previous_close(pendulum.parse("2019-11-06T08:30+07:00")))
        2019-11-01 16:30:00+07:00

        Raises `HorizonError` when it did not close in the ten years before.
        """
        return moment(self._books.last_close(instant(at)), self.tz)

    def spans(self, start: datetime, stop: datetime) -> tuple[Span, ...]:
        """The open spans between two moments, clipped to them; their lengths sum to `elapsed`.

        >>> from docflow.bangkok import office_clock
        >>> for opens, closes in office_clock().spans(
        ...     pendulum.parse("2020-01-03T16:00+07:00"), pendulum.parse("2020-01-06T09:00+07:00")
        ... ):
        ...     print(opens, closes)
        2020-01-03 16:00:00+07:00 2020-01-03 16:30:00+07:00
        2020-01-06 08:30:00+07:00 2020-01-06 09:00:00+07:00

        Raises `ReversedSpanError` when `stop` is before `start`.
        """
        first, last = instant(start), instant(stop)
        if last < first:
            raise ReversedSpanError(start, stop)
        merged: list[tuple[int, int]] = []
        for opens, closes in self.book(first, last).between(first, last):
            if merged and merged[-1][1] == opens:
                merged[-1] = merged[-1][0], closes
            else:
                merged.append((opens, closes))
        return tuple(Span(moment(opens, self.tz), moment(closes, self.tz)) for opens, closes in merged)

    def explain(
        self, start: datetime, stop: datetime, *, pauses: Iterable[tuple[datetime, datetime]] = ()
    ) -> Explanation:
        """Why `elapsed` says what it says: the spans counted, and each day skipped with its reason and source.

        >>> from docflow.bangkok import office_clock
        >>> friday, wednesday = pendulum.parse("2019-11-01T16:20+07:00"), pendulum.parse("2019-11-06T08:32+07:00")
        >>> print(office_clock().explain(friday, wednesday))
        12 min from 2019-11-01 16:20 to 2019-11-06 08:32, Asia/Bangkok
        2019-11-01 Fri  16:20–16:30  10 min
        2019-11-02 Sat  –  Saturday [ThaiGovernment(area='bangkok')]
        2019-11-03 Sun  –  Sunday [ThaiGovernment(area='bangkok')]
        2019-11-04 Mon  –  Special holiday (35th ASEAN Summit, Bangkok and Nonthaburi) [Cabinet resolution 15 Oct 2019]
        2019-11-05 Tue  –  Special holiday (35th ASEAN Summit, Bangkok and Nonthaburi) [Cabinet resolution 15 Oct 2019]
        2019-11-06 Wed  08:30–08:32  2 min

        Every date from the start to the stop is in `spans` or in `skipped`. Raises as `elapsed` does.
        """
        first, last = instant(start), instant(stop)
        if last < first:
            raise ReversedSpanError(start, stop)
        return explained(self, first, last, Pauses.of(pauses))

    def day_of(self, at: datetime) -> date:
        """The office's own day at a moment: at 17:30 UTC it is already tomorrow in Bangkok.

        >>> from docflow.bangkok import office_clock
        >>> office_clock().day_of(pendulum.parse("2020-01-06T17:30Z"))
        datetime.date(2020, 1, 7)

        In a night shift, from its first opening to its last closing, it is the day on which the shift opened; where
        two days' shifts overlap, the earlier. On a clock with night shifts the calendar has to hold the year.
        """
        return self.date_of(instant(at))

    @property
    def overnight(self) -> bool:
        """Whether any day's shift may run over midnight."""
        return runs_overnight(self.hours, self.calendar)

    @property
    def provisional(self) -> tuple[int, ...]:
        """The years whose working days may still change, because the calendar reckons them and nobody has decided.

        >>> from docflow.bangkok import office_clock
        >>> clock = office_clock()
        >>> due = clock.due(pendulum.parse("2026-12-30T16:00+07:00"), WorkTime(hours=1))
        >>> print(due, due.year in clock.provisional)
        2027-01-04 09:00:00+07:00 True
        """
        return provisional_years(self.calendar)

    def as_known_on(self, day: date | None) -> Self:
        """The same clock on its calendar as it was known at the end of a day; None means as it is known now.

        >>> from datetime import date
        >>> from docflow.bangkok import office_clock
        >>> then, now = office_clock().as_known_on(date(2020, 3, 16)), office_clock()
        >>> songkran = pendulum.parse("2020-04-13T09:00+07:00")  # a holiday until the cabinet moved it
        >>> then.is_open(songkran), now.is_open(songkran)
        (False, True)
        """
        return evolve(self, calendar=as_known_on(self.calendar, day))

    def elapsed_array(self, starts: Column, stops: Column) -> Column:
        """`elapsed` for many pairs at once, the same integers; needs numpy (`docflow-registry[arrays]`).

        >>> import numpy as np
        >>> from docflow.bangkok import office_clock
        >>> starts = np.array(["2019-11-01T09:20", "2019-11-06T02:00", "NaT"], dtype="datetime64[m]")  # in UTC
        >>> stops = np.array(["2019-11-06T01:32", "2019-11-06T01:00", "2019-11-06T02:00"], dtype="datetime64[m]")
        >>> minutes = office_clock().elapsed_array(starts, stops)
        >>> minutes.astype("timedelta64[m]").tolist(), minutes.reversed
        ([datetime.timedelta(seconds=720), None, None], 1)

        Columns of pandas, polars and pyarrow are given back as such. See `docflow.worktime.columns` for what is taken,
        `docflow.worktime.arrays` for what is given.
        """
        from docflow.worktime import arrays  # noqa: PLC0415 - numpy is loaded when it is needed

        return arrays.elapsed_array(self, starts, stops)

    def reversed_array(self, starts: Column, stops: Column) -> Column:
        """Which of many pairs stop before they start: to these `elapsed_array` has no answer.

        >>> from docflow.bangkok import office_clock
        >>> ten, nine = (pendulum.datetime(2020, 1, 6, hour, tz="Asia/Bangkok") for hour in (10, 9))
        >>> office_clock().reversed_array([nine, ten, None], [ten, nine, nine]).tolist()
        [False, True, False]
        """
        from docflow.worktime import arrays  # noqa: PLC0415 - numpy is loaded when it is needed

        return arrays.reversed_array(self, starts, stops)

    def due_array(self, starts: Column, amounts: Column) -> Column:
        """`due` for many starts at once, the same integers; one amount for all, or one each.

        >>> import numpy as np
        >>> from docflow.bangkok import office_clock
        >>> starts = np.array(["2020-01-07T09:20", "NaT"], dtype="datetime64[m]")  # in UTC
        >>> office_clock().due_array(starts, WorkTime(minutes=15)).tolist()
        [datetime.datetime(2020, 1, 8, 1, 35), None]

        See `docflow.worktime.columns` for what is taken, `docflow.worktime.arrays` for what is given.
        """
        from docflow.worktime import arrays  # noqa: PLC0415 - numpy is loaded when it is needed

        return arrays.due_array(self, starts, amounts)

    @cached_property
    def round_the_clock(self) -> WorkClock:
        """The same calendar and zone with the doors never closed on a working day."""
        return WorkClock(OfficeHours(opens=MIDNIGHT, closes=MIDNIGHT), DaysOnly(self.calendar), zone=self.zone)

    # The same questions in integers (`docflow.instants`), for limits and indicators that ask them a million
    # times and turn only the answers into dates.

    def datetime_of(self, at: int) -> datetime:
        """An instant as a standard-library datetime in the clock's zone."""
        return local(at, self.tz)

    def date_of(self, at: int) -> date:
        """`day_of` an instant."""
        return date.fromordinal(self._books.ordinal(at))

    def book(self, start: int, stop: int) -> Timetable:
        """The open spans of the years that a span touches."""
        return self._books.covering(start, stop)

    def worked(self, start: int, stop: int) -> int:
        """`elapsed`, from instant to instant in microseconds; the order is the caller's care."""
        book = self._books.covering(start, stop)
        return book.worked(stop) - book.worked(start)

    def reached(self, start: int, amount: int) -> int:
        """`due`, from instant to instant."""
        if amount > CENTURY:
            local(start + amount, self.tz)  # what would not end in time even if the office never closed ends nowhere
        if amount == 0:
            return self._books.find(start, OPEN_FROM, start)
        return self._books.find(start, DUE, start, amount)

    def latest(self, due: int, amount: int) -> int:
        """`latest_start`, from instant to instant."""
        if amount > CENTURY:
            local(due - amount, self.tz)
        # A span ends before its stop: the microsecond before `due` may be the last that the calendar holds.
        return self._books.find_back(due - (amount > 0), LATEST, due, amount)

    def closing_instant(self, start: int, n: int, *, counting_first: bool) -> int:
        """The close of the n-th working day after the office's day at `start`, or from that day on."""
        if n < 1:
            raise AmountError(n, "working days is no deadline; give 1 or more")
        if n > CENTURY // DAY:
            local(start + n * DAY, self.tz)
        return self._books.day_close(start, n, counting_first)

    def closing_by(self, day: date) -> int:
        """The close of the last working day up to a day, itself included."""
        return self._books.close_by(day)

    def day_begin(self, day: date) -> int:
        """The first instant that belongs to a day."""
        return self._books.day_begin(day)
