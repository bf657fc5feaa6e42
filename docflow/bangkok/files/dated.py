"""Records without steps: ceremonies, reimbursements, questionnaires, and values that others computed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from docflow.bangkok.office import HOURS
from docflow.bangkok.outside import OUTSIDE
from docflow.errors import DateTextError, FileError
from docflow.files.fields import WHOLE
from docflow.iso import latin_digits
from docflow.kpi import Event, Record, Value, Window
from docflow.thai import fiscal_year_span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from docflow.files import Folder, Line
    from docflow.letters import Case

__all__ = ["DATED_FILES", "ITEM", "read_ceremonies", "read_reimbursements", "read_reported_values", "read_responses"]

NUMBER: Final = "เลขที่"
HELD: Final = "วันเวลา"
ATTENDED: Final = "ผู้บริหารได้รับการอำนวยความสะดวก"
WORKED: Final = "ประจำเดือน"
CLAIMED: Final = "วันที่ขอเบิก"
CLAIM_STEPS: Final = {CLAIMED: "claimed", "วันที่ส่งคืนแก้ไข": "returned", "วันที่เบิกจ่าย": "reimbursed"}
WANTED_BY: Final = "กำหนดแล้วเสร็จ"
RESPONSE: Final = "เลขแบบสอบถาม"
ANSWERED: Final = "วันที่ตอบ"
COMPLAINT: Final = "เลขรับเรื่อง"
ITEM: Final = "ข้อ"
"""What the heading of every item of the questionnaire begins with, before its number."""
INDICATOR: Final = "ตัวชี้วัด"
YEAR: Final = "ปีงบประมาณ"
VALUE: Final = "ค่า"
MEASURE: Final = "หน่วยนับ"
TARGET: Final = "ค่าเป้าหมาย"
SOURCE: Final = "แหล่งที่มา"
REPORTED: Final = "วันที่"

DATED_FILES: Final = {
    "ceremonies.csv": (NUMBER, "งานพิธี", HELD, "ผู้บริหาร", ATTENDED),
    "reimbursements.csv": (NUMBER, WORKED, CLAIMED, WANTED_BY, "วันที่ส่งคืนแก้ไข", "วันที่เบิกจ่าย"),
    "surveys.csv": (RESPONSE, ANSWERED, COMPLAINT),
    "external-values.csv": (INDICATOR, YEAR, VALUE, MEASURE, TARGET, SOURCE, REPORTED),
}
YES_OR_NO: Final = {"ใช่": ("held", "attended"), "ไม่ใช่": ("held",)}
CLOSES: Final = HOURS.closes
"""What is to be done on a day may be done until the office closes."""
PERCENT: Final = "%"
MEASURES: Final = {"ร้อยละ": PERCENT, "คะแนน": "points", "ระดับ": "level"}
INDICATORS: Final = [one.number for one in OUTSIDE]
_YEAR: Final = re.compile("25[0-9]{2}")
_ITEM: Final = re.compile(f"{ITEM}(?:ที่)? ?[0-9]+.*")  # and not ข้อเสนอแนะ, where people write what they like
_SCORE: Final = re.compile("0*[1-5]")


def read_ceremonies(folder: Folder) -> Iterator[Record]:
    """Ceremonies: "held", and "attended" when the executives were attended there."""
    for line in folder.sheet("ceremonies.csv"):
        at, states = line.moment(HELD), line.one_of(ATTENDED, YES_OR_NO)
        number = line.number(NUMBER, at)
        if line.sound and at is not None and states is not None:
            yield Record(number, [Event(state, at) for state in states])


def read_reimbursements(folder: Folder) -> Iterator[Record]:
    """Overtime meals: the month "worked", "claimed", "returned" when a claim had to be corrected, and "reimbursed".

    A deadline that is a day means when the office closes on it.
    """
    for line in folder.sheet("reimbursements.csv"):
        stamps, worked = line.moments(*CLAIM_STEPS), _month(line)
        claimed = stamps.get(CLAIMED)
        number = line.number(NUMBER, claimed)
        wanted_by = line.moment(WANTED_BY, of_a_day=CLOSES)
        if worked is not None and claimed is not None and claimed < worked:
            line.fault(WORKED, "reversed", "begins after the claim was made; correct whichever is wrong")
        if line.sound and worked is not None:
            events = [Event("worked", worked), *(Event(CLAIM_STEPS[column], at) for column, at in stamps.items())]
            yield Record(number, events, wanted_by=wanted_by)


def read_responses(folder: Folder, complaints: Iterable[Case]) -> Iterator[Record]:
    """Questionnaires: when each was "answered", and its scores on the five-step scale, 5 the most."""
    known = {case.number: case for case in complaints}
    sheet = folder.sheet("surveys.csv", also=_is_item)
    items = frozenset(sheet.columns).difference(DATED_FILES["surveys.csv"])
    if sheet.columns and not items:
        problem = f"has no items; head their columns {ITEM} 1, {ITEM} 2 and so on"
        raise FileError(str(folder.path / "surveys.csv"), problem)
    for line in sheet:
        at = line.moment(ANSWERED)
        number = line.number(RESPONSE, at)
        if line.text(COMPLAINT) and "complaints.csv" in folder.sheets:
            folder.sheet("complaints.csv").refer(line, COMPLAINT, known)
        scores = [(item, _score(line, item)) for item in line.row.cells if item in items]
        if line.sound and at is not None:
            yield Record(number, [Event("answered", at)], scores=scores)


def read_reported_values(folder: Folder) -> Iterator[Record]:
    """Values that other agencies computed, each "reported" with who says so, under its indicator's number."""
    for line in folder.sheet("external-values.csv"):
        number, at = _indicator(line), line.moment(REPORTED)
        measure, covers = line.one_of(MEASURE, MEASURES), _year(line)
        line.needed(VALUE, "the value")
        value, target = line.decimal(VALUE), line.decimal(TARGET)
        for column, amount in ((VALUE, value), (TARGET, target)):
            if measure == PERCENT and amount is not None and amount > WHOLE:
                line.fault(column, "unreadable", "is over 100 percent; correct it, or its unit")
        source = line.needed(SOURCE, "who says so")
        if number and at is not None:
            line.once(REPORTED, number, at, covers)
        if line.sound and at is not None and value is not None and measure is not None:
            said = Value(value, source=source, unit=measure, covers=covers, target=target)
            yield Record(number, [Event("reported", at)], value=said)


