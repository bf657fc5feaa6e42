"""A file of plain records as lines that answer for their cells: each gives a value, or a fault that says why not."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Final, TypeVar

from attrs import define, field, frozen

from docflow.errors import DateTextError, LetterError
from docflow.exchange.stamps import MIDNIGHT, read_moment, stamps_in_order
from docflow.exchange.table_file import read_table
from docflow.letters.values import name
from docflow.text_file import check_folder, is_there
from docflow.thai import arabic_digits, buddhist_year, parse_datetime

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime, time
    from pathlib import Path

    from docflow.exchange.table_file import Fault, Row

__all__ = ["Folder", "Line", "Sheet"]

T = TypeVar("T")
WHOLE: Final = 100  # percent
_DECIMAL: Final = re.compile(r"[0-9]{1,12}(\.[0-9]{1,12})?")
_RUNNING: Final = re.compile(r"([0-9]{1,9})(?:/(2[0-9]{3}))?")
_SLASH: Final = re.compile(r" ?/ ?")


@define
class Line:
    """A row that is being read; what is wrong with it gathers in its faults, and one is enough to leave it out."""

    row: Row
    used: dict[tuple[object, ...], int]
    """What only one row of the file may have, and the first row that has it."""
    faults: list[Fault] = field(factory=list)
    notes: list[Fault] = field(factory=list)

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong with it so far."""
        return not self.faults

    def fault(self, column: str, kind: str, reason: str) -> None:
        """Write a fault of one of its cells down."""
        self.faults.append(self.row.fault_at(column, kind, reason))

    def note(self, column: str, reason: str) -> None:
        """Write down what is amiss with a cell that no figure needs."""
        self.notes.append(self.row.fault_at(column, "unreadable", reason))

    def text(self, column: str) -> str:
        """A cell in Arabic digits and with single spaces, as texts are compared."""
        return " ".join(arabic_digits(self.row.cells[column]).split())

    def needed(self, column: str, what: str) -> str:
        """A cell as it stands, which must not be empty; `what` says what to enter."""
        if not self.row.cells[column]:
            self.fault(column, "unreadable", f"is empty; enter {what}")
        return self.row.cells[column]

    def number(self, column: str, begun: datetime | None = None) -> str:
        """What the record is called, in Arabic digits; of two rows with one number the later is at fault.

        Running numbers begin anew every calendar year: one without a year is of that in which the record `begun`.
        """
        number = of_year(self.name(column), begun)
        if number:
            self.once(column, column, number)
        return number

    def name(self, column: str) -> str:
        """A number or code in Arabic digits; that it is empty, or holds what nobody sees, is a fault."""
        self.needed(column, "its number")
        try:
            return name(self.called(column))
        except LetterError as error:
            self.fault(column, "unreadable", error.problem)
            return ""

    def called(self, column: str) -> str:
        """A number or code in Arabic digits, without judging it."""
        return _SLASH.sub("/", self.text(column))

    def once(self, column: str, *key: object) -> None:
        """See that no row above has the same key."""
        first = self.used.setdefault(key, self.row.number)
        if first != self.row.number:
            self.fault(column, "duplicate", f"was given in row {first} already; keep one of the two")

    def moment(self, column: str, *, of_a_day: time | None = MIDNIGHT) -> datetime | None:
        """The moment in a cell that must hold one, a day alone meaning its beginning, or no moment at all (None)."""
        if not self.needed(column, "the day, or the day and time"):
            return None
        try:
            text = self.row.cells[column]
            return parse_datetime(text) if of_a_day is None else read_moment(text, of_a_day=of_a_day)
        except DateTextError as error:
            self.fault(column, "unreadable", error.problem)
            return None

    def moments(self, *columns: str, timed: bool = False) -> dict[str, datetime]:
        """The moments in those of the cells that hold one; the first must, and they come one after the other.

        Where they are `timed`, a day alone is no moment: two things on one day could not be told apart.
        """
        self.needed(columns[0], "the day and time; the record begins with it")
        read = parse_datetime if timed else read_moment
        return stamps_in_order(self.row, columns, self.faults, read=read, complete=False)

    def begun(self, column: str) -> datetime | None:
        """The moment in a cell, without judging it."""
        try:
            return read_moment(self.row.cells[column]) if self.row.cells[column] else None
        except DateTextError:
            return None

    def decimal(self, column: str, what: str = "a number") -> Fraction | None:
        """The number in a cell, exactly; None when it is empty."""
        text = self.text(column)
        if not text:
            return None
        if _DECIMAL.fullmatch(text) is None:
            self.fault(column, "unreadable", f"is not {what}; write it like 87.5")
            return None
        return Fraction(text)

    def percent(self, column: str) -> Fraction | None:
        """The percentage in a cell, from 0 to 100; None when it is empty."""
        percent = self.decimal(column, "a percentage from 0 to 100")
        if percent is not None and percent > WHOLE:
            self.fault(column, "unreadable", "is over 100 percent; correct it")
            return None
        return percent

    def one_of(self, column: str, words: Mapping[str, T], kind: str = "unreadable") -> T | None:
        """What the word in a cell means."""
        found = words.get(self.text(column))
        if self.needed(column, " or ".join(words)) and found is None:
            self.fault(column, kind, f"is none of {', '.join(words)}; write one of them")
        return found

    def refer(self, column: str, sheet: Sheet, records: Mapping[str, T]) -> T | None:
        """The sound record of another file that a cell names by its number."""
        number = of_year(self.name(column), None)
        several = sheet.years.get(number, [])
        if number not in sheet.numbers and len(several) > 1:
            self.fault(column, "unknown", f"may be {' or '.join(several)}; write the year too")
            return None
        number = several[0] if number not in sheet.numbers and several else number
        found = records.get(number)
        if found is None and number:
            row = sheet.numbers.get(number)
            where = f"is in no row of {sheet.file}; correct it, or add the row there"
            faulty = f"is row {row} of {sheet.file}, which is left out for its own faults; correct those first"
            self.fault(column, "unknown", where if row is None else faulty)
        return found


