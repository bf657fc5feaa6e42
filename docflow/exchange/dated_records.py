"""Records without steps: ceremonies, reimbursements, questionnaires, and values that others computed."""

from __future__ import annotations

import re
from datetime import time
from typing import TYPE_CHECKING, Final

from docflow.errors import DateTextError, FileError
from docflow.exchange.record_tables import WHOLE
from docflow.exchange.stamps import read_moment
from docflow.kpi import Event, Reported, Response, Trace, Window
from docflow.thai import arabic_digits, fiscal_year_span

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from docflow.exchange.record_tables import Folder, Line
    from docflow.letters import Case

__all__ = [
    "DATED_FILES",
    "ITEM",
    "read_ceremonies",
    "read_reimbursements",
    "read_reported_values",
    "read_responses",
]

NUMBER: Final = "เลขที่"
HELD: Final = "วันเวลา"
ATTENDED: Final = "ผู้บริหารได้รับการอำนวยความสะดวก"
CLAIM_STEPS: Final = {"วันที่ขอเบิก": "claimed", "วันที่ส่งคืนแก้ไข": "returned", "วันที่เบิกจ่าย": "reimbursed"}
WORKED: Final = "ประจำเดือน"
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
    "reimbursements.csv": (NUMBER, WORKED, "วันที่ขอเบิก", WANTED_BY, "วันที่ส่งคืนแก้ไข", "วันที่เบิกจ่าย"),
    "surveys.csv": (RESPONSE, ANSWERED, COMPLAINT),
    "external-values.csv": (INDICATOR, YEAR, VALUE, MEASURE, TARGET, SOURCE, REPORTED),
}
YES_OR_NO: Final = {"ใช่": True, "ไม่ใช่": False}
CLOSES: Final = time(16, 30)
"""When the office closes (plan, line 486): what is to be done on a day may be done until then."""
PERCENT: Final = "ร้อยละ"
MEASURES: Final = {PERCENT: "%", "คะแนน": "points", "ระดับ": "level"}
INDICATORS: Final = ("2.1", "2.2.1", "2.2.2", "3.1(a)", "3.1(b)", "3.2", "3.3", "4.1", "4.2")
"""The indicators whose values come from other agencies (plan, parts 2 to 4)."""
_YEAR: Final = re.compile("25[0-9]{2}")
_ITEM: Final = re.compile(f"{ITEM}(?:ที่)? ?[0-9]+.*")  # and not ข้อเสนอแนะ, where people write what they like
_SCORE: Final = re.compile("0*[1-5]")


def read_ceremonies(folder: Folder) -> tuple[Trace, ...]:
    """Ceremonies: "held", and "attended" when the executives were attended there."""
    ceremonies = []
    for line in folder.sheet("ceremonies.csv", DATED_FILES["ceremonies.csv"]):
        at, attended = line.moment(HELD), line.one_of(ATTENDED, YES_OR_NO)
        number = line.number(NUMBER, at)
        if line.sound and at is not None:
            events = (Event("held", at), Event("attended", at))
            ceremonies.append(Trace(number, events if attended else events[:1]))
    return tuple(ceremonies)


def read_reimbursements(folder: Folder) -> tuple[Trace, ...]:
    """Overtime meals: the month "worked", "claimed", "returned" when a claim had to be corrected, and "reimbursed".

    A deadline that is a day means when the office closes on it.
    """
    claims = []
    for line in folder.sheet("reimbursements.csv", DATED_FILES["reimbursements.csv"]):
        stamps, worked = line.moments(*CLAIM_STEPS), _month(line)
        number = line.number(NUMBER, stamps.get("วันที่ขอเบิก"))
        wanted_by = line.moment(WANTED_BY, of_a_day=CLOSES)
        claimed = stamps.get("วันที่ขอเบิก")
        if worked is not None and claimed is not None and claimed < worked:
            line.fault(WORKED, "reversed", "begins after the claim was made; correct whichever is wrong")
        if line.sound and worked is not None:
            events = [Event("worked", worked), *(Event(CLAIM_STEPS[column], at) for column, at in stamps.items())]
            claims.append(Trace(number, tuple(events), wanted_by=wanted_by))
    return tuple(claims)


def read_responses(folder: Folder, complaints: Iterable[Case]) -> tuple[Response, ...]:
    """Questionnaires: when each was "answered", and its scores on the five-step scale, 5 the most."""
    known = {case.number: case for case in complaints}
    responses = []
    sheet = folder.sheet("surveys.csv", DATED_FILES["surveys.csv"], also=_item)
    items = frozenset(sheet.columns).difference(DATED_FILES["surveys.csv"])
    if sheet.columns and not items:
        problem = f"has no items; head their columns {ITEM} 1, {ITEM} 2 and so on"
        raise FileError(str(folder.path / "surveys.csv"), problem)
    for line in sheet:
        at = line.moment(ANSWERED)
        number = line.number(RESPONSE, at)
        if line.text(COMPLAINT) and "complaints.csv" in folder.sheets:
            line.refer(COMPLAINT, folder.sheet_of("complaints.csv"), known)
        scores = tuple(_scores(line, items))
        if line.sound and at is not None:
            responses.append(Response(number, (Event("answered", at),), scores=scores))
    return tuple(responses)


def read_reported_values(folder: Folder) -> tuple[Reported, ...]:
    """Values that other agencies computed, each "reported" with who says so, under its indicator's number."""
    values = []
    for line in folder.sheet("external-values.csv", DATED_FILES["external-values.csv"]):
        number, at = _indicator(line), line.moment(REPORTED)
        measure, covers = line.one_of(MEASURE, MEASURES), _year(line)
        line.needed(VALUE, "the value")
        value, target = line.decimal(VALUE), line.decimal(TARGET)
        for column, amount in ((VALUE, value), (TARGET, target)):
            if measure == MEASURES[PERCENT] and amount is not None and amount > WHOLE:
                line.fault(column, "unreadable", "is over 100 percent; correct it, or its unit")
        source = line.needed(SOURCE, "who says so")
        if number and at is not None:
            line.once(REPORTED, number, at, covers)
        if line.sound and at is not None and value is not None and measure is not None:
            history = (Event("reported", at),)
            values.append(
                Reported(number, history, value=value, source=source, unit=measure, covers=covers, target=target)
            )
    return tuple(values)


def _scores(line: Line, items: AbstractSet[str]) -> Iterable[tuple[str, int]]:
    for item in (column for column in line.row.cells if column in items):
        text = line.text(item)
        if _SCORE.fullmatch(text) is None:
            line.fault(
                item, "unreadable", "is no score of the five-step scale; write 5, 4, 3, 2 or 1, or leave it empty"
            )
        else:
            yield item, int(text[-1])


def _item(column: str) -> bool:
    return _ITEM.fullmatch(arabic_digits(column)) is not None


def _month(line: Line) -> datetime | None:
    """The beginning of the month in a cell such as "ต.ค. 2562"."""
    text = line.text(WORKED) if line.needed(WORKED, "the month, such as ต.ค. 2562") else ""
    try:
        return read_moment(f"1 {text}" if text and not text[0].isdecimal() else f"1/{text}") if text else None
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
        line.fault(
            INDICATOR, "unknown", f"is no indicator whose value comes from elsewhere; those are {', '.join(INDICATORS)}"
        )
    return number
