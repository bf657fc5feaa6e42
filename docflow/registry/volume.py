"""The lines of one book in one year. A line's number is its place, so no number is left out and none comes twice."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from docflow.errors import RegisterError
from docflow.instants import instant, local
from docflow.leaves import Leaves
from docflow.letters import Secrecy
from docflow.registry.lines import Line, Registration
from docflow.registry.notes import Note, wanting
from docflow.registry.numbers import Direction, RegisterNumber, a_book, whole
from docflow.thai import buddhist_year
from docflow.thai.dates import FIRST_YEAR, LAST_YEAR, THAI_TIME, in_thailand

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from docflow.registry.numbers import Book

__all__ = ["Volume", "year_of"]


def year_of(at: datetime) -> int:
    """The Buddhist calendar year in which a moment falls in Thailand. Raises `NaiveDatetimeError`."""
    return buddhist_year(in_thailand(at))


@frozen(init=False)
class Volume:
    """The lines of one book in one year, in order of arrival, and the notes below each line.

    >>> from datetime import datetime
    >>> from docflow import Letter, Registry
    >>> nine = datetime.fromisoformat("2020-01-02T09:00+07:00")
    >>> registry, first = Registry().receive(Letter(number="", subject="A market"), unit="GA", at=nine)
    >>> volume = registry.volume(first.number.book, 2563)
    >>> print(volume.next_number, [one.letter.subject for one in volume], sep=", ")
    2/2563, ['A market']

    A `Registry` writes it; iteration goes through its registrations. What was written stays, and the notes of a line
    only grow. Raises `RegisterError` for lines and notes that no register could hold and for what is no year, and
    `TypeError` for what is no book, line or note.
    """

    book: Book = field(validator=a_book)
    year: int
    """A year of the Buddhist era."""
    first: int = 1
    """The number of its first line; more than 1 in an office that starts to use docflow in the middle of a year."""
    written: Sequence[Line] = field(default=(), repr=False)
    """Each line as it was first written."""
    notes: Sequence[tuple[Note, ...]] = field(default=(), repr=False)
    """The notes below each line."""
    lines: Sequence[Line] = field(init=False, eq=False, repr=False)
    """Each line as it is now."""

    def __init__(
        self,
        book: Book,
        year: int,
        first: int = 1,
        written: Iterable[Line] = (),
        notes: Iterable[Iterable[Note]] = (),
    ) -> None:
        every, below = Leaves(written), [tuple(each) for each in notes]
        self.__attrs_init__(book, year, first, every)
        problem = ""
        if not whole(self.first) or self.first < 1:
            problem = f"its volume of {self.year} cannot begin at {self.first!r}: numbers are whole and begin at 1"
        if not whole(self.year) or not FIRST_YEAR <= self.year <= LAST_YEAR:
            problem = f"{self.year!r} is no year of the Buddhist era, which is 543 more than the common one"
        if any(below[len(every) :]):
            problem = f"there are notes below lines of its volume of {self.year} that it does not have; leave them out"
        if problem:
            raise RegisterError(str(self.book), "no such number", problem)
        for n, line in enumerate(every, self.first):
            self._judge(n, line)
        below = below[: len(every)] + [()] * (len(every) - len(below))
        lines = map(self._folded, map(self.number, range(self.first, self.next_n)), every, below)
        self.__attrs_init__(book, year, first, every, Leaves(below))
        object.__setattr__(self, "lines", Leaves(lines) if any(below) else every)

    @property
    def next_n(self) -> int:
        """The running number that the next line gets."""
        return self.first + len(self.written)

    @property
    def next_number(self) -> RegisterNumber:
        """The number that the next line gets, with its book and year."""
        return self.number(self.next_n)

    def number(self, n: int) -> RegisterNumber:
        """A running number with the book and year of the volume."""
        return RegisterNumber(self.book, self.year, n)

    def get(self, n: int) -> Registration | None:
        """The registration with a running number; None when the volume has none."""
        return self.under(self.number(n))

    def under(self, number: RegisterNumber) -> Registration | None:
        """The registration under a number of this book and year; None when the volume has none."""
        place = number.n - self.first
        if not 0 <= place < len(self.lines):
            return None
        return Registration(number, self.lines[place], self.written[place], self.notes[place])

    def __iter__(self) -> Iterator[Registration]:
        numbers = map(self.number, range(self.first, self.next_n))
        return map(Registration, numbers, self.lines, self.written, self.notes)

    def write(self, line: Line, *, n: int | None = None) -> Volume:
        """The volume with one line more; `n`, when it is given, must be the number that is next.

        Raises `RegisterError` for another number and for a line that may not stand here, and `TypeError`.
        """
        if n is not None and not whole(n):
            raise TypeError(f"{n!r} is no running number; give a whole one, such as {self.next_n}")
        if n is not None and n != self.next_n:
            raise RegisterError(str(self.book), *self._misnumbered(n))
        self._judge(self.next_n, line)
        written = Leaves.of(self.written).adding(line)
        lines = written if self.lines is self.written else Leaves.of(self.lines).adding(line)
        return self.holding(written, Leaves.of(self.notes).adding(()), lines)

    def note(self, n: int, note: Note) -> Volume:
        """The volume with one note more below a line; nothing else may change.

        Raises `IndexError` for a number that it does not have, and `RegisterError` for a note that makes no sense below
        that line, lacks a name or a reason, or is from before what stands there.
        """
        there = self.get(n)
        if there is None:
            raise IndexError(n)
        line, place = self._noted(there, note), n - self.first
        notes = Leaves.of(self.notes).amending(place, (*there.notes, note))
        return self.holding(self.written, notes, Leaves.of(self.lines).amending(place, line))

    def as_recorded(self, moment: datetime) -> Volume:
        """The volume as it was known at a moment: the lines and the notes that had been written by then."""
        at = instant(moment)
        end = bisect_right(self.written, at, key=lambda line: instant(line.at))
        notes = (tuple(note for note in below if instant(note.at) <= at) for below in self.notes[:end])
        return Volume(self.book, self.year, self.first, self.written[:end], notes)

    def holding(self, written: Sequence[Line], notes: Sequence[tuple[Note, ...]], lines: Sequence[Line]) -> Volume:
        """The same volume with other lines, which were judged a moment ago and are not judged again; for the store."""
        volume = Volume.__new__(Volume)
        volume.__attrs_init__(self.book, self.year, self.first, written, notes)
        object.__setattr__(volume, "lines", lines)
        return volume

    def _judge(self, n: int, line: Line) -> None:
        """See that a line may be written under a number: in this book, in this year, not before the line above it."""
        if not isinstance(line, Line):
            raise TypeError(f"{line!r} is no line of a register; register letters by a Registry")
        refused = None
        last, at = self.written[n - self.first - 1] if n > self.first else line, instant(line.at)
        if at < instant(last.at):
            problem = f"{line.at} is before its last line, {self.number(n - 1)} at {last.at}; register it now"
            refused = "time runs backwards", problem
        elif buddhist_year(local(at, THAI_TIME)) != self.year:
            problem = f"{line.at} is not in {self.year}; register it in the volume of {year_of(line.at)}"
            refused = "time runs backwards", problem
        elif line.void is not None or line.filled is not None or line.tracked:
            problem = f"{self.number(n)} cannot say at first what only a note says later; write a note below it"
            refused = "no such number", problem
        elif line.letter is None and (lacking := wanting(self.number(n), "reserved", ("by",), by=line.by, why="")):
            refused = lacking
        elif line.reserved and line != Line(letter=None, at=line.at, by=line.by, reserved=line.reserved):
            problem = f"{self.number(n)} is reserved, and what is said of its letter is said when it is filled"
            refused = "reserved number", problem
        else:
            refused = self._misplaced(line)
        if refused is not None:
            raise RegisterError(str(self.book), *refused)

    def _misplaced(self, line: Line) -> tuple[str, str] | None:
        """Why what a line says belongs into another book."""
        if line.letter is not None and (line.letter.secrecy is not Secrecy.OPEN) != self.book.secret:
            grade = line.letter.secrecy.value
            problem = f"a letter that is {grade} has no line in it; registers of secret and of open letters are apart"
            return "no such number", problem
        if line.recipients and self.book.direction is not Direction.SENDING:
            problem = f"nothing is sent to {', '.join(line.recipients)} by a receipt; send the letter"
            return "no such recipient", problem
        return None

    def _noted(self, there: Registration, note: Note) -> Line:
        """The line of a registration with one note more, which is judged."""
        if not isinstance(note, Note):
            raise TypeError(f"{note!r} is no note; the registry writes them")
        refused = there.line.refusal(note, there.number)
        last, what = (there.notes[-1].at, "its last note") if there.notes else (there.at, "it was given")
        if refused is None and instant(note.at) < instant(last):
            problem = f"{there.number} cannot have been {note.done} at {note.at}, before {what} at {last}"
            refused = "time runs backwards", problem
        if refused is None:
            line = there.line.noted(note)
            refused = self._misplaced(line)
        if refused is not None:
            raise RegisterError(str(self.book), *refused)
        return line

    def _folded(self, number: RegisterNumber, line: Line, notes: tuple[Note, ...]) -> Line:
        there = Registration(number, line)
        for note in notes:
            there = evolve(there, line=self._noted(there, note), notes=(note,))
        return there.line

    def __reduce__(self) -> tuple[type[Volume], tuple[object, ...]]:
        """A pickle of what was written; it is judged again when it is read."""
        return Volume, (self.book, self.year, self.first, tuple(self.written), tuple(self.notes))

    def _misnumbered(self, n: int) -> tuple[str, str]:
        there, onward = self.get(n), f"the next is {self.next_number}"
        if there is None and n < self.next_n:
            return "no such number", f"{self.number(n)} is before the first of its volume; {onward}"
        if there is None:
            return "gap", f"{self.number(n)} would leave a gap; {onward}"
        if there.line.void is not None:
            return "void number", f"{there.number} is void ({there.line.void.why}) and is never used again; {onward}"
        return "duplicate number", f"{there.number} was given at {there.at} already; {onward}"
