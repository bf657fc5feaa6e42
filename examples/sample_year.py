"""A year of the office's plain records for the fiscal year B.E. 2563, made up: nobody in them exists.

    python examples/sample_year.py [--to DIR] [--seed NUMBER]

It writes every file that `docflow.bangkok.files.read_records` reads: staff and training, internal letters, complaints
and questionnaires, field visits, certificates, council documents, ceremonies, reimbursements, values from elsewhere,
the progress of the work plans and the orders on meetings. Dates are spelt as people spell them, and some rows are wrong
on purpose, as in any office. One seed gives the same files on every machine; without options they are the ones that
lie beside this script.
"""

from __future__ import annotations

import csv
import sys
from datetime import date, datetime, time, timedelta
from io import StringIO
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, TypeVar

try:
    from docflow import WorkTime
    from docflow.bangkok import (
        COMPLAINTS,
        DEPUTY_GOVERNORS_GROUP,
        FISCAL_YEAR,
        GENERAL_ADMINISTRATION,
        POLICY_COORDINATION,
        SECRETARY_GROUP,
        office_clock,
        year_end,
    )
    from docflow.bangkok.files import RECORD_FILES
    from docflow.errors import FileError
    from docflow.report import several
    from docflow.report.script import Arguments, run, write
    from docflow.thai import LONG_MONTHS, buddhist_year, format_date, format_datetime, thai_digits
except ModuleNotFoundError as missing:
    sys.exit(f"sample_year: {missing.name} is not installed; run: pip install .")

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

T = TypeVar("T")
Rows = list[list[str]]

DATA = Path(__file__).parent / "data"
CLOCK = office_clock()
END = year_end(CLOCK)
DAYS = [
    day
    for day in map(date.fromordinal, range(FISCAL_YEAR.first.toordinal(), FISCAL_YEAR.last.toordinal() + 1))
    if CLOCK.calendar.is_working_day(day)
]
MONTHS = [(year, month) for year, month in dict.fromkeys((day.year, day.month) for day in DAYS)]
WHOLE = 100  # percent
SUPPLEMENTED, LATE = 4, 9  # the council meetings whose documents were
RETURNED = 6  # the month whose claim was
FORGOTTEN = 111  # the certificate that nobody submitted
ITEMS = [f"ข้อ {n}" for n in range(1, 11)]

FIRST_NAMES = [
    "สมชาย",
    "สมหญิง",
    "วิชัย",
    "มาลี",
    "ประเสริฐ",
    "สุดา",
    "อนันต์",
    "กมล",
    "พรทิพย์",
    "ธนา",
    "วรรณา",
    "ชัยวัฒน์",
    "นภา",
    "ศิริพร",
]
LAST_NAMES = ["ใจดี", "รักงาน", "ทองดี", "ศรีสุข", "มั่นคง", "แสงทอง", "บุญมา", "พูนผล"]
AGENCIES = ["สำนักการโยธา", "สำนักการระบายน้ำ", "สำนักสิ่งแวดล้อม", "สำนักการจราจรและขนส่ง", "สำนักงานเขตบางรัก", "สำนักเทศกิจ"]
MATTERS = ["ขออนุมัติโครงการ", "ขอความเห็นชอบร่างคำสั่ง", "รายงานผลการดำเนินงาน", "ขออนุมัติจัดซื้อ", "ขอแต่งตั้งคณะกรรมการ"]
GRIEVANCES = ["ทางเท้าชำรุด", "น้ำท่วมขังในซอย", "ไฟฟ้าสาธารณะดับ", "เสียงดังจากสถานประกอบการ", "ขยะตกค้าง", "หาบเร่กีดขวางทางเท้า"]
PROJECTS = ["ปรับปรุงคลองแสนแสบ", "ก่อสร้างเขื่อนริมคลองลาดพร้าว", "ปรับปรุงทางเท้าถนนสีลม", "ก่อสร้างสวนสาธารณะ", "ขุดลอกท่อระบายน้ำ"]
OBSTACLES = ["ผู้รับจ้างขาดแรงงาน", "รื้อย้ายสาธารณูปโภคล่าช้า", "ประชาชนยังไม่ย้ายออก", "ไม่มี"]
CEREMONIES = ["พิธีทำบุญตักบาตร", "พิธีเปิดตลาดน้ำ", "พิธีวางพวงมาลา", "พิธีมอบรางวัลเขตดีเด่น", "พิธีถวายพระพรชัยมงคล"]
EXECUTIVES = ["ผู้ว่าราชการกรุงเทพมหานคร", "รองผู้ว่าราชการกรุงเทพมหานคร", "ที่ปรึกษาผู้ว่าราชการกรุงเทพมหานคร"]


