"""Stamps: moments as an office writes them into cells, and columns of them that come one after the other."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, Final

from docflow.errors import DateTextError
from docflow.thai import parse_date, parse_datetime

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from docflow.exchange.table_file import Fault, Row

__all__ = ["read_moment", "stamps_in_order"]

MIDNIGHT: Final = time()


def read_moment(text: str, *, of_a_day: time = MIDNIGHT) -> datetime:
    """Read a moment, or a day alone as one moment of it: its beginning, unless said otherwise.

    >>> print(read_moment("1 ต.ค. 2562 08.35 น."), read_moment("๑/๑๐/๒๕๖๒"), sep=", ")
    2019-10-01 08:35:00+07:00, 2019-10-01 00:00:00+07:00

    The forms are those of `parse_datetime` and `parse_date`, the zone is Asia/Bangkok. Raises `DateTextError`, with
    what is wrong with the day when no time stands beside it.
    """
    try:
        return parse_datetime(text)
    except DateTextError as no_moment:
        try:
            day = parse_date(text)
        except DateTextError as no_day:
            raise (no_day if "no time of day" in no_moment.problem else no_moment) from None
        return parse_datetime(f"{day}T{of_a_day:%H:%M}+07:00")


def stamps_in_order(
    row: Row,
    columns: Sequence[str],
    faults: list[Fault],
    *,
    read: Callable[[str], datetime] = parse_datetime,
    complete: bool = True,
) -> dict[str, datetime]:
    """The moments of a row's stamped columns, which come one after the other.

    Added to `faults` are stamps that cannot be read or are earlier than the one before them and, when the columns are
    to be `complete`, cells left out before a stamped one. What is at fault is not among the moments.
    """
    stamps: dict[str, datetime] = {}
    gap = None
    for column in columns:
        text = row.cells[column]
        if not text:
            gap = gap or column
            continue
        if gap is not None and complete:
            reason = f"is empty, though {column} is stamped; enter the missing stamp"
            faults.append(row.fault_at(gap, "unreadable", reason))
        gap = None
        try:
            at = read(text)
        except DateTextError as error:
            faults.append(row.fault_at(column, "unreadable", error.problem))
            continue
        before = next(reversed(stamps.items()), None)
        if before is not None and not complete and at.time() == MIDNIGHT and at.date() == before[1].date():
            at = max(at, before[1])  # a day without a time is no earlier than what it is the day of
        if before is not None and at < before[1]:
            reason = f"is before {before[0]}, {row.cells[before[0]]}; correct whichever is wrong"
            faults.append(row.fault_at(column, "reversed", reason))
            continue
        stamps[column] = at
    return stamps
