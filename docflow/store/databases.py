"""Databases: what SQLite and PostgreSQL do each in their own way, and what either says when it refuses.

A unit of work holds the store alone while it writes; whoever reads sees what was written before, whole.
"""

from __future__ import annotations

import os
import time
from abc import ABC, abstractmethod
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError, TimeoutError

from docflow.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import URL

__all__ = ["Database", "database_of"]

OURS: Final = 0x646F6366
"""Written into the head of an SQLite file, so that it is known as a store: "docf" in ASCII."""
SCHEMA: Final = "docflow"


def database_of(where: str | os.PathLike[str], *, patience: float, schema: str = SCHEMA) -> Database:
    """The database that a path or a URL names. Raises `StoreError` for one that is neither SQLite nor PostgreSQL."""
    if not isinstance(where, str | os.PathLike):
        raise TypeError(f'{where!r} is no place of a store; give a path, or such as "postgresql://user@host/office"')
    text = os.fspath(where)
    if not isinstance(where, str) or "://" not in text:
        return SQLite(Path(text), patience)
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise StoreError(
            "the store", "unreachable", f"{text.partition('@')[2] or 'this'} is no URL of a database; {WAY}"
        ) from None
    if url.get_backend_name() == "sqlite" and url.database:
        return SQLite(Path(url.database), patience)
    if url.get_backend_name() != "postgresql":
        raise StoreError(_shown(url), "unreachable", f"a store is not kept there; {WAY}")
    return PostgreSQL(url, patience, schema)


WAY: Final = 'name a file, such as "office.db", or "postgresql://user@host/office"'


def _shown(url: URL) -> str:
    return url.render_as_string(hide_password=True)


class Database(ABC):
    """A place of a store, and the ways in which one reads and writes there."""

    engine: Engine

    def __init__(self, name: str, patience: float) -> None:
        self.name, self.patience = name, patience

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
    def make(self, *, secret: bool) -> None:
        """Make an empty place. Raises `StoreError` when something is there already."""

    @abstractmethod
    def unmake(self) -> None:
        """Take the place away again that was just made."""

    @abstractmethod
    def now(self, connection: Connection) -> int:
        """The time of the store, in microseconds since 1970."""

    @contextmanager
    def connected(self) -> Iterator[Connection]:
        """A connection without a transaction, and what the database says as a `StoreError`."""
        with self.told(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """What was written before, whole, until it ends."""
        with self.connected() as connection:
            try:
                self.begin_reading(connection)
                yield connection
            finally:
                _roll_back(connection)

    @contextmanager
    def writing(self, *, fresh: bool = False) -> Iterator[Connection]:
        """All that is written until it ends, or nothing of it; a fresh place has no head yet to hold."""
        with self.connected() as connection:
            try:
                self.begin_writing(connection)
                if not fresh:
                    self.hold(connection)
                yield connection
                self._commit(connection)
            except BaseException:
                _roll_back(connection)
                raise

    def _commit(self, connection: Connection) -> None:
        try:
            connection.exec_driver_sql("COMMIT")
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
        except TimeoutError:
            raise StoreError(self.name, "busy", BUSY) from None
        except SQLAlchemyError as error:
            raise StoreError(self.name, "unreachable", f"the database did not answer ({_first_line(error)})") from None

    def why(self, error: DBAPIError) -> tuple[str, str]:
        """The kind of what a database says, and a sentence."""
        said = _first_line(error.orig)
        for words, kind, problem in self.refusals:
            if words in self.code(error) or words in said:
                return kind, problem
        return "unreachable", f"the database refused it ({said}); nothing of this unit of work was written"

    refusals: ClassVar[tuple[tuple[str, str, str], ...]] = ()

    def code(self, error: DBAPIError) -> str:
        """What the database calls an error."""
        return str(getattr(error.orig, "sqlite_errorname", None) or getattr(error.orig, "sqlstate", None) or "")

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


def _roll_back(connection: Connection) -> None:
    """Forget what was begun. Where that cannot be said, the connection is given up, and its database forgets it."""
    try:
        connection.exec_driver_sql("ROLLBACK")
    except SQLAlchemyError:
        with suppress(SQLAlchemyError):
            connection.invalidate()


def _first_line(error: object) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__).rstrip(".")


