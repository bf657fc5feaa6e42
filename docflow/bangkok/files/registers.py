"""The office's registers as data: which column of each is a number, a step of a workflow, or a field of a letter."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import docflow.files
from docflow.bangkok.office import GENERAL_ADMINISTRATION
from docflow.bangkok.workflows import (
    COMPLAINT,
    COUNCIL_DOCUMENTS,
    INCOMING_EXTERNAL_LETTER,
    INTERNAL_LETTER,
    SALARY_CERTIFICATE,
)
from docflow.files import Dates, RegisterFile, RegisterForm, Stamp
from docflow.letters import Origin
from docflow.registry import parse_urgency
from docflow.thai import buddhist_year, parse_date, parse_datetime
from docflow.thai.dates import THAI_TIME

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from docflow.files import Row

__all__ = ["CASE_REGISTERS", "RECEIPT_REGISTER", "THAI_DATES", "read_register"]

THAI_DATES: Final = Dates(zone=THAI_TIME, moment=parse_datetime, day=parse_date, year=buddhist_year)
"""How the office writes dates: in Thai, in the Buddhist era and in Thai time."""
UNIT: Final = "ส่วนราชการที่รับผิดชอบ"


def _urgency(text: str) -> dict[str, Any]:
    """A grade, or "ด่วนภายใน …", which names the moment by which the letter is wanted."""
    urgency, wanted_by = parse_urgency(text)
    return {"urgency": urgency, "wanted_by": wanted_by}


_form = partial(RegisterForm, dates=THAI_DATES)

RECEIPT_REGISTER: Final = _form(
    {
        "เลขทะเบียนรับ": "number",
        "ที่": "reference",
        "ลงวันที่": "dated",
        "จาก": "sender",
        "ถึง": "recipient",
        "เรื่อง": "subject",
        "ชั้นความเร็ว": _urgency,
        "วันเวลารับ (ฝ่ายบริหารงานทั่วไป)": Stamp("receive", unit=GENERAL_ADMINISTRATION),
        UNIT: "unit",
        "วันเวลารับ (ส่วนราชการ)": Stamp("hand_over", unit_in=UNIT),
        "วันเวลากลั่นกรอง": Stamp("screen"),
        "วันเวลาสรุปเรื่อง": Stamp("summarize"),
        "วันเวลาเสนอหัวหน้าสำนักงาน": Stamp("submit"),
        "หมายเหตุ": "remark",
    },
    running="8395/2562",
    complete=True,
)
"""The form of the wide receipt register of letters from outside: what each of its columns holds."""

INTERNAL_LETTER_REGISTER: Final = _form(
    {
        "เลขทะเบียนรับ": "number",
        "จาก": "sender",
        "เรื่อง": "subject",
        "วันเวลารับ": Stamp("receive"),
        "วันเวลาตรวจ": Stamp("screen"),
        "วันเวลาส่งคืนแก้ไข": Stamp("return_for_correction"),
        "วันเวลารับคืน": Stamp("receive_corrected"),
        "วันเวลาตรวจซ้ำ": Stamp("screen"),
        "วันเวลาเสนอผู้ว่าราชการ": Stamp("submit"),
        "วันเวลาส่งกลับ": Stamp("send_back"),
        "วันเวลาเสนอใหม่": Stamp("submit"),
        "วันเวลาลงนาม": Stamp("sign"),
    },
    always={"origin": Origin.INTERNAL},
)
COMPLAINT_REGISTER: Final = _form(
    {
        "เลขรับเรื่อง": "number",
        "เรื่อง": "subject",
        "วันเวลารับเรื่อง": Stamp("receive"),
        "วันเวลาประสานนัดหมาย": Stamp("coordinate"),
        "วันเวลาลงพื้นที่": Stamp("inspect"),
        "วันเวลาเสนอผู้บริหาร": Stamp("submit"),
        "วันเวลาสั่งการ": Stamp("order"),
        "วันเวลาส่งหน่วยงาน": Stamp("forward"),
        "วันเวลาแก้ไขแล้วเสร็จ": Stamp("resolve"),
        "วันเวลาถอนเรื่อง": Stamp("withdraw"),
    }
)
CERTIFICATE_REGISTER: Final = _form(
    {
        "เลขที่คำขอ": "number",
        "ผู้ขอ": "sender",
        "วันเวลารับคำขอ": Stamp("request"),
        "วันเวลาจัดทำ": Stamp("prepare"),
        "วันเวลาเสนอลงนาม": Stamp("submit"),
        "วันเวลาลงนาม": Stamp("sign"),
        "วันเวลายกเลิก": Stamp("cancel"),
    }
)
COUNCIL_REGISTER: Final = _form(
    {
        "เลขที่": "number",
        "การประชุม": "subject",
        "วันเวลาแจ้งนัด": Stamp("call_meeting"),
        "วันเวลาประชุม": "wanted_by",  # with a time: documents that came that morning may be in time or late
        "วันเวลารวบรวม": Stamp("compile"),
        "วันเวลาจัดส่ง": Stamp("deliver"),
        "วันเวลารวบรวมเพิ่มเติม": Stamp("supplement"),
        "วันเวลาจัดส่งเพิ่มเติม": Stamp("deliver"),
    },
    required={"วันเวลาประชุม": "the day, or the day and time"},
)
CASE_REGISTERS: Final = {
    "internal-letters.csv": (INTERNAL_LETTER_REGISTER, INTERNAL_LETTER),
    "complaints.csv": (COMPLAINT_REGISTER, COMPLAINT),
    "salary-certificates.csv": (CERTIFICATE_REGISTER, SALARY_CERTIFICATE),
    "council-documents.csv": (COUNCIL_REGISTER, COUNCIL_DOCUMENTS),
}
"""The registers of the office's other cases by file, each with its workflow (docs/reference/records.md)."""


def read_register(
    path: str | Path, *, track: Callable[[Iterable[Row]], Iterable[Row]] = lambda rows: rows
) -> RegisterFile:
    """Read the office's wide receipt register, in Thai spellings, as `docflow.files.read_register` reads any.

    >>> register = read_register("examples/data/register-2563.csv")
    >>> register.rows, len(register.cases), register.faults[0].kind
    (3000, 2978, 'unreadable')

    `track` is given the rows and hands them on, to show progress. Raises `FileError` for a file that cannot be read as
    a whole.
    """
    return docflow.files.read_register(path, RECEIPT_REGISTER, INCOMING_EXTERNAL_LETTER, track=track)
