"""The office's records of a year beside its letters, read from one folder, with every fault by file and row."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from docflow.bangkok.files.dated import (
    DATED_FILES,
    PLAN_FILES,
    read_ceremonies,
    read_meeting_orders,
    read_progress,
    read_reimbursements,
    read_reported_values,
    read_responses,
)
from docflow.bangkok.files.registers import CASE_REGISTERS, THAI_DATES
from docflow.bangkok.files.staff import STAFF_FILES, read_staff
from docflow.bangkok.files.visits import VISIT_FILES, read_visits
from docflow.files import Folder, read_cases

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docflow.bangkok.office import MeetingOrder
    from docflow.files import Fault, Sheet
    from docflow.kpi.records import CaseOrRecord
    from docflow.letters import Case
    from docflow.workplans import StepProgress

__all__ = ["RECORD_FILES", "YearRecords", "read_records"]

CASE_FILES: Final = {file: tuple(form.columns) for file, (form, _) in CASE_REGISTERS.items()}
RECORD_FILES: Final = {**STAFF_FILES, **CASE_FILES, **DATED_FILES, **VISIT_FILES, **PLAN_FILES}
"""The files that a folder of records may hold, each with the columns that it must have."""


@frozen
class YearRecords:
    """What a folder of records holds: all that can be measured, and every fault of the rest; `read_records` makes it.

    >>> from docflow.bangkok.files import read_records
    >>> year = read_records("examples/data")
    >>> len(year.records["complaints"]), [fault.row for fault in year.faults["complaints.csv"]]
    (59, [10, 62])
    """

    records: Mapping[str, tuple[CaseOrRecord, ...]] = field(repr=False)
    """The records by kind, such as "complaints"; a kind whose file is missing has none."""
    progress: tuple[StepProgress, ...] = field(repr=False)
    """How much of each step of a work plan was done, and when."""
    meeting_exceptions: tuple[MeetingOrder, ...] = field(repr=False)
    """The Governor's orders about monthly meetings."""
    files: Mapping[str, Sheet] = field(repr=False)
    """The files that were read, with how many rows each has, and what is wrong in it."""
    missing: tuple[str, ...]
    """The files that the folder could hold and does not."""

    @property
    def faults(self) -> dict[str, tuple[Fault, ...]]:
        """What keeps rows out of every figure, by file; files without a fault are not in it."""
        return {file: sheet.faults for file, sheet in self.files.items() if sheet.faults}

    @property
    def notes(self) -> dict[str, tuple[Fault, ...]]:
        """Cells that are amiss in rows that are counted all the same, by file."""
        return {file: sheet.notes for file, sheet in self.files.items() if sheet.notes}

    @property
    def rows(self) -> dict[str, int]:
        """How many rows each file has below its headings, blank ones aside."""
        return {file: sheet.rows for file, sheet in self.files.items()}


def read_records(folder: str | Path) -> YearRecords:
    """Read every record file of a folder, the letter register aside.

    >>> year = read_records("examples/data")
    >>> year.missing, len(year.records["complaints"]), year.rows["complaints.csv"]
    ((), 59, 61)

    A row with a fault is left out; so is one that refers to it. A file that is missing is listed. Raises `FileError`
    for a folder that is none, and for a file that cannot be read as a whole.
    """
    files = Folder(Path(folder), RECORD_FILES, THAI_DATES)
    complaints = _cases(files, "complaints.csv")
    records: dict[str, tuple[CaseOrRecord, ...]] = {
        "staff": tuple(read_staff(files)),
        "internal letters": _cases(files, "internal-letters.csv"),
        "complaints": complaints,
        "responses": tuple(read_responses(files, complaints)),
        "visits": tuple(read_visits(files)),
        "certificates": _cases(files, "salary-certificates.csv"),
        "council documents": _cases(files, "council-documents.csv"),
        "ceremonies": tuple(read_ceremonies(files)),
        "reimbursements": tuple(read_reimbursements(files)),
        "reported values": tuple(read_reported_values(files)),
    }
    progress, orders = tuple(read_progress(files)), tuple(read_meeting_orders(files))
    sheets = {file: files.sheets[file] for file in RECORD_FILES if file in files.sheets}
    return YearRecords(
        records=records,
        progress=progress,
        meeting_exceptions=orders,
        files=sheets,
        missing=tuple(file for file in RECORD_FILES if file not in sheets),
    )


def _cases(folder: Folder, file: str) -> tuple[Case, ...]:
    return read_cases(folder, file, *CASE_REGISTERS[file])
