"""Store: an office's registers and cases, kept in one file or one database."""

from __future__ import annotations

import os
from contextlib import contextmanager
from functools import partial
from threading import get_ident
from typing import TYPE_CHECKING, Final, TypeVar

from docflow.errors import StoreError
from docflow.instants import instant, local
from docflow.letters.rights import Actor
from docflow.store.books import Books
from docflow.store.copying import CopiedStore
from docflow.store.desk import Desk
from docflow.store.heads import head_at, head_of
from docflow.store.trying import trying
from docflow.store.words import storable
from docflow.store.writing import Page, append
from docflow.thai.dates import THAI_TIME

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from sqlalchemy import Connection

    from docflow.store.chain import Head
    from docflow.store.reading import Reader

__all__ = ["Store"]

TRIES: Final = 5
PAGE: Final = 256
"""So many units of work go on from what the last one left in memory; then all is fetched anew, so it stays small."""
SLACK: Final = 60_000_000
"""1 minute. Clocks of machines differ by some seconds: what is so little too early gets the time of the last record."""


T = TypeVar("T")


class Store(CopiedStore):
    """An office's registers and cases in one file, or in one schema of a PostgreSQL database.

    >>> from datetime import datetime
    >>> from tempfile import TemporaryDirectory
    >>> from docflow import Letter
    >>> from docflow.bangkok import INCOMING_EXTERNAL_LETTER
    >>> folder = TemporaryDirectory()
    >>> office = Store.create(f"{folder.name}/office.db")
    >>> with office.write(by="Somchai") as desk:
    ...     line = desk.receive(Letter(number="", subject="A market"), unit="GA", workflow=INCOMING_EXTERNAL_LETTER)
    ...     case = desk.apply(line.number, "hand_over", by="Somying")
    >>> with office.read() as books:
    ...     print(books[line.number].state)
    taken_over
    >>> office.close()
    >>> folder.cleanup()

    All of a unit of work is written, or nothing is; when `write` has ended, it is on the disk. Nothing that was written
    is changed or taken away. Make a store once by `create`, then `open` it.
    """

    @contextmanager
    def write(self, *, by: str | Actor) -> Iterator[Desk]:
        """A unit of work: all of it is written when the block ends, and nothing when it is left by an error.

        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder, Store.create(f"{folder}/office.db") as office:
        ...     with office.write(by="Somchai") as desk:
        ...         print(desk.reserve(unit="GA", why="the reply to City Hall").number.n)
        1

        Others wait meanwhile, so a unit of work is short: first ask, then write. It has the time at which it began, and
        ends on the same day. Raises `StoreError`, of kind "busy" when somebody else writes for too long or the day is
        over; then try again. Raises `TypeError` when `by` names nobody.
        """
        here = self._see_writer(by)
        with self._database.writing() as connection:
            head = head_of(connection, self.name)
            at = self._time(connection, head)
            # What a unit of work left by an error has learnt is forgotten with it.
            page, self._page = self._page, None
            if page is None or page.head != head or page.turned > PAGE:
                page = Page.of(self._telling(connection, head.place), head)
            page.reader.connection = connection
            desk = Desk(page.reader, page.register, local(at, THAI_TIME), by)
            self._writes = here
            try:
                yield desk
            finally:
                self._writes = None
                said = desk.close()
            if said.facts:
                page = append(page, said, at, str(by))
                if self._now is None:
                    self._see_day(at, self._database.now(connection))
                if page.head.place.bit_length() > head.place.bit_length():
                    self._database.gauge(connection)
        for kind, _, _, content in said.facts:
            if kind == "workflow":
                page.reader.learn(content)
        disposed = any(fact[0] == "disposed" for fact in said.facts)
        self._page = None if disposed else page  # it still holds the words that are gone
        if disposed:
            self._sweep(alone=False)

    def _see_writer(self, by: str | Actor) -> tuple[int, int]:
        """See that somebody may begin to write; in which process and thread that is."""
        if not isinstance(by, Actor) and (not isinstance(by, str) or not by.strip()):
            raise TypeError(f'{by!r} is nobody; say who writes, such as by="Somchai" or by=Actor("Somchai")')
        if not storable(str(by)):
            problem = f"no database can hold all that is in {str(by)!r}; write the name otherwise"
            raise StoreError(self.name, "unwritable", problem)
        here = os.getpid(), get_ident()
        if self._writes == here:
            problem = "this thread writes already; say it at the desk that is open, or end that unit of work first"
            raise StoreError(self.name, "nested", problem)
        return here

    def again(self, work: Callable[[Desk], T], *, by: str | Actor, tries: int = TRIES) -> T:
        """Do `work(desk)` as a unit of work, and begin anew when somebody else was in the way; what it gives.

        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder, Store.create(f"{folder}/office.db") as office:
        ...     line = office.again(lambda desk: desk.reserve(unit="GA", why="a reply"), by="Somchai")
        >>> line.number.n
        1

        So `work` may be done several times, from what is written then. What docflow refuses is not tried again; nor is
        what nobody knows to be written or not. Raises what the last of the tries raised.
        """
        if not callable(work) or not isinstance(tries, int) or isinstance(tries, bool) or tries < 1:
            raise TypeError("again() takes a function of a desk, and how often it may be tried, such as tries=5")
        return trying(tries)(_is_busy, self._once, work, by)

    def _once(self, work: Callable[[Desk], T], by: str | Actor) -> T:
        with self.write(by=by) as desk:
            return work(desk)

    @contextmanager
    def read(self, *, as_recorded: datetime | None = None) -> Iterator[Books]:
        """What is written, or what was written by a moment; what others write meanwhile is not seen.

        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder, Store.create(f"{folder}/office.db") as office:
        ...     before = office.head.at
        ...     line = office.again(lambda desk: desk.reserve(unit="GA", why="a reply"), by="Somchai")
        ...     with office.read() as books, office.read(as_recorded=before) as earlier:
        ...         print(line.number in books, line.number in earlier)
        True False

        Raises `StoreError` for a store that cannot be read, and `NaiveDatetimeError` for a moment without a zone.
        """
        then = None if as_recorded is None else instant(as_recorded)
        with self._database.reading() as connection:
            head = head_of(connection, self.name) if then is None else head_at(connection, then)
            now = partial(self._shown, connection) if then is None else None
            books = Books(self._telling(connection, 0 if head is None else head.place), head, now=now)
            try:
                yield books
            finally:
                books.close()

    def _telling(self, connection: Connection, upto: int) -> Reader:
        """A reader that tells what the database says as a `StoreError`, also within the block."""
        reader = self._reader(connection, upto)
        reader.told = self._database.told
        return reader

    def _see_day(self, at: int, now: int) -> None:
        """See that the day on which writing began is not over: its page may be printed, and its records exported."""
        began, ends = (local(one, THAI_TIME).date() for one in (at, now))
        if began < ends:
            problem = f"nothing was written: {began} ended while this unit of work went on; do it again"
            raise StoreError(self.name, "busy", problem)

    def _shown(self, connection: Connection) -> int:
        """What the store's clock shows."""
        return self._database.now(connection) if self._now is None else instant(self._now())

    def _time(self, connection: Connection, head: Head) -> int:
        """The time of a writing: never before what was written last."""
        at = self._shown(connection)
        if at < head.written - SLACK:
            shown, last = local(at, THAI_TIME), local(head.written, THAI_TIME)
            problem = (
                f"nothing was written: the clock shows {shown}, and the last record was written at {last}; set it right"
            )
            raise StoreError(self.name, "clock set back", problem)
        return max(at, head.written + 1)


def _is_busy(error: Exception) -> bool:
    return isinstance(error, StoreError) and error.kind == "busy"
