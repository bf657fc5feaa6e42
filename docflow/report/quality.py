"""The quality of the data: how many rows of each file are left out and why, first as counts, then row by row."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, Protocol, runtime_checkable

from docflow.report.blocks import Column, Fold, Grid, Line, Row, Section
from docflow.report.words import excerpt
from docflow.text import NO_WORDS, Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docflow.files import Fault
    from docflow.report.blocks import Block

__all__ = ["FileRead", "faults_grid", "no_file", "quality"]

MOST_FAULTS: Final = 25
HEADING: Final = Text("หัวตาราง", "heading")
"""Of a note about the heading of a frame, which stands in no row."""
KINDS: Final = {
    "unreadable": Text("อ่านไม่ได้", "unreadable"),
    "reversed": Text("ย้อนเวลา", "reversed in time"),
    "duplicate": Text("ซ้ำ", "repeated"),
    "unknown": Text("ไม่รู้จัก", "unknown"),
}


@runtime_checkable
class FileRead(Protocol):
    """What a reader gives for a file, as far as `Report(files=...)` asks for it.

    >>> from docflow.bangkok.files import read_register
    >>> from docflow.report import FileRead
    >>> isinstance(read_register("examples/data/register-2563.csv"), FileRead)
    True
    """

    @property
    def rows(self) -> int:
        """How many rows it has below its headings, without the blank ones."""

    @property
    def faults(self) -> tuple[Fault, ...]:
        """The faults for which rows are left out of every figure."""

    @property
    def notes(self) -> tuple[Fault, ...]:
        """Cells to check, of rows that are counted nevertheless."""


def quality(files: Mapping[str, FileRead], missing: Sequence[str], rest: str) -> Section | None:
    """How many rows every file has, and its faults; None when no file was read."""
    if not files and not missing:
        return None
    out = sum(len({fault.row for fault in read.faults}) for read in files.values())
    rows = sum(read.rows for read in files.values())
    title = Text(
        f"คุณภาพข้อมูล: ไม่นับ {out:,} จาก {rows:,} แถว", f"Quality of the data: {out:,} of {rows:,} rows are left out"
    )
    blocks: list[Block] = [Line(no_file(file), "warning") for file in missing]
    if files:
        blocks.append(_counts(files))
    for file, read in files.items():
        for faults, words in (
            (read.faults, Text("แถวที่ไม่นับ", "rows left out of every figure")),
            (read.notes, Text("ช่องที่ควรตรวจ แต่ยังนับ", "cells to check, their rows are counted")),
        ):
            if faults:
                name = excerpt(file)
                summary = Text(f"{name}: {words.th} ({len(faults):,})", f"{name}: {words.en} ({len(faults):,})")
                blocks.append(Fold(summary, (faults_grid(faults, rest=rest),)))
    return Section(title, tuple(blocks), anchor="data", short=Text("คุณภาพข้อมูล", "Quality of the data"))


def _counts(files: Mapping[str, FileRead]) -> Grid:
    columns = (
        Column(Text("แฟ้ม", "file"), words=True),
        Column(Text("แถว", "rows")),
        Column(Text("ไม่นับ", "left out")),
        Column(Text("เหตุ", "why"), words=True),
        Column(Text("ควรตรวจ", "to check")),
    )
    rows = []
    for file, read in files.items():
        kinds = Counter(fault.kind for fault in read.faults)
        why = [(KINDS.get(kind, Text(kind, kind)), n) for kind, n in kinds.most_common()]
        said = Text(", ".join(f"{words.th} {n}" for words, n in why), ", ".join(f"{n} {words.en}" for words, n in why))
        left = len({fault.row for fault in read.faults})
        rows.append(Row((excerpt(file), f"{read.rows:,}", f"{left:,}", said, f"{len(read.notes):,}")))
    return Grid(columns, tuple(rows))


def faults_grid(faults: Sequence[Fault], *, title: Text = NO_WORDS, rest: str = "") -> Grid:
    """A table of faults by row, 25 at most; `rest` says where all of them stand.

    >>> from docflow.files import Fault
    >>> from docflow.report import faults_grid
    >>> faults_grid([Fault(5, "Received", "unreadable", "is not a date", "soon", number="7/2026")]).rows[0].cells[:4]
    ('5', '7/2026', 'Received', 'soon')

    Where none of them names its record, no column is kept for that.
    """
    more, where = len(faults) - MOST_FAULTS, f" ({rest})" if rest else ""
    some = faults[:MOST_FAULTS]
    named = any(one.number for one in some)
    columns = (
        Column(Text("แถว", "row")),
        *((Column(Text("เลขที่", "number")),) if named else ()),
        Column(Text("สดมภ์", "column"), words=True),
        Column(Text("ข้อความ", "cell"), words=True),
        Column(Text("เหตุ", "why"), words=True),
    )
    rows = [
        Row((_row(one), *((excerpt(one.number or "–"),) if named else ()), one.column, excerpt(one.text), one.words))
        for one in some
    ]
    note = Text(f"… และอีก {more:,} รายการ{where}", f"… {more:,} more{where}") if more > 0 else NO_WORDS
    return Grid(columns, tuple(rows), title=title, note=note)


def _row(fault: Fault) -> Text | str:
    return HEADING if isinstance(fault.row, str) else str(fault.row)


def no_file(file: str) -> Text:
    """That a file was looked for and is not there."""
    return Text(f"! ไม่มีแฟ้ม {file}: ตัวชี้วัดที่ใช้แฟ้มนี้ไม่มีข้อมูล", f"! no file {file}: its indicators have no records")
