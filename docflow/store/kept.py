"""A store as a whole: it is made, opened, upgraded, proven and swept, and says who may read it."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final, Self

from docflow.errors import StoreError
from docflow.instants import instant
from docflow.letters import Workflow
from docflow.letters.process import several
from docflow.safe import brief
from docflow.store.chain import Head, hash_on
from docflow.store.databases import SCHEMA, database_of
from docflow.store.formats import is_old, see_format, upgrade
from docflow.store.guards import see_no_others, unguarded
from docflow.store.heads import head_of
from docflow.store.json_text import written as canonical
from docflow.store.lines import make_lines
from docflow.store.proving import Proof, prove
from docflow.store.reading import LAST, Reader, is_secret
from docflow.store.roles import allow, rights_kept
from docflow.store.words import storable
from docflow.store.writing import begin
from docflow.text import expect

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from sqlalchemy import Connection

    from docflow.store.databases import Database
    from docflow.store.writing import Page

__all__ = ["PATIENCE", "KeptStore"]

PATIENCE: Final = 10.0
"""Seconds to wait for somebody else who writes."""


class KeptStore:
    """A store as a whole: how it is made, opened and proven. `CopiedStore` adds copies, `Store` reading and writing."""

    def __init__(
        self, database: Database, workflows: tuple[Workflow, ...], now: Callable[[], datetime] | None, *, secret: bool
    ) -> None:
        self._database, self._workflows, self._now = database, workflows, now
        self._known: dict[tuple[str, int | str], Workflow] = {}
        self._page: Page | None = None
        self._writes: tuple[int, int] | None = None
        self.secret = secret
        """Whether its books are those of secret letters, which are kept apart."""

    @property
    def name(self) -> str:
        """Where it is kept, without a password."""
        return self._database.name

    @classmethod
    def create(
        cls,
        where: str | os.PathLike[str],
        *,
        secret: bool = False,
        workflows: Iterable[Workflow] = (),
        now: Callable[[], datetime] | None = None,
        patience: float = PATIENCE,
        schema: str = SCHEMA,
    ) -> Self:
        """Make a new store, in a file that is not there yet or in a PostgreSQL database.

        >>> from tempfile import TemporaryDirectory
        >>> from docflow.store import Store
        >>> with TemporaryDirectory() as folder, Store.create(f"{folder}/secret.db", secret=True) as office:
        ...     office.secret, office.head.place
        (True, 1)

        `where` is a path, or such as "postgresql://user@host/office"; the other arguments are those of `open`. A secret
        store has the books of secret letters and no others; its file is readable by its owner alone. Raises
        `StoreError` when something is there already or the place cannot be reached; `TypeError` for what is no place.

        Source: rule on official secrets B.E. 2544, by which open and secret letters have registers of their own.
        """
        expect(secret, bool, "answer to whether its letters are secret", "secret=True or secret=False")
        database = database_of(where, patience=patience, schema=schema)
        given = several(workflows, Workflow, "INCOMING_EXTERNAL_LETTER")
        database.make(secret=secret)
        try:
            store = cls(database, given, now, secret=secret)
            with database.writing(fresh=True) as connection:
                upgrade(connection)
                store._begin(connection)
        except BaseException:
            database.unmake()
            raise
        return store

    @classmethod
    def open(
        cls,
        where: str | os.PathLike[str],
        *,
        workflows: Iterable[Workflow] = (),
        now: Callable[[], datetime] | None = None,
        patience: float = PATIENCE,
        schema: str = SCHEMA,
    ) -> Self:
        """Open a store that is there, in a file or in a PostgreSQL database.

        >>> from tempfile import TemporaryDirectory
        >>> from docflow.store import Store
        >>> with TemporaryDirectory() as folder:
        ...     Store.create(f"{folder}/office.db").close()
        ...     with Store.open(f"{folder}/office.db") as office:
        ...         print(office.verify().holds)
        True

        `workflows` are those with guards, which are code and are not stored. `now` tells the time instead of the
        machine or the server, for tests and for examples; `patience` is how many seconds to wait for somebody else who
        writes; `schema` is where its tables stand in PostgreSQL. Raises `StoreError` when there is none, when it has
        another format, and when it is secret and others may read it; `TypeError` for what is no place.
        """
        database = database_of(where, patience=patience, schema=schema)
        given = several(workflows, Workflow, "INCOMING_EXTERNAL_LETTER")
        try:
            with database.sound(), database.reading() as connection:
                database.see_allowed(connection)
                see_format(connection, database.name)
                secret = is_secret(connection, database.name)
                if secret:
                    database.see_private()
        except BaseException:
            database.close()
            raise
        return cls(database, given, now, secret=secret)

    @classmethod
    def upgrade(
        cls,
        where: str | os.PathLike[str],
        *,
        workflows: Iterable[Workflow] = (),
        patience: float = PATIENCE,
        schema: str = SCHEMA,
    ) -> None:
        """Bring a store of an earlier docflow to the format of this one, all of it or nothing; back it up before.

        Its records stay as they are, with the same hashes. `workflows` are those with guards, as for `open`. A store
        that is up to date is left alone, but for the triggers that `verify` finds wanting. Whom `allow` gave a right
        has it of new tables too; what was granted or revoked by hand is not carried over.

        Raises `StoreError`, also when the records of an earlier format tell what can never have been (`verify` is what
        looks for altered ones), and when others added something that `verify` names, which they have to drop.
        """
        database = database_of(where, patience=patience, schema=schema)
        given = several(workflows, Workflow, "INCOMING_EXTERNAL_LETTER")
        try:
            with database.reading() as connection:
                if not is_old(connection, database.name) and not unguarded(connection):
                    return
                see_no_others(connection, database.name)
                if is_secret(connection, database.name):
                    database.see_private()
            with database.writing(also_backup=True) as connection:
                old = is_old(connection, database.name)  # else somebody did it meanwhile, or only guards are gone
                store = cls(database, given, None, secret=is_secret(connection, database.name))
                with rights_kept(database, connection):
                    upgrade(connection)
                    if old:
                        make_lines(store._reader(connection, LAST))
        finally:
            database.close()

    def close(self) -> None:
        """Let go of the file or the database."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def head(self) -> Head:
        """The last record and its hash."""
        with self._database.reading() as connection:
            return head_of(connection, self.name)

    def verify(self, *, printed: str | Head | None = None) -> Proof:
        """Check every link of the chain, and judge anew all that it tells; the first broken record is named.

        >>> from tempfile import TemporaryDirectory
        >>> from docflow.store import Store
        >>> with TemporaryDirectory() as folder, Store.create(f"{folder}/office.db") as office:
        ...     printed = str(office.head)  # as it stands on paper
        ...     print(office.verify(printed=printed).holds)
        True

        `printed` is a hash from the page of a day, which must be in the chain: whoever can write the database could
        make the whole chain anew, but not the paper. Raises `TypeError` for a text without a hash, and `StoreError`
        when the store cannot be reached; what is wrong with its records stands in the proof.
        """
        shown = None if printed is None else hash_on(printed)
        with self._database.reading() as connection, self._database.looking() as end_of_look:
            reader = self._reader(connection, LAST)
            reader.known = {}  # what was seen before may have been altered since
            proof = prove(reader, shown)
            if proof.broken is None:
                end_of_look()
            return proof

    def allow(self, role: str, right: str) -> None:
        """Let a role of the PostgreSQL server "read", "write", "dispose" of letters too, or do "nothing", and no more.

        Until then a store is its owner's alone, be it secret or not. In a file there are no roles: its permissions are
        those of the file. Raises `StoreError`, also for a role that the server does not know.
        """
        expect(role, str, "name of a role", 'such as "registrars"')
        if not storable(role):
            raise StoreError(self.name, "no such role", f"no role is called {brief(role)}; write it as it is there")
        allow(self._database, role, right)

    def sweep(self) -> None:
        """Take off the disk what was disposed of, as each disposal of a file also does when it is written.

        A file is written anew without it. In PostgreSQL a disposal only lets the server use the space again, which it
        does some time; this writes the tables anew at once, for their owner, and others wait meanwhile.

        Raises `StoreError` of the kind "words left" when others read or write for too long: then it was disposed of,
        and this is to be done again.
        """
        self._sweep(alone=True)

    def _sweep(self, *, alone: bool) -> None:
        try:
            self._database.sweep(alone=alone)
        except StoreError as error:
            if error.kind == "a backup":
                raise
            problem = f"what was disposed of is no longer read, and its words are still on the disk ({error.problem})"
            raise StoreError(self.name, "words left", f"{problem}; call sweep() when nobody else is at it") from None

    def reindex(self) -> None:
        """Make anew what letters are found by: a row for each line, and the index of their words. No record is altered.

        It is needed only when `verify` says so, or when somebody altered these tables by hand.
        """
        with self._database.writing() as connection:
            make_lines(self._reader(connection, LAST))

    def _reader(self, connection: Connection, upto: int) -> Reader:
        return Reader(self.name, connection, upto, secret=self.secret, workflows=self._workflows, known=self._known)

    def _begin(self, connection: Connection) -> None:
        at = self._database.now(connection) if self._now is None else instant(self._now())
        said = canonical({"id": secrets.token_hex(8), "secret": self.secret})
        begin(connection, at, said)

    def __repr__(self) -> str:
        return f"<Store {self.name}>"
