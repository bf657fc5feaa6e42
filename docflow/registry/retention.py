"""How long letters are kept: the classes of the correspondence regulation B.E. 2526, as dates."""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, date
from typing import TYPE_CHECKING, Final

from docflow.errors import OutsideCalendarError
from docflow.instants import day as given_day
from docflow.letters import Retention

if TYPE_CHECKING:
    from docflow.letters import Letter

__all__ = ["archive_date", "disposal_date"]

YEARS: Final = {Retention.ORDINARY: 1, Retention.USUAL: 10}
ARCHIVES: Final = 20


def disposal_date(letter: Letter, done: date) -> date | None:
    """The first day on which a letter may be disposed of, counted from the day on which work on it ended; or None.

    >>> from docflow import Letter
    >>> disposal_date(Letter(number="1/2563"), date(2020, 2, 29))
    datetime.date(2030, 3, 1)

    Letters are kept for 10 years, everyday matters for 1 year, and permanent ones for ever, which gives None
    (correspondence regulation B.E. 2526). The last year ends on the day before the same date, or where that date does
    not exist on the last day of the month (Civil and Commercial Code 193/5); the letter is kept through that day.
    """
    years = YEARS.get(letter.retention)
    return None if years is None else _after(done, years)


def archive_date(letter: Letter, done: date) -> date | None:
    """The day on which a permanent letter goes to the National Archives; None for a letter that is disposed of.

    >>> from docflow import Letter
    >>> archive_date(Letter(number="1/2563", retention=Retention.PERMANENT), date(2020, 1, 6))
    datetime.date(2040, 1, 6)
    """
    return _after(done, ARCHIVES) if letter.retention is Retention.PERMANENT else None


def _after(day: date, years: int) -> date:
    day = given_day(day)
    if day.year + years > MAXYEAR:
        raise OutsideCalendarError("time as Python keeps it", day.year + years, MINYEAR, MAXYEAR)
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February of a common year
        return date(day.year + years, 3, 1)
