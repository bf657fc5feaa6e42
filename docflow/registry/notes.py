"""Notes: what is written below a line of a register later on. Each is dated and signed, and none is ever taken away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import TYPE_CHECKING, Any, ClassVar, Final, TypeAlias

from attrs import asdict, evolve, field, fields_dict, frozen

from docflow.instants import zoned
from docflow.letters import Letter
from docflow.letters.letter import maybe_name, member, name, plain
from docflow.registry.numbers import RegisterNumber
from docflow.text import of_kind

if TYPE_CHECKING:
    from datetime import datetime

__all__ = [
    "Corrected",
    "Delivery",
    "Filled",
    "Linked",
    "Note",
    "Numbers",
    "Restored",
    "Tracked",
    "Void",
    "names",
    "numbers",
    "wanting",
]

Numbers: TypeAlias = "RegisterNumber | Iterable[RegisterNumber] | None"
OF_LINE: Final = ("action", "remark")
LETTERS_REMARK: Final = "letter_remark"
"""The remark of the letter itself, where `remark` is that of the line."""
_FIXED: Final = ("number", "secrecy", "remark")
_OF_LETTER: Final = {which: which for which in fields_dict(Letter) if which not in _FIXED} | {LETTERS_REMARK: "remark"}
CORRECTABLE: Final = (*_OF_LETTER, *OF_LINE)


def numbers(given: Numbers) -> tuple[RegisterNumber, ...]:
    """Numbers as a tuple, each once; one alone is one, and None is none.

    Raises `TypeError` for what is no register number, such as text, which could be in any book.
    """
    if given is None or (type(given) is tuple and not given):  # as on most lines; to look further takes a microsecond
        return ()
    several = (given,) if isinstance(given, RegisterNumber | str) or not isinstance(given, Iterable) else tuple(given)
    for number in several:
        if not isinstance(number, RegisterNumber):
            raise TypeError(f"{number!r} could be in any book; give a RegisterNumber, as a registration has it")
    return tuple(dict.fromkeys(several))


def names(given: Iterable[str]) -> tuple[str, ...]:
    """The names of recipients. Raises `TypeError` for one name alone, which would be taken letter by letter."""
    if type(given) is tuple and not given:
        return ()
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise TypeError(f'{given!r} is no list of recipients; give such as recipients=("Department of Health",)')
    found = tuple(map(name, given))
    if "" in found or len(set(found)) < len(found):
        raise TypeError(f"{list(found)!r} names a recipient twice, or has one without a name; name each once")
    return found


def _why(given: str | None) -> str:
    return plain(given or "")


class Delivery(Enum):
    """How far a letter has come on its way to one of its recipients.

    >>> [status.value for status in Delivery]
    ['sent', 'delivered', 'registered', 'answered', 'refused', 'returned']
    """

    SENT = "sent"
    DELIVERED = "delivered"
    REGISTERED = "registered"
    """The recipient gave it a number of its own."""
    ANSWERED = "answered"
    REFUSED = "refused"
    """The recipient does not take it."""
    RETURNED = "returned"
    """It came back undelivered."""


def _delivery(given: Delivery | str) -> Delivery:
    return member(Delivery, given)


@frozen(kw_only=True)
class Note:
    """What is noted below a line: who did it, why, and when. Each kind of note says what more it holds."""

    by: str | None = field(default=None, converter=maybe_name)
    why: str = field(default="", converter=_why)
    at: datetime

    done: ClassVar[str] = "noted"
    needs: ClassVar[tuple[str, ...]] = ("by",)

    def __attrs_post_init__(self) -> None:
        zoned(self.at)

    @property
    def links(self) -> tuple[RegisterNumber, ...]:
        """Every number that it names."""
        return ()


def wanting(
    number: RegisterNumber, done: str, needs: tuple[str, ...], *, by: str | None, why: str
) -> tuple[str, str] | None:
    """The kind and the words of a refusal, when the reason or the name is lacking that is needed."""
    if "why" in needs and not _why(why).strip():
        return "no reason given", f"a reason is wanted for {number} to be {done}; give it in why="
    if "by" in needs and not maybe_name(by):
        return "no name given", f"a name is wanted for {number} to be {done}; give it in by="
    return None


@frozen(kw_only=True)
class Void(Note):
    """That a number is void: it stays in its place with this note and is never used again.

    >>> from datetime import datetime, timezone
    >>> from docflow.registry import Registry
    >>> nine, ten = (datetime(2020, 1, 2, hour, tzinfo=timezone.utc) for hour in (2, 3))
    >>> registry, first = Registry().receive(Letter(number="", subject="A market"), unit="GA", at=nine)
    >>> registry.void(first.number, why="written twice", at=ten)[first.number].line.void.why
    'written twice'

    It may stand without a name, for on paper many do.
    """

    done: ClassVar[str] = "declared void"
    needs: ClassVar[tuple[str, ...]] = ("why",)


@frozen(kw_only=True)
class Restored(Note):
    """That a void number is valid again.

    >>> from datetime import datetime, timezone
    >>> Restored(by="Somying", why="it was not written twice", at=datetime(2020, 1, 2, 4, tzinfo=timezone.utc)).by
    'Somying'
    """

    done: ClassVar[str] = "restored"
    needs: ClassVar[tuple[str, ...]] = ("why", "by")


def _values(given: Mapping[str, Any] | Iterable[tuple[str, Any]]) -> tuple[tuple[str, Any], ...]:
    """What is right, as letters and lines keep it, in one order."""
    said = dict(given)
    unknown = sorted(set(said) - set(CORRECTABLE))
    if unknown or not said:
        problem = f"{', '.join(unknown)} cannot be corrected" if unknown else "nothing is corrected"
        raise TypeError(f"{problem}; {', '.join(CORRECTABLE)} can")
    letter = evolve(Letter(number=""), **{_OF_LETTER[which]: said[which] for which in said if which in _OF_LETTER})
    return tuple(
        (which, getattr(letter, _OF_LETTER[which]) if which in _OF_LETTER else plain(said[which]))
        for which in CORRECTABLE
        if which in said
    )


@frozen(kw_only=True)
class Corrected(Note):
    """What is right where a line was wrong; what it said before stays readable.

    >>> from datetime import datetime, timezone
    >>> nine = datetime(2020, 1, 2, 2, tzinfo=timezone.utc)
    >>> Corrected(by="Somchai", why="a slip", at=nine, values={"subject": "A market"}).values
    (('subject', 'A market'),)

    Raises `TypeError` for what cannot be corrected, and as a `Letter` does for what it cannot have.
    """

    values: tuple[tuple[str, Any], ...] = field(converter=_values)

    done: ClassVar[str] = "corrected"
    needs: ClassVar[tuple[str, ...]] = ("why", "by")

    @property
    def of_letter(self) -> dict[str, Any]:
        """What is right of the letter, by its fields."""
        return {_OF_LETTER[which]: value for which, value in self.values if which in _OF_LETTER}

    @property
    def of_line(self) -> dict[str, Any]:
        """What is right of this line alone."""
        return {which: value for which, value in self.values if which in OF_LINE}

    def for_other_lines(self) -> Corrected | None:
        """The same for the other lines of the letter, without what is said of one line; None when nothing is left."""
        shared = [(which, value) for which, value in self.values if which in _OF_LETTER]
        return evolve(self, values=shared) if shared else None


@frozen(kw_only=True)
class Linked(Note):
    """That a letter replies to others, or is related to them, which was found later.

    >>> from datetime import datetime, timezone
    >>> from docflow.registry import Book
    >>> number = RegisterNumber(Book("General Administration"), 2563, 12)
    >>> Linked(by="Somchai", at=datetime(2020, 1, 2, 2, tzinfo=timezone.utc), related=number).links == (number,)
    True
    """

    replies_to: tuple[RegisterNumber, ...] = field(default=(), converter=numbers)
    related: tuple[RegisterNumber, ...] = field(default=(), converter=numbers)

    done: ClassVar[str] = "linked"

    @property
    def links(self) -> tuple[RegisterNumber, ...]:
        """Every number that it names, each once."""
        return tuple(dict.fromkeys((*self.replies_to, *self.related)))


@frozen(kw_only=True)
class Filled(Note):
    """The letter for which a number had been reserved, and what else is said of it.

    >>> from datetime import datetime, timezone
    >>> nine = datetime(2020, 1, 2, 2, tzinfo=timezone.utc)
    >>> Filled(by="Somchai", at=nine, letter=Letter(number="12/2563", subject="A market")).letter.subject
    'A market'
    """

    letter: Letter = field(validator=of_kind(Letter, "letter", 'such as Letter(number="", subject="A market")'))
    replies_to: tuple[RegisterNumber, ...] = field(default=(), converter=numbers)
    related: tuple[RegisterNumber, ...] = field(default=(), converter=numbers)
    action: str = field(default="", converter=plain)
    remark: str = field(default="", converter=plain)
    recipients: tuple[str, ...] = field(default=(), converter=names)

    done: ClassVar[str] = "filled"

    @property
    def links(self) -> tuple[RegisterNumber, ...]:
        """Every number that it names, each once."""
        return tuple(dict.fromkeys((*self.replies_to, *self.related)))

    @property
    def said(self) -> dict[str, Any]:
        """What it says of the line, by the line's fields."""
        return asdict(self, recurse=False, filter=lambda one, _: one.name not in fields_dict(Note))


@frozen(kw_only=True)
class Tracked(Note):
    """How far a letter has come on its way to a recipient, and since when.

    >>> from datetime import datetime, timezone
    >>> nine = datetime(2020, 1, 2, 2, tzinfo=timezone.utc)
    >>> Tracked(by="Somchai", at=nine, recipient="Department of Health", status="delivered").status
    <Delivery.DELIVERED: 'delivered'>
    """

    recipient: str = field(converter=name)
    status: Delivery = field(converter=_delivery)

    done: ClassVar[str] = "followed"
