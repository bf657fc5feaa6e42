"""Indicators 1.1 to 1.5, the plan's strategic mission (lines 131–135), each by its own formula."""

from __future__ import annotations

from typing import Final

from docflow.bangkok.indicators import CAP, HANDING_OVER, MEAN_TARGET, OFFICIAL_READING, SCREENING_IN_TIME
from docflow.bangkok.office import (
    COMPLAINTS,
    DEPUTY_GOVERNORS_GROUP,
    GENERAL_ADMINISTRATION,
    POLICY_COORDINATION,
    SECRETARY_GROUP,
)
from docflow.bangkok.titles import WORDS
from docflow.bangkok.workflows import COMPLAINT
from docflow.kpi import (
    WINDOW_CLOSE,
    Indicator,
    Proportion,
    Score,
    at_least,
    at_most,
    each_month,
    holding,
    reached,
    since,
)
from docflow.text import Text
from docflow.worktime import WorkingDays

__all__ = ["SESSIONS_WANTED", "STRATEGIC"]

SESSIONS_WANTED: Final = 4
"""How many of the year's six sessions somebody must attend to count as trained (plan, line 475)."""

_RESOLVED = {
    name: Proportion("1.3 (1)", start=reached("registered"), stop=hit, withdrawn_in=COMPLAINT.cancelled)
    for name, hit in (("still_resolved", holding("resolved", "surveyed")), ("once_resolved", reached("resolved")))
}
_STORED = Proportion("1.4", start=reached("visited"), stop=reached("recorded"))
_REFRESHED = Proportion(
    "1.4", start=reached("visited"), stop=each_month("followed_up", after="recorded", until="closed")
)

