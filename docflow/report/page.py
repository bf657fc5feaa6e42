"""The report on letters as a page, and as the sections of a larger one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docflow.report.elements import CLASSES, card, document, english, fault_list, headings, soft, tag
from docflow.report.words import (
    amount,
    decimal,
    excerpt,
    exclusions,
    figured,
    goal,
    mark,
    month_name,
    reading_name,
    span_name,
    strangers,
)
from docflow.thai import format_datetime

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from docflow.kpi import Durations, Outcome
    from docflow.report.letters import LetterReport

__all__ = ["letter_page", "letter_sections"]


def letter_page(report: LetterReport) -> str:
    """The whole report on letters as a page."""
    return document(
        f"รายงานหนังสือภายนอก {report.plan.title.th}",
        tag("h1", "รายงานหนังสือภายนอก"),
        tag("p", report.plan.title.th),
        english(f"Incoming external letters. {report.plan.title.en}"),
        *letter_sections(report),
    )


def letter_sections(report: LetterReport) -> list[Element]:
    """The report on letters, without a title."""
    register = report.register
    excluded = len({fault.row for fault in register.faults})
    return [
        tag(
            "p",
            f"{excerpt(report.source)}: {register.rows} แถว rows · {len(register.cases)} เรื่อง letters · "
            f"{excluded} แถวไม่นับ rows left out · ณ as of {format_datetime(report.as_of)}",
            **{"class": "soft"},
        ),
        tag("div", *_cards(report), **{"class": "cards"}),
        *_heading(report.handing_over, report.handing_over.indicator.formula.en),
        _handing_over(report),
        *(soft(line) for line in exclusions(report.durations.excluded)),
        *_heading(report.screening, report.screening.indicator.title.en),
        _readings(report),
        tag(
            "p",
            f"{len(report.readings.changed())} เรื่องที่ผลต่างกันตามวิธีนับ letters whose verdict depends on the reading",
            **{"class": "soft"},
        ),
        *(soft(line) for line in exclusions(report.readings.result.excluded)),
        *(tag("p", line, **{"class": "broken"}) for line in strangers(report)),
        *fault_list("แถวที่ไม่นับ", "Rows left out of every figure", register.faults),
        *fault_list("ช่องที่อ่านไม่ได้ แต่ยังนับ", "Cells not understood; their letters are counted", register.notes),
    ]


def _cards(report: LetterReport) -> list[Element]:
    outcome, share, cap = report.handing_over, report.durations.share_within(report.cap), decimal(report.cap.minutes)
    first, second = outcome.indicator.number, report.screening.indicator.number
    verdict, target = report.readings.result, report.screening_target
    return [
        card(
            f"{first} เวลาเฉลี่ย Mean",
            amount(outcome),
            f"เป้าหมาย target {goal(outcome.target)} นาที min",
            kept=outcome.met,
        ),
        card(
            f"{first} ภายใน {cap} นาที Within {cap} min",
            str(share),
            f"{share.hits} จาก of {share.total} เรื่อง letters, ค้างเกินกำหนดนับว่าช้า open past it = late",
            kept=None,
        ),
        card(
            f"{second} ทันเวลา In time",
            str(verdict.share),
            f"เป้าหมาย target {goal(target)} %",
            kept=None if target is None else target.met(verdict.value),
        ),
    ]


def _heading(outcome: Outcome, words: str) -> tuple[Element, Element]:
    """An indicator's number and name, and below it some words in English and its window."""
    title = tag("h2", f"ตัวชี้วัดที่ {outcome.indicator.number} {outcome.indicator.title.th}")
    return title, english(f"{words} · {span_name(outcome.window)}")


def _handing_over(report: LetterReport) -> Element:
    months = report.months()
    longest = max((part.mean_minutes or 0 for part in months.values() if part), default=0) or 1
    target, cap = goal(report.handing_over.target), decimal(report.cap.minutes)
    table = tag(
        "table",
        headings(
            ("เดือน", "month"), ("เรื่อง", "letters"), ("วัดแล้ว", "measured"), ("ค้าง", "open"),
            ("เฉลี่ย (นาที)", "mean (min)"), ("", ""), (f"{target} นาที", "mean kept"),
            (f"ภายใน {cap} นาที", f"within {cap} min"),
        ),
    )  # fmt: skip  # a heading a place
    for month, part in months.items():
        table.append(_duration_row(report, month_name(month), part, float(longest)))
    table.append(_duration_row(report, "รวม all", report.durations, 0, role="total"))
    return table


def _duration_row(
    report: LetterReport, name: str, part: Durations | None, longest: float, *, role: str = ""
) -> Element:
    mean, target = part.mean_minutes if part else None, report.handing_over.target
    bar = tag("td", **{"class": "bar"})
    kept = None if target is None else target.met(mean)
    if mean is not None and longest:
        bar.append(tag("div", style=f"width: {100 * float(mean) / longest:.1f}%"))
    return tag(
        "tr",
        tag("td", name),
        tag("td", str(part.letters if part else 0)),
        tag("td", str(len(part.measured) if part else 0)),
        tag("td", str(len(part.unfinished) if part else 0)),
        tag("td", figured(mean, target)),
        bar,
        tag("td", mark(kept), **{"class": CLASSES[kept]}),
        tag("td", str(part.share_within(report.cap)) if part else "–"),
        **{"class": f"{role} {'kept-mean' if kept else ''}".strip()},
    )


def _readings(report: LetterReport) -> Element:
    table = tag(
        "table",
        headings(
            ("วิธีนับ", "reading"), ("ทันเวลา", "within"), ("ล่าช้า", "late"),
            ("ยังไม่ครบกำหนด", "running"), ("ร้อยละ", "percent"),
        ),
    )  # fmt: skip  # a heading a place
    for name, rate in report.readings.results.items():
        official = name == report.readings.official
        label = " · ".join((*reading_name(report.screening, name), *(["ใช้ตัดสิน official"] if official else [])))
        figures = (len(rate.counted), len(rate.late), len(rate.running), rate.share)
        row = tag("tr", tag("td", label), *(tag("td", str(figure)) for figure in figures))
        row.set("class", "official" if official else "")
        table.append(row)
    return table
