"""The report on letters as a page, and as the sections of a larger one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docflow.bangkok import CAP, FISCAL_YEAR, HANDING_OVER_WINDOW, MEAN_TARGET
from docflow.report.elements import card, document, english, fault_list, headings, soft, tag
from docflow.report.words import READING_NAMES, decimal, excerpt, exclusions, month_name, span_name, strangers
from docflow.thai import format_datetime

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from docflow.kpi import Durations, Readings
    from docflow.report.letters import LetterReport

__all__ = ["letter_page", "letter_sections"]


def letter_page(report: LetterReport) -> str:
    """The whole report on letters as a page."""
    return document(
        "รายงานหนังสือภายนอก ปีงบประมาณ พ.ศ. 2563",
        tag("h1", "รายงานหนังสือภายนอก ปีงบประมาณ พ.ศ. 2563"),
        tag("p", "สำนักงานเลขานุการผู้ว่าราชการกรุงเทพมหานคร"),
        english("Incoming external letters of the Office of the Secretary to the Governor of Bangkok, B.E. 2563"),
        *letter_sections(report),
    )


def letter_sections(report: LetterReport) -> list[Element]:
    """The report on letters, without a title."""
    handing_over, screening = report.indicators.handing_over, report.indicators.screening
    mean, cap_share = handing_over.mean_minutes, handing_over.share_within(CAP)
    register = report.register
    excluded = len({fault.row for fault in register.faults})
    return [
        tag(
            "p",
            f"{excerpt(report.source)}: {register.rows} แถว rows · {len(register.cases)} เรื่อง letters · "
            f"{excluded} แถวไม่นับ rows left out · ณ as of {format_datetime(report.as_of)}",
            **{"class": "soft"},
        ),
        tag(
            "div",
            card(
                "1.5 เวลาเฉลี่ย Mean",
                "–" if mean is None else f"{decimal(mean, apart=MEAN_TARGET.minutes)} นาที",
                f"เป้าหมาย target ≤ {decimal(MEAN_TARGET.minutes)} นาที min",
                kept=None if mean is None else mean <= MEAN_TARGET.minutes,
            ),
            card(
                f"1.5 ภายใน {decimal(CAP.minutes)} นาที Within {decimal(CAP.minutes)} min",
                str(cap_share),
                f"{cap_share.hits} จาก of {cap_share.total} เรื่อง letters, ค้างเกินกำหนดนับว่าช้า open past it = late",
                kept=None,
            ),
            card(
                "1.1 ก ทันเวลา In time",
                str(screening.result.share),
                "เป้าหมาย target 100 %",
                kept=None if screening.result.share.fraction is None else screening.result.share.fraction == 1,
            ),
            **{"class": "cards"},
        ),
        tag("h2", "ตัวชี้วัดที่ 1.5 เวลาเฉลี่ยในการเสนอส่วนราชการที่รับผิดชอบ"),
        english(f"Mean time to hand a letter over: T = (T₁ + … + Tₙ) / N · {span_name(HANDING_OVER_WINDOW)}"),
        _handing_over(report),
        *(soft(line) for line in exclusions(handing_over.excluded)),
        tag("h2", "ตัวชี้วัดที่ 1.1 ก การกลั่นกรองเสนอหัวหน้าสำนักงาน"),
        english(f"Submitted to the Head of Office within 2 working days or 48 hours · {span_name(FISCAL_YEAR)}"),
        _readings(screening),
        tag(
            "p",
            f"{len(screening.changed())} เรื่องที่ผลต่างกันตามวิธีนับ letters whose verdict depends on the reading",
            **{"class": "soft"},
        ),
        *(soft(line) for line in exclusions(screening.result.excluded)),
        *(tag("p", line, **{"class": "broken"}) for line in strangers(report)),
        *fault_list("แถวที่ไม่นับ", "Rows left out of every figure", register.faults),
        *fault_list("ช่องที่อ่านไม่ได้ แต่ยังนับ", "Cells not understood; their letters are counted", register.notes),
    ]


def _handing_over(report: LetterReport) -> Element:
    months = report.months()
    longest = max((part.mean_minutes or 0 for part in months.values() if part), default=0) or 1
    target = decimal(MEAN_TARGET.minutes)
    table = tag(
        "table",
        headings(
            ("เดือน", "month"), ("เรื่อง", "letters"), ("วัดแล้ว", "measured"), ("ค้าง", "open"),
            ("เฉลี่ย (นาที)", "mean (min)"), ("", ""), (f"≤ {target} นาที", "mean kept"),
            (f"ภายใน {decimal(CAP.minutes)} นาที", f"within {decimal(CAP.minutes)} min"),
        ),
    )  # fmt: skip  # a heading a place
    for month, part in months.items():
        table.append(_duration_row(month_name(month), part, float(longest), ""))
    table.append(_duration_row("รวม all", report.indicators.handing_over, 0, "total"))
    return table


def _duration_row(name: str, part: Durations | None, longest: float, role: str) -> Element:
    mean = part.mean_minutes if part else None
    bar = tag("td", **{"class": "bar"})
    kept = mean is not None and mean <= MEAN_TARGET.minutes
    if mean is not None and longest:
        bar.append(tag("div", style=f"width: {100 * float(mean) / longest:.1f}%"))
    mark = "–" if mean is None else "✓" if kept else "✗"
    return tag(
        "tr",
        tag("td", name),
        tag("td", str(part.letters if part else 0)),
        tag("td", str(len(part.measured) if part else 0)),
        tag("td", str(len(part.unfinished) if part else 0)),
        tag("td", "–" if mean is None else decimal(mean, apart=MEAN_TARGET.minutes)),
        bar,
        tag("td", mark, **{"class": "kept" if kept else "broken" if mean is not None else "soft"}),
        tag("td", str(part.share_within(CAP)) if part else "–"),
        **{"class": f"{role} {'kept-mean' if kept else ''}".strip()},
    )


def _readings(readings: Readings) -> Element:
    table = tag(
        "table",
        headings(
            ("วิธีนับ", "reading"), ("ทันเวลา", "within"), ("ล่าช้า", "late"),
            ("ยังไม่ครบกำหนด", "running"), ("ร้อยละ", "percent"),
        ),
    )  # fmt: skip  # a heading a place
    for name, rate in readings.results.items():
        official = name == readings.official
        label = " · ".join((*READING_NAMES[name], *(["ใช้ตัดสิน official"] if official else [])))
        figures = (len(rate.counted), len(rate.late), len(rate.running), rate.share)
        row = tag("tr", tag("td", label), *(tag("td", str(figure)) for figure in figures))
        row.set("class", "official" if official else "")
        table.append(row)
    return table
