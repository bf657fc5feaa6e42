"""Limits in days: by hand for the office of Bangkok, by a walk from day to day, and by numpy's business days."""

import pickle
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from small_clocks import CLOCK, WEEKDAYS, at, closed, door, office
from small_columns import plain, utc

from docflow import Hours, WorkClock, WorkingDays, WorkingWeek
from docflow.errors import AmountError, HorizonError, NegativeAmountError, OutsideCalendarError
from docflow.instants import instant
from docflow.worktime import HolidayList, NextOpening, OfficeCalendar, Period, SameTime, WeeklyHours, day_limits

ALL_DAYS = WorkingWeek(range(7))
FRIDAY = at("2019-11-01 10:00")  # before a weekend and two holidays, so Wednesday the 6th is the next working day
MONDAY = at("2020-01-06 10:00")
ROLLS = ("following", "preceding", "modified following", "modified preceding")
ONE_DAY = timedelta(days=1)


def walked(start, n, *, counting_first, by, cut_off):
    """Day by day from the start: the n-th day on which the office of Bangkok works."""
    ends = {"close": time(16, 30), "opening": time(8, 30)}
    day = start.date()
    if cut_off is not None:
        ends_receipt = ends.get(cut_off, cut_off)
        while not CLOCK.calendar.is_working_day(day) or (day == start.date() and start.time() >= ends_receipt):
            day += ONE_DAY
    counted = int(counting_first and CLOCK.calendar.is_working_day(day))
    while counted < n:
        day += ONE_DAY
        counted += CLOCK.calendar.is_working_day(day)
    return datetime.combine(day, ends.get(by, by), start.tzinfo)


