"""How an office writes dates: its parsers of moments and days, its zone, and the year in which its numbers run."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from attrs import Factory, field, frozen
from attrs.validators import is_callable

from docflow.errors import DateTextError
from docflow.instants import from_wall, moment
from docflow.iso import parse_iso, parse_iso_date

if TYPE_CHECKING:
    from collections.abc import Callable

    from docflow.instants import Zone

__all__ = ["MIDNIGHT", "Dates", "no_earlier"]

MIDNIGHT: Final = time()


def _calendar_year(day: date) -> int:
    return day.year


@frozen
class _Parser:
    """A parser of the office's own; what Python's parsers raise is said as what is wrong with the text."""

    read: Callable[[str], Any] = field(validator=is_callable())
    kind: type[date]

    def __call__(self, written: str) -> Any:  # noqa: ANN401 - a datetime or a date, as the field says
        try:
            found = self.read(written)
        except DateTextError:
            raise
        except ValueError as error:
            raise DateTextError(written, str(error)) from None
        if not isinstance(found, self.kind):
            raise DateTextError(written, f"the parser found {found!r}, which is no {self.kind.__name__}")
        if isinstance(found, datetime) and found.tzinfo is None:
            raise DateTextError(written, "the parser found no zone; let it give moments with one")
        return found


def _moments(parser: Callable[[str], datetime]) -> Callable[[str], datetime]:
    return _Parser(parser, datetime)


def _days(parser: Callable[[str], date]) -> Callable[[str], date]:
    return _Parser(parser, date)


@frozen(kw_only=True)
class Dates:
    """How moments and days are written in a file; ISO 8601 in the office's zone, unless parsers of its own are given.

    >>> from zoneinfo import ZoneInfo
    >>> london = Dates(zone=ZoneInfo("Europe/London"))
    >>> print(london.moment("2026-07-01 09:00"), london.begin("2026-07-01"), sep=", ")
    2026-07-01 09:00:00+01:00, 2026-07-01 00:00:00+01:00

    An office that writes days in front gives a parser; what it raises is a fault of the row, and ends no reading:

    >>> from datetime import datetime
    >>> paris = ZoneInfo("Europe/Paris")
    >>> french = Dates(zone=paris, moment=lambda text: datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=paris))
    >>> print(french.moment("31/07/2026 09:00"))
    2026-07-31 09:00:00+02:00

    Each parser takes a text, and raises `DateTextError` or any `ValueError` for what it cannot read.
    """

    zone: Zone
    moment: Callable[[str], datetime] = field(
        default=Factory(lambda self: partial(parse_iso, zone=self.zone), takes_self=True),
        converter=_moments,
    )
    day: Callable[[str], date] = field(default=parse_iso_date, converter=_days)
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
