"""Notes: what is written below a line of a register later. Each has a moment and a writer, and none is taken away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import TYPE_CHECKING, Any, ClassVar, Final, TypeAlias

from attrs import asdict, evolve, field, fields_dict, frozen

from docflow.instants import zoned
from docflow.letters import Letter
from docflow.letters.amendments import reason
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
    """What was noted below a line of a register, by whom, why and when; each kind of note is a class of its own.

    >>> from datetime import datetime
    >>> from docflow import Letter, Registry
    >>> nine, ten = (datetime.fromisoformat(f"2020-01-02T{hour}:00+07:00") for hour in ("09", "10"))
    >>> registry, first = Registry().receive(Letter(number="", subject="A maket"), unit="GA", at=nine)
    >>> registry = registry.correct(first.number, subject="A market", by="Somchai", why="a slip", at=ten)
    >>> [(note.done, note.by, note.why) for note in registry[first.number].notes]
    [('corrected', 'Somchai', 'a slip')]

    Raises `NaiveDatetimeError` and `NotAMomentError`, `LetterError` for a name with characters that nobody sees, and
    `TypeError` for what is no text.
    """

    by: str | None = field(default=None, converter=maybe_name)
    why: str = field(default="", converter=reason)
    at: datetime

    done: ClassVar[str] = "noted"
    """What was done, as refusals say it."""
    needs: ClassVar[tuple[str, ...]] = ("by",)
    """Which of `by` and `why` may not be empty."""

    def __attrs_post_init__(self) -> None:
        zoned(self.at)

    @property
    def links(self) -> tuple[RegisterNumber, ...]:
        """Every number that it names, each once."""
        return ()


def wanting(
    number: RegisterNumber, done: str, needs: tuple[str, ...], *, by: str | None, why: str
) -> tuple[str, str] | None:
    """The kind and the words of a refusal when a reason or a name is needed and lacking; else None."""
    if "why" in needs and not reason(why).strip():
        return "no reason given", f"a reason is wanted for {number} to be {done}; give it in why="
    if "by" in needs and not maybe_name(by):
        return "no name given", f"a name is wanted for {number} to be {done}; give it in by="
    return None


@frozen(kw_only=True)
class Void(Note):
    """The note that a number is void: it keeps its place and is never used again (`Registry.void`).

    >>> from datetime import datetime
    >>> from docflow import Letter, Registry
    >>> nine, ten = (datetime.fromisoformat(f"2020-01-02T{hour}:00+07:00") for hour in ("09", "10"))
    >>> registry, first = Registry().receive(Letter(number="", subject="A market"), unit="GA", at=nine)
    >>> registry.void(first.number, why="written twice", at=ten)[first.number].line.void.why
    'written twice'

    It needs a reason and no name, for in paper registers many have none.
    """

    done: ClassVar[str] = "declared void"
    needs: ClassVar[tuple[str, ...]] = ("why",)


@frozen(kw_only=True)
class Restored(Note):
    """The note that a void number is valid again (`Registry.restore`).

    >>> from datetime import datetime
    >>> from docflow import Letter, Registry
    >>> nine, ten = (datetime.fromisoformat(f"2020-01-02T{hour}:00+07:00") for hour in ("09", "10"))
    >>> registry, first = Registry().receive(Letter(number="", subject="A market"), unit="GA", at=nine)
    >>> registry = registry.void(first.number, why="written twice", at=ten)
    >>> registry = registry.restore(first.number, by="Somying", why="it was not written twice", at=ten)
    >>> [note.done for note in registry[first.number].notes], registry[first.number].line.void
    (['declared void', 'restored'], None)
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
    """The note that says what is right where a line was wrong (`Registry.correct`).

    >>> from datetime import datetime
    >>> nine = datetime.fromisoformat("2020-01-02T09:00+07:00")
    >>> Corrected(by="Somchai", why="a slip", at=nine, values={"subject": "A market"}).values
    (('subject', 'A market'),)

    What the line said before stays readable (`Registration.changes`). Raises `TypeError` for what cannot be corrected,
    and what a `Letter` raises.
    """

    values: tuple[tuple[str, Any], ...] = field(converter=_values)
    """What is right, by the names under which `Registry.correct` takes it."""

    done: ClassVar[str] = "corrected"
    needs: ClassVar[tuple[str, ...]] = ("why", "by")

    @property
    def of_letter(self) -> dict[str, Any]:
        """What is right of the letter, by the fields of a `Letter`."""
        return {_OF_LETTER[which]: value for which, value in self.values if which in _OF_LETTER}

    @property
    def of_line(self) -> dict[str, Any]:
        """What is right of this line alone, by the fields of a `Line`."""
        return {which: value for which, value in self.values if which in OF_LINE}

    def for_other_lines(self) -> Corrected | None:
        """The same for the other lines of the letter, without what is said of one line; None when nothing is left."""
        shared = [(which, value) for which, value in self.values if which in _OF_LETTER]
        return evolve(self, values=shared) if shared else None


@frozen(kw_only=True)
class Linked(Note):
    """The note that a letter replies to others, or is related to them, as was found later (`Registry.link`).

    >>> from datetime import datetime
    >>> from docflow.registry import Book, RegisterNumber
    >>> number = RegisterNumber(Book("General Administration"), 2563, 12)
    >>> nine = datetime.fromisoformat("2020-01-02T09:00+07:00")
    >>> print(*Linked(by="Somchai", at=nine, related=number).links)
    12/2563

    Raises `TypeError` for what is no register number.
    """

    replies_to: tuple[RegisterNumber, ...] = field(default=(), converter=numbers)
    related: tuple[RegisterNumber, ...] = field(default=(), converter=numbers)

    done: ClassVar[str] = "linked"

    @property
    def links(self) -> tuple[RegisterNumber, ...]:
        """Every number that it names, each once."""
        return numbers((*self.replies_to, *self.related))


@frozen(kw_only=True)
class Filled(Note):
    """The note of the letter for which a number had been reserved, and of what is said of it (`Registry.fill`).

    >>> from datetime import datetime
    >>> from docflow import Letter
    >>> nine = datetime.fromisoformat("2020-01-02T09:00+07:00")
    >>> Filled(by="Somchai", at=nine, letter=Letter(number="12/2563", subject="A market")).letter.subject
    'A market'

    Raises `TypeError` for what is no letter, no register number, or one recipient where several are wanted.
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
        return numbers((*self.replies_to, *self.related))

    @property
    def said(self) -> dict[str, Any]:
        """What it says of the line, by the fields of a `Line`."""
        return asdict(self, recurse=False, filter=lambda one, _: one.name not in fields_dict(Note))


@frozen(kw_only=True)
class Tracked(Note):
    """The note of how far a letter has come on its way to a recipient, and since when (`Registry.note_status`).

    >>> from datetime import datetime
    >>> nine = datetime.fromisoformat("2020-01-02T09:00+07:00")
    >>> Tracked(by="Somchai", at=nine, recipient="Department of Health", status="delivered").status
    <Delivery.DELIVERED: 'delivered'>

    Raises `LetterError` for what is no `Delivery`.
    """

    recipient: str = field(converter=name)
    status: Delivery = field(converter=_delivery)

    done: ClassVar[str] = "followed"