def stepped(start, *, years=0, months=0, days=0, counting_first=False, roll="following"):
    """Month by month and then day by day; where it ends on a day of rest, day by day to a working day."""
    year, month = start.year, start.month
    for _ in range(12 * years + months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    day = date(year, month, min(start.day, monthrange(year, month)[1])) + ONE_DAY * (days - counting_first)
    if roll is None:
        return datetime.combine(day + ONE_DAY, time(), start.tzinfo)

    def to_work(day, step):
        while not CLOCK.calendar.is_working_day(day):
            day += step
        return day

    step = ONE_DAY if roll.endswith("following") else -ONE_DAY
    found = to_work(day, step)
    if roll.startswith("modified") and found.month != day.month:
        found = to_work(day, -step)
    return datetime.combine(found, time(16, 30), start.tzinfo)


def some_starts(n, seed):
    """Moments of nine years, every third at the opening, at closing or at 15:00."""
    random = np.random.default_rng(seed)
    first = datetime(2018, 2, 1, tzinfo=ZoneInfo("Asia/Bangkok"))
    starts = [first + timedelta(minutes=int(random.integers(60 * 24 * 365 * 9))) for _ in range(n)]
    times = (time(8, 30), time(16, 30), time(15))
    return [datetime.combine(one, times[n % 3], one.tzinfo) if n % 3 == 0 else one for n, one in enumerate(starts)]


class TestWorkingDays:
    @pytest.mark.parametrize(
        ("limit", "due"),
        [
            (WorkingDays(1), "2019-11-06 16:30"),
            (WorkingDays(1, counting_first=True), "2019-11-01 16:30"),
            (WorkingDays(1, by="opening"), "2019-11-06 08:30"),
            (WorkingDays(1, by=time(15)), "2019-11-06 15:00"),
            (WorkingDays(1, by=time(20)), "2019-11-06 20:00"),  # the office is closed then, and it may be said
            (WorkingDays(2, by="opening", counting_first=True), "2019-11-06 08:30"),
            (WorkingDays(1, by="opening", counting_first=True), "2019-11-01 08:30"),  # it was over when it began
            (WorkingDays(1, cut_off=time(10)), "2019-11-07 16:30"),  # received on Wednesday
            (WorkingDays(1, cut_off=time(10, 0, 0, 1)), "2019-11-06 16:30"),
            (WorkingDays(1, cut_off="close"), "2019-11-06 16:30"),
            (WorkingDays(1, cut_off=time(9), counting_first=True), "2019-11-06 16:30"),
            (WorkingDays(1, cut_off=time(9), by="opening"), "2019-11-07 08:30"),
        ],
        ids=str,
    )
    def test_of_a_friday_before_two_holidays(self, limit, due):
        assert limit.due(FRIDAY, CLOCK) == at(due)

    def test_a_day_whose_hours_all_lie_in_the_night_shift_before_it_opens_when_that_closes(self):
        hours = WeeklyHours(door("00:00", "00:01"), monday=door("22:00", "06:00", overnight=True))
        clock = WorkClock(hours, WEEKDAYS, zone="Asia/Bangkok")
        for by in ("opening", "close"):
            assert WorkingDays(1, by=by).due(at("2020-01-06 23:00"), clock) == at("2020-01-07 06:00")

    @pytest.mark.parametrize(
        ("start", "limit", "due"),
        [
            ("2020-01-06 14:59", WorkingDays(1, cut_off=time(15)), "2020-01-07 16:30"),
            ("2020-01-06 15:00", WorkingDays(1, cut_off=time(15)), "2020-01-08 16:30"),
            ("2020-01-06 16:29", WorkingDays(1, cut_off="close"), "2020-01-07 16:30"),
            ("2020-01-06 16:30", WorkingDays(1, cut_off="close"), "2020-01-08 16:30"),
            ("2020-01-06 23:59", WorkingDays(1, cut_off="close"), "2020-01-08 16:30"),
            ("2020-01-07 00:00", WorkingDays(1, cut_off="close"), "2020-01-08 16:30"),
            ("2020-01-06 16:30", WorkingDays(1), "2020-01-07 16:30"),  # as the law has it: the day of receipt is Monday
            ("2020-01-04 10:00", WorkingDays(1), "2020-01-06 16:30"),  # Saturday's letter
            ("2020-01-04 10:00", WorkingDays(1, cut_off="close"), "2020-01-07 16:30"),  # is received on Monday
            ("2020-01-04 10:00", WorkingDays(1, cut_off="close", counting_first=True), "2020-01-06 16:30"),
            ("2020-01-04 23:00", WorkingDays(1, cut_off=time(15)), "2020-01-07 16:30"),  # no cut-off on a Saturday
        ],
    )
    def test_at_the_cut_off_exactly_it_is_the_next_days(self, start, limit, due):
        assert limit.due(at(start), CLOCK) == at(due)

    @pytest.mark.parametrize("counting_first", [False, True])
    @pytest.mark.parametrize("by", ["close", "opening", time(15), time(0)], ids=str)
    @pytest.mark.parametrize("cut_off", [None, "close", time(15), time(0)], ids=str)
    def test_a_walk_from_day_to_day_comes_to_the_same(self, counting_first, by, cut_off):
        said = {"counting_first": counting_first, "by": by, "cut_off": cut_off}
        for n, start in enumerate(some_starts(120, 1)):
            assert WorkingDays(1 + n % 7, **said).due(start, CLOCK) == walked(start, 1 + n % 7, **said)

    def test_of_a_night_shift_the_day_is_that_on_which_it_opened(self):
        night = office("22:00", "06:00", overnight=True)
        for start in ("2020-01-06 23:00", "2020-01-07 02:00"):  # Monday's shift
            assert WorkingDays(1).due(at(start), night) == at("2020-01-08 06:00")
            assert WorkingDays(1, by="opening").due(at(start), night) == at("2020-01-07 22:00")
            assert WorkingDays(1, cut_off="close").due(at(start), night) == at("2020-01-08 06:00")
            assert WorkingDays(1, cut_off=time(23, 30)).due(at(start), night) == (
                at("2020-01-08 06:00") if start < "2020-01-06 23:30" else at("2020-01-09 06:00")
            )
        assert WorkingDays(1, cut_off="close").due(at("2020-01-07 06:00"), night) == at("2020-01-09 06:00")

    def test_of_a_night_shift_a_time_after_midnight_is_the_shifts_and_no_limit_is_due_before_it_began(self):
        night = office("22:00", "06:00", overnight=True)
        for start in ("2020-01-06 23:00", "2020-01-07 02:00"):  # Monday's shift
            assert WorkingDays(1, by=time(1)).due(at(start), night) == at("2020-01-08 01:00")  # of Tuesday's
            assert WorkingDays(1, by=time(5, 59)).due(at(start), night) == at("2020-01-08 05:59")
            assert WorkingDays(1, by=time(6)).due(at(start), night) == at("2020-01-08 06:00")  # as it closes
            assert WorkingDays(1, by=time(23)).due(at(start), night) == at("2020-01-07 23:00")
        cut_off = WorkingDays(1, cut_off=time(3))
        for start, due in (("2020-01-07 02:59", "2020-01-08 06:00"), ("2020-01-07 03:00", "2020-01-09 06:00")):
            assert cut_off.due(at(start), night) == at(due)
            assert plain(night.due_array([at(start)], cut_off)) == plain(utc([at(due)]))
        by_day_on_tuesday = WeeklyHours(door("22:00", "06:00", overnight=True), tuesday=door("08:00", "17:00"))
        mixed = WorkClock(by_day_on_tuesday, WEEKDAYS, zone="Asia/Bangkok")
        assert WorkingDays(1, by=time(1)).due(at("2020-01-07 02:00"), mixed) == at("2020-01-07 06:00")

    def test_where_shifts_touch_the_opening_of_a_day_is_the_close_of_the_one_before(self):
        into_tuesday = WeeklyHours(door("08:00", "17:00"), monday=door("22:00", "10:00", overnight=True))
        clock = WorkClock(into_tuesday, WEEKDAYS, zone="Asia/Bangkok")
        assert WorkingDays(1, by="opening").due(at("2020-01-06 22:30"), clock) == at("2020-01-07 10:00")

    def test_a_time_that_the_clocks_jump_over_is_the_jump_and_one_that_comes_twice_is_its_first(self):
        every_day = office("09:00", "17:00", ALL_DAYS, zone="Europe/Amsterdam")
        limit = WorkingDays(1, by=time(2, 30))
        jump = limit.due(at("2020-03-28 10:00", "Europe/Amsterdam"), every_day)
        assert jump.astimezone(UTC) == datetime(2020, 3, 29, 1, tzinfo=UTC)
        assert jump.hour == 3
        twice = limit.due(at("2020-10-24 10:00", "Europe/Amsterdam"), every_day)
        assert twice.astimezone(UTC) == datetime(2020, 10, 25, 0, 30, tzinfo=UTC)
        cut_off = WorkingDays(1, cut_off=time(2, 30))
        for hour, day in ((0, 30), (1, 31)):  # 01:59 and 03:00 on the wall, in UTC
            start = datetime(2020, 3, 29, hour, 59 * (hour == 0), tzinfo=UTC)
            assert cut_off.due(start, every_day).day == day

    @pytest.mark.parametrize(
        ("limit", "due"),
        [
            (WorkingDays(2), "2020-01-09 14:30"),  # what the office lost is given back after the close of the 8th
            (WorkingDays(2, cut_off=time(15)), "2020-01-09 14:30"),
            (WorkingDays(2, by="opening"), "2020-01-08 14:30"),  # on the wall: 08:30 and six hours
            (WorkingDays(2, by=time(15)), "2020-01-08 21:00"),
            (Period(days=2), "2020-01-09 14:30"),
            (Period(days=2, roll=None), "2020-01-09 06:00"),
        ],
        ids=str,
    )
    def test_a_pause_moves_a_close_by_office_time_and_another_end_by_the_wall(self, limit, due):
        pause = (at("2020-01-07 09:00"), at("2020-01-07 15:00"))
        assert limit.due(MONDAY, CLOCK, pauses=[pause]) == at(due)

    def test_a_pause_over_a_night_moves_no_close_and_one_after_it_moves_nothing(self):
        night, after = (
            (at("2020-01-07 16:30"), at("2020-01-08 08:30")),
            (at("2020-01-08 16:30"), at("2020-01-09 12:00")),
        )
        for limit in (WorkingDays(2), Period(days=2)):
            assert limit.due(MONDAY, CLOCK, pauses=[night, after]) == at("2020-01-08 16:30")
        assert WorkingDays(2, by="opening").due(MONDAY, CLOCK, pauses=[night]) == at("2020-01-09 00:30")
        two = [(at("2020-01-07 09:00"), at("2020-01-07 15:00")), (at("2020-01-09 09:00"), at("2020-01-09 10:00"))]
        assert WorkingDays(2).due(MONDAY, CLOCK, pauses=two) == at("2020-01-09 15:30"), "the second is met on the way"

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"days": 0}, "0 days of WorkingDays is no promise; give 1 or more"),
            ({"days": -2}, "-2 days of WorkingDays is negative; give 1 or more"),
            (
                {"by": "noon"},
                "'noon' says nothing as by= of WorkingDays; give 'close', 'opening' or a time without a zone, such as ",
            ),
            ({"by": None}, "None says nothing as by= of WorkingDays"),
            ({"by": time(9, tzinfo=UTC)}, r"datetime.time\(9, 0, tzinfo=.*\) says nothing as by= of WorkingDays"),
            (
                {"cut_off": "opening"},
                "'opening' says nothing as cut_off= of WorkingDays; give 'close', None or a time without",
            ),
            ({"cut_off": 15}, "15 says nothing as cut_off= of WorkingDays"),
            ({"counting_first": 1}, "1 as counting_first of WorkingDays says nothing; say True or False"),
        ],
    )
    def test_what_is_no_limit_is_refused_with_the_way_out(self, wrong, said):
        with pytest.raises(AmountError, match=f"^{said}"):
            WorkingDays(**{"days": 2, **wrong})