STRATEGIC: Final = (
    Indicator(
        number="1.1",
        title=Text(
            "ความสำเร็จในการพัฒนาบุคลากรตามหลักสมรรถนะมุ่งสู่ความเป็นมืออาชีพ",
            "Success in developing personnel towards professional competence",
        ),
        definition=Text(
            "เจ้าหน้าที่กลั่นกรองหนังสือภายนอกเสนอหัวหน้าสำนักงานแล้วเสร็จภายใน 2 วันทำการ และบุคลากรได้รับการอบรมไม่น้อยกว่า 4 ครั้ง/ปี",
            "External letters are screened and submitted to the Head of Office within 2 working days, and those who "
            "screen them are trained at least four times a year",
        ),
        formula=Text("(ร้อยละความสำเร็จข้อที่ 1 + ข้อที่ 2) / 2", "(percentage of 1 + percentage of 2) / 2"),
        target=at_least(100),
        owner=SECRETARY_GROUP,
        source="442, 464, 475, 597–606",
        words=WORDS,
        parts=(
            Indicator(
                number="1.1 A",
                title=Text(
                    "หนังสือภายนอกที่กลั่นกรองเสนอผู้บริหารแล้วเสร็จภายใน 2 วันทำการ",
                    "External letters screened and submitted within 2 working days",
                ),
                of="letters",
                measure=SCREENING_IN_TIME[OFFICIAL_READING],
                alternatives=SCREENING_IN_TIME,
                definition=Text(
                    "นับเวลาจากธุรการกลุ่มงานเลขานุการผู้ว่าราชการกรุงเทพมหานครลงรับ "
                    "จนกระทั่งเสนอหัวหน้าสำนักงาน ภายใน 2 วันทำการ หรือภายใน 48 ชั่วโมง",
                    "From the Secretary Group's own registration to the submission to the Head of Office, within 2 "
                    "working days or within 48 hours",
                ),
                formula=Text(
                    "จำนวนหนังสือภายนอกที่วิเคราะห์กลั่นกรองเสนอผู้บริหารได้แล้วเสร็จภายใน 2 วันทำการ × 100 / จำนวนหนังสือภายนอกทั้งหมด",
                    "external letters screened and submitted within 2 working days × 100 / all external letters",
                ),
                owner=SECRETARY_GROUP,
                source="442, 464, 475",
                words=WORDS,
            ),
            Indicator(
                number="1.1 B",
                title=Text("บุคลากรที่ได้รับการอบรมไม่น้อยกว่า 4 ครั้ง/ปี", "Staff trained at least four times in the year"),
                of="staff",
                measure=Proportion(
                    "1.1 B",
                    start=since("on_staff", unit=SECRETARY_GROUP, until="left"),
                    stop=reached("attended_exchange", nth=SESSIONS_WANTED, inside=True),
                    limit=WINDOW_CLOSE,
                    withdrawn_in=("left",),
                ),
                definition=Text(
                    "บุคลากร หมายถึง บุคลากรที่ปฏิบัติงานด้านการกลั่นกรองงานหนังสือภายนอก",
                    "Staff are those who screen external letters; sessions are those of the exchange of knowledge",
                ),
                formula=Text(
                    "จำนวนบุคลากรได้รับการอบรมไม่น้อยกว่า 4 ครั้ง/ปี × 100 / จำนวนบุคลากรทั้งหมด (≥ 80)",
                    "staff trained at least 4 times a year × 100 / all staff (≥ 80)",
                ),
                target=at_least(80),
                owner=SECRETARY_GROUP,
                source="442, 453, 475",
                words=WORDS,
            ),
        ),
    ),
    Indicator(
        number="1.2",
        title=Text(
            "บุคลากรมีสมรรถนะด้านเทคโนโลยีสารสนเทศที่มีคุณภาพและเหมาะสมกับการปฏิบัติราชการ",
            "Staff with competence in information technology",
        ),
        of="staff",
        measure=Proportion(
            "1.2",
            start=reached("attended_qr", unit=POLICY_COORDINATION, inside=True),
            stop=reached("passed_qr", after_start=True),
        ),
        definition=Text(
            "บุคลากรที่ผ่านการทดสอบความรู้ โดยสามารถจัดทำ QR Code ในการจัดส่งรายงานการประชุมหัวหน้าหน่วยงาน",
            "Staff of Policy Coordination who passed the test on making QR codes for the minutes of the agency heads' "
            "meeting",
        ),
        formula=Text(
            "จำนวนบุคลากรที่ผ่านการทดสอบความรู้ × 100 / จำนวนบุคลากรที่เข้ารับการอบรม",
            "staff who passed the test × 100 / staff who attended the training",
        ),
        target=at_least(90),
        owner=POLICY_COORDINATION,
        source="554, 567, 647",
        words=WORDS,
    ),
    Indicator(
        number="1.3",
        title=Text(
            "ความเชื่อมั่นของประชาชนในการแก้ไขปัญหาเรื่องร้องเรียนของผู้บริหาร กทม.",
            "Public confidence in how the executives handle complaints",
        ),
        of="complaints",
        measure=_RESOLVED["still_resolved"],
        alternatives=_RESOLVED,
        definition=Text(
            "ร้อยละความสำเร็จของเรื่องร้องเรียนที่ได้รับการแก้ไข และระดับคะแนนความเชื่อมั่นของประชาชน",
            "The share of complaints resolved, and the public's confidence on a five-step scale beside it",
        ),
        formula=Text(
            "จำนวนเรื่องร้องเรียนที่ได้รับการแก้ไข × 100 / จำนวนเรื่องร้องเรียนทั้งหมด",
            "complaints resolved × 100 / all complaints",
        ),
        target=at_least(100),
        owner=COMPLAINTS,
        source="384, 395, 408, 578–581",
        words=WORDS,
        parts=(
            Indicator(
                number="1.3 (2)",
                title=Text("ระดับคะแนนความเชื่อมั่นของประชาชน", "The public's confidence, five steps"),
                of="responses",
                measure=Score("1.3 (2)", at=reached("answered")),
                definition=Text(
                    "5 มากที่สุด 4 มาก 3 ปานกลาง 2 น้อย 1 น้อยที่สุด", "5 most, 4 much, 3 medium, 2 little, 1 least"
                ),
                formula=Text("ผลรวมของคะแนนรายข้อ / จำนวนข้อแบบสอบถาม", "sum of the items' scores / number of items"),
                owner=COMPLAINTS,
                source="408, 418–420",
                words=WORDS,
            ),
            Indicator(
                number="1.3 (3)",
                title=Text("เสนอผู้บริหารภายใน 5 วันทำการหลังลงพื้นที่", "Submitted within 5 working days of the inspection"),
                of="complaints",
                measure=Proportion(
                    "1.3 (3)",
                    start=reached("inspected"),
                    stop=reached("submitted"),
                    limit=WorkingDays(5),
                    withdrawn_in=COMPLAINT.cancelled,
                ),
                formula=Text(
                    "จำนวนเรื่องที่เสนอผู้บริหารภายใน 5 วันทำการภายหลังลงพื้นที่ × 100 / จำนวนเรื่องที่ลงพื้นที่",
                    "complaints submitted within 5 working days of their inspection × 100 / complaints inspected",
                ),
                owner=COMPLAINTS,
                source="408, 581",
                words=WORDS,
            ),
        ),
    ),
    Indicator(
        number="1.4",
        title=Text(
            "ระบบเทคโนโลยีสารสนเทศที่มีฐานข้อมูลเพื่อสนับสนุนการตัดสินใจของผู้บริหาร",
            "A database that supports the executives' decisions",
        ),
        of="visits",
        measure=_STORED,
        alternatives={"stored": _STORED, "stored_and_refreshed_monthly": _REFRESHED},
        definition=Text(
            "ข้อมูลการลงพื้นที่ของผู้บริหารที่จัดเก็บในฐานข้อมูล โดยปรับปรุงให้เป็นปัจจุบันทุกเดือน",
            "Field visits of the deputy governors kept in the database, which is refreshed every month",
        ),
        formula=Text(
            "จำนวนครั้งในการติดตามข้อมูลการลงพื้นที่ของผู้บริหารที่มีการจัดเก็บในฐานข้อมูล × 100 / จำนวนครั้งในการลงพื้นที่ทั้งหมด",
            "field visits stored in the database × 100 / all field visits",
        ),
        target=at_least(100),
        months=(11, 8),
        owner=DEPUTY_GOVERNORS_GROUP,
        source="521, 532, 631–637",
        words=WORDS,
    ),
    Indicator(
        number="1.5",
        title=Text(
            "ระยะเวลาเฉลี่ยในการนำหนังสือภายนอกทั้งหมดเสนอส่วนราชการที่รับผิดชอบได้แล้วเสร็จ",
            "Mean time to hand an external letter over to the responsible unit",
        ),
        of="letters",
        measure=HANDING_OVER,
        definition=Text(
            "นับเวลาจากงานบริหารทั่วไป ฝ่ายบริหารงานทั่วไป ลงรับ "
            "จนกระทั่งงานธุรการของส่วนราชการที่รับผิดชอบลงรับ วันจันทร์–ศุกร์ 08.30–16.30 น.",
            "From General Administration's receipt to the responsible unit's, Mon–Fri 08:30–16:30 less holidays",
        ),
        formula=Text("T = (T₁ + T₂ + T₃ + … + Tₙ) / N", "T = (T₁ + T₂ + T₃ + … + Tₙ) / N"),
        target=at_most(MEAN_TARGET.minutes),
        months=(11, 8),
        owner=GENERAL_ADMINISTRATION,
        source="486, 493, 617–624",
        words=WORDS,
        parts=(
            Indicator(
                number="1.5 (15 min)",
                title=Text("ส่วนราชการลงรับภายใน 15 นาที", "Registered by the responsible unit within 15 minutes"),
                of="letters",
                measure=HANDING_OVER.capped(CAP),
                formula=Text(
                    "จำนวนหนังสือที่ส่วนราชการลงรับภายใน 15 นาที × 100 / จำนวนหนังสือทั้งหมด",
                    "letters registered by the responsible unit within 15 minutes × 100 / all letters",
                ),
                months=(11, 8),
                owner=GENERAL_ADMINISTRATION,
                source="787",
                words=WORDS,
            ),
        ),
    ),
)
"""The indicators 1.1 to 1.5; where the plan can be read in several ways, each reading is computed."""
