"""Books: what a store tells, as values that are judged again."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from attrs import evolve

from docflow.errors import StoreError
from docflow.instants import day
from docflow.store.asking import Asked
from docflow.store.data import from_text
from docflow.store.disposal import disposable
from docflow.store.finding import find
from docflow.store.shelves import fetched

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from docflow.kpi import Measure
    from docflow.letters import Case
    from docflow.registry import CaseRegister, RegisterNumber, Registration, Registry
    from docflow.store.chain import Head
    from docflow.store.finding import Found
    from docflow.store.reading import Reader
    from docflow.thai.table import Holiday
    from docflow.worktime import SpecialDay, WorkClock

__all__ = ["Books"]


class Books:
    """The registers and cases of a store, as they were when reading began, or as they were recorded at a moment.

    >>> from tempfile import TemporaryDirectory
    >>> from docflow import Letter
    >>> from docflow.bangkok import INCOMING_EXTERNAL_LETTER
    >>> from docflow.store import Store
    >>> folder = TemporaryDirectory()
    >>> office = Store.create(f"{folder.name}/office.db")
    >>> with office.write(by="Somchai") as desk:
    ...     line = desk.receive(Letter(number="", subject="A market"), unit="GA", workflow=INCOMING_EXTERNAL_LETTER)
    >>> with office.read() as books:
    ...     case, register = books[line.number], books.register
    >>> case.state, register[line.number] == case
    ('registered', True)
    >>> office.close()
    >>> folder.cleanup()

    `books[number]` fetches one case. `registry` and `register` fetch all, which takes some seconds for a hundred
    thousand letters; what they give are values, which stay when the reading is over. Raises `StoreError` of the kind
    "over" after that, and of the kind "damaged" for records that can never have been.
    """

    def __init__(self, reader: Reader, head: Head | None, *, now: Callable[[], int] | None) -> None:
        self._store, self._reader, self._now, self.head = reader.store, reader, now, head
        """The last record that is seen; None before the first."""
        self._fetched = fetched(reader)
        self._over = False

    def __getitem__(self, number: RegisterNumber) -> Case:
        """The case of a letter, by any of its numbers. Raises `RegisterError` for one that has no case."""
        self._see_open()
        return self._fetched[number]

    def __contains__(self, number: object) -> bool:
        self._see_open()
        return number in self._fetched.registry

    def registration(self, number: RegisterNumber) -> Registration:
        """A line with its notes. Raises `RegisterError` for a number that no register has."""
        self._see_open()
        return self._fetched.registry[number]

    def passage(self, number: RegisterNumber) -> tuple[Registration, ...]:
        """Every registration of a letter, in order of time."""
        self._see_open()
        return self._fetched.registry.passage(number)

    def find(  # noqa: PLR0913 - whatever may be asked, each by its name
        self,
        words: str = "",
        *,
        number: str | None = None,
        sender: str | None = None,
        subject: str | None = None,
        unit: str | None = None,
        responsible: str | None = None,
        state: str | None = None,
        over: bool | None = None,
        due_by: datetime | None = None,
        promise: Measure | None = None,
        clock: WorkClock | None = None,
        page: int = 1,
        size: int = 50,
    ) -> Found:
        """The lines of which all holds that is asked, a page at a time, the newest first.

        >>> from tempfile import TemporaryDirectory
        >>> from docflow import Letter
        >>> from docflow.bangkok import INCOMING_EXTERNAL_LETTER
        >>> from docflow.store import Store
        >>> folder = TemporaryDirectory()
        >>> office = Store.create(f"{folder.name}/office.db")
        >>> letter = Letter(number="", sender="กระทรวงมหาดไทย", subject="ขอเชิญประชุม ครั้งที่ ๑๒")
        >>> with office.write(by="Somchai") as desk:
        ...     line = desk.receive(letter, unit="GA", workflow=INCOMING_EXTERNAL_LETTER)
        >>> with office.read() as books:
        ...     found = books.find("ประชุม 12", sender="มหาดไทย", unit="GA", over=False)
        ...     print(found, books[found.lines[0].number].state, sep=": ")
        ...     print(books.find(number="เลขรับ ๑"))
        1 line, page 1 of 1: registered
        1 line, page 1 of 1
        >>> office.close()
        >>> folder.cleanup()

        `words` are looked for in every text of a line: each of them, in any order, also amid a word, for Thai has no
        blanks. Capitals, Thai and Arabic digits and spellings that look alike are one, and every sign is plain text.
        `sender` and `subject` are words of that field alone. `number` is written in any way that `RegisterNumber.parse`
        reads, or is a running number without a year; it is looked up in every book. `unit` is whose register it is,
        `responsible` the unit that the letter names. `state` and `over` are of the letter's case, so lines without one
        have neither.

        `due_by` gives open letters that are due by a moment, the soonest first: by the moment that they name
        themselves, or by a `promise`, a measure with a limit that is read with a `clock`, as of now by the store's own
        clock. What waits is due as if it went on at once, as in `docflow.kpi.due_by`. Only open cases are read for it,
        each by itself: 10,000 take some seconds.

        Finding is by what the lines say now. A page is found by counting from the first, so the thousandth takes longer
        than the first, and words of one or two characters take longer than others: all lines are looked through. So
        are they in PostgreSQL for every word, when the extension pg_trgm was not there as the store was made. Raises
        `StoreError` for a number that cannot be read, for a text of more than 1,000 characters, for a page that cannot
        be, and for a reading as recorded at a moment; `TypeError` for what is of another kind; and what `promise.read`
        and `docflow.kpi.due_by` raise.
        """
        self._see_open()
        if self._now is None or self.head is None:
            problem = "what is found is as it is now; read without as_recorded=, or look through books.registry"
            raise StoreError(self._store, "as recorded", problem)
        asked = Asked(
            store=self._store,
            words=words,
            number=number,
            sender=sender,
            subject=subject,
            unit=unit,
            responsible=responsible,
            state=state,
            over=over,
            due_by=due_by,
            promise=promise,
            clock=clock,
            page=page,
            size=size,
        )
        with self._reader.told():
            seen = self.head.written if promise is None else max(self._now(), self.head.written)
            return find(asked, self._reader, self._fetched, seen)

    @cached_property
    def register(self) -> CaseRegister:
        """All registers and all cases as one value."""
        self._see_open()
        return self._reader.register()

    @property
    def registry(self) -> Registry:
        """All registers as one value."""
        return self.register.registry

    @property
    def decisions(self) -> tuple[SpecialDay, ...]:
        """What was announced about days, for `OfficeCalendar`; what was announced again as withdrawn says so.

        >>> from datetime import date
        >>> from tempfile import TemporaryDirectory
        >>> from docflow import Closure
        >>> from docflow.store import Store
        >>> flood = Closure(date(2020, 3, 20), reason="flood", source="office order 15/2563")
        >>> with TemporaryDirectory() as folder, Store.create(f"{folder}/office.db") as office:
        ...     with office.write(by="Somchai") as desk:
        ...         desk.announce(flood)
        ...     with office.read() as books:
        ...         books.decisions == (flood,)
        True
        """
        return self._announced("decision", withdrawn=None)

    @property
    def holidays(self) -> tuple[Holiday, ...]:
        """The rows of holidays that were announced, for `ThaiGovernment(rows=...)`; one that is withdrawn says so."""
        return self._announced("holiday", withdrawn=None, withdrawal="")

    def _announced(self, kind: str, **standing: str | None) -> tuple[Any, ...]:
        self._see_open()
        last: dict[object, Any] = {}
        for record in self._reader.of_no_book(kind):
            announced = from_text(kind, record.content or "")
            last[evolve(announced, **standing)] = announced
        return tuple(last.values())

    def disposable(self, on: date) -> tuple[RegisterNumber, ...]:
        """The letters that may be disposed of on a day, by their first numbers; `desk.dispose` does it, by a decision.

        Their cases are over, and their time of keeping too (`docflow.registry.disposal_date`). It reads all.
        """
        return tuple(disposable(self.register, day(on)))

    def close(self) -> None:
        """The reading is over."""
        self._over = True

    def _see_open(self) -> None:
        if self._over:
            raise StoreError(self._store, "over", "this reading is over; begin another with store.read()")
