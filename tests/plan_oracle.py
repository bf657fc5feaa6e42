"""The plan of B.E. 2563 computed a second time, from the CSV files to the figures, the slow way.

Nothing here is docflow's: dates are read by three patterns, a row that contradicts itself is judged by the rules of
docs/reference/records.md read again, working time is walked day by day, and every indicator is its sentence in the plan
written down as a loop. `figures` gives, by number, what a report would have to say.
"""

import csv
import re
from collections import Counter, defaultdict
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from oracle import THAI_TIME, by_day, nth_working_close, works_2563

YEAR = (date(2019, 10, 1), date(2020, 9, 30))
TEN_MONTHS = (date(2019, 11, 1), date(2020, 8, 31))  # what the plan calls "พฤศจิกายน 2562 – สิงหาคม 2563"
SECRETARIES = "กลุ่มงานเลขานุการผู้ว่าราชการกรุงเทพมหานคร"
POLICY = "ส่วนประสานนโยบาย"
OUTSIDE = ("2.1", "2.2.1", "2.2.2", "3.1(a)", "3.1(b)", "3.2", "3.3", "4.1", "4.2")
MINUTE = timedelta(minutes=1)

MONTHS = ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."]
LONG = [
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
]
ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
SPELLED = re.compile(r"(\d+)(?:/(\d+)/| (\S+) )(\d{4})(?: (\d+)[:.](\d+)(?: น\.)?)?")


class Reading(NamedTuple):
    """What a table says under one reading: each record's month and bin, what is divided, and by what."""

    places: list[tuple[str | None, str]]
    numerator: Fraction | None
    denominator: int

    @property
    def value(self):
        return self.numerator / self.denominator if self.numerator is not None and self.denominator else None

    @property
    def bins(self):
        return Counter(lies for _, lies in self.places)


# Reading the files


def moment(text, midnight=time()):
    """The moment in a cell, None for an empty one; ValueError for what is none."""
    text = text.strip().translate(ARABIC)
    if not text:
        return None
    if "T" in text:
        return datetime.fromisoformat(text)
    found = SPELLED.fullmatch(text)
    if found is None:
        raise ValueError(text)
    day, number, word, year, hour, minute = found.groups()
    month = int(number) if number else (MONTHS if word in MONTHS else LONG).index(word) + 1
    at = midnight if hour is None else time(int(hour), int(minute))
    return datetime.combine(date(int(year) - 543, month, int(day)), at, THAI_TIME)


def percent(text):
    """A percentage, None for an empty cell; ValueError for what is none."""
    found = Fraction(text.translate(ARABIC)) if text.strip() else None
    if found is not None and not 0 <= found <= 100:
        raise ValueError(text)
    return found


class Files:
    """The tables of a folder, each without the rows that contradict themselves; these are in `left_out`, by file."""

    def __init__(self, folder):
        self.folder = folder
        self.left_out = {}
        self.letters = self.table("register-2563.csv", "เลขทะเบียนรับ", letter)
        self.people = self.table("staff.csv", "รหัสบุคลากร", person)
        self.sessions = self.table("training-sessions.csv", "รหัสการอบรม", session)
        self.complaints = self.table("complaints.csv", "เลขรับเรื่อง", complaint)
        self.internal = self.table("internal-letters.csv", "เลขทะเบียนรับ", internal)
        self.certificates = self.table("salary-certificates.csv", "เลขที่คำขอ", certificate)
        self.council = self.table("council-documents.csv", "เลขที่", council)
        self.ceremonies = self.table("ceremonies.csv", "เลขที่", ceremony)
        self.claims = self.table("reimbursements.csv", "เลขที่", claim)
        self.visits = self.table("field-visits.csv", "เลขที่", visit)
        self.values = self.table("external-values.csv", "", outside)
        self.answers = self.table("surveys.csv", "เลขแบบสอบถาม", lambda row: answer(row, self.complaints))
        self.table("attendance.csv", "", self.attend)
        self.table("tests.csv", "", self.tested)
        self.table("field-visit-updates.csv", "", self.updated, order="วันที่ปรับปรุง")

    def table(self, file, key, read, order=""):
        """Rows by number; `read` raises for a row that contradicts itself. `order` names a moment to sort them by."""
        rows, used, wrong = {}, set(), []
        with (self.folder / file).open(encoding="utf-8-sig", newline="") as lines:
            numbered = list(enumerate(csv.DictReader(lines), 2))
        if order:
            numbered.sort(key=lambda pair: moment(pair[1][order]))
        for n, row in numbered:
            number = row[key].translate(ARABIC).replace(" ", "") if key else str(n)
            try:
                found = read(row)
            except (ValueError, LookupError):
                found = None
            if found is None or number in used:
                wrong.append(n)
            else:
                rows[number] = found
            used.add(number)
        self.left_out[file] = sorted(wrong)
        return rows

    def attend(self, row):
        course, at = self.sessions[row["รหัสการอบรม"]]
        who = self.people[row["รหัสบุคลากร"]]
        there(who, at)
        if (row["รหัสการอบรม"], at) in who["sessions"]:
            raise ValueError(row)
        who["sessions"].add((row["รหัสการอบรม"], at))
        who[course].append(at)
        return at

    def tested(self, row):
        who, at = self.people[row["รหัสบุคลากร"]], moment(row["วันเวลาทดสอบ"])
        there(who, at)
        percent(row["คะแนน (ร้อยละ)"])
        if row["ผล (ผ่าน/ไม่ผ่าน)"] == "ผ่าน":
            who["passed"].append(at)
        return at

    def updated(self, row):
        about, at, done = self.visits[row["เลขที่"]], moment(row["วันที่ปรับปรุง"]), percent(row["ความก้าวหน้า (ร้อยละ)"])
        if about["recorded"] is None or at < about["recorded"] or about["closed"] is not None:
            raise ValueError(row)
        about["updates"].append(at)
        if done == 100:
            about["closed"] = at
        return at