class Chance:
    """Chance from a seed, and how people write; it draws by `random()` alone, the same in every version of Python."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311 - a sample is no secret

    def happens(self, share: float) -> bool:
        """Whether something of that share happens this time."""
        return self._random.random() < share

    def between(self, least: int, most: int) -> int:
        """A whole number, both ends among them."""
        return least + int(self._random.random() * (most - least + 1))

    def one_of(self, several: Sequence[T]) -> T:
        """One of several."""
        return several[self.between(0, len(several) - 1)]

    def moments(self, count: int, days: Sequence[date] = DAYS) -> list[datetime]:
        """Moments in office hours, in order of time."""
        return sorted(self.on(self.one_of(days)) for _ in range(count))

    def on(self, day: date, opens: int = 8 * 60 + 35, closes: int = 16 * 60) -> datetime:
        """A moment of a day, in office hours."""
        hour, minute = divmod(self.between(opens, closes), 60)
        return datetime.combine(day, time(hour, minute), tzinfo=CLOCK.tz)

    def later(self, at: datetime | None, least: float, most: float) -> datetime | None:
        """So many office days later; None when that is after the year or follows what has not happened."""
        if at is None:
            return None
        then = CLOCK.due(at, WorkTime(minutes=self.between(int(least * 480), int(most * 480))))
        return then if then <= END else None

    def passage(self, at: datetime | None, *gaps: tuple[float, float]) -> list[datetime | None]:
        """A moment and those that follow it, each so many office days after the one before."""
        passed = [at]
        for least, most in gaps:
            passed.append(self.later(passed[-1], least, most))
        return passed

    def stamp(self, at: datetime | None) -> str:
        """A moment as somebody writes it; nothing for what has not happened."""
        if at is None:
            return ""
        slashes = format_datetime(at, "slashes")
        words = format_datetime(at), format_datetime(at, "long", digits="thai"), thai_digits(slashes)
        return self.one_of((slashes, slashes, slashes, *words, f"{at:%Y-%m-%dT%H:%M}:00+07:00"))

    def day(self, day: date | None) -> str:
        """A day as somebody writes it."""
        if day is None:
            return ""
        slashes = format_date(day, "slashes")
        return self.one_of((slashes, slashes, format_date(day), format_date(day, "long", digits="thai")))

    def stamps(self, passage: Iterable[datetime | None]) -> list[str]:
        """Several moments as they are written."""
        return [self.stamp(at) for at in passage]


def working(day: date) -> date:
    """The day, or the next on which the office works."""
    return next(one for one in DAYS if one >= day)


def numbered(moments: Sequence[datetime]) -> list[tuple[str, datetime]]:
    """Moments with the register's numbers, which begin anew with each calendar year."""
    given: dict[int, int] = {}
    numbers = []
    for at in moments:
        year = buddhist_year(at)
        given[year] = given.get(year, 0) + 1
        numbers.append((f"{given[year]}/{year}", at))
    return numbers


