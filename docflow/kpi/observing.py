"""Observing: where a record's clock starts and stops, and what a rule then says of it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from difflib import get_close_matches
from functools import cache, cached_property
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple, TypeAlias

from attrs import evolve, frozen

from docflow.errors import HorizonError, MomentError, OutsideCalendarError
from docflow.instants import instant
from docflow.kpi.contexts import Context
from docflow.kpi.observations import Bin, Cause, Observation, Observations, Reason
from docflow.kpi.records import checked, latest
from docflow.letters import Case, time_in
from docflow.text import expect
from docflow.worktime import Limit
from docflow.worktime.pauses import NO_PAUSES, Pauses

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from fractions import Fraction

    from docflow.kpi.contexts import Window
    from docflow.kpi.milestones import Milestone
    from docflow.kpi.observations import Finding
    from docflow.kpi.records import CaseOrRecord

__all__ = [
    "WANTED",
    "WINDOW_CLOSE",
    "AnyLimit",
    "Ratio",
    "Rule",
    "Span",
    "due_of",
    "limit",
    "observe",
    "observe_all",
    "outside",
    "started",
    "used_up",
]

_Columns: TypeAlias = "tuple[list[Bin], list[Reason | None], list[int | None], list[int | None]]"
ANOTHER: Final = Reason(Cause.ANOTHER)


@frozen
class Span:
    """The part of a measure's sentence that says from when to when a record's clock runs."""

    start: Milestone
    stop: Milestone
    pausing: tuple[str, ...] = ()
    """The states in which the clock stands still."""
    withdrawn_in: tuple[str, ...] = ()
    """The states that take a record out while its clock runs."""
    windowed: bool = True
    """Whether the clock has to start inside the window."""
    number: str | None = None
    """The number of the records that it is about; None is any."""

    @cached_property
    def not_begun(self) -> Reason:
        """Why a record whose clock never started is excluded; all of them share this one."""
        return Reason(Cause.NOT_REACHED, (self.start,))


class Ratio(NamedTuple):
    """What a value is made of."""

    numerator: Fraction | None
    """None when there is nothing to compute with."""
    denominator: int
    unit: str
    """What the value is counted in: "%", "min", "times", "points", or what others report."""


class Rule(ABC):
    """What a record is observed with; measures are rules."""

    __slots__ = ()

    reports: ClassVar[bool] = False
    """Whether its value is one that somebody else computed."""
    name: str

    @property
    @abstractmethod
    def span(self) -> Span:
        """From when to when a record's clock runs."""

    @property
    @abstractmethod
    def clocked(self) -> bool:
        """Whether the working clock has a say in it."""

    @abstractmethod
    def judge(self, seen: Observation, context: Context) -> Finding:
        """What it says of a record whose clock started inside the window."""

    @abstractmethod
    def ratio(self, observations: Observations) -> Ratio:
        """What the value of some observations is made of."""

    @property
    def milestones(self) -> tuple[Milestone, ...]:
        """Every milestone that it speaks of."""
        return self.span.start, self.span.stop

    def ask(self, records: Sequence[CaseOrRecord]) -> None:
        """See that it can read these records. Raises `RecordError`, and `MomentError` for a misspelled state or step.

        Cases know their workflows. What none of them has, no case would ever reach, and no figure would show why. Other
        records have no list of states.
        """
        if not all(isinstance(record, Case) for record in records):
            return
        workflows = {id(case.workflow): case.workflow for case in records if isinstance(case, Case)}.values()
        span = self.span
        states = [*span.pausing, *span.withdrawn_in, *(each for one in self.milestones for each in one.states)]
        _known("state", states, [each for one in workflows for each in one.states])
        steps = [each for one in self.milestones for each in one.steps]
        _known("step", steps, [each for one in workflows for each in one.triggers])

    def settled(self, observations: Observations) -> Observations:
        """The observations of all records, once they are seen together."""
        return observations


def _known(kind: str, names: Sequence[str], known: Sequence[str]) -> None:
    for name in names:
        if known and name not in known:
            near = get_close_matches(name, known, n=1)
            way = f"did you mean {near[0]!r}?" if near else f"they have {', '.join(dict.fromkeys(known))}"
            raise MomentError(name, f"no workflow of these cases has such a {kind}; {way}")


def observe(record: CaseOrRecord, context: Context, *, measure: Rule) -> Observation:
    """What a measure finds of one record.

    >>> from datetime import datetime
    >>> from docflow.bangkok import HANDING_OVER, office_clock
    >>> from docflow.kpi import Context, Event, Record
    >>> nine = datetime.fromisoformat("2019-11-15T09:00+07:00")
    >>> letter = Record("1/2562", [Event("registered", nine), Event("taken_over", nine.replace(minute=7))])
    >>> found = observe(letter, Context(office_clock()), measure=HANDING_OVER)
    >>> print(found.bin, found.elapsed)
    counted 7 min

    The record lies in exactly one bin; among the excluded stands the reason: its clock had not started, or started
    outside the window, it stopped before it started, it was withdrawn before it stopped, or the calendar does not hold
    its years. Whether a reported value is replaced by a later one, only `read` can say. Raises `RecordError`.
    """
    expect(measure, Rule, "measure", "one, such as Duration(...) or Proportion(...)")
    expect(context, Context, "context", "one, such as Context(clock)")
    (seen,) = checked([record])
    if context.as_of is None:  # as for many records, the last event is the last moment seen
        context = evolve(context, as_of=latest([seen]))
    return observe_all([seen], context, rules=[measure])[0][0]


