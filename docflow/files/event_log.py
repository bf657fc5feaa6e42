"""Event logs as process mining has them: tables with a row for each event, and XES files with a trace for each case."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from attrs import evolve

from docflow.errors import FileError
from docflow.files.histories import Histories, Said
from docflow.files.log_columns import LIFECYCLE, OF_THE_CASE, RECORDED, STATE, WANTED, XES, LogColumns
from docflow.files.log_tables import write_csv, write_parquet
from docflow.files.log_values import A_ZONE, NO_KINDS, check_kinds
from docflow.files.table import read_table
from docflow.files.traces import traces
from docflow.files.xes import read_xes
from docflow.files.xes_text import write_xes
from docflow.text import expect
from docflow.whole_file import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from os import PathLike
    from typing import BinaryIO

    from docflow.files.faults import Fault
    from docflow.files.histories import EventLog
    from docflow.files.log_figures import Results
    from docflow.files.log_values import Kind
    from docflow.files.table import Table
    from docflow.instants import Zone
    from docflow.kpi.records import CaseOrRecord

__all__ = ["read_event_log", "write_event_log"]

IN_XES: Final = (".xes", ".xes.gz")
WRITTEN: Final = (*IN_XES, ".csv", ".parquet")


def read_event_log(
    path: str | PathLike[str],
    *,
    columns: LogColumns = XES,
    zone: Zone | None = None,
    kinds: Mapping[str, Kind] = NO_KINDS,
    delimiter: str = ",",
    encoding: str = "utf-8",
    sheet: str = "",
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

    A table is CSV, with a `delimiter` and an `encoding`, a `sheet` of Excel (`.xlsx`) or Parquet, by the name of its
    file. Times are written in ISO 8601, or nearly so as other programs do (`2020/01/06 09:00:00,25 UTC+7`), with an
    offset, or in a `zone` that is given; of one that is finer than a microsecond the rest is cut off, and that is noted
    once. Events of one case at one time keep the file's order. An event without a case or an activity, or with a time
    that cannot be read, is a fault: of its row, or in XES of its place, where `row` counts the events of the file. An
    attribute that cannot be read is noted and left out.

    Raises `FileError` when the file as a whole cannot be read, as an XES file that is damaged, declares entities or
    unpacks to more than a log can be; `ModuleNotFoundError` where a package that reads its kind is not installed;
    `ValueError` for a delimiter or an encoding that is none; and `TypeError` for what is no zone and no kind.

    Source: XES, the standard for event logs (IEEE 1849).
    """
    expect(columns, LogColumns, "names of columns", 'such as LogColumns(case="Ticket", activity="Task", time="Time")')
    if zone is not None:
        expect(zone, *A_ZONE)
    check_kinds(kinds)
    histories = Histories(columns, zone, kinds)
    if str(path).lower().endswith(IN_XES):
        read_xes(Path(path), histories)
    else:
        table = read_table(
            Path(path), columns.needed, also=_also(columns, kinds), delimiter=delimiter, encoding=encoding, sheet=sheet
        )
        _read_rows(table, histories)
    return histories.log()


def _also(columns: LogColumns, kinds: Mapping[str, Kind]) -> Callable[[str], bool]:
    """Which columns are read where a table has them."""
    by_name = {columns.unit, columns.person, STATE, RECORDED, OF_THE_CASE + WANTED}
    return lambda heading: heading in by_name or heading.startswith(OF_THE_CASE) or heading in kinds


def _read_rows(table: Table, histories: Histories) -> None:
    """Take the rows of a table in, whatever its form."""
    columns = histories.columns
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


def write_event_log(
    path: str | PathLike[str],
    records: Iterable[CaseOrRecord],
    *,
    results: Results = (),
    zone: Zone | None = None,
) -> None:
    """Write records or cases as an event log: `.xes`, `.xes.gz`, `.csv` or `.parquet`, whole or not at all.

    >>> from tempfile import TemporaryDirectory
    >>> from docflow.files import read_event_log
    >>> log = read_event_log("tests/golden/receipt-log.csv")
    >>> with TemporaryDirectory() as folder:
    ...     write_event_log(f"{folder}/log.xes.gz", log.records)
    ...     read_event_log(f"{folder}/log.xes.gz").records == log.records
    True

    An event is told by what was done, its trigger; the state it led to is told beside it where that is called
    otherwise, and `read_event_log` reads it back. Kept are numbers, events with unit, person and the moment they were
    written down, attributes, and the moment by which a record is wanted; not the scores and the value of a record, nor
    its final and cancelled states. Of a case, its history as it is known now is written, and what its letter says.
    Times keep the offset in which they are given, or get that of a `zone`; in Parquet a column has one zone.

    What `results` say of a record stands among its attributes, such as `docflow:1.5:bin` for the result of the measure
    "1.5": its bin, the reason, its working time in microseconds, its due moment, and the measure and the calendar in
    words. They are given in a list, or by names of your own.

    Raises `FileError` for another ending, for what the system refuses and for a character that the file cannot hold;
    `RecordError` for records that no log can tell apart or hold; `TypeError` for what are no records, results or zone;
    and `ModuleNotFoundError` for Parquet without pyarrow. Then what stood there is as it was.
    """
    name = str(path).lower()
    if not name.endswith(WRITTEN):
        raise FileError(str(path), f"has no ending that says what to write; choose one of {', '.join(WRITTEN)}")
    told = traces(records, results, zone)

    def fill(file: BinaryIO) -> None:
        if name.endswith(".csv"):
            write_csv(str(path), file, told)
        elif name.endswith(".parquet"):
            write_parquet(str(path), file, told, zone)
        else:
            write_xes(str(path), file, told)

    replace(Path(path), fill)
