"""How an office writes dates: its parsers of moments and days, its zone, and the year in which its numbers run."""

from __future__ import annotations

from datetime import time
from functools import partial
from typing import TYPE_CHECKING, Final

from attrs import Factory, field, frozen

from docflow.errors import DateTextError
from docflow.instants import from_wall, moment
from docflow.iso import parse_iso, parse_iso_date

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from docflow.instants import Zone

__all__ = ["MIDNIGHT", "Dates", "no_earlier"]

MIDNIGHT: Final = time()


def _calendar_year(day: date) -> int:
    return day.year


@frozen(kw_only=True)
class Dates:
    """How moments and days are written in a file; ISO 8601 in the office's zone, unless parsers of its own are given.

    >>> from zoneinfo import ZoneInfo
    >>> london = Dates(zone=ZoneInfo("Europe/London"))
    >>> print(london.moment("2026-07-01 09:00"), london.begin("2026-07-01"), sep=", ")
    2026-07-01 09:00:00+01:00, 2026-07-01 00:00:00+01:00

    Each parser takes a text and raises `DateTextError` for what it cannot read.
    """

    zone: Zone
    moment: Callable[[str], datetime] = field(
        default=Factory(lambda self: partial(parse_iso, zone=self.zone), takes_self=True)
    )
    day: Callable[[str], date] = parse_iso_date
    year: Callable[[date], int] = _calendar_year
    """The year of a day, as it is written behind running numbers."""

    def begin(self, text: str, *, of_a_day: time = MIDNIGHT) -> datetime:
        """Read a moment, or a day alone as one moment of it: its beginning, unless said otherwise.

        Raises `DateTextError`, with what is wrong with the day when no time stands beside it.
        """
        try:
            return self.moment(text)
        except DateTextError as no_moment:
            try:
                day = self.day(text)
            except DateTextError as no_day:
                raise (no_day if "no time of day" in no_moment.problem else no_moment) from None
        micros = (of_a_day.hour * 60 + of_a_day.minute) * 60_000_000
        return moment(from_wall(day.year, day.month, day.day, micros, self.zone), self.zone)


def no_earlier(at: datetime, than: datetime) -> datetime:
    """A day without a time, when it follows a moment of the same day: the moment itself instead of midnight.

    A visit of 4 November at 10.00, recorded on "4 November", was recorded at 10.00 or later, and not at midnight.
    """
    return max(at, than) if at.time() == MIDNIGHT and at.date() == than.date() else at
