"""The receipt register as the office keeps it: one wide row a letter, Thai headings, stamps in every Thai spelling."""

from __future__ import annotations

import re
from sys import intern
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from docflow.bangkok import GENERAL_ADMINISTRATION, INCOMING_EXTERNAL_LETTER
from docflow.errors import DateTextError, LetterError
from docflow.exchange.stamps import stamps_in_order
from docflow.exchange.table_file import Fault, Row, read_table
from docflow.letters import Case, Entry, Letter, Urgency
from docflow.letters.values import name
from docflow.registry import parse_urgency
from docflow.thai import arabic_digits, buddhist_year, parse_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, datetime
    from pathlib import Path

__all__ = ["COLUMNS", "RegisterFile", "read_register"]

NUMBER: Final = "เลขทะเบียนรับ"
REFERENCE: Final = "ที่"
DATED: Final = "ลงวันที่"
SENDER: Final = "จาก"
RECIPIENT: Final = "ถึง"
SUBJECT: Final = "เรื่อง"
URGENCY: Final = "ชั้นความเร็ว"
UNIT: Final = "ส่วนราชการที่รับผิดชอบ"
REMARK: Final = "หมายเหตุ"
STAMPS: Final = {
    "วันเวลารับ (ฝ่ายบริหารงานทั่วไป)": INCOMING_EXTERNAL_LETTER.opening,
    "วันเวลารับ (ส่วนราชการ)": "hand_over",
    "วันเวลากลั่นกรอง": "screen",
    "วันเวลาสรุปเรื่อง": "summarize",
    "วันเวลาเสนอหัวหน้าสำนักงาน": "submit",
}
"""The stamped columns, in the order in which a letter passes them, and the step each one records."""
RECEIPT, TAKEN_OVER, *_ = STAMPS

COLUMNS: Final = (
    NUMBER, REFERENCE, DATED, SENDER, RECIPIENT, SUBJECT, URGENCY,
    RECEIPT, UNIT, *list(STAMPS)[1:], REMARK,
)  # fmt: skip  # as the form has them
_RUNNING_NUMBER: Final = re.compile(r"([0-9]{1,9})(?: ?/ ?(2[0-9]{3}))?")


@frozen
class RegisterFile:
    """What a register file holds: the letters that can be measured, and every fault of the others."""

    cases: tuple[Case, ...] = field(repr=False)
    faults: tuple[Fault, ...]
    """What keeps a row out of every figure."""
    notes: tuple[Fault, ...]
    """Cells that could not be read and that no figure needs: their letters are measured, the cells taken as empty.

    Also a cell of several lines that may have taken a row in, whatever its letter, and columns that nothing reads.
    """
    rows: int
    """How many rows the file has below its headings, blank ones aside; each gave a case or at least one fault."""


def read_register(
    path: str | Path, *, track: Callable[[Iterable[Row]], Iterable[Row]] = lambda rows: rows
) -> RegisterFile:
    """Read a wide receipt register into cases of the incoming-external-letter workflow.

    A row with a fault gives no case: a stamp that cannot be read or does not exist, a step stamped before the one it
    follows or without it, a number used by an earlier row of the same register year. Every fault of a row is listed.
    A letter's own date or urgency that cannot be read is noted, and the letter measured. `track` may wrap the rows
    to show progress. Raises `FileError` when the file as a whole cannot be read.
    """
    cases: list[Case] = []
    faults: list[Fault] = []
    table = read_table(path, COLUMNS)
    notes = table.notes
    used: dict[tuple[int, int], int] = {}
    rows = 0
    for row in track(table.rows):
        rows += 1
        if row.fault is not None:
            faults.append(row.fault)
            continue
        found: list[Fault] = []
        stamps = _stamps(row, found)
        number = _number(row, stamps.get(RECEIPT), used, found)
        _check_unit(row, found)
        faults += found
        if not found:
            cases.append(_case(row, number, stamps, notes))
    return RegisterFile(tuple(cases), tuple(faults), tuple(notes), rows)


def _case(row: Row, number: str, stamps: dict[str, datetime], notes: list[Fault]) -> Case:
    cells = row.cells
    dated = _dated(row, notes)
    urgency, wanted_by = _urgency(row, notes)
    letter = Letter(
        number=number,
        reference=cells[REFERENCE],
        dated=dated,
        sender=intern(cells[SENDER]),
        recipient=intern(cells[RECIPIENT]),
        subject=intern(cells[SUBJECT]),
        unit=intern(cells[UNIT]),
        urgency=urgency,
        wanted_by=wanted_by,
        remark=cells[REMARK],
    )
    unit = {RECEIPT: GENERAL_ADMINISTRATION, TAKEN_OVER: letter.unit or None}
    entries = [Entry(STAMPS[column], at, unit=unit.get(column)) for column, at in stamps.items()]
    return INCOMING_EXTERNAL_LETTER.replay(letter, entries)


def _stamps(row: Row, faults: list[Fault]) -> dict[str, datetime]:
    """The moments of the stamped columns; they must come one after the other, none left out in between."""
    stamps = stamps_in_order(row, tuple(STAMPS), faults)
    if not any(row.cells[column] for column in STAMPS):
        faults.append(row.fault_at(RECEIPT, "unreadable", "is empty; a letter's clock starts with its receipt"))
    return stamps


def _number(row: Row, receipt: datetime | None, used: dict[tuple[int, int], int], faults: list[Fault]) -> str:
    """The receipt number with its register year; a row that uses an earlier row's number is at fault, not the first."""
    text = row.cells[NUMBER]
    match = _RUNNING_NUMBER.fullmatch(arabic_digits(text))
    if match is None:
        reason = "is not a receipt number; write it like 8395/2562" if text else "is empty; number the letter"
        faults.append(row.fault_at(NUMBER, "unreadable", reason))
        return text
    if match[2]:
        year = int(match[2])
    elif receipt is not None:
        year = buddhist_year(receipt)
    else:
        return text  # nobody can say which year's book it belongs to; that the receipt is missing is a fault already
    number = int(match[1])
    first = used.setdefault((year, number), row.number)
    if first != row.number:
        reason = f"was given to row {first} already; a number is used once in a register year"
        faults.append(row.fault_at(NUMBER, "duplicate", reason))
    return f"{number}/{year}"


def _check_unit(row: Row, faults: list[Fault]) -> None:
    try:
        name(row.cells[UNIT])
    except LetterError as error:
        faults.append(row.fault_at(UNIT, "unreadable", error.problem))


def _dated(row: Row, notes: list[Fault]) -> date | None:
    text = row.cells[DATED]
    try:
        return parse_date(text) if text else None
    except DateTextError as error:
        notes.append(row.fault_at(DATED, "unreadable", error.problem))
        return None


def _urgency(row: Row, notes: list[Fault]) -> tuple[Urgency, datetime | None]:
    try:
        return parse_urgency(row.cells[URGENCY])
    except DateTextError as error:
        notes.append(row.fault_at(URGENCY, "unreadable", error.problem))
        return Urgency.ORDINARY, None
