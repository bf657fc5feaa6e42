"""A volume: one book's lines of one year. A line's number is its place: no number is left out and none comes twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from docflow.errors import RegisterError
from docflow.letters.steps import since
from docflow.registry.numbers import RegisterNumber
from docflow.thai import buddhist_year
from docflow.thai.dates import FIRST_YEAR, LAST_YEAR, THAI_TIME

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from docflow.letters import Letter
    from docflow.registry.numbers import Book

__all__ = ["Line", "Registration", "Void", "Volume", "year_of"]


def year_of(at: datetime) -> int:
    """The Buddhist calendar year in which a moment falls in Thailand. Raises `NaiveDatetimeError`."""
    since(at)
    return buddhist_year(at.astimezone(THAI_TIME))


@frozen(kw_only=True)
class Void:
    """That a number is void: it stays in its place with this note and is never used again."""

    by: str | None
    why: str
    at: datetime


def _numbers(given: Iterable[RegisterNumber]) -> tuple[RegisterNumber, ...]:
    return tuple(given)


@frozen(kw_only=True)
class Line:
    """What a register says of a letter beside its number."""

    letter: Letter
    at: datetime
    """The moment of the stamp (form 12)."""
    by: str | None = None
    first: RegisterNumber | None = None
    """The letter's first registration, when another unit had registered it before."""
    replies_to: RegisterNumber | None = None
    related: tuple[RegisterNumber, ...] = field(default=(), converter=_numbers)
    action: str = ""
    remark: str = ""
    void: Void | None = None


@frozen
class Registration:
    """A line of a register and the number that its place gives it."""

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


@frozen
class Volume:
    """The lines of one book in one year, in order of arrival."""

    book: Book
    year: int
    first: int = 1
    """The number of its first line, for an office that takes docflow up in the midst of a year."""
    lines: tuple[Line, ...] = field(default=(), repr=False)

    def __attrs_post_init__(self) -> None:
        problem = ""
        if not isinstance(self.first, int) or self.first < 1:
            problem = f"its volume of {self.year} cannot begin at {self.first!r}: numbers are whole and begin at 1"
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            problem = f"{self.year} is no year of the Buddhist era, which is 543 more than the common one"
        if problem:
            raise RegisterError(str(self.book), "no such number", problem)

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
        if n is not None and not isinstance(n, int):
            raise TypeError(f"{n!r} is no running number; give a whole one, such as {self.next_n}")
        if n is not None and n != self.next_n:
            raise RegisterError(str(self.book), *self._misnumbered(n))
        if self.lines and since(line.at) < since(self.lines[-1].at):
            last = self.lines[-1].at
            problem = f"{line.at} is before its last line, {self.number(self.next_n - 1)} at {last}; register it now"
            raise RegisterError(str(self.book), "time runs backwards", problem)
        return evolve(self, lines=(*self.lines, line))

    def rewrite(self, n: int, line: Line) -> Volume:
        """The volume with one line amended in its place. Raises `IndexError` for a number that it does not have."""
        place = n - self.first
        if not 0 <= place < len(self.lines):
            raise IndexError(n)
        return evolve(self, lines=(*self.lines[:place], line, *self.lines[place + 1 :]))

    def _misnumbered(self, n: int) -> tuple[str, str]:
        there, onward = self.get(n), f"the next is {self.next_number}"
        if there is None and n < self.next_n:
            return "no such number", f"{self.number(n)} is before the first of its volume; {onward}"
        if there is None:
            return "gap", f"{self.number(n)} would leave a gap; {onward}"
        if there.line.void is not None:
            return "void number", f"{there.number} is void ({there.line.void.why}) and is never used again; {onward}"
        return "duplicate number", f"{there.number} was given at {there.at} already; {onward}"
