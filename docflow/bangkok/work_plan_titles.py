"""What the six activities of the work plans and their steps are called, in Thai as the plan has it and in English."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["WORK_PLAN_TITLES"]

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
"""By plan and step, the plan itself under the empty name (plan of B.E. 2563, lines 676–789)."""
