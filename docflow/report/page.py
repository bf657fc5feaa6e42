"""The report as one HTML page that needs nothing else: no script, no font, no picture from elsewhere.

The page is a tree of elements, written out by the standard library, so every text in it is escaped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element, tostring

from docflow.bangkok import CAP, FISCAL_YEAR, HANDING_OVER_WINDOW, MEAN_TARGET
from docflow.report.words import READING_NAMES, decimal, excerpt, exclusions, month_name, span_name, strangers
from docflow.thai import format_datetime

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docflow.exchange import Fault
    from docflow.kpi import Durations, Readings
    from docflow.report.letters import LetterReport

__all__ = ["letter_page"]

STYLE: Final = """
:root { color-scheme: light; --ink: #1d2733; --soft: #5b6875; --line: #d9dfe5;
  --good: #1a7f4b; --bad: #b3372b; --bar: #4c7fb8; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2.5rem 1.5rem; max-width: 62rem; color: var(--ink); background: #fff;
  font: 16px/1.6 "Sarabun", "Noto Sans Thai", "Leelawadee UI", "Thonburi", "Tahoma", sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.4; margin: 0; }
h2 { font-size: 1.15rem; margin: 2.5rem 0 .25rem; }
[lang=en], .soft { color: var(--soft); }
p { margin: .25rem 0; }
.cards { display: flex; flex-wrap: wrap; gap: 1rem; margin: 1.5rem 0; }
.card { flex: 1 1 16rem; border: 1px solid var(--line); border-radius: .5rem; padding: 1rem 1.25rem; }
.card strong { display: block; font-size: 2rem; line-height: 1.3; }
table { border-collapse: collapse; width: 100%; margin: .75rem 0; font-variant-numeric: tabular-nums; }
th, td { padding: .35rem .6rem; border-bottom: 1px solid var(--line); text-align: right; vertical-align: top; }
th { font-weight: 600; }
th small { display: block; font-weight: 400; color: var(--soft); }
th:first-child, td:first-child, .words td, .words th { text-align: left; }
tr.total td, tr.official td { font-weight: 700; background: #f3f6f9; }
td.bar { width: 28%; }
.bar div { height: .8rem; margin-top: .4rem; background: var(--bar); border-radius: 2px; }
.kept { color: var(--good); } .broken { color: var(--bad); }
.kept-mean .bar div { background: var(--good); }
@media print { body { padding: 0; font-size: 12px; } tr { break-inside: avoid; } }
"""


def letter_page(report: LetterReport) -> str:
    """The whole report as a page."""
    handing_over, screening = report.indicators.handing_over, report.indicators.screening
    mean, cap_share = handing_over.mean_minutes, handing_over.share_within(CAP)
    register = report.register
    excluded = len({fault.row for fault in register.faults})
    body = _tag(
        "body",
        _tag("h1", "รายงานหนังสือภายนอก ปีงบประมาณ พ.ศ. 2563"),
        _tag("p", "สำนักงานเลขานุการผู้ว่าราชการกรุงเทพมหานคร"),
        _english("Incoming external letters of the Office of the Secretary to the Governor of Bangkok, B.E. 2563"),
        _tag(
            "p",
            f"{excerpt(report.source)}: {register.rows} แถว rows · {len(register.cases)} เรื่อง letters · "
            f"{excluded} แถวไม่นับ rows left out · ณ as of {format_datetime(report.as_of)}",
            **{"class": "soft"},
        ),
        _tag(
            "div",
            _card(
                "1.5 เวลาเฉลี่ย Mean",
                "–" if mean is None else f"{decimal(mean, apart=MEAN_TARGET.minutes)} นาที",
                f"เป้าหมาย target ≤ {decimal(MEAN_TARGET.minutes)} นาที min",
                kept=None if mean is None else mean <= MEAN_TARGET.minutes,
            ),
            _card(
                f"1.5 ภายใน {decimal(CAP.minutes)} นาที Within {decimal(CAP.minutes)} min",
                str(cap_share),
                f"{cap_share.hits} จาก of {cap_share.total} เรื่อง letters, ค้างเกินกำหนดนับว่าช้า open past it = late",
                kept=None,
            ),
            _card(
                "1.1 ก ทันเวลา In time",
                str(screening.result.share),
                "เป้าหมาย target 100 %",
                kept=None if screening.result.share.fraction is None else screening.result.share.fraction == 1,
            ),
            **{"class": "cards"},
        ),
        _tag("h2", "ตัวชี้วัดที่ 1.5 เวลาเฉลี่ยในการเสนอส่วนราชการที่รับผิดชอบ"),
        _english(f"Mean time to hand a letter over: T = (T₁ + … + Tₙ) / N · {span_name(HANDING_OVER_WINDOW)}"),
        _handing_over(report),
        *(_soft(line) for line in exclusions(handing_over.excluded)),
        _tag("h2", "ตัวชี้วัดที่ 1.1 ก การกลั่นกรองเสนอหัวหน้าสำนักงาน"),
        _english(f"Submitted to the Head of Office within 2 working days or 48 hours · {span_name(FISCAL_YEAR)}"),
        _readings(screening),
        _tag(
            "p",
            f"{len(screening.changed())} เรื่องที่ผลต่างกันตามวิธีนับ letters whose verdict depends on the reading",
            **{"class": "soft"},
        ),
        *(_soft(line) for line in exclusions(screening.result.excluded)),
        *(_tag("p", line, **{"class": "broken"}) for line in strangers(report)),
        *_faults("แถวที่ไม่นับ", "Rows left out of every figure", register.faults),
        *_faults("ช่องที่อ่านไม่ได้ แต่ยังนับ", "Cells not understood; their letters are counted", register.notes),
    )
    head = _tag(
        "head",
        _tag("meta", charset="utf-8"),
        _tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        _tag("title", "รายงานหนังสือภายนอก ปีงบประมาณ พ.ศ. 2563"),
        _tag("style", STYLE),
    )
    page = tostring(_tag("html", head, body, lang="th"), encoding="unicode", method="html")
    return f"<!doctype html>\n{page}\n"


def _handing_over(report: LetterReport) -> Element:
    months = report.months()
    longest = max((part.mean_minutes or 0 for part in months.values() if part), default=0) or 1
    target = decimal(MEAN_TARGET.minutes)
    table = _tag(
        "table",
        _headings(
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
    bar = _tag("td", **{"class": "bar"})
    kept = mean is not None and mean <= MEAN_TARGET.minutes
    if mean is not None and longest:
        bar.append(_tag("div", style=f"width: {100 * float(mean) / longest:.1f}%"))
    mark = "–" if mean is None else "✓" if kept else "✗"
    return _tag(
        "tr",
        _tag("td", name),
        _tag("td", str(part.letters if part else 0)),
        _tag("td", str(len(part.measured) if part else 0)),
        _tag("td", str(len(part.unfinished) if part else 0)),
        _tag("td", "–" if mean is None else decimal(mean, apart=MEAN_TARGET.minutes)),
        bar,
        _tag("td", mark, **{"class": "kept" if kept else "broken" if mean is not None else "soft"}),
        _tag("td", str(part.share_within(CAP)) if part else "–"),
        **{"class": f"{role} {'kept-mean' if kept else ''}".strip()},
    )


def _readings(readings: Readings) -> Element:
    table = _tag(
        "table",
        _headings(
            ("วิธีนับ", "reading"), ("ทันเวลา", "within"), ("ล่าช้า", "late"),
            ("ยังไม่ครบกำหนด", "running"), ("ร้อยละ", "percent"),
        ),
    )  # fmt: skip  # a heading a place
    for name, rate in readings.results.items():
        official = name == readings.official
        label = " · ".join((*READING_NAMES[name], *(["ใช้ตัดสิน official"] if official else [])))
        figures = (len(rate.counted), len(rate.late), len(rate.running), rate.share)
        row = _tag("tr", _tag("td", label), *(_tag("td", str(figure)) for figure in figures))
        row.set("class", "official" if official else "")
        table.append(row)
    return table


def _faults(title: str, english: str, faults: Iterable[Fault]) -> list[Element]:
    faults = tuple(faults)
    if not faults:
        return []
    table = _tag(
        "table",
        _headings(("แถว", "row"), ("สดมภ์", "column"), ("ข้อความ", "cell"), ("เหตุ", "why")),
        *(
            _tag(
                "tr", *(_tag("td", text) for text in (str(fault.row), fault.column, excerpt(fault.text), fault.reason))
            )
            for fault in faults
        ),
        **{"class": "words"},
    )
    return [_tag("h2", title), _english(english), table]


def _card(title: str, figure: str, note: str, *, kept: bool | None) -> Element:
    role = {None: "", True: "kept", False: "broken"}[kept]
    return _tag(
        "div",
        _tag("div", title),
        _tag("strong", figure, **{"class": role}),
        _tag("div", note, **{"class": "soft"}),
        **{"class": "card"},
    )


def _headings(*pairs: tuple[str, str]) -> Element:
    return _tag("tr", *(_tag("th", thai, _tag("small", english)) for thai, english in pairs))


def _soft(text: str) -> Element:
    return _tag("p", text, **{"class": "soft"})


def _english(text: str) -> Element:
    return _tag("p", text, lang="en")


def _tag(name: str, /, *children: Element | str, **attributes: str) -> Element:
    element = Element(name, attributes)
    for child in children:
        if isinstance(child, Element):
            element.append(child)
        elif len(element):
            element[-1].tail = (element[-1].tail or "") + child
        else:
            element.text = (element.text or "") + child
    return element
