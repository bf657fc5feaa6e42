"""Deadline: a limit with its start on a clock, as one value: when it is due, how it stands, and when to warn."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Self

from attrs import evolve, field, frozen

from docflow.errors import AmountError, ReversedSpanError
from docflow.instants import instant, moment
from docflow.text import of_kind
from docflow.worktime.amount import WorkTime
from docflow.worktime.instant_clock import InstantClock
from docflow.worktime.limits import Limit
from docflow.worktime.telling import DeadlineExplanation, explained
from docflow.worktime.ticks import Pauses, pairs
from docflow.worktime.verdict import Verdict, judged

if TYPE_CHECKING:
    from datetime import date, datetime

    import pendulum

    from docflow.worktime.moments import Moments

__all__ = ["Deadline"]


@frozen
class Deadline:
    """A promise that has begun: a limit, when it started, the clock, and the pauses so far; `clock.deadline` makes it.

    >>> import pendulum
    >>> from docflow import WorkingDays
    >>> from docflow.bangkok import office_clock
    >>> monday = pendulum.datetime(2020, 1, 6, 10, tz="Asia/Bangkok")
    >>> deadline = office_clock().deadline(WorkingDays(2), monday)
    >>> print(deadline.due, deadline.verdict(monday.add(days=1)), deadline.overdue(monday.add(days=3)))
    2020-01-08 16:30:00+07:00 running 1 h 30 min

    Moments may be in any zone; answers are in the clock's. Raises `TypeError` for what is no limit, and as
    `WorkClock.due` does.
    """

    limit: Limit = field(validator=of_kind(Limit, "limit", "one, such as WorkingDays(2)"))
    start: datetime
    clock: Moments = field(kw_only=True, validator=of_kind(InstantClock, "clock", "one such as office_clock()"))
    pauses: tuple[tuple[datetime, datetime], ...] = field(default=(), kw_only=True, converter=pairs)
    _begin: int = field(init=False, eq=False, repr=False)
    paused: Pauses = field(init=False, eq=False, repr=False)
    """The pauses as instants, where they overlap once."""

    @_begin.default
    def _begins(self) -> int:
        return instant(self.start)

    @paused.default
    def _pauses(self) -> Pauses:
        return Pauses.of(self.pauses)

    @property
    def due(self) -> pendulum.DateTime:
        """The last moment that still keeps it.

        >>> import pendulum
        >>> from docflow import Hours
        >>> from docflow.bangkok import office_clock
        >>> print(office_clock().deadline(Hours(4), pendulum.datetime(2020, 1, 6, 10, tz="Asia/Bangkok")).due)
        2020-01-06 14:00:00+07:00
        """
        return moment(self._due, self.clock.tz)

    def verdict(self, at: datetime, *, stop: datetime | None = None) -> Verdict:
        """How it stands at a moment: within, late or running; without a stop, it is still open.

        >>> import pendulum
        >>> from docflow import Hours
        >>> from docflow.bangkok import office_clock
        >>> start = pendulum.datetime(2020, 1, 6, 10, tz="Asia/Bangkok")
        >>> str(office_clock().deadline(Hours(4), start).verdict(start.add(hours=9), stop=start.add(hours=4)))
        'within'

        Raises `ReversedSpanError` for a moment or a stop before the start.
        """
        end = None if stop is None else self._since_start(stop)
        return judged(self._due, end, self._since_start(at))

    def remaining(self, at: datetime) -> WorkTime:
        """How much time is left at a moment, on the clock of the limit; nothing from the due moment on.

        >>> import pendulum
        >>> from docflow import WorkingDays
        >>> from docflow.bangkok import office_clock
        >>> start = pendulum.datetime(2020, 1, 6, 10, tz="Asia/Bangkok")
        >>> print(office_clock().deadline(WorkingDays(1), start).remaining(start))
        14 h 30 min

        Raises `ReversedSpanError` for a moment before the start.
        """
        return WorkTime.of(self.limit.left(self._begin, self._since_start(at), self.clock, self.paused))

    def overdue(self, at: datetime) -> WorkTime:
        """By how much office time a moment is after the due moment; nothing before. Ask it of the stop, or of now.

        >>> import pendulum
        >>> from docflow import WorkingDays
        >>> from docflow.bangkok import office_clock
        >>> start = pendulum.datetime(2020, 1, 6, 10, tz="Asia/Bangkok")
        >>> print(office_clock().deadline(WorkingDays(1), start).overdue(start.add(days=2)))
        1 h 30 min
        """
        now, due = self._since_start(at), self._due
        return WorkTime.of(self.paused.worked(due, now, self.clock) if now > due else 0)

    def explain(self, at: datetime | None = None, *, stop: datetime | None = None) -> DeadlineExplanation:
        """Why it is due when it is, and how it stands at a moment, or with a stop; without both, only when it is due.

        >>> import pendulum
        >>> from docflow import OfficeTime
        >>> from docflow.bangkok import office_clock
        >>> friday = pendulum.datetime(2020, 1, 3, 15, tz="Asia/Bangkok")
        >>> print(office_clock().deadline(OfficeTime(hours=3), friday).explain(friday).said("th"))
        เวลาราชการ 3 ชั่วโมง นับจาก 3 ม.ค. 2563 15.00 น.: ครบกำหนด 6 ม.ค. 2563 10.00 น.
        3 ม.ค. 2563 ศ.  1 ชั่วโมง 30 นาที รวม 1 ชั่วโมง 30 นาที
        4 ม.ค. 2563 ส.  –  วันเสาร์
        5 ม.ค. 2563 อา.  –  วันอาทิตย์
        6 ม.ค. 2563 จ.  1 ชั่วโมง 30 นาที รวม 3 ชั่วโมง
        ณ 3 ม.ค. 2563 15.00 น. ยังไม่แล้วเสร็จ: ยังไม่ครบกำหนด เหลือ 3 ชั่วโมง

        A stop after the moment has not come yet. Raises `ReversedSpanError` for a moment or a stop
        before the start.
        """
        stopped = stop is not None and (at is None or self._since_start(stop) <= self._since_start(at))
        seen = stop if stopped else at
        if seen is not None:
            self._since_start(seen)
        return explained(self, at=seen, stopped=stopped)

    def warning(self, before: WorkTime | Fraction | int) -> pendulum.DateTime | None:
        """When to warn: so much office time before it is due, so many working days, or a part of the whole time.

        >>> from fractions import Fraction
        >>> import pendulum
        >>> from docflow import OfficeTime, WorkTime
        >>> from docflow.bangkok import office_clock
        >>> monday = pendulum.datetime(2020, 1, 6, 10, tz="Asia/Bangkok")
        >>> deadline = office_clock().deadline(OfficeTime(days=2), monday)
        >>> for before in (WorkTime(hours=1), 1, Fraction(1, 5)):
        ...     print(deadline.warning(before))
        2020-01-08 09:00:00+07:00
        2020-01-07 08:30:00+07:00
        2020-01-07 14:48:00+07:00

        A number of working days means the opening of the office so many working days before the day it is due, paused
        or not. With a part of the whole time, `Fraction(1, 5)` warns when four fifths are used up; the office is open
        then, and nothing is paused. It is never before the start: when the whole limit holds less, it is the first
        such moment from the start on; when it holds none, None. Raises `AmountError` for nothing at all, and for a part
        that is not between 0 and 1, and `TypeError` for what is none of the three.
        """
        begin, due = self._begin, self._due
        whole_time = self.paused.worked(begin, due, self.clock) if begin < due else 0
        if isinstance(before, int):
            return self._days_before(before) if whole_time else None
        if isinstance(before, Fraction):
            if not 0 < before < 1:
                raise AmountError(before, "is no part of the time; give one between 0 and 1, such as Fraction(1, 5)")
            before = WorkTime.of(max(1, round(before * whole_time)))
        return self.limit.warning(self.start, before, self.clock, pauses=self.pauses)

    def as_known_on(self, day: date | None) -> Self:
        """The same deadline as it was known at the end of a day: its calendar, and the extensions of its limit.

        >>> from datetime import date
        >>> import pendulum
        >>> from docflow import WorkingDays
        >>> from docflow.bangkok import office_clock
        >>> deadline = office_clock().deadline(WorkingDays(1), pendulum.datetime(2020, 4, 10, 10, tz="Asia/Bangkok"))
        >>> print(deadline.due, deadline.as_known_on(date(2020, 3, 16)).due)  # then Songkran was put off
        2020-04-13 16:30:00+07:00 2020-04-16 16:30:00+07:00
        """
        return evolve(self, limit=self.limit.as_known_on(day), clock=self.clock.as_known_on(day))

    def __str__(self) -> str:
        start = self.clock.datetime_of(self._begin)
        return f"{self.limit} from {start:%Y-%m-%d %H:%M}: due {self.due:%Y-%m-%d %H:%M}"

    def _days_before(self, n: int) -> pendulum.DateTime:
        """The opening of the office, so many working days before the day it is due, but not before the start."""
        if type(n) is not int or n < 1:
            raise AmountError(n, "working days before the due day is no warning; give 1 or more")
        decides = self.limit.deciding(self._begin, self.clock, self.paused)[0]
        day = self.clock.days.add(decides.due_day(self._due, self.clock), -n)
        opening = instant(self.clock.days.hours(day)[0][0])
        return moment(max(opening, self.clock.reached(self._begin, 0)), self.clock.tz)

    @property
    def _due(self) -> int:
        return self.limit.due_instant(self._begin, self.clock, self.paused)

    def _since_start(self, at: datetime) -> int:
        asked = instant(at)
        if asked < self._begin:
            raise ReversedSpanError(self.start, at)
        return asked
