"""Urgency as it is stamped on Thai letters: three grades, and "urgent, within <date time>", which is a deadline."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

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


def parse_urgency(text: str) -> tuple[Urgency, datetime | None]:
    """Read a grade of urgency, and the moment by which the letter is wanted when it names one.

    >>> parse_urgency("ด่วนที่สุด")
    (<Urgency.MOST_URGENT: 'most urgent'>, None)
    >>> print(parse_urgency("ด่วนภายใน 6 ม.ค. 2563 10.00 น.")[1])
    2020-01-06 10:00:00+07:00

    Raises `KeyError` for a grade that the regulation does not have, and `DateTextError` for a moment that is none.
    """
    if text.startswith(WITHIN):
        return Urgency.URGENT, parse_datetime(text.removeprefix(WITHIN))
    return URGENCIES[text], None


def format_urgency(letter: Letter) -> str:
    """Write a letter's urgency as it is stamped; `parse_urgency` reads it back.

    >>> from docflow import Letter
    >>> format_urgency(Letter(number="1/2563", urgency=Urgency.VERY_URGENT))
    'ด่วนมาก'
    """
    if letter.wanted_by is not None:
        return f"{WITHIN} {format_datetime(letter.wanted_by)}"
    return next(text for text, urgency in URGENCIES.items() if urgency is letter.urgency)
