"""Damaged files by the thousand: nothing is lost, nothing is altered, and only docflow's own errors come out.

    python tests/fuzz.py [--seconds 60] [--files N] [--seed 1]

Each file is made of sound rows of the sample office, and some of its rows are damaged. Then it is read, and this must
hold:

* no exception comes out but docflow's;
* every row is counted once, as measured or as a fault: none is lost, none becomes part of another unsaid;
* a row that nobody touched is read as it would be alone, or told as a line of a cell that may have taken it in;
* no text that goes out can steer a terminal;
* no small file takes over two seconds.

A finding is printed with the seed that makes its file again (`--seed N --files 1`); then the exit status is 1.
"""

import argparse
import csv
import re
import sys
import unicodedata
from collections import Counter
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import monotonic, process_time
from traceback import format_exception

from attrs import define, field
from year_files import KIND

from docflow.bangkok import PLAN_2563, year_end
from docflow.bangkok.files import RECORD_FILES, read_records, read_register
from docflow.bangkok.report import LetterReport, year_report
from docflow.errors import DocflowError, FileError
from docflow.files import read_event_log, read_table
from docflow.report import page
from docflow.thai import holiday_table

SAMPLE = Path(__file__).parent.parent / "examples" / "data"
REGISTER = "register-2563.csv"
LOG = "log.csv"
LOG_COLUMNS = ["case:concept:name", "concept:name", "time:timestamp"]
HOLIDAYS = "holidays.csv"
NAMES = [*[REGISTER] * 20, *[LOG] * 4, *[HOLIDAYS] * 4, *RECORD_FILES]  # as often as each is damaged
SLOW = 2  # seconds that no small file may take
STEERING = {"Cc", "Cf"}  # categories of characters that no line meant for a terminal may hold
HARMLESS = "\n\u200b\u200c\u200d"  # line ends, and what Thai and other scripts use to break and to join words

TEXTS = (1, 3, 4, 5)  # columns of the register that may hold any text
MARK, LETTERS = "แถว", "กขคงจฉชซญฎฏฐ"  # a row's own, in its texts
UNUSUAL = 0.15  # of rows: those that begin otherwise than the others, or with nothing
FIRST_CELLS = ["", "", "-", "–", "A-7", "ก12", "ด่วน"]

HOSTILE = (
    '"', '""', '"\n', ',"', '",', "\n", "\r", "\r\n", ",", ";", "\t",
    "\0", "\x1a", "\x1b[2J\x1b[31m", "\x9b31m", "\x85",
    "\u202e", "\u2066", "\u200e", "\u2028", "\ufeff", "\u00a0", "\u0e33", "๒๕๖๒", "=cmd|' /C calc'!A0", "<script>",
    "{0}", "%s", "\\", "'", "é", "\U0001f4ee", "\ud7ff",
)  # fmt: skip
CELLS = (
    "", " ", "-", "0", "-1", "1e309", "nan", "inf", "9" * 40, "๙๙๙๙/๙๙๙๙", "31/12/9999 23:59", "01/01/10542 00:00",
    "01/01/0544 00:00", "29/02/2562 09:00", "2019-10-01T08:42:00+99:99", "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59.999999-12:00", "2019-10-01 08:42:00", "24:00", "x" * 200_000, "a\nb", 'a"b', "8701/2562",
)  # fmt: skip


@define
class File:
    """A file that is being damaged: its rows as text, and which of them nobody touched."""

    heading: str
    rows: list[str]
    sound: list[bool] = field(init=False)
    end: str = "\r\n"
    mark: str = "\ufeff"
    whole: bool = True
    """Whether only rows were damaged, not the heading nor the file as such."""

    def __attrs_post_init__(self):
        self.sound = [True] * len(self.rows)

    def text(self):
        return self.mark + self.end.join([self.heading, *self.rows, ""])


def csv_line(cells):
    """One row as a spreadsheet writes it."""
    quoted = ('"' + cell.replace('"', '""') + '"' if set(cell) & set(',"\r\n') else cell for cell in cells)
    return ",".join(quoted)


def cells_of(row):
    """The cells of one whole row, by the standard library."""
    return next(csv.reader(row.splitlines(keepends=True), strict=True), [])


def sample(name):
    with (SAMPLE / name).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.reader(lines))


