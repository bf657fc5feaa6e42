"""The lists of a workbook: every observation of every indicator, and every fault of the files."""

from __future__ import annotations

from datetime import date, datetime
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

from docflow.kpi import Bin
from docflow.kpi.rows import OBSERVED, observed
from docflow.kpi.words import BINS
from docflow.report.quality import HEADING
from docflow.report.work import SCHEDULE
from docflow.report.workbook_cells import Column
from docflow.report.workbook_figures import FIGURES, coloured, figures
from docflow.report.workbook_values import shown, width_of
from docflow.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from docflow.kpi import Outcome, PlanResult
    from docflow.report.quality import FileRead
    from docflow.report.work import WorkDone
    from docflow.report.workbook_cells import Area, Book, Kind, Sheet
    from docflow.report.workbook_values import Cell

__all__ = ["faults", "months", "records", "work"]

RECORDS: Final = Text("รายการ", "Records")
FAULTS: Final = Text("ข้อบกพร่องของแฟ้ม", "Faults")
MONTHS: Final = Text("ผลสะสมรายเดือน", "By month")
WORK: Final = Text("แผนปฏิบัติงาน", "Work plans")
MOST_ROWS: Final = 1_048_575
"""Below the headings."""
AT_ONCE: Final = 1_000
"""Observations that are in the memory at one time, and rows that say how wide a column is."""
WIDEST, NARROWEST = 60, 9
STAMP_WIDTH: Final = 20
FILTER_WIDTH: Final = 2
"""The button beside a heading."""
KINDS: Final[dict[type, Kind]] = {str: "text", int: "count", datetime: "moment", float: "exact"}
OBSERVATION_COLUMNS: Final = (
    Column(Text("ตัวชี้วัด", "indicator")),
    *(Column(Text(label.th, label.en.replace("_", " ")), KINDS[kind]) for label, kind in OBSERVED.items()),
)
BIN_AT: Final = 3
FAULT_COLUMNS: Final = (
    Column(Text("แฟ้ม", "file")),
    Column(Text("แถว", "row"), "count"),
    Column(Text("เลขที่", "number")),
    Column(Text("สดมภ์", "column")),
    Column(Text("ชนิด", "kind")),
    Column(Text("ผลต่อตัวเลข", "what it does")),
    Column(Text("เหตุ", "why"), "words"),
    Column(Text("ข้อความในช่อง", "text of the cell")),
)
FAULT_KINDS: Final = {
    "unreadable": Text("อ่านไม่ได้", "unreadable"),
    "reversed": Text("ลำดับเวลากลับกัน", "reversed"),
    "duplicate": Text("เลขซ้ำ", "duplicate"),
    "unknown": Text("ไม่รู้จัก", "unknown"),
    "doubtful": Text("น่าสงสัย", "doubtful"),
    "unread": Text("ไม่มีตัวชี้วัดใดใช้", "unread"),
}
LEFT_OUT: Final = Text("ไม่นับแถวนี้", "row left out")
COUNTED: Final = Text("ควรตรวจ แต่ยังนับ", "to check, still counted")
MONTH_COLUMNS: Final = (
    Column(Text("สิ้นเดือน", "month's end"), "month"),
    Column(Text("ที่", "no.")),
    Column(Text("ตัวชี้วัด", "indicator")),
    *FIGURES[:-1],
)
"""Without what is excluded, among which are the records that had not come yet."""
WORK_COLUMNS: Final = (
    Column(Text("แผน", "plan")),
    Column(Text("กิจกรรม", "activity")),
    Column(Text("ผู้รับผิดชอบ", "owner")),
    Column(Text("แผนสะสม (%)", "planned (%)"), "number"),
    Column(Text("ผลสะสม (%)", "earned (%)"), "number"),
    Column(Text("ต่างจากแผน", "variance"), "number"),
    Column(Text("สถานะ", "schedule")),
)


