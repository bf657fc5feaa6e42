"""Small folders of records for tests: one whole, faultless row a file, and changes of it."""

from registers import as_csv

from docflow.bangkok import SECRETARY_GROUP
from docflow.bangkok.files import RECORD_FILES

CELLS = {
    "staff.csv": ["P01", "สมหญิง", SECRETARY_GROUP, "1 ต.ค. 2560", ""],
    "training-sessions.csv": ["KM-1", "การกรองงานหนังสือภายนอก", "20/11/2562 09:00"],
    "attendance.csv": ["KM-1", "P01"],
    "tests.csv": ["P01", "27/02/2563 10:00", "87.5", "ผ่าน"],
    "internal-letters.csv": [
        "1/2562", "สำนักการโยธา", "ขออนุมัติ",
        "01/10/2562 09:00", "01/10/2562 10:00", "", "", "", "01/10/2562 11:00", "", "", "02/10/2562 09:00",
    ],
    "complaints.csv": [
        "1/2562", "ทางเท้าชำรุด", "01/10/2562 09:00", "02/10/2562 09:00", "07/10/2562 09:00", "09/10/2562 09:00",
        "10/10/2562 09:00", "11/10/2562 09:00", "31/10/2562 09:00", "",
    ],
    "surveys.csv": ["1", "01/11/2562", "1/2562", "5", "๔"],
    "field-visits.csv": [
        "1/2563", "04/11/2562", "คลองแสนแสบ: ล่าช้า", "เร่งรัด", "รับไปดำเนินการ", "40", "ขาดแรงงาน", "คุณมาลี", "06/11/2562",
    ],
    "field-visit-updates.csv": ["1/2563", "20/12/2562", "62.5", "ฝนตก"],
    "salary-certificates.csv": [
        "1/2562", "สมชาย", "01/10/2562 09:00", "01/10/2562 11:00", "02/10/2562 09:00", "02/10/2562 15:00", "",
    ],
    "council-documents.csv": [
        "1", "ครั้งที่ 1", "01/10/2562 09:00", "09/10/2562 10:00", "03/10/2562 09:00", "04/10/2562 09:00", "", "",
    ],
    "ceremonies.csv": ["1", "พิธีเปิด", "12/10/2562 07:00", "ผู้ว่าราชการ", "ใช่"],
    "reimbursements.csv": ["1", "ตุลาคม 2562", "22/10/2562", "31/10/2562", "", "30/10/2562"],
    "external-values.csv": ["2.1", "2563", "93.85", "ร้อยละ", "92", "สำนักการคลัง", "30/09/2563"],
    "work-progress.csv": ["1.3", "2", "31/10/2562", "8.33"],
    "meeting-exceptions.csv": ["5 ธ.ค. 2562", "12 ธ.ค. 2562", "คำสั่งที่ 1/2562"],
}  # fmt: skip  # a row a line
COLUMNS = RECORD_FILES | {"surveys.csv": (*RECORD_FILES["surveys.csv"], "ข้อ 1", "ข้อ 2")}

KIND = {
    "staff.csv": "staff",
    "internal-letters.csv": "internal letters",
    "complaints.csv": "complaints",
    "surveys.csv": "responses",
    "field-visits.csv": "visits",
    "salary-certificates.csv": "certificates",
    "council-documents.csv": "council documents",
    "ceremonies.csv": "ceremonies",
    "reimbursements.csv": "reimbursements",
    "external-values.csv": "reported values",
}
"""The files of which each row is a record, and of what kind."""


def line(file, changes=()):
    """The file's good row with some cells changed, by heading."""
    return dict(zip(COLUMNS[file], CELLS[file], strict=True)) | dict(changes)


def write_year(folder, rows=None, *, without=()):
    """Every file with its good row, or with the rows that are given, by file name."""
    for file, columns in COLUMNS.items():
        if file not in without:
            lines = (rows or {}).get(file, [line(file)])
            (folder / file).write_text(as_csv(lines, columns), encoding="utf-8")
    return folder