def there(who, at):
    if at < who["came"] or (who["left"] is not None and at > who["left"]):
        raise ValueError(at)


def steps(row, *columns):
    """Moments by column, `column: needs` pairs in the order in which they follow; none before what it follows."""
    found, latest = {}, None
    for column, *needs in columns:
        at = found[column] = moment(row[column])
        if at is None:
            continue
        if any(found[need] is None for need in needs) or (latest is not None and at < latest):
            raise ValueError(column)
        latest = at
    return found


def chain(*columns):
    return [columns[:1], *((after, before) for before, after in pairwise(columns))]


def needed(at):
    if at is None:
        raise ValueError(at)
    return at


def letter(row):
    received = "วันเวลารับ (ฝ่ายบริหารงานทั่วไป)"
    way = chain(received, "วันเวลารับ (ส่วนราชการ)", "วันเวลากลั่นกรอง", "วันเวลาสรุปเรื่อง", "วันเวลาเสนอหัวหน้าสำนักงาน")
    at = steps(row, *way)
    return {
        "registered": needed(at[received]),
        "unit": row["ส่วนราชการที่รับผิดชอบ"],
        "taken over": at["วันเวลารับ (ส่วนราชการ)"],
        "submitted": at["วันเวลาเสนอหัวหน้าสำนักงาน"],
    }


def person(row):
    came, left = moment(row["วันที่เริ่มปฏิบัติงาน"]), moment(row["วันที่พ้นจากหน้าที่"])
    if left is not None and left < came:
        raise ValueError(row)
    return {
        "came": came, "left": left, "unit": row["ส่วนราชการ"], "sessions": set(), "exchange": [], "qr": [], "passed": []
    }  # fmt: skip  # a table


def session(row):
    return {"การกรองงานหนังสือภายนอก": "exchange", "การจัดทำ QR Code": "qr"}[row["หลักสูตร"]], moment(row["วันเวลา"])


def complaint(row):
    at = steps(
        row,
        *chain(
            "วันเวลารับเรื่อง", "วันเวลาประสานนัดหมาย", "วันเวลาลงพื้นที่", "วันเวลาเสนอผู้บริหาร", "วันเวลาสั่งการ",
            "วันเวลาส่งหน่วยงาน", "วันเวลาแก้ไขแล้วเสร็จ",
        ),
        ("วันเวลาถอนเรื่อง",),
    )  # fmt: skip  # the order of the steps
    needed(at["วันเวลารับเรื่อง"])
    return at


