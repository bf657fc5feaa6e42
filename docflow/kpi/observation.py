"""Observation: what was found of one record."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from attrs import field, frozen

from docflow.errors import HorizonError, OutsideCalendarError, RecordError
from docflow.instants import instant, local, moment
from docflow.kpi.bins import Bin, Reason
from docflow.safe import visible
from docflow.worktime import WorkTime
from docflow.worktime.ticks import NO_PAUSES, Pauses

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from docflow.kpi.contexts import Context
    from docflow.kpi.dating import DatedBy
    from docflow.kpi.records import CaseOrRecord
    from docflow.worktime import DeadlineExplanation, Explanation, Limit, WorkClock

__all__ = ["Finding", "Observation", "capped"]


@frozen(repr=False)
class Observation:
    """What was found of a record: its bin, the reason, when its clock started and stopped, due and elapsed time.

    >>> from datetime import datetime
    >>> from docflow.bangkok import HANDING_OVER, office_clock
    >>> from docflow.kpi import Event, Record
    >>> nine = datetime.fromisoformat("2019-11-15T09:00+07:00")
    >>> letter = Record("1/2562", [Event("registered", nine), Event("taken_over", nine.replace(minute=7))])
    >>> (found,) = HANDING_OVER.read([letter], office_clock()).observations
    >>> print(found.record.number, found.bin, found.day, found.elapsed, found.due)
    1/2562 counted 2019-11-15 7 min None
    >>> found
    <Observation 1/2562: counted, 7 min>

    Columns keep moments as integers (`begin`, `end`, `due_at`, `worked`); `start`, `stop`, `due` and `elapsed` are the
    same for people.
    """

    record: CaseOrRecord
    bin: Bin
    reason: Reason | None = None
    """Why it is excluded or has missed."""
    start: datetime | None = None
    """None when it is excluded."""
    stop: datetime | None = None
    """None while it is open."""
    begin: int = 0
    """The start as an integer."""
    end: int | None = None
    """The stop as an integer."""
    due_at: int | None = None
    """The instant at which it is due; None without a limit."""
    worked: int | None = None
    """The microseconds of working time it has used up; None where that is not measured."""
    pauses: Pauses = NO_PAUSES
    """When its clock stood still."""
    clock: WorkClock | None = None
    limit_of: Callable[[CaseOrRecord], Limit | None] | None = field(default=None, eq=False)
    """Which limit the measure gives a record; None when it gives none."""
    as_of: datetime | None = field(default=None, eq=False)
    """The last moment that was seen."""
    dated_by: DatedBy = "start"
    """Which of its two moments says to which day it belongs."""
    nth: int = 1
    """Which of the record's occurrences it is, where every one is measured."""
    part: CaseOrRecord | None = field(default=None, eq=False, repr=False)
    """The record with the events of this occurrence alone, for a measure that judges it; None is the whole record."""

    @property
    def limit(self) -> Limit | None:
        """The limit by which it was judged."""
        return None if self.limit_of is None else self.limit_of(self.record)

    def explain(self) -> DeadlineExplanation | Explanation:
        """Why it is due when it is and how it stands, or without a limit, how its time comes about: day by day.

        >>> from datetime import datetime
        >>> from docflow import WorkingDays
        >>> from docflow.bangkok import HANDING_OVER, office_clock
        >>> from docflow.kpi import Event, Record
        >>> friday, wednesday = (datetime.fromisoformat(f"2019-11-{day}T10:00+07:00") for day in ("01", "07"))
        >>> letter = Record("1/2562", [Event("registered", friday), Event("taken_over", wednesday)])
        >>> (found,) = HANDING_OVER.within(WorkingDays(1)).read([letter], office_clock()).observations
        >>> for line in str(found.explain()).splitlines()[-2:]:
        ...     print(line)
        2019-11-06 Wed  working day 1
        stopped 2019-11-07 10:00: late by 1 h 30 min of office time

        Raises `RecordError` for a record that is excluded: its clock never started.
        """
        if self.start is None or self.clock is None:
            raise RecordError(self.record.number, f"is excluded ({self.reason}), so there is no time to explain")
        limit, zone = self.limit, self.clock.tz
        pauses = [(moment(since, zone), moment(until, zone)) for since, until in self.pauses.spans]
        if limit is None:
            return self.clock.explain(self.start, self.stop or self.as_of or self.start, pauses=pauses)
        at = None if self.stop is not None else self.as_of
        return self.clock.deadline(limit, self.start, pauses=pauses).explain(at, stop=self.stop)

    @property
    def day(self) -> date | None:
        """The office's day of its start, or of its stop (`dated_by`): to its month and period it belongs.

        None when it is excluded.
        """
        at = self.end if self.dated_by == "stop" else self.begin
        return None if self.clock is None or self.start is None or at is None else self.clock.date_of(at)

    @property
    def due(self) -> datetime | None:
        """The moment at which it is due, in the zone in which its start is written; None without a limit."""
        if self.due_at is None or self.start is None:
            return None
        return local(self.due_at, self.start.tzinfo)  # type: ignore[arg-type]  # a start has a zone

    @property
    def elapsed(self) -> WorkTime | None:
        """The working time that was measured; None where nothing is, as of a promise, or the calendar ends before.

        `used` tells it of a promise too.
        """
        return None if self.worked is None else WorkTime.of(self.worked)

    @property
    def remaining(self) -> WorkTime | None:
        """How much time was left until it is due, when it stopped or was last seen; None without a due moment.

        >>> from datetime import datetime
        >>> from docflow import Duration, Event, OfficeTime, Record, reached
        >>> from docflow.bangkok import office_clock
        >>> monday = datetime.fromisoformat("2020-01-06T09:00+07:00")
        >>> promise = Duration("answering", start=reached("came"), stop=reached("answered")).within(OfficeTime(hours=8))
        >>> letter = Record("1/2563", [Event("came", monday)])
        >>> print(promise.read([letter], office_clock(), as_of=monday.replace(hour=15)).running[0].remaining)
        2 h

        As `Deadline.remaining`: on the clock of its limit, and nothing from the due moment on. Raises
        `OutsideCalendarError` when the calendar ends before the due moment.
        """
        limit = self.limit
        if limit is None or self.due_at is None or self.clock is None:
            return None
        seen = self.due_at if self.as_of is None else instant(self.as_of)
        return WorkTime.of(limit.left(self.begin, seen if self.end is None else self.end, self.clock, self.pauses))

    @property
    def overdue(self) -> WorkTime | None:
        """By how much office time it stopped, or was last seen open, after its due moment; None without a due moment.

        As `Deadline.overdue`: what is paused is not counted, and what is in time is overdue by nothing. Raises
        `OutsideCalendarError` when the calendar ends before that moment.
        """
        if self.due_at is None or self.clock is None:
            return None
        seen = self.due_at if self.as_of is None else instant(self.as_of)
        until = seen if self.end is None else self.end
        return WorkTime.of(self.pauses.worked(self.due_at, until, self.clock) if until > self.due_at else 0)

    @property
    def stands_still(self) -> bool:
        """Whether its clock stood still up to the last moment seen: it waits, and is due no earlier than `due` says.

        >>> from datetime import datetime
        >>> from docflow import Duration, Event, Record, WorkingDays, reached
        >>> from docflow.bangkok import office_clock
        >>> nine = datetime.fromisoformat("2020-01-06T09:00+07:00")
        >>> answering = Duration("answering", start=reached("came"), stop=reached("answered"), pausing=("asked",))
        >>> letter = Record("1/2563", [Event("came", nine), Event("asked", nine.replace(hour=10))])
        >>> for day in (6, 7):  # the longer it waits, the later it is due
        ...     noon = nine.replace(day=day, hour=12)
        ...     (seen,) = answering.within(WorkingDays(3)).read([letter], office_clock(), as_of=noon).running
        ...     print(seen.stands_still, seen.due)
        True 2020-01-10 10:30:00+07:00
        True 2020-01-13 10:30:00+07:00

        What has stopped, or is excluded, waits no longer.
        """
        spans = self.pauses.spans
        return self.end is None and self.as_of is not None and bool(spans) and spans[-1][1] >= instant(self.as_of)

    @property
    def used(self) -> WorkTime | None:
        """How much working time it used up until it stopped, or was last seen open, of a promise too.

        >>> from datetime import datetime
        >>> from docflow import Duration, Event, Record, WorkingDays, reached
        >>> from docflow.bangkok import office_clock
        >>> monday = datetime.fromisoformat("2020-01-06T09:00+07:00")
        >>> promise = Duration("answering", start=reached("came"), stop=reached("answered")).within(WorkingDays(3))
        >>> letter = Record("1/2563", [Event("came", monday)])
        >>> (seen,) = promise.read([letter], office_clock(), as_of=monday.replace(hour=15)).observations
        >>> print(seen.used, seen.elapsed)
        6 h None

        `elapsed` is what the measure itself has measured, and decides by: of a promise None. None when it is excluded,
        when nobody says up to when it was seen, and where the calendar ends before.
        """
        if self.worked is not None or self.clock is None:
            return self.elapsed
        until = self.end
        if until is None and self.as_of is not None:
            until = instant(self.as_of)
        try:
            return None if until is None else WorkTime.of(self.pauses.worked(self.begin, until, self.clock))
        except OutsideCalendarError:
            return None

    def excluded(self, reason: Reason | None) -> Observation:
        """The same record, excluded."""
        return Observation(self.record, Bin.EXCLUDED, reason, nth=self.nth)

    def __repr__(self) -> str:
        why = "" if self.reason is None else f" ({self.reason})"
        due = "" if self.due is None else f", due {self.due:%Y-%m-%d %H:%M}"
        took = "" if self.elapsed is None else f", {self.elapsed}"
        return visible(f"<Observation {self.record.number}: {self.bin}{why}{due}{took}>")


def capped(seen: Observation, worked: int | None, cap: int, context: Context) -> Bin:
    """Where a record lies under a cap of working time: counted, late, or running while it has not used it up.

    `worked` is None where the calendar ends before an open record is asked; it may have used up the cap all the same.
    """
    if seen.bin is Bin.COUNTED:
        return Bin.LATE if worked is None or worked > cap else Bin.COUNTED
    if worked is not None:
        return Bin.LATE if worked >= cap else Bin.RUNNING
    try:
        used = context.now is not None and seen.pauses.due(seen.begin, cap, context.clock) <= context.now
    except (HorizonError, OutsideCalendarError):
        used = False
    return Bin.LATE if used else Bin.RUNNING


Finding: TypeAlias = "tuple[Bin, int | None, int | None, Reason | None]"
"""What a measure says of a record whose clock started: bin, due instant, working time in microseconds, reason."""
