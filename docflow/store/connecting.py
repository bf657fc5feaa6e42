"""Connecting: how one reads and writes in any database, and what it says when it refuses."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, ClassVar, Final

from sqlalchemy.exc import DBAPIError, PendingRollbackError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionError

from docflow.errors import StoreError
from docflow.store.forking import IN_USE, is_left, leave, part_at_forks
from docflow.store.statements import tell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection, Engine

__all__ = ["BUSY", "DAMAGED", "FULL", "GROWS", "READ_ONLY", "Database", "first_line"]

BUSY: Final = "somebody else writes and did not end in time; nothing was written, try again"
READ_ONLY: Final = "it may be read and not written; nothing was written, ask whoever keeps it for the right"
FULL: Final = "its disk is full; nothing was written, make room and do it again"
GROWS: Final = "rows only grow: none is changed or taken away; correct what is wrong"
UNKNOWN: Final = (
    "the connection broke while it was written, and nobody knows whether it was; look, and do it again if not"
)
BROKEN: Final = "the connection broke; nothing of this unit of work was written, try again"
DAMAGED: Final = "it is damaged; restore the last backup, and verify it"


class Database(ABC):
    """A place of a store, and the ways in which one reads and writes there.

    A unit of work holds the store alone while it writes; whoever reads sees what was written before, whole.
    """

    refusals: ClassVar[tuple[tuple[str, str, str], ...]] = ()
    """Words of the database's own, the kind of what they mean, and a sentence."""

    def __init__(self, name: str, patience: float, engine: Engine) -> None:
        self.name, self.patience, self.engine = name, patience, engine
        part_at_forks(engine)

    @abstractmethod
    def begin_reading(self, connection: Connection) -> None:
        """Begin to read: what others write meanwhile is not seen."""

    @abstractmethod
    def begin_writing(self, connection: Connection) -> None:
        """Begin to write; waits for whoever writes, as long as the patience lasts."""

    @abstractmethod
    def hold(self, connection: Connection) -> None:
        """Hold the store alone until the end of the writing."""

    @abstractmethod
    def gauge(self, connection: Connection) -> None:
        """Let the database see how large it has become; asked for whenever the records have doubled."""

    @abstractmethod
    def see_no_backup(self) -> None:
        """See that it is a store to work on, and no backup, which stays as it is. Raises `StoreError`."""

    @abstractmethod
    def see_sound(self, connection: Connection) -> None:
        """See that what is looked up is what is written, where the database can tell. Raises `StoreError`."""

    @contextmanager
    def looking(self) -> Iterator[Callable[[], None]]:
        """See beside other work what `see_sound` sees; what this gives waits for the end of it."""
        yield lambda: None

    @abstractmethod
    def make(self, *, secret: bool) -> None:
        """Make an empty place. Raises `StoreError` when something is there already."""

    @abstractmethod
    def unmake(self) -> None:
        """Take the place away again that was just made."""

    @abstractmethod
    def see_allowed(self, connection: Connection) -> None:
        """See that who connects may read what is there. Raises `StoreError`."""

    @abstractmethod
    def see_private(self) -> None:
        """See that nobody but the owner, and whom the owner allowed it, may read what is there. Raises `StoreError`."""

    @abstractmethod
    def sweep(self, *, alone: bool) -> None:
        """Take off the disk what no record has any more, all of it when nobody else is at it."""

    @abstractmethod
    def see_place(self, *, begun: bool = False) -> None:
        """See that the place is the one that was opened, also when writing has `begun`. Raises `StoreError`."""

    @abstractmethod
    def now(self, connection: Connection) -> int:
        """The time of the store, in microseconds since 1970."""

    @contextmanager
    def connected(self) -> Iterator[Connection]:
        """A connection without a transaction, and what the database says as a `StoreError`."""
        with self.told():
            self.see_place()
            if is_left(self.engine):
                problem = "it was in use when the process forked, and the child cannot use it; fork first, then open it"
                raise StoreError(self.name, "over", problem)
            with self.sound():
                connection, process = self.engine.connect(), os.getpid()
            IN_USE.add(connection)
            try:
                yield connection
            finally:
                IN_USE.discard(connection)
                if os.getpid() == process:
                    _let_go(connection)
                else:
                    leave(connection)

    @contextmanager
    def sound(self) -> Iterator[None]:
        """What is read of a damaged file and is no text, as a `StoreError`; SQLite also repeats it when it refuses."""
        try:
            yield
        except UnicodeDecodeError:
            raise StoreError(self.name, "damaged", DAMAGED) from None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """What was written before, whole, until it ends."""
        with self.connected() as connection:
            self.begin_reading(connection)
            yield connection

    @contextmanager
    def writing(self, *, fresh: bool = False, also_backup: bool = False) -> Iterator[Connection]:
        """All that is written until it ends, or nothing of it; a fresh place has no head yet to hold."""
        with self.connected() as connection:
            if not also_backup:
                self.see_no_backup()
            self.begin_writing(connection)
            if not fresh:
                self.hold(connection)
            process = os.getpid()
            yield connection
            if os.getpid() != process:
                problem = "this unit of work is that of the process before the fork; nothing was written, begin another"
                raise StoreError(self.name, "over", problem)
            self.see_place(begun=True)
            self._commit(connection)

    def _commit(self, connection: Connection) -> None:
        try:
            tell(connection, "COMMIT")
        except DBAPIError as error:
            if error.connection_invalidated:
                raise StoreError(self.name, "unknown", UNKNOWN) from None
            raise

    @contextmanager
    def told(self) -> Iterator[None]:
        """What the database says, as a `StoreError`."""
        try:
            yield
        except DBAPIError as error:
            kind, problem = self.why(error)
            raise StoreError(self.name, kind, problem) from None
        except PendingRollbackError:  # somebody went on where the connection had broken
            raise StoreError(self.name, "unreachable", BROKEN) from None
        except NoConnectionError:
            raise StoreError(self.name, "busy", BUSY) from None
        except SQLAlchemyError as error:
            raise StoreError(self.name, "unreachable", f"the database did not answer ({first_line(error)})") from None

    def why(self, error: DBAPIError) -> tuple[str, str]:
        """The kind of what a database says, and a sentence."""
        said = first_line(error.orig)
        for words, kind, problem in self.refusals:
            if words in self.code(error) or words in said:
                return kind, problem
        if error.connection_invalidated:
            return "unreachable", f"the connection broke ({said}); nothing of this unit of work was written, try again"
        return "unreachable", f"the database refused it ({said}); nothing of this unit of work was written"

    def code(self, error: DBAPIError) -> str:
        """What the database calls an error."""
        return str(getattr(error.orig, "sqlite_errorname", None) or getattr(error.orig, "sqlstate", None) or "")

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


def _let_go(connection: Connection) -> None:
    """Let go of a connection in which nothing is begun any more; where that cannot be had, nobody gets it again."""
    try:
        connection.connection.rollback()  # the driver does nothing when nothing is begun
    except Exception:  # noqa: BLE001 - the driver's own, or SQLAlchemy's for a connection that broke
        with suppress(SQLAlchemyError):
            connection.invalidate()
    connection.close()


def first_line(error: object) -> str:
    """The first line of what a driver says, to stand within a sentence."""
    return next(iter(str(error).strip().splitlines()), type(error).__name__).rstrip(".")
