"""Spans: from when to when a record's clock runs, once or every time, or why a measure does not speak of it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from docflow.errors import OutsideCalendarError
from docflow.kpi.bins import Bin, Cause, Reason
from docflow.kpi.dating import outside
from docflow.kpi.observation import Observation
from docflow.kpi.occurrences import Withdrawal, occurrences
from docflow.letters import time_in
from docflow.worktime.ticks import NO_PAUSES, Pauses

if TYPE_CHECKING:
    from docflow.kpi.contexts import Context
    from docflow.kpi.dating import DatedBy
    from docflow.kpi.milestones import Milestone
    from docflow.kpi.occurrences import Occurrence
    from docflow.kpi.records import CaseOrRecord

__all__ = ["Span", "each_time", "started"]

ANOTHER: Final = Reason(Cause.ANOTHER)


@frozen
class Span:
    """The part of a measure's sentence that says from when to when a record's clock runs."""

    start: Milestone
    stop: Milestone
    pausing: tuple[str, ...] = ()
    """The states in which the clock stands still."""
    withdrawn_in: tuple[str, ...] | None = ()
    """The states that take a record out while its clock runs; None is those that the record itself calls cancelled."""
    windowed: bool = True
    """Whether a record has to belong to the window."""
    number: str | None = None
    """The number of the records that it is about; None is any."""
    dated_by: DatedBy = "start"
    """By which of its moments a record belongs to the window."""
    every: bool = False
    """Whether every time that the clock runs is looked at, or the first alone."""
    fails_if: Milestone | None = None
    """What else the measure asks of a record."""

    @cached_property
    def not_begun(self) -> Reason:
        """Why a record whose clock never started is excluded; all of them share this one."""
        return Reason(Cause.NOT_REACHED, (self.start,))

    def withdrawal(self, cancelled: tuple[str, ...]) -> Withdrawal:
        """What takes a record out that has such cancelled states: not what the measure itself asks for."""
        if self.withdrawn_in is not None:
            return Withdrawal(self.withdrawn_in)
        asked = (self.start, self.stop) if self.fails_if is None else (self.start, self.stop, self.fails_if)
        states = {name for one in asked for name in one.states}
        steps = dict.fromkeys(name for one in asked for name in one.steps)
        return Withdrawal(tuple(name for name in cancelled if name not in states), tuple(steps))


def started(record: CaseOrRecord, context: Context, span: Span, ran: Occurrence | None = None) -> Observation:
    """A record with the start, the stop and the pauses of its clock, or excluded with the reason."""
    try:
        found = _timed(record, context, span, ran)
    except OutsideCalendarError as error:
        found = Reason(Cause.NO_CALENDAR, (str(error),))
    if isinstance(found, Reason):
        return Observation(record, Bin.EXCLUDED, found, nth=1 if ran is None else ran.nth)
    return found


def each_time(record: CaseOrRecord, context: Context, span: Span) -> list[Observation]:
    """The same for every time that its clock ran; once, excluded, when it never did."""
    seen = []
    try:
        out = span.withdrawal(record.cancelled)
        for ran in occurrences(record, context, start=span.start, stop=span.stop, out=out):
            seen.append(started(record, context, span, ran))  # noqa: PERF401 - those before one that fails are kept
    except OutsideCalendarError as error:
        reason = Reason(Cause.NO_CALENDAR, (str(error),))
        seen.append(Observation(record, Bin.EXCLUDED, reason, nth=len(seen) + 1))
    return seen or [Observation(record, Bin.EXCLUDED, span.not_begun)]


def _timed(record: CaseOrRecord, context: Context, span: Span, ran: Occurrence | None) -> Observation | Reason:
    if span.number is not None and record.number != span.number:
        return ANOTHER
    begun = span.start.find(record, context) if ran is None else ran.begun
    if begun is None:
        return span.not_begun
    (start, begin), by = begun, span.dated_by
    if span.windowed and by == "start" and not context.holds(begin):
        return outside(context.window)
    stop, end = (span.stop.find(record, context, begin) if ran is None else ran.stopped) or (None, None)
    if end is None or end < begin or by == "stop":
        why = _left_out(record if ran is None else ran.part, context, span, begin, end)
        if why is not None:
            return why
    history = record.history if ran is None else (*ran.before, *ran.part.history)
    pauses = Pauses.of(time_in(span.pausing, history, stop or context.as_of)) if span.pausing else NO_PAUSES
    lies, clock = Bin.UNFINISHED if end is None else Bin.COUNTED, context.clock
    seen = Observation(record, lies, None, start, stop, begin, end, None, None, pauses, clock, dated_by=by)
    if ran is None:
        return seen
    own = Pauses(tuple((max(since, begin), until) for since, until in pauses.spans if until > begin))
    return evolve(seen, pauses=own, nth=ran.nth, part=ran.part)


def _left_out(told: CaseOrRecord, context: Context, span: Span, begin: int, end: int | None) -> Reason | None:
    """Why what started is excluded all the same: it stopped before, outside the window, or was withdrawn."""
    if end is not None:
        if span.windowed and span.dated_by == "stop" and not context.holds(end):
            return outside(context.window, "stop")
        return Reason(Cause.BACKWARDS, (span.stop, span.start)) if end < begin else None
    place = span.withdrawal(told.cancelled).place(told.history, context, begin)
    if place is not None:
        return Reason(Cause.WITHDRAWN, (told.history[place].state, span.stop))
    return Reason(Cause.NOT_REACHED, (span.stop,)) if span.dated_by == "stop" else None
