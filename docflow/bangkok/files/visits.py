"""The field-visit database: its file of visits, and its file with a row for each monthly update."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, Self

from attrs import evolve, field, frozen

from docflow.bangkok.workflows import FIELD_VISIT
from docflow.files.fields import WHOLE, no_earlier
from docflow.kpi import Record
from docflow.letters import Letter
from docflow.text import Text
from docflow.thai import format_datetime

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from fractions import Fraction

    from docflow.files import Folder, Line, Sheet
    from docflow.letters import Case

__all__ = ["VISIT_FILES", "FieldVisit", "read_visits"]


@frozen
class FieldVisit(Record):
    """A field visit as the database holds it: a record with its steps, and what the columns of its row say.

    >>> from docflow.bangkok.files import read_records
    >>> visit = read_records("examples/data").records["visits"][0]
    >>> print(visit.number, visit.case.state, visit.progress)
    1/2563 closed 100

    `read_records` makes it. Source: plan, indicator 1.4.
    """

    case: Case = field(kw_only=True)
    """Its passage through `FIELD_VISIT`."""
    project: str = field(kw_only=True)
    """The project visited, and its problem."""
    order: str = field(kw_only=True)
    result: str = field(kw_only=True)
    """What the agency did."""
    progress: Fraction | None = field(kw_only=True)
    """In percent, as last known; None when nobody said."""
    obstacle: str = field(kw_only=True)
    """What keeps the work from going on, as last known."""
    contact: str = field(kw_only=True)
    """Name and telephone of who coordinates."""

    @classmethod
    def of(cls, case: Case, **columns: Any) -> Self:  # noqa: ANN401 - the fields below `case`
        """The record of a case, with what the columns say."""
        return cls(case.number, case.history, ends=case.ends, cancelled=case.cancelled, case=case, **columns)


NUMBER: Final = "เลขที่"
VISITED: Final = "วันเดือนปีการลงพื้นที่"
PROJECT: Final = "โครงการที่ดำเนินการและมีปัญหา/อุปสรรค"
ORDER: Final = "ข้อสั่งการให้ดำเนินการ"
RESULT: Final = "ผลดำเนินการของหน่วยงาน"
PROGRESS: Final = "ความก้าวหน้า (ร้อยละ)"
OBSTACLE: Final = "ปัญหาที่เป็นอุปสรรคขัดขวางไม่ให้งานคืบหน้า"
CONTACT: Final = "ชื่อ/เบอร์ติดต่อ ผู้ประสานงาน"
RECORDED: Final = "วันที่บันทึกในฐานข้อมูล"
UPDATED: Final = "วันที่ปรับปรุง"
VISIT_FILES: Final = {
    "field-visits.csv": (NUMBER, VISITED, PROJECT, ORDER, RESULT, PROGRESS, OBSTACLE, CONTACT, RECORDED),
    "field-visit-updates.csv": (NUMBER, UPDATED, PROGRESS, OBSTACLE),
}
MUST_STAND: Final = (PROJECT, ORDER, RESULT, PROGRESS, OBSTACLE, CONTACT)
"""What the database must say of a visit, beside its date, for the visit to be recorded."""

HOW_MUCH: Final = Text("ร้อยละของงานที่ทำแล้ว", "how much is done, in percent")
NOT_RECORDED: Final = Text(
    f"อยู่ก่อนการบันทึกการลงพื้นที่; โปรดกรอก {RECORDED} และสดมภ์อื่นของการลงพื้นที่ก่อน",
    f"is before the visit was recorded; fill in {RECORDED} and the other columns of the visit first",
)
CLOSED: Final = Text(
    "อยู่หลังการปิดเรื่องที่ร้อยละ 100; โปรดแก้รายการนั้นหรือรายการนี้",
    "comes after the visit was closed at 100 percent; correct that, or this",
)


def read_visits(folder: Folder) -> tuple[FieldVisit, ...]:
    """Every field visit with what was done about it, as last known; done to 100 percent, it is closed.

    A visit with a column left empty is no record of the database whatever its date says: it is noted, and counted as
    one that was not recorded.
    """
    sheet = folder.sheet("field-visits.csv", key=NUMBER, begins=VISITED)
    visits = dict(_visits(sheet))
    dated: list[tuple[datetime, str, Fraction, Line]] = []
    for line in folder.sheet("field-visit-updates.csv"):
        visit, at = sheet.refer(line, NUMBER, visits), line.moment(UPDATED)
        progress = line.percent(PROGRESS) if line.needed(PROGRESS, HOW_MUCH) else None
        if visit is None or at is None:
            continue
        line.once(UPDATED, visit.number, at)
        if line.sound and progress is not None:
            dated.append((at, visit.number, progress, line))
    for at, number, progress, line in sorted(dated, key=itemgetter(0)):  # updates may stand in any order
        visits[number] = _updated(visits[number], line, at, progress)
    return tuple(visits.values())


def _visits(sheet: Sheet) -> Iterator[tuple[str, FieldVisit]]:
    for line in sheet:
        cells, number = line.row.cells, line.number(NUMBER, line.begun(VISITED))
        stamps, progress = line.moments(VISITED, RECORDED), line.percent(PROGRESS)
        if not line.sound:
            continue
        case = FIELD_VISIT.open(Letter(number=number, subject=cells[PROJECT]), at=stamps[VISITED])
        empty = [column for column in MUST_STAND if not cells[column]]
        if empty and RECORDED in stamps:
            line.note(empty[0], _empty(empty[1:]))
        elif RECORDED in stamps:
            case = _after(case, "record", stamps[RECORDED], progress)
        yield (
            number,
            FieldVisit.of(
                case,
                project=cells[PROJECT],
                order=cells[ORDER],
                result=cells[RESULT],
                progress=progress,
                obstacle=cells[OBSTACLE],
                contact=cells[CONTACT],
            ),
        )


def _empty(others: Sequence[str]) -> Text:
    """What a column that stands empty means, with the others that do."""
    named = ", ".join(others)
    th, en = (f" และ {named} ก็ว่าง", f", as do {named}") if others else ("", "")
    return Text(
        f"ว่าง{th}: ถือว่ายังไม่ได้บันทึกการลงพื้นที่; โปรดกรอกเท่าที่ทราบ",
        f"stands empty{en}: the visit counts as not recorded; enter what is known",
    )


def _after(case: Case, trigger: str, at: datetime, progress: Fraction | None) -> Case:
    """The case after a step, and closed when its project is done."""
    case = case.apply(trigger, at=at)
    return case.apply("close", at=at) if progress == WHOLE else case


def _updated(visit: FieldVisit, line: Line, at: datetime, progress: Fraction) -> FieldVisit:
    visited, *later = visit.history
    recorded = later[0].at if later else None
    at = no_earlier(no_earlier(at, visited.at), recorded or visited.at)
    if at < visited.at:
        when = format_datetime(visited.at)
        th = f"อยู่ก่อนการลงพื้นที่ ({when}); โปรดแก้ช่องที่ผิด"
        line.fault(UPDATED, "reversed", Text(th, f"is before the visit, {when}; correct whichever is wrong"))
    elif recorded is None:
        line.fault(UPDATED, "reversed", NOT_RECORDED)
    elif at < recorded:
        when = format_datetime(recorded)
        th = f"อยู่ก่อนการบันทึกการลงพื้นที่ ({when}); โปรดแก้ช่องที่ผิด"
        line.fault(
            UPDATED, "reversed", Text(th, f"is before the visit was recorded, {when}; correct whichever is wrong")
        )
    elif visit.case.is_final:
        line.fault(UPDATED, "unreadable", CLOSED)
    else:
        case, obstacle = _after(visit.case, "follow_up", at, progress), line.row.cells[OBSTACLE] or visit.obstacle
        return evolve(visit, case=case, history=case.history, progress=progress, obstacle=obstacle)
    return visit
