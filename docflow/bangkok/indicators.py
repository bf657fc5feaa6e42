"""The measures of the two letter indicators: 1.5, how fast letters are handed over, and 1.1 A, how fast submitted."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from docflow.bangkok.office import SECRETARY_GROUP
from docflow.bangkok.workflows import INCOMING_EXTERNAL_LETTER
from docflow.kpi import Duration, Window, reached
from docflow.thai import fiscal_year_span
from docflow.worktime import Hours, OfficeTime, WorkingDayHours, WorkingDays, WorkTime

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from docflow.kpi import Proportion
    from docflow.worktime import Limit, WorkClock

__all__ = [
    "CAP",
    "FISCAL_YEAR",
    "HANDING_OVER",
    "HANDING_OVER_WINDOW",
    "MEAN_TARGET",
    "OFFICIAL_READING",
    "READINGS",
    "SCREENING",
    "SCREENING_IN_TIME",
    "year_end",
]

FISCAL_YEAR: Final = Window(*fiscal_year_span(2563))
"""The fiscal year B.E. 2563: 1 October 2019 to 30 September 2020."""
HANDING_OVER_WINDOW: Final = FISCAL_YEAR.between(11, 8)
"""The months in which indicator 1.5 is collected: November 2562 to August 2563 (plan, line 493)."""

HANDING_OVER: Final = Duration(
    "1.5", start=reached("registered"), stop=reached("taken_over"), withdrawn_in=INCOMING_EXTERNAL_LETTER.cancelled
)
"""The measure of indicator 1.5: from General Administration's receipt to the responsible unit's (plan, line 486)."""
MEAN_TARGET: Final = WorkTime(minutes=12)
"""The promise of indicator 1.5 about the mean over all letters: 12 minutes of office time (plan, line 486)."""
CAP: Final = WorkTime(minutes=15)
"""The promise of indicator 1.5 about each letter, 15 minutes (plan, line 787); a month may keep only one of the two."""

SCREENING: Final = Duration(
    "1.1 A",
    start=reached("taken_over", unit=SECRETARY_GROUP),
    stop=reached("submitted", after_start=True),
    withdrawn_in=INCOMING_EXTERNAL_LETTER.cancelled,
)
"""The measure of indicator 1.1 A: from the Secretary Group's registration to the Head of Office (lines 464, 603)."""

READINGS: Final[Mapping[str, Limit]] = MappingProxyType(
    {
        "working_days": WorkingDays(2),
        "working_days_counting_first": WorkingDays(2, counting_first=True),
        "hours": Hours(48),
        "working_day_hours": WorkingDayHours(48),
        "office_time": OfficeTime(days=2),
        "working_days_or_hours": WorkingDays(2) | Hours(48),
    }
)
"""The limits that "2 working days or within 48 hours" can mean, by name (plan, lines 464, 597 and 603)."""
OFFICIAL_READING: Final = "working_days_or_hours"
"""The name of the reading that counts: the later of the two, for the plan says "or" (decision of this project)."""
SCREENING_IN_TIME: Final[Mapping[str, Proportion]] = MappingProxyType(SCREENING.under(READINGS))
"""The measures of the share of letters in time of indicator 1.1 A, one for each reading, by its name."""


def year_end(clock: WorkClock, year: Window = FISCAL_YEAR) -> datetime:
    """When the office closes on the last day of a year (or, were it closed, on the next working day).

    >>> from docflow.bangkok import office_clock, plan_of
    >>> print(year_end(office_clock()), year_end(office_clock(), plan_of(2564).year), sep=", ")
    2020-09-30 16:30:00+07:00, 2021-09-30 16:30:00+07:00

    It is the moment `as_of` which a plan of the whole year is read. Raises `OutsideCalendarError` for a year that the
    clock's calendar does not hold.
    """
    begins = clock.datetime_of(clock.day_begin(year.last))  # of a night office, after last night's shift
    return WorkingDays(1, counting_first=True).due(begins, clock)
