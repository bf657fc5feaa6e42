"""Proving: every link of the chain is checked, and all that the records tell is judged anew."""

from __future__ import annotations

from bisect import bisect_left
from itertools import chain, groupby
from typing import TYPE_CHECKING, Any

from attrs import frozen
from sqlalchemy import select

from docflow.errors import DocflowError
from docflow.safe import visible
from docflow.store.chain import BEGINNING, Head, Record, digest_of
from docflow.store.data import from_text
from docflow.store.folding import Folder
from docflow.store.tables import LINK

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docflow.store.reading import Reader

__all__ = ["Broken", "Proof", "prove"]


@frozen
class Broken:
    """The first record that is not as it was written, and what is wrong with it.

    >>> print(Broken(12, "its content was altered"))
    record 12: its content was altered
    """

    place: int
    problem: str

    def __str__(self) -> str:
        return visible(f"record {self.place}: {self.problem}")


@frozen
class Proof:
    """What `Store.verify` found.

    >>> print(Proof(Head(3, 2, 0, "9f86d081884c7d65"), 0, None))
    3 records, head 9f86d081884c7d65: all as they were written
    """

    head: Head
    """The last record that the store has."""
    disposed: int
    """How many records have no content any more, because it was disposed of by decision."""
    broken: Broken | None

    @property
    def holds(self) -> bool:
        """Whether all is as it was written."""
        return self.broken is None

    def __str__(self) -> str:
        gone = f", {self.disposed} of them disposed of" if self.disposed else ""
        found = "all as they were written" if self.broken is None else f"not as they were written; {self.broken}"
        return f"{self.head}{gone}: {found}"


def prove(reader: Reader, head: Head, printed: str | None = None) -> Proof:
    """Check every link, then judge all; `printed` is a hash from the page of a day, which must be in the chain."""
    folder = Folder(reader.store, secret=reader.secret)
    links = _Links(head)
    try:
        for record in reader.every_record():
            links.check(record)
            try:
                folder.take(record)
                if record.unit is None and record.kind != "store" and record.content is not None:
                    from_text(record.kind, record.content)
            except (DocflowError, ValueError) as error:
                raise _BrokenError(record.place, _why(error)) from None
        links.end(printed)
        _judge(reader, folder)
        _look_up(reader, folder, head.place)
    except _BrokenError as error:
        return Proof(head, links.disposed, Broken(*error.args))
    return Proof(head, links.disposed, None)


class _BrokenError(Exception):
    """Where the chain breaks, and why."""


class _Links:
    """What is known of the records so far, and whether the next one follows them."""

    def __init__(self, head: Head) -> None:
        self.head = head
        self.place, self.writing, self.written, self.writer, self.hash = 0, 0, 0, "", BEGINNING
        self.of_book: dict[tuple[str, str] | None, str] = {}
        self.emptied: set[tuple[Any, ...]] = set()
        self.unexplained: dict[tuple[Any, ...], int] = {}
        self.hashes: set[str] = set()
        self.disposed = 0

    def check(self, record: Record) -> None:
        """See that the next record follows those above it. Raises `_BrokenError`."""
        problem = self._against_place(record) or self._against_content(record)
        if problem:
            raise _BrokenError(self.place + 1, problem)
        if record.content is None:
            self.disposed += 1
            self.unexplained.setdefault(record[5:9], record.place)
        elif record.kind == "disposed":
            self.emptied.add(record[5:9])
        self.place, self.writing, self.written, self.writer = record[:4]
        self.hash = self.of_book[record.book] = record.hash
        self.hashes.add(record.hash)

    def _against_place(self, record: Record) -> str:
        if record.place != self.place + 1:
            return f"it was taken away; the next that is there is record {record.place}"
        if record.hash != record.proper_hash:
            return "it was altered"
        if record.before != self.hash:
            return "the record above it is another one than when it was written"
        if record.before_in_book != self.of_book.get(record.book, BEGINNING):
            return "the record above it in its book is another one than when it was written"
        return "" if self._in_time(record) else "it does not follow the unit of work above it"

    @staticmethod
    def _against_content(record: Record) -> str:
        if (record.content is None) != (record.salt is None):
            return "its content was taken away"
        if record.content is not None and digest_of(record.salt or "", record.content) != record.digest:
            return "its content was altered"
        return ""

    def _in_time(self, record: Record) -> bool:
        if record.writing == self.writing:
            return record.written == self.written and record.writer == self.writer
        return record.writing == self.writing + 1 and record.written >= self.written

    def end(self, printed: str | None) -> None:
        """See that nothing is missing behind the last record, and that what is gone was disposed of."""
        gone = [place for number, place in self.unexplained.items() if number not in self.emptied]
        if gone:
            raise _BrokenError(min(gone), "its content was taken away, and no decision says so")
        if self.place < self.head.place:
            raise _BrokenError(self.place + 1, "it was taken away")
        if self.place > self.head.place:
            raise _BrokenError(self.head.place + 1, "it was added, and not by a unit of work")
        if (self.place, self.writing, self.written, self.hash) != tuple(self.head):
            raise _BrokenError(self.place, "it is not the last one that was written")
        if printed is not None and printed not in self.hashes:
            raise _BrokenError(self.place, f"none up to this one has the hash that was printed, {printed}")


def _judge(reader: Reader, folder: Folder) -> None:
    """Judge all that is told; when it can never have been, find the record that makes it so."""
    try:
        folder.register(reader.workflow)
    except (DocflowError, TypeError) as error:
        raise _BrokenError(_first_against(reader), _why(error)) from None


def _first_against(reader: Reader) -> int:
    """The first record of the first unit of work after which what is told can never have been, found by halving."""
    units = [list(records) for _, records in groupby(reader.every_record(), key=lambda record: record.writing)]
    first = bisect_left(range(len(units)), True, key=lambda n: _is_against(reader, chain.from_iterable(units[: n + 1])))  # noqa: FBT003 - what is looked for
    return units[min(first, len(units) - 1)][0].place


def _is_against(reader: Reader, records: Iterable[Record]) -> bool:
    folder = Folder(reader.store, secret=reader.secret)
    for record in records:
        folder.take(record)
    try:
        folder.register(reader.workflow)
    except (DocflowError, TypeError):
        return True
    return False


def _why(error: Exception) -> str:
    return getattr(error, "problem", None) or str(error)


def _look_up(reader: Reader, folder: Folder, last: int) -> None:
    """See that which line names which is kept as the records tell it."""
    told = {(*folder.key(link), *key) for key, one in folder.told.items() for link in one.links}
    kept = {tuple(row) for row in reader.connection.execute(select(*LINK.columns[:8]))}
    wrong = min(told ^ kept, default=None)
    if wrong is not None:
        problem = f"{wrong[7]}/{wrong[6]} of {wrong[4]} is kept as naming others than its records tell"
        raise _BrokenError(last, problem)
