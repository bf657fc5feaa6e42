"""A register of one's own, one wide row a case: its columns are described as data and read into cases of a workflow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from sys import intern
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from attrs import field, fields_dict, frozen

from docflow.errors import DateTextError, LetterError, RefusedError, WorkflowError
from docflow.files.fields import Line
from docflow.files.table import Fault, Row, read_table
from docflow.letters import Case, Entry, Letter, Origin, Retention, Secrecy, Urgency
from docflow.letters.letter import member, name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from docflow.files.dates import Dates
    from docflow.files.folder import Folder
    from docflow.letters import Workflow

__all__ = ["RegisterFile", "RegisterForm", "Stamp", "read_cases", "read_register"]

GRADES: Final = {"origin": Origin, "urgency": Urgency, "secrecy": Secrecy, "retention": Retention}
Reader: TypeAlias = Callable[[str], Mapping[str, Any]]
"""What a cell that is not empty says of a letter, by the letter's fields. Raises `DateTextError` or `LetterError`."""


@frozen
class Stamp:
    """A column of moments: the step of the workflow that each records, and the unit in which it happens."""

    trigger: str
    unit: str | None = field(default=None, kw_only=True)
    unit_in: str = field(default="", kw_only=True)
    """The column that names the unit."""


def _columns(given: Mapping[str, str | Stamp | Reader]) -> dict[str, str | Stamp | Reader]:
    for column, holds in given.items():
        if not (isinstance(holds, str | Stamp) or callable(holds)):
            raise TypeError(f'the column {column!r} holds {holds!r}; give the name of a field, or Stamp("receive")')
    return dict(given)


def _kept(given: Mapping[str, Any]) -> dict[str, Any]:
    return dict(given)


def _letter_field(which: str) -> None:
    if which not in fields_dict(Letter):
        raise LetterError(which, f"is no field of a letter; choose {', '.join(fields_dict(Letter))}")


@frozen
class RegisterForm:
    """What each column of a register holds: the number of a case, a step of its workflow, or a field of its letter.

    >>> from zoneinfo import ZoneInfo
    >>> from docflow.files import Dates
    >>> form = RegisterForm(
    ...     {"No": "number", "From": "sender", "Received": Stamp("receive"), "Answered": Stamp("answer")},
    ...     dates=Dates(zone=ZoneInfo("Europe/London")),
    ... )
    >>> form.number, form.stamps["Answered"].trigger
    ('No', 'answer')

    Stamps stand in the order in which a case passes them; in the file, columns may stand in any. Raises `LetterError`
    for a field that letters do not have, and `TypeError` without a number or a stamp.
    """

    columns: Mapping[str, str | Stamp | Reader] = field(converter=_columns)
    """By heading, a `Stamp`, the name of a field of `Letter`, or a function that reads several fields from a cell."""
    dates: Dates = field(kw_only=True)
    required: Mapping[str, str] = field(factory=dict, kw_only=True, converter=_kept)
    """Columns of the letter that must not be empty, and what to enter: `{"Subject": "the subject"}`."""
    always: Mapping[str, Any] = field(factory=dict, kw_only=True, converter=_kept)
    """Fields that every letter has alike: `{"origin": "internal"}`."""
    running: str = field(default="", kw_only=True)
    """A running number, such as "8395/2562", where no other number will do."""
    complete: bool = field(default=False, kw_only=True)
    """Whether no step may be left out before a later one; otherwise the workflow says which may."""
    number: str = field(init=False)
    """The column of the number; running numbers begin anew every year."""
    stamps: Mapping[str, Stamp] = field(init=False)
    begins: str = field(init=False)
    """The column of the first step."""
    _readers: Mapping[str, Reader] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        units = {stamp.unit_in for stamp in self.stamps.values() if stamp.unit_in}
        for column in (*units, *self.required):
            if column not in self.columns:
                raise LetterError(column, f"is no column of the form; choose {', '.join(self.columns)}")
        for which in self.always:
            _letter_field(which)

    @number.default
    def _number_column(self) -> str:
        found = [column for column, holds in self.columns.items() if holds == "number"]
        if len(found) != 1:
            raise TypeError(f'{len(found)} columns hold the number; let one do so, such as {{"No": "number"}}')
        return found[0]

    @stamps.default
    def _stamped(self) -> dict[str, Stamp]:
        return {column: holds for column, holds in self.columns.items() if isinstance(holds, Stamp)}

    @begins.default
    def _first(self) -> str:
        if not self.stamps:
            raise TypeError('no column is stamped; say which are, such as {"Received": Stamp("receive")}')
        return next(iter(self.stamps))

    @_readers.default
    def _reader_of_each(self) -> dict[str, Reader]:
        return {
            column: self._reader(holds) if isinstance(holds, str) else holds
            for column, holds in self.columns.items()
            if holds != "number" and not isinstance(holds, Stamp)
        }

    def _reader(self, which: str) -> Reader:
        _letter_field(which)
        ways: Mapping[str, Callable[[str], object]] = {
            "dated": self.dates.day,
            "wanted_by": self.dates.moment,
            "unit": lambda text: intern(name(text)),
            **{grade: partial(member, kind) for grade, kind in GRADES.items()},
        }
        read = ways.get(which, intern)
        return lambda text: {which: read(text)}

    def case(self, line: Line, workflow: Workflow) -> Case | None:
        """The case that a row tells; none when it is at fault, or when the workflow refuses one of its steps."""
        moments = line.moments(*self.stamps, timed=True, complete=self.complete)
        receipt = moments.get(self.begins)
        begun = receipt if receipt or self.running else line.begun(self.begins)
        number, said = line.number(self.number, begun, like=self.running), self._said(line, receipt)
        if not line.sound:
            return None
        letter = Letter(number=number, **said)
        entries = {column: self._entry(line, self.stamps[column], at) for column, at in moments.items()}
        try:
            return workflow.replay(letter, entries.values())
        except RefusedError:
            self._tell_refusal(line, workflow, letter, entries)
            return None

    def _entry(self, line: Line, stamp: Stamp, at: datetime) -> Entry:
        unit = intern(line.row.cells[stamp.unit_in]) or None if stamp.unit_in else stamp.unit
        return Entry(stamp.trigger, at, unit=unit)

    def _said(self, line: Line, receipt: datetime | None) -> dict[str, Any]:
        """The fields of the letter; what cannot be read is noted and left out, unless it is needed."""
        said = dict(self.always)
        for column, read in self._readers.items():
            text, which = line.row.cells[column], self.columns[column]
            if column in self.required:
                line.needed(column, self.required[column])
            try:
                said |= read(text) if text else {}
            except (DateTextError, LetterError) as error:
                if column in self.required or which == "unit":
                    line.fault(column, "unreadable", error.problem)
                else:
                    line.note(column, error.problem)
            if which == "wanted_by" and receipt is not None and said.get(which, receipt) < receipt:
                before = f"is before {self.begins}, {line.row.cells[self.begins]}"
                line.fault(column, "reversed", f"{before}; correct whichever is wrong")
        return said

    def _tell_refusal(self, line: Line, workflow: Workflow, letter: Letter, entries: Mapping[str, Entry]) -> None:
        """Write down at its column which step is refused."""
        seen = []
        for column, entry in entries.items():
            seen.append(entry)
            try:
                workflow.replay(letter, seen)
            except RefusedError as error:
                reason = "; ".join(map(str, error.refusals))
                wrong = f"{entry.trigger} is refused: {reason}; enter what is missing before it"
                line.fault(column, "unreadable", wrong)
                return


