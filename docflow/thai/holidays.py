"""ThaiGovernment: the days on which Thai government offices are closed, and when that became known.

Holidays are announced late and are moved, so years that no table holds are refused and never guessed. A year whose
holidays are reckoned by rule, because the cabinet has not decided yet, is provisional.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import cache, partial
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple, Self

from workalendar.core import SAT, SUN, Calendar
from workalendar.registry import registry

from docflow.errors import CalendarError, OutsideCalendarError
from docflow.instants import day as given_day
from docflow.thai.table import PROVISIONAL, Holiday, area_named, holiday_table, places_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["ThaiGovernment"]

Years = dict[int, tuple[Holiday, ...]]


class DayNote(NamedTuple):
    """Why a day is what it is, and who says so."""

    reason: str
    source: str
    thai: str = ""
    """The reason in Thai."""


class ThaiGovernment(Calendar):  # type: ignore[misc]  # workalendar ships no types
    """The working days of Thai government offices, calendar years 2018 to 2027: a workalendar calendar.

    >>> from datetime import date
    >>> ThaiGovernment(area="bangkok").is_working_day(date(2019, 11, 4))  # the ASEAN summit
    False
    >>> songkran = date(2020, 4, 13)  # postponed by the cabinet on 17 March 2020
    >>> ThaiGovernment(known_on=date(2020, 3, 16)).is_working_day(songkran), ThaiGovernment().is_working_day(songkran)
    (False, True)
    >>> ThaiGovernment().provisional  # 2027 is reckoned by rule: special days are missing, and the ploughing ceremony
    (2027,)

    `area` says where the office is. An office in a province has the holidays of the province and of its region
    ("nonthaburi": also those of the Centre), a region ("south") only its own, and None only those of the whole country.
    `known_on` gives the calendar as it was known at the end of that day. `table` has whole years that replace those of
    docflow or follow them (`holiday_table("holidays-2570.csv")`), `rows` additional single days, such as those of one
    office.

    It can do all that workalendar's calendars can, and is in workalendar's registry as "TH". Raises
    `OutsideCalendarError` for a year that no table holds and when no year is given, `UnknownAreaError`
    for an area that is none, `TypeError` for a `known_on` that is no day, and `CalendarError` for a table with a year
    without New Year's Day, for years that leave a gap, and for single days of a year that no table holds.
    """

    WEEKEND_DAYS = (SAT, SUN)
    include_new_years_day = False  # the table has it

    def __init__(
        self,
        *,
        area: str | None = None,
        known_on: date | None = None,
        table: Iterable[Holiday] = (),
        rows: Iterable[Holiday] = (),
    ) -> None:
        super().__init__()
        if known_on is not None and (isinstance(known_on, datetime) or not isinstance(known_on, date)):
            raise TypeError(f"known_on is a day, and {known_on!r} is none; give date(2020, 4, 1)")
        self._area = None if area is None else area_named(area)
        self._known_on = known_on
        self._table, self._rows = tuple(table), tuple(rows)
        self._places = places_of(self._area)
        self._years = _years_of(self._table, self._rows)
        self._days: dict[int, dict[date, list[Holiday]]] = {}

    @property
    def area(self) -> str | None:
        """Where the office is; None means in no particular province or region."""
        return self._area

    @property
    def known_on(self) -> date | None:
        """The day as of which the calendar was known; None means as it is known today."""
        return self._known_on

    @property
    def provisional(self) -> tuple[int, ...]:
        """The years that are reckoned by rule, because the table does not have the decisions of the cabinet yet.

        >>> from datetime import datetime
        >>> from docflow.bangkok import office_clock
        >>> from docflow.worktime import WorkingDays
        >>> due = WorkingDays(7).due(datetime.fromisoformat("2026-12-28T10:00+07:00"), office_clock())
        >>> print(due, due.year in office_clock().provisional)
        2027-01-08 16:30:00+07:00 True
        """
        return tuple(year for year in self._years if self._is_provisional(year))

    def rows(self, year: int) -> tuple[Holiday, ...]:
        """The holidays of a year as this calendar knows them, each with its reason and source.

        >>> from datetime import date
        >>> [row.english for row in ThaiGovernment().rows(2020) if row.day == date(2020, 7, 27)]
        ['Substitute for Songkran (1)']
        """
        return tuple(row for row in self._held(year) if self._is_here(row) and row.known(self.known_on))

    def notes(self, day: date) -> tuple[DayNote, ...]:
        """Why offices are closed on a day, or are open although a holiday was expected; `WorkClock.explain` shows them.

        >>> from datetime import date
        >>> songkran = date(2020, 4, 13)
        >>> print(*ThaiGovernment(known_on=date(2020, 3, 16)).notes(songkran)[0], sep="; ")
        Songkran; Standing order of the Office of the Prime Minister; วันสงกรานต์
        >>> ThaiGovernment().notes(songkran)[0].reason
        'no holiday: Songkran was withdrawn on 2020-03-17'
        >>> ThaiGovernment().notes(date(2027, 1, 4))[0].reason  # a Monday
        'provisional: the holidays of 2027 are not all announced'

        In a provisional year, every holiday and every working day has a note that it is provisional.
        """
        day = given_day(day)
        unsure = self._is_provisional(day.year)
        reason, thai = ("{} (provisional)", "{} (ยังไม่ประกาศ)") if unsure else ("{}", "{}")
        rows = [row for row in self._on(day) if self._is_here(row)]
        notes = tuple(
            DayNote(reason.format(row.english), row.source, thai.format(row.thai or row.english))
            for row in rows
            if row.known(self.known_on)
        )
        if notes or not self.is_working_day(day):
            return notes
        withdrawn = tuple(
            DayNote(f"no holiday: {row.english} was withdrawn on {row.withdrawn}", row.withdrawal)
            for row in rows
            if row.withdrawn and (self.known_on is None or row.withdrawn <= self.known_on)
        )
        open_question = DayNote(f"provisional: the holidays of {day.year} are not all announced", str(self))
        return (*withdrawn, open_question) if unsure else withdrawn

    def as_known_on(self, day: date | None) -> Self:
        """The same calendar as it was known at the end of a day; None means as it is known today.

        >>> from datetime import date
        >>> ThaiGovernment(area="bangkok").as_known_on(date(2020, 3, 16))
        ThaiGovernment(area='bangkok', known_on=datetime.date(2020, 3, 16))
        """
        return type(self)(area=self._area, known_on=day, table=self._table, rows=self._rows)

    def get_variable_days(self, year: int) -> list[tuple[date, str]]:
        """What workalendar asks for: the days of a year and their English names."""
        return [(row.day, row.english) for row in self.rows(year)]

    def holidays(self, year: int | None = None) -> list[tuple[date, str]]:
        """The days of a year and their English names, in a new list."""
        self._held(year)
        return list(super().holidays(year))

    def holidays_set(self, year: int | None = None) -> set[date]:
        """The days of a year."""
        return {day for day, _ in self.holidays(year)}

    def is_working_day(
        self,
        day: date,
        extra_working_days: list[date] | None = None,
        extra_holidays: list[date] | None = None,
    ) -> bool:
        """Whether offices work on a day; a year that no table holds is refused, also for its weekends."""
        self._held(given_day(day).year)
        return bool(super().is_working_day(day, extra_working_days, extra_holidays))

    def _on(self, day: date) -> Sequence[Holiday]:
        """The rows of a day, wherever they hold and whatever was known of them."""
        held = self._held(day.year)
        if day.year not in self._days:
            self._days[day.year] = {each: list(rows) for each, rows in groupby(held, attrgetter("day"))}
        return self._days[day.year].get(day, ())

    def _held(self, year: int | None) -> tuple[Holiday, ...]:
        if year is None or year not in self._years:
            first, last = min(self._years), max(self._years)
            way = "ask inside them"
            if year is not None:
                way += f', or add the year with ThaiGovernment(table=holiday_table("holidays-{year}.csv"))'
            raise OutsideCalendarError(str(self), year, first, last, way)
        return self._years[year]

    def _is_here(self, row: Holiday) -> bool:
        return not row.area or not self._places.isdisjoint(row.area)

    def _is_provisional(self, year: int) -> bool:
        return any(row.sureness == PROVISIONAL for row in self._held(year))

    def _made_of(self) -> tuple[object, ...]:
        return self._area, self._known_on, self._table, self._rows

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ThaiGovernment) or type(self) is not type(other):
            return NotImplemented
        return self._made_of() == other._made_of()

    def __hash__(self) -> int:
        return hash((type(self), *self._made_of()))

    def __reduce__(self) -> tuple[partial[ThaiGovernment], tuple[()]]:
        made = partial(type(self), area=self._area, known_on=self._known_on, table=self._table, rows=self._rows)
        return made, ()

    def __repr__(self) -> str:
        shown = {name: value for name, value in (("area", self._area), ("known_on", self._known_on)) if value}
        given = [f"{name}={value!r}" for name, value in shown.items()]
        if self._table:
            given.append(f"table=<{', '.join(map(str, sorted({row.day.year for row in self._table})))}>")
        if self._rows:
            given.append(f"rows=<{len(self._rows)}>")
        return f"{type(self).__name__}({', '.join(given)})"


def _by_year(rows: Iterable[Holiday]) -> Years:
    in_order = sorted(rows, key=lambda row: row.day)
    return {year: tuple(some) for year, some in groupby(in_order, key=lambda row: row.day.year)}


@cache
def _built_in() -> Years:
    return _by_year(holiday_table())


def _years_of(table: tuple[Holiday, ...], rows: tuple[Holiday, ...]) -> Years:
    """The rows of each year: whole years of the given table, else those of docflow, and the given single days."""
    if not table and not rows:
        return _built_in()
    for row in (*table, *rows):
        if not isinstance(row, Holiday):
            raise CalendarError(row, "is no row of a table; give Holiday(day, reason, source=...)")
    given = _by_year(table)
    for year, some in given.items():
        if date(year, 1, 1) not in {row.day for row in some}:
            problem = "a table gives whole years, and this one lacks New Year's Day; give single days by rows=[...]"
            raise CalendarError(year, problem)
    years = dict(sorted({**_built_in(), **given}.items()))
    for year in range(min(years), max(years)):
        if year not in years:
            raise CalendarError(year, "no table has this year, though one has a later one; add its holidays too")
    for year, some in _by_year(rows).items():
        if year not in years:
            raise CalendarError(some[0].day, f"the holidays of {year} are not held; give the whole year by table=(...)")
        years[year] = tuple(sorted((*years[year], *some), key=lambda row: row.day))
    return years


registry.register("TH", ThaiGovernment)
