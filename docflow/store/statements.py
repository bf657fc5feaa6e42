"""Statements that each unit of work says: compiled once, and handed to the driver itself.

For statements as small as these SQLAlchemy takes longer than SQLite does; what it does beyond handing them on is not
needed for plain columns of numbers and texts. What a driver refuses is told as SQLAlchemy tells it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy.exc import DBAPIError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sqlalchemy import Connection, Insert, Select, Update
    from sqlalchemy.engine import Dialect

    Statement = Insert | Update | Select[Any]

__all__ = ["ask", "say", "tell"]

Cursor = Any
"""The driver's own."""


class _Compiled(NamedTuple):
    words: str
    names: tuple[str, ...]
    """Of its values."""
    in_order: bool
    """Whether the driver wants its values in the order of these names, and not by name."""
    values: dict[str, Any]
    """Those that are always the same; None for the others."""


@lru_cache(64)
def _compiled(statement: Statement, dialect: Dialect) -> _Compiled:
    compiled = statement.compile(dialect=dialect)
    names = tuple(compiled.positiontup or compiled.params)
    return _Compiled(str(compiled), names, compiled.positional, dict(compiled.params))


def hand_over(cursor: Cursor, words: str, values: Any = None) -> None:  # noqa: ANN401 - as the driver wants them
    """Hand a statement to the driver; a list of values has those of each row."""
    if values is None:
        cursor.execute(words)
    elif isinstance(values, list):
        cursor.executemany(words, values)
    else:
        cursor.execute(words, values)


def _done(connection: Connection, words: str, values: object, then: Callable[[Cursor], Any]) -> Any:  # noqa: ANN401
    raw: Any = connection.connection.dbapi_connection
    cursor = None
    try:
        cursor = raw.cursor()
        hand_over(cursor, words, values)
        return then(cursor)
    except connection.dialect.loaded_dbapi.Error as error:
        broken = connection.dialect.is_disconnect(error, raw, cursor)
        raise DBAPIError(words, None, error, connection_invalidated=broken) from None


def tell(connection: Connection, words: str) -> None:
    """Say a statement in the database's own words, such as BEGIN and COMMIT."""
    _done(connection, words, None, lambda _: None)


def say(connection: Connection, statement: Insert | Update, rows: Iterable[tuple[Any, ...]]) -> int:
    """Say a statement for each row of its values, in their order; how many rows it changed.

    It must be the same object each time.
    """
    words, names, in_order, _ = _compiled(statement, connection.dialect)
    values: list[Any] = [row if in_order else dict(zip(names, row, strict=True)) for row in rows]
    changed: int = _done(connection, words, values[0] if len(values) == 1 else values, _changed)
    return changed


def ask(connection: Connection, statement: Select[Any], values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """All rows that a statement finds, as the driver gives them; it must be the same object each time."""
    words, names, in_order, always = _compiled(statement, connection.dialect)
    every = {**always, **values}
    asked: Any = tuple(map(every.__getitem__, names)) if in_order else every
    found: list[tuple[Any, ...]] = _done(connection, words, asked, _found)
    return found


def _changed(cursor: Cursor) -> int:
    return int(cursor.rowcount)


def _found(cursor: Cursor) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