class TestPeriods:
    @pytest.mark.parametrize(
        ("start", "period", "due"),
        [
            ("2020-01-31 10:00", {"months": 1}, "2020-03-02 16:30"),  # 29 February is a Saturday
            ("2020-01-31 10:00", {"months": 1, "roll": "preceding"}, "2020-02-28 16:30"),
            ("2020-01-31 10:00", {"months": 1, "roll": "modified following"}, "2020-02-28 16:30"),
            ("2020-01-31 10:00", {"months": 1, "roll": None}, "2020-03-01 00:00"),
            ("2019-01-31 10:00", {"months": 1}, "2019-02-28 16:30"),
            ("2020-02-29 10:00", {"years": 1}, "2021-03-01 16:30"),  # 28 February 2021 is a Sunday
            ("2020-02-29 10:00", {"years": 4, "roll": None}, "2024-03-01 00:00"),
            ("2020-01-30 10:00", {"months": 1, "days": 1, "roll": None}, "2020-03-02 00:00"),  # months before days
            ("2020-01-06 10:00", {"weeks": 2}, "2020-01-20 16:30"),
            ("2020-01-06 10:00", {"weeks": 2, "counting_first": True}, "2020-01-20 16:30"),  # from Sunday the 19th
            ("2020-01-06 10:00", {"days": 1, "counting_first": True}, "2020-01-06 16:30"),
            ("2020-01-06 10:00", {"days": 1, "counting_first": True, "roll": None}, "2020-01-07 00:00"),
            ("2019-11-01 10:00", {"days": 1}, "2019-11-06 16:30"),  # a Saturday before two holidays
            ("2019-11-01 10:00", {"days": 1, "roll": "preceding"}, "2019-11-01 16:30"),
            ("2019-11-01 20:00", {"days": 1, "roll": "preceding"}, "2019-11-01 16:30"),  # over when it began
            ("2020-05-29 10:00", {"days": 2}, "2020-06-01 16:30"),  # a Sunday, the last day of May
            ("2020-05-29 10:00", {"days": 2, "roll": "modified following"}, "2020-05-29 16:30"),
            ("2020-07-31 10:00", {"days": 1, "roll": "modified preceding"}, "2020-08-03 16:30"),  # Saturday the 1st
            ("2020-01-06 00:00", {"days": 1, "roll": None}, "2020-01-08 00:00"),
            ("2020-01-05 23:59", {"days": 1, "roll": None}, "2020-01-07 00:00"),
        ],
    )
    def test_by_hand(self, start, period, due):
        assert Period(**period).due(at(start), CLOCK) == at(due)

    @pytest.mark.parametrize("roll", [None, *ROLLS])
    def test_steps_from_month_to_month_and_from_day_to_day_come_to_the_same(self, roll):
        random = np.random.default_rng(3)
        ends = [at(f"2020-{month:02}-{monthrange(2020, month)[1]} 10:00") for month in range(1, 13)]
        for start in some_starts(150, 4) + ends:
            years, months, days = (int(random.integers(high)) for high in (2, 5, 25))
            if years + months + days == 0:
                continue
            said = {"years": years, "months": months, "days": days, "roll": roll}
            said["counting_first"] = bool(random.integers(2))
            if start.year + years < 2027:
                assert Period(**said).due(start, CLOCK) == stepped(start, **said)

    @pytest.mark.parametrize("roll", ROLLS)
    def test_numpy_rolls_to_the_same_business_day(self, roll):
        weekdays = office("09:00", "17:00", OfficeCalendar(WEEKDAYS, [closed("2020-05-01"), closed("2020-06-01")]))
        for n in range(200):
            start, days = at("2020-01-01 12:00") + ONE_DAY * n, 1 + n % 11
            rolled = np.busday_offset(
                start.date() + ONE_DAY * days, 0, roll=roll.replace(" ", ""), holidays=["2020-05-01", "2020-06-01"]
            )
            assert Period(days=days, roll=roll).due(start, weekdays) == datetime.combine(
                rolled.item(), time(17), start.tzinfo
            )

    def test_the_midnight_of_a_zone_is_meant_where_clocks_change(self):
        every_day = office("09:00", "17:00", ALL_DAYS, zone="America/Havana")  # there they jump at midnight
        due = Period(days=1, roll=None).due(at("2020-03-06 10:00", "America/Havana"), every_day)
        assert due.astimezone(UTC) == datetime(2020, 3, 8, 5, tzinfo=UTC)
        assert due.hour == 1

    def test_of_a_night_shift_the_period_begins_on_its_day_and_ends_with_a_shift(self):
        night = office("22:00", "06:00", overnight=True)
        for start in ("2020-01-06 23:00", "2020-01-07 02:00"):
            assert Period(days=1).due(at(start), night) == at("2020-01-08 06:00")
            assert Period(days=1, roll=None).due(at(start), night) == at("2020-01-08 00:00")

    def test_its_days_are_counted_also_when_nobody_works(self):
        told = CLOCK.deadline(Period(days=5), MONDAY).explain(MONDAY)
        assert str(told).splitlines() == [
            "5 days from 2020-01-06 10:00: due 2020-01-13 16:30",
            "2020-01-06 Mon  the day of the start, not counted",
            "2020-01-07 Tue  day 1",
            "2020-01-08 Wed  day 2",
            "2020-01-09 Thu  day 3",
            "2020-01-10 Fri  day 4",
            "2020-01-11 Sat  day 5  Saturday",
            "2020-01-12 Sun  –  Sunday",
            "2020-01-13 Mon  due, rolled from a day of rest",
            "open at 2020-01-06 10:00: running, 46 h 30 min left",
        ]
        assert told.said("th").splitlines()[5:8] == [
            "10 ม.ค. 2563 ศ.  วันที่ 4",
            "11 ม.ค. 2563 ส.  วันที่ 5  วันเสาร์",
            "12 ม.ค. 2563 อา.  –  วันอาทิตย์",
        ]

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({}, "0 days of Period is no promise; give 1 or more"),
            ({"days": -1}, "-1 days of Period is negative; give 1 or more"),
            ({"months": 1.5}, "1.5 months of Period is no promise"),
            ({"years": True}, "True years of Period is no promise"),
            ({"weeks": "2"}, "'2' weeks of Period is no promise"),
            (
                {"days": 1, "roll": "next"},
                "'next' is no way to roll; give None or one of following, preceding, modified",
            ),
            ({"days": 1, "counting_first": "no"}, "'no' as counting_first of Period says nothing; say True or False"),
        ],
    )
    def test_what_is_no_period_is_refused_with_the_way_out(self, wrong, said):
        with pytest.raises(AmountError, match=f"^{said}"):
            Period(**wrong)

    def test_a_period_says_of_what_its_number_is(self):
        with pytest.raises(TypeError):
            Period(19)


