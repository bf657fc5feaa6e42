"""What went wrong elsewhere: each test is named after a mistake of a peer, and the comment says where it was reported.

Where a thread gives an example, its figures are used; what has to come out is worked out by hand. Left out are threads
that could not be read (numpy #6937, pandas_market_calendars #38, #276 and PR #357, working_hours #38) and two about
columns of event logs, not about time (pm4py #357, #539).
"""

from datetime import date, datetime, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pandas as pd
import pendulum
import pytest
from small_clocks import CLOCK, WEEKDAYS, at, closed, door, office

from docflow import (
    Hours,
    OfficeCalendar,
    OfficeTime,
    ThaiGovernment,
    WorkingDays,
    WorkingWeek,
    WorkTime,
)
from docflow.errors import HoursError, NaiveDatetimeError
from docflow.worktime import Verdict

pytestmark = pytest.mark.peers

# Received out of hours


def test_what_comes_out_of_hours_is_counted_from_opening_and_is_not_nothing():
    # glpi #687, #12167, frappe/helpdesk #2075
    assert CLOCK.elapsed(at("2020-01-06 22:32"), at("2020-01-07 08:42")) == WorkTime(minutes=12)
    assert CLOCK.elapsed(at("2020-01-11 10:00"), at("2020-01-13 10:00")) == WorkTime(hours=1, minutes=30)


def test_what_comes_on_a_weekend_is_not_overdue_on_monday_morning():  # osTicket #1168, #2131, #4166 -> PR #4984
    saturday, monday = at("2020-01-11 10:00"), at("2020-01-13 08:30")
    assert Hours(24).verdict(saturday, None, monday, CLOCK) is Verdict.LATE
    assert OfficeTime(hours=8).verdict(saturday, None, monday, CLOCK) is Verdict.RUNNING
    assert OfficeTime(hours=8).remaining(saturday, monday, CLOCK) == WorkTime(hours=8)
    # What comes half an hour before closing has not used up the night.
    assert OfficeTime(hours=1).due(at("2020-01-13 16:00"), CLOCK) == at("2020-01-14 09:00")


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2020-01-06 10:00", "2020-01-06 16:00"),  # before opening: all 14 were added to the 10
        ("2020-01-06 14:00", "2020-01-06 16:00"),
        ("2020-01-06 18:00", "2020-01-07 16:00"),  # on the closing instant
        ("2020-01-06 19:00", "2020-01-07 16:00"),
        ("2020-01-10 19:00", "2020-01-13 16:00"),  # a Friday
    ],
)
def test_a_timer_set_while_it_is_closed_starts_at_the_next_opening(start, due):
    # jbpm PR #1342, PR #1830, kie-issues #1648
    assert office("14:00", "18:00").due(at(start), WorkTime(hours=2)) == at(due)


def test_an_evening_start_costs_no_extra_day():  # business_time #195
    tuesday = at("2019-10-01 20:00", "UTC")  # was Friday
    assert WorkingDays(2).due(tuesday, office("09:00", "17:00", zone="UTC")) == at("2019-10-03 17:00", "UTC")


def test_a_start_a_minute_after_closing_does_not_lose_the_next_day():  # businesstime #7
    desk, stop = office("07:00", "16:00"), at("2015-02-24 14:20")
    assert desk.elapsed(at("2015-02-23 16:00"), stop) == WorkTime(hours=7, minutes=20)
    assert desk.elapsed(at("2015-02-23 16:01"), stop) == WorkTime(hours=7, minutes=20)  # was nothing


def test_two_evenings_lie_the_days_between_them_apart():  # businesstime #13, #26
    nine_to_five, nine_to_six = office("09:00", "17:00"), office("09:00", "18:00")
    assert nine_to_five.elapsed(at("2016-06-17 18:00"), at("2016-06-20 18:00")) == WorkTime(hours=8)  # was nothing
    assert nine_to_six.elapsed(at("2018-03-01 20:00"), at("2018-03-02 20:00")) == WorkTime(hours=9)


