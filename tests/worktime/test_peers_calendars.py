"""What went wrong elsewhere with the days that count and with what was known when; the comments say where."""

from datetime import date, datetime, timedelta

import holidays as peer
import pytest
from small_clocks import CLOCK, WEEKDAYS, at, closed, door, office
from workalendar.europe import France

from docflow import Closure, Hours, OfficeCalendar, OfficeTime, WorkingDays, WorkingWeek, WorkTime
from docflow.errors import CalendarError, OutsideCalendarError
from docflow.worktime import MakeUpDay, OneOffHours

pytestmark = pytest.mark.peers

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
