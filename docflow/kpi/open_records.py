"""Open records: in which bands of working time they lie, and which of them are due by a moment."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from docflow.errors import AmountError, PlanError, RecordError
from docflow.instants import instant
from docflow.kpi.bins import Bin
from docflow.kpi.lateness import promised
from docflow.kpi.results import Result
from docflow.text import expect
from docflow.worktime import WorkTime

if TYPE_CHECKING:
    from datetime import datetime

    from docflow.kpi.contexts import Context
    from docflow.kpi.observation import Observation

__all__ = ["ageing", "due_by"]

ResultT = TypeVar("ResultT", bound=Result)


def ageing(result: ResultT, edges: Iterable[WorkTime]) -> dict[str, ResultT]:
    """The open records of a result by the working time that they have used up, in bands between some edges.

    >>> from datetime import datetime
    >>> from docflow import Duration, Event, Record, WorkTime, reached
    >>> from docflow.bangkok import office_clock
    >>> answering = Duration("answering", start=reached("registered"), stop=reached("answered"))
    >>> came = (datetime.fromisoformat(f"2020-01-{day}T09:00+07:00") for day in ("06", "13", "14"))
    >>> letters = [Record(f"{n}/2563", [Event("registered", at)]) for n, at in enumerate(came, 1)]
    >>> result = answering.read(letters, office_clock(), as_of=datetime.fromisoformat("2020-01-14T12:00+07:00"))
    >>> for band, part in ageing(result, (WorkTime(hours=8), WorkTime(hours=40))).items():
    ...     print(band, [seen.record.number for seen in part.observations])
    under 8 h ['3/2563']
    8 h to under 40 h ['2/2563']
    40 h and more ['1/2563']

    Open is whose clock started and has not stopped, in whatever bin it lies; pauses use up nothing. Each of them lies
    in one band, and bands without any are there too. Each band is a result, and so is what it is asked of: take the
    part of a month, or of a group. Raises `AmountError` for edges that do not grow, `PlanError` for a result dated by
    the stop, which leaves out what is open, `RecordError` for an open record of which nobody says up to when it was
    seen, and `OutsideCalendarError` when the calendar ends before that moment.
    """
    expect(edges, Iterable, "list of edges", "some, such as (WorkTime(hours=8), WorkTime(hours=40))")
    bounds = tuple(edges)
    for one in bounds:
        expect(one, WorkTime, "amount of working time", "one, such as WorkTime(hours=8)")
    if not bounds or any(one >= other for one, other in pairwise((WorkTime(), *bounds))):
        said = ", ".join(map(str, bounds))
        raise AmountError(
            said, "are no edges of bands; give some that grow, such as WorkTime(hours=8), WorkTime(hours=40)"
        )
    names = [f"under {bounds[0]}"]
    names += [f"{one} to under {other}" for one, other in pairwise(bounds)]
    names.append(f"{bounds[-1]} and more")
    places: list[list[int]] = [[] for _ in names]
    for n in _open(result):
        used = _used(result.observations[n], result.context)
        places[sum(used >= bound.microseconds for bound in bounds)].append(n)
    return {name: result.some(some) for name, some in zip(names, places, strict=True)}


def due_by(result: Result, moment: datetime) -> tuple[Observation, ...]:
    """The open records that are due by a moment, the soonest first: what is overdue already, and what comes next.

    >>> from datetime import datetime
    >>> from docflow import Duration, Event, Record, WorkingDays, reached
    >>> from docflow.bangkok import office_clock
    >>> answering = Duration("answering", start=reached("registered"), stop=reached("answered"))
    >>> came = (datetime.fromisoformat(f"2020-01-{day}T09:00+07:00") for day in ("09", "13", "06"))
    >>> letters = [Record(f"{n}/2563", [Event("registered", at)]) for n, at in enumerate(came, 1)]
    >>> result = answering.within(WorkingDays(2)).read(letters, office_clock())
    >>> for seen in due_by(result, datetime.fromisoformat("2020-01-13T16:30+07:00")):
    ...     print(seen.record.number, seen.bin, seen.overdue)
    3/2563 late 16 h 30 min
    1/2563 running 0 min

    One that waits right now is among them by the moment at which it is due if it goes on at once: it is due no earlier,
    and later by as long as it still waits. It says so (`seen.stands_still`), so a list can have it apart. One that is
    due at the moment itself is among them too. Those that are overdue are late, and say by how much. Of two
    that are due at once, the one given first comes first. Raises `PlanError` for a result without due moments, and for
    one dated by the stop, which leaves out what is open, and `NaiveDatetimeError` for a moment without a zone.
    """
    promised(result)
    last = instant(moment)
    dues = [(due, n) for n in _open(result) if (due := result.observations.dues[n]) is not None and due <= last]
    return tuple(result.observations[n] for _, n in sorted(dues))


def _open(result: Result) -> list[int]:
    """The places of those that are open."""
    expect(result, Result, "result", "one, such as outcome.result, or promise.read(letters, clock)")
    if result.measure.span.dated_by == "stop":
        raise PlanError(result.name, 'is dated by the stop, and leaves out what is open; ask one with dated_by="start"')
    seen = result.observations
    return [n for n, lies in enumerate(seen.bins) if lies is not Bin.EXCLUDED and seen.ends[n] is None]


def _used(seen: Observation, context: Context) -> int:
    """The working time that an open record has used up, in microseconds."""
    if seen.worked is not None:
        return seen.worked
    if context.now is None:
        raise RecordError(
            seen.record.number, "is open, and nobody says up to when it was seen; read it as_of= a moment"
        )
    return seen.pauses.worked(seen.begin, context.now, context.clock)
