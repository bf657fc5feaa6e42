"""Traces as a table with a row for each event: a CSV file, or a Parquet file with columns of their own kinds."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import UTC, datetime
from io import TextIOWrapper
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from docflow.errors import FileError, RecordError
from docflow.files.csv_records import as_heading, plain
from docflow.files.log_columns import COMPLETE, LIFECYCLE, OF_THE_CASE, STATE, XES
from docflow.files.log_values import common_kind, written
from docflow.instants import instant
from docflow.kpi.frames import arrow
from docflow.safe import cell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import BinaryIO

    from docflow.files.log_values import Kind, Plain
    from docflow.files.traces import Trace
    from docflow.instants import Zone

__all__ = ["write_csv", "write_parquet"]

FIRST: Final = (XES.case, XES.activity, XES.time)
"""The columns that every table has; the others stand where they are needed."""
NAMES: Final = (XES.activity, STATE, XES.unit, XES.person)
ARROW: Final[tuple[Kind, ...]] = (str, bool, int, float)


def write_csv(path: str, file: BinaryIO, traces: Sequence[Trace]) -> None:
    """Write the events as rows of a CSV file in UTF-8; what a spreadsheet would compute is made text.

    An apostrophe stands before it, as in every CSV file of docflow, and control characters are spelled out. Raises
    `FileError` for a cell that is longer than readers of CSV take, and what `_check` raises.
    """
    columns = _columns(traces)
    _check(path, columns, traces, cell)
    headings = [cell(column) for column in columns]
    text = TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(headings)
    most = csv.field_size_limit()
    for row in _rows(traces):
        cells = ["" if value is None else _cell(value) for value in map(row.get, columns)]
        long = next((column for column, one in zip(columns, cells, strict=True) if len(one) > most), None)
        if long is not None:
            what = f"{long} of {row[XES.case]} is longer than the {most:,} characters that readers of CSV take"
            raise FileError(path, f"cannot be written: {what}; shorten it, or write XES")
        writer.writerow(cells)
    text.detach()


def _cell(value: Plain) -> str:
    return cell(value) if isinstance(value, str) else written(value)


def _check(path: str, columns: Sequence[str], traces: Sequence[Trace], as_cell: Callable[[str], str]) -> None:
    """See that what is told apart stays so when a table is read, which has no blanks around a text.

    Raises `FileError` for two columns of one heading, and `RecordError` for two cases, states, units or persons that
    come back alike, or as nothing.
    """
    headings = Counter(as_heading(as_cell(column)) for column in columns)
    twice = next((heading for heading, count in headings.items() if count > 1), None)
    if twice is not None:
        raise FileError(path, f"cannot be written: two columns would be called {twice}; rename one of the attributes")
    back: dict[tuple[str, str], str] = {}
    for trace in traces:
        for key, text in chain([(XES.case, trace.number)], *(_names(event) for event in trace.events)):
            seen = plain(as_cell(text))
            other = back.setdefault((XES.activity if key == STATE else key, seen), text)
            if not seen or other != text:
                alike = f"as {other!r} does" if seen else "as nothing"
                raise RecordError(
                    trace.number, f"its {key} {text!r} comes back from a table {alike}; rename it, or write XES"
                )


def _names(event: Mapping[str, Plain]) -> Iterator[tuple[str, str]]:
    """What an event is counted by."""
    for key in NAMES:
        text = event.get(key)
        if isinstance(text, str):
            yield key, text


def write_parquet(path: str, file: BinaryIO, traces: Sequence[Trace], zone: Zone | None) -> None:
    """Write the events as rows of a Parquet file; moments are of one zone, by name where it has one, else of UTC.

    Raises `ModuleNotFoundError` without pyarrow, and what `_check` raises.
    """
    columns: dict[str, list[Any]] = {column: [] for column in _columns(traces)}
    _check(path, list(columns), traces, str)
    for row in _rows(traces):
        for column, values in columns.items():
            values.append(row.get(column))
    typed = {column: _typed(values) for column, values in columns.items()}
    table = arrow(typed, getattr(zone, "key", None) or getattr(zone, "name", None) or str(UTC))
    import pyarrow.parquet as pq  # noqa: PLC0415 - who writes no Parquet need not have it

    pq.write_table(table, file)


def _typed(values: Sequence[Plain | None]) -> tuple[Kind, list[Any]]:
    """A column with its kind; what has no such kind in a table is text."""
    kind = common_kind(value for value in values if value is not None)
    if kind is datetime:
        return kind, [None if value is None else instant(value) for value in values]  # type: ignore[arg-type]  # moments all
    if kind in ARROW:
        return kind, [value if value is None or type(value) is kind else written(value) for value in values]
    return str, [None if value is None else written(value) for value in values]


def _columns(traces: Sequence[Trace]) -> list[str]:
    """The columns of a table, first those that every log has.

    Raises `RecordError` for a record without events, of which a table would say nothing.
    """
    found: dict[str, None] = dict.fromkeys(FIRST)
    said: dict[str, None] = {}
    lifecycle = False
    for trace in traces:
        if not trace.events:
            problem = "it has no event, and a table tells only events; leave it out, or write XES"
            raise RecordError(trace.number, problem)
        said |= dict.fromkeys(OF_THE_CASE + name for name in trace.attributes)
        for event in trace.events:
            found |= dict.fromkeys(key for key in event if key != LIFECYCLE)
            lifecycle = lifecycle or event[LIFECYCLE] != COMPLETE
    return [*found, *([LIFECYCLE] if lifecycle else []), *said]


def _rows(traces: Sequence[Trace]) -> Iterator[Mapping[str, Plain]]:
    for trace in traces:
        said: dict[str, Plain] = {OF_THE_CASE + name: value for name, value in trace.attributes.items()}
        for event in trace.events:
            yield {XES.case: trace.number} | event | said
