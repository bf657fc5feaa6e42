"""Roles: who may read a store in PostgreSQL, write in it, or dispose of letters."""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sqlalchemy import inspect

from docflow.errors import StoreError
from docflow.safe import brief
from docflow.store.postgresql import PostgreSQL
from docflow.store.tables import METADATA

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sqlalchemy import Connection

    from docflow.store.databases import Database

    Grant = tuple[str, str, str]

__all__ = ["RIGHTS", "allow", "rights_kept"]

_TABLES: Final = frozenset({"alembic_version", *METADATA.tables})
_READ: Final = frozenset({("USAGE", "", ""), *(("SELECT", one, "") for one in _TABLES)})
_WRITE: Final = _READ | {
    *(("INSERT", one, "") for one in ("record", "link", "line")),
    *(("UPDATE", one, "") for one in ("head", "line")),
}
_DISPOSE: Final = _WRITE | {*(("UPDATE", "record", one) for one in ("content", "salt")), ("DELETE", "link", "")}
RIGHTS: Final[Mapping[str, frozenset[Grant]]] = MappingProxyType(
    {"nothing": frozenset(), "read": _READ, "write": _WRITE, "dispose": _DISPOSE}
)
"""What is granted for each right; a higher one has what the lower ones have.

Each says what is allowed, of which table, and of which column where it is not the whole one; no table is the schema.
"""
_EVERYTHING: Final = (
    "ALL ON ALL TABLES IN SCHEMA {schema}",
    "ALL ON ALL ROUTINES IN SCHEMA {schema}",
    "ALL ON SCHEMA {schema}",
)

_GIVEN: Final = """
WITH here AS (SELECT oid, nspacl FROM pg_namespace WHERE nspname = %s)
SELECT rolname, privilege_type || CASE WHEN is_grantable THEN ', also to others' ELSE '' END, relname, attname
FROM (
    SELECT '' AS relname, '' AS attname, nspacl AS acl FROM here
    UNION ALL SELECT relname, '', relacl FROM pg_class JOIN here ON relnamespace = here.oid
    UNION ALL SELECT relname, attname, attacl
    FROM pg_attribute JOIN pg_class ON attrelid = pg_class.oid JOIN here ON relnamespace = here.oid
) AS one CROSS JOIN LATERAL aclexplode(acl) JOIN pg_roles ON pg_roles.oid = grantee
"""
"""What each role was given. What it has as a member is the other's."""


def allow(database: Database, role: str, right: str) -> None:
    """Let a role have one right and no other; what everybody may is taken away. Raises `StoreError`."""
    if not isinstance(right, str) or right not in RIGHTS:
        raise StoreError(database.name, "no such right", f"{brief(right)} is no right; choose {', '.join(RIGHTS)}")
    if not isinstance(database, PostgreSQL):
        problem = "a file has no roles; whoever may read or write the file may do so, and a secret one is its owner's"
        raise StoreError(database.name, "no roles", f"{problem} (chmod and chown change that)")
    with database.writing(fresh=True) as connection:
        owner, is_ours = database.owner(connection)
        if not is_ours:
            raise StoreError(database.name, "not allowed", "only its owner says who may what; ask whoever made it")
        # The server would take a name that is too long as another one, and "public" as everybody.
        there = "SELECT count(*) FROM pg_roles WHERE rolname::text = %s"
        if not connection.exec_driver_sql(there, (role,)).scalar_one():
            problem = (
                f"the server knows no role {brief(role)}; make it first (CREATE ROLE), and write it as it is there"
            )
            raise StoreError(database.name, "no such role", problem)
        if owner == role:
            raise StoreError(database.name, "not allowed", f"{brief(role)} owns it and may do everything; name another")
        schema, name = database.quoted(database.schema), database.quoted(role)
        for one in _EVERYTHING:
            connection.exec_driver_sql(f"REVOKE {one.format(schema=schema)} FROM PUBLIC, {name}")
        _grant(database, connection, role, RIGHTS[right])


def _grant(database: PostgreSQL, connection: Connection, role: str, grants: Iterable[Grant]) -> None:
    schema, name = database.quoted(database.schema), database.quoted(role)
    for what, table, column in sorted(grants):
        on = f"TABLE {schema}.{table}" if table else f"SCHEMA {schema}"
        connection.exec_driver_sql(f"GRANT {what}{f' ({column})' if column else ''} ON {on} TO {name}")


@contextmanager
def rights_kept(database: Database, connection: Connection) -> Iterator[None]:
    """Let the tables that are made meanwhile be the owner's, and let those use them whom `allow` let use the others.

    Who has more or less than one of the rights was given that by hand, and is given nothing of a new table.
    """
    if not isinstance(database, PostgreSQL):
        yield
        return
    connection.exec_driver_sql(f"SET LOCAL ROLE {database.quoted(database.owner(connection)[0])}")
    before = _tables(database, connection)
    given: dict[str, set[Grant]] = defaultdict(set)
    for role, *grant in connection.exec_driver_sql(_GIVEN, (database.schema,)):
        if grant[1] in {"", *_TABLES}:
            given[role].add((grant[0], grant[1], grant[2]))
    yield
    made = _tables(database, connection) - before
    for role, has in given.items():
        for grants in RIGHTS.values():
            if has == {one for one in grants if one[1] in {"", *before}}:
                _grant(database, connection, role, (one for one in grants if one[1] in made))
                break


def _tables(database: PostgreSQL, connection: Connection) -> frozenset[str]:
    return _TABLES.intersection(inspect(connection).get_table_names(database.schema))
