import copy
import pickle
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

import holidays as peer
import numpy as np
import pandas as pd
import pendulum
import pytest
from attrs import evolve
from workalendar.europe import Netherlands

from docflow import (
    Closure,
    Hours,
    OfficeCalendar,
    OfficeHours,
    OfficeTime,
    ThaiGovernment,
    WorkClock,
    WorkingDays,
    WorkingWeek,
    WorkTime,
)
from docflow.bangkok import office_clock
from docflow.errors import (
    AmountError,
    CalendarError,
    HorizonError,
    HoursError,
    NaiveDatetimeError,
    NotAMomentError,
    NoWorkingDayError,
    OutsideCalendarError,
    ReversedSpanError,
    ZoneError,
)
from docflow.instants import disjoint, from_wall, local
from docflow.worktime import Break, MakeUpDay, WeeklyHours, WorkingDayHours, instant, moment
from docflow.worktime.index import HORIZON, Index
from docflow.worktime.ticks import NO_PAUSES, WALL_CLOCK, Pauses

CLOCK = office_clock()
BANGKOK = ZoneInfo("Asia/Bangkok")
DOOR = OfficeHours(opens=time(8, 30), closes=time(16, 30))


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=BANGKOK)


class Weekdays:
    def is_working_day(self, day):
        return day.weekday() < 5


class EveryDay:
    def is_working_day(self, day):  # noqa: ARG002 - every one of them
        return True


class Never:
    def is_working_day(self, day):  # noqa: ARG002 - not one
        return False


@pytest.mark.parametrize(
    ("start", "stop", "minutes"),
    [
        ("2020-01-06 09:12", "2020-01-06 09:24", 12),
        ("2020-01-06 16:20", "2020-01-07 08:35", 15),  # over the night
        ("2019-11-01 16:20", "2019-11-06 08:32", 12),  # over a weekend and two special holidays
        ("2020-01-06 22:32", "2020-01-07 08:42", 12),  # received at night, counted from opening
        ("2020-01-04 10:00", "2020-01-05 15:00", 0),  # a whole weekend
        ("2020-01-06 07:00", "2020-01-06 08:30", 0),  # before opening
        ("2020-01-06 16:30", "2020-01-06 23:59", 0),  # from closing on
        ("2020-01-06 08:30", "2020-01-06 16:30", 480),
        ("2020-01-06 09:00", "2020-01-06 09:00", 0),
    ],
)
def test_only_open_time_is_counted(start, stop, minutes):
    assert CLOCK.elapsed(at(start), at(stop)) == WorkTime(minutes=minutes)


# facts-thailand: received 10:00, due at the close of the 2nd working day after receipt.
@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2019-11-01", "2019-11-07"),
        ("2020-04-09", "2020-04-13"),
        ("2020-04-30", "2020-05-05"),
        ("2020-07-03", "2020-07-09"),
        ("2020-07-24", "2020-07-30"),
        ("2020-09-03", "2020-09-09"),
    ],
)
def test_two_working_days_over_the_moved_holidays_of_2563(received, due):
    assert WorkingDays(2).due(at(f"{received} 10:00"), CLOCK) == at(f"{due} 16:30")


def test_what_ends_at_closing_is_due_at_closing():
    assert CLOCK.due(at("2020-01-06 16:20"), WorkTime(minutes=10)) == at("2020-01-06 16:30")
    assert CLOCK.due(at("2020-01-06 16:20"), WorkTime(minutes=10, microseconds=1)) == at("2020-01-07 08:30") + (
        timedelta(microseconds=1)
    )


def test_nothing_is_due_at_once_when_open_and_else_at_the_next_opening():
    assert CLOCK.due(at("2020-01-06 10:00"), WorkTime()) == at("2020-01-06 10:00")
    assert CLOCK.due(at("2020-01-06 16:30"), WorkTime()) == at("2020-01-07 08:30")
    assert CLOCK.due(at("2020-01-03 18:00"), WorkTime()) == at("2020-01-06 08:30")


def test_at_opening_it_is_open_and_at_closing_it_is_closed():
    assert CLOCK.is_open(at("2020-01-06 08:30"))
    assert not CLOCK.is_open(at("2020-01-06 08:30") - timedelta(microseconds=1))
    assert CLOCK.is_open(at("2020-01-06 16:30") - timedelta(microseconds=1))
    assert not CLOCK.is_open(at("2020-01-06 16:30"))
    assert not CLOCK.is_open(at("2019-11-04 10:00"))  # the summit


def test_the_next_open_moment_is_now_while_it_is_open():
    assert CLOCK.next_open(at("2020-01-06 10:00")) == at("2020-01-06 10:00")
    assert CLOCK.next_open(at("2020-01-04 10:00")) == at("2020-01-06 08:30")


def test_the_latest_start_leaves_just_enough_time_and_the_office_is_open():
    for due, hours, latest in (
        ("2020-01-06 16:30", 8, "2020-01-06 08:30"),
        ("2020-01-06 10:30", 2, "2020-01-06 08:30"),  # not Friday at closing, when the office is closed
        ("2020-01-06 10:00", 2, "2020-01-03 16:00"),
        ("2020-01-05 12:00", 1, "2020-01-03 15:30"),  # due on a Sunday
        ("2019-11-06 08:30", 8, "2019-11-01 08:30"),  # over the summit
        ("2020-01-06 08:30", 16, "2020-01-02 08:30"),
        ("2020-01-06 10:00", 0, "2020-01-06 10:00"),
        ("2020-01-02 09:00", 8, "2019-12-27 09:00"),  # over the new year: 30 December was a holiday
    ):
        assert CLOCK.latest_start(at(due), WorkTime(hours=hours)) == at(latest)


def test_nothing_fits_until_the_due_moment_while_the_office_is_open_or_closes_then_else_until_it_closed_last():
    for due, latest in (
        ("2020-01-06 10:00", "2020-01-06 10:00"),
        ("2020-01-06 16:30", "2020-01-06 16:30"),  # not 16:29:59.999999
        ("2020-01-06 16:31", "2020-01-06 16:30"),
        ("2020-01-06 08:29", "2020-01-03 16:30"),
        ("2020-01-06 08:30", "2020-01-06 08:30"),
    ):
        assert CLOCK.latest_start(at(due), WorkTime()) == at(latest)


