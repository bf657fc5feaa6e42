"""The overview of a workbook: the answer, every indicator beside its target, and how far each is from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docflow.kpi.explanation import unsure
from docflow.report.quality import no_file
from docflow.report.workbook_cells import Column
from docflow.report.workbook_figures import FIGURES, coloured, figures, margin, percent, points
from docflow.report.workbook_values import Link, Shown
from docflow.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from docflow.kpi import Outcome, PlanResult
    from docflow.report.workbook_cells import Area, Book, Sheet
    from docflow.report.workbook_values import Cell

__all__ = ["OVERVIEW", "overview"]

OVERVIEW: Final = Text("ภาพรวม", "Overview")
PERCENT: Final = Text("ร้อยละของเป้าหมาย (100 = พอดี)", "percent of target (100 = just met)")
COLUMNS: Final = (
    Column(Text("ที่", "no."), width=12),
    Column(Text("ตัวชี้วัด", "indicator"), "words", width=46),
    *FIGURES[:4],
    Column(Text("ห่างจากเป้าหมาย (+ ดีกว่า)", "margin to target (+ is better)"), "number", width=13),
    Column(PERCENT, "number", width=14),
    *FIGURES[4:],
)
RESULT_AT, BESIDE = 2, 4
"""Where the figures begin, and after how many of them stand the two columns of this sheet alone."""
PERCENT_AT = 7
CHART_ROWS: Final = 19
MOST_PERCENT: Final = 200
"""Where the chart ends: one that is ten times its target would leave nothing to see of the others."""
LEAST_PERCENT: Final = 110
"""As far as the chart goes at least: where nothing reaches its target, the line of 100 is what there is to see."""
ON_A_PAGE: Final = 40
"""Indicators, as far as they can be read on one page with the chart."""
CHART: Final = Text(
    "ผลเป็นร้อยละของเป้าหมาย: ถึงเส้น 100 หรือเหนือเส้นบรรลุ ใต้เส้นไม่บรรลุ",
    "Results in percent of their targets: at or above the line of 100 is met, below it is not",
)


def overview(book: Book, result: PlanResult, missing: Iterable[str], *, name: str, sheets: Mapping[str, str]) -> None:
    """The first sheet; `sheets` are the names of those on which each indicator stands, by its number."""
    sheet = book.sheet(name, [column.width for column in COLUMNS])
    sheet.line(book.called(result.plan.title), "title")
    sheet.line(book.called(_answer(result)), "answer")
    seen = book.words.moment(result.as_of)
    sheet.line(f"{book.words.days(result.plan.year)} · {book.called(Text('ณ', 'as of'))} {seen}", "soft")
    for year in result.provisional:
        sheet.line(f"! {book.called(unsure(year))}", "warning")
    for file in missing:
        sheet.line(book.called(no_file(file)), "warning")
    heading, outcomes = sheet.at, list(result.all())
    whole = {one.indicator.number for one in result}
    rows = (("row" if one.indicator.number in whole else "part", _row(book, one, sheets)) for one in outcomes)
    area = sheet.table(COLUMNS, rows)
    coloured(book, sheet, area, COLUMNS)
    sheet.filtered(heading, area)
    sheet.page.freeze_panes(area.first, RESULT_AT)
    last = _chart(book, sheet, area, outcomes)
    if len(outcomes) <= ON_A_PAGE:
        sheet.page.fit_to_pages(1, 1)
    sheet.printed(repeated=heading, last=last)


def _answer(result: PlanResult) -> Text:
    """How many targets are met."""
    met = [one.met for one in result if one.target is not None]
    kept, unknown, n = met.count(True), met.count(None), len(met)
    rest = (f" (ยังไม่มีค่า {unknown:,})", f" ({unknown:,} without a value yet)") if unknown else ("", "")
    return Text(f"บรรลุเป้าหมาย {kept:,} จาก {n:,} ตัวชี้วัด{rest[0]}", f"met {kept:,} of {n:,}{rest[1]}")


def _row(book: Book, outcome: Outcome, sheets: Mapping[str, str]) -> tuple[Cell, ...]:
    number, figure = outcome.indicator.number, outcome.figure
    cells = figures(book, figure, outcome.bins)
    beside = (margin(figure), percent(figure))
    title = book.called(outcome.indicator.title)
    return Link(number, sheets[number]), title, *cells[:BESIDE], *beside, *cells[BESIDE:]


def _chart(book: Book, sheet: Sheet, area: Area, outcomes: list[Outcome]) -> int:
    """Each result in percent of its target: what reaches the line of 100 is met. Gives the row where it ends."""
    reached = [one.value for one in (percent(each.figure) for each in outcomes) if isinstance(one, Shown)]
    if not reached:
        return 0
    chart = book.file.add_chart({"type": "column"})
    chart.add_series(
        {
            "name": book.called(PERCENT),
            "categories": [sheet.name, area.first, 0, area.last, 0],
            "values": [sheet.name, area.first, PERCENT_AT, area.last, PERCENT_AT],
            "points": points(one.met for one in outcomes),
            "data_labels": {"value": True, "font": {"size": 8}},
            "gap": 40,
        }
    )
    chart.set_title({"name": book.called(CHART), "name_font": {"size": 12}})
    chart.set_legend({"none": True})
    low, high = max(0, min(*reached, 100) // 10 * 10 - 10), (max(reached) // 10 + 1) * 10
    high = min(MOST_PERCENT, max(LEAST_PERCENT, high))
    chart.set_y_axis({"crossing": 100, "num_format": "0", "min": low, "max": high})
    chart.set_x_axis({"label_position": "low", "num_font": {"size": 9}})
    chart.set_size({"width": 1250, "height": 360})
    sheet.page.insert_chart(sheet.at + 1, 0, chart)
    return sheet.at + CHART_ROWS