def test_a_span_before_opening_is_not_a_whole_day():  # businesstime PR #5, PR #6, business_duration #7
    assert not CLOCK.elapsed(at("2020-01-06 05:00"), at("2020-01-06 07:00"))
    evening = office("17:00", "01:00", overnight=True)
    assert not evening.elapsed(at("2021-11-15 02:00"), at("2021-11-15 04:48"))  # was 8 hours


def test_a_span_within_one_day_is_not_negative():  # dnel/BusinessHours #2, #3
    desk = office("09:00", "17:00")
    assert desk.elapsed(at("2014-07-21 12:00"), at("2014-07-21 14:00")) == WorkTime(hours=2)  # was -7 hours
    assert desk.elapsed(at("2014-07-21 12:00"), at("2014-07-21 14:00")) / desk.hours.day_length == Fraction(1, 4)


def test_a_start_on_a_weekend_does_not_skip_monday():  # business_duration #2
    always = office("00:00", "00:00")
    saturday, tuesday = at("2019-06-08 23:07:02.882802"), at("2019-06-11 02:53:20.901426")
    # All of Monday and the morning: 86,400 s + 10,400.901426 s; was 13,578 s.
    assert always.elapsed(saturday, tuesday) == WorkTime(microseconds=96_800_901_426)


def test_a_span_within_a_weekend_is_nothing_and_not_nan():  # business_duration #1, #3
    desk = office("04:30", "21:30")
    start, stop, sunday = at("2018-11-17 15:45"), at("2018-11-17 22:43:07"), at("2020-01-05 00:00")
    assert desk.elapsed(start, stop) == desk.elapsed(sunday, sunday) == WorkTime()
    assert desk.elapsed_array([start, sunday], [stop, sunday]).tolist() == [timedelta(0), timedelta(0)]


# Hours: over midnight, endpoints, contradictions


def test_hours_over_midnight_or_all_day_lose_no_second():  # businesstimedelta #5
    night, five_days = office("22:00", "06:00", overnight=True), office("00:00", "00:00")
    assert night.elapsed(at("2020-01-10 22:00"), at("2020-01-11 06:00")) == WorkTime(hours=8)
    assert night.elapsed(at("2020-01-06 00:00"), at("2020-01-13 00:00")) == WorkTime(hours=40)
    assert five_days.elapsed(at("2020-01-06 00:00"), at("2020-01-13 00:00")) == WorkTime(hours=120)
    assert len(five_days.spans(at("2020-01-06 00:00"), at("2020-01-11 00:00"))) == 1  # midnight parts nothing
    always = office("00:00", "00:00", WorkingWeek(range(7)))
    assert always.elapsed(at("2020-01-06 00:00"), at("2020-01-13 00:00")) == WorkTime(hours=168)


def test_a_shift_that_began_yesterday_is_the_first_day_of_what_comes_after_midnight():  # keephq/keep #6780
    night = office("22:00", "06:00", overnight=True)
    for start in ("2020-01-06 23:00", "2020-01-07 02:00"):  # Monday's shift
        assert WorkingDays(1, counting_first=True).due(at(start), night) == at("2020-01-07 06:00")
        assert WorkingDays(1).due(at(start), night) == at("2020-01-08 06:00")
        assert night.day_of(at(start)) == date(2020, 1, 6)


def test_hours_that_contradict_themselves_are_refused_not_negative():
    # businesstimedelta #6, kie-issues #1612, kogito PR #3788
    for opens, closes in (("22:00", "06:00"), ("17:00", "09:00"), ("09:00", "09:00")):
        with pytest.raises(HoursError, match="closes before it opens"):
            door(opens, closes)
    # How long a day is follows from the hours; it cannot be set to something else.
    assert door("08:30", "16:30", breaks=[(time(12), time(13))]).day_length == WorkTime(hours=7)


def test_the_last_hour_counts_although_its_end_is_closed():  # pandas #49838
    weekend = office("00:00", "16:00", WorkingWeek({5, 6}))
    assert weekend.elapsed(at("2020-01-04 00:00"), at("2020-01-05 00:00")) == WorkTime(hours=16)
    assert weekend.due(at("2020-01-04 15:00"), WorkTime(hours=1)) == at("2020-01-04 16:00")
    assert not weekend.is_open(at("2020-01-04 16:00"))