def test_the_previous_close_is_the_last_closing_there_was():
    for asked, closed in (
        ("2020-01-06 16:30", "2020-01-06 16:30"),
        ("2020-01-06 16:29", "2020-01-03 16:30"),
        ("2020-01-06 08:30", "2020-01-03 16:30"),
        ("2020-01-05 12:00", "2020-01-03 16:30"),
        ("2019-11-06 08:30", "2019-11-01 16:30"),
        ("2020-01-02 08:00", "2019-12-27 16:30"),
    ):
        assert CLOCK.previous_close(at(asked)) == at(closed)


def test_an_office_that_never_closes_has_no_previous_close():
    always = WorkClock(OfficeHours(opens=time(0), closes=time(0)), EveryDay(), zone="Asia/Bangkok")
    with pytest.raises(HorizonError) as caught:
        always.previous_close(at("2020-01-06 10:00"))
    assert caught.value.at == at("2020-01-06 10:00")
    assert str(caught.value) == (
        "the office did not close for more than 10 years before 2020-01-06 10:00:00+07:00; ask only whether it is open"
    )
    with pytest.raises(
        HorizonError, match="was not open for more than 10 years before 2020-01-06.*; give its calendar"
    ):
        WorkClock(always.hours, Years(2009), zone="Asia/Bangkok").previous_close(at("2020-01-06 10:00"))
    closed_on_new_year = OfficeCalendar(EveryDay(), Closure(date(2018, 1, 1), reason="new year", source="custom"))
    for first_question in ("2028-06-01 00:00", "2016-06-01 00:00"):
        since_2018 = WorkClock(always.hours, closed_on_new_year, zone="Asia/Bangkok")
        since_2018.is_open(at(first_question))
        since_2018.elapsed(at(first_question), at("2028-06-01 00:00"))
        with pytest.raises(HorizonError):  # it closed as 2017 ended
            since_2018.previous_close(at("2028-06-01 00:00"))
        assert since_2018.previous_close(at("2027-06-01 00:00")) == at("2018-01-01 00:00")
    working = WorkClock(OfficeHours(opens=time(0), closes=time(0)), Weekdays(), zone="Asia/Bangkok")
    assert working.previous_close(at("2020-01-06 10:00")) == at("2020-01-04 00:00")


def test_a_closing_long_ago_is_still_found():
    class SinceTheFlood(EveryDay):
        def is_working_day(self, day):
            return day != date(2018, 2, 3)

    always = WorkClock(OfficeHours(opens=time(0), closes=time(0)), SinceTheFlood(), zone="Asia/Bangkok")
    assert always.previous_close(at("2028-02-02 10:00")) == at("2018-02-03 00:00")
    with pytest.raises(HorizonError):
        always.previous_close(at("2028-02-06 10:00"))


def test_pauses_stand_still_and_count_once():
    noon, one, two, three = (at(f"2020-01-06 {hour}:00") for hour in (12, 13, 14, 15))
    for pauses, hours in (
        ([], 3),
        ([(noon, one)], 2),
        ([(one, two), (noon, one)], 1),
        ([(noon, two), (one, two), (one, one)], 1),
        ([(noon, three)], 0),
        ([(at("2020-01-01 00:00"), at("2020-02-01 00:00"))], 0),
        ([(three, at("2020-01-07 15:00"))], 3),
        ([(at("2020-01-05 12:00"), noon)], 3),
    ):
        assert CLOCK.elapsed(noon, three, pauses=pauses) == WorkTime(hours=hours)
        assert CLOCK.elapsed(noon, three, pauses=iter(pauses)) == WorkTime(hours=hours)


def test_due_waits_for_pauses_to_end():
    ten, noon, one = (at(f"2020-01-06 {hour}:00") for hour in (10, 12, 13))
    lunch = [(noon, one)]
    assert CLOCK.due(ten, WorkTime(hours=3), pauses=lunch) == at("2020-01-06 14:00")
    assert CLOCK.due(ten, WorkTime(hours=2), pauses=lunch) == noon  # just before the pause begins
    assert CLOCK.due(ten, WorkTime(hours=2, microseconds=1), pauses=lunch) == one + timedelta(microseconds=1)
    assert CLOCK.due(noon, WorkTime(), pauses=lunch) == one
    assert CLOCK.due(ten, WorkTime(), pauses=lunch) == ten
    assert CLOCK.due(ten, WorkTime(hours=1), pauses=[(at("2020-01-06 09:00"), noon)]) == one
    assert CLOCK.due(ten, WorkTime(hours=3), pauses=[(ten, ten)]) == one
    weekend = [(at("2020-01-03 16:30"), at("2020-01-06 08:30"))]
    assert CLOCK.due(at("2020-01-03 16:00"), WorkTime(hours=1), pauses=weekend) == at("2020-01-06 09:00")
    beyond = [(noon, one), (at("2031-01-01 00:00"), at("2032-01-01 00:00"))]  # years that the calendar lacks
    assert CLOCK.due(ten, WorkTime(hours=3), pauses=beyond) == at("2020-01-06 14:00")


def test_a_reversed_or_naive_pause_is_refused():
    ten, noon = at("2020-01-06 10:00"), at("2020-01-06 12:00")
    for question in (
        lambda pauses: CLOCK.elapsed(ten, noon, pauses=pauses),
        lambda pauses: CLOCK.due(ten, WorkTime(hours=1), pauses=pauses),
        lambda pauses: WorkingDays(1).due(ten, CLOCK, pauses=pauses),
    ):
        with pytest.raises(ReversedSpanError):
            question([(noon, ten)])
        with pytest.raises(NaiveDatetimeError):
            question([(datetime(2020, 1, 6, 10), noon)])


