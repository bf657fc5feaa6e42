"""The laws that docflow ships, on the office of the plan, on any clock and elsewhere; and oracles that share no code.

Moments are compared as instants: datetimes of one zone compare by the wall clock, and in an hour that comes twice a
datetime equals none of another zone (PEP 495).
"""

import os
import time as process_time
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from oracle import by_day, by_minute, day_of, door, nth_working_close
from small_clocks import closes

from docflow import Hours, OfficeCalendar, OfficeHours, OfficeTime, WorkClock, WorkingDays, WorkingWeek, WorkTime
from docflow.bangkok import office_clock
from docflow.errors import HorizonError
from docflow.testing import ClockLaws, LimitLaws, clocks, instants, limits
from docflow.worktime import (
    NO_PAUSES,
    WALL_CLOCK,
    Limit,
    Moments,
    Pauses,
    RowsWarning,
    Ticks,
    WorkingDayHours,
    instant,
    moment,
)

pytestmark = pytest.mark.laws


class TestThePlansOffice(ClockLaws):
    clock = office_clock()
    years = (2018, 2027)


class TestAnyClock(ClockLaws):
    clock = clocks()


class TestThePlansPromise(LimitLaws):
    clock = office_clock()
    limit = WorkingDays(2) | Hours(48)


class TestAnyLimit(LimitLaws):
    clock = clocks().filter(closes)
    limit = limits()


class NoonOfTheNextDay(Limit):
    """A limit of one's own, as the page on deadlines writes it."""

    def ticks(self, clock: Moments) -> Ticks:  # noqa: ARG002 - always the wall clock
        return WALL_CLOCK

    def due_instant(self, start: int, clock: Moments, pauses: Pauses = NO_PAUSES) -> int:
        end = clock.at_wall(clock.date_of(start) + timedelta(days=1), time(12))
        took = sum(until - since for since, until in pauses.within(start, end))
        return pauses.due(end, took, WALL_CLOCK) if took else end


class TestALimitOfOnesOwn(LimitLaws):
    clock = office_clock()
    limit = NoonOfTheNextDay()


class NoonWhateverIsPaused(Limit):
    """A moment that no pause moves, as the same page writes it."""

    pausable = False

    def ticks(self, clock: Moments) -> Ticks:  # noqa: ARG002 - always the wall clock
        return WALL_CLOCK

    def due_instant(self, start: int, clock: Moments, pauses: Pauses = NO_PAUSES) -> int:  # noqa: ARG002 - see above
        return clock.at_wall(clock.days.add(clock.date_of(start), 1), time(12))


class TestAMomentThatNoPauseMoves(LimitLaws):
    clock = clocks().filter(closes)
    limit = st.sampled_from([NoonWhateverIsPaused(), OfficeTime(hours=4) & NoonWhateverIsPaused()])


@pytest.fixture(scope="class")
def elsewhere():
    """The machine's own zone, which must not matter: here it is half an hour off, and changes its clocks."""
    home = os.environ.get("TZ")
    os.environ["TZ"] = "America/St_Johns"
    process_time.tzset()
    yield
    os.environ.pop("TZ") if home is None else os.environ.__setitem__("TZ", home)
    process_time.tzset()


@pytest.mark.usefixtures("elsewhere")
class TestThePlansOfficeOnAMachineElsewhere(ClockLaws):
    clock = office_clock()


@pytest.mark.usefixtures("elsewhere")
class TestThePlansPromiseOnAMachineElsewhere(LimitLaws):
    clock = office_clock()
    limit = WorkingDays(2) | Hours(48)


