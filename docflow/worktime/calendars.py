"""Calendars as values: which days are worked, what an office changes about them, and when that became known."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar, Self

from attrs import evolve, field, frozen
from attrs.validators import instance_of, optional

from docflow.errors import CalendarError
from docflow.instants import day as given_day
from docflow.safe import visible
from docflow.worktime.adapter import Calendar, CalendarAdapter, Kind, Note, a_calendar
from docflow.worktime.hours import WEEKDAYS, OfficeHours

if TYPE_CHECKING:
    from docflow.worktime.hours import OpenSpans

__all__ = ["Closure", "MakeUpDay", "OfficeCalendar", "OneOffHours", "SpecialDay", "WorkingWeek", "a_day"]


def a_day(instance: object, attribute: object, value: date) -> None:  # noqa: ARG001 - attrs' signature
    """Refuse what is no day; also a datetime, which is a date to Python but equals no date."""
    if isinstance(value, datetime) or not isinstance(value, date):
        raise CalendarError(value, "is no day; give date(2020, 4, 13)")


@frozen
class SpecialDay:
    """What an office decided about one day; its three kinds are `Closure`, `MakeUpDay` and `OneOffHours`.

    >>> isinstance(Closure(date(2020, 3, 20), reason="flood", source="office order 15/2563"), SpecialDay)
    True

    Raises `CalendarError` for what is no day, for a day without reason or source, and for one that was withdrawn before
    it was announced.
    """

    works: ClassVar[bool] = True
    """Whether the office works on that day."""

    day: date = field(validator=a_day)
    reason: str = field(kw_only=True)
    source: str = field(kw_only=True)
    """Who decided it, and where that is written."""
    announced: date | None = field(default=None, kw_only=True, validator=optional(a_day))
    """The day on which it became known; None means that it was always known."""
    withdrawn: date | None = field(default=None, kw_only=True, validator=optional(a_day))
    """The day on which it was taken back; None means that it stands."""

    def __attrs_post_init__(self) -> None:
        if type(self) is SpecialDay:
            raise TypeError("a special day is a Closure, a MakeUpDay or OneOffHours; give one of these")
        if not all(isinstance(said, str) and said.strip() for said in (self.reason, self.source)):
            raise CalendarError(self.day, "needs a reason and a source; say why, and who decided it")
        if self.announced and self.withdrawn and self.withdrawn < self.announced:
            raise CalendarError(self.day, f"is withdrawn on {self.withdrawn}, before {self.announced}; correct one")

    def known(self, on: date | None) -> bool:
        """Whether it held with what was known at the end of a day; None means with what is known now."""
        if on is None:
            return self.withdrawn is None
        return (self.announced is None or self.announced <= on) and (self.withdrawn is None or on < self.withdrawn)


@frozen
class Closure(SpecialDay):
    """A day on which the office is closed although its calendar works.

    >>> flood = Closure(date(2020, 3, 20), reason="flood", source="office order 15/2563", announced=date(2020, 3, 19))
    >>> flood.known(date(2020, 3, 18)), flood.known(date(2020, 3, 19))
    (False, True)
    """

    works = False


@frozen
class MakeUpDay(SpecialDay):
    """A day worked at its usual hours although its calendar is closed.

    >>> MakeUpDay(date(2020, 3, 21), reason="makes up for the flood", source="office order 15/2563").works
    True
    """


@frozen
class OneOffHours(SpecialDay):
    """A day worked at hours of its own, whatever its calendar says.

    >>> from datetime import time
    >>> morning = OfficeHours(opens=time(8, 30), closes=time(12))
    >>> print(OneOffHours(date(2020, 12, 30), morning, reason="party", source="order 61").hours)
    08:30–12:00
    """

    hours: OfficeHours

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if not isinstance(self.hours, OfficeHours):
            raise CalendarError(self.day, "its hours are written OfficeHours(opens=..., closes=...)")


def _week(weekdays: Iterable[int]) -> frozenset[int]:
    days = list(weekdays) if isinstance(weekdays, Iterable) else []
    if not days or not all(type(day) is int and day in range(7) for day in days):
        raise CalendarError(days or weekdays, "is no working week; give numbers from 0, Monday, to 6, Sunday")
    return frozenset(days)


@frozen
class WorkingWeek:
    """The calendar without holidays: the same weekdays every week, 0 for Monday to 6 for Sunday.

    >>> print(WorkingWeek())
    Monday, Tuesday, Wednesday, Thursday, Friday
    >>> WorkingWeek(range(6)).is_working_day(date(2020, 1, 4))  # a Saturday
    True

    Raises `CalendarError` for a week without days and for numbers that are no weekdays.
    """

    weekdays: frozenset[int] = field(default=range(5), converter=_week)

    def is_working_day(self, day: date) -> bool:
        """Whether the day's weekday is one of them."""
        return given_day(day).weekday() in self.weekdays

    def notes(self, day: date) -> tuple[Note, ...]:
        """Why a day is not worked: its weekday."""
        return () if self.is_working_day(day) else (Note(WEEKDAYS[day.weekday()], f"the working week: {self}"),)

    def __str__(self) -> str:
        return ", ".join(WEEKDAYS[number] for number in sorted(self.weekdays))


