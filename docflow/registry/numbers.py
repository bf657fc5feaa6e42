"""Register numbers: one running sequence per unit, direction and calendar year of the Buddhist era."""

from __future__ import annotations

from enum import Enum

from attrs import field, frozen

from docflow.errors import RegisterError, visible
from docflow.letters.values import member, name
from docflow.thai import thai_digits

__all__ = ["Book", "Direction", "RegisterNumber", "a_book", "whole"]


def whole(number: object) -> bool:
    """Whether something is a whole number, and no truth value, which is one to Python."""
    return isinstance(number, int) and not isinstance(number, bool)


def _unit(unit: object) -> str:
    if not isinstance(unit, str) or not unit.strip():
        raise RegisterError("a register", "no such number", f"{unit!r} is no unit; name whose register it is")
    return name(unit)


def _secret(given: object) -> bool:
    if not isinstance(given, bool):
        problem = f"secret={given!r} says neither that it is for secret letters nor that it is not; say True or False"
        raise RegisterError("a register", "no such number", problem)
    return given


class Direction(Enum):
    """Which way letters go: each has a register of its own (forms 13 and 14 of the correspondence regulation)."""

    RECEIPT = "receipt"
    SENDING = "sending"


def _direction(given: Direction | str) -> Direction:
    return member(Direction, given)


@frozen
class Book:
    """A register as the office has it on the shelf: whose, for which way, and whether for secret letters.

    >>> print(Book("General Administration"))
    receipt register of General Administration
    """

    unit: str = field(converter=_unit)
    direction: Direction = field(default=Direction.RECEIPT, converter=_direction)
    secret: bool = field(default=False, converter=_secret)
    """Letters of any grade of secrecy have registers of their own (rule on official secrets B.E. 2544)."""

    def __str__(self) -> str:
        return visible(f"{'secret ' * self.secret}{self.direction.value} register of {self.unit}")


def a_book(_: object, attribute: object, given: Book) -> None:  # noqa: ARG001 - attrs' signature
    """Refuse the name of a unit: it could mean any of its books."""
    if not isinstance(given, Book):
        raise TypeError(f'{given!r} is no book; give such as Book("General Administration")')


@frozen
class RegisterNumber:
    """What a register calls a letter; the book, the year and the running number together are used once.

    >>> number = RegisterNumber(Book("General Administration"), 2562, 8395)
    >>> str(number), number.thai
    ('8395/2562', '๘๓๙๕/๒๕๖๒')
    """

    book: Book = field(validator=a_book)
    year: int
    """Of the Buddhist era; numbers begin anew on 1 January."""
    n: int

    def __attrs_post_init__(self) -> None:
        if not (whole(self.year) and whole(self.n)):
            problem = f"{self.n!r}/{self.year!r} is no register number; both are whole, such as 8395 and 2562"
            raise RegisterError(str(self.book), "no such number", problem)

    @property
    def thai(self) -> str:
        """The number in Thai digits."""
        return thai_digits(str(self))

    def __str__(self) -> str:
        return f"{self.n}/{self.year}"
