"""What it costs to keep letters in a file, beside bare inserts of the same rows: python tests/bench/store.py.

Needs docflow-registry[store]. Everything runs side by side in one process, and each figure is the best of some rounds;
quote the ratios, not the seconds. The aims are those the project set itself.

The other side of the first ratio inserts the same rows into the same table by SQLAlchemy, in a transaction for each
letter, with the same durability: on SQLite a write-ahead log and synchronous FULL. It knows no rule, reads nothing, and
keeps no head.
"""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from sqlalchemy import insert, select

from docflow import Letter
from docflow.bangkok import INCOMING_EXTERNAL_LETTER
from docflow.registry import Book, RegisterNumber
from docflow.store import Store
from docflow.store.tables import RECORD

UNIT = "General Administration"
ROUNDS = 5
FEW = 400  # letters in a round
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
    """The rows of some letters, as a store wrote them."""
    with office._database.reading() as connection:
        rows = connection.execute(
            select(RECORD).where(RECORD.c.kind.in_(["line", "follows", "entry"])).order_by(RECORD.c.place)
        )
        return [dict(row._mapping) for row in rows][-3 * letters :]


def bare(office, rows):
    statement = insert(RECORD)
    for begin in range(0, len(rows), 3):
        with office._database.engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.dialect.name == "sqlite" else "BEGIN")
            connection.execute(statement, rows[begin : begin + 3])
            connection.exec_driver_sql("COMMIT")


def took(work, *arguments):
    begin = perf_counter()
    work(*arguments)
    return perf_counter() - begin


def receipts(where, bare_where, called, aim):
    with Store.create(where) as office, Store.create(bare_where) as other:
        receive(office, FEW)
        ours, theirs = [], []
        for _ in range(ROUNDS):
            ours.append(took(receive, office, FEW))
            theirs.append(took(bare, other, rows_of(office, FEW)))
        one, two = min(ours), min(theirs)
        print(f"{called + ': receipts a second':46}{FEW / one:8.0f}")
        print(f"{called + ': bare inserts a second':46}{FEW / two:8.0f}    {one / two:5.2f} × {aim}")


def growing(where, called):
    """A store that grows: each time as many records again."""
    with Store.create(where, now=Watch()) as office:
        letters, size = 0, 12_500
        while letters < 4 * size:
            made = took(receive, office, size, TOGETHER)
            letters += size
            proof = office.verify()
            assert proof.holds
            verified = min(took(office.verify) for _ in range(2))
            one = min(took(receive, office, 100) for _ in range(3)) / 100
            letters += 300
            found = [took(by_number, office, 1 + n * 97 % letters) for n in range(200)]
            records = proof.head.place
            print(f"\n{called}, {records:,} records")
            print(f"{'  many together, a letter':46}{made / size * 1e6:8.0f} µs")
            print(f"{'  a receipt alone':46}{one * 1e6:8.0f} µs")
            print(f"{'  a case by number (aim ≤ 2)':46}{sorted(found)[100] * 1e3:8.2f} ms")
            print(f"{'  verified':46}{verified:8.2f} s")
            print(f"{'  of that, 100,000 records (aim ≤ 3)':46}{verified / records * 1e5:8.2f} s")


def by_number(office, n):
    with office.read() as books:
        return books[RegisterNumber(Book(UNIT), 2563, n)]


def main():
    with TemporaryDirectory() as folder:
        receipts(Path(folder) / "one.db", Path(folder) / "bare.db", "SQLite", "(aim ≤ 2)")
        growing(Path(folder) / "growing.db", "SQLite")
        print(f"{'bytes a record':46}{(Path(folder) / 'growing.db').stat().st_size / 200_000:8.0f}")


if __name__ == "__main__":
    sys.exit(main())
