"""Folding: records, taken one after the other, become the lines and the cases that they tell."""

from __future__ import annotations

from datetime import UTC
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from attrs import Factory, define, frozen

from docflow.errors import DocflowError, StoreError
from docflow.instants import moment
from docflow.letters import Case, Letter, Secrecy
from docflow.registry import Book, CaseRegister, Line, RegisterNumber, Registration, Registry, Void, Volume
from docflow.store.data import AMISS, from_text
from docflow.store.json_text import parsed
from docflow.thai.dates import in_thailand

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from docflow.letters import Workflow
    from docflow.letters.entries import Written
    from docflow.registry import Note
    from docflow.store.chain import Record

__all__ = ["Fold", "Stub", "Told"]

NOTES: Final = frozenset({"void", "restored", "corrected", "linked", "filled", "tracked"})
LOG: Final = frozenset({"entry", "correction", "amendment"})
SAID: Final[Mapping[str, Mapping[str, Any]]] = {
    "begins": {"first": int},
    "follows": {"workflow": str, "version": int | str},
    "disposed": {"why": str},
}
"""What the content of those says that are no facts of the registers."""
NAMED: Final = "; verify() names the record that is broken"
"""The way out of what no record alone tells."""
Key = tuple[str, str, int, int]
"""Unit, direction, year and number of a line."""


@frozen(kw_only=True)
class Stub(Line):
    """What is left of a line whose content was disposed of: its number, its stamp and who wrote it.

    >>> from datetime import datetime
    >>> from tempfile import TemporaryDirectory
    >>> from docflow.store import Store
    >>> from docflow import Letter
    >>> today, folder = datetime.fromisoformat("2020-01-06T09:00+07:00"), TemporaryDirectory()
    >>> office = Store.create(f"{folder.name}/office.db", now=lambda: today)
    >>> with office.write(by="Somchai") as desk:
    ...     number = desk.send(Letter(number="", subject="A market"), unit="GA").number
    >>> today = datetime.fromisoformat("2031-01-06T09:00+07:00")  # a letter is usually kept for ten years
    >>> with office.write(by="Somsri") as desk:
    ...     desk.dispose(number, why="list 3/2574")
    >>> with office.read() as books:
    ...     line = books.registration(number)
    >>> isinstance(line.written, Stub), line.written.by, line.letter.subject, line.line.void.why
    (True, 'Somchai', '', 'list 3/2574')
    >>> office.close()
    >>> folder.cleanup()

    From the disposal on the line is void, and the note that says so has the reason. The letter of the stub says nothing
    but its number.
    """


@define
class Told:
    """What the records of one number tell: a line, the notes below it, and the case that it opened."""

    written: Line | None = None
    place: int = 0
    """The place of the line's record."""
    notes: list[Note] = Factory(list)
    letter: Letter | None = None
    """The letter as it was when its case was opened."""
    follows: tuple[str, int | str] | None = None
    opened: int = 0
    """The place of the record that opened its case; 0 when none did."""
    log: list[Written] = Factory(list)
    named: dict[RegisterNumber, int] = Factory(dict)
    """The numbers that it names, and the places of the records that say so."""

    @property
    def line(self) -> Line | None:
        """The line as it is now."""
        line = self.written
        for note in self.notes if line is not None else ():
            line = line and line.noted(note)
        return line


