"""What it costs to keep letters in a file, beside bare inserts of the same rows: python tests/bench/store.py.

Needs docflow-registry[store]. Everything runs side by side in one process, and each figure is the best of some rounds;
quote the ratios, not the seconds. The aims are those the project set itself.

The other side of the first ratio inserts the same rows into the same tables by SQLAlchemy, in a transaction for each
letter, with the same durability: on SQLite a write-ahead log and synchronous FULL. It knows no rule, reads nothing, and
keeps no head. Each letter has three records and the one row by which it is found; what it costs to insert the records
alone, which nobody could find a letter by, is printed too.
"""

import json
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from sqlalchemy import insert, select

from docflow import Letter
from docflow.bangkok import INCOMING_EXTERNAL_LETTER
from docflow.registry import Book, RegisterNumber
from docflow.store import Store
from docflow.store.tables import LINE, RECORD

UNIT = "General Administration"
ROUNDS = 5
FEW = 400  # letters in a round
BARE_RECORD, BARE_LINE = insert(RECORD), insert(LINE)
TOGETHER = 500  # letters in a unit of work, where many are made


class Watch:
    """A clock that goes on by a second."""

    def __init__(self):
        self.at = datetime(2020, 1, 6, 2, tzinfo=UTC)

    def __call__(self):
        self.at += timedelta(seconds=1)
        return self.at


def letter(n):
    return Letter(number="", reference=f"มท 0505/{n}", sender="กระทรวงมหาดไทย", subject=f"ขอเชิญเป็นประธานเปิดตลาด {n}")


def receive(office, letters, together=1):
    for begin in range(0, letters, together):
        with office.write(by="Somchai") as desk:
            for n in range(begin, min(letters, begin + together)):
                line = desk.receive(letter(n), unit=UNIT, workflow=INCOMING_EXTERNAL_LETTER)
                if together > 1:
                    desk.apply(line.number, "hand_over", by="Somying")


def rows_of(office, letters):
    """The rows of the last letters, as a store wrote them: of each letter its records, and the row it is found by."""
    with office._database.reading() as connection:
        of_letters = RECORD.c.kind.in_(["line", "follows", "entry"])
        records = connection.execute(select(RECORD).where(of_letters).order_by(RECORD.c.place))
        kept = [dict(row._mapping) for row in records][-3 * letters :]
        lines = connection.execute(select(LINE).order_by(LINE.c.place))
        found_by = [dict(row._mapping) for row in lines][-letters:]
    return [(kept[3 * n : 3 * n + 3], found_by[n]) for n in range(letters)]


def bare(office, letters):
    for records, line in letters:
        with office._database.engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            connection.execute(BARE_RECORD, records)
            if line is not None:
                connection.execute(BARE_LINE, line)
            connection.exec_driver_sql("COMMIT")


def took(work, *arguments):
    begin = perf_counter()
    work(*arguments)
    return perf_counter() - begin


def receipts(folder, called):
    with (
        Store.create(folder / "one.db") as office,
        Store.create(folder / "all.db") as every,
        Store.create(folder / "some.db") as some,
    ):
        receive(office, FEW)
        ours, all_rows, records = [], [], []
        for _ in range(ROUNDS):
            ours.append(took(receive, office, FEW))
            rows = rows_of(office, FEW)
            all_rows.append(took(bare, every, rows))
            records.append(took(bare, some, [(one, None) for one, _ in rows]))
        one, two, three = min(ours), min(all_rows), min(records)
        print(f"{called + ': receipts a second':46}{FEW / one:8.0f}")
        print(f"{called + ': bare inserts of the same rows (aim ≤ 2)':46}{FEW / two:8.0f}    {one / two:5.2f} ×")
        print(f"{called + ': bare inserts of their records':46}{FEW / three:8.0f}    {one / three:5.2f} ×")


def growing(where, called):
    """A store that grows: each time as many records again."""
    with Store.create(where, now=Watch()) as office:
        letters, size = 0, 12_500
        while letters < 4 * size:
            made = took(receive, office, size, TOGETHER)
            letters += size
            proof = office.verify()
            assert proof.holds
            verified = min(took(office.verify) for _ in range(3))
            one = min(took(receive, office, 100) for _ in range(3)) / 100
            letters += 300
            found = [took(by_number, office, 1 + n * 97 % letters) for n in range(200)]
            records = proof.head.place
            print(f"\n{called}, {records:,} records")
            print(f"{'  many together, a letter':46}{made / size * 1e6:8.0f} µs")
            print(f"{'  a receipt alone':46}{one * 1e6:8.0f} µs")
            print(f"{'  a case by number (aim ≤ 2)':46}{sorted(found)[100] * 1e3:8.2f} ms")
            bare = min(took(bare_look, where) for _ in range(3))
            print(f"{'  verified':46}{verified:8.2f} s")
            print(f"{'  of that, 100,000 records (aim ≤ 3)':46}{verified / records * 1e5:8.2f} s")
            print(f"{'  the same rows read, parsed and hashed':46}{bare:8.2f} s    {verified / bare:5.2f} ×")


def bare_look(path):
    """Read every record, hash it twice and parse it, with nothing but the standard library; no rule is known."""
    with closing(sqlite3.connect(path)) as connection:
        for row in connection.execute("SELECT * FROM record ORDER BY place"):
            json.loads(row[10])
            sha256(f"{row[9]}\n{row[10]}".encode()).hexdigest()
            sha256("\n".join(map(str, row)).encode()).hexdigest()


def by_number(office, n):
    with office.read() as books:
        return books[RegisterNumber(Book(UNIT), 2563, n)]


def main():
    with TemporaryDirectory() as folder:
        receipts(Path(folder), "SQLite")
        growing(Path(folder) / "growing.db", "SQLite")
        print(f"{'bytes a record':46}{(Path(folder) / 'growing.db').stat().st_size / 200_000:8.0f}")


if __name__ == "__main__":
    sys.exit(main())
