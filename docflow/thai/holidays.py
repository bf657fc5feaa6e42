"""ThaiGovernment: the days on which Thai government offices are closed, and since when that was known.

The days are data, `holidays.csv` beside this file: one row a day and reason, with the day it was announced (empty: a
standing holiday, known all along) and its source, and the day it was withdrawn again and the source of that. Labour Day
is not among them: it is no day off for officials. Holidays are announced late and moved, so years that the table
does not hold are refused, never guessed.
"""

from __future__ import annotations

import csv
from datetime import date, datetime
from functools import cache, partial
from importlib.resources import files
from typing import NamedTuple, Self

from attrs import frozen
from workalendar.core import SAT, SUN, Calendar
from workalendar.registry import registry

from docflow.errors import OutsideCalendarError, UnknownAreaError

__all__ = ["Holiday", "ThaiGovernment", "holiday_table"]


class DayNote(NamedTuple):
    """Why a day is what it is, and who says so."""

    reason: str
    source: str


@frozen
class Holiday:
    """One reason why offices are closed on a day, as it was decided."""

    day: date
    english: str
    thai: str
    kind: str
    """fixed, lunar, substitute, special or ploughing."""
    area: str | None
    """Where only; None means the whole country."""
    announced: date | None
    """When the cabinet decided it; None means a standing holiday, known all along."""
    source: str
    """Who decided it, and where that is written."""
    withdrawn: date | None
    """When it was taken back or moved; None means it stood."""
    withdrawal: str
    """Who took it back, and where that is written; empty when it stood."""
    sureness: str
    """H: three sources or more; M: one good source; L: inferred."""

    def known(self, on: date | None) -> bool:
        """Whether it was expected to be a holiday on a day; None means with all that is known today."""
        if on is None:
            return self.withdrawn is None
        return (self.announced is None or self.announced <= on) and (self.withdrawn is None or on < self.withdrawn)


@cache
def holiday_table() -> tuple[Holiday, ...]:
    """Every row of the table, withdrawn ones included, in order of day.

    >>> [row.day.isoformat() for row in holiday_table() if row.withdrawn == date(2020, 3, 17)]
    ['2020-04-13', '2020-04-14', '2020-04-15']
    """
    with files("docflow.thai").joinpath("holidays.csv").open(encoding="utf-8") as lines:
        return tuple(
            Holiday(
                day=date.fromisoformat(row["date"]),
                english=row["english"],
                thai=row["thai"],
                kind=row["kind"],
                area=row["area"] or None,
                announced=_day(row["announced"]),
                source=row["source"],
                withdrawn=_day(row["withdrawn"]),
                withdrawal=row["withdrawal"],
                sureness=row["sureness"],
            )
            for row in csv.DictReader(lines)
        )


