"""When the office is open, how much working time passes, and when a promise falls due.

* When it is open: `OfficeHours` or `WeeklyHours`, and a `Calendar` of working days, such as `OfficeCalendar`,
  `WorkingWeek` or `HolidayList`.
* What an office decides about days: `Closure`, `MakeUpDay`, `OneOffHours`, `ChangedHours`, `Break` and `Shortened`,
  about a date or about `Days` that follow a rule.
* The clock made of these: `WorkClock`. It gives amounts of `WorkTime`, a `Deadline`, an `Explanation`, and days as
  dates (`OfficeDays`).
* How long a promise may take: a `Limit`, such as `WorkingDays`, `Hours`, `OfficeTime` or `Period`; what one of your own
  is given: the clock as `Moments`, and `Pauses`.

Nothing here knows letters, and of Thailand it knows only the words in which a deadline explains itself.
"""

from docflow.instants import instant, moment
from docflow.worktime.adapter import Calendar, Note
from docflow.worktime.amount import WorkTime
from docflow.worktime.calendars import OfficeCalendar
from docflow.worktime.clock import WorkClock
from docflow.worktime.closing_days import ByClosingDay
from docflow.worktime.day_counts import DayCounted
from docflow.worktime.day_limits import WorkingDays
from docflow.worktime.day_rules import DateRange, Dates, Days, EveryOther, Yearly
from docflow.worktime.days import DayOff, OfficeDays
from docflow.worktime.deadlines import Deadline
from docflow.worktime.decisions import (
    Break,
    ChangedHours,
    Closure,
    MakeUpDay,
    OneOffHours,
    Shortened,
    SpecialDay,
)
from docflow.worktime.eves import Eves, Holidays
from docflow.worktime.explanation import Counted, Explanation, Pause, Skipped
from docflow.worktime.extensions import Extended, Extension
from docflow.worktime.holiday_lists import HolidayList
from docflow.worktime.hours import OfficeHours, WeeklyHours
from docflow.worktime.joint import JointCalendar
from docflow.worktime.limits import EarlierOf, LaterOf, Limit
from docflow.worktime.moment_limits import Before, NextOpening, SameTime
from docflow.worktime.moments import Moments, Span
from docflow.worktime.open_spans import OpenSpans
from docflow.worktime.periods import Period
from docflow.worktime.readings import Hours, OfficeTime, WorkingDayHours
from docflow.worktime.rows import RowsWarning
from docflow.worktime.telling import DeadlineExplanation
from docflow.worktime.ticks import NO_PAUSES, WALL_CLOCK, Pauses, Ticks
from docflow.worktime.verdict import Verdict, judged
from docflow.worktime.weeks import NoWeek, WorkingWeek

__all__ = [
    "NO_PAUSES",
    "WALL_CLOCK",
    "Before",
    "Break",
    "ByClosingDay",
    "Calendar",
    "ChangedHours",
    "Closure",
    "Counted",
    "DateRange",
    "Dates",
    "DayCounted",
    "DayOff",
    "Days",
    "Deadline",
    "DeadlineExplanation",
    "EarlierOf",
    "EveryOther",
    "Eves",
    "Explanation",
    "Extended",
    "Extension",
    "HolidayList",
    "Holidays",
    "Hours",
    "JointCalendar",
    "LaterOf",
    "Limit",
    "MakeUpDay",
    "Moments",
    "NextOpening",
    "NoWeek",
    "Note",
    "OfficeCalendar",
    "OfficeDays",
    "OfficeHours",
    "OfficeTime",
    "OneOffHours",
    "OpenSpans",
    "Pause",
    "Pauses",
    "Period",
    "RowsWarning",
    "SameTime",
    "Shortened",
    "Skipped",
    "Span",
    "SpecialDay",
    "Ticks",
    "Verdict",
    "WeeklyHours",
    "WorkClock",
    "WorkTime",
    "WorkingDayHours",
    "WorkingDays",
    "WorkingWeek",
    "Yearly",
    "instant",
    "judged",
    "moment",
]