def _score(line: Line, item: str) -> int:
    text = line.text(item)
    if _SCORE.fullmatch(text) is None:
        wrong = "is no score of the five-step scale; write 5, 4, 3, 2 or 1, or leave it empty"
        line.fault(item, "unreadable", wrong)
        return 0
    return int(text[-1])


def _is_item(column: str) -> bool:
    return _ITEM.fullmatch(latin_digits(column)) is not None


def _month(line: Line) -> datetime | None:
    """The beginning of the month in a cell such as "ต.ค. 2562"."""
    if not line.needed(WORKED, "the month, such as ต.ค. 2562"):
        return None
    text = line.text(WORKED)
    try:
        return line.dates.begin(f"1/{text}" if text[0].isdecimal() else f"1 {text}")
    except DateTextError:
        line.fault(WORKED, "unreadable", "is no month; write it like ต.ค. 2562 or 10/2562")
        return None


def _year(line: Line) -> Window | None:
    """The fiscal year in a cell; None when it is empty."""
    text = line.text(YEAR)
    if text and _YEAR.fullmatch(text) is None:
        line.fault(YEAR, "unreadable", "is no fiscal year; write it like 2563, or leave it empty")
        return None
    return Window(*fiscal_year_span(int(text))) if text else None


def _indicator(line: Line) -> str:
    number = line.name(INDICATOR).replace(" ", "").lower().replace("ก", "a").replace("ข", "b")
    if number and number not in INDICATORS:
        wrong = f"is no indicator whose value comes from elsewhere; those are {', '.join(INDICATORS)}"
        line.fault(INDICATOR, "unknown", wrong)
    return number
