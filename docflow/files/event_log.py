"""Event logs as process mining has them: tables with a row for each event, and XES files with a trace for each case."""

from __future__ import annotations

from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Final

from attrs import evolve

from docflow.files.histories import Histories, Said
from docflow.files.log_columns import LIFECYCLE, OF_THE_CASE, RECORDED, STATE, WANTED, XES, LogColumns
from docflow.files.log_values import NO_KINDS, check_kinds
from docflow.files.table import read_table
from docflow.files.xes import read_xes
from docflow.text import expect

if TYPE_CHECKING:
    from collections.abc import Mapping
    from os import PathLike

    from docflow.files.histories import EventLog
    from docflow.files.log_values import Kind
    from docflow.files.table import Fault
    from docflow.instants import Zone

__all__ = ["read_event_log"]

ENDINGS: Final = (".xes", ".xes.gz")


def read_event_log(
    path: str | PathLike[str],
    *,
    columns: LogColumns = XES,
    zone: Zone | None = None,
    kinds: Mapping[str, Kind] = NO_KINDS,
) -> EventLog:
    """Read an event log: a table with a row for each event, or an XES file (`.xes`, `.xes.gz`).

    >>> log = read_event_log("tests/golden/receipt-log.csv")
    >>> len(log.records), log.events, log.faults
    (205, 1236, ())

    A log has the columns `case:concept:name`, `concept:name` and `time:timestamp`, or those that `columns` names. The
    columns `org:group` and `org:resource`, where there are such, say the unit and the person of an event. What is said
    of the case (`case:channel`, or an attribute of the trace in XES) is an attribute of its record, "channel": text in
    a table, of its own kind in XES; `kinds` declares others, such as `{"fee": Decimal}`, and which more columns of a
    table are attributes. Other columns are not read, and noted by name. So each row is an event, also where a column
    `lifecycle:transition` tells starts from ends, unless `columns` names that column, or the one of starts (see
    `LogColumns`).

    Times are those of `docflow.iso.parse_iso`, with an offset, or in a `zone` that is given; of one that is finer than
    a microsecond the rest is cut off, and that is noted once. Events of one case at one time keep the file's order. An
    event without a case or an activity, or with a time that cannot be read, is a fault: of its row, or in XES of its
    place, where `row` counts the events of the file. An attribute that cannot be read is noted and left out. Raises
    `FileError` when the file as a whole cannot be read, as an XES file that is damaged, declares entities or unpacks to
    more than a log can be; `ModuleNotFoundError` for XES without defusedxml; and `TypeError` for what is no zone.
    """
    expect(columns, LogColumns, "names of columns", 'such as LogColumns(case="Ticket", activity="Task", time="Time")')
    if zone is not None:
        expect(zone, tzinfo, "time zone", 'one, such as ZoneInfo("Europe/Paris"), or clock.tz')
    check_kinds(kinds)
    histories = Histories(columns, zone, kinds)
    if str(path).lower().endswith(ENDINGS):
        read_xes(Path(path), histories)
    else:
        _read_rows(Path(path), histories)
    return histories.log()


def _read_rows(path: Path, histories: Histories) -> None:
    """Take the rows of a table in, whatever its form."""
    columns, kinds = histories.columns, histories.kinds
    by_name = {columns.unit, columns.person, STATE, RECORDED, OF_THE_CASE + WANTED}

    def also(heading: str) -> bool:
        return heading in by_name or heading.startswith(OF_THE_CASE) or heading in kinds

    table = read_table(path, columns.needed, also=also)
    told = {*columns.needed, columns.unit, columns.person, STATE, RECORDED}
    names = {column: column.removeprefix(OF_THE_CASE) for column in table.columns if column not in told}
    for row in table.rows:
        if row.fault is not None:
            histories.faults.append(row.fault)
        elif histories.take(row):
            for column, name in names.items():
                if text := row.cells.get(column):
                    histories.describe(row, row.cells[columns.case], Said(name, text, str, column))
    exact = STATE in table.columns
    histories.notes[:0] = [
        _said(note, columns)
        for note in table.notes
        if not (exact and note.kind == "unread" and note.column == LIFECYCLE)
    ]


def _said(note: Fault, columns: LogColumns) -> Fault:
    """A note of a column that is not read, with what that means of a log; other notes as they are."""
    return evolve(note, reason=columns.unread(note.column)) if note.kind == "unread" else note