def test_spans_are_clipped_to_the_question():
    spans = CLOCK.spans(at("2020-01-03 16:00"), at("2020-01-07 09:00"))
    assert [(span.start, span.stop) for span in spans] == [
        (at("2020-01-03 16:00"), at("2020-01-03 16:30")),
        (at("2020-01-06 08:30"), at("2020-01-06 16:30")),
        (at("2020-01-07 08:30"), at("2020-01-07 09:00")),
    ]
    assert CLOCK.spans(at("2020-01-04 10:00"), at("2020-01-05 10:00")) == ()


def test_answers_are_pendulum_moments_in_the_offices_zone():
    start = datetime(2020, 1, 6, 3, 0, tzinfo=UTC)
    for answer in (CLOCK.due(start, WorkTime(hours=1)), CLOCK.next_open(start), Hours(1).due(start, CLOCK)):
        assert isinstance(answer, pendulum.DateTime)
        assert answer.timezone_name == "Asia/Bangkok"
    assert CLOCK.due(start, WorkTime(hours=1)).add(minutes=5) == at("2020-01-06 11:05")


def test_the_calendars_day_is_the_offices_day_not_the_stamps():
    # 17:30 in UTC on a Sunday is already Monday in Bangkok.
    assert CLOCK.day_of(datetime(2020, 1, 5, 17, 30, tzinfo=UTC)) == date(2020, 1, 6)
    assert WorkingDays(1).due(datetime(2020, 1, 5, 17, 30, tzinfo=UTC), CLOCK) == at("2020-01-07 16:30")


def test_a_lunch_break_stands_still():
    lunch = WorkClock(
        OfficeHours(opens=time(8, 30), closes=time(16, 30), breaks=((time(12), time(13)),)),
        ThaiGovernment(area="bangkok"),
        zone="Asia/Bangkok",
    )
    assert lunch.elapsed(at("2020-01-06 11:50"), at("2020-01-06 13:02")) == WorkTime(minutes=12)
    assert lunch.due(at("2020-01-06 11:50"), WorkTime(minutes=10)) == at("2020-01-06 12:00")
    assert not lunch.is_open(at("2020-01-06 12:00"))
    assert len(lunch.spans(at("2020-01-06 00:00"), at("2020-01-07 00:00"))) == 2


def test_a_calendar_known_earlier_gives_the_due_moment_of_that_day():
    holy_thursday = at("2020-04-09 10:00")
    assert WorkingDays(2).due(holy_thursday, office_clock(known_on=date(2020, 3, 16))) == at("2020-04-16 16:30")
    assert WorkingDays(2).due(holy_thursday, office_clock(known_on=date(2020, 3, 17))) == at("2020-04-13 16:30")


def test_any_calendar_with_working_days_serves():
    start, stop = at("2020-04-13 10:00"), at("2020-04-14 10:00")
    assert WorkClock(DOOR, Weekdays(), zone="Asia/Bangkok").elapsed(start, stop) == WorkTime(hours=8)
    for easter_monday_out in (peer.country_holidays("NL"), Netherlands()):
        clock = WorkClock(DOOR, easter_monday_out, zone="Asia/Bangkok")
        assert clock.elapsed(start, stop) == WorkTime(hours=1, minutes=30)


def test_a_span_with_a_clock_change_has_its_true_length():
    amsterdam = ZoneInfo("Europe/Amsterdam")
    night = WorkClock(OfficeHours(opens=time(0), closes=time(6)), EveryDay(), zone="Europe/Amsterdam")
    spring, autumn = datetime(2020, 3, 29, tzinfo=amsterdam), datetime(2020, 10, 25, tzinfo=amsterdam)
    assert night.elapsed(spring, spring.replace(hour=6)) == WorkTime(hours=5)
    assert night.elapsed(autumn, autumn.replace(hour=6)) == WorkTime(hours=7)
    assert night.due(spring, WorkTime(hours=2)) == spring.replace(hour=3)


def test_an_opening_that_the_clock_jumps_over_is_the_jump():
    early = WorkClock(OfficeHours(opens=time(2, 30), closes=time(6)), EveryDay(), zone="Europe/Amsterdam")
    day = datetime(2020, 3, 29, tzinfo=ZoneInfo("Europe/Amsterdam"))
    assert early.next_open(day) == day.replace(hour=3)
    assert early.elapsed(day, day.replace(hour=6)) == WorkTime(hours=3)
    gone = WorkClock(OfficeHours(opens=time(2), closes=time(3)), EveryDay(), zone="Europe/Amsterdam")
    assert not gone.elapsed(day, day.replace(hour=6))


def test_an_opening_that_comes_twice_is_its_first_coming():
    early = WorkClock(OfficeHours(opens=time(2, 30), closes=time(6)), EveryDay(), zone="Europe/Amsterdam")
    day = datetime(2020, 10, 25, tzinfo=ZoneInfo("Europe/Amsterdam"))
    assert early.elapsed(day, day.replace(hour=6)) == WorkTime(hours=4, minutes=30)


def test_ambiguous_and_missing_times_given_mean_what_python_says_they_mean():
    night = WorkClock(OfficeHours(opens=time(0), closes=time(6)), EveryDay(), zone="Europe/Amsterdam")
    twice = datetime(2020, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))
    assert night.elapsed(twice, twice.replace(fold=1)) == WorkTime(hours=1)
    missing = datetime(2020, 3, 29, 2, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))
    assert night.elapsed(missing, missing.replace(hour=6)) == WorkTime(hours=2, minutes=30)


def test_a_day_that_a_zone_left_out_is_no_day():
    samoa = WorkClock(DOOR, EveryDay(), zone="Pacific/Apia")  # had no 30 December 2011
    start, stop = datetime(2011, 12, 29, 20, tzinfo=UTC), datetime(2012, 1, 2, tzinfo=UTC)
    assert [span.start.day for span in samoa.spans(start, stop)] == [29, 31, 1, 2]
    received = datetime(2011, 12, 29, 10, tzinfo=ZoneInfo("Pacific/Apia"))
    assert WorkingDays(1).due(received, samoa) == datetime(2011, 12, 31, 16, 30, tzinfo=ZoneInfo("Pacific/Apia"))


