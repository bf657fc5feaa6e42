"""Measures of time: how long records take, and how many of them are in time."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from attrs import field, frozen
from attrs.converters import optional
from attrs.validators import optional as or_none

from docflow.errors import HorizonError, OutsideCalendarError
from docflow.kpi.bins import Bin, Cause, Reason
from docflow.kpi.case_limits import WANTED, AnyLimit, limit
from docflow.kpi.dating import DatedBy, start_or_stop
from docflow.kpi.durations import DurationResult
from docflow.kpi.milestones import Milestone, milestone
from docflow.kpi.observation import capped
from docflow.kpi.observing import Measure
from docflow.kpi.records import name, states
from docflow.kpi.results import Result
from docflow.kpi.shares import Ratio
from docflow.kpi.spans import Span
from docflow.safe import visible
from docflow.text import expect, of_kind
from docflow.worktime import Limit, Verdict, WorkTime
from docflow.worktime import judged as stands

if TYPE_CHECKING:
    from docflow.kpi.contexts import Context
    from docflow.kpi.observation import Finding, Observation
    from docflow.kpi.records import CaseOrRecord
    from docflow.kpi.shares import Tallied

__all__ = ["Duration", "Proportion"]

KNOWN: Final = (Bin.COUNTED, Bin.LATE, Bin.MISSED)
NOT_WANTED: Final = Reason(Cause.NOT_WANTED)
# Looked up once: they are asked for a million times.
WITHIN, OVERDUE = Verdict.WITHIN, Verdict.LATE
COUNTED, LATE, MISSED, RUNNING, EXCLUDED = Bin.COUNTED, Bin.LATE, Bin.MISSED, Bin.RUNNING, Bin.EXCLUDED


A_CAP: Final = (WorkTime, "amount of working time", "one, such as WorkTime(minutes=15)")
"""What a cap is, for validators: a timedelta is none, though it has `microseconds`, which mean something else."""


def _timed(seen: Observation, context: Context) -> Finding:
    """How much working time a record has used up; until `as_of` when it has not stopped."""
    worked, end = None, context.now if seen.end is None else seen.end
    if end is None:
        return seen.bin, None, None, None  # nobody says until when it is seen
    try:
        worked = seen.pauses.worked(seen.begin, end, context.clock)
    except OutsideCalendarError as error:
        if seen.end is not None:
            return EXCLUDED, None, None, Reason(Cause.NO_CALENDAR, (str(error),))
    return seen.bin, None, worked, None


@frozen
class Duration(Measure[DurationResult]):
    """How much working time passes from one milestone of a record to another.

    >>> from docflow.kpi import reached
    >>> screening = Duration("screening", start=reached("taken_over"), stop=reached("submitted"))
    >>> print(screening)
    screening: from taken_over to submitted

    The value is the mean in minutes. Raises `TypeError` for what is no milestone, `NameOfStateError` for what is no
    name of a measure or a state, and `PlanError` for a `dated_by` that is neither "start" nor "stop".
    """

    kind = DurationResult
    clocked = True

    name: str = field(validator=name)
    start: Milestone = field(kw_only=True, validator=milestone)
    stop: Milestone = field(kw_only=True, validator=milestone)
    pausing: tuple[str, ...] = field(kw_only=True, default=(), converter=states)
    """The states in which its clock stands still, such as `workflow.waiting`; none unless they are named."""
    withdrawn_in: tuple[str, ...] | None = field(kw_only=True, default=None, converter=optional(states))
    """The states that take an open record out.

    None is those that its own workflow calls `cancelled`, save what the measure itself asks for; () is none.
    """
    every: bool = field(kw_only=True, default=False)
    """Whether each time that its clock ran is measured, such as each pass of a loop, or the first alone."""
    dated_by: DatedBy = field(kw_only=True, default="start", validator=start_or_stop)
    """Whether a record belongs to the window and the month of its "start", or of its "stop", without the open ones."""

    @property
    def span(self) -> Span:
        """From its start to its stop."""
        return Span(self.start, self.stop, self.pausing, self.withdrawn_in, dated_by=self.dated_by, every=self.every)

    def judge(self, seen: Observation, context: Context) -> Finding:
        """Measured when it has stopped, else unfinished with what it has used up."""
        return _timed(seen, context)

    def ratio(self, observations: Tallied) -> Ratio:
        """The minutes of the measured records, by their number."""
        total = WorkTime.of(sum(observations.worked(Bin.COUNTED)))
        return Ratio(total.minutes, observations.tally(Bin.COUNTED), "min")

    def within(self, limit: AnyLimit, *, fails_if: Milestone | None = None) -> Proportion:
        """The proportion of records that keep a limit. Raises `TypeError` for what is none."""
        return self._proportion(limit=limit, fails_if=fails_if)

    def capped(self, cap: WorkTime) -> Proportion:
        """The proportion of records that took no longer than some working time. Raises `TypeError` for what is none."""
        expect(cap, *A_CAP)
        return self._proportion(cap=cap)

    def under(self, limits: Mapping[str, Limit]) -> dict[str, Proportion]:
        """The proportion under each of several limits, by name: what a promise's words can mean."""
        expect(limits, Mapping, "mapping of limits by name", 'some, such as {"working days": WorkingDays(2)}')
        return {each: self.within(one) for each, one in limits.items()}

    def _proportion(
        self, *, limit: AnyLimit | None = None, fails_if: Milestone | None = None, cap: WorkTime | None = None
    ) -> Proportion:
        return Proportion(
            self.name,
            start=self.start,
            stop=self.stop,
            limit=limit,
            cap=cap,
            fails_if=fails_if,
            pausing=self.pausing,
            withdrawn_in=self.withdrawn_in,
            every=self.every,
            dated_by=self.dated_by,
        )

    def __str__(self) -> str:
        return visible(f"{_timing(self)}{_dated(self.dated_by)}")


