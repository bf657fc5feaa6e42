"""The office's plain records of a year, read from one folder: every kind of them, and every fault by file and row."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from docflow.exchange.case_records import (
    CASE_FILES,
    read_certificates,
    read_complaints,
    read_council_documents,
    read_internal_letters,
)
from docflow.exchange.dated_records import (
    DATED_FILES,
    read_ceremonies,
    read_reimbursements,
    read_reported_values,
    read_responses,
)
from docflow.exchange.plan_records import PLAN_FILES, read_meeting_orders, read_progress
from docflow.exchange.record_tables import Folder
from docflow.exchange.staff_records import STAFF_FILES, read_staff
from docflow.exchange.visit_records import VISIT_FILES, read_visits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docflow.bangkok import MeetingOrder
    from docflow.exchange.table_file import Fault
    from docflow.kpi import StepProgress, Traced

__all__ = ["RECORD_FILES", "YearRecords", "read_records"]

RECORD_FILES: Final = {**STAFF_FILES, **CASE_FILES, **DATED_FILES, **VISIT_FILES, **PLAN_FILES}
"""The files that a folder of records may hold, each with the columns that it must have."""


@frozen
class YearRecords:
    """What a folder of records holds: all that can be measured, and every fault of the rest."""

    records: Mapping[str, tuple[Traced, ...]] = field(repr=False)
    """By kind; a kind whose file is missing has none."""
    progress: tuple[StepProgress, ...] = field(repr=False)
    meeting_exceptions: tuple[MeetingOrder, ...] = field(repr=False)
    faults: Mapping[str, tuple[Fault, ...]]
    """What keeps rows out of every figure, by file; files without a fault are not in it."""
    notes: Mapping[str, tuple[Fault, ...]]
    """Cells that are amiss in rows that are counted all the same, by file."""
    rows: Mapping[str, int]
    """How many rows each file has below its headings, blank ones aside."""
    missing: tuple[str, ...]
    """The files that the folder could hold and does not."""


def read_records(folder: str | Path) -> YearRecords:
    """Read every record file of a folder, the letter register aside.

    >>> year = read_records("examples/data")
    >>> year.missing, len(year.records["complaints"]), year.rows["complaints.csv"]
    ((), 59, 61)

    A row with a fault is left out; so is one that refers to it. A file that is missing is listed. Raises `FileError`
    for a folder that is none, and for a file that cannot be read as a whole.
    """
    files = Folder(Path(folder))
    complaints = read_complaints(files)
    records: dict[str, tuple[Traced, ...]] = {
        "staff": read_staff(files),
        "internal letters": read_internal_letters(files),
        "complaints": complaints,
        "responses": read_responses(files, complaints),
        "visits": read_visits(files),
        "certificates": read_certificates(files),
        "council documents": read_council_documents(files),
        "ceremonies": read_ceremonies(files),
        "reimbursements": read_reimbursements(files),
        "reported values": read_reported_values(files),
    }
    progress, orders = read_progress(files), read_meeting_orders(files)
    sheets = {file: files.sheets[file] for file in RECORD_FILES if file in files.sheets}
    return YearRecords(
        records=records,
        progress=progress,
        meeting_exceptions=orders,
        faults={file: sheet.faults for file, sheet in sheets.items() if sheet.faults},
        notes={file: sheet.notes for file, sheet in sheets.items() if sheet.notes},
        rows={file: sheet.rows for file, sheet in sheets.items()},
        missing=tuple(file for file in RECORD_FILES if file not in files.sheets),
    )
