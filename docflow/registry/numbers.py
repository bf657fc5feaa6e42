"""Register numbers: one running sequence per unit, direction and calendar year of the Buddhist era."""

from __future__ import annotations

from enum import Enum

from attrs import field, frozen

from docflow.errors import RegisterError
from docflow.letters.letter import member, name
from docflow.safe import visible
from docflow.thai import thai_digits

__all__ = ["Book", "Direction", "RegisterNumber", "a_book", "whole"]


def whole(number: object) -> bool:
    """Whether something is a whole number; True and False are none, although Python counts them as 1 and 0."""
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
    """Whether letters come in or go out; each has its own register (correspondence regulation, forms 13 and 14).

    >>> print(Book("General Administration", "sending"))
    sending register of General Administration
    """

    RECEIPT = "receipt"
    SENDING = "sending"


def _direction(given: Direction | str) -> Direction:
    return member(Direction, given)


@frozen
class Book:
    """A register as it stands on the shelf: of which unit, for which direction, and whether for secret letters.

    >>> print(Book("General Administration"))
    receipt register of General Administration
    """

    unit: str = field(converter=_unit)
    direction: Direction = field(default=Direction.RECEIPT, converter=_direction)
    secret: bool = field(default=False, converter=_secret)
    """Letters of any grade of secrecy have their own registers (rule on official secrets B.E. 2544)."""

    def __str__(self) -> str:
        return visible(f"{'secret ' * self.secret}{self.direction.value} register of {self.unit}")


def a_book(_: object, attribute: object, given: Book) -> None:  # noqa: ARG001 - attrs' signature
    """Refuse what is no book, such as the name of a unit, which has several books."""
    if not isinstance(given, Book):
        raise TypeError(f'{given!r} is no book; give such as Book("General Administration")')


@frozen
class RegisterNumber:
    """The number of a letter in a register; no two letters have the same book, year and running number.

    >>> number = RegisterNumber(Book("General Administration"), 2562, 8395)
    >>> str(number), number.thai
    ('8395/2562', '๘๓๙๕/๒๕๖๒')
    """

    book: Book = field(validator=a_book)
    year: int
    """A year of the Buddhist era; running numbers start again on 1 January."""
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
