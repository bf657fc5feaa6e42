"""Exports: the records of one day in a file that can be checked without the store, by a hash on paper."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from docflow.errors import FileError
from docflow.instants import day as given_day
from docflow.instants import instant
from docflow.store.chain import BEGINNING, Head, Record, digest_of, hash_on
from docflow.store.heads import head_at
from docflow.store.naming import number_of
from docflow.store.proving import Broken, Proof
from docflow.store.tables import FORMAT, RECORD
from docflow.text_file import opened
from docflow.thai.dates import THAI_TIME
from docflow.whole_file import new_file

if TYPE_CHECKING:
    import os

    from sqlalchemy import Connection

    from docflow.registry import RegisterNumber

__all__ = ["check_export", "export"]

WHAT: Final = "records of a day"
NONE: Final = Head(0, 0, 0, BEGINNING)
"""What stands above the first record."""
AMISS: Final = (ValueError, TypeError, KeyError, RecursionError, OverflowError)
"""What a text raises that is no export: what `json` says, and what a date or a hash cannot be made of."""


def export(connection: Connection, day: date, path: str | os.PathLike[str], *, private: bool, over: bool) -> Head:
    """Write the records of a day to a file; the head of that day.

    The heading has the record above the first one, without its words: the chain holds it, and its time says that no
    record of the day was left out before the first.
    """
    first, following = _bounds(given_day(day))
    before, head = (head_at(connection, at - 1) or NONE for at in (first, following))
    said = json.loads(connection.execute(select(RECORD.c.content).where(RECORD.c.place == 1)).scalar_one())
    above = connection.execute(select(RECORD).where(RECORD.c.place == before.place)).one_or_none()
    heading = {
        "docflow": WHAT,
        "format": FORMAT,
        "store": said["id"],
        "secret": said["secret"],
        "day": day.isoformat(),
        "above": above and Record(*above)._replace(salt=None, content=None)._asdict(),
        "head": head._asdict(),
    }
    of_day = RECORD.c.place > before.place, RECORD.c.place <= head.place
    rows = select(RECORD).where(*of_day).order_by(RECORD.c.place)
    with new_file(path, private=private, over=over) as part, part.open("r+b") as file:
        file.write(_line(heading))
        with connection.execute(rows, execution_options={"yield_per": 1000}) as found:
            for row in found:
                file.write(_line(Record(*row)._asdict()))
    return head


def check_export(path: str | os.PathLike[str], *, printed: str | Head | None = None) -> Proof:
    """Check every hash of an export; what is found is told as `Store.verify` tells it. It needs no store.

    >>> from tempfile import TemporaryDirectory
    >>> from docflow.store import Store
    >>> with TemporaryDirectory() as folder, Store.create(f"{folder}/office.db") as office:
    ...     head = office.export(office.head.at.date(), f"{folder}/today.jsonl")
    ...     print(check_export(f"{folder}/today.jsonl", printed=head.hash).holds)
    True

    A chain that holds within itself says little, for whoever alters a record can make all hashes anew. `printed` is the
    hash of that day's head from paper, such as from the day's page, and it signs the file: nobody can make other
    records that end in it. It does not tell who wrote the file; whoever signed the paper vouches for it. Without the
    paper, `Store.verify(printed=proof.head.hash)` tells whether the store has the day with this very end.

    What was disposed of before the export has no content in it, and its hash holds. Raises `FileError` for a file that
    is no export.
    """
    wanted = None if printed is None else hash_on(printed)
    with opened(path) as file:
        bounds, above, head, secret = _heading(str(path), file.readline())
        last, gone, proven = above or NONE, 0, None
        for line in file:
            record = _record(line)
            problem = "it cannot be read" if record is None else _against(record, last, bounds)
            if record is None or problem:
                return Proof(head, gone, Broken(last.place + 1, problem, _about(record, secret)))
            gone += record.content is None
            last = _head(record)
            if record.hash == wanted:
                proven = record.place
    if last != head:
        problem = f"the file ends here, and its heading says that the day ends with record {head.place}"
    elif wanted is not None and proven is not None and proven != head.place:
        problem = f"the hash that was printed is that of record {proven}, and proves none of those below it"
        return Proof(head, gone, Broken(proven + 1, problem))
    elif wanted is not None and wanted != head.hash:
        problem = f"the day ends here with the hash {head.hash}, and {wanted} was printed"
    else:
        return Proof(head, gone, None)
    return Proof(head, gone, Broken(last.place, problem))


def _about(record: Record | None, secret: object) -> RegisterNumber | None:
    """The number that a record says it is about; None where it cannot be read, or an older file tells no grade."""
    return number_of(record.number, secret=secret) if record is not None and isinstance(secret, bool) else None


def _line(said: dict[str, Any]) -> bytes:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _bounds(day: date) -> tuple[int, int]:
    """The first instant of a Thai day, and that of the next."""
    first = instant(datetime.combine(day, time(), tzinfo=THAI_TIME))
    return first, first + timedelta(days=1) // timedelta(microseconds=1)


def _heading(path: str, line: bytes) -> tuple[tuple[int, int], Head | None, Head, bool | None]:
    """The bounds of the day, what stands above it, its end, and whether its books are secret, where that is told."""
    try:
        said = json.loads(line)
        if said["docflow"] != WHAT:
            raise ValueError(said)
        bounds, head = _bounds(date.fromisoformat(said["day"])), Head(**said["head"])
        above = None if said["above"] is None else Record(**said["above"])
        if above is not None and (above.proper_hash != above.hash or above.written >= bounds[0]):
            raise FileError(path, "its heading was altered; take another copy of it")
        return bounds, above and _head(above), head, said.get("secret")
    except AMISS as error:
        if isinstance(error, FileError):
            raise
        raise FileError(path, "is no export of a day; name one that office.export(...) wrote") from None


def _head(record: Record) -> Head:
    return Head(record.place, record.writing, record.written, record.hash)


def _record(line: bytes) -> Record | None:
    try:
        return Record(**json.loads(line))
    except AMISS:
        return None


def _against(record: Record, last: Head, bounds: tuple[int, int]) -> str:
    """Why a record is not the one that was written below another; empty when it is."""
    try:
        if record.before != last.hash:
            return "it is another one than was written here"
        kept = record.content is not None or record.salt is not None
        if kept and digest_of(record.salt or "", record.content or "") != record.digest:
            return "its content was altered"
        if record.hash != record.proper_hash:
            return "it was altered"
        return "" if bounds[0] <= record.written < bounds[1] else "it was written on another day"
    except AMISS:  # such as half of a surrogate pair, which has no bytes
        return "it was altered"