def test_an_office_open_round_the_clock_is_open_at_midnight_of_the_new_year():
    always = WorkClock(OfficeHours(opens=time(0), closes=time(0)), EveryDay(), zone="Asia/Bangkok")
    midnight = at("2020-01-01 00:00")
    assert always.is_open(midnight - timedelta(hours=1))  # the book now ends at midnight
    assert always.is_open(midnight)
    assert always.next_open(midnight) == midnight
    assert always.elapsed(midnight - timedelta(hours=1), midnight + timedelta(hours=1)) == WorkTime(hours=2)


def test_a_span_may_end_with_the_last_day_of_the_calendar_but_not_pass_it():
    last = at("2027-12-30 16:00")
    assert CLOCK.elapsed(last, at("2028-01-01 00:00")) == WorkTime(minutes=30)
    assert CLOCK.latest_start(at("2028-01-01 00:00"), WorkTime(minutes=30)) == last
    for question in (
        lambda: CLOCK.elapsed(last, at("2028-01-01 00:01")),
        lambda: CLOCK.due(last, WorkTime(minutes=31)),
        lambda: CLOCK.next_open(at("2027-12-31 10:00")),
        lambda: CLOCK.is_open(at("2028-01-01 00:00")),
        lambda: CLOCK.spans(at("2017-12-31 23:59"), at("2018-01-03 00:00")),
        lambda: WorkingDays(3).due(last, CLOCK),
        lambda: CLOCK.previous_close(at("2018-01-02 08:00")),
        lambda: CLOCK.latest_start(at("2018-01-02 09:00"), WorkTime(hours=1)),
    ):
        with pytest.raises(OutsideCalendarError, match="2018–2027"):
            question()


def test_decades_on_an_endless_calendar():
    weekdays = WorkClock(DOOR, Weekdays(), zone="Asia/Bangkok")
    start = at("1990-01-01 08:30")
    stop = weekdays.due(start, WorkTime(hours=8 * 10_000))
    assert weekdays.elapsed(start, stop) == WorkTime(hours=80_000)
    assert stop.year == 2028


def test_the_edges_of_time_are_refused_not_crossed():
    weekdays = WorkClock(DOOR, Weekdays(), zone="Asia/Bangkok")
    with pytest.raises(OutsideCalendarError):
        weekdays.due(at("9998-12-01 08:30"), WorkTime(hours=1000))
    for edge in (datetime(1, 6, 1, tzinfo=UTC), datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC)):
        with pytest.raises(OutsideCalendarError):
            weekdays.is_open(edge)
    assert WorkClock(DOOR, Weekdays(), zone="UTC").next_open(datetime(2, 6, 1, tzinfo=UTC)).year == 2
    with pytest.raises(OutsideCalendarError, match="the year 116099 is not in it"):
        Hours(10**9).due(at("2020-01-06 10:00"), weekdays)


def test_what_was_asked_before_never_changes_an_answer():
    class WithoutALeapYear(Weekdays):
        def is_working_day(self, day):
            if day.year == 2016:
                raise LookupError("2016 is not held")
            return super().is_working_day(day)

    clock = WorkClock(DOOR, WithoutALeapYear(), zone="Asia/Bangkok")
    for year in (2015, 2017, 2014, 2018, 2015):
        start = at(f"{year}-03-05 08:30")
        assert clock.elapsed(start, start + timedelta(days=7)) == WorkTime(hours=40)
    with pytest.raises(LookupError):
        clock.elapsed(at("2015-12-31 00:00"), at("2017-01-02 00:00"))


def test_a_length_that_is_no_working_time_is_refused_not_taken_for_nothing():
    for length in (timedelta(hours=2), pendulum.duration(hours=2), 15):
        for question in (CLOCK.due, CLOCK.latest_start):
            with pytest.raises(TypeError, match="give a WorkTime"):
                question(at("2020-01-06 10:00"), length)


def test_a_calendar_without_working_days_is_an_error_not_an_endless_loop():
    with pytest.raises(NoWorkingDayError, match="no working day in 2020"):
        WorkClock(DOOR, Never(), zone="Asia/Bangkok").next_open(at("2020-01-01 10:00"))


def test_a_reversed_span_is_refused_not_sorted():
    for question in (CLOCK.elapsed, CLOCK.spans):
        with pytest.raises(ReversedSpanError, match="before its start") as caught:
            question(at("2020-01-07 10:00"), at("2020-01-06 10:00"))
        assert caught.value.start > caught.value.stop


