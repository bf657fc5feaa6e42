"""The field-visit database: one row a visit with the plan's six columns, and a row for each monthly update."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Final

from attrs import define, field

from docflow.bangkok import FIELD_VISIT, FieldVisit
from docflow.exchange.record_tables import WHOLE
from docflow.exchange.stamps import MIDNIGHT
from docflow.letters import Entry, Letter
from docflow.thai import format_datetime

if TYPE_CHECKING:
    from datetime import datetime
    from fractions import Fraction

    from docflow.exchange.record_tables import Folder, Line, Sheet

__all__ = ["VISIT_FILES", "read_visits"]

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


@define
class _Visit:
    cells: dict[str, str]
    number: str
    progress: Fraction | None
    obstacle: str
    entries: list[Entry] = field(factory=list)
    recorded: datetime | None = None
    done: bool = False

    def step(self, trigger: str, at: datetime) -> None:
        """Write a step down, and that the visit is closed when its project is done."""
        self.entries.append(Entry(trigger, at))
        if self.progress == WHOLE:
            self.entries.append(Entry("close", at))
            self.done = True

    def value(self) -> FieldVisit:
        project = self.cells[PROJECT]
        return FieldVisit(
            case=FIELD_VISIT.replay(Letter(number=self.number, subject=project), self.entries),
            project=project,
            order=self.cells[ORDER],
            result=self.cells[RESULT],
            progress=self.progress,
            obstacle=self.obstacle,
            contact=self.cells[CONTACT],
        )


def read_visits(folder: Folder) -> tuple[FieldVisit, ...]:
    """Every field visit with what was done about it, as last known; done to 100 percent, it is closed.

    A visit with a column left empty is no record of the database whatever its date says: it is noted, and counted as
    one that was not recorded.
    """
    rows, updates = (
        folder.sheet(file, columns, key=NUMBER if file == "field-visits.csv" else "", begins=VISITED)
        for file, columns in VISIT_FILES.items()
    )
    visits = _visits(rows)
    dated: list[tuple[datetime, Line, _Visit, Fraction]] = []
    for line in updates:
        visit = line.refer(NUMBER, rows, visits)
        at = line.moment(UPDATED)
        progress = line.percent(PROGRESS) if line.needed(PROGRESS, "how much is done, in percent") else None
        if visit is None or at is None:
            continue
        line.once(UPDATED, visit.number, at)
        if line.sound and progress is not None:
            dated.append((at, line, visit, progress))
    for at, line, visit, progress in sorted(dated, key=itemgetter(0)):  # updates may stand in any order
        _update(visit, line, at, progress)
    return tuple(visit.value() for visit in visits.values())


def _visits(sheet: Sheet) -> dict[str, _Visit]:
    visits = {}
    for line in sheet:
        number = line.number(NUMBER, line.begun(VISITED))
        stamps = line.moments(VISITED, RECORDED)
        visit = _Visit(line.row.cells, number, line.percent(PROGRESS), line.row.cells[OBSTACLE])
        if not line.sound:
            continue
        visits[number] = visit
        visit.entries.append(Entry("visit", stamps[VISITED]))
        empty = [column for column in MUST_STAND if not line.row.cells[column]]
        if empty and RECORDED in stamps:
            others = f", as do {', '.join(empty[1:])}" if empty[1:] else ""
            line.note(empty[0], f"stands empty{others}: the visit counts as not recorded; enter what is known")
        elif RECORDED in stamps:
            visit.recorded = stamps[RECORDED]
            visit.step("record", stamps[RECORDED])
    return visits


def _update(visit: _Visit, line: Line, at: datetime, progress: Fraction) -> None:
    visited = visit.entries[0].at
    for earlier in (visited, visit.recorded):  # a day without a time is no earlier than what it is the day of
        if earlier is not None and at.time() == MIDNIGHT and at.date() == earlier.date():
            at = max(at, earlier)
    if at < visited:
        wrong = f"is before the visit, {format_datetime(visited)}; correct whichever is wrong"
    elif visit.recorded is None:
        wrong = f"is before the visit was recorded; fill in {RECORDED} and the other columns of the visit first"
    elif at < visit.recorded:
        wrong = f"is before the visit was recorded, {format_datetime(visit.recorded)}; correct whichever is wrong"
    elif visit.done:
        line.fault(UPDATED, "unreadable", "comes after the visit was closed at 100 percent; correct that, or this")
        return
    else:
        visit.progress = progress
        visit.obstacle = line.row.cells[OBSTACLE] or visit.obstacle
        visit.step("follow_up", at)
        return
    line.fault(UPDATED, "reversed", wrong)
