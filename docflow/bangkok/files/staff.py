"""The staff, what they were trained in, and how they did in the test: four files make one record a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import define, field

from docflow.bangkok.office import UNITS
from docflow.kpi import Event, Record
from docflow.text import Text
from docflow.thai import format_datetime

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from docflow.files import Folder, Line, Sheet

__all__ = ["STAFF_FILES", "read_staff"]

PERSON: Final = "รหัสบุคลากร"
NAME: Final = "ชื่อ"
UNIT: Final = "ส่วนราชการ"
CAME: Final = "วันที่เริ่มปฏิบัติงาน"
LEFT: Final = "วันที่พ้นจากหน้าที่"
SESSION: Final = "รหัสการอบรม"
COURSE: Final = "หลักสูตร"
HELD: Final = "วันเวลา"
TESTED: Final = "วันเวลาทดสอบ"
SCORE: Final = "คะแนน (ร้อยละ)"
RESULT: Final = "ผล (ผ่าน/ไม่ผ่าน)"

STAFF_FILES: Final = {
    "staff.csv": (PERSON, NAME, UNIT, CAME, LEFT),
    "training-sessions.csv": (SESSION, COURSE, HELD),
    "attendance.csv": (SESSION, PERSON),
    "tests.csv": (PERSON, TESTED, SCORE, RESULT),
}
COURSES: Final = {"การกรองงานหนังสือภายนอก": "attended_exchange", "การจัดทำ QR Code": "attended_qr"}
"""The courses that indicators count (plan, 1.1 B and 1.2), and the state to which attending one leads."""
TESTED_COURSE: Final = "attended_qr"
"""The course after which there is a test; without its file, who attended cannot be judged."""
RESULTS: Final = {"ผ่าน": "passed_qr", "ไม่ผ่าน": "failed_qr"}

NO_UNIT: Final = Text(
    "ไม่ใช่ส่วนราชการตามที่เขียนในทะเบียน; โปรดตรวจตัวสะกด",
    "is no unit of the office as its registers write them; check how it is spelt",
)


@define
class _Person:
    number: str
    unit: str
    came: datetime
    left: datetime | None
    events: list[Event] = field(factory=list)

    def record(self) -> Record:
        left = [Event("left", self.left, self.unit)] if self.left else []
        return Record(self.number, [Event("on_staff", self.came, self.unit), *self.events, *left])


def read_staff(folder: Folder) -> Iterator[Record]:
    """Every person of the staff: when they came, attended training, were tested, and left.

    States are "on_staff", "attended_exchange", "attended_qr", "passed_qr", "failed_qr" and "left"; the unit of each is
    the person's.
    """
    staff, sessions = folder.sheet("staff.csv", key=PERSON), folder.sheet("training-sessions.csv", key=SESSION)
    attendance, tests = folder.sheet("attendance.csv"), folder.sheet("tests.csv")
    people, held = dict(_people(staff)), dict(_sessions(sessions))
    if not {sessions.file, attendance.file} <= folder.sheets.keys():
        return  # nobody can say who was trained
    attended: list[tuple[str, _Person, datetime]] = []
    for line in attendance:
        session = sessions.refer(line, SESSION, held)
        person = staff.refer(line, PERSON, people)
        if session is not None and person is not None:
            number, state, at = session
            line.once(SESSION, number, person.number)
            _check_on_staff(line, SESSION, person, at)
            if line.sound:
                attended.append((state, person, at))
    for state in COURSES.values():  # of training at one moment, in the order of the courses
        for course, person, at in attended:
            if course == state and (course != TESTED_COURSE or tests.file in folder.sheets):
                person.events.append(Event(state, at, person.unit))
    for line in tests:
        _test(line, staff, people)
    for person in people.values():
        yield person.record()


def _people(sheet: Sheet) -> Iterator[tuple[str, _Person]]:
    for line in sheet:
        number = line.number(PERSON)
        unit = line.needed(UNIT, Text("ส่วนราชการ ซึ่งตัวชี้วัดใช้นับ", "the unit; indicators count by it"))
        if unit and unit not in UNITS:
            line.note(UNIT, NO_UNIT)
        stamps = line.moments(CAME, LEFT)
        if line.sound:
            yield number, _Person(number, unit, stamps[CAME], stamps.get(LEFT))


def _sessions(sheet: Sheet) -> Iterator[tuple[str, tuple[str, str, datetime]]]:
    for line in sheet:
        number = line.number(SESSION)
        state = line.one_of(COURSE, COURSES, "unknown")
        at = line.moment(HELD, of_a_day=None)  # or a test on the same day could come before it
        if line.sound and state is not None and at is not None:
            yield number, (number, state, at)


def _test(line: Line, staff: Sheet, people: dict[str, _Person]) -> None:
    person = staff.refer(line, PERSON, people)
    at = line.moment(TESTED, of_a_day=None)
    line.percent(SCORE)  # no figure needs it, but an impossible one makes the result doubtful
    state = line.one_of(RESULT, RESULTS)
    if person is None or at is None:
        return
    line.once(TESTED, person.number, at)
    _check_on_staff(line, TESTED, person, at)
    if line.sound and state is not None:
        person.events.append(Event(state, at, person.unit))


def _check_on_staff(line: Line, column: str, person: _Person, at: datetime) -> None:
    if at < person.came:
        when = format_datetime(person.came)
        th, en = f"ก่อนที่ {person.number} เริ่มปฏิบัติงาน", f"before {person.number} came to the staff"
    elif person.left is not None and at > person.left:
        when = format_datetime(person.left)
        th, en = f"หลังจากที่ {person.number} พ้นจากหน่วยงาน", f"after {person.number} had left the staff"
    else:
        return
    was = format_datetime(at)
    words = Text(f"มีเมื่อ {was} {th} ({when}); โปรดแก้ช่องที่ผิด", f"was {was}, {en}, {when}; correct whichever is wrong")
    line.fault(column, "reversed", words)