def test_a_naive_moment_is_refused_with_the_fix():
    naive, aware = datetime(2020, 1, 6, 10), at("2020-01-06 10:00")
    for question in (
        lambda: CLOCK.elapsed(naive, aware),
        lambda: CLOCK.elapsed(aware, naive),
        lambda: CLOCK.due(naive, WorkTime(minutes=1)),
        lambda: CLOCK.is_open(naive),
        lambda: CLOCK.next_open(naive),
        lambda: CLOCK.spans(naive, aware),
        lambda: CLOCK.latest_start(naive, WorkTime(minutes=1)),
        lambda: CLOCK.previous_close(naive),
        lambda: CLOCK.explain(naive, aware),
        lambda: WorkingDays(2).due(naive, CLOCK),
        lambda: Hours(48).due(pendulum.naive(2020, 1, 6), CLOCK),
    ):
        with pytest.raises(NaiveDatetimeError, match=r"moment.replace\(tzinfo=clock.tz\)"):
            question()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (pd.NaT, "NaT is no moment; give an aware datetime, or leave out what has none"),
        (pd.NA, "<NA> is no moment; give an aware datetime, or leave out what has none"),
        (np.datetime64("NaT", "us"), "is no moment; give an aware datetime, or leave out what has none"),
        (None, "None is no moment; give an aware datetime, or leave out what has none"),
        (float("nan"), "nan is no moment; give an aware datetime, or leave out what has none"),
        (np.datetime64("2020-01-06T02:00"), "as numpy means UTC: at.astype('M8[us]').item().replace(tzinfo=UTC)"),
        ("2020-01-06", "'2020-01-06' is no moment; give an aware datetime, such as datetime.fromisoformat("),
        (date(2020, 1, 6), "is no moment; give an aware datetime, such as datetime(2020, 1, 6, 8, 30, tzinfo="),
        (1_578_297_600, "1578297600 is no moment; give an aware datetime"),
        (pd.Series([1, 2]), "'Series' is no moment; ask elapsed_array or due_array about a column of them"),
        (np.array(["2020-01-06"], "M8[s]"), "'ndarray' is no moment; ask elapsed_array or due_array"),
    ],
    ids=str,
)
def test_what_is_no_moment_is_refused_by_every_question_with_what_to_do(given, said):
    ten = at("2020-01-06 10:00")
    for question in (
        lambda: CLOCK.elapsed(given, ten),
        lambda: CLOCK.elapsed(ten, given),
        lambda: CLOCK.elapsed(ten, ten, pauses=[(ten, given)]),
        lambda: CLOCK.due(given, WorkTime(hours=1)),
        lambda: CLOCK.latest_start(given, WorkTime(hours=1)),
        lambda: CLOCK.is_open(given),
        lambda: CLOCK.next_open(given),
        lambda: CLOCK.previous_close(given),
        lambda: CLOCK.spans(ten, given),
        lambda: CLOCK.explain(given, ten),
        lambda: CLOCK.day_of(given),
        lambda: WorkingDays(2).due(given, CLOCK),
        lambda: WorkingDays(2).remaining(ten, given, CLOCK),
        lambda: WorkingDays(2).verdict(ten, None, given, CLOCK),
        lambda: WorkingDays(2).warning(given, WorkTime(hours=1), CLOCK),
    ):
        with pytest.raises(NotAMomentError) as caught:
            question()
        assert said in str(caught.value)
        assert isinstance(caught.value, TypeError)


def test_a_zone_may_be_given_as_a_zone():
    assert WorkClock(DOOR, Weekdays(), zone=BANGKOK).zone == "Asia/Bangkok"


@pytest.mark.parametrize(
    "zone", ["Mars/Olympus", "", "../etc/passwd", "asia bangkok", None, 25_200, "localtime", "Factory"]
)
def test_an_unknown_zone_is_refused(zone):
    with pytest.raises(ZoneError, match="IANA name"):
        WorkClock(DOOR, Weekdays(), zone=zone)


def test_what_is_neither_hours_nor_a_calendar_is_refused_when_the_clock_is_made():
    with pytest.raises(HoursError, match="hours are written OfficeHours"):
        WorkClock(Weekdays(), DOOR, zone="Asia/Bangkok")
    for wrong in (None, [date(2020, 1, 1)], "TH"):
        with pytest.raises(CalendarError, match="is no calendar; give one with is_working_day"):
            WorkClock(DOOR, wrong, zone="Asia/Bangkok")
    with pytest.raises(CalendarError, match=r"is the class of a calendar; give one of it"):
        WorkClock(DOOR, Weekdays, zone="Asia/Bangkok")


@pytest.mark.parametrize("days", [0, -1, 1.5])
def test_no_days_are_no_deadline(days):
    with pytest.raises(AmountError, match="give 1 or more"):
        WorkingDays(days)


def test_a_clock_can_be_copied_and_sent_without_what_it_has_written():
    CLOCK.elapsed(at("2019-01-01 00:00"), at("2026-01-01 00:00"))
    sent = pickle.dumps(CLOCK)
    assert len(sent) < 2_000
    for twin in (pickle.loads(sent), copy.copy(CLOCK), copy.deepcopy(CLOCK)):  # noqa: S301 - our own
        assert twin == CLOCK
        assert twin.elapsed(at("2020-01-06 16:20"), at("2020-01-07 08:35")) == WorkTime(minutes=15)


def test_clocks_of_equal_parts_are_equal():
    assert office_clock() == CLOCK
    assert hash(office_clock()) == hash(CLOCK)
    assert office_clock() != office_clock(known_on=date(2020, 1, 1))


def test_a_clock_says_its_hours_its_calendar_and_its_zone():
    assert repr(CLOCK) == "<WorkClock 08:30–16:30, ThaiGovernment(area='bangkok'), Asia/Bangkok>"
    busy = OfficeCalendar(WorkingWeek(), [Closure(date(2020, 1, n), reason="flood", source="15") for n in range(1, 29)])
    assert len(repr(evolve(CLOCK, calendar=busy))) < 150


# The book


def years_of(book):
    return book.first, book.last


def test_the_first_span_of_the_calendar_answers_without_the_year_before_it():
    clock = office_clock()  # it holds 2018 to 2027; 1 and 2 January 2018 were holidays
    opens = at("2018-01-03 08:30")
    assert clock.latest_start(at("2018-01-03 09:00"), WorkTime(minutes=30)) == opens
    assert clock.latest_start(at("2018-01-03 09:00"), WorkTime()) == at("2018-01-03 09:00")
    assert clock.previous_close(at("2018-01-03 17:30")) == at("2018-01-03 16:30")


def test_the_last_days_of_a_year_are_answered_by_the_year_and_those_after_it_by_the_next():
    for asked in ("2019-12-27 16:30", "2019-12-31 20:00", "2020-01-02 08:29"):
        assert office_clock().previous_close(at(asked)) == at("2019-12-27 16:30")
        assert office_clock().latest_start(at(asked), WorkTime()) == at("2019-12-27 16:30")
    assert WorkingDays(1).due(at("2019-12-27 10:00"), office_clock()) == at("2020-01-02 16:30")


def test_an_office_that_goes_on_at_midnight_did_not_close_then():
    working = OfficeHours(opens=time(0), closes=time(0))
    for asked, closed in (
        ("2020-01-07 10:00", "2020-01-04 00:00"),  # a Tuesday
        ("2020-01-09 10:00", "2020-01-04 00:00"),
        ("2020-01-11 00:00", "2020-01-11 00:00"),
        ("2020-12-31 12:00", "2020-12-26 00:00"),  # the last day of its book, a Thursday
    ):
        assert WorkClock(working, Weekdays(), zone="Asia/Bangkok").previous_close(at(asked)) == at(closed)


