"""The cells of a row as an office writes them: dates, numbers and words; each a value, or a fault that says why not."""

from __future__ import annotations

import re
from contextlib import suppress
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

from attrs import define, evolve, field

from docflow.errors import DateTextError, LetterError
from docflow.files.dates import MIDNIGHT
from docflow.instants import instant
from docflow.iso import latin_digits
from docflow.letters.letter import name
from docflow.text import Text, text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime, time

    from docflow.files.dates import Dates
    from docflow.files.faults import Fault
    from docflow.files.table import Row

__all__ = ["RUNNING", "WHOLE", "Line", "Used", "no_earlier"]

T = TypeVar("T")
WHOLE: Final = 100  # percent
ONCE: Final = "was given in row {} already; keep one of the two"
ONCE_A_YEAR: Final = "was given to row {} already; a number is used once a year"
_DECIMAL: Final = re.compile(r"[0-9]{1,12}(\.[0-9]{1,12})?")
RUNNING: Final = re.compile(r"([0-9]{1,9})(?: ?/ ?(2[0-9]{3}))?")
_SLASH: Final = re.compile(r" ?/ ?")


def no_earlier(at: datetime, than: datetime) -> datetime:
    """A day without a time, when it follows a moment of the same day: the moment itself instead of midnight.

    A visit of 4 November at 10.00, recorded on "4 November", was recorded at 10.00 or later, and not at midnight.
    """
    return max(at, than) if at.time() == MIDNIGHT and at.date() == than.date() else at


class Used(dict[tuple[object, ...], "int | str"]):
    """What only one row may have, with the first row that has it: of this file, and of those that were read before.

    >>> used = Used()
    >>> used.setdefault(("No", "7"), 5)
    5
    >>> used.close("may.csv")
    >>> used.setdefault(("No", "7"), 2)
    '5 of may.csv'
    """

    def __init__(self) -> None:
        super().__init__()
        self.earlier: dict[tuple[object, ...], int | str] = {}

    def setdefault(self, key: tuple[object, ...], default: int | str = 0) -> int | str:
        """The first row with a key, which is this one when there was none."""
        return self.earlier[key] if key in self.earlier else super().setdefault(key, default)

    def close(self, file: str) -> None:
        """Go on to another file."""
        self.earlier |= {key: f"{row} of {file}" for key, row in self.items()}
        self.clear()