class TestFarYears:
    @pytest.mark.parametrize(
        "limit",
        [
            WorkingDays(10**9),
            WorkingDays(10**30),
            WorkingDays(10**9, by="opening"),
            WorkingDays(10**30, cut_off="close"),
            Period(days=10**30),
            Period(weeks=10**9),
            Period(months=10**12),
            Period(years=10**30),
            Period(years=7979),
            Period(days=7979 * 366, roll=None),
        ],
        ids=str,
    )
    def test_are_refused_in_a_sentence_and_at_once(self, limit):
        for clock in (CLOCK, office("09:00", "17:00")):
            with pytest.raises(OutsideCalendarError, match=r"holds the years [0-9]+–[0-9]+ and the year [0-9]+ is not"):
                limit.due(MONDAY, clock)

    def test_up_to_the_last_one_they_are_answered(self):
        assert Period(years=7978).due(MONDAY, office("09:00", "17:00")) == at("9998-01-06 17:00")

    def test_a_year_that_the_calendar_does_not_hold_is_named(self):
        for limit in (WorkingDays(3, by="opening"), Period(months=1), WorkingDays(1, cut_off=time(9))):
            with pytest.raises(OutsideCalendarError, match="holds the years 2018–2027 and the year 2028 is not in it"):
                limit.due(at("2027-12-30 10:00"), CLOCK)

    def test_an_office_that_never_works_again_ends_the_search(self):
        class Course:
            idle_years = True

            def is_working_day(self, day):
                return day.year == 2020 and day.weekday() < 5

        course = office("09:00", "17:00", Course())
        for limit in (WorkingDays(1, by="opening"), WorkingDays(1, cut_off="close"), Period(days=1)):
            with pytest.raises(HorizonError):
                limit.due(at("2020-12-31 18:00"), course)
        assert Period(days=1, roll="preceding").due(at("2025-01-01 10:00"), course) == at("2020-12-31 17:00")


