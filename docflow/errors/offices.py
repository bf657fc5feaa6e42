"""Errors about an office's clock: its hours, its calendar, its time zone and its area."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from docflow.errors.family import SentenceError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, time


class HoursError(SentenceError, ValueError, says="office hours {0.hours}: {0.problem}"):
    """Raised when office hours contradict themselves; the two commonest mistakes have errors of their own.

    >>> from datetime import time
    >>> from docflow import OfficeHours
    >>> OfficeHours(opens=time(8), closes=time(12), breaks=[(time(12), time(13))])
    Traceback (most recent call last):
    docflow.errors.HoursError: office hours 08:00:00–12:00:00: a break leaves the hours; open later or close earlier \
instead
    """

    hours: str
    problem: str


class ClosingBeforeOpeningError(HoursError):
    """Raised when an office would close before it opens, or as it opens.

    >>> from datetime import time
    >>> from docflow import OfficeHours
    >>> OfficeHours(opens=time(16, 30), closes=time(8, 30))
    Traceback (most recent call last):
    docflow.errors.ClosingBeforeOpeningError: office hours 16:30:00–08:30:00: the office closes before it opens, or \
as it opens; swap the times, or say overnight=True for a night shift
    """

    hours: str  # declared again: the reference looks for fields where others are declared
    problem: str
    opens: time
    closes: time

    def __init__(self, opens: time, closes: time) -> None:
        way = "swap the times, or say overnight=True for a night shift"
        super().__init__(f"{opens}–{closes}", f"the office closes before it opens, or as it opens; {way}")
        self.opens, self.closes = self.args = opens, closes


class OverlappingBreaksError(HoursError):
    """Raised when a break begins before the previous break ends.

    >>> from datetime import time
    >>> from docflow import OfficeHours
    >>> lunch, prayer = (time(12), time(13)), (time(12, 30), time(14))
    >>> OfficeHours(opens=time(8), closes=time(17), breaks=[lunch, prayer])
    Traceback (most recent call last):
    docflow.errors.OverlappingBreaksError: office hours 08:00:00–17:00:00: the breaks 12:00:00–13:00:00 and \
12:30:00–14:00:00 overlap; make them one
    """

    hours: str  # declared again, as above
    problem: str
    first: tuple[time, time]
    second: tuple[time, time]

    def __init__(self, hours: str, first: tuple[time, time], second: tuple[time, time]) -> None:
        one, other = (f"{start}–{stop}" for start, stop in (first, second))
        super().__init__(hours, f"the breaks {one} and {other} overlap; make them one")
        _, self.first, self.second = self.args = hours, first, second


class CalendarError(SentenceError, ValueError, says="{0.day}: {0.problem}"):
    """Raised when the days of a calendar contradict each other, or are no days.

    >>> from docflow import WorkingWeek
    >>> WorkingWeek([1, 2, 3, 4, 5, 6, 7])
    Traceback (most recent call last):
    docflow.errors.CalendarError: [1, 2, 3, 4, 5, 6, 7]: is no working week; give numbers from 0, Monday, to 6, Sunday
    """

    day: object
    problem: str


class ZoneError(SentenceError, ValueError, says="no time zone is called {0.zone!r}; {0.way}"):
    """Raised for a time zone that the IANA database does not have.

    >>> from datetime import time
    >>> from docflow import OfficeHours, WorkClock, WorkingWeek
    >>> WorkClock(OfficeHours(opens=time(8), closes=time(16)), WorkingWeek(), zone="Bangkok")
    Traceback (most recent call last):
    docflow.errors.ZoneError: no time zone is called 'Bangkok'; did you mean Asia/Bangkok?
    """

    zone: str
    way: str = 'use an IANA name such as "Asia/Bangkok"'


class OutsideCalendarError(SentenceError, LookupError):
    """Raised for a year that a calendar does not hold; its holidays are never guessed.

    >>> from datetime import date
    >>> from docflow import ThaiGovernment
    >>> ThaiGovernment().is_working_day(date(2031, 1, 6))
    Traceback (most recent call last):
    docflow.errors.OutsideCalendarError: ThaiGovernment() holds the years 2018–2027 and the year 2031 is not in it; \
ask inside them, or add the year with ThaiGovernment(table=holiday_table("holidays-2031.csv"))
    """

    calendar: str
    year: int | None
    first: int
    last: int
    way: str = "ask inside them, or extend it"

    def __str__(self) -> str:
        asked = "no year was given" if self.year is None else f"the year {self.year} is not in it"
        return f"{self.calendar} holds the years {self.first}–{self.last} and {asked}; {self.way}"


class NoWorkingDayError(SentenceError, ValueError):
    """Raised for a calendar with a year in which the office never opens, unless it says that this is meant.

    >>> print(NoWorkingDayError("the calendar of the annex", 2020))
    the calendar of the annex has no working day in 2020; correct the calendar before counting time on it, or say \
that it is meant: OfficeCalendar(calendar, idle_years=True)
    """

    calendar: str
    year: int
    says = (
        "{0.calendar} has no working day in {0.year}; correct the calendar before counting time on it, or say that it "
        "is meant: OfficeCalendar(calendar, idle_years=True)"
    )


class HorizonError(SentenceError, LookupError):
    """Raised when a search forward or back meets more closed years than it goes through; they begin `at`.

    >>> from datetime import UTC, datetime, time
    >>> from docflow import OfficeHours, WorkClock
    >>> from docflow.worktime import NoWeek
    >>> clock = WorkClock(OfficeHours(opens=time(8), closes=time(16)), NoWeek(), zone="UTC")
    >>> clock.next_open(datetime(2020, 1, 6, 9, tzinfo=UTC))
    Traceback (most recent call last):
    docflow.errors.HorizonError: the office does not open for more than 10 years after 2020-01-06 09:00:00+00:00; \
give its calendar the working days that are missing, or ask about a moment nearer to one
    """

    at: datetime
    event: Literal["does not open", "does not close", "was not open", "did not close"]
    years: int

    def __str__(self) -> str:
        side = "after" if self.event.startswith("does") else "before"
        missing = "give its calendar the working days that are missing, or ask about a moment nearer to one"
        way = "ask only whether it is open" if self.event.endswith("close") else missing
        return f"the office {self.event} for more than {self.years} years {side} {self.at}; {way}"


class UnknownAreaError(SentenceError, LookupError):
    """Raised for an area that is no province and no region of Thailand; `nearest` has names that are spelt like it.

    >>> from docflow import ThaiGovernment
    >>> ThaiGovernment(area="phukett")
    Traceback (most recent call last):
    docflow.errors.UnknownAreaError: no province or region of Thailand is called 'phukett'; did you mean 'phuket'?
    """

    area: str
    nearest: Sequence[str]

    def __str__(self) -> str:
        near = " or ".join(map(repr, self.nearest))
        way = "give a province such as 'bangkok', a region such as 'south', or None"
        return f"no province or region of Thailand is called {self.area!r}; {f'did you mean {near}?' if near else way}"
