"""Work plans: a year's work in steps with weights, how much is planned, how much is earned, and the variance."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from itertools import accumulate
from typing import TYPE_CHECKING, Final, Literal

from attrs import evolve, field, frozen

from docflow.errors import WorkPlanError
from docflow.instants import instant
from docflow.text import Text, exact, month_of, text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from docflow.worktime import WorkClock

__all__ = ["Progress", "Shares", "StepEarned", "StepProgress", "WorkPlan", "WorkStep", "in_month", "spread", "together"]

_MONTH: Final = re.compile("[0-9]{4}-(0[1-9]|1[0-2])")
Schedule = Literal["ahead", "on plan", "behind"]
Shares = tuple[tuple[str, Fraction], ...]
"""Months ("2019-10") and the percent points of the plan that fall into each."""


def in_month(month: str, points: int | Fraction) -> Shares:
    """All points in one month.

    >>> in_month("2019-10", 10)
    (('2019-10', Fraction(10, 1)),)
    """
    return ((month, exact(points)),)


def spread(points: int | Fraction, months: Iterable[str]) -> Shares:
    """So many points in each of some months.

    >>> spread(2, ["2019-10", "2019-11"])
    (('2019-10', Fraction(2, 1)), ('2019-11', Fraction(2, 1)))
    """
    return tuple((month, exact(points)) for month in months)


def together(shares: Shares, *steps: WorkStep) -> tuple[WorkStep, ...]:
    """Steps of which a plan gives only the joint points by month: each month's go to the steps by their weights.

    >>> inspect, report = WorkStep("3", "inspect", 30), WorkStep("4", "report", 20)
    >>> for step in together(spread(5, [f"2020-{month:02}" for month in range(1, 11)]), inspect, report):
    ...     print(step.title.en, step.shares[0])
    inspect ('2020-01', Fraction(3, 1))
    report ('2020-01', Fraction(2, 1))
    """
    whole = sum(step.weight for step in steps)
    return tuple(
        evolve(step, shares=tuple((month, points * step.weight / whole) for month, points in shares)) for step in steps
    )


def _shares(given: Mapping[str, int | Fraction] | Iterable[tuple[str, int | Fraction]]) -> Shares:
    pairs = given.items() if isinstance(given, Mapping) else given
    return tuple((month, exact(points)) for month, points in pairs)


@frozen
class WorkStep:
    """One step of a plan: what is done, how much of the whole it is, and when.

    `weight` is in percent of the plan, `shares` says how many of these points fall into which month; without any, the
    plan does not say when.
    """

    number: str
    title: Text = field(converter=text)
    weight: Fraction = field(converter=exact)
    shares: Shares = field(default=(), converter=_shares)

    def planned(self, month: str, *, before: bool = False) -> Fraction:
        """The points up to the end of a month, or of the one before it."""
        # Months as they are written sort as they follow.
        return sum(
            (points for each, points in self.shares if each < month or (each == month and not before)), Fraction()
        )


@frozen
class StepProgress:
    """How much of a step had been done at a moment: a percentage of that step, 0–100, of all its work so far.

    Raises `WorkPlanError` for a percentage outside 0–100, and `NaiveDatetimeError`.
    """

    plan: str
    step: str
    at: datetime
    percent: Fraction = field(converter=exact)

    def __attrs_post_init__(self) -> None:
        instant(self.at)
        if not 0 <= self.percent <= 100:  # noqa: PLR2004 - percent
            problem = f"step {self.step} is said to be {self.percent} % done; give 0–100, of all its work so far"
            raise WorkPlanError(self.plan, problem)


@frozen
class StepEarned:
    """A step as it stands, in percent points of the plan."""

    step: WorkStep
    planned: Fraction | None
    """By the end of the month; None when the plan does not say when the step is done."""
    earned: Fraction


@frozen
class Progress:
    """How a plan stands at a moment, in percent points of the plan."""

    plan: str
    as_of: datetime
    month: str
    planned: Fraction | None
    """By the end of the month; None when the plan does not say when every step is done."""
    planned_before: Fraction | None
    """By the end of the month before."""
    month_over: bool
    """Whether the office will not open again in the month, so that all that was planned for it is due."""
    steps: tuple[StepEarned, ...]

    @property
    def earned(self) -> Fraction:
        """How much is done: each step's percentage by its weight."""
        return sum((step.earned for step in self.steps), Fraction())

    @property
    def variance(self) -> Fraction | None:
        """How much more is done than is planned by the end of the month; below nothing while work remains."""
        return None if self.planned is None else self.earned - self.planned

    @property
    def schedule(self) -> Schedule | None:
        """Ahead of the month's plan, behind what is due, or on plan: a month's own points are due when it is over."""
        if self.planned is None or self.planned_before is None:
            return None
        if self.earned > self.planned:
            return "ahead"
        return "behind" if self.earned < (self.planned if self.month_over else self.planned_before) else "on plan"


def _months(given: Iterable[str]) -> tuple[str, ...]:
    return tuple(given)


def _steps(given: Iterable[WorkStep]) -> tuple[WorkStep, ...]:
    return tuple(given)


