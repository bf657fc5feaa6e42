"""Tables of events as frames of every engine, and the records that hold the same."""

from datetime import datetime

import duckdb
import polars as pl
import pyarrow as pa

from docflow import Event, Record
from docflow.tables import EventTable

NAMES = {"case": "case", "activity": "activity", "at": "at", "unit": "unit"}


def event(case, activity, at, unit=None):
    """A row of a table; times are Bangkok's."""
    return case, activity, datetime.fromisoformat(f"{at}+07:00"), unit


def arrow(rows, unit="us", zone="Asia/Bangkok"):
    kinds = {"case": pa.string(), "activity": pa.string(), "at": pa.timestamp(unit, zone), "unit": pa.string()}
    return pa.table({name: pa.array([row[n] for row in rows], kinds[name]) for n, name in enumerate(kinds)})


def relation(table, zone="America/New_York"):
    """A relation of DuckDB, in a session of a zone whose clocks change."""
    connection = duckdb.connect()
    connection.execute(f"SET TimeZone = '{zone}'")
    return connection.from_arrow(table)


FRAMES = {
    "pyarrow": lambda table: table,
    "pandas": lambda table: table.to_pandas(),
    "polars": pl.from_arrow,
    "polars, lazy": lambda table: pl.from_arrow(table).lazy(),
    "DuckDB": relation,
}


def table_of(rows, kind="polars, lazy", **more):
    return EventTable(FRAMES[kind](arrow(rows)), **{**NAMES, **more})


def records_of(rows):
    """The same events as records, in order of first appearance."""
    histories = {}
    for case, activity, at, unit in rows:
        histories.setdefault(case, []).append(Event(activity, at, unit))
    return [Record(case, events) for case, events in histories.items()]
