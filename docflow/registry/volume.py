"""A volume: one book's lines of one year. A line's number is its place: no number is left out and none comes twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from docflow.errors import RegisterError
from docflow.instants import instant
from docflow.leaves import Leaves
from docflow.letters import Letter, Secrecy
from docflow.letters.letter import maybe_name, plain
from docflow.registry.numbers import RegisterNumber, a_book, whole
from docflow.thai import buddhist_year
from docflow.thai.dates import FIRST_YEAR, LAST_YEAR, in_thailand

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from docflow.registry.numbers import Book

__all__ = ["Line", "Registration", "Void", "Volume", "year_of"]


def year_of(at: datetime) -> int:
    """The Buddhist calendar year in which a moment falls in Thailand. Raises `NaiveDatetimeError`."""
    return buddhist_year(in_thailand(at))


@frozen(kw_only=True)
class Void:
    """That a number is void: it stays in its place with this note and is never used again.

    >>> from datetime import datetime, timezone
    >>> from docflow.registry import Registry
    >>> nine, ten = (datetime(2020, 1, 2, hour, tzinfo=timezone.utc) for hour in (2, 3))
    >>> registry, first = Registry().receive(Letter(number="", subject="A market"), unit="GA", at=nine)
    >>> registry.void(first.number, why="written twice", at=ten)[first.number].line.void.why
    'written twice'
    """

    by: str | None = field(converter=maybe_name)
    why: str = field(converter=plain)
    at: datetime

    def __attrs_post_init__(self) -> None:
        instant(self.at)


def _numbers(given: Iterable[RegisterNumber]) -> tuple[RegisterNumber, ...]:
    return tuple(given)


@frozen(kw_only=True)
class Line:
    """What a register says of a letter beside its number.

    >>> from datetime import datetime, timezone
    >>> Line(letter=Letter(number="1/2563"), at=datetime(2020, 1, 2, 2, tzinfo=timezone.utc), remark="by hand").remark
    'by hand'
    """

    letter: Letter
    at: datetime
    """The moment of the stamp (form 12)."""
    by: str | None = field(default=None, converter=maybe_name)
    first: RegisterNumber | None = None
    """The letter's first registration, when another unit had registered it before."""
    replies_to: RegisterNumber | None = None
    related: tuple[RegisterNumber, ...] = field(default=(), converter=_numbers)
    action: str = field(default="", converter=plain)
    remark: str = field(default="", converter=plain)
    void: Void | None = None

    def __attrs_post_init__(self) -> None:
        instant(self.at)
        if not isinstance(self.letter, Letter):
            raise TypeError(f'{self.letter!r} is no letter; give such as Letter(number="", subject="A market")')
        for link in self.links:
            if not isinstance(link, RegisterNumber):
                raise TypeError(f"{link!r} could be in any book; give a RegisterNumber, as a registration has it")
        if not isinstance(self.void, Void | None):
            raise TypeError(f"{self.void!r} is no note that a number is void; declare it void in the registry")

    @property
    def links(self) -> tuple[RegisterNumber, ...]:
        """Every number that it names, each once."""
        named = (self.first, self.replies_to, *self.related)
        return tuple(dict.fromkeys(number for number in named if number is not None))


@frozen
class Registration:
    """A line of a register and the number that its place gives it.

    >>> from datetime import datetime, timezone
    >>> from docflow.registry import Registry
    >>> nine = datetime(2020, 1, 2, 2, tzinfo=timezone.utc)
    >>> registry, first = Registry().receive(Letter(number="", subject="A market"), unit="GA", at=nine)
    >>> print(first.number, first.letter.subject)
    1/2563 A market
    """

    number: RegisterNumber
    line: Line

    @property
    def letter(self) -> Letter:
        """The letter."""
        return self.line.letter

    @property
    def at(self) -> datetime:
        """The moment of the stamp."""
        return self.line.at


