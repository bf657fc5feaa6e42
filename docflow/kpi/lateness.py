"""Lateness: by how much office time the late records of a result are overdue, together and on average."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from docflow.errors import PlanError
from docflow.kpi.bins import Bin
from docflow.kpi.results import Result
from docflow.text import expect
from docflow.worktime import WorkTime

if TYPE_CHECKING:
    from fractions import Fraction

    from docflow.kpi.observation import Observation

__all__ = ["Overdue", "overdue", "promised"]


@frozen(repr=False)
class Overdue:
    """The late records of a result, and by how much office time they are late; `overdue` makes it.

    >>> from datetime import datetime
    >>> from docflow import Duration, Event, Record, WorkingDays, reached
    >>> from docflow.bangkok import office_clock
    >>> from docflow.kpi import overdue
    >>> letter = Record("1/2563", [Event("asked", datetime.fromisoformat("2020-01-06T10:00+07:00"))])
    >>> answered = Duration("answered", start=reached("asked"), stop=reached("answered"))
    >>> ninth = datetime.fromisoformat("2020-01-09T10:00+07:00")
    >>> overdue(answered.within(WorkingDays(1)).read([letter], office_clock(), as_of=ninth))
    <Overdue 9 h 30 min: 1 late>
    """

    late: tuple[Observation, ...]
    """The most overdue first; each says its own `overdue`."""
    total: WorkTime
    """All of their office time after the due moments."""

    @property
    def mean_minutes(self) -> Fraction | None:
        """Their mean in minutes, exactly; None when nothing is late."""
        return self.total.minutes / len(self.late) if self.late else None

    def __repr__(self) -> str:
        return f"<Overdue {self.total}: {len(self.late):,} late>"


def overdue(result: Result) -> Overdue:
    """By how much office time the late records of a result are late: until they stopped, or were last seen open.

    >>> from datetime import datetime
    >>> from docflow import Duration, Event, Record, WorkingDays, reached
    >>> from docflow.bangkok import office_clock
    >>> def letter(number, *stamps):
    ...     moments = (datetime.fromisoformat(f"2020-01-{stamp}:00+07:00") for stamp in stamps)
    ...     return Record(number, map(Event, ("registered", "answered"), moments))
    >>> answered = Duration("answered", start=reached("registered"), stop=reached("answered"))
    >>> letters = [letter("1/2563", "06T10", "08T10"), letter("2/2563", "06T10", "07T10"), letter("3/2563", "07T10")]
    >>> found = overdue(answered.within(WorkingDays(1)).read(letters, office_clock()))
    >>> print(found.total, found.mean_minutes)  # the last event was on the 8th at ten
    1 h 30 min 90

    What is in time is no part of the mean. Raises `PlanError` where nothing has a due moment, as under a cap, and
    `OutsideCalendarError` when the calendar ends before the moment of one that is late.
    """
    promised(result)
    amounts = [(one, time) for one in result.late if (time := one.overdue) is not None]
    amounts.sort(key=lambda pair: pair[1], reverse=True)
    return Overdue(tuple(one for one, _ in amounts), sum((time for _, time in amounts), WorkTime()))


def promised(result: Result) -> None:
    """See that the records of a result have due moments. Raises `PlanError`, and `TypeError` for what is no result."""
    expect(result, Result, "result", "one, such as outcome.result, or promise.read(letters, clock)")
    seen = result.observations
    if any(lies is not Bin.EXCLUDED and due is None for lies, due in zip(seen.bins, seen.dues, strict=True)):
        way = "ask a result of a measure with a limit, such as duration.within(OfficeTime(minutes=15))"
        raise PlanError(result.name, f"gives its records no due moment; {way}")
