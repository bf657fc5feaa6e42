"""Roles: who may read a store in PostgreSQL, write in it, or dispose of letters."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from docflow.errors import StoreError
from docflow.safe import brief
from docflow.store.postgresql import PostgreSQL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy import Connection

    from docflow.store.databases import Database

__all__ = ["RIGHTS", "allow", "rights_kept"]

READ: Final = ("SELECT ON ALL TABLES IN SCHEMA {schema}", "USAGE ON SCHEMA {schema}")
WRITE: Final = (
    *READ,
    "INSERT ON {schema}.record, {schema}.link, {schema}.line",
    "UPDATE ON {schema}.head, {schema}.line",
)
DISPOSE: Final = (*WRITE, "UPDATE (content, salt) ON {schema}.record", "DELETE ON {schema}.link")
RIGHTS: Final[Mapping[str, tuple[str, ...]]] = {"nothing": (), "read": READ, "write": WRITE, "dispose": DISPOSE}
"""What is granted for each right; a higher one has what the lower ones have."""
_EVERYTHING: Final = (
    "ALL ON ALL TABLES IN SCHEMA {schema}",
    "ALL ON ALL ROUTINES IN SCHEMA {schema}",
    "ALL ON SCHEMA {schema}",
)

_ALLOWED: Final = """
SELECT rolname, bool_or(privilege_type = 'SELECT'), bool_or(privilege_type = 'INSERT'),
    bool_or(privilege_type = 'UPDATE')
FROM (
    SELECT (aclexplode(relacl)).* FROM pg_class WHERE oid = 'record'::regclass
    UNION ALL
    SELECT (aclexplode(attacl)).* FROM pg_attribute WHERE attrelid = 'record'::regclass AND attname = 'content'
) AS given JOIN pg_roles ON pg_roles.oid = grantee JOIN pg_namespace ON nspname = %s
WHERE grantee <> nspowner AND has_schema_privilege(grantee, pg_namespace.oid, 'USAGE')
GROUP BY rolname
"""
"""Whom the records were given to: to read, to write, to dispose of. What a role has as a member is the other's."""


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
        for one in RIGHTS[right]:
            connection.exec_driver_sql(f"GRANT {one.format(schema=schema)} TO {name}")


@contextmanager
def rights_kept(database: Database, connection: Connection) -> Iterator[None]:
    """Let the tables that are made meanwhile be the owner's, and those roles use them which may use the records."""
    if not isinstance(database, PostgreSQL):
        yield
        return
    schema = database.quoted(database.schema)
    connection.exec_driver_sql(f"SET LOCAL ROLE {database.quoted(database.owner(connection)[0])}")
    yield
    for role, *may in connection.exec_driver_sql(_ALLOWED, (database.schema,)).all():
        right = "nothing"
        for higher, is_given in zip(("read", "write", "dispose"), may, strict=True):
            if not is_given:
                break
            right = higher
        for one in RIGHTS[right]:
            connection.exec_driver_sql(f"GRANT {one.format(schema=schema)} TO {database.quoted(role)}")