def test_a_microsecond_of_the_new_year_counts():
    always = WorkClock(OfficeHours(opens=time(0), closes=time(0)), EveryDay(), zone="Asia/Bangkok")
    midnight, microsecond = at("2020-01-01 00:00"), timedelta(microseconds=1)
    assert always.elapsed(midnight - microsecond, midnight + microsecond) == WorkTime(microseconds=2)


def test_a_book_that_answers_is_kept():
    clock = office_clock()
    asked = instant(at("2020-01-06 10:00"))
    book = clock.index(asked, asked)
    assert clock.index(asked, asked) is book
    assert clock.index(book.lower, book.lower) is book
    assert clock.index(book.lower, book.upper) is book


def test_years_next_to_each_other_are_kept_in_one_book_and_no_others():
    clock = office_clock()
    for year, kept in (
        (2019, (2019, 2019)),
        (2020, (2019, 2020)),
        (2018, (2018, 2020)),
        (2025, (2025, 2025)),  # far from the others
        (2023, (2023, 2023)),  # the year between is not asked for
        (2025, (2025, 2025)),
        (2024, (2024, 2025)),
        (2026, (2024, 2026)),
    ):
        asked = instant(at(f"{year}-06-15 10:00"))
        assert years_of(clock.index(asked, asked)) == kept


def test_a_span_without_a_close_is_in_no_book():
    with pytest.raises(ValueError, match="longer"):
        Index(
            first=2020, last=2020, lower=0, upper=9, opens=[1, 3], closes=[2], days=[1], day_opens=[1], day_closes=[2]
        )
    with pytest.raises(ValueError, match="not enough values"):
        disjoint([(1, 2), (3,)])


def test_the_clock_itself_holds_nearly_every_year():
    weekdays = WorkClock(DOOR, Weekdays(), zone="Asia/Bangkok")
    assert weekdays.next_open(at("9998-06-01 10:00")).year == 9998
    for year in (1, 9999):
        with pytest.raises(OutsideCalendarError, match=f"^the clock holds the years 2–9998 and the year {year} is"):
            weekdays.next_open(at(f"{year:04}-06-01 10:00"))


def test_a_year_without_working_days_says_whose_calendar_it_is():
    with pytest.raises(NoWorkingDayError, match=rf"^{__name__}.Never has no working day in 2020; correct the calendar"):
        WorkClock(DOOR, Never(), zone="Asia/Bangkok").next_open(at("2020-01-01 10:00"))


def test_an_unknown_zone_is_named():
    with pytest.raises(ZoneError, match="^no time zone is called 'Mars/Olympus'; use an IANA name") as caught:
        WorkClock(DOOR, Weekdays(), zone="Mars/Olympus")
    assert caught.value.zone == "Mars/Olympus"
    with pytest.raises(ZoneError, match=r"^no time zone is called 'london'; did you mean Europe/London\?"):
        WorkClock(DOOR, Weekdays(), zone="london")


def test_the_horizon_is_ten_years_to_the_microsecond():
    class OpenSinceTheFlood(EveryDay):
        def is_working_day(self, day):
            return day != date(2018, 2, 3)

    flood = WorkClock(OfficeHours(opens=time(0), closes=time(0)), OpenSinceTheFlood(), zone="Asia/Bangkok")
    closed = instant(at("2018-02-03 00:00"))
    assert instant(flood.previous_close(moment(closed + HORIZON, BANGKOK))) == closed
    with pytest.raises(HorizonError):
        flood.previous_close(moment(closed + HORIZON + 1, BANGKOK))


def test_an_office_that_never_closes_is_asked_for_as_far_as_the_horizon_and_no_more():
    class HeldFrom2018(EveryDay):
        def is_working_day(self, day):
            if day.year < 2018:
                raise LookupError(day)
            return True

    clock = WorkClock(OfficeHours(opens=time(0), closes=time(0)), HeldFrom2018(), zone="Asia/Bangkok")
    with pytest.raises(HorizonError):
        clock.previous_close(at("2028-06-15 10:00"))
    with pytest.raises(LookupError, match="2017"):
        clock.previous_close(at("2027-06-15 10:00"))


class Years:
    """Weekdays of some years, which is meant."""

    idle_years = True

    def __init__(self, *years):
        self.years = years

    def is_working_day(self, day):
        return day.year in self.years and day.weekday() < 5


def questions(clock):
    """What looks forward through a closed time after Thursday 31 December 2026, and what looks back before it."""
    last, first = at("2026-12-31 16:00"), at("2050-01-03 09:00")
    forward = (
        lambda: clock.next_open(at("2026-12-31 16:30")),
        lambda: clock.due(last, WorkTime(minutes=31)),
        lambda: clock.due(at("2026-12-31 16:30"), WorkTime()),
        lambda: WorkingDays(1).due(last, clock),
        lambda: WorkingDays(40).due(at("2026-12-01 10:00"), clock),
        lambda: OfficeTime(days=1).due(last, clock),
    )
    back = (
        lambda: clock.latest_start(first, WorkTime(minutes=31)),
        lambda: clock.latest_start(at("2050-01-03 08:00"), WorkTime()),
        lambda: clock.previous_close(at("2050-01-03 08:00")),
        lambda: clock.closing_by(date(2050, 1, 2)),
    )
    return forward, back


@pytest.mark.parametrize("asked_before", [None, ("2026-01-01 00:00", "2050-12-31 00:00")])
def test_every_question_forward_and_back_has_one_horizon(asked_before):
    for years, given_up in (((2026, 2050), True), ((2026, 2036, 2046, 2050), False), ((2026,), True)):
        clock = WorkClock(DOOR, Years(*years), zone="Asia/Bangkok")
        if asked_before:
            clock.elapsed(*map(at, asked_before))
        for side, questions_there in zip(("after", "before"), questions(clock), strict=True):
            for question in questions_there:
                if given_up:
                    with pytest.raises(HorizonError, match=f"for more than 10 years {side} 20") as caught:
                        question()
                    assert caught.value.years == 10
                else:
                    question()


