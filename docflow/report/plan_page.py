"""The yearly report on a whole plan as one page: every indicator with its formula filled in, and the work plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docflow.kpi import Bin
from docflow.kpi.words import BINS, figure, unsure
from docflow.report.elements import CLASSES, document, english, fault_list, headings, tag
from docflow.report.page import letter_sections
from docflow.report.words import STANDINGS, amount, bare, goal, mark, month_name, points
from docflow.thai import format_date, format_datetime

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from fractions import Fraction
    from xml.etree.ElementTree import Element

    from docflow.kpi import Evaluation, Outcome, Progress, WorkPlan
    from docflow.report.letters import LetterReport
    from docflow.report.plan import PlanReport

__all__ = ["plan_page"]


MOST_NAMED = 60


def plan_page(report: PlanReport, letters: LetterReport, months: Mapping[str, Evaluation] | None = None) -> str:
    """The whole report as a page, the months' reports among it where they are given."""
    plan = report.evaluation.plan
    return document(
        plan.title.th,
        tag("h1", plan.title.th),
        english(plan.title.en),
        tag(
            "p",
            f"{format_date(plan.year.first)} – {format_date(plan.year.last)} · "
            f"ณ as of {format_datetime(report.evaluation.as_of)}",
            **{"class": "soft"},
        ),
        *(tag("p", "! ", unsure(one, "th", "en"), **{"class": "soft"}) for one in report.provisional),
        tag("h2", "ผลการดำเนินงานตามตัวชี้วัด"),
        english("Results by indicator"),
        tag("div", _outcomes(report), **{"class": "wide"}),
        tag("h2", "สูตรและที่มาของผล"),
        english("How each result comes about"),
        *(_explanation(one) for one in report.evaluation),
        *_monthly(months or {}),
        tag("h2", "ความก้าวหน้าของแผนปฏิบัติงาน"),
        english("Progress of the work plans, in percent of the whole"),
        *(tag("div", _work(*one, report.done[one[0].number]), **{"class": "wide"}) for one in report.work),
        tag("h2", "การประชุมหัวหน้าหน่วยงาน"),
        english("Meetings of the agency heads, the first Thursday unless the Governor orders otherwise"),
        _meetings(report),
        tag("h2", "หนังสือภายนอก"),
        english("Incoming external letters"),
        *letter_sections(letters),
        *(
            element
            for file, faults in report.faults.items()
            for element in fault_list(f"แถวที่ไม่นับ {file}", f"Rows of {file} left out of every figure", faults)
        ),
        *(
            element
            for file, notes in report.year.notes.items()
            for element in fault_list(f"ข้อสังเกต {file}", f"Cells of {file} to check; their rows are counted", notes)
        ),
        *_missing(report),
    )


def _outcomes(report: PlanReport) -> Element:
    table = tag(
        "table",
        headings(
            ("ที่", "no."),
            ("ตัวชี้วัด", "indicator"),
            ("ผล", "result"),
            ("เป้าหมาย", "target"),
            ("", ""),
            *BINS.values(),
        ),
        **{"class": "plan"},
    )
    for outcome in report.evaluation:
        table.append(_row(outcome))
        for part in outcome.parts:
            table.append(_row(part, part=True))
    return table


def _row(outcome: Outcome, *, part: bool = False) -> Element:
    indicator, met = outcome.indicator, outcome.met
    name = tag("td", indicator.title.th, tag("small", indicator.title.en), **{"class": "name"})
    bins = [] if outcome.result is None else [len(places) for places in outcome.bins.values()]
    return tag(
        "tr",
        tag("td", indicator.number),
        name,
        tag("td", amount(outcome)),
        tag("td", goal(outcome.target)),
        tag("td", mark(met), **{"class": CLASSES[met]}),
        *(tag("td", f"{n:,}" if n else "") for n in bins),
        *(tag("td") for _ in BINS if not bins),
        **{"class": "part" if part else "whole"},
    )


