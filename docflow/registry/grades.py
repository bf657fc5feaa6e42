"""How urgent a letter is, as offices write it, and how long it is kept once work on it has ended."""

from __future__ import annotations

import re
from datetime import MAXYEAR, MINYEAR, date
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from docflow.errors import DateTextError, OutsideCalendarError
from docflow.instants import day as given_day
from docflow.letters import Letter, Retention, Urgency
from docflow.text import expect
from docflow.thai import format_datetime, parse_datetime

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

__all__ = ["archive_date", "disposal_date", "format_urgency", "parse_urgency"]

URGENCIES: Final[Mapping[str, Urgency]] = MappingProxyType(
    {
        "": Urgency.ORDINARY,
        "ด่วน": Urgency.URGENT,
        "ด่วนมาก": Urgency.VERY_URGENT,
        "ด่วนที่สุด": Urgency.MOST_URGENT,
    }
)
"""The grades of urgency as they are written (correspondence regulation B.E. 2526)."""
WITHIN: Final = "ด่วนภายใน"
_WITHIN: Final = re.compile(r"ด่วน ?ภายใน ?(.+)")


def parse_urgency(text: str) -> tuple[Urgency, datetime | None]:
    """Read a grade of urgency and the moment by which the letter is wanted; None when no moment is written.

    >>> parse_urgency("ด่วนที่สุด")
    (<Urgency.MOST_URGENT: 'most urgent'>, None)
    >>> print(parse_urgency("ด่วนภายใน 6 ม.ค. 2563 10.00 น.")[1])
    2020-01-06 10:00:00+07:00

    With a moment the grade is urgent, without any text it is ordinary. Raises `DateTextError` for text that is no grade
    of the regulation, and for a moment that cannot be read. Source: correspondence regulation B.E. 2526.
    """
    if not isinstance(text, str):
        raise DateTextError(repr(text), "is no text; leave out what has none, and give a grade as it is written")
    plain = " ".join(text.split())
    if match := _WITHIN.fullmatch(plain):
        return Urgency.URGENT, parse_datetime(match[1])
    if plain not in URGENCIES:
        known = ", ".join(filter(None, URGENCIES))
        raise DateTextError(text, f"is no grade of urgency; write {known}, or leave it empty")
    return URGENCIES[plain], None


def format_urgency(letter: Letter) -> str:
    """Write the urgency of a letter as it is stamped: its grade, or the minute by which it is wanted.

    >>> from docflow import Letter
    >>> format_urgency(Letter(number="1/2563", urgency="very urgent"))
    'ด่วนมาก'

    `parse_urgency` reads it back. An ordinary letter has no stamp, which gives empty text. Raises `TypeError` for what
    is no letter, and `OutsideCalendarError` for a moment beyond the year 9999 in Thailand.
    """
    _see(letter)
    if letter.wanted_by is not None:
        return f"{WITHIN} {format_datetime(letter.wanted_by)}"
    return next(text for text, urgency in URGENCIES.items() if urgency is letter.urgency)


YEARS: Final = {Retention.ORDINARY: 1, Retention.USUAL: 10}
"""For how many years a letter is kept."""
ARCHIVES: Final = 20
"""After how many years a permanent letter goes to the National Archives."""


def disposal_date(letter: Letter, done: date) -> date | None:
    """The first day on which a letter may be disposed of, counted from the day `done` on which work on it ended.

    >>> from datetime import date
    >>> from docflow import Letter
    >>> disposal_date(Letter(number="1/2563"), date(2020, 2, 29))
    datetime.date(2030, 3, 1)

    Letters are kept for 10 years, everyday matters for 1 year, and permanent ones for ever, which gives None
    (correspondence regulation B.E. 2526). The last year ends on the day before the same date, or where that date does
    not exist on the last day of the month (Civil and Commercial Code 193/5); the letter is kept through that day.
    Raises `TypeError` for what is no letter, `NotAMomentError` for what is no day, and `OutsideCalendarError` beyond
    the year 9999.
    """
    _see(letter)
    years = YEARS.get(letter.retention)
    return None if years is None else _after(done, years)


def archive_date(letter: Letter, done: date) -> date | None:
    """The day on which a permanent letter goes to the National Archives; None for a letter that is disposed of.

    >>> from datetime import date
    >>> from docflow import Letter
    >>> archive_date(Letter(number="1/2563", retention="permanent"), date(2020, 1, 6))
    datetime.date(2040, 1, 6)

    That is 20 years after the day `done` on which work on it ended (correspondence regulation B.E. 2526). Raises as
    `disposal_date` does.
    """
    _see(letter)
    return _after(done, ARCHIVES) if letter.retention is Retention.PERMANENT else None


def _see(letter: Letter) -> None:
    expect(letter, Letter, "letter", 'it first, such as Letter(number="1/2563")')


def _after(day: date, years: int) -> date:
    day = given_day(day)
    if day.year + years > MAXYEAR:
        raise OutsideCalendarError("time as Python keeps it", day.year + years, MINYEAR, MAXYEAR)
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February of a common year
        return date(day.year + years, 3, 1)
