"""Clocks of one line: a door, a calendar, a zone."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from docflow import (
    Closure,
    OfficeHours,
    WorkClock,
    WorkingWeek,
)
from docflow.bangkok import office_clock
from docflow.errors import HorizonError

CLOCK = office_clock()  # Mon-Fri 08:30-16:30; January 2020 has no holiday after the first
WEEKDAYS = WorkingWeek()


def at(text, zone="Asia/Bangkok"):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def door(opens, closes, **more):
    return OfficeHours(opens=time.fromisoformat(opens), closes=time.fromisoformat(closes), **more)


def office(opens, closes, calendar=WEEKDAYS, *, zone="Asia/Bangkok", **more):
    return WorkClock(door(opens, closes, **more), calendar, zone=zone)


def closes(clock):
    """Whether an office closes at some time; where it never does, no next opening comes."""
    try:
        return bool(clock.next_close(at("2020-01-06 10:00")))
    except HorizonError:
        return False


def closed(day, **more):
    return Closure(date.fromisoformat(day), reason="closed", source="an order", **more)
