"""Working days as dates: is a day worked, which is the n-th after it, and how many lie between two."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, datetime
from typing import TYPE_CHECKING, Final, Literal, NoReturn, TypeAlias

from attrs import field, frozen

from docflow.errors import AmountError, HorizonError, NotAMomentError
from docflow.instants import day as given_day
from docflow.instants import moment
from docflow.worktime.adapter import joined
from docflow.worktime.amount import WorkTime
from docflow.worktime.index import HORIZON_YEARS
from docflow.worktime.years import held_year

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pendulum

    from docflow.instants import Interval
    from docflow.worktime.adapter import Kind
    from docflow.worktime.columns import Column
    from docflow.worktime.instant_clock import InstantClock

__all__ = ["ROLLS", "DayOff", "OfficeDays", "Roll"]

Roll: TypeAlias = Literal["following", "preceding", "modified following", "modified preceding"]
MONTHS: Final = 12
ROLLS: Final = ("following", "preceding", "modified following", "modified preceding")


@frozen
class DayOff:
    """A day that is not worked, and why.

    >>> from datetime import date
    >>> from docflow.bangkok import office_clock
    >>> print(office_clock().days.why_not(date(2019, 11, 4)))
    2019-11-04 holiday: Special holiday (35th ASEAN Summit, Bangkok and Nonthaburi) [Cabinet resolution 15 Oct 2019]
    """

    day: date
    kind: Kind
    """What it is: "weekend", "holiday", "closure" (of the office itself), or "hours" (none are left)."""
    reason: str
    source: str
    """Who decided it."""

    def __str__(self) -> str:
        return f"{self.day} {self.kind}: {self.reason} [{self.source}]"


@frozen
class OfficeDays:
    """The working days of a clock as dates, so that no zone and no hour can be mistaken; `clock.days` is it.

    >>> from datetime import date
    >>> from docflow.bangkok import office_clock
    >>> days, friday = office_clock().days, date(2019, 11, 1)  # before a weekend and two holidays
    >>> print(days.add(friday, 1), days.add(friday, -1), days.count(friday, date(2019, 11, 6)))
    2019-11-06 2019-10-31 1

    A day is given as a date; a moment is refused, because its zone would decide which day it is (`clock.day_of` says
    it). Every question raises `NotAMomentError` for what is no day, and what the calendar raises for a year that it
    does not hold.
    """

    clock: InstantClock
    """The clock whose days they are."""
    _years: dict[int, Sequence[int]] = field(init=False, factory=dict, eq=False, repr=False)

    def is_worked(self, day: date) -> bool:
        """Whether the office works on a day.

        >>> from datetime import date
        >>> from docflow.bangkok import office_clock
        >>> office_clock().days.is_worked(date(2020, 4, 13))  # Songkran was put off in 2020
        True
        """
        asked = _day(day).toordinal()
        days = self._around(day)
        place = bisect_left(days, asked)
        return place < len(days) and days[place] == asked

    def why_not(self, day: date) -> DayOff | None:
        """Why the office does not work on a day; None when it does.

        >>> from datetime import date
        >>> from docflow.bangkok import office_clock
        >>> print(office_clock().days.why_not(date(2020, 1, 4)))
        2020-01-04 weekend: Saturday [ThaiGovernment(area='bangkok')]
        >>> office_clock().days.why_not(date(2020, 1, 6)) is None
        True
        """
        if self.is_worked(day):
            return None
        asked, calendar = _day(day), self.clock.adapted
        kind = "hours" if calendar.is_working_day(asked) else calendar.kind_of(asked)
        reason, source = joined(self.clock.notes(asked))
        return DayOff(asked, kind, reason or "no hours", source or "the office hours")

    def add(self, day: date, n: int) -> date:
        """The n-th working day after a day, or before it when n is negative; for 0, the day itself.

        >>> from datetime import date
        >>> from docflow.bangkok import office_clock
        >>> days = office_clock().days
        >>> print(days.add(date(2020, 1, 4), 1), days.add(date(2020, 1, 4), -1))  # a Saturday
        2020-01-06 2020-01-03

        The day itself is never counted. Raises `AmountError` for what is no whole number, and `HorizonError` when no
        working day comes for ten years.
        """
        _whole(n)
        asked = _day(day)
        if n == 0:
            return asked
        if not date.min.toordinal() <= asked.toordinal() + n <= date.max.toordinal():  # if it worked every day
            held_year(asked.year + n // 365)
        year, closed, days = asked.year, 0, self._year(asked.year)
        place = bisect_right(days, asked.toordinal()) + n - 1 if n > 0 else bisect_left(days, asked.toordinal()) + n
        while not 0 <= place < len(days):  # the place in its year; beyond it, in one after or before
            closed = 0 if days else closed + 1
            if closed > HORIZON_YEARS:
                self._given_up(asked, n)
            place -= len(days) if n > 0 else 0
            year += 1 if n > 0 else -1
            days = self._year(year)
            place += 0 if n > 0 else len(days)
        return date.fromordinal(days[place])

    def count(self, first: date, last: date, *, counting_first: bool = False, counting_last: bool = True) -> int:
        """How many working days lie between two days; negative when the second is the earlier one.

        >>> from datetime import date
        >>> from docflow.bangkok import office_clock
        >>> days, monday, friday = office_clock().days, date(2020, 1, 6), date(2020, 1, 10)
        >>> days.count(monday, friday), days.count(monday, friday, counting_first=True), days.count(friday, monday)
        (4, 5, -4)

        The first day does not count and the last one does (Civil and Commercial Code, section 193/3), unless you say
        otherwise. Then `count` and `add` undo each other: `count(day, add(day, n)) == n`.
        """
        start, stop = _day(first), _day(last)
        if stop < start:
            return -self.count(stop, start, counting_first=counting_last, counting_last=counting_first)
        before = (bisect_left if counting_first else bisect_right)(self._around(start), start.toordinal())
        upto = (bisect_right if counting_last else bisect_left)(self._around(stop), stop.toordinal())
        return max(0, sum(len(self._year(year)) for year in range(start.year, stop.year)) + upto - before)

    def count_array(
        self, first: Column, last: Column, *, counting_first: bool = False, counting_last: bool = True
    ) -> Column:
        """`count` for columns of dates, the same numbers; needs numpy (`docflow-registry[arrays]`).

        >>> from datetime import date
        >>> from docflow.bangkok import office_clock
        >>> monday, friday = date(2020, 1, 6), date(2020, 1, 10)
        >>> office_clock().days.count_array([monday, friday, None], friday).tolist()
        [4, 0, None]

        Null where a date is. A row outside the years of the calendar is null too, and a `RowsWarning` counts and names
        such rows. Raises `TypeError` for a column of moments with a zone: give their dates.
        """
        from docflow.worktime import day_columns  # noqa: PLC0415 - numpy is loaded when it is needed

        return day_columns.count_array(self.clock, first, last, counting_first, counting_last)

    def between(self, first: date, last: date) -> tuple[date, ...]:
        """The working days from one day to another, both included; none when the second is the earlier one.

        >>> from datetime import date
        >>> from docflow.bangkok import office_clock
        >>> print(*office_clock().days.between(date(2019, 11, 1), date(2019, 11, 7)))
        2019-11-01 2019-11-06 2019-11-07
        """
        begin, end = _day(first), _day(last)
        for edge in (begin, end):
            self.clock.see(edge)
        since, until = begin.toordinal(), end.toordinal()
        years = (self._year(year) for year in range(begin.year, end.year + 1))
        inside = (days[bisect_left(days, since) : bisect_right(days, until)] for days in years)
        return tuple(date.fromordinal(one) for days in inside for one in days)

    def nth(self, year: int, month: int, n: int) -> date:
        """The n-th working day of a month; -1 is its last one.

        >>> from docflow.bangkok import office_clock
        >>> print(office_clock().days.nth(2020, 1, 1), office_clock().days.nth(2020, 1, -1))
        2020-01-02 2020-01-31

        Raises `AmountError` for 0, for no month, and when the month has fewer working days.
        """
        _whole(n)
        if type(year) is not int or type(month) is not int or not (MINYEAR <= year <= MAXYEAR and 1 <= month <= MONTHS):
            raise AmountError((year, month), "is no month; give its year and its number, such as 2020, 1")
        begin, end = date(year, month, 1), date(year, month, monthrange(year, month)[1])
        self.clock.see(begin)
        days = self._around(end)
        first, after = bisect_left(days, begin.toordinal()), bisect_right(days, end.toordinal())
        if not 1 <= abs(n) <= after - first:
            problem = f"is no working day of {begin:%Y-%m}, which has {after - first}; count from 1, or back from -1"
            raise AmountError(n, problem)
        return date.fromordinal(days[first + n - 1 if n > 0 else after + n])

    def roll(self, day: date, how: Roll = "following") -> date:
        """The day itself when it is worked, else a working day near it.

        >>> from datetime import date
        >>> from docflow.bangkok import office_clock
        >>> sunday = date(2020, 5, 31)
        >>> for how in ("following", "preceding", "modified following"):
        ...     print(how, office_clock().days.roll(sunday, how))
        following 2020-06-01
        preceding 2020-05-29
        modified following 2020-05-29

        "modified" rolls the other way where the month would change (the business day conventions of ISDA). Raises
        `ValueError` for another word.
        """
        if how not in ROLLS:
            raise ValueError(f"{how!r} is no way to roll; give one of {', '.join(ROLLS)}")
        if self.is_worked(day):
            return _day(day)
        onward = how.endswith("following")
        found = self.add(day, 1 if onward else -1)
        if how.startswith("modified") and (found.year, found.month) != (day.year, day.month):
            return self.add(day, -1 if onward else 1)
        return found

    def hours(self, day: date) -> tuple[tuple[pendulum.DateTime, pendulum.DateTime], ...]:
        """When the office opens and closes on a day; none when it is not worked.

        >>> from datetime import date
        >>> from docflow.bangkok import office_clock
        >>> for opens, closes in office_clock().days.hours(date(2020, 1, 6)):
        ...     print(opens, closes)
        2020-01-06 08:30:00+07:00 2020-01-06 16:30:00+07:00

        A night shift belongs to the day on which it opens.
        """
        return tuple(
            (moment(opens, self.clock.tz), moment(closes, self.clock.tz)) for opens, closes in self.intervals(day)
        )

    def length(self, day: date) -> WorkTime:
        """How long the office is open on a day.

        >>> from datetime import date
        >>> from docflow.bangkok import office_clock
        >>> print(office_clock().days.length(date(2020, 1, 6)))
        8 h
        """
        return WorkTime.of(sum(closes - opens for opens, closes in self.intervals(day)))

    def intervals(self, day: date) -> list[Interval]:
        """`hours`, from instant to instant."""
        asked = _day(day)
        self.clock.see(asked)
        return self.clock.spans_of(asked)

    def _given_up(self, day: date, n: int) -> NoReturn:
        at = self.clock.datetime_of(self.clock.day_begin(day))
        raise HorizonError(at, "does not open" if n > 0 else "was not open", HORIZON_YEARS)

    def _around(self, day: date) -> Sequence[int]:
        """The working days of the year of a day; raises what the calendar raises when it has no answer for the day."""
        self.clock.see(day)
        return self._year(day.year)

    def _year(self, year: int) -> Sequence[int]:
        """The working days of a year, as `date.toordinal` numbers them."""
        days = self._years.get(year)
        if days is None:
            days = self._years[year] = self.clock.working_days(year)
        return days


def _whole(n: int) -> None:
    if type(n) is not int:
        raise AmountError(n, "is no number of working days; give a whole number, such as 2 or -2")


def _day(given: date) -> date:
    """A day. Raises `NotAMomentError` for anything else, also for a moment: in another zone it is another day."""
    if isinstance(given, datetime) and given.tzinfo is not None:
        raise NotAMomentError(given, "is a moment, not a day; give its day, such as clock.day_of(moment)")
    return given_day(given)