@given(at=instants(years=(1900, 2100)))
def test_an_instant_is_the_microseconds_since_1970(at):
    assert instant(at) == (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
    assert moment(instant(at), ZoneInfo("Asia/Kathmandu")) == at


@given(start=instants(office_clock()), n=st.integers(1, 5))
def test_n_working_days_from_office_hours_are_never_less_than_n_days(start, n):
    clock = office_clock()  # in a zone without clock changes: one of those makes a day of 23 hours
    start = clock.next_open(start)
    assert WorkingDays(n).due(start, clock) >= start.add(hours=24 * n)


# The oracles: every minute looked at, and every day walked.


@given(data=st.data(), clock=clocks(), minutes=st.integers(0, 2 * 1440))
def test_any_clock_counts_the_minutes_that_the_wall_shows(data, clock, minutes):
    start = data.draw(instants(clock)).replace(second=0, microsecond=0)
    agrees_with_the_wall(clock, start, minutes)


@cache
def changes(zone, year):
    """The days of a year after which a zone's offset is another one."""
    days = [datetime(year, 1, 1, tzinfo=UTC) + timedelta(days=n) for n in range(366)]
    offsets = [day.astimezone(ZoneInfo(zone)).utcoffset() for day in days]
    return [day for day, one, other in zip(days, offsets, offsets[1:], strict=False) if one != other] or days[:1]


@given(data=st.data(), zone=st.sampled_from(sorted(available_timezones() - {"localtime", "Factory"})))
def test_every_zones_changes_count_as_the_wall_shows_them(data, zone):
    opens, hours = data.draw(st.integers(0, 23)), data.draw(st.integers(1, 24))
    overnight = opens + hours > 24
    around = OfficeHours(opens=time(opens), closes=time((opens + hours) % 24), overnight=overnight)
    clock = WorkClock(around, OfficeCalendar(WorkingWeek(range(7))), zone=zone)
    year = data.draw(st.integers(1973, 2037))  # the last offset that was no whole minute ended in 1972
    start = data.draw(st.sampled_from(changes(zone, year))) + timedelta(minutes=data.draw(st.integers(0, 1440)))
    agrees_with_the_wall(clock, start, data.draw(st.integers(0, 2 * 1440)))


def open_at_all(turns, tz):
    """Whether a day has any time at all: clocks that are put forward may jump over the only hour of it."""
    at = [turn.replace(tzinfo=tz).astimezone(UTC) for turn in turns]
    return any(opens < closes for opens, closes in zip(at[::2], at[1::2], strict=True))


def agrees_with_the_wall(clock, start, minutes):
    is_open, turns = door(clock)
    stop, tz = start + timedelta(minutes=minutes), ZoneInfo(clock.zone)
    # A door that opens or closes inside an hour that comes twice does so once, and the wall cannot tell when.
    day = start.astimezone(tz).date()
    around = [turn for n in range(-2, 5) for turn in turns(day + timedelta(days=n))]
    for turn in around:
        once, twice = (turn.replace(tzinfo=tz, fold=fold) for fold in (0, 1))
        before = (turn - timedelta(microseconds=1)).replace(tzinfo=tz)
        assume(once.utcoffset() <= twice.utcoffset() or before.utcoffset() <= before.replace(fold=1).utcoffset())
    assert clock.elapsed(start, stop) == WorkTime(minutes=by_minute(start, stop, clock.zone, is_open))
    wall = start.astimezone(tz).replace(tzinfo=None)
    assert clock.day_of(start) == day_of(turns, wall)
    days = [day_of(turns, wall) + timedelta(days=n) for n in range(60)]
    worked = [(day, turns(day)) for day in days if open_at_all(turns(day), tz)][:4]
    assume(len(worked) == 4)
    for first in (False, True):
        counted = worked[not (first or worked[0][0] != days[0]) :]
        closes = [turns(days[0] - timedelta(days=1))[-1:], *(each[-1:] for _, each in counted[:2])]
        last = max(close.replace(tzinfo=tz) for some in closes for close in some)
        due = WorkingDays(2, counting_first=first).due(start, clock)
        assert instant(due) == instant(last)


def test_an_hour_that_comes_twice_over_a_new_year_belongs_to_the_year_that_had_begun():
    """At 00:01 on 1 January 1944 Arizona's clocks went back to 23:01: what was asked before must not matter."""
    around = OfficeHours(opens=time(0), closes=time(0))
    new_year = datetime(1944, 1, 1, 6, tzinfo=UTC)  # midnight in Phoenix, for the first time
    asked = [(new_year + timedelta(minutes=n), new_year + timedelta(minutes=n + 45)) for n in range(-90, 150, 15)]
    for hours in (around, OfficeHours(opens=time(22), closes=time(6), overnight=True)):
        used = WorkClock(hours, OfficeCalendar(WorkingWeek(range(7))), zone="America/Phoenix")
        used.elapsed(new_year - timedelta(days=400), new_year + timedelta(days=400))
        for start, stop in asked:
            fresh = WorkClock(hours, OfficeCalendar(WorkingWeek(range(7))), zone="America/Phoenix")
            assert fresh.elapsed(start, stop) == used.elapsed(start, stop)
            if hours is around:
                assert used.elapsed(start, stop) == WorkTime(minutes=45)


class WorkedYears:
    """A day a month of some years, which is meant."""

    idle_years = True

    def __init__(self, years):
        self.years = years

    def is_working_day(self, day):
        return day.year in self.years and day.toordinal() % 30 == 0


@given(
    years=st.sets(st.integers(1995, 2040), max_size=6),
    night=st.booleans(),
    asked=st.lists(st.dates(date(1996, 1, 1), date(2039, 1, 1)), min_size=2, max_size=2).map(sorted),
    at=st.datetimes(datetime(1996, 1, 1), datetime(2039, 1, 1), timezones=st.just(UTC)),
    n=st.integers(0, 200),
)
def test_over_idle_years_too_a_fresh_clock_and_a_used_one_say_the_same_and_give_up_alike(years, night, asked, at, n):
    hours = (
        OfficeHours(opens=time(22), closes=time(6), overnight=True)
        if night
        else OfficeHours(opens=time(8), closes=time(16))
    )
    used = WorkClock(hours, WorkedYears(years), zone="UTC")
    used.elapsed(*(datetime.combine(day, time(), tzinfo=UTC) for day in asked))
    for question in (
        lambda clock: clock.due(at, WorkTime(hours=n)),
        lambda clock: clock.latest_start(at, WorkTime(hours=n)),
        lambda clock: clock.previous_close(at),
        lambda clock: clock.next_open(at),
        lambda clock: clock.next_opening(at),
        lambda clock: clock.next_close(at),
        lambda clock: clock.previous_open(at),
        lambda clock: WorkingDays(n + 1).due(at, clock),
        lambda clock: clock.closing_by(at.date()),
        lambda clock: clock.due_array([at], WorkTime(hours=n)).tolist(),
        lambda clock: clock.day_of(at),
    ):
        answers = []
        for clock in (WorkClock(hours, WorkedYears(years), zone="UTC"), used):
            try:
                answers.append(question(clock))
            except (HorizonError, RowsWarning) as error:  # a column warns of the row that one moment raises for
                answers.append(str(error))
        assert answers[0] == answers[1]


fiscal_year = instants(office_clock(), years=(2019, 2020)).map(
    lambda at: min(max(at, datetime(2019, 10, 1, tzinfo=UTC)), datetime(2020, 9, 30, tzinfo=UTC))
)
until_september = fiscal_year.map(lambda at: min(at, datetime(2020, 9, 1, tzinfo=UTC)))


@given(edges=st.tuples(fiscal_year, fiscal_year).map(sorted))
def test_a_year_of_the_plan_agrees_with_a_walk_over_its_days_to_the_microsecond(edges):
    elapsed = office_clock().elapsed(*edges)
    assert timedelta(microseconds=elapsed.microseconds) == by_day(*edges)


@given(start=until_september, n=st.integers(1, 10), first=st.booleans())
def test_the_close_of_the_nth_working_day_agrees_with_a_walk(start, n, first):
    due = WorkingDays(n, counting_first=first).due(start, office_clock())
    if n > 1 or not first:
        assert due == nth_working_close(start, n, counting_first=first)


@given(start=until_september, hours=st.integers(1, 96))
def test_hours_of_working_days_agree_with_a_walk(start, hours):
    due = datetime.fromisoformat(WorkingDayHours(hours).due(start, office_clock()).isoformat())
    walked = by_day(start, due, opens=time(0), closes=time.max)
    assert timedelta() <= timedelta(hours=hours) - walked <= timedelta(microseconds=hours)  # its days end a tick early
