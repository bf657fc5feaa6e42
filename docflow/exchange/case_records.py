"""Registers of what has steps, one row a case: internal letters, complaints, certificates, council documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docflow.bangkok import COMPLAINT, COUNCIL_DOCUMENTS, INTERNAL_LETTER, SALARY_CERTIFICATE
from docflow.errors import RefusedError
from docflow.letters import Entry, Letter, Origin

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from docflow.exchange.record_tables import Folder, Line, Sheet
    from docflow.letters import Case, Workflow

__all__ = [
    "CASE_FILES",
    "read_certificates",
    "read_complaints",
    "read_council_documents",
    "read_internal_letters",
    "replayed",
]

SUBJECT: Final = "เรื่อง"
SENDER: Final = "จาก"
LETTER_NUMBER: Final = "เลขทะเบียนรับ"
LETTER_STEPS: Final = {
    "วันเวลารับ": "receive",
    "วันเวลาตรวจ": "screen",
    "วันเวลาส่งคืนแก้ไข": "return_for_correction",
    "วันเวลารับคืน": "receive_corrected",
    "วันเวลาตรวจซ้ำ": "screen",
    "วันเวลาเสนอผู้ว่าราชการ": "submit",
    "วันเวลาส่งกลับ": "send_back",
    "วันเวลาเสนอใหม่": "submit",
    "วันเวลาลงนาม": "sign",
}
COMPLAINT_NUMBER: Final = "เลขรับเรื่อง"
COMPLAINT_STEPS: Final = {
    "วันเวลารับเรื่อง": "receive",
    "วันเวลาประสานนัดหมาย": "coordinate",
    "วันเวลาลงพื้นที่": "inspect",
    "วันเวลาเสนอผู้บริหาร": "submit",
    "วันเวลาสั่งการ": "order",
    "วันเวลาส่งหน่วยงาน": "forward",
    "วันเวลาแก้ไขแล้วเสร็จ": "resolve",
    "วันเวลาถอนเรื่อง": "withdraw",
}
REQUEST_NUMBER: Final = "เลขที่คำขอ"
ASKED_BY: Final = "ผู้ขอ"
CERTIFICATE_STEPS: Final = {
    "วันเวลารับคำขอ": "request",
    "วันเวลาจัดทำ": "prepare",
    "วันเวลาเสนอลงนาม": "submit",
    "วันเวลาลงนาม": "sign",
    "วันเวลายกเลิก": "cancel",
}
DOCUMENTS_NUMBER: Final = "เลขที่"
MEETING: Final = "การประชุม"
MEETS: Final = "วันเวลาประชุม"
CALLED: Final = "วันเวลาแจ้งนัด"
DOCUMENT_STEPS: Final = {
    CALLED: "call_meeting",
    "วันเวลารวบรวม": "compile",
    "วันเวลาจัดส่ง": "deliver",
    "วันเวลารวบรวมเพิ่มเติม": "supplement",
    "วันเวลาจัดส่งเพิ่มเติม": "deliver",
}

CASE_FILES: Final = {
    "internal-letters.csv": (LETTER_NUMBER, SENDER, SUBJECT, *LETTER_STEPS),
    "complaints.csv": (COMPLAINT_NUMBER, SUBJECT, *COMPLAINT_STEPS),
    "salary-certificates.csv": (REQUEST_NUMBER, ASKED_BY, *CERTIFICATE_STEPS),
    "council-documents.csv": (DOCUMENTS_NUMBER, MEETING, CALLED, MEETS, *list(DOCUMENT_STEPS)[1:]),
}


def read_internal_letters(folder: Folder) -> tuple[Case, ...]:
    """The letters of the city's own agencies that go up for the Governor's signature."""
    cases = []
    for line in _sheet(folder, "internal-letters.csv"):
        number = line.number(LETTER_NUMBER, line.begun("วันเวลารับ"))
        letter = Letter(
            number=number, sender=line.row.cells[SENDER], subject=line.row.cells[SUBJECT], origin=Origin.INTERNAL
        )
        cases += _case(line, INTERNAL_LETTER, letter, LETTER_STEPS)
    return tuple(cases)


def read_complaints(folder: Folder) -> tuple[Case, ...]:
    """What people complained about."""
    cases = []
    for line in _sheet(folder, "complaints.csv"):
        number = line.number(COMPLAINT_NUMBER, line.begun("วันเวลารับเรื่อง"))
        letter = Letter(number=number, subject=line.row.cells[SUBJECT])
        cases += _case(line, COMPLAINT, letter, COMPLAINT_STEPS)
    return tuple(cases)


def read_certificates(folder: Folder) -> tuple[Case, ...]:
    """Salary certificates that were asked for."""
    cases = []
    for line in _sheet(folder, "salary-certificates.csv"):
        number = line.number(REQUEST_NUMBER, line.begun("วันเวลารับคำขอ"))
        letter = Letter(number=number, sender=line.row.cells[ASKED_BY])
        cases += _case(line, SALARY_CERTIFICATE, letter, CERTIFICATE_STEPS)
    return tuple(cases)


def read_council_documents(folder: Folder) -> tuple[Case, ...]:
    """The documents of each meeting of the Bangkok Council, wanted by the moment at which it meets."""
    cases = []
    for line in _sheet(folder, "council-documents.csv"):
        number = line.number(DOCUMENTS_NUMBER, line.begun(CALLED))
        meets = line.moment(MEETS, of_a_day=None)  # documents that came that morning may be in time or late
        letter = Letter(number=number, subject=line.row.cells[MEETING], wanted_by=meets)
        stamps = line.moments(*DOCUMENT_STEPS, timed=True)
        called = stamps.get(CALLED)
        if meets is not None and called is not None and meets < called:
            reason = f"is before {CALLED}, {line.row.cells[CALLED]}; correct whichever is wrong"
            line.fault(MEETS, "reversed", reason)
        cases += replayed(line, COUNCIL_DOCUMENTS, letter, [(c, DOCUMENT_STEPS[c], at) for c, at in stamps.items()])
    return tuple(cases)


def _sheet(folder: Folder, file: str) -> Sheet:
    columns = CASE_FILES[file]
    begins = next(column for column in columns if column.startswith("วันเวลา"))
    return folder.sheet(file, columns, key=columns[0], begins=begins)


def _case(line: Line, workflow: Workflow, letter: Letter, steps: Mapping[str, str]) -> list[Case]:
    stamps = line.moments(*steps, timed=True)
    return replayed(line, workflow, letter, [(column, steps[column], at) for column, at in stamps.items()])


def replayed(line: Line, workflow: Workflow, letter: Letter, steps: list[tuple[str, str, datetime]]) -> list[Case]:
    """The case that a row's columns, triggers and moments tell; none when it is at fault or the workflow refuses."""
    entries: list[Entry] = []
    cases: list[Case] = []
    for column, trigger, at in steps if line.sound else ():
        entries.append(Entry(trigger, at))
        try:  # as far as this step, so that a refusal is at its column; rows have a handful of them
            cases = [workflow.replay(letter, entries)]
        except RefusedError as error:
            reason = "; ".join(map(str, error.refusals))
            line.fault(column, "unreadable", f"{trigger} is refused: {reason}; enter what is missing before it")
            return []
    return cases