def staff(chance: Chance) -> dict[str, Rows]:
    """People, their training and tests: 14 screen letters, 8 write minutes with QR codes."""
    sizes = {
        SECRETARY_GROUP: 14,
        POLICY_COORDINATION: 8,
        GENERAL_ADMINISTRATION: 5,
        COMPLAINTS: 6,
        DEPUTY_GOVERNORS_GROUP: 5,
    }
    units = [unit for unit, size in sizes.items() for _ in range(size)]
    people: Rows = []
    for n, unit in enumerate(units, 1):
        name = f"{chance.one_of(FIRST_NAMES)} {chance.one_of(LAST_NAMES)}"
        came = date(chance.between(2005, 2018), chance.between(1, 12), 1)
        people.append([f"P{n:02}", name, unit, chance.day(came), ""])
    people[12][3:] = ["1 ม.ค. 2563", ""]
    people[13][3:] = ["1 ต.ค. 2559", "1 ก.ค. 2563"]
    people.append(["P39", "สมศักดิ์ ย้อนเวลา", COMPLAINTS, "1 มี.ค. 2563", "1 มี.ค. 2562"])  # left before coming

    exchange = [
        date(2019, 11, 20),
        date(2020, 1, 15),
        date(2020, 3, 11),
        date(2020, 5, 20),
        date(2020, 7, 15),
        date(2020, 9, 9),
    ]
    sessions = [
        [f"KM-{n}", "การกรองงานหนังสือภายนอก", f"{format_date(day)} 09.00 น."] for n, day in enumerate(exchange, 1)
    ]
    sessions += [[f"QR-{n}", "การจัดทำ QR Code", f"{day:02}/02/2563 13:00"] for n, day in enumerate((12, 13), 1)]
    sessions.append(["KM-7", "การเขียนหนังสือราชการ", "15/06/2563 09:00"])  # no course of the plan

    attended: Rows = []
    for n, day in enumerate(exchange, 1):
        present = [f"P{p:02}" for p in range(1, 15) if chance.happens(0.86)]
        gone = {"P13"} if day < date(2020, 1, 1) else {"P14"} if day > date(2020, 7, 1) else set()
        attended += [[f"KM-{n}", person] for person in present if person not in gone]
    attended += [[f"QR-{1 + p % 2}", f"P{p:02}"] for p in range(15, 23)]
    attended += [["KM-9", "P01"], ["KM-7", "P02"], ["KM-1", "P99"], ["KM-6", "P14"], attended[0]]

    tests = [
        [f"P{p:02}", chance.stamp(chance.on(date(2020, 2, 27))), str(chance.between(70, 98)), "ผ่าน"]
        for p in range(15, 22)
    ]
    tests += [["P22", "27/02/2563 10:15", "๔๕", "ไม่ผ่าน"], ["P18", "28/02/2563 10:00", "120", "ผ่าน"]]
    return {"staff.csv": people, "training-sessions.csv": sessions, "attendance.csv": attended, "tests.csv": tests}


def internal_letters(chance: Chance) -> Rows:
    """Letters of the city's agencies: about one in 25 is returned for correction, one in 100 sent back."""
    rows: Rows = []
    for number, at in numbered(chance.moments(400)):
        received, checked = chance.passage(at, (0.05, 0.8))
        returned: list[datetime | None] = [None, None, None]
        last = checked
        if chance.happens(0.04):
            _, *returned = chance.passage(checked, (0.02, 0.2), (1, 3), (0.05, 0.5))
            last = returned[-1]
        _, submitted, signed = chance.passage(last, (0.05, 0.6), (0.2, 2))
        back: list[datetime | None] = [None, None]
        if chance.happens(0.01):
            _, *back, signed = chance.passage(submitted, (0.2, 1), (0.1, 0.6), (0.2, 2))
        passage = [received, checked, *returned, submitted, *back, signed]
        rows.append([number, chance.one_of(AGENCIES), chance.one_of(MATTERS), *chance.stamps(passage)])
    rows[40][4], rows[90][8] = "", "31/02/2563 10:00"  # never checked; no such day
    rows[150][4] = "01/10/2562 09:00"  # checked before it came
    rows[200][0] = rows[199][0]
    return rows


def complaints(chance: Chance) -> dict[str, Rows]:
    """Complaints, two of them withdrawn, and what people thought of how they were handled."""
    rows: Rows = []
    resolved: list[tuple[str, datetime]] = []
    for n, (number, at) in enumerate(numbered(chance.moments(60, DAYS[:-15]))):
        passage = chance.passage(at, (0.3, 3), (2, 8), (0.5, 5.5), (0.3, 3), (0.1, 1), (5, 45))
        withdrawn = chance.later(passage[1], 0.5, 2) if n in {17, 41} else None
        passage = [*passage[:2], *[None] * 5] if withdrawn else passage
        if passage[-1]:
            resolved.append((number, passage[-1]))
        rows.append([number, chance.one_of(GRIEVANCES), *chance.stamps([*passage, withdrawn])])
    rows[8][4] = "02/10/2562 09:00"  # the site seen before the complaint
    rows.append([rows[3][0], "ขยะตกค้าง", "21/09/2563 09:30", *[""] * 7])
    return {"complaints.csv": rows, "surveys.csv": surveys(chance, [one for one in resolved if one[0] != rows[8][0]])}


