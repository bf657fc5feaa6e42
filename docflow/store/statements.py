"""Statements that each unit of work says: compiled once, and handed to the driver itself."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import DBAPIError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Connection, CursorResult, Delete, Insert, Select, Update
    from sqlalchemy.engine import Dialect

    Statement = Insert | Update | Delete | Select[Any]

__all__ = ["driver_rows", "say"]


@lru_cache(64)
def _compiled(statement: Statement, dialect: Dialect) -> tuple[str, tuple[str, ...] | None]:
    """The words of a statement, and the order of its values where the driver wants them in order."""
    compiled = statement.compile(dialect=dialect)
    order = compiled.positiontup
    return str(compiled), None if order is None else tuple(order)


def say(connection: Connection, statement: Statement, rows: Iterable[Mapping[str, Any]] = ()) -> CursorResult[Any]:
    """Say a statement, once for each row of values; it must be the same object each time.

    For a statement as small as these SQLAlchemy takes as long as SQLite does: what it does beyond handing them on is
    not needed for plain columns of numbers and texts.
    """
    words, order = _compiled(statement, connection.dialect)
    values: Any = [row if order is None else tuple(map(row.__getitem__, order)) for row in rows]
    return connection.exec_driver_sql(words, values[0] if len(values) == 1 else values or None)


def driver_rows(connection: Connection, statement: Statement, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """All rows that a statement finds, as the driver gives them; those of SQLAlchemy take twice as long."""
    found = connection.execute(statement, values)
    try:
        return list(map(tuple, found.cursor.fetchall()))
    except connection.dialect.loaded_dbapi.Error as error:
        raise DBAPIError(None, None, error) from None
    finally:
        found.close()
