"""Files as any office has them: tables, registers of its own, folders of records; every fault told by row."""

from docflow.files.column_reading import read_register_columns
from docflow.files.dates import Dates
from docflow.files.event_log import read_event_log, write_event_log
from docflow.files.faults import Fault
from docflow.files.fields import Line
from docflow.files.folder import Folder, Sheet, read_cases
from docflow.files.form_data import form_of, read_form
from docflow.files.histories import EventLog
from docflow.files.log_columns import LogColumns
from docflow.files.object_log import read_object_log, write_object_log
from docflow.files.register import RegisterForm, read_register
from docflow.files.register_columns import RegisterColumns
from docflow.files.spellings import spelled
from docflow.files.stamps import Stamp
from docflow.files.table import RegisterFile, Row, Table, read_table

__all__ = [
    "Dates",
    "EventLog",
    "Fault",
    "Folder",
    "Line",
    "LogColumns",
    "RegisterColumns",
    "RegisterFile",
    "RegisterForm",
    "Row",
    "Sheet",
    "Stamp",
    "Table",
    "form_of",
    "read_cases",
    "read_event_log",
    "read_form",
    "read_object_log",
    "read_register",
    "read_register_columns",
    "read_table",
    "spelled",
    "write_event_log",
    "write_object_log",
]