@define
class Line:
    """A row that is being read, cell by cell; one fault is enough to leave it out.

    >>> from zoneinfo import ZoneInfo
    >>> from docflow.files import Dates, Row
    >>> line = Line(Row(2, {"No": "7", "In": "soon"}), Dates(zone=ZoneInfo("Europe/London")), used={})
    >>> line.number("No"), line.moment("In"), line.sound, line.faults[0].column
    ('7', None, False, 'In')
    """

    row: Row
    """Its cells."""
    dates: Dates
    """How dates are written in its file."""
    used: dict[tuple[object, ...], int | str]
    """What only one row may have, and the first that has it; of another file, as "5 of may.csv"."""
    faults: list[Fault] = field(factory=list)
    """What is wrong with it so far, which leaves it out."""
    notes: list[Fault] = field(factory=list)
    """What is amiss with cells that no figure needs."""
    called_by: str | None = field(default=None, init=False)
    """Its number, once that is read; whatever is told of the row names it."""

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong with it so far."""
        return not self.faults

    def fault(self, column: str, kind: str, reason: Text | str) -> None:
        """Write a fault of one of its cells down; a reason of the office's own is said in both languages."""
        self.faults.append(evolve(self.row.fault_at(column, kind, reason), number=self.called_by))

    def note(self, column: str, reason: Text | str) -> None:
        """Write down what is amiss with a cell that no figure needs."""
        self.notes.append(evolve(self.row.fault_at(column, "unreadable", reason), number=self.called_by))

    def text(self, column: str) -> str:
        """A cell with digits from 0 to 9 and single spaces, as texts are compared."""
        return " ".join(latin_digits(self.row.cells[column]).split())

    def needed(self, column: str, what: Text | str) -> str:
        """A cell as it stands, which must not be empty; `what` says what to enter."""
        if not self.row.cells[column]:
            empty = f"is empty; enter {text(what).en}"
            self.fault(
                column, "unreadable", Text(f"ว่าง; โปรดกรอก {what.th}", empty) if isinstance(what, Text) else empty
            )
        return self.row.cells[column]

    def number(self, column: str, begun: datetime | None = None, *, like: str = "") -> str:
        """What the record is called; of two rows with one number the later is at fault.

        Running numbers begin anew every year: "15" is "15/2026" in a row that `begun` in 2026. Where no other number
        will do, they are `like` "8395/2026"; one of which nobody knows the year is then compared with no other.
        """
        text, once = latin_digits(self.row.cells[column]), ONCE_A_YEAR if like else ONCE
        if like and RUNNING.fullmatch(text) is None:
            wrong = "is no running number" if text else "is empty"
            self.fault(column, "unreadable", f"{wrong}; write it like {like}")
            return text
        number = self.of_year(self.name(column), begun)
        self._call(number)
        if "/" in number or (number and not like):
            self.once(column, column, number, once=once)
        return number

    def _call(self, number: str) -> None:
        """Name the row in all that is told of it, also before its number was read."""
        self.called_by = number or None
        for told in (self.faults, self.notes):
            told[:] = [evolve(one, number=self.called_by) for one in told]

    def name(self, column: str) -> str:
        """A number or code; that it is empty, or holds what nobody sees, is a fault."""
        self.needed(column, "its number")
        try:
            return name(self.called(column))
        except LetterError as error:
            self.fault(column, "unreadable", error.problem)
            return ""

    def called(self, column: str) -> str:
        """A number or code, without judging it."""
        return _SLASH.sub("/", self.text(column))

    def of_year(self, number: str, begun: date | None) -> str:
        """A running number with its year and without zeroes in front; other names stay as they are."""
        match = RUNNING.fullmatch(number)
        if match is None:
            return number
        year = match[2] or (str(self.dates.year(begun)) if begun is not None else "")
        return f"{int(match[1])}/{year}" if year else str(int(match[1]))

    def once(self, column: str, *key: object, once: str = ONCE) -> None:
        """See that no row above has the same key."""
        first = self.used.setdefault(key, self.row.number)
        if first != self.row.number:
            self.fault(column, "duplicate", once.format(first))

    def moment(self, column: str, *, of_a_day: time | None = MIDNIGHT) -> datetime | None:
        """The moment in a cell that must hold one, a day alone meaning its beginning, or no moment at all (None)."""
        read = self.dates.moment if of_a_day is None else partial(self.dates.begin, of_a_day=of_a_day)
        return self._read(column, read) if self.needed(column, "the day, or the day and time") else None

    def day(self, column: str) -> date | None:
        """The day in a cell; None when it is empty."""
        return self._read(column, self.dates.day) if self.row.cells[column] else None

    def begun(self, column: str) -> datetime | None:
        """The moment in a cell, without judging it."""
        with suppress(DateTextError):
            return self.dates.begin(self.row.cells[column])
        return None

    def moments(self, *columns: str, timed: bool = False, complete: bool = False) -> dict[str, datetime]:
        """The moments in those of the cells that hold one; the first must, and they come one after the other.

        Where they are `timed`, a day alone is no moment: two things on one day could not be told apart. Where they are
        `complete`, none is left out before a later one. What is at fault is not among the moments.

        >>> from zoneinfo import ZoneInfo
        >>> from docflow.files import Dates, Row
        >>> row = Row(2, {"In": "2026-01-05 09:40", "Asked": "", "Out": "2026-01-04 16:00"})
        >>> line = Line(row, Dates(zone=ZoneInfo("Europe/London")), used={})
        >>> list(line.moments("In", "Asked", "Out")), line.faults[0].kind
        (['In'], 'reversed')
        """
        cells, read = self.row.cells, self.dates.moment if timed else self.dates.begin
        stamped = [column for column in columns if cells[column]]
        if not (complete and stamped):  # what is left out before a later one is said below
            self.needed(columns[0], "the day and time; the record begins with it")
        found: dict[str, datetime] = {}
        before, place = "", 0
        for column in stamped:
            if complete and columns[place] != column:
                wrong = f"is empty, though {column} is stamped; enter the missing stamp"
                self.fault(columns[place], "unreadable", wrong)
            place = columns.index(column) + 1
            at = self._read(column, read)
            if at is None:
                continue
            if before:
                at = at if complete else no_earlier(at, found[before])
                if instant(at) < instant(found[before]):  # where clocks go back, what they show says less
                    self.fault(column, "reversed", f"is before {before}, {cells[before]}; correct whichever is wrong")
                    continue
            found[column], before = at, column
        return found

    def _read(self, column: str, read: Callable[[str], T]) -> T | None:
        try:
            return read(self.row.cells[column])
        except DateTextError as error:
            self.fault(column, "unreadable", error.problem)
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
        """What the word in a cell means, of the `words` that may stand there; another one is a fault.

        >>> from zoneinfo import ZoneInfo
        >>> from docflow.files import Dates, Row
        >>> line = Line(Row(2, {"Kept": "yes"}), Dates(zone=ZoneInfo("Europe/London")), used={})
        >>> line.one_of("Kept", {"yes": True, "no": False})
        True
        """
        found = words.get(self.text(column))
        if self.needed(column, " or ".join(words)) and found is None:
            self.fault(column, kind, f"is none of {', '.join(words)}; write one of them")
        return found