BUSY: Final = "somebody else writes and did not end in time; nothing was written, try again"
READ_ONLY: Final = "it may be read and not written; nothing was written, ask whoever keeps it for the right"
FULL: Final = "its disk is full; nothing was written, make room and do it again"
UNKNOWN: Final = (
    "the connection broke while it was written, and nobody knows whether it was; look, and do it again if not"
)
DAMAGED: Final = "it is damaged; restore the last backup, and verify it"


GLANCES: Final = 25
"""Milliseconds in which SQLite looks five times whether it may write."""


class SQLite(Database):
    """A store in a file. A write-ahead log lets others read while somebody writes, and each commit is on the disk."""

    refusals = (
        ("SQLITE_BUSY", "busy", BUSY),
        ("SQLITE_LOCKED", "busy", BUSY),
        ("SQLITE_READONLY", "read-only", READ_ONLY),
        ("SQLITE_PERM", "read-only", READ_ONLY),
        ("SQLITE_FULL", "disk full", FULL),
        (
            "SQLITE_IOERR",
            "disk full",
            "its disk does not take it; nothing was written, look whether it is full or broken",
        ),
        ("SQLITE_NOTADB", "not a store", "it is no store of docflow; name another file"),
        ("SQLITE_CORRUPT", "damaged", DAMAGED),
        ("SQLITE_CANTOPEN", "unreachable", "it cannot be opened; look whether its folder is there and may be written"),
        ("rows only grow", "append only", "rows only grow: none is changed or taken away; correct what is wrong"),
    )

    def __init__(self, path: Path, patience: float) -> None:
        super().__init__(str(path), patience)
        self.path, self._milliseconds = path, int(patience * 1000)
        # Each block has a connection of its own, also a reading within a writing; SQLAlchemy's own choice for "sqlite://"
        # is one for a whole thread, whose blocks would end each other's transactions.
        self.engine = create_engine(
            "sqlite://",
            creator=self._connect,
            isolation_level="AUTOCOMMIT",
            pool_reset_on_return=None,
            poolclass=QueuePool,
            max_overflow=-1,
        )
        event.listen(self.engine, "connect", self._prepare)

    def _connect(self) -> Any:  # noqa: ANN401 - the driver's own
        import sqlite3  # noqa: PLC0415 - the driver, where it is used

        # `mode=rw` makes no file: a slip in a name is told, and not a new empty office.
        uri = f"{self.path.absolute().as_uri()}?mode=rw"
        return sqlite3.connect(uri, uri=True, timeout=self.patience, isolation_level=None, check_same_thread=False)

    @staticmethod
    def _prepare(raw: Any, _: object) -> None:  # noqa: ANN401 - the driver's own
        for pragma in (
            "synchronous=FULL",
            "fullfsync=ON",
            "trusted_schema=OFF",
            "cell_size_check=ON",
            "secure_delete=ON",
        ):
            raw.execute(f"PRAGMA {pragma}")

    def begin_reading(self, connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    def begin_writing(self, connection: Connection) -> None:
        """SQLite looks more and more seldom the longer it waits, so who came first could wait longest: it begins anew."""
        until = time.monotonic() + self.patience
        connection.exec_driver_sql(f"PRAGMA busy_timeout={min(GLANCES, self._milliseconds)}")
        try:
            while True:
                try:
                    connection.exec_driver_sql("BEGIN IMMEDIATE")
                except DBAPIError as error:
                    if self.code(error) != "SQLITE_BUSY" or time.monotonic() >= until:
                        raise
                else:
                    return
        finally:
            connection.exec_driver_sql(f"PRAGMA busy_timeout={self._milliseconds}")

    def hold(self, connection: Connection) -> None:
        """Who began to write to a file holds it."""

    def gauge(self, connection: Connection) -> None:
        """SQLite plans its ways without regard to sizes."""

    def make(self, *, secret: bool) -> None:
        try:
            file = os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600 if secret else 0o666)
        except FileExistsError:
            raise StoreError(
                self.name, "there already", "something is there already; open it, or name another file"
            ) from None
        except (OSError, ValueError) as error:
            problem = f"it cannot be made ({getattr(error, 'strerror', None) or error}); name another file"
            raise StoreError(self.name, "unreachable", problem) from None
        os.close(file)
        with self.connected() as connection:
            connection.exec_driver_sql("PRAGMA journal_mode=WAL")
            connection.exec_driver_sql(f"PRAGMA application_id={OURS}")

    def unmake(self) -> None:
        self.close()
        for ending in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + ending).unlink(missing_ok=True)

    def now(self, connection: Connection) -> int:  # noqa: ARG002 - a file has the time of its machine
        return time.time_ns() // 1000


