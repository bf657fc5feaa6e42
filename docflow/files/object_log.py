"""Logs of objects, OCEL 2.0: read as the records of one type of object, and records written as such a log."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Final

from docflow.errors import FileError
from docflow.files.histories import Histories
from docflow.files.log_columns import XES, LogColumns
from docflow.files.log_values import A_ZONE, NO_KINDS, check_kinds
from docflow.files.objects import Written
from docflow.files.ocel_json import read_json, write_json
from docflow.files.ocel_sqlite import HEADER, read_sqlite, write_sqlite
from docflow.files.opened import opened_log
from docflow.files.traces import traces
from docflow.text import expect
from docflow.whole_file import replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from os import PathLike
    from typing import BinaryIO

    from docflow.files.histories import EventLog
    from docflow.files.log_figures import Results
    from docflow.files.log_values import Kind
    from docflow.instants import Zone
    from docflow.kpi.records import CaseOrRecord

__all__ = ["read_object_log", "write_object_log"]

JSON: Final = (".json", ".jsonocel")
SQLITE: Final = (".sqlite", ".sqlite3", ".db")
A_TYPE: Final = (str, "type of object", 'one text, such as "letter"')


def read_object_log(
    path: str | PathLike[str],
    of: str,
    *,
    unit: str = XES.unit,
    person: str = XES.person,
    zone: Zone = UTC,
    kinds: Mapping[str, Kind] = NO_KINDS,
) -> EventLog:
    """Read an OCEL 2.0 log, SQLite or JSON: a record for each object of a type, with the events it is related to.

    >>> from tempfile import TemporaryDirectory
    >>> from docflow.files import read_event_log, write_object_log
    >>> records = read_event_log("tests/golden/receipt-log.csv").records
    >>> with TemporaryDirectory() as folder:
    ...     write_object_log(f"{folder}/log.sqlite", records, of="letter")
    ...     read_object_log(f"{folder}/log.sqlite", "letter").records == records
    True

    An event of several such objects is an event of each of them. The states are the types of the events. Times are
    written as in `read_event_log`, and are in a `zone` where they have no offset: in UTC, as most programs write them.
    `unit` and `person` name an attribute of the events; where an event has no such attribute, they name a qualifier,
    and the object so related is meant. An attribute of an object that changed has its last value; it is of the kind
    that the file declares, or of that in `kinds`. Of two events or objects of one name the first counts, and the other
    is a fault. What cannot be read is a fault or a note as of `read_event_log`, where `row` counts the events of the
    file.

    Raises `FileError` for a file that cannot be read as a whole, is damaged or no OCEL 2.0, and for a type that it does
    not have; and `TypeError` for what is no type, no zone and no kind.

    Source: OCEL 2.0, the standard for event logs of objects.
    """
    expect(of, *A_TYPE)
    expect(zone, *A_ZONE)
    check_kinds(kinds)
    where = Path(path)
    with opened_log(where) as file:
        base = file.peek(len(HEADER)).startswith(HEADER)
        log = None if base else read_json(str(path), file.read())
    histories = Histories(LogColumns(unit=unit, person=person), zone, kinds)
    (log or read_sqlite(where)).tell(of, histories)
    return histories.log()


def write_object_log(
    path: str | PathLike[str],
    records: Iterable[CaseOrRecord],
    of: str,
    *,
    results: Results = (),
    zone: Zone | None = None,
) -> None:
    """Write records or cases as an OCEL 2.0 log, `.json` or `.sqlite`: objects of a type, whole or not at all.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     write_object_log(f"{folder}/log.json", [], of="letter")
    ...     Path(folder, "log.json").read_text().split()[:3]
    ['{', '"objectTypes":', '[']

    Each event is related to its object, and has its unit and its person as attributes. What is kept, and what `results`
    add, is as of `write_event_log`; an attribute that has values of several kinds is written as text. Raises what
    `write_event_log` raises.
    """
    expect(of, *A_TYPE)
    name = str(path).lower()
    if not name.endswith((*JSON, *SQLITE)):
        choice = ", ".join((JSON[0], SQLITE[0]))
        raise FileError(str(path), f"has no ending that says what to write; choose one of {choice}")
    log = Written.of_traces(of, traces(records, results, zone))

    def fill(file: BinaryIO) -> None:
        if name.endswith(JSON):
            write_json(file, log)
        else:
            write_sqlite(str(path), file, log)

    replace(Path(path), fill)
