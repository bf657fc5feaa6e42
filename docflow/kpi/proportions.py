"""Proportions: who of some came to something, in time if there is a limit; and how often."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen
from attrs.converters import optional
from attrs.validators import instance_of

from docflow import worktime
from docflow.errors import HorizonError, OutsideCalendarError, visible
from docflow.kpi.conditions import Wanted, WindowClose, condition
from docflow.kpi.figures import Rate, Tally
from docflow.kpi.measures import Measure
from docflow.kpi.names import name, states
from docflow.kpi.passages import Front, Passage
from docflow.kpi.places import Bin, Kind, Why
from docflow.worktime import Limit, judged

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from docflow.kpi.conditions import Condition
    from docflow.kpi.evidence import Verdict
    from docflow.kpi.records import Traced
    from docflow.kpi.windows import View, Window
    from docflow.worktime import WorkClock

__all__ = ["Count", "Proportion", "limit_of"]


# Looked up once: they are asked for a million times.
WITHIN, OVERDUE = worktime.Verdict.WITHIN, worktime.Verdict.LATE


BROUGHT = (Wanted, WindowClose)
COUNTED, LATE, RUNNING = Bin.COUNTED, Bin.LATE, Bin.RUNNING


def limit_of(limit: object) -> Limit | Wanted | WindowClose | None:
    """What a measure is given as a limit. Raises `TypeError` for what is none, such as an amount of time."""
    if limit is not None and not isinstance(limit, Limit | Wanted | WindowClose):
        raise TypeError(f"{limit!r} is no limit; give one, such as OfficeTime(minutes=15)")
    return limit


@frozen
class Proportion(Measure):
    """The rate of cases that come from one moment to another, in time if there is a limit.

    >>> from docflow.kpi import reached
    >>> print(Proportion("resolved", of=reached("registered"), hit=reached("resolved")))
    resolved: from registered to resolved

    With a limit, a case that is still open is late from its due moment on, and running until then. Without one it has
    missed, or is running when it may `wait`. A case that reached `unless` has missed, whatever else it did. Raises
    `TypeError` for what is no limit.
    """

    kind = Rate

    name: str = field(validator=name)
    of: Condition = field(kw_only=True, converter=condition)
    hit: Condition = field(kw_only=True, converter=condition)
    limit: Limit | Wanted | WindowClose | None = field(kw_only=True, default=None, converter=limit_of)
    unless: Condition | None = field(kw_only=True, default=None, converter=optional(condition))
    waits: bool = field(kw_only=True, default=False)
    pausing: tuple[str, ...] = field(kw_only=True, default=(), converter=states)
    void: tuple[str, ...] = field(kw_only=True, default=(), converter=states)
    """As for a `Stopwatch`. Limits that a case or the window brings along (`WANTED`, `WINDOW_CLOSE`) are not moved."""

    @property
    def clocked(self) -> bool:
        """Whether a limit of working time decides; a moment that a case names itself does not."""
        return self.limit is not None and not isinstance(self.limit, Wanted)

    @property
    def front(self) -> Front:
        """From what it is a rate of, to what is asked for."""
        return Front(self.of, self.hit, self.pausing, self.void)

    def read(
        self,
        cases: Iterable[Traced],
        clock: WorkClock,
        *,
        window: Window | None = None,
        as_of: datetime | None = None,
    ) -> Rate:
        """Which cases did what is asked as things stood at `as_of`; see `Measure`."""
        result = super().read(cases, clock, window=window, as_of=as_of)
        assert isinstance(result, Rate)  # noqa: S101 - for the type checker: it is of the measure's kind
        return result

    def judge(self, one: Passage, view: View) -> Verdict:
        """The verdict on a case."""
        due = None if self.limit is None else self._due(one, view)
        if isinstance(due, Why):
            return Bin.EXCLUDED, None, due
        if self.unless is not None and self.unless.find(one.case, view, one.begin) is not None:
            return Bin.MISSED, due, Why.of(Kind.UNLESS, self.unless)
        if due is not None:
            verdict = judged(due, one.end, view.now or 0)
            return COUNTED if verdict is WITHIN else LATE if verdict is OVERDUE else RUNNING, due, None
        if one.end is not None:
            return COUNTED, None, None
        return (RUNNING, None, None) if self.waits else (Bin.MISSED, None, Why.of(Kind.NOT_REACHED, self.hit))

    def _due(self, one: Passage, view: View) -> int | Why:
        """The instant it is due, or why there is none."""
        limit = self.limit
        try:
            if isinstance(limit, BROUGHT):
                due = limit.due(one.case, view)
                return Why.of(Kind.NOT_WANTED) if due is None else due
            return limit.due_instant(one.begin, view.clock, one.pauses)  # type: ignore[union-attr]  # there is a limit
        except (HorizonError, OutsideCalendarError) as error:
            return Why.of(Kind.NO_CALENDAR, str(error))

    def __str__(self) -> str:
        kept = "by" if isinstance(self.limit, Wanted | WindowClose) else "within"
        limit = "" if self.limit is None else f", {kept} {self.limit}"
        unless = "" if self.unless is None else f", unless {self.unless}"
        return visible(f"{self.name}: from {self.of} to {self.hit}{limit}{unless}")


@frozen
class Count(Measure):
    """How often something was done as a rate asks for it, or in how many months.

    >>> from docflow.kpi import reached
    >>> paid = Proportion("paid", of=reached("claimed"), hit=reached("reimbursed"))
    >>> print(Count(paid), Count(paid, months=True), sep="; ")
    times paid: from claimed to reimbursed; months with paid: from claimed to reimbursed
    """

    kind = Tally

    proportion: Proportion = field(validator=instance_of(Proportion))
    months: bool = field(kw_only=True, default=False)

    @property
    def name(self) -> str:  # type: ignore[override]  # it has the rate's
        """What the rate is called."""
        return self.proportion.name

    @property
    def front(self) -> Front:
        """The rate's."""
        return self.proportion.front

    def judge(self, one: Passage, view: View) -> Verdict:
        """Where the rate puts it."""
        return self.proportion.judge(one, view)

    def __str__(self) -> str:
        return visible(f"{'months with' if self.months else 'times'} {self.proportion}")