def observe_all(records: Sequence[CaseOrRecord], context: Context, *, rules: Sequence[Rule]) -> list[Observations]:
    """What each of some rules that share one span finds of all records, before they are seen together."""
    starts: list[datetime | None] = []
    stops: list[datetime | None] = []
    begins: list[int] = []
    ends: list[int | None] = []
    pauses: list[Pauses] = []
    found: list[_Columns] = [([], [], [], []) for _ in rules]
    asked = [(rule.judge, *columns) for rule, columns in zip(rules, found, strict=True)]
    for rule in rules:
        rule.ask(records)
    span, excluded = rules[0].span, Bin.EXCLUDED
    for record in records:
        seen = started(record, context, span)
        starts.append(seen.start)
        stops.append(seen.stop)
        begins.append(seen.begin)
        ends.append(seen.end)
        pauses.append(seen.pauses)
        out = seen.bin is excluded
        for judge, bins, reasons, dues, times in asked:
            lies, due, worked, reason = (excluded, None, None, seen.reason) if out else judge(seen, context)
            bins.append(lies)
            reasons.append(reason)
            dues.append(due)
            times.append(worked)
    base = context.clock, records, starts, stops, begins, ends, pauses
    return [Observations(*base, *columns) for columns in found]


def started(record: CaseOrRecord, context: Context, span: Span) -> Observation:
    """A record with the start, the stop and the pauses of its clock, or excluded with the reason."""
    try:
        found = _timed(record, context, span)
    except OutsideCalendarError as error:
        found = Reason(Cause.NO_CALENDAR, (str(error),))
    return Observation(record, Bin.EXCLUDED, found) if isinstance(found, Reason) else found


@cache
def outside(window: Window | None) -> Reason:
    """Why a record that started outside a window is excluded; all of them share this one."""
    return Reason(Cause.OUTSIDE, (window,))


def _timed(record: CaseOrRecord, context: Context, span: Span) -> Observation | Reason:
    if span.number is not None and record.number != span.number:
        return ANOTHER
    begun = span.start.find(record, context)
    if begun is None:
        return span.not_begun
    start, begin = begun
    if span.windowed and not context.holds(begin):
        return outside(context.window)
    stop, end = span.stop.find(record, context, begin) or (None, None)
    if end is not None and end < begin:
        return Reason(Cause.BACKWARDS, (span.stop, span.start))
    withdrawn = _withdrawn(record, context, span, begin) if end is None and span.withdrawn_in else None
    if withdrawn is not None:
        return withdrawn
    pauses = Pauses.of(time_in(span.pausing, record.history, stop or context.as_of)) if span.pausing else NO_PAUSES
    lies = Bin.UNFINISHED if end is None else Bin.COUNTED
    return Observation(record, lies, None, start, stop, begin, end, None, None, pauses, context.clock)


def _withdrawn(record: CaseOrRecord, context: Context, span: Span, begin: int) -> Reason | None:
    for event in record.history:
        if event.state in span.withdrawn_in:
            at = instant(event.at)
            if at >= begin and (context.now is None or at <= context.now):
                return Reason(Cause.WITHDRAWN, (event.state, span.stop))
    return None


def used_up(seen: Observation, cap: int, context: Context) -> bool:
    """Whether an open record has used up so much working time, though the calendar ends before it is asked."""
    try:
        return context.now is not None and seen.pauses.due(seen.begin, cap, context.clock) <= context.now
    except (HorizonError, OutsideCalendarError):
        return False


@frozen
class _Wanted:
    """The moment by which each record itself is wanted."""

    def __str__(self) -> str:
        return "the moment it is wanted by"


@frozen
class _WindowClose:
    """The moment at which the office closes for the last time in the window."""

    def __str__(self) -> str:
        return "the close of the window"


WANTED: Final = _Wanted()
"""The limit that each record brings along: its `wanted_by`, as of a letter "urgent, within <date time>"."""
WINDOW_CLOSE: Final = _WindowClose()
"""The limit of what has a whole year, such as being trained four times: the last closing time in the window."""
AnyLimit: TypeAlias = Limit | _Wanted | _WindowClose


def limit(given: AnyLimit | None) -> AnyLimit | None:
    """What a measure is given as a limit. Raises `TypeError` for what is none, such as an amount of time."""
    if given is not None:
        expect(given, (Limit, _Wanted, _WindowClose), "limit", "one, such as OfficeTime(minutes=15)")
    return given


def due_of(limit: AnyLimit, seen: Observation, context: Context) -> int | None:
    """The instant at which an observed record is due; None when it names none, or there is no window.

    Pauses move what the working clock counts, and neither the record's own moment nor the window's close. Raises
    `HorizonError` and `OutsideCalendarError` when the calendar does not hold the moment.
    """
    if isinstance(limit, _WindowClose):
        return context.close
    if isinstance(limit, _Wanted):
        return None if seen.record.wanted_by is None else instant(seen.record.wanted_by)
    return limit.due_instant(seen.begin, context.clock, seen.pauses)
