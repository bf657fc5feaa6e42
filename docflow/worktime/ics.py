"""The whole days of a calendar file (ICS, RFC 5545), by name; nothing is fetched, only a file is read."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

try:
    import icalendar
    import recurring_ical_events
except ModuleNotFoundError as missing:
    message = "calendar files need icalendar; install it with: pip install 'docflow-registry[ics]'"
    raise ModuleNotFoundError(message) from missing

from docflow.errors import CalendarError, FileError
from docflow.safe import visible
from docflow.text_file import reason

if TYPE_CHECKING:
    import os

__all__ = ["days_of"]

Years = tuple[int, int]
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def days_of(path: str | os.PathLike[str], years: Years | None) -> tuple[dict[date, str], Years | None]:
    """The days of a file with their names, and the years that it tells of: those given, else from first to last.

    Events that are cancelled are left out. Raises `FileError` for a file that cannot be read, and `CalendarError` for
    what is no calendar file, for an event that is no whole day, and for one that repeats when no years are given.
    """
    try:
        data = Path(path).read_bytes().removeprefix(BYTE_ORDER_MARK)
    except (OSError, ValueError) as error:
        raise FileError(str(path), f"cannot be read ({reason(error)}); check its name, and where it lies") from None
    try:
        return _days(data, years)
    except CalendarError as error:
        raise CalendarError(str(path), error.problem) from None
    except Exception as error:  # whatever the two libraries meet in a file that somebody wrote by hand
        problem = f"is no calendar file that can be read ({error}); give an .ics file, or its days as a list"
        raise CalendarError(str(path), problem) from error


def _days(data: bytes, years: Years | None) -> tuple[dict[date, str], Years | None]:
    read = icalendar.Calendar.from_ical(data, multiple=True)
    calendars = [each for each in read if isinstance(each, icalendar.Calendar)]
    if not calendars:
        raise CalendarError(None, "is no calendar file; give an .ics file, which begins with BEGIN:VCALENDAR")
    events = [event for calendar in calendars for event in calendar.events if not _cancelled(event)]
    known = sorted(day for event in events for day in _whole_days(event))
    if not years and (again := next((_name(event) for event in events if "RRULE" in event or "RDATE" in event), None)):
        raise CalendarError(None, f"repeats {again}; say for which years, such as years=(2020, 2030)")
    told = years or ((known[0].year, known[-1].year) if known else None)
    days: dict[date, list[str]] = {}
    if told is None:
        return {}, None
    for calendar in calendars:
        for event in recurring_ical_events.of(calendar).between(date(told[0], 1, 1), date(told[1] + 1, 1, 1)):
            for day in () if _cancelled(event) else _whole_days(event):
                days.setdefault(day, []).append(_name(event))
    return {day: "; ".join(dict.fromkeys(names)) for day, names in days.items()}, told


def _whole_days(event: icalendar.Event) -> list[date]:
    """The days of an event; the day of its end is not one of them."""
    start, end = event.start, event.end
    if isinstance(start, datetime) or isinstance(end, datetime):
        raise CalendarError(None, f"has {_name(event)} at {start}; a holiday is a whole day, so take that out of it")
    if end < start:
        raise CalendarError(None, f"has {_name(event)} from {start} to {end}; correct its end")
    return [start + timedelta(days=n) for n in range(max(1, (end - start).days))]


def _name(event: icalendar.Event) -> str:
    return visible(str(event.get("SUMMARY", "")).strip()) or "holiday"


def _cancelled(event: icalendar.Event) -> bool:
    return str(event.get("STATUS", "")).upper() == "CANCELLED"