def test_a_search_that_is_given_up_says_from_where_on_there_is_nothing_and_what_to_do():
    clock = WorkClock(DOOR, Years(2026), zone="Asia/Bangkok")
    with pytest.raises(HorizonError) as caught:
        clock.due(at("2026-12-30 16:00"), WorkTime(hours=9))
    assert str(caught.value) == (
        "the office does not open for more than 10 years after 2026-12-31 16:30:00+07:00; "
        "give its calendar the working days that are missing, or ask about a moment nearer to one"
    )


def test_a_course_is_over_and_its_idle_years_are_nothing():  # php-business-time #53
    class Course:
        def is_working_day(self, day):
            return date(2026, 3, 1) <= day <= date(2026, 6, 30) and day.weekday() < 5

    hours = OfficeHours(opens=time(9), closes=time(17))
    course = WorkClock(hours, OfficeCalendar(Course(), idle_years=True), zone="Asia/Bangkok")
    assert course.elapsed(at("2026-06-30 15:00"), at("2027-01-04 15:00")) == WorkTime(hours=2)
    assert course.elapsed(at("2027-01-04 15:00"), at("2090-01-04 15:00")) == WorkTime()
    assert course.spans(at("2027-01-04 15:00"), at("2028-01-04 15:00")) == ()
    assert course.previous_close(at("2030-01-01 00:00")) == at("2026-06-30 17:00")
    assert course.latest_start(at("2030-01-01 00:00"), WorkTime(hours=2)) == at("2026-06-30 15:00")
    assert course.next_open(at("2022-01-01 00:00")) == at("2026-03-02 09:00")
    assert len(course.explain(at("2027-01-04 15:00"), at("2027-01-06 15:00")).skipped) == 3
    assert WorkingDayHours(24).due(at("2020-01-01 00:00"), course) == at("2026-03-03 00:00")
    with pytest.raises(NoWorkingDayError, match=r"say that it is meant: OfficeCalendar\(calendar, idle_years=True\)"):
        WorkClock(hours, Course(), zone="Asia/Bangkok").elapsed(at("2026-06-30 15:00"), at("2027-01-04 15:00"))


def test_idle_years_are_said_by_any_calendar_and_reach_the_calendars_on_top():
    on_top = OfficeCalendar(OfficeCalendar(Years(2026)), [])
    assert on_top.idle_years
    assert on_top.as_known_on(date(2026, 1, 1)).idle_years
    assert not OfficeCalendar(Weekdays()).idle_years
    for calendar in (Years(2026), on_top, OfficeCalendar(Never(), idle_years=True)):
        clock = WorkClock(DOOR, calendar, zone="Asia/Bangkok")
        assert clock.elapsed(at("2030-01-01 00:00"), at("2031-01-01 00:00")) == WorkTime()
        assert not clock.round_the_clock.is_open(at("2030-01-01 00:00"))


def test_a_night_shift_over_the_new_year_into_idle_years_ends_where_it_ends():
    night = OfficeHours(opens=time(22), closes=time(6), overnight=True)
    clock = WorkClock(night, Years(2026, 2029), zone="Asia/Bangkok")
    assert clock.elapsed(at("2026-12-31 22:00"), at("2028-01-01 00:00")) == WorkTime(hours=8)
    assert clock.previous_close(at("2028-06-01 00:00")) == at("2027-01-01 06:00")
    assert clock.due(at("2027-01-01 05:00"), WorkTime(hours=2)) == at("2029-01-01 23:00")
    assert WorkingDays(1).due(at("2027-01-01 05:00"), clock) == at("2029-01-02 06:00")


def test_what_would_not_end_within_all_time_is_refused_at_once():
    weekdays = WorkClock(DOOR, Weekdays(), zone="Asia/Bangkok")
    for question in (
        lambda: WorkingDays(10**7).due(at("2020-01-06 10:00"), weekdays),
        lambda: weekdays.latest_start(at("2020-01-06 10:00"), WorkTime(hours=10**9)),
        lambda: weekdays.due(at("2020-01-06 10:00"), WorkTime(hours=10**9)),
    ):
        with pytest.raises(OutsideCalendarError, match="time as Python keeps it"):
            question()


def test_a_long_book_is_not_copied_for_every_year_that_follows():
    clock = WorkClock(DOOR, Weekdays(), zone="Asia/Bangkok")
    clock.elapsed(at("1900-06-01 00:00"), at("2000-06-01 00:00"))
    for year in range(2001, 2010):
        clock.next_open(at(f"{year}-06-03 10:00"))
    asked = instant(at("2009-06-03 10:00"))
    assert years_of(clock.index(asked, asked)) == (2001, 2009)
    clock.elapsed(at("1900-06-01 00:00"), at("2000-06-01 00:00"))
    assert clock.next_open(at("2000-12-31 17:00")) == at("2001-01-01 08:30")
    assert clock.latest_start(at("1900-01-01 08:00"), WorkTime(hours=1)) == at("1899-12-29 15:30")


def test_between_a_moment_and_itself_there_is_nothing():
    ten = at("2020-01-06 10:00")
    assert CLOCK.spans(ten, ten) == ()
    assert CLOCK.elapsed(ten, ten, pauses=[(ten, ten)]) == WorkTime()


def test_the_latest_start_before_the_first_microsecond_of_a_year_is_over():
    always = WorkClock(OfficeHours(opens=time(0), closes=time(0)), EveryDay(), zone="Asia/Bangkok")
    midnight, microsecond = at("2020-01-01 00:00"), timedelta(microseconds=1)
    assert always.latest_start(midnight + microsecond, WorkTime(microseconds=2)) == midnight - microsecond


def test_the_close_of_no_day_is_refused():
    asked = instant(at("2020-01-06 10:00"))
    for n in (0, -1):
        with pytest.raises(AmountError, match=f"^{n} working days is no deadline; give 1 or more$"):
            CLOCK.closing_instant(asked, n, counting_first=True)


# Pauses


