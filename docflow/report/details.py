"""One thing in detail: an indicator by month or by reading, a work plan by month, the rows that a file left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from docflow.kpi import Bin, DurationResult, Proportion
from docflow.kpi.words import BINS
from docflow.report.blocks import Bar, Cell, Column, Grid, Line, Row, Section
from docflow.report.figures import BOTH, fraction_figures, reasons, text_figures
from docflow.report.words import amount, excerpt, goal, valued
from docflow.text import NO_WORDS, Text, figure, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from fractions import Fraction

    from docflow.files import Fault
    from docflow.kpi import Outcome, PlanResult, Result
    from docflow.report.words import Voice
    from docflow.text import Language
    from docflow.workplans import Progress, StepProgress, WorkPlan
    from docflow.worktime import WorkTime

__all__ = ["WorkDone", "cap_of", "detail", "faults_grid", "schedule", "work_by_month"]

MOST_FAULTS: Final = 25
DISPUTED: Final = Text("ผลต่างกันตามวิธีนับ", "records whose bin depends on the reading")
MONTH: Final = Text("เดือน", "month")
ALL: Final = Text("รวม", "all")
RESULT: Final = Text("ผล", "result")
SCHEDULE: Final = {
    "ahead": Text("เร็วกว่าแผน", "ahead"),
    "on plan": Text("ตามแผน", "on plan"),
    "behind": Text("ช้ากว่าแผน", "behind"),
    None: Text("–", "–"),
}


def cap_of(outcome: Outcome) -> WorkTime | None:
    """The most time that each record may take, if a part of the indicator has such a cap; None otherwise."""
    measures = (part.indicator.measure for part in outcome.parts)
    return next((one.cap for one in measures if isinstance(one, Proportion) and one.cap is not None), None)


def detail(outcome: Outcome, voice: Voice) -> Section:
    """An indicator with its formula and window, its months or its readings, and why records are not counted."""
    indicator, result = outcome.indicator, outcome.result
    blocks: list[Line | Grid] = [Line(voice.days(outcome.window), "soft")]
    if indicator.formula != NO_WORDS:
        blocks.insert(0, Line(indicator.formula, "soft"))
    if isinstance(result, DurationResult):
        blocks.append(_durations(outcome, result, voice))
    elif not outcome.alternatives:
        blocks.append(_by_month(outcome, voice))
    if outcome.alternatives:
        said = f"{voice.say(DISPUTED)}: {len(outcome.disputed)}"
        blocks += [_readings(outcome, voice), Line(said, "soft")]
    for reason, numbers in reasons(() if result is None else result.excluded).items():
        blocks.append(Line(f"{voice.say(BINS[Bin.EXCLUDED])} {len(numbers):,}: {reason}", "soft"))
    title = Text(f"ตัวชี้วัดที่ {indicator.number} {indicator.title.th}", f"{indicator.number} {indicator.title.en}")
    return Section(title, tuple(blocks))


def _durations(outcome: Outcome, result: DurationResult, voice: Voice) -> Grid:
    months, cap = result.by_month(), cap_of(outcome)
    longest = max((part.mean or 0 for part in months.values()), default=0)
    columns = [
        Column(MONTH),
        Column(Text("เรื่อง", "records")),
        Column(Text("วัดแล้ว", "measured")),
        Column(Text("ค้าง", "open")),
        Column(Text("เฉลี่ย (นาที)", "mean (min)")),
        Column("", on="page"),
        Column(Text(f"{goal(outcome.target)} นาที", f"{goal(outcome.target)} min") if outcome.target else ""),
    ]
    if cap is not None:
        most = number(cap.minutes)
        columns.append(Column(Text(f"ภายใน {most} นาที", f"within {most} min")))
    rows = []
    for month in outcome.window.months():
        part = months.get(month)
        cells = _nothing(cap) if part is None else tuple(_row(part, outcome, cap, longest))
        rows.append(Row((voice.month(month), *cells)))
    total = Row((ALL, *_row(result, outcome, cap, 0)), "total")
    return Grid(tuple(columns), (*rows, total))


def _row(part: DurationResult, outcome: Outcome, cap: WorkTime | None, longest: Fraction | int) -> Iterator[Cell]:
    mean, target = part.mean, outcome.target
    met = None if target is None else target.met(mean)
    yield from (f"{len(some):,}" for some in (range(part.in_scope), part.measured, part.unfinished))
    yield number(mean, apart=None if target is None else target.value)
    yield Bar(float(mean / longest), good=bool(met)) if mean and longest else ""
    yield met if target is not None else ""
    if cap is not None:
        yield str(part.share_within(cap))


def _nothing(cap: WorkTime | None) -> tuple[Cell, ...]:
    return ("0", "0", "0", "–", "", None, *(("–",) if cap is not None else ()))


def _by_month(outcome: Outcome, voice: Voice) -> Grid:
    """What was counted in each month, and what came of it."""
    months, bins = outcome.by_month(), _filled([outcome.bins])
    columns = (Column(MONTH), *(Column(BINS[each]) for each in bins), Column(RESULT))

    def row(name: Text | str, one: Outcome | None) -> tuple[Cell, ...]:
        counts = ("0" if one is None else f"{len(one.bins[each]):,}" for each in bins)
        return (name, *counts, "–" if one is None else amount(one, voice))

    rows = [Row(row(voice.month(month), months.get(month))) for month in outcome.window.months()]
    return Grid(columns, (*rows, Row(row(ALL, outcome), "total")))


def _readings(outcome: Outcome, voice: Voice) -> Grid:
    bins = _filled([result.bins for result in outcome.alternatives.values()])
    columns = (Column(Text("วิธีนับ", "reading"), words=True), *(Column(BINS[each]) for each in bins), Column(RESULT))
    rows = []
    for name, result in outcome.alternatives.items():
        called, official = outcome.indicator.called(name), name == outcome.indicator.official
        mark = "★ " if official else ""
        counts = (f"{len(result.bins[each]):,}" for each in bins)
        cells: tuple[Cell, ...] = (Text(f"{mark}{called.th}", f"{mark}{called.en}"), *counts, _value(result, voice))
        rows.append(Row(cells, "total" if official else ""))
    return Grid(columns, tuple(rows), note=Text("★ วิธีนับที่ใช้ตัดสิน", "★ the reading that decides"))


def _value(result: Result, voice: Voice) -> str:
    """A value with its unit, for readings may measure different things."""
    if result.value is None:
        return "–"
    return (
        str(result.share)
        if isinstance(result.measure, Proportion)
        else valued(number(result.value), result.unit, voice)
    )


def _filled(given: Iterable[Mapping[Bin, Sequence[object]]]) -> list[Bin]:
    """The bins that hold something somewhere; that of the counted whatever it holds, and never that of the excluded."""
    given = list(given)
    return [
        each for each in Bin if each is Bin.COUNTED or (each is not Bin.EXCLUDED and any(one[each] for one in given))
    ]


@frozen
class WorkDone:
    """A work plan and how far it has come.

    >>> from docflow.bangkok import PLAN_2563, WORK_PLANS, office_clock, year_end
    >>> result = PLAN_2563.evaluate({}, as_of=year_end(office_clock()))
    >>> done = WorkDone.of(WORK_PLANS[1], [], result)
    >>> done.plan.number, done.progress.schedule, done.figures()["earned"]["float"]
    ('1.1 screening', 'behind', 0.0)
    """

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

    def figures(self, languages: Sequence[Language] = BOTH) -> dict[str, Any]:
        """All of it as plain data."""
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


def schedule(work: Iterable[WorkDone]) -> Grid:
    """How work plans stand."""
    columns = (
        Column(Text("แผน", "plan")),
        Column(Text("กิจกรรม", "activity"), words=True),
        Column(Text("แผน", "planned")),
        Column(Text("ผล", "earned")),
        Column(""),
    )
    stands = ((one.plan, one.progress) for one in work)
    rows = (
        Row((plan.number, plan.title, number(now.planned), figure(now.earned), SCHEDULE[now.schedule]))
        for plan, now in stands
    )
    return Grid(columns, tuple(rows))


def work_by_month(one: WorkDone, voice: Voice) -> Grid:
    """How much of a work plan was planned, and how much was done, by the end of each month."""
    planned, months = one.plan.planned(), one.plan.months
    columns = (Column(MONTH, words=True), *(Column(voice.month(month)) for month in months))
    rows = (
        Row((Text("แผนสะสม", "planned"), *(number(planned.get(month)) for month in months))),
        Row((Text("ผลสะสม", "earned"), *(number(one.earned.get(month)) for month in months))),
    )
    title = Text(*(f"{one.plan.number} {words}" for words in (one.plan.title.th, one.plan.title.en)))
    return Grid(columns, rows, title=title, on="page")


def faults_grid(title: Text, faults: Iterable[Fault], *, rest: str = "") -> Grid:
    """Faults by row, the first of them when there are many; `rest` says where all of them stand."""
    faults = tuple(faults)
    more, where = len(faults) - MOST_FAULTS, f" ({rest})" if rest else ""
    columns = (
        Column(Text("แถว", "row")),
        Column(Text("สดมภ์", "column"), words=True),
        Column(Text("ข้อความ", "cell"), words=True),
        Column(Text("เหตุ", "why"), words=True),
    )
    rows = (Row((str(one.row), one.column, excerpt(one.text), one.reason)) for one in faults[:MOST_FAULTS])
    note = Text(f"… และอีก {more:,} รายการ{where}", f"… {more:,} more{where}") if more > 0 else NO_WORDS
    return Grid(columns, tuple(rows), title=title, note=note)
