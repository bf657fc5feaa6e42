"""Proving: every link of the chain is checked, and all that the records tell is judged anew."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from docflow.errors import StoreError
from docflow.instants import instant
from docflow.letters.writing import written
from docflow.safe import visible
from docflow.store.chain import BEGINNING, Head, Record, digest_of
from docflow.store.data import AMISS, from_text, same_workflow
from docflow.store.folding import LOG, NAMED, Folder
from docflow.store.json_text import parsed
from docflow.store.lines import first_wrong
from docflow.store.reading import head_in
from docflow.store.tables import LINK

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docflow.letters import Workflow
    from docflow.registry import CaseRegister
    from docflow.store.reading import Reader

__all__ = ["Broken", "Proof", "prove"]

MANY: Final = 100
"""So many records of one unit of work are tried one by one, to find which of them is against the rules."""
OF_NO_BOOK: Final = frozenset({"workflow", "decision", "holiday"})


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


def prove(reader: Reader, printed: str | None = None) -> Proof:
    """Check every link, then judge all; `printed` is a hash from the page of a day, which must be in the chain."""
    try:
        return _proof(reader, printed, page=1000)
    except DBAPIError as error:
        if not _illegible(error):
            raise
        return _proof(reader, printed, page=1)  # the driver gives no row of a page in which one cannot be read


def _proof(reader: Reader, printed: str | None, page: int) -> Proof:
    links, folder = _Links(), Folder(reader.store, secret=reader.secret)
    head, broken = None, None
    try:
        head = _head(reader)
        _see_each(reader, links, folder, page)
        links.end(head, printed)
        register = _judge(reader, folder)
        _look_up(reader, folder, register, links.place)
    except _BrokenError as error:
        broken = Broken(*error.args)
    return Proof(head or links.head, links.disposed, broken)


class _BrokenError(Exception):
    """Where the chain breaks, and why."""


def _illegible(error: DBAPIError) -> bool:
    """Whether a text of an SQLite file is no text any more; the driver has no other sign of it than its words."""
    return "decode to UTF-8" in str(error.orig)


def _head(reader: Reader) -> Head | None:
    try:
        return head_in(reader.connection)
    except DBAPIError as error:
        if _illegible(error):
            return None
        raise


def _see_each(reader: Reader, links: _Links, folder: Folder, page: int) -> None:
    """See each record by itself: that it follows those above it, can be read, and was written when it says."""
    alone = _OfNoBook(reader)
    try:
        for record in reader.every_record(page):
            links.check(record)
            try:
                told = folder.take(record)
                problem = alone.against(record) if told is None and record.content is not None else ""
            except StoreError as error:
                raise _BrokenError(record.place, error.problem.removeprefix(f"record {record.place}: ")) from None
            if told is not None:
                at: Any = told
                if record.written != (written(at) if record.kind in LOG else instant(at.at)):
                    problem = "it says of another moment that it was written then"
            if problem:
                raise _BrokenError(record.place, problem)
    except DBAPIError as error:
        if page > 1 or not _illegible(error):
            raise
        raise _BrokenError(links.place + 1, "its text cannot be read") from None


class _Links:
    """What is known of the records so far, and whether the next one follows them."""

    def __init__(self) -> None:
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
        """See that the next record follows those above it. Raises `_BrokenError`."""
        try:
            problem = self._against_place(record) or self._against_content(record)
        except (TypeError, ValueError):  # such as a text where a number stood, which SQLite takes
            problem = "it was altered"
        if problem:
            raise _BrokenError(self.place + 1, problem)
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
        if (record.kind == "store") is not (record.place == 1):
            return "the first record says what store it is, and no other one does"
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

    def end(self, head: Head | None, printed: str | None) -> None:
        """See that nothing is missing behind the last record, and that what is gone was disposed of."""
        if self.unexplained:
            raise _BrokenError(
                min(self.unexplained.values()), "its content was taken away, and no decision below it says so"
            )
        if head is None:
            raise _BrokenError(self.place, "the store does not say that it is the last one")
        if self.place < head.place:
            raise _BrokenError(self.place + 1, "it was taken away")
        if self.place > head.place:
            raise _BrokenError(head.place + 1, "it was added, and not by a unit of work")
        if self.head != head:
            raise _BrokenError(self.place, "it is not the last one that was written")
        if printed is not None and printed not in self.hashes:
            raise _BrokenError(self.place, f"none up to this one has the hash that was printed, {printed}")


class _OfNoBook:
    """What is known of the records that belong to no book, and which workflows cases may follow."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._workflows: set[tuple[Any, Any]] = set()

    def against(self, record: Record) -> str:
        """Why a record cannot stand where it is, empty when it can. Raises `StoreError` for what cannot be read."""
        kind, content = record.kind, record.content or ""
        if kind == "follows":
            said = parsed(content)
            known = (said["workflow"], said["version"]) in self._workflows
            return "" if known else "no record above it tells the workflow that it follows"
        if record.unit is not None:
            return ""
        if record.direction is not None or record.year is not None or record.n is not None:
            return "it is of no book, and yet it names one"
        if kind == "store":
            return self._against_first(content)
        if kind not in OF_NO_BOOK:
            return f"nothing of the kind {kind!r} is of no book"
        if kind == "workflow":
            return self._against_workflow(content)
        from_text(kind, content)
        return ""

    def _against_first(self, content: str) -> str:
        try:
            said = parsed(content)
        except AMISS:
            said = None
        same = isinstance(said, dict) and said.get("secret") is self._reader.secret
        return "" if same else "it does not say what store it is"

    def _against_workflow(self, content: str) -> str:
        given = next((one for one in self._reader.given.values() if same_workflow(one, content)), None)
        workflow: Workflow = given or from_text("workflow", content)
        called = workflow.name, workflow.version
        if called in self._workflows:
            return f"the workflow {called[0]!r}, version {called[1]}, stands above it already"
        self._workflows.add(called)
        return ""


