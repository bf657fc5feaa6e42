"""Small registers for tests: rows by heading, written as CSV the way spreadsheets do."""

import csv
from io import StringIO

COLUMNS = (
    "เลขทะเบียนรับ",
    "ที่",
    "ลงวันที่",
    "จาก",
    "ถึง",
    "เรื่อง",
    "ชั้นความเร็ว",
    "วันเวลารับ (ฝ่ายบริหารงานทั่วไป)",
    "ส่วนราชการที่รับผิดชอบ",
    "วันเวลารับ (ส่วนราชการ)",
    "วันเวลากลั่นกรอง",
    "วันเวลาสรุปเรื่อง",
    "วันเวลาเสนอหัวหน้าสำนักงาน",
    "หมายเหตุ",
)
NUMBER, DATED, SUBJECT, URGENCY, RECEIPT, UNIT, TAKEN_OVER, SCREENED, SUMMARIZED, SUBMITTED, REMARK = (
    COLUMNS[place] for place in (0, 2, 5, 6, 7, 8, 9, 10, 11, 12, 13)
)
SECRETARY = "กลุ่มงานเลขานุการผู้ว่าราชการกรุงเทพมหานคร"
WHOLE = {
    NUMBER: "8395/2562",
    "ที่": "มท 0505/9289",
    DATED: "30 ก.ย. 2562",
    "จาก": "กระทรวงมหาดไทย",
    "ถึง": "ผู้ว่าราชการกรุงเทพมหานคร",
    SUBJECT: "ขอเชิญเป็นประธานในพิธี",
    RECEIPT: "1 พ.ย. 2562 08.35 น.",
    UNIT: SECRETARY,
    TAKEN_OVER: "2019-11-01T08:42:00+07:00",
    SCREENED: "๐๑/๑๑/๒๕๖๒ ๐๙:๒๓",
    SUMMARIZED: "01/11/2562 09:40",
    SUBMITTED: "๑ พฤศจิกายน ๒๕๖๒ ๑๔.๐๔ น.",
}


def row(**cells):
    """A whole, faultless row with some cells changed; keys are the names above, in lower case."""
    return WHOLE | {globals()[name.upper()]: text for name, text in cells.items()}


def as_csv(rows, columns=COLUMNS):
    text = StringIO()
    writer = csv.DictWriter(text, columns, restval="", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
