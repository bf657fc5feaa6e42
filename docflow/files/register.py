"""A register of one's own, one wide row a case: its columns are described as data and read into cases of a workflow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from sys import intern
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from attrs import evolve, field, fields_dict, frozen

from docflow.errors import DateTextError, LetterError, RefusedError, WorkflowError
from docflow.files.csv_records import as_heading
from docflow.files.dates import Dates, Parser
from docflow.files.fields import RUNNING, Line
from docflow.files.stamps import Stamp
from docflow.files.table import RegisterFile, Row, check_writing, is_typed, read_table
from docflow.instants import instant
from docflow.letters import Case, Entry, Letter, Origin, Retention, Secrecy, Urgency
from docflow.letters.letter import member, name
from docflow.text import of_kind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from docflow.files.faults import Fault
    from docflow.files.table import Table
    from docflow.letters import Workflow

__all__ = ["TEXTS", "RegisterForm", "read_register"]

GRADES: Final = {"origin": Origin, "urgency": Urgency, "secrecy": Secrecy, "retention": Retention}
TEXTS: Final = frozenset({"reference", "sender", "recipient", "subject", "remark"})
"""The fields that are taken as they stand."""
Reader: TypeAlias = Callable[[str], Mapping[str, Any]]
"""What a cell that is not empty says of a letter, by the letter's fields. Raises `DateTextError` or `LetterError`."""


def _columns(given: Mapping[str, str | Stamp | Reader]) -> dict[str, str | Stamp | Reader]:
    for column, holds in _kept(given).items():
        if not isinstance(column, str) or column != as_heading(column) or not column:
            raise LetterError(column, "is no heading as it is read from a file: a text, without spaces around it")
        if not (isinstance(holds, str | Stamp) or callable(holds)):
            raise TypeError(f'the column {column!r} holds {holds!r}; give the name of a field, or Stamp("receive")')
    return dict(given)


def _kept(given: Mapping[str, Any]) -> dict[str, Any]:
    if not isinstance(given, Mapping):
        raise TypeError(f'{given!r} says nothing of any column; map each to what it holds, as {{"Subject": "subject"}}')
    return dict(given)


def _letter_field(which: str) -> None:
    if which not in fields_dict(Letter):
        raise LetterError(which, f"is no field of a letter; choose {', '.join(fields_dict(Letter))}")


def _fields(read: Reader, text: str) -> Mapping[str, Any]:
    """What a reader of the office's own says of a letter; whatever goes wrong in it is a fault of the cell."""

    def sound(written: str) -> Mapping[str, Any]:
        said = dict(read(written))
        for which in said:
            _letter_field(which)
        Letter(number="1", **said)
        return said

    return Parser(sound).found(text)  # type: ignore[no-any-return]


