"""What went wrong elsewhere: each test is named after a mistake of a peer, and the comment says where it was reported.

Where a thread gives an example, its figures are used; what has to come out is worked out by hand. Left out are threads
that could not be read (numpy #6937, pandas_market_calendars #38, #276 and PR #357, working_hours #38) and two about
columns of event logs, not about time (pm4py #357, #539).
"""

from datetime import date, datetime, time, timedelta
from fractions import Fraction
from itertools import pairwise
from zoneinfo import ZoneInfo

import holidays as peer
import numpy as np
import pandas as pd
import pendulum
import polars as pl
import pytest
from workalendar.europe import France

from docflow import (
    Closure,
    Hours,
    MakeUpDay,
    OfficeCalendar,
    OfficeHours,
    OfficeTime,
    OneOffHours,
    ThaiGovernment,
    WorkClock,
    WorkingDayHours,
    WorkingDays,
    WorkingWeek,
    WorkTime,
)
from docflow.bangkok import office_clock
from docflow.errors import CalendarError, HoursError, NaiveDatetimeError, OutsideCalendarError, ReversedSpanError
from docflow.worktime import Verdict

CLOCK = office_clock()  # Mon-Fri 08:30-16:30; January 2020 has no holiday after the first
WEEKDAYS = WorkingWeek()


def at(text, zone="Asia/Bangkok"):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def door(opens, closes, **more):
    return OfficeHours(opens=time.fromisoformat(opens), closes=time.fromisoformat(closes), **more)


def office(opens, closes, calendar=WEEKDAYS, *, zone="Asia/Bangkok", **more):
    return WorkClock(door(opens, closes, **more), calendar, zone=zone)


def closed(day, **more):
    return Closure(date.fromisoformat(day), reason="closed", source="an order", **more)


# Pauses and due moments


def test_a_pause_over_a_weekend_moves_no_due_moment():  # frappe/helpdesk PR #2449
    weekend = [(at("2020-01-10 16:30"), at("2020-01-13 08:30"))]
    friday, saturday = at("2020-01-10 10:00"), at("2020-01-11 10:00")
    # 6.5 h of Friday and 1.5 h of Monday; the creation and the hold's 64 hours together would make it Monday 16:30.
    assert OfficeTime(hours=8).due(friday, CLOCK, pauses=weekend) == at("2020-01-13 10:00")
    assert OfficeTime(hours=8).due(saturday, CLOCK, pauses=weekend) == at("2020-01-13 16:30")
    assert WorkingDays(2).due(friday, CLOCK, pauses=weekend) == at("2020-01-14 16:30")


def test_a_pause_in_office_hours_moves_the_due_moment_by_itself():  # frappe/helpdesk #1675
    monday, pause = at("2020-01-06 10:00"), [(at("2020-01-06 11:00"), at("2020-01-06 12:30"))]
    assert OfficeTime(hours=4).due(monday, CLOCK) == at("2020-01-06 14:00")
    assert OfficeTime(hours=4).due(monday, CLOCK, pauses=pause) == at("2020-01-06 15:30")


def test_what_waits_for_somebody_else_is_not_overdue():  # osTicket #3034
    monday, waits, now = at("2020-01-06 10:00"), at("2020-01-06 13:00"), at("2020-01-08 13:00")
    limit = OfficeTime(hours=4)  # 3 h are over when the waiting begins
    assert limit.verdict(monday, None, now, CLOCK) is Verdict.LATE
    assert limit.verdict(monday, None, now, CLOCK, pauses=[(waits, now)]) is Verdict.RUNNING
    assert limit.remaining(monday, now, CLOCK, pauses=[(waits, now)]) == WorkTime(hours=1)


def test_a_target_in_days_is_not_lengthened_by_the_weekend_in_a_pause():  # glpi #10594, PR #14937
    friday = at("2020-01-10 10:00")
    pause = [(at("2020-01-10 15:00"), at("2020-01-13 10:00"))]  # 67 hours, 3 of them in the office
    assert OfficeTime(days=1).due(friday, CLOCK, pauses=pause) == at("2020-01-13 13:00")
    assert WorkingDays(1).due(friday, CLOCK, pauses=pause) == at("2020-01-14 11:30")


