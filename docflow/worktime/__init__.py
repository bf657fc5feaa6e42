"""When the office is open, and how much working time passes.

This room knows no letters, and of Thailand only the words in which a deadline explains itself.
"""

from docflow.instants import instant, moment
from docflow.worktime.adapter import Calendar, Note
from docflow.worktime.amount import WorkTime
from docflow.worktime.calendars import Closure, MakeUpDay, OfficeCalendar, OneOffHours, SpecialDay, WorkingWeek
from docflow.worktime.clock import WorkClock
from docflow.worktime.day_limits import Period, WorkingDays
from docflow.worktime.deadlines import Deadline
from docflow.worktime.explanation import Counted, Explanation, Pause, Skipped
from docflow.worktime.extensions import Extended, Extension
from docflow.worktime.hours import OfficeHours, OpenSpans, WeeklyHours
from docflow.worktime.joint import JointCalendar
from docflow.worktime.limits import EarlierOf, LaterOf, Limit
from docflow.worktime.moment_limits import Before, NextOpening, SameTime
from docflow.worktime.moments import Span
from docflow.worktime.readings import Hours, OfficeTime, WorkingDayHours
from docflow.worktime.rows import RowsWarning
from docflow.worktime.verdict import Verdict, judged

__all__ = [
    "Before",
    "Calendar",
    "Closure",
    "Counted",
    "Deadline",
    "EarlierOf",
    "Explanation",
    "Extended",
    "Extension",
    "Hours",
    "JointCalendar",
    "LaterOf",
    "Limit",
    "MakeUpDay",
    "NextOpening",
    "Note",
    "OfficeCalendar",
    "OfficeHours",
    "OfficeTime",
    "OneOffHours",
    "OpenSpans",
    "Pause",
    "Period",
    "RowsWarning",
    "SameTime",
    "Skipped",
    "Span",
    "SpecialDay",
    "Verdict",
    "WeeklyHours",
    "WorkClock",
    "WorkTime",
    "WorkingDayHours",
    "WorkingDays",
    "WorkingWeek",
    "instant",
    "judged",
    "moment",
]