def surveys(chance: Chance, resolved: Sequence[tuple[str, datetime]]) -> Rows:
    """Questionnaires of ten items; most name the complaint they are about."""
    answers = []
    for _ in range(120):
        number, at = chance.one_of(resolved)
        then = chance.later(at, 1, 8) or END
        answers.append((then.date(), number if chance.happens(0.7) else ""))
    rows: Rows = []
    for n, (day, number) in enumerate(sorted(answers), 1):
        scores = [chance.one_of("5555554444332") if chance.happens(0.98) else "" for _ in ITEMS]
        if chance.happens(0.2):
            scores = list(map(thai_digits, scores))
        rows.append([f"{n}", chance.day(day), number, *scores])
    rows[11][5], rows[30][8] = "6", "ดีมาก"
    rows[47][2], rows[48][0], rows[70][1] = "999/2563", rows[47][0], "31 ก.ย. 2563"
    return rows


def visits(chance: Chance) -> dict[str, Rows]:
    """Field visits from November to August, followed up each month until their projects are done."""
    rows: Rows = []
    updates: list[tuple[date, list[str]]] = []
    season = [day for day in DAYS if date(2019, 11, 1) <= day <= date(2020, 8, 31)]
    for n, at in enumerate(chance.moments(45, season), 1):
        day, number = at.date(), f"{n}/2563"
        recorded = None if n in {9, 23, 37} else DAYS[min(DAYS.index(day) + chance.between(1, 5), len(DAYS) - 1)]
        progress = 5 * chance.between(0, 12)
        contact = "" if n in {14, 31} else f"คุณ{chance.one_of(FIRST_NAMES)} 02 000 {chance.between(0, 9999):04}"
        told = [chance.one_of(PROJECTS), "เร่งรัดให้แล้วเสร็จตามแผน", f"{chance.one_of(AGENCIES)}รับไปดำเนินการ"]
        rows.append(
            [number, chance.day(day), *told, str(progress), chance.one_of(OBSTACLES), contact, chance.day(recorded)]
        )
        if recorded is None or not contact:
            continue
        months = [month for month in MONTHS if month > (recorded.year, recorded.month)]
        for place, (year, month) in enumerate(months):
            if progress >= WHOLE or (place == 1 and n in {5, 20, 28}):  # done, or forgotten that month
                continue
            progress = min(WHOLE, progress + 5 * chance.between(1, 6))
            refreshed = working(date(year, month, chance.between(15, 25)))
            obstacle = "" if progress == WHOLE else chance.one_of(OBSTACLES)
            updates.append((refreshed, [number, chance.day(refreshed), str(progress), obstacle]))
    rows[26][5] = "120"
    written = [row for _, row in sorted(updates)]
    written[20:20] = [["40/2563", "02/12/2562", "30", ""], ["77/2563", "15/01/2563", "50", ""]]
    written.append(["2/2563", "30/09/2563", "มาก", ""])
    return {"field-visits.csv": rows, "field-visit-updates.csv": written}


def certificates(chance: Chance) -> Rows:
    """Salary certificates: a few are late, one is forgotten, two are called off."""
    rows: Rows = []
    for n, (number, at) in enumerate(numbered(chance.moments(150))):
        gaps = ((1.5, 2), (3, 4)) if n in {22, 63, 88, 120} else ((0.1, 1), (0.1, 1))
        passage = chance.passage(at, *gaps, (0.1, 1.5))
        if n == FORGOTTEN:
            passage[2:] = [None, None]
        cancelled = chance.later(at, 0.1, 0.5) if n in {35, 101} else None
        passage = [at, None, None, None] if cancelled else passage
        name = f"{chance.one_of(FIRST_NAMES)} {chance.one_of(LAST_NAMES)}"
        rows.append([number, name, *chance.stamps([*passage, cancelled])])
    rows[55][3] = "เช้า"
    rows[77][0] = rows[76][0]
    return rows


