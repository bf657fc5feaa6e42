"""How far the work is: what was entered of a step, and how a step and the whole plan stand at a moment."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from attrs import field, frozen

from docflow.errors import WorkPlanError
from docflow.instants import instant
from docflow.text import exact

if TYPE_CHECKING:
    from datetime import datetime

    from docflow.workplans.steps import WorkStep

__all__ = ["Progress", "StepEarned", "StepProgress"]

Schedule = Literal["ahead", "on plan", "behind"]


@frozen
class StepProgress:
    """How much of a step had been done at a moment; `WorkPlan.progress` reads such entries.

    >>> from datetime import datetime
    >>> from docflow.workplans import StepProgress
    >>> noon = datetime.fromisoformat("2019-11-15T12:00+07:00")
    >>> StepProgress(plan="1.1", step="2", at=noon, percent=120)
    Traceback (most recent call last):
        ...
    docflow.errors.WorkPlanError: work plan '1.1': step 2 is said to be 120 % done; give 0–100, of all its work so far

    Raises `WorkPlanError` for a percentage outside 0–100, `NaiveDatetimeError` for a moment without a zone, and
    `TypeError` for a percentage that is not given exactly.
    """

    plan: str
    """The number of the plan."""
    step: str
    """The number of the step."""
    at: datetime
    percent: Fraction = field(converter=exact)
    """Of all the work of this step, from its beginning on: 0–100."""

    def __attrs_post_init__(self) -> None:
        instant(self.at)
        if not 0 <= self.percent <= 100:  # noqa: PLR2004 - percent
            problem = f"step {self.step} is said to be {self.percent} % done; give 0–100, of all its work so far"
            raise WorkPlanError(self.plan, problem)


@frozen
class StepEarned:
    """A step as it stands, in percent points of the plan; `Progress.steps` has one for each step.

    >>> from datetime import datetime
    >>> from docflow.bangkok import WORK_PLANS, office_clock
    >>> from docflow.workplans import StepProgress
    >>> plan, noon = WORK_PLANS[1], datetime.fromisoformat("2019-10-15T12:00+07:00")
    >>> half = StepProgress(plan.number, "1", noon, 50)
    >>> for one in plan.progress([half], as_of=noon, clock=office_clock()).steps:
    ...     print(one.step.number, one.planned, one.earned)
    1 10 5
    2-5 7 0
    6 0 0
    """

    step: WorkStep
    planned: Fraction | None
    """By the end of the month; None when the plan does not say when the step is done."""
    earned: Fraction
    """The percentage of the step that is done, by its weight."""


@frozen
class Progress:
    """How a plan stands at a moment, in percent points of the plan; `WorkPlan.progress` makes it.

    >>> from datetime import datetime
    >>> from docflow.bangkok import WORK_PLANS, office_clock
    >>> from docflow.workplans import StepProgress
    >>> plan, noon = WORK_PLANS[1], datetime.fromisoformat("2019-11-15T12:00+07:00")
    >>> entries = [StepProgress(plan.number, "1", noon, 100), StepProgress(plan.number, "2-5", noon, 5)]
    >>> progress = plan.progress(entries, as_of=noon, clock=office_clock())
    >>> print(progress.earned, progress.planned, progress.variance, progress.schedule)
    71/5 24 -49/5 behind
    """

    plan: str
    """The number of the plan."""
    as_of: datetime
    month: str
    """The office's month in which the moment is ("2019-11")."""
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
        """How much more is done than is planned by the end of the month: negative while work remains.

        None when the plan does not say when every step is done.
        """
        return None if self.planned is None else self.earned - self.planned

    @property
    def schedule(self) -> Schedule | None:
        """Whether the work is "ahead" of the whole month's plan, "behind" what is due by now, or else "on plan".

        A month's own points are due when the month is over. None when the plan does not say when every step is done.
        """
        if self.planned is None or self.planned_before is None:
            return None
        if self.earned > self.planned:
            return "ahead"
        return "behind" if self.earned < (self.planned if self.month_over else self.planned_before) else "on plan"