@pytest.mark.parametrize(
    ("now", "pauses", "elapsed", "remaining"),
    [
        ("2020-01-10 15:00", [], 300, 180),
        ("2020-01-13 09:00", [], 420, 60),
        ("2020-01-12 12:00", [("2020-01-10 16:30", "2020-01-13 08:30")], 390, 90),  # over the weekend alone
        ("2020-01-13 09:00", [("2020-01-10 15:00", "2020-01-13 10:00")], 300, 180),  # within the pause
        ("2020-01-13 11:00", [("2020-01-10 15:00", "2020-01-13 10:00")], 360, 120),
        (
            "2020-01-13 11:00",  # two that overlap, 2 h together
            [("2020-01-10 12:00", "2020-01-10 13:00"), ("2020-01-10 12:30", "2020-01-10 14:00")],
            420,
            60,
        ),
        ("2020-01-13 09:30", [("2020-01-09 09:00", "2020-01-10 11:00")], 390, 90),  # from before the start
    ],
)
def test_what_elapsed_and_what_remains_are_the_target_under_every_pause(now, pauses, elapsed, remaining):
    # glpi #10594, PR #14937
    friday, spans = at("2020-01-10 10:00"), [(at(since), at(until)) for since, until in pauses]
    counted = CLOCK.elapsed(friday, at(now), pauses=spans)
    left = OfficeTime(days=1).remaining(friday, at(now), CLOCK, pauses=spans)
    assert (counted, left) == (WorkTime(minutes=elapsed), WorkTime(minutes=remaining))
    assert counted + left == WorkTime(hours=8)


def test_a_new_target_does_not_forget_the_earlier_pauses():  # glpi #15605
    monday, held = at("2020-01-06 10:00"), [(at("2020-01-06 11:00"), at("2020-01-08 11:00"))]
    now = at("2020-01-08 11:30")
    assert OfficeTime(hours=4).due(monday, CLOCK, pauses=held) == at("2020-01-08 14:00")
    assert OfficeTime(hours=2).due(monday, CLOCK, pauses=held) == at("2020-01-08 12:00")  # not Monday 12:00
    assert OfficeTime(hours=2).verdict(monday, None, now, CLOCK, pauses=held) is Verdict.RUNNING
    assert OfficeTime(hours=2).remaining(monday, now, CLOCK, pauses=held) == WorkTime(minutes=30)


# Warnings and reminders


@pytest.mark.parametrize(
    ("start", "promised", "due", "warning"),
    [
        ("2020-01-06 10:00", 240, "2020-01-06 14:00", "2020-01-06 13:00"),
        ("2020-01-06 17:00", 240, "2020-01-07 11:00", "2020-01-07 10:00"),  # was Tuesday 00:00
        ("2020-01-06 17:00", 90, "2020-01-07 08:30", "2020-01-06 17:30"),  # the hour before lies on Monday
    ],
)
def test_a_warning_before_a_due_moment_of_tomorrow_is_not_at_midnight(start, promised, due, warning):  # glpi PR #22678
    desk, limit = office("08:00", "18:00"), OfficeTime(minutes=promised)
    assert limit.due(at(start), desk) == at(due)
    assert limit.warning(at(start), WorkTime(hours=1), desk) == at(warning)


def test_no_reminder_comes_at_midnight_or_on_a_weekend():  # zammad #4432, getprobo/probo #1591
    friday, hour, day = at("2020-01-10 15:00"), WorkTime(hours=1), WorkTime(hours=8)
    # Three steps went out on Saturday, Sunday and Monday.
    reminders = [WorkingDays(n).warning(friday, day, CLOCK) for n in (1, 2, 3)]
    assert reminders == [at("2020-01-13 08:30"), at("2020-01-14 08:30"), at("2020-01-15 08:30")]
    assert Hours(48).warning(friday, hour, CLOCK) == at("2020-01-10 15:30")  # due on Sunday at 15:00
    assert Hours(9).warning(friday, hour, CLOCK) == at("2020-01-10 15:30")  # due at midnight
    assert Hours(24).warning(at("2020-01-11 15:00"), hour, CLOCK) is None  # no working moment from then to Sunday


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


# Which day counts


