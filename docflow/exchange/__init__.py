"""The edge where files come in: every fault of a file is reported, by row, and the rest is read."""

from docflow.exchange.event_log import EventLog, read_event_log
from docflow.exchange.records import RECORD_FILES, YearRecords, read_records
from docflow.exchange.register_file import RegisterFile, read_register
from docflow.exchange.table_file import Fault
from docflow.kpi import Event, Trace

__all__ = [
    "RECORD_FILES",
    "Event",
    "EventLog",
    "Fault",
    "RegisterFile",
    "Trace",
    "YearRecords",
    "read_event_log",
    "read_records",
    "read_register",
]
