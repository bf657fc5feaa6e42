"""A sheet for each indicator: how its result comes about, month by month, and what other readings would say."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from docflow.kpi.indicators import Figure
from docflow.kpi.words import unit_name
from docflow.report.workbook_cells import STAMPS, Column
from docflow.report.workbook_figures import FIGURES, coloured, figures, points
from docflow.report.workbook_values import clean
from docflow.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from docflow.kpi import Outcome
    from docflow.report.workbook_cells import Area, Book, Sheet
    from docflow.report.workbook_values import Cell

__all__ = ["indicator"]

FIRST: Final = 28
"""The width of the first column, which holds months and the names of readings."""
WIDTHS: Final = (FIRST, *(column.width for column in FIGURES))
MONTH: Final = Column(Text("เดือน", "month"), "month")
READING: Final = Column(Text("วิธีนับ", "reading"), "words")
OFFICIAL: Final = Text(" ★ ใช้ตัดสิน", " ★ decides")
ALL: Final = Text("รวม", "all")
CHART_ROWS: Final = 17
RESULT_AT, TARGET_AT = 1, 3


def indicator(book: Book, outcome: Outcome, *, name: str) -> None:
    """The sheet of an indicator, and on it those of its parts, one below the other."""
    sheet = book.sheet(name, WIDTHS, keep=1)
    for one in outcome:
        _one(book, sheet, one)
    sheet.printed()


def _one(book: Book, sheet: Sheet, outcome: Outcome) -> None:
    first, *lines = outcome.explain(book.language).splitlines()
    below = sum(len(part.explain(book.language).splitlines()) for part in outcome.parts)  # those follow by themselves
    sheet.line(first, "title")
    source = " · ".join(filter(None, (outcome.indicator.source, outcome.indicator.owner)))
    if source:
        sheet.line(source, "soft")
    for each in lines[: len(lines) - below]:
        sheet.line(each, "warning" if each.startswith("! ") else "")
    sheet.at += 1
    if outcome.alternatives:
        columns = (READING, *FIGURES)
        coloured(book, sheet, sheet.table(columns, _readings(book, outcome)), columns)
        sheet.at += 1
    months = outcome.by_month()
    if months:
        columns = (MONTH, *FIGURES)
        area = sheet.table(columns, _months(book, outcome, months))
        coloured(book, sheet, area, columns)
        total = (book.called(ALL), *figures(book, outcome.figure, outcome.bins))
        sheet.row((Column(ALL), *FIGURES), total, "total")
        sheet.at += 1
        if sum(one.value is not None for one in months.values()) > 1:
            _chart(book, sheet, area, outcome, months)
            sheet.at += CHART_ROWS
    sheet.at += 1


def _months(book: Book, outcome: Outcome, months: Mapping[str, Outcome]) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    """Every month of the window, also those in which there was nothing."""
    for month in outcome.window.months():
        found = months.get(month)
        cells = (None,) * len(FIGURES) if found is None else figures(book, found.figure, found.bins)
        yield "row", (date.fromisoformat(f"{month}-01"), *cells)


def _readings(book: Book, outcome: Outcome) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    """What each reading says, the one that decides too."""
    for name, result in outcome.alternatives.items():
        official = name == outcome.indicator.official
        called = book.called(outcome.indicator.called(name)) + (book.called(OFFICIAL) if official else "")
        figure = Figure(result.value, result.unit, outcome.target)
        yield "total" if official else "row", (called, *figures(book, figure, result.bins))


def _chart(book: Book, sheet: Sheet, area: Area, outcome: Outcome, months: Mapping[str, Outcome]) -> None:
    """What came out in each month, and the line of the target."""
    places = {"categories": [sheet.name, area.first, 0, area.last, 0]}
    chart = book.file.add_chart({"type": "column"})
    met = [months[one].met if one in months else None for one in outcome.window.months()]
    chart.add_series(
        {
            **places,
            "name": book.called(FIGURES[0].label),
            "values": [sheet.name, area.first, RESULT_AT, area.last, RESULT_AT],
            "points": points(met),
            "data_labels": {"value": True, "font": {"size": 8}},
            "gap": 60,
        }
    )
    if any(one.target is not None for one in months.values()):
        line = book.file.add_chart({"type": "line"})
        line.add_series(
            {
                **places,
                "name": book.called(FIGURES[2].label),
                "values": [sheet.name, area.first, TARGET_AT, area.last, TARGET_AT],
                "line": {"color": "#404040", "width": 1.5, "dash_type": "dash"},
            }
        )
        chart.combine(line)
        chart.show_blanks_as("span")
    unit = book.called(unit_name(outcome.unit))
    title = f"{outcome.indicator.number} {book.called(FIGURES[0].label)}{f' ({unit})' if unit else ''}"
    chart.set_title({"name": clean(title), "name_font": {"size": 11}})
    chart.set_legend({"position": "bottom", "delete_series": [0]})  # its columns have colours of their own
    below = any(one.value is not None and one.value < 0 for one in months.values())
    chart.set_y_axis({"num_format": "General"} | ({} if below else {"min": 0}))  # columns show how much it is in all
    stamp = STAMPS["month"].said(book.language)
    chart.set_x_axis({"text_axis": True, "num_font": {"size": 9}, "num_format": stamp})
    chart.set_size({"width": 1000, "height": 310})
    sheet.page.insert_chart(sheet.at, 0, chart)