class TestValues:
    @pytest.mark.parametrize(
        ("limit", "en", "th"),
        [
            (WorkingDays(1), "1 working day", "1 วันทำการ"),
            (WorkingDays(2, counting_first=True), "2 working days, the first one counted", "2 วันทำการ นับวันแรก"),
            (WorkingDays(2, by="opening"), "2 working days, by the opening", "2 วันทำการ ภายในเวลาเปิดทำการ"),
            (WorkingDays(2, by=time(9)), "2 working days, by 09:00", "2 วันทำการ ภายใน 09.00 น."),
            (
                WorkingDays(2, cut_off="close"),
                "2 working days (receipts after closing count as the next day's)",
                "2 วันทำการ (รับหลังปิดทำการถือเป็นวันทำการถัดไป)",
            ),
            (
                WorkingDays(2, cut_off=time(15)),
                "2 working days (receipts from 15:00 on count as the next day's)",
                "2 วันทำการ (รับตั้งแต่ 15.00 น. ถือเป็นวันทำการถัดไป)",
            ),
            (Period(days=1), "1 day", "1 วัน"),
            (
                Period(years=1, months=2, weeks=3, days=4),
                "1 year and 2 months and 3 weeks and 4 days",
                "1 ปี 2 เดือน 3 สัปดาห์ 4 วัน",
            ),
            (Period(days=2, roll=None), "2 days, to midnight", "2 วัน ถึงเที่ยงคืน"),
            (Period(days=2, counting_first=True), "2 days, the first one counted", "2 วัน นับวันแรก"),
            (Period(months=1, roll="preceding"), "1 month, or the working day before", "1 เดือน หรือวันทำการก่อนหน้า"),
            (
                Period(months=1, roll="modified following"),
                "1 month, or the next working day of the month",
                "1 เดือน หรือวันทำการถัดไปในเดือนเดียวกัน",
            ),
            (
                Period(months=1, roll="modified preceding"),
                "1 month, or the working day before in the month",
                "1 เดือน หรือวันทำการก่อนหน้าในเดือนเดียวกัน",
            ),
            (WorkingDays(2) | Hours(48), "2 working days or 48 hours", "2 วันทำการ หรือ 48 ชั่วโมง"),
            (
                WorkingDays(3) & (Period(days=2) | Hours(1)),
                "3 working days and (2 days or 1 hour)",
                "3 วันทำการ และ (2 วัน หรือ 1 ชั่วโมง)",
            ),
            (Hours(1, minutes=30), "1 hour and 30 minutes", "1 ชั่วโมง 30 นาที"),
            (Hours(minutes=1), "1 minute", "1 นาที"),
        ],
        ids=str,
    )
    def test_a_limit_says_itself_in_both_languages(self, limit, en, th):
        assert (str(limit), limit.words.en, limit.words.th) == (en, en, th)

    @pytest.mark.parametrize(
        ("limit", "shown"),
        [
            (WorkingDays(2), "WorkingDays(days=2)"),
            (WorkingDays(2, cut_off=time(15)), "WorkingDays(days=2, cut_off=datetime.time(15, 0))"),
            (Period(days=19), "Period(days=19)"),
            (Period(months=1, roll=None), "Period(months=1, roll=None)"),
            (Hours(minutes=30), "Hours(minutes=30)"),
        ],
        ids=str,
    )
    def test_it_shows_what_is_not_as_usual(self, limit, shown):
        assert repr(limit) == shown

    def test_limits_are_equal_by_what_they_say_and_survive_the_post(self):
        limits = [
            WorkingDays(2),
            WorkingDays(2, by=time(15)),
            WorkingDays(2, cut_off=time(15)),
            WorkingDays(2, counting_first=True),
            Period(days=2),
            Period(days=2, roll=None),
            Period(weeks=2),
            Hours(2),
            Hours(minutes=120),
        ]
        assert len(set(limits)) == len(limits)
        for limit in limits:
            again = pickle.loads(pickle.dumps(limit))  # noqa: S301 - our own
            assert (again, hash(again), again.due(MONDAY, CLOCK)) == (limit, hash(limit), limit.due(MONDAY, CLOCK))

    def test_hours_take_minutes(self):
        assert Hours(minutes=90).due(MONDAY, CLOCK) == Hours(1, minutes=30).due(MONDAY, CLOCK) == at("2020-01-06 11:30")
        for wrong, said in (({"minutes": -5}, "-5 minutes of Hours is negative"), ({"minutes": 0.5}, "0.5 minutes of")):
            with pytest.raises(AmountError, match=said):
                Hours(**wrong)
        with pytest.raises(NegativeAmountError):
            Hours(1, minutes=-5)


