"""Hypothesis strategies for moments, hours, calendars, clocks and limits; all shrink towards simple ones."""

from __future__ import annotations

import operator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from typing import Any, ClassVar, Final
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from docflow.errors import AmountError, NoWorkingDayError
from docflow.instants import instant, local
from docflow.worktime import (
    Break,
    ChangedHours,
    Closure,
    DateRange,
    Days,
    EveryOther,
    Eves,
    Hours,
    Limit,
    MakeUpDay,
    NextOpening,
    OfficeCalendar,
    OfficeHours,
    OfficeTime,
    OneOffHours,
    Period,
    SameTime,
    Shortened,
    WeeklyHours,
    WorkClock,
    WorkingDayHours,
    WorkingDays,
    WorkingWeek,
    WorkTime,
    Yearly,
)
from docflow.worktime.amount import DAY, MINUTE
from docflow.worktime.days import ROLLS
from docflow.worktime.hours import WEEKDAYS

__all__ = ["YEARS", "ZONES", "calendars", "clocks", "instants", "joint_clocks", "limits", "office_hours"]

YEARS: Final = (2019, 2021)
"""The first and the last year that are searched when none are given."""
ZONES: Final = (
    "UTC",
    "Asia/Bangkok",
    "Europe/Amsterdam",
    "America/New_York",
    "Australia/Lord_Howe",  # half an hour of summer
    "Asia/Kathmandu",
    "America/Sao_Paulo",  # changed at midnight
    "Africa/Casablanca",  # four changes a year
    "Asia/Beirut",  # changes at midnight
    "America/St_Johns",
    "Pacific/Apia",
)
WEEK: Final = 7 * DAY
LAST_AND_FIRST_DAYS: Final = {364, 365, 366, 1, 2}
PLAIN: Final = OfficeHours(opens=time(8, 30), closes=time(16, 30))
WITH_LUNCH: Final = OfficeHours(opens=time(8, 30), closes=time(16, 30), breaks=((time(12), time(13)),))
NIGHT_SHIFT: Final = OfficeHours(opens=time(22), closes=time(6), overnight=True)
ROUND_THE_CLOCK: Final = OfficeHours(opens=time(0), closes=time(0))


def instants(clock: WorkClock | None = None, *, years: tuple[int, int] = YEARS) -> st.SearchStrategy[datetime]:
    """Moments of some years, in UTC; with a clock, often when its office opens or closes or its zone changes clocks.

    >>> from docflow.testing import instants
    >>> from hypothesis import find
    >>> find(instants(), lambda at: at.hour > 12).isoformat()
    '2019-01-01T13:00:00+00:00'

    The years are those of the zone of the clock, else of UTC.
    """
    return instants_between(*span_of(years, clock), clock)


class SearchedYears:
    """A class of laws that searches some years."""

    years: ClassVar[tuple[int, int]] = YEARS

    def __init_subclass__(cls, **named: object) -> None:
        super().__init_subclass__(**named)
        see_years(cls.years, f" of {cls.__name__}")


def see_years(years: object, whose: str = "") -> None:
    """See that years are a first and a last one. Raises `AmountError`."""
    match years:
        case (int(first), int(last)) if all(1 < year < date.max.year for year in (first, last)):
            if last < first:
                way = f"write years = ({last}, {first})"
                raise AmountError(years, f"are years{whose} that end before they begin; {way}")
        case _:
            way = f"give the first and the last, such as years = {YEARS}"
            raise AmountError(years, f"are no years{whose}; {way}")


def span_of(years: tuple[int, int], clock: WorkClock | None = None) -> tuple[datetime, datetime]:
    """The span in which a clock that holds these years has an answer: with night shifts, not on the first day."""
    see_years(years)
    tz, night = (UTC, False) if clock is None else (clock.tz, clock.overnight)
    return datetime(years[0], 1, 1 + night, tzinfo=tz), datetime(years[1] + 1, 1, 1, tzinfo=tz)


