"""Books and register numbers: each book has one running sequence in each calendar year of the Buddhist era."""

from __future__ import annotations

import re
from enum import Enum
from typing import Final

from attrs import field, frozen

from docflow.errors import RegisterError
from docflow.letters.letter import member, name
from docflow.safe import brief, visible
from docflow.text import expect
from docflow.thai import arabic_digits, thai_digits
from docflow.thai.dates import ERA, FIRST_YEAR, LAST_COMMON, LAST_YEAR

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
    """Whether letters come in or go out; each direction has its own register.

    >>> from docflow.registry import Book
    >>> Book("General Administration", "sending").direction
    <Direction.SENDING: 'sending'>

    Source: correspondence regulation B.E. 2526, forms 13 and 14.
    """

    RECEIPT = "receipt"
    """Letters that come in (form 13)."""
    SENDING = "sending"
    """Letters that go out (form 14)."""


def _direction(given: Direction | str) -> Direction:
    return member(Direction, given)


@frozen(cache_hash=True)
class Book:
    """Which register is meant: that of a unit, for one direction, for open letters or for secret ones.

    >>> print(Book("General Administration"), Book("General Administration", "sending", secret=True), sep=", ")
    receipt register of General Administration, secret sending register of General Administration

    Raises `RegisterError` for what is no unit and for a `secret` that is neither True nor False; and `LetterError` for
    a unit with characters that nobody sees, and for what is no direction.
    """

    unit: str = field(converter=_unit)
    """The name of the unit whose register it is."""
    direction: Direction = field(default=Direction.RECEIPT, converter=_direction)
    secret: bool = field(default=False, converter=_secret)
    """Whether it is for letters of any grade of secrecy but open (rule on official secrets B.E. 2544)."""

    def __str__(self) -> str:
        return visible(f"{'secret ' * self.secret}{self.direction.value} register of {self.unit}")


def a_book(_: object, attribute: object, given: Book) -> None:  # noqa: ARG001 - attrs' signature
    """Refuse what is no book, such as the name of a unit, which has several books."""
    if not isinstance(given, Book):
        raise TypeError(f'{given!r} is no book; give such as Book("General Administration")')


_WRITTEN: Final = re.compile(r"(?:เลข(?:ทะเบียน|ที่)?(รับ|ส่ง)? ?(?:ที่ ?)?)?([0-9]{1,9})(?: ?/ ?([0-9]{1,9}))?")
YEAR_DIGITS: Final = 4
_WORDS: Final = {"รับ": Direction.RECEIPT, "ส่ง": Direction.SENDING}


@frozen(cache_hash=True)
class RegisterNumber:
    """The number of a letter in a register: a book, a year of the Buddhist era and a running number.

    >>> from docflow.registry import Book
    >>> number = RegisterNumber(Book("General Administration"), 2562, 8395)
    >>> str(number), number.thai
    ('8395/2562', '๘๓๙๕/๒๕๖๒')

    Raises `RegisterError` for a year or running number that is not whole, and `TypeError` for what is no book.
    """

    book: Book = field(validator=a_book)
    year: int
    """A year of the Buddhist era; running numbers start again on 1 January."""
    n: int
    """The running number."""

    def __attrs_post_init__(self) -> None:
        if not (whole(self.year) and whole(self.n)):
            problem = f"{self.n!r}/{self.year!r} is no register number; both are whole, such as 8395 and 2562"
            raise RegisterError(str(self.book), "no such number", problem)

    @classmethod
    def parse(cls, text: str, book: Book) -> RegisterNumber:
        """Read a number as people write it, in the book in which it is looked up.

        >>> from docflow.registry import Book
        >>> print(RegisterNumber.parse("เลขรับ ๐๐๑๒ / ๒๕๖๓", Book("General Administration")))
        12/2563

        Thai or Arabic digits, blanks, zeros in front and a wide slash are read. Raises `RegisterError` for what could
        be another number: a year of two digits, of the common era or none, both kinds of digits, or the word for a
        number of the other direction; and for what is none. Raises `TypeError` for what is no text and no book.
        """
        expect(text, str, "text", 'such as "12/2563"')
        a_book(None, None, book)
        plain = " ".join(text.replace("\u200b", "").replace("\uff0f", "/").split())
        found = _WRITTEN.fullmatch(arabic_digits(plain))
        problem = "is no register number; write it like 12/2563" if found is None else _doubt(plain, found, book)
        if found is None or problem:
            raise RegisterError(str(book), "unreadable number", f"{brief(text)} {problem}")
        return cls(book, int(found[3]), int(found[2]))

    @property
    def thai(self) -> str:
        """The number in Thai digits, such as ๘๓๙๕/๒๕๖๒."""
        return thai_digits(str(self))

    def __str__(self) -> str:
        return f"{self.n}/{self.year}"


def _doubt(plain: str, found: re.Match[str], book: Book) -> str:
    """Why something written like a number could be another one, with what to write; empty when it could not."""
    word, n, written = found.groups()
    year, problem = int(written or 0), ""
    if plain not in (arabic_digits(plain), thai_digits(plain)):
        problem = "mixes Thai and Arabic digits; write it in one of them"
    elif word is not None and _WORDS[word] is not book.direction:
        problem = f"is a {_WORDS[word].value} number; look it up in the {_WORDS[word].value} register"
    elif int(n) < 1:
        problem = "is no number that a register gives; they begin at 1"
    elif written is None:
        problem = f"names no year; write it whole, such as {int(n)}/2563"
    elif len(written) < YEAR_DIGITS:
        problem = f"has a year cut short; write it whole, such as {int(n)}/{2500 + year % 100}"
    elif not FIRST_YEAR <= year <= LAST_YEAR:
        common = FIRST_YEAR - ERA <= year <= LAST_COMMON
        way = f"if it is of the common era, write {int(n)}/{year + ERA}" if common else "correct it"
        problem = f"has {written}, which is no year of the Buddhist era that registers have; {way}"
    return problem