def sample_log():
    """An event log like those of process mining, made of the sample register."""
    rows = [[*LOG_COLUMNS, "org:resource"]]
    for place in range(40):
        for step, activity in enumerate(("receipt", "check", "decide", "answer, or forward")):
            at = f"2011-10-{step + 3:02} {8 + place % 9:02}:{place % 60:02}:00+02:00"
            rows.append([f"case-{place}", activity, at, f"Resource{step:02}"])
    return rows


def sample_holidays():
    """The government's own table, its columns in the order in which docflow has them."""
    columns = ["date", "english", "source", "thai", "kind", "area", "announced", "evidence"]
    days = ([str(row.day), row.english, row.source, row.thai, row.kind, ";".join(row.area), str(row.announced or ""),
             row.evidence] for row in holiday_table())  # fmt: skip
    return [columns, *days]


def make(random, name, table):
    """A small sound file: some rows in a row, some without their last cells, some with a cell of two lines."""
    heading, *rows = table
    start = random.randrange(max(1, len(rows) - 12))
    rows = [list(row) for row in rows[start : start + random.randint(2, 12)]]
    for n, row in enumerate(rows):
        if name == REGISTER:
            for place in TEXTS:
                row[place] += f" {MARK}{LETTERS[n]}."
            if random.random() < 0.1:
                row[5] = f"{row[5]}\nต่อ"
        if random.random() < UNUSUAL:
            row[0] = random.choice(FIRST_CELLS)
        if name != HOLIDAYS and random.random() < 0.5:  # an unfinished record, its last cells left off
            del row[random.randint(min(3, len(row)), len(row)) :]
    file = File(csv_line(heading), [csv_line(row) for row in rows])
    file.end = random.choice(["\r\n", "\r\n", "\n", "\n", "\r"]) if name != REGISTER else random.choice(["\r\n", "\n"])
    file.mark = random.choice(["", "\ufeff"])
    return file


def damage(random, file, near):
    """Damage one row in one way, near another that was damaged; gives its place."""
    place = min(max(0, near + random.choice([-1, 0, 1, 1])), len(file.rows) - 1)
    row = file.rows[place]
    at = random.randrange(len(row) + 1)
    way = random.randrange(12)
    if way <= 3:  # the commonest slip: a stray mark, mostly where a cell begins or ends
        edges = [0, len(row), *(place + beside for place, mark in enumerate(row) if mark == "," for beside in (0, 1))]
        at = random.choice([at, *[random.choice(edges)] * 3])
        row = row[:at] + '"' + row[at:]
    elif way == 4:  # cells left off
        row = ",".join(row.split(",")[: random.randint(1, row.count(",") + 1)])
    elif way == 5:
        row = row + "," * random.randint(1, 3) + random.choice(["", "x", '"x'])
    elif way == 6:
        row = row[:at]
    elif way == 7:
        row = row[:at] + row[at + 1 :]
    elif way == 8:
        row = row[:at] + random.choice(HOSTILE) + row[at:]
    elif way == 9:
        cells = row.split(",")
        cells[random.randrange(len(cells))] = csv_line([random.choice(CELLS)])
        row = ",".join(cells)
    elif way == 10:
        file.rows.insert(place, random.choice(file.rows))  # a row twice: either may be told as the duplicate
        file.sound.insert(place, False)
        twin = file.rows[place]
        for other, text in enumerate(file.rows):
            file.sound[other] = file.sound[other] and text != twin
        return place
    else:
        file.rows.insert(place, random.choice(["", " ", ",,", '""', '"', "\x0c"]))
        file.sound.insert(place, False)
        return place
    file.rows[place] = row
    file.sound[place] = False
    return place


def damage_whole(random, file):
    """Damage the file itself, now and then; gives its bytes."""
    way = random.randrange(40)
    if way == 0:
        at = random.randrange(len(file.heading) + 1)
        file.heading = file.heading[:at] + random.choice(HOSTILE) + file.heading[at:]
    data = bytearray(file.text().encode("utf-8", "surrogatepass"))
    if way == 1:
        data[random.randrange(len(data))] = random.randrange(256)
    elif way == 2:
        del data[random.randrange(len(data)) :]
    elif way == 3:
        data = bytearray(file.text().encode(random.choice(["utf-16", "utf-16-le", "cp874"]), "replace"))
    if way <= 3:
        file.whole = False
        file.sound = [False] * len(file.rows)
    return bytes(data)