def internal(row):
    at = steps(
        row,
        ("วันเวลารับ",),
        ("วันเวลาตรวจ", "วันเวลารับ"),
        ("วันเวลาส่งคืนแก้ไข", "วันเวลาตรวจ"),
        ("วันเวลารับคืน", "วันเวลาส่งคืนแก้ไข"),
        ("วันเวลาตรวจซ้ำ", "วันเวลารับคืน"),
        ("วันเวลาเสนอผู้ว่าราชการ", "วันเวลาตรวจ"),
        ("วันเวลาส่งกลับ", "วันเวลาเสนอผู้ว่าราชการ"),
        ("วันเวลาเสนอใหม่", "วันเวลาส่งกลับ"),
        ("วันเวลาลงนาม", "วันเวลาเสนอผู้ว่าราชการ"),
    )
    for earlier, later, between in (
        ("วันเวลาส่งคืนแก้ไข", "วันเวลาเสนอผู้ว่าราชการ", "วันเวลาตรวจซ้ำ"),
        ("วันเวลาส่งกลับ", "วันเวลาลงนาม", "วันเวลาเสนอใหม่"),
    ):
        if at[earlier] and at[later] and not at[between]:
            raise ValueError(between)
    needed(at["วันเวลารับ"])
    return at


def certificate(row):
    at = steps(row, *chain("วันเวลารับคำขอ", "วันเวลาจัดทำ", "วันเวลาเสนอลงนาม", "วันเวลาลงนาม"), ("วันเวลายกเลิก",))
    return {
        "requested": needed(at["วันเวลารับคำขอ"]), "submitted": at["วันเวลาเสนอลงนาม"], "cancelled": at["วันเวลายกเลิก"]
    }  # fmt: skip  # a table


def council(row):
    at = steps(row, *chain("วันเวลาแจ้งนัด", "วันเวลารวบรวม", "วันเวลาจัดส่ง", "วันเวลารวบรวมเพิ่มเติม", "วันเวลาจัดส่งเพิ่มเติม"))
    called, meets = needed(at["วันเวลาแจ้งนัด"]), needed(moment(row["วันเวลาประชุม"]))
    if meets < called:
        raise ValueError(row)
    sent = [each for each in (at["วันเวลาจัดส่ง"], at["วันเวลาจัดส่งเพิ่มเติม"]) if each is not None]
    return {"called": called, "meets": meets, "delivered": sent, "again": at["วันเวลารวบรวมเพิ่มเติม"]}


def ceremony(row):
    return {
        "held": needed(moment(row["วันเวลา"])),
        "attended": {"ใช่": True, "ไม่ใช่": False}[row["ผู้บริหารได้รับการอำนวยความสะดวก"]],
    }


def claim(row):
    at = steps(row, ("วันที่ขอเบิก",), ("วันที่ส่งคืนแก้ไข", "วันที่ขอเบิก"), ("วันที่เบิกจ่าย", "วันที่ขอเบิก"))
    return {
        "worked": needed(moment("1 " + row["ประจำเดือน"])),
        "due": needed(moment(row["กำหนดแล้วเสร็จ"], time(16, 30))),
        "returned": at["วันที่ส่งคืนแก้ไข"],
        "paid": at["วันที่เบิกจ่าย"],
    }


def visit(row):
    columns = list(row)[2:8]
    visited, recorded = needed(moment(row["วันเดือนปีการลงพื้นที่"])), moment(row["วันที่บันทึกในฐานข้อมูล"])
    done = percent(row["ความก้าวหน้า (ร้อยละ)"])
    if recorded is not None and recorded < visited:
        raise ValueError(row)
    if not all(row[column].strip() for column in columns):
        recorded = None  # the database must hold all six
    closed = recorded if done == 100 else None
    return {"visited": visited, "recorded": recorded, "updates": [], "closed": closed}


def answer(row, complaints):
    if row["เลขรับเรื่อง"] and row["เลขรับเรื่อง"].translate(ARABIC) not in complaints:
        raise LookupError(row["เลขรับเรื่อง"])
    scores = {item: int(text) for item, text in row.items() if item.startswith("ข้อ") and text.strip()}
    if not set(scores.values()) <= {1, 2, 3, 4, 5}:
        raise ValueError(row)
    return {"answered": needed(moment(row["วันที่ตอบ"])), "scores": scores}


def outside(row):
    number = row["ตัวชี้วัด"].strip().replace("ก", "a").replace("ข", "b")
    if number not in OUTSIDE:
        raise ValueError(number)
    return {
        "number": number,
        "value": Fraction(row["ค่า"]),
        "target": Fraction(row["ค่าเป้าหมาย"]) if row["ค่าเป้าหมาย"].strip() else None,
        "reported": needed(moment(row["วันที่"])),
    }


