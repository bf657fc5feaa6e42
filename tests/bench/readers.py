"""What twice as large a file costs each reader: python tests/bench/readers.py.

Each ratio is that of the best of several runs over 2 n and over n rows, columns or lines; the aim is below 2.5. The
files are those that made readers slow once, or could: wide ones, broken ones, and ones that refer to each other.

Then a register of 100,000 letters is read into columns and into cases, one after the other in this process: the aim is
40 % of the time, and 400 bytes a letter that are kept. What is read besides, the file for one, is told as the peak.
"""

from __future__ import annotations

import sys
import tracemalloc
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import process_time

sys.path.insert(0, str(Path(__file__).parents[1]))

import year_files
from doubling import doubling
from registers import COLUMNS, as_csv, row
from year_files import line

from docflow.bangkok import INCOMING_EXTERNAL_LETTER
from docflow.bangkok.files import RECEIPT_REGISTER, RECORD_FILES, read_records, read_register
from docflow.files import read_event_log, read_register_columns

AIM = 2.5
LETTERS, SHARE, BYTES = 100_000, 0.40, 400
KEPT = ("sender", "subject", "unit")
LOG = "case:concept:name,concept:name,time:timestamp"


def register(n):
    return as_csv([row(number=f"{one}/2562") for one in range(1, n + 1)])


def long_subjects(n):
    return as_csv([row(number=f"{one}/2562", subject="ก\nข\n" * 20) for one in range(1, n + 1)])


def open_marks(n):
    return as_csv([]) + 'a",",b\n' * n


def open_marks_of_rows(n):
    return register(n).replace(",กระทรวง", ',"กระทรวง')


def doubtful_marks(n):
    return as_csv([]) + 'x,"\nb",\n' * n


def more_columns(n):
    return as_csv([row()] * 3, [*COLUMNS, *map(str, range(n))]).replace(",,", ",x,")


def one_case(n):
    return f"{LOG}\n" + "a,x,2012-01-01 10:00:00.1234567+00\n" * n


def many_columns(n):
    return f"{LOG},{','.join(map(str, range(n)))}\n" + f"a,x,2012-01-01T10:00:00Z{',x' * n}\n" * 3


def many_items(n):
    marks = [f"ข้อ {one}" for one in range(1, n + 1)]
    rows = [line("surveys.csv", {"เลขแบบสอบถาม": str(one)}) | dict.fromkeys(marks, "5") for one in range(3)]
    return {"surveys.csv": as_csv(rows, [*RECORD_FILES["surveys.csv"], *marks])}


def short_rows_under_many_items(n):
    marks = ",".join(f"ข้อ {one}" for one in range(3, n + 3))
    rows = [line("surveys.csv", {"เลขแบบสอบถาม": str(one)}) for one in range(n)]
    return {"surveys.csv": as_csv(rows, year_files.COLUMNS["surveys.csv"]).replace("ข้อ 2\r", f"ข้อ 2,{marks}\r", 1)}


def references(n):
    complaints = [line("complaints.csv", {"เลขรับเรื่อง": f"{one}/2562"}) for one in range(1, n + 1)]
    answers = [line("surveys.csv", {"เลขแบบสอบถาม": str(one), "เลขรับเรื่อง": str(one)}) for one in range(1, n + 1)]
    files = {"complaints.csv": complaints, "surveys.csv": answers}
    return {file: as_csv(rows, year_files.COLUMNS[file]) for file, rows in files.items()}


def a_long_register(n):
    """Letters that come every minute or two, and go through five steps within days."""
    random, at, rows = Random(1), datetime(2019, 10, 1, 8, 30), []
    for one in range(1, n + 1):
        at += timedelta(minutes=random.randrange(3))
        stamps, moment = [], at
        for _ in range(5):
            stamps.append(f"{moment:%d/%m}/{moment.year + 543} {moment:%H:%M}")
            moment += timedelta(minutes=random.randrange(1, 600))
        columns = ("receipt", "taken_over", "screened", "summarized", "submitted")
        rows.append(row(number=f"{one}/2562", subject=f"เรื่องที่ {one}", **dict(zip(columns, stamps, strict=True))))
    return as_csv(rows)


def columns_against_cases(path):
    def columns():
        return read_register_columns(path, RECEIPT_REGISTER, INCOMING_EXTERNAL_LETTER, fields=KEPT)

    seconds = []
    for read in (columns, lambda: read_register(path), columns):
        start = process_time()
        read()
        seconds.append(process_time() - start)
    share = min(seconds[0], seconds[2]) / seconds[1]
    tracemalloc.start()
    kept = columns()
    held, peak = (size / kept.cases for size in tracemalloc.get_traced_memory())
    tracemalloc.stop()
    for what, found, aim in (
        (f"{LETTERS:,} letters in columns, % of the time of cases", 100 * share, 100 * SHARE),
        (f"bytes a letter that are kept (at the peak {peak:.0f})", held, BYTES),
    ):
        print(f"{what:50}{found:5.0f}  {'≤' if found <= aim else 'over'} {aim:.0f}")


READERS = (
    ("a register", read_register, register, 3_000),
    ("cells of forty lines", read_register, long_subjects, 300),
    ("a quotation mark left open in every line", read_register, open_marks, 4_000),
    ("a quotation mark left open in every row", read_register, open_marks_of_rows, 4_000),
    ("cells of two lines that may be rows", read_register, doubtful_marks, 4_000),
    ("a register with more columns", read_register, more_columns, 40_000),
    ("a log of one case", read_event_log, one_case, 20_000),
    ("a log with more columns", read_event_log, many_columns, 40_000),
    ("items of a questionnaire", read_records, many_items, 20_000),
    ("answers to few of many items", read_records, short_rows_under_many_items, 2_000),
    ("answers that refer to complaints", read_records, references, 3_000),
)


def main():
    with TemporaryDirectory() as folder:
        for name, read, make, n in READERS:

            @cache
            def written(size, make=make, name=name):
                text, seen = make(size), Path(folder) / f"{name} {size}"
                if isinstance(text, str):
                    seen.write_text(text, encoding="utf-8", newline="")
                else:
                    seen.mkdir()
                    for file, part in text.items():
                        (seen / file).write_text(part, encoding="utf-8", newline="")
                return seen

            written(n), written(2 * n)
            ratio = doubling(lambda size: read(written(size)), n)
            print(f"{name:45}{ratio:5.2f} ×  {'≤' if ratio <= AIM else 'over'} {AIM}")
        path = Path(folder) / "register.csv"
        path.write_text(a_long_register(LETTERS), encoding="utf-8", newline="")
        columns_against_cases(path)


if __name__ == "__main__":
    main()