@frozen
class RegisterForm:
    """What each column of a register holds: the number of a case, a step of its workflow, or a field of its letter.

    >>> from zoneinfo import ZoneInfo
    >>> from docflow.files import Dates, Stamp
    >>> form = RegisterForm(
    ...     {"No": "number", "From": "sender", "Received": Stamp("receive"), "Answered": Stamp("answer")},
    ...     dates=Dates(zone=ZoneInfo("Europe/London")),
    ... )
    >>> form.number, form.stamps["Answered"].trigger
    ('No', 'answer')

    Stamps stand in the order in which a case passes them; in the file, columns may stand in any. Raises `LetterError`
    for a field that letters do not have, a column that the form does not have or no file can have, and a `running`
    number that is none; `TypeError` without a number, a stamp or `Dates`; and `ValueError` for a delimiter or an
    encoding that is none.
    """

    columns: Mapping[str, str | Stamp | Reader] = field(converter=_columns)
    """By heading, a `Stamp`, the name of a field of `Letter`, or a function that reads several fields from a cell."""
    dates: Dates = field(kw_only=True, validator=of_kind(Dates, "way in which dates are written", "Dates(zone=...)"))
    """How dates are written in the file."""
    required: Mapping[str, str] = field(factory=dict, kw_only=True, converter=_kept)
    """Columns of the letter that must not be empty, and what to enter: `{"Subject": "the subject"}`."""
    always: Mapping[str, Any] = field(factory=dict, kw_only=True, converter=_kept)
    """Fields that every letter has alike: `{"origin": "internal"}`."""
    running: str = field(default="", kw_only=True)
    """A running number, such as "8395/2026", where no other number will do."""
    complete: bool = field(default=False, kw_only=True)
    """Whether no step may be left out before a later one; otherwise the workflow says which may."""
    delimiter: str = field(default=",", kw_only=True)
    """What sets cells apart, where the register is a text."""
    encoding: str = field(default="utf-8", kw_only=True)
    """Its code page then, such as "windows-874"."""
    sheet: str = field(default="", kw_only=True)
    """The sheet, where it is a workbook that has several."""
    stamps: Mapping[str, Stamp] = field(init=False)
    """The columns that are stamped, in order."""
    number: str = field(init=False)
    """The column of the number; running numbers begin anew every year."""
    begins: str = field(init=False)
    """The column of the first step."""
    readers: Mapping[str, Reader] = field(init=False, eq=False, repr=False)
    """How the columns of the letter are read."""

    def __attrs_post_init__(self) -> None:
        check_writing(self.delimiter, self.encoding)
        if self.running and RUNNING.fullmatch(self.running) is None:
            raise LetterError(self.running, 'is no running number; give one as it is written, such as "8395/2026"')
        for column in {stamp.unit_in for stamp in self.stamps.values() if stamp.unit_in}.difference(self.columns):
            raise LetterError(column, f"is no column of the form; choose {', '.join(self.columns)}")
        for column in self.required.keys() - self.readers.keys():
            known = f"choose {', '.join(self.readers)}" if self.readers else "it has none, so require nothing"
            raise LetterError(column, f"is no column of the form with a field of the letter; {known}")
        for which in self.always:
            _letter_field(which)
        named = [holds for holds in self.columns.values() if isinstance(holds, str)] + list(self.always)
        for which in {which for which in named if named.count(which) > 1}:
            raise LetterError(which, "is said twice, by two columns or by a column and `always`; keep one of them")

    @number.default
    def _number_column(self) -> str:
        found = [column for column in self.columns.keys() - self.stamps.keys() if self.columns[column] == "number"]
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

    @readers.default
    def _reader_of_each(self) -> dict[str, Reader]:
        return {
            column: self._reader(holds) if isinstance(holds, str) else partial(_fields, holds)
            for column, holds in self.columns.items()
            if column != self.number and not isinstance(holds, Stamp)
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

    def table(self, path: object) -> tuple[RegisterForm, Table]:
        """The rows of a register of this form, and the form to read them by, which remembers the dates it has read."""
        reading = evolve(self, dates=self.dates.for_one_reading(typed=is_typed(path)))
        return reading, read_table(
            path, tuple(self.columns), delimiter=self.delimiter, encoding=self.encoding, sheet=self.sheet
        )

    def check(self, workflow: Workflow) -> None:
        """Raise `WorkflowError` for one that lacks a step that is stamped, or begins with another than the first."""
        for column, stamp in self.stamps.items():
            if stamp.trigger not in workflow.triggers:
                wrong = f"it has no step {stamp.trigger!r}, which the column {column!r} records"
                raise WorkflowError(workflow.name, f"{wrong}; choose {', '.join(workflow.triggers)}")
        first = self.stamps[self.begins].trigger
        if first != workflow.opening:
            wrong = (
                f"it begins with {workflow.opening!r}, and the form's first stamp, {self.begins!r}, records {first!r}"
            )
            raise WorkflowError(workflow.name, f"{wrong}; put a column with Stamp({workflow.opening!r}) before it")

    def case(self, line: Line, workflow: Workflow) -> Case | None:
        """The case that a row tells; none when it is at fault, or when the workflow refuses one of its steps."""
        moments = line.moments(*self.stamps, timed=True, complete=self.complete)
        receipt = moments.get(self.begins)
        begun = receipt if receipt or self.running else line.begun(self.begins)
        number, said = line.number(self.number, begun, like=self.running), self._said(line, receipt)
        for column in dict.fromkeys(self.stamps[each].unit_in for each in moments):
            self._see_unit(line, column)
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

    def _see_unit(self, line: Line, column: str) -> None:
        """See that the unit in a column, if there is one, can be read; that of the letter is seen as its field."""
        try:
            name(line.row.cells[column] if column else "")
        except LetterError as error:
            if self.columns[column] != "unit":
                line.fault(column, "unreadable", error.problem)

    def _said(self, line: Line, receipt: datetime | None) -> dict[str, Any]:
        """The fields of the letter; what cannot be read is noted and left out, unless it is needed."""
        said = dict(self.always)
        for column, read in self.readers.items():
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
            if which == "wanted_by" and receipt is not None and instant(said.get(which, receipt)) < instant(receipt):
                before = f"is before {self.begins}, {line.row.cells[self.begins]}"
                line.fault(column, "reversed", f"{before}; correct whichever is wrong")
        return said

    def _tell_refusal(self, line: Line, workflow: Workflow, letter: Letter, entries: Mapping[str, Entry]) -> None:
        """Write down at its column which step is refused."""
        for n, (column, entry) in enumerate(entries.items(), 1):
            try:
                workflow.replay(letter, list(entries.values())[:n])
            except RefusedError as error:
                wrong = f"{entry.trigger} is refused: {'; '.join(map(str, error.refusals))}"
                line.fault(column, "unreadable", f"{wrong}; enter what is missing before it")
                return


def read_register(
    path: object,
    form: RegisterForm,
    workflow: Workflow,
    *,
    track: Callable[[Iterable[Row]], Iterable[Row]] = lambda rows: rows,
) -> RegisterFile:
    """Read a register, a file or a frame of pandas, polars or pyarrow, into cases of a workflow.

    >>> from docflow.bangkok import INCOMING_EXTERNAL_LETTER
    >>> from docflow.bangkok.files import RECEIPT_REGISTER
    >>> read = read_register("examples/data/register-2563.csv", RECEIPT_REGISTER, INCOMING_EXTERNAL_LETTER)
    >>> print(read.rows, len(read.cases), read.faults[0].row, read.faults[0].number)
    3000 2978 176 8875/2562

    A file is CSV, Excel or Parquet, by its name; its faults name rows as a spreadsheet counts them, those of a frame as
    its `iloc` does: `frame.iloc[[fault.row for fault in read.faults]]`. A note about its heading says "heading".
    >>> import pandas as pd
    >>> requests = pd.DataFrame({"Ref": [7, 8], "Opened": pd.to_datetime(["2026-01-05 09:40", None])})
    >>> from zoneinfo import ZoneInfo
    >>> from docflow import Transition, Workflow
    >>> from docflow.files import Dates, RegisterForm, Stamp
    >>> form = RegisterForm({"Ref": "number", "Opened": Stamp("receive")}, dates=Dates(zone=ZoneInfo("Europe/Dublin")))
    >>> desk = Workflow("request", initial="open", transitions=[Transition("close", "open", "closed")])
    >>> read = read_register(requests, form, desk)
    >>> [case.number for case in read.cases], [(fault.row, fault.column) for fault in read.faults]
    (['7/2026'], [(1, 'Opened')])

    A row with a fault gives no case: a stamp that cannot be read, a step before the one it follows or refused by the
    workflow, a number of an earlier row of the same year. Every fault of a row is listed. Another cell that cannot be
    read is noted, and the case measured. `track` may wrap the rows to show progress. Raises `FileError` for a file that
    cannot be read as a whole or lacks a column, `TableError` for a column of a frame that holds no cells, `TypeError`
    for what is neither, and `WorkflowError` when the workflow lacks a step of the form, or begins with another.
    """
    form.check(workflow)
    cases: list[Case] = []
    places: list[int] = []
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
            places.append(row.number)
            table.notes.extend(line.notes)
        faults += line.faults
    return RegisterFile(tuple(cases), tuple(faults), tuple(table.notes), rows, tuple(places))
