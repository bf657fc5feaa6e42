"""The office's files: its receipt register, and the folder of its records of a year."""

from docflow.bangkok.files.registers import RECEIPT_REGISTER, THAI_DATES, read_register
from docflow.bangkok.files.visits import FieldVisit
from docflow.bangkok.files.year import RECORD_FILES, YearRecords, read_records

__all__ = [
    "RECEIPT_REGISTER",
    "RECORD_FILES",
    "THAI_DATES",
    "FieldVisit",
    "YearRecords",
    "read_records",
    "read_register",
]
