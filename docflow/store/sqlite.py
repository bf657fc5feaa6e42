"""SQLite: a store in a file of its own."""

# ruff: noqa: D102 - what each method is for stands in `Database`
from __future__ import annotations

import os
import time
from contextlib import contextmanager
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, QueuePool, create_engine, event
from sqlalchemy.exc import DBAPIError

from docflow.errors import StoreError
from docflow.store.aside import aside
from docflow.store.connecting import BUSY, DAMAGED, FULL, GROWS, READ_ONLY, Database
from docflow.store.statements import tell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["BACKUP", "OURS", "SQLite", "is_worked_with", "see_nothing_left"]

OURS: Final = 0x646F6366
"""Written into the head of an SQLite file, so that it is known as a store: "docf" in ASCII."""
BACKUP: Final = 1
"""Written there too, as SQLite's `user_version`, when the file is a backup; 0 in a store to work on."""
FOLDER: Final = "its folder may not be written, which SQLite needs also to read; ask whoever keeps it for the right"
GLANCES: Final = 25
"""Milliseconds in which SQLite looks five times whether it may write."""


class SQLite(Database):
    """A store in a file. A write-ahead log lets others read while somebody writes, and each commit is on the disk."""

    refusals = (
        ("SQLITE_BUSY", "busy", BUSY),
        ("SQLITE_LOCKED", "busy", BUSY),
        ("SQLITE_READONLY_DIRECTORY", "read-only", FOLDER),
        ("SQLITE_READONLY_CANTINIT", "read-only", FOLDER),
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
        ("this place is taken", "damaged", DAMAGED),  # of a record below the last one, as the head says
        ("rows only grow", "append only", GROWS),
        ("SQLITE_CONSTRAINT", "damaged", DAMAGED),
        ("Could not decode to UTF-8", "damaged", DAMAGED),
        ("no such column", "damaged", DAMAGED),
        ("no such table", "damaged", DAMAGED),
        ("unsupported file format", "damaged", DAMAGED),
    )

    def __init__(self, path: Path, patience: float) -> None:
        self.path, self._milliseconds = _real(path), int(patience * 1000)
        self._named = path.absolute()
        self._file: tuple[int, int] | None = None
        self._wal = self._is_backup = False
        # Each block has a connection of its own, also a reading within a writing; SQLAlchemy's own choice for "sqlite://"
        # is one for a whole thread, whose blocks would end each other's transactions.
        engine = create_engine(
            "sqlite://",
            creator=self._connect,
            isolation_level="AUTOCOMMIT",
            pool_reset_on_return=None,
            poolclass=QueuePool,
            max_overflow=-1,
        )
        event.listen(engine, "connect", self._prepare)
        super().__init__(str(path), patience, engine)

    def _connect(self) -> Any:  # noqa: ANN401 - the driver's own
        import sqlite3  # noqa: PLC0415 - the driver, where it is used

        # `mode=rw` makes no file: a slip in a name is told, and not a new empty office.
        uri = f"{self.path.as_uri()}?mode=rw"
        wait = self._milliseconds / 1000
        return sqlite3.connect(uri, uri=True, timeout=wait, isolation_level=None, check_same_thread=False)

    def _prepare(self, raw: Any, _: object) -> None:  # noqa: ANN401 - the driver's own
        for pragma in (
            "synchronous=FULL",
            "fullfsync=ON",
            "trusted_schema=OFF",
            "cell_size_check=ON",
            "secure_delete=ON",
        ):
            raw.execute(f"PRAGMA {pragma}")
        self._wal = raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        self._is_backup = raw.execute("PRAGMA user_version").fetchone() == (BACKUP,)

    def why(self, error: DBAPIError) -> tuple[str, str]:
        kind, problem = super().why(error)
        if kind == "unreachable" and not S_ISREG(_mode_of(self.path)):
            return (
                kind,
                "there is no file of this name; name another, or make a store where nothing is: Store.create(...)",
            )
        if kind == "unreachable" and not os.access(self.path, os.R_OK):
            return kind, "its file may not be read; ask whoever keeps it for the right"
        return kind, problem

    def begin_reading(self, connection: Connection) -> None:
        self._wait(connection, self._milliseconds)
        tell(connection, "BEGIN")

    @staticmethod
    def _wait(connection: Connection, milliseconds: int) -> None:
        """Say how long SQLite itself waits for others, where it does not know that yet."""
        if connection.info.get("waits") != milliseconds:
            connection.exec_driver_sql(f"PRAGMA busy_timeout={milliseconds}")
            connection.info["waits"] = milliseconds

    def begin_writing(self, connection: Connection) -> None:
        """SQLite looks ever more seldom the longer it waits, so who came first could wait longest: it begins anew."""
        until = time.monotonic() + self.patience
        self._wait(connection, min(GLANCES, self._milliseconds))
        while True:
            try:
                tell(connection, "BEGIN IMMEDIATE")
            except DBAPIError as error:
                if self.code(error) != "SQLITE_BUSY" or time.monotonic() >= until:
                    raise
            else:
                return

    def hold(self, connection: Connection) -> None:
        """Who began to write to a file holds it."""

    def gauge(self, connection: Connection) -> None:
        """SQLite plans its ways without regard to sizes."""

    def see_no_backup(self) -> None:
        if self._is_backup:  # as the file said when it was connected
            problem = "it is a backup, which stays as it is; make a store to work on of it: Store.restore(...)"
            raise StoreError(self.name, "a backup", problem)

    def see_sound(self, connection: Connection) -> None:
        found = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar_one()
        if found != "ok":
            raise StoreError(
                self.name, "damaged", f"its file is damaged ({found}); restore the last backup, and verify it"
            )

    @contextmanager
    def looking(self) -> Iterator[Callable[[], None]]:
        with (
            self.reading() as connection,
            aside(lambda: self.see_sound(connection), stop=_driver(connection).interrupt) as end,
        ):
            yield end

    def make(self, *, secret: bool) -> None:
        if not os.path.lexists(self._named):
            see_nothing_left(self._named)
        try:
            # Not where a link leads, which others may have made: so a link is something that is there already.
            file = os.open(self._named, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600 if secret else 0o666)
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

    def see_allowed(self, connection: Connection) -> None:
        """Of a file, its system tells that when it is opened."""

    def see_private(self) -> None:
        if os.name != "posix":  # elsewhere the permissions of a file do not tell who may read it
            return
        for ending in ("", "-wal", "-shm", "-journal"):
            if _mode_of(self._beside(ending)) & 0o077:
                problem = "its letters are secret, and others than its owner may read or write it; take that right away"
                raise StoreError(self.name, "not secret", f"{problem} (chmod 600 {self._beside(ending).name})")

    def sweep(self, *, alone: bool) -> None:  # noqa: ARG002 - others may read a file meanwhile
        # Pages that were split or moved long ago keep bytes that `secure_delete` never sees, so all are written anew.
        with self.connected() as connection:
            self.see_no_backup()
            self._wait(connection, self._milliseconds)
            connection.exec_driver_sql("VACUUM")
            busy, *_ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
        if busy:
            raise StoreError(self.name, "busy", "somebody reads what was there before")

    def see_place(self, *, begun: bool = False) -> None:
        """See that the file is there that was opened: what is written into one that is gone would be lost."""
        there = _file_of(self.path)
        if self._file is None:
            self._file = there
        elif there != self._file:
            problem = "its file was taken away or replaced while it was open; nothing was written, open it again"
            raise StoreError(self.name, "replaced", problem)
        if begun and self._wal and _file_of(self._beside("-wal")) is None:
            problem = (
                "its file …-wal, in which the newest records are, was taken away; nothing was written, close the store "
                "wherever it is open, and verify it"
            )
            raise StoreError(self.name, "replaced", problem)

    def _beside(self, ending: str) -> Path:
        return self.path.with_name(self.path.name + ending)

    def unmake(self) -> None:
        self.close()
        for ending in ("", "-wal", "-shm"):
            self._beside(ending).unlink(missing_ok=True)

    def now(self, connection: Connection) -> int:  # noqa: ARG002 - a file has the time of its machine
        return time.time_ns() // 1000