def records(book: Book, outcomes: Iterable[Outcome]) -> None:
    """One row for each observation of each indicator that reads records; what is too long goes on on another sheet."""
    rows = chain.from_iterable(_observed(book, one) for one in outcomes if one.result is not None)
    bad = [book.called(BINS[each]) for each in (Bin.LATE, Bin.MISSED)]
    for sheet, area in _listed(book, RECORDS, OBSERVATION_COLUMNS, rows):
        sheet.judged(area, BIN_AT, book.called(BINS[Bin.COUNTED]), *bad)


def _observed(book: Book, outcome: Outcome) -> Iterator[tuple[Cell, ...]]:
    result, number = outcome.result, outcome.indicator.number
    assert result is not None  # noqa: S101 - for the type checker
    span, seen = result.measure.span, iter(result.observations)
    stamps = [place for place, kind in enumerate(OBSERVED.values(), 1) if kind is datetime]
    while some := list(islice(seen, AT_ONCE)):
        table = observed(some, result.context, span=span, language=book.language, known=outcome.indicator.words)
        for row in table.rows:
            cells = [number, *row]
            for place in stamps:
                if cells[place] is not None:
                    cells[place] = book.wall(cells[place])
            yield tuple(cells)


def faults(book: Book, files: Mapping[str, FileRead]) -> None:
    """One row for each fault of each file: what keeps a row out of every figure, and what is to be checked."""
    found = (
        (
            one.file or file,
            book.called(HEADING) if isinstance(one.row, str) else one.row,
            one.number,
            one.column,
            book.called(FAULT_KINDS.get(one.kind, one.kind)),
            book.called(said),
            one.words.said(book.language),
            one.text,
        )
        for file, read in files.items()
        for said, some in ((LEFT_OUT, read.faults), (COUNTED, read.notes))
        for one in some
    )
    for _ in _listed(book, FAULTS, FAULT_COLUMNS, found):
        pass


def work(book: Book, plans: Iterable[WorkDone]) -> None:
    """How the work plans stand, one a row."""
    rows = (
        (
            one.plan.number,
            book.called(one.plan.title),
            one.plan.owner,
            shown(one.progress.planned),
            shown(one.progress.earned, *(() if one.progress.planned is None else (one.progress.planned,))),
            shown(one.progress.variance),
            book.called(SCHEDULE[one.progress.schedule]),
        )
        for one in plans
    )
    for _ in _listed(book, WORK, WORK_COLUMNS, rows):
        pass


def months(book: Book, ends: Mapping[str, PlanResult]) -> None:
    """How every indicator stood when each month was over, one a row."""
    rows = (
        (
            date.fromisoformat(f"{month}-01"),
            one.indicator.number,
            book.called(one.indicator.title),
            *figures(book, one.figure, one.bins)[:-1],
        )
        for month, result in ends.items()
        for one in result.all()
    )
    for sheet, area in _listed(book, MONTHS, MONTH_COLUMNS, rows):
        coloured(book, sheet, area, MONTH_COLUMNS)


def _listed(
    book: Book, title: Text, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]
) -> Iterator[tuple[Sheet, Area]]:
    """The sheets over which a list goes, one at least."""
    left = iter(rows)
    some = list(islice(left, min(AT_ONCE, MOST_ROWS)))
    while True:
        widths = [_width(book, column, [row[place] for row in some]) for place, column in enumerate(columns)]
        sheet = book.sheet(book.named(book.called(title)), widths, keep=1)
        here = chain(some, islice(left, MOST_ROWS - len(some)))
        area = sheet.table(columns, (("", row) for row in here))
        sheet.filtered(0, area)
        sheet.printed(repeated=0)
        yield sheet, area
        some = list(islice(left, min(AT_ONCE, MOST_ROWS)))
        if not some:
            return


def _width(book: Book, column: Column, cells: Iterable[Cell]) -> int:
    """How wide a column is, by its first cells; its heading may wrap."""
    if column.kind == "moment":
        return STAMP_WIDTH
    words = [width_of(one) for one in cells if isinstance(one, str)]
    heading = max(width_of(one) for one in book.called(column.label).split() or [""])
    return min(max(NARROWEST, heading + FILTER_WIDTH, *words, 0) + 1, WIDEST)
