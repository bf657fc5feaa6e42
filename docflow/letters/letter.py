"""A letter as the receipt register describes it, and what its values may be.

Values are frozen, and whoever holds one relies on it. So what is given is judged where a value is made, and copies,
pickles and `attrs.evolve` make it in the same way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Final, TypeAlias, TypeVar
from unicodedata import category

from attrs import field, fields, frozen

from docflow.errors import LetterError
from docflow.instants import instant
from docflow.text import expect

__all__ = [
    "BLANKS",
    "KINDS",
    "NONE",
    "Attributes",
    "Letter",
    "Origin",
    "Retention",
    "Secrecy",
    "Urgency",
    "Value",
    "kind_of",
    "maybe_name",
    "member",
    "name",
    "plain",
]

E = TypeVar("E", bound=Enum)
Value: TypeAlias = "str | int | bool | date | datetime | Fraction | Decimal"
"""What a free attribute of a letter can be."""
KINDS: Final[tuple[type[Value], ...]] = (bool, int, str, datetime, date, Fraction, Decimal)
"""The kinds of a value, the narrower first: to Python True is a whole number too, and a moment is a day."""
BLANKS: Final = " \t\u00a0"
"""What is left out around the names of states and triggers, which stay otherwise as they are written."""


def plain(text: str) -> str:
    """Text as plain text: a member of a StrEnum is text to Python, and prints otherwise."""
    if type(text) is str:
        return text
    if not isinstance(text, str):
        raise TypeError(f"{text!r} is no text; write it as text")
    return str.__str__(text)


def name(text: str) -> str:
    """A name as names are compared: one space between its words and none around them.

    >>> name(" General  Administration ")
    'General Administration'

    Raises `LetterError` for one with characters that nobody sees: it would differ from the name that it looks like.
    """
    if type(text) is str and text.isprintable() and "  " not in text and text.strip() == text:
        return text  # as nearly every name is, and seen in half the time
    called = " ".join(plain(text).split()) if text else plain(text)
    if called.isprintable():
        return called
    unseen = next((each for each in called if category(each) in {"Cc", "Cf"}), None)
    if unseen is not None:
        raise LetterError(text, f"has a character that nobody sees, U+{ord(unseen):04X}; leave it out of a name")
    return called


def maybe_name(text: str | None) -> str | None:
    """A name, or None when there is none."""
    return None if text is None else name(text)


def member(kind: type[E], given: E | str) -> E:
    """A member of a list, which may be given as it is written, such as "open" for Secrecy.OPEN."""
    if type(given) is kind:
        return given
    try:
        return kind(given)
    except ValueError:
        known = ", ".join(repr(one.value) for one in kind)
        raise LetterError(given, f"is no {kind.__name__.lower()}; choose {known}") from None


def kind_of(value: object) -> type[Value] | None:
    """Of which kind a value is, True being no whole number and a moment no day; None for no value of a letter.

    >>> kind_of(True), kind_of(1.5)
    (<class 'bool'>, None)
    """
    return next((kind for kind in KINDS if isinstance(value, kind)), None)


def _value(called: str, value: Value) -> Value:
    """A value as it is kept: plain text, plain numbers, and moments that have a zone."""
    kind = kind_of(value)
    if kind is None or (isinstance(value, Decimal) and not value.is_finite()):
        kinds = ", ".join(sorted(one.__name__ for one in KINDS))
        raise LetterError(value, f"is no value of the attribute {called!r}; give one of {kinds}")
    if isinstance(value, datetime):
        instant(value)
    if isinstance(value, str):
        return plain(value)
    return int(value) if isinstance(value, int) and kind is int else value


def _pairs(given: Mapping[str, Value | None]) -> tuple[tuple[str, Value], ...]:
    expect(given, Mapping, "dict of attributes", 'such as {"channel": "e-mail"}')
    kept: dict[str, Value] = {}
    for said, value in given.items():
        called = name(said)
        if not called:
            raise LetterError(said, "is the name of no attribute; give each a name")
        if called in kept:
            raise LetterError(said, "is the name of two attributes; give each once")
        if value is not None:
            kept[called] = _value(called, value)
    return tuple(sorted(kept.items()))


@frozen(eq=False, repr=False)
class Attributes(Mapping[str, Value]):
    """The free attributes of a letter by their names, which never change; their order does not matter.

    >>> attributes = Attributes({"pages": 3, "channel": "e-mail", "floor": None})
    >>> attributes["pages"], attributes
    (3, {'channel': 'e-mail', 'pages': 3})

    A `Letter` makes it of the dict that it is given. An attribute that is None is left out. A value is text, a whole
    number, True or False, a day, a moment, a `Fraction` or a `Decimal`. Raises `LetterError` for what is none of these,
    and for a name that is empty, comes twice or has characters that nobody sees; `NaiveDatetimeError` for a moment; and
    `TypeError` for what is no dict.
    """

    pairs: tuple[tuple[str, Value], ...] = field(factory=dict, converter=_pairs)

    def __getitem__(self, called: str) -> Value:
        for own, value in self.pairs:
            if own == called:
                return value
        raise KeyError(called)

    def __iter__(self) -> Iterator[str]:
        return (called for called, _ in self.pairs)

    def __len__(self) -> int:
        return len(self.pairs)

    def __hash__(self) -> int:
        return hash(self.pairs)

    def __repr__(self) -> str:
        return repr(dict(self.pairs))


NONE: Final = Attributes()
"""No attributes, as most letters have none; one object, so that `is` tells it from others."""


def _attributes(given: Mapping[str, Value | None]) -> Attributes:
    return given if type(given) is Attributes else Attributes(given)


class Origin(Enum):
    """Where a letter comes from, seen from the city: from outside, or from one of its own agencies.

    >>> from docflow import Letter
    >>> Letter(number="12/2563", origin="internal").origin
    <Origin.INTERNAL: 'internal'>

    Source: the plan's words. The correspondence regulation B.E. 2526 means something else by "external letter".
    """

    EXTERNAL = "external"
    """From a government or private body outside, addressed to the Governor (plan, line 486)."""
    INTERNAL = "internal"
    """From one of the city's own agencies, going up for the Governor's signature (plan, indicator 1.6)."""


class Urgency(Enum):
    """The grades of urgency of a letter (correspondence regulation B.E. 2526).

    >>> [grade.value for grade in Urgency]
    ['ordinary', 'urgent', 'very urgent', 'most urgent']
    """

    ORDINARY = "ordinary"
    URGENT = "urgent"
    VERY_URGENT = "very urgent"
    MOST_URGENT = "most urgent"


class Secrecy(Enum):
    """The grades of secrecy of a letter (rule on official secrets B.E. 2544).

    >>> [grade.value for grade in Secrecy]
    ['open', 'confidential', 'secret', 'top secret']

    Letters of any grade but open have registers of their own (`docflow.registry.Book`).
    """

    OPEN = "open"
    CONFIDENTIAL = "confidential"
    SECRET = "secret"  # noqa: S105 - a grade, not a password
    TOP_SECRET = "top secret"  # noqa: S105 - the same


class Retention(Enum):
    """How long a letter is kept once work on it has ended (correspondence regulation B.E. 2526).

    >>> [term.value for term in Retention]
    ['ordinary', 'usual', 'permanent']

    `docflow.registry.disposal_date` counts the years.
    """

    ORDINARY = "ordinary"
    """An everyday matter: 1 year."""
    USUAL = "usual"
    """The rule, where nothing else is said: 10 years."""
    PERMANENT = "permanent"
    """Never disposed of; after 20 years it goes to the National Archives."""


def _origin(given: Origin | str) -> Origin:
    return member(Origin, given)


def _urgency(given: Urgency | str) -> Urgency:
    return member(Urgency, given)


def _secrecy(given: Secrecy | str) -> Secrecy:
    return member(Secrecy, given)


def _retention(given: Retention | str) -> Retention:
    return member(Retention, given)


@frozen(kw_only=True)
class Letter:
    """A letter as it stands in the receipt register (form 13 of the correspondence regulation).

    >>> letter = Letter(number="8395/2562", subject="Invitation to open the market", urgency="very urgent")
    >>> letter.urgency, letter.sender, letter.wanted_by
    (<Urgency.VERY_URGENT: 'very urgent'>, '', None)

    Only the number is required. What is not known is empty, or None for days and moments. Grades may be given as text.
    What happened to the letter, and when, is its `Case`; a letter never changes. Raises `LetterError` for a grade that
    the regulation does not have, for a number or unit with characters that nobody sees, for a date that is no day, and
    what `Attributes` raises; `NaiveDatetimeError` and `NotAMomentError`; and `TypeError` for what is no text.
    """

    number: str = field(converter=name)
    """What the office calls it: its first receipt number with the register year."""
    reference: str = field(default="", converter=plain)
    """The sender's own reference."""
    dated: date | None = None
    """The date the letter carries."""
    sender: str = field(default="", converter=plain)
    recipient: str = field(default="", converter=plain)
    subject: str = field(default="", converter=plain)
    unit: str = field(default="", converter=name)
    """The unit named responsible for it."""
    remark: str = field(default="", converter=plain)
    origin: Origin = field(default=Origin.EXTERNAL, converter=_origin)
    urgency: Urgency = field(default=Urgency.ORDINARY, converter=_urgency)
    wanted_by: datetime | None = None
    """The moment by which an urgent letter is wanted: "urgent, within <date time>"."""
    secrecy: Secrecy = field(default=Secrecy.OPEN, converter=_secrecy)
    retention: Retention = field(default=Retention.USUAL, converter=_retention)
    attributes: Attributes = field(default=NONE, converter=_attributes)
    """What else is known of it, such as {"channel": "e-mail"}; its workflow declares which there are."""

    def __attrs_post_init__(self) -> None:
        if self.wanted_by is not None:
            instant(self.wanted_by)
        if self.dated is not None and (not isinstance(self.dated, date) or isinstance(self.dated, datetime)):
            raise LetterError(self.dated, "is no day that a letter carries; give a date without a time")
        if self.attributes is not NONE:
            own = {one.name for one in fields(Letter)}
            twice = next((called for called in self.attributes if called in own), None)
            if twice is not None:
                raise LetterError(twice, f"is a field of every letter; give it as Letter({twice}=...)")