def council_documents(chance: Chance) -> Rows:
    """Documents for the Bangkok Council: once they come late, once something is added."""
    rows: Rows = []
    days = [working(date(year, month, 8)) for year, month in MONTHS] + [date(2020, 7, 22)]
    for n, day in enumerate(sorted(days), 1):
        meets = datetime.combine(day, time(10), tzinfo=CLOCK.tz)
        called = chance.on(DAYS[max(DAYS.index(day) - chance.between(5, 7), 0)])
        _, compiled, delivered = chance.passage(called, (1, 2), (0.5, 1.5))
        more = chance.passage(delivered, (0.1, 0.3), (0.1, 0.3))[1:] if n == SUPPLEMENTED else [None, None]
        if n == LATE:
            delivered = meets + timedelta(minutes=40)
        name = f"การประชุมสภากรุงเทพมหานคร ครั้งที่ {n}"
        rows.append([f"{n}", name, *chance.stamps([called, meets, compiled, delivered, *more])])
    rows.append(["14", "การประชุมวิสามัญ", "15/09/2563 09:00", "14/09/2563 10:00", *[""] * 4])  # called too late
    return rows


def ceremonies(chance: Chance) -> Rows:
    """Ceremonies on any day of the year."""
    days = [date.fromordinal(FISCAL_YEAR.first.toordinal() + chance.between(0, 365)) for _ in range(41)]
    rows = [
        [f"{n}", chance.one_of(CEREMONIES), chance.stamp(chance.on(day, 6 * 60, 17 * 60)), chance.one_of(EXECUTIVES)]
        for n, day in enumerate(sorted(days), 1)
    ]
    answers = {7: "ไม่ใช่", 19: "ไม่ใช่", 33: "ไม่ใช่", 25: "ไม่ทราบ"}
    return [[*row, answers.get(n, "ใช่")] for n, row in enumerate(rows)]


def reimbursements(chance: Chance) -> Rows:
    """Overtime meals: a claim a month, due on the month's last working day."""
    rows: Rows = []
    for n, (year, month) in enumerate(MONTHS, 1):
        days = [day for day in DAYS if (day.year, day.month) == (year, month)]
        returned = days[-5] if n == RETURNED else None
        name = f"{LONG_MONTHS[month - 1]} {year + 543}"
        rows.append([f"{n}", name, *map(chance.day, (days[-7], days[-1], returned, days[-chance.between(1, 3)]))])
    rows.append(["12", "กันยายน 2563", "25/09/2563", "30/09/2563", "", ""])
    return rows


def external_values() -> Rows:
    """What other agencies computed."""
    given = [
        ("2.1", "93.85", "ร้อยละ", "92", "สำนักการคลัง", "30/09/2563"),
        ("2.2.1", "5", "คะแนน", "5", "สำนักการคลัง", "15 ก.ย. 2563"),
        ("2.2.2", "4.5", "คะแนน", "5", "สำนักการคลัง", "15 ก.ย. 2563"),
        ("3.1(ก)", "100", "ร้อยละ", "100", "สำนักงานตรวจสอบภายใน", "31/08/2563"),
        ("3.1(ข)", "๙๖.๕๐", "ร้อยละ", "", "กองงานผู้ตรวจราชการ", "๓๑/๐๘/๒๕๖๓"),
        ("3.2", "4", "ระดับ", "5", "สำนักงานคณะกรรมการข้าราชการกรุงเทพมหานคร", "24 ก.ย. 2563"),
        ("3.3", "4.182", "คะแนน", "4", "ที่ปรึกษาผู้สำรวจความพึงพอใจ", "24/09/2563"),
        ("4.1", "100", "ร้อยละ", "100", "สำนักยุทธศาสตร์และประเมินผล", "30/09/2563"),
        ("4.2", "98", "ร้อยละ", "100", "สำนักอนามัย", "30/09/2563"),
        ("5.1", "100", "ร้อยละ", "", "สำนักการคลัง", "30/09/2563"),  # the plan ends with 4.2
    ]
    return [[indicator, "2563", *said] for indicator, *said in given]