@frozen(init=False)
class Volume:
    """The lines of one book in one year, in order of arrival.

    >>> from docflow.registry import Book
    >>> print(Volume(Book("General Administration"), 2563, first=120).next_number)
    120/2563
    """

    book: Book = field(validator=a_book)
    year: int
    first: int = 1
    """The number of its first line; more than 1 in an office that starts to use docflow in the middle of a year."""
    lines: Sequence[Line] = field(default=(), repr=False)

    def __init__(self, book: Book, year: int, first: int = 1, lines: Iterable[Line] = ()) -> None:
        self.__attrs_init__(book, year, first, Leaves(lines))
        problem = ""
        if not whole(self.first) or self.first < 1:
            problem = f"its volume of {self.year} cannot begin at {self.first!r}: numbers are whole and begin at 1"
        if not whole(self.year) or not FIRST_YEAR <= self.year <= LAST_YEAR:
            problem = f"{self.year!r} is no year of the Buddhist era, which is 543 more than the common one"
        if problem:
            raise RegisterError(str(self.book), "no such number", problem)
        for n, line in enumerate(self.lines, self.first):
            self._judge(n, line)

    @property
    def next_n(self) -> int:
        """The number that the next letter gets."""
        return self.first + len(self.lines)

    @property
    def next_number(self) -> RegisterNumber:
        """The same with its book and year."""
        return self.number(self.next_n)

    def number(self, n: int) -> RegisterNumber:
        """A running number with its book and year."""
        return RegisterNumber(self.book, self.year, n)

    def get(self, n: int) -> Registration | None:
        """The registration with a running number; None when the volume has none."""
        place = n - self.first
        return Registration(self.number(n), self.lines[place]) if 0 <= place < len(self.lines) else None

    def __iter__(self) -> Iterator[Registration]:
        return (Registration(self.number(n), line) for n, line in enumerate(self.lines, self.first))

    def write(self, line: Line, *, n: int | None = None) -> Volume:
        """The volume with one line more; `n`, when it is given, must be the number that is next."""
        if n is not None and not whole(n):
            raise TypeError(f"{n!r} is no running number; give a whole one, such as {self.next_n}")
        if n is not None and n != self.next_n:
            raise RegisterError(str(self.book), *self._misnumbered(n))
        self._judge(self.next_n, line)
        return self._of(Leaves.of(self.lines).adding(line))

    def rewrite(self, n: int, line: Line) -> Volume:
        """The volume with a line's note that it is void, for nothing else may change.

        Raises `IndexError` for a number that it does not have, and `RegisterError` when the line says something else.
        """
        there = self.get(n)
        if there is None:
            raise IndexError(n)
        if evolve(line, void=None) != evolve(there.line, void=None):
            problem = f"what was written under {there.number} stays; declare it void and register the letter anew"
            raise RegisterError(str(self.book), "duplicate number", problem)
        self._judge(n, line)
        return self._of(Leaves.of(self.lines).amending(n - self.first, line))

    def _of(self, lines: Sequence[Line]) -> Volume:
        """The same volume with other lines, which were judged a moment ago and are not judged again."""
        volume = Volume.__new__(Volume)
        volume.__attrs_init__(self.book, self.year, self.first, lines)
        return volume

    def _judge(self, n: int, line: Line) -> None:
        """See that a line may stand under a number: in this book, in this year, not before the line above it."""
        if not isinstance(line, Line):
            raise TypeError(f"{line!r} is no line of a register; register letters by a Registry")
        kind, problem = "time runs backwards", ""
        last = self.lines[n - self.first - 1] if n > self.first else line
        if instant(line.at) < instant(last.at):
            problem = f"{line.at} is before its last line, {self.number(n - 1)} at {last.at}; register it now"
        elif year_of(line.at) != self.year:
            problem = f"{line.at} is not in {self.year}; register it in the volume of {year_of(line.at)}"
        elif line.void is not None and instant(line.void.at) < instant(line.at):
            problem = f"{self.number(n)} cannot have been declared void at {line.void.at}, before it was given"
        elif (line.letter.secrecy is not Secrecy.OPEN) != self.book.secret:
            kind, grade = "no such number", line.letter.secrecy.value
            problem = f"a letter that is {grade} has no line in it; registers of secret and of open letters are apart"
        if problem:
            raise RegisterError(str(self.book), kind, problem)

    def __reduce__(self) -> tuple[type[Volume], tuple[Book, int, int, tuple[Line, ...]]]:
        """A pickle of what was written; it is judged again when it is read."""
        return Volume, (self.book, self.year, self.first, tuple(self.lines))

    def _misnumbered(self, n: int) -> tuple[str, str]:
        there, onward = self.get(n), f"the next is {self.next_number}"
        if there is None and n < self.next_n:
            return "no such number", f"{self.number(n)} is before the first of its volume; {onward}"
        if there is None:
            return "gap", f"{self.number(n)} would leave a gap; {onward}"
        if there.line.void is not None:
            return "void number", f"{there.number} is void ({there.line.void.why}) and is never used again; {onward}"
        return "duplicate number", f"{there.number} was given at {there.at} already; {onward}"
