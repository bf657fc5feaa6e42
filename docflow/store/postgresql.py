"""PostgreSQL: a store in a schema of a database, on a server that many machines reach."""

# ruff: noqa: D102 - what each method is for stands in `Database`
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, create_engine, event

from docflow.errors import StoreError
from docflow.store.connecting import BUSY, DAMAGED, FULL, GROWS, READ_ONLY, Database

if TYPE_CHECKING:
    from sqlalchemy import URL

__all__ = ["SCHEMA", "PostgreSQL", "shown"]

SCHEMA: Final = "docflow"


def shown(url: URL) -> str:
    """A URL without its password."""
    return url.render_as_string(hide_password=True)


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
        ("53300", "busy", BUSY),
        ("P0001", "append only", GROWS),
        ("23505", "damaged", DAMAGED),
    )

    def __init__(self, url: URL, patience: float, schema: str) -> None:
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
        path = '"{}", public'.format(self.schema.replace('"', '""'))
        with raw.cursor() as cursor:
            cursor.execute("SELECT set_config('search_path', %s, false)", (path,))
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", (f"{max(1, int(self.patience * 1000))}ms",))

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

    def see_place(self, *, begun: bool = False) -> None:
        """A server knows itself where its files are."""

    def now(self, connection: Connection) -> int:
        return int(connection.exec_driver_sql("SELECT extract(epoch FROM clock_timestamp()) * 1000000").scalar_one())
