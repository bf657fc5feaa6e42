"""The plan's two letter indicators: 1.5, how fast letters are handed over, and 1.1 A, how fast they are submitted."""

from __future__ import annotations

from datetime import date, datetime, time
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from attrs import frozen

from docflow.bangkok.office import SECRETARY_GROUP
from docflow.bangkok.workflows import INCOMING_EXTERNAL_LETTER
from docflow.kpi import Durations, Readings, Stopwatch, Window, reached
from docflow.thai import fiscal_year_span
from docflow.worktime import Hours, OfficeTime, WorkingDayHours, WorkingDays, WorkTime

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from docflow.kpi import Traced
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
    "LetterIndicators",
    "letter_indicators",
    "year_end",
]

FISCAL_YEAR: Final = Window(*fiscal_year_span(2563))
HANDING_OVER_WINDOW: Final = Window(date(2019, 11, 1), date(2020, 8, 31))
"""Indicator 1.5 is collected from November 2562 to August 2563 (plan, line 493)."""

HANDING_OVER: Final = Stopwatch(
    "1.5", start=reached("registered"), stop=reached("taken_over"), void=INCOMING_EXTERNAL_LETTER.cancelled
)
"""From General Administration's receipt to the responsible unit's (plan, line 486)."""
MEAN_TARGET: Final = WorkTime(minutes=12)
"""The promise about the mean over all letters (plan, line 486)."""
CAP: Final = WorkTime(minutes=15)
"""The promise about each letter (plan, line 787); a month can keep one and break the other."""

SCREENING: Final = Stopwatch(
    "1.1 A",
    start=reached("taken_over", unit=SECRETARY_GROUP),
    stop=reached("submitted", after_start=True),
    void=INCOMING_EXTERNAL_LETTER.cancelled,
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
SCREENING_IN_TIME: Final = SCREENING.under(READINGS, official=OFFICIAL_READING)
"""The share of indicator 1.1 A under every reading."""


def year_end(clock: WorkClock) -> datetime:
    """When the office closes on the last day of the fiscal year (or, were it closed, on the next working day).

    >>> from docflow.bangkok import office_clock
    >>> print(year_end(office_clock()))
    2020-09-30 16:30:00+07:00
    """
    midnight = datetime.combine(FISCAL_YEAR.last, time(), tzinfo=clock.tz)
    return WorkingDays(1, counting_first=True).due(midnight, clock)


@frozen
class LetterIndicators:
    """Both letter indicators of one register as of one moment."""

    handing_over: Durations
    screening: Readings


def letter_indicators(cases: Iterable[Traced], clock: WorkClock, *, as_of: datetime) -> LetterIndicators:
    """Indicators 1.5 and 1.1 A over the letters of a register, as things stood at `as_of`.

    >>> from docflow.bangkok import office_clock
    >>> nothing = letter_indicators([], office_clock(), as_of=year_end(office_clock()))
    >>> print(nothing.handing_over.mean_minutes, nothing.screening.result.share)
    None –

    Letters of years that the clock's calendar lacks are excluded with the reason. Raises `NaiveDatetimeError`.
    """
    cases = tuple(cases)
    return LetterIndicators(
        handing_over=HANDING_OVER.read(cases, clock, window=HANDING_OVER_WINDOW, as_of=as_of),
        screening=SCREENING_IN_TIME.read(cases, clock, window=FISCAL_YEAR, as_of=as_of),
    )
