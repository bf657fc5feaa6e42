"""The clock's laws, on the office of the plan and on others, against oracles that share no code with it.

Moments are compared as instants: datetimes of one zone compare by the wall clock, and in an hour that comes twice a
datetime equals none of another zone (PEP 495).
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle import by_day, by_minute, nth_working_close, works_2563

from docflow import Hours, OfficeHours, OfficeTime, WorkClock, WorkingDayHours, WorkingDays, WorkTime
from docflow.bangkok import office_clock
from docflow.worktime import instant, moment


class Shop:
    """Closed on Mondays and on the days given."""

    def __init__(self, *closed):
        self.closed = closed

    def is_working_day(self, day):
        return day.weekday() != 0 and day not in self.closed


LUNCH = ((time(12), time(13)),)
CLOCKS = {
    "the plan's office": office_clock(),
    "with a lunch break": WorkClock(
        OfficeHours(opens=time(8, 30), closes=time(16, 30), breaks=LUNCH), Shop(), zone="Asia/Bangkok"
    ),
    "round the clock in Amsterdam": WorkClock(
        OfficeHours(opens=time(0), closes=time(0)), Shop(), zone="Europe/Amsterdam"
    ),
    "before dawn in New York": WorkClock(
        OfficeHours(opens=time(0, 30), closes=time(5)), Shop(), zone="America/New_York"
    ),
    "around the half-hour change of Lord Howe": WorkClock(
        OfficeHours(opens=time(1), closes=time(23)), Shop(), zone="Australia/Lord_Howe"
    ),
}

moments = st.datetimes(min_value=datetime(2019, 1, 1), max_value=datetime(2021, 12, 1), timezones=st.just(UTC))
amounts = st.integers(min_value=0, max_value=100 * 8 * 3_600_000_000).map(WorkTime.of) | st.integers(0, 40).map(
    lambda halves: WorkTime(minutes=30 * halves)
)
zones = st.sampled_from(["UTC", "Asia/Bangkok", "America/New_York", "Asia/Kathmandu", "Pacific/Apia"]).map(ZoneInfo)
every_clock = pytest.mark.parametrize("clock", CLOCKS.values(), ids=list(CLOCKS))
limits = st.sampled_from(
    [
        WorkingDays(1),
        WorkingDays(2),
        WorkingDays(2, counting_first=True),
        Hours(48),
        WorkingDayHours(48),
        OfficeTime(days=2),
        OfficeTime(minutes=15),
        WorkingDays(2) | Hours(48),
    ]
)


@every_clock
@given(edges=st.tuples(moments, moments, moments).map(sorted))
def test_a_way_and_the_rest_are_the_whole(clock, edges):
    a, b, c = edges
    assert clock.elapsed(a, c) == clock.elapsed(a, b) + clock.elapsed(b, c)


@every_clock
@given(start=moments, amount=amounts)
def test_due_is_when_that_much_has_elapsed(clock, start, amount):
    due = clock.due(start, amount)
    assert instant(due) >= instant(start)
    assert clock.elapsed(start, due) == amount
    if amount:  # and no earlier moment will do
        assert clock.elapsed(start, due.in_timezone("UTC") - timedelta(microseconds=1)) < amount


@every_clock
@given(starts=st.tuples(moments, moments).map(sorted), works=st.tuples(amounts, amounts).map(sorted))
def test_a_later_start_or_a_larger_amount_is_never_due_earlier(clock, starts, works):
    assert instant(clock.due(starts[0], works[0])) <= instant(clock.due(starts[1], works[0]))
    assert instant(clock.due(starts[0], works[0])) <= instant(clock.due(starts[0], works[1]))


@every_clock
@given(start=moments, amount=amounts)
def test_waiting_for_the_office_to_open_costs_nothing(clock, start, amount):
    opens = clock.next_open(start)
    assert clock.is_open(opens)
    assert not clock.elapsed(start, opens)
    assert instant(clock.due(start, amount)) == instant(clock.due(opens, amount))
    assert clock.is_open(start) == (instant(opens) == instant(start))


@every_clock
@given(edges=st.tuples(moments, moments).map(sorted))
def test_the_spans_sum_to_the_elapsed_time_and_are_in_order(clock, edges):
    spans = clock.spans(*edges)
    turns = [instant(turn) for span in spans for turn in span]
    starts, stops = turns[::2], turns[1::2]
    assert turns == sorted(turns)
    assert all(start < stop for start, stop in zip(starts, stops, strict=True))
    assert clock.elapsed(*edges) == WorkTime.of(sum(stops) - sum(starts))
    assert all(clock.is_open(span.start) for span in spans)
    closings = set(stops) - set(starts) - {instant(edge) for edge in edges}
    assert not any(clock.is_open(moment(closing, clock.tz)) for closing in closings)


@given(at=moments)
def test_an_instant_is_the_microseconds_since_1970(at):
    assert instant(at) == (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
    assert moment(instant(at), ZoneInfo("Asia/Kathmandu")) == at


@every_clock
@given(start=moments, stop=moments, there=zones, amount=amounts)
def test_the_zone_in_which_an_instant_is_written_does_not_matter(clock, start, stop, there, amount):
    start, stop = sorted((start, stop))
    assert clock.elapsed(start.astimezone(there), stop) == clock.elapsed(start, stop.astimezone(there))
    assert instant(clock.due(start.astimezone(there), amount)) == instant(clock.due(start, amount))


@given(edges=st.tuples(moments, moments).map(sorted), closed=st.dates(date(2019, 1, 1), date(2021, 12, 31)))
def test_closing_one_more_day_never_adds_time(edges, closed):
    hours = OfficeHours(opens=time(8, 30), closes=time(16, 30))
    open_, closing = (WorkClock(hours, Shop(*days), zone="Europe/Amsterdam") for days in ((), (closed,)))
    assert closing.elapsed(*edges) <= open_.elapsed(*edges)


@every_clock
@given(start=moments, later=moments, limit=limits)
def test_no_limit_is_due_earlier_for_a_later_start(clock, start, later, limit):
    start, later = sorted((start, later))
    assert instant(limit.due(start, clock)) <= instant(limit.due(later, clock))


@every_clock
@given(start=moments, limit=limits)
def test_every_reading_of_two_days_falls_after_its_start(clock, start, limit):
    assert instant(limit.due(start, clock)) >= instant(start)


@every_clock
@given(start=moments, one=limits, other=limits)
def test_either_of_two_limits_is_the_later_one(clock, start, one, other):
    dues = [instant(limit.due(start, clock)) for limit in (one, other, one | other, one | one)]
    assert dues == [dues[0], dues[1], max(dues[:2]), dues[0]]


@given(start=moments, n=st.integers(1, 5))
def test_n_working_days_from_office_hours_are_never_less_than_n_days(start, n):
    clock = office_clock()
    start = clock.next_open(start)
    assert WorkingDays(n).due(start, clock) >= start.add(hours=24 * n)


# The oracles: every minute looked at, and every day walked.


@every_clock
@settings(max_examples=15)
@given(
    near=st.sampled_from(
        ["2020-03-28", "2020-10-24", "2019-12-30", "2020-03-07", "2020-10-31", "2020-04-04", "2020-10-03"]
    ),
    start=st.integers(0, 4 * 1440),
    length=st.integers(0, 3 * 1440),
)
def test_the_clock_counts_the_minutes_that_the_wall_shows(clock, near, start, length):
    begin = datetime.fromisoformat(near).replace(tzinfo=UTC) + timedelta(minutes=start)
    end = begin + timedelta(minutes=length)
    spans = {
        "round the clock in Amsterdam": [(time(0), time.max)],
        "with a lunch break": [(time(8, 30), time(12)), (time(13), time(16, 30))],
    }
    name = next(name for name, one in CLOCKS.items() if one is clock)
    doors = spans.get(name, [(clock.hours.opens, clock.hours.closes)])
    works = works_2563 if name == "the plan's office" else clock.calendar.is_working_day
    assert clock.elapsed(begin, end) == WorkTime(minutes=by_minute(begin, end, clock.zone, works, doors))


fiscal_year = st.datetimes(min_value=datetime(2019, 10, 1), max_value=datetime(2020, 9, 30), timezones=st.just(UTC))


@given(edges=st.tuples(fiscal_year, fiscal_year).map(sorted))
def test_a_year_of_the_plan_agrees_with_a_walk_over_its_days_to_the_microsecond(edges):
    elapsed = office_clock().elapsed(*edges)
    assert timedelta(microseconds=elapsed.microseconds) == by_day(*edges)


@given(
    start=fiscal_year.filter(lambda at: at < datetime(2020, 9, 1, tzinfo=UTC)),
    n=st.integers(1, 10),
    first=st.booleans(),
)
def test_the_close_of_the_nth_working_day_agrees_with_a_walk(start, n, first):
    due = WorkingDays(n, counting_first=first).due(start, office_clock())
    if n > 1 or not first:
        assert due == nth_working_close(start, n, counting_first=first)


@given(start=fiscal_year.filter(lambda at: at < datetime(2020, 9, 1, tzinfo=UTC)), hours=st.integers(1, 96))
def test_hours_of_working_days_agree_with_a_walk(start, hours):
    due = WorkingDayHours(hours).due(start, office_clock())
    assert by_day(start, due, opens=time(0), closes=time.max) == pytest.approx(
        timedelta(hours=hours),
        abs=timedelta(microseconds=hours),  # the walk's days end a microsecond early
    )
