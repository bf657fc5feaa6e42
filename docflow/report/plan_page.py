"""The yearly report on a whole plan as one page: every indicator with its formula filled in, and the work plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docflow.kpi.words import BINS, figure
from docflow.report.elements import document, english, fault_list, headings, tag
from docflow.report.page import letter_sections
from docflow.report.words import STANDINGS, amount, goal, mark, month_name, points
from docflow.thai import format_date, format_datetime

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from docflow.kpi import Outcome, Progress, WorkPlan
    from docflow.report.letters import LetterReport
    from docflow.report.plan import PlanReport

__all__ = ["plan_page"]


def plan_page(report: PlanReport, letters: LetterReport) -> str:
    """The whole report as a page."""
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
        tag("h2", "ผลการดำเนินงานตามตัวชี้วัด"),
        english("Results by indicator"),
        tag("div", _outcomes(report), **{"class": "wide"}),
        tag("h2", "สูตรและที่มาของผล"),
        english("How each result comes about"),
        *(_explanation(one) for one in report.evaluation),
        tag("h2", "ความก้าวหน้าของแผนปฏิบัติงาน"),
        english("Progress of the work plans, in percent of the whole"),
        *(tag("div", _work(*one), **{"class": "wide"}) for one in report.work),
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
        tag("td", goal(outcome)),
        tag("td", mark(met), **{"class": {True: "kept", False: "broken", None: "soft"}[met]}),
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
    )


def _work(plan: WorkPlan, progress: Progress) -> Element:
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