@frozen
class Proportion(Measure[Result]):
    """The proportion of records that come from one milestone to another, in time if there is a limit.

    >>> from docflow import WorkTime, reached
    >>> print(Proportion("resolved", start=reached("registered"), stop=reached("resolved")))
    resolved: from registered to resolved

    With a `limit`, an open record is late from its due moment on, and running until then. With a `cap`, what counts is
    how much working time was used: what is done while the office is closed took no longer than until it closed, though
    a due moment has passed. With neither, an open record has missed, or is running when it may wait (`waits`). A record
    that reached `fails_if` has missed, whatever else it did. The value is in percent. Raises as `Duration` does; and
    `TypeError` for what is no limit or working time, for both at once, and for `waits` with one of them.
    """

    kind = Result

    name: str = field(validator=name)
    start: Milestone = field(kw_only=True, validator=milestone)
    stop: Milestone = field(kw_only=True, validator=milestone)
    limit: AnyLimit | None = field(kw_only=True, default=None, converter=limit)
    cap: WorkTime | None = field(kw_only=True, default=None, validator=of_kind(*A_CAP, optional=True))
    fails_if: Milestone | None = field(kw_only=True, default=None, validator=or_none(milestone))
    waits: bool = field(kw_only=True, default=False)
    pausing: tuple[str, ...] = field(kw_only=True, default=(), converter=states)
    withdrawn_in: tuple[str, ...] | None = field(kw_only=True, default=None, converter=optional(states))
    """As for a `Duration`. Limits that a record or the window brings along (`WANTED`, `WINDOW_CLOSE`) do not pause."""
    every: bool = field(kw_only=True, default=False)
    """As for a `Duration`: each time is judged by itself, and `fails_if` sees only what came before the next one."""
    dated_by: DatedBy = field(kw_only=True, default="start", validator=start_or_stop)
    """As for a `Duration`: with "stop", a `Count` of it is the throughput, what was finished in each month."""

    def __attrs_post_init__(self) -> None:
        if self.limit is not None and self.cap is not None:
            raise TypeError(f"{self.name} has a limit and a cap; give one of them")
        if self.waits and (self.limit is not None or self.cap is not None):
            raise TypeError(f"{self.name} waits, and has a limit or a cap, which says how long; give one of them")

    @property
    def clocked(self) -> bool:
        """Whether a limit or cap of working time decides; a moment that a record names itself does not."""
        return self.cap is not None or self.limit not in (None, WANTED)

    @property
    def span(self) -> Span:
        """From its start to its stop."""
        by_default = self.withdrawn_in is None
        return Span(
            self.start,
            self.stop,
            self.pausing,
            self.withdrawn_in,
            dated_by=self.dated_by,
            every=self.every,
            fails_if=self.fails_if if by_default else None,  # else it decides nothing, and measures share the looking
        )

    def limit_of(self, record: CaseOrRecord, context: Context) -> Limit | None:
        """The limit of a record: one for all, or its own; None when it has none."""
        if isinstance(self.limit, Limit):
            return self.limit.as_known_on(context.known_on) if self.limit.dated else self.limit
        return None if self.limit is None else self.limit.choose(record, context)

    @property
    def milestones(self) -> tuple[Milestone, ...]:
        """Where it starts and stops, and what it fails by."""
        ends = super().milestones
        return ends if self.fails_if is None else (*ends, self.fails_if)

    def judge(self, seen: Observation, context: Context) -> Finding:
        """The bin of a record."""
        due = None
        if self.limit is not None:
            try:
                chosen, why = self.limit_of(seen.record, context), NOT_WANTED
                due = None if chosen is None else chosen.due_instant(seen.begin, context.clock, seen.pauses)
            except (HorizonError, OutsideCalendarError) as error:
                why = Reason(Cause.NO_CALENDAR, (str(error),))
            if due is None:
                return EXCLUDED, None, None, why
        told = seen.record if seen.part is None else seen.part
        if self.fails_if is not None and self.fails_if.find(told, context, seen.begin) is not None:
            return MISSED, due, None, Reason(Cause.FAILED, (self.fails_if,))
        if self.cap is not None:
            return self._capped(self.cap.microseconds, seen, context)
        if due is not None:
            verdict = stands(due, seen.end, seen.begin if context.now is None else context.now)
            return (COUNTED if verdict is WITHIN else LATE if verdict is OVERDUE else RUNNING), due, None, None
        if seen.end is not None or self.waits:
            return (RUNNING if seen.end is None else COUNTED), None, None, None
        return MISSED, None, None, Reason(Cause.NOT_REACHED, (self.stop,))

    def _capped(self, cap: int, seen: Observation, context: Context) -> Finding:
        lies, _, worked, reason = _timed(seen, context)
        return (lies if lies is EXCLUDED else capped(seen, worked, cap, context)), None, worked, reason

    def ratio(self, observations: Tallied) -> Ratio:
        """100 × counted, by those counted, late or missed: the plan's formulas multiply before they divide."""
        return Ratio(Fraction(100 * observations.tally(Bin.COUNTED)), sum(map(observations.tally, KNOWN)), "%")

    def __str__(self) -> str:
        how = "within" if isinstance(self.limit, Limit) else "by"
        limit = "" if self.limit is None else f", {how} {self.limit}"
        cap = "" if self.cap is None else f", in at most {self.cap}"
        fails = "" if self.fails_if is None else f", unless {self.fails_if}"
        return visible(f"{_timing(self)}{limit}{cap}{fails}{_dated(self.dated_by)}")


def _timing(measure: Duration | Proportion) -> str:
    """From when to when its clock runs, in words."""
    often = "each time " if measure.every else ""
    still = f", standing still while {' or '.join(measure.pausing)}" if measure.pausing else ""
    return f"{measure.name}: {often}from {measure.start} to {measure.stop}{still}"


def _dated(by: DatedBy) -> str:
    return ", by the day of its stop" if by == "stop" else ""