def _explanation(outcome: Outcome) -> Element:
    title = f"{outcome.indicator.number} {outcome.indicator.title.th}: {amount(outcome)}"
    source = f"แผนฯ บรรทัดที่ {outcome.indicator.source} · {outcome.indicator.unit or 'ทุกส่วนราชการ'}"
    return tag(
        "details",
        tag("summary", title),
        tag("p", source, **{"class": "soft"}),
        tag("pre", outcome.explain("th")),
        tag("pre", outcome.explain("en"), lang="en"),
        *_named(outcome),
    )


def _named(outcome: Outcome) -> Iterator[Element]:
    """The records that did not count, and those on which the readings disagree, by number."""
    for each in (Bin.LATE, Bin.MISSED, Bin.RUNNING, Bin.UNFINISHED):
        places = () if outcome.result is None else outcome.result.bins[each]
        if places:
            yield _listed(f"{outcome.indicator.number} {' '.join(BINS[each])}", [place.case.number for place in places])
    changed = [] if outcome.readings is None else [one.case.number for one in outcome.readings.changed()]
    if changed:
        yield _listed(f"{outcome.indicator.number} ผลต่างกันตามวิธีนับ depends on the reading", changed)
    for part in outcome.parts:
        yield from _named(part)


def _listed(title: str, numbers: list[str]) -> Element:
    more = f" … และอีก {len(numbers) - MOST_NAMED:,} and more (--json)" if len(numbers) > MOST_NAMED else ""
    return tag("p", f"{title}: {', '.join(numbers[:MOST_NAMED])}{more}", **{"class": "soft"})


def _monthly(months: Mapping[str, Evaluation]) -> list[Element]:
    if not months:
        return []
    table = tag("table", tag("tr", tag("th", "ที่"), *(tag("th", month_name(month)) for month in months)))
    for outcomes in zip(*(evaluation.all() for evaluation in months.values()), strict=True):
        cells = (tag("td", bare(one), **{"class": CLASSES[one.met]}) for one in outcomes)
        table.append(tag("tr", tag("td", outcomes[0].indicator.number), *cells))
    heading = (tag("h2", "ผลสะสมรายเดือน"), english("As things stood at each month's end"))
    return [*heading, tag("div", table, **{"class": "wide plan"})]


def _work(plan: WorkPlan, progress: Progress, done: Mapping[str, Fraction]) -> Element:
    standing = STANDINGS[progress.standing]
    table = tag(
        "table",
        tag(
            "caption",
            f"{plan.number} {plan.title_th} ",
            tag("small", plan.title_en),
            f" — {figure(progress.actual)} / {points(progress.planned)}: {standing}",
        ),
    )
    planned = plan.planned()
    table.append(tag("tr", tag("th", "เดือน month"), *(tag("th", month_name(month)) for month in plan.months)))
    table.append(
        tag("tr", tag("td", "แผนสะสม planned"), *(tag("td", points(planned.get(month))) for month in plan.months))
    )
    actual = (tag("td", points(done.get(month))) for month in plan.months)
    table.append(tag("tr", tag("td", "ผลสะสม actual"), *actual))
    return table


def _meetings(report: PlanReport) -> Element:
    table = tag(
        "table",
        headings(("วันพฤหัสบดีแรก", "first Thursday"), ("วันประชุม", "held"), ("คำสั่ง", "order"), ("หมายเหตุ", "remark")),
        **{"class": "words"},
    )
    for one in report.meetings:
        held = "งดประชุม not held" if one.held is None else format_date(one.held)
        cells = (format_date(one.usual), held, one.reason, one.closed)
        table.append(tag("tr", *(tag("td", cell) for cell in cells)))
    return table


def _missing(report: PlanReport) -> list[Element]:
    return [
        tag("p", f"ไม่มีแฟ้ม no file {file}: ตัวชี้วัดที่ใช้แฟ้มนี้ไม่มีข้อมูล its indicators have no records", **{"class": "broken"})
        for file in report.year.missing
    ]