def cleanly(words):
    """What in a text could steer a terminal."""
    return {mark for mark in words if unicodedata.category(mark) in STEERING and mark not in HARMLESS}


class Findings:
    """What did not hold, counted, and printed as it is found."""

    def __init__(self):
        self.count = 0
        self.kinds = Counter()

    def add(self, seed, name, what, detail):
        self.count += 1
        self.kinds[what] += 1
        if self.kinds[what] <= 5:
            print(f"finding, --seed {seed} --files 1 ({name}): {what}: {detail}", flush=True)


def rows_hold(path, columns, file):
    """The rows one by one, against what the standard library makes of each alone."""
    table = read_table(path, columns)
    found = list(table.rows)
    doubts = [note for note in table.notes if note.kind == "doubtful"]
    read = Counter(tuple(row.cells[name] for name in columns) for row in found if not row.fault)
    names = [plain(name) for name in cells_of(file.heading)]
    for row, sound in zip(file.rows, file.sound, strict=True):
        cells = cells_of(row) if sound else []
        alone = {**dict.fromkeys(columns, ""), **dict(zip(names, map(plain_cell, cells), strict=False))}
        told = any(row in note.text for note in doubts)
        if any(map(plain_cell, cells)) and not read[tuple(alone[name] for name in columns)] and not told:
            yield "an untouched row is lost or altered", repr(cells)[:200]
    rows = sum(row.count(",") >= 2 and any(map(fills, row)) for row in file.rows)
    if file.whole and len(found) + len(doubts) < rows:
        yield "a row is lost unsaid", f"{len(found)} of {rows}, {len(doubts)} noted"
    noted = {note.row for note in doubts}
    for row in found:
        holds = set(re.findall(rf"{MARK}([{LETTERS}])\.", " ".join(row.cells.values())))
        if len(holds) > 1 and row.number not in noted:
            yield "a row holds cells of another unsaid", repr(row.cells)[:300]
    for fault in [*(row.fault for row in found if row.fault), *table.notes]:
        yield from clean_fault(fault)


def fills(mark):
    """Whether a mark makes a row more than a blank one."""
    return not mark.isspace() and mark not in ',"\ufeff\u200e'


def plain(heading):
    return " ".join(heading.replace("\ufeff", "").split())


def plain_cell(cell):
    return cell.replace("\u00a0", " ").strip()


def clean_fault(fault):
    steering = cleanly(fault.reason) | cleanly(fault.column)
    if steering:
        yield "a fault's words can steer a terminal", f"{fault.column!r} {fault.reason!r}"


def register_holds(path, file):
    read = read_register(path)
    if read.rows != len(read.cases) + len({fault.row for fault in read.faults}):
        yield "rows, cases and faulty rows do not add up", f"{read.rows} {len(read.cases)} {len(read.faults)}"
    cases = {case.number: case for case in read.cases}
    for fault in (*read.faults, *read.notes):
        yield from clean_fault(fault)
    for case in read.cases:
        if cleanly(repr(case)):
            yield "a case's repr can steer a terminal", ascii(repr(case))
    taken = {fault.text for fault in read.faults if fault.kind == "duplicate"}
    alone = path.with_name("alone.csv")
    for row, sound in zip(file.rows, file.sound, strict=True):
        if sound:
            alone.write_text(f"{file.heading}\n{row}\n", encoding="utf-8")
            for case in read_register(alone).cases:
                if cells_of(row)[0] not in taken and cases.get(case.number) != case:
                    yield "an untouched letter is lost or altered", case.number


def log_holds(path, file):
    read = read_event_log(path)
    events = {(trace.number, event.state, event.at.isoformat()) for trace in read.records for event in trace.history}
    rows = sum(1 for _ in read_table(path, LOG_COLUMNS).rows)
    if read.events + len(read.faults) != rows:
        yield "rows, events and faults do not add up", f"{rows} {read.events} {len(read.faults)}"
    for fault in read.faults:
        yield from clean_fault(fault)
    for row, sound in zip(file.rows, file.sound, strict=True):
        if sound:
            number, activity, at, *_ = cells_of(row)
            if number and (number, activity, at.replace(" ", "T")) not in events:
                yield "an untouched event is lost", row


