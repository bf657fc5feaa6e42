"""Limit: how long a promise may take, when it falls due, how it stands and when to warn; `|` and `&` join limits."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Final, Self

from attrs import field, frozen

from docflow.errors import AmountError
from docflow.instants import instant, moment, span
from docflow.text import expect
from docflow.worktime.amount import WorkTime, microseconds
from docflow.worktime.instant_clock import NO_PAUSES, InstantClock, Pauses, Ticks

if TYPE_CHECKING:
    from datetime import datetime

    import pendulum


__all__ = ["EarlierOf", "LaterOf", "Limit", "Verdict", "judged"]


DEEPEST: Final = 100
"""`|` and `&` may alternate so many levels deep; a chain of one of them may be of any length."""


class Verdict(StrEnum):
    """How a promise stands.

    >>> print(*Verdict)
    within late running
    """

    WITHIN = "within"
    """It was kept."""
    LATE = "late"
    """It was not kept: it stopped after its due moment, or it is still open then."""
    RUNNING = "running"
    """It has not stopped and is not yet due."""


class Limit(ABC):
    """How long a promise may take: with a start and a clock it says when the promise falls due. Subclasses say how.

    Every question takes its moments in order of time, then the clock. `pauses` are pairs of moments between which the
    promise stood still, in any order. A pause moves the due moment by the time that it took from the clock of the
    limit: office time for `WorkingDays` and `OfficeTime`, hours of working days for `WorkingDayHours`, any hour for
    `Hours`. While that clock stands still anyway, a pause moves nothing. Of a pause that is not over, give the part
    that has passed: `(since, now)`.
    """

    __slots__ = ()

    def due(
        self, start: datetime, clock: InstantClock, *, pauses: Iterable[tuple[datetime, datetime]] = ()
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
        _see(clock)
        return moment(self.due_instant(instant(start), clock, Pauses.of(pauses)), clock.tz)

    def remaining(
        self, start: datetime, at: datetime, clock: InstantClock, *, pauses: Iterable[tuple[datetime, datetime]] = ()
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

        It is counted on the clock of the limit; of joined limits, on the clock of the one that decides (of several that
        decide together, the least). What has elapsed on that clock and what remains add up to the limit. Raises
        `ReversedSpanError` for a moment before the start.
        """
        _see(clock)
        begin, now = span(start, at)
        return WorkTime.of(self.left(begin, now, clock, Pauses.of(pauses)))

    def verdict(
        self,
        start: datetime,
        stop: datetime | None,
        at: datetime,
        clock: InstantClock,
        *,
        pauses: Iterable[tuple[datetime, datetime]] = (),
    ) -> Verdict:
        """How the promise stands at a moment: within, late or running; a stop after the moment does not count yet.

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

        A promise that stops at its due moment is within; one that has not stopped then (`stop` is None) is late. Raises
        `ReversedSpanError` when the stop or the moment is before the start.
        """
        _see(clock)
        end = None if stop is None else span(start, stop)[1]
        begin, now = span(start, at)
        return judged(self.due_instant(begin, clock, Pauses.of(pauses)), end, now)

    def warning(
        self,
        start: datetime,
        before: WorkTime,
        clock: InstantClock,
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

        The office is open then, and nothing is paused. When the whole limit holds less office time, it is the first
        such moment from the start on; when it holds none, None. Raises `AmountError` when `before` is no time at all.
        """
        wanted = microseconds(before)
        if not wanted:
            raise AmountError(before, "before the due moment is no warning; give some working time")
        _see(clock)
        begin, paused = instant(start), Pauses.of(pauses)
        due = self.due_instant(begin, clock, paused)
        whole_time = paused.worked(begin, due, clock) if begin < due else 0
        if not whole_time:
            return None
        return moment(paused.latest_start(due, min(wanted, whole_time), clock), clock.tz)

    @abstractmethod
    def due_instant(self, start: int, clock: InstantClock, pauses: Pauses = NO_PAUSES) -> int:
        """`due`, from instant to instant (`docflow.instants`)."""

    def ticks(self, clock: InstantClock) -> Ticks:
        """The clock that the limit is counted on and that a pause stops: for most limits, the office's."""
        return clock

    def left(self, start: int, at: int, clock: InstantClock, pauses: Pauses = NO_PAUSES) -> int:
        """`remaining`, from instant to instant in microseconds."""
        due = self.due_instant(start, clock, pauses)
        return pauses.worked(at, due, self.ticks(clock)) if at < due else 0

    def __or__(self, other: Limit) -> Limit:
        """Whichever falls later: "2 working days or 48 hours" is kept when either is."""
        return _joined(LaterOf, self, other)

    def __and__(self, other: Limit) -> Limit:
        """Whichever falls earlier: "3 working days and 100 hours" is kept when both are."""
        return _joined(EarlierOf, self, other)


def _see(clock: InstantClock) -> None:
    """See that a clock is one: the last of what is given by position is easily another moment."""
    expect(clock, InstantClock, "clock", "one such as office_clock(), after the moments")


def judged(due: int, stop: int | None, at: int) -> Verdict:
    """The verdict at an instant on a promise that was due at another and has stopped, or has not (None).

    >>> print(judged(10, stop=8, at=20), judged(10, stop=None, at=20))
    within late
    """
    if stop is None or stop > at:
        return Verdict.RUNNING if at < due else Verdict.LATE
    return Verdict.WITHIN if stop <= due else Verdict.LATE


def _listed(limits: Iterable[Limit]) -> tuple[Limit, ...]:
    parts = tuple(limits) if isinstance(limits, Iterable) else (limits,)
    if not parts or not all(isinstance(limit, Limit) for limit in parts):
        raise TypeError(f"{limits!r} are no limits; give some, such as WorkingDays(2)")
    return parts


@frozen(eq=False, repr=False)
class _Joined(Limit):
    """Several limits, of which one decides. A chain of `|` is kept in pairs, and made flat when it is first asked."""

    latest: ClassVar[bool]
    word: ClassVar[str]

    given: tuple[Limit, ...] = field(converter=_listed, alias="limits")
    depth: int = field(init=False)

    @depth.default
    def _depth(self) -> int:
        below = (limit.depth + (type(limit) is not type(self)) for limit in self.given if isinstance(limit, _Joined))
        depth = max(below, default=1)
        if depth > DEEPEST:
            raise AmountError(
                depth, f"times take `|` and `&` turns inside each other, at most {DEEPEST} can be told apart"
            )
        return depth

    @cached_property
    def limits(self) -> tuple[Limit, ...]:
        """The limits of which one decides; none is of the same kind as this."""
        flat: list[Limit] = []
        waiting = list(self.given[::-1])
        while waiting:
            limit = waiting.pop()
            if type(limit) is type(self):
                waiting += limit.given[::-1]
            else:
                flat.append(limit)
        return tuple(flat)

    def __eq__(self, other: object) -> bool:
        return self.limits == other.limits if type(other) is type(self) else NotImplemented

    def __hash__(self) -> int:
        return hash((type(self), self.limits))

    def __repr__(self) -> str:
        return f"{type(self).__name__}(limits={self.limits!r})"

    def __reduce__(self) -> tuple[type[Self], tuple[tuple[Limit, ...]]]:
        return type(self), (self.limits,)

    def due_instant(self, start: int, clock: InstantClock, pauses: Pauses = NO_PAUSES) -> int:
        """The due moment that decides; pauses move that of each limit."""
        return (max if self.latest else min)(limit.due_instant(start, clock, pauses) for limit in self.limits)

    def left(self, start: int, at: int, clock: InstantClock, pauses: Pauses = NO_PAUSES) -> int:
        """What the limit that decides has left; of several, the least."""
        due = self.due_instant(start, clock, pauses)
        deciding = (limit for limit in self.limits if limit.due_instant(start, clock, pauses) == due)
        return min(limit.left(start, at, clock, pauses) for limit in deciding)

    def __str__(self) -> str:
        return f" {self.word} ".join(
            f"({limit})" if isinstance(limit, _Joined) else str(limit) for limit in self.limits
        )


@frozen(eq=False, repr=False)
class LaterOf(_Joined):
    """Whichever of several limits falls later; `a | b` makes it.

    >>> from docflow import Hours, WorkingDays
    >>> print(WorkingDays(2) | Hours(48))
    2 working days or 48 hours
    """

    latest = True
    word = "or"


@frozen(eq=False, repr=False)
class EarlierOf(_Joined):
    """Whichever of several limits falls earlier; `a & b` makes it.

    >>> from docflow import Hours, WorkingDays
    >>> print(WorkingDays(3) & (WorkingDays(2) | Hours(48)))
    3 working days and (2 working days or 48 hours)
    """

    latest = False
    word = "and"


def _joined(kind: type[LaterOf | EarlierOf], one: Limit, other: object) -> Limit:
    if not isinstance(other, Limit):
        return NotImplemented  # type: ignore[no-any-return]  # so Python asks the other side, and else raises TypeError
    return kind((one, other))