def test_a_letter_of_a_saturday_has_monday_as_its_first_day():  # whatdotheyknow-theme #1027
    friday, saturday, monday = at("2020-01-10 10:00"), at("2020-01-11 10:00"), at("2020-01-13 10:00")
    assert WorkingDays(1).due(saturday, CLOCK) == WorkingDays(1).due(friday, CLOCK) == at("2020-01-13 16:30")
    assert WorkingDays(1).due(monday, CLOCK) == at("2020-01-14 16:30")
    assert WorkingDays(1, counting_first=True).due(saturday, CLOCK) == at("2020-01-13 16:30")


def test_a_day_from_a_weekend_is_a_whole_day_at_any_hour():  # zendesk/biz #80
    desk = office("09:00", "17:00", zone="America/New_York")
    saturday = at("2016-08-06 13:30:01", "America/New_York")
    for limit, due in (
        (OfficeTime(hours=1), "2016-08-08 10:00"),
        (OfficeTime(days=1), "2016-08-08 17:00"),  # was 13:30:01, half a day
        (WorkingDays(1), "2016-08-08 17:00"),
    ):
        assert limit.due(saturday, desk) == at(due, "America/New_York")


def test_the_first_day_of_a_span_counts_like_the_last():  # workalendar #323, #393, #745
    desk = office("09:00", "17:00", OfficeCalendar(WEEKDAYS, [closed("2018-08-27")]))
    august, september = at("2018-08-01 00:00"), at("2018-09-01 00:00")
    assert desk.elapsed(august, september) / desk.hours.day_length == 22  # 23 weekdays, one of them closed; was 21
    assert desk.elapsed(at("2018-10-01 00:00"), at("2018-11-01 00:00")) / desk.hours.day_length == 23  # was 22
    assert WorkingDays(1, counting_first=True).due(august, desk) == at("2018-08-01 17:00")  # start == end was lost
    paris = office("08:00", "19:00", France(), zone="Europe/Paris")
    eve, new_year = at("2018-12-31 00:01", "Europe/Paris"), at("2019-01-01 00:01", "Europe/Paris")
    assert paris.elapsed(eve, new_year.replace(hour=19, minute=3)) == WorkTime(hours=11)  # was no day
    assert paris.elapsed(new_year, at("2019-01-02 19:01", "Europe/Paris")) == WorkTime(hours=11)


def test_a_day_back_from_a_holiday_is_the_day_before_it():  # python-bizdays #22
    desk = office("08:30", "16:30", OfficeCalendar(WEEKDAYS, [closed("2016-11-02")]))
    holiday = at("2016-11-02 10:00")
    assert desk.latest_start(holiday, WorkTime(hours=8)) == at("2016-11-01 08:30")  # was 31 October
    assert desk.previous_close(holiday) == at("2016-11-01 16:30")


def test_calendar_days_that_end_on_a_weekend_end_on_the_next_working_day():  # alaveteli #621
    for received, due in (("2020-01-01 10:00", "2020-01-31 16:30"), ("2020-01-02 10:00", "2020-02-03 16:30")):
        last = Hours(30 * 24).due(at(received), CLOCK)  # a Friday, and a Saturday
        assert WorkingDays(1, counting_first=True).due(last, CLOCK) == at(due)


def test_a_school_counts_its_school_days():  # whatdotheyknow-theme #872
    away = [date(2021, 7, 21) + timedelta(days=n) for n in range(49)]  # to 7 September
    days = [closed(day.isoformat()) for day in away if day.weekday() < 5]
    school = office("08:30", "16:30", OfficeCalendar(WEEKDAYS, days), zone="Europe/London")
    received = at("2021-07-19 10:00", "Europe/London")
    # 20 July, then from Wednesday 8 September: 3 days of that week, and three weeks of 5 make 19.
    assert WorkingDays(20).due(received, school) == at("2021-10-04 16:30", "Europe/London")
    assert WorkingDays(20, counting_first=True).due(received, school) == at("2021-10-01 16:30", "Europe/London")


# How long a day or 48 hours are


def test_a_working_day_is_not_24_hours_of_office_time():  # jmix #790
    assert OfficeTime(days=1).due(at("2020-01-06 10:00"), CLOCK) == at("2020-01-07 10:00")  # was 3 days later
    assert OfficeTime(hours=24).due(at("2020-01-06 10:00"), CLOCK) == at("2020-01-09 10:00")


