"""What "within 2 working days or 48 hours" can mean: each reading names its due moment, and `|` joins readings.

The plan (lines 464 and 603) leaves the choice open, and the choices differ by whole days; docflow makes it a value
that is declared, compared and printed. Thai law counts likewise: minutes and hours start at once, of days the first
is not counted (Civil and Commercial Code, section 193/3).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from attrs import field, frozen

from docflow.errors import AmountError
from docflow.worktime.amount import HOUR, WorkTime, whole
from docflow.worktime.instants import instant, moment

if TYPE_CHECKING:
    from datetime import datetime
    from fractions import Fraction

    import pendulum
    from attrs import Attribute

    from docflow.worktime.clock import WorkClock

__all__ = ["Hours", "LaterOf", "Limit", "OfficeTime", "WorkingDayHours", "WorkingDays"]


class Limit(ABC):
    """A promise's length: from a start and a clock to the moment it falls due. Subclasses say how."""

    __slots__ = ()

    def due(self, start: datetime, clock: WorkClock) -> pendulum.DateTime:
        """The last moment that still keeps the promise, in the clock's zone.

        >>> import pendulum
        >>> from docflow import Hours, WorkingDays
        >>> from docflow.bangkok import office_clock
        >>> friday = pendulum.datetime(2019, 11, 1, 10, tz="Asia/Bangkok")
        >>> print((WorkingDays(2) | Hours(48)).due(friday, office_clock()))
        2019-11-07 16:30:00+07:00

        Raises `NaiveDatetimeError` for a start without a zone.
        """
        return moment(self.due_instant(instant(start), clock), clock.tz)

    @abstractmethod
    def due_instant(self, start: int, clock: WorkClock) -> int:
        """`due`, from instant to instant (`docflow.worktime.instants`)."""

    def __or__(self, other: Limit) -> LaterOf:
        """Whichever falls later: "2 working days or 48 hours" is kept when either is."""
        if not isinstance(other, Limit):
            return NotImplemented
        return LaterOf((*_parts(self), *_parts(other)))


def _counted(instance: object, attribute: Attribute[int], value: int) -> None:
    if not isinstance(value, int) or value < 1:
        raise AmountError(value, f"{attribute.name} of {type(instance).__name__} is no promise; give 1 or more")


@frozen
class WorkingDays(Limit):
    """The close of the n-th working day after the date of the start.

    >>> print(WorkingDays(2), WorkingDays(2, counting_first=True), sep="; ")
    2 working days; 2 working days, the first one counted

    With `counting_first` the date of the start counts when it is a working day, whatever the time of day; a single
    such day can then be over before a start in the evening. Raises `AmountError` unless `days` is 1 or more.
    """

    days: int = field(validator=_counted)
    counting_first: bool = field(default=False, kw_only=True)

    def due_instant(self, start: int, clock: WorkClock) -> int:
        """The closing of the n-th day."""
        return clock.closing_instant(start, self.days, counting_first=self.counting_first)

    def __str__(self) -> str:
        days = "1 working day" if self.days == 1 else f"{self.days} working days"
        return f"{days}, the first one counted" if self.counting_first else days


@frozen
class Hours(Limit):
    """So many hours by the wall clock, nights and holidays included.

    >>> print(Hours(48))
    48 hours

    They are true hours: a day on which clocks change does not bend them. Raises `AmountError` unless 1 or more.
    """

    hours: int = field(validator=_counted)

    def due_instant(self, start: int, clock: WorkClock) -> int:  # noqa: ARG002 - the wall clock asks no office
        """The start and so many hours."""
        return start + self.hours * HOUR

    def __str__(self) -> str:
        return "1 hour" if self.hours == 1 else f"{self.hours} hours"


@frozen
class WorkingDayHours(Limit):
    """So many hours on a clock that runs all 24 hours of working days and stands still on others.

    >>> print(WorkingDayHours(48))
    48 hours of working days

    Raises `AmountError` unless 1 or more.
    """

    hours: int = field(validator=_counted)

    def due_instant(self, start: int, clock: WorkClock) -> int:
        """So much time on the office's calendar with the doors never closed."""
        return clock.round_the_clock.due_instant(start, WorkTime.of(self.hours * HOUR))

    def __str__(self) -> str:
        return "1 hour of working days" if self.hours == 1 else f"{self.hours} hours of working days"


@frozen(kw_only=True)
class OfficeTime(Limit):
    """So much time with the office open; a day is what the office's hours make it.

    >>> print(OfficeTime(days=2), OfficeTime(minutes=15), sep="; ")
    2 days of office time; 15 min of office time

    `days` counts whole office days of the clock's own length (8 hours under 08:30–16:30), hours and minutes add to
    them. Raises `AmountError` when the sum is nothing, or a part is negative.
    """

    days: int = 0
    hours: float | Fraction = 0
    minutes: float | Fraction = 0

    def __attrs_post_init__(self) -> None:
        for part in (self.days, self.hours, self.minutes):
            if whole(part, HOUR) < 0:
                raise AmountError(part, "is negative; a promise lies ahead")
        if not (isinstance(self.days, int) and (self.days or self._beyond_days())):
            raise AmountError(self, "is no promise; give whole days, hours or minutes above nothing")

    def due_instant(self, start: int, clock: WorkClock) -> int:
        """So much time on the office's own clock."""
        return clock.due_instant(start, clock.hours.day_length * self.days + self._beyond_days())

    def __str__(self) -> str:
        days = [] if not self.days else ["1 day"] if self.days == 1 else [f"{self.days} days"]
        rest = [str(self._beyond_days())] if self._beyond_days() else []
        return f"{' and '.join(days + rest)} of office time"

    def _beyond_days(self) -> WorkTime:
        return WorkTime(hours=self.hours, minutes=self.minutes)


@frozen
class LaterOf(Limit):
    """Whichever of several limits falls later; `a | b` makes it.

    >>> print(WorkingDays(2) | Hours(48))
    2 working days or 48 hours
    """

    limits: tuple[Limit, ...]

    def due_instant(self, start: int, clock: WorkClock) -> int:
        """The latest of the due moments."""
        return max(limit.due_instant(start, clock) for limit in self.limits)

    def __str__(self) -> str:
        return " or ".join(map(str, self.limits))


def _parts(limit: Limit) -> tuple[Limit, ...]:
    return limit.limits if isinstance(limit, LaterOf) else (limit,)
