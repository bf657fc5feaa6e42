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
    """The first day on which a letter may be disposed of, counted from the day it was done with; None for never.

    >>> from docflow import Letter
    >>> disposal_date(Letter(number="1/2563"), date(2020, 2, 29))
    datetime.date(2030, 3, 1)

    10 years when nothing else is said, 1 year for matters of every day (correspondence regulation B.E. 2526). Years end
    with the day before the one of the same date, or where there is none with the last of its month (Civil and
    Commercial Code 193/5); the letter is kept through that day.
    """
    years = YEARS.get(letter.retention)
    return None if years is None else _after(done, years)


def archive_date(letter: Letter, done: date) -> date | None:
    """The day on which a letter that is still kept goes to the National Archives; None when it is disposed of before.

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
