"""What went wrong elsewhere with whole tables; the comments say where it was reported."""

from datetime import timedelta

import numpy as np
import pandas as pd
import polars as pl
import pytest
from small_clocks import CLOCK, at, closed, office

from docflow import (
    OfficeCalendar,
    OfficeTime,
    WorkingWeek,
    WorkTime,
)
from docflow.errors import ReversedSpanError
from docflow.worktime import Verdict

pytestmark = pytest.mark.peers

# One at a time, and many at once


def test_a_reversed_span_is_refused_or_marked_and_not_counted_by_another_rule():
    # numpy #23197 -> PR #23229, R-bizdays PR #92
    early, late = at("1999-12-30 00:00"), at("2000-01-01 00:00")
    desk = office("09:00", "17:00")
    assert desk.elapsed(early, late) == WorkTime(hours=16)
    with pytest.raises(ReversedSpanError):
        desk.elapsed(late, early)
    found = desk.elapsed_array([early, late], [late, early])
    assert found.tolist() == [timedelta(hours=16), None]
    assert found.reversed == 1


ROWS = (
    ("2019-11-01 16:20", "2019-11-06 08:32", 12),  # over a weekend and two special holidays
    ("2020-04-13 10:00", "2020-04-14 10:00", 480),  # Songkran, moved
    ("2020-01-06 22:32", "2020-01-07 08:42", 12),
    ("2020-01-04 10:00", "2020-01-05 15:00", 0),
    ("2020-01-06 08:30", "2020-01-06 16:30", 480),
    ("2018-12-28 16:00", "2019-01-02 09:00", 60),  # over two years
)


@pytest.mark.parametrize(
    "column",
    [
        list,
        lambda moments: np.array([moment.timestamp() for moment in moments], "i8").view("M8[s]"),
        lambda moments: pd.Series(pd.DatetimeIndex(moments)),
        lambda moments: pl.Series(moments, dtype=pl.Datetime("us", "Asia/Bangkok")),
    ],
    ids=["list", "numpy", "pandas", "polars"],
)
def test_the_figures_of_a_whole_table_are_those_of_its_rows(column):  # dbt_zendesk #4, #92
    starts, stops = ([at(row[side]) for row in ROWS] for side in (0, 1))
    minutes = [row[2] for row in ROWS]
    one_by_one = [CLOCK.elapsed(start, stop) for start, stop in zip(starts, stops, strict=True)]
    assert one_by_one == [WorkTime(minutes=n) for n in minutes]
    at_once = CLOCK.elapsed_array(column(starts), column(stops))
    assert list(at_once) == [timedelta(minutes=n) for n in minutes]


def test_a_table_keeps_apart_what_a_clock_change_parts_and_a_holiday_to_its_last_second():  # dbt_zendesk PR #114
    def there(text):
        return at(text, "America/New_York")

    desk = office("09:00", "17:00", zone="America/New_York")
    fridays, mondays = ("2020-03-06 16:00", "2020-10-30 16:00"), ("2020-03-09 10:00", "2020-11-02 10:00")
    assert (
        desk.elapsed_array([there(day) for day in fridays], [there(day) for day in mondays]).tolist()
        == [timedelta(hours=2)] * 2
    )
    days = OfficeCalendar(WorkingWeek(range(7)), [closed("2020-11-26")])
    always = office("00:00", "00:00", days, zone="America/New_York")
    eve, after = there("2020-11-25 23:00"), there("2020-11-27 01:00")
    assert always.elapsed(eve, after) == WorkTime(hours=2)  # an end at 23:59:59 made it a second more
    assert always.elapsed_array([eve], [after]).tolist() == [timedelta(hours=2)]


def test_a_breach_is_where_the_target_ran_out_and_not_at_a_later_row():  # dbt_zendesk #116, #142
    desk, target = office("14:30", "23:30", zone="UTC"), WorkTime(minutes=540)
    applied = at("2023-10-17 14:51:01", "UTC")
    due = at("2023-10-18 14:51:01", "UTC")  # 518 min 59 s on Tuesday, 21 min 1 s on Wednesday; was the 19th
    assert desk.due(applied, target) == due
    assert desk.due_array([applied], target).tolist() == [due.replace(tzinfo=None)]
    assert OfficeTime(minutes=540).verdict(applied, None, due, desk) is Verdict.LATE


@pytest.mark.parametrize(
    ("answered", "verdict"),
    [
        ("2020-01-06 20:00", Verdict.WITHIN),  # out of hours: was left out of the table
        ("2020-01-07 09:00", Verdict.WITHIN),  # 1.5 h in the office, 17.5 h on the wall: kept, and was a breach
        ("2020-01-07 09:30", Verdict.WITHIN),
        ("2020-01-07 20:00", Verdict.LATE),
        (None, Verdict.LATE),  # not answered yet: was left out of the table
    ],
)
def test_an_answer_out_of_hours_or_none_yet_has_its_verdict(answered, verdict):  # dbt_zendesk #51, #131, PR #136
    received, now = at("2020-01-06 15:30"), at("2020-01-08 10:00")
    stop = answered and at(answered)
    assert OfficeTime(hours=2).verdict(received, stop, now, CLOCK) is verdict


def test_ten_thousand_rows_do_not_walk_over_every_day_each():  # business_duration #5, a 10,000-row job of ten minutes
    class Asked:
        times = 0

        def is_working_day(self, day):
            self.times += 1
            return day.weekday() < 5

    calendar = Asked()
    desk = office("09:00", "17:00", calendar)
    start, stop = at("2019-01-07 00:00"), at("2021-01-01 00:00")
    found = desk.elapsed_array([start] * 10_000, [stop] * 10_000)
    assert set(found.tolist()) == {timedelta(hours=519 * 8)}  # 103 weeks of 5 days, and Monday to Thursday
    assert calendar.times <= 365 + 366