def test_what_was_due_before_it_began_is_explained_as_it_stood_at_the_start():
    evening = at("2020-01-06 20:00")
    told = CLOCK.deadline(WorkingDays(1, counting_first=True), evening).explain()
    assert told.at is None
    assert str(told).splitlines() == [
        "1 working day, the first one counted from 2020-01-06 20:00: due 2020-01-06 16:30",
        "2020-01-06 Mon  working day 1",
    ]
    later = CLOCK.deadline(WorkingDays(1, cut_off=time(15)), at("2020-01-10 15:00")).explain(at("2020-01-14 16:30"))
    assert [line.split("  ", 1)[1] for line in str(later).splitlines()[1:-1]] == [
        "the day of the start, not counted",
        "–  Saturday",
        "–  Sunday",
        "counts as the day of receipt",
        "working day 1",
    ]


def test_a_limit_that_ends_in_a_way_of_its_own_keeps_no_answer_of_another_time_of_the_day():
    class ToTheMinute:
        def ends(self, start, clock):
            return super().ends(start, clock) + start % 60_000_000

    class Mixed(ToTheMinute, WorkingDays):
        pass

    class Late(WorkingDays):
        def received(self, start, clock):
            return clock.days.add(clock.date_of(start), start % 60_000_000 // 1_000_000)

    for second in (5, 7, 5):
        start = at(f"2020-01-06 10:00:0{second}")
        assert Mixed(2).due(start, CLOCK) == at(f"2020-01-08 16:30:0{second}")
        late = Late(1, by="opening").due(start, CLOCK)
        assert CLOCK.days.count(date(2020, 1, 6), late.date()) == second + 1
        assert CLOCK.due_array([start], Late(1, by="opening")).astype(int).tolist() == [instant(late)]


class TestWhatAClockKeeps:
    """A clock keeps what limits said of a day; nobody sees it, whatever was asked before."""

    NEWFOUNDLAND = ZoneInfo("America/St_Johns")  # until 2011 its clocks went back at 00:01, to the evening before
    EVENING = datetime(2010, 11, 6, 23, 30, tzinfo=NEWFOUNDLAND, fold=1)

    def clock(self):
        return office("00:00", "08:00", ALL_DAYS, zone="America/St_Johns")

    @pytest.mark.parametrize("limit", [NextOpening(), WorkingDays(1), WorkingDays(1, cut_off=time(15)), Period(days=1)])
    def test_a_day_that_goes_on_after_the_next_has_begun_is_asked_afresh(self, limit):
        wanted = limit.ends(instant(self.EVENING), self.clock())
        clock = self.clock()
        limit.due(datetime(2010, 11, 6, 22, tzinfo=self.NEWFOUNDLAND), clock)
        limit.due(datetime(2010, 11, 7, 0, 0, 30, tzinfo=self.NEWFOUNDLAND), clock)
        assert instant(limit.due(self.EVENING, clock)) == wanted
        column = [(self.EVENING.astimezone(UTC) + timedelta(hours=n)) for n in (-2, -1, 0, 1)]
        found = clock.due_array(column, limit).astype(int).tolist()
        assert found == [limit.ends(instant(start), clock) for start in column]

    def test_the_same_time_between_two_days_on_which_clocks_change(self):
        clock = office("00:00", "23:00", ALL_DAYS, zone="America/St_Johns")
        first = datetime(2011, 3, 12, 12, tzinfo=self.NEWFOUNDLAND)  # on 13 March at 00:01; on 11 March 2012 at 02:00
        starts = [first.astimezone(UTC) + n * timedelta(minutes=10) for n in range(250)]
        for limit in (SameTime(364), SameTime(1)):
            wanted = [limit.ends(instant(start), clock) for start in starts]
            assert [limit.due_instant(instant(start), clock) for start in starts] == wanted
            assert clock.due_array(starts, limit).astype(int).tolist() == wanted

    def test_limits_that_differ_share_nothing(self):
        limits = [WorkingDays(1), WorkingDays(1, counting_first=True), WorkingDays(1, by="opening"), NextOpening()]
        dues = [limit.due(at("2020-01-06 07:00"), CLOCK) for limit in limits]
        assert dues == [at("2020-01-07 16:30"), at("2020-01-06 16:30"), at("2020-01-07 08:30"), at("2020-01-06 08:30")]

    @pytest.mark.parametrize("limit", [NextOpening(), WorkingDays(1), WorkingDays(1, cut_off=time(15)), Period(days=1)])
    def test_on_the_first_and_last_days_of_a_calendar_it_answers_as_if_nothing_were_kept(self, limit):
        nights = office("22:00", "06:00", HolidayList([], years=(2018, 2021)), overnight=True)
        answers = 0
        for start in (at("2018-01-02 12:00"), at("2018-01-03 23:00"), at("2021-12-30 16:00"), at("2021-12-31 16:00")):
            try:
                wanted = limit.ends(instant(start), nights)
            except OutsideCalendarError:
                with pytest.raises(OutsideCalendarError):
                    limit.due(start, nights)
            else:
                answers += 1
                assert instant(limit.due(start, nights)) == wanted
        assert answers, "of some of them it has one"

    def test_it_is_not_more_than_so_much(self, monkeypatch):
        monkeypatch.setattr(day_limits, "MOST_KEPT", 10)
        clock = office("09:00", "17:00")
        for n in range(100):
            WorkingDays(1).due(MONDAY + n * ONE_DAY, clock)
        assert len(clock.kept) == 10
