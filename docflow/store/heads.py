"""Heads: which record of a store is its last one, now or as of a moment."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, select

from docflow.errors import StoreError
from docflow.store.chain import Head
from docflow.store.statements import ask
from docflow.store.tables import HEAD, RECORD

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["head_at", "head_in", "head_of"]

LATE: Final = 2**63
"""After every moment: when a record was written that is not there."""
_HEAD: Final = select(HEAD.c.place, HEAD.c.writing, HEAD.c.written, HEAD.c.hash, HEAD.c.one)
_FROM: Final = (
    select(RECORD.c.place, RECORD.c.writing, RECORD.c.written, RECORD.c.hash)
    .where(RECORD.c.place >= bindparam("from_place"))
    .order_by(RECORD.c.place)
    .limit(1)
)


def head_in(connection: Connection) -> Head | None:
    """The last record, as the one row of its table says; None when that is not there, or says nothing of the kind."""
    rows = ask(connection, _HEAD, {})
    if len(rows) != 1 or [type(value) for value in rows[0]] != [int, int, int, str, int] or rows[0][4] != 1:
        return None
    return Head(*rows[0][:4])


def head_of(connection: Connection, store: str) -> Head:
    """The last record. Raises `StoreError` when the store does not say which it is."""
    head = head_in(connection)
    if head is None:
        raise StoreError(store, "damaged", "it does not say which record is its last; restore the last backup")
    return head


def head_at(connection: Connection, then: int) -> Head | None:
    """The last record that had been written at an instant; None before all. It is found by halving."""

    def written(place: int) -> int:
        found = connection.execute(_FROM, {"from_place": place}).one_or_none()
        return LATE if found is None else int(found.written)

    last = connection.execute(select(HEAD.c.place)).scalar() or 0
    place = bisect_right(range(1, last + 1), then, key=written)
    found = connection.execute(_FROM, {"from_place": place}).one_or_none() if place else None
    return None if found is None else Head(*found)
