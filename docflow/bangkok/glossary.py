"""What the plan's indicators call states and readings when they explain themselves, in Thai and English."""

from __future__ import annotations

from typing import Final

from docflow.bangkok.office import UNITS
from docflow.bangkok.titles import TITLES
from docflow.text import Text

__all__ = ["READING_TITLES", "WORDS"]

READING_TITLES: Final = {
    "working_days": Text("2 วันทำการถัดไป", "the 2 next working days"),
    "working_days_counting_first": Text("2 วันทำการ นับวันรับ", "2 working days, the first counted"),
    "hours": Text("48 ชั่วโมงนาฬิกา", "48 hours by the wall clock"),
    "working_day_hours": Text("48 ชั่วโมงของวันทำการ", "48 hours of working days"),
    "office_time": Text("2 วันเวลาราชการ", "2 days of office time (2 × 8 h)"),
    "working_days_or_hours": Text("2 วันทำการ หรือ 48 ชั่วโมง", "2 working days or 48 hours"),
}
"""The readings of `READINGS`."""

_OTHERS: Final = {
    # what people and plain records come to
    "on_staff": Text("อยู่ในบัญชีบุคลากร", "on the staff"),
    "left": Text("พ้นจากหน้าที่", "no longer on the staff"),
    "attended_exchange": Text("เข้าร่วมกิจกรรมแลกเปลี่ยนเรียนรู้", "an exchange of knowledge attended"),
    "attended_qr": Text("เข้ารับการอบรม QR Code", "the QR-code training attended"),
    "passed_qr": Text("ผ่านการทดสอบ QR Code", "the QR-code test passed"),
    "failed_qr": Text("ไม่ผ่านการทดสอบ QR Code", "the QR-code test failed"),
    "answered": Text("ตอบแบบสอบถาม", "answered"),
    "held": Text("จัดงานพิธี", "the ceremony held"),
    "attended": Text("อำนวยความสะดวกผู้บริหาร", "the executives attended"),
    "worked": Text("เดือนที่ปฏิบัติงานนอกเวลา", "worked overtime"),
    "claimed": Text("ขอเบิก", "claimed"),
    "returned": Text("ส่งคืนแก้ไข", "returned for correction"),
    "reimbursed": Text("เบิกจ่าย", "reimbursed"),
    "reported": Text("รายงานค่า", "reported"),
    # readings of the other indicators
    "stored": Text("จัดเก็บในฐานข้อมูล", "stored in the database"),
    "stored_and_refreshed_monthly": Text("จัดเก็บและปรับปรุงทุกเดือน", "stored and refreshed every month"),
    "as_presented": Text("เรื่องที่เสนอแล้วไม่ถูกส่งกลับ", "as presented: never sent back by the Governor"),
    "at_first_check": Text("ถูกต้องตั้งแต่ตรวจครั้งแรก", "at the first check: never returned for correction"),
    "still_resolved": Text("แก้ไขแล้วและไม่ถูกเปิดใหม่", "resolved, and not reopened"),
    "once_resolved": Text("เคยได้รับการแก้ไข", "resolved once"),
    "complete": Text("ส่งครบถ้วนแล้ว", "delivered, and nothing to be supplemented"),
    "first_delivery": Text("นับการจัดส่งครั้งแรก", "the first delivery"),
    "times": Text("นับจำนวนครั้ง", "the number of times"),
    "months": Text("นับจำนวนเดือน", "the number of months"),
}

WORDS: Final[dict[str, Text]] = {
    **{unit: Text(unit, english) for unit, english in UNITS.items()},
    **{name: Text(thai, TITLES["en"][name].lower()) for name, thai in TITLES["th"].items()},
    **READING_TITLES,
    **_OTHERS,
}
"""Every state, step and reading that the plan's indicators speak of."""