def see_nothing_left(path: Path) -> None:
    """See that nothing is left of a store that had this name: SQLite would take it for the newest records of the new.

    Raises `StoreError`.
    """
    for ending in ("-wal", "-journal"):
        left = path.with_name(path.name + ending)
        if os.path.lexists(left):
            problem = (
                f"{left.name} is there: a store of this name is in use, or was killed and has its newest records there"
            )
            way = "name another file, or move both away together when nobody has it open"
            raise StoreError(str(path), "there already", f"{problem}; {way}")


def is_worked_with(path: Path) -> bool:
    """Whether a file is a store to work on, and no backup, as its first bytes say.

    Source: https://sqlite.org/fileformat.html, the database header.
    """
    with path.open("rb") as file:
        head = file.read(72)
    return head[68:72] == OURS.to_bytes(4, "big") and head[60:64] != BACKUP.to_bytes(4, "big")


def _driver(connection: Connection) -> Any:  # noqa: ANN401 - the driver's own
    return connection.connection.dbapi_connection


def _real(path: Path) -> Path:
    """The file itself, beside which SQLite has its others; it stays so when the folder of the process is changed."""
    try:
        os.fsencode(path)
        return Path(os.path.realpath(path))
    except (OSError, ValueError) as error:
        problem = f"it is no path of a file here ({getattr(error, 'strerror', None) or error}); name another file"
        raise StoreError(str(path), "unreachable", problem) from None


def _mode_of(path: Path) -> int:
    """Who may read and write a file; nobody one that is not there."""
    try:
        return path.stat().st_mode
    except OSError:
        return 0


def _file_of(path: Path) -> tuple[int, int] | None:
    """Which file a path leads to; None when there is none."""
    try:
        there = path.stat()
    except (OSError, ValueError):
        return None
    return there.st_dev, there.st_ino
