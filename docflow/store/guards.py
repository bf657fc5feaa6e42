"""Guards: the triggers by which the database itself refuses what is no new record.

Whoever may make tables may take them away, and what they refuse can be done then. So a proof asks for them, and an
upgrade makes those anew that are gone or were altered. What others made and may alter or swallow a record is named too,
and left to them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from docflow.errors import StoreError
from docflow.safe import visible

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["guard", "see_no_others", "unguarded"]

_UNCHANGED: Final = (
    "place", "writing", "written", "writer", "kind", "unit", "direction", "year", "n",
    "digest", "before", "before_in_book", "hash",
)  # fmt: skip
_DECIDED: Final = (
    "EXISTS (SELECT 1 FROM record AS one WHERE one.kind = 'disposed' AND one.unit = OLD.unit "
    "AND one.direction = OLD.direction AND one.year = OLD.year AND one.n = OLD.n)"
)
"""A content is taken away where a record says that its letter was disposed of."""


def _same(operator: str) -> str:
    return " AND ".join(f"NEW.{one} {operator} OLD.{one}" for one in _UNCHANGED)


_SQLITE: Final = {
    "record_stays": (
        "CREATE TRIGGER record_stays BEFORE UPDATE ON record WHEN NOT (NEW.content IS NULL AND NEW.salt IS NULL "
        f"AND NEW.rowid IS OLD.rowid AND {_same('IS')} AND {_DECIDED}) "
        "BEGIN SELECT RAISE(ABORT, 'rows only grow'); END"
    ),
    "record_is_kept": (
        "CREATE TRIGGER record_is_kept BEFORE DELETE ON record BEGIN SELECT RAISE(ABORT, 'rows only grow'); END"
    ),
    # `INSERT OR REPLACE` takes away the row that has the place, or SQLite's own rowid, and fires no trigger for it.
    "record_is_new": (
        "CREATE TRIGGER record_is_new BEFORE INSERT ON record "
        "WHEN EXISTS (SELECT 1 FROM record WHERE place = NEW.place OR rowid = NEW.rowid) "
        "BEGIN SELECT RAISE(ABORT, 'rows only grow: this place is taken'); END"
    ),
}
"""By their names, as SQLite keeps them."""
_BODY: Final = (
    " BEGIN IF TG_OP = 'UPDATE' AND NEW.content IS NULL AND NEW.salt IS NULL "
    f"AND {_same('IS NOT DISTINCT FROM')} AND {_DECIDED} THEN RETURN NEW; END IF; "
    "RAISE EXCEPTION 'rows only grow'; END "
)
_POSTGRESQL: Final = {
    "record_stays": (
        "CREATE TRIGGER record_stays BEFORE DELETE OR UPDATE ON record FOR EACH ROW EXECUTE FUNCTION record_stays()"
    ),
    "record_is_kept": (
        "CREATE TRIGGER record_is_kept BEFORE TRUNCATE ON record FOR EACH STATEMENT EXECUTE FUNCTION record_stays()"
    ),
}
"""By their names, as PostgreSQL says them of a schema that it looks into."""
_IN_SQLITE: Final = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'record'"
_IN_POSTGRESQL: Final = """
SELECT tgname, pg_get_triggerdef(pg_trigger.oid, true), prosrc,
    proconfig = ARRAY['search_path=' || quote_ident(current_schema()) || ', pg_temp']
FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid WHERE tgrelid = 'record'::regclass AND tgenabled = 'A'
"""
"""Those that always fire, with what their function does, and whether it looks into this schema first.

Those that are merely switched on do not fire for whoever says that he is a replica.
"""


_AFTER: Final = re.compile(r'CREATE TRIGGER\s+(\w+|"([^"]|"")*")\s+AFTER\s', re.IGNORECASE)
"""What fires when a record is written already neither alters nor swallows it."""
_INDEXES: Final = """
SELECT name FROM pragma_index_list('record') AS one
WHERE "unique" AND (SELECT group_concat(name) FROM pragma_index_info(one.name)) IS NOT 'place'
"""
"""For any of these too, `INSERT OR REPLACE` takes a row away and fires no trigger."""
_OTHERS: Final = """
SELECT 'trigger', tgname::text FROM pg_trigger
WHERE tgrelid = 'record'::regclass AND NOT tgisinternal AND tgtype & 3 = 3 AND tgname <> 'record_stays'
UNION ALL SELECT 'rule', rulename::text FROM pg_rewrite WHERE ev_class = 'record'::regclass
UNION ALL SELECT 'table', inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'record'::regclass
ORDER BY 1, 2
"""
"""Triggers before each row (1 and 2 of `tgtype`), rules, and tables whose rows are read as if they were records."""


def unguarded(connection: Connection) -> tuple[str, ...]:
    """The guards that are gone, switched off, or do something else than refuse; then what others made, by its kind."""
    return (*_missing(connection), *_others(connection))


def see_no_others(connection: Connection, store: str) -> None:
    """See that nothing of others may alter or swallow a record; it is not docflow's to drop. Raises `StoreError`."""
    others = _others(connection)
    if others:
        problem = (
            f"{', '.join(others)} at the records is not docflow's and may alter or swallow them; "
            "ask who made it and why, drop it, then upgrade"
        )
        raise StoreError(store, "append only", problem)


def _missing(connection: Connection) -> tuple[str, ...]:
    if connection.dialect.name == "sqlite":
        wanted, found = _SQLITE, dict(connection.exec_driver_sql(_IN_SQLITE).all())
    else:
        wanted = _POSTGRESQL
        there = connection.exec_driver_sql(_IN_POSTGRESQL).all()
        found = {name: words for name, words, body, is_here in there if body == _BODY and is_here}
    return tuple(name for name, words in wanted.items() if found.get(name) != words)


def _others(connection: Connection) -> tuple[str, ...]:
    if connection.dialect.name == "sqlite":
        triggers = connection.exec_driver_sql(_IN_SQLITE).all()
        found = [("index", name) for (name,) in connection.exec_driver_sql(_INDEXES)]
        found += [("trigger", name) for name, words in triggers if name not in _SQLITE and not _AFTER.match(words)]
    else:
        found = [(kind, name) for kind, name in connection.exec_driver_sql(_OTHERS)]
    return tuple(visible(f"{kind} {name}") for kind, name in found)


def guard(connection: Connection) -> None:
    """Make those guards anew that are not there as they should be."""
    missing = _missing(connection)
    if connection.dialect.name == "sqlite":
        for name in missing:
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
            connection.exec_driver_sql(_SQLITE[name])
        return
    if missing:
        schema = connection.exec_driver_sql("SELECT current_schema()").scalar_one()
        here = connection.dialect.identifier_preparer.quote_identifier(schema)
        # Whoever writes could make a temporary table "record", which is looked up first where no path says otherwise.
        connection.exec_driver_sql(
            "CREATE OR REPLACE FUNCTION record_stays() RETURNS trigger LANGUAGE plpgsql "
            f"SET search_path = {here}, pg_temp AS $${_BODY}$$"
        )
    for name in missing:
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name} ON record")
        connection.exec_driver_sql(_POSTGRESQL[name])
        connection.exec_driver_sql(f"ALTER TABLE record ENABLE ALWAYS TRIGGER {name}")
