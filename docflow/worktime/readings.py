"""The readings of "2 working days or 48 hours": what a number of days or hours can mean.

The plan (lines 464 and 603) does not say which is meant, and the results differ by whole days. In docflow each reading
is a value that is declared, compared and printed. They count as Thai law does: minutes and hours count at once, and the
first day is not counted (Civil and Commercial Code, section 193/3).
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from attrs import field, frozen

from docflow.errors import AmountError, NegativeAmountError
from docflow.worktime.amount import HOUR, WorkTime, whole
from docflow.worktime.instant_clock import NO_PAUSES, WALL_CLOCK, Pauses, Ticks
from docflow.worktime.limits import Limit

if TYPE_CHECKING:
    from fractions import Fraction

    from attrs import Attribute

    from docflow.worktime.instant_clock import InstantClock

__all__ = ["Hours", "OfficeTime", "WorkingDayHours", "WorkingDays"]


def _counted(instance: object, attribute: Attribute[int], value: int) -> None:
    number = isinstance(value, int) and not isinstance(value, bool)
    if number and value < 0:
        raise NegativeAmountError(value, f"{attribute.name} of {type(instance).__name__} is negative; give 1 or more")
    if not number or value < 1:
        raise AmountError(value, f"{attribute.name} of {type(instance).__name__} is no promise; give 1 or more")


def _said(instance: object, attribute: Attribute[bool], value: bool) -> None:  # noqa: FBT001 - attrs' signature
    if type(value) is not bool:
        raise AmountError(value, f"as {attribute.name} of {type(instance).__name__} says nothing; say True or False")


@frozen
class WorkingDays(Limit):
    """The close of the n-th working day after the day of the start.

    >>> print(WorkingDays(2), WorkingDays(2, counting_first=True), sep="; ")
    2 working days; 2 working days, the first one counted

    A start in a night shift is on the day on which the shift opened (`WorkClock.day_of`). With `counting_first` the day
    of the start counts when it is a working day, whatever the time of day: so one such day from a start in the evening
    on is already over. Raises `AmountError` unless `days` is 1 or more.
    """

    days: int = field(validator=_counted)
    counting_first: bool = field(default=False, kw_only=True, validator=_said)

    def due_instant(self, start: int, clock: InstantClock, pauses: Pauses = NO_PAUSES) -> int:
        """The closing of the n-th day, moved by the office time that was paused."""
        due = clock.closing_instant(start, self.days, counting_first=self.counting_first)
        return pauses.due(start, clock.worked(start, due), clock) if pauses.spans and start < due else due

    def __str__(self) -> str:
        days = "1 working day" if self.days == 1 else f"{self.days} working days"
        return f"{days}, the first one counted" if self.counting_first else days


@frozen
class Hours(Limit):
    """So many hours by the wall clock, nights and holidays included.

    >>> print(Hours(48))
    48 hours

    They are true hours: where clocks change, 48 hours are not two days. Raises `AmountError` unless 1 or more.
    """

    hours: int = field(validator=_counted)

    def due_instant(self, start: int, clock: InstantClock, pauses: Pauses = NO_PAUSES) -> int:  # noqa: ARG002 - no office is asked
        """The start and so many hours."""
        return pauses.due(start, self.hours * HOUR, WALL_CLOCK)

    def ticks(self, clock: InstantClock) -> Ticks:  # noqa: ARG002 - the same
        """The wall clock."""
        return WALL_CLOCK

    def __str__(self) -> str:
        return "1 hour" if self.hours == 1 else f"{self.hours} hours"


@frozen
class WorkingDayHours(Limit):
    """So many hours on a clock that runs all 24 hours of working days and stands still on others.

    >>> print(WorkingDayHours(48))
    48 hours of working days

    Working days go from midnight to midnight, also for an office with night shifts. Raises `AmountError` unless 1 or
    more.
    """

    hours: int = field(validator=_counted)

    def due_instant(self, start: int, clock: InstantClock, pauses: Pauses = NO_PAUSES) -> int:
        """So much time on the clock of an office that never closes on a working day."""
        return pauses.due(start, self.hours * HOUR, clock.round_the_clock)

    def ticks(self, clock: InstantClock) -> Ticks:
        """The clock of an office that never closes on a working day."""
        return clock.round_the_clock

    def __str__(self) -> str:
        return "1 hour of working days" if self.hours == 1 else f"{self.hours} hours of working days"


@frozen(kw_only=True)
class OfficeTime(Limit):
    """So much time in which the office is open; a day is as long as the office's hours.

    >>> print(OfficeTime(days=2), OfficeTime(minutes=15), sep="; ")
    2 days of office time; 15 min of office time

    `days` are whole office days, as long as the hours of the clock (8 hours for 08:30–16:30; the usual hours when
    weekdays differ). Hours and minutes are added to them. Raises `AmountError` when the sum is zero or a part negative,
    and for days on a clock of offices together, which have no usual hours.
    """

    days: int = 0
    hours: float | Fraction = 0
    minutes: float | Fraction = 0

    def __attrs_post_init__(self) -> None:
        for part in (self.days, self.hours, self.minutes):
            if whole(part, HOUR) < 0:
                raise NegativeAmountError(part, "is negative; a promise lies ahead")
        if not (isinstance(self.days, int) and (self.days or self._beyond_days)):
            raise AmountError(self, "is no promise; give whole days, hours or minutes above nothing")

    def due_instant(self, start: int, clock: InstantClock, pauses: Pauses = NO_PAUSES) -> int:
        """So much time on the clock of the office."""
        if self.days and not clock.adapted.usual_hours:
            raise AmountError(self, f"has no length, for no day is as long as another on {clock.adapted}; give hours")
        amount = clock.hours.day_length.microseconds * self.days + self._beyond_days.microseconds
        return pauses.due(start, amount, clock)

    def __str__(self) -> str:
        days = [] if not self.days else ["1 day"] if self.days == 1 else [f"{self.days} days"]
        rest = [str(self._beyond_days)] if self._beyond_days else []
        return f"{' and '.join(days + rest)} of office time"

    @cached_property
    def _beyond_days(self) -> WorkTime:
        return WorkTime(hours=self.hours, minutes=self.minutes)
