"""How an office writes days and moments: its parsers, what goes wrong in them, and texts that are read once."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, tzinfo
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from attrs import Factory, define, evolve, field, frozen
from attrs.validators import is_callable

from docflow.errors import DateTextError, LetterError
from docflow.instants import from_wall, instant, local, moment
from docflow.iso import parse_iso, parse_iso_date

if TYPE_CHECKING:
    from collections.abc import Callable

    from docflow.instants import Zone

__all__ = ["MIDNIGHT", "Dates", "Parser"]

MIDNIGHT: Final = time()


@frozen
class Parser:
    """A parser of the office's own; whatever goes wrong in it is said as what is wrong with the text."""

    read: Callable[[str], Any] = field(validator=is_callable())

    def found(self, written: str) -> Any:  # noqa: ANN401 - whatever it gives
        """What it reads. Raises `DateTextError`, and `LetterError` where the parser does."""
        try:
            return self.read(written)
        except (DateTextError, LetterError):
            raise
        except Exception as error:  # noqa: BLE001 - a parser that stumbles over one text must not end the reading
            said = str(error) if isinstance(error, ValueError) else f"{type(error).__name__}: {error}"
            raise DateTextError(written, said or "the parser cannot read it") from None


class _Moments(Parser):
    def __call__(self, written: str) -> datetime:
        found = self.found(written)
        if not isinstance(found, datetime):
            raise DateTextError(written, f"the parser found {found!r}, which is no datetime")
        if found.utcoffset() is None:
            raise DateTextError(written, "the parser found no zone; let it give moments with one")
        there = local(instant(found), found.tzinfo or UTC)
        if (there.date(), there.time()) != (datetime.date(found), datetime.time(found)):
            raise DateTextError(written, f"does not exist in {found.tzinfo}, whose clocks jump over it; correct it")
        return found


class _Days(Parser):
    def __call__(self, written: str) -> date:
        found = self.found(written)
        if isinstance(found, datetime):
            raise DateTextError(written, "the parser found a moment, not a day; let it give moment.date()")
        if not isinstance(found, date):
            raise DateTextError(written, f"the parser found {found!r}, which is no date")
        return found


@define(eq=False)
class _Once:
    """A parser that reads each text once, as long as it lives."""

    read: Callable[[str], Any]
    known: dict[str, Any] = field(factory=dict)

    def __call__(self, written: str) -> Any:  # noqa: ANN401 - whatever it gives
        found = self.known.get(written)
        if found is None:
            found = self.known[written] = self.read(written)
        return found


def _moments(given: Callable[[str], datetime]) -> Callable[[str], datetime]:
    return given if isinstance(given, _Once) else _Moments(given)


def _days(given: Callable[[str], date]) -> Callable[[str], date]:
    return given if isinstance(given, _Once) else _Days(given)


def _zone(_: Dates, __: object, given: Any) -> None:  # noqa: ANN401 - whatever was given for a zone
    if not isinstance(given, tzinfo):
        way = f"ZoneInfo({given!r})" if isinstance(given, str) else 'ZoneInfo("Europe/Paris")'
        raise TypeError(f"Dates(zone={given!r}): this is no time zone; give {way}, or the zone of a clock, clock.tz")


def _calendar_year(day: date) -> int:
    return day.year


@frozen(kw_only=True)
class Dates:
    """How moments and days are written in a file; ISO 8601 in the office's zone, unless parsers of its own are given.

    >>> from zoneinfo import ZoneInfo
    >>> london = Dates(zone=ZoneInfo("Europe/London"))
    >>> print(london.moment("2026-07-01 09:00"), london.begin("2026-07-01"), sep=", ")
    2026-07-01 09:00:00+01:00, 2026-07-01 00:00:00+01:00

    An office that writes days in front gives a parser; what goes wrong in it is a fault of the row:

    >>> from datetime import datetime
    >>> paris = ZoneInfo("Europe/Paris")
    >>> french = Dates(zone=paris, moment=lambda text: datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=paris))
    >>> print(french.moment("31/07/2026 09:00"))
    2026-07-31 09:00:00+02:00

    Each parser takes a text, and raises an error for what it cannot read: `DateTextError` with the words that a reader
    is to see, or any other. Raises `TypeError` for a zone that is none, and for a parser that cannot be called.
    """

    zone: Zone = field(validator=_zone)
    """Such as `ZoneInfo("Europe/Paris")`, or a clock's own, `clock.tz`."""
    moment: Callable[[str], datetime] = field(
        default=Factory(lambda self: partial(parse_iso, zone=self.zone), takes_self=True),
        converter=_moments,
    )
    """The parser of moments."""
    day: Callable[[str], date] = field(default=parse_iso_date, converter=_days)
    """The parser of days."""
    year: Callable[[date], int] = field(default=_calendar_year, validator=is_callable())
    """The year of a day, as it is written behind running numbers."""

    def begin(self, text: str, *, of_a_day: time = MIDNIGHT) -> datetime:
        """Read a moment, or a day alone as one moment of it: its beginning, or the time `of_a_day` that is given.

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

    def for_one_reading(self, *, typed: bool = False) -> Dates:
        """The same dates, which remember each text that was read; to be thrown away when a file is read.

        The cells of a sheet are `typed`: a day or a moment of it stands there in ISO 8601, in the office's zone,
        however the office writes dates.
        """
        return evolve(
            self,
            moment=_Once(_moments(self._typed_moment) if typed else self.moment),
            day=_Once(self._typed_day if typed else self.day),
        )

    def _typed_moment(self, text: str) -> datetime:
        try:
            return parse_iso(text, self.zone)
        except DateTextError:
            return self.moment(text)

    def _typed_day(self, text: str) -> date:
        try:
            return parse_iso_date(text.removesuffix(" 00:00"))  # tables know moments better than days
        except DateTextError:
            return self.day(text)