def test_32_office_hours_are_not_a_day_and_a_third():  # pm4py #559, bupaR #26
    desk = office("08:00", "16:00")
    elapsed = desk.elapsed(at("2026-01-05 08:00"), at("2026-01-08 16:00"))  # Monday to Thursday, 80 h on the wall
    assert elapsed == WorkTime(hours=32)
    assert elapsed / desk.hours.day_length == 4  # was 1.33
    assert str(elapsed) == "32 h"


def test_48_hours_say_which_hours_they_are():  # moment-business-time #33
    desk, thursday = office("09:00", "17:00", zone="Europe/Amsterdam"), at("2018-09-06 12:55:49", "Europe/Amsterdam")
    assert OfficeTime(hours=48).due(thursday, desk) == at("2018-09-14 12:55:49", "Europe/Amsterdam")  # what came
    assert WorkingDayHours(48).due(thursday, desk) == at("2018-09-10 12:55:49", "Europe/Amsterdam")  # was expected
    assert Hours(48).due(thursday, desk) == at("2018-09-08 12:55:49", "Europe/Amsterdam")


def test_many_hours_do_not_end_too_early():  # moment-business-time #3
    desk, friday = office("09:00", "17:00"), at("2015-05-01 09:00")
    assert desk.due(friday, WorkTime(hours=19)) == at("2015-05-05 12:00")  # 8 + 8 + 3
    assert desk.due(friday, WorkTime(hours=108)) == at("2015-05-20 13:00")  # 13 days: 1, 5, 5 and 2; then 4 h


def test_more_hours_are_never_due_earlier():  # pandas #29901
    desk = office("09:00", "17:00", OfficeCalendar(WEEKDAYS, [closed("2014-01-20")]))
    friday = at("2014-01-17 13:00")
    assert desk.due(friday, WorkTime(hours=8)) == at("2014-01-21 13:00")  # was the holiday itself
    assert desk.due(friday, WorkTime(hours=9)) == at("2014-01-21 14:00")  # was ten days later
    assert desk.due(friday, WorkTime(hours=16)) == at("2014-01-22 13:00")  # was a day earlier
    dues = [desk.due(friday, WorkTime(hours=n)) for n in range(1, 30)]
    assert all(one < other for one, other in pairwise(dues))


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


# Calendars


def test_a_calendar_that_is_given_is_used():  # pm4py #558, jbpm PR #233
    austria = office("08:00", "17:00", peer.country_holidays("AT"), zone="Europe/Vienna")
    thursday, monday = at("2026-12-24 08:00", "Europe/Vienna"), at("2026-12-28 17:00", "Europe/Vienna")
    assert austria.elapsed(thursday, monday) == WorkTime(hours=18)  # Friday is Christmas Day
    timer = office("09:00", "17:00", OfficeCalendar(WEEKDAYS, [closed("2012-05-10"), closed("2012-05-11")]))
    assert timer.due(at("2012-05-09 16:00"), WorkTime(hours=2)) == at("2012-05-14 10:00")


def test_a_working_week_and_holidays_hold_together():  # pandas #23542
    thursday, days = at("2018-11-08 08:00"), [closed("2018-11-09")]
    to_saturday = office("08:00", "17:00", OfficeCalendar(WorkingWeek(range(6)), days))
    from_tuesday = office("08:00", "17:00", OfficeCalendar(WorkingWeek(range(1, 6)), days))
    assert to_saturday.due(thursday, WorkTime(hours=10)) == at("2018-11-10 09:00")  # was the holiday
    ends = from_tuesday.due(thursday, WorkTime(hours=18))
    assert ends == at("2018-11-10 17:00")
    assert from_tuesday.next_open(ends) == at("2018-11-13 08:00")  # was Monday


def test_a_holiday_given_as_a_datetime_is_refused_not_ignored():  # business_duration #4
    with pytest.raises(CalendarError, match="give date"):
        Closure(datetime(2020, 1, 6), reason="closed", source="an order")


