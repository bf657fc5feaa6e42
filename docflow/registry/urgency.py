"""Urgency as it is stamped on Thai letters: three grades, or "urgent, by <date time>"."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from docflow.errors import DateTextError
from docflow.letters import Urgency
from docflow.thai import format_datetime, parse_datetime

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from docflow.letters import Letter

__all__ = ["URGENCIES", "format_urgency", "parse_urgency"]

URGENCIES: Final[Mapping[str, Urgency]] = MappingProxyType(
    {
        "": Urgency.ORDINARY,
        "ด่วน": Urgency.URGENT,
        "ด่วนมาก": Urgency.VERY_URGENT,
        "ด่วนที่สุด": Urgency.MOST_URGENT,
    }
)
"""The grades of the correspondence regulation B.E. 2526 as they are written."""
WITHIN: Final = "ด่วนภายใน"
_WITHIN: Final = re.compile(r"ด่วน ?ภายใน ?(.+)")


def parse_urgency(text: str) -> tuple[Urgency, datetime | None]:
    """Read a grade of urgency, and the moment by which the letter is wanted, if any: with one, the letter is urgent.

    >>> parse_urgency("ด่วนที่สุด")
    (<Urgency.MOST_URGENT: 'most urgent'>, None)
    >>> print(parse_urgency("ด่วนภายใน 6 ม.ค. 2563 10.00 น.")[1])
    2020-01-06 10:00:00+07:00

    Raises `DateTextError` for text that is no grade of the regulation, and for a moment that cannot be read.
    """
    plain = " ".join(text.split())
    if match := _WITHIN.fullmatch(plain):
        return Urgency.URGENT, parse_datetime(match[1])
    if plain not in URGENCIES:
        known = ", ".join(filter(None, URGENCIES))
        raise DateTextError(text, f"is no grade of urgency; write {known}, or leave it empty")
    return URGENCIES[plain], None


def format_urgency(letter: Letter) -> str:
    """Write the urgency of a letter as it is stamped: its grade, or to the minute when it is wanted.

    >>> from docflow import Letter
    >>> format_urgency(Letter(number="1/2563", urgency=Urgency.VERY_URGENT))
    'ด่วนมาก'
    """
    if letter.wanted_by is not None:
        return f"{WITHIN} {format_datetime(letter.wanted_by)}"
    return next(text for text, urgency in URGENCIES.items() if urgency is letter.urgency)