def work_progress(chance: Chance) -> Rows:
    """How much of each step of the work plans was done at each month's end."""
    even = [f"{100 * n / 12:.2f}" for n in range(1, 12)] + ["100"]
    from_november = [""] + [f"{100 * n / 11:.2f}" for n in range(1, 11)] + ["100"]
    at_once, in_november, in_february, at_last = ([""] * n + ["100"] for n in (0, 1, 4, 11))
    slowed = [*even[:6], even[5], even[5], even[6], even[8], even[10], "100"]  # few sites were seen in the spring
    held = [
        "",
        "17",
        "17",
        "33",
        "33",
        "50",
        "50",
        "67",
        "67",
        "83",
        "83",
        "100",
    ]  # one session in six, every two months
    plans = {
        "1.1 exchange": {"1": at_once, "2": in_november, "3": in_november, "4": held},
        "1.1 screening": {"1": at_once, "2-5": even, "6": at_last},
        "1.2": {"1": ["", "", "50", "100"], "2": in_february, "3": in_february, "4": even, "5": even},
        "1.3": {"1": at_once, "2": even, "3": slowed, "4": slowed, "5": even, "6": at_last},
        "1.4": {"1": at_once, "2": in_november, "3": from_november, "4": from_november, "5": at_last},
        "1.5": {"1": at_once, "2-5": from_november, "6": at_last},
    }
    ends = [max(day for day in DAYS if (day.year, day.month) == month) for month in MONTHS]
    rows = [
        [plan, step, chance.day(day), done]
        for n, day in enumerate(ends)
        for plan, steps in plans.items()
        for step, percents in steps.items()
        for done in percents[n : n + 1]
        if done
    ]
    return [
        *rows,
        ["1.3", "2", "15/04/2563", "120"],
        ["1.5", "2-5", "15/07/2563", "20"],
        ["1.6", "1", "30/09/2563", "100"],
    ]


def meeting_exceptions() -> Rows:
    """The two months in which the heads of agencies did not meet on the first Thursday."""
    return [
        ["5 ธ.ค. 2562", "12 ธ.ค. 2562", "คำสั่งผู้ว่าราชการกรุงเทพมหานคร ลงวันที่ 25 พ.ย. 2562"],
        ["02/04/2563", "", "คำสั่งผู้ว่าราชการกรุงเทพมหานคร ลงวันที่ 27 มี.ค. 2563"],
    ]


def year(seed: int) -> dict[str, str]:
    """Every file of the year by its name, each drawn by chance of its own: changing one leaves the others."""
    files = {
        **staff(Chance(seed)),
        "internal-letters.csv": internal_letters(Chance(seed + 1)),
        **complaints(Chance(seed + 2)),
        **visits(Chance(seed + 3)),
        "salary-certificates.csv": certificates(Chance(seed + 4)),
        "council-documents.csv": council_documents(Chance(seed + 5)),
        "ceremonies.csv": ceremonies(Chance(seed + 6)),
        "reimbursements.csv": reimbursements(Chance(seed + 7)),
        "external-values.csv": external_values(),
        "work-progress.csv": work_progress(Chance(seed + 8)),
        "meeting-exceptions.csv": meeting_exceptions(),
    }
    texts = {}
    for file, rows in files.items():
        text = StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow([*RECORD_FILES[file], *(ITEMS if file == "surveys.csv" else ())])
        writer.writerows(rows)
        texts[file] = f"\ufeff{text.getvalue()}"  # spreadsheets take a file for Thai by this mark
    return texts


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the year; 2 when a file could not be written."""
    parser = Arguments(description="Make up a year of the office's plain records.")
    parser.add_argument(
        "--to", metavar="DIR", type=Path, default=DATA, help="the folder to write to (data, beside this script)"
    )
    parser.add_argument(
        "--seed", metavar="NUMBER", type=int, default=2563, help="another one makes another year (2563)"
    )
    options = parser.parse_args(arguments)

    def job() -> None:
        try:
            options.to.mkdir(parents=True, exist_ok=True)
        except (OSError, ValueError) as error:
            why = str(getattr(error, "strerror", None) or error).lower()
            raise FileError(str(options.to), f"cannot be made ({why}); name another folder") from None
        for file, text in year(options.seed).items():
            write(options.to / file, text, source=Path(__file__))
            print(f"{file}: {several(text.count(chr(10)) - 1, 'row')}")

    return run("sample_year", job)


if __name__ == "__main__":
    sys.exit(main())
