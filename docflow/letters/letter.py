"""What the paper is: a letter as the receipt register describes it."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from datetime import date, datetime

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


@frozen(kw_only=True)
class Letter:
    """A letter as it stands in the receipt register (form 13 of the correspondence regulation).

    >>> Letter(number="8395/2562", subject="Invitation to open the market").number
    '8395/2562'

    Only the number is required. What is not known is empty, or None for moments. What happened to the letter, and
    when, is its `Case`; a letter never changes.
    """

    number: str
    """What the office calls it: its first receipt number with the register year."""
    reference: str = ""
    """The sender's own reference."""
    dated: date | None = None
    """The date the letter carries."""
    sender: str = ""
    recipient: str = ""
    subject: str = ""
    unit: str = ""
    """The unit named responsible for it."""
    remark: str = ""
    origin: Origin = Origin.EXTERNAL
    urgency: Urgency = Urgency.ORDINARY
    wanted_by: datetime | None = None
    """The moment that an urgent letter names: "urgent, within <date time>"."""
    secrecy: Secrecy = Secrecy.OPEN
    retention: Retention = Retention.USUAL
