"""What the paper is: a letter as the receipt register describes it."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum

from attrs import field, frozen

from docflow.errors import LetterError
from docflow.instants import instant
from docflow.letters.values import member, name, plain

__all__ = ["Letter", "Origin", "Retention", "Secrecy", "Urgency"]


class Origin(Enum):
    """Where a letter comes from, seen from the city: the plan's "external" is not the correspondence regulation's."""

    EXTERNAL = "external"
    """From a government or private body outside, addressed to the Governor (plan, line 486)."""
    INTERNAL = "internal"
    """From one of the city's own agencies, going up for the Governor's signature (plan, indicator 1.6)."""


class Urgency(Enum):
    """How soon a letter wants to be handled (correspondence regulation B.E. 2526)."""

    ORDINARY = "ordinary"
    URGENT = "urgent"
    VERY_URGENT = "very urgent"
    MOST_URGENT = "most urgent"


class Secrecy(Enum):
    """Who may read a letter (rule on official secrets B.E. 2544); secret letters have registers of their own."""

    OPEN = "open"
    CONFIDENTIAL = "confidential"
    SECRET = "secret"  # noqa: S105 - a grade, not a password
    TOP_SECRET = "top secret"  # noqa: S105 - the same


class Retention(Enum):
    """How long a letter is kept once it is done with (correspondence regulation B.E. 2526)."""

    ORDINARY = "ordinary"
    """A matter of every day: 1 year."""
    USUAL = "usual"
    """What nothing else is said of: 10 years."""
    PERMANENT = "permanent"
    """Never disposed of; at 20 years it goes to the National Archives."""


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

    >>> Letter(number="8395/2562", subject="Invitation to open the market").number
    '8395/2562'

    Only the number is required. What is not known is empty, or None for moments. Grades may be given as they are
    written, such as `secrecy="secret"`. What happened to the letter, and when, is its `Case`; a letter never changes.
    Raises `LetterError` for a grade that the regulation does not have, for a number or unit with characters that nobody
    sees and for a date that is none, `NaiveDatetimeError`, and `TypeError` for what is no text.
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
    """The moment that an urgent letter names: "urgent, within <date time>"."""
    secrecy: Secrecy = field(default=Secrecy.OPEN, converter=_secrecy)
    retention: Retention = field(default=Retention.USUAL, converter=_retention)

    def __attrs_post_init__(self) -> None:
        if self.wanted_by is not None:
            instant(self.wanted_by)
        if self.dated is not None and (not isinstance(self.dated, date) or isinstance(self.dated, datetime)):
            raise LetterError(self.dated, "is no day that a letter carries; give a date without a time")
