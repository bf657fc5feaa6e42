"""The work plans of the office's six activities: their steps, weights and months (plan of B.E. 2563, lines 674–790)."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from docflow.bangkok.office import (
    COMPLAINTS,
    DEPUTY_GOVERNORS_GROUP,
    GENERAL_ADMINISTRATION,
    POLICY_COORDINATION,
    SECRETARY_GROUP,
)
from docflow.kpi import Window
from docflow.text import Text
from docflow.thai import fiscal_year_span
from docflow.workplans import WorkPlan, WorkStep, in_month, spread, together

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docflow.workplans import Shares

__all__ = ["WORK_PLANS", "work_plans"]

# Words that the scan breaks across the lines of a cell are made whole, the rest stands as it is there.
WORK_PLAN_TITLES: Final[Mapping[str, Mapping[str, tuple[str, str]]]] = MappingProxyType(
    {
        "1.1 exchange": {
            "": (
                "กิจกรรมแลกเปลี่ยนเรียนรู้เรื่องการกรองงานหนังสือภายนอกของกลุ่มงานเลขานุการผู้ว่าราชการกรุงเทพมหานคร",
                "Exchange of knowledge on screening external letters",
            ),
            "1": (
                "วางแผนการจัดกิจกรรมฯ โดยกำหนดหัวข้อกิจกรรมฯ วัน เวลา และสถานที่การจัดกิจกรรมฯ จำนวน 6 ครั้ง",
                "Plan six sessions: topics, days, times and places",
            ),
            "2": ("จัดทำเอกสารประกอบการจัดกิจกรรมฯ จำนวน 6 ครั้ง", "Prepare the documents of the six sessions"),
            "3": (
                (
                    "จัดทำหนังสือเชิญชวนเจ้าหน้าที่ที่ปฏิบัติงานด้านการกรองงานหนังสือภายนอก"
                    "ของกลุ่มงานเลขานุการผู้ว่าราชการกรุงเทพมหานคร เข้าร่วมกิจกรรมฯ จำนวน 6 ครั้ง"
                ),
                "Invite the officers who screen external letters to the six sessions",
            ),
            "4": ("ดำเนินการจัดกิจกรรมฯ จำนวน 6 ครั้ง", "Hold the six sessions"),
            "rest": ("(ส่วนที่ขาดหายไปจากแผน)", "(lost in the scan of the plan)"),
        },
        "1.1 screening": {
            "": (
                "การกลั่นกรองหนังสือภายนอกเสนอผู้บริหารเพื่อวินิจฉัยสั่งการให้หน่วยงานดำเนินการ",
                "Screening external letters for the executives to order on",
            ),
            "1": ("จัดเตรียมเอกสาร แบบฟอร์ม เพื่อใช้บันทึกผลการดำเนินงาน", "Prepare documents and forms to record results in"),
            "2": ("ลงทะเบียนรับหนังสือภายนอก ที่ได้รับลงในแบบฟอร์มที่กำหนด", "Register external letters received"),
            "3": (
                "ตรวจสอบ พิจารณาเนื้อเรื่อง ความครบถ้วนของหนังสือ และประสานงาน หากข้อมูลไม่ชัดเจนหรือไม่ครบถ้วน",
                "Check content and completeness, and clarify what is unclear",
            ),
            "4": (
                "จัดทำหนังสือสรุปเรื่องพร้อมเสนอความเห็นต่อหัวหน้าสำนักงานเลขานุการผู้ว่าราชการกรุงเทพมหานคร พิจารณา",
                "Summarise with an opinion for the Head of Office",
            ),
            "5": ("สรุปรายงานผลเป็นประจำทุกเดือน", "Report every month"),
            "6": ("สรุปรายงานผลการดำเนินงานทั้งปี", "Report on the year"),
        },
        "1.2": {
            "": ("การพัฒนาการจัดการประชุมหัวหน้าหน่วยงานของกรุงเทพมหานคร", "Developing the meeting of Bangkok's agency heads"),
            "1": (
                "การจัดทำเอกสารประกอบการอบรม รูปแบบพี่สอนน้อง เรื่องการจัดทำ QR Code",
                "Prepare the documents of a peer training on QR codes",
            ),
            "2": ("การอบรมบุคลากรในการจัดทำ QR Code รูปแบบพี่สอนน้อง", "Train the staff in making QR codes"),
            "3": ("การทดสอบความรู้ในการจัดทำ QR Code", "Test what they know of QR codes"),
            "4": ("การจัดประชุม และจัดทำรายงานการประชุม", "Hold meetings, write minutes"),
            "5": (
                "การจัดทำ QR Code รายงานการประชุม เพื่อเผยแพร่รายงานการประชุมผ่านเว็บไซต์หนังสือเวียนกรุงเทพมหานคร",
                "Make the QR codes that publish the minutes on the circulars' website",
            ),
        },
        "1.3": {
            "": (
                "โครงการเพิ่มศักยภาพการติดตามผลการแก้ไขปัญหาเรื่องร้องเรียนของประชาชน",
                "Following up how people's complaints are resolved",
            ),
            "1": ("ขออนุมัติโครงการฯ", "Ask for approval of the project"),
            "2": (
                "พิจารณาข้อร้องเรียน และประสานหน่วยงานที่เกี่ยวข้อง",
                "Consider complaints and coordinate with the agencies concerned",
            ),
            "3": (
                "ลงพื้นที่ร่วมกับหน่วยงานที่เกี่ยวข้อง เพื่อตรวจสอบข้อเท็จจริง และหาแนวทางแก้ไขปัญหา",
                "Inspect sites with these agencies for facts and remedies",
            ),
            "4": (
                "สรุปรายงานผลการดำเนินการเสนอผู้บริหารพิจารณาสั่งการหน่วยงานที่รับผิดชอบแก้ไขปัญหา",
                "Report to the executives, who order the responsible agency",
            ),
            "5": (
                "ดำเนินการสำรวจความเชื่อมั่นพร้อมทอแบบสอบถามและสรุปผลการจากทอแบบฯ",
                "Survey confidence by questionnaire and summarise the answers",
            ),
            "6": ("รวบรวมข้อมูล และสรุปรายงานผลการดำเนินกิจกรรมประจำปี", "Collect the data and report on the year"),
        },
        "1.4": {
            "": ("โครงการการติดตามข้อมูลจากการลงพื้นที่ของผู้บริหาร", "Following up the executives' field visits"),
            "1": ("จัดทำโครงการ และเสนอขออนุมัติโครงการ", "Draw up the project for approval"),
            "2": ("จัดทำแผนปฏิบัติงาน กิจกรรมตามโครงการ และมอบหมายหน้าที่รับผิดชอบ", "Plan the work and assign responsibilities"),
            "3": ("จัดทำกิจกรรมให้ความรู้เชิงปฏิบัติการ และการทดลองใช้งานเสมือนจริง", "Hold workshops and try it out"),
            "4": ("จัดเก็บข้อมูลการประชุมตามโครงการ", "Collect the data"),
            "5": (
                "ประเมินผลโครงการ และสรุปผลเสนอหัวหน้าสำนักงานเลขานุการผู้ว่าราชการกรุงเทพมหานคร",
                "Evaluate the project and report to the Head of Office",
            ),
        },
        "1.5": {
            "": (
                "กิจกรรมการกลั่นกรองหนังสือภายนอกเสนอส่วนราชการที่รับผิดชอบดำเนินการ",
                "Handing external letters over to the responsible units",
            ),
            "1": ("จัดเตรียม แบบฟอร์ม รูปแบบการจัดเก็บข้อมูล และรูปแบบการรายงาน", "Prepare forms, filing and reporting"),
            "2": (
                (
                    "งานธุรการ ฝ่ายบริหารงานทั่วไป ลงทะเบียนรับหนังสือภายนอก จากหน่วยงานของราชการ และเอกชน "
                    "ที่มีมาถึงผู้ว่าราชการกรุงเทพมหานคร"
                ),
                "General Administration's registry registers letters to the Governor",
            ),
            "3": (
                "เจ้าหน้าที่ตรวจสอบ อ่านวิเคราะห์เนื้อหา ประสานงาน เพื่อเสนองานธุรการของส่วนราชการ ที่รับผิดชอบ ลงทะเบียนรับ",
                "Officers read, analyse, coordinate and present them to the responsible unit",
            ),
            "4": (
                (
                    "งานธุรการ ของส่วนราชการที่รับผิดชอบ ลงทะเบียนรับหนังสือภายนอก ภายใน 15 นาที "
                    "(โดยนับเวลาจาก งานธุรการ ฝ่ายบริหารงานทั่วไป ลงรับ)"
                ),
                "The unit's registry registers them within 15 minutes of the first receipt",
            ),
            "5": ("สรุปรายงานผลเป็นประจำทุกเดือน", "Report every month"),
            "6": ("สรุปรายงานผลการดำเนินงานทั้งปี", "Report on the year"),
        },
    }
)
"""The titles by plan and step, that of the plan itself under the empty name (plan of B.E. 2563, lines 676–789)."""


Months = tuple[str, ...]


def work_plans(year: int) -> tuple[WorkPlan, ...]:
    """The work plans of a Buddhist-era fiscal year: those of B.E. 2563, in that year's months.

    >>> for plan in work_plans(2563):
    ...     print(plan.number, *plan.planned().values())
    1.1 exchange
    1.1 screening 17 24 31 38 45 52 59 66 73 80 87 100
    1.2 4 8 17 26 72 76 80 84 88 92 96 100
    1.3 17 23 30 37 43 50 57 63 70 77 84 100
    1.4 10 27 34 41 48 55 62 69 76 83 90 100
    1.5 10 17 24 31 38 45 52 59 66 73 80 100

    The figures are percent points. Where the plan says when only of several steps together, each has its part of every
    month's points (decision of this project); where it weighs them together too, they are one step, such as "2-5".
    Raises `DateTextError` for what is no year of the Buddhist era. Source: plan of B.E. 2563, lines 674–790.
    """
    months = Window(*fiscal_year_span(year)).months()
    return tuple(plan(months) for plan in (_exchange, _screening, _minutes, _complaints, _field_visits, _handing_over))


def _exchange(months: Months) -> WorkPlan:
    # The table breaks off after step 4, and so do the arrows that say until when: 36 points are of steps unknown.
    step = partial(_step, "1.1 exchange")
    steps = (step("1", 10, in_month(months[0], 10)), step("2", 12), step("3", 12), step("4", 30), step("rest", 36))
    return _plan("1.1 exchange", SECRETARY_GROUP, months, steps, "676–689")


def _screening(months: Months) -> WorkPlan:
    step = partial(_step, "1.1 screening")
    steps = (
        step("1", 10, in_month(months[0], 10)),
        step("2-5", 84, spread(7, months)),
        step("6", 6, in_month(months[-1], 6)),
    )
    return _plan("1.1 screening", SECRETARY_GROUP, months, steps, "696–712")


def _minutes(months: Months) -> WorkPlan:
    step = partial(_step, "1.2")
    steps = (
        step("1", 10, spread(5, months[2:4])),
        step("2", 22, in_month(months[4], 22)),
        step("3", 20, in_month(months[4], 20)),
        step("4", 24, spread(2, months)),
        step("5", 24, spread(2, months)),
    )
    return _plan("1.2", POLICY_COORDINATION, months, steps, "716–732")


def _complaints(months: Months) -> WorkPlan:
    # The scan has lost the arrows of steps 2 to 5; how much of them falls into which month, the cumulative row says.
    step = partial(_step, "1.3")
    joint = tuple(zip(months, map(Fraction, (12, 6, 7, 7, 6, 7, 7, 6, 7, 7, 7, 6)), strict=True))
    steps = (
        step("1", 5, in_month(months[0], 5)),
        *together(joint, step("2", 15), step("3", 30), step("4", 20), step("5", 20)),
        step("6", 10, in_month(months[-1], 10)),
    )
    return _plan("1.3", COMPLAINTS, months, steps, "736–753")


def _field_visits(months: Months) -> WorkPlan:
    # Nor do the arrows of steps 3 and 4 say how much when; the cumulative row has 7 a month, which is 2 and 5.
    step = partial(_step, "1.4")
    steps = (
        step("1", 10, in_month(months[0], 10)),
        step("2", 10, in_month(months[1], 10)),
        step("3", 20, spread(2, months[1:11])),
        step("4", 50, spread(5, months[1:11])),
        step("5", 10, in_month(months[-1], 10)),
    )
    return _plan("1.4", DEPUTY_GOVERNORS_GROUP, months, steps, "755–771")


def _handing_over(months: Months) -> WorkPlan:
    step = partial(_step, "1.5")
    steps = (
        step("1", 10, in_month(months[0], 10)),
        step("2-5", 77, spread(7, months[1:])),
        step("6", 13, in_month(months[-1], 13)),
    )
    return _plan("1.5", GENERAL_ADMINISTRATION, months, steps, "773–790")


def _step(plan: str, number: str, weight: int | Fraction, shares: Shares = ()) -> WorkStep:
    first, _, last = number.partition("-")
    numbers = range(int(first), int(last) + 1) if last else (number,)
    titles = [WORK_PLAN_TITLES[plan][f"{each}"] for each in numbers]
    thai, english = (" · ".join(words) for words in zip(*titles, strict=True))
    return WorkStep(number, Text(thai, english), weight, shares)


def _plan(number: str, owner: str, months: Months, steps: tuple[WorkStep, ...], lines: str) -> WorkPlan:
    title, source = Text(*WORK_PLAN_TITLES[number][""]), f"plan of B.E. 2563, lines {lines}"
    return WorkPlan(number, title, owner=owner, months=months, steps=steps, source=source)


WORK_PLANS: Final = work_plans(2563)
"""The work plans of fiscal year B.E. 2563."""
