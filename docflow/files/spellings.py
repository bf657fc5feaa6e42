"""Spellings of dates as data: patterns such as "%d/%m/%Y %H:%M", in the common or the Buddhist era."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from attrs import field, frozen

from docflow.errors import DateTextError
from docflow.files.dates import Dates
from docflow.instants import from_wall, local
from docflow.iso import BUDDHIST, FIRST_YEAR, LAST_YEAR, one_script, parse_iso, parse_iso_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docflow.instants import Zone

__all__ = ["ERAS", "ISO", "Spelling", "spelled"]

ISO: Final = "iso"
ERAS: Final = {"common": 0, "buddhist": BUDDHIST - FIRST_YEAR}
"""By how many years each era is ahead of the common one."""
_PARTS: Final = {
    "d": "(?P<day>[0-9]{1,2})",
    "m": "(?P<month>[0-9]{1,2})",
    "Y": "(?P<year>[0-9]{4})",
    "H": "(?P<hour>[0-9]{1,2})",
    "M": "(?P<minute>[0-9]{2})",
    "S": "(?P<second>[0-9]{2})",
}
_DAY: Final = frozenset("dmY")
_DIRECTIVE: Final = re.compile("%(.?)")
SAMPLE: Final = datetime(2026, 12, 31, 9, 5)  # noqa: DTZ001 - it is shown, and no moment


def _parts(pattern: str) -> str:
    """The directives of a pattern, in their order. Raises `ValueError` for one that is none."""
    found = "".join(_DIRECTIVE.findall(pattern)).replace("%", "")
    known = ", ".join(f"%{each}" for each in _PARTS)
    for each in _DIRECTIVE.findall(pattern):
        if each not in _PARTS and each != "%":
            raise ValueError(f"{pattern!r} has %{each}, which is not read here; use {known}")
    if len(set(found)) < len(found) or not set(found) >= _DAY:
        raise ValueError(f"{pattern!r} names no whole day, or a part of it twice; use each of %d, %m and %Y once")
    if set(found) - _DAY and not {"H", "M"} <= set(found):
        raise ValueError(f"{pattern!r} names no whole time; use %H and %M, or neither")
    return found


@frozen
class Spelling:
    """One way to write a day, or a day with its time: `%d %m %Y %H %M %S` stand for numbers, all else for itself.

    >>> Spelling("%d/%m/%Y %H:%M").timed, Spelling("%d.%m.%Y").example(543)
    (True, '31.12.2569')

    Days, months and hours may have one digit or two, unless a number or a digit stands right beside them, where only
    two say which is which. Digits may be of any one script, and several spaces are one. Names of months are not read:
    they differ by language, and where. Raises `ValueError` for a pattern that names no whole day.
    """

    pattern: str
    parts: str = field(init=False)
    _regex: re.Pattern[str] = field(init=False, eq=False, repr=False)

    @parts.default
    def _named(self) -> str:
        return _parts(self.pattern)

    @_regex.default
    def _compiled(self) -> re.Pattern[str]:
        pieces = _DIRECTIVE.split(" ".join(self.pattern.split()))
        regex = [re.escape(piece) for piece in pieces]
        for n in range(1, len(pieces), 2):
            before, after = pieces[n - 1], pieces[n + 1]
            beside = (not before and n > 1) or (not after and n + 2 < len(pieces))
            regex[n] = _PARTS.get(pieces[n], regex[n])
            if beside or before[-1:].isdecimal() or after[:1].isdecimal():
                regex[n] = regex[n].replace("{1,2}", "{2}")
        return re.compile("".join(regex))

    @property
    def timed(self) -> bool:
        """Whether it has a time of day."""
        return "H" in self.parts

    def example(self, ahead: int) -> str:
        """A day as it is written so, in an era that is so many years ahead."""
        return SAMPLE.strftime(self.pattern.replace("%Y", str(SAMPLE.year + ahead)))

    def numbers(self, text: str) -> dict[str, int] | None:
        """The numbers in a text that is written so; None for one that is not."""
        match = self._regex.fullmatch(" ".join(one_script(text).split()))
        return None if match is None else {part: int(number) for part, number in match.groupdict().items()}


def spelled(zone: Zone, moments: Sequence[str] = (ISO,), days: Sequence[str] = (ISO,), *, era: str = "common") -> Dates:
    """Dates that are written in any of some patterns, or in ISO 8601 ("iso"), which counts the common era.

    >>> from datetime import date
    >>> from zoneinfo import ZoneInfo
    >>> dates = spelled(ZoneInfo("Asia/Bangkok"), ["%d/%m/%Y %H:%M"], ["%d/%m/%Y"], era="buddhist")
    >>> print(dates.moment("1/10/2562 09:12"), dates.day("๑/๑๐/๒๕๖๒"), dates.year(date(2019, 10, 1)), sep=", ")
    2019-10-01 09:12:00+07:00, 2019-10-01, 2562
    >>> dates.moment("10/2562")
    Traceback (most recent call last):
        ...
    docflow.errors.DateTextError: '10/2562': is no date and time; write it like 31/12/2569 09:05

    The year of a running number is of the same era. Raises `ValueError` for a pattern that is none, or that has a time
    where a day is meant, or none where a moment is, and for an era other than "common" and "buddhist".
    """
    if era not in ERAS:
        raise ValueError(f"{era!r} is no era in which years are counted here; choose {' or '.join(ERAS)}")
    office = _Office(zone, ERAS[era], moments, days)
    return Dates(zone=zone, moment=office.moment, day=office.day, year=office.year)


def _spellings(given: Sequence[str]) -> tuple[Spelling, ...]:
    return tuple(Spelling(one) for one in given if one != ISO)


@frozen
class _Office:
    """How an office writes; what is not written so may be in ISO 8601."""

    zone: Zone
    ahead: int
    moments: Sequence[str]
    days: Sequence[str]
    timed: Sequence[Spelling] = field(init=False)
    untimed: Sequence[Spelling] = field(init=False)

    @timed.default
    def _timed(self) -> Sequence[Spelling]:
        found = _spellings(self.moments)
        for one in found:
            if not one.timed:
                raise ValueError(
                    f"{one.pattern!r} has no time of day, as a moment has; add %H and %M, or call it a day"
                )
        return found

    @untimed.default
    def _untimed(self) -> Sequence[Spelling]:
        found = _spellings(self.days)
        for one in found:
            if one.timed:
                raise ValueError(f"{one.pattern!r} has a time of day, as no day has; leave it out, or call it a moment")
        return found

    def moment(self, text: str) -> datetime:
        """The moment in a text."""
        at = _found(text, self.timed, self.ahead)
        if at is not None:
            micros = ((at.hour * 60 + at.minute) * 60 + at.second) * 1_000_000
            found = local(from_wall(at.year, at.month, at.day, micros, self.zone), self.zone)
            if found.replace(tzinfo=None) != at:
                raise DateTextError(text, f"does not exist in {self.zone}, whose clocks jump over it; correct it")
            return found
        if ISO in self.moments:
            return parse_iso(text, self.zone)
        lacks = "has no time of day" if _found(text, self.untimed, self.ahead) else "is no date and time"
        raise DateTextError(text, f"{lacks}; write it like {self.timed[0].example(self.ahead)}")

    def day(self, text: str) -> date:
        """The day in a text."""
        at = _found(text, self.untimed, self.ahead)
        if at is not None:
            return at.date()
        if ISO in self.days:
            return parse_iso_date(text)
        raise DateTextError(text, f"is no date; write it like {self.untimed[0].example(self.ahead)}")

    def year(self, day: date) -> int:
        """The year of a day, as running numbers have it."""
        return day.year + self.ahead


def _found(text: str, spellings: Sequence[Spelling], ahead: int) -> datetime | None:
    """The day and time by the first spelling that fits, without a zone."""
    numbers: dict[str, Any] | None = next(filter(None, (one.numbers(text) for one in spellings)), None)
    if numbers is None:
        return None
    year = numbers["year"] - ahead
    if not FIRST_YEAR <= year <= LAST_YEAR:
        first, last = FIRST_YEAR + ahead, LAST_YEAR + ahead
        raise DateTextError(
            text, f"its year {numbers['year']} is before {first} or after {last}; correct it, or its era"
        )
    try:
        return datetime(**{**numbers, "year": year})  # noqa: DTZ001 - the zone comes after it
    except ValueError:
        raise DateTextError(text, "has a day or a time that does not exist; correct it") from None
