"""The plan's two letter indicators: 1.5, how fast letters are handed over, and 1.1 A, how fast they are submitted."""

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
HANDING_OVER_WINDOW: Final = FISCAL_YEAR.between(11, 8)
"""Indicator 1.5 is collected from November 2562 to August 2563 (plan, line 493)."""

HANDING_OVER: Final = Duration(
    "1.5", start=reached("registered"), stop=reached("taken_over"), withdrawn_in=INCOMING_EXTERNAL_LETTER.cancelled
)
"""From General Administration's receipt to the responsible unit's (plan, line 486)."""
MEAN_TARGET: Final = WorkTime(minutes=12)
"""The promise about the mean over all letters (plan, line 486)."""
CAP: Final = WorkTime(minutes=15)
"""The promise about each letter (plan, line 787); a month can keep one and break the other."""

SCREENING: Final = Duration(
    "1.1 A",
    start=reached("taken_over", unit=SECRETARY_GROUP),
    stop=reached("submitted", after_start=True),
    withdrawn_in=INCOMING_EXTERNAL_LETTER.cancelled,
)
"""From the Secretary Group's own registration to the submission to the Head of Office (plan, lines 464 and 603)."""

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
"""What "2 working days or within 48 hours" can mean (plan, lines 464, 597 and 603)."""
OFFICIAL_READING: Final = "working_days_or_hours"
"""The later of the two: the plan says "or" (decision of this project)."""
SCREENING_IN_TIME: Final[Mapping[str, Proportion]] = MappingProxyType(SCREENING.under(READINGS))
"""The share of indicator 1.1 A under every reading."""


def year_end(clock: WorkClock, year: Window = FISCAL_YEAR) -> datetime:
    """When the office closes on the last day of a year (or, were it closed, on the next working day).

    >>> from docflow.bangkok import office_clock, plan_of
    >>> print(year_end(office_clock()), year_end(office_clock(), plan_of(2564).year), sep=", ")
    2020-09-30 16:30:00+07:00, 2021-09-30 16:30:00+07:00
    """
    begins = clock.datetime_of(clock.day_begin(year.last))  # of a night office, after last night's shift
    return WorkingDays(1, counting_first=True).due(begins, clock)