@frozen
class RegisterFile:
    """What a register file holds: the cases that can be measured, and every fault of the others."""

    cases: tuple[Case, ...] = field(repr=False)
    faults: tuple[Fault, ...]
    """What keeps a row out of every figure."""
    notes: tuple[Fault, ...]
    """Cells that could not be read and that no figure needs: their letters are measured, the cells taken as empty.

    Also a cell of several lines that may have taken a row in, whatever its letter, and columns that nothing reads.
    """
    rows: int
    """How many rows the file has below its headings, blank ones aside; each gave a case or at least one fault."""


def read_register(
    path: str | Path,
    form: RegisterForm,
    workflow: Workflow,
    *,
    track: Callable[[Iterable[Row]], Iterable[Row]] = lambda rows: rows,
) -> RegisterFile:
    """Read a register file into cases of a workflow.

    A row with a fault gives no case: a stamp that cannot be read or does not exist, a step stamped before the one it
    follows or refused by the workflow, a number used by an earlier row of the same year. Every fault of a row is
    listed. Another cell that cannot be read is noted, and the case measured. `track` may wrap the rows to show
    progress. Raises `FileError` when the file as a whole cannot be read, and `WorkflowError` when the form records a
    step that the workflow does not have.
    """
    strange = [stamp.trigger for stamp in form.stamps.values() if stamp.trigger not in workflow.triggers]
    if strange:
        raise WorkflowError(workflow.name, f"it has no trigger {', '.join(strange)}; stamp steps that it has")
    cases: list[Case] = []
    faults: list[Fault] = []
    table = read_table(path, tuple(form.columns))
    notes = table.notes
    used: dict[tuple[object, ...], int] = {}
    rows = 0
    for row in track(table.rows):
        rows += 1
        if row.fault is not None:
            faults.append(row.fault)
            continue
        line = Line(row, form.dates, used)
        case = form.case(line, workflow)
        if case is not None:
            cases.append(case)
            notes += line.notes
        faults += line.faults
    return RegisterFile(tuple(cases), tuple(faults), tuple(notes), rows)


def read_cases(folder: Folder, file: str, form: RegisterForm, workflow: Workflow) -> tuple[Case, ...]:
    """The cases of a register that is one file of a folder; other files may refer to them by number."""
    sheet = folder.sheet(file, key=form.number, begins=form.begins)
    cases = (form.case(line, workflow) for line in sheet)
    return tuple(case for case in cases if case is not None)
