"""Clocks that count microseconds, the wall clock among them, and pauses in which one of them stands still."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from attrs import frozen

from docflow.instants import Interval, clip, complement, merge, span

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

__all__ = ["NO_PAUSES", "WALL_CLOCK", "Pauses", "Ticks", "WallClock", "pairs"]


class Ticks(Protocol):
    """A clock that counts microseconds, from instant to instant: what a limit of your own says in `ticks`.

    >>> from docflow.bangkok import office_clock
    >>> from docflow.worktime import WALL_CLOCK, instant
    >>> from pendulum import datetime
    >>> friday, monday = (instant(datetime(2020, 1, day, 16, tz="Asia/Bangkok")) for day in (3, 6))
    >>> def hours(ticks: Ticks) -> float:
    ...     return ticks.worked(friday, monday) / 3_600_000_000
    >>> hours(office_clock()), hours(WALL_CLOCK)
    (8.0, 72.0)

    A `WorkClock` is one, so is `WALL_CLOCK`. Instants are microseconds since 1970 in UTC. Neither sees that a start is
    before its stop; a `WorkClock` raises what it raises for a year that its calendar does not hold.
    """

    def worked(self, start: int, stop: int) -> int:
        """How much it counts from an instant to another."""

    def reached(self, start: int, amount: int) -> int:
        """When it has counted an amount."""

    def latest(self, due: int, amount: int) -> int:
        """The latest start from which it counts an amount by an instant."""


class WallClock:
    """The wall clock, which never stands still."""

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
"""The clock on the wall, for a limit whose pauses give back their whole length, nights and weekends included.

>>> WALL_CLOCK.worked(0, 3_600_000_000), WALL_CLOCK.reached(0, 1), WALL_CLOCK.latest(1, 1)
(3600000000, 1, 0)

It counts every microsecond, from instant to instant (microseconds since 1970 in UTC).
"""


def pairs(given: Iterable[tuple[datetime, datetime]]) -> tuple[tuple[datetime, datetime], ...]:
    """Pairs of moments. Raises `TypeError` for anything else, such as one pair that is not in a list."""
    if given == ():
        return ()
    try:
        return tuple((since, until) for since, until in given)
    except (TypeError, ValueError):
        raise TypeError("pauses are pairs of moments; give such as [(since, until)]") from None


@frozen
class Pauses:
    """When the clock of a letter stood still although the office was open: what `due_instant` of a limit is given.

    Paused spans are instants (microseconds since 1970 in UTC), in order of time; none is empty, and no two overlap or
    touch. `NO_PAUSES` are none.

    >>> from docflow.bangkok import office_clock
    >>> from docflow.worktime import instant, moment
    >>> import pendulum
    >>> noon, one, two = (pendulum.datetime(2020, 1, 6, hour, tz="Asia/Bangkok") for hour in (12, 13, 14))
    >>> pauses = Pauses.of([(noon, two), (one, two)])
    >>> pauses == Pauses.of([(noon, two)])
    True
    >>> clock, hour = office_clock(), 3_600_000_000
    >>> pauses.worked(instant(noon), instant(two) + hour, clock) == hour
    True
    >>> print(moment(pauses.due(instant(noon), hour, clock), clock.tz))
    2020-01-06 15:00:00+07:00

    `ticks` of its questions is the clock that a pause stops, such as the office's, or `WALL_CLOCK`.
    """

    spans: tuple[Interval, ...] = ()
    """The paused spans, each from its first instant to the first after it."""

    @classmethod
    def of(cls, pauses: Iterable[tuple[datetime, datetime]]) -> Pauses:
        """Pairs of moments, in any order; where they overlap, time is paused once.

        Raises `ReversedSpanError` for a pause that stops before it starts, `NaiveDatetimeError` for a moment without a
        zone, and `TypeError` for what are no pairs.
        """
        return cls(tuple(merge(span(*pause) for pause in pairs(pauses)))) if pauses else NO_PAUSES

    def within(self, start: int, stop: int) -> list[Interval]:
        """The paused parts of a span."""
        return clip(self.spans, start, stop)

    def running(self, start: int, stop: int) -> list[Interval]:
        """The parts of a span that are not paused."""
        return complement(self.spans, start, stop)

    def worked(self, start: int, stop: int, ticks: Ticks) -> int:
        """How many microseconds of a span a clock counts outside the pauses."""
        return ticks.worked(start, stop) - sum(ticks.worked(since, until) for since, until in self.within(start, stop))

    def due(self, start: int, amount: int, ticks: Ticks) -> int:
        """When a clock that stands still in the pauses has counted an amount of microseconds."""
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
"""No pauses at all: the default of `due_instant`, also in a limit of your own.

>>> NO_PAUSES.spans
()
"""
