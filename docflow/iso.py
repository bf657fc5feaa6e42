"""Moments and days as computers write them, ISO 8601 in the common era: read, or refused with what is wrong."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from docflow.errors import DateTextError

if TYPE_CHECKING:
    from docflow.instants import Zone

__all__ = [
    "ISO_DATE",
    "ISO_DATETIME",
    "day_of",
    "latin_digits",
    "moment_of",
    "one_script",
    "parse_iso",
    "parse_iso_date",
    "single_spaced",
]

FIRST_YEAR, LAST_YEAR = 1941, 2456  # B.E. 2484 and 2999; a year before or after is likely a slip of the hand
BUDDHIST: Final = 2484
"""From this year on the Buddhist era is meant: 2484 is 1941."""
ISO_DATE: Final = re.compile(r"(?P<year>[0-9]{4})-[0-9]{2}-[0-9]{2}")
ISO_DATETIME: Final = re.compile(
    r"(?P<local>(?P<year>[0-9]{4})-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?)"
    r"(?P<finer>(?<=\.[0-9]{6})[0-9]+)?"
    r" ?(?P<offset>Z|UTC|[+-][0-9]{2}(?::?[0-5][0-9])?)?"
)
_OTHER_DIGIT: Final = re.compile(r"[^\D0-9]")
_DIGIT: Final = re.compile(r"\d")
_SPACES: Final = re.compile("[ \t\u00a0]+")


def parse_iso(text: str, zone: Zone | None = None) -> datetime:
    """Read a moment in ISO 8601, in the offset that it names, or in the zone that is given.

    >>> print(parse_iso("2021-09-03 12:51:09.453003+00"))
    2021-09-03 12:51:09.453003+00:00
    >>> from zoneinfo import ZoneInfo
    >>> print(parse_iso("2026-07-01T09:00", ZoneInfo("Europe/London")))
    2026-07-01 09:00:00+01:00

    Offsets are `Z`, ` UTC`, `+07:00`, `+0700` or `+07`, with or without a space before them; only with a zone may there
    be none. Digits of a second after the sixth must be 0: a moment is kept to the microsecond. Raises `DateTextError`
    for any other text, for a year before 1941 or after 2456, and for a local time that the zone's clocks jump over.
    """
    plain = _plain(text)
    match = ISO_DATETIME.fullmatch(plain)
    if match is not None:
        return moment_of(text, match, zone)
    if zone is None:
        raise DateTextError(text, "is not a time with an offset; write it like 2011-10-11 13:45:40+02:00")
    if ISO_DATE.fullmatch(plain):
        raise DateTextError(text, "has no time of day; write it like 2011-10-11 13:45")
    raise DateTextError(text, "is not a date and time; write it like 2011-10-11 13:45")


def parse_iso_date(text: str) -> date:
    """Read a day in ISO 8601. Raises `DateTextError`.

    >>> parse_iso_date("2026-07-01")
    datetime.date(2026, 7, 1)
    """
    match = ISO_DATE.fullmatch(_plain(text))
    if match is None:
        raise DateTextError(text, "is not a date; write it like 2011-10-11")
    return day_of(text, match)


def latin_digits(text: str) -> str:
    """A text with the digits of any script as 0 to 9.

    >>> latin_digits("๘๓๙๕/๒๕๖๒")
    '8395/2562'
    """
    return text if text.isascii() else _OTHER_DIGIT.sub(lambda digit: str(int(digit[0])), text)


def one_script(text: str) -> str:
    """A text with the digits of its script as 0 to 9. Raises `DateTextError` for a text with digits of two scripts.

    >>> one_script("๑/๑๐/๒๕๖๒")
    '1/10/2562'
    """
    if text.isascii():
        return text
    if len({ord(digit) - int(digit) for digit in _DIGIT.findall(text)}) > 1:  # where the zeros of the scripts lie
        raise DateTextError(text, "mixes digits of two scripts; write it in one of them")
    return latin_digits(text)


def single_spaced(text: str) -> str:
    """A text without the zero-width, no-break and double spaces that word processors leave.

    >>> single_spaced(" 1\u00a0ต.ค.  2562")
    '1 ต.ค. 2562'
    """
    return _SPACES.sub(" ", text.replace("\u200b", "")).strip(" ")


def moment_of(text: str, match: re.Match[str], zone: Zone | None = None) -> datetime:
    """The moment that `ISO_DATETIME` found in a text. Raises `DateTextError`."""
    offset = match["offset"]
    if offset is None and zone is None:
        raise DateTextError(text, "is an ISO time without an offset; append that of its place, such as +07:00 or Z")
    if match["finer"] and match["finer"].strip("0"):
        raise DateTextError(text, "is finer than a microsecond; leave the digits after the sixth of its second out")
    if offset is not None:
        at = _read(text, match["local"] + offset.replace("UTC", "Z"), match)
        return at if zone is None else at.astimezone(zone)
    at = _read(text, match["local"], match).replace(tzinfo=zone)
    if at.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != at.replace(tzinfo=None):
        raise DateTextError(text, f"does not exist in {zone}, whose clocks jump over it; correct it")
    return at


def day_of(text: str, match: re.Match[str]) -> date:
    """The day that `ISO_DATE` found in a text. Raises `DateTextError`."""
    return _read(text, match[0], match).date()


def _plain(text: str) -> str:
    if not isinstance(text, str):
        raise DateTextError(repr(text), "is no text; leave out what has none, and give a date as it is written")
    return single_spaced(one_script(text))


def _read(text: str, plain: str, match: re.Match[str]) -> datetime:
    year = int(match["year"])
    if year >= BUDDHIST:
        raise DateTextError(text, "counts the Buddhist era in an ISO date, which counts the common era: subtract 543")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DateTextError(text, f"its year {year} is before 1941 or after 2456; correct it")
    try:
        return datetime.fromisoformat(plain)
    except ValueError:
        raise DateTextError(text, "has a day, a time or an offset that does not exist; correct it") from None
