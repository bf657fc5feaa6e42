"""The report on any plan: its outcomes, its work plans and what files left out, as figures and as sections to show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol

from attrs import field, frozen

from docflow.kpi import Bin
from docflow.kpi.explanation import BINS, unsure
from docflow.report.blocks import Column, Details, Grid, Line, Row, Section
from docflow.report.details import detail
from docflow.report.figures import (
    day_figures,
    fault_figures,
    fraction_figures,
    outcome_figures,
    text_figures,
)
from docflow.report.words import BILINGUAL, MARKS, Voice, amount, bare, excerpt, goal
from docflow.text import Text, figure, number, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from fractions import Fraction

    from docflow.files import Fault
    from docflow.kpi import Outcome, PlanResult
    from docflow.workplans import Progress, StepProgress, WorkPlan

__all__ = ["FileRead", "Report", "WorkDone", "faults_grid"]

MOST_NAMED: Final = 60
MOST_FAULTS: Final = 25
AT_ONCE: Final = 4
"""Months that fit beside each other in a terminal."""
AS_OF: Final = Text("ณ", "as of")
SCHEDULE: Final = {
    "ahead": Text("เร็วกว่าแผน", "ahead"),
    "on plan": Text("ตามแผน", "on plan"),
    "behind": Text("ช้ากว่าแผน", "behind"),
    None: Text("–", "–"),
}


class FileRead(Protocol):
    """What a reader says of a file."""

    @property
    def rows(self) -> int:
        """How many rows it has below its headings, blank ones aside."""

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What keeps rows out of every figure."""

    @property
    def notes(self) -> tuple[Fault, ...]:
        """Cells that are amiss in rows that are counted all the same."""


@frozen
class WorkDone:
    """A work plan and how far it has come."""

    plan: WorkPlan
    progress: Progress
    earned: Mapping[str, Fraction]
    """By the end of each month, as far as it is over or has come."""

    @classmethod
    def of(cls, plan: WorkPlan, entries: Iterable[StepProgress], result: PlanResult) -> WorkDone:
        """How far a work plan has come by the moment of a result; entries of other plans or years do not count."""
        clock, year = result.clock, result.plan.year
        own = [one for one in entries if one.plan == plan.number and clock.day_of(one.at) in year]
        ends = {month: result.plan.end_of(month, result.as_of, clock) for month in plan.months}
        earned = {
            month: plan.progress(own, as_of=end, clock=clock).earned for month, end in ends.items() if end is not None
        }
        return cls(plan, plan.progress(own, as_of=result.as_of, clock=clock), earned)

    def figures(self) -> dict[str, Any]:
        """All of it as plain data."""
        plan, progress = self.plan, self.progress
        return {
            "title": text_figures(plan.title),
            "unit": plan.owner,
            "source": plan.source,
            "planned": {month: float(points) for month, points in plan.planned().items()},
            "month": progress.month,
            "planned_by_now": fraction_figures(progress.planned),
            "actual": fraction_figures(progress.earned),
            "difference": fraction_figures(progress.variance),
            "standing": progress.schedule,
            "steps": {
                one.step.number: {
                    "title": text_figures(one.step.title),
                    "weight": float(one.step.weight),
                    "planned": None if one.planned is None else float(one.planned),
                    "done": float(one.earned),
                }
                for one in progress.steps
            },
            "actual_by_month": {month: float(points) for month, points in self.earned.items()},
        }


