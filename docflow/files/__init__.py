"""Files as any office has them: tables, registers of its own, folders of records; every fault told by row."""

from docflow.files.event_log import read_event_log, write_event_log
from docflow.files.fields import Dates, Line
from docflow.files.folder import Folder, Sheet
from docflow.files.histories import EventLog
from docflow.files.log_columns import LogColumns
from docflow.files.object_log import read_object_log, write_object_log
from docflow.files.register import RegisterForm, Stamp, read_cases, read_register
from docflow.files.table import Fault, RegisterFile, Row, Table, read_table

__all__ = [
    "Dates",
    "EventLog",
    "Fault",
    "Folder",
    "Line",
    "LogColumns",
    "RegisterFile",
    "RegisterForm",
    "Row",
    "Sheet",
    "Stamp",
    "Table",
    "read_cases",
    "read_event_log",
    "read_object_log",
    "read_register",
    "read_table",
    "write_event_log",
    "write_object_log",
]
