"""Occurrences: every time that a record's clock ran, as a stopwatch counts them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from copy import copy
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from attrs import evolve, frozen

from docflow.errors import OutsideCalendarError
from docflow.instants import instant

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from docflow.kpi.contexts import Context
    from docflow.kpi.milestones import Found, Milestone
    from docflow.kpi.records import CaseOrRecord, Event
    from docflow.letters import Step

__all__ = ["BEFORE", "NOT_WITHDRAWN", "Occurrence", "Withdrawal", "occurrences"]

BEFORE: Final = -(2**63)
"""An instant before all others."""


class Withdrawal(NamedTuple):
    """What takes a record out while its clock runs: an event that leads to one of some states."""

    states: tuple[str, ...]
    besides: tuple[str, ...] = ()
    """The steps that do not, though they lead there."""

    def place(self, history: Sequence[Event | Step], context: Context, begin: int) -> int | None:
        """The place of the first such event that is not before an instant; None when there is none."""
        for n, event in enumerate(history) if self.states else ():
            if event.state in self.states and event.trigger not in self.besides:
                at = instant(event.at)
                if at >= begin and (context.now is None or at <= context.now):
                    return n
        return None


NOT_WITHDRAWN: Final = Withdrawal(())
"""Nothing takes a record out."""


class Occurrence(NamedTuple):
    """One time that a record's clock ran."""

    nth: int
    part: CaseOrRecord
    """The record with the events of this time alone: from its start on, before the next start."""
    begun: tuple[datetime, int]
    stopped: Found
    before: Sequence[Event | Step]
    """The event before its own, in whose state it may have started; none when it began with the record."""


class _Run(NamedTuple):
    first: int
    """The place of the event from which on it is told."""
    begun: tuple[datetime, int]
    stopped: Found


@frozen
class _Part:
    """Some events of a record; milestones read it as they read a record, and so do their functions the events."""

    record: CaseOrRecord
    history: Sequence[Event | Step]

    @property
    def number(self) -> str:
        return self.record.number

    @property
    def ends(self) -> tuple[str, ...]:
        return self.record.ends

    @property
    def cancelled(self) -> tuple[str, ...]:
        return self.record.cancelled

    @property
    def wanted_by(self) -> datetime | None:
        return self.record.wanted_by


def occurrences(
    record: CaseOrRecord, context: Context, *, start: Milestone, stop: Milestone, out: Withdrawal = NOT_WITHDRAWN
) -> Iterator[Occurrence]:
    """Each time that a record's clock ran, in order of time; they share no event.

    A clock that runs is not started again. Its stop is sought from the event of its start on, up to the first event
    that withdraws it; the next start is sought after its stop, or after its withdrawal. What comes between a stop and
    the next start belongs to the time before, and what comes before the first start to none.

    Raises `OutsideCalendarError`, after the occurrences before it, when the calendar cannot say where the next lies.
    """
    runs: list[_Run] = []
    problem = None
    try:
        for run in _runs(record, context, start, stop, out):
            runs.append(run)  # noqa: PERF402 - those before the one that raises are kept
    except OutsideCalendarError as error:
        problem = error
    for nth, run in enumerate(runs, 1):
        part = _part(record, record.history[run.first : runs[nth].first if nth < len(runs) else None])
        before = record.history[max(0, run.first - 1) : run.first]
        yield Occurrence(nth, part, run.begun, run.stopped, before)
    if problem is not None:
        raise problem


def _runs(record: CaseOrRecord, context: Context, start: Milestone, stop: Milestone, out: Withdrawal) -> Iterator[_Run]:
    events = _apart(record.history)
    instants = [instant(event.at) for event in events]
    places = {id(event.at): n for n, event in enumerate(events)}
    after, floor = 0, BEFORE
    while after < max(1, len(events)):
        begun = start.find(_part(record, events[after:]), context)
        if begun is None:
            return
        begin, place = begun[1], places.get(id(begun[0]), -1)
        if begin < floor or (begin == floor and place < after):  # a function may give the same moment for ever
            return
        first = place if place >= after else bisect_left(instants, begin, after)
        rest = events[first:]
        gone = out.place(rest, context, begin)
        stopped = stop.find(_part(record, rest if gone is None else rest[: gone + 1]), context, begin)
        yield _Run(first, begun, stopped)
        if stopped is not None:
            last, floor = places.get(id(stopped[0]), bisect_right(instants, stopped[1]) - 1), max(begin, stopped[1])
        elif gone is not None:
            last, floor = first + gone, instants[first + gone]
        else:  # it runs
            return
        after = max(first, last) + 1


def _part(record: CaseOrRecord, history: Sequence[Event | Step]) -> CaseOrRecord:
    return cast("CaseOrRecord", _Part(record, history))  # it has all that a milestone looks at


def _apart(history: Sequence[Event | Step]) -> Sequence[Event | Step]:
    """The events, each with a moment that is an object of its own.

    Registers stamp minutes: so the moment that a milestone finds says which event of that minute it means.
    """
    if len({id(event.at) for event in history}) == len(history):
        return tuple(history)
    return tuple(evolve(cast("Any", event), at=copy(event.at)) for event in history)
