"""The report on a whole plan in a terminal, drawn with rich (the extra `report`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.console import Group
from rich.table import Table

from docflow.kpi.words import figure, unsure
from docflow.report.terminal import STYLES, fault_table, said
from docflow.report.words import STANDINGS, amount, bare, goal, month_name, points, span_name
from docflow.thai import format_datetime

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.console import RenderableType
    from rich.text import Text

    from docflow.kpi import Evaluation, Outcome
    from docflow.report.plan import PlanReport

__all__ = ["monthly_tables", "plan_report"]

AT_ONCE = 4  # months that fit beside each other


def plan_report(report: PlanReport) -> RenderableType:
    """The outcomes, the work plans, and what was left out, to be printed on a rich console."""
    plan, year = report.evaluation.plan, report.year
    parts: list[RenderableType] = [
        said(plan.title.th, style="bold"),
        said(plan.title.en),
        said(f"{span_name(plan.year)} · ณ as of {format_datetime(report.evaluation.as_of)}"),
        *(said("! " + unsure(one, "th", "en"), style="yellow") for one in report.provisional),
        said(),
        _outcomes(report.evaluation),
        said(),
        _work(report),
    ]
    parts += [said(f"! ไม่มีแฟ้ม no file {file}: its indicators have no records", style="yellow") for file in year.missing]
    for file, faults in report.faults.items():
        parts += [said(), fault_table(f"{file}: แถวที่ไม่นับ rows left out", faults)]
    for file, notes in year.notes.items():
        parts += [said(), fault_table(f"{file}: ข้อสังเกต cells to check, their rows counted", notes)]
    return Group(*parts)


def _outcomes(evaluation: Evaluation) -> Table:
    table = Table(
        title="ผลการดำเนินงานตามตัวชี้วัด\nResults by indicator",
        caption="รายการที่นับ / ทั้งหมด records counted / all that the indicator speaks of",
        title_justify="left",
        box=box.SIMPLE_HEAD,
        caption_justify="left",
    )
    table.add_column("ที่\nno.", no_wrap=True)
    table.add_column("ตัวชี้วัด\nindicator", ratio=1)
    table.add_column("ผล\nresult", justify="right", no_wrap=True)
    table.add_column("เป้าหมาย\ntarget", justify="right", no_wrap=True)
    table.add_column("")
    table.add_column("รายการ\nrecords", justify="right", no_wrap=True)
    for outcome in evaluation:
        table.add_row(*_row(outcome), style="bold")
        for part in outcome.parts:
            table.add_row(*_row(part))
    return table


def _row(outcome: Outcome) -> tuple[str | Text, ...]:
    indicator = outcome.indicator
    result = outcome.result
    records = "" if result is None else f"{len(result.counted):,}/{result.letters:,}"
    return (
        said(indicator.number),
        said(indicator.title.en),
        said(amount(outcome)),
        goal(outcome.target),
        STYLES[outcome.met],
        records,
    )


def _work(report: PlanReport) -> Table:
    table = Table(
        title="ความก้าวหน้าของแผนปฏิบัติงาน (ร้อยละของทั้งแผน)\nProgress of the work plans (percent of the whole)",
        title_justify="left",
        box=box.SIMPLE_HEAD,
    )
    table.add_column("แผน\nplan", no_wrap=True)
    table.add_column("กิจกรรม\nactivity", ratio=1)
    for heading in ("แผน\nplanned", "ผล\nactual"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("")
    for plan, progress in report.work:
        standing = STANDINGS[progress.standing]
        table.add_row(
            said(plan.number), said(plan.title_en), points(progress.planned), figure(progress.actual), said(standing)
        )
    return table


def monthly_tables(months: Mapping[str, Evaluation]) -> RenderableType:
    """Each indicator's value as things stood when each month was over, some beside each other."""
    names = list(months)
    tables: list[RenderableType] = [said("ผลสะสมรายเดือน\nAs things stood at each month's end")]
    for some in (names[at : at + AT_ONCE] for at in range(0, len(names), AT_ONCE)):
        table = Table(box=box.SIMPLE_HEAD)
        table.add_column("ที่\nno.", no_wrap=True)
        for month in some:
            table.add_column(month_name(month).replace(" ", "\n"), justify="right", no_wrap=True)
        for outcomes in zip(*(months[month].all() for month in some), strict=True):
            cells = ("–" if one.value is None else f"{bare(one)} {STYLES[one.met]}" for one in outcomes)
            table.add_row(said(outcomes[0].indicator.number), *cells)
        tables.append(table)
    return Group(*tables)
