"""Stopwatches: how long from one moment to another on the office clock, and who took no longer than a cap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen
from attrs.validators import instance_of

from docflow.errors import HorizonError, OutsideCalendarError, visible
from docflow.kpi.conditions import Wanted, WindowClose, condition
from docflow.kpi.figures import Durations, Rate
from docflow.kpi.measures import Measure
from docflow.kpi.names import name, states
from docflow.kpi.passages import Front, Passage
from docflow.kpi.places import Bin, Kind, Why
from docflow.kpi.promises import Promise
from docflow.kpi.proportions import Proportion, limit_of
from docflow.worktime import Limit, WorkTime

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from docflow.kpi.conditions import Condition
    from docflow.kpi.evidence import Verdict
    from docflow.kpi.records import Traced
    from docflow.kpi.windows import View, Window
    from docflow.worktime import WorkClock

__all__ = ["Capped", "Stopwatch"]


@frozen
class Stopwatch(Measure):
    """A duration on the office clock: from one moment of a case's history to another.

    >>> from docflow.kpi import reached
    >>> screening = Stopwatch("screening", start=reached("taken_over"), stop=reached("submitted"))
    >>> print(screening)
    screening: from taken_over to submitted
    """

    kind = Durations
    timed = True

    name: str = field(validator=name)
    start: Condition = field(kw_only=True, converter=condition)
    stop: Condition = field(kw_only=True, converter=condition)
    pausing: tuple[str, ...] = field(kw_only=True, default=(), converter=states)
    """The states in which it stands still, such as `workflow.waiting`; none unless they are named."""
    void: tuple[str, ...] = field(kw_only=True, default=(), converter=states)
    """The states that take a case out while it is open, such as `workflow.cancelled`; none unless they are named."""

    @property
    def front(self) -> Front:
        """From its start to its stop."""
        return Front(self.start, self.stop, self.pausing, self.void)

    def read(
        self,
        cases: Iterable[Traced],
        clock: WorkClock,
        *,
        window: Window | None = None,
        as_of: datetime | None = None,
    ) -> Durations:
        """How long each case took on the clock; see `Measure`."""
        result = super().read(cases, clock, window=window, as_of=as_of)
        assert isinstance(result, Durations)  # noqa: S101 - for the type checker: it is of the measure's kind
        return result

    def judge(self, one: Passage, view: View) -> Verdict:
        """Measured when it has stopped, unfinished with what it has used up when it has not."""
        worked: int | None = None
        try:
            worked = one.pauses.worked(one.begin, (view.now or 0) if one.end is None else one.end, view.clock)
        except OutsideCalendarError as error:
            if one.end is not None:
                return Bin.EXCLUDED, None, Why.of(Kind.NO_CALENDAR, str(error))
        return Bin.UNFINISHED if one.end is None else Bin.COUNTED, worked, None

    def within(self, limit: Limit | Wanted | WindowClose, *, unless: Condition | None = None) -> Proportion:
        """The rate of cases that keep a limit. Raises `TypeError` for what is none, such as an amount of time."""
        return Proportion(
            self.name,
            of=self.start,
            hit=self.stop,
            limit=limit_of(limit),
            unless=unless,
            pausing=self.pausing,
            void=self.void,
        )

    def capped(self, cap: WorkTime) -> Capped:
        """The rate of cases that took no longer than a cap of working time. Raises `TypeError` for what is none."""
        return Capped(self, cap)

    def under(self, limits: Mapping[str, Limit], *, official: str) -> Promise:
        """The same rate under every reading of a promise, the official one named. Raises `UnknownReadingError`."""
        return Promise.of({name: self.within(limit) for name, limit in limits.items()}, official=official)

    def __str__(self) -> str:
        still = f", standing still while {' or '.join(self.pausing)}" if self.pausing else ""
        return visible(f"{self.name}: from {self.start} to {self.stop}{still}")


@frozen
class Capped(Measure):
    """The rate of cases that took no longer than a cap; `Stopwatch.capped` makes it.

    >>> from docflow import WorkTime, reached
    >>> print(Stopwatch("1.5", start=reached("registered"), stop=reached("taken_over")).capped(WorkTime(minutes=15)))
    1.5: from registered to taken_over, in at most 15 min

    What was done while the office was closed took no more time than until it closed, though a due moment has passed.
    One that is still open has broken the cap once it has used it up. Raises `TypeError` for what is no working time.
    """

    kind = Rate
    timed = True

    stopwatch: Stopwatch = field(validator=instance_of(Stopwatch))
    cap: WorkTime

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.cap, WorkTime):  # a timedelta has microseconds too, of another kind
            raise TypeError(f"{self.cap!r} is not working time; give a WorkTime, such as WorkTime(minutes=15)")

    @property
    def name(self) -> str:  # type: ignore[override]  # it has the stopwatch's
        """What the stopwatch is called."""
        return self.stopwatch.name

    @property
    def front(self) -> Front:
        """The stopwatch's."""
        return self.stopwatch.front

    def judge(self, one: Passage, view: View) -> Verdict:
        """Counted up to the cap; open, running until it is used up."""
        lies, worked, why = self.stopwatch.judge(one, view)
        cap = self.cap.microseconds
        if lies is Bin.COUNTED and worked is not None:
            lies = Bin.COUNTED if worked <= cap else Bin.LATE
        elif lies is Bin.UNFINISHED:
            broken = _used_up(one, cap, view) if worked is None else worked >= cap
            lies = Bin.LATE if broken else Bin.RUNNING
        return lies, worked, why

    def __str__(self) -> str:
        return visible(f"{self.stopwatch}, in at most {self.cap}")


def _used_up(one: Passage, cap: int, view: View) -> bool:
    """Whether an open case has used a cap up though the calendar ends before it is asked."""
    try:
        return one.pauses.due(one.begin, cap, view.clock) <= (view.now or 0)
    except (HorizonError, OutsideCalendarError):
        return False
