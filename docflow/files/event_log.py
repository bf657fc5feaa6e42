"""An event log as process mining writes it: one row an event, told apart by case, activity and time."""

from __future__ import annotations

import re
from sys import intern
from typing import TYPE_CHECKING, Final

from attrs import define, evolve, field, frozen

from docflow.errors import DateTextError
from docflow.files.table import Fault, read_table
from docflow.iso import parse_iso
from docflow.kpi import Event, Record

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from docflow.files.table import Row

__all__ = ["EventLog", "read_event_log"]

CASE: Final = "case:concept:name"
ACTIVITY: Final = "concept:name"
TIME: Final = "time:timestamp"
UNIT: Final = "org:group"
"""Whose event it is; the only column that a log need not have."""
LIFECYCLE: Final = "lifecycle:transition"
_FINER: Final = re.compile(r"(\.[0-9]{6})([0-9]+)")


@frozen
class EventLog:
    """The records of a log, one a case in order of first appearance, and the faults of rows that could not be read.

    >>> EventLog(records=(), faults=(), events=0).notes
    ()
    """

    records: tuple[Record, ...]
    faults: tuple[Fault, ...]
    events: int
    """How many events the records hold."""
    notes: tuple[Fault, ...] = ()
    """Columns that hold something and are not read, each told once, and cells that are read with a doubt."""


def read_event_log(path: str | Path) -> EventLog:
    """Read a CSV event log with the columns `case:concept:name`, `concept:name` and `time:timestamp`.

    >>> log = read_event_log("tests/golden/receipt-log.csv")
    >>> len(log.records), log.events, log.faults
    (205, 1236, ())

    The column `org:group`, where there is one, says the unit of an event; other columns are not read, and noted by
    name. So each row is an event, also where a column `lifecycle:transition` tells starts from ends. Times are those of
    `docflow.iso.parse_iso`; of one that is finer than a microsecond the rest is cut off, and that is noted once.
    Events of one case at one time keep the file's order. A row without a case or an activity, or with a time that
    cannot be read, is a fault. Raises `FileError` when the file as a whole cannot be read.
    """
    table = read_table(path, (CASE, ACTIVITY, TIME), also=UNIT.__eq__)
    reading = _Reading(table.notes)
    for row in table.rows:
        if row.fault is None:
            reading.take(row)
        else:
            reading.faults.append(row.fault)
    records = tuple(Record(number, events) for number, events in reading.histories.items())
    events = sum(len(record.history) for record in records)
    return EventLog(records, tuple(reading.faults), events, tuple(map(_told, reading.notes)))


def _told(note: Fault) -> Fault:
    """A note of a column that is not read, with what that means of a log; other notes as they are."""
    if note.kind != "unread":
        return note
    if note.column == LIFECYCLE:
        return evolve(note, reason="is not read: starts and ends all count as events; keep the rows that should count")
    return evolve(note, reason=f"is not read: an event is its case, its activity, its time and its unit ({UNIT})")


@define
class _Reading:
    notes: list[Fault]
    histories: dict[str, list[Event]] = field(factory=dict)
    faults: list[Fault] = field(factory=list)
    cut: bool = False
    """Whether it is told that a time was cut off."""

    def take(self, row: Row) -> None:
        empty = next((column for column in (CASE, ACTIVITY) if not row.cells[column]), None)
        if empty is not None:
            self.faults.append(row.fault_at(empty, "unreadable", "is empty; an event needs a case and an activity"))
            return
        try:
            at = self.moment(row)
        except DateTextError as error:
            self.faults.append(row.fault_at(TIME, "unreadable", error.problem))
            return
        unit = row.cells.get(UNIT)
        event = Event(intern(row.cells[ACTIVITY]), at, None if unit is None else intern(unit))
        self.histories.setdefault(row.cells[CASE], []).append(event)

    def moment(self, row: Row) -> datetime:
        text = row.cells[TIME]
        finer = _FINER.search(text)
        if finer is None or not finer[2].strip("0"):
            return parse_iso(text)
        at = parse_iso(_FINER.sub(r"\1", text))
        if not self.cut:
            self.cut = True
            reason = "is finer than a microsecond; what is finer is cut off, here and in the rows below"
            self.notes.append(row.fault_at(TIME, "doubtful", reason))
        return at
