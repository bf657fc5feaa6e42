"""Which day counts on the way to a deadline, which does not, and how much time each has."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import repeat
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from attrs import frozen

from docflow.instants import instant, moment
from docflow.worktime.amount import WorkTime
from docflow.worktime.day_limits import WorkingDays
from docflow.worktime.moment_limits import Before
from docflow.worktime.moments import Span
from docflow.worktime.ticks import NO_PAUSES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
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

    def verdict(self, at: datetime, *, stop: datetime | None = None) -> Verdict:
        """How it stands."""

    def overdue(self, at: datetime) -> WorkTime:
        """By how much it is late."""

    def remaining(self, at: datetime) -> WorkTime:
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
    given_back: WorkTime = NOTHING
    """Of a limit in days: how much of what pauses took is made up for on it, after the last day that is counted."""
    pauses: tuple[Span, ...] = ()
    """The pauses that touch it, each from its start to its stop."""


class _Part(NamedTuple):
    """A day as far as the way goes: from when until when, what the limit's clock ran of it, and what it stood still."""

    day: date
    since: int
    until: int
    worked: int
    stood_still: int


def day_counts(deadline: Deadline, limit: Promise) -> Iterator[DayCounted]:
    """Every day from the start to the due moment, as a limit counts it; of days before an event, those from it on."""
    clock, begin = deadline.clock, instant(deadline.start)
    paused = deadline.paused if limit.pausable else NO_PAUSES
    days, total = limit.days_counted(begin, clock), 0
    parts = list(_parts(deadline, limit, paused, timed=days is None or bool(paused.spans)))
    numbers = {day: place for place, day in enumerate(days or (), 1)}
    back: Iterable[int] = repeat(0)
    if days is not None and paused.spans:
        later = _later_days(limit, days, parts, clock)
        numbers = later or numbers
        back = _after_the_days(parts, max(later), clock) if later else _after_the_end(parts, limit, paused, deadline)
    for part, given_back in zip(parts, back, strict=False):
        counted = part.worked if days is None else 0
        total += counted
        yield DayCounted(
            part.day,
            None if days is None else numbers.get(part.day, 0),
            _time(counted),
            _time(total),
            _time(part.stood_still),
            clock.notes(part.day),
            _time(given_back),
            tuple(
                Span(moment(since, clock.tz), moment(until, clock.tz))
                for since, until in paused.spans
                if since < part.until and part.since < until
            ),
        )


def _parts(deadline: Deadline, limit: Promise, paused: Pauses, *, timed: bool) -> Iterator[_Part]:
    clock, ticks = deadline.clock, limit.ticks(deadline.clock)
    begin, due = instant(deadline.start), instant(deadline.due)
    first = clock.date_of(begin)
    last = max(first, limit.due_day(due, clock))
    if isinstance(limit, Before) and limit.days:  # it is counted back from the event
        first, last = limit.due_day(due, clock), clock.date_of(instant(limit.event))
    since = until = begin
    worked = stood_still = 0
    after = first
    for _ in range((last - first).days + 1):
        day, after = after, after + ONE_DAY
        if timed:
            until = due if day == last else max(begin, clock.day_begin(after))
            whole = ticks.worked(since, until)
            worked = paused.worked(since, until, ticks) if paused.spans else whole
            stood_still = whole - worked
        yield _Part(day, since, until, worked, stood_still)
        since = until


def _later_days(limit: Promise, days: Sequence[date], parts: Sequence[_Part], clock: Moments) -> dict[date, int]:
    """The numbers of the days that count when a day that was paused from its opening to its close does not.

    None of them where a pause gives back wall time, or where it took short days that longer ones make up for.
    """
    if not (isinstance(limit, WorkingDays) and limit.at_close):
        return {}
    left = [
        part.day
        for part in parts
        if part.day >= days[0] and clock.days.is_worked(part.day) and (part.worked or not part.stood_still)
    ][: len(days)]
    return {day: place for place, day in enumerate(left, 1)} if len(left) == len(days) else {}


def _after_the_days(parts: Iterable[_Part], last: date, clock: Moments) -> Iterator[int]:
    """What each day gives back: all of its time, after the last day that counts."""
    return (part.worked if part.day > last and clock.days.is_worked(part.day) else 0 for part in parts)


def _after_the_end(parts: Iterable[_Part], limit: Promise, paused: Pauses, deadline: Deadline) -> Iterator[int]:
    """What each day gives back: its time after the moment at which it would have been due, until all is given back."""
    clock, begin = deadline.clock, instant(deadline.start)
    ticks, end = limit.ticks(clock), limit.due_instant(begin, clock)
    left = ticks.worked(begin, end) - paused.worked(begin, end, ticks) if begin < end else 0
    for part in parts:
        since = max(part.since, end)
        given_back = min(left, paused.worked(since, part.until, ticks)) if left and since < part.until else 0
        left -= given_back
        yield given_back


def _time(microseconds: int) -> WorkTime:
    return WorkTime.of(microseconds) if microseconds else NOTHING