def _listed(days: Iterable[SpecialDay]) -> tuple[SpecialDay, ...]:
    return tuple(days) if isinstance(days, Iterable) else (days,)


def _announced(special: SpecialDay) -> tuple[date, date]:
    return special.day, special.announced or date.min


@frozen
class OfficeCalendar:
    """The days that an office decides itself, on top of another calendar: a national one, or that of another office.

    >>> from docflow import Closure, ThaiGovernment
    >>> from docflow.worktime import MakeUpDay
    >>> office = OfficeCalendar(
    ...     ThaiGovernment(area="bangkok"),
    ...     days=[
    ...         Closure(date(2020, 3, 20), reason="flood", source="order 15", announced=date(2020, 3, 19)),
    ...         MakeUpDay(date(2020, 3, 21), reason="for the flood", source="order 16", announced=date(2020, 3, 20)),
    ...     ],
    ... )
    >>> friday, saturday = date(2020, 3, 20), date(2020, 3, 21)
    >>> office.is_working_day(friday), office.is_working_day(saturday)
    (False, True)
    >>> known = office.as_known_on(date(2020, 3, 18))
    >>> known.is_working_day(friday), known.is_working_day(saturday)
    (True, False)

    Of two decisions about one day, the one announced later holds. With `known_on` everything is as it was known at the
    end of that day, also the calendar below when it keeps a record. `idle_years=True` says that a year without any
    working day is meant, as for a course, a season or an office that has closed. Raises `CalendarError` when one day
    is decided twice with one date of announcement, and for what is no calendar.
    """

    base: Calendar = field(validator=a_calendar)
    days: tuple[SpecialDay, ...] = field(default=(), converter=_listed)
    known_on: date | None = field(default=None, kw_only=True, validator=optional(a_day))
    idle_years: bool = field(default=False, kw_only=True, validator=instance_of(bool))

    @days.validator
    def _decided_once(self, _: object, days: tuple[SpecialDay, ...]) -> None:
        for day in days:
            if not isinstance(day, SpecialDay):
                raise CalendarError(day, "is no decision about a day; give Closure(day, reason=..., source=...)")
        for one, other in pairwise(sorted(days, key=_announced)):
            if (one.day, one.announced) == (other.day, other.announced):
                raise CalendarError(one.day, "is decided twice as of one day; keep one, or date them apart")

    def __attrs_post_init__(self) -> None:
        # Converters of attrs cannot do this, because `base` depends on a field after it.
        given = CalendarAdapter(self.base)
        object.__setattr__(self, "idle_years", self.idle_years or given.idle_years)
        if self.known_on is not None:
            object.__setattr__(self, "base", given.as_known_on(self.known_on))

    @property
    def overnight(self) -> bool:
        """Whether the hours of any special day run over midnight."""
        own = any(isinstance(special, OneOffHours) and special.hours.overnight for special in self._decided.values())
        return own or self._below.overnight

    @property
    def provisional(self) -> tuple[int, ...]:
        """The years that the calendar below has not decided yet."""
        return self._below.provisional

    @property
    def usual_hours(self) -> bool:
        """Whether the days of the calendar below have usual hours."""
        return self._below.usual_hours

    @property
    def weekdays(self) -> frozenset[int]:
        """The weekdays that may be worked at the usual hours: those below, and those of make-up days."""
        return self._below.weekdays | {special.day.weekday() for special in self.days if type(special) is MakeUpDay}

    def is_working_day(self, day: date) -> bool:
        """What the office decided, else what the calendar below says."""
        special = self._decided.get(given_day(day))
        return self.base.is_working_day(day) if special is None else special.works

    def held_in(self, year: int) -> range:
        """The days of a year for which the calendar below has an answer."""
        return self._below.held_in(year)

    def hours_on(self, day: date) -> OfficeHours | OpenSpans | None:
        """The hours of a day that has its own; None means the usual ones."""
        special = self._decided.get(given_day(day))
        if special is None:
            return self._below.hours_on(day)
        return special.hours if isinstance(special, OneOffHours) else None

    def notes(self, day: date) -> tuple[Note, ...]:
        """What was decided about a day, else what the calendar below notes."""
        special = self._decided.get(given_day(day))
        return self._below.notes(day) if special is None else (Note(special.reason, special.source),)

    def kind_of(self, day: date) -> Kind:
        """What a day is that is not worked: closed by the office itself, or what it is below."""
        special = self._decided.get(day)
        return self._below.kind_of(day) if special is None else "closure"

    def as_known_on(self, day: date | None) -> Self:
        """The same calendar as it was known at the end of a day; None means as it is known now."""
        return evolve(self, base=self._below.as_known_on(day), known_on=day)

    def __str__(self) -> str:
        days = len(self._decided)
        return visible(f"{self._below} with {days} special day{'s' * (days != 1)}")

    @cached_property
    def _below(self) -> CalendarAdapter:
        return CalendarAdapter(self.base)

    @cached_property
    def _decided(self) -> dict[date, SpecialDay]:
        """The decision that holds about each day: of two, the one that was announced later."""
        in_order = sorted(self.days, key=_announced)
        return {special.day: special for special in in_order if special.known(self.known_on)}
