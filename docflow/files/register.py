"""A register of one's own, one wide row a case, read into cases of a workflow by the form that describes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docflow.files.fields import Line
from docflow.files.table import Fault, RegisterFile, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from docflow.files.folder import Folder
    from docflow.files.form import RegisterForm
    from docflow.letters import Case, Workflow

__all__ = ["read_cases", "read_register"]


def read_register(
    path: str | Path,
    form: RegisterForm,
    workflow: Workflow,
    *,
    track: Callable[[Iterable[Row]], Iterable[Row]] = lambda rows: rows,
) -> RegisterFile:
    """Read a register file into cases of a workflow.

    >>> from docflow.bangkok import INCOMING_EXTERNAL_LETTER
    >>> from docflow.bangkok.files import RECEIPT_REGISTER
    >>> read = read_register("examples/data/register-2563.csv", RECEIPT_REGISTER, INCOMING_EXTERNAL_LETTER)
    >>> print(read.rows, len(read.cases), read.faults[0].row, read.faults[0].reason)
    3000 2978 176 there is no month 13; dates are written day, month, year

    A row with a fault gives no case: a stamp that cannot be read, a step before the one it follows or refused by the
    workflow, a number of an earlier row of the same year. Every fault of a row is listed. Another cell that cannot be
    read is noted, and the case measured. `track` may wrap the rows to show progress. Raises `FileError` when the file
    as a whole cannot be read, and `WorkflowError` when the workflow lacks a step of the form, or begins with another.
    """
    form.check(workflow)
    cases: list[Case] = []
    faults: list[Fault] = []
    form, table = form.table(path)
    used: dict[tuple[object, ...], int | str] = {}
    rows = 0
    for rows, row in enumerate(track(table.rows), 1):  # noqa: B007 - the last is how many there are
        if row.fault is not None:
            faults.append(row.fault)
            continue
        line = Line(row, form.dates, used)
        case = form.case(line, workflow)
        if case is not None:
            cases.append(case)
            table.notes.extend(line.notes)
        faults += line.faults
    return RegisterFile(tuple(cases), tuple(faults), tuple(table.notes), rows)


def read_cases(folder: Folder, file: str, form: RegisterForm, workflow: Workflow) -> tuple[Case, ...]:
    """The cases of a register that is one file of a folder; other files may refer to them by number.

    >>> from docflow.bangkok import INCOMING_EXTERNAL_LETTER
    >>> from docflow.bangkok.files import RECEIPT_REGISTER
    >>> from docflow.files import Folder
    >>> file, form = "register-2563.csv", RECEIPT_REGISTER
    >>> folder = Folder("examples/data", {file: tuple(form.columns)}, form.dates)
    >>> len(read_cases(folder, file, form, INCOMING_EXTERNAL_LETTER)), folder.sheets[file].rows
    (2978, 3000)

    Raises `FileError` and `WorkflowError`, as `read_register` does.
    """
    form.check(workflow)
    sheet = folder.sheet(file, key=form.number, begins=form.begins)
    return tuple(case for line in sheet if (case := form.case(line, workflow)) is not None)