def test_pauses_are_kept_in_order_apart_and_never_empty():
    noon, one, two, three = (at(f"2020-01-06 {hour}:00") for hour in (12, 13, 14, 15))
    whole = ((instant(noon), instant(two)),)
    assert Pauses.of([(one, two), (noon, one)]).spans == whole  # they touch
    assert Pauses.of([(noon, two), (one, one), (three, three)]).spans == whole
    assert Pauses.of([(noon, noon)]) == NO_PAUSES
    lunch = Pauses.of([(noon, one)])
    assert lunch.within(instant(one), instant(two)) == []
    assert lunch.running(instant(one), instant(two)) == [(instant(one), instant(two))]
    assert lunch.within(instant(noon), instant(one)) == [(instant(noon), instant(one))]
    assert lunch.running(instant(noon), instant(one)) == []


def test_a_pause_on_the_wall_clock_has_its_mirror_too():
    noon, one, three = (instant(at(f"2020-01-06 {hour}:00")) for hour in (12, 13, 15))
    hour = 3_600_000_000
    lunch = Pauses(((noon, one),))
    for amount, latest in ((hour, one + hour), (2 * hour, one), (3 * hour, noon - hour)):
        assert lunch.latest_start(three, amount, WALL_CLOCK) == latest
        assert lunch.due(latest, amount, WALL_CLOCK) == three


def test_a_reversed_pause_is_named():
    ten, noon = at("2020-01-06 10:00"), at("2020-01-06 12:00")
    with pytest.raises(ReversedSpanError) as caught:
        Pauses.of([(noon, ten)])
    assert (caught.value.start, caught.value.stop) == (noon, ten)


# Instants


def test_an_hour_that_comes_twice_is_answered_in_its_second_coming():
    night = WorkClock(OfficeHours(opens=time(0), closes=time(6)), EveryDay(), zone="Europe/Amsterdam")
    start = datetime(2020, 10, 25, tzinfo=ZoneInfo("Europe/Amsterdam"))
    first, second = (night.due(start, WorkTime(minutes=minutes)) for minutes in (150, 210))
    assert (first.hour, first.minute, first.fold) == (second.hour, second.minute, 0) == (2, 30, 0)
    assert second.fold == 1
    assert instant(second) - instant(first) == 3_600_000_000


def test_what_no_datetime_holds_is_refused_with_its_year():
    held = "^time as Python keeps it holds the years 1–9999 and the year {} is not in it; ask inside them"
    for years, year in ((10_000, 11970), (-5_000, -3030)):
        with pytest.raises(OutsideCalendarError, match=held.format(year)) as caught:
            local(years * 31_556_952_000_000, UTC)
        assert (caught.value.first, caught.value.last) == (1, 9999)


class Nowhere(tzinfo):
    """A zone that gives no offset, or none for one coming of a time."""

    def __init__(self, folds):
        self.folds = folds

    def utcoffset(self, at):
        return None if at.fold in self.folds else timedelta()

    def __str__(self):
        return "Nowhere"


@pytest.mark.parametrize("folds", [(0, 1), (0,), (1,)])
def test_a_zone_without_an_offset_is_refused(folds):
    with pytest.raises(ValueError, match=r"^the zone Nowhere gives no offset for 2020-01-06 08:30:00"):
        from_wall(2020, 1, 6, 30_600_000_000, Nowhere(folds))


def test_the_moment_of_a_jump_is_an_integer_like_any_other():
    amsterdam = ZoneInfo("Europe/Amsterdam")
    jump = from_wall(2020, 3, 29, 2 * 3_600_000_000 + 1, amsterdam)
    assert jump == instant(datetime(2020, 3, 29, 1, tzinfo=UTC))
    assert type(jump) is int


def test_every_time_that_a_zone_jumps_over_is_the_moment_of_the_jump():
    spring = instant(datetime(2020, 3, 29, 1, tzinfo=UTC))
    for second in range(7_200, 10_800, 7):  # from 02:00 on, and 03:00 is the first that there was
        assert from_wall(2020, 3, 29, second * 1_000_000, ZoneInfo("Europe/Amsterdam")) == spring
    # Bangkok's own time was 6:42:04 ahead until it took on that of the seventh zone.
    seventh_zone = instant(datetime(1920, 3, 31, 17, 17, 56, tzinfo=UTC))
    for second in (0, 1, 600, 1_075):
        assert from_wall(1920, 4, 1, second * 1_000_000, ZoneInfo("Asia/Bangkok")) == seventh_zone
    assert from_wall(1920, 4, 1, 1_077 * 1_000_000, ZoneInfo("Asia/Bangkok")) == seventh_zone + 1_000_000


def test_a_book_answers_from_the_new_year_on_and_with_night_shifts_from_the_day_after():
    asked = instant(at("2020-06-15 10:00"))
    night = OfficeHours(opens=time(22), closes=time(6), overnight=True)
    for hours, lower in ((DOOR, "2020-01-01 00:00"), (night, "2020-01-02 00:00")):
        book = WorkClock(hours, Weekdays(), zone="Asia/Bangkok").index(asked, asked)
        assert (book.lower, book.upper) == (instant(at(lower)), instant(at("2021-01-01 00:00")))


def test_a_night_shift_whose_evening_is_closed_still_holds_the_morning_until_it_closes():
    night = OfficeHours(opens=time(11, 31), closes=time(6), breaks=[(time(11, 32), time(5))], overnight=True)
    hours = WeeklyHours(DOOR, friday=night, saturday=OfficeHours(opens=time(0), closes=time(0)))
    days = [Break(date(2020, 10, 23), start=time(10), stop=time(14), reason="a drill", source="the office")]
    days += [MakeUpDay(date(2020, 10, 24), reason="a move", source="the office")]
    clock = WorkClock(hours, OfficeCalendar(Weekdays(), days), zone="Asia/Bangkok")
    friday, saturday = date(2020, 10, 23), date(2020, 10, 24)
    midnight = at("2020-10-24 00:00")
    assert clock.day_of(midnight) == friday
    assert clock.day_of(midnight + timedelta(hours=6)) == saturday
    spans = clock.explain(midnight, midnight + timedelta(hours=24)).spans
    assert [(span.day, clock.day_of(span.start)) for span in spans] == [(friday, friday), (saturday, saturday)]
