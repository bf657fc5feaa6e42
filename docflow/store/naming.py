"""Naming: which letter a record says it is about, where a proof found that it is not as it was written."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select
from sqlalchemy.exc import DBAPIError

from docflow.registry import Book, RegisterNumber
from docflow.store.data import AMISS
from docflow.store.statements import ask
from docflow.store.tables import KEY, LINE, RECORD

if TYPE_CHECKING:
    from sqlalchemy import Select

    from docflow.store.reading import Reader

__all__ = ["number_of", "said_of"]

_SAID, _INDEXED = (
    select(*(table.c[one] for one in KEY)).where(table.c.place == bindparam("at")) for table in (RECORD, LINE)
)


def said_of(reader: Reader, place: int) -> tuple[RegisterNumber | None, RegisterNumber | None]:
    """The number that the record at a place says it is about, and the one whose line is looked up as that record.

    The second stands in a table of its own, so it is there when the record was taken away, and differs when its number
    was altered. On a server nothing can be asked after a table that is not there: so this comes last.
    """
    said, indexed = _at(reader, _SAID, place), _at(reader, _INDEXED, place)
    return said, indexed


def _at(reader: Reader, statement: Select[Any], place: int) -> RegisterNumber | None:
    with suppress(DBAPIError):  # a text that is none, or a table that was dropped; the proof holds without it
        rows = ask(reader.connection, statement, {"at": place})
        return number_of(rows[0], secret=reader.secret) if rows else None
    return None


def number_of(key: Any, *, secret: bool) -> RegisterNumber | None:  # noqa: ANN401 - whatever was put there
    """The number that unit, direction, year and number make; None when they make none.

    >>> print(number_of(("East", "receipt", 2563, 7), secret=False), number_of((None, None, None, None), secret=False))
    7/2563 None
    """
    unit, direction, year, n = key
    with suppress(*AMISS):
        return RegisterNumber(Book(unit, direction, secret), year, n)
    return None
