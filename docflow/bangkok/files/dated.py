"""Records without steps, one row a thing that was dated: ceremonies, claims, answers, values, work done, orders."""

from __future__ import annotations

import re
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from docflow.bangkok.files.visits import HOW_MUCH
from docflow.bangkok.office import HOURS, MeetingOrder, first_thursday
from docflow.bangkok.plan import OUTSIDE
from docflow.bangkok.work_plans import WORK_PLANS
from docflow.errors import DateTextError, FileError
from docflow.files.fields import WHOLE
from docflow.iso import latin_digits
from docflow.kpi import Event, Record, Value, Window
from docflow.text import Text
from docflow.thai import fiscal_year, fiscal_year_span
from docflow.workplans import StepProgress

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from fractions import Fraction

    from docflow.files import Folder, Line
    from docflow.letters import Case
    from docflow.workplans import WorkPlan

__all__ = [
    "DATED_FILES",
    "PLAN_FILES",
    "read_ceremonies",
    "read_meeting_orders",
    "read_progress",
    "read_reimbursements",
    "read_reported_values",
    "read_responses",
]

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
PLAN: Final = "กิจกรรม"
STEP: Final = "ขั้นตอน"
ENTERED: Final = "วันที่"
DONE: Final = "ร้อยละของขั้นตอน"
USUAL: Final = "วันตามกำหนด"
MOVED_TO: Final = "วันประชุมจริง"
ORDER: Final = "คำสั่ง"

