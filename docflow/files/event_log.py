"""An event log as process mining writes it: one row an event, told apart by case, activity and time."""

from __future__ import annotations

import re
from datetime import tzinfo
from sys import intern
from typing import TYPE_CHECKING, Final

from attrs import define, evolve, field, frozen

from docflow.errors import DateTextError
from docflow.files.table import Fault, read_table
from docflow.instants import instant
from docflow.iso import parse_iso
from docflow.kpi import Event, Record
from docflow.text import expect, of_kind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from docflow.files.table import Row
    from docflow.instants import Zone

__all__ = ["EventLog", "LogColumns", "read_event_log"]

LIFECYCLE: Final = "lifecycle:transition"
A_HEADING: Final = (str, "heading of a column", 'one text, such as "Ticket"')
_FINER: Final = re.compile(r"(\.[0-9]{6})([0-9]+)")


@frozen(kw_only=True)
class LogColumns:
    """What the columns of a log are called; without being told, as the standard for event logs (XES) calls them.

    >>> LogColumns(case="Ticket", activity="Task", time="Finished", start="Begun").unit
    'org:group'

    Where a log tells starts from ends, by a column that says which it is (`lifecycle`), or by one with the time of the
    `start`, they are two states, named after the activity: "review+start" and "review+complete". A start that is left
    empty is none. The activity itself is the trigger of each. Raises `TypeError` for both columns at once.
    """

    case: str = field(default="case:concept:name", validator=of_kind(*A_HEADING))
    activity: str = field(default="concept:name", validator=of_kind(*A_HEADING))
    time: str = field(default="time:timestamp", validator=of_kind(*A_HEADING))
    unit: str = field(default="org:group", validator=of_kind(*A_HEADING))
    """Whose event it is; the only column that a log need not have."""
    start: str | None = field(default=None, validator=of_kind(*A_HEADING, optional=True))
    """When the activity of the row began; the time is then when it was complete."""
    lifecycle: str | None = field(default=None, validator=of_kind(*A_HEADING, optional=True))
    """Whether the row is the start of its activity, its completion, or what else the log tells of it."""

    def __attrs_post_init__(self) -> None:
        if self.start is not None and self.lifecycle is not None:
            raise TypeError("a row that holds its start is no start or end itself; name start= or lifecycle=, not both")

    @property
    def filled(self) -> tuple[str, ...]:
        """Those that say something of every event."""
        return (self.case, self.activity, *([] if self.lifecycle is None else [self.lifecycle]))

    @property
    def needed(self) -> tuple[str, ...]:
        """Those that a log must have."""
        return (*self.filled, self.time, *([] if self.start is None else [self.start]))


XES: Final = LogColumns()


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


def read_event_log(path: str | Path, *, columns: LogColumns = XES, zone: Zone | None = None) -> EventLog:
    """Read a CSV event log with the columns `case:concept:name`, `concept:name` and `time:timestamp`, or with others.

    >>> log = read_event_log("tests/golden/receipt-log.csv")
    >>> len(log.records), log.events, log.faults
    (205, 1236, ())

    The column `org:group`, where there is one, says the unit of an event; other columns are not read, and noted by
    name. So each row is an event, also where a column `lifecycle:transition` tells starts from ends, unless `columns`
    names that column, or the one of starts (see `LogColumns`). Times are those of `docflow.iso.parse_iso`, with an
    offset, or in a `zone` that is given; of one that is finer than a microsecond the rest is cut off, and that is noted
    once. Events of one case at one time keep the file's order. A row without a case or an activity, or with a time that
    cannot be read, is a fault. Raises `FileError` when the file as a whole cannot be read, and `TypeError` for what is
    no zone.
    """
    expect(columns, LogColumns, "names of columns", 'such as LogColumns(case="Ticket", activity="Task", time="Time")')
    if zone is not None:
        expect(zone, tzinfo, "time zone", 'one, such as ZoneInfo("Europe/Paris"), or clock.tz')
    table = read_table(path, columns.needed, also=columns.unit.__eq__)
    reading = _Reading(columns, zone, table.notes)
    for row in table.rows:
        if row.fault is None:
            reading.take(row)
        else:
            reading.faults.append(row.fault)
    records = tuple(Record(number, events) for number, events in reading.histories.items())
    events = sum(len(record.history) for record in records)
    return EventLog(records, tuple(reading.faults), events, tuple(_told(note, columns.unit) for note in reading.notes))


def _told(note: Fault, unit: str) -> Fault:
    """A note of a column that is not read, with what that means of a log; other notes as they are."""
    if note.kind != "unread":
        return note
    if note.column == LIFECYCLE:
        way = 'keep the rows that should count, or name the column: LogColumns(lifecycle="lifecycle:transition")'
        return evolve(note, reason=f"is not read: starts and ends all count as events; {way}")
    return evolve(note, reason=f"is not read: an event is its case, its activity, its time and its unit ({unit})")


@define
class _Reading:
    columns: LogColumns
    zone: Zone | None
    notes: list[Fault]
    histories: dict[str, list[Event]] = field(factory=dict)
    faults: list[Fault] = field(factory=list)
    cut: bool = False
    """Whether it is told that a time was cut off."""

    def take(self, row: Row) -> None:
        empty = next((column for column in self.columns.filled if not row.cells[column]), None)
        if empty is not None:
            also = "" if self.columns.lifecycle is None else ", and whether the row starts it"
            reason = f"is empty; an event needs a case and an activity{also}"
            self.faults.append(row.fault_at(empty, "unreadable", reason))
            return
        found: list[Event] = []
        for column, state in self.states(row):
            try:
                at = self.moment(row, column)
            except DateTextError as error:
                self.faults.append(row.fault_at(column, "unreadable", error.problem))
                return
            unit, activity = row.cells.get(self.columns.unit), row.cells[self.columns.activity]
            found.append(Event(intern(state), at, None if unit is None else intern(unit), trigger=intern(activity)))
        if instant(found[-1].at) < instant(found[0].at):
            reason = f"is before its start in {self.columns.start}; correct one of them"
            self.faults.append(row.fault_at(self.columns.time, "reversed", reason))
            return
        self.histories.setdefault(row.cells[self.columns.case], []).extend(found)

    def states(self, row: Row) -> Iterator[tuple[str, str]]:
        """The columns of a row that hold moments, each with the state that was reached then."""
        activity, named = row.cells[self.columns.activity], self.columns
        if named.start is not None and row.cells[named.start]:
            yield named.start, f"{activity}+start"
        if named.start is not None:
            yield named.time, f"{activity}+complete"
        elif named.lifecycle is not None:
            yield named.time, f"{activity}+{row.cells[named.lifecycle].lower()}"
        else:
            yield named.time, activity

    def moment(self, row: Row, column: str) -> datetime:
        text = row.cells[column]
        finer = _FINER.search(text)
        if finer is None or not finer[2].strip("0"):
            return parse_iso(text, self.zone)
        at = parse_iso(_FINER.sub(r"\1", text), self.zone)
        if not self.cut:
            self.cut = True
            reason = "is finer than a microsecond; what is finer is cut off, here and in the rows below"
            self.notes.append(row.fault_at(column, "doubtful", reason))
        return at