# The figures


def after(start, hours, opens, closes):
    """When so many hours have passed on a clock that goes from `opens` to `closes` of working days, in hours of day."""
    left, day = timedelta(hours=hours), start.astimezone(THAI_TIME).date()
    while True:
        if works_2563(day):
            midnight = datetime.combine(day, time(), THAI_TIME)
            begin, end = max(start, midnight + opens), midnight + closes
            if begin + left <= end:
                return begin + left
            left -= max(end - begin, timedelta())
        day += timedelta(days=1)


OFFICE = (timedelta(hours=8, minutes=30), timedelta(hours=16, minutes=30))
TWO_DAYS = {
    "working_days": lambda at: nth_working_close(at, 2),
    "working_days_counting_first": lambda at: nth_working_close(at, 2, counting_first=True),
    "hours": lambda at: at + timedelta(hours=48),
    "working_day_hours": lambda at: after(at, 48, timedelta(), timedelta(hours=24)),
    "office_time": lambda at: after(at, 16, *OFFICE),
    "working_days_or_hours": lambda at: max(nth_working_close(at, 2), at + timedelta(hours=48)),
}
THREE_DAYS = {
    "working_days": lambda at: nth_working_close(at, 3),
    "working_days_counting_first": lambda at: nth_working_close(at, 3, counting_first=True),
    "office_time": lambda at: after(at, 24, *OFFICE),
}


