"""Time spent: in which states and units and with whom records spend their working time, in parts that add up."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from attrs import field, frozen

from docflow.errors import OutsideCalendarError
from docflow.instants import instant
from docflow.kpi.bins import Bin, Cause, Reason
from docflow.kpi.contexts import Context
from docflow.kpi.knowledge import as_known
from docflow.kpi.milestones import ENDED, FIRST_EVENT, Milestone, milestone
from docflow.kpi.records import checked, latest
from docflow.kpi.spans import Span, started
from docflow.safe import visible
from docflow.worktime import WorkTime

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from fractions import Fraction

    from docflow.kpi.contexts import Window
    from docflow.kpi.observation import Observation
    from docflow.kpi.records import CaseOrRecord
    from docflow.worktime import WorkClock

__all__ = ["Stay", "TimeSpent", "WayThrough", "time_spent"]

Name = TypeVar("Name", str, str | None)


@frozen
class Stay:
    """A span that a record spent in one state, half-open and never empty.

    >>> from docflow.kpi import time_spent
    >>> from datetime import datetime
    >>> from docflow import Event, Record, reached
    >>> from docflow.bangkok import office_clock
    >>> from docflow.kpi import time_spent
    >>> nine, ten = (datetime.fromisoformat(f"2020-01-06T{hour}:00+07:00") for hour in ("09", "10"))
    >>> letter = Record("1/2563", [Event("came", nine), Event("answered", ten)])
    >>> spent = time_spent([letter], office_clock(), stop=reached("answered"))
    >>> [(stay.state, str(stay.elapsed)) for stay in spent.through[0].stays]
    [('came', '1 h')]
    """

    state: str
    unit: str | None
    """Of the latest event that named one; None before any did."""
    person: str | None
    """Who did the latest event that named somebody; None before any did."""
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

    def by_person(self) -> dict[str | None, WorkTime]:
        """The working time with each person who held it, the longest first; under None, before any event named one."""
        return _by((stay.person, stay) for stay in self._stays())


@frozen(repr=False)
class WayThrough(_Parts):
    """A record's way through its states, without gaps from its start to its stop.

    >>> from docflow.kpi import time_spent
    >>> from datetime import datetime
    >>> from docflow import Event, Record, reached
    >>> from docflow.bangkok import office_clock
    >>> from docflow.kpi import time_spent
    >>> nine, ten = (datetime.fromisoformat(f"2020-01-06T{hour}:00+07:00") for hour in ("09", "10"))
    >>> letter = Record("1/2563", [Event("came", nine), Event("answered", ten)])
    >>> spent = time_spent([letter], office_clock(), stop=reached("answered"))
    >>> print(spent.through[0].total, spent.through[0].over)
    1 h True
    """

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

    def __repr__(self) -> str:
        return visible(f"<WayThrough {self.record.number}: {self.total}, {'over' if self.over else 'open'}>")

    def _stays(self) -> Iterable[Stay]:
        return self.stays


@frozen(repr=False)
class TimeSpent(_Parts):
    """Where records spent their working time; figures are over the records that are through, unless asked of others.

    >>> from docflow.kpi import time_spent
    >>> from datetime import datetime
    >>> from docflow import Event, Record, reached
    >>> from docflow.bangkok import office_clock
    >>> from docflow.kpi import time_spent
    >>> nine, ten = (datetime.fromisoformat(f"2020-01-06T{hour}:00+07:00") for hour in ("09", "10"))
    >>> letter = Record("1/2563", [Event("came", nine), Event("answered", ten)])
    >>> spent = time_spent([letter], office_clock(), stop=reached("answered"))
    >>> spent.in_scope, spent.mean_minutes_by_stage()
    (1, {'came': Fraction(60, 1)})

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

    def share_by_person(self) -> dict[str | None, Fraction | None]:
        """The part of the total that each person takes, exactly."""
        return _shares(self.by_person(), self.total)

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
    known_at: datetime | None = None,
    start: Milestone = FIRST_EVENT,
    stop: Milestone = ENDED,
) -> TimeSpent:
    """The working time that records spent in each state, each unit and with each person, between two milestones.

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
    `as_of`, the last event among the records is the moment; `known_at` is as for `Measure.read`. Every record given is
    in `through`, `open` or `excluded` with the reason, as for measures. Raises `NaiveDatetimeError` and `RecordError`,
    and `TypeError` for what is no milestone or clock.
    """
    for each in (start, stop):
        milestone(None, None, each)
    found = checked(records)
    if known_at is not None:
        found, clock, as_of = as_known(found, clock, as_of=as_of, known_at=known_at)
    context = Context(clock, window, latest(found) if as_of is None else as_of, known_at=known_at)
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
    unit = person = None
    lefts = [*(event.at for event in events[1:]), stop]
    for event, left in zip(events, lefts, strict=False):  # a record without events has one more, and no stay
        unit, person = event.unit or unit, event.by or person
        if event.state in seen.record.ends:  # nobody holds what is over, until somebody takes it up again
            unit = person = None
        since, until = max(event.at, start, key=instant), min(left, stop, key=instant)
        begin, end = instant(since), instant(until)
        if begin < end:
            yield Stay(event.state, unit, person, since, until, WorkTime.of(clock.worked(begin, end)))


def _by(named: Iterable[tuple[Name, Stay]]) -> dict[Name, WorkTime]:
    """By name, the longest first, then by name, so that the order of the records does not show."""
    times: dict[Name, int] = {}
    for name, stay in named:
        times[name] = times.get(name, 0) + stay.elapsed.microseconds
    ordered = sorted(times.items(), key=lambda each: (-each[1], each[0] is None, each[0] or ""))
    return {name: WorkTime.of(time) for name, time in ordered}


def _shares(parts: dict[Name, WorkTime], total: WorkTime) -> dict[Name, Fraction | None]:
    return {name: time / total if total else None for name, time in parts.items()}
