"""What "within 2 working days or 48 hours" can mean: each reading names its due moment, `|` and `&` join readings.

The plan (lines 464 and 603) leaves the choice open, and the choices differ by whole days; docflow makes it a value
that is declared, compared and printed. Thai law counts likewise: minutes and hours start at once, of days the first
is not counted (Civil and Commercial Code, section 193/3).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from enum import StrEnum
from itertools import chain
from typing import TYPE_CHECKING

from attrs import field, frozen

from docflow.errors import AmountError, NegativeAmountError, ReversedSpanError
from docflow.worktime.amount import HOUR, WorkTime, microseconds, whole
from docflow.worktime.instants import instant, moment
from docflow.worktime.pauses import NO_PAUSES, WALL_CLOCK, Pauses, Ticks

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from fractions import Fraction

    import pendulum
    from attrs import Attribute

    from docflow.worktime.clock import WorkClock

__all__ = [
    "EarlierOf",
    "Hours",
    "LaterOf",
    "Limit",
    "OfficeTime",
    "Verdict",
    "WorkingDayHours",
    "WorkingDays",
    "judged",
]


class Verdict(StrEnum):
    """How a promise stands."""

    WITHIN = "within"
    """It was kept."""
    LATE = "late"
    """It was not kept, or it is open and its due moment has come."""
    RUNNING = "running"
    """It is open, and not yet due."""


class Limit(ABC):
    """A promise's length: from a start and a clock to the moment it falls due. Subclasses say how.

    Every question takes its moments in order of time, then the clock. `pauses` are pairs of moments between which
    the promise stood still, in any order. A pause gives back what it took from the clock that the limit is counted
    on: office time for `WorkingDays` and `OfficeTime`, hours of working days for `WorkingDayHours`, any hour for
    `Hours`; over time in which that clock stands still, a pause moves nothing. Of a pause that is not over, give
    what has passed of it: `(since, now)`.
    """

    __slots__ = ()

    def due(
        self, start: datetime, clock: WorkClock, *, pauses: Iterable[tuple[datetime, datetime]] = ()
    ) -> pendulum.DateTime:
        """The last moment that still keeps the promise, in the clock's zone; it is often closing time (see `warning`).

        >>> import pendulum
        >>> from docflow import Hours, WorkingDays
        >>> from docflow.bangkok import office_clock
        >>> friday = pendulum.datetime(2019, 11, 1, 10, tz="Asia/Bangkok")
        >>> print((WorkingDays(2) | Hours(48)).due(friday, office_clock()))
        2019-11-07 16:30:00+07:00
        >>> waited = (friday.add(days=5), friday.add(days=5, hours=2))
        >>> print(WorkingDays(2).due(friday, office_clock(), pauses=[waited]))
        2019-11-08 10:30:00+07:00

        Raises `NaiveDatetimeError` for a moment without a zone and `ReversedSpanError` for a pause that is reversed.
        """
        return moment(self.due_instant(instant(start), clock, Pauses.of(pauses)), clock.tz)

    def remaining(
        self, start: datetime, at: datetime, clock: WorkClock, *, pauses: Iterable[tuple[datetime, datetime]] = ()
    ) -> WorkTime:
        """How much time is left at a moment until the promise falls due; nothing from then on, and never before.

        >>> import pendulum
        >>> from docflow import Hours, WorkingDays
        >>> from docflow.bangkok import office_clock
        >>> friday, wednesday = (pendulum.datetime(2019, 11, day, 10, tz="Asia/Bangkok") for day in (1, 6))
        >>> print(WorkingDays(2).remaining(friday, wednesday, office_clock()))
        14 h 30 min
        >>> print(Hours(48).remaining(friday, friday.add(days=1), office_clock()))
        24 h

        It is time of the clock that the limit is counted on, in joined limits that of the one which decides. What has
        elapsed there and what remains are what the limit gives. Raises `ReversedSpanError` for a moment before the
        start.
        """
        begin, now, paused = instant(start), instant(at), Pauses.of(pauses)
        if now < begin:
            raise ReversedSpanError(start, at)
        limit = self.deciding(begin, clock, paused)
        due = limit.due_instant(begin, clock, paused)
        return WorkTime.of(paused.worked(now, due, limit.ticks(clock)) if now < due else 0)

    def verdict(
        self,
        start: datetime,
        stop: datetime | None,
        at: datetime,
        clock: WorkClock,
        *,
        pauses: Iterable[tuple[datetime, datetime]] = (),
    ) -> Verdict:
        """How the promise stands at a moment: within, late or running; what stops after it is still open then.

        >>> import pendulum
        >>> from docflow import WorkingDays
        >>> from docflow.bangkok import office_clock
        >>> start, stop = (pendulum.datetime(2020, 1, day, 10, tz="Asia/Bangkok") for day in (6, 8))
        >>> for at in (start.add(days=1), stop, start.add(days=30)):
        ...     print(WorkingDays(2).verdict(start, stop, at, office_clock()))
        running
        within
        within
        >>> print(WorkingDays(2).verdict(start, None, start.add(days=30), office_clock()))
        late

        What stops at the due moment is within; what is open at the due moment is late. `stop` is None for what has not
        stopped. Raises `ReversedSpanError` when the stop or the moment is before the start.
        """
        begin, now, end = instant(start), instant(at), None if stop is None else instant(stop)
        for given, read in ((stop, end), (at, now)):
            if given is not None and read is not None and read < begin:
                raise ReversedSpanError(start, given)
        return judged(self.due_instant(begin, clock, Pauses.of(pauses)), end, now)

    def warning(
        self,
        start: datetime,
        before: WorkTime,
        clock: WorkClock,
        *,
        pauses: Iterable[tuple[datetime, datetime]] = (),
    ) -> pendulum.DateTime | None:
        """The working moment at which so much office time is left before the due moment.

        >>> import pendulum
        >>> from docflow import Hours, WorkTime
        >>> from docflow.bangkok import office_clock
        >>> friday = pendulum.datetime(2019, 11, 1, 10, tz="Asia/Bangkok")  # 48 hours later is a Sunday
        >>> print(Hours(48).warning(friday, WorkTime(hours=1), office_clock()))
        2019-11-01 15:30:00+07:00

        The office is open then and nothing is paused. When there is less time to begin with, it is the first such
        moment from the start on; None when there is none before the due moment. Raises `AmountError` for no time
        at all: the due moment itself is no warning.
        """
        wanted = microseconds(before)
        if not wanted:
            raise AmountError(before, "before the due moment is no warning; give some working time")
        begin, paused = instant(start), Pauses.of(pauses)
        due = self.due_instant(begin, clock, paused)
        whole_time = paused.worked(begin, due, clock) if begin < due else 0
        if not whole_time:
            return None
        if wanted >= whole_time:
            return moment(paused.due(begin, 0, clock), clock.tz)
        return moment(paused.latest_start(due, wanted, clock), clock.tz)

    @abstractmethod
    def due_instant(self, start: int, clock: WorkClock, pauses: Pauses = NO_PAUSES) -> int:
        """`due`, from instant to instant (`docflow.worktime.instants`)."""

    def ticks(self, clock: WorkClock) -> Ticks:
        """The clock that the limit is counted on, and that a pause stops: the office's own, unless it has another."""
        return clock

    def deciding(self, start: int, clock: WorkClock, pauses: Pauses) -> Limit:  # noqa: ARG002 - it alone decides
        """The limit whose due moment this one's is: itself, unless it joins others."""
        return self

    def __or__(self, other: Limit) -> Limit:
        """Whichever falls later: "2 working days or 48 hours" is kept when either is."""
        return _joined(LaterOf, self, other)

    def __and__(self, other: Limit) -> Limit:
        """Whichever falls earlier: "3 working days and 100 hours" is kept when both are."""
        return _joined(EarlierOf, self, other)