class PostgreSQL(Database):
    """A store in a schema of a database, whose server keeps the time."""

    refusals = (
        ("55P03", "busy", BUSY),
        ("57014", "busy", BUSY),
        ("40001", "busy", BUSY),
        ("40P01", "busy", BUSY),
        ("25006", "read-only", READ_ONLY),
        ("42501", "read-only", "who connects may not do this; ask whoever keeps it for the right"),
        ("53100", "disk full", FULL),
        ("42P06", "there already", "a store is there already; open it, or name another schema"),
        ("P0001", "append only", "rows only grow: none is changed or taken away; correct what is wrong"),
    )

    def __init__(self, url: URL, patience: float, schema: str) -> None:
        super().__init__(f"{_shown(url)} ({schema})", patience)
        self.schema = schema
        try:
            self.engine = create_engine(
                url.set(drivername="postgresql+psycopg"),
                isolation_level="AUTOCOMMIT",
                pool_reset_on_return=None,
                pool_pre_ping=True,  # a server that was started anew meanwhile is no fault
                pool_timeout=patience,
                connect_args={"connect_timeout": max(2, int(patience))},
            )
        except ModuleNotFoundError as missing:
            need = "PostgreSQL needs psycopg; install it with: pip install 'docflow-registry[postgres]'"
            raise ModuleNotFoundError(need) from missing
        event.listen(self.engine, "connect", self._prepare)

    def _prepare(self, raw: Any, _: object) -> None:  # noqa: ANN401 - the driver's own
        with raw.cursor() as cursor:
            cursor.execute("SELECT set_config('search_path', %s, false)", (f'"{self.schema}", public',))
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", (f"{int(self.patience * 1000)}ms",))

    def begin_reading(self, connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")

    def begin_writing(self, connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    def hold(self, connection: Connection) -> None:
        connection.exec_driver_sql("SELECT one FROM head FOR UPDATE")

    def gauge(self, connection: Connection) -> None:
        """PostgreSQL does so itself, about once a minute; until then it would read a whole book for each new line."""
        connection.exec_driver_sql("ANALYZE (SKIP_LOCKED) record")

    def make(self, *, secret: bool) -> None:  # noqa: ARG002 - a new schema is its owner's alone
        try:
            with self.connected() as connection:
                connection.exec_driver_sql(f'CREATE SCHEMA "{self.schema}"')
        except StoreError:
            self.close()
            raise

    def unmake(self) -> None:
        with self.connected() as connection:
            connection.exec_driver_sql(f'DROP SCHEMA "{self.schema}" CASCADE')
        self.close()

    def now(self, connection: Connection) -> int:
        return int(connection.exec_driver_sql("SELECT extract(epoch FROM clock_timestamp()) * 1000000").scalar_one())
