"""Indicators 1.6 to 1.10, the plan's routine mission (lines 139–143)."""

from __future__ import annotations

from typing import Final

from docflow.bangkok.office import (
    DEPUTY_GOVERNORS_GROUP,
    GENERAL_ADMINISTRATION,
    POLICY_COORDINATION,
    SECRETARY_GROUP,
)
from docflow.bangkok.titles import WORDS
from docflow.bangkok.workflows import COUNCIL_DOCUMENTS, INTERNAL_LETTER, SALARY_CERTIFICATE
from docflow.kpi import (
    WANTED,
    Count,
    Duration,
    Indicator,
    Proportion,
    at_least,
    done,
    holding,
    reached,
)
from docflow.text import Text
from docflow.worktime import OfficeTime, WorkingDays

__all__ = ["ROUTINE"]

_PRESENTED = Proportion(
    "1.6",
    start=reached("screened"),
    stop=reached("submitted"),
    fails_if=done("send_back"),
    waits=True,
    withdrawn_in=INTERNAL_LETTER.cancelled,
)
_FIRST_CHECK = Proportion(
    "1.6",
    start=reached("screened"),
    stop=reached("submitted"),
    fails_if=reached("awaiting_correction"),
    waits=True,
    withdrawn_in=INTERNAL_LETTER.cancelled,
)
_CERTIFICATE = Duration(
    "1.8", start=reached("requested"), stop=reached("submitted"), withdrawn_in=SALARY_CERTIFICATE.cancelled
)
_CERTIFICATES = _CERTIFICATE.under(
    {
        "working_days": WorkingDays(3),
        "working_days_counting_first": WorkingDays(3, counting_first=True),
        "office_time": OfficeTime(days=3),
    }
)
_DELIVERED = {
    name: Proportion(
        "1.9",
        start=reached("meeting_called"),
        stop=hit,
        limit=WANTED,
        withdrawn_in=COUNCIL_DOCUMENTS.cancelled,
    )
    for name, hit in (("complete", holding("delivered")), ("first_delivery", reached("delivered")))
}
_REIMBURSED = Proportion(
    "1.10", start=reached("worked"), stop=reached("reimbursed"), limit=WANTED, fails_if=reached("returned")
)

_THREE_DAYS = {
    "working_days": Text("3 วันทำการถัดไป", "the 3 next working days"),
    "working_days_counting_first": Text("3 วันทำการ นับวันรับ", "3 working days, the first counted"),
    "office_time": Text("3 วันเวลาราชการ", "3 days of office time (3 × 8 h)"),
}

