"""Linking: whether each record of a chain follows those above it, and whether the last one is the last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docflow.store.chain import BEGINNING, Head, digest_of

if TYPE_CHECKING:
    from docflow.store.chain import Record

__all__ = ["BrokenError", "Links", "NoRecordError"]


class BrokenError(Exception):
    """Where a chain breaks, and why."""


class NoRecordError(BrokenError):
    """What is wrong with a chain as a whole, and where it was seen: the record there is like the others."""


class Links:
    """What is known of the records so far, and whether the next one follows them."""

    def __init__(self, last: Head | None, printed: str | None = None) -> None:
        self.last, self.printed = last, printed
        """The last record as the store tells it, and a hash that one of the records must have."""
        self.place, self.writing, self.written, self.writer, self.hash = 0, 0, 0, "", BEGINNING
        self.of_book: dict[tuple[Any, ...], str] = {}
        self.unexplained: dict[tuple[Any, ...], int] = {}
        self._is_there = printed is None
        self.disposed = 0

    @property
    def head(self) -> Head:
        """The last record that was seen."""
        return Head(self.place, self.writing, self.written, self.hash)

    def check(self, record: Record) -> None:
        """See that the next record follows those above it. Raises `BrokenError`."""
        try:
            problem = self._against(record)
        except (TypeError, ValueError):  # such as a text where a number stood, which SQLite takes
            problem = "it was altered"
        if problem:
            raise BrokenError(self.place + 1, problem)
        if record.content is None:
            self.disposed += 1
            self.unexplained.setdefault(record.number, record.place)
        elif record.kind == "disposed":
            self.unexplained.pop(record.number, None)
        self.place, self.writing, self.written, self.writer = record[:4]
        self.hash = self.of_book[record[5:7]] = record.hash
        self._is_there = self._is_there or self.hash == self.printed

    def _against(self, record: Record) -> str:  # noqa: PLR0911 - a reason each
        place, _, _, _, _, unit, direction, _, _, salt, content, digest, before, before_in_book, own = record
        if place != self.place + 1:
            return f"it was taken away; the next that is there is record {place}"
        if self.last is not None and place > self.last.place:
            return "it was added, and not by a unit of work"
        if own != record.proper_hash:
            return "it was altered"
        if before != self.hash or before_in_book != self.of_book.get((unit, direction), BEGINNING):
            where = "above it" if before != self.hash else "above it in its book"
            return f"the record {where} is another one than when it was written"
        if not self._in_time(record):
            return "it does not follow the unit of work above it"
        if content is None or salt is None:
            there = content is None and salt is None and unit is not None  # as a disposal leaves it
            return "" if there else "its content was taken away"
        return "" if digest_of(salt, content) == digest else "its content was altered"

    def _in_time(self, record: Record) -> bool:
        if record.writing == self.writing:
            return record.written == self.written and record.writer == self.writer
        return record.writing == self.writing + 1 and record.written >= self.written

    def end(self) -> None:
        """See that nothing is missing behind the last record, and that what is gone was disposed of."""
        if self.unexplained:
            raise BrokenError(
                min(self.unexplained.values()), "its content was taken away, and no decision below it says so"
            )
        if self.last is None:
            raise NoRecordError(self.place, "the store does not say that it is the last one")
        if self.place < self.last.place:
            raise BrokenError(self.place + 1, "it was taken away")
        if self.head != self.last:
            raise NoRecordError(self.place, "it is not the last one that was written")
        if not self._is_there:
            raise NoRecordError(self.place, f"none up to this one has the hash that was printed, {self.printed}")
