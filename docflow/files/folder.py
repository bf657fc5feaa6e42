"""A folder of record files: each a sheet of lines, with all that is wrong in it by file and row."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from attrs import define, evolve, field, frozen

from docflow.errors import FileError
from docflow.files.fields import Line
from docflow.files.frames import HEADING
from docflow.files.table import is_typed, read_table
from docflow.text_file import check_folder, is_there

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from docflow.files.dates import Dates
    from docflow.files.faults import Fault
    from docflow.files.register import RegisterForm
    from docflow.letters import Case, Workflow

__all__ = ["Folder", "Sheet", "read_cases"]

T = TypeVar("T")


@frozen
class Sheet:
    """What a file holds: its lines that could be told apart, and after they were read, all that is wrong in it.

    >>> from zoneinfo import ZoneInfo
    >>> from docflow.files import Dates, Folder
    >>> files = {"requests.csv": ["Request", "Received"]}
    >>> sheet = Folder("examples/data", files, Dates(zone=ZoneInfo("Europe/London"))).sheet("requests.csv")
    >>> print([line.moment("Received") for line in sheet][0], sheet.rows, sheet.faults[0].text, sep=", ")
    2026-01-05 09:40:00+00:00, 14, soon

    It has no lines when its file is missing.
    """

    file: str
    """Its name in the folder."""
    lines: tuple[Line, ...] = ()
    """Its rows, in their order; a loop over the sheet gives the same."""
    broken: tuple[Fault, ...] = ()
    """Rows whose cells could not be told apart."""
    numbers: Mapping[str, int] = field(factory=dict)
    """The numbers of its rows, whether anything is wrong with them or not, each with its first row."""
    columns: tuple[str, ...] = ()
    """The columns that are read; none when the file is missing."""
    told: tuple[Fault, ...] = ()
    """What is to be told of the file whatever its lines are worth."""
    years: Mapping[str, list[str]] = field(init=False)
    """The running numbers with their years, by the number alone."""

    @years.default
    def _years(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for full in sorted(self.numbers):
            running, year, _ = full.partition("/")
            if year and running.isdecimal():
                found.setdefault(running, []).append(full)
        return found

    def __iter__(self) -> Iterator[Line]:
        return iter(self.lines)

    def refer(self, line: Line, column: str, records: Mapping[str, T]) -> T | None:
        """The sound record of this file that a line of another one names in a column."""
        number = line.of_year(line.name(column), None)
        several = self.years.get(number, [])
        if number not in self.numbers and len(several) > 1:
            line.fault(column, "unknown", f"may be {' or '.join(several)}; write the year too")
            return None
        number = several[0] if number not in self.numbers and several else number
        found = records.get(number)
        if found is None and number:
            row = self.numbers.get(number)
            where = f"is in no row of {self.file}; correct it, or add the row there"
            faulty = f"is row {row} of {self.file}, which is left out for its own faults; correct those first"
            line.fault(column, "unknown", where if row is None else faulty)
        return found

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Everything that keeps rows out of figures, in the order of the rows."""
        found = [*self.broken, *(fault for line in self.lines for fault in line.faults)]
        return tuple(sorted(found, key=_row))

    @property
    def notes(self) -> tuple[Fault, ...]:
        """What is amiss with cells of rows that are counted all the same."""
        found = [*self.told, *(note for line in self.lines if line.sound for note in line.notes)]
        return tuple(sorted(found, key=_row))

    @property
    def rows(self) -> int:
        """How many rows it has below its headings, blank ones aside."""
        return len(self.lines) + len(self.broken)


@define
class Folder:
    """A folder of record files, each of which is read when it is asked for.

    >>> from zoneinfo import ZoneInfo
    >>> from docflow.files import Dates
    >>> files = {"requests.csv": ["Request", "Received"]}
    >>> folder = Folder("examples/data", files, Dates(zone=ZoneInfo("Europe/London")))
    >>> sheet = folder.sheet("requests.csv", key="Request", begins="Received")
    >>> sheet.rows, sheet.numbers["13/2026"]
    (14, 15)

    Raises `FileError` for what is no folder.
    """

    path: Path = field(converter=Path)
    """Where it is."""
    files: Mapping[str, Sequence[str]]
    """The files that it may have, by name, each with the columns that are needed of it."""
    dates: Dates
    """How dates are written in all of them."""
    delimiter: str = field(default=",", kw_only=True)
    """What sets cells apart in those that are texts."""
    encoding: str = field(default="utf-8", kw_only=True)
    """Their code page."""
    sheets: dict[str, Sheet] = field(init=False, factory=dict)
    """The files that were there and are read."""

    def __attrs_post_init__(self) -> None:
        check_folder(self.path)

    def sheet(
        self, file: str, *, key: str = "", begins: str = "", also: Callable[[str], bool] = lambda _: False
    ) -> Sheet:
        """A file's rows, none when it is missing; other files refer to its column `key`.

        `begins` is the column whose moment says of which year a number is; columns that are `also` read need not be
        there. A file is read once. Raises `FileError` when it is none of the folder's, or cannot be read as a whole.
        """
        if file not in self.files:
            raise FileError(str(self.path / file), f"is none of the folder's files; choose {', '.join(self.files)}")
        if file not in self.sheets:
            if not is_there(self.path / file):
                return Sheet(file)
            self.sheets[file] = self._read(file, key, begins, also)
        return self.sheets[file]

    def _read(self, file: str, key: str, begins: str, also: Callable[[str], bool]) -> Sheet:
        path, columns = self.path / file, self.files[file]
        table = read_table(path, columns, also=also, delimiter=self.delimiter, encoding=self.encoding)
        dates = self.dates.for_one_reading(typed=is_typed(file))
        rows = tuple(table.rows)
        used: dict[tuple[object, ...], int | str] = {}
        lines = tuple(Line(row, dates, used) for row in rows if row.fault is None)
        broken = tuple(row.fault for row in rows if row.fault is not None)
        numbers: dict[str, int] = {}
        for line in reversed(lines) if key else ():
            numbers[line.of_year(line.called(key), line.begun(begins) if begins else None)] = line.row.number
        return Sheet(file, lines, broken, numbers, table.columns, tuple(table.notes))


def _row(fault: Fault) -> int:
    return fault.row if isinstance(fault.row, int) else HEADING


def read_cases(folder: Folder, file: str, form: RegisterForm, workflow: Workflow) -> tuple[Case, ...]:
    """The cases of a register that is one file of a folder; other files may refer to them by number.

    >>> from docflow.bangkok import INCOMING_EXTERNAL_LETTER
    >>> from docflow.bangkok.files import RECEIPT_REGISTER
    >>> from docflow.files import Folder
    >>> file, form = "register-2563.csv", RECEIPT_REGISTER
    >>> folder = Folder("examples/data", {file: tuple(form.columns)}, form.dates)
    >>> len(read_cases(folder, file, form, INCOMING_EXTERNAL_LETTER)), folder.sheets[file].rows
    (2978, 3000)

    How its files are written, the folder says. Raises `FileError` and `WorkflowError`, as `read_register` does.
    """
    form.check(workflow)
    form = evolve(form, dates=form.dates.for_one_reading(typed=is_typed(file)))
    sheet = folder.sheet(file, key=form.number, begins=form.begins)
    return tuple(case for line in sheet if (case := form.case(line, workflow)) is not None)
