"""Errors about moments, days and amounts of time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docflow.errors.family import SentenceError
from docflow.safe import brief

if TYPE_CHECKING:
    from datetime import date, datetime


class NaiveDatetimeError(SentenceError, ValueError):
    """Raised for a datetime without a time zone: nobody can know which instant it means.

    >>> from datetime import datetime
    >>> from docflow.worktime import instant
    >>> instant(datetime(2019, 11, 1, 8, 30))
    Traceback (most recent call last):
    docflow.errors.NaiveDatetimeError: 2019-11-01 08:30:00 has no time zone; give it the office's, such as \
moment.replace(tzinfo=clock.tz)
    """

    moment: datetime
    says = "{0.moment!s} has no time zone; give it the office's, such as moment.replace(tzinfo=clock.tz)"


class NotAMomentError(SentenceError, TypeError):
    """Raised for what is no moment or no day: a missing value, text, a column, numpy's datetime64.

    >>> from docflow.worktime import instant
    >>> instant("2019-11-01 08:30")
    Traceback (most recent call last):
    docflow.errors.NotAMomentError: '2019-11-01 08:30' is no moment; give an aware datetime, such as \
datetime.fromisoformat("2020-01-06T08:30+07:00")
    """

    given: object
    problem: str

    def __str__(self) -> str:
        return f"{brief(self.given)} {self.problem}"


class NaiveSeriesError(SentenceError, ValueError):
    """Raised for a column of datetimes without a time zone; numpy's own datetime64 has none and means UTC.

    >>> import polars as pl
    >>> from datetime import datetime
    >>> from docflow.bangkok import office_clock
    >>> times = pl.Series([datetime(2020, 1, 6, 9)])
    >>> office_clock().elapsed_array(times, times)
    Traceback (most recent call last):
    docflow.errors.NaiveSeriesError: a column of Datetime(time_unit='us', time_zone=None) has no time zone; give it ...
    """

    kind: str
    says = (
        "a column of {0.kind} has no time zone; give it the one in which its times are written, such as "
        "column.dt.tz_localize(clock.zone) in pandas, column.dt.replace_time_zone(clock.zone) in polars; "
        'for times that were numpy\'s it is "UTC"'
    )


class DateTextError(SentenceError, ValueError, says="{0.text!r}: {0.problem}"):
    """Raised for text that is no date or time as the office that wrote it writes them.

    >>> from docflow.thai import parse_date
    >>> parse_date("31/02/2563")
    Traceback (most recent call last):
    docflow.errors.DateTextError: '31/02/2563': ก.พ. 2563 has no day 31; correct it
    """

    text: str
    problem: str


class ReversedSpanError(SentenceError, ValueError):
    """Raised when a span stops before it starts.

    >>> from datetime import UTC, datetime
    >>> from docflow.bangkok import office_clock
    >>> office_clock().elapsed(datetime(2020, 1, 7, 9, tzinfo=UTC), datetime(2020, 1, 6, 9, tzinfo=UTC))
    Traceback (most recent call last):
    docflow.errors.ReversedSpanError: the span stops at 2020-01-06 09:00:00+00:00, before its start at \
2020-01-07 09:00:00+00:00; swap the two, or correct the record
    """

    start: datetime
    stop: datetime
    says = "the span stops at {0.stop!s}, before its start at {0.start!s}; swap the two, or correct the record"


class ReversedWindowError(SentenceError, ValueError):
    """Raised when a window of days ends before it begins.

    >>> from datetime import date
    >>> from docflow import Window
    >>> Window(date(2020, 8, 31), date(2019, 11, 1))
    Traceback (most recent call last):
    docflow.errors.ReversedWindowError: the window ends on 2019-11-01, before its first day 2020-08-31; swap the two \
days
    """

    first: date
    last: date
    says = "the window ends on {0.last}, before its first day {0.first}; swap the two days"


class AmountError(SentenceError, ValueError, says="{0.amount!r} {0.problem}"):
    """Raised when an amount of time or a number of days is not one that docflow can count exactly.

    >>> from docflow import WorkingDays
    >>> WorkingDays(1.5)
    Traceback (most recent call last):
    docflow.errors.AmountError: 1.5 days of WorkingDays is no promise; give 1 or more
    """

    amount: object
    problem: str


class NegativeAmountError(AmountError):
    """Raised when an amount of time is below zero.

    >>> from docflow import WorkTime
    >>> WorkTime(hours=1) - WorkTime(hours=2)
    Traceback (most recent call last):
    docflow.errors.NegativeAmountError: '2 h' is more than 1 h; compare before subtracting
    """
