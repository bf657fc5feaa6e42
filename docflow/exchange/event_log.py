"""An event log as process mining writes it: one row an event, told apart by case, activity and time."""

from __future__ import annotations

import re
from datetime import datetime
from operator import attrgetter
from sys import intern
from typing import TYPE_CHECKING, Final

from attrs import frozen

from docflow.exchange.table_file import Fault, read_rows
from docflow.kpi import Event, Trace

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["EventLog", "read_event_log"]

CASE: Final = "case:concept:name"
ACTIVITY: Final = "concept:name"
TIME: Final = "time:timestamp"
_ISO: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})"
)


@frozen
class EventLog:
    """The traces of a log in order of their first appearance, and the faults of rows that could not be read."""

    traces: tuple[Trace, ...]
    faults: tuple[Fault, ...]
    events: int
    """How many events the traces hold."""


def read_event_log(path: str | Path) -> EventLog:
    """Read a CSV event log with the columns `case:concept:name`, `concept:name` and `time:timestamp`.

    Times are ISO 8601 with an offset; events of one case at one time keep the file's order. A row without a case or
    an activity, or with a time that cannot be read, is a fault. Raises `FileError` when the file as a whole cannot
    be read.
    """
    histories: dict[str, list[Event]] = {}
    faults: list[Fault] = []
    for row in read_rows(path, (CASE, ACTIVITY, TIME)):
        if row.fault is not None:
            faults.append(row.fault)
            continue
        empty = next((column for column in (CASE, ACTIVITY) if not row.cells[column]), None)
        if empty is not None:
            faults.append(Fault(row.number, empty, "unreadable", "is empty; an event needs a case and an activity"))
            continue
        text = row.cells[TIME]
        at = _moment(text)
        if at is None:
            reason = "is not a time with an offset; write it like 2011-10-11 13:45:40+02:00"
            faults.append(Fault(row.number, TIME, "unreadable", reason, text))
            continue
        histories.setdefault(row.cells[CASE], []).append(Event(intern(row.cells[ACTIVITY]), at))
    traces = tuple(Trace(number, tuple(sorted(events, key=attrgetter("at")))) for number, events in histories.items())
    return EventLog(traces, tuple(faults), sum(len(trace.history) for trace in traces))


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if _ISO.fullmatch(text) else None
    except ValueError:
        return None
