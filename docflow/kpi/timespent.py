"""Time spent: in which states and units records spend their working time, in parts that add up."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final, TypeVar

from attrs import field, frozen

from docflow.errors import AmountError, OutsideCalendarError
from docflow.instants import instant
from docflow.kpi.bins import Bin, Cause, Reason
from docflow.kpi.contexts import Context
from docflow.kpi.durations import DurationResult
from docflow.kpi.milestones import Found, Milestone, milestone, seen_events
from docflow.kpi.observing import Span, started
from docflow.kpi.records import checked, latest
from docflow.text import expect
from docflow.worktime import WorkTime

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from docflow.kpi.contexts import Window
    from docflow.kpi.observations import Observation
    from docflow.kpi.records import CaseOrRecord
    from docflow.worktime import WorkClock

__all__ = ["BEGUN", "ENDED", "Carrier", "Stay", "TimeSpent", "WayThrough", "carriers", "time_spent"]

Name = TypeVar("Name", str, str | None)


@frozen
class _Edge(Milestone):
    """The first event of a record, or the last one once the record has come to one of its ends."""

    last: bool

    # The edges of a history do not depend on its clock.
    def find(self, record: CaseOrRecord, context: Context, start: int | None = None) -> Found:  # noqa: ARG002 - see above
        """When it came."""
        events = list(seen_events(record, context))
        if not events or (self.last and events[-1][0].state not in record.ends):
            return None
        event, at = events[-1 if self.last else 0]
        return event.at, at

    def __str__(self) -> str:
        return "its last step" if self.last else "its first step"


BEGUN: Final = _Edge(last=False)
"""A record's first event."""
ENDED: Final = _Edge(last=True)
"""A record's last event, once it has come to one of its `ends`, such as the final states of a workflow."""


@frozen
class Stay:
    """A span that a record spent in one state, half-open and never empty."""

    state: str
    unit: str | None
    """Of the latest event that named one; None before any did."""
    start: datetime
    stop: datetime
    elapsed: WorkTime


class _Parts:
    """Stays added up; subclasses say which."""

    __slots__ = ()

    def _stays(self) -> Iterable[Stay]:
        raise NotImplementedError

    @property
    def total(self) -> WorkTime:
        """All their working time."""
        return WorkTime.of(sum(stay.elapsed.microseconds for stay in self._stays()))

    def by_stage(self) -> dict[str, WorkTime]:
        """The working time in each state, the longest first."""
        return _by((stay.state, stay) for stay in self._stays())

    def by_unit(self) -> dict[str | None, WorkTime]:
        """The working time in each unit, the longest first; under None, before any event named one."""
        return _by((stay.unit, stay) for stay in self._stays())


@frozen
class WayThrough(_Parts):
    """A record's way through its states, without gaps from its start to its stop."""

    record: CaseOrRecord
    day: date
    """The office's date of its start."""
    start: datetime
    stop: datetime
    """For an open record, the moment up to which it was seen."""
    stays: tuple[Stay, ...]
    """In order of time; a state passed in no time at all leaves none."""
    over: bool = field(kw_only=True)
    """Whether it reached the stop."""

    def _stays(self) -> Iterable[Stay]:
        return self.stays


@frozen(repr=False)
class TimeSpent(_Parts):
    """Where records spent their working time; figures are over the records that are through, unless asked of others.

    Ask `evolve(result, through=result.open)` for the figures of the open ones.
    """

    context: Context
    through: tuple[WayThrough, ...]
    open: tuple[WayThrough, ...]
    """Records that have not reached the stop, as far as they have come."""
    excluded: tuple[Observation, ...]

    @property
    def in_scope(self) -> int:
        """How many records the result speaks of."""
        return len(self.through) + len(self.open)

    def share_by_stage(self) -> dict[str, Fraction | None]:
        """The part of the total that each state takes, exactly; of no time at all, parts have no value."""
        return _shares(self.by_stage(), self.total)

    def share_by_unit(self) -> dict[str | None, Fraction | None]:
        """The part of the total that each unit takes, exactly."""
        return _shares(self.by_unit(), self.total)

    def mean_minutes_by_stage(self) -> dict[str, Fraction]:
        """The mean time in each state, over all records that are through, so that the means add up to the mean.

        A record that never was in a state spent no time there.
        """
        return {state: time.minutes / len(self.through) for state, time in self.by_stage().items()}

    def _stays(self) -> Iterable[Stay]:
        return (stay for one in self.through for stay in one.stays)

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(getattr(self, name)):,} {name}" for name in ("through", "open", "excluded"))
        return f"<TimeSpent {self.total}: {counts}>"


