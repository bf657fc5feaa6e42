"""Work plans in a report: how far each has come, and what was planned and earned by the end of each month."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from docflow.report.blocks import Column, Grid, Picture, Row, Section
from docflow.report.drawings import Progress as ProgressDrawing
from docflow.report.figures import BOTH, fraction_figures, text_figures
from docflow.report.words import aligned, month_words
from docflow.text import Text, figure, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from docflow.kpi import PlanResult
    from docflow.report.blocks import Block
    from docflow.text import Language
    from docflow.workplans import Progress, StepProgress, WorkPlan

__all__ = ["SCHEDULE", "WorkDone", "work_plans"]

MONTH: Final = Text("เดือน", "month")
LITTLE: Final = Fraction(1, 10)
"""Fewer percentage points behind are what roundings in the steps of a plan leave."""
SCHEDULE: Final = {
    "ahead": Text("เร็วกว่าแผน", "ahead"),
    "on plan": Text("ตามแผน", "on plan"),
    "behind": Text("ช้ากว่าแผน", "behind"),
    None: Text("–", "–"),
}


@frozen
class WorkDone:
    """A work plan and how far it has come, for `Report(work=...)`.

    >>> from docflow.report import WorkDone
    >>> from docflow.bangkok import PLAN_2563, WORK_PLANS, office_clock, year_end
    >>> result = PLAN_2563.evaluate({}, as_of=year_end(office_clock()))
    >>> done = WorkDone.of(WORK_PLANS[1], [], result)
    >>> done.plan.number, done.progress.schedule, done.figures()["earned"]["float"]
    ('1.1 screening', 'behind', 0.0)
    """

    plan: WorkPlan
    progress: Progress
    earned: Mapping[str, Fraction]
    """Percent earned by the end of each month that has begun; of the current one, by the moment of the result."""

    @classmethod
    def of(cls, plan: WorkPlan, entries: Iterable[StepProgress], result: PlanResult) -> WorkDone:
        """How far a work plan has come by the moment of a result.

        Entries of other plans, or of days outside the year of the result, do not count.
        """
        clock, year = result.clock, result.plan.year
        own = [one for one in entries if one.plan == plan.number and clock.day_of(one.at) in year]
        ends = {month: result.plan.end_of(month, result.as_of, clock) for month in plan.months}
        earned = {
            month: plan.progress(own, as_of=end, clock=clock).earned for month, end in ends.items() if end is not None
        }
        return cls(plan, plan.progress(own, as_of=result.as_of, clock=clock), earned)

    def figures(self, languages: Sequence[Language] = BOTH) -> dict[str, Any]:
        """All of it as plain data for JSON; amounts are percent of the whole plan."""
        plan, progress = self.plan, self.progress
        return {
            "title": text_figures(plan.title, languages),
            "owner": plan.owner,
            "source": plan.source,
            "planned_by_month": {month: float(points) for month, points in plan.planned().items()},
            "month": progress.month,
            "planned": fraction_figures(progress.planned),
            "earned": fraction_figures(progress.earned),
            "variance": fraction_figures(progress.variance),
            "schedule": progress.schedule,
            "steps": {
                one.step.number: {
                    "title": text_figures(one.step.title, languages),
                    "weight": float(one.step.weight),
                    "planned": None if one.planned is None else float(one.planned),
                    "earned": float(one.earned),
                }
                for one in progress.steps
            },
            "earned_by_month": {month: float(points) for month, points in self.earned.items()},
        }


def work_plans(work: Sequence[WorkDone]) -> Section:
    """How all work plans stand, and each month by month."""
    behind = [one for one in work if one.progress.schedule == "behind"]
    title = (
        Text(
            f"แผนปฏิบัติงานช้ากว่าแผน {len(behind)} จาก {len(work)} แผน",
            f"{len(behind)} of {len(work)} work plans are behind",
        )
        if behind
        else Text(f"แผนปฏิบัติงาน {len(work)} แผน ไม่มีแผนใดช้า", f"None of {len(work)} work plans is behind")
    )
    blocks: tuple[Block, ...] = (_schedule(work), *(_by_month(one) for one in work if one.earned))
    return Section(title, blocks, anchor="work", short=Text("แผนปฏิบัติงาน", "Work plans"))


def _schedule(work: Iterable[WorkDone]) -> Grid:
    columns = (
        Column(Text("แผนปฏิบัติงาน", "work plan"), words=True),
        Column(Text("แผน (%)", "planned (%)")),
        Column(Text("ผล (%)", "earned (%)")),
        Column(Text("สถานะ", "standing"), words=True),
    )
    rows = (
        Row(
            (
                Text(f"{one.plan.number} {one.plan.title.th}", f"{one.plan.number} {one.plan.title.en}"),
                number(one.progress.planned),
                figure(one.progress.earned),
                SCHEDULE[one.progress.schedule],
            )
        )
        for one in work
    )
    return Grid(columns, tuple(rows), title=Text("ร้อยละของทั้งแผน", "Percent of each whole plan"))


def _by_month(one: WorkDone) -> Picture:
    """How much of a work plan was planned, and how much was done, by the end of each month."""
    planned, months = one.plan.planned(), tuple(one.plan.months)
    gaps = [planned[month] - one.earned[month] for month in months if month in one.earned and month in planned]
    behind = [gap for gap in gaps if gap >= LITTLE]
    most = number(max(behind, default=Fraction()))
    if behind:
        said = Text(
            f"ช้ากว่าแผนใน {len(behind)} จาก {len(months)} เดือน มากที่สุด {most} จุดร้อยละ",
            f"behind in {len(behind)} of {len(months)} months, by {most} percentage points at most",
        )
    elif gaps:
        said = Text("ไม่ช้ากว่าแผนในเดือนใด", "not behind in any month")
    else:
        said = Text("ไม่มีแผนรายเดือนให้เทียบ", "no plan by month to compare with")
    title = Text(
        f"{one.plan.number} {one.plan.title.th}: {said.th}", f"{one.plan.number} {one.plan.title.en}: {said.en}"
    )
    drawing = ProgressDrawing(
        months, tuple(planned.get(month) for month in months), tuple(one.earned.get(month) for month in months)
    )
    columns = (Column(MONTH, words=True), Column(Text("แผนสะสม", "planned")), Column(Text("ผลสะสม", "earned")))
    lines = [[values.get(month) for month in months] for values in (planned, one.earned)]
    rows = tuple(map(Row, zip(map(month_words, months), *map(aligned, lines), strict=True)))
    what = Text("ร้อยละสะสม ณ สิ้นเดือน", "Percent by the end of each month")
    return Picture(f"work-{one.plan.number}", title, what, drawing, Grid(columns, rows))
