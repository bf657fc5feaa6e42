"""What the office calls its processes, their states and their steps, in English and Thai."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["TITLES", "title"]

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
"""The titles of every process, state and step by language ("en", "th") and name."""


def title(name: str, language: str = "en") -> str:
    """What a process, a state or a step is called; a name that has no title is its own.

    >>> title("hand_over"), title("hand_over", "th")
    ('Hand over to the responsible unit', 'เสนอส่วนราชการที่รับผิดชอบ')

    Raises `ValueError` for a language in which none are kept.
    """
    if language not in TITLES:
        raise ValueError(f"titles are kept in {', '.join(TITLES)}, not in {language!r}")
    return TITLES[language].get(name, name.replace("_", " "))
