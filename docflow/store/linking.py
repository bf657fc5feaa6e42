"""Linking: whether each record of a chain follows those above it, and whether the last one is the last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docflow.store.chain import BEGINNING, Head, digest_of

if TYPE_CHECKING:
    from docflow.store.chain import Record

__all__ = ["BrokenError", "Links"]


class BrokenError(Exception):
    """Where a chain breaks, and why."""


class Links:
    """What is known of the records so far, and whether the next one follows them."""

    def __init__(self, last: Head | None) -> None:
        self.last = last
        self.place, self.writing, self.written, self.writer, self.hash = 0, 0, 0, "", BEGINNING
        self.of_book: dict[tuple[str, str] | None, str] = {}
        self.unexplained: dict[tuple[Any, ...], int] = {}
        self.hashes: set[str] = set()
        self.disposed = 0

    @property
    def head(self) -> Head:
        """The last record that was seen."""
        return Head(self.place, self.writing, self.written, self.hash)

    def check(self, record: Record) -> None:
        """See that the next record follows those above it. Raises `BrokenError`."""
        try:
            problem = self._against_place(record) or self._against_content(record)
        except (TypeError, ValueError):  # such as a text where a number stood, which SQLite takes
            problem = "it was altered"
        if problem:
            raise BrokenError(self.place + 1, problem)
        if record.content is None:
            self.disposed += 1
            self.unexplained.setdefault(record[5:9], record.place)
        elif record.kind == "disposed":
            self.unexplained.pop(record[5:9], None)
        self.place, self.writing, self.written, self.writer = record[:4]
        self.hash = self.of_book[record.book] = record.hash
        self.hashes.add(record.hash)

    def _against_place(self, record: Record) -> str:
        if record.place != self.place + 1:
            return f"it was taken away; the next that is there is record {record.place}"
        if self.last is not None and record.place > self.last.place:
            return "it was added, and not by a unit of work"
        if record.hash != record.proper_hash:
            return "it was altered"
        if record.before != self.hash:
            return "the record above it is another one than when it was written"
        if record.before_in_book != self.of_book.get(record.book, BEGINNING):
            return "the record above it in its book is another one than when it was written"
        return "" if self._in_time(record) else "it does not follow the unit of work above it"

    @staticmethod
    def _against_content(record: Record) -> str:
        if (record.content is None) != (record.salt is None) or (record.content is None and record.unit is None):
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
        if self.unexplained:
            raise BrokenError(
                min(self.unexplained.values()), "its content was taken away, and no decision below it says so"
            )
        if self.last is None:
            raise BrokenError(self.place, "the store does not say that it is the last one")
        if self.place < self.last.place:
            raise BrokenError(self.place + 1, "it was taken away")
        if self.head != self.last:
            raise BrokenError(self.place, "it is not the last one that was written")
        if printed is not None and printed not in self.hashes:
            raise BrokenError(self.place, f"none up to this one has the hash that was printed, {printed}")
