"""When the office is open, and how much time passes there. It knows neither letters nor Thailand."""

from docflow.worktime.amount import WorkTime
from docflow.worktime.clock import Span, WorkClock
from docflow.worktime.hours import OfficeHours
from docflow.worktime.instants import instant, moment
from docflow.worktime.limits import Hours, LaterOf, Limit, OfficeTime, WorkingDayHours, WorkingDays
from docflow.worktime.timetable import Calendar

__all__ = [
    "Calendar",
    "Hours",
    "LaterOf",
    "Limit",
    "OfficeHours",
    "OfficeTime",
    "Span",
    "WorkClock",
    "WorkTime",
    "WorkingDayHours",
    "WorkingDays",
    "instant",
    "moment",
]
