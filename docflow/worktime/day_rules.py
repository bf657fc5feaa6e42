"""Rules for days: yearly days and ranges, dates, every other Saturday, and your own; joined by `&`, `|` and `-`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Final, Literal

from attrs import field, frozen
from attrs.converters import optional as unless_none
from attrs.validators import optional

from docflow.errors import CalendarError
from docflow.safe import brief, visible
from docflow.text import of_kind
from docflow.worktime.hours import WEEKDAYS

if TYPE_CHECKING:
    from docflow.worktime.adapter import CalendarAdapter

__all__ = ["DateRange", "Dates", "Days", "EveryOther", "Joined", "Own", "Yearly", "a_day"]

EVERY_WEEKDAY: Final = frozenset(range(7))
A_LEAP_YEAR: Final = 2000
MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
FEW: Final = 3
"""So many dates are told one by one."""


def a_day(instance: object, attribute: object, value: date) -> None:  # noqa: ARG001 - attrs' signature
    """Refuse what is no day; also a datetime, which is a date to Python but equals no date."""
    if isinstance(value, datetime) or not isinstance(value, date):
        raise CalendarError(value, "is no day; give date(2020, 4, 13)")


class Days(ABC):
    """A rule that says of each day whether it is meant; a decision of an `OfficeCalendar` can be about its days.

    >>> from datetime import date
    >>> from docflow import Closure, OfficeCalendar, WorkingWeek
    >>> from docflow.worktime import Yearly
    >>> second_fridays = Days.of("second Fridays", lambda day: day.weekday() == 4 and 8 <= day.day <= 14)
    >>> training = Closure(second_fridays - Yearly((7, 1), (8, 31)), reason="training", source="order 8")
    >>> office = OfficeCalendar(WorkingWeek(), [training])
    >>> office.is_working_day(date(2026, 3, 13)), office.is_working_day(date(2026, 7, 10))
    (False, True)

    Its kinds are `Yearly`, `DateRange`, `Dates`, `EveryOther`, `Holidays` and `Eves`, and `Days.of` makes your own.
    Rules are joined: `a & b` are the days of both, `a | b` those of either, and `a - b` those of the first alone.
    Raises `TypeError` when a rule is joined to what is none.
    """

    __slots__ = ()

    @staticmethod
    def of(name: str, holding: Callable[[date], bool]) -> Days:
        """A rule of your own: a name for explanations, and a function from a day to whether it is meant.

        Raises `CalendarError` for a name without a word, and `TypeError` for what is no function.
        """
        return Own(name, holding)

    @property
    def weekdays(self) -> frozenset[int]:
        """The weekdays on which its days may fall, 0 for Monday to 6 for Sunday."""
        return EVERY_WEEKDAY

    @abstractmethod
    def holds(self, day: date, below: CalendarAdapter) -> bool:
        """Whether a day is meant; a rule may ask the calendar below, on top of which an office decides."""

    def __and__(self, other: Days) -> Days:
        return Joined("and", self, other)

    def __or__(self, other: Days) -> Days:
        return Joined("or", self, other)

    def __sub__(self, other: Days) -> Days:
        return Joined("without", self, other)


@frozen
class Joined(Days):
    """Two rules joined by `&`, `|` or `-`."""

    word: Literal["and", "or", "without"]
    one: Days
    other: Days = field(validator=of_kind(Days, "rule for days", "one, such as Yearly((12, 25))"))

    @property
    def weekdays(self) -> frozenset[int]:
        """Those of both, of either, or of the first."""
        one, other = self.one.weekdays, self.other.weekdays
        return one & other if self.word == "and" else one | other if self.word == "or" else one

    def holds(self, day: date, below: CalendarAdapter) -> bool:
        """Whether both mean the day, or either, or only the first; the other is asked only when it matters."""
        if self.one.holds(day, below) == (self.word == "or"):
            return self.word == "or"
        return self.other.holds(day, below) != (self.word == "without")

    def __str__(self) -> str:
        one, other = (f"({rule})" if isinstance(rule, Joined) else str(rule) for rule in (self.one, self.other))
        return f"{one} {self.word} {other}"


@frozen
class Own(Days):
    """A rule that a function decides; `Days.of` makes it."""

    name: str
    holding: Callable[[date], bool] = field(
        validator=of_kind(Callable, "function", "one from a day to whether it is meant")  # type: ignore[arg-type]  # Callable is no type
    )

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.name, str) or not self.name.strip():
            raise CalendarError(brief(self.name), "is no name of a rule; say which days it means")

    def holds(self, day: date, below: CalendarAdapter) -> bool:  # noqa: ARG002 - it knows no calendar
        """What the function says."""
        return bool(self.holding(day))

    def __str__(self) -> str:
        return visible(self.name)


def _dates(dates: Iterable[date]) -> frozenset[date]:
    days = list(dates) if isinstance(dates, Iterable) else [dates]
    if not days:
        raise CalendarError("no dates", "make no rule; give some, such as [date(2020, 4, 13)]")
    for day in days:
        a_day(None, None, day)
    return frozenset(days)


@frozen
class Dates(Days):
    """Dates one by one; a decision about them is a decision about each.

    >>> from datetime import date
    >>> from docflow import Closure, OfficeCalendar, WorkingWeek
    >>> strike = Closure(Dates([date(2026, 3, 20), date(2026, 3, 27)]), reason="strike", source="order 3")
    >>> OfficeCalendar(WorkingWeek(), [strike]).is_working_day(date(2026, 3, 27))
    False
    >>> print(strike.day)
    2026-03-20, 2026-03-27

    Raises `CalendarError` for what is no day, and when there is none.
    """

    dates: frozenset[date] = field(converter=_dates)

    @property
    def weekdays(self) -> frozenset[int]:
        """The weekdays of the dates."""
        return frozenset(day.weekday() for day in self.dates)

    def holds(self, day: date, below: CalendarAdapter) -> bool:  # noqa: ARG002 - it knows no calendar
        """Whether the day is one of them."""
        return day in self.dates

    def __str__(self) -> str:
        days = sorted(self.dates)
        return ", ".join(map(str, days)) if len(days) <= FEW else f"{len(days)} dates from {days[0]} to {days[-1]}"


@frozen
class DateRange(Days):
    """Every day from a first to a last one, both included; without a last one, from the first one on.

    >>> from datetime import date
    >>> from docflow import Closure, OfficeCalendar, WorkingWeek
    >>> repairs = Closure(DateRange(date(2026, 2, 18), date(2026, 3, 19)), reason="repairs", source="order 4")
    >>> OfficeCalendar(WorkingWeek(), [repairs]).is_working_day(date(2026, 3, 2))
    False
    >>> print(DateRange(date(2026, 3, 15)))
    from 2026-03-15

    With None for the first day, it is every day up to the last one. Raises `CalendarError` for what is no day, for a
    range that ends before it begins, and for one that does neither.
    """

    first: date | None = field(validator=optional(a_day))
    last: date | None = field(default=None, validator=optional(a_day))

    def __attrs_post_init__(self) -> None:
        if self.first is None and self.last is None:
            raise CalendarError("a range of dates", "has a first or a last day; give DateRange(date(2026, 3, 15))")
        if self.first and self.last and self.last < self.first:
            raise CalendarError(self.first, f"is after {self.last}, the last day; swap the two")

    def holds(self, day: date, below: CalendarAdapter) -> bool:  # noqa: ARG002 - it knows no calendar
        """Whether the day lies in it."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def __str__(self) -> str:
        return " ".join(f"{word} {day}" for word, day in (("from", self.first), ("to", self.last)) if day)


