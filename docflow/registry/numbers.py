"""Register numbers: one running sequence per unit, direction and calendar year of the Buddhist era."""

from __future__ import annotations

from enum import Enum

from attrs import frozen

from docflow.errors import RegisterError, visible
from docflow.thai import thai_digits

__all__ = ["Book", "Direction", "RegisterNumber"]


class Direction(Enum):
    """Which way letters go: each has a register of its own (forms 13 and 14 of the correspondence regulation)."""

    RECEIPT = "receipt"
    SENDING = "sending"


@frozen
class Book:
    """A register as the office has it on the shelf: whose, for which way, and whether for secret letters.

    >>> print(Book("General Administration"))
    receipt register of General Administration
    """

    unit: str
    direction: Direction = Direction.RECEIPT
    secret: bool = False
    """Letters of any grade of secrecy have registers of their own (rule on official secrets B.E. 2544)."""

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.unit, str) or not self.unit.strip():
            raise RegisterError("a register", "no such number", f"{self.unit!r} is no unit; name whose register it is")

    def __str__(self) -> str:
        return visible(f"{'secret ' * self.secret}{self.direction.value} register of {self.unit}")


@frozen
class RegisterNumber:
    """What a register calls a letter; the book, the year and the running number together are used once.

    >>> number = RegisterNumber(Book("General Administration"), 2562, 8395)
    >>> str(number), number.thai
    ('8395/2562', '๘๓๙๕/๒๕๖๒')
    """

    book: Book
    year: int
    """Of the Buddhist era; numbers begin anew on 1 January."""
    n: int

    @property
    def thai(self) -> str:
        """The number in Thai digits."""
        return thai_digits(str(self))

    def __str__(self) -> str:
        return f"{self.n}/{self.year}"
