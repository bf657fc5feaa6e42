"""Which day counts on the way to a deadline, which does not, and how much time each has."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Protocol

from attrs import frozen

from docflow.instants import instant
from docflow.worktime.amount import WorkTime
from docflow.worktime.day_limits import WorkingDays
from docflow.worktime.moment_limits import Before, SameTime
from docflow.worktime.ticks import NO_PAUSES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from docflow.worktime.adapter import Note
    from docflow.worktime.limits import Limit
    from docflow.worktime.moments import Moments
    from docflow.worktime.promises import Promise
    from docflow.worktime.ticks import Pauses
    from docflow.worktime.verdict import Verdict

__all__ = ["DayCounted", "Deadline", "day_counts"]

NOTHING: Final = WorkTime()
ONE_DAY: Final = timedelta(days=1)


class Deadline(Protocol):
    """What an explanation asks of a deadline (`docflow.worktime.deadlines`)."""

    @property
    def limit(self) -> Limit:
        """What was promised."""

    @property
    def start(self) -> datetime:
        """From when on."""

    @property
    def clock(self) -> Moments:
        """The office's clock."""

    @property
    def pauses(self) -> tuple[tuple[datetime, datetime], ...]:
        """When it stood still."""

    @property
    def paused(self) -> Pauses:
        """The same as instants."""

    @property
    def due(self) -> datetime:
        """When it is due."""

    def verdict(self, *, at: datetime, stop: datetime | None = None) -> Verdict:
        """How it stands."""

    def overdue(self, *, at: datetime) -> WorkTime:
        """By how much it is late."""

    def remaining(self, *, at: datetime) -> WorkTime:
        """How much time is left."""


@frozen
class DayCounted:
    """A day on the way to a deadline: what counted on it, or why nothing did; `DeadlineExplanation.days` has them.

    >>> import pendulum
    >>> from docflow import WorkingDays
    >>> from docflow.bangkok import office_clock
    >>> deadline = office_clock().deadline(WorkingDays(2), pendulum.datetime(2020, 1, 10, 9, tz="Asia/Bangkok"))
    >>> [(f"{one.day:%a}", one.nth) for one in deadline.explain().days]
    [('Fri', 0), ('Sat', 0), ('Sun', 0), ('Mon', 1), ('Tue', 2)]
    """

    day: date
    nth: int | None
    """Of a limit in working days: which one it is; 0 for one that is not counted, None for other limits."""
    counted: WorkTime
    """Of other limits: how much time counted on it."""
    total: WorkTime
    """How much time has counted by its end."""
    paused: WorkTime
    """How much of its time did not count because of pauses."""
    notes: tuple[Note, ...]
    """Why it is no ordinary working day, and who says so; none when it is one."""


def day_counts(deadline: Deadline, limit: Promise) -> Iterator[DayCounted]:
    """Every day from the start to the due moment, as a limit counts it; of days before an event, those from it on."""
    clock, ticks = deadline.clock, limit.ticks(deadline.clock)
    paused = NO_PAUSES if isinstance(limit, Before) else deadline.paused
    begin, due = instant(deadline.start), instant(deadline.due)
    first = clock.date_of(begin)
    last = max(first, limit.due_day(due, clock))
    if isinstance(limit, Before) and limit.days:  # it is counted back from the event
        first, last = limit.due_day(due, clock), clock.date_of(instant(limit.event))
    days, total, since = limit.days_counted(begin, clock), 0, begin
    place_of = {day: place for place, day in enumerate(days or (), 1)}
    timed = days is None or bool(paused.spans)
    moved, taken = bool(days and paused.spans and isinstance(limit, WorkingDays | SameTime)), 0
    worked = stood_still = 0
    after = first
    for _ in range((last - first).days + 1):
        day, after = after, after + ONE_DAY
        if timed:
            until = due if day == last else max(begin, clock.day_begin(after))
            whole = ticks.worked(since, until)
            worked = paused.worked(since, until, ticks) if paused.spans else whole
            since, stood_still = until, whole - worked
        if days is None:
            nth, counted, total = None, worked, total + worked
        else:
            nth, counted = place_of.get(day, 0), 0
            if moved and day >= days[0] and clock.days.is_worked(day):
                # A day that was paused from its opening to its close does not count, and a later one does instead.
                gone = stood_still and not worked
                nth = 0 if gone or taken == len(days) else taken + 1
                taken += bool(nth)
        spent = WorkTime.of(counted) if counted else NOTHING
        still = WorkTime.of(stood_still) if stood_still else NOTHING
        yield DayCounted(day, nth, spent, WorkTime.of(total), still, clock.notes(day))