def time_spent(
    records: Iterable[CaseOrRecord],
    clock: WorkClock,
    *,
    window: Window | None = None,
    as_of: datetime | None = None,
    start: Milestone = BEGUN,
    stop: Milestone = ENDED,
) -> TimeSpent:
    """The working time that records spent in each state and each unit, from one milestone to another.

    >>> from datetime import datetime
    >>> from docflow.bangkok import office_clock
    >>> from docflow.kpi import Event, Record, reached
    >>> at = datetime.fromisoformat
    >>> letter = Record(
    ...     "1/2563",
    ...     [
    ...         Event("registered", at("2020-01-06T16:00+07:00"), "registry"),
    ...         Event("taken_over", at("2020-01-07T09:00+07:00"), "group"),
    ...         Event("submitted", at("2020-01-07T12:00+07:00")),
    ...     ],
    ... )
    >>> result = time_spent([letter], office_clock(), stop=reached("submitted"))
    >>> for state, time in result.by_stage().items():
    ...     print(state, time, result.share_by_stage()[state])
    taken_over 3 h 3/4
    registered 1 h 1/4

    Without `start`, a record's first event is the start. Without `stop`, its last event is the stop once it has come to
    one of its `ends`, such as the final states of its workflow; a `Record` without any stays open. A record that has
    not stopped is kept apart. It is seen up to its end, if it came to another one, or else up to `as_of`; without
    `as_of`, the last event among the records is the moment. Every record given is in `through`, `open` or `excluded`
    with the reason, as for measures. Raises `NaiveDatetimeError` and `RecordError`, and `TypeError` for what is no
    milestone or clock.
    """
    for each in (start, stop):
        milestone(None, None, each)
    found = checked(records)
    context = Context(clock, window, latest(found) if as_of is None else as_of)
    ways = [_way(started(record, context, Span(start, stop)), context) for record in found]
    return TimeSpent(
        context,
        through=tuple(one for one in ways if isinstance(one, WayThrough) and one.over),
        open=tuple(one for one in ways if isinstance(one, WayThrough) and not one.over),
        excluded=tuple(one for one in ways if not isinstance(one, WayThrough)),
    )


def _way(seen: Observation, context: Context) -> WayThrough | Observation:
    start, stop = seen.start, seen.stop
    if stop is None:  # seen until now, or until it ended without the stop, as a withdrawn letter does
        ended = ENDED.find(seen.record, context)
        stop = context.as_of if ended is None or ended[1] < seen.begin else ended[0]
    if start is None or stop is None:
        return seen
    try:
        stays = tuple(_stays(seen, start, stop, context))
    except OutsideCalendarError as error:
        return seen.excluded(Reason(Cause.NO_CALENDAR, (str(error),)))
    return WayThrough(seen.record, context.clock.date_of(seen.begin), start, stop, stays, over=seen.bin is Bin.COUNTED)


def _stays(seen: Observation, start: datetime, stop: datetime, context: Context) -> Iterable[Stay]:
    clock = context.clock
    clock.index(instant(start), instant(stop))  # refuses years that its calendar lacks, though no stay lies in them
    events = [event for event in seen.record.history if context.now is None or instant(event.at) <= context.now]
    unit = None
    for event, left in zip(events, [*(event.at for event in events[1:]), stop], strict=True):
        unit = event.unit or unit
        since, until = max(event.at, start, key=instant), min(left, stop, key=instant)
        begin, end = instant(since), instant(until)
        if begin < end:
            yield Stay(event.state, unit, since, until, WorkTime.of(clock.worked(begin, end)))


def _by(named: Iterable[tuple[Name, Stay]]) -> dict[Name, WorkTime]:
    """By name, the longest first, then by name, so that the order of the records does not show."""
    times: dict[Name, int] = {}
    for name, stay in named:
        times[name] = times.get(name, 0) + stay.elapsed.microseconds
    ordered = sorted(times.items(), key=lambda each: (-each[1], each[0] is None, each[0] or ""))
    return {name: WorkTime.of(time) for name, time in ordered}


def _shares(parts: dict[Name, WorkTime], total: WorkTime) -> dict[Name, Fraction | None]:
    return {name: time / total if total else None for name, time in parts.items()}


@frozen
class Carrier:
    """A letter that carries a part of the time that all measured letters took."""

    record: CaseOrRecord
    elapsed: WorkTime
    share: Fraction
    """Of the total time, exactly."""
    mean_minutes_without: Fraction | None
    """The mean of the others in minutes; None when there are none."""


def carriers(result: DurationResult, *, part: Fraction = Fraction(1, 2)) -> tuple[Carrier, ...]:
    """The fewest measured letters, longest first, that together took at least so much of the total time.

    >>> from datetime import datetime
    >>> from docflow.bangkok import HANDING_OVER, office_clock
    >>> from docflow.kpi import Event, Record
    >>> nine = datetime.fromisoformat("2019-11-15T09:00+07:00")
    >>> letters = [
    ...     Record(str(n), (Event("registered", nine), Event("taken_over", nine.replace(minute=minutes))))
    ...     for n, minutes in enumerate((3, 40, 5), 1)
    ... ]
    >>> for one in carriers(HANDING_OVER.read(letters, office_clock())):
    ...     print(one.record.number, one.elapsed, one.share, one.mean_minutes_without)
    2 40 min 5/6 4

    Of letters that took equally long, those given first come first. Letters that took no time carry nothing: when none
    took any, there are no carriers. Raises `AmountError` for what is no exact part from 0 to 1.
    """
    expect(result, DurationResult, "result of a Duration", "one, such as Duration(...).read(...), or outcome.result")
    if not isinstance(part, int | Fraction) or not 0 <= part <= 1:
        raise AmountError(part, "is no part of the total; give a Fraction from 0 to 1, such as Fraction(1, 2)")
    took = sorted(((timed.worked or 0, timed.record) for timed in result.measured), key=lambda pair: -pair[0])
    total, others = sum(own for own, _ in took), len(took) - 1
    found, carried = [], 0
    for own, record in took:
        if carried >= part * total:
            break
        carried += own
        without = WorkTime.of(total - own).minutes / others if others else None
        found.append(Carrier(record, WorkTime.of(own), Fraction(own, total), without))
    return tuple(found)
