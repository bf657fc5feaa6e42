"""Contexts: the clock, the days and the moment with which records are looked at."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from attrs import field, frozen
from attrs.validators import optional as or_none

from docflow.errors import OutsideCalendarError, PlanError, ReversedWindowError
from docflow.instants import instant, local
from docflow.kpi import year_parts
from docflow.text import month_of, months_between, of_kind
from docflow.worktime import WorkClock
from docflow.worktime.amount import DAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["A_CLOCK", "A_WINDOW", "Context", "Window", "a_moment"]


def _a_day(_: object, field: object, given: Any) -> None:  # noqa: ANN401, ARG001 - attrs' signature, anything is given
    if not isinstance(given, date) or isinstance(given, datetime):
        raise TypeError(f"{given!r} is no day; give one, such as date(2019, 10, 1)")


def a_moment(_: object, attribute: object, given: datetime) -> None:  # noqa: ARG001 - attrs' signature
    """See that a field holds a moment. Raises `NaiveDatetimeError` and `NotAMomentError`."""
    instant(given)


@frozen(repr=False)
class Window:
    """The days that an indicator covers, the first and the last one included.

    >>> from datetime import date
    >>> window = Window(date(2019, 11, 1), date(2020, 8, 31))
    >>> date(2020, 8, 31) in window, date(2020, 9, 1) in window
    (True, False)

    A record belongs to it by the day of its start, or of its stop (`dated_by`). Raises `ReversedWindowError` when the
    last day is before the first, and `TypeError` for what is no day.
    """

    first: date = field(validator=_a_day)
    last: date = field(validator=_a_day)

    def __attrs_post_init__(self) -> None:
        if self.last < self.first:
            raise ReversedWindowError(self.first, self.last)

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def months(self) -> tuple[str, ...]:
        """Its calendar months, as "2019-11".

        >>> from datetime import date
        >>> Window(date(2019, 12, 1), date(2020, 1, 31)).months()
        ('2019-12', '2020-01')
        """
        return tuple(months_between(month_of(self.first), month_of(self.last)))

    def between(self, first: int, last: int) -> Window:
        """The part of a year from one calendar month to another, both included.

        >>> from datetime import date
        >>> print(Window(date(2019, 10, 1), date(2020, 9, 30)).between(11, 8))
        2019-11-01 – 2020-08-31

        Raises `ReversedWindowError` when the second comes before the first in this year, and `PlanError` for a month
        that is not in it.
        """
        named: dict[int, str] = {}
        for name in self.months():
            named.setdefault(int(name[5:]), name)
        for month in (first, last):
            if month not in named:
                raise PlanError(str(self), f"has no month {month}; give one of {', '.join(map(str, named))}")
        year = int(named[last][:4])
        return Window(
            max(self.first, date.fromisoformat(f"{named[first]}-01")),
            min(self.last, date(year, last, monthrange(year, last)[1])),
        )

    def quarters(self) -> dict[str, Window]:
        """Its quarters, "Q1" to "Q4", of three calendar months each from its own first month on.

        >>> from datetime import date
        >>> for name, quarter in Window(date(2019, 10, 1), date(2020, 9, 30)).quarters().items():
        ...     print(name, quarter)
        Q1 2019-10-01 – 2019-12-31
        Q2 2020-01-01 – 2020-03-31
        Q3 2020-04-01 – 2020-06-30
        Q4 2020-07-01 – 2020-09-30

        Like all its periods, they hold each of its days once. Raises `PlanError` for more than twelve months.
        """
        return _windows(year_parts.quarters(self.first, self.last))

    def weeks(self, *, begins: int = 0) -> dict[str, Window]:
        """Its weeks, "W01" and so on: numbered from its own first day, as the weeks of a fiscal year are.

        >>> from datetime import date
        >>> weeks = Window(date(2019, 10, 1), date(2020, 9, 30)).weeks()  # from a Tuesday to a Wednesday
        >>> print(weeks["W01"], weeks["W02"], weeks["W53"], sep="; ")
        2019-10-01 – 2019-10-06; 2019-10-07 – 2019-10-13; 2020-09-28 – 2020-09-30

        A week `begins` on Monday, 0, or on another day up to Sunday, 6; the first and the last may be shorter. Raises
        `PlanError` for what is no weekday.
        """
        return _windows(year_parts.weeks(self.first, self.last, begins))

    def four_four_five(self, pattern: Iterable[int] = (4, 4, 5)) -> dict[str, Window]:
        """Its twelve periods of whole weeks, "P01" to "P12": each quarter has thirteen, four and four and five.

        >>> from datetime import date
        >>> periods = Window(date(2019, 10, 1), date(2020, 9, 30)).four_four_five()
        >>> print(periods["P01"], periods["P03"], periods["P12"], sep="; ")
        2019-10-01 – 2019-10-28; 2019-11-26 – 2019-12-30; 2020-08-25 – 2020-09-30

        The pattern may also be (4, 5, 4) or (5, 4, 4). Weeks begin on the weekday of its first day, and the last period
        takes what is left: a 53rd week, or the one or two days that a calendar year has more. Raises `PlanError` for
        another pattern, and for less than 52 or more than 53 weeks.
        """
        return _windows(year_parts.thirteen_weeks(self.first, self.last, pattern))

    def __str__(self) -> str:
        return f"{self.first} – {self.last}"

    def __repr__(self) -> str:
        return f"<Window {self}>"


def _windows(parts: Mapping[str, year_parts.Days]) -> dict[str, Window]:
    return {name: Window(*days) for name, days in parts.items()}


EPOCH: Final = date(1970, 1, 1).toordinal()
MARGIN: Final = 2 * DAY
# Between these every instant has a date, in any zone.
EARLIEST, LATEST = ((date(year, 1, 1).toordinal() - EPOCH) * DAY for year in (2, 9999))


A_WINDOW: Final = (Window, "window", "one, such as Window(date(2019, 10, 1), date(2020, 9, 30))")
"""What a window is, for validators."""
A_CLOCK: Final = (WorkClock, "clock", "the office's WorkClock")


@frozen(repr=False)
class Context:
    """What records are looked at with: an office's clock, a window of days, and the last moment that is seen.

    >>> from datetime import date
    >>> from docflow.bangkok import office_clock
    >>> from docflow.kpi import Window
    >>> context = Context(office_clock(), Window(date(2019, 10, 1), date(2020, 9, 30)))
    >>> context, context.holds(0)  # 1 January 1970
    (<Context 2019-10-01 – 2020-09-30>, False)

    Raises `TypeError` for what is no clock or window, and `NaiveDatetimeError` and `NotAMomentError` for what is no
    moment.
    """

    clock: WorkClock = field(validator=of_kind(*A_CLOCK))
    window: Window | None = field(default=None, validator=of_kind(*A_WINDOW, optional=True))
    """The days to which a record has to belong; None takes all."""
    as_of: datetime | None = None
    """What happened later is not seen; None sees all."""
    known_at: datetime | None = field(default=None, kw_only=True, validator=or_none(a_moment))
    """What was written down or announced later is not known; None knows all."""
    now: int | None = field(init=False, eq=False, repr=False)
    """`as_of` as an instant."""

    @now.default
    def _now(self) -> int | None:
        return None if self.as_of is None else instant(self.as_of)

    def holds(self, at: int) -> bool:
        """Whether the office's day at an instant is in the window; always without one.

        Far from the window's edges the integers decide, which is ten times faster than asking for the date.
        """
        if self.window is None:
            return EARLIEST <= at < LATEST or bool(self.clock.date_of(at))  # raises where there is no such date
        outer, inner, inner_end, outer_end = self._edges
        if inner <= at < inner_end:
            return True
        return outer <= at < outer_end and self.clock.date_of(at) in self.window

    @cached_property
    def month_over(self) -> bool:
        """Whether the office will not open again in the month of `as_of`; False where the calendar cannot say."""
        try:
            return self.now is not None and self.clock.month_over(self.now)
        except OutsideCalendarError:
            return False

    @cached_property
    def today(self) -> date | None:
        """The office's day of `as_of`; None sees what is known now."""
        return None if self.now is None else self.clock.date_of(self.now)

    @cached_property
    def known_on(self) -> date | None:
        """The day up to which announcements are known: the earlier one of `as_of` and `known_at`; None knows all."""
        known = None if self.known_at is None else local(instant(self.known_at), self.clock.tz).date()
        return min((day for day in (self.today, known) if day is not None), default=None)

    @cached_property
    def close(self) -> int | None:
        """The instant at which the office closes for the last time in the window; None without one."""
        return None if self.window is None else self.clock.closing_by(self.window.last)

    @cached_property
    def _edges(self) -> tuple[int, int, int, int]:
        """The window's first and last midnight of UTC, each two days before and after.

        No zone and no night shift moves a day by more.
        """
        first, last = (self.window.first, self.window.last) if self.window is not None else (date.min, date.max)
        begins, ends = (first.toordinal() - EPOCH) * DAY, (last.toordinal() + 1 - EPOCH) * DAY
        return begins - MARGIN, begins + MARGIN, ends - MARGIN, ends + MARGIN

    def __repr__(self) -> str:
        """Its days and moments; the clock says itself."""
        days = "any day" if self.window is None else f"{self.window}"
        moments = (("as of", self.as_of), ("as recorded by", self.known_at))
        return f"<Context {', '.join([days, *(f'{said} {at:%Y-%m-%d %H:%M}' for said, at in moments if at)])}>"