class ThaiGovernment(Calendar):  # type: ignore[misc]  # workalendar ships no types
    """The working days of Thai government offices, calendar years 2018 to 2026: a workalendar calendar.

    >>> ThaiGovernment(area="bangkok").is_working_day(date(2019, 11, 4))  # the ASEAN summit
    False
    >>> songkran = date(2020, 4, 13)  # postponed by the cabinet on 17 March 2020
    >>> ThaiGovernment(known_on=date(2020, 3, 16)).is_working_day(songkran), ThaiGovernment().is_working_day(songkran)
    (False, True)

    `area="bangkok"` adds the days that only Bangkok had; `known_on` gives the calendar as it was known at the end
    of that day. Everything workalendar offers works on it, and its registry has it as "TH". Raises
    `OutsideCalendarError` for a year outside the table and when no year is given, and `UnknownAreaError`.
    """

    WEEKEND_DAYS = (SAT, SUN)
    include_new_years_day = False  # the table has it

    def __init__(self, *, area: str | None = None, known_on: date | None = None) -> None:
        super().__init__()
        areas = sorted({row.area for row in holiday_table() if row.area})
        if area is not None and area not in areas:
            raise UnknownAreaError(area, areas)
        if known_on is not None and (isinstance(known_on, datetime) or not isinstance(known_on, date)):
            raise TypeError(f"known_on is a day, and {known_on!r} is none; give date(2020, 4, 1)")
        self._area = area
        self._known_on = known_on

    @property
    def area(self) -> str | None:
        """Where the office is; None means nowhere in particular."""
        return self._area

    @property
    def known_on(self) -> date | None:
        """The day whose knowledge the calendar has; None means all that is known today."""
        return self._known_on

    def rows(self, year: int) -> tuple[Holiday, ...]:
        """The holidays of a year as this calendar knows them, each with its reason and source.

        >>> [row.english for row in ThaiGovernment().rows(2020) if row.day == date(2020, 7, 27)]
        ['Substitute for Songkran (1)']
        """
        held = self._held(year)
        return tuple(
            row
            for row in holiday_table()
            if row.day.year == held and row.area in (None, self.area) and row.known(self.known_on)
        )

    def notes(self, day: date) -> tuple[DayNote, ...]:
        """Why offices are closed on a day, or are open although a holiday had been expected; an explanation shows them.

        >>> songkran = date(2020, 4, 13)
        >>> print(*ThaiGovernment(known_on=date(2020, 3, 16)).notes(songkran)[0], sep="; ")
        Songkran; Standing order of the Office of the Prime Minister
        >>> ThaiGovernment().notes(songkran)[0].reason
        'no holiday: Songkran was withdrawn on 2020-03-17'
        """
        rows = self.rows(day.year)
        notes = tuple(DayNote(row.english, row.source) for row in rows if row.day == day)
        if notes or not self.is_working_day(day):
            return notes
        return tuple(
            DayNote(f"no holiday: {row.english} was withdrawn on {row.withdrawn}", row.withdrawal)
            for row in holiday_table()
            if row.day == day
            and row.area in (None, self.area)
            and row.withdrawn
            and (self.known_on is None or row.withdrawn <= self.known_on)
        )

    def as_known_on(self, day: date | None) -> Self:
        """The same calendar as it was known at the end of a day; None means with all that is known today.

        >>> ThaiGovernment(area="bangkok").as_known_on(date(2020, 3, 16))
        ThaiGovernment(area='bangkok', known_on=datetime.date(2020, 3, 16))
        """
        return type(self)(area=self.area, known_on=day)

    def get_variable_days(self, year: int) -> list[tuple[date, str]]:
        """What workalendar asks for: the days of a year and their English names."""
        return [(row.day, row.english) for row in self.rows(year)]

    def holidays(self, year: int | None = None) -> list[tuple[date, str]]:
        """The days of a year and their English names, as a list of the caller's own."""
        return list(super().holidays(self._held(year)))

    def holidays_set(self, year: int | None = None) -> set[date]:
        """The days of a year."""
        return {day for day, _ in super().holidays(self._held(year))}

    def is_working_day(
        self,
        day: date,
        extra_working_days: list[date] | None = None,
        extra_holidays: list[date] | None = None,
    ) -> bool:
        """Whether offices work on a day; weekends outside the table are refused like any other day there."""
        self._held(day.year)
        return bool(super().is_working_day(day, extra_working_days, extra_holidays))

    def _held(self, year: int | None) -> int:
        table = holiday_table()
        first, last = table[0].day.year, table[-1].day.year
        if year is None or not first <= year <= last:
            raise OutsideCalendarError(str(self), year, first, last)
        return year

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        return (self.area, self.known_on) == (other.area, other.known_on)

    def __hash__(self) -> int:
        return hash((type(self), self.area, self.known_on))

    def __reduce__(self) -> tuple[partial[ThaiGovernment], tuple[()]]:
        return partial(type(self), area=self.area, known_on=self.known_on), ()

    def __repr__(self) -> str:
        given = {"area": self.area, "known_on": self.known_on}
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in given.items() if value)})"


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


registry.register("TH", ThaiGovernment)