def _of_a_year(given: Iterable[int]) -> tuple[int, int]:
    """A month and a day that some year has."""
    try:
        month, day = given
        date(A_LEAP_YEAR, month, day)
    except (TypeError, ValueError):
        way = "give its month and its day, such as (12, 25)"
        raise CalendarError(brief(given), f"is no day of a year; {way}") from None
    return month, day


@frozen
class Yearly(Days):
    """A day or a range of days of each year, as (month, day); a range may run over the new year.

    >>> from datetime import date
    >>> from docflow import Closure, OfficeCalendar, WorkingWeek
    >>> winter = Closure(Yearly((12, 24), (1, 2)), reason="winter holidays", source="order 9")
    >>> OfficeCalendar(WorkingWeek(), [winter]).is_working_day(date(2026, 12, 28))
    False
    >>> print(Yearly((12, 25)))
    each 25 December

    29 February is a day of leap years alone. Raises `CalendarError` for a day that no year has.
    """

    first: tuple[int, int] = field(converter=_of_a_year)
    last: tuple[int, int] | None = field(default=None, converter=unless_none(_of_a_year))

    def holds(self, day: date, below: CalendarAdapter) -> bool:  # noqa: ARG002 - it knows no calendar
        """Whether the day is it, or lies in the range."""
        first, last, asked = self.first, self.last or self.first, (day.month, day.day)
        return first <= asked <= last if first <= last else asked >= first or asked <= last

    def __str__(self) -> str:
        days = (f"{day} {MONTHS[month - 1]}" for month, day in filter(None, (self.first, self.last)))
        return f"each {' to '.join(days)}"


@frozen
class EveryOther(Days):
    """The weekday of a date, every two weeks or every few, before the date as well as after it.

    >>> from datetime import date
    >>> from docflow import OfficeCalendar, WorkingWeek
    >>> from docflow.worktime import MakeUpDay
    >>> saturdays = MakeUpDay(EveryOther(date(2020, 1, 4)), reason="open Saturdays", source="order 2")
    >>> office = OfficeCalendar(WorkingWeek(), [saturdays])
    >>> [office.is_working_day(date(2020, 1, day)) for day in (4, 11, 18)]
    [True, False, True]

    To begin on the date, join the two: `EveryOther(day) & DateRange(day)`. Raises `CalendarError` for what is no day
    and no number of weeks.
    """

    day: date = field(validator=a_day)
    weeks: int = field(default=2, kw_only=True)

    @weeks.validator
    def _counted(self, _: object, weeks: int) -> None:
        if type(weeks) is not int or weeks < 1:
            raise CalendarError(brief(weeks), "is no number of weeks; give 2 for every other one, or 1 for each")

    @property
    def weekdays(self) -> frozenset[int]:
        """The weekday of its date."""
        return frozenset({self.day.weekday()})

    def holds(self, day: date, below: CalendarAdapter) -> bool:  # noqa: ARG002 - it knows no calendar
        """Whether so many weeks, or a multiple of them, lie between the day and its date."""
        return (day - self.day).days % (7 * self.weeks) == 0

    def __str__(self) -> str:
        often = {1: "", 2: "2nd ", 3: "3rd "}.get(self.weeks, f"{self.weeks}th ")
        return f"every {often}{WEEKDAYS[self.day.weekday()]}, such as {self.day}"