@frozen
class Sheet:
    """What a file holds: its lines that could be told apart, and after they were read, all that is wrong in it."""

    file: str
    lines: tuple[Line, ...] = ()
    broken: tuple[Fault, ...] = ()
    """Rows whose cells could not be told apart."""
    numbers: dict[str, int] = field(factory=dict)
    """The numbers of its rows, whether anything is wrong with them or not, each with its first row."""
    columns: tuple[str, ...] = ()
    """The columns that are read; none when the file is missing."""
    told: tuple[Fault, ...] = ()
    """What is to be told of the file whatever its lines are worth."""
    years: dict[str, list[str]] = field(init=False)
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

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Everything that keeps rows out of figures, in the order of the rows."""
        found = [*self.broken, *(fault for line in self.lines for fault in line.faults)]
        return tuple(sorted(found, key=lambda fault: fault.row))

    @property
    def notes(self) -> tuple[Fault, ...]:
        """What is amiss with cells of rows that are counted all the same."""
        found = [*self.told, *(note for line in self.lines if line.sound for note in line.notes)]
        return tuple(sorted(found, key=lambda note: note.row))

    @property
    def rows(self) -> int:
        """How many rows it has below its headings, blank ones aside."""
        return len(self.lines) + len(self.broken)


def of_year(number: str, begun: datetime | None) -> str:
    """A running number with its year, without zeroes in front; other names stay as they are.

    >>> of_year("007/2563", None), of_year("P07", None)
    ('7/2563', 'P07')
    """
    match = _RUNNING.fullmatch(number)
    if match is None:
        return number
    year = match[2] or (str(buddhist_year(begun)) if begun is not None else "")
    return "/".join(part for part in (str(int(match[1])), year) if part)


@define
class Folder:
    """A folder of record files, each read when it is asked for; it remembers which there were."""

    path: Path
    sheets: dict[str, Sheet] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        check_folder(self.path)

    def sheet(
        self,
        file: str,
        columns: Sequence[str],
        *,
        key: str = "",
        begins: str = "",
        also: Callable[[str], bool] = lambda _: False,
    ) -> Sheet:
        """A file's rows, none when it is missing; other files refer to its column `key`.

        `begins` is the column whose moment says of which year a number is; columns that are `also` read need not be
        there. Raises `FileError` when the file cannot be read as a whole.
        """
        if not is_there(self.path / file):
            return Sheet(file)
        table = read_table(self.path / file, columns, also=also)
        rows = tuple(table.rows)
        used: dict[tuple[object, ...], int] = {}
        lines = tuple(Line(row, used) for row in rows if row.fault is None)
        broken = tuple(row.fault for row in rows if row.fault is not None)
        numbers: dict[str, int] = {}
        for line in reversed(lines) if key else ():
            numbers[of_year(line.called(key), line.begun(begins) if begins else None)] = line.row.number
        self.sheets[file] = Sheet(file, lines, broken, numbers, table.columns, tuple(table.notes))
        return self.sheets[file]

    def sheet_of(self, file: str) -> Sheet:
        """A file that was read before, as other files refer to it."""
        return self.sheets.get(file) or Sheet(file)