@frozen(kw_only=True)
class Report:
    """What a report on a plan is made of, ready to be shown (`page`, `terminal`) or kept (`figures`)."""

    result: PlanResult
    work: tuple[WorkDone, ...] = ()
    files: Mapping[str, FileRead] = field(factory=dict)
    missing: tuple[str, ...] = ()
    """Files that were looked for and are not there."""
    months: Mapping[str, PlanResult] = field(factory=dict)
    """The plan as things stood at the end of each month; none unless they were asked for."""
    detailed: tuple[str, ...] = ()
    """The numbers of the indicators that are shown in detail."""
    more: tuple[Section, ...] = ()
    """What an office shows beside."""
    voice: Voice = BILINGUAL

    def figures(self) -> dict[str, Any]:
        """Every figure as plain data for JSON."""
        plan = self.result.plan
        found = {
            "plan": {
                "title": text_figures(plan.title),
                "window": day_figures(plan.year),
                "as_of": self.result.as_of.isoformat(),
                "provisional": list(self.result.provisional),
            },
            "indicators": {one.indicator.number: outcome_figures(one) for one in self.result},
            "work_plans": {one.plan.number: one.figures() for one in self.work},
            "record_rows": {file: read.rows for file, read in self.files.items()},
            "record_faults": {
                file: [fault_figures(one) for one in read.faults] for file, read in self.files.items() if read.faults
            },
            "record_notes": {
                file: [fault_figures(one) for one in read.notes] for file, read in self.files.items() if read.notes
            },
            "missing_files": list(self.missing),
        }
        if self.months:
            found["monthly"] = {
                month: {one.indicator.number: outcome_figures(one, whole=False) for one in result.all()}
                for month, result in self.months.items()
            }
        return found

    def sections(self) -> Iterator[Section]:
        """All of it in the order in which it is shown."""
        plan, as_of = self.result.plan, self.voice.moment(self.result.as_of)
        window = self.voice.days(plan.year)
        yield Section(
            plan.title,
            (
                Line(f"{window} · {self.voice.say(AS_OF)} {as_of}", "soft"),
                *(Line(_both("! ", unsure(year)), "warning") for year in self.result.provisional),
                *(Line(_missing(file), "warning") for file in self.missing),
            ),
        )
        yield Section(Text("ผลการดำเนินงานตามตัวชี้วัด", "Results by indicator"), (self._outcomes(),))
        explained = tuple(self._explanation(one) for one in self.result)
        yield Section(Text("สูตรและที่มาของผล", "How each result comes about"), explained, on="page")
        if self.months:
            yield Section(Text("ผลสะสมรายเดือน", "As things stood at each month's end"), tuple(self._monthly()))
        if self.work:
            title = Text("ความก้าวหน้าของแผนปฏิบัติงาน (ร้อยละของทั้งแผน)", "Progress of the work plans (percent of the whole)")
            yield Section(title, (self._schedule(), *map(self._work, self.work)))
        yield from (detail(self.result[each], self.voice) for each in self.detailed)
        yield from self.more
        for file, read in self.files.items():
            grids = (
                faults_grid(Text(f"{file}: แถวที่ไม่นับ", f"{file}: rows left out of every figure"), read.faults),
                faults_grid(Text(f"{file}: ข้อสังเกต", f"{file}: cells to check, their rows are counted"), read.notes),
            )
            blocks = tuple(grid for grid in grids if grid.rows)
            if blocks:
                yield Section(file, blocks)

    def _outcomes(self) -> Grid:
        columns = (
            Column(Text("ที่", "no.")),
            Column(Text("ตัวชี้วัด", "indicator"), words=True),
            Column(Text("ผล", "result")),
            Column(Text("เป้าหมาย", "target")),
            Column(""),
            Column(Text("รายการ", "records"), on="terminal"),
            *(Column(words, on="page") for words in BINS.values()),
        )
        rows = [self._row(one, part=one is not whole) for whole in self.result for one in whole]
        note = Text("รายการที่นับ / ทั้งหมด", "records counted / all that the indicator speaks of")
        return Grid(columns, tuple(rows), note=self.voice.say(note), note_on="terminal")

    def _row(self, outcome: Outcome, *, part: bool) -> Row:
        result, title = outcome.result, outcome.indicator.title
        counted = "" if result is None else f"{len(result.counted):,}/{result.in_scope:,}"
        bins = [0] * len(BINS) if result is None else [len(some) for some in outcome.bins.values()]
        cells = (
            outcome.indicator.number,
            title,
            amount(outcome, self.voice),
            goal(outcome.target),
            outcome.met,
            counted,
            *(f"{n:,}" if n else "" for n in bins),
        )
        return Row(cells, "part" if part else "whole")

    def _explanation(self, outcome: Outcome) -> Details:
        indicator = outcome.indicator
        title = indicator.title.said(self.voice.languages[0])
        source = " · ".join(filter(None, (indicator.source, indicator.owner)))
        said = Text(outcome.explain("th"), outcome.explain("en"))
        named = tuple(line for one in outcome for line in self._named(one))
        return Details(
            f"{indicator.number} {title}: {amount(outcome, self.voice)}",
            (*((text(source),) if source else ()), said, *named),
        )

    def _named(self, outcome: Outcome) -> Iterator[Text]:
        """The records that did not count, and those on which the readings disagree, by number."""
        for each in (Bin.LATE, Bin.MISSED, Bin.RUNNING, Bin.UNFINISHED):
            numbers = [] if outcome.result is None else [one.record.number for one in outcome.result.bins[each]]
            yield from self._listed(outcome, BINS[each], numbers)
        changed = [record.number for record, _ in outcome.disputed]
        yield from self._listed(outcome, Text("ผลต่างกันตามวิธีนับ", "depends on the reading"), changed)

    def _listed(self, outcome: Outcome, words: Text, numbers: list[str]) -> Iterator[Text]:
        more = f" … {len(numbers) - MOST_NAMED:,} more (--json)" if len(numbers) > MOST_NAMED else ""
        if numbers:
            said = f"{outcome.indicator.number} {self.voice.say(words)}: {', '.join(numbers[:MOST_NAMED])}{more}"
            yield Text(said, said)

    def _monthly(self) -> Iterator[Grid]:
        """All months for a page; some at a time for a terminal."""
        names = list(self.months)
        yield self._months(names, on="page")
        for at in range(0, len(names), AT_ONCE):
            yield self._months(names[at : at + AT_ONCE], on="terminal")

    def _months(self, names: list[str], on: Any) -> Grid:  # noqa: ANN401 - a place
        columns = (Column(Text("ที่", "no.")), *(Column(self.voice.month(month)) for month in names))
        rows = []
        for outcomes in zip(*(self.months[month].all() for month in names), strict=True):
            cells = ("–" if one.value is None else f"{bare(one)} {MARKS[one.met]}" for one in outcomes)
            rows.append(Row((outcomes[0].indicator.number, *cells)))
        return Grid(columns, tuple(rows), on=on)

    def _schedule(self) -> Grid:
        columns = (
            Column(Text("แผน", "plan")),
            Column(Text("กิจกรรม", "activity"), words=True),
            Column(Text("แผน", "planned")),
            Column(Text("ผล", "earned")),
            Column(""),
        )
        rows = (
            Row((one.plan.number, one.plan.title, number(planned), figure(one.progress.earned), SCHEDULE[schedule]))
            for one in self.work
            for planned, schedule in ((one.progress.planned, one.progress.schedule),)
        )
        return Grid(columns, tuple(rows))

    def _work(self, one: WorkDone) -> Grid:
        planned, months = one.plan.planned(), one.plan.months
        columns = (Column(Text("เดือน", "month"), words=True), *(Column(self.voice.month(month)) for month in months))
        rows = (
            Row((Text("แผนสะสม", "planned"), *(number(planned.get(month)) for month in months))),
            Row((Text("ผลสะสม", "earned"), *(number(one.earned.get(month)) for month in months))),
        )
        return Grid(columns, rows, title=_both(f"{one.plan.number} ", one.plan.title), on="page")


def faults_grid(title: Text, faults: Iterable[Fault]) -> Grid:
    """Faults by row, the first of them when there are many."""
    faults = tuple(faults)
    more = len(faults) - MOST_FAULTS
    columns = (
        Column(Text("แถว", "row")),
        Column(Text("สดมภ์", "column"), words=True),
        Column(Text("ข้อความ", "cell"), words=True),
        Column(Text("เหตุ", "why"), words=True),
    )
    rows = (Row((str(one.row), one.column, excerpt(one.text), one.reason)) for one in faults[:MOST_FAULTS])
    return Grid(columns, tuple(rows), title=title, note=f"… {more} more (--json lists all)" if more > 0 else "")


def _both(before: str, words: Text) -> Text:
    return Text(f"{before}{words.th}", f"{before}{words.en}")


def _missing(file: str) -> Text:
    return Text(f"! ไม่มีแฟ้ม {file}: ตัวชี้วัดที่ใช้แฟ้มนี้ไม่มีข้อมูล", f"! no file {file}: its indicators have no records")
