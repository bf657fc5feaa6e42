"""Observations: what was found of one record, and the observations of all records of a result."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeAlias, TypeVar, overload

from attrs import evolve, field, frozen

from docflow.errors import HorizonError, OutsideCalendarError, RecordError
from docflow.instants import instant, local, moment
from docflow.kpi.bins import Bin, Reason
from docflow.safe import visible
from docflow.text import month_of, months_between
from docflow.worktime import WorkTime
from docflow.worktime.ticks import NO_PAUSES, Pauses

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from docflow.kpi.contexts import Context
    from docflow.kpi.dating import DatedBy
    from docflow.kpi.records import CaseOrRecord
    from docflow.worktime import DeadlineExplanation, Explanation, Limit, WorkClock

__all__ = ["Finding", "Observation", "Observations", "capped"]

T = TypeVar("T")


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
        return self.clock.deadline(limit, self.start, pauses=pauses).explain(at=at, stop=self.stop)

    @property
    def day(self) -> date | None:
        """The office's day, month and period to which it belongs: when its clock started, or by the stop, stopped.

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
        """How much working time it has used up; None where nothing is measured, or the calendar ends before."""
        return None if self.worked is None else WorkTime.of(self.worked)

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


@frozen(eq=False, repr=False)
class Observations(Sequence[Observation]):
    """The observations of all records, in the order in which the records were given, and of each in order of time.

    They are kept as columns and made one by one when somebody looks: an indicator over 100,000 letters under six
    readings asks mostly how many lie in each bin. The readings share the columns of what they looked at.
    """

    clock: WorkClock | None
    records: Sequence[CaseOrRecord]
    starts: Sequence[datetime | None]
    stops: Sequence[datetime | None]
    begins: Sequence[int]
    ends: Sequence[int | None]
    pauses: Sequence[Pauses]
    bins: Sequence[Bin]
    reasons: Sequence[Reason | None]
    dues: Sequence[int | None]
    times: Sequence[int | None]
    limit_of: Callable[[CaseOrRecord], Limit | None] | None = None
    as_of: datetime | None = None
    dated_by: DatedBy = "start"
    nths: Sequence[int] | None = None
    """Which of its record's occurrences each is; None where each record has but one."""

    @classmethod
    def of(cls, given: Iterable[Observation]) -> Observations:
        """Observations as columns."""
        if isinstance(given, Observations):
            return given
        made = tuple(given)
        return cls(
            next((one.clock for one in made if one.clock is not None), None),
            [one.record for one in made],
            [one.start for one in made],
            [one.stop for one in made],
            [one.begin for one in made],
            [one.end for one in made],
            [one.pauses for one in made],
            [one.bin for one in made],
            [one.reason for one in made],
            [one.due_at for one in made],
            [one.worked for one in made],
            next((one.limit_of for one in made if one.limit_of is not None), None),
            next((one.as_of for one in made if one.as_of is not None), None),
            next((one.dated_by for one in made if one.bin is not Bin.EXCLUDED), "start"),
            [one.nth for one in made],
        )

    def tally(self, lies: Bin) -> int:
        """How many lie in a bin."""
        return self.bins.count(lies)

    def worked(self, lies: Bin) -> list[int]:
        """The working times of those in a bin, in microseconds, as far as they are known."""
        pairs = zip(self.times, self.bins, strict=True)
        return [time for time, each in pairs if each is lies and time is not None]

    def months(self, lies: Bin) -> int:
        """In how many months one lies in a bin."""
        return len({month_of(day) for day, each in zip(self.days(), self.bins, strict=True) if each is lies and day})

    def days(self) -> Iterator[date | None]:
        """The day of each; what is excluded has none."""
        moments = self.ends if self.dated_by == "stop" else self.begins
        for at, lies in zip(moments, self.bins, strict=True):
            yield None if self.clock is None or at is None or lies is Bin.EXCLUDED else self.clock.date_of(at)

    def by_month(self) -> dict[str, list[int]]:
        """The places of those of each month ("2019-11"); what is excluded belongs to no month."""
        if self.clock is None:
            return {}
        moments = self.ends if self.dated_by == "stop" else self.begins
        rows = enumerate(zip(moments, self.bins, strict=True))
        dated = [(at, n) for n, (at, lies) in rows if at is not None and lies is not Bin.EXCLUDED]
        if not dated:
            return {}
        # The months begin at a few instants: to look a moment up among them is faster than to tell its date.
        first, last = (month_of(self.clock.date_of(at)) for at in (min(dated)[0], max(dated)[0]))
        months = months_between(first, last)
        begins = [self.clock.day_begin(date.fromisoformat(f"{month}-01")) for month in months[1:]]
        places: list[list[int]] = [[] for _ in months]
        for at, n in dated:
            places[bisect_right(begins, at)].append(n)
        return {month: some for month, some in zip(months, places, strict=True) if some}

    def some(self, places: Sequence[int]) -> Observations:
        """The observations at some places."""

        def at(column: Sequence[T]) -> list[T]:
            return [column[n] for n in places]

        return evolve(
            self,
            records=at(self.records),
            starts=at(self.starts),
            stops=at(self.stops),
            begins=at(self.begins),
            ends=at(self.ends),
            pauses=at(self.pauses),
            bins=at(self.bins),
            reasons=at(self.reasons),
            dues=at(self.dues),
            times=at(self.times),
            nths=None if self.nths is None else at(self.nths),
        )

    def lying(self, lies: Bin) -> Iterator[Observation]:
        """The observations of one bin, one by one; the others are not made."""
        return (self[n] for n, each in enumerate(self.bins) if each is lies)

    def __len__(self) -> int:
        return len(self.bins)

    @overload
    def __getitem__(self, n: int) -> Observation: ...
    @overload
    def __getitem__(self, n: slice) -> Observations: ...
    def __getitem__(self, n: int | slice) -> Observation | Observations:
        if isinstance(n, slice):
            return self.some(range(len(self))[n])
        nth = 1 if self.nths is None else self.nths[n]
        if self.bins[n] is Bin.EXCLUDED:
            return Observation(self.records[n], Bin.EXCLUDED, self.reasons[n], nth=nth)
        return Observation(
            self.records[n],
            self.bins[n],
            self.reasons[n],
            self.starts[n],
            self.stops[n],
            self.begins[n],
            self.ends[n],
            self.dues[n],
            self.times[n],
            self.pauses[n],
            self.clock,
            self.limit_of,
            self.as_of,
            self.dated_by,
            nth,
        )

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, Observations | tuple) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def said(self) -> str:
        """How many lie in each bin, in words."""
        return ", ".join(f"{lies} {n:,}" for lies, n in ((each, self.tally(each)) for each in Bin) if n) or "no records"

    def __repr__(self) -> str:
        return f"<Observations: {self.said()}>"