DATED_FILES: Final = {
    "ceremonies.csv": (NUMBER, "งานพิธี", HELD, "ผู้บริหาร", ATTENDED),
    "reimbursements.csv": (NUMBER, WORKED, CLAIMED, WANTED_BY, "วันที่ส่งคืนแก้ไข", "วันที่เบิกจ่าย"),
    "surveys.csv": (RESPONSE, ANSWERED, COMPLAINT),
    "external-values.csv": (INDICATOR, YEAR, VALUE, MEASURE, TARGET, SOURCE, REPORTED),
}
PLAN_FILES: Final = {
    "work-progress.csv": (PLAN, STEP, ENTERED, DONE),
    "meeting-exceptions.csv": (USUAL, MOVED_TO, ORDER),
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
AFTER_THE_CLAIM: Final = Text(
    "เริ่มหลังวันที่ขอเบิก; โปรดแก้ช่องที่ผิด", "begins after the claim was made; correct whichever is wrong"
)
OVER_ALL: Final = Text("เกินร้อยละ 100; โปรดแก้ค่าหรือหน่วยนับ", "is over 100 percent; correct it, or its unit")
NO_FIRST_THURSDAY: Final = Text(
    "ไม่ใช่วันพฤหัสบดีแรกของเดือน จึงไม่มีการประชุมตามกำหนดในวันนั้น",
    "is not the first Thursday of a month, so no meeting was due on it",
)
ANOTHER_YEAR: Final = Text(
    "อยู่ในปีงบประมาณอื่น; การประชุมเลื่อนได้ภายในปีงบประมาณเดียวกัน",
    "is in another fiscal year; a meeting is moved within its own",
)
NO_SCORE: Final = Text(
    "ไม่ใช่คะแนนในมาตรห้าระดับ; โปรดเขียน 5, 4, 3, 2 หรือ 1 หรือเว้นว่างไว้",
    "is no score of the five-step scale; write 5, 4, 3, 2 or 1, or leave it empty",
)
NO_MONTH: Final = Text("ไม่ใช่เดือน; เขียน เช่น ต.ค. 2562 หรือ 10/2562", "is no month; write it like ต.ค. 2562 or 10/2562")
NO_YEAR: Final = Text(
    "ไม่ใช่ปีงบประมาณ; เขียน เช่น 2563 หรือเว้นว่างไว้", "is no fiscal year; write it like 2563, or leave it empty"
)
PLANS: Final = {plan.number: plan for plan in WORK_PLANS}
_STEP: Final = re.compile("0*([1-9][0-9]?)(?: ?[-–] ?0*([1-9][0-9]?))?")


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
            line.fault(WORKED, "reversed", AFTER_THE_CLAIM)
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
        line.needed(VALUE, Text("ค่าของตัวชี้วัด", "the value"))
        value, target = line.decimal(VALUE), line.decimal(TARGET)
        for column, amount in ((VALUE, value), (TARGET, target)):
            if measure == PERCENT and amount is not None and amount > WHOLE:
                line.fault(column, "unreadable", OVER_ALL)
        source = line.needed(SOURCE, Text("หน่วยงานที่รายงานค่า", "who says so"))
        if number and at is not None:
            line.once(REPORTED, number, at, covers)
        if line.sound and at is not None and value is not None and measure is not None:
            said = Value(value, source=source, unit=measure, covers=covers, target=target)
            yield Record(number, [Event("reported", at)], value=said)


def read_progress(folder: Folder) -> Iterator[StepProgress]:
    """How much of each step of a work plan was done, in order of time; it never becomes less."""
    entered: list[tuple[datetime, Line, StepProgress]] = []
    for line in folder.sheet("work-progress.csv"):
        plan, at = line.one_of(PLAN, PLANS, "unknown"), line.moment(ENTERED)
        step = None if plan is None else _step(line, plan)
        percent = line.percent(DONE) if line.needed(DONE, HOW_MUCH) else None
        if plan is not None and step is not None and at is not None:
            line.once(ENTERED, plan.number, step, at)
            if line.sound and percent is not None:
                entered.append((at, line, StepProgress(plan.number, step, at, percent)))
    most: dict[tuple[str, str], Fraction] = {}
    for _, line, one in sorted(entered, key=itemgetter(0)):  # rows may stand in any order
        before = most.get((one.plan, one.step), one.percent)
        if one.percent < before:
            th = f"น้อยกว่าร้อยละ {float(before):g} ที่กรอกไว้ก่อนหน้า; โปรดแก้ค่าที่ผิด"
            en = f"is less than the {float(before):g} entered before it; correct whichever is wrong"
            line.fault(DONE, "reversed", Text(th, en))
        else:
            most[one.plan, one.step] = one.percent
            yield one


def read_meeting_orders(folder: Folder) -> Iterator[MeetingOrder]:
    """The Governor's orders that move a monthly meeting from its first Thursday, or call it off."""
    for line in folder.sheet("meeting-exceptions.csv"):
        line.needed(USUAL, Text("วันพฤหัสบดีแรกที่คำสั่งกล่าวถึง", "the first Thursday that the order is about"))
        usual, held = line.day(USUAL), line.day(MOVED_TO)
        order = line.needed(ORDER, Text("คำสั่ง", "the order"))
        if usual is not None:
            line.once(USUAL, usual)
            if usual != first_thursday(usual):
                line.fault(USUAL, "unknown", NO_FIRST_THURSDAY)
            elif held is not None and fiscal_year(held) != fiscal_year(usual):
                line.fault(MOVED_TO, "unknown", ANOTHER_YEAR)
        if line.sound and usual is not None:
            yield MeetingOrder(usual, held, order)


def _score(line: Line, item: str) -> int:
    text = line.text(item)
    if _SCORE.fullmatch(text) is None:
        line.fault(item, "unreadable", NO_SCORE)
        return 0
    return int(text[-1])


def _is_item(column: str) -> bool:
    return _ITEM.fullmatch(latin_digits(column)) is not None


def _month(line: Line) -> datetime | None:
    """The beginning of the month in a cell such as "ต.ค. 2562"."""
    if not line.needed(WORKED, Text("เดือน เช่น ต.ค. 2562", "the month, such as ต.ค. 2562")):
        return None
    text = line.text(WORKED)
    try:
        return line.dates.begin(f"1/{text}" if text[0].isdecimal() else f"1 {text}")
    except DateTextError:
        line.fault(WORKED, "unreadable", NO_MONTH)
        return None


def _year(line: Line) -> Window | None:
    """The fiscal year in a cell; None when it is empty."""
    text = line.text(YEAR)
    if text and _YEAR.fullmatch(text) is None:
        line.fault(YEAR, "unreadable", NO_YEAR)
        return None
    return Window(*fiscal_year_span(int(text))) if text else None


def _indicator(line: Line) -> str:
    number = line.name(INDICATOR).replace(" ", "").lower().replace("ก", "a").replace("ข", "b")
    if number and number not in INDICATORS:
        known = ", ".join(INDICATORS)
        th = f"ไม่ใช่ตัวชี้วัดที่ใช้ค่าจากหน่วยงานอื่น; ได้แก่ {known}"
        en = f"is no indicator whose value comes from elsewhere; those are {known}"
        line.fault(INDICATOR, "unknown", Text(th, en))
    return number


def _step(line: Line, plan: WorkPlan) -> str | None:
    match = _STEP.fullmatch(line.text(STEP))
    step = None if match is None else "-".join(number for number in match.groups() if number)
    known = [each.number for each in plan.steps]
    if step not in known:
        th = f"ไม่ใช่ขั้นตอนของแผน {plan.number}; โปรดเขียนข้อใดข้อหนึ่งใน {', '.join(known)}"
        en = f"is no step of the plan {plan.number}; write one of {', '.join(known)}"
        line.fault(STEP, "unreadable" if step is None else "unknown", Text(th, en))
        return None
    return step
