"""A calendar made of a list of holidays: dates with names, numpy's busdaycalendar, or a calendar file (ICS)."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import date  # noqa: TC003 - the examples below use it
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from attrs import field, frozen
from attrs.validators import instance_of

from docflow.errors import CalendarError, OutsideCalendarError
from docflow.instants import day as given_day
from docflow.safe import brief, visible
from docflow.text import expect
from docflow.worktime.adapter import Note
from docflow.worktime.day_rules import a_day
from docflow.worktime.weeks import WorkingWeek

__all__ = ["HolidayList"]


def _named(holidays: Any) -> tuple[tuple[date, str], ...]:  # noqa: ANN401 - anything is given
    """The holidays and their names, in order."""
    if not isinstance(holidays, Iterable) or isinstance(holidays, str):
        raise CalendarError(brief(holidays), "is no list of holidays; give dates, or a dict of their names by date")
    given = holidays.items() if isinstance(holidays, Mapping) else holidays
    named: dict[date, list[str]] = {}
    for each in given:
        day, name = each if isinstance(each, tuple) and len(each) == 2 else (each, "holiday")  # noqa: PLR2004 - a pair
        a_day(None, None, day)
        if not isinstance(name, str) or not name.strip():
            raise CalendarError(day, f'is called {brief(name)}; give it a name, such as "New Year"')
        named.setdefault(day, []).append(name.strip())
    return tuple((day, "; ".join(dict.fromkeys(names))) for day, names in sorted(named.items()))


def _first_and_last(years: Iterable[int]) -> tuple[int, int]:
    match tuple(years) if isinstance(years, Iterable) else years:
        case (int() as first, int() as last) if first <= last:
            return first, last
    raise CalendarError(brief(years), "are no years; give the first and the last one, such as years=(2020, 2030)")


@frozen
class HolidayList:
    """A calendar of a working week and a list of holidays: dates, or their names by date.

    >>> from datetime import date
    >>> calendar = HolidayList({date(2026, 1, 1): "New Year"}, source="order 2")
    >>> calendar.is_working_day(date(2026, 1, 1)), calendar.is_working_day(date(2026, 1, 2))
    (False, True)
    >>> calendar.is_working_day(date(2027, 1, 4))
    Traceback (most recent call last):
    docflow.errors.OutsideCalendarError: order 2 holds the years 2026–2026 and the year 2027 is not in it; \