def holidays_hold(path, file):
    """A table of holidays is read whole or refused: a wrong day off would move every figure."""
    try:
        read = holiday_table(path)
    except FileError as error:
        if cleanly(str(error)):
            yield "an error's words can steer a terminal", ascii(str(error))
        return
    days = Counter(str(row.day) for row in read)
    rows = sum(any(map(fills, row)) for row in file.rows)
    if file.whole and len(read) < rows:
        yield "a holiday is lost", f"{len(read)} of {rows}"
    for row, sound in zip(file.rows, file.sound, strict=True):
        if sound and not days[cells_of(row)[0]]:
            yield "an untouched holiday is lost or altered", row


def year_holds(folder, name, whole):
    year = read_records(folder)
    kind = KIND.get(name)
    if kind is not None and name in year.rows:
        faulty = {fault.row for fault in year.faults.get(name, ())}
        if year.rows[name] != len(year.records[kind]) + len(faulty):
            yield "rows, records and faulty rows do not add up", f"{year.rows[name]} {len(year.records[kind])} {faulty}"
    for faults in (*year.faults.values(), *year.notes.values()):
        for fault in faults:
            yield from clean_fault(fault)
    if not whole:
        return
    register = read_register(folder / REGISTER)
    plan = PLAN_2563
    result = plan.evaluate({"letters": register.cases, **year.records}, as_of=year_end(plan.clock))
    text = page(year_report(result, year, letters=LetterReport.of(REGISTER, register, result)))
    if cleanly(text) or "<script>" in text:
        yield "a page holds what steers", ascii("".join(cleanly(text)))


def attempt(seed, folder, tables, findings):
    """Make, damage and read one file."""
    random = Random(seed)
    name = random.choice(NAMES)
    file = make(random, name, tables[name])
    place = random.randrange(len(file.rows))
    for _ in range(random.choice([0, 1, 2, 2, 2, 3])):
        place = damage(random, file, place)
    data = damage_whole(random, file)
    path = folder / name
    whole = path.read_bytes() if path.exists() else b""
    path.write_bytes(data)
    checks = {
        REGISTER: lambda: register_holds(path, file),
        LOG: lambda: log_holds(path, file),
        HOLIDAYS: lambda: holidays_hold(path, file),
    }
    columns = [plain(name) for name in tables[name][0]]
    for check in (
        lambda: rows_hold(path, columns, file),
        checks.get(name, lambda: year_holds(folder, name, whole=random.random() < 0.02)),
    ):
        begin = process_time()
        try:
            for what, detail in check():
                findings.add(seed, name, what, detail)
        except DocflowError as error:
            if file.whole:
                findings.add(seed, name, "a file with a sound heading is refused as a whole", str(error)[:300])
            if cleanly(str(error)):
                findings.add(seed, name, "an error's words can steer a terminal", ascii(str(error)))
        except Exception as error:  # noqa: BLE001 - that anything else comes out is the finding
            findings.add(seed, name, f"{type(error).__name__} comes out", "".join(format_exception(error)[-3:]))
        if process_time() - begin > SLOW:
            findings.add(seed, name, "slow", f"{process_time() - begin:.1f} s")
    path.write_bytes(whole)


def small_year(folder):
    """A folder with a few rows of each record file, for the one that is damaged to stand among."""
    for name in (REGISTER, *RECORD_FILES):
        rows = sample(name)[:5]
        (folder / name).write_text("\n".join(map(csv_line, rows)) + "\n", encoding="utf-8")


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=60, help="for how long (3600 for an hour)")
    parser.add_argument("--files", type=int, help="how many files, however long it takes")
    parser.add_argument("--seed", type=int, default=1, help="the first file's seed; the next ones follow")
    options = parser.parse_args(arguments)
    tables = {name: sample(name) for name in (REGISTER, *RECORD_FILES)} | {
        LOG: sample_log(),
        HOLIDAYS: sample_holidays(),
    }
    findings, files, begin = Findings(), 0, monotonic()
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        small_year(folder)
        while files < options.files if options.files else monotonic() - begin < options.seconds:
            attempt(options.seed + files, folder, tables, findings)
            files += 1
    print(f"{files} files from seed {options.seed} on, {findings.count} findings")
    for what, count in findings.kinds.most_common():
        print(f"{count:6}  {what}")
    return 1 if findings.count else 0


if __name__ == "__main__":
    sys.exit(main())
