"""Copying: a whole store, or a day of it, into a place of its own, while others write."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from sqlalchemy import insert, select
from sqlalchemy.exc import DBAPIError

from docflow.errors import StoreError
from docflow.letters import Workflow
from docflow.letters.process import several
from docflow.store.databases import SCHEMA, database_of
from docflow.store.exports import export
from docflow.store.formats import see_format, upgrade
from docflow.store.heads import head_of
from docflow.store.kept import PATIENCE, KeptStore
from docflow.store.lines import index_anew
from docflow.store.proving import prove
from docflow.store.reading import LAST, Reader
from docflow.store.sqlite import BACKUP, OURS, SQLite, is_worked_with, see_nothing_left
from docflow.store.tables import METADATA
from docflow.text_file import is_there
from docflow.whole_file import new_file, told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date, datetime
    from typing import Any

    from sqlalchemy import Connection, Table

    from docflow.store.chain import Head
    from docflow.store.databases import Database

__all__ = ["CopiedStore"]

ROWS: Final = 1000
"""So many rows are in memory at once."""


class CopiedStore(KeptStore):
    """A store of which copies are made: backups, stores in another place, and exports of a day."""

    def backup(self, path: str | os.PathLike[str], *, replace: bool = False) -> Head:
        """Copy all of it into one new file, while others go on writing; the last record that the file has.

        `Store.open` reads the file and writes in none; `Store.restore` makes a store to work on of it. It gets its name
        when it has been verified, it is its owner's alone when the store is secret, and what is there already stays
        unless it is to be replaced. It keeps also what is disposed of later, so it must not outlive its letters. There
        is an example at `restore`.

        Raises `StoreError` and `FileError`, and then nothing is left.
        """
        return self._copier.backup(path, over=replace)

    def copy(self, where: str | os.PathLike[str], *, schema: str = SCHEMA) -> Head:
        """Copy all of it to another place, a file or a schema in PostgreSQL where no store is; the head of both.

        Every row is the same there, so hashes that were printed hold there too. Whoever writes on in both has two
        stores with one name: let nobody write here from then on. Raises as `backup`.
        """
        return self._copier.copy(database_of(where, patience=self._database.patience, schema=schema))

    @classmethod
    def restore(
        cls,
        backup: str | os.PathLike[str],
        where: str | os.PathLike[str],
        *,
        workflows: Iterable[Workflow] = (),
        now: Callable[[], datetime] | None = None,
        patience: float = PATIENCE,
        schema: str = SCHEMA,
    ) -> Self:
        """Make a new store of a backup, in a file or in PostgreSQL, and open it. The arguments are those of `open`.

        >>> from tempfile import TemporaryDirectory
        >>> from docflow.store import Store
        >>> with TemporaryDirectory() as folder, Store.create(f"{folder}/office.db") as office:
        ...     head = office.backup(f"{folder}/backup.db")
        ...     with Store.restore(f"{folder}/backup.db", f"{folder}/again.db") as restored:
        ...         print(restored.head == head)
        True

        Raises `StoreError` when something is there already, and for a backup that is damaged; then nothing is made.
        """
        given = several(workflows, Workflow, "INCOMING_EXTERNAL_LETTER")
        with cls.open(backup, workflows=given, patience=patience) as kept:
            kept.copy(where, schema=schema)
        return cls.open(where, workflows=given, now=now, patience=patience, schema=schema)

    def export(self, day: date, path: str | os.PathLike[str], *, replace: bool = False) -> Head:
        """Write the records of a day, by Thai time, to a file of JSON lines; the head of the store at its end.

        `docflow.store.check_export` checks the file without the store (there is an example), and whoever has the head's
        hash on paper knows that it is the day which was printed. Of a secret store, the file is its owner's alone. What
        is there already stays, unless it is to be replaced. Raises `FileError`.
        """
        with self._database.reading() as connection:
            return export(connection, day, path, private=self.secret, over=replace)

    @property
    def _copier(self) -> Copier:
        return Copier(self._database, self._workflows, secret=self.secret)


class Copier:
    """Makes copies of a store. Each copy is a store again, with the same rows and so with the same hashes."""

    def __init__(self, source: Database, workflows: tuple[Workflow, ...], *, secret: bool) -> None:
        self.source, self.workflows, self.secret = source, workflows, secret

    def backup(self, path: str | os.PathLike[str], *, over: bool = False) -> Head:
        """A copy in one file, with nothing beside it, so that it can also be read where nobody may write."""
        with told(path):
            target = Path(os.path.realpath(path))
            if over:
                self._see_replaceable(target)
        return self._to_file(target, backup=True, over=over)

    def copy(self, target: Database) -> Head:
        """A copy to work on, where nothing is: new tables, and every row that there is.

        Raises `StoreError` when something is there, and for what is damaged.
        """
        if isinstance(target, SQLite):
            return self._to_file(target.path)
        self._see_whole(self.source)
        with self.source.reading() as connection:
            head = head_of(connection, self.source.name)
            target.make(secret=self.secret)
            try:
                with target.writing(fresh=True) as other:
                    upgrade(other)
                    self._copy_rows(connection, other)
                self._see_whole(target, head)
            except BaseException:
                with suppress(StoreError):  # where the server is gone, there is nothing to take away
                    target.unmake()
                raise
        target.close()
        return head

    def _to_file(self, path: Path, *, backup: bool = False, over: bool = False) -> Head:
        if not over and is_there(path):
            way = "name another file, or say replace=True" if backup else "name another file"
            raise StoreError(str(path), "there already", f"something is there already; {way}")
        see_nothing_left(path)
        with new_file(path, private=self.secret, over=over) as part:
            copy = SQLite(part, self.source.patience)
            copy.name = str(path)
            try:
                with self.source.reading() as connection, copy.connected() as other:
                    head = head_of(connection, self.source.name)
                    self.source.see_sound(connection)
                    if backup and isinstance(self.source, SQLite):
                        _copy_pages(connection, other)
                    else:
                        self._fill(connection, other)
                    if backup:
                        other.exec_driver_sql(f"PRAGMA user_version={BACKUP}")
                self._see_whole(copy, head)
                with copy.connected() as connection:
                    connection.exec_driver_sql(f"PRAGMA journal_mode={'DELETE' if backup else 'WAL'}")
            finally:
                copy.close()
                for ending in ("-journal", "-wal", "-shm"):
                    part.with_name(part.name + ending).unlink(missing_ok=True)
        return head

    def _see_replaceable(self, path: Path) -> None:
        """See that a file to be replaced is no store that somebody works with, be it closed now."""
        if isinstance(self.source, SQLite) and path.exists() and path.samefile(self.source.path):
            raise StoreError(str(path), "there already", "it is the store itself; name another file for its backup")
        if path.is_file() and is_worked_with(path):
            problem = "it is a store and no backup, and it would be lost; name another file for the backup"
            raise StoreError(str(path), "there already", problem)

    def _fill(self, connection: Connection, target: Connection) -> None:
        """Copy every row into a new file of SQLite."""
        target.exec_driver_sql(f"PRAGMA application_id={OURS}")
        target.exec_driver_sql("BEGIN IMMEDIATE")
        upgrade(target)
        self._copy_rows(connection, target)
        target.exec_driver_sql("COMMIT")

    def _copy_rows(self, connection: Connection, target: Connection) -> None:
        for table in METADATA.sorted_tables:
            for rows in self._rows(connection, table):
                target.execute(insert(table), rows)
        index_anew(target)

    def _rows(self, connection: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
        """The rows of a table, some at a time; what the source says meanwhile is told of the source."""
        with self.source.sound(), self.source.told():
            ordered = select(table).order_by(*table.primary_key or table.columns)
            with connection.execute(ordered, execution_options={"yield_per": ROWS}) as result:
                for rows in result.partitions():
                    yield [dict(row._mapping) for row in rows]  # noqa: SLF001 - SQLAlchemy's own name for it

    def _see_whole(self, database: Database, head: Head | None = None) -> None:
        """See that a store is as it was written, up to a head. Raises `StoreError`."""
        with database.sound(), database.reading() as connection:
            see_format(connection, database.name)
            database.see_sound(connection)
            reader = Reader(database.name, connection, LAST, secret=self.secret, workflows=self.workflows, known={})
            proof = prove(reader)
        problem = "" if proof.broken is None else str(proof.broken)
        if not problem and head is not None and proof.head != head:
            problem = f"it ends with {proof.head}, and not with {head}"
        if problem:
            raise _damaged(database, problem)


def _damaged(database: Database, problem: str) -> StoreError:
    way = "nothing was made of it; take another backup, or the store itself"
    return StoreError(database.name, "damaged", f"it is not as it was written ({problem}); {way}")


def _copy_pages(connection: Connection, target: Connection) -> None:
    """Copy a file of SQLite page by page, as it is at one moment."""
    from sqlite3 import Error  # noqa: PLC0415 - the driver, where it is used

    one: Any = connection.connection.driver_connection
    other: Any = target.connection.driver_connection
    try:
        one.backup(other)
    except Error as error:  # said without SQLAlchemy
        raise DBAPIError("backup", None, error) from None
