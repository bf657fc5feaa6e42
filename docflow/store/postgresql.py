"""PostgreSQL: a store in a schema of a database, on a server that many machines reach."""

# ruff: noqa: D102 - what each method is for stands in `Database`
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, create_engine, event

from docflow.errors import StoreError
from docflow.safe import brief
from docflow.store.connecting import BUSY, DAMAGED, FULL, GROWS, READ_ONLY, Database, first_line
from docflow.text import expect

if TYPE_CHECKING:
    from sqlalchemy import URL
    from sqlalchemy.exc import DBAPIError

__all__ = ["SCHEMA", "PostgreSQL", "shown"]

SCHEMA: Final = "docflow"
LONGEST: Final = 63
"""Bytes of the longest name that PostgreSQL does not cut. Source: its manual, 4.1.1, identifiers and key words."""
NO_RIGHT: Final = "who connects may not read it, or it is no longer there; ask its owner for the right"
_SHOWN: Final = frozenset({"host", "hostaddr", "port", "user", "dbname", "sslmode"})


def shown(url: URL) -> str:
    """A URL without its password, which may also stand in its query, as may the password of a key."""
    known = {name: value for name, value in url.query.items() if name in _SHOWN}
    return url.set(query=known).render_as_string(hide_password=True)


def see_schema(schema: str) -> None:
    """See that a text can be the name of a schema, and means no other one. Raises `StoreError`, and `TypeError`.

    The server gives names that begin with "pg_" a meaning of its own, and within a search path also "$user".
    """
    expect(schema, str, "name of a schema", 'such as "docflow"')
    if not schema or not schema.isprintable() or len(schema.encode()) > LONGEST:
        problem = f"a schema has a name of 1 to {LONGEST} bytes of text that can be seen"
    elif schema == "$user" or schema.startswith("pg_"):
        problem = "the server keeps this name for itself"
    else:
        return
    raise StoreError(f"the schema {brief(schema)}", "unreachable", f'{problem}; name another, such as "docflow"')


class PostgreSQL(Database):
    """A store in a schema of a database, whose server keeps the time."""

    refusals = (
        ("55P03", "busy", BUSY),
        ("57014", "busy", BUSY),
        ("40001", "busy", BUSY),
        ("40P01", "busy", BUSY),
        ("25006", "read-only", READ_ONLY),
        ("42501", "read-only", "who connects may not do this; ask whoever keeps it for the right"),
        ("42P01", "not allowed", NO_RIGHT),
        ("3F000", "not allowed", NO_RIGHT),
        ("53100", "disk full", FULL),
        ("42P06", "there already", "a store is there already; open it, or name another schema"),
        ("53300", "busy", BUSY),
        ("P0001", "append only", GROWS),
        ("23505", "damaged", DAMAGED),
    )

    def __init__(self, url: URL, patience: float, schema: str) -> None:
        see_schema(schema)
        self.schema = schema
        try:
            engine = create_engine(
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
        event.listen(engine, "connect", self._prepare)
        super().__init__(f"{shown(url)} ({schema})", patience, engine)

    def _prepare(self, raw: Any, _: object) -> None:  # noqa: ANN401 - the driver's own
        # No other schema: where many may make tables, as in "public", somebody's would be taken for the store's.
        path = '"{}"'.format(self.schema.replace('"', '""'))
        with raw.cursor() as cursor:
            cursor.execute("SELECT set_config('search_path', %s, false)", (path,))
            cursor.execute(
                "SET synchronous_commit = on"
            )  # whatever the database is set to: what is written is on the disk
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", (f"{max(1, int(self.patience * 1000))}ms",))

    def why(self, error: DBAPIError) -> tuple[str, str]:
        kind, problem = super().why(error)
        if kind == "unreachable" and error.statement is None:  # it was not connected yet
            said = first_line(error.orig)
            if "FATAL" in said:
                return kind, f"the server refuses who connects ({said}); correct the name, the password or the database"
            return kind, f"the server does not answer ({said}); look whether it runs, and where, and try again"
        return kind, problem

    def quoted(self, name: str) -> str:
        """A name of the database within a statement, whatever is in it."""
        return self.engine.dialect.identifier_preparer.quote_identifier(name)

    def begin_reading(self, connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")

    def begin_writing(self, connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN ISOLATION LEVEL READ COMMITTED")  # who waited sees what was written meanwhile

    def hold(self, connection: Connection) -> None:
        connection.exec_driver_sql("SELECT one FROM head FOR UPDATE")

    def gauge(self, connection: Connection) -> None:
        """PostgreSQL does so itself, about once a minute; until then it would read a whole book for each new line."""
        connection.exec_driver_sql("ANALYZE (SKIP_LOCKED) record")

    def see_no_backup(self) -> None:
        """A backup is a file."""

    def see_sound(self, connection: Connection) -> None:
        """A server sees to its own files; whoever keeps it has `amcheck`."""

    def make(self, *, secret: bool) -> None:  # noqa: ARG002 - a new schema is its owner's alone
        try:
            with self.connected() as connection:
                connection.exec_driver_sql(f"CREATE SCHEMA {self.quoted(self.schema)}")
        except StoreError:
            self.close()
            raise

    def unmake(self) -> None:
        with self.connected() as connection:
            connection.exec_driver_sql(f"DROP SCHEMA {self.quoted(self.schema)} CASCADE")
        self.close()

    def sweep(self, *, alone: bool) -> None:
        with self.connected() as connection:
            if self.owner(connection)[1]:  # the server does it for others, some time
                connection.exec_driver_sql(f"VACUUM {'(FULL) ' if alone else ''}record, link, line")

    def owner(self, connection: Connection) -> tuple[str, bool]:
        """Who owns the schema, and whether that is who connects, or one who may do what the owner may."""
        owner = "SELECT pg_get_userbyid(nspowner), pg_has_role(nspowner, 'USAGE') FROM pg_namespace WHERE nspname = %s"
        name, is_ours = connection.exec_driver_sql(owner, (self.schema,)).one()
        return name, is_ours

    def see_allowed(self, connection: Connection) -> None:
        allowed = "SELECT has_schema_privilege(oid, 'USAGE') FROM pg_namespace WHERE nspname = %s"
        if connection.exec_driver_sql(allowed, (self.schema,)).scalar_one_or_none() is False:
            raise StoreError(self.name, "not allowed", "who connects may not read it; ask its owner for the right")

    def see_private(self) -> None:
        """A new schema is its owner's alone, and the owner says who else may read it."""

    def see_place(self, *, begun: bool = False) -> None:
        """A server knows itself where its files are."""

    def now(self, connection: Connection) -> int:
        return int(connection.exec_driver_sql("SELECT extract(epoch FROM clock_timestamp()) * 1000000").scalar_one())