def judged(due: int, stop: int | None, at: int) -> Verdict:
    """The verdict at an instant on what was due at one and stopped at one, or has not stopped (None)."""
    if stop is None or stop > at:
        return Verdict.RUNNING if at < due else Verdict.LATE
    return Verdict.WITHIN if stop <= due else Verdict.LATE


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

    def due_instant(self, start: int, clock: WorkClock, pauses: Pauses = NO_PAUSES) -> int:
        """The closing of the n-th day, and as much office time later as was paused."""
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

    They are true hours: a day on which clocks change does not bend them. Raises `AmountError` unless 1 or more.
    """

    hours: int = field(validator=_counted)

    def due_instant(self, start: int, clock: WorkClock, pauses: Pauses = NO_PAUSES) -> int:  # noqa: ARG002 - no office is asked
        """The start and so many hours."""
        return pauses.due(start, self.hours * HOUR, WALL_CLOCK)

    def ticks(self, clock: WorkClock) -> Ticks:  # noqa: ARG002 - the same
        """The wall clock."""
        return WALL_CLOCK

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

    def due_instant(self, start: int, clock: WorkClock, pauses: Pauses = NO_PAUSES) -> int:
        """So much time on the office's calendar with the doors never closed."""
        return pauses.due(start, self.hours * HOUR, clock.round_the_clock)

    def ticks(self, clock: WorkClock) -> Ticks:
        """The office's calendar with the doors never closed."""
        return clock.round_the_clock

    def __str__(self) -> str:
        return "1 hour of working days" if self.hours == 1 else f"{self.hours} hours of working days"