class Fold:
    """Takes records in order of place, and gives what they tell; what contradicts the rules is refused when it gives.

    Records whose content was disposed of tell nothing but that there was a line.
    """

    def __init__(self, store: str, *, secret: bool) -> None:
        self.store, self.secret = store, secret
        self.told: dict[Key, Told] = {}
        self.first: dict[tuple[str, str, int], int] = {}
        """Where the volumes begin, in the order in which they were begun."""
        self._books: dict[tuple[str, str], Book] = {}

    def take(self, record: Record) -> Line | Note | Written | None:
        """Take the next record, and give the line, the note or the record of a log that it is.

        Raises `StoreError` for one that cannot be read or stands where none like it may.
        """
        if record.unit is None:
            return None
        where: Any = record[5:8]
        if record.kind == "begins":
            if record.n is not None or any(key[:3] == where for key in self.told):
                raise self._broken(record, "a volume begins before its first line, and not at one")
            self._begin(record, where, self._said(record)["first"])
            return None
        key: Any = record.number
        told = self.told.get(key)
        if told is None:
            told = self.told[key] = Told()
            if where not in self.first:
                self._begin(record, where, 1)
        if (record.kind == "line") is (told.written is not None):
            raise self._broken(record, "its number has a line already" if told.written else "its number has no line")
        if record.kind == "line":
            told.place = record.place
        if record.content is not None:
            return self._tell(told, record, record.content)
        self._tell_little(told, record)
        return None

    def _begin(self, record: Record, where: tuple[str, str, int], first: int) -> None:
        """Begin a volume, or let one that has no lines begin elsewhere."""
        unit, direction, year = where
        try:
            there = Volume(Book(unit, direction, self.secret), year, first).book.unit == unit
        except (DocflowError, TypeError) as error:
            raise self._broken(record, str(error)) from None
        if not there:
            raise self._broken(record, f"no unit is called {unit!r}")
        self.first[where] = first

    def _tell_little(self, told: Told, record: Record) -> None:
        """Keep what a record tells whose content is gone: that there was a line, or a case."""
        if record.kind == "line":
            told.written = self._stub(record)
        elif record.kind == "follows" and not told.opened:
            told.opened = record.place

    def _tell(self, told: Told, record: Record, content: str) -> Line | Note | Written | None:
        """Keep what a record tells of its number."""
        kind = record.kind
        if kind in LOG:
            if not told.opened:
                raise self._broken(record, "its number has no case")
            told.log.append(from_text(kind, content))
            return told.log[-1]
        if kind == "line" or kind in NOTES:
            said: Line | Note = from_text(kind, content)
            if isinstance(said, Line):
                told.written = said
            else:
                told.notes.append(said)
            for link in said.links:
                told.named.setdefault(link, record.place)
            return said
        if kind == "follows":
            self._follow(told, record)
        elif kind == "disposed":
            if not isinstance(told.written, Stub) or told.notes or told.log or told.follows:
                raise self._broken(record, "its letter was disposed of, and some of it is still there")
            at = in_thailand(moment(record.written, UTC))
            told.notes.append(Void(by=record.writer, why=self._said(record)["why"], at=at))
        else:
            raise self._broken(record, f"nothing is of the kind {kind!r}")
        return None

    def _follow(self, told: Told, record: Record) -> None:
        """Keep which workflow a case follows from here on; the first record that says so opens it."""
        said = self._said(record)
        told.follows = said["workflow"], said["version"]
        if not told.opened:
            line = told.line
            told.letter, told.opened = None if line is None else line.letter, record.place

    def registration(self, number: RegisterNumber) -> Registration:
        """A line with its notes. Raises `StoreError` when no record tells it."""
        told = self.told.get(self.key(number), Told())
        if told.written is None or told.line is None:
            problem = f"{number} of the {number.book} has no line{NAMED}"
            raise StoreError(self.store, "damaged", problem)
        return Registration(number, told.line, told.written, tuple(told.notes))

    def case(self, number: RegisterNumber, workflow: Callable[[str, int | str], Workflow]) -> Case | None:
        """The case of a letter by its first number, judged; None when it has none.

        Raises `RefusedError` for what can never have happened, and `StoreError` when it was disposed of.
        """
        told = self.told.get(self.key(number))
        if told is not None and isinstance(told.written, Stub):
            problem = f"{number} was disposed of; its number and its stamp are left, and registration() has them"
            raise StoreError(self.store, "disposed of", problem)
        if told is None or told.follows is None or told.letter is None:
            return None
        return Case(workflow(*told.follows), told.letter, told.log)

    def registry(self) -> Registry:
        """All lines and notes, judged. Raises `RegisterError` for what no register can hold."""
        volumes: dict[tuple[str, str, int], list[tuple[int, Told]]] = {one: [] for one in self.first}
        for (unit, direction, year, n), told in self.told.items():
            volumes[unit, direction, year].append((n, told))
        return Registry(self._volume(where, told) for where, told in volumes.items())

    def register(self, workflow: Callable[[str, int | str], Workflow]) -> CaseRegister:
        """All registers and cases, judged. Raises `RegisterError` and `RefusedError` for what can never have been."""
        return CaseRegister(self.registry(), self._cases(workflow))

    def _cases(self, workflow: Callable[[str, int | str], Workflow]) -> Iterator[tuple[RegisterNumber, Case]]:
        for _, key in sorted((told.opened, key) for key, told in self.told.items() if told.opened):
            number, told = self.number(key), self.told[key]
            if isinstance(told.written, Stub):  # its case is gone with it
                continue
            if told.follows is None or told.letter is None:
                problem = f"{number} of the {number.book} has a case that no letter opened{NAMED}"
                raise StoreError(self.store, "damaged", problem)
            yield number, Case(workflow(*told.follows), told.letter, told.log)

    @staticmethod
    def key(number: RegisterNumber) -> Key:
        """The columns by which a line is found."""
        return number.book.unit, number.book.direction.value, number.year, number.n

    def number(self, key: Key) -> RegisterNumber:
        """The number of a line."""
        unit, direction, year, n = key
        return RegisterNumber(self._book(unit, direction), year, n)

    def _book(self, unit: str, direction: str) -> Book:
        """A book, of which there are few for many numbers."""
        book = self._books.get((unit, direction))
        if book is None:
            book = self._books[unit, direction] = Book(unit, direction, self.secret)
        return book

    def _volume(self, where: tuple[str, str, int], told: Iterable[tuple[int, Told]]) -> Volume:
        unit, direction, year = where
        book, first = self._book(unit, direction), self.first[where]
        lines, notes = [], []
        for place, (n, one) in enumerate(told, first):
            if n != place or one.written is None:
                problem = f"{n}/{year} of the {book} stands in the place of {place}{NAMED}"
                raise StoreError(self.store, "damaged", problem)
            lines.append(one.written)
            notes.append(one.notes)
        return Volume(book, year, first, lines, notes)

    def _stub(self, record: Record) -> Stub:
        # A line of a secret book has a letter that is not open; of what grade it was nobody is told any more.
        secrecy = Secrecy.CONFIDENTIAL if self.secret else Secrecy.OPEN
        letter = Letter(number=f"{record.n}/{record.year}", secrecy=secrecy)
        return Stub(letter=letter, at=in_thailand(moment(record.written, UTC)), by=record.writer)

    def _said(self, record: Record) -> Mapping[str, Any]:
        said = _said(record.kind, record.content or "")
        if said is None:
            raise self._broken(record, "its content cannot be read")
        return said

    def _broken(self, record: Record, why: str) -> StoreError:
        return StoreError(self.store, "damaged", f"record {record.place}: {why}; restore the last backup")


@lru_cache(256)  # letter after letter follows the same few workflows
def _said(kind: str, content: str) -> Mapping[str, Any] | None:
    """What a content says that is no fact of the registers; None when it does not say what it must."""
    try:
        said = parsed(content)
    except AMISS:
        return None
    wanted = SAID[kind].items()
    there = isinstance(said, dict) and all(isinstance(said.get(one), which) for one, which in wanted)
    return MappingProxyType(said) if there else None
