"""Observations: what was found of one record, and the observations of all records of a result."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, overload

from attrs import frozen

from docflow.errors import HorizonError, OutsideCalendarError
from docflow.instants import local
from docflow.safe import visible
from docflow.text import month_of
from docflow.worktime import WorkTime
from docflow.worktime.ticks import NO_PAUSES, Pauses

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from docflow.kpi.contexts import Context
    from docflow.kpi.records import CaseOrRecord
    from docflow.worktime import WorkClock

__all__ = ["Bin", "Cause", "Finding", "Observation", "Observations", "Ratio", "Reason", "Share", "capped"]


class Bin(StrEnum):
    """Where a record lies; the first three make up a denominator, the first alone a numerator.

    >>> ", ".join(Bin)
    'counted, late, missed, running, unfinished, excluded'
    """

    COUNTED = "counted"
    """It did what the indicator asks for, in time if there is a limit, or it was measured."""
    LATE = "late"
    """It did so after it was due, or was open when it was due."""
    MISSED = "missed"
    """It did not, and time is not the reason: a test not passed, a visit not recorded."""
    RUNNING = "running"
    """It is open and still can: shown, and left out of the denominator."""
    UNFINISHED = "unfinished"
    """Its clock is running, so its time cannot be part of a mean yet."""
    EXCLUDED = "excluded"
    """The indicator does not speak of it; the reason says why."""


class Cause(StrEnum):
    """Why a record is excluded, or has missed, without the particulars."""

    NOT_REACHED = "had not reached {}"
    OUTSIDE = "started outside {}"
    BACKWARDS = "{} before {}"
    WITHDRAWN = "was {} before {}"
    NO_CALENDAR = "{}"
    NOT_WANTED = "names no moment by which it is due"
    OTHER_YEAR = "is of another year"
    NO_SCORE = "scores no item"
    ANOTHER = "is of another indicator"
    REPLACED = "was replaced by a later value"
    FAILED = "had reached {}"


@frozen
class Reason:
    """The reason why a record is excluded, or has missed, as data; printed, it is English.

    >>> print(Reason(Cause.NOT_REACHED, ("submitted",)))
    had not reached submitted
    """

    cause: Cause
    particulars: tuple[object, ...] = ()
    """What it speaks of: milestones, a window, a state, or what the calendar says."""

    def __str__(self) -> str:
        return visible(self.cause.format(*self.particulars))


@frozen
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

    @property
    def day(self) -> date | None:
        """The office's day on which its clock started; it belongs to that day's month. None when it is excluded."""
        return None if self.clock is None or self.start is None else self.clock.date_of(self.begin)

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

    def excluded(self, reason: Reason | None) -> Observation:
        """The same record, excluded."""
        return Observation(self.record, Bin.EXCLUDED, reason)


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
    """The observations of all records, in the order in which the records were given.

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
        )

    def tally(self, lies: Bin) -> int:
        """How many lie in a bin."""
        return self.bins.count(lies)

    def worked(self, lies: Bin) -> list[int]:
        """The working times of those in a bin, in microseconds, as far as they are known."""
        pairs = zip(self.times, self.bins, strict=True)
        return [time for time, each in pairs if each is lies and time is not None]

    def by_month(self) -> dict[str, list[int]]:
        """The places of those that started in each month ("2019-11"); what is excluded belongs to no month."""
        months: dict[str, list[int]] = {}
        for n, (begin, lies) in enumerate(zip(self.begins, self.bins, strict=True)):
            if self.clock is not None and lies is not Bin.EXCLUDED:
                months.setdefault(month_of(self.clock.date_of(begin)), []).append(n)
        return dict(sorted(months.items()))

    def some(self, places: Sequence[int]) -> Observations:
        """The observations at some places."""
        return Observations.of(map(self.__getitem__, places))

    def __len__(self) -> int:
        return len(self.bins)

    @overload
    def __getitem__(self, n: int) -> Observation: ...
    @overload
    def __getitem__(self, n: slice) -> Observations: ...
    def __getitem__(self, n: int | slice) -> Observation | Observations:
        if isinstance(n, slice):
            return self.some(range(len(self))[n])
        if self.bins[n] is Bin.EXCLUDED:
            return Observation(self.records[n], Bin.EXCLUDED, self.reasons[n])
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


class Ratio(NamedTuple):
    """What a value is made of."""

    numerator: Fraction | None
    """None when there is nothing to compute with."""
    denominator: int
    unit: str
    """What the value is counted in: "%", "min", "times", "points", or what others report."""


@frozen
class Share:
    """So many out of so many.

    >>> share = Share(2, 3)
    >>> share.fraction, str(share), str(Share(0, 0))
    (Fraction(2, 3), '66.67 %', '–')
    """

    hits: int
    total: int

    @property
    def fraction(self) -> Fraction | None:
        """The share, exactly; nothing out of nothing has no value."""
        return Fraction(self.hits, self.total) if self.total else None

    @property
    def percent(self) -> Fraction | None:
        """The share in percent, exactly."""
        return Fraction(100 * self.hits, self.total) if self.total else None

    def __str__(self) -> str:
        if self.percent is None:
            return "–"
        shown = round(self.percent, 2)  # but what is not all never rounds to all
        return f"{float(min(shown, Fraction(9999, 100)) if self.hits < self.total else shown):.2f} %"
