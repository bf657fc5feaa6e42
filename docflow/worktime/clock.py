"""WorkClock: an office's hours, its calendar and its zone, and how much time passes on them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import pendulum
from attrs import field, frozen

from docflow.errors import AmountError, ReversedSpanError, ZoneError
from docflow.worktime.amount import WorkTime
from docflow.worktime.hours import MIDNIGHT, OfficeHours
from docflow.worktime.instants import Zone, instant, local, moment
from docflow.worktime.timetable import Calendar, Timetable, Timetables

if TYPE_CHECKING:
    from datetime import date, datetime

__all__ = ["Span", "WorkClock"]


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
    daylight-saving changes: a span that holds one has its true length. Two clocks are
    equal when their hours, calendars and zones are; whether calendars are is theirs to say (`ThaiGovernment` compares
    what it was made of, most of workalendar's are equal to themselves alone).

    Raises `ZoneError` for an unknown zone, `NaiveDatetimeError` for a moment without one, and `NoWorkingDayError`
    for a calendar with a year that has no working day; what the calendar raises for a year it does not hold
    (`OutsideCalendarError` for docflow's own) comes through.
    """

    hours: OfficeHours
    calendar: Calendar
    zone: str = field(kw_only=True, converter=str)
    tz: Zone = field(init=False, eq=False, repr=False)
    """The zone as a `tzinfo`."""
    _books: Timetables = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        try:
            tz = pendulum.timezone(self.zone)
        except (ValueError, OSError):
            raise ZoneError(self.zone) from None
        object.__setattr__(self, "tz", tz)
        object.__setattr__(self, "_books", Timetables(self.hours, self.calendar, tz))

    def elapsed(self, start: datetime, stop: datetime) -> WorkTime:
        """How much working time lies between two moments.

        >>> from docflow.bangkok import office_clock
        >>> evening, morning = pendulum.parse("2020-01-06T20:00+07:00"), pendulum.parse("2020-01-07T08:42+07:00")
        >>> print(office_clock().elapsed(evening, morning))
        12 min

        Raises `ReversedSpanError` when `stop` is before `start`.
        """
        first, last = instant(start), instant(stop)
        if last < first:
            raise ReversedSpanError(start, stop)
        return WorkTime.of(self.worked(first, last))

    def due(self, start: datetime, amount: WorkTime) -> pendulum.DateTime:
        """The moment at which that much working time has passed since `start`.

        >>> from docflow.bangkok import office_clock
        >>> print(office_clock().due(pendulum.parse("2020-01-07T16:20+07:00"), WorkTime(minutes=10)))
        2020-01-07 16:30:00+07:00

        An amount that ends at closing time is due at closing time. No amount at all is due at once when the office
        is open, else when it opens next.
        """
        return moment(self.due_instant(instant(start), amount), self.tz)

    def is_open(self, at: datetime) -> bool:
        """Whether the office is open at a moment.

        >>> from docflow.bangkok import office_clock
        >>> office_clock().is_open(pendulum.parse("2020-01-07T16:30+07:00"))
        False
        """
        asked = instant(at)
        return self._books.covering(asked, asked).open_from(asked) == asked

    def next_open(self, at: datetime) -> pendulum.DateTime:
        """The first open moment from `at` on, which is `at` itself while the office is open.

        >>> from docflow.bangkok import office_clock
        >>> print(office_clock().next_open(pendulum.parse("2019-11-01T16:30+07:00")))
        2019-11-06 08:30:00+07:00
        """
        return moment(self.due_instant(instant(at), WorkTime.of(0)), self.tz)

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
        return tuple(
            Span(moment(opens, self.tz), moment(closes, self.tz))
            for opens, closes in self._books.covering(first, last).between(first, last)
        )

    def day_of(self, at: datetime) -> date:
        """The office's own date at a moment: at 17:30 UTC it is already tomorrow in Bangkok.

        >>> from docflow.bangkok import office_clock
        >>> office_clock().day_of(pendulum.parse("2020-01-06T17:30Z"))
        datetime.date(2020, 1, 7)
        """
        return self.datetime_of(instant(at)).date()

    @cached_property
    def round_the_clock(self) -> WorkClock:
        """The same calendar and zone with the doors never closed on a working day."""
        return WorkClock(OfficeHours(opens=MIDNIGHT, closes=MIDNIGHT), self.calendar, zone=self.zone)

    # The same questions in integers (`docflow.worktime.instants`), for limits and indicators that ask them a million
    # times and turn only the answers into dates.

    def datetime_of(self, at: int) -> datetime:
        """An instant as a standard-library datetime in the clock's zone."""
        return local(at, self.tz)

    def worked(self, start: int, stop: int) -> int:
        """`elapsed`, from instant to instant in microseconds; the order is the caller's care."""
        book = self._books.covering(start, stop)
        return book.worked(stop) - book.worked(start)

    def due_instant(self, start: int, amount: WorkTime) -> int:
        """`due`, from instant to instant."""
        if not isinstance(amount, WorkTime):  # a timedelta has microseconds too, of another kind
            raise TypeError(f"{amount!r} is not working time; give a WorkTime, such as WorkTime(hours=2)")
        wanted = amount.microseconds

        def answer(book: Timetable) -> int | None:
            return book.reached(book.worked(start) + wanted) if wanted else book.open_from(start)

        return self._books.find(start, answer)

    def closing_instant(self, start: int, n: int, *, counting_first: bool) -> int:
        """The close of the n-th working day after the office's date at `start`, or from that date on."""
        if n < 1:
            raise AmountError(n, "working days is no deadline; give 1 or more")
        day = local(start, self.tz).toordinal()
        return self._books.find(start, lambda book: book.day_close(day, n, counting_first=counting_first))
