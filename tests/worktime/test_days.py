"""Working days as dates: against a walk from day to day, numpy's business days, and the cases that people ask about."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from workalendar.america import BrazilBankCalendar
from workalendar.usa import Massachusetts, UnitedStates

from docflow import Closure, OfficeHours, WorkClock, WorkingDays, WorkingWeek, WorkTime, bangkok
from docflow.errors import AmountError, HorizonError, NotAMomentError, OutsideCalendarError
from docflow.worktime import HolidayList, MakeUpDay, NoWeek, OfficeCalendar, WeeklyHours

NINE_TO_FIVE = OfficeHours(opens=time(9), closes=time(17))
CLOSED = st.lists(st.dates(date(2019, 12, 1), date(2020, 2, 28)), max_size=20, unique=True)
DAYS = st.dates(date(2019, 11, 20), date(2020, 3, 10))


def office(closed=(), weekdays=range(5), hours=NINE_TO_FIVE, zone="Europe/London"):
    days = [Closure(day, reason="flood", source="order 15") for day in closed]
    return WorkClock(hours, OfficeCalendar(WorkingWeek(weekdays), days), zone=zone)


def of(calendar):
    return WorkClock(NINE_TO_FIVE, calendar, zone="UTC").days


def walked(worked, day, n):
    """The n-th worked day after or before a day, step by step."""
    while n:
        day += timedelta(days=1 if n > 0 else -1)
        n -= worked(day) * (1 if n > 0 else -1)
    return day


@pytest.mark.laws
class TestLaws:
    @given(closed=CLOSED, day=DAYS, n=st.integers(-60, 60))
    def test_adding_walks_from_day_to_day(self, closed, day, n):
        days = office(closed).days
        assert days.add(day, n) == walked(lambda one: one.weekday() < 5 and one not in closed, day, n)

    @given(closed=CLOSED, day=DAYS, n=st.integers(-300, 300))
    def test_counting_undoes_adding(self, closed, day, n):
        days = office(closed).days
        assert days.count(day, days.add(day, n)) == n

    @given(closed=CLOSED, first=DAYS, last=DAYS, ends=st.tuples(st.booleans(), st.booleans()))
    def test_a_count_is_of_the_days_between_and_the_ends_that_are_said(self, closed, first, last, ends):
        days, (one, other) = office(closed).days, ends
        found = days.count(first, last, counting_first=one, counting_last=other)
        low, high = min(first, last), max(first, last)
        inside = [each for each in days.between(low, high) if each not in (first, last)]
        said = (days.is_worked(first) and one) + (days.is_worked(last) and other)
        if first == last:
            said = days.is_worked(first) and one and other
        assert found == (len(inside) + said) * (1 if first <= last else -1)

    @given(closed=CLOSED, day=DAYS, n=st.integers(1, 60), back=st.booleans())
    def test_numpy_counts_the_same_business_days(self, closed, day, n, back):
        """numpy first rolls a day that is not worked; it then adds the n-th day after."""
        days, holidays = office(closed).days, [str(one) for one in closed]
        n, roll = (-n, "forward") if back else (n, "backward")
        assert days.add(day, n) == np.busday_offset(day, n, roll=roll, holidays=holidays).item()
        counted = days.count(day, days.add(day, n), counting_first=True, counting_last=False)
        assert counted == np.busday_count(day, days.add(day, n), holidays=holidays)

    @given(closed=CLOSED, day=DAYS)
    def test_rolling_comes_to_a_worked_day_and_stays_there(self, closed, day):
        days = office(closed).days
        for how in ("following", "preceding", "modified following", "modified preceding"):
            rolled = days.roll(day, how)
            assert days.is_worked(rolled)
            assert days.roll(rolled, how) == rolled
            assert rolled == day or not days.is_worked(day)
        assert days.roll(day, "preceding") <= day <= days.roll(day)
        assert days.roll(day) in (day, days.add(day, 1))

    @given(closed=CLOSED, month=st.sampled_from([(2019, 12), (2020, 1), (2020, 2)]))
    def test_the_days_of_a_month_are_counted_from_both_ends(self, closed, month):
        year, number = month
        days = office(closed).days
        worked = [
            one
            for one in days.between(date(year, number, 1), date(year, number, 28) + timedelta(days=3))
            if one.month == number
        ]
        for n, day in enumerate(worked, 1):
            assert days.nth(year, number, n) == day == days.nth(year, number, n - 1 - len(worked))
        for n in (0, len(worked) + 1, -len(worked) - 1):
            with pytest.raises(AmountError, match="is no working day of"):
                days.nth(year, number, n)

    @given(closed=CLOSED, day=DAYS, zone=st.sampled_from(["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Bangkok"]))
    def test_no_zone_moves_a_day(self, closed, day, zone):
        assert office(closed, zone=zone).days.add(day, 3) == office(closed).days.add(day, 3)

    @given(closed=CLOSED, day=DAYS)
    def test_the_lengths_of_days_add_up_to_the_time_between_them(self, closed, day):
        clock = office(closed)
        days = [day + timedelta(days=n) for n in range(40)]
        begin, end = (
            datetime.combine(one, time(), ZoneInfo("Europe/London")) for one in (day, days[-1] + timedelta(days=1))
        )
        lengths = [clock.days.length(one) for one in days]
        assert sum((one.microseconds for one in lengths), 0) == clock.elapsed(begin, end).microseconds
        assert [bool(one) for one in lengths] == [clock.days.is_worked(one) for one in days]
        assert [bool(clock.days.why_not(one)) for one in days] == [not clock.days.is_worked(one) for one in days]


class TestWhatPeopleAsk:
    def test_one_working_day_before_a_sunday_is_the_friday(self):  # business_time #141
        assert office().days.add(date(2016, 10, 9), -1) == date(2016, 10, 7)

    def test_three_working_days_before_go_around_patriots_day(self):  # business_time #101
        assert of(Massachusetts()).add(date(2023, 4, 19), -3) == date(2023, 4, 13)

    def test_from_a_saturday_to_a_sunday_are_five_working_days(self):  # date-fns #1268
        assert office().days.count(date(2019, 7, 20), date(2019, 7, 28)) == 5

    def test_a_quarter_of_the_united_states_has_63_business_days(self):  # QuantLib #541
        days = office([date(2024, 5, 27), date(2024, 6, 19)]).days  # Memorial Day, Juneteenth
        quarter = date(2024, 4, 1), date(2024, 7, 1)
        assert days.count(*quarter, counting_first=True, counting_last=False) == 63

    @pytest.mark.parametrize(("year", "month"), [(2020, 13), (2020, 0), ("2020", 1), (2020, None)])
    def test_what_is_no_month_has_no_working_day(self, year, month):
        with pytest.raises(AmountError, match="is no month; give its year and its number"):
            bangkok.office_clock().days.nth(year, month, 1)

    def test_the_sixth_last_and_the_fifth_working_day_of_a_month(self):  # R-bizdays #100
        days = of(BrazilBankCalendar())
        assert days.nth(2022, 10, -6) == date(2022, 10, 24)
        assert days.nth(2024, 1, 5) == date(2024, 1, 8)

    def test_no_working_days_are_the_day_itself(self):
        assert office().days.add(date(2020, 1, 4), 0) == date(2020, 1, 4)


def test_no_modified_roll_leaves_its_month_for_the_same_one_of_another_year():
    class Course:
        idle_years = True

        def is_working_day(self, day):
            return day.weekday() < 5 and not date(2020, 6, 2) <= day <= date(2021, 5, 31)

    assert of(Course()).roll(date(2020, 6, 10), "modified following") == date(2020, 6, 1)


class TestWhyNot:
    def test_weekends_holidays_and_closures_are_told_apart(self):
        clock = bangkok.office_clock()
        flooded = WorkClock(
            clock.hours,
            OfficeCalendar(clock.calendar, [Closure(date(2020, 3, 20), reason="flood", source="order 15")]),
            zone="Asia/Bangkok",
        )
        found = [flooded.days.why_not(date(2020, month, day)) for month, day in ((1, 4), (1, 1), (3, 20), (3, 23))]
        assert [one and one.kind for one in found] == ["weekend", "holiday", "closure", None]
        assert str(found[2]) == "2020-03-20 closure: flood [order 15]"

    def test_a_week_and_a_calendar_of_others_have_weekends_and_holidays(self):
        assert office().days.why_not(date(2020, 1, 4)).kind == "weekend"
        days = of(UnitedStates())
        assert (days.why_not(date(2024, 7, 4)).kind, days.why_not(date(2024, 7, 6)).kind) == ("holiday", "weekend")

    def test_a_day_that_the_clocks_jump_over_has_no_hours(self):
        clock = WorkClock(NINE_TO_FIVE, WorkingWeek(), zone="Pacific/Apia")
        why = clock.days.why_not(date(2011, 12, 30))  # Samoa changed sides of the date line
        assert (why.kind, why.reason, why.source) == ("hours", "no hours", "the office hours")
        assert clock.days.add(date(2011, 12, 29), 1) == date(2011, 12, 31) + timedelta(days=2)


class TestHours:
    def test_of_a_day_that_is_not_worked_there_are_none_also_where_no_night_shift_was_before(self):
        night = OfficeHours(opens=time(22), closes=time(6), overnight=True)
        fair = OfficeCalendar(NoWeek(), [MakeUpDay(date(2026, 5, 9), reason="fair", source="order 9")])
        days = WorkClock(night, fair, zone="Asia/Bangkok").days
        assert days.hours(date(2026, 5, 8)) == ()
        assert days.length(date(2026, 5, 8)) == WorkTime()
        assert days.length(date(2026, 5, 9)) == WorkTime(hours=8)
        new_year = HolidayList([date(2026, 1, 1), date(2026, 1, 2)], years=(2026, 2026))
        assert WorkClock(night, new_year, zone="Asia/Bangkok").days.hours(date(2026, 1, 3)) == ()

    def test_breaks_part_a_day_and_a_night_shift_belongs_to_the_day_on_which_it_opens(self):
        noon = OfficeHours(opens=time(9), closes=time(17), breaks=[(time(12), time(13))])
        night = OfficeHours(opens=time(22), closes=time(6), overnight=True)
        clock = office(hours=WeeklyHours(noon, friday=night))
        assert [str(closes)[:16] for _, closes in clock.days.hours(date(2020, 1, 6))] == [
            "2020-01-06 12:00",
            "2020-01-06 17:00",
        ]
        assert [str(closes)[:16] for _, closes in clock.days.hours(date(2020, 1, 10))] == ["2020-01-11 06:00"]
        assert clock.days.length(date(2020, 1, 10)) == WorkTime(hours=8)
        assert clock.days.hours(date(2020, 1, 11)) == ()

    def test_of_a_day_on_which_clocks_change_are_as_long_as_they_are(self):
        all_day = OfficeHours(opens=time(0), closes=time(0))
        days = office(weekdays=range(7), hours=all_day).days
        assert [days.length(date(2020, *day)).minutes / 60 for day in ((3, 28), (3, 29), (10, 25))] == [24, 23, 25]


class TestRefusals:
    days = office().days

    def test_what_is_no_day(self):
        for ask in (self.days.is_worked, self.days.why_not, self.days.roll, self.days.hours, self.days.length):
            with pytest.raises(NotAMomentError, match="is no day"):
                ask("2020-01-06")

    def test_what_is_no_number(self):
        for wrong in (1.0, "1", True):
            with pytest.raises(AmountError, match="give a whole number"):
                self.days.add(date(2020, 1, 6), wrong)

    def test_a_month_that_is_none(self):
        for wrong in ((2020, 13), (2020, 0), ("2020", 1), (2020, "1")):
            with pytest.raises(AmountError, match="is no month; give its year and its number"):
                self.days.nth(*wrong, 1)

    def test_another_way_to_roll(self):
        with pytest.raises(ValueError, match="'next' is no way to roll; give one of following, preceding, modified"):
            self.days.roll(date(2020, 1, 6), "next")

    def test_a_year_that_the_calendar_does_not_hold(self):
        with pytest.raises(OutsideCalendarError):
            bangkok.office_clock().days.add(date(2020, 1, 6), 10_000)

    def test_more_working_days_than_all_years_have_are_refused_at_once(self):
        for n in (10**9, -(10**9), 10**30):
            with pytest.raises(OutsideCalendarError, match="the clock holds the years 2–9998 and the year -?[0-9]+ is"):
                self.days.add(date(2020, 1, 6), n)

    def test_an_office_that_never_works_again(self):
        class Course:
            idle_years = True

            def is_working_day(self, day):
                return day.year == 2020 and day.weekday() < 5

        days = of(Course())
        assert days.add(date(2019, 6, 1), 1) == date(2020, 1, 1)
        assert days.add(date(2011, 6, 1), 1) == date(2020, 1, 1)
        for day, n in ((date(2020, 12, 31), 1), (date(2020, 1, 1), -1)):
            with pytest.raises(HorizonError):
                days.add(day, n)


@pytest.mark.parametrize("n", [4_000_000, -4_000_000, 10**30])
def test_days_beyond_the_end_of_time_are_refused_at_once(n):
    endless = office()
    with pytest.raises(OutsideCalendarError, match="the clock holds the years 2–9998"):
        endless.days.add(date(2020, 1, 6), n)
    if n > 0:
        with pytest.raises(OutsideCalendarError):
            WorkingDays(n, by="opening").due(datetime(2020, 1, 6, 10, tzinfo=ZoneInfo("Europe/London")), endless)
