"""Limits that are an amount of time: by the wall clock, on working days, or while the office is open.

The plan (lines 464 and 603) does not say which is meant, and the results differ by whole days. In docflow each reading
is a value that is declared, compared and printed. They count as Thai law does: minutes and hours count at once (Civil
and Commercial Code, section 193/3).
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from attrs import field, frozen

from docflow.errors import AmountError, NegativeAmountError
from docflow.text import Text
from docflow.worktime.amount import HOUR, MINUTE, WorkTime, whole
from docflow.worktime.limits import OwnWords
from docflow.worktime.promises import counted
from docflow.worktime.ticks import NO_PAUSES, WALL_CLOCK, Pauses, Ticks

if TYPE_CHECKING:
    from fractions import Fraction

    from docflow.worktime.moments import Moments

__all__ = ["Hours", "OfficeTime", "WorkingDayHours"]


@frozen(repr=False)
class _Timed(OwnWords):
    """An amount of time on some clock."""

    hours: int = 0
    minutes: int = field(default=0, kw_only=True)

    def __attrs_post_init__(self) -> None:
        for n, name in ((self.hours, "hours"), (self.minutes, "minutes")):
            if n != 0 or type(n) is not int:
                counted(self, n, name)
        if not (self.hours or self.minutes):
            counted(self, self.hours, "hours")

    def amount(self, clock: Moments) -> int:  # noqa: ARG002 - at every office the same
        """The time in microseconds."""
        return self.hours * HOUR + self.minutes * MINUTE

    def due_instant(self, start: int, clock: Moments, pauses: Pauses = NO_PAUSES) -> int:
        """So much time on the clock of the limit."""
        return pauses.due(start, self.amount(clock), self.ticks(clock))

    def _said(self) -> Text:
        hours = [Text(f"{self.hours} ชั่วโมง", "1 hour" if self.hours == 1 else f"{self.hours} hours")]
        minutes = [Text(f"{self.minutes} นาที", "1 minute" if self.minutes == 1 else f"{self.minutes} minutes")]
        parts = hours * bool(self.hours) + minutes * bool(self.minutes)
        return Text(" ".join(part.th for part in parts), " and ".join(part.en for part in parts))


@frozen(repr=False)
class Hours(_Timed):
    """So many hours and minutes by the wall clock, nights and holidays included.

    >>> from docflow.bangkok import office_clock
    >>> from pendulum import datetime
    >>> friday = datetime(2020, 1, 3, 10, tz="Asia/Bangkok")
    >>> print(Hours(48).due(friday, office_clock()), Hours(1, minutes=30), sep="; ")
    2020-01-05 10:00:00+07:00; 1 hour and 30 minutes

    They are true hours: where clocks change, 48 hours are not two days. They count at once (Civil and Commercial Code,
    section 193/3). Raises `AmountError` for what are no whole numbers from 0 on, and for no time at all.
    """

    def ticks(self, clock: Moments) -> Ticks:  # noqa: ARG002 - no office is asked
        """The wall clock."""
        return WALL_CLOCK

    @property
    def words(self) -> Text:
        """Its hours and minutes."""
        return self._said()


@frozen(repr=False)
class WorkingDayHours(_Timed):
    """So many hours and minutes on a clock that runs all 24 hours of working days and stands still on others.

    >>> from docflow.bangkok import office_clock
    >>> from pendulum import datetime
    >>> print(WorkingDayHours(48).due(datetime(2020, 1, 3, 10, tz="Asia/Bangkok"), office_clock()))  # a Friday
    2020-01-07 10:00:00+07:00

    Working days go from midnight to midnight, also for an office with night shifts. Raises `AmountError` for what are
    no whole numbers from 0 on, and for no time at all.
    """

    def ticks(self, clock: Moments) -> Ticks:
        """The clock of an office that never closes on a working day."""
        return clock.round_the_clock

    @property
    def words(self) -> Text:
        """Its hours and minutes, and on which clock."""
        said = self._said()
        return Text(f"{said.th}ของวันทำการ", f"{said.en} of working days")


@frozen(kw_only=True, repr=False)
class OfficeTime(OwnWords):
    """So much time in which the office is open; a day is as long as the office's hours.

    >>> from docflow.bangkok import office_clock
    >>> from pendulum import datetime
    >>> friday = datetime(2020, 1, 3, 10, tz="Asia/Bangkok")
    >>> print(OfficeTime(days=2).due(friday, office_clock()), OfficeTime(minutes=15), sep="; ")
    2020-01-07 10:00:00+07:00; 15 min of office time

    Raises `AmountError` when the sum is zero or a part negative, when a part is no whole number of microseconds, and
    for days on a clock of offices together, which have no usual hours.
    """

    days: int = 0
    """Whole office days, as long as the hours of the clock: 8 hours for 08:30–16:30, and the usual hours when weekdays
    differ."""
    hours: float | Fraction = 0
    """Added to the days."""
    minutes: float | Fraction = 0
    """Added to the days and hours."""

    def __attrs_post_init__(self) -> None:
        for part in (self.days, self.hours, self.minutes):
            if whole(part, HOUR) < 0:
                raise NegativeAmountError(part, "is negative; a promise lies ahead")
        if not (isinstance(self.days, int) and (self.days or self._beyond_days)):
            raise AmountError(self, "is no promise; give whole days, hours or minutes above nothing")

    def due_instant(self, start: int, clock: Moments, pauses: Pauses = NO_PAUSES) -> int:
        """So much time on the clock of the office."""
        return pauses.due(start, self.amount(clock), clock)

    @property
    def words(self) -> Text:
        """Its days, and the time beyond them."""
        days = Text(f"{self.days} วัน", "1 day" if self.days == 1 else f"{self.days} days")
        rest = Text(self._beyond_days.said("th"), str(self._beyond_days))
        parts = [days] * bool(self.days) + [rest] * bool(self._beyond_days)
        return Text(
            f"เวลาราชการ {' '.join(part.th for part in parts)}",
            f"{' and '.join(part.en for part in parts)} of office time",
        )

    def amount(self, clock: Moments) -> int:
        """The time in microseconds, at an office with such hours."""
        if self.days and not clock.adapted.usual_hours:
            raise AmountError(self, f"has no length, for no day is as long as another on {clock.adapted}; give hours")
        return clock.hours.day_length.microseconds * self.days + self._beyond_days.microseconds

    @cached_property
    def _beyond_days(self) -> WorkTime:
        return WorkTime(hours=self.hours, minutes=self.minutes)