@frozen
class WorkPlan:
    """A year's work: steps whose weights make 100, planned by month.

    >>> from datetime import datetime
    >>> from docflow.bangkok import office_clock
    >>> from docflow.workplans import StepProgress, WorkPlan, WorkStep, in_month, spread
    >>> plan = WorkPlan(
    ...     "1.1",
    ...     "screening",
    ...     owner="Secretary Group",
    ...     months=("2019-10", "2019-11"),
    ...     steps=(
    ...         WorkStep("1", "forms", 10, in_month("2019-10", 10)),
    ...         WorkStep("2", "screen", 90, spread(45, ("2019-10", "2019-11"))),
    ...     ),
    ...     source="an example",
    ... )
    >>> {month: str(points) for month, points in plan.planned().items()}
    {'2019-10': '55', '2019-11': '100'}
    >>> noon = datetime.fromisoformat("2019-11-15T12:00+07:00")
    >>> entries = [StepProgress("1.1", "1", noon, 100), StepProgress("1.1", "2", noon, 60)]
    >>> progress = plan.progress(entries, as_of=noon, clock=office_clock())
    >>> print(progress.earned, progress.planned_before, progress.planned, progress.schedule)
    64 55 100 on plan

    Raises `WorkPlanError` for months out of order, steps of one number, weights that do not make 100, and for shares
    that do not make their step's weight, in months of the plan, each once.
    """

    number: str
    title: Text = field(converter=text)
    owner: str = field(kw_only=True)
    months: tuple[str, ...] = field(kw_only=True, converter=_months)
    """As "2019-10", in order."""
    steps: tuple[WorkStep, ...] = field(kw_only=True, converter=_steps)
    source: str = field(kw_only=True)

    def __attrs_post_init__(self) -> None:
        for problem in self._problems():
            raise WorkPlanError(self.number, problem)

    def _problems(self) -> Iterable[str]:
        strange = [month for month in self.months if not isinstance(month, str) or _MONTH.fullmatch(month) is None]
        if strange:
            yield f"{strange[0]!r} is no month; give it like '2019-10'"
        if list(self.months) != sorted(set(self.months)):
            yield f"its months are {', '.join(self.months)}; give each once, in order"
        numbers = [step.number for step in self.steps]
        if len(set(numbers)) < len(numbers):
            yield f"its steps are numbered {', '.join(numbers)}; give each a number of its own"
        whole, held = sum(step.weight for step in self.steps), set(self.months)
        if whole != 100:  # noqa: PLR2004 - percent
            yield f"the weights of its steps make {whole}; correct them to make 100"
        for step in self.steps:
            months, points = [month for month, _ in step.shares], [points for _, points in step.shares]
            if step.weight <= 0 or min(points, default=0) < 0:
                yield f"step {step.number} weighs nothing or has a share below nothing; give positive ones"
            if len(set(months)) < len(months) or not held.issuperset(months):
                yield f"step {step.number} is planned for {', '.join(months)}; give months of the plan, each once"
            if step.shares and sum(points) != step.weight:
                yield f"the shares of step {step.number} make {sum(points)}; correct them to make {step.weight}"

    def planned(self) -> dict[str, Fraction]:
        """How much is to be done by the end of each month; nothing at all when a step's months are not known."""
        if not all(step.shares for step in self.steps):
            return {}
        each: dict[str, Fraction] = dict.fromkeys(self.months, Fraction())
        for step in self.steps:
            for month, points in step.shares:
                each[month] += points
        return dict(zip(self.months, accumulate(each.values()), strict=True))

    def progress(self, entries: Iterable[StepProgress], *, as_of: datetime, clock: WorkClock) -> Progress:
        """How the plan stands at a moment: of each step the latest entry up to then counts, of one moment the last.

        A step without an entry is not begun. The month is the office's; before the plan's first nothing is planned,
        after its last everything. Raises `WorkPlanError` for an entry of another plan or of no step of this one,
        `NaiveDatetimeError`, and `OutsideCalendarError` when the clock cannot tell whether the month is over.
        """
        now, known = instant(as_of), dict.fromkeys(step.number for step in self.steps)
        latest: dict[str, StepProgress] = {}
        for entry in entries:
            if entry.plan != self.number:
                raise WorkPlanError(self.number, f"an entry is of plan {entry.plan!r}; give each plan its own entries")
            if entry.step not in known:
                raise WorkPlanError(self.number, f"it has no step {entry.step!r}; choose {', '.join(known)}")
            before = latest.get(entry.step)
            if instant(entry.at) <= now and (before is None or instant(before.at) <= instant(entry.at)):
                latest[entry.step] = entry
        month, timed = month_of(clock.day_of(as_of)), all(step.shares for step in self.steps)
        found = []
        for step in self.steps:
            done = step.weight * latest[step.number].percent / 100 if step.number in latest else Fraction()
            found.append(StepEarned(step, step.planned(month) if step.shares else None, done))
        return Progress(
            plan=self.number,
            as_of=as_of,
            month=month,
            planned=sum((step.planned(month) for step in self.steps), Fraction()) if timed else None,
            planned_before=sum((step.planned(month, before=True) for step in self.steps), Fraction())
            if timed
            else None,
            month_over=month in self.months and _over(month, as_of, clock),
            steps=tuple(found),
        )


def _over(month: str, as_of: datetime, clock: WorkClock) -> bool:
    now = month_of(clock.day_of(as_of))
    return month < now or (month == now and clock.month_over(instant(as_of)))