def _judge(reader: Reader, folder: Folder) -> CaseRegister:
    """Judge all that is told; when it can never have been, find the record that makes it so."""
    try:
        return folder.register(reader.workflow)
    except AMISS as error:
        problem = (getattr(error, "problem", None) or str(error)).removesuffix(NAMED)
        raise _BrokenError(_first_against(reader), problem) from None


def _first_against(reader: Reader) -> int:
    """The first record with which what is told can never have been.

    It is found by halving, one unit of work after the other, for within one not all is told yet; then within that one,
    as the record below the last one with which all could have been.
    """
    records = list(reader.every_record())
    ends = [n for n, (one, below) in enumerate(pairwise(records), 1) if one.writing != below.writing] + [len(records)]

    def against(size: int) -> bool:
        return _is_against(reader, records[:size])

    unit = min(bisect_left(ends, True, key=against), len(ends) - 1)  # noqa: FBT003 - what is looked for
    begin, end = ends[unit - 1] if unit else 0, ends[unit]
    tried = range(end - 1, begin, -1) if end - begin <= MANY else ()
    return records[next((size for size in tried if not against(size)), begin)].place


def _is_against(reader: Reader, records: Iterable[Record]) -> bool:
    folder = Folder(reader.store, secret=reader.secret)
    for record in records:
        folder.take(record)
    try:
        folder.register(reader.workflow)
    except AMISS:
        return True
    return False


def _look_up(reader: Reader, folder: Folder, register: CaseRegister, last: int) -> None:
    """See that what is looked up is kept as the records tell it: which line names which, and each line as it is now."""
    told = Counter(
        (*folder.key(link), *key, place) for key, one in folder.told.items() for link, place in one.named.items()
    )
    try:
        kept = Counter(map(tuple, reader.connection.execute(select(LINK))))
        wrong_line = first_wrong(reader.connection, folder, register)
    except DBAPIError as error:
        if _illegible(error):
            raise _BrokenError(last, "what letters are looked up by cannot be read") from None
        raise
    lost, added = told - kept, kept - told
    if lost:
        wrong: Any = min(lost, key=lambda row: row[-1])
        raise _BrokenError(wrong[-1], f"that it names {wrong[3]}/{wrong[2]} of {wrong[0]} is not found any more")
    if added:
        wrong = min((row[-1] for row in added if row[-1] in range(1, last)), default=last)
        raise _BrokenError(wrong, "it is kept as naming what it does not name")
    if wrong_line is not None:
        raise _BrokenError(wrong_line, "letters are looked up by something else than its line tells now")