@frozen(kw_only=True)
class OfficeTime(Limit):
    """So much time with the office open; a day is what the office's hours make it.

    >>> print(OfficeTime(days=2), OfficeTime(minutes=15), sep="; ")
    2 days of office time; 15 min of office time

    `days` counts whole office days of the clock's own length (8 hours under 08:30–16:30, the usual hours when days
    differ), hours and minutes add to them. Raises `AmountError` when the sum is nothing, or a part is negative.
    """

    days: int = 0
    hours: float | Fraction = 0
    minutes: float | Fraction = 0

    def __attrs_post_init__(self) -> None:
        for part in (self.days, self.hours, self.minutes):
            if whole(part, HOUR) < 0:
                raise NegativeAmountError(part, "is negative; a promise lies ahead")
        if not (isinstance(self.days, int) and (self.days or self._beyond_days())):
            raise AmountError(self, "is no promise; give whole days, hours or minutes above nothing")

    def due_instant(self, start: int, clock: WorkClock, pauses: Pauses = NO_PAUSES) -> int:
        """So much time on the office's own clock."""
        amount = clock.hours.day_length * self.days + self._beyond_days()
        return pauses.due(start, amount.microseconds, clock)

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

    def due_instant(self, start: int, clock: WorkClock, pauses: Pauses = NO_PAUSES) -> int:
        """The latest of the due moments, each moved by the pauses in its own way."""
        return max(limit.due_instant(start, clock, pauses) for limit in self.limits)

    def deciding(self, start: int, clock: WorkClock, pauses: Pauses) -> Limit:
        """The one that falls latest."""
        latest = max(self.limits, key=lambda limit: limit.due_instant(start, clock, pauses))
        return latest.deciding(start, clock, pauses)

    def __str__(self) -> str:
        return " or ".join(map(_bracketed, self.limits))


@frozen
class EarlierOf(Limit):
    """Whichever of several limits falls earlier; `a & b` makes it.

    >>> print(WorkingDays(3) & (WorkingDays(2) | Hours(48)))
    3 working days and (2 working days or 48 hours)
    """

    limits: tuple[Limit, ...]

    def due_instant(self, start: int, clock: WorkClock, pauses: Pauses = NO_PAUSES) -> int:
        """The earliest of the due moments, each moved by the pauses in its own way."""
        return min(limit.due_instant(start, clock, pauses) for limit in self.limits)

    def deciding(self, start: int, clock: WorkClock, pauses: Pauses) -> Limit:
        """The one that falls earliest."""
        earliest = min(self.limits, key=lambda limit: limit.due_instant(start, clock, pauses))
        return earliest.deciding(start, clock, pauses)

    def __str__(self) -> str:
        return " and ".join(map(_bracketed, self.limits))


def _joined(kind: type[LaterOf | EarlierOf], one: Limit, other: object) -> Limit:
    if not isinstance(other, Limit):
        return NotImplemented  # type: ignore[no-any-return]  # the word Python wants from `|` and `&`
    parts = (limit.limits if isinstance(limit, kind) else (limit,) for limit in (one, other))
    return kind(tuple(chain.from_iterable(parts)))


def _bracketed(limit: Limit) -> str:
    return f"({limit})" if isinstance(limit, LaterOf | EarlierOf) else str(limit)