@pytest.mark.parametrize(
    ("usual", "own", "start", "stop", "hours"),
    [
        # An hour less on the day before a holiday: business_time #183.
        (("09:00", "18:00"), ("09:00", "17:00"), "2018-06-11 00:00", "2018-06-12 00:00", (8, 9)),
        # A late opening after a storm: exchange_calendars #142.
        (("09:30", "16:00"), ("13:30", "16:00"), "2020-08-19 09:30", "2020-08-19 16:00", (2.5, 6.5)),
        # The session after an early close, which lost all of its hours: pandas_market_calendars #387.
        (("04:00", "20:00"), ("04:00", "17:00"), "2019-12-24 13:00", "2019-12-24 20:00", (4, 7)),
    ],
)
def test_one_day_may_have_hours_of_its_own(usual, own, start, stop, hours):
    # business_time #183, exchange_calendars #142, pandas_market_calendars #387
    special = OneOffHours(at(start).date(), door(*own), reason="its own hours", source="an order")
    desk = office(*usual, OfficeCalendar(WEEKDAYS, [special]))
    for weeks, counted in enumerate(hours):  # that day, and the same weekday after it
        later = timedelta(weeks=weeks)
        assert desk.elapsed(at(start) + later, at(stop) + later) == WorkTime(hours=counted)


def test_an_offices_own_days_reach_every_question():
    # workalendar #631, working_hours PR #37, pandas_market_calendars #390
    noon = OneOffHours(date(2024, 12, 24), door("09:30", "13:00"), reason="eve", source="an order")
    make_up = MakeUpDay(date(2024, 12, 28), reason="for Christmas", source="an order")
    days = OfficeCalendar(WEEKDAYS, [noon, closed("2024-12-25"), make_up])
    desk = office("09:30", "16:00", days, zone="America/New_York")

    def there(text):
        return at(f"2024-12-{text}", "America/New_York")

    eve, friday = there("24 12:00"), there("27 15:00")
    assert desk.elapsed(eve, there("26 10:30")) == WorkTime(hours=2)
    assert desk.due(eve, WorkTime(hours=2)) == there("26 10:30")
    assert desk.latest_start(there("26 10:30"), WorkTime(hours=2)) == eve
    assert desk.due(friday, WorkTime(hours=2)) == there("28 10:30")  # a Saturday
    assert desk.latest_start(there("28 10:30"), WorkTime(hours=2)) == friday
    assert not desk.is_open(there("24 13:00"))
    assert desk.is_open(there("28 10:00"))
    assert desk.next_open(there("24 13:00")) == there("26 09:30")
    assert desk.previous_close(there("26 09:30")) == there("24 13:00")
    assert [tuple(span) for span in desk.spans(eve, there("26 10:30"))] == [
        (eve, there("24 13:00")),
        (there("26 09:30"), there("26 10:30")),
    ]
    assert [skipped.day.day for skipped in desk.explain(eve, there("26 10:30")).skipped] == [25]
    assert WorkingDays(3).due(eve, desk) == there("28 16:00")
    assert desk.elapsed_array([eve], [there("26 10:30")]).tolist() == [timedelta(hours=2)]
    assert desk.due_array([friday], WorkTime(hours=2)).tolist() == [datetime(2024, 12, 28, 15, 30)]  # in UTC


def test_a_span_that_begins_on_the_last_known_holiday_is_counted():  # py-business-calendar #4, #9
    july = office("09:00", "17:00", OfficeCalendar(WEEKDAYS, [closed("2017-07-04")]))
    assert not july.elapsed(at("2017-07-04 00:00"), at("2017-07-05 00:00"))  # was an IndexError
    eve = office("09:00", "17:00", OfficeCalendar(WEEKDAYS, [closed("2019-12-31")]))
    assert eve.elapsed(at("2019-12-31 00:00"), at("2020-01-07 00:00")) == WorkTime(hours=32)  # Wed, Thu, Fri, Mon


def test_the_last_week_that_a_calendar_holds_is_counted():  # R-bizdays #108
    class ThursdaysAndFridaysOf2024:
        def is_working_day(self, day):
            if day.year != 2024:
                raise LookupError(day)
            return day.weekday() in {3, 4} and day != date(2024, 12, 26)

    nursery = office("09:00", "17:00", ThursdaysAndFridaysOf2024(), zone="Europe/London")
    monday = at("2024-12-23 00:00", "Europe/London")
    assert nursery.elapsed(monday, at("2024-12-29 00:00", "Europe/London")) == WorkTime(hours=8)  # Friday; was 0
    assert nursery.elapsed(monday, at("2025-01-01 00:00", "Europe/London")) == WorkTime(hours=8)