def test_endpoints_are_treated_alike_forwards_and_backwards():  # zendesk/biz PR #139 (after #138)
    whole_days = office("00:00", "00:00")
    monday, tuesday, day = at("2019-01-14 00:00"), at("2019-01-15 00:00"), WorkTime(hours=24)
    assert whole_days.latest_start(tuesday, day) == monday  # was Saturday
    assert whole_days.latest_start(monday, day * 5) == at("2019-01-07 00:00")  # was Saturday the 5th
    assert whole_days.due(monday, day) == tuesday
    assert whole_days.is_open(monday)
    assert not whole_days.is_open(at("2019-01-12 00:00"))
    assert whole_days.due(monday, WorkTime()) == monday


def test_breaks_and_holidays_compose():  # osTicket #6847
    lunch = office("09:00", "18:00", ThaiGovernment(), breaks=[(time(13), time(14))])
    friday = at("2020-04-03 12:00")  # 1 h and 4 h; Monday is Chakri Day
    assert OfficeTime(hours=8).due(friday, lunch) == at("2020-04-07 12:00")
    assert OfficeTime(hours=9).due(friday, lunch) == at("2020-04-07 13:00")
    assert OfficeTime(hours=10).due(friday, lunch) == at("2020-04-07 15:00")
    assert not lunch.elapsed(at("2020-04-07 13:00"), at("2020-04-07 14:00"))


# Zones and clock changes


def test_an_opening_on_the_day_of_a_clock_change_is_not_an_hour_off():  # working_hours #45
    sundays = office("09:00", "17:00", WorkingWeek({6}), zone="Europe/Paris")
    for day, offset in (("2020-03-29", 2), ("2020-10-25", 1)):
        opens = sundays.next_open(at(f"{day} 00:00", "Europe/Paris"))
        assert opens == at(f"{day} 09:00", "Europe/Paris")
        assert opens.utcoffset() == timedelta(hours=offset)
        assert sundays.due(at(f"{day} 00:00", "Europe/Paris"), WorkTime(hours=8)) == at(f"{day} 17:00", "Europe/Paris")


def test_a_zone_does_not_take_the_holidays_away():  # business_time #36
    desk = office("08:00", "13:00", OfficeCalendar(WEEKDAYS, [closed("2013-05-27")]), zone="America/Los_Angeles")
    tuesday = at("2013-05-21 14:57:18", "America/Los_Angeles")
    for zone in ("America/Los_Angeles", "UTC", "Asia/Tokyo"):  # where it is Wednesday already
        due = WorkingDays(4).due(tuesday.astimezone(ZoneInfo(zone)), desk)
        assert due == at("2013-05-28 13:00", "America/Los_Angeles")  # was the 27th


def test_moments_of_two_zones_make_one_span_and_no_crash():  # business_duration #6
    start, stop = at("2020-01-06 02:00", "UTC"), at("2020-01-05 23:00", "America/New_York")  # 09:00, 11:00
    assert CLOCK.elapsed(start, stop) == WorkTime(hours=2)
    assert CLOCK.elapsed_array([start], [stop]).tolist() == [timedelta(hours=2)]
    with pytest.raises(NaiveDatetimeError):
        CLOCK.elapsed(start, datetime(2020, 1, 6, 11))


def test_every_class_of_moment_gives_one_answer():  # business_time #175
    desk = office("09:00", "17:00", OfficeCalendar(WEEKDAYS, [closed("2017-10-18")]), zone="Europe/Kyiv")
    start, stop = at("2017-10-16 00:00", "Europe/Kyiv"), at("2017-10-20 00:00", "Europe/Kyiv")
    for make in (lambda moment: moment, pendulum.instance, pd.Timestamp):
        assert desk.elapsed(make(start), make(stop)) == WorkTime(hours=24)  # Monday, Tuesday, Thursday
        assert desk.elapsed_array([make(start)], [make(stop)]).tolist() == [timedelta(hours=24)]