@st.composite
def instants_between(draw: st.DrawFn, start: datetime, stop: datetime, clock: WorkClock | None = None) -> datetime:
    """Moments as `instants` gives them, from one moment up to another."""
    first, end = instant(start), instant(stop)
    days = range(first, end, DAY)
    places = ["anywhere", "a change of the zone", "a new year", *["a turn of the office"] * 3 * bool(clock)]
    where = draw(st.sampled_from(places))
    new_years = _new_years(days)
    if where == "a turn of the office" and clock is not None:
        day = draw(st.sampled_from(days) | st.sampled_from(new_years or days))
        at = draw(st.sampled_from(_turns(clock, day, min(day + WEEK, end))))
        at += draw(st.sampled_from([0, -1, 1, MINUTE, -MINUTE]))
    else:
        special = {"a change of the zone": _changes(str(start.tzinfo), days), "a new year": new_years}
        at = draw(st.sampled_from(special.get(where) or days))
        at += draw(st.integers(0, DAY // MINUTE - 1).map(lambda n: n * MINUTE) | st.integers(0, DAY - 1))
    return local(min(max(at, first), end - 1), UTC)


def _turns(clock: WorkClock, start: int, stop: int) -> list[int]:
    """When the office opens and closes in a span; else the start of the span."""
    return [turn for span in clock.index(start, stop).between(start, stop) for turn in span] or [start]


@cache
def _new_years(days: range) -> tuple[int, ...]:
    """The last and the first days of each year."""
    return tuple(day for day in days if local(day, UTC).timetuple().tm_yday in LAST_AND_FIRST_DAYS)


@cache
def _changes(zone: str, days: range) -> tuple[int, ...]:
    """The days in which a zone changes its offset."""
    offsets = [local(day, ZoneInfo(zone)).utcoffset() for day in days]
    return tuple(day for day, (before, after) in zip(days, pairwise(offsets), strict=False) if before != after)


@st.composite
def _one_day(draw: st.DrawFn) -> OfficeHours:
    """Hours with up to two breaks, at any minutes, over midnight or not."""
    opens = draw(st.integers(0, DAY // MINUTE - 1))
    after = draw(st.lists(st.integers(1, DAY // MINUTE), min_size=1, max_size=5, unique=True).map(sorted))
    # An even number of turns, the last of which closes; those between are breaks in pairs.
    turns = [_wall(opens + minutes) for minutes in after[len(after) % 2 == 0 :]]
    return OfficeHours(
        opens=_wall(opens),
        closes=turns[-1],
        breaks=zip(turns[:-1:2], turns[1:-1:2], strict=True),
        overnight=opens + after[-1] > DAY // MINUTE,
    )


def _wall(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)


def office_hours() -> st.SearchStrategy[OfficeHours | WeeklyHours]:
    """Office hours of every kind: with and without breaks, over midnight, round the clock, differing by weekday.

    >>> from docflow.testing import office_hours
    >>> from hypothesis import find
    >>> print(find(office_hours(), lambda hours: True))
    08:30–16:30
    """
    day = st.sampled_from([PLAIN, WITH_LUNCH, NIGHT_SHIFT, ROUND_THE_CLOCK]) | _one_day()
    own = st.fixed_dictionaries({name.lower(): st.none() | day for name in WEEKDAYS})
    return day | st.builds(lambda usual, days: WeeklyHours(usual, **days), day, own)


def calendars(*, years: tuple[int, int] = YEARS) -> st.SearchStrategy[OfficeCalendar]:
    """Calendars of any working week with decisions of every kind in some years, about days and by rules.

    >>> from docflow.testing import calendars
    >>> from hypothesis import find
    >>> print(find(calendars(), lambda calendar: calendar.days).base)
    Monday, Tuesday, Wednesday, Thursday, Friday
    """
    see_years(years)
    day = st.dates(date(years[0], 1, 1), date(years[1], 12, 31))
    minute = st.integers(0, DAY // MINUTE - 1)
    seldom, often = day | _few_days(day), day | _few_days(day) | _many_days(day)
    told = {"reason": st.just("a decision"), "source": st.just("the office"), "announced": st.none() | day}
    special = (
        st.builds(Closure, seldom, **told)
        | st.builds(MakeUpDay, often, **told)
        | st.builds(OneOffHours, often, _one_day(), **told)
        | st.builds(ChangedHours, often, _one_day(), **told)
        | st.builds(Shortened, seldom, by=st.integers(1, 600).map(lambda n: WorkTime(minutes=n)), **told)
        | st.builds(_break, seldom, minute, minute.filter(bool), **told)
    )
    week = st.just(WorkingWeek()) | st.builds(WorkingWeek, st.sets(st.integers(0, 6), min_size=1))
    days = st.lists(special, max_size=12, unique_by=lambda special: (special.day, special.announced))
    return st.builds(OfficeCalendar, week, days)


def _break(days: date | Days, start: int, length: int, **told: Any) -> Break:  # noqa: ANN401 - as decisions take it
    return Break(days, _wall(start), _wall(start + length), **told)


def _few_days(day: st.SearchStrategy[date]) -> st.SearchStrategy[Days]:
    """Rules for at most a week a year: a dozen of them leave a year with working days."""
    yearly = day.map(lambda day: Yearly((day.month, day.day)))
    week = day.map(lambda day: DateRange(day, day + timedelta(days=6)))
    return yearly | week | yearly.map(Eves) | st.just(Eves())


def _many_days(day: st.SearchStrategy[date]) -> st.SearchStrategy[Days]:
    """Rules for days all the year round."""
    fortnights = st.builds(EveryOther, day, weeks=st.integers(1, 4))
    season = st.builds(lambda one, other: Yearly((one.month, one.day), (other.month, other.day)), day, day)
    return fortnights | season | day.map(DateRange) | st.builds(lambda some, few: some - few, season, _few_days(day))


def clocks(*, years: tuple[int, int] = YEARS) -> st.SearchStrategy[WorkClock]:
    """Clocks of any hours and calendars, in zones whose clocks change in many ways.

    >>> from docflow.testing import clocks
    >>> from hypothesis import Phase, find, settings
    >>> first = settings(phases=[Phase.generate])  # the first one that is drawn
    >>> find(clocks(), lambda clock: clock.zone == "Asia/Bangkok", settings=first).zone
    'Asia/Bangkok'
    """
    return st.builds(_clock, office_hours(), calendars(years=years), st.sampled_from(ZONES))


def joint_clocks(*, years: tuple[int, int] = YEARS) -> st.SearchStrategy[WorkClock]:
    """Clocks of two or three offices together, joined by `|` and `&`, that are open in each of the years.

    >>> from docflow.testing import joint_clocks
    >>> from hypothesis import Phase, find, settings
    >>> first = settings(phases=[Phase.generate])  # the simplest one is drawn first
    >>> find(joint_clocks(), lambda clock: True, settings=first).calendar.which
    'any'
    """
    one, join = clocks(years=years), st.sampled_from([operator.or_, operator.and_])
    two = st.builds(lambda join, a, b: join(a, b), join, one, one)
    three = st.builds(lambda join, a, b: join(a, b), join, two, one)
    around = range(years[0] - 1, years[1] + 2)  # a law may ask the years beside
    return (two | three).filter(lambda clock: _opens_in(clock, around))


def _opens_in(clock: WorkClock, years: range) -> bool:
    try:
        return all(clock.working_days(year) for year in years)
    except NoWorkingDayError:
        return False


def _clock(hours: OfficeHours | WeeklyHours, calendar: OfficeCalendar, zone: str) -> WorkClock:
    """A clock, without the hours of weekdays on which the calendar never works."""
    if isinstance(hours, WeeklyHours):
        own = {WEEKDAYS[n].lower(): each for n, each in hours.own.items() if n in calendar.weekdays}
        hours = WeeklyHours(hours.usual, **own)
    return WorkClock(hours, calendar, zone=zone)


def limits() -> st.SearchStrategy[Limit]:
    """Limits of every kind, up to a month long, alone and joined by `|` and `&`.

    >>> from docflow.testing import limits
    >>> from hypothesis import find
    >>> from docflow import WorkingDays
    >>> print(find(limits(), lambda limit: isinstance(limit, WorkingDays)))
    1 working day
    """
    n, hours = st.integers(1, 10), st.integers(1, 240)
    minutes = st.integers(1, 24 * 60)
    by, cut_off = st.sampled_from(["close", "opening"]), st.sampled_from(["close", None])
    times = st.builds(time, st.integers(0, 23), st.sampled_from([0, 30]))
    rolls = st.sampled_from([None, *ROLLS])
    one = (
        st.builds(WorkingDays, n, counting_first=st.booleans())
        | st.builds(WorkingDays, n, counting_first=st.booleans(), by=by | times, cut_off=cut_off | times)
        | st.builds(Hours, hours, minutes=minutes)
        | st.builds(WorkingDayHours, hours)
        | st.builds(Period, weeks=st.integers(0, 1), days=n, roll=rolls, counting_first=st.booleans())
        | st.builds(Period, months=st.just(1), roll=rolls)
        | st.builds(SameTime, n)
        | st.just(NextOpening())
        | st.builds(lambda days, minutes: OfficeTime(days=days, minutes=minutes), n, minutes)
        | st.builds(lambda minutes: OfficeTime(minutes=minutes), minutes)
    )
    return st.recursive(
        one, lambda some: st.builds(operator.or_, some, some) | st.builds(operator.and_, some, some), max_leaves=4
    )
