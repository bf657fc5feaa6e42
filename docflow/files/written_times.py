"""Times as people and programs write them in logs: read where they can mean one moment only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from docflow.errors import DateTextError
from docflow.iso import parse_iso

if TYPE_CHECKING:
    from datetime import datetime

    from docflow.instants import Zone

__all__ = ["read_time"]

_WRITTEN: Final = re.compile(
    r"([0-9]{4})([-/])([0-9]{2})\2([0-9]{2})(T| +)"
    r"([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?:[.,]([0-9]+))?"
    r"(?: *(?:(?P<utc>[zZ]|UTC|GMT)|(?:UTC|GMT)? ?(?P<sign>[+-])"
    r"(?:(?P<hours>[0-9]{1,2})(?::(?P<minutes>[0-9]{2}))?|(?P<both>[0-9]{4})))"
    r"(?P<zone>\[[A-Za-z0-9_+/-]+\])?)?"
)
_FINER: Final = re.compile(r"(\.[0-9]{6})([0-9]+)")


def read_time(text: str, zone: Zone | None) -> tuple[datetime, bool]:
    """The moment that a text means, and whether digits below the microsecond were cut off.

    >>> for text in ("2020/01/06 09:00:00,25 UTC+7", "2020-01-06T09:00+07:00[Asia/Bangkok]", "2020-01-06 09:00z"):
    ...     print(read_time(text, None)[0])
    2020-01-06 09:00:00.250000+07:00
    2020-01-06 09:00:00+07:00
    2020-01-06 09:00:00+00:00

    Beside what `docflow.iso.parse_iso` reads: slashes in a day that begins with its year; a comma before the fraction
    of a second (ISO 8601 has both signs); offsets `z`, `GMT`, `+7`, `+7:00`, `UTC+7`, `GMT+07:00` and those with the
    sign for minus (U+2212); and behind an offset the name of its zone, as Java writes it. Raises `DateTextError` as
    `parse_iso` does, and for a zone that nobody knows or that has another offset then.
    """
    found = _WRITTEN.fullmatch(text.strip().replace("\N{MINUS SIGN}", "-"))
    if found is None:
        return _read(text, zone)
    year, _, month, day, between, clock, fraction = found.groups()[:7]
    offset = "Z" if found["utc"] else ""
    if found["sign"]:
        both = found["both"] or f"{found['hours']:0>2}{found['minutes'] or '00'}"
        offset = f"{found['sign']}{both[:2]}:{both[2:]}"
    iso = f"{year}-{month}-{day}{between[:1]}{clock}{f'.{fraction}' if fraction else ''}{offset}"
    if found["zone"]:
        _see(text, _read(iso, None)[0], found["zone"][1:-1])
    return _read(iso, zone)


def _read(text: str, zone: Zone | None) -> tuple[datetime, bool]:
    finer = _FINER.search(text)
    if finer is None or not finer[2].strip("0"):
        return parse_iso(text, zone), False
    return parse_iso(_FINER.sub(r"\1", text), zone), True


def _see(text: str, at: datetime, name: str) -> None:
    """See that a zone has the offset of a moment."""
    try:
        zone = ZoneInfo(name)
    except (LookupError, OSError, ValueError):
        raise DateTextError(text, f"names the zone {name}, which nobody knows; leave it out") from None
    if at.astimezone(zone).utcoffset() != at.utcoffset():
        raise DateTextError(text, f"names the zone {name}, which has another offset then; correct one of them")