class Asked:
    """The plan over the files as things stood at a moment; each method is one sentence of it."""

    def __init__(self, files, now):
        self.files, self.now = files, now

    def seen(self, at):
        return at if at is not None and at <= self.now else None

    def months(self, starts, window=YEAR):
        """Of each start seen, the month; None for what the window leaves out."""
        for at in starts:
            day = None if self.seen(at) is None else at.astimezone(THAI_TIME).date()
            yield f"{day:%Y-%m}" if day is not None and window[0] <= day <= window[1] else None

    def verdicts(self, starts, judge, window=YEAR):
        """Each record's month and bin, `judge` asked for the bin of those that the window holds."""
        return [
            (None, "excluded") if month is None or (lies := judge(n)) == "excluded" else (month, lies)
            for n, month in enumerate(self.months(starts, window))
        ]

    def against(self, start, due, stop):
        """Whether what has a due moment was done by then."""
        if self.seen(stop) is not None:
            return "counted" if stop <= due(start) else "late"
        return "late" if due(start) <= self.now else "running"

    def screened(self, reading):  # 1.1 A
        mine = [each if each["unit"] == SECRETARIES else None for each in self.files.letters.values()]
        starts = [None if each is None else each["taken over"] for each in mine]
        return self.verdicts(starts, lambda n: self.against(starts[n], TWO_DAYS[reading], mine[n]["submitted"]))

    def trained(self):  # 1.1 B
        opens = datetime.combine(YEAR[0], time(), THAI_TIME)
        staff = [each for each in self.files.people.values() if each["unit"] == SECRETARIES]
        strangers = len(self.files.people) - len(staff)

        def judge(n):
            mine = sum(self.seen(at) is not None and in_year(at) for at in staff[n]["exchange"])
            if mine >= 4:
                return "counted"
            if self.seen(staff[n]["left"]) is not None:
                return "excluded"
            return "late" if self.now >= datetime.combine(YEAR[1], time(16, 30), THAI_TIME) else "running"

        starts = [max(each["came"], opens) for each in staff]
        return self.verdicts(starts, judge) + [(None, "excluded")] * strangers

    def passed(self):  # 1.2
        staff = list(self.files.people.values())
        starts = [
            min((at for at in each["qr"] if in_year(at) and each["unit"] == POLICY), default=None) for each in staff
        ]
        return self.verdicts(starts, lambda n: "counted" if any(map(self.seen, staff[n]["passed"])) else "missed")

    def resolved(self):  # 1.3 (1)
        some = list(self.files.complaints.values())

        def judge(n):
            if self.seen(some[n]["วันเวลาแก้ไขแล้วเสร็จ"]):
                return "counted"
            return "excluded" if self.seen(some[n]["วันเวลาถอนเรื่อง"]) else "missed"

        return self.verdicts([each["วันเวลารับเรื่อง"] for each in some], judge)

    def reported(self):  # 1.3 (3)
        some = list(self.files.complaints.values())
        starts = [each["วันเวลาลงพื้นที่"] for each in some]

        def judge(n):
            submitted = some[n]["วันเวลาเสนอผู้บริหาร"]
            if not self.seen(submitted) and self.seen(some[n]["วันเวลาถอนเรื่อง"]):
                return "excluded"
            return self.against(starts[n], lambda at: nth_working_close(at, 5), submitted)

        return self.verdicts(starts, judge)

    def stored(self, reading):  # 1.4
        some = list(self.files.visits.values())

        def judge(n):
            if not self.seen(some[n]["recorded"]):
                return "missed"
            return "counted" if reading == "stored" or self.refreshed(some[n]) else "missed"

        return self.verdicts([each["visited"] for each in some], judge, TEN_MONTHS)

    def refreshed(self, visited):
        """An update in every month after the record's, up to the last that is over, inside the window, and unclosed."""
        today = self.now.astimezone(THAI_TIME)
        rest = [today.date() + timedelta(days=n) for n in range(31) if (today + timedelta(days=n)).month == today.month]
        open_yet = any(works_2563(day) and (day > today.date() or today.time() < time(16, 30)) for day in rest)
        this = today.year * 12 + today.month + (not open_yet)
        over = {(at.year, at.month) for at in visited["updates"] if self.seen(at)}
        year, month = visited["recorded"].year, visited["recorded"].month
        while True:
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)
            first = date(year, month, 1)
            closed = self.seen(visited["closed"])
            if first.year * 12 + first.month >= this or first > TEN_MONTHS[1]:
                return True
            if closed is not None and (first.year, first.month) >= (closed.year, closed.month):
                return True
            if (year, month) not in over:
                return False

    def took(self):
        """The starts, and how much working time each letter has taken, and whether it was handed over."""
        some = [(each["registered"], self.seen(each["taken over"])) for each in self.files.letters.values()]
        spans = [by_day(start, stop or self.now) if start <= self.now else None for start, stop in some]
        return [start for start, _ in some], spans, [stop is not None for _, stop in some]

    def handed_over(self):  # 1.5
        starts, spans, stopped = self.took()
        places = self.verdicts(starts, lambda n: "counted" if stopped[n] else "unfinished", TEN_MONTHS)
        return places, [Fraction(span // MINUTE) if span is not None else None for span in spans]

    def capped(self):  # 1.5 (15 min)
        starts, spans, stopped = self.took()
        cap = 15 * MINUTE

        def judge(n):
            if stopped[n]:
                return "counted" if spans[n] <= cap else "late"
            return "late" if spans[n] >= cap else "running"

        return self.verdicts(starts, judge, TEN_MONTHS)

    def correct(self, reading):  # 1.6
        some = list(self.files.internal.values())
        came_back = {"as_presented": "วันเวลาส่งกลับ", "at_first_check": "วันเวลาส่งคืนแก้ไข"}[reading]

        def judge(n):
            if self.seen(some[n][came_back]):
                return "missed"
            return "counted" if self.seen(some[n]["วันเวลาเสนอผู้ว่าราชการ"]) else "running"

        return self.verdicts([each["วันเวลาตรวจ"] for each in some], judge)

    def attended(self):  # 1.7
        some = list(self.files.ceremonies.values())
        return self.verdicts([each["held"] for each in some], lambda n: "counted" if some[n]["attended"] else "missed")

    def certified(self, reading):  # 1.8
        some = list(self.files.certificates.values())

        def judge(n):
            if not self.seen(some[n]["submitted"]) and self.seen(some[n]["cancelled"]):
                return "excluded"
            return self.against(some[n]["requested"], THREE_DAYS[reading], some[n]["submitted"])

        return self.verdicts([each["requested"] for each in some], judge)

    def delivered(self, reading):  # 1.9
        some = list(self.files.council.values())

        def judge(n):
            sent = [at for at in some[n]["delivered"] if self.seen(at)]
            again = self.seen(some[n]["again"])
            if reading == "complete":
                sent = [at for at in sent[::-1] if again is None or at >= again]
            stop = sent[0] if sent else None
            return self.against(None, lambda _: some[n]["meets"], stop)

        return self.verdicts([each["called"] for each in some], judge)

    def reimbursed(self):  # 1.10
        some = list(self.files.claims.values())

        def judge(n):
            if self.seen(some[n]["returned"]):
                return "missed"
            return self.against(None, lambda _: some[n]["due"], some[n]["paid"])

        return self.verdicts([each["worked"] for each in some], judge)


def in_year(at):
    return YEAR[0] <= at.astimezone(THAI_TIME).date() <= YEAR[1]


def rate(places):
    bins = Counter(lies for _, lies in places)
    return Reading(places, Fraction(100 * bins["counted"]), bins["counted"] + bins["late"] + bins["missed"])


def times(places):
    return Reading(places, Fraction(sum(lies == "counted" for _, lies in places)), 1)


def months(places):
    return Reading(places, Fraction(len({month for month, lies in places if lies == "counted"})), 1)


def mean_time(places, minutes):
    measured = [minutes[n] for n, (_, lies) in enumerate(places) if lies == "counted"]
    return Reading(places, sum(measured, Fraction()), len(measured))


def mean_score(places, answers):
    items = defaultdict(list)
    for (_, lies), each in zip(places, answers, strict=True):
        if lies == "counted":
            for item, score in each["scores"].items():
                items[item].append(score)
    scores = [Fraction(sum(given), len(given)) for given in items.values()]
    return Reading(places, sum(scores, Fraction()), len(scores))


def monthly(make, places, *more):
    """The figure month by month: made of the places of each month alone, with what belongs to them."""
    found = {}
    for month in sorted({month for month, _ in places if month is not None}):
        mine = [n for n, (each, _) in enumerate(places) if each == month]
        found[month] = make([places[n] for n in mine], *([other[n] for n in mine] for other in more))
    return found


def figures(files, now):
    """By number and reading ("" where there is only one): the whole figure, and the figure of each month."""
    asked, found = Asked(files, now), {}

    def put(number, make, places, *more, reading=""):
        found[number, reading] = make(places, *more), monthly(make, places, *more)

    for reading in TWO_DAYS:
        put("1.1 A", rate, asked.screened(reading), reading=reading)
    put("1.1 B", rate, asked.trained())
    put("1.2", rate, asked.passed())
    for reading in ("still_resolved", "once_resolved"):  # the files do not know complaints that were opened again
        put("1.3", rate, asked.resolved(), reading=reading)
    answers = list(files.answers.values())
    said = asked.verdicts(
        [each["answered"] for each in answers], lambda n: "counted" if answers[n]["scores"] else "excluded"
    )
    put("1.3 (2)", mean_score, said, answers)
    put("1.3 (3)", rate, asked.reported())
    for reading in ("stored", "stored_and_refreshed_monthly"):
        put("1.4", rate, asked.stored(reading), reading=reading)
    put("1.5", mean_time, *asked.handed_over())
    put("1.5 (15 min)", rate, asked.capped())
    for reading in ("as_presented", "at_first_check"):
        put("1.6", rate, asked.correct(reading), reading=reading)
    put("1.7", rate, asked.attended())
    for reading in THREE_DAYS:
        put("1.8", rate, asked.certified(reading), reading=reading)
    for reading in ("complete", "first_delivery"):
        put("1.9", rate, asked.delivered(reading), reading=reading)
    put("1.10", times, asked.reimbursed(), reading="times")
    put("1.10", months, asked.reimbursed(), reading="months")
    for number in OUTSIDE:
        put(number, *reported_value(asked, number))
    return found


def reported_value(asked, number):
    """The value of an indicator that was reported last; the others of it are excluded."""
    some = list(asked.files.values.values())
    mine = [n for n, each in enumerate(some) if each["number"] == number and asked.seen(each["reported"])]
    last = max(mine, key=lambda n: (some[n]["reported"], n), default=None)
    places = asked.verdicts([each["reported"] for each in some], lambda n: "counted" if n == last else "excluded")

    def make(places, values):
        value = next((each["value"] for (_, lies), each in zip(places, values, strict=True) if lies == "counted"), None)
        return Reading(places, value, 1)

    return make, places, some


def targets(files):
    """By number: what the plan promises as ("≥", 95); for values from outside, what came with them."""
    set_by_others = {each["number"]: ("≥", each["target"]) for each in files.values.values() if each["target"]}
    return {
        "1.1 B": ("≥", 80), "1.2": ("≥", 90), "1.3": ("≥", 100), "1.4": ("≥", 100), "1.5": ("≤", 12), "1.6": ("≥", 95),
        "1.7": ("≥", 90), "1.8": ("≥", 100), "1.9": ("≥", 100), "1.10": ("≥", 12),
    } | set_by_others  # fmt: skip  # a table