ROUTINE: Final = (
    Indicator(
        number="1.6",
        title=Text(
            "จำนวนหนังสือภายในที่ผ่านการตรวจสอบจากสำนักงานเลขานุการผู้ว่าราชการกรุงเทพมหานคร "
            "เพื่อนำเสนอผู้ว่าราชการกรุงเทพมหานครลงนามมีความถูกต้อง",
            "Internal letters checked before the Governor signs that are correct",
        ),
        of="internal letters",
        measure=_PRESENTED,
        alternatives={"as_presented": _PRESENTED, "at_first_check": _FIRST_CHECK},
        definition=Text(
            "หนังสือที่ผ่านการตรวจสอบและเสนอผู้ว่าราชการกรุงเทพมหานคร โดยไม่ถูกส่งกลับแก้ไข",
            "What the office checked and presented to the Governor was right: it never came back from there",
        ),
        formula=Text(
            "จำนวนหนังสือภายในที่ถูกต้อง × 100 / จำนวนหนังสือภายในที่ตรวจสอบ",
            "internal letters that are correct × 100 / internal letters checked",
        ),
        target=at_least(95),
        owner=SECRETARY_GROUP,
        source="139, 199, 227",
        words=WORDS,
    ),
    Indicator(
        number="1.7",
        title=Text(
            "ร้อยละของการติดตามอำนวยความสะดวกผู้บริหารในงานพิธี/พระราชพิธี",
            "Ceremonies at which the executives were attended",
        ),
        of="ceremonies",
        measure=Proportion("1.7", start=reached("held"), stop=reached("attended")),
        formula=Text(
            "จำนวนงานพิธีที่ผู้บริหารได้รับการอำนวยความสะดวก × 100 / จำนวนงานพิธีทั้งหมด",
            "ceremonies at which the executives were attended × 100 / all ceremonies",
        ),
        target=at_least(90),
        owner=DEPUTY_GOVERNORS_GROUP,
        source="140, 200, 243",
        words=WORDS,
    ),
    Indicator(
        number="1.8",
        title=Text(
            "ร้อยละความสำเร็จของการจัดทำหนังสือรับรองเงินเดือนเสนอผู้บริหารแล้วเสร็จภายใน 3 วันทำการ",
            "Salary certificates submitted within 3 working days",
        ),
        of="certificates",
        measure=_CERTIFICATES["working_days"],
        alternatives=_CERTIFICATES,
        definition=Text(
            "นับจากวันที่ลงรับคำขอ จนเสนอผู้บริหารลงนาม", "From the registration of the request to its submission for signature"
        ),
        formula=Text(
            "จำนวนหนังสือรับรองเงินเดือนที่เสนอภายใน 3 วันทำการ × 100 / จำนวนหนังสือรับรองเงินเดือนทั้งหมด",
            "certificates submitted within 3 working days × 100 / all certificates",
        ),
        target=at_least(100),
        owner=GENERAL_ADMINISTRATION,
        source="141, 201, 244",
        words={**WORDS, **_THREE_DAYS},
    ),
    Indicator(
        number="1.9",
        title=Text(
            "ร้อยละความสำเร็จของการจัดเตรียมเอกสารประกอบการประชุมสภากรุงเทพมหานครแล้วเสร็จ พร้อมจัดส่งให้ผู้บริหารกรุงเทพมหานคร",
            "Council documents complete and delivered to the executives in time",
        ),
        of="council documents",
        measure=_DELIVERED["complete"],
        alternatives=_DELIVERED,
        definition=Text(
            "เอกสารครบถ้วนและส่งถึงผู้บริหารก่อนการประชุม", "The documents were complete and delivered before the meeting began"
        ),
        formula=Text(
            "จำนวนครั้งที่จัดเตรียมเอกสารแล้วเสร็จพร้อมจัดส่ง × 100 / จำนวนครั้งของการประชุม",
            "meetings whose documents were complete and delivered in time × 100 / meetings",
        ),
        target=at_least(100),
        owner=POLICY_COORDINATION,
        source="142, 202, 228",
        words=WORDS,
    ),
    Indicator(
        number="1.10",
        title=Text(
            "จำนวนครั้งของการเบิกจ่ายค่าอาหารทำการนอกเวลาราชการของข้าราชการและลูกจ้าง เป็นไปด้วยความถูกต้องและรวดเร็ว",
            "Overtime-meal reimbursements done correctly and promptly",
        ),
        of="reimbursements",
        measure=Count(_REIMBURSED, months=True),
        alternatives={"times": Count(_REIMBURSED), "months": Count(_REIMBURSED, months=True)},
        definition=Text(
            "เบิกจ่ายภายในกำหนดและไม่ถูกส่งคืนแก้ไข เดือนละครั้ง นับตามเดือนที่ปฏิบัติงาน",
            "Paid by its date and never returned for correction, once for each month worked",
        ),
        formula=Text("จำนวนครั้งของการเบิกจ่ายที่ถูกต้องและรวดเร็ว", "number of reimbursements done correctly and promptly"),
        target=at_least(12),
        owner=GENERAL_ADMINISTRATION,
        source="143, 261, 272",
        words=WORDS,
    ),
)
"""The indicators 1.6 to 1.10; the plan gives their targets, and this project their definitions."""
