"""A work plan: a year's steps with weights, how much of them is planned by month, and how it stands at a moment."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from docflow.errors import WorkPlanError
from docflow.instants import instant
from docflow.text import Text, month_of, text
from docflow.workplans.progress import Progress, StepEarned

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from docflow.workplans.progress import StepProgress
    from docflow.workplans.steps import WorkStep
    from docflow.worktime import WorkClock

__all__ = ["WorkPlan"]

_MONTH: Final = re.compile("[0-9]{4}-(0[1-9]|1[0-2])")


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
    """By which the entries of progress name the plan."""
    title: Text = field(converter=text)
    owner: str = field(kw_only=True)
    """The unit that does the work."""
    months: tuple[str, ...] = field(kw_only=True, converter=_months)
    """As "2019-10", in order."""
    steps: tuple[WorkStep, ...] = field(kw_only=True, converter=_steps)
    source: str = field(kw_only=True)
    """Where the plan is written, such as "plan of B.E. 2563, lines 696–712"."""

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
        """How many points are to be done by the end of each month; an empty dict when a step has no shares."""
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
            month_over=month in self.months and clock.month_over(now),
            steps=tuple(found),
        )
