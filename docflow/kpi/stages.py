"""Stages: where letters spend their working time, state by state and unit by unit, in parts that add up."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from attrs import field, frozen

from docflow.errors import OutsideCalendarError
from docflow.kpi.passages import Front, latest, passage
from docflow.kpi.places import Bin, Kind, Placed, Why
from docflow.kpi.records import records
from docflow.kpi.windows import View
from docflow.worktime import WorkTime, instant

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime
    from fractions import Fraction

    from docflow.kpi.conditions import Condition
    from docflow.kpi.records import Happening, Traced
    from docflow.kpi.windows import Window
    from docflow.worktime import WorkClock

__all__ = ["Staged", "Stages", "Stay", "stages"]

Name = TypeVar("Name", str, str | None)


@frozen
class Stay:
    """A span that a letter spent in one state, half-open and never empty."""

    state: str
    unit: str | None
    """Of the latest step that named one; None before any did."""
    start: datetime
    stop: datetime
    elapsed: WorkTime


@frozen
class Staged:
    """A letter's way through its stages, without gaps from its start to its stop."""

    case: Traced
    day: date
    """The office's date of its start."""
    start: datetime
    stop: datetime
    """For an open letter, the moment up to which it was seen."""
    spans: tuple[Stay, ...]
    """In order of time; a state passed in no time at all leaves none."""
    over: bool = field(kw_only=True)
    """Whether it reached the stop."""

    @property
    def total(self) -> WorkTime:
        """What the clock says from its start to its stop."""
        return _total(self.spans)

    def by_stage(self) -> dict[str, WorkTime]:
        """The working time in each state, the longest first."""
        return _by((span.state, span) for span in self.spans)

    def by_unit(self) -> dict[str | None, WorkTime]:
        """The working time in each unit, the longest first."""
        return _by((span.unit, span) for span in self.spans)


@frozen
class Stages:
    """Where letters spent their working time; figures are over the letters that are through, unless asked of others.

    Ask `evolve(result, cases=result.open)` for the figures of the open ones.
    """

    window: Window | None
    as_of: datetime | None
    """The moment up to which steps were seen; None only when there were none."""
    cases: tuple[Staged, ...]
    open: tuple[Staged, ...]
    """Letters that have not reached the stop, as far as they have come."""
    excluded: tuple[Placed, ...]

    @property
    def letters(self) -> int:
        """How many letters the result speaks of."""
        return len(self.cases) + len(self.open)

    @property
    def total(self) -> WorkTime:
        """The working time of all letters that are through."""
        return _total(self._spans())

    def by_stage(self) -> dict[str, WorkTime]:
        """Their working time in each state, the longest first."""
        return _by((span.state, span) for span in self._spans())

    def by_unit(self) -> dict[str | None, WorkTime]:
        """Their working time in each unit, the longest first; under None, before any step named one."""
        return _by((span.unit, span) for span in self._spans())

    def share_by_stage(self) -> dict[str, Fraction | None]:
        """The part of the total that each state takes, exactly; of no time at all, parts have no value."""
        return _shares(self.by_stage(), self.total)

    def share_by_unit(self) -> dict[str | None, Fraction | None]:
        """The part of the total that each unit takes, exactly."""
        return _shares(self.by_unit(), self.total)

    def mean_minutes_by_stage(self) -> dict[str, Fraction]:
        """The mean time in each state, over all letters that are through, so that the means add up to the mean.

        A letter that never was in a state spent no time there.
        """
        return {state: time.minutes / len(self.cases) for state, time in self.by_stage().items()}

    def _spans(self) -> Iterable[Stay]:
        return (span for passage in self.cases for span in passage.spans)


