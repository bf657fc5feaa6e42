"""A small office for tests: nine to five from Monday to Friday, and records of which every moment stands in the test.

January 2020 began on a Wednesday: the 6th, 13th, 20th and 27th are Mondays.
"""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from docflow import OfficeHours, Window, WorkClock, WorkingWeek
from docflow.kpi import Event, Record, Value

BANGKOK = ZoneInfo("Asia/Bangkok")
CLOCK = WorkClock(OfficeHours(opens=time(9), closes=time(17)), WorkingWeek(), zone="Asia/Bangkok")
JANUARY = Window(date(2020, 1, 1), date(2020, 1, 31))
YEAR = Window(date(2020, 1, 1), date(2020, 12, 31))


def at(text):
    """A moment in Bangkok: "01-06 09:00" is of the year 2020, and a day alone begins at midnight."""
    return datetime.fromisoformat(f"2020-{text}" if text[2] == "-" else text).replace(tzinfo=BANGKOK)


def events(steps):
    """Events in the order written: state, moment, and the unit if there is one."""
    return tuple(Event(state, at(moment), *unit) for state, moment, *unit in steps)


def trace(number, *steps, wanted_by=None):
    return Record(number, events(steps), wanted_by=None if wanted_by is None else at(wanted_by))


def response(number, moment, **scores):
    return Record(number, events([("answered", moment)]), scores=scores)


def reported(number, moment, value, source="the treasury", **more):
    return Record(number, events([("reported", moment)]), value=Value(value, source=source, **more))


def names(observations):
    """The numbers of the records in some observations."""
    return [seen.record.number for seen in observations]


def bins(result):
    """The numbers of the records in each bin, empty bins left out."""
    return {str(name): names(observations) for name, observations in result.bins.items() if observations}


def reasons(observations):
    return {seen.record.number: "" if seen.reason is None else str(seen.reason) for seen in observations}