give its holidays too, or say years=(2026, 2027) when it has none

    A list says nothing about years without a date: it holds those from its first date to its last one, unless `years`
    says which it holds. A day with two names is called by both. Raises `CalendarError` for what is no list of dates,
    for a list without a date and without years, and for a date outside its years. Raises `OutsideCalendarError` when it
    is asked about another year.
    """

    holidays: tuple[tuple[date, str], ...] = field(converter=_named)
    """The holidays and their names, in order."""
    week: WorkingWeek = field(factory=WorkingWeek, kw_only=True, validator=instance_of(WorkingWeek))
    years: tuple[int, int] = field(kw_only=True, converter=_first_and_last)
    """The first and the last year that it holds."""
    source: str = field(default="a list of holidays", kw_only=True, validator=instance_of(str))
    """Who decided them, and where that is written."""

    @years.default
    def _from_first_to_last(self) -> tuple[int, int]:
        if not self.holidays:
            raise CalendarError("a list without holidays", "holds no year; say which, such as years=(2020, 2030)")
        return self.holidays[0][0].year, self.holidays[-1][0].year

    def __attrs_post_init__(self) -> None:
        first, last = self.years
        for day, name in self.holidays:
            if not first <= day.year <= last:
                years = min(first, day.year), max(last, day.year)
                raise CalendarError(f"{day} {name}", f"outside the years {first}–{last}; leave it out, or say {years=}")

    @classmethod
    def from_numpy(
        cls,
        busdays: Any,  # noqa: ANN401 - numpy is not needed to read it
        *,
        years: tuple[int, int] | None = None,
        source: str = "numpy.busdaycalendar",
    ) -> Self:
        """The working week and the holidays of numpy's `busdaycalendar`.

        >>> from datetime import date
        >>> import numpy as np
        >>> banks = np.busdaycalendar(weekmask="Mon Tue Wed Thu", holidays=["2026-01-01"])
        >>> print(HolidayList.from_numpy(banks, source="the bank").notes(date(2026, 1, 1))[0])
        Note(reason='holiday', source='the bank', thai='')

        Raises `CalendarError` for anything else.
        """
        if not (hasattr(busdays, "weekmask") and hasattr(busdays, "holidays")):
            raise CalendarError(brief(busdays), "is no calendar of numpy; give numpy.busdaycalendar(holidays=[...])")
        week = WorkingWeek(n for n, worked in enumerate(busdays.weekmask.tolist()) if worked)
        given = {} if years is None else {"years": years}
        return cls(busdays.holidays.tolist(), week=week, source=source, **given)

    @classmethod
    def from_ics(
        cls,
        path: str | os.PathLike[str],
        *,
        week: WorkingWeek | None = None,
        years: tuple[int, int] | None = None,
        source: str | None = None,
    ) -> Self:
        """The whole days of a calendar file (.ics) on disk; needs icalendar (`docflow-registry[ics]`).

        >>> from datetime import date
        >>> from tempfile import NamedTemporaryFile
        >>> yearly = b'''BEGIN:VCALENDAR
        ... BEGIN:VEVENT
        ... DTSTART;VALUE=DATE:20201225
        ... RRULE:FREQ=YEARLY
        ... SUMMARY:Christmas
        ... END:VEVENT
        ... END:VCALENDAR
        ... '''
        >>> with NamedTemporaryFile(suffix=".ics") as file:
        ...     _ = file.write(yearly), file.flush()
        ...     calendar = HolidayList.from_ics(file.name, years=(2026, 2028), source="council")
        >>> print(*calendar.notes(date(2027, 12, 25)), len(calendar.holidays))
        Note(reason='Christmas', source='council', thai='') 3

        Every event of whole days is a holiday, unless it is cancelled. The source is the name of the file, unless you
        say another. Raises `FileError` for a file that cannot be read, and `CalendarError` for one that is no calendar
        file, for an event at some time of a day, and for events that repeat when no years are given.
        """
        from docflow.worktime import ics  # noqa: PLC0415 - icalendar is loaded when it is needed

        expect(path, (str, os.PathLike), "path of a file", 'one, such as "holidays.ics"')
        days, told = ics.days_of(path, None if years is None else _first_and_last(years))
        given = {} if told is None else {"years": told}
        return cls(days, week=week or WorkingWeek(), source=source or visible(Path(path).name), **given)

    @property
    def weekdays(self) -> frozenset[int]:
        """The weekdays of its week."""
        return self.week.weekdays

    def is_working_day(self, day: date) -> bool:
        """Whether the day is in the week and not in the list."""
        return not self.is_holiday(day) and self.week.is_working_day(day)

    def is_holiday(self, day: date) -> bool:
        """Whether the day is in the list."""
        asked, (first, last) = given_day(day), self.years
        if not first <= asked.year <= last:
            years = min(first, asked.year), max(last, asked.year)
            way = f"give its holidays too, or say years={years} when it has none"
            raise OutsideCalendarError(str(self), asked.year, first, last, way)
        return asked in self._names

    def notes(self, day: date) -> tuple[Note, ...]:
        """The name of a holiday, or the weekday of a weekend."""
        if self.is_holiday(day):
            return (Note(self._names[given_day(day)], self.source),)
        return self.week.notes(day)

    def __str__(self) -> str:
        return visible(self.source)

    @cached_property
    def _names(self) -> dict[date, str]:
        return dict(self.holidays)