def stages(
    cases: Iterable[Traced],
    clock: WorkClock,
    *,
    window: Window | None = None,
    as_of: datetime | None = None,
    start: Condition | None = None,
    stop: Condition | None = None,
) -> Stages:
    """The working time that letters spent in each state and each unit, from one moment of their history to another.

    >>> from datetime import datetime
    >>> from docflow.bangkok import office_clock
    >>> from docflow.kpi import Event, Trace, reached
    >>> at = datetime.fromisoformat
    >>> letter = Trace(
    ...     "1/2563",
    ...     (
    ...         Event("registered", at("2020-01-06T16:00+07:00"), "registry"),
    ...         Event("taken_over", at("2020-01-07T09:00+07:00"), "group"),
    ...         Event("submitted", at("2020-01-07T12:00+07:00")),
    ...     ),
    ... )
    >>> result = stages([letter], office_clock(), stop=reached("submitted"))
    >>> for state, time in result.by_stage().items():
    ...     print(state, time, result.share_by_stage()[state])
    taken_over 3 h 3/4
    registered 1 h 1/4

    Without `start`, a letter's first step is the start. Without `stop`, its last step is the stop once it has come to
    one of its `ends`, such as the final states of its workflow; a `Trace` without any stays open. A letter that has not
    stopped is seen up to `as_of` and kept apart. Steps after `as_of` are not seen; without it, the latest step among
    the cases is the moment. A letter belongs to the window in which it started. Every case given is in `cases`, `open`
    or `excluded` with the reason: it had not started, or started outside the window, it stops before it starts, or the
    calendar does not hold its years. Raises `NaiveDatetimeError`, and `RecordError` for a record that declares too
    little (see `Traced`) or is out of order.
    """
    cases = records(cases)
    as_of = latest(cases) if as_of is None else as_of
    view = View(clock, window, None if as_of is None else instant(as_of))
    front = Front(start or _First(), stop or _Last(), (), ())
    read = [_read(front, case, view, as_of) for case in cases]
    return Stages(
        window=window,
        as_of=as_of,
        cases=tuple(one for one in read if isinstance(one, Staged) and one.over),
        open=tuple(one for one in read if isinstance(one, Staged) and not one.over),
        excluded=tuple(one for one in read if isinstance(one, Placed)),
    )


@frozen
class _First:
    """A case's first step."""

    # It begins clocks, so it is asked before any has started.
    def find(self, case: Traced, view: View, since: int | None = None) -> tuple[datetime, int] | None:  # noqa: ARG002
        """When it came, as far as is seen."""
        seen = _seen(case, view)
        return (seen[0].at, instant(seen[0].at)) if seen else None

    def __str__(self) -> str:
        return "its first step"


@frozen
class _Last:
    """The last step of a case that has come to one of its ends."""

    # The last step comes after the first one, whenever that was.
    def find(self, case: Traced, view: View, since: int | None = None) -> tuple[datetime, int] | None:  # noqa: ARG002
        """When it came, as far as is seen."""
        seen = _seen(case, view)
        return (seen[-1].at, instant(seen[-1].at)) if seen and seen[-1].state in case.ends else None

    def __str__(self) -> str:
        return "its last step"


def _seen(case: Traced, view: View) -> list[Happening]:
    """What had happened by now, in order of time as every history is."""
    return [step for step in case.history if view.now is not None and instant(step.at) <= view.now]


def _read(front: Front, case: Traced, view: View, as_of: datetime | None) -> Staged | Placed:
    one = passage(front, case, view, as_of)
    stop = as_of if isinstance(one, Placed) or one.stop is None else one.stop
    if isinstance(one, Placed) or stop is None:
        return one  # type: ignore[return-value]  # without a moment nothing has started, and it is placed
    try:
        spans = _stays(_seen(case, view), one.start, stop, view.clock)
    except OutsideCalendarError as error:
        return Placed(case, Bin.EXCLUDED, why=Why.of(Kind.NO_CALENDAR, str(error)))
    return Staged(case, view.clock.date_of(one.begin), one.start, stop, spans, over=one.stop is not None)


def _stays(seen: Sequence[Happening], start: datetime, stop: datetime, clock: WorkClock) -> tuple[Stay, ...]:
    clock.book(instant(start), instant(stop))  # refuses years that its calendar lacks, though no span lies in them
    found: list[Stay] = []
    unit = None
    for step, left in zip(seen, [*(step.at for step in seen[1:]), stop], strict=True):
        unit = step.unit or unit
        since, until = max(step.at, start, key=instant), min(left, stop, key=instant)
        begin, end = instant(since), instant(until)
        if begin < end:
            found.append(Stay(step.state, unit, since, until, WorkTime.of(clock.worked(begin, end))))
    return tuple(found)


def _total(spans: Iterable[Stay]) -> WorkTime:
    return WorkTime.of(sum(span.elapsed.microseconds for span in spans))


def _by(named: Iterable[tuple[Name, Stay]]) -> dict[Name, WorkTime]:
    """By name, the longest first, then by name, so that the order of the letters does not show."""
    times: dict[Name, int] = {}
    for name, span in named:
        times[name] = times.get(name, 0) + span.elapsed.microseconds
    ordered = sorted(times.items(), key=lambda each: (-each[1], each[0] is None, each[0] or ""))
    return {name: WorkTime.of(time) for name, time in ordered}


def _shares(parts: dict[Name, WorkTime], total: WorkTime) -> dict[Name, Fraction | None]:
    return {name: time / total if total else None for name, time in parts.items()}
