"""What the states, steps and readings of the office are called, in Thai and English."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from docflow.bangkok.office import UNITS
from docflow.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["READING_TITLES", "TITLES", "WORDS", "title"]

_BOTH: Final = {
    # processes
    "incoming external letter": ("Incoming external letter", "หนังสือภายนอก"),
    "internal letter": ("Internal letter", "หนังสือภายใน"),
    "complaint": ("Complaint", "เรื่องร้องเรียน"),
    "salary certificate": ("Salary certificate", "หนังสือรับรองเงินเดือน"),
    "council documents": ("Council documents", "เอกสารการประชุมสภากรุงเทพมหานคร"),
    "field visit": ("Field visit", "การลงพื้นที่"),
    # states
    "registered": ("Registered", "ลงทะเบียนรับแล้ว"),
    "taken_over": ("Taken over by the responsible unit", "ส่วนราชการที่รับผิดชอบลงรับแล้ว"),
    "awaiting_sender": ("Awaiting the sender's answer", "รอหน่วยงานเจ้าของเรื่องชี้แจง"),
    "awaiting_correction": ("Awaiting correction", "รอหน่วยงานแก้ไข"),
    "screened": ("Screened", "กลั่นกรองแล้ว"),
    "summarized": ("Summarised", "สรุปเรื่องแล้ว"),
    "submitted": ("Submitted", "เสนอแล้ว"),
    "ordered": ("Ordered", "วินิจฉัยสั่งการแล้ว"),
    "acted_on": ("Acted on", "หน่วยงานดำเนินการแล้ว"),
    "signed": ("Signed", "ลงนามแล้ว"),
    "cancelled": ("Cancelled", "ยกเลิกแล้ว"),
    "coordinated": ("Appointment coordinated", "ประสานนัดหมายแล้ว"),
    "inspected": ("Site inspected", "ลงพื้นที่ตรวจสอบแล้ว"),
    "forwarded": ("Forwarded to the agency", "ส่งต่อหน่วยงานแล้ว"),
    "resolved": ("Resolved", "ได้รับการแก้ไขแล้ว"),
    "surveyed": ("Confidence surveyed", "สำรวจความเชื่อมั่นแล้ว"),
    "withdrawn": ("Withdrawn", "ถอนเรื่องแล้ว"),
    "requested": ("Requested", "รับคำขอแล้ว"),
    "prepared": ("Prepared", "จัดทำแล้ว"),
    "meeting_called": ("Meeting called", "แจ้งนัดประชุมแล้ว"),
    "compiled": ("Documents compiled", "รวบรวมเอกสารแล้ว"),
    "delivered": ("Documents delivered", "จัดส่งเอกสารแล้ว"),
    "visited": ("Visited", "ลงพื้นที่แล้ว"),
    "recorded": ("Recorded in the database", "บันทึกในฐานข้อมูลแล้ว"),
    "followed_up": ("Followed up", "ติดตามผลแล้ว"),
    "closed": ("Closed", "ยุติเรื่องแล้ว"),
    # steps
    "receive": ("Register the receipt", "ลงทะเบียนรับ"),
    "hand_over": ("Hand over to the responsible unit", "เสนอส่วนราชการที่รับผิดชอบ"),
    "ask_sender": ("Ask the sender", "ประสานเจ้าของเรื่อง"),
    "sender_answers": ("The sender answers", "เจ้าของเรื่องชี้แจง"),
    "screen": ("Screen", "กลั่นกรอง"),
    "summarize": ("Summarise", "สรุปเรื่อง"),
    "submit": ("Submit", "เสนอ"),
    "send_back": ("Send back", "ส่งกลับแก้ไข"),
    "order": ("Order", "วินิจฉัยสั่งการ"),
    "act": ("Act on the order", "ดำเนินการตามสั่งการ"),
    "reopen": ("Reopen", "เปิดเรื่องใหม่"),
    "cancel": ("Cancel", "ยกเลิก"),
    "return_for_correction": ("Return for correction", "ส่งคืนแก้ไข"),
    "receive_corrected": ("Receive it corrected", "รับเรื่องที่แก้ไขแล้ว"),
    "sign": ("Sign", "ลงนาม"),
    "coordinate": ("Coordinate an appointment", "ประสานนัดหมาย"),
    "inspect": ("Inspect the site", "ลงพื้นที่ตรวจสอบข้อเท็จจริง"),
    "forward": ("Forward to the agency", "ส่งต่อหน่วยงาน"),
    "resolve": ("Resolve", "แก้ไขเรื่องร้องเรียน"),
    "survey": ("Survey confidence", "สำรวจความเชื่อมั่น"),
    "withdraw": ("Withdraw", "ถอนเรื่อง"),
    "request": ("Request", "ยื่นคำขอ"),
    "prepare": ("Prepare", "จัดทำ"),
    "call_meeting": ("Call the meeting", "แจ้งนัดประชุม"),
    "compile": ("Compile the documents", "รวบรวมเอกสาร"),
    "deliver": ("Deliver the documents", "จัดส่งเอกสาร"),
    "supplement": ("Supplement the documents", "ขอเอกสารเพิ่มเติม"),
    "visit": ("Visit", "ลงพื้นที่"),
    "record": ("Record in the database", "บันทึกในฐานข้อมูล"),
    "follow_up": ("Follow up", "ติดตามผล"),
    "close": ("Close", "ยุติเรื่อง"),
}
TITLES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        language: MappingProxyType({name: both[place] for name, both in _BOTH.items()})
        for place, language in enumerate(("en", "th"))
    }
)
"""The titles of every process, state and step, by language ("en", "th") and name."""


def title(name: str, language: str = "en") -> str:
    """The title of a process, a state or a step; a name that has none is its own title.

    >>> title("hand_over"), title("hand_over", "th")
    ('Hand over to the responsible unit', 'เสนอส่วนราชการที่รับผิดชอบ')

    Raises `ValueError` for a language in which none are kept.
    """
    if language not in TITLES:
        raise ValueError(f"titles are kept in {', '.join(TITLES)}, not in {language!r}")
    return TITLES[language].get(name, name.replace("_", " "))


READING_TITLES: Final = {
    "working_days": Text("2 วันทำการถัดไป", "the 2 next working days"),
    "working_days_counting_first": Text("2 วันทำการ นับวันรับ", "2 working days, the first counted"),
    "hours": Text("48 ชั่วโมงนาฬิกา", "48 hours by the wall clock"),
    "working_day_hours": Text("48 ชั่วโมงของวันทำการ", "48 hours of working days"),
    "office_time": Text("2 วันเวลาราชการ", "2 days of office time (2 × 8 h)"),
    "working_days_or_hours": Text("2 วันทำการ หรือ 48 ชั่วโมง", "2 working days or 48 hours"),
}
"""The words for the readings of indicator 1.1 A (`READINGS`), in Thai and English, by name."""
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
"""The words for every unit, state, step and reading of the plan's indicators, in Thai and English, by name."""