def test_a_year_whose_holidays_nobody_entered_is_refused_not_taken_as_free_of_them():  # alaveteli #741
    with pytest.raises(OutsideCalendarError, match="2028"):
        WorkingDays(1).due(at("2027-12-30 15:00"), CLOCK)  # the 31st is a holiday
    with pytest.raises(OutsideCalendarError, match="2028"):
        CLOCK.is_open(at("2028-01-01 10:00"))


# What was known when


def test_a_holiday_announced_late_reaches_the_open_promises_that_cover_it_and_no_others():
    # alaveteli #7292, whatdotheyknow-theme #1392
    funeral = closed("2022-09-19", announced=date(2022, 9, 10))
    desk = office("09:00", "17:00", OfficeCalendar(WEEKDAYS, [funeral]), zone="Europe/London")
    before, after = desk.as_known_on(date(2022, 9, 9)), desk.as_known_on(date(2022, 9, 10))
    for received, expected, corrected in (
        ("2022-08-08", "2022-09-05", "2022-09-05"),  # over before the funeral
        ("2022-08-30", "2022-09-27", "2022-09-28"),
        ("2022-09-16", "2022-10-14", "2022-10-17"),
        ("2022-09-19", "2022-10-17", "2022-10-17"),  # its first day is the 20th
        ("2022-09-20", "2022-10-18", "2022-10-18"),
    ):
        start = at(f"{received} 10:00", "Europe/London")
        assert WorkingDays(20).due(start, before) == at(f"{expected} 17:00", "Europe/London")
        assert WorkingDays(20).due(start, after) == at(f"{corrected} 17:00", "Europe/London")


def test_a_closure_announced_days_before_is_there_from_then_on():  # pandas_market_calendars #366
    mourning = closed("2025-01-09", announced=date(2024, 12, 30))
    desk = office("09:30", "16:00", OfficeCalendar(WEEKDAYS, [mourning]), zone="America/New_York")
    thursday = at("2025-01-09 10:00", "America/New_York")
    assert desk.as_known_on(date(2024, 12, 29)).is_open(thursday)
    assert not desk.as_known_on(date(2024, 12, 30)).is_open(thursday)
    assert not desk.is_open(thursday)


def test_a_later_correction_of_a_past_day_leaves_the_earlier_figure_to_be_had():  # pandas_market_calendars #486
    mistaken = closed("2026-08-14", announced=date(2026, 8, 1), withdrawn=date(2026, 9, 10))
    desk = office("09:00", "17:00", OfficeCalendar(WEEKDAYS, [mistaken]))
    thursday, monday = at("2026-08-13 16:00"), at("2026-08-17 10:00")
    assert desk.as_known_on(date(2026, 9, 9)).elapsed(thursday, monday) == WorkTime(hours=2)
    assert desk.as_known_on(date(2026, 9, 10)).elapsed(thursday, monday) == WorkTime(hours=10)
    assert desk.elapsed(thursday, monday) == WorkTime(hours=10)


def test_a_day_that_a_feed_took_out_says_so():  # zammad #390, whatdotheyknow-theme #959
    feed = Closure(date(2016, 11, 13), reason="Volkstrauertag", source="ical feed of German holidays")
    desk = office("09:00", "21:00", OfficeCalendar(WorkingWeek(range(7)), [feed]), zone="Europe/Berlin")
    start = at("2016-11-09 23:00", "Europe/Berlin")
    due = OfficeTime(hours=48).due(start, desk)
    assert due == at("2016-11-14 21:00", "Europe/Berlin")  # 10, 11, 12 and 14 November
    explanation = desk.explain(start, due)
    assert [(skipped.day.day, skipped.source) for skipped in explanation.skipped] == [
        (9, "the office hours"),
        (13, "ical feed of German holidays"),
    ]
    assert explanation.skipped[1].reason == "Volkstrauertag"
    assert [counted.day.day for counted in explanation.spans] == [10, 11, 12, 14]


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
